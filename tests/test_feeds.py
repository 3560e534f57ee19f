"""Feeds and the calendar: well-formed, complete, never more certain than the article, and nothing in them runs."""

from datetime import date
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from generator.changes import changes_page
from generator.feeds import CALENDAR, LONGEST, make_feeds
from generator.model import AgreementFact, ArticleId, Book, DateBasis, SaidDate, Status
from generator.prose import capital
from generator.references import Site
from generator.resolve import resolve
from helpers import evidence_of, make_article, make_fact, make_facts, make_source

ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = date(2026, 7, 1)


def book_of(*facts: AgreementFact, **changes: str) -> Book:
    article = make_article(**changes)
    return resolve({article.id: article}, {article.id: make_facts(agreements=facts, article=article)})


def feeds_of(book: Book) -> dict[str, str]:
    return make_feeds(Site(book, TODAY))


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  # our own feed, not somebody's


def entries(text: str) -> list[ElementTree.Element]:
    return read(text).findall(f"{ATOM}entry")


def due_lines(book: Book) -> list[str]:
    """The lines of the calendar's events, unfolded; the calendar must be one that its library reads."""
    text = feeds_of(book)[CALENDAR]
    assert Calendar.from_ical(text).walk("VCALENDAR")
    return text.replace("\r\n ", "").splitlines()


def said(element: ElementTree.Element, tag: str) -> str:
    return element.findtext(f"{ATOM}{tag}") or ""


def test_there_is_a_feed_of_everything_of_each_party_and_of_each_agreement() -> None:
    feeds = feeds_of(book_of(make_fact()))

    agreement = next(path for path in feeds if path.startswith("feeds/agreements/"))
    assert list(feeds) == [
        "feeds/all.xml",
        "feeds/parties/nor.xml",
        "feeds/parties/swe.xml",
        agreement,
        "feeds/changes.xml",
        "feeds/expected.ics",
    ]


def test_a_feed_has_all_that_a_reader_requires() -> None:
    feed = read(feeds_of(book_of(make_fact()))["feeds/parties/nor.xml"])

    assert said(feed, "title") == "Agreements of Norway"
    assert said(feed, "id") == "urn:pactbook:feed:party:nor"
    assert said(feed, "updated") == "2026-03-02T00:00:00Z"
    for entry in feed.findall(f"{ATOM}entry"):
        assert all(said(entry, tag) for tag in ("id", "title", "updated", "summary"))
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "The Fjord Herald"


def test_an_entry_quotes_the_sentence_and_leads_to_the_page() -> None:
    entry = entries(feeds_of(book_of(make_fact()))["feeds/all.xml"])[0]

    link = entry.find(f"{ATOM}link")
    assert said(entry, "summary").startswith("“On Monday, Norwegian Fisheries Minister")
    assert said(entry, "summary").endswith("” (The Fjord Herald, 2\u00a0March 2026)")
    assert link is not None
    assert link.get("href", "").startswith("../agreements/")
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == ["NOR", "SWE"]


def test_a_title_tells_with_whose_word_a_status_is() -> None:
    fact = make_fact(attribution=(make_source("NTB"),))

    entry = entries(feeds_of(book_of(fact))["feeds/all.xml"])[0]

    assert said(entry, "title").endswith(": signed, according to NTB")


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("<script>alert(1)</script> & “pact”", id="markup"),
        pytest.param("]]><x/>", id="end of character data"),
        pytest.param("bell \x07 and \x0b tab", id="control characters"),
        pytest.param("right \u202e left \u200b none", id="direction and no width"),
        pytest.param("\ufffe no character", id="not a character"),
    ],
)
def test_hostile_words_come_out_as_words(title: str) -> None:
    feeds = feeds_of(book_of(make_fact(title=title), outlet=title))

    titles = [said(entry, "title") for path, text in feeds.items() if path.endswith(".xml") for entry in entries(text)]
    names = [one.text or "" for one in read(feeds["feeds/all.xml"]).iter(f"{ATOM}name")]
    shown = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in title)
    assert titles
    assert all(one.startswith(capital(shown)) for one in titles)
    assert set(names) == {shown}


def test_a_feed_holds_the_newest_steps_only() -> None:
    articles = [make_article(id=ArticleId(f"a{number:03d}"), title=f"Pact {number}") for number in range(LONGEST + 5)]
    facts = {one.id: make_facts(agreements=(make_fact(),), article=one) for one in articles}

    feeds = feeds_of(resolve({one.id: one for one in articles}, facts))

    assert len(entries(feeds["feeds/all.xml"])) == LONGEST


def due_on(when: str, status: Status = Status.ANTICIPATED, title: str = "fishing pact") -> Book:
    due = SaidDate(date=when, basis=DateBasis.STATED, evidence=evidence_of("Monday"))
    return book_of(make_fact(status=status, due=due, title=title))


def test_what_is_due_on_a_day_stands_in_the_calendar() -> None:
    lines = due_lines(due_on("2026-09-14", title="fishing; pact, one"))

    assert "SUMMARY:Expected: Fishing\\; pact\\, one" in lines
    assert [line for line in lines if line.startswith("DT") and "VALUE=DATE" in line] == [
        "DTSTART;VALUE=DATE:20260914",
        "DTEND;VALUE=DATE:20260915",
    ]
    assert "DESCRIPTION:“Monday” (The Fjord Herald)" in lines


def test_what_is_due_in_a_month_takes_the_whole_month() -> None:
    lines = due_lines(due_on("2026-09"))

    assert "DTSTART;VALUE=DATE:20260901" in lines
    assert "DTEND;VALUE=DATE:20261001" in lines


@pytest.mark.parametrize(
    "book",
    [
        pytest.param(due_on("2026"), id="only a year is said"),
        pytest.param(due_on("2026-09-14", Status.SIGNED), id="already signed"),
    ],
)
def test_without_a_day_or_once_signed_there_is_no_event(book: Book) -> None:
    assert "BEGIN:VEVENT" not in due_lines(book)


def test_words_cannot_begin_a_line_of_the_calendar() -> None:
    lines = due_lines(due_on("2026-09-14", title="pact\r\nBEGIN:VALARM\r\nATTACH:file:///etc/passwd"))

    assert not any(line.startswith(("ATTACH", "BEGIN:VALARM")) for line in lines)


def test_a_feed_tells_what_changed_with_the_passages_behind_it() -> None:
    first, second = (make_article(id=f"2026-03-0{day}-x", published=f"2026-03-0{day}") for day in (2, 9))
    told = {
        first.id: make_facts(first, agreements=(make_fact(status=Status.ANTICIPATED),)),
        second.id: make_facts(second, agreements=(make_fact(),)),
    }
    site = Site(resolve({first.id: first, second.id: second}, told), TODAY)

    text = make_feeds(site, changes_page(site).entries)["feeds/changes.xml"]

    newest, oldest = entries(text)
    assert said(newest, "title") == "Fishing agreement: status anticipated → signed (The Fjord Herald)"
    assert said(newest, "updated") == "2026-03-09T00:00:00Z"
    assert said(newest, "summary").startswith("“On Monday, Norwegian Fisheries Minister")
    assert said(oldest, "title").startswith("Fishing agreement: first reported: Norway, Sweden; anticipated")
    assert said(newest, "id") != said(oldest, "id")


def test_the_same_book_gives_the_same_feeds() -> None:
    book = book_of(make_fact())

    assert feeds_of(book) == feeds_of(book)
