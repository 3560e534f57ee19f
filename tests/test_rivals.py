"""Figures that differ and statements that contradict each other."""

from decimal import Decimal
from typing import Any

import pytest

from generator.model import (
    Agreement,
    AgreementFact,
    Instrument,
    Mode,
    MoneyKind,
    Qualifier,
    QuotationFact,
    Realis,
    Status,
    Term,
)
from generator.rivals import Conflict, Ladder, Quantity, contradictions, ladders, same_words
from reports import Report, agreement, book_of, item, money, report, said, source, words

DAYS = ("2021-12-06", "2021-12-07", "2021-12-08", "2021-12-09")
CONTRACT: dict[str, Any] = {
    "title": "contract for AK-203 rifles",
    "instrument": Instrument.CONTRACT,
    "concluded": said("2021-12-06"),
}
RIFLES = ("AK-203", "assault rifles")


def rifles(number: int, **changes: Any) -> AgreementFact:
    """A report of a contract with a number of rifles."""
    one = item("AK-203", number, "assault rifles").model_copy(update=changes)
    return agreement(**CONTRACT, items=(one,))


def told(*facts: AgreementFact, outlets: str = "Daily Herald Post Review") -> tuple[Agreement, tuple[Ladder, ...]]:
    """One agreement that different outlets tell of day by day, and its ladders."""
    names = outlets.split()
    book = book_of(report(day, fact, outlet=outlet) for day, fact, outlet in zip(DAYS, facts, names, strict=False))
    (one,) = book.agreements
    return one, ladders(one, book)


def lows(ladder: Ladder) -> list[int]:
    """The figures of a ladder in their order."""
    return [int(one.low) for one in ladder.reports]


def span(ladder: Ladder) -> tuple[int, int]:
    """From the lowest to the highest figure that stands."""
    return int(ladder.low), int(ladder.high)


def kinds(*facts: AgreementFact, outlets: str = "Daily Herald Post Review") -> list[Conflict]:
    """The conflicts among the reports of one agreement."""
    one, its_ladders = told(*facts, outlets=outlets)
    return [found.kind for found in contradictions(one, its_ladders, ())]


# -- figures ------------------------------------------------------------------------------------------


def test_every_report_of_a_number_stands_on_the_ladder_the_headline_first() -> None:
    _, (ladder,) = told(rifles(500000), rifles(601427), rifles(670000))

    assert (ladder.quantity, ladder.name) == (Quantity.NUMBER, "AK-203")
    assert lows(ladder) == [670000, 500000, 601427]
    assert (*span(ladder), ladder.roots, ladder.is_rival) == (500000, 670000, 3, True)


def test_a_text_of_a_party_comes_before_newer_reports() -> None:
    _, (ladder,) = told(rifles(601427), rifles(670000), outlets="Ministry_of_Defence Herald".replace("_", "-"))

    assert lows(ladder)[0] == 601427


def test_an_official_comes_before_an_outlet_and_the_root_is_named() -> None:
    official = rifles(601427).model_copy(update={"attribution": (source("TASS"), source("the ministry"))})

    _, (ladder,) = told(official, rifles(670000))

    assert (lows(ladder)[0], ladder.headline.root) == (601427, "the ministry")
    assert [one.root for one in ladder.reports] == ["the ministry", "Herald"]


def test_the_largest_number_may_be_the_sum_of_the_others() -> None:
    goods = tuple(item("AK-203", number, "assault rifles") for number in (670000, 70000, 600000))

    _, (ladder,) = told(agreement(**CONTRACT, items=goods))

    (whole,) = ladder.reports
    assert (int(whole.low), [int(part.low) for part in whole.parts]) == (670000, [70000, 600000])


def test_numbers_that_do_not_add_up_are_reports_of_their_own() -> None:
    goods = tuple(item("AK-203", number, "assault rifles") for number in (670000, 70000, 500000))

    _, (ladder,) = told(agreement(**CONTRACT, items=goods))

    assert lows(ladder) == [670000, 70000, 500000]


def test_a_number_without_designation_meets_the_only_goods_of_its_noun() -> None:
    plain = agreement(**CONTRACT, items=(item(None, 600000, "assault rifles"),))

    _, its_ladders = told(rifles(601427), plain)

    assert [(one.name, len(one.reports)) for one in its_ladders] == [("AK-203", 2)]


def test_each_currency_and_what_is_lent_or_given_has_a_ladder_of_its_own() -> None:
    values = (money(500), money(40, "INR"), money(9, kind=MoneyKind.GRANT))

    _, its_ladders = told(agreement(**CONTRACT, values=values))

    assert [one.name for one in its_ladders] == ["USD", "INR", "USD grant"]


def test_what_a_loan_is_worth_is_what_is_lent() -> None:
    loan: dict[str, Any] = {"title": "loan for a bridge", "instrument": Instrument.LOAN}

    _, (ladder,) = told(
        agreement(**loan, values=(money(120, kind=MoneyKind.LOAN),)), agreement(**loan, values=(money(210),))
    )

    assert lows(ladder) == [210, 120]


def test_only_the_count_of_what_was_concluded_is_a_rival_count() -> None:
    bundle: dict[str, Any] = {"title": "agreements", "concluded": said("2021-12-06")}

    _, (ladder,) = told(
        agreement(count=10, status=Status.ANTICIPATED, due=said("2021-12-06"), title="agreements"),
        agreement(**bundle, count=28),
        agreement(**bundle, count=28),
    )

    assert (ladder.quantity, lows(ladder)) == (Quantity.COUNT, [28, 28])


