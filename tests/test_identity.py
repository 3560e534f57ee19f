"""Which facts of different articles are about one agreement."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.identity import WINDOW, Joins, Traits, compare, join, may_join, total, traits_of
from generator.model import AgreementFact, Area, Instrument, Override, OverrideKind, Part, Role, Status, Term
from helpers import make_country
from reports import agreement, book_of, groups_of, item, money, report, said, words

CONTRACT: dict[str, Any] = {
    "title": "contract to jointly make AK-203 rifles",
    "instrument": Instrument.CONTRACT,
    "items": (item("AK-203", 601427, "rifles"),),
    "concluded": said("2021-12-06"),
}


def traits(fact: AgreementFact, day: str = "2021-12-07") -> Traits:
    article, facts = report(day, fact, name=f"report-{day}")
    return traits_of(article, facts.agreements[0])


def is_joined(
    first: AgreementFact, second: AgreementFact, days: tuple[str, str] = ("2021-12-06", "2021-12-08")
) -> bool:
    book = book_of([report(days[0], first, name="one"), report(days[1], second, name="two")])
    return groups_of(book) == {frozenset({"one a1", "two a1"})}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the same words"),
        pytest.param({"items": (item("AK203", 670000, "rifles"),)}, id="another spelling and number"),
        pytest.param({"instrument": Instrument.DEAL, "title": "AK-203 deal"}, id="a looser word for it"),
        pytest.param({"values": (money(51240000000, "INR"),), "areas": ()}, id="value in another currency, no area"),
        pytest.param({"items": (), "title": "contract to make assault rifles"}, id="described, not named"),
        pytest.param({"status": Status.ANTICIPATED, "concluded": None, "due": said("2021-12-06")}, id="expected"),
        pytest.param({"status": Status.SUSPENDED, "concluded": None}, id="suspended"),
    ],
)
def test_reports_of_one_contract_meet(changes: dict[str, Any]) -> None:
    other = agreement(**{**CONTRACT, **changes})

    assert is_joined(agreement(**CONTRACT), other)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"parties": "IND FRA"}, id="another partner"),
        pytest.param({"parties": "IND"}, id="one party only"),
        pytest.param(
            {"items": (item("S-400", 5, "systems"),), "title": "contract for S-400 systems"}, id="other goods"
        ),
        pytest.param({"instrument": Instrument.PROTOCOL, "items": ()}, id="a protocol"),
        pytest.param({"count": 10}, id="a bundle"),
        pytest.param(
            {"concluded": said("2019-02-18"), "items": (item("AK-203", 5000),)}, id="an order of years before"
        ),
        pytest.param(
            {"title": "pact", "items": (), "instrument": Instrument.AGREEMENT},
            id="the area only, and another word for it",
        ),
        pytest.param(
            {"title": "pact on grain imports", "areas": (Area.FOOD,), "items": (), "instrument": Instrument.AGREEMENT},
            id="another subject",
        ),
        pytest.param(
            {"title": "pact on military technology through 2030", "items": (), "instrument": Instrument.AGREEMENT},
            id="another agreement of the same day",
        ),
        pytest.param(
            {"title": "pact", "areas": (), "items": (), "instrument": Instrument.AGREEMENT}, id="nothing of the subject"
        ),
    ],
)
def test_reports_of_different_agreements_do_not_meet(changes: dict[str, Any]) -> None:
    other = agreement(**{**CONTRACT, **changes})

    assert not is_joined(agreement(**CONTRACT), other)


def test_terms_that_end_in_different_years_speak_against_one_agreement() -> None:
    until = [Term(ends=year, evidence=words(year)) for year in ("2030", "2025")]
    first, second, third = (traits(agreement("pact on armor", term=term)) for term in (*until, until[0]))

    assert total(compare(first, third)) - total(compare(first, second)) == 4


def test_reports_of_one_purchase_over_years_add_up_and_its_neighbors_stay_apart() -> None:
    rifles: dict[str, Any] = {"instrument": Instrument.CONTRACT, "title": "contract for AK-203 assault rifles"}
    frame: dict[str, Any] = {"concluded": said("2021-12-06"), "areas": (Area.DEFENCE,)}
    until = [Term(ends=year, evidence=words(year)) for year in ("2030", "2031")]
    told: list[tuple[str, str, str, dict[str, Any]]] = [
        ("2019-03-03", "venture", "agreement on a Kalashnikov factory", {"concluded": said("2019-02-18")}),
        ("2021-11-24", "cleared", "AK-203 deal", {"instrument": Instrument.DEAL, "status": Status.APPROVED,
            "values": (money(51240000000, "INR"),), "items": (item("AK-203", 500000, "rifles"),)}),
        ("2021-12-06", "signed", "", {**rifles, **frame, "items": (item("AK-203", 601427, "assault rifles"),)}),
        ("2021-12-06", "other outlet", "", {**rifles, "items": (item("AK 203", 600000), item("AK 203", 70000))}),
        ("2021-12-07", "amended", "protocol amending the agreement on Kalashnikov small arms",
            {**frame, "instrument": Instrument.PROTOCOL}),
        ("2021-12-06", "frame", "agreement on military-technical cooperation", {**frame, "term": until[0]}),
        ("2021-12-08", "frame again", "pact on military technology", {**frame, "term": until[1]}),
        ("2023-01-17", "made", "", {**rifles, "status": Status.IN_FORCE, "items": (item("AK-203s", 35000),)}),
    ]  # fmt: skip

    book = book_of(report(day, agreement(**{"title": title, **values}), name=name) for day, name, title, values in told)

    assert groups_of(book) == {
        frozenset({"cleared a1", "signed a1", "other outlet a1", "made a1"}),
        frozenset({"frame a1", "frame again a1"}),
        frozenset({"amended a1"}),
        frozenset({"venture a1"}),
    }


def test_a_broad_word_in_common_does_not_make_one_agreement_of_two() -> None:
    frame: dict[str, Any] = {"areas": (Area.DEFENCE, Area.TECHNOLOGY), "concluded": said("2021-12-06")}
    technology = agreement("agreement on technology protection in space research", areas=(Area.TECHNOLOGY, Area.SPACE))
    military = agreement("agreement on military technology", **frame)

    assert not is_joined(technology.model_copy(update={"concluded": said("2021-12-06")}), military)


def test_agreements_that_end_in_one_year_are_not_one_for_that() -> None:
    until: dict[str, Any] = {"term": Term(ends="2030", evidence=words("2030")), "instrument": Instrument.AGREEMENT}

    assert not is_joined(agreement("pact", areas=(), **until), agreement("pact", areas=(Area.FOOD,), **until))


def test_two_agreements_of_one_article_stay_two() -> None:
    twice = [agreement(**CONTRACT), agreement(**CONTRACT)]

    book = book_of([report("2021-12-06", *twice, name="one"), report("2021-12-07", agreement(**CONTRACT), name="two")])

    assert {len(members) for members in groups_of(book)} == {1, 2}
    assert not any({"one a1", "one a2"} <= members for members in groups_of(book))


def test_a_vague_report_does_not_tie_two_contracts_together() -> None:
    rifles = agreement(**CONTRACT)
    missiles = agreement(**{**CONTRACT, "title": "contract to jointly make BM-9", "items": (item("BM-9", 40),)})
    vague = agreement(**{**CONTRACT, "title": "contract to jointly make arms", "items": ()})

    book = book_of(
        report(f"2021-12-0{day}", fact, name=name)
        for day, fact, name in ((6, rifles, "rifles"), (7, vague, "vague"), (8, missiles, "missiles"))
    )

    assert not any({"rifles a1", "missiles a1"} <= members for members in groups_of(book))


def test_an_expected_bundle_meets_its_outcome_and_no_single_agreement() -> None:
    expected = agreement("ten agreements", count=10, status=Status.ANTICIPATED, due=said("2021-12-06"))
    outcome = agreement("28 agreements", count=28, concluded=said("2021-12-06"))
    single = agreement(**CONTRACT)

    book = book_of([report("2021-12-05", expected, single, name="one"), report("2021-12-07", outcome, name="two")])

    assert groups_of(book) == {frozenset({"one a1", "two a1"}), frozenset({"one a2"})}


def test_bundles_of_two_summits_stay_two() -> None:
    first = agreement("ten agreements", count=10, concluded=said("2021-12-06"))
    second = agreement("nine agreements", count=9, concluded=said("2022-12-05"))

    assert not is_joined(first, second, ("2021-12-07", "2022-12-06"))


@pytest.mark.parametrize("parties", ["AUS JPN NZL SGP VNM", "AUS JPN NZL SGP"], ids=["five", "four"])
def test_an_agreement_that_gains_a_member_stays_one(parties: str) -> None:
    first = agreement("Pacific trade pact", parties=parties, areas=(Area.TRADE,))
    second = agreement("Pacific trade pact", parties=f"GBR {parties}", areas=(Area.TRADE,))

    assert is_joined(first, second)


def test_a_mediator_is_no_party_when_agreements_are_compared() -> None:
    plain = agreement("truce", parties="ARM AZE", instrument=Instrument.CEASEFIRE, areas=(Area.PEACE,))
    mediator = agreement(parties="RUS").parties[0].model_copy(update={"role": Role.MEDIATOR})
    brokered = plain.model_copy(update={"parties": (*plain.parties, mediator)})

    assert traits(plain).codes == traits(brokered).codes


def test_a_company_and_a_state_meet_by_their_names() -> None:
    first = agreement("loan for the Mirna dam", parties="KEN dambank", instrument=Instrument.LOAN)
    second = agreement("loan for the Mirna dam", parties="KEN dambank", instrument=Instrument.LOAN)

    assert is_joined(first, second)


def test_every_part_of_a_score_says_why() -> None:
    parts = compare(traits(agreement(**CONTRACT)), traits(agreement(**{**CONTRACT, "areas": (Area.TRADE,)})))

    assert {part.name: (part.points, part.why) for part in parts} == {
        "parties": (4, "the same: IND, RUS"),
        "instrument": (3, "the same: contract"),
        "areas": (-3, "defence against trade"),
        "items": (7, "in common: ak203"),
        "words": (2, "the same: rifle"),
        "conclusion": (3, "on the same day"),
    }


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        pytest.param("500", "5E+2", 4, id="equal"),
        pytest.param("500", "540", 2, id="nearly equal"),
        pytest.param("500", "700", 0, id="rivals"),
        pytest.param("500", "1200", -1, id="far"),
        pytest.param("500", "7000", -3, id="very far"),
        pytest.param("1E-999999", "9E+999999", -3, id="as far as numbers go"),
        pytest.param("0", "500", -3, id="nothing against something"),
    ],
)
def test_sums_count_by_how_far_they_are_apart(one: str, other: str, points: int) -> None:
    pair = [traits(agreement(values=(money(1).model_copy(update={"amount": Decimal(sum_)}),))) for sum_ in (one, other)]

    found = {part.name: part.points for part in compare(*pair)}

    assert found.get("values", 0) == points


# -- years apart, and nothing particular -------------------------------------------------------------

VAGUE: dict[str, Any] = {"title": "memorandum on defence", "instrument": Instrument.MOU}
YEARS = ("2015-03-01", "2019-06-01")


def test_two_memoranda_of_one_kind_years_apart_stay_two() -> None:
    assert not is_joined(agreement(**VAGUE), agreement(**VAGUE), YEARS)
    assert is_joined(agreement(**VAGUE), agreement(**VAGUE), ("2015-03-01", "2015-06-01"))


@pytest.mark.parametrize(
    "particular",
    [
        pytest.param({"items": (item("AK-203", 601427),)}, id="an item"),
        pytest.param({"values": (money(5 * 10**8),)}, id="a sum"),
        pytest.param({"term": Term(ends="2030", evidence=words("2030"))}, id="a term"),
        pytest.param({"title": "memorandum on the defence of the Mirna valley"}, id="a name in the title"),
    ],
)
def test_what_is_particular_makes_one_agreement_of_reports_years_apart(particular: dict[str, Any]) -> None:
    fact = agreement(**{**VAGUE, **particular})

    assert is_joined(fact, fact, YEARS)


@pytest.mark.parametrize(
    ("countries", "day", "points"),
    [
        pytest.param(("KWT", "OMN"), "2015-05-01", 0, id="others, weeks apart"),
        pytest.param(("KWT", "OMN"), "2015-09-01", -5, id="others, a season apart"),
        pytest.param(("KWT", "KWT"), "2015-09-01", 0, id="the same"),
        pytest.param(("KWT", "KWT OMN QAT"), "2015-09-01", 0, id="a wider story"),
    ],
)
def test_vague_reports_beside_other_countries_stay_apart_after_a_season(
    countries: tuple[str, str], day: str, points: int
) -> None:
    pair = []
    for published, named in zip(("2015-03-01", day), countries, strict=True):
        every = tuple(make_country(code, "Norwegian") for code in f"IND RUS {named}".split())
        article, facts = report(published, agreement(**VAGUE), countries=every)
        pair.append(traits_of(article, facts.agreements[0], facts))

    parts = {part.name: part.points for part in compare(*pair)}

    assert parts.get("vague", 0) == points


@pytest.mark.parametrize(
    ("countries", "points"),
    [
        pytest.param(("KWT", "KWT"), 1, id="the same one"),
        pytest.param(("KWT", "OMN"), 0, id="others"),
        pytest.param(("KWT OMN QAT", "KWT OMN QAT"), 0, id="too many to tell an occasion"),
    ],
)
def test_another_country_that_both_articles_name_speaks_for_one_occasion(
    countries: tuple[str, str], points: int
) -> None:
    pair = []
    for day, named in zip(YEARS, countries, strict=True):
        every = tuple(make_country(code, "Norwegian") for code in f"IND RUS {named}".split())
        article, facts = report(day, agreement(**VAGUE), countries=every)
        pair.append(traits_of(article, facts.agreements[0], facts))

    parts = {part.name: part.points for part in compare(*pair)}

    assert parts.get("context", 0) == points


# -- what persons say --------------------------------------------------------------------------------


def said_so(kind: str, *facts: str) -> Override:
    """An override of some facts."""
    return Override(kind=OverrideKind(kind), facts=facts, reason="They are.", author="Kari", date="2026-03-14")


def joined(overrides: Sequence[Override], **facts: AgreementFact | list[AgreementFact]) -> set[frozenset[str]]:
    """The groups of the facts of some articles of consecutive days, as sets of "article/a1"."""
    every = []
    for day, (name, own) in enumerate(facts.items(), 1):
        article, file = report(f"2021-12-{day:02}", *(own if isinstance(own, list) else [own]), name=name)
        every += [traits_of(article, fact) for fact in file.agreements]
    return {frozenset(f"{one.article}/{one.fact.id}" for one in group.members) for group in join(every, overrides)}


def test_what_a_person_says_is_the_same_meets_against_every_score() -> None:
    grain = agreement("pact on grain", parties="KAZ RUS", areas=(Area.FOOD,))

    found = joined([said_so("same", "one/a1", "two/a1")], one=agreement(**CONTRACT), two=grain)

    assert found == {frozenset({"one/a1", "two/a1"})}


def test_two_facts_of_one_article_meet_only_where_a_person_says_so() -> None:
    twice = [agreement(**CONTRACT), agreement(**CONTRACT)]

    assert joined([], one=twice) == {frozenset({"one/a1"}), frozenset({"one/a2"})}
    assert joined([said_so("same", "one/a1", "one/a2")], one=twice) == {frozenset({"one/a1", "one/a2"})}


def test_what_a_person_says_is_not_the_same_stays_apart_also_by_way_of_others() -> None:
    three = dict.fromkeys(("one", "two", "three"), agreement(**CONTRACT))

    found = joined([said_so("not-same", "one/a1", "three/a1")], **three)

    assert joined([], **three) == {frozenset({"one/a1", "two/a1", "three/a1"})}
    assert not any({"one/a1", "three/a1"} <= members for members in found)


def test_who_joined_two_facts_is_told() -> None:
    grain = agreement("pact on grain", parties="KAZ RUS", areas=(Area.FOOD,))
    entry = said_so("same", "one/a1", "three/a1")
    facts = {"one": agreement(**CONTRACT), "two": agreement(**CONTRACT), "three": grain}
    every = [
        traits_of(article, file.agreements[0])
        for at, (name, fact) in enumerate(facts.items(), 1)
        for article, file in [report(f"2021-12-0{at}", fact, name=name)]
    ]

    (group,) = join(every, [entry])

    told = [(why.article, why.other_article, why.points > 0, why.override) for why in group.explanations]
    assert told == [("three", "one", False, entry), ("two", "one", True, None)]


def test_a_score_is_the_same_from_both_sides() -> None:
    first = traits(agreement(**CONTRACT), "2021-12-06")
    second = traits(agreement(**{**CONTRACT, "instrument": Instrument.DEAL, "status": Status.PROPOSED}), "2022-12-06")

    assert total(compare(first, second)) == total(compare(second, first))


def test_a_fact_is_compared_with_few_others_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counting(parts: Sequence[Part]) -> bool:
        nonlocal asked
        asked += 1
        return may_join(parts)

    monkeypatch.setattr("generator.identity.may_join", counting)
    facts = [traits(agreement("pact"), f"2021-{month:02}-{day:02}") for month in range(1, 13) for day in range(1, 29)]

    join(facts)

    assert 0 < asked <= 2 * WINDOW * len(facts)


FACTS = st.builds(
    agreement,
    st.sampled_from(["grain transit", "grain", "rifles", "pact"]),
    parties=st.sampled_from(["IND RUS", "FRA IND", "IND RUS KAZ"]),
    instrument=st.sampled_from([Instrument.DEAL, Instrument.CONTRACT, Instrument.MOU]),
    status=st.sampled_from([Status.ANTICIPATED, Status.SIGNED, Status.IN_FORCE]),
    count=st.sampled_from([None, None, 10]),
    areas=st.sampled_from([(), (Area.FOOD,), (Area.DEFENCE,)]),
    concluded=st.sampled_from([None, said("2021-01-02"), said("2021-06")]),
)


@given(st.lists(st.lists(FACTS, min_size=1, max_size=3), min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_groups_hold_every_fact_once_and_none_twice_from_an_article(
    told: list[list[AgreementFact]], random: Random
) -> None:
    reports = [report(f"2021-{1 + at % 12:02}-01", *facts, name=f"r{at:02}") for at, facts in enumerate(told)]
    every = [traits_of(article, fact) for article, facts in reports for fact in facts.agreements]

    groups = [one.members for one in join(every)]
    random.shuffle(every)

    assert [one.members for one in join(every)] == groups
    assert sum(len(members) for members in groups) == len(every)
    for members in groups:
        assert len({one.article for one in members}) == len(members)
        assert len({one.is_bundle for one in members}) == 1
        assert len({code for one in members for code in one.codes & {"RUS", "FRA"}}) == 1


# -- one article more, one fewer ---------------------------------------------------------------------


@given(
    st.lists(st.lists(FACTS, max_size=3), min_size=1, max_size=14),
    st.lists(st.lists(FACTS, max_size=3), max_size=4),
    st.randoms(use_true_random=False),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_articles_that_come_and_go_in_any_order_leave_the_groups_that_all_at_once_give(
    told: list[list[AgreementFact]], old: list[list[AgreementFact]], random: Random, is_curated: bool
) -> None:
    overrides = [said_so("same", "r00/a1", "r01/a1"), said_so("not-same", "r00/a1", "r02/a1")] if is_curated else []
    reports = [report(f"202{at % 3}-{1 + at % 12:02}-01", *facts, name=f"r{at:02}") for at, facts in enumerate(told)]
    before = [report(f"2021-{1 + at % 12:02}-02", *facts, name=f"r{at * 2:02}") for at, facts in enumerate(old)]
    joins = Joins(overrides)

    for article, facts in before:  # some are edited later, some removed, the rest are new
        joins.put(article.id, [traits_of(article, fact) for fact in facts.agreements])
    for article, _ in before:
        if article.id not in {other.id for other, _ in reports}:
            joins.drop(article.id)
    for article, facts in random.sample(reports, len(reports)):
        joins.put(article.id, [traits_of(article, fact) for fact in facts.agreements])
        if random.random() < 0.5:
            joins.groups()

    at_once = join([traits_of(article, fact) for article, facts in reports for fact in facts.agreements], overrides)
    assert [(one.members, one.explanations) for one in joins.groups()] == [
        (one.members, one.explanations) for one in at_once
    ]


def test_one_more_article_leaves_what_is_far_from_it_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    joins = Joins()
    for at in range(300):
        fact = agreement(f"pact on subject{at % 30}", parties=f"IND {'RUS' if at % 2 else 'FRA'}")
        article, facts = report(f"2021-{1 + at % 12:02}-{1 + at % 28:02}", fact, name=f"r{at:03}")
        joins.put(article.id, [traits_of(article, one) for one in facts.agreements])
    before = joins.groups()
    asked = 0

    def counting(parts: Sequence[Part]) -> bool:
        nonlocal asked
        asked += 1
        return may_join(parts)

    monkeypatch.setattr("generator.identity.may_join", counting)

    article, facts = report("2021-06-15", agreement("pact on subject1", parties="IND RUS"), name="new")
    joins.put(article.id, [traits_of(article, one) for one in facts.agreements])
    after = joins.groups()

    assert 0 < asked <= 20 * WINDOW
    assert len({id(group) for group in after} & {id(group) for group in before}) >= len(before) - 3
