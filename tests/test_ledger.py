"""What was expected, what has come of it, and whose announcements came true."""

from datetime import date
from typing import Any

import pytest

from generator.ledger import (
    LEAST_CASES,
    Expected,
    Outcome,
    expectations,
    records_of_outlets,
    records_of_sources,
)
from generator.model import AgreementFact, DateBasis, Instrument, Mode, Realis, Status
from reports import Report, agreement, book_of, item, report, said, source

TODAY = date(2026, 3, 31)
DEAL: dict[str, Any] = {"title": "contract for PX-4 aircraft", "instrument": Instrument.CONTRACT}
GOODS = (item("PX-4", 4, "aircraft"),)


def ahead(due: str | None = None, **changes: Any) -> AgreementFact:
    """It is expected, perhaps for a day."""
    expected = said(due) if due else None
    return agreement(**{**DEAL, "items": GOODS, "status": Status.ANTICIPATED, "due": expected, **changes})


def done(day: str, **changes: Any) -> AgreementFact:
    """It was signed on a day."""
    return agreement(**{**DEAL, "items": GOODS, "concluded": said(day), **changes})


def outcome(*reports: Report) -> Expected:
    """What has come of the one agreement of some reports."""
    (found,) = expectations(book_of(reports), TODAY)
    return found


@pytest.mark.parametrize(
    ("first", "then", "is_now", "days_late"),
    [
        pytest.param(ahead("2025-06-30"), done("2025-06-30"), Outcome.KEPT, None, id="on the day"),
        pytest.param(ahead("2025-06"), done("2025-06-30"), Outcome.KEPT, None, id="on the last day of the month"),
        pytest.param(ahead("2025-06"), done("2025-07-14"), Outcome.LATE, 14, id="after the month"),
        pytest.param(ahead("2025"), done("2025-07"), Outcome.KEPT, None, id="in the year"),
        pytest.param(ahead(), done("2025-07-14"), Outcome.KEPT, None, id="no date said"),
        pytest.param(ahead("2025-06"), ahead("2025-12"), Outcome.LAPSED, None, id="all dates past"),
        pytest.param(ahead("2025-06"), ahead("2026-06"), Outcome.OPEN, None, id="put off to a day to come"),
        pytest.param(ahead("2026-03-31"), ahead("2026-03-31"), Outcome.OPEN, None, id="due today"),
        pytest.param(ahead("2026-03-30"), ahead("2026-03-30"), Outcome.LAPSED, None, id="due yesterday"),
        pytest.param(ahead(), ahead(), Outcome.OPEN, None, id="nothing more known"),
        pytest.param(
            ahead("2026-06"),
            ahead(status=Status.FAILED, realis=Realis(modes=(Mode.NEGATED,))),
            Outcome.LAPSED,
            None,
            id="called off before its day",
        ),
        pytest.param(
            ahead("2025-06"), done("2025-06-30", status=Status.AGREED), Outcome.LAPSED, None, id="agreed, not signed"
        ),
    ],
)
def test_what_came_of_an_announcement(
    first: AgreementFact, then: AgreementFact, is_now: Outcome, days_late: int | None
) -> None:
    found = outcome(report("2025-05-05", first), report("2025-07-20", then))

    assert (found.outcome, found.days_late) == (is_now, days_late)


@pytest.mark.parametrize(
    ("expected", "signed", "is_now"),
    [
        pytest.param(10, 28, Outcome.EXCEEDED, id="more"),
        pytest.param(10, 10, Outcome.KEPT, id="as many"),
        pytest.param(10, 7, Outcome.IN_PART, id="fewer"),
        pytest.param(0, 7, Outcome.KEPT, id="several"),
    ],
)
def test_a_bundle_meets_its_outcome_with_both_counts(expected: int, signed: int, is_now: Outcome) -> None:
    day = said("2021-12-06")

    found = outcome(
        report("2021-12-05", agreement("agreements", count=expected, status=Status.ANTICIPATED, due=day)),
        report("2021-12-07", agreement("agreements", count=signed, concluded=day)),
    )

    assert (found.outcome, found.count, found.met_count) == (is_now, expected, signed)


