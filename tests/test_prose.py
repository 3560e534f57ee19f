"""Sentences: nothing that an article hedges, denies or expects may get lost in them."""

from decimal import Decimal
from itertools import chain, combinations
from typing import Any

import pytest

from generator import prose
from generator.model import (
    Certainty,
    DateBasis,
    EventKind,
    Instrument,
    Mode,
    Qualifier,
    Realis,
    SaidDate,
    Status,
    StatusGroup,
    TensionKind,
    Term,
)
from helpers import evidence_of, make_item, make_money, make_source

MODES = [*chain.from_iterable(combinations(Mode, length) for length in range(len(Mode) + 1))]
ALL = [
    (status, Realis(certainty=certainty, modes=modes))
    for status in Status
    for certainty in Certainty
    for modes in MODES
]
WORDS_OF_MODE = {
    Mode.FUTURE: "still to come",
    Mode.HYPOTHETICAL: "“if”",
    Mode.HISTORICAL: "past",
    Mode.NEGATED: "“not”",
}
WORDS_OF_CERTAINTY = {
    Certainty.PROBABLE: "probable",
    Certainty.POSSIBLE: "possible",
    Certainty.UNCOMMITTED: "left open",
}
HAPPENED = (
    "was signed",
    "were signed",
    "is in force",
    "are in force",
    "been extended",
    "been amended",
    "has been agreed",
    "have been agreed",
)


def told(status: Status, realis: Realis, *, is_plural: bool = False) -> str:
    return f"{prose.verb(status, realis, is_plural=is_plural)}. {prose.reservation(realis)}"


@pytest.mark.parametrize("is_plural", [False, True], ids=["one", "many"])
def test_every_status_certainty_and_mode_reads_differently(is_plural: bool) -> None:
    sentences = {told(status, realis, is_plural=is_plural) for status, realis in ALL}

    assert len(sentences) == len(ALL) == 13 * 4 * 16


@pytest.mark.parametrize("status", list(Status))
def test_each_mode_and_doubt_is_named(status: Status) -> None:
    for realis in (realis for other, realis in ALL if other is status):
        sentence = told(status, realis)

        assert {mode for mode, words in WORDS_OF_MODE.items() if words in sentence} == set(realis.modes)
        assert {one for one, words in WORDS_OF_CERTAINTY.items() if words in sentence} == (
            {realis.certainty} - {Certainty.CERTAIN}
        )


@pytest.mark.parametrize("is_plural", [False, True], ids=["one", "many"])
@pytest.mark.parametrize("status", list(Status))
def test_only_what_is_said_outright_is_said_to_have_happened(status: Status, is_plural: bool) -> None:
    is_done = status.group is StatusGroup.DONE
    for realis in (realis for other, realis in ALL if other is status):
        verb = prose.verb(status, realis, is_plural=is_plural)

        assert any(words in verb for words in HAPPENED) == (is_done and prose.is_plain(realis))


@pytest.mark.parametrize("status", [one for one in Status if one.group is StatusGroup.FUTURE])
def test_what_is_still_to_come_has_no_reported_value(status: Status) -> None:
    leads = [
        lead(status, Realis(), is_plural=is_plural)
        for lead in (prose.value_lead, prose.items_lead, prose.term_lead)
        for is_plural in (False, True)
    ]

    assert all("would" in lead for lead in leads)


@pytest.mark.parametrize(
    ("status", "realis", "is_plural", "expected"),
    [
        pytest.param(Status.SIGNED, Realis(), False, "was signed. ", id="plain"),
        pytest.param(Status.SIGNED, Realis(), True, "were signed. ", id="plain plural"),
        pytest.param(
            Status.ANTICIPATED,
            Realis(certainty=Certainty.PROBABLE, modes=(Mode.FUTURE,)),
            True,
            "are expected but have not been concluded. "
            "The deciding sentence speaks of something still to come and holds it probable, not certain.",
            id="expected",
        ),
        pytest.param(
            Status.IN_FORCE,
            Realis(modes=(Mode.NEGATED,)),
            False,
            "is recorded as in force, with a reservation. The deciding sentence speaks of something denied (a “not”).",
            id="denied",
        ),
        pytest.param(
            Status.SIGNED,
            Realis(certainty=Certainty.POSSIBLE),
            True,
            "are recorded as signed, with a reservation. The deciding sentence holds it possible, not certain.",
            id="doubted",
        ),
        pytest.param(Status.FAILED, Realis(), False, "has not come about. ", id="failed"),
        pytest.param(
            Status.FAILED,
            Realis(modes=(Mode.NEGATED,)),
            False,
            "has not come about. The deciding sentence speaks of something denied (a “not”).",
            id="failed, said with a not",
        ),
        pytest.param(Status.APPROVED, Realis(), False, "has been approved but not yet concluded. ", id="approved"),
    ],
)
def test_sentences_in_full(status: Status, realis: Realis, is_plural: bool, expected: str) -> None:
    assert told(status, realis, is_plural=is_plural) == expected


