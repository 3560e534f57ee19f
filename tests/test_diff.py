"""Two states of the book: what was added, changed and withdrawn, and for which cause."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diff import Change, Edition, as_text, compare, history, tally
from generator.model import (
    Action,
    Article,
    ArticleFacts,
    ArticleId,
    Cause,
    DateBasis,
    Kind,
    Override,
    OverrideKind,
    Review,
    ReviewState,
    SaidDate,
    Status,
    What,
)
from generator.resolve import resolve
from helpers import evidence_of, make_article, make_fact, make_facts, make_money, make_party

FIRST, SECOND, THIRD = "2026-03-02-fishing-pact", "2026-03-09-second", "2026-04-01-third"
File = tuple[Article, ArticleFacts]


def told(key: str = FIRST, day: str = "2026-03-02", sha256: str | None = None, **changes: Any) -> File:
    """An article on the fishing agreement, and what it says of it; changes are those of the agreement."""
    given = {"sha256": sha256 * 64} if sha256 is not None else {}
    article = make_article(id=ArticleId(key), published=day, **given)
    fact = make_fact(**changes)
    return article, make_facts(article, agreements=(fact,), quotations=(), tensions=(), events=(), people=())


def edition(*files: File, corrected: Iterable[str] = (), overrides: Iterable[Override] = ()) -> Edition:
    articles = {article.id: article for article, _ in files}
    book = resolve(articles, {facts.article: facts for _, facts in files}, tuple(overrides))
    return Edition(book=book, corrected=frozenset(map(ArticleId, corrected)))


def of_agreements(changes: Iterable[Change]) -> list[tuple[str, str, str, str, str]]:
    """What is told of agreements: action, part, before, after, cause."""
    return [
        (one.action.value, one.what.value, one.before, one.after, one.cause.value)
        for one in changes
        if one.kind is Kind.AGREEMENT
    ]


def retraction(*names: str, reason: str = "The outlet has withdrawn it") -> Override:
    return Override(kind=OverrideKind.RETRACT, facts=names, reason=reason, author="Kari", date="2026-04-02")


EXPECTED = told(
    status=Status.ANTICIPATED, due=SaidDate(date="2026-03", basis=DateBasis.RESOLVED, evidence=evidence_of("Monday"))
)
SIGNED = told(SECOND, "2026-03-09", values=(make_money(),))


# -- what changed


def test_nothing_has_changed_between_equal_states() -> None:
    assert compare(edition(EXPECTED, SIGNED), edition(EXPECTED, SIGNED)) == ()


def test_an_agreement_that_was_not_there_is_added_with_its_status_and_value() -> None:
    changes = compare(edition(), edition(SIGNED))

    assert of_agreements(changes) == [
        ("added", "whole", "", "Norway, Sweden; signed; USD 12 million", "new-source"),
    ]
    (added,) = [one for one in changes if one.kind is Kind.AGREEMENT]
    assert (added.article, added.parties) == (SECOND, ("NOR", "SWE"))
    assert added.evidence == SIGNED[1].agreements[0].status_evidence


def test_a_second_report_changes_status_and_value_and_is_the_cause() -> None:
    changes = compare(edition(EXPECTED), edition(EXPECTED, SIGNED))

    assert of_agreements(changes) == [
        ("changed", "status", "anticipated", "signed", "new-source"),
        ("added", "value", "", "USD 12 million", "new-source"),
        ("added", "source", "", SECOND, "new-source"),
    ]
    assert {one.article for one in changes} == {SECOND}


def test_a_rival_value_that_becomes_the_headline_is_told_once() -> None:
    other = told(values=(make_money("10000000", words="$12 million"),))

    changes = compare(edition(other), edition(other, SIGNED))

    assert ("changed", "headline-value", "USD 10 million", "USD 12 million", "new-source") in of_agreements(changes)
    assert not [one for one in changes if one.what is What.VALUE]


def test_a_party_that_joins_is_told_with_the_words_that_name_it() -> None:
    denmark = make_party("DNK", "Denmark", evidence=evidence_of("Denmark"))
    more = told(THIRD, "2026-04-01", parties=(*make_fact().parties, denmark), values=(make_money(),))

    changes = compare(edition(SIGNED), edition(SIGNED, more))

    (joined,) = [one for one in changes if one.what is What.PARTIES]
    assert (joined.action, joined.after, joined.article) == (Action.ADDED, "Denmark", THIRD)
    assert joined.evidence == denmark.evidence


def test_what_an_article_says_beside_the_headline_is_told() -> None:
    denial = told(THIRD, "2026-04-01", status=Status.ANTICIPATED)

    changes = compare(edition(SIGNED), edition(SIGNED, denial))

    assert ("added", "reported-status", "", "anticipated", "new-source") in of_agreements(changes)
    assert not [one for one in changes if one.what is What.STATUS]


def test_an_agreement_whose_only_article_is_gone_is_withdrawn() -> None:
    changes = compare(edition(SIGNED), edition())

    assert of_agreements(changes) == [
        ("withdrawn", "whole", "Norway, Sweden; signed; USD 12 million", "", "curation"),
    ]


def test_an_agreement_that_an_earlier_report_gives_another_id_is_still_the_same() -> None:
    changes = compare(edition(SIGNED), edition(EXPECTED, SIGNED))

    assert {one.action for one in changes if one.kind is Kind.AGREEMENT} == {Action.ADDED}
    assert not [one for one in changes if one.what is What.WHOLE and one.kind is Kind.AGREEMENT]


def test_tensions_meetings_quotations_and_people_come_and_go() -> None:
    article = make_article()
    full, bare = make_facts(article), make_facts(article, quotations=(), tensions=(), events=(), people=())

    come = compare(edition((article, bare)), edition((article, full)))
    gone = compare(edition((article, full)), edition((article, bare)))

    kinds = {Kind.TENSION, Kind.EVENT, Kind.QUOTATION, Kind.PERSON}
    assert {(one.kind, one.action) for one in come} == {(kind, Action.ADDED) for kind in kinds}
    assert {(one.kind, one.action) for one in gone} == {(kind, Action.WITHDRAWN) for kind in kinds}


def test_an_office_that_a_person_has_now_is_told() -> None:
    article = make_article()
    person = make_facts(article).people[0]
    bare = person.model_copy(update={"office": None, "office_evidence": None})
    one, other = make_facts(article, people=(bare,)), make_facts(article)

    (change,) = compare(edition((article, one)), edition((article, other)))

    assert (change.kind, change.what, change.after) == (Kind.PERSON, What.OFFICE, "Fisheries Minister, Norway")


# -- why


def test_an_article_that_has_other_bytes_is_a_correction_by_its_source() -> None:
    before, after = told(values=(make_money(),)), told(sha256="c", values=())

    changes = compare(edition(before), edition(after))

    assert of_agreements(changes) == [("withdrawn", "value", "USD 12 million", "", "correction")]
    assert [(one.kind, one.action, one.what) for one in changes if one.kind is Kind.ARTICLE] == [
        (Kind.ARTICLE, Action.CHANGED, What.TEXT)
    ]


@pytest.mark.parametrize(
    ("corrected", "cause"),
    [pytest.param([FIRST], Cause.CURATION, id="a person"), pytest.param([], Cause.PIPELINE, id="another reader")],
)
def test_other_facts_of_the_same_article_come_from_a_person_or_another_reader(
    corrected: list[str], cause: Cause
) -> None:
    before, after = told(), told(status=Status.IN_FORCE)

    changes = compare(edition(before), edition(after, corrected=corrected))

    assert of_agreements(changes) == [("changed", "status", "signed", "in force", cause.value)]


def test_a_retraction_is_curation_with_its_reason_and_taking_it_back_as_well() -> None:
    with_it = edition(EXPECTED, SIGNED, overrides=[retraction(SECOND)])
    without = edition(EXPECTED, SIGNED)

    done, undone = compare(without, with_it), compare(with_it, without)

    assert ("changed", "status", "signed", "anticipated", "curation") in of_agreements(done)
    assert {one.reason for one in done} == {"retract, Kari, 2026-04-02: The outlet has withdrawn it"}
    assert {one.reason for one in undone} == {"taken back: retract, Kari, 2026-04-02: The outlet has withdrawn it"}


def test_what_a_person_holds_apart_is_curation() -> None:
    apart = Override(
        kind=OverrideKind.NOT_SAME, facts=(f"{FIRST}/a1", f"{SECOND}/a1"), reason="two", author="K", date="2026-04-02"
    )

    changes = compare(edition(EXPECTED, SIGNED), edition(EXPECTED, SIGNED, overrides=[apart]))

    assert {one.cause for one in changes} == {Cause.CURATION}
    (added,) = [one for one in changes if one.what is What.WHOLE]
    assert "split from: fishing agreement" in added.after


def test_a_review_alone_changes_nothing() -> None:
    article, facts = SIGNED
    read = facts.model_copy(update={"review": Review(state=ReviewState.ACCEPTED, by="K", on="2026-04-02")})

    assert compare(edition(SIGNED), edition((article, read), corrected=[SECOND])) == ()


# -- the history of one agreement


def test_a_history_tells_what_each_article_changed_when_it_was_published() -> None:
    force = told(THIRD, "2026-04-01", status=Status.IN_FORCE)
    book = edition(EXPECTED, SIGNED, force).book

    reports = history(book, book.agreements[0])

    assert [report.article for report in reports] == [FIRST, SECOND, THIRD]
    assert [(one.what, one.after) for report in reports for one in report.changes if one.what is not What.SOURCE] == [
        (What.WHOLE, "Norway, Sweden; anticipated"),
        (What.STATUS, "signed"),
        (What.VALUE, "USD 12 million"),
        (What.STATUS, "in force"),
    ]
    assert {one.cause for report in reports for one in report.changes} == {Cause.NEW_SOURCE}


def test_a_long_history_begins_with_what_the_older_articles_said_together() -> None:
    files = [told(f"2026-01-{day:02}-x", f"2026-01-{day:02}") for day in range(1, 21)]
    book = edition(*files).book

    reports = history(book, book.agreements[0])

    assert len(reports) == 13
    assert reports[0].article == "2026-01-08-x"
    assert reports[-1].article == "2026-01-20-x"


# -- in words


def test_changes_are_told_as_text_with_their_causes() -> None:
    told_as = as_text(compare(edition(EXPECTED), edition(EXPECTED, SIGNED)), "Since HEAD: ")

    lines = told_as.split("\n")
    assert lines[0] == "Since HEAD: 1 agreement changed, 1 article added."
    assert lines[2] == "Changed"
    assert lines[3].startswith("  fishing agreement (NOR, SWE) [a-")
    assert lines[4] == "    status: anticipated → signed"
    assert lines[5].startswith(f"      new source, {SECOND}: “On Monday, Norwegian Fisheries Minister")
    assert "    reported value: + USD 12 million" in lines
    assert lines[-1] == "  added article: Norway and Sweden sign a fishing pact [new source]"


def test_without_causes_only_the_passages_are_told() -> None:
    told_as = as_text(compare(edition(SIGNED), edition()), "What would change: ", is_explained=False)

    assert "curation" not in told_as
    assert f"      {SECOND}: “On Monday" in told_as
    assert "Withdrawn" in told_as.split("\n")


def test_that_nothing_has_changed_is_said() -> None:
    assert tally(()) == "nothing has changed."
    assert as_text((), "Since HEAD: ") == "Since HEAD: nothing has changed."


# -- for any two states

FILES = st.lists(
    st.builds(
        lambda number, status, value: told(
            f"2026-02-{number:02}-x",
            f"2026-02-{number:02}",
            status=status,
            values=(make_money(str(Decimal(value) * 1_000_000)),) if value else (),
        ),
        st.integers(1, 6),
        st.sampled_from([Status.ANTICIPATED, Status.SIGNED, Status.IN_FORCE, Status.FAILED]),
        st.integers(0, 3),
    ),
    max_size=4,
    unique_by=lambda file: file[0].id,
)


@settings(deadline=None, max_examples=40)
@given(before=FILES, after=FILES)
def test_what_one_way_adds_the_other_way_withdraws(before: list[File], after: list[File]) -> None:
    there, back = compare(edition(*before), edition(*after)), compare(edition(*after), edition(*before))

    turned = {Action.ADDED: Action.WITHDRAWN, Action.WITHDRAWN: Action.ADDED, Action.CHANGED: Action.CHANGED}
    assert {(one.kind, one.what, one.before, one.after, one.action) for one in there} == {
        (one.kind, one.what, one.after, one.before, turned[one.action]) for one in back
    }


@settings(deadline=None, max_examples=40)
@given(files=FILES)
def test_a_state_does_not_differ_from_itself_in_another_order(files: list[File]) -> None:
    assert compare(edition(*files), edition(*reversed(files))) == ()
