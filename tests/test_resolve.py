"""Facts of all articles → the Book."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import (
    Area,
    ArticleId,
    Book,
    Certainty,
    DateBasis,
    EventFact,
    EventKind,
    Evidence,
    Instrument,
    Mode,
    Override,
    OverrideKind,
    QuotationFact,
    Realis,
    SaidDate,
    Status,
    TensionFact,
    TensionKind,
)
from generator.resolve import Resolver, resolve
from reports import Report, agreement, book_of, item, money, person, report, said, source, words

CONTRACT: dict[str, Any] = {
    "title": "contract to make AK-203 rifles",
    "instrument": Instrument.CONTRACT,
    "items": (item("AK-203", 601427, "rifles"),),
}
OFFICIAL = (source("Ministry of Defence"),)
PASSED_ON = (source("TASS"), source("Ministry of Defence"))


def reports() -> list[Report]:
    """Five reports of three agreements, two of which have the same parties."""
    return [
        report("2021-11-20", agreement(**CONTRACT, status=Status.ANTICIPATED), people=(person("Sergey Shoigu"),)),
        report("2021-12-06", agreement(**CONTRACT), agreement("pact on grain", areas=(Area.FOOD,), parties="IND KAZ")),
        report("2021-12-07", agreement(**CONTRACT, values=(money(5 * 10**8),)), people=(person("Sergei Shoygu"),)),
        report("2022-06-01", agreement("pact on logistics"), people=(person("Shoigu"),)),
        report(None, agreement("pact on logistics"), name="undated"),
    ]


# -- the whole book ----------------------------------------------------------------------------------


@given(st.permutations(range(5)), st.permutations(range(5)))
@settings(max_examples=40, deadline=None)
def test_the_book_is_the_same_in_any_order_of_articles_and_facts(ones: list[int], others: list[int]) -> None:
    every = reports()

    book = resolve(
        {every[at][0].id: every[at][0] for at in ones}, {every[at][1].article: every[at][1] for at in others}
    )

    assert book == book_of(every)
    assert list(book.articles) == sorted(book.articles)


FACTS_OF_ARTICLES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "agreements": st.lists(
            st.builds(
                agreement,
                st.sampled_from(["grain transit", "rifles", "pact"]),
                parties=st.sampled_from(["IND RUS", "FRA IND", "IND nordicsteel"]),
                status=st.sampled_from([Status.ANTICIPATED, Status.SIGNED]),
                count=st.sampled_from([None, None, 10]),
                items=st.sampled_from([(), (item("AK-203", 601427),), (item("AK203"),)]),
            ),
            max_size=2,
        ),
        "person": st.sampled_from([None, person("Sergey Shoigu"), person("Shoygu", country=None), person("S. Shoigu")]),
        "event": st.sampled_from(
            [None, EventFact(id="e1", kind=EventKind.TALKS, title="talks", evidence=words("They met."), rule="test")]
        ),
    }
)


@given(
    st.lists(FACTS_OF_ARTICLES, min_size=1, max_size=10),
    st.lists(FACTS_OF_ARTICLES, max_size=3),
    st.randoms(use_true_random=False),
    st.booleans(),
)
@settings(max_examples=50, deadline=None)
def test_a_book_that_grew_article_by_article_is_the_book_that_is_made_at_once(
    told: list[dict[str, Any]], old: list[dict[str, Any]], random: Random, is_curated: bool
) -> None:
    def report_of(at: int, facts: dict[str, Any]) -> Report:
        people = (facts["person"],) if facts["person"] else ()
        events = (facts["event"],) if facts["event"] else ()
        return report(f"2021-{1 + at % 12:02}-01", *facts["agreements"], people=people, events=events, name=f"r{at:02}")

    values = {"reason": "So.", "author": "Kari", "date": "2026-03-14"}
    overrides = [
        Override(kind=OverrideKind.SAME, facts=("r00/a1", "r01/a1"), **values),
        Override(kind=OverrideKind.NOT_SAME, facts=("r00/p1", "r02/p1"), **values),
        Override(kind=OverrideKind.RETRACT, facts=("r03",), **values),
        Override(kind=OverrideKind.SAME, facts=("equipment:AK-203", "equipment:Kalash"), **values),
    ]
    every = {article.id: (article, facts) for at, one in enumerate(told) for article, facts in [report_of(at, one)]}
    before = {article.id: (article, facts) for at, one in enumerate(old) for article, facts in [report_of(at, one)]}
    resolver = Resolver(overrides if is_curated else ())

    def grown(reports: dict[ArticleId, Report]) -> Book:
        return resolver.book(
            {key: article for key, (article, _) in reports.items()}, {key: facts for key, (_, facts) in reports.items()}
        )

    grown(before)  # some of these are edited later, some are removed
    names = random.sample(sorted(every), len(every))
    for number in range(1, len(names)):
        grown({name: every[name] for name in names[:number]})
    book = grown({name: every[name] for name in names})

    at_once = resolve(
        {key: article for key, (article, _) in every.items()},
        {key: facts for key, (_, facts) in every.items()},
        overrides if is_curated else (),
    )
    assert book == at_once


def test_every_fact_of_every_article_stands_in_the_book_once() -> None:
    book = book_of(reports())

    found = sorted((one.article, one.fact.id) for agreement in book.agreements for one in agreement.statements)

    assert found == sorted((a.id, fact.id) for a, facts in reports() for fact in facts.agreements)


def test_no_articles_make_an_empty_book() -> None:
    book = resolve({}, {})

    assert (book.agreements, book.persons, book.quotations, book.tensions, book.events) == ((), (), (), (), ())


def test_a_quotation_knows_the_person_of_the_book() -> None:
    quotation = QuotationFact(id="q1", person="p1", evidence=words("We hope for more"), rule="test")
    book = book_of(
        [
            report("2021-01-01", people=(person("Ivan Petrov"),), quotations=(quotation,), name="one"),
            report("2021-01-02", people=(person("Ivan Petrov"),), quotations=(quotation,), name="two"),
        ]
    )

    assert [(one.article, one.person) for one in book.quotations] == [
        ("one", book.persons[0].id),
        ("two", book.persons[0].id),
    ]


def test_a_quotation_without_a_known_speaker_has_no_person() -> None:
    quotation = QuotationFact(id="q1", evidence=words("We hope for more"), rule="test")

    book = book_of([report("2021-01-01", quotations=(quotation,))])

    assert [one.person for one in book.quotations] == [None]


def test_quotations_tensions_and_events_follow_the_dates_of_their_articles() -> None:
    tension = TensionFact(id="t1", kind=TensionKind.PROTEST, evidence=words("It protested."), rule="test")
    event = EventFact(id="e1", kind=EventKind.TALKS, title="talks", evidence=words("They met."), rule="test")
    late = QuotationFact(id="q1", evidence=Evidence(exact="late", start=9, end=13), rule="test")
    early = QuotationFact(id="q2", evidence=Evidence(exact="early", start=1, end=6), rule="test")
    facts: dict[str, Any] = {"tensions": (tension,), "events": (event,), "quotations": (late, early)}

    book = book_of([report(day, name=name, **facts) for day, name in ((None, "a"), ("2022-01", "b"), ("2021", "c"))])

    assert [one.article for one in book.tensions] == ["c", "b", "a"]
    assert [one.article for one in book.events] == ["c", "b", "a"]
    assert [(one.article, one.fact.id) for one in book.quotations][:2] == [("c", "q2"), ("c", "q1")]


# -- one agreement -----------------------------------------------------------------------------------


def test_an_agreement_is_the_sum_of_its_reports() -> None:
    book = book_of(
        [
            report("2021-12-06", agreement(**CONTRACT, concluded=said("2021-12-06")), name="one"),
            report(
                "2021-12-08", agreement(**CONTRACT, areas=(Area.TRADE, Area.OTHER), parties="IND RUS rosarm"), name="b"
            ),
        ]
    )

    (found,) = book.agreements
    assert found.parties == ("IND", "RUS")
    assert found.other_parties == ("rosarm",)
    assert found.areas == (Area.DEFENCE, Area.TRADE)
    assert found.instrument is Instrument.CONTRACT
    assert found.title == "contract to make AK-203 rifles"
    assert [one.article for one in found.statements] == ["one", "b"]
    assert [one.value.date for one in found.concluded] == ["2021-12-06"]


def test_an_exact_word_for_the_instrument_is_kept_against_loose_ones() -> None:
    loose = {**CONTRACT, "instrument": Instrument.DEAL}

    book = book_of(
        [
            report("2021-12-06", agreement(**loose), name="one"),
            report("2021-12-07", agreement(**CONTRACT), name="two"),
            report("2021-12-08", agreement(**loose), name="three"),
        ]
    )

    assert [one.instrument for one in book.agreements] == [Instrument.CONTRACT]


def test_rival_values_stand_side_by_side_the_closest_source_first() -> None:
    book = book_of(
        [
            report("2021-12-05", agreement(**CONTRACT, values=(money(400),)), outlet="Google News", name="aggregator"),
            report("2021-12-06", agreement(**CONTRACT, values=(money(500),), attribution=OFFICIAL), name="official"),
            report("2021-12-07", agreement(**CONTRACT, values=(money(600),), attribution=PASSED_ON), name="agency"),
            report("2021-12-09", agreement(**CONTRACT, values=(money(700),)), name="outlet"),
        ]
    )

    (found,) = book.agreements
    assert [(int(one.value.amount), one.article) for one in found.values] == [
        (500, "official"),
        (400, "aggregator"),
        (600, "agency"),
        (700, "outlet"),
    ]


def test_of_equal_sources_the_newer_value_is_first() -> None:
    book = book_of(report(f"2021-12-0{day}", agreement(**CONTRACT, values=(money(day * 100),))) for day in (6, 7))

    assert [int(one.value.amount) for one in book.agreements[0].values] == [700, 600]


def test_an_expected_bundle_and_its_outcome_are_one_record_with_both_counts() -> None:
    book = book_of(
        [
            report("2021-12-05", agreement("ten agreements", count=10, status=Status.ANTICIPATED), name="before"),
            report("2021-12-07", agreement("28 agreements", count=28), name="after"),
        ]
    )

    (found,) = book.agreements
    assert (found.status, found.count) == (Status.SIGNED, 28)
    assert [one.fact.count for one in found.statements] == [10, 28]
    assert found.slug == "ind-rus-2021-bundle-defence"


# -- ids and slugs -----------------------------------------------------------------------------------


def test_a_slug_says_parties_year_instrument_and_subject() -> None:
    book = book_of([report("2022-01-10", agreement(**CONTRACT, concluded=said("2021-12-06")))])

    assert [one.slug for one in book.agreements] == ["ind-rus-2021-contract-ak-203"]


def test_slugs_are_unique_and_short() -> None:
    many = agreement("pact on the transit of goods, grain and fertilizer by rail and road", parties="IND KAZ RUS UZB")

    book = book_of([report("2021-01-01", *[many] * 4)])

    assert len({one.slug for one in book.agreements}) == 4
    assert all(len(one.slug) <= 60 for one in book.agreements)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([report("2022-01-01", agreement(**CONTRACT, status=Status.SUSPENDED), name="more")], id="added"),
        pytest.param(
            [report("2020-01-01", agreement("grain", parties="FRA UKR"), name="old")], id="an old one of others"
        ),
    ],
)
def test_the_id_of_an_agreement_stays_when_articles_are_added(later: list[Report]) -> None:
    first = report("2021-12-06", agreement(**CONTRACT), name="one")
    before = book_of([first]).agreements[0].id

    after = book_of([*later, first])

    assert before in {one.id for one in after.agreements}


def test_the_id_of_an_agreement_stays_when_its_article_is_read_anew() -> None:
    before = book_of([report("2021-12-06", agreement(**CONTRACT), name="one")])
    other = agreement("rifle deal", instrument=Instrument.DEAL, status=Status.AGREED, values=(money(3),))
    after = book_of([report("2021-12-06", agreement("news of others", parties="FRA DEU"), other, name="one")])

    assert before.agreements[0].id in {one.id for one in after.agreements}


# -- status ------------------------------------------------------------------------------------------

Told = tuple[str, Status] | tuple[str, Status, dict[str, Any]]
HISTORICAL = {"realis": Realis(modes=(Mode.HISTORICAL,))}
MAYBE = {"realis": Realis(certainty=Certainty.POSSIBLE)}
OFFICIALLY: dict[str, Any] = {"attribution": OFFICIAL}


@pytest.mark.parametrize(
    ("told", "status"),
    [
        pytest.param(
            [("2021", Status.PROPOSED), ("2022", Status.NEGOTIATING)], Status.NEGOTIATING, id="newest of future"
        ),
        pytest.param([("2021", Status.ANTICIPATED), ("2022", Status.SIGNED)], Status.SIGNED, id="signed at last"),
        pytest.param([("2021", Status.SIGNED), ("2022", Status.ANTICIPATED)], Status.SIGNED, id="late expectation"),
        pytest.param(
            [("2021", Status.SIGNED), ("2022", Status.APPROVED)], Status.SIGNED, id="approved after signature"
        ),
        pytest.param([("2021", Status.IN_FORCE), ("2022", Status.SIGNED)], Status.IN_FORCE, id="signature mentioned"),
        pytest.param([("2021", Status.EXTENDED), ("2022", Status.AMENDED)], Status.AMENDED, id="extended, amended"),
        pytest.param([("2021", Status.AMENDED), ("2022", Status.EXTENDED)], Status.EXTENDED, id="amended, extended"),
        pytest.param([("2021", Status.SIGNED), ("2022", Status.SUSPENDED)], Status.SUSPENDED, id="suspended"),
        pytest.param(
            [("2021", Status.SUSPENDED), ("2022", Status.SIGNED)], Status.SUSPENDED, id="old signature mentioned"
        ),
        pytest.param([("2021", Status.SUSPENDED), ("2022", Status.IN_FORCE)], Status.IN_FORCE, id="in force again"),
        pytest.param([("2021", Status.ENDED), ("2022", Status.IN_FORCE)], Status.ENDED, id="ended stays ended"),
        pytest.param([("2021", Status.ENDED), ("2022", Status.EXTENDED)], Status.EXTENDED, id="extended after all"),
        pytest.param(
            [("2021-01-01", Status.ENDED), ("2021-09-01", Status.SIGNED, {"concluded": said("2021-08-30")})],
            Status.SIGNED,
            id="signed again on a day that is said",
        ),
        pytest.param(
            [("2021-12-06", Status.SUSPENDED), ("2022", Status.SIGNED, {"concluded": said("2021-11-01")})],
            Status.SUSPENDED,
            id="an earlier signature told later",
        ),
        pytest.param(
            [("2021", Status.SIGNED), ("2022", Status.FAILED)], Status.FAILED, id="denied by as good a source"
        ),
        pytest.param(
            [("2021", Status.SIGNED, OFFICIALLY), ("2022", Status.FAILED)],
            Status.SIGNED,
            id="denied by a lesser source",
        ),
        pytest.param(
            [("2021", Status.FAILED), ("2022", Status.SIGNED, OFFICIALLY)], Status.SIGNED, id="a denial is overruled"
        ),
        pytest.param([("2021", Status.FAILED), ("2022", Status.SIGNED)], Status.FAILED, id="a denial stands"),
        pytest.param([("2021", Status.FAILED), ("2022", Status.NEGOTIATING)], Status.NEGOTIATING, id="talks resumed"),
        pytest.param([("2021", Status.ENDED), ("2022", Status.NEGOTIATING)], Status.ENDED, id="talks on another"),
        pytest.param([("2021", Status.ANTICIPATED), ("2022", Status.SIGNED, MAYBE)], Status.ANTICIPATED, id="unsure"),
        pytest.param([("2021", Status.SIGNED), ("2022", Status.ENDED, HISTORICAL)], Status.SIGNED, id="historical"),
        pytest.param([("2021", Status.SIGNED, MAYBE)], Status.SIGNED, id="nothing better is known"),
        pytest.param([("2021-12-06", Status.ANTICIPATED), ("2021-12-06", Status.SIGNED)], Status.SIGNED, id="one day"),
    ],
)
def test_the_headline_follows_the_written_rule(told: list[Told], status: Status) -> None:
    book = book_of(
        report(day, agreement(**{**CONTRACT, "status": said_status, **(more[0] if more else {})}), name=f"r{at}")
        for at, (day, said_status, *more) in enumerate(told)
    )

    (found,) = book.agreements
    assert found.status is status
    assert {step.status for step in found.steps} >= {one[1] for one in told}


def test_steps_that_contradict_each_other_all_stay_in_order_of_their_days() -> None:
    book = book_of(
        [
            report("2021-12-07", agreement(**CONTRACT, status=Status.FAILED), name="denial"),
            report("2021-12-09", agreement(**CONTRACT, concluded=said("2021-12-06")), name="signature"),
        ]
    )

    (found,) = book.agreements
    assert [(step.date, step.status, step.basis) for step in found.steps] == [
        ("2021-12-06", Status.SIGNED, DateBasis.STATED),
        ("2021-12-07", Status.FAILED, DateBasis.REPORT),
    ]


def test_what_is_in_force_was_signed_on_the_day_that_is_said() -> None:
    fact = agreement(status=Status.IN_FORCE, concluded=said("2019-02-18"), in_force=said("2020-01-01"))

    book = book_of([report("2021-12-07", fact)])

    assert [(step.date, step.status) for step in book.agreements[0].steps] == [
        ("2019-02-18", Status.SIGNED),
        ("2020-01-01", Status.IN_FORCE),
    ]


def test_a_step_of_an_article_without_a_date_has_none() -> None:
    book = book_of([report(None, agreement(concluded=None), name="undated")])

    assert [step.date for step in book.agreements[0].steps] == [None]


def test_a_date_of_conclusion_that_is_said_comes_before_one_of_the_report() -> None:
    book = book_of(
        [
            report("2021-12-06", agreement(**CONTRACT, concluded=said("2021-12-06")), name="one"),
            report(
                "2021-12-08",
                agreement(**CONTRACT, concluded=SaidDate(date="2021-12-08", basis=DateBasis.REPORT)),
                name="two",
            ),
        ]
    )

    assert [one.value.date for one in book.agreements[0].concluded] == ["2021-12-06", "2021-12-08"]


def test_equal_amounts_of_different_articles_are_reports_of_their_own() -> None:
    book = book_of(report(f"2021-12-0{day}", agreement(**CONTRACT, values=(money(9),))) for day in (6, 7))

    assert [one.value.amount for one in book.agreements[0].values] == [Decimal(9), Decimal(9)]
