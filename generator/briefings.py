"""Pages → briefings in JSON, as the templates of the printed pages take them. Pure; knows no Typst.

The values of a page stay what they are: this room only makes links absolute, numbers the sentences that a page rests on
as endnotes, and lets no character through that no font of ours has or that nobody would see.
"""

import calendar
import html
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

import segno

from generator import views
from generator.cache import digest_of
from generator.errors import PactbookError
from generator.printing import INSIDE, Chapter, Job
from generator.render import address
from generator.views import AgreementPage, Link, Note, Outgoing, Page, PartyPage, StartPage

Briefed = AgreementPage | PartyPage
_PARTS = ("Countries and organizations", "Pairs", "Agreements")  # of the book
BOOK = "book.pdf"
COVERED = "fonts/covered.txt"  # below the templates: what the fonts have
_VERSION = 12  # digits of a digest, as the briefing shows it
_LINE_ENDS = re.compile(r"[\t\n\r\f\v]+")
_MASK = 4  # of the QR code; any can be read, and trying all eight for the best takes three times as long
_INK = "#1b2430"
_LONG_WORD = re.compile(r"[^\s\u200b\u2e80-\ud7ff]{36,}")  # nothing that breaks by itself, as Chinese does
_ADDRESS_SHOWN = 160  # characters of an address elsewhere; the link is whole
_HIDDEN = "\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_UNSHOWN = frozenset({"path", "crumbs", "pager", "notes", "description", "finding"})  # of a page; set otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What all briefings of one printing have in common."""

    site_url: str  # where the site is published, with a slash at its end; empty: unknown
    today: date
    unprintable: re.Pattern[str]  # finds a character that no font of ours has, or that nobody would see

    def address(self, path: str) -> str:
        """Where a page stands on the site; empty: it is not known where the site is published."""
        return f"{self.site_url}{address(path)}" if self.site_url else ""


def edition(templates: Path, *, site_url: str, today: date) -> Edition:
    """The edition that the fonts below `templates` can print.

    Raises:
        PactbookError: The list of what the fonts have is not there.
    """
    try:
        told = (templates / COVERED).read_text("ascii")
    except OSError as error:
        raise PactbookError(f"{templates / COVERED}: cannot be read. It belongs to the project; restore it.") from error
    is_web = site_url.startswith(("https://", "http://"))
    url = f"{site_url.rstrip('/')}/" if is_web else ""
    return Edition(site_url=url, today=today, unprintable=_unprintable(told))


def _unprintable(covered: str) -> re.Pattern[str]:
    """What is in none of the runs of code points, "20-7E A0 …", or shows as nothing, or turns the text around it."""
    runs = []
    for run in covered.split():
        first, _, last = run.partition("-")
        runs.append(f"\\U{int(first, 16):08x}-\\U{int(last or first, 16):08x}")
    return re.compile(f"[^{''.join(runs)}]|[{_HIDDEN}]")


def file_of(page: Page) -> str:
    """Where the PDF of a page stands below the folder of all briefings; empty: the page has none.

    Countries, organizations, pairs and agreements have a briefing of their own; the first page has the book.
    """
    if isinstance(page, StartPage):
        return BOOK
    return f"{page.path.removesuffix('.md')}.pdf" if isinstance(page, AgreementPage | PartyPage) else ""


def briefing(page: Briefed, made: Edition) -> str:
    """One page as JSON."""
    return _dumped(_Writer(made).page(page))


def chapters(pages: Iterable[Page], made: Edition, folder: Path) -> tuple[Chapter, ...]:
    """The briefings that the book is made of, in its order: countries, pairs, agreements.

    Args:
        folder: Where each of them stands under the name that `file_of` gives.
    """
    found = [
        Chapter(
            part=_part_of(page),
            title=page.title,
            label=_label(page.path),
            address=made.address(page.path),
            file=folder / file_of(page),
        )
        for page in pages
        if isinstance(page, AgreementPage | PartyPage)
    ]
    return tuple(sorted(found, key=lambda one: _PARTS.index(one.part)))


def _part_of(page: Briefed) -> str:
    if isinstance(page, AgreementPage):
        return _PARTS[2]
    return _PARTS[1] if page.path.startswith("pairs/") else _PARTS[0]


