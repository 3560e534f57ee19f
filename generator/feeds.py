"""What is new, for feed readers, and what is due, for calendars. Pure; knows no disk.

Feeds are Atom (RFC 4287), one of everything, one for each country or organisation and one for each agreement; an entry
is one step in the life of an agreement with the sentence that says so. The calendar is iCalendar (RFC 5545). Links are
relative to the feed, so that a site can be moved, or opened without its address being known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from xml.etree import ElementTree

from icalendar import Calendar, Event

from generator import prose
from generator.codes import party_name, status_label
from generator.files import visible
from generator.model import Agreement, SaidDate, Sourced, StatusGroup, Step
from generator.references import Site, title_of
from generator.spelling import days_of, digest, first_day
from generator.views import Entry as Change
from generator.views import Link, Note

FOLDER = "feeds"
CALENDAR = f"{FOLDER}/expected.ics"
CHANGES = f"{FOLDER}/changes.xml"
LONGEST = 100  # entries of one feed, the newest
_ATOM = "http://www.w3.org/2005/Atom"
_PRODUCT = "-//Pactbook//Expected agreements//EN"
_UNDATED = "1970-01-01"  # Atom asks for a date; nothing says one
_SPACES = frozenset("\xa0\n")  # may stand in a feed as they are
_CALENDAR_SPAN = 31  # days; what is due in a year, and no month is said, stands in no calendar


def make_feeds(site: Site, changes: Sequence[Change] = ()) -> dict[str, str]:
    """Make all feeds and the calendar of what is expected.

    Args:
        changes: What changed, the newest first, as the page of changes tells it.

    Returns:
        Text by path below `site_src/`, in a fixed order. No path depends on an article's words but for an agreement's,
        which is that of its page.
    """
    book = site.book
    files = {f"{FOLDER}/all.xml": _feed(site, "all", "All agreements", "index.md", book.agreements)}
    for code, ours in sorted(site.by_party.items()):
        title, page = f"Agreements of {party_name(code)}", site.party_paths[code]
        files[party_feed(code)] = _feed(site, f"party:{code.lower()}", title, page, ours)
    for agreement in book.agreements:
        page = site.agreement_paths[agreement.id]
        title = prose.capital(agreement.title)
        files[agreement_feed(page)] = _feed(site, agreement.id, title, page, (agreement,))
    return {**files, CHANGES: _changes_feed(changes), CALENDAR: _calendar(site)}


def party_feed(code: str) -> str:
    """The path of the feed of a country or organisation."""
    return f"{FOLDER}/parties/{code.lower()}.xml"


def agreement_feed(page: str) -> str:
    """The path of the feed of the agreement that has this page."""
    return f"{FOLDER}/{PurePosixPath(page).with_suffix('.xml')}"


# -- Atom ---------------------------------------------------------------------------------------------


def _feed(site: Site, key: str, title: str, page: str, agreements: Iterable[Agreement]) -> str:
    steps = [(step, one) for one in agreements for step in one.steps]
    steps.sort(key=lambda pair: (_day(site, pair[0]), pair[1].id, pair[0].article, pair[0].fact), reverse=True)
    newest = steps[:LONGEST]
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", f"urn:pactbook:feed:{key}")
    _add(feed, "title", title)
    _add(feed, "updated", _time(_day(site, newest[0][0]) if newest else _UNDATED))
    _add(feed, "generator", "Pactbook")
    up = "../" * (2 if key != "all" else 1)
    _link(feed, "alternate", up + _address(page))
    for step, agreement in newest:
        feed.append(_entry(site, step, agreement, up))
    ElementTree.indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _entry(site: Site, step: Step, agreement: Agreement, up: str) -> ElementTree.Element:
    article = site.book.articles[step.article]
    entry = ElementTree.Element("entry")
    _add(entry, "id", f"urn:pactbook:{agreement.id}:{step.article}:{step.fact}")
    _add(entry, "title", f"{prose.capital(agreement.title)}: {_worded(step)}")
    _add(entry, "updated", _time(_day(site, step)))
    author = ElementTree.SubElement(entry, "author")
    _add(author, "name", article.outlet or title_of(article))
    _link(entry, "alternate", up + _address(site.agreement_paths[agreement.id]))
    for code in agreement.parties:
        ElementTree.SubElement(entry, "category", {"term": code, "label": party_name(code)})
    published = prose.long_date(article.published) if article.published else ""
    source = ", ".join(part for part in (article.outlet, published) if part)
    _add(entry, "summary", f"“{step.evidence.exact}”" + (f" ({source})" if source else ""))
    return entry


def _changes_feed(changes: Sequence[Change]) -> str:
    """What changed: an entry for each line of its page, under the day of the article or of the decision."""
    newest = changes[:LONGEST]
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", "urn:pactbook:feed:changes")
    _add(feed, "title", "What changed")
    _add(feed, "updated", _time(_day_of(newest[0].date) if newest else _UNDATED))
    _add(feed, "generator", "Pactbook")
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", "Pactbook")
    _link(feed, "alternate", "../changes/")
    for change in newest:
        words = "".join(one if isinstance(one, str) else one.text for one in change.words if not isinstance(one, Note))
        page = next((one.page for one in change.words if isinstance(one, Link)), "changes.md")
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", f"urn:pactbook:change:{digest(f'{change.date} {page} {words}')}")
        _add(entry, "title", words)
        _add(entry, "updated", _time(_day_of(change.date)))
        _link(entry, "alternate", f"../{_address(page)}")
        quoted = [f"“{one.exact}”" for one in change.words if isinstance(one, Note)]
        _add(entry, "summary", " ".join(dict.fromkeys(quoted)) or words)
    ElementTree.indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _day_of(edtf: str) -> str:
    day = first_day(edtf)
    return date.fromordinal(day).isoformat() if day else _UNDATED


def _worded(step: Step) -> str:
    """A status as a headline may tell it: not certain where the article is not, and with whose word it is."""
    told = [status_label(step.status)]
    if not prose.is_plain(step.realis):
        told.append(f"({', '.join([step.realis.certainty.value, *(mode.value for mode in step.realis.modes)])})")
    said = prose.attribution(step.attribution)
    return " ".join(told) + (f", {said}" if said else "")


def _day(site: Site, step: Step) -> str:
    """The day on which a step was reported, as far as it is known: feeds tell news, not history."""
    return _day_of(site.book.articles[step.article].published or step.date or _UNDATED)


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


def _address(page: str) -> str:
    """Where a page stands on the site, from its root."""
    path = PurePosixPath(page)
    folder = path.parent if path.stem == "index" else path.with_suffix("")
    return "" if folder == PurePosixPath(".") else f"{folder}/"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    """Text of an element; what cannot be seen, or is no part of XML, stands as an escape."""
    seen = (letter if letter in _SPACES else visible(letter) for letter in text)
    ElementTree.SubElement(parent, tag).text = text if text.isprintable() else "".join(seen)


def _link(parent: ElementTree.Element, rel: str, href: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": href or "./"})


# -- iCalendar ----------------------------------------------------------------------------------------


def _calendar(site: Site) -> str:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", "Expected agreements")
    for agreement in site.book.agreements:
        if agreement.status.group is StatusGroup.FUTURE:
            for event in _events(site, agreement):
                calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")


def _events(site: Site, agreement: Agreement) -> Iterator[Event]:
    """The days on which an agreement is due, each said date once, oldest article first."""
    for due in _each_once(agreement.due):
        days = days_of(due.value.date)
        if days is None or days[1] - days[0] > _CALENDAR_SPAN:
            continue
        article = site.book.articles[due.article]
        event = Event()
        event.add("uid", f"{agreement.id}-{due.value.date}@pactbook")
        event.add("dtstamp", _stamp(article.published))
        event.add("dtstart", date.fromordinal(days[0]))
        event.add("dtend", date.fromordinal(days[1]) + timedelta(days=1))
        event.add("summary", visible(f"Expected: {prose.capital(agreement.title)}"))
        evidence = due.value.evidence
        words = f"“{evidence.exact}” " if evidence is not None else ""
        event.add("description", visible(f"{words}({article.outlet or title_of(article)})"))
        event.add("transp", "TRANSPARENT")
        yield event


def _each_once(said: Sequence[Sourced[SaidDate]]) -> Iterable[Sourced[SaidDate]]:
    first: Mapping[str, Sourced[SaidDate]] = {one.value.date: one for one in reversed(said)}
    return (one for one in said if first[one.value.date] is one)


def _stamp(published: str | None) -> datetime:
    day = first_day(published)
    return datetime.combine(date.fromordinal(day) if day else date(1970, 1, 1), datetime.min.time(), UTC)