def test_a_figure_that_its_own_outlet_replaces_stays_but_no_longer_counts() -> None:
    _, (ladder,) = told(rifles(700000), rifles(500000), rifles(601427), outlets="Herald Daily Herald")

    (old,) = [one for one in ladder.reports if one.replaced_by]
    assert (int(old.low), str(old.replaced_by)) == (700000, "report-2021-12-08")
    assert span(ladder) == (500000, 601427)


@pytest.mark.parametrize(
    "older",
    [
        pytest.param(rifles(600000, qualifier=Qualifier.MORE), id="more than less"),
        pytest.param(rifles(600000, qualifier=Qualifier.ABOUT), id="about the same"),
        pytest.param(
            rifles(700000).model_copy(update={"status": Status.ANTICIPATED, "concluded": None}), id="still to come"
        ),
    ],
)
def test_what_can_be_reconciled_is_not_replaced(older: AgreementFact) -> None:
    _, (ladder,) = told(older, rifles(601427), outlets="Herald Herald")

    assert [one.replaced_by for one in ladder.reports] == [None, None]


# -- conflicts ----------------------------------------------------------------------------------------

PLAIN = agreement(**CONTRACT)
NEGATED = Realis(modes=(Mode.NEGATED,))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        pytest.param([PLAIN, PLAIN], [], id="nothing"),
        pytest.param(
            [PLAIN, agreement(**{**CONTRACT, "status": Status.FAILED, "realis": NEGATED, "concluded": None})],
            [Conflict.DENIED],
            id="a denial",
        ),
        pytest.param(
            [PLAIN, agreement(**{**CONTRACT, "status": Status.ANTICIPATED, "concluded": None})],
            [Conflict.STILL_EXPECTED],
            id="expected after the conclusion",
        ),
        pytest.param(
            [agreement(**{**CONTRACT, "status": Status.APPROVED, "concluded": None}), PLAIN], [], id="the usual course"
        ),
        pytest.param(
            [PLAIN, agreement(**{**CONTRACT, "status": Status.APPROVED, "concluded": None})],
            [],
            id="approved after the signature",
        ),
        pytest.param([rifles(601427), rifles(670000)], [Conflict.FIGURES], id="two numbers"),
        pytest.param([rifles(601427), rifles(500000, qualifier=Qualifier.MORE)], [], id="more than fewer"),
        pytest.param([rifles(601427), rifles(700000, qualifier=Qualifier.UP_TO)], [], id="up to more"),
        pytest.param([rifles(601427), rifles(600000, qualifier=Qualifier.ABOUT)], [], id="about as many"),
        pytest.param([rifles(700000), rifles(600000, qualifier=Qualifier.ABOUT)], [Conflict.FIGURES], id="not about"),
        pytest.param(
            [
                agreement(**CONTRACT, term=Term(ends="2030", evidence=words("through 2030"))),
                agreement(**CONTRACT, term=Term(begins="2021", ends="2031", evidence=words("2021-2031"))),
            ],
            [Conflict.TERM],
            id="two terms",
        ),
        pytest.param(
            [PLAIN, agreement(**{**CONTRACT, "concluded": said("2021-12-08")})], [Conflict.DAY], id="two days"
        ),
        pytest.param([PLAIN, agreement(**{**CONTRACT, "concluded": said("2021-12")})], [], id="the month of the day"),
        pytest.param(
            [
                rifles(601427),
                rifles(601427).model_copy(update={"instrument": Instrument.FRAMEWORK}),
                rifles(601427).model_copy(update={"instrument": Instrument.DEAL}),
            ],
            [Conflict.INSTRUMENT],
            id="two instruments",
        ),
    ],
)
def test_reports_that_cannot_all_be_so_are_conflicts(facts: list[AgreementFact], found: list[Conflict]) -> None:
    assert kinds(*facts) == found


def test_an_outlet_that_contradicts_itself_is_a_conflict_of_one_source() -> None:
    assert kinds(rifles(700000), rifles(601427), outlets="Herald Herald") == [Conflict.CORRECTED]


def test_every_side_of_a_conflict_keeps_its_figure() -> None:
    one, its_ladders = told(rifles(500000), rifles(601427), rifles(601427), rifles(670000))

    (conflict,) = contradictions(one, its_ladders, ())

    assert [side.report and side.report.low for side in conflict.sides] == [
        Decimal(670000),
        Decimal(500000),
        Decimal(601427),
    ]


def spoken(day: str, speaker: str, text: str) -> Report:
    """A report with a quotation."""
    said_by = QuotationFact(id="q1", speaker=speaker, evidence=words(text), rule="test")
    return report(day, PLAIN, quotations=(said_by,))


@pytest.mark.parametrize(
    ("speakers", "text", "found"),
    [
        pytest.param(("Ana", "Rui"), "This door will stay open.", [Conflict.SPEAKER], id="two people"),
        pytest.param(("Ana", "Rui"), "This is good.", [], id="too few words"),
        pytest.param(("Ana Sousa", "Sousa"), "This door will stay open.", [], id="a shorter name"),
    ],
)
def test_the_same_words_by_two_people_are_a_conflict(
    speakers: tuple[str, str], text: str, found: list[Conflict]
) -> None:
    book = book_of(spoken(day, speaker, text) for day, speaker in zip(DAYS, speakers, strict=False))

    (one,) = book.agreements
    conflicts = contradictions(one, ladders(one, book), book.quotations)

    assert [conflict.kind for conflict in conflicts] == found
    assert all(len(conflict.sides) == 2 for conflict in conflicts)


def test_what_many_people_say_is_a_stock_phrase() -> None:
    speakers = [f"Speaker{chr(ord('A') + at)}" for at in range(9)]
    reports = [
        spoken(f"2021-12-{at + 1:02}", speaker, "We will stand side by side.") for at, speaker in enumerate(speakers)
    ]

    found = list(same_words(book_of(reports).quotations))

    assert found == []