def front_job(
    pages: Iterable[Page], bound: Sequence[Chapter], counts: Mapping[str, int], made: Edition, paper: str
) -> Job:
    """Title page and contents of the book; `counts` says how many pages each chapter has, by its label."""
    start = next(page for page in pages if isinstance(page, StartPage))
    writer = _Writer(made)
    parts: dict[str, list[dict[str, Any]]] = {}
    number = 1
    for chapter in bound:
        entry = {"title": writer.text(chapter.title), "to": f"{INSIDE}{chapter.label}", "page": number}
        parts.setdefault(chapter.part, []).append(entry)
        number += counts[chapter.label]
    told = {
        **writer.head(start),
        "title": "Agreements between countries",
        "bottom_line": writer.lines(start.bottom_line),
        "parts": [{"title": title, "chapters": ones} for title, ones in parts.items()],
    }
    return _job("book.typ", _dumped({**told, **writer.versioned(start, told)}), made, paper)


def numbers_job(pages: int, made: Edition, paper: str) -> Job:
    """The numbers of so many pages of a book."""
    return _job("numbers.typ", _dumped({"pages": pages}), made, paper)


def briefing_job(page: Briefed, made: Edition, paper: str) -> Job:
    """One briefing."""
    return _job("briefing.typ", briefing(page, made), made, paper)


def _job(template: str, data: str, made: Edition, paper: str) -> Job:
    return Job(template=template, data=data, paper=paper, timestamp=calendar.timegm(made.today.timetuple()))


def _dumped(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


class _Writer:
    """Writes pages as plain values; one for each briefing."""

    def __init__(self, made: Edition) -> None:
        self._made = made
        self._numbers: dict[tuple[str, str], int] = {}  # endnote by page and anchor of its evidence
        self._endnotes: list[dict[str, Any]] = []

    def page(self, page: Briefed) -> dict[str, Any]:
        """All that a template needs of one page."""
        self._number_all(page)
        told = {
            "kind": "agreement" if isinstance(page, AgreementPage) else "party",
            "label": _label(page.path),
            **self._fields(page),
            **self.head(page),
            "endnotes": self._endnotes,
        }
        return {**told, **self.versioned(page, told)}

    def head(self, page: Page) -> dict[str, Any]:
        """What the title block of every briefing has."""
        return {
            "title": self.text(page.title),
            "as_of": page.as_of,
            "day": [self._made.today.year, self._made.today.month, self._made.today.day],
            "articles": page.articles,
            "unchecked": page.unchecked,
            "held_back": page.held_back,
            "address": self._made.address(page.path),
        }

    def versioned(self, page: Page, told: Mapping[str, Any]) -> dict[str, str]:
        """The version, which changes with every word of the briefing, and the address that names it."""
        version = digest_of(_dumped(told))[:_VERSION]
        if not self._made.site_url:
            return {"version": version, "version_address": "", "qr": ""}
        url = f"{self._made.address(page.path)}?version={version}"
        return {"version": version, "version_address": url, "qr": _qr(url)}

    def lines(self, lines: Iterable[views.Words]) -> list[Any]:
        """Lines without their notes: those of the first page, which stand on the chapters too."""
        return [[self._value(piece) for piece in line if not isinstance(piece, Note)] for line in lines]

    # -- values -----------------------------------------------------------------------------------

    def _value(self, value: object) -> Any:
        """Any value of a page as JSON has it: links with their address, notes as the number of their endnote."""
        if isinstance(value, str):
            return self.text(value)
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, Note):
            return self._number(value)
        if isinstance(value, Link):
            return {"text": self.text(value.text), "to": self._to(value)}
        if isinstance(value, Outgoing):
            return {"text": self.text(value.host), "to": value.href}
        if isinstance(value, Sequence):
            return [self._value(one) for place, one in enumerate(value) if not self._is_repeated(value, place)]
        if is_dataclass(value):
            return {**self._fields(value), **self._beside(value)}
        raise TypeError(f"a briefing cannot hold {type(value).__name__}")

    def _is_repeated(self, pieces: Sequence[object], place: int) -> bool:
        """Whether a note has the endnote of one right before it: several passages of a sentence share one."""
        note, before = pieces[place], takewhile(lambda one: isinstance(one, Note), reversed(pieces[:place]))
        if not isinstance(note, Note):
            return False
        return any(self._number(one) == self._number(note) for one in before if isinstance(one, Note))

    def _fields(self, value: Any) -> dict[str, Any]:
        """Each field of a value by its name; a chart as a picture."""
        told = {}
        for one in fields(value):
            content = getattr(value, one.name)
            if one.name.endswith("chart"):
                told[one.name] = _picture(content)
            elif one.name not in _UNSHOWN:
                told[one.name] = self._value(content)
        return told

    def _beside(self, value: Any) -> dict[str, Any]:
        """What a row says of its note beside the number, and the sentences of the rows that show them."""
        told: dict[str, Any] = {}
        note = getattr(value, "note", None)
        if isinstance(note, Note):
            told = {"source": self.text(note.source), "by": self.text(note.attribution)}
        if isinstance(value, views.StepRow):
            told["sentence"] = self._sentence(value.note)
        if isinstance(value, views.SaidRow):
            told["sentences"] = [self._sentence(one) for one in value.sentences]
        return told

    def _sentence(self, note: Note) -> dict[str, Any]:
        pieces = [(note.before, False), (note.exact, True), (note.after, False)]
        return {"note": self._value(note), "pieces": self._marked(pieces)}

    def _marked(self, pieces: Iterable[tuple[str, bool]]) -> list[Any]:
        """Text, evidence wrapped in a list of its own."""
        return [[self.text(text)] if is_marked else self.text(text) for text, is_marked in pieces if text]

    def text(self, text: str) -> str:
        """Text as it can be printed: on one line, what has no sign shown by its number, long words breakable."""
        text = _LINE_ENDS.sub(" ", text)
        text = self._made.unprintable.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)
        return _LONG_WORD.sub(_breakable, text)

    def _to(self, link: Link | Note) -> str:
        """Where a link leads: to the site, or where that is not known, nowhere."""
        page = self._made.address(link.page)
        return f"{page}#{link.anchor}" if page and link.anchor else page

    def _number(self, note: Note) -> int:
        """The number of a note's endnote; what the page cites and does not list gets an endnote of its own."""
        key = (note.page, note.anchor)
        if key not in self._numbers:
            pieces = ((note.before, False), (note.exact, True), (note.after, False))
            one = views.Quoted(notes=(note,), pieces=pieces, attribution=note.attribution)
            self._endnotes.append(self._endnote(note, one))
            self._numbers[key] = len(self._endnotes)
        return self._numbers[key]

    def _number_all(self, page: Page) -> None:
        """An endnote for each sentence, in the order in which they are first cited; every note gets its number."""
        quoted = [(group.first, one) for group in page.notes for one in group.quoted]
        quoted.sort(key=lambda one: min(note.number for note in one[1].notes))
        self._numbers = {
            (note.page, note.anchor): number for number, (_, one) in enumerate(quoted, 1) for note in one.notes
        }
        self._endnotes = [self._endnote(first, one) for first, one in quoted]

    def _endnote(self, first: Note, one: views.Quoted) -> dict[str, Any]:
        href = first.address.href if first.address else ""
        return {
            "outlet": self.text(first.outlet) or "Outlet not stated",
            "date": first.date or "no date",
            "title": self.text(first.title),
            "by": self.text(one.attribution),
            "pieces": self._marked(one.pieces),
            "address": self.text(href if len(href) <= _ADDRESS_SHOWN else f"{href[:_ADDRESS_SHOWN]}…"),
            "to": href,
            "passage": self._to(one.notes[0]),
            "is_checked": first.is_checked,
        }