@pytest.mark.parametrize(
    ("count", "parties", "expected"),
    [
        pytest.param(None, ["India", "Russia"], "an agreement between India and Russia", id="one, two parties"),
        pytest.param(
            0, ["India", "the United States"], "several agreements between India and the United States", id="several"
        ),
        pytest.param(10, ["A", "B", "C"], "ten agreements among A, B and C", id="ten, three parties"),
        pytest.param(1, ["A"], "one agreement of A", id="one of one"),
        pytest.param(12, [], "12 agreements", id="no party"),
    ],
)
def test_subjects(count: int | None, parties: list[str], expected: str) -> None:
    assert prose.subject(Instrument.AGREEMENT, count, parties) == expected


def test_memoranda_have_their_own_plural() -> None:
    assert prose.subject(Instrument.MOU, 2, []) == "two memoranda of understanding"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param([], "no agreements", id="none"),
        pytest.param([None], "one agreement", id="one"),
        pytest.param([None, None, 0], "two agreements and one bundle of unstated size", id="bundle without a number"),
        pytest.param([10], "one bundle of ten agreements", id="bundle"),
        pytest.param([10, 3, None], "one agreement and two bundles of 13 agreements in all", id="two bundles"),
        pytest.param([1, 0, 0], "one bundle of one agreement and two bundles of unstated size", id="mixed bundles"),
    ],
)
def test_bundles_are_never_added_to_agreements(counts: list[int | None], expected: str) -> None:
    assert prose.total(counts) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, "USD 12 million", id="exact"),
        pytest.param(
            {"qualifier": Qualifier.MORE, "amount": Decimal(500_000_000)}, "more than USD 500 million", id="more"
        ),
        pytest.param({"amount": Decimal(1234567)}, "USD 1,234,567", id="no digit is lost"),
        pytest.param({"amount": Decimal(5124000000), "currency": "INR"}, "INR 5.124 billion", id="billion"),
        pytest.param(
            {"amount": Decimal("2.5E12"), "high": Decimal("3E12")}, "USD 2.5 trillion to 3 trillion", id="range"
        ),
        pytest.param({"amount": Decimal("0.75"), "qualifier": Qualifier.UP_TO}, "up to USD 0.75", id="cents"),
        pytest.param({"amount": Decimal("1E+2"), "qualifier": Qualifier.ABOUT}, "about USD 100", id="exponent"),
    ],
)
def test_sums(changes: dict[str, Any], expected: str) -> None:
    assert prose.money(make_money(**changes)).replace(prose.NBSP, " ") == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"designation": "RX-7", "description": "helicopters", "quantity": Decimal(12)},
            "12 RX-7 helicopters",
            id="full",
        ),
        pytest.param(
            {"designation": "RX-7", "description": "RX-7 helicopters"}, "RX-7 helicopters", id="not said twice"
        ),
        pytest.param(
            {"designation": None, "quantity": Decimal("1E+6"), "unit": "tonnes"},
            "1,000,000 tonnes of fishing",
            id="words of the article",
        ),
        pytest.param(
            {"quantity": Decimal(5), "high": Decimal(7), "qualifier": Qualifier.AT_LEAST},
            "at least 5 to 7 fishing",
            id="range",
        ),
    ],
)
def test_items(changes: dict[str, Any], expected: str) -> None:
    assert prose.item(make_item(**changes)).replace(prose.NBSP, " ") == expected


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [("2021-12-06", "6 December 2021"), ("2021-12", "December 2021"), ("2021", "2021")],
)
def test_dates_are_as_precise_as_they_are_known(edtf: str, expected: str) -> None:
    assert prose.long_date(edtf).replace(prose.NBSP, " ") == expected


