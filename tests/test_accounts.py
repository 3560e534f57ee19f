"""What stands beside the headline of an agreement, as rows of pages."""

from datetime import date
from typing import Any

import pytest

from generator.accounts import (
    agreed_lines,
    beside_lines,
    conflict_rows,
    expected_row,
    ladder_tables,
    newest_outcomes,
    outcome_line,
    record_row,
    standing_lines,
    step_remark,
    strict_line,
    telling_items,
)
from generator.ledger import Outcome, Record
from generator.model import AgreementFact, ArticleId, Instrument, Mode, Realis, Status
from generator.references import Notes, Site
from generator.views import Note, Words
from reports import Report, agreement, book_of, item, money, report, said, source

TODAY = date(2026, 3, 31)
DEAL: dict[str, Any] = {"title": "contract for PX-4 aircraft", "instrument": Instrument.CONTRACT}


def deal(number: int = 4, **changes: Any) -> AgreementFact:
    """A signed contract for aircraft."""
    goods = (item("PX-4", number, "patrol aircraft"),)
    return agreement(**{**DEAL, "items": goods, "concluded": said("2025-07-14"), **changes})


def site_of(*reports: Report) -> Site:
    """The site of some reports."""
    return Site(book_of(reports), TODAY)


def plain(words: Words) -> str:
    """The text of words, without numbers of notes."""
    text = "".join(one if isinstance(one, str) else one.text for one in words if not isinstance(one, Note))
    return text.replace("\u00a0", " ")


def test_a_ladder_is_shown_where_reports_differ_and_one_line_where_they_agree() -> None:
    values = [money(90, "EUR"), money(96, "EUR")]
    site = site_of(
        *(report(f"2025-07-{15 + at}", deal(values=(one,)), outlet=f"Daily {at}") for at, one in enumerate(values))
    )
    notes, one = Notes(site), site.book.agreements[0]

    (table,) = ladder_tables(site, notes, one)
    (line,) = agreed_lines(site, notes, one)

    assert table.title == "Value in EUR"
    assert table.line.replace("\u00a0", " ") == (
        "Reported: EUR 90 – 96 (two reports from two independent sources)."
        " Shown first: EUR 96, from an outlet’s own words, the newest of them."
    )
    assert [row.is_headline for row in table.rows] == [True, False]
    assert plain(line) == "Number: PX-4: 4 (two reports from two independent sources)."


def test_rival_numbers_of_one_thing_are_one_item_with_its_span() -> None:
    site = site_of(
        report("2025-07-15", deal(4), outlet="Daily"),
        report("2025-07-16", deal(6), outlet="Herald"),
    )

    told = [(int(one.value.quantity or 0), span) for one, span in telling_items(site, site.book.agreements[0])]

    assert told == [(6, "reports: 4 – 6")]


@pytest.mark.parametrize(
    ("outlets", "chain", "first", "second"),
    [
        pytest.param(
            ["Daily", "Herald"],
            (),
            "Two articles say so and rest on two independent sources: Daily and Herald.",
            "Counted strictly",
            id="two outlets",
        ),
        pytest.param(
            ["Daily", "Herald"],
            (source("TASS"),),
            "Two articles say so and rest on one independent source: TASS (2 articles).",
            "Counted broadly only",
            id="one agency in two outlets",
        ),
        pytest.param(
            ["Ministry of Defence"],
            (),
            "One article says so and rests on one independent source: Ministry of Defence (text of a party).",
            "Counted strictly",
            id="a text of a party",
        ),
    ],
)
def test_the_headline_says_on_how_many_sources_it_rests(
    outlets: list[str], chain: tuple[Any, ...], first: str, second: str
) -> None:
    reports = [report(f"2025-07-{15 + at}", deal(attribution=chain), outlet=one) for at, one in enumerate(outlets)]
    site = site_of(*reports)

    lines = [plain(line) for line in standing_lines(site, site.book.agreements[0])]

    assert lines[0] == first
    assert lines[1].startswith(second)


def test_what_is_only_expected_stands_in_no_count() -> None:
    site = site_of(report("2025-05-05", deal(status=Status.ANTICIPATED, concluded=None), outlet="Daily"))

    assert len(list(standing_lines(site, site.book.agreements[0]))) == 1