def _label(path: str) -> str:
    """The name of a chapter inside a book: letters, digits and hyphens."""
    return "p-" + path.removesuffix(".md").replace("/", "-")


def _breakable(found: re.Match[str]) -> str:
    """A long word with places to break it, after its punctuation and at least every 30 characters."""
    pieces = re.findall(r"[^/&?=_.,;:-]{1,30}[/&?=_.,;:-]?|[/&?=_.,;:-]", found.group())
    return "\u200b".join(pieces)


def _picture(svg: str) -> dict[str, str] | None:
    """A chart of the page as an SVG that needs no page around it, and its words for who cannot see it."""
    if not svg:
        return None
    inked = svg.replace("var(--md-default-bg-color, #fff)", "#fff").replace("currentColor", _INK)
    told = [html.unescape(text) for text in re.findall(r"<(?:title|desc)>(.*?)</(?:title|desc)>", svg)]
    return {"svg": inked.replace("<svg ", '<svg font-family="Noto Sans" ', 1), "alt": ": ".join(told)}


def _qr(url: str) -> str:
    """An address as a picture that a phone reads."""
    file = io.BytesIO()
    segno.make(url, error="m", mask=_MASK, micro=False).save(
        file, kind="svg", xmldecl=False, border=0, nl=False, omitsize=True
    )
    return file.getvalue().decode("ascii")