@pytest.mark.parametrize(
    ("begins", "ends", "years", "expected"),
    [
        ("2021", "2030", None, "from 2021 to 2030"),
        (None, "2030", Decimal(10), "to 2030 (10 years)"),
        (None, None, Decimal(1), "for 1 year"),
        (None, None, None, "ten years"),
    ],
    ids=["both ends", "end and length", "length", "words of the article"],
)
def test_terms(begins: str | None, ends: str | None, years: Decimal | None, expected: str) -> None:
    assert prose.term(Term(begins=begins, ends=ends, years=years, evidence=evidence_of("ten years"))) == expected


def test_the_innermost_source_is_named_first() -> None:
    chain_of_two = [make_source("NTB"), make_source("Kari Nordmann")]

    assert prose.attribution(chain_of_two) == "according to Kari Nordmann, as passed on by NTB"
    assert prose.attribution(chain_of_two[:1]) == "according to NTB"
    assert prose.attribution([]) == ""


@pytest.mark.parametrize(
    ("status", "basis", "expected"),
    [
        pytest.param(Status.SIGNED, DateBasis.STATED, "on 2 March 2026", id="signed"),
        pytest.param(Status.SIGNED, DateBasis.REPORT, "(concluded reported 2 March 2026)", id="only reported"),
        pytest.param(Status.IN_FORCE, DateBasis.STATED, "(concluded 2 March 2026)", id="later than signed"),
        pytest.param(Status.ANTICIPATED, DateBasis.STATED, "(due 2 March 2026)", id="expected"),
        pytest.param(Status.FAILED, DateBasis.STATED, "", id="failed"),
    ],
)
def test_moments_follow_the_status(status: Status, basis: DateBasis, expected: str) -> None:
    said = SaidDate(date="2026-03-02", basis=basis, evidence=evidence_of("On Monday"))

    assert prose.moment(status, said, said).replace(prose.NBSP, " ") == expected


@pytest.mark.parametrize(
    ("kind", "actor", "target", "expected"),
    [
        (
            TensionKind.SANCTIONS_THREAT,
            "the United States",
            "India",
            "Threat of sanctions by the United States against India",
        ),
        (TensionKind.SANCTIONS, None, "India", "Sanctions against India"),
        (TensionKind.PROTEST, "Denmark", None, "Protest by Denmark"),
        (TensionKind.DISPUTE, "A", "B", "Dispute between A and B"),
        (TensionKind.DISPUTE, None, "B", "Dispute involving B"),
        (TensionKind.DISPUTE, None, None, "Dispute"),
    ],
)
def test_tensions(kind: TensionKind, actor: str | None, target: str | None, expected: str) -> None:
    assert prose.tension(kind, actor, target) == expected


def test_a_planned_meeting_says_that_it_is_planned() -> None:
    realis = Realis(certainty=Certainty.PROBABLE, modes=(Mode.FUTURE,))

    assert prose.event(EventKind.SUMMIT, "annual summit", Realis()) == "Summit: annual summit"
    assert prose.event(EventKind.SUMMIT, "annual summit", realis) == (
        "Summit (still to come; probable, not certain when reported): annual summit"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("TASS", "TASS", id="a name"),
        pytest.param("source in the delegation", "a source in the delegation", id="one who is not named"),
        pytest.param("Kremlin official", "a Kremlin official", id="of an office"),
        pytest.param("official", "an official", id="vowel"),
        pytest.param("officials", "officials", id="several"),
        pytest.param("the minister’s spokesman", "the minister’s spokesman", id="article"),
        pytest.param("Oman’s spokesman", "Oman’s spokesman", id="owner"),
        pytest.param("", "", id="nobody"),
    ],
)
def test_who_is_not_named_has_an_article_in_a_sentence(name: str, words: str) -> None:
    assert prose.in_sentence(name) == words
