"""What changed, as pages and the data file tell it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.changes import changes_page, of_agreement, of_party
from generator.diff import Change
from generator.history import kept
from generator.model import (
    Action,
    ArticleId,
    Book,
    Cause,
    Kind,
    Override,
    OverrideKind,
    Record,
    Status,
    What,
)
from generator.pages import make_pages
from generator.references import Notes, Site
from generator.render import render_pages
from generator.resolve import resolve
from generator.views import Entry, Link, Note
from helpers import make_article, make_fact, make_facts, make_money

TODAY = date(2026, 5, 1)
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FIRST, SECOND = ArticleId("2026-03-02-first"), ArticleId("2026-03-09-second")


def book_of(
    *told: tuple[ArticleId, Status], overrides: Sequence[Override] = (), records: Sequence[Record] = ()
) -> Book:
    """Articles that all tell of the fishing agreement, with the status that each gives."""
    articles = {key: make_article(id=key, published=key[:10]) for key, _ in told}
    facts = {
        key: make_facts(
            articles[key], agreements=(make_fact(status=status, values=(make_money(),)),), quotations=(), people=()
        )
        for key, status in told
    }
    return replace(resolve(articles, facts, tuple(overrides)), records=tuple(records))


TWO = ((FIRST, Status.ANTICIPATED), (SECOND, Status.SIGNED))


def text_of(entry: Entry) -> str:
    """The words of an entry, with its links as their text and its notes in brackets."""
    return "".join(
        piece if isinstance(piece, str) else piece.text if isinstance(piece, Link) else f"[{piece.exact[:9]}]"
        for piece in entry.words
    )


def told_of(book: Book) -> list[tuple[str, str]]:
    site = Site(book, TODAY)
    entries, _ = of_agreement(site, Notes(site), book.agreements[0])
    return [(one.date, text_of(one)) for one in entries]


def recorded(book: Book, cause: Cause = Cause.CURATION, what: What = What.STATUS) -> Record:
    change = Change(
        action=Action.CHANGED,
        kind=Kind.AGREEMENT,
        id=book.agreements[0].id,
        title="fishing agreement",
        what=what,
        before="agreed",
        after="signed",
        cause=cause,
        reason="asked the ministry",
    )
    return Record(on="2026-04-02", since="0" * 12, changes=(kept(change),))


def test_the_page_of_an_agreement_tells_what_each_article_changed_the_newest_first() -> None:
    assert told_of(book_of(*TWO)) == [
        ("2026-03-09", "status anticipated → signed[On Monday] (The Fjord Herald)"),
        (
            "2026-03-02",
            "first reported: Norway, Sweden; anticipated; USD 12 million[On Monday] (The Fjord Herald)",
        ),
    ]


def test_what_was_not_concluded_by_then_is_marked_as_open() -> None:
    book = book_of(*TWO)
    site = Site(book, TODAY)

    entries, _ = of_agreement(site, Notes(site), book.agreements[0])

    assert [(one.date, one.is_open) for one in entries] == [("2026-03-09", False), ("2026-03-02", True)]


def test_an_article_that_says_nothing_new_is_told_as_that() -> None:
    book = book_of((FIRST, Status.SIGNED), (SECOND, Status.SIGNED))

    assert told_of(book)[0] == ("2026-03-09", "reported again, nothing new (The Fjord Herald)")


def test_an_agreement_that_one_article_tells_of_has_no_history() -> None:
    assert told_of(book_of((FIRST, Status.SIGNED))) == []


def test_what_was_recorded_stands_under_its_day_with_its_cause() -> None:
    book = book_of((FIRST, Status.SIGNED))
    book = replace(book, records=(recorded(book),))

    assert told_of(book)[0] == (
        "2026-04-02",
        "status agreed → signed (curation by a person: asked the ministry)",
    )


@pytest.mark.parametrize(
    ("override", "words"),
    [
        pytest.param(
            Override(
                kind=OverrideKind.RENAME,
                facts=(f"{FIRST}/a1",),
                to="Fish",
                reason="short",
                author="K",
                date="2026-04-03",
            ),
            "renamed “Fish” by K: short",
            id="rename",
        ),
        pytest.param(
            Override(
                kind=OverrideKind.SAME,
                facts=(f"{FIRST}/a1", f"{SECOND}/a1"),
                reason="one text",
                author="K",
                date="2026-04-03",
            ),
            "held to be the same by K: one text",
            id="same",
        ),
    ],
)
def test_what_a_person_decided_on_an_agreement_stands_in_its_history(override: Override, words: str) -> None:
    assert told_of(book_of(*TWO, overrides=[override]))[0] == ("2026-04-03", words)


def test_a_country_tells_what_changed_last_of_its_agreements() -> None:
    book = book_of(*TWO)
    site = Site(book, TODAY)

    entries = of_party(site, Notes(site), book.agreements)

    assert (entries[0].date, text_of(entries[0])) == (
        "2026-03-09",
        "Fishing agreement: status anticipated → signed[On Monday] (The Fjord Herald)",
    )


def test_a_country_whose_agreements_rest_on_one_article_has_no_changes() -> None:
    book = book_of((FIRST, Status.SIGNED))
    site = Site(book, TODAY)

    assert of_party(site, Notes(site), book.agreements) == ()


def test_the_page_of_all_changes_tells_news_records_and_decisions() -> None:
    gone = Override(
        kind=OverrideKind.RETRACT, facts=(SECOND,), reason="withdrawn by the outlet", author="K", date="2026-04-05"
    )
    book = book_of(*TWO, overrides=[gone])
    book = replace(book, records=(recorded(book), Record(on="2026-04-01", since="1" * 12, more=7, changes=())))

    page = changes_page(Site(book, TODAY))

    assert [(one.date, text_of(one)) for one in page.entries] == [
        ("2026-04-05", f"{SECOND}: withdrawn by K: withdrawn by the outlet"),
        ("2026-04-02", "Fishing agreement: status agreed → signed (curation by a person: asked the ministry)"),
        (
            "2026-03-02",
            f"Fishing agreement: {told_of(book_of(*TWO))[1][1]}",
        ),
    ]
    assert page.untold == 7


def test_of_very_many_changes_the_newest_are_shown_and_the_others_counted() -> None:
    book = book_of((FIRST, Status.SIGNED))
    many = tuple(kept_change for record in [recorded(book)] for kept_change in record.changes) * 250
    changes = tuple(one.model_copy(update={"id": f"x-{number}"}) for number, one in enumerate(many))
    book = replace(book, records=(Record(on="2026-04-02", since="0" * 12, changes=changes),))

    page = changes_page(Site(book, TODAY))

    assert len(page.entries) == 200
    assert page.entries_more[0] == "The newest 200 of 251 changes are shown. "


def test_every_change_is_in_the_data_the_newest_first() -> None:
    book = book_of(*TWO)
    book = replace(book, records=(recorded(book, Cause.PIPELINE),))

    data = changes_page(Site(book, TODAY)).data

    assert [(one["on"], one["what"], one["cause"]) for one in data] == [
        ("2026-04-02", "status", "pipeline"),
        ("2026-03-09", "source", "new-source"),
        ("2026-03-09", "status", "new-source"),
        ("2026-03-02", "whole", "new-source"),
    ]


def test_what_people_wrote_is_escaped_on_the_page() -> None:
    book = book_of((FIRST, Status.SIGNED))
    hostile = "<img src=x onerror=alert(1)> [x](javascript:1)"
    change = recorded(book).changes[0].model_copy(update={"reason": hostile, "after": hostile})
    book = replace(book, records=(Record(on="2026-04-02", since="0" * 12, changes=(change,)),))

    text = render_pages(make_pages(book, today=TODAY), TEMPLATES)["changes.md"]

    assert "<img" not in text
    assert "](javascript" not in text
    assert "&#60;img" in text


def test_pages_of_the_same_book_tell_the_same_changes() -> None:
    once, again = (changes_page(Site(book_of(*TWO), TODAY)) for _ in range(2))

    assert once == again
    assert any(isinstance(piece, Note) for entry in once.entries for piece in entry.words)