def test_the_strict_count_is_a_part_of_the_broad_one() -> None:
    site = site_of(
        report("2025-07-15", deal(), outlet="Daily"),
        report("2025-07-16", deal(), outlet="Herald"),
        report("2025-07-17", agreement("fishing pact", parties="CHL PER"), outlet="Daily"),
    )

    line = plain(strict_line(site, site.book.agreements))

    assert line == "Of these by the strict count, from two independent sources or a text by a party: one agreement."


def test_steps_that_contradict_the_headline_stay_and_say_so() -> None:
    denial = deal(status=Status.FAILED, realis=Realis(modes=(Mode.NEGATED,)), concluded=None)
    minister = (source("the minister"),)
    site = site_of(
        report("2025-07-15", deal(attribution=minister), outlet="Daily"),
        report("2025-07-16", denial, outlet="Herald"),
        report("2025-07-20", deal(status=Status.ANTICIPATED, concluded=None), outlet="Post"),
    )
    (one,) = site.book.agreements

    remarks = {step.status: step_remark(one, step, (ArticleId("report-2025-07-15"), "a1")) for step in one.steps}

    assert one.status is Status.SIGNED
    assert remarks == {
        Status.SIGNED: "decides the headline",
        Status.FAILED: "contradicts the headline; its source stands less close",
        Status.ANTICIPATED: "reported after the conclusion; does not take it back",
    }
    assert [row.title for row in conflict_rows(site, Notes(site), one)] == ["Denied", "Expected after it was concluded"]


def test_other_agreements_of_the_same_two_at_the_same_time_are_named() -> None:
    fishing = agreement("fishing pacts", count=0, concluded=said("2025-07-20"))
    old = agreement("road pact", instrument=Instrument.TREATY, concluded=said("2019-02-18"))
    site = site_of(
        report("2025-07-15", deal()), report("2025-07-21", fishing), report("2019-02-18", old, name="an-old-one")
    )
    one = next(found for found in site.book.agreements if found.items)

    assert [plain(line) for line in beside_lines(site, one)] == ["Fishing pacts — several agreements, signed"]


@pytest.mark.parametrize(
    ("due", "line", "mark"),
    [
        pytest.param(
            "2025-06", "It was expected for June 2025; it is reported as signed on 14 July 2025, 14 days late.", "Late",
            id="late",
        ),
        pytest.param(
            "2025-07-14",
            "It was expected for 14 July 2025; it is reported as signed on 14 July 2025.",
            "Kept",
            id="kept",
        ),
        pytest.param(None, "It was expected; it is reported as signed on 14 July 2025.", "Kept", id="no date said"),
    ],
)  # fmt: skip
def test_what_was_expected_stands_with_what_came(due: str | None, line: str, mark: str) -> None:
    expected = deal(status=Status.ANTICIPATED, concluded=None, due=said(due) if due else None)
    site = site_of(report("2025-05-05", expected, outlet="Wire"), report("2025-07-15", deal(), outlet="Herald"))
    (found,) = newest_outcomes(site)

    row = expected_row(site, Notes(site), found)

    assert plain(outcome_line(Notes(site), found)) == line
    assert row.mark.label == mark
    assert "Wire, 5 May 2025" in plain(row.announced)


@pytest.mark.parametrize(
    ("outcomes", "rate"),
    [
        pytest.param((Outcome.KEPT,) * 4 + (Outcome.OPEN,) * 3, "", id="four settled"),
        pytest.param((Outcome.KEPT,) * 3 + (Outcome.LATE, Outcome.LAPSED), "3 of 5 (60 %)", id="five settled"),
        pytest.param((Outcome.EXCEEDED,) * 5, "5 of 5 (100 %)", id="all exceeded"),
        pytest.param((Outcome.IN_PART,) * 5, "0 of 5 (0 %)", id="all in part"),
    ],
)
def test_a_share_is_given_from_five_settled_announcements_on(outcomes: tuple[Outcome, ...], rate: str) -> None:
    row = record_row(Record(name="Wire", outcomes=outcomes))

    assert row.rate.replace("\u00a0", " ") == rate
    assert row.announced == len(outcomes)