def test_what_is_later_suspended_was_kept_all_the_same() -> None:
    found = outcome(
        report("2025-05-05", ahead("2025-06-30")),
        report("2025-06-30", done("2025-06-30")),
        report("2025-11-03", ahead(status=Status.SUSPENDED)),
    )

    assert found.outcome is Outcome.KEPT


def test_what_nobody_expected_is_not_in_the_ledger() -> None:
    book = book_of([report("2025-06-30", done("2025-06-30"))])

    assert expectations(book, TODAY) == ()


def test_a_report_after_the_conclusion_announces_nothing() -> None:
    book = book_of([report("2025-06-30", done("2025-06-30")), report("2025-07-20", ahead())])

    assert expectations(book, TODAY) == ()


def test_only_the_day_of_the_report_may_be_known() -> None:
    only_reported = done("2025-06-30", concluded=said("2025-06-30", DateBasis.REPORT))

    found = outcome(report("2025-05-05", ahead("2025-06")), report("2025-06-30", only_reported))

    assert found.outcome is Outcome.KEPT


# -- whose word came true -----------------------------------------------------------------------------


def of_partner(number: int, fact: AgreementFact, day: str, outlet: str) -> Report:
    """The same with another partner: an agreement of its own."""
    partner = ("RUS", "FRA", "DEU", "ITA", "ESP", "PRT")[number]
    sides = agreement(parties=f"IND {partner}").parties
    return report(day, fact.model_copy(update={"parties": sides}), name=f"{partner}-{day}-{outlet}", outlet=outlet)


def test_an_outlet_is_rated_from_five_settled_announcements_on() -> None:
    reports = [of_partner(at, ahead("2025-06"), "2025-05-05", "Wire") for at in range(LEAST_CASES)]
    reports += [of_partner(at, done("2025-06-20"), "2025-06-21", "Herald") for at in range(3)]

    (wire,) = records_of_outlets(expectations(book_of(reports), TODAY))

    assert (wire.name, wire.settled, wire.number(Outcome.KEPT), wire.number(Outcome.LAPSED)) == ("Wire", 5, 3, 2)
    assert wire.may_be_rated


def test_open_announcements_make_no_rate() -> None:
    reports = [of_partner(at, ahead("2026-12"), "2026-03-05", "Wire") for at in range(LEAST_CASES + 1)]

    (wire,) = records_of_outlets(expectations(book_of(reports), TODAY))

    assert (wire.settled, wire.number(Outcome.OPEN), wire.may_be_rated) == (0, 6, False)


def test_an_agreement_counts_once_for_a_name_by_its_first_announcement() -> None:
    reports = [
        report("2025-05-05", ahead("2025-06"), outlet="Wire"),
        report("2025-06-30", ahead("2025-09"), outlet="The Wire"),
        report("2025-08-01", done("2025-07-31"), outlet="Herald"),
    ]

    (wire,) = records_of_outlets(expectations(book_of(reports), TODAY))

    assert wire.outcomes == (Outcome.LATE,)


@pytest.mark.parametrize(
    ("fact", "names"),
    [
        pytest.param(ahead("2025-06", attribution=(source("TASS"), source("Kremlin"))), ["Kremlin"], id="innermost"),
        pytest.param(ahead("2025-06", attribution=(source("officials"),)), [], id="nobody in particular"),
        pytest.param(ahead("2025-06"), [], id="the outlet itself"),
        pytest.param(
            ahead(status=Status.PROPOSED, attribution=(source("Kremlin"),)), [], id="a proposal promises nothing"
        ),
    ],
)
def test_whom_an_announcement_quotes_has_a_record(fact: AgreementFact, names: list[str]) -> None:
    book = book_of([report("2025-05-05", fact)])

    assert [one.name for one in records_of_sources(expectations(book, TODAY))] == names
