"""The book as pages: grouping, order, paths, links, counts and generated sentences, ready for templates. Pure.

Knows no Jinja2, no Markdown and no HTML: a page is a frozen value. Text is plain; `Link` and `Note` stand between
pieces of text where a reader can go on. `render` decides how they look.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from urllib.parse import urlsplit

from generator import charts, prose
from generator.codes import (
    area_label,
    categories,
    countries,
    definition,
    instrument_label,
    label,
    party_name,
    status_label,
)
from generator.extract.text import Sentence, prepare
from generator.model import (
    Agreement,
    AgreementFact,
    AgreementId,
    Area,
    Article,
    ArticleId,
    Book,
    Certainty,
    DateBasis,
    Evidence,
    Instrument,
    Item,
    Mode,
    Person,
    Quotation,
    Realis,
    ReviewState,
    Role,
    SaidDate,
    Source,
    Sourced,
    Status,
    StatusGroup,
    Step,
    TensionFact,
    TensionKind,
)

_RESERVED = frozenset(
    {
        "index",
        "readme",
        "404",
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
    }
)
_SLUG_LENGTH = 60
_TITLE_LENGTH = 110
_QUOTE_LENGTH = 420  # characters of a quoted sentence in a note
_PAIR_PARTIES = 4  # an agreement of more parties is multilateral and makes no pairs
_NEWEST = 6
_QUOTATIONS = 25  # on one page, the newest


# -- what pages are made of ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Text that leads to a page of the site."""

    text: str
    page: str  # path below `site_src/`: "agreements/x.md"
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An address elsewhere; only http and https, the host in ASCII."""

    href: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One piece of evidence as a page cites it: number, sentence, and where it stands."""

    number: int  # on its page, from 1
    page: str
    anchor: str
    before: str  # of the sentence, up to the evidence
    exact: str  # the evidence, verbatim unless longer than a note may be
    after: str
    title: str  # of the article
    outlet: str
    date: str  # in words; empty: the article gives none
    attribution: str  # "according to …"; empty: the outlet itself
    address: Outgoing | None
    is_checked: bool  # a person has read the facts of this article

    @property
    def source(self) -> str:
        """Outlet and date, for one line."""
        return ", ".join(part for part in (self.outlet, self.date) if part)


Piece = str | Link | Note
Words = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A status as a label."""

    code: str
    label: str
    group: str  # future, done, undone


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One agreement in a ledger."""

    agreement: Link
    instrument: str
    count: str  # "bundle of 10"; empty: one instrument
    mark: Mark
    status_note: Note
    partners: Words
    subject: Words  # value and items
    date: Words
    is_overdue: bool
    is_checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Rows of one kind, with what the kind means."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something with a date."""

    date: str  # EDTF; empty: not known
    when: str  # the date in words
    words: Words
    kind: str  # step, event, due, term, tension
    is_open: bool = False  # not said to have happened


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person in a list."""

    person: Link
    country: Words
    office: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """Equipment or goods in an agreement."""

    quantity: str
    name: str
    category: str
    note: Note
    agreement: Link
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """Words that somebody said."""

    text: str
    speaker: Words
    channel: str
    note: Note
    others: tuple[str, ...]  # other wordings of the same statement in the same article


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One article on which a page rests."""

    source: Link
    outlet: str
    date: str
    address: Outgoing | None
    is_checked: bool
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step in the life of an agreement."""

    mark: Mark
    when: str
    note: Note
    reservation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line of the particulars: a label and one or more values."""

    label: str
    values: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One rung of the value ladder."""

    text: str
    kind: str
    note: Note
    is_headline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """What one article says of an agreement."""

    source: Link
    outlet: str
    when: str
    mark: Mark
    sentences: tuple[Note, ...]
    attribution: str
    reservation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A country, organisation or pair in an index."""

    link: Link
    code: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry of the glossary."""

    name: str
    definition: str
    code: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A stretch of an article's text begins; `Close` ends the last one that is open."""

    kind: str  # fact, name, unread, noise, title
    anchor: str  # id of the evidence; empty: a stretch continued after a crossing one, or no evidence
    number: int  # of the evidence on its page; 0: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """The last open stretch ends."""

    number: int  # the evidence that ends here for good; 0: none, or it goes on


Token = str | Open | Close


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A highlighted passage of an article and what rests on it."""

    number: int
    anchor: str
    text: str
    uses: tuple[Words, ...]


# -- pages --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    path: str  # below `site_src/`
    title: str  # one line, short
    description: str  # one plain sentence
    as_of: str  # the day of the build in words
    crumbs: tuple[Link, ...] = ()  # the way from the index that it belongs to
    articles: int = 0  # that the page rests on
    unchecked: int = 0  # of them, not yet read by a person
    notes: tuple[Note, ...] = ()  # in the order of their numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    """The first page."""

    bottom_line: tuple[Words, ...]
    newest: tuple[Row, ...]
    expected: tuple[Row, ...]
    parties: tuple[Card, ...]
    pairs: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage(Page):
    """A list of countries and organisations, or of pairs."""

    lead: str
    groups: tuple[tuple[str, tuple[Card, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementIndexPage(Page):
    """All agreements in ledgers."""

    bottom_line: tuple[Words, ...]
    ledgers: tuple[Ledger, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage(Page):
    """One country or organisation, or one pair of them."""

    kicker: str
    code: str
    partner_head: str  # what the column of the other parties is called
    bottom_line: tuple[Words, ...]
    changes: tuple[Entry, ...]
    ledgers: tuple[Ledger, ...]
    expected: tuple[Row, ...]
    tensions: tuple[Entry, ...]
    people: tuple[PersonRow, ...]
    equipment: tuple[ItemRow, ...]
    timeline: tuple[Entry, ...]
    chart: str  # SVG; empty: too little to draw
    quotations: tuple[QuoteRow, ...]
    unknown: tuple[Words, ...]
    pairs: tuple[Card, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage(Page):
    """One agreement."""

    kicker: str
    mark: Mark
    summary: tuple[Words, ...]
    steps: tuple[StepRow, ...]
    steps_chart: str
    particulars: tuple[Field, ...]
    items: tuple[ItemRow, ...]
    values: tuple[ValueRow, ...]
    values_line: str
    values_chart: str
    said: tuple[SaidRow, ...]
    quotations: tuple[QuoteRow, ...]
    tensions: tuple[Entry, ...]
    unknown: tuple[Words, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleIndexPage(Page):
    """All persons by country."""

    groups: tuple[tuple[str, tuple[PersonRow, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One person."""

    bottom_line: tuple[Words, ...]
    variants: tuple[str, ...]
    offices: tuple[Entry, ...]
    quotations: tuple[QuoteRow, ...]
    agreements: tuple[Row, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceIndexPage(Page):
    """All articles."""

    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(Page):
    """One article: its text with every piece of evidence marked, and what rests on each."""

    particulars: tuple[Field, ...]
    address: Outgoing | None
    tokens: tuple[Token, ...]
    passages: tuple[Passage, ...]
    names: tuple[Words, ...]  # countries and persons that the article names
    sentences: int  # of the article, without noise
    read: int  # of them, that yielded a fact beyond names
    is_checked: bool
    reviewed: str  # "by whom on which date"; empty: not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPage(Page):
    """Everything that is still to come."""

    bottom_line: tuple[Words, ...]
    ledgers: tuple[Ledger, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(Page):
    """Everything that has a date, by year."""

    chart: str
    years: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TensionsPage(Page):
    """Who contests what."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage(Page):
    """Words and codes of the site."""

    groups: tuple[tuple[str, str, tuple[Term, ...]], ...]  # title, lead, terms


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectPage(Page):
    """An address that has moved."""

    target: Link


def make_pages(book: Book, *, today: date) -> tuple[Page, ...]:
    """Make all generated pages of the book.

    Returns:
        Pages in the order of their kinds, then of the book; paths are unique.
    """
    site = _Site(book, today)
    return (
        _start_page(site),
        _party_index_page(site),
        *(_party_page(site, code) for code in site.party_paths),
        _agreement_index_page(site),
        *(_agreement_page(site, agreement) for agreement in book.agreements),
        *_redirect_pages(site),
        _pair_index_page(site),
        *(_pair_page(site, pair) for pair in site.pair_paths),
        _people_index_page(site),
        *(_person_page(site, person) for person in book.persons),
        _source_index_page(site),
        *(_source_page(site, article) for article in book.articles.values()),
        _expected_page(site),
        _timeline_page(site),
        _tensions_page(site),
        _glossary_page(site),
    )


# -- addresses ----------------------------------------------------------------------------------------


def slug(text: str) -> str:
    """Text as part of an address: lower-case ASCII letters, digits and hyphens, bounded; may be empty."""
    plain = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-")


def paths(folder: str, wishes: Mapping[str, str]) -> dict[str, str]:
    """A path for each key: what it wishes for where that is free and allowed, else with a hash of the key.

    No two paths are equal, none is an index page or a name that a file system reserves, and the path of a key
    depends on the wishes alone, not on their order.
    """
    wanted = {key: slug(wish) for key, wish in wishes.items()}
    times: dict[str, int] = defaultdict(int)
    for name in wanted.values():
        times[name] += 1
    names = {}
    for key, name in wanted.items():
        is_free = name and name not in _RESERVED and times[name] == 1
        names[key] = f"{folder}/{name if is_free else _with_hash(name, key, times)}.md"
    return names


def _with_hash(name: str, key: str, taken: Mapping[str, int]) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    short = f"{name[: _SLUG_LENGTH - 9]}-{digest[:8]}".strip("-")
    return f"x{digest[:40]}" if short in taken else short


def outgoing(url: str | None) -> Outgoing | None:
    """An address elsewhere that is safe to link to; None: there is none, or it is not plain http(s)."""
    if not url or len(url) > 2000 or not url.isprintable() or re.search(r"[\s<>\"'`\\{}|^]", url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    is_host = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host)
    if parts.scheme.lower() not in ("http", "https") or not is_host or parts.username or parts.password:
        return None
    return Outgoing(href=parts._replace(scheme=parts.scheme.lower(), netloc=host + port).geturl(), host=host)


def anchor(evidence: Evidence) -> str:
    """The id of a piece of evidence on its source page."""
    return f"e{evidence.start}-{evidence.end}"


# -- the site as a whole ------------------------------------------------------------------------------


class _Site:
    """The book, indexed once for all pages."""

    def __init__(self, book: Book, today: date) -> None:
        self.book = book
        self.today = today
        self.as_of = prose.long_date(today.isoformat())
        self.by_party: dict[str, list[Agreement]] = defaultdict(list)
        self.by_pair: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
        self.by_article: dict[str, list[Agreement]] = defaultdict(list)
        self.by_fact: dict[tuple[str, str], Agreement] = {}
        self.tensions_of: dict[str, list[Sourced[TensionFact]]] = defaultdict(list)
        self.person_of: dict[tuple[str, str], Person] = {}
        self.persons = {person.id: person for person in book.persons}
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self._quotations: dict[str, list[Quotation]] = defaultdict(list)
        self._index()
        self.party_paths = self._party_paths()
        self.agreement_paths = paths("agreements", {one.id: one.slug for one in book.agreements})
        self.person_paths = paths("people", {one.id: one.slug for one in book.persons})
        self.source_paths = paths("sources", {article: article for article in book.articles})
        self.pair_paths = {
            pair: path
            for pair in sorted(self.by_pair, key=lambda pair: (_name(pair[0]), _name(pair[1])))
            for path in [f"pairs/{pair[0].lower()}-{pair[1].lower()}.md"]
        }

    def _index(self) -> None:
        for agreement in self.book.agreements:
            for code in agreement.parties:
                self.by_party[code].append(agreement)
            if len(agreement.parties) <= _PAIR_PARTIES:
                for first, second in combinations(sorted(agreement.parties), 2):
                    self.by_pair[first, second].append(agreement)
            for article in dict.fromkeys(statement.article for statement in agreement.statements):
                self.by_article[article].append(agreement)
            for statement in agreement.statements:
                self.by_fact[statement.article, statement.fact.id] = agreement
        for quotation in self.book.quotations:
            self._quotations[quotation.article].append(quotation)
        for tension in self.book.tensions:
            for code in dict.fromkeys((tension.value.actor, tension.value.target)):
                if code is not None:
                    self.tensions_of[code].append(tension)
        for person in self.book.persons:
            for said in person.statements:
                self.person_of[said.article, said.fact] = person

    def _party_paths(self) -> dict[str, str]:
        codes = sorted({*self.by_party, *self.tensions_of}, key=_name)
        return {code: f"{_folder(code)}/{code.lower()}.md" for code in codes}

    def sentences(self, article: Article) -> tuple[Sentence, ...]:
        """The sentences of an article, in order."""
        if article.id not in self._sentences:
            self._sentences[article.id] = prepare(article).sentences
        return self._sentences[article.id]

    def is_checked(self, article: ArticleId) -> bool:
        """Whether a person has read the facts of an article."""
        return self.book.facts[article].review.state is ReviewState.ACCEPTED

    def quotations_of_articles(self, articles: Iterable[str]) -> Iterator[Quotation]:
        """The quotations of some articles, oldest first."""
        for article in sorted(articles, key=lambda one: (self.published(ArticleId(one)), one)):
            yield from self._quotations.get(article, ())

    def party(self, code: str) -> Link | str:
        """A country or organisation, as a link where it has a page."""
        path = self.party_paths.get(code)
        return Link(text=_name(code), page=path) if path else _name(code)

    def agreement(self, agreement: Agreement) -> Link:
        """A link to an agreement."""
        return Link(text=_short(prose.capital(agreement.title)), page=self.agreement_paths[agreement.id])

    def person(self, person: Person) -> Link:
        """A link to a person."""
        return Link(text=_short(person.name), page=self.person_paths[person.id])

    def source(self, article: ArticleId) -> Link:
        """A link to an article's source page."""
        return Link(text=_title_of(self.book.articles[article]), page=self.source_paths[article])

    def published(self, article: ArticleId) -> str:
        """The date of an article; empty where it gives none."""
        return self.book.articles[article].published or ""


class _Notes:
    """The evidence that one page cites, numbered as it is met."""

    def __init__(self, site: _Site) -> None:
        self._site = site
        self._notes: dict[tuple[str, int, int], Note] = {}
        self.articles: dict[ArticleId, None] = {}

    def cite(self, article: ArticleId, evidence: Evidence, chain: Sequence[Source] = ()) -> Note:
        """The note of a piece of evidence; the same evidence has the same number everywhere on a page."""
        key = (article, evidence.start, evidence.end)
        self.articles.setdefault(article)
        if key not in self._notes:
            self._notes[key] = self._note(len(self._notes) + 1, article, evidence, chain)
        return self._notes[key]

    def _note(self, number: int, article: ArticleId, evidence: Evidence, chain: Sequence[Source]) -> Note:
        source = self._site.book.articles[article]
        before, exact, after = _around(self._site.sentences(source), source.text, evidence)
        return Note(
            number=number,
            page=self._site.source_paths[article],
            anchor=anchor(evidence),
            before=before,
            exact=exact,
            after=after,
            title=_title_of(source),
            outlet=source.outlet or "",
            date=prose.long_date(source.published) if source.published else "",
            attribution=prose.attribution(chain),
            address=outgoing(source.url),
            is_checked=self._site.is_checked(article),
        )

    @property
    def all(self) -> tuple[Note, ...]:
        """All notes in the order of their numbers."""
        return tuple(self._notes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rests:
    """What a page rests on."""

    articles: int
    unchecked: int
    notes: tuple[Note, ...]
    sources: tuple[SourceRow, ...]


def _rests(site: _Site, notes: _Notes, more: Iterable[ArticleId] = ()) -> _Rests:
    articles = sorted({*notes.articles, *more}, key=lambda one: (site.published(one), one), reverse=True)
    return _Rests(
        articles=len(articles),
        unchecked=sum(not site.is_checked(one) for one in articles),
        notes=notes.all,
        sources=tuple(_source_row(site, one) for one in articles),
    )


def _around(sentences: Sequence[Sentence], text: str, evidence: Evidence) -> tuple[str, str, str]:
    """The sentence that holds the evidence, cut into what is before, the evidence, and what is after."""
    exact = _short(evidence.exact, _QUOTE_LENGTH)
    place = bisect_right(sentences, evidence.start, key=lambda one: one.start) - 1
    if place < 0 or evidence.end > sentences[place].end or len(exact) == _QUOTE_LENGTH:
        return "", exact, ""
    room = (_QUOTE_LENGTH - len(exact)) // 2
    start, end = sentences[place].start, sentences[place].end
    before, after = text[start : evidence.start], text[evidence.end : end]
    if len(before) > room:
        before = f"…{before[-room:]}"
    return before, exact, _short(after, room)


def _name(code: str) -> str:
    return party_name(code)


def _folder(code: str) -> str:
    return "countries" if code in countries() else "organisations"


def _short(text: str, length: int = _TITLE_LENGTH) -> str:
    """Text on one line, cut at a blank where it is too long."""
    line = " ".join(text[: length * 2].split()) if "\n" in text or len(text) > length else text
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[length // 2 :] else cut}…"


def _title_of(article: Article) -> str:
    return _short(article.title.strip()) or article.id


# -- pieces of pages ----------------------------------------------------------------------------------


def _mark(status: Status) -> Mark:
    return Mark(code=status.value, label=prose.capital(status_label(status)), group=status.group.value)


def _listed(pieces: Sequence[Piece], last: str = " and ") -> Words:
    """Pieces as a list in a sentence."""
    words: list[Piece] = []
    for index, piece in enumerate(pieces):
        if index:
            words.append(last if index == len(pieces) - 1 else ", ")
        words.append(piece)
    return tuple(words)


def _deciding(agreement: Agreement) -> tuple[ArticleId, AgreementFact]:
    """The newest statement that says the headline status; else the newest."""
    for statement in reversed(agreement.statements):
        if statement.fact.status is agreement.status:
            return statement.article, statement.fact
    return agreement.statements[-1].article, agreement.statements[-1].fact


def _fact_of(agreement: Agreement, article: ArticleId, fact: str) -> AgreementFact:
    return next(one.fact for one in agreement.statements if one.article == article and one.fact.id == fact)


def _realis(agreement: Agreement) -> Realis:
    return _deciding(agreement)[1].realis


def _cite_dates(
    notes: _Notes, agreement: Agreement, dates: Sequence[Sourced[SaidDate]], prefix: str = ""
) -> Iterator[Words]:
    for said in dates:
        fact = _fact_of(agreement, said.article, said.fact)
        evidence = said.value.evidence or fact.status_evidence
        yield (f"{prefix}{prose.said_date(said.value)}", notes.cite(said.article, evidence, fact.attribution))


def _is_past(edtf: str, today: date) -> bool:
    """Whether a date, as precise as it is known, lies wholly before today."""
    return today.isoformat()[: len(edtf)] > edtf


def _is_overdue(agreement: Agreement, today: date) -> bool:
    is_open = agreement.status.group is StatusGroup.FUTURE
    return is_open and bool(agreement.due) and all(_is_past(due.value.date, today) for due in agreement.due)


def _newest_date(agreement: Agreement) -> str:
    dates = [step.date for step in agreement.steps if step.date]
    return max(dates, default="")


def _newest_first(agreements: Iterable[Agreement]) -> list[Agreement]:
    return sorted(sorted(agreements, key=lambda one: one.slug), key=_newest_date, reverse=True)


def _by_due(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Those with a due date first, by it."""
    return sorted(agreements, key=lambda one: (one.due[0].value.date if one.due else "~", one.slug))


def _count_words(count: int | None) -> str:
    if count is None:
        return ""
    return "bundle, number not stated" if count == 0 else f"bundle of {count:,}"


def _row(site: _Site, notes: _Notes, agreement: Agreement, *, without: Iterable[str] = ()) -> Row:
    """One line of a ledger; `without` names the parties whose page it stands on."""
    article, fact = _deciding(agreement)
    hidden = set(without)
    partners = [site.party(code) for code in agreement.parties if code not in hidden]
    dates = [
        *_cite_dates(notes, agreement, agreement.concluded[:1]),
        *(_cite_dates(notes, agreement, agreement.due[:1], "due ") if not agreement.concluded else ()),
        *(_cite_dates(notes, agreement, agreement.in_force[:1], "in force ") if not agreement.concluded else ()),
    ]
    return Row(
        agreement=site.agreement(agreement),
        instrument=prose.capital(instrument_label(agreement.instrument)),
        count=_count_words(agreement.count),
        mark=_mark(agreement.status),
        status_note=notes.cite(article, fact.status_evidence, fact.attribution),
        partners=_listed([*partners, *map(_short, agreement.other_parties)], ", "),
        subject=_subject(notes, agreement),
        date=_listed_words(dates[:1]),
        is_overdue=_is_overdue(agreement, site.today),
        is_checked=site.is_checked(article),
    )


def _subject(notes: _Notes, agreement: Agreement) -> Words:
    """The headline value and the first items, for one cell."""
    parts: list[Words] = []
    for money in agreement.values[:1]:
        chain = _fact_of(agreement, money.article, money.fact).attribution
        parts.append((prose.money(money.value), notes.cite(money.article, money.value.evidence, chain)))
    for item in agreement.items[:2]:
        chain = _fact_of(agreement, item.article, item.fact).attribution
        parts.append((_short(prose.item(item.value)), notes.cite(item.article, item.value.evidence, chain)))
    return _listed_words(parts, "; ")


def _listed_words(parts: Sequence[Words], between: str = ", ") -> Words:
    words: list[Piece] = []
    for index, part in enumerate(parts):
        if index:
            words.append(between)
        words += part
    return tuple(words)


def _is_expected(agreement: Agreement) -> bool:
    return agreement.status.group is StatusGroup.FUTURE


def _ledgers(
    site: _Site, notes: _Notes, agreements: Iterable[Agreement], *, without: Iterable[str] = ()
) -> Iterator[Ledger]:
    """What is not expected, in ledgers by what has become of it; empty ones are left out."""
    agreements, hidden = _newest_first(agreements), set(without)
    groups = (
        ("Concluded", lambda one: one.status.is_concluded),
        ("Agreed, no signature reported", lambda one: one.status is Status.AGREED),
        ("Suspended, breached, ended or failed", lambda one: one.status.group is StatusGroup.UNDONE),
    )
    for title, belongs in groups:
        rows = tuple(_row(site, notes, one, without=hidden) for one in agreements if belongs(one))
        if rows:
            yield Ledger(title=title, rows=rows)


def _source_row(site: _Site, article: ArticleId) -> SourceRow:
    source, facts = site.book.articles[article], site.book.facts[article]
    return SourceRow(
        source=site.source(article),
        outlet=source.outlet or "Outlet not stated",
        date=prose.long_date(source.published) if source.published else "no date",
        address=outgoing(source.url),
        is_checked=site.is_checked(article),
        facts=len(facts.agreements)
        + len(facts.quotations)
        + len(facts.tensions)
        + len(facts.events)
        + len(facts.people),
    )


def _when(edtf: str | None) -> str:
    return prose.long_date(edtf) if edtf else "date not known"


# -- things with a date -------------------------------------------------------------------------------


def _step_entries(site: _Site, notes: _Notes, agreements: Iterable[Agreement]) -> Iterator[Entry]:
    for agreement in agreements:
        for step in agreement.steps:
            plural = prose.is_many(agreement.count)
            said = prose.verb(step.status, step.realis, is_plural=plural)
            note = notes.cite(step.article, step.evidence, step.attribution)
            hedge = prose.reservation(step.realis)
            words: Words = (site.agreement(agreement), f" {said}", note)
            yield Entry(
                date=step.date or "",
                when=_when(step.date),
                words=(*words, f" {hedge}") if hedge else words,
                kind="step",
                is_open=step.status.group is StatusGroup.FUTURE,
            )


def _term_entries(site: _Site, notes: _Notes, agreements: Iterable[Agreement]) -> Iterator[Entry]:
    for agreement in agreements:
        for said in agreement.terms[:1]:
            if said.value.ends:
                is_certain = agreement.status.is_concluded and prose.is_plain(_realis(agreement))
                verb = " ends by its term" if is_certain else " would end by its term"
                yield Entry(
                    date=said.value.ends,
                    when=prose.long_date(said.value.ends),
                    words=("Term: ", site.agreement(agreement), verb, notes.cite(said.article, said.value.evidence)),
                    kind="term",
                    is_open=True,
                )


def _due_entries(site: _Site, notes: _Notes, agreements: Iterable[Agreement]) -> Iterator[Entry]:
    for agreement in agreements:
        if not _is_expected(agreement):
            continue
        for due in agreement.due[:1]:
            fact = _fact_of(agreement, due.article, due.fact)
            note = notes.cite(due.article, due.value.evidence or fact.status_evidence, fact.attribution)
            late = " The date has passed and no outcome has been read." if _is_overdue(agreement, site.today) else ""
            yield Entry(
                date=due.value.date,
                when=prose.long_date(due.value.date),
                words=("Due: ", site.agreement(agreement), note, late),
                kind="due",
                is_open=True,
            )


def _event_entries(site: _Site, notes: _Notes, codes: Iterable[str] | None, *, every: bool = False) -> Iterator[Entry]:
    """Events in which one of the codes takes part; with `every`, in which all of them do; None: all events."""
    wanted = None if codes is None else set(codes)
    for event in site.book.events:
        met = set(event.value.participants)
        if wanted is not None and not (wanted <= met if every else wanted & met):
            continue
        value = event.value
        given = value.date.date if value.date else ""
        note = notes.cite(event.article, value.evidence)
        yield Entry(
            date=given,
            when=_when(given),
            words=(prose.event(value.kind, _short(value.title), value.realis), note),
            kind="event",
            is_open=not prose.is_plain(value.realis),
        )


def _tension_entries(site: _Site, notes: _Notes, tensions: Iterable[Sourced[TensionFact]]) -> Iterator[Entry]:
    for tension in tensions:
        value = tension.value
        published = site.published(tension.article)
        names = [code and party_name(code, with_article=True) for code in (value.actor, value.target)]
        law = f" under {_short(value.law)}" if value.law else ""
        text = prose.tension(value.kind, names[0], names[1])
        yield Entry(
            date=published,
            when=f"reported {prose.long_date(published)}" if published else "date not known",
            words=(f"{text}{law}", notes.cite(tension.article, value.evidence)),
            kind="tension",
            is_open=value.kind.value == "sanctions-threat",
        )


def _newest_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: one.date, reverse=True))


def _timeline(
    site: _Site, notes: _Notes, agreements: Sequence[Agreement], codes: Sequence[str] | None, *, every: bool
) -> tuple[Entry, ...]:
    """Everything dated, oldest first."""
    entries = [
        *_event_entries(site, notes, codes, every=every),
        *_step_entries(site, notes, agreements),
        *_due_entries(site, notes, agreements),
        *_term_entries(site, notes, agreements),
    ]
    return tuple(sorted((one for one in entries if one.date), key=lambda one: one.date))


def _timeline_chart(entries: Sequence[Entry], today: date) -> str:
    points = [charts.Point(date=one.date, label=_plain(one.words), is_open=one.is_open) for one in entries]
    return charts.timeline(points, today=today)


def _plain(words: Words) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in words if not isinstance(piece, Note))


# -- people, equipment, quotations --------------------------------------------------------------------


def _person_row(site: _Site, notes: _Notes, person: Person) -> PersonRow:
    office: Words = ()
    for said in reversed(person.statements):
        if said.value.office:
            evidence = said.value.office_evidence or said.value.evidence[0]
            office = (_short(said.value.office), notes.cite(said.article, evidence))
            break
    else:
        newest = person.statements[-1]
        office = ("named", notes.cite(newest.article, newest.value.evidence[0]))
    country: Words = (site.party(person.country),) if person.country else ()
    return PersonRow(person=site.person(person), country=country, office=office)


def _item_row(site: _Site, notes: _Notes, agreement: Agreement, item: Sourced[Item]) -> ItemRow:
    chain = _fact_of(agreement, item.article, item.fact).attribution
    return ItemRow(
        quantity=prose.quantity(item.value),
        name=_short(prose.item_name(item.value)),
        category=_category(item.value.category),
        note=notes.cite(item.article, item.value.evidence, chain),
        agreement=site.agreement(agreement),
        mark=_mark(agreement.status),
    )


def _category(code: str | None) -> str:
    if code is None:
        return ""
    return prose.capital(categories()[code].name) if code in categories() else code


def _equipment(site: _Site, notes: _Notes, agreements: Iterable[Agreement]) -> tuple[ItemRow, ...]:
    return tuple(_item_row(site, notes, one, item) for one in agreements for item in one.items)


def _quote_rows(site: _Site, notes: _Notes, quotations: Iterable[Quotation]) -> tuple[QuoteRow, ...]:
    """Statements, newest first; another wording in the same article stands with the first one."""
    chosen = list(quotations)
    others: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in chosen:
        if one.fact.same_as:
            others[one.article, one.fact.same_as].append(one.fact.evidence.exact)
    firsts = [one for one in chosen if not one.fact.same_as]
    return tuple(
        _quote_row(site, notes, one, tuple(others[one.article, one.fact.id]))
        for one in list(reversed(firsts))[:_QUOTATIONS]
    )


def _quote_row(site: _Site, notes: _Notes, one: Quotation, others: tuple[str, ...]) -> QuoteRow:
    person = site.persons.get(one.person) if one.person else None
    speaker: Piece = site.person(person) if person else _short(one.fact.speaker or "Speaker not stated")
    words: Words = (speaker,)
    if one.fact.speaker_evidence:
        words = (speaker, notes.cite(one.article, one.fact.speaker_evidence))
    return QuoteRow(
        text=one.fact.evidence.exact,
        speaker=words,
        channel=prose.CHANNELS[one.fact.channel] if one.fact.channel else "",
        note=notes.cite(one.article, one.fact.evidence, one.fact.attribution),
        others=others,
    )


# -- bottom lines -------------------------------------------------------------------------------------


def _bottom_line(site: _Site, notes: _Notes, agreements: Sequence[Agreement], lead: str) -> Iterator[Words]:
    """Counts, the newest, the next due: computed, never judged. `lead` ends before "is concluded"."""
    concluded = [one for one in agreements if one.status.is_concluded]
    expected = [one for one in agreements if _is_expected(one)]
    if concluded:
        yield (f"{prose.capital(prose.total(one.count for one in concluded))} {lead} reported as concluded.",)
        newest = _newest_first(concluded)[0]
        yield ("Newest: ", *_one_line(site, notes, newest))
    elif agreements:
        yield (f"No agreement {lead} reported as concluded.".replace(" are ", " is ", 1),)
    if expected:
        yield (f"Expected, and not counted above: {prose.total(one.count for one in expected)}.",)
        yield ("Next: ", *_one_line(site, notes, _next_due(expected, site.today)))


def _next_due(expected: Sequence[Agreement], today: date) -> Agreement:
    """The next one that is not overdue; else the one that was due last."""
    ahead = [one for one in _by_due(expected) if not _is_overdue(one, today)]
    return ahead[0] if ahead else _by_due(expected)[-1]


def _one_line(site: _Site, notes: _Notes, agreement: Agreement) -> Words:
    """An agreement with its status and date: "Contract to …, signed on 6 December 2021."."""
    article, fact = _deciding(agreement)
    realis = fact.realis
    concluded = agreement.concluded[0].value if agreement.concluded else None
    due = agreement.due[0].value if agreement.due else None
    plural = prose.is_many(agreement.count)
    when = prose.moment(agreement.status, concluded, due)
    late = " The date has passed and no outcome has been read." if _is_overdue(agreement, site.today) else ""
    said = f" {prose.verb(agreement.status, realis, is_plural=plural)}{f' {when}' if when else ''}"
    return (site.agreement(agreement), f"{said}.", notes.cite(article, fact.status_evidence, fact.attribution), late)


def _unknown(site: _Site, agreements: Sequence[Agreement]) -> Iterator[Words]:
    """What no article says of the agreements, by kind."""
    concluded = [one for one in agreements if one.status.is_concluded]
    kinds = (
        ("No value is reported for ", [one for one in concluded if not one.values]),
        ("No date of conclusion is reported for ", [one for one in concluded if not one.concluded]),
        ("No term is reported for ", [one for one in concluded if not one.terms]),
        ("The size of the bundle is not stated for ", [one for one in agreements if one.count == 0]),
        (
            "The date has passed and no outcome has been read for ",
            [one for one in agreements if _is_overdue(one, site.today)],
        ),
    )
    for lead, lacking in kinds:
        if lacking:
            shown = [site.agreement(one) for one in lacking[:5]]
            more = [f"{len(lacking) - 5:,} more"] if len(lacking) > 5 else []
            yield (lead, *_listed([*shown, *more]), ".")


# -- start and indexes --------------------------------------------------------------------------------


def _card(site: _Site, code: str) -> Card:
    agreements = site.by_party.get(code, [])
    concluded = [one for one in agreements if one.status.is_concluded]
    expected = [one for one in agreements if _is_expected(one)]
    parts = []
    if concluded:
        parts.append(f"{prose.total(one.count for one in concluded)} concluded")
    if expected:
        parts.append(f"{prose.total(one.count for one in expected)} expected")
    if not agreements:
        parts.append(prose.counted(len(site.tensions_of[code]), "tension", "tensions"))
    return Card(
        link=Link(text=_name(code), page=site.party_paths[code]),
        code=code,
        line=prose.capital("; ".join(parts)) or "Named in an agreement that is not concluded",
    )


def _pair_card(site: _Site, pair: tuple[str, str]) -> Card:
    agreements = site.by_pair[pair]
    concluded = [one for one in agreements if one.status.is_concluded]
    expected = [one for one in agreements if _is_expected(one)]
    parts = []
    if concluded:
        parts.append(f"{prose.total(one.count for one in concluded)} concluded")
    if expected:
        parts.append(f"{prose.total(one.count for one in expected)} expected")
    return Card(
        link=Link(text=_pair_name(pair), page=site.pair_paths[pair]),
        code=f"{pair[0]}–{pair[1]}",
        line=prose.capital("; ".join(parts)) or "Nothing concluded or expected",
    )


def _pair_name(pair: tuple[str, str]) -> str:
    return f"{_name(pair[0])}–{_name(pair[1])}"


def _start_page(site: _Site) -> StartPage:
    notes, book = _Notes(site), site.book
    bottom = tuple(_bottom_line(site, notes, book.agreements, "between countries and organisations are"))
    newest = [one for one in _newest_first(book.agreements) if not _is_expected(one)]
    expected = _by_due(one for one in book.agreements if _is_expected(one))
    rests = _rests(site, notes, book.articles)
    return StartPage(
        path="index.md",
        title="Pactbook",
        description="Agreements between countries, read from news articles, each value with the sentence that says it.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        bottom_line=bottom,
        newest=tuple(_row(site, notes, one) for one in newest[:_NEWEST]),
        expected=tuple(_row(site, notes, one) for one in expected[:_NEWEST]),
        parties=tuple(_card(site, code) for code in _busiest(site)),
        pairs=tuple(_pair_card(site, pair) for pair in _busiest_pairs(site)),
    )


def _busiest(site: _Site) -> list[str]:
    return sorted(site.party_paths, key=lambda code: (-len(site.by_party.get(code, [])), _name(code)))[:24]


def _busiest_pairs(site: _Site) -> list[tuple[str, str]]:
    return sorted(site.pair_paths, key=lambda pair: (-len(site.by_pair[pair]), _pair_name(pair)))[:12]


def _party_index_page(site: _Site) -> IndexPage:
    states = tuple(_card(site, code) for code in site.party_paths if _folder(code) == "countries")
    others = tuple(_card(site, code) for code in site.party_paths if _folder(code) != "countries")
    groups = [("Countries", states), ("Organisations", others)]
    return IndexPage(
        path="countries/index.md",
        title="Countries",
        description="Countries and organisations that are a party to an agreement or contest one.",
        as_of=site.as_of,
        lead="Every country and organisation that is a party to an agreement, or contests one.",
        groups=tuple((title, cards) for title, cards in groups if cards),
    )


def _pair_index_page(site: _Site) -> IndexPage:
    cards = tuple(_pair_card(site, pair) for pair in site.pair_paths)
    return IndexPage(
        path="pairs/index.md",
        title="Pairs of countries",
        description="Two-sided ledgers: what two countries have concluded, and what is expected.",
        as_of=site.as_of,
        lead="The two-sided ledger of every two countries or organisations with an agreement of at most four parties.",
        groups=(("Pairs", cards),),
    )


def _agreement_index_page(site: _Site) -> AgreementIndexPage:
    notes, agreements = _Notes(site), site.book.agreements
    bottom = tuple(_bottom_line(site, notes, agreements, "between countries and organisations are"))
    ledgers = [*_ledgers(site, notes, agreements)]
    expected = tuple(_row(site, notes, one) for one in _by_due(agreements) if _is_expected(one))
    if expected:
        ledgers.append(Ledger(title="Expected", rows=expected))
    rests = _rests(site, notes)
    return AgreementIndexPage(
        path="agreements/index.md",
        title="Agreements",
        description="All agreements: concluded, agreed, undone, and expected.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        bottom_line=bottom,
        ledgers=tuple(ledgers),
    )


# -- countries and pairs ------------------------------------------------------------------------------


def _party_page(site: _Site, code: str) -> PartyPage:
    name = _name(code)
    kind = "Country" if _folder(code) == "countries" else "Organisation"
    persons = [one for one in site.book.persons if one.country == code]
    return _two_sided(
        site,
        path=site.party_paths[code],
        title=name,
        kicker=f"{kind} · {code}",
        codes=(code,),
        agreements=site.by_party.get(code, []),
        tensions=site.tensions_of.get(code, []),
        persons=persons,
    )


def _pair_page(site: _Site, pair: tuple[str, str]) -> PartyPage:
    agreements = site.by_pair[pair]
    articles = {statement.article for one in agreements for statement in one.statements}
    return _two_sided(
        site,
        path=site.pair_paths[pair],
        title=_pair_name(pair),
        kicker=f"Pair of countries · {pair[0]}–{pair[1]}",
        codes=pair,
        agreements=agreements,
        tensions=[one for one in site.book.tensions if one.article in articles and _concerns(one.value, pair)],
        persons=[
            one
            for one in site.book.persons
            if one.country in pair and any(said.article in articles for said in one.statements)
        ],
    )


def _concerns(tension: TensionFact, codes: Sequence[str]) -> bool:
    return tension.actor in codes or tension.target in codes


def _two_sided(
    site: _Site,
    *,
    path: str,
    title: str,
    kicker: str,
    codes: tuple[str, ...],
    agreements: Sequence[Agreement],
    tensions: Sequence[Sourced[TensionFact]],
    persons: Sequence[Person],
) -> PartyPage:
    """The page of one country, or of two."""
    notes = _Notes(site)
    bottom = tuple(_party_bottom_line(site, notes, codes, agreements, tensions))
    changes = _changes(site, notes, agreements)
    ledgers = tuple(_ledgers(site, notes, agreements, without=codes))
    expected = [_row(site, notes, one, without=codes) for one in _by_due(agreements) if _is_expected(one)]
    tension_entries = _newest_entries(_tension_entries(site, notes, tensions))
    people = tuple(_person_row(site, notes, one) for one in persons)
    equipment = _equipment(site, notes, _newest_first(agreements))
    timeline = _timeline(site, notes, agreements, codes, every=len(codes) > 1)
    speakers = {one.id for one in persons}
    quotations = _quote_rows(site, notes, (one for one in site.book.quotations if one.person in speakers))
    rests = _rests(site, notes)
    return PartyPage(
        path=path,
        title=title,
        description=f"Agreements of {title}: concluded, expected, contested. As of {site.as_of}.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        notes=rests.notes,
        kicker=kicker,
        code="–".join(codes),
        partner_head="Partners" if len(codes) == 1 else "Others",
        crumbs=(Link(text="Countries", page="countries/index.md"),)
        if len(codes) == 1
        else (Link(text="Pairs", page="pairs/index.md"),),
        bottom_line=bottom,
        changes=changes,
        ledgers=ledgers,
        expected=tuple(expected),
        tensions=tension_entries,
        people=people,
        equipment=equipment,
        timeline=timeline,
        chart=_timeline_chart(timeline, site.today),
        quotations=quotations,
        unknown=tuple(_unknown(site, agreements)),
        pairs=tuple(_pair_card(site, pair) for pair in site.pair_paths if len(codes) == 1 and codes[0] in pair),
        sources=rests.sources,
    )


def _party_bottom_line(
    site: _Site,
    notes: _Notes,
    codes: tuple[str, ...],
    agreements: Sequence[Agreement],
    tensions: Sequence[Sourced[TensionFact]],
) -> Iterator[Words]:
    names = [party_name(code, with_article=True) for code in codes]
    if agreements:
        lead = f"{'of' if len(codes) == 1 else 'between'} {prose.joined(names)} are"
        yield from _bottom_line(site, notes, agreements, lead)
    else:
        yield (f"{prose.capital(names[0])} is party to no agreement in these articles.",)
    for entry in _tension_entries(site, notes, tensions[:2]):
        yield ("Contested: ", *entry.words, ".")


def _changes(site: _Site, notes: _Notes, agreements: Sequence[Agreement]) -> tuple[Entry, ...]:
    """The steps of the newest report that moved one of the agreements."""
    steps = [(site.published(step.article), step.article) for one in agreements for step in one.steps]
    if len({article for _, article in steps}) < 2:
        return ()  # with one article nothing has changed yet: the ledgers say it all
    newest = max(steps)[1]
    entries = _step_entries(site, notes, agreements)
    moved = [step.article == newest for one in agreements for step in one.steps]
    return tuple(entry for entry, is_new in zip(entries, moved, strict=True) if is_new)


# -- agreements ---------------------------------------------------------------------------------------


def _agreement_page(site: _Site, agreement: Agreement) -> AgreementPage:
    notes = _Notes(site)
    summary = tuple(_summary(site, notes, agreement))
    steps = tuple(_step_row(notes, step) for step in agreement.steps)
    particulars = tuple(_particulars(site, notes, agreement))
    items = tuple(_item_row(site, notes, agreement, item) for item in agreement.items)
    values = _value_rows(notes, agreement)
    said = tuple(_said_row(site, notes, agreement, index) for index in range(len(agreement.statements)))
    articles = {statement.article for statement in agreement.statements}
    tensions = [
        one for one in site.book.tensions if one.article in articles and _concerns(one.value, agreement.parties)
    ]
    quotations = _quote_rows(site, notes, _quotations_on(site, agreement))
    entries = tuple(_tension_entries(site, notes, tensions))
    rests = _rests(site, notes, articles)
    return AgreementPage(
        path=site.agreement_paths[agreement.id],
        title=_short(prose.capital(agreement.title)),
        description=f"{prose.capital(_subject_words(agreement))}: {status_label(agreement.status)}.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        notes=rests.notes,
        crumbs=(Link(text="Agreements", page="agreements/index.md"),),
        kicker=prose.capital(instrument_label(agreement.instrument)),
        mark=_mark(agreement.status),
        summary=summary,
        steps=steps,
        steps_chart=charts.steps(
            [
                charts.Point(date=one.date, label=status_label(one.status), is_open=_is_open(one.status))
                for one in agreement.steps
                if one.date
            ]
        ),
        particulars=particulars,
        items=items,
        values=values,
        values_line=_values_line(agreement),
        values_chart=_values_chart(site, agreement),
        said=said,
        quotations=quotations,
        tensions=entries,
        unknown=tuple(_unknown(site, [agreement])),
        sources=rests.sources,
    )


def _is_open(status: Status) -> bool:
    return status.group is StatusGroup.FUTURE


def _subject_words(agreement: Agreement) -> str:
    names = [party_name(code, with_article=True) for code in agreement.parties]
    return prose.subject(agreement.instrument, agreement.count, [*names, *map(_short, agreement.other_parties)])


def _summary(site: _Site, notes: _Notes, agreement: Agreement) -> Iterator[Words]:
    """One line, then what is reserved, then value, items and term in the tense of the status."""
    article, fact = _deciding(agreement)
    status, realis, plural = agreement.status, fact.realis, prose.is_many(agreement.count)
    concluded = agreement.concluded[0].value if agreement.concluded else None
    due = agreement.due[0].value if agreement.due else None
    when = prose.moment(status, concluded, due)
    where = f" in {_short(agreement.places[0].value.name)}" if agreement.places and status is Status.SIGNED else ""
    by = prose.attribution(fact.attribution)
    told = (
        f"{prose.verb(status, realis, is_plural=plural)}{f' {when}' if when else ''}{where}{f', {by}' if by else ''}."
    )
    yield (
        f"{prose.capital(_subject_words(agreement))} {told}",
        notes.cite(article, fact.status_evidence, fact.attribution),
    )
    hedge = prose.reservation(realis)
    if hedge:
        yield (hedge,)
    if _is_overdue(agreement, site.today):
        yield ("The date has passed and no outcome has been read.",)
    for money in agreement.values[:1]:
        lead = prose.value_lead(status, realis, is_plural=plural)
        yield (f"{lead} {prose.money(money.value)}", notes.cite(money.article, money.value.evidence), ".")
    if agreement.items:
        lead = prose.items_lead(status, realis, is_plural=plural)
        cited: list[Words] = [
            (_short(prose.item(one.value)), notes.cite(one.article, one.value.evidence)) for one in agreement.items[:4]
        ]
        yield (f"{lead} ", *_listed_words(cited), ".")
    for term in agreement.terms[:1]:
        lead = prose.term_lead(status, realis, is_plural=plural)
        yield (f"{lead} {prose.term(term.value)}", notes.cite(term.article, term.value.evidence), ".")


def _step_row(notes: _Notes, step: Step) -> StepRow:
    return StepRow(
        mark=_mark(step.status),
        when=_step_when(step),
        note=notes.cite(step.article, step.evidence, step.attribution),
        reservation=prose.reservation(step.realis),
    )


def _step_when(step: Step) -> str:
    reported = "reported " if step.basis is DateBasis.REPORT and step.date else ""
    return f"{reported}{_when(step.date)}"


def _particulars(site: _Site, notes: _Notes, agreement: Agreement) -> Iterator[Field]:
    """What is recorded, in the order of the UN Treaty Collection: identity, parties, conclusion, subject."""
    yield Field(label="Instrument", values=((prose.capital(instrument_label(agreement.instrument)),),))
    if agreement.count is not None:
        yield Field(label="Number", values=((prose.capital(_count_words(agreement.count)),),))
    given = (
        ("Parties", tuple(_party_values(site, notes, agreement))),
        ("Place", tuple(_place_values(site, notes, agreement))),
        ("Concluded", tuple(_cite_dates(notes, agreement, agreement.concluded))),
        ("Due", tuple(_cite_dates(notes, agreement, agreement.due))),
        ("In force", tuple(_cite_dates(notes, agreement, agreement.in_force))),
        (
            "Term",
            tuple((prose.term(one.value), notes.cite(one.article, one.value.evidence)) for one in agreement.terms),
        ),
    )
    for name, values in given:
        if values:
            yield Field(label=name, values=tuple(dict.fromkeys(values)))
    if agreement.areas:
        areas = prose.capital(", ".join(area_label(area) for area in agreement.areas))
        yield Field(label="Areas", values=((areas,),))


def _party_values(site: _Site, notes: _Notes, agreement: Agreement) -> Iterator[Words]:
    """Each party once, with the role and the passage of the newest statement that names it."""
    newest: dict[str, Words] = {}
    for statement in agreement.statements:
        for party in statement.fact.parties:
            role = "" if party.role is Role.PARTY else f" ({label(party.role)})"
            shown = site.party(party.code) if party.code else _short(party.name)
            note = notes.cite(statement.article, party.evidence, statement.fact.attribution)
            newest[party.code or party.name] = (shown, role, note) if role else (shown, note)
    yield from newest.values()


def _place_values(site: _Site, notes: _Notes, agreement: Agreement) -> Iterator[Words]:
    for place in agreement.places:
        note = notes.cite(place.article, place.value.evidence)
        name, code = _short(place.value.name), place.value.country
        yield (name, ", ", site.party(code), note) if code and _name(code) != name else (name, note)


def _value_rows(notes: _Notes, agreement: Agreement) -> tuple[ValueRow, ...]:
    return tuple(
        ValueRow(
            text=prose.money(one.value),
            kind=prose.money_kind(one.value),
            note=notes.cite(one.article, one.value.evidence, _fact_of(agreement, one.article, one.fact).attribution),
            is_headline=index == 0,
        )
        for index, one in enumerate(agreement.values)
    )


def _values_line(agreement: Agreement) -> str:
    """The ladder in one line: "Reported USD 400 million – 500 million (3 reports)."; empty for fewer than two sums."""
    first = agreement.values[0].value if agreement.values else None
    same = [one.value for one in agreement.values if first and one.value.currency == first.currency]
    amounts = sorted({one.amount for one in same} | {one.high for one in same if one.high is not None})
    if first is None or len(amounts) < 2:
        return ""
    low, high = prose.large_number(amounts[0]), prose.large_number(amounts[-1])
    return f"Reported {first.currency}{prose.NBSP}{low} – {high} ({prose.counted(len(same), 'report', 'reports')})."


def _values_chart(site: _Site, agreement: Agreement) -> str:
    first = agreement.values[0].value if agreement.values else None
    rungs = [
        charts.Rung(
            label=", ".join(part for part in (_outlet(site, one.article), _when(site.published(one.article))) if part),
            text=prose.money(one.value),
            low=one.value.amount,
            high=one.value.high if one.value.high is not None else one.value.amount,
        )
        for one in agreement.values
        if first is not None and one.value.currency == first.currency
    ]
    return charts.ladder(rungs, unit=first.currency if first else "")


def _outlet(site: _Site, article: ArticleId) -> str:
    return site.book.articles[article].outlet or ""


def _said_row(site: _Site, notes: _Notes, agreement: Agreement, index: int) -> SaidRow:
    statement = agreement.statements[index]
    fact, article = statement.fact, statement.article
    passages = list(dict.fromkeys((fact.status_evidence, *fact.evidence)))
    return SaidRow(
        source=site.source(article),
        outlet=_outlet(site, article) or "Outlet not stated",
        when=_when(site.published(article)),
        mark=_mark(fact.status),
        sentences=tuple(notes.cite(article, one, fact.attribution) for one in passages),
        attribution=prose.capital(prose.attribution(fact.attribution)),
        reservation=prose.reservation(fact.realis),
    )


def _quotations_on(site: _Site, agreement: Agreement) -> Iterator[Quotation]:
    """Quotations that overlap a passage on which the agreement rests."""
    passages = {
        (statement.article, one.start, one.end)
        for statement in agreement.statements
        for one in (statement.fact.status_evidence, *statement.fact.evidence)
    }
    for quotation in site.quotations_of_articles({article for article, _, _ in passages}):
        start, end = quotation.fact.evidence.start, quotation.fact.evidence.end
        if any(article == quotation.article and start < last and first < end for article, first, last in passages):
            yield quotation


def _redirect_pages(site: _Site) -> Iterator[RedirectPage]:
    """A page at each old address of an agreement, unless another page has that address now."""
    taken = set(site.agreement_paths.values()) | {"agreements/index.md"}
    by_id = {one.id: one for one in site.book.agreements}
    for old, target in site.book.redirects.items():
        path = f"agreements/{slug(old)}.md"
        agreement = by_id.get(AgreementId(target))
        if agreement is None or path in taken or not slug(old) or slug(old) in _RESERVED:
            continue
        taken.add(path)
        link = site.agreement(agreement)
        yield RedirectPage(path=path, title="Moved", description="This page has moved.", as_of=site.as_of, target=link)


# -- persons ------------------------------------------------------------------------------------------


def _people_index_page(site: _Site) -> PeopleIndexPage:
    notes = _Notes(site)
    groups: dict[str, list[PersonRow]] = defaultdict(list)
    for person in site.book.persons:
        groups[_name(person.country) if person.country else "~"].append(_person_row(site, notes, person))
    rests = _rests(site, notes)
    return PeopleIndexPage(
        path="people/index.md",
        title="People",
        description="Office-holders and officials whom the articles name in public acts.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        groups=tuple(
            ("Country not stated" if name == "~" else name, tuple(rows)) for name, rows in sorted(groups.items())
        ),
    )


def _person_page(site: _Site, person: Person) -> PersonPage:
    notes = _Notes(site)
    articles = {said.article for said in person.statements}
    bottom = tuple(_person_bottom_line(site, notes, person))
    offices = tuple(_office_entries(site, notes, person))
    quotations = _quote_rows(
        site, notes, (one for one in site.quotations_of_articles(articles) if one.person == person.id)
    )
    agreements = _newest_first(
        {one.id: one for article in articles for one in site.by_article.get(article, [])}.values()
    )
    rows = tuple(_row(site, notes, one) for one in agreements if person.country in one.parties)
    rests = _rests(site, notes, articles)
    return PersonPage(
        path=site.person_paths[person.id],
        title=_short(person.name),
        description=f"{_short(person.name)}: offices, statements, and agreements reported in the same articles.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        notes=rests.notes,
        crumbs=(Link(text="People", page="people/index.md"),),
        bottom_line=bottom,
        variants=tuple(_short(name) for name in person.variants if name != person.name)[:20],
        offices=offices,
        quotations=quotations,
        agreements=rows[:50],
        sources=rests.sources,
    )


def _person_bottom_line(site: _Site, notes: _Notes, person: Person) -> Iterator[Words]:
    row = _person_row(site, notes, person)
    country: Words = (" of ", *row.country) if row.country else ()
    is_office = any(said.value.office for said in person.statements)
    office: Words = row.office if is_office else ("Named without an office", *row.office[1:])
    count = prose.counted(len({said.article for said in person.statements}), "article", "articles")
    yield (*office, *country, f". Appears in {count}.")


def _office_entries(site: _Site, notes: _Notes, person: Person) -> Iterator[Entry]:
    for said in person.statements:
        published = site.published(said.article)
        evidence = said.value.office_evidence or said.value.evidence[0]
        country: Words = (", ", site.party(said.value.country)) if said.value.country else ()
        office = _short(said.value.office or "no office given")
        name = f" (as {_short(said.value.name)})" if said.value.name != person.name else ""
        yield Entry(
            date=published,
            when=_when(published),
            words=(office, *country, name, notes.cite(said.article, evidence)),
            kind="office",
        )


# -- sources ------------------------------------------------------------------------------------------


def _source_index_page(site: _Site) -> SourceIndexPage:
    newest = sorted(site.book.articles, key=lambda one: (site.published(one), one), reverse=True)
    return SourceIndexPage(
        path="sources/index.md",
        title="Sources",
        description="Every article that was read, with its text and what rests on it.",
        as_of=site.as_of,
        articles=len(newest),
        unchecked=sum(not site.is_checked(one) for one in newest),
        rows=tuple(_source_row(site, one) for one in newest),
    )


@dataclass(frozen=True, slots=True)
class _Use:
    """A piece of evidence and one thing that rests on it."""

    evidence: Evidence
    words: Words
    is_name: bool = False  # only a name: a country or a person was mentioned


def _source_page(site: _Site, article: Article) -> SourcePage:
    facts = site.book.facts[article.id]
    uses = list(_uses(site, article.id))
    numbers, passages = _passages(uses)
    sentences = site.sentences(article)
    read = _read_sentences(sentences, [one.evidence for one in uses if not one.is_name])
    review = facts.review
    reviewed = f"{review.by}, {prose.long_date(review.on)}" if review.by and review.on else ""
    return SourcePage(
        path=site.source_paths[article.id],
        title=_title_of(article),
        description="The text of this article as it was read, with every piece of evidence marked.",
        as_of=site.as_of,
        articles=1,
        unchecked=0 if site.is_checked(article.id) else 1,
        crumbs=(Link(text="Sources", page="sources/index.md"),),
        particulars=tuple(_source_particulars(article, facts.reader)),
        address=outgoing(article.url),
        tokens=tuple(_tokens(article, sentences, uses, numbers, read)),
        passages=passages,
        names=tuple(_names(site, article.id)),
        sentences=sum(not one.is_noise for one in sentences),
        read=len(read),
        is_checked=site.is_checked(article.id),
        reviewed=reviewed if site.is_checked(article.id) else "",
    )


def _source_particulars(article: Article, reader: str) -> Iterator[Field]:
    given = (
        ("Outlet", article.outlet or "not stated"),
        ("Published", prose.long_date(article.published) if article.published else "no date given"),
        ("Article", article.id),
        ("Checksum", f"SHA-256 {article.sha256}"),
        ("Read by", reader),
    )
    for name, text in given:
        yield Field(label=name, values=((_short(text),),))


def _uses(site: _Site, article: ArticleId) -> Iterator[_Use]:
    """Every piece of evidence of an article with what rests on it."""
    facts = site.book.facts[article]
    for fact in facts.agreements:
        agreement = site.by_fact.get((article, fact.id))
        yield from _agreement_uses(site.agreement(agreement) if agreement else _short(fact.title), fact)
    for quotation in facts.quotations:
        person = site.person_of.get((article, quotation.person or ""))
        speaker: Piece = site.person(person) if person else _short(quotation.speaker or "speaker not stated")
        yield _Use(quotation.evidence, ("Quotation: ", speaker))
        if quotation.speaker_evidence:
            yield _Use(quotation.speaker_evidence, ("Speaker of a quotation: ", speaker))
        for source in quotation.attribution:
            yield _Use(source.evidence, ("Passes on a quotation: ", _short(source.name)))
    for tension in facts.tensions:
        names = [code and party_name(code, with_article=True) for code in (tension.actor, tension.target)]
        link = Link(text=prose.tension(tension.kind, names[0], names[1]), page="tensions.md")
        yield _Use(tension.evidence, (link,))
    for event in facts.events:
        yield _Use(event.evidence, (prose.event(event.kind, _short(event.title), event.realis),))
        for place in [event.place] if event.place else []:
            yield _Use(place.evidence, (f"Place of: {_short(event.title)}",))
        if event.date and event.date.evidence:
            yield _Use(event.date.evidence, (f"Date of: {_short(event.title)}",))
    yield from _name_uses(site, article)


def _agreement_uses(target: Piece, fact: AgreementFact) -> Iterator[_Use]:
    """What of an agreement rests on which passage."""
    status = status_label(fact.status)
    yield _Use(fact.status_evidence, (f"Status “{status}”: ", target))
    for evidence in fact.evidence:
        if evidence != fact.status_evidence:
            yield _Use(evidence, ("Statement on: ", target))
    for party in fact.parties:
        yield _Use(party.evidence, (f"Party {_name(party.code) if party.code else _short(party.name)}: ", target))
    for money in fact.values:
        yield _Use(money.evidence, (f"{prose.capital(prose.money_kind(money))} {prose.money(money)}: ", target))
    for item in fact.items:
        yield _Use(item.evidence, (f"Item {_short(prose.item(item))}: ", target))
    dates = (("Date of conclusion", fact.concluded), ("Due date", fact.due), ("Entry into force", fact.in_force))
    for name, said in dates:
        if said and said.evidence:
            yield _Use(said.evidence, (f"{name} {prose.long_date(said.date)}: ", target))
    if fact.term:
        yield _Use(fact.term.evidence, (f"Term {prose.term(fact.term)}: ", target))
    if fact.place:
        yield _Use(fact.place.evidence, (f"Place {_short(fact.place.name)}: ", target))
    for source in fact.attribution:
        yield _Use(source.evidence, (f"Said by {_short(source.name)}: ", target))


def _name_uses(site: _Site, article: ArticleId) -> Iterator[_Use]:
    facts = site.book.facts[article]
    for person in facts.people:
        known = site.person_of.get((article, person.id))
        shown: Piece = site.person(known) if known else _short(person.name)
        for evidence in person.evidence:
            yield _Use(evidence, ("Names ", shown), is_name=True)
        if person.office_evidence:
            yield _Use(person.office_evidence, (f"Office “{_short(person.office or '')}”: ", shown))
    for country in facts.countries:
        for evidence in country.evidence:
            yield _Use(evidence, ("Names ", site.party(country.country)), is_name=True)


def _names(site: _Site, article: ArticleId) -> Iterator[Words]:
    facts = site.book.facts[article]
    for country in facts.countries:
        yield (site.party(country.country),)
    for person in facts.people:
        known = site.person_of.get((article, person.id))
        yield (site.person(known) if known else _short(person.name),)


def _passages(uses: Sequence[_Use]) -> tuple[dict[tuple[int, int], int], tuple[Passage, ...]]:
    """Passages that carry more than a name, numbered in the order of the text, each with what rests on it."""
    resting: dict[tuple[int, int], dict[Words, None]] = defaultdict(dict)
    texts = {}
    for use in uses:
        place = (use.evidence.start, use.evidence.end)
        if not use.is_name:
            resting[place].setdefault(use.words)
            texts[place] = use.evidence
    numbers = {place: number for number, place in enumerate(sorted(resting, key=lambda one: (one[0], -one[1])), 1)}
    return numbers, tuple(
        Passage(
            number=number,
            anchor=anchor(texts[place]),
            text=_short(texts[place].exact, _QUOTE_LENGTH),
            uses=tuple(resting[place]),
        )
        for place, number in numbers.items()
    )


def _read_sentences(sentences: Sequence[Sentence], pieces: Iterable[Evidence]) -> set[int]:
    """Indexes of the sentences, noise apart, that some evidence overlaps."""
    starts = [one.start for one in sentences]
    read = set()
    for piece in pieces:
        place = max(bisect_right(starts, piece.start) - 1, 0)
        while place < len(sentences) and sentences[place].start < piece.end:
            if sentences[place].end > piece.start and not sentences[place].is_noise:
                read.add(place)
            place += 1
    return read


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of text to be marked."""

    start: int
    end: int
    kind: str
    anchor: str = ""
    number: int = 0


def _tokens(
    article: Article,
    sentences: Sequence[Sentence],
    uses: Sequence[_Use],
    numbers: Mapping[tuple[int, int], int],
    read: set[int],
) -> Iterator[Token]:
    """The text of an article with every stretch opened and closed, properly nested."""
    stretches = {
        (use.evidence.start, use.evidence.end): _Stretch(
            use.evidence.start,
            use.evidence.end,
            "fact" if (use.evidence.start, use.evidence.end) in numbers else "name",
            anchor(use.evidence),
            numbers.get((use.evidence.start, use.evidence.end), 0),
        )
        for use in uses
    }
    unread = [
        _Stretch(one.start, one.end, "noise" if one.is_noise else "unread")
        for place, one in enumerate(sentences)
        if place not in read and not one.is_title
    ]
    title = [_Stretch(0, len(article.title), "title")] if article.title else []
    return _nested(article.text, [*title, *unread, *stretches.values()])


def _nested(text: str, stretches: Iterable[_Stretch]) -> Iterator[Token]:
    """Cut crossing stretches so that they nest: a stretch that reaches beyond its container goes on after it.

    The first piece carries the id, the last one the number.
    """
    waiting = sorted(stretches, key=lambda one: (one.start, -one.end), reverse=True)
    opened: list[_Stretch] = []
    place = 0
    while waiting or opened:
        if opened and (not waiting or opened[-1].end <= waiting[-1].start):
            top = opened.pop()
            yield text[place : top.end]
            yield Close(number=top.number)
            place = top.end
            continue
        one = waiting.pop()
        yield text[place : one.start]
        place = one.start
        if opened and one.end > opened[-1].end:
            rest = _Stretch(opened[-1].end, one.end, one.kind, number=one.number)
            _insert(waiting, rest)
            one = _Stretch(one.start, opened[-1].end, one.kind, one.anchor, 0)
        opened.append(one)
        yield Open(kind=one.kind, anchor=one.anchor, number=one.number)
    yield text[place:]


def _insert(waiting: list[_Stretch], one: _Stretch) -> None:
    """Put a stretch into a list that is sorted from the last to the first."""
    place = bisect_right(waiting, (-one.start, one.end), key=lambda other: (-other.start, other.end))
    waiting.insert(place, one)


# -- what spans the book ------------------------------------------------------------------------------


def _expected_page(site: _Site) -> ExpectedPage:
    notes = _Notes(site)
    expected = [one for one in site.book.agreements if _is_expected(one)]
    ahead = [one for one in _by_due(expected) if one.due and not _is_overdue(one, site.today)]
    overdue = [one for one in _by_due(expected) if _is_overdue(one, site.today)]
    undated = [one for one in _by_due(expected) if not one.due]
    groups = (("Due", ahead), ("Date passed, no outcome read", overdue), ("No date said", undated))
    ledgers = tuple(
        Ledger(title=title, rows=tuple(_row(site, notes, one) for one in chosen)) for title, chosen in groups if chosen
    )
    bottom: Words = ("Nothing is expected in these articles.",)
    if expected:
        late = f"; the date has passed for {prose.number(len(overdue))}" if overdue else ""
        bottom = (
            f"{prose.capital(prose.total(one.count for one in expected))} expected, none of them counted as concluded{late}.",
        )
    rests = _rests(site, notes)
    return ExpectedPage(
        path="expected.md",
        title="Expected",
        description="Agreements that are proposed, negotiated, expected or approved, and not concluded.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        bottom_line=(bottom,),
        ledgers=ledgers,
    )


def _timeline_page(site: _Site) -> TimelinePage:
    notes = _Notes(site)
    entries = _timeline(site, notes, site.book.agreements, None, every=False)
    years: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        years[entry.date[:4]].append(entry)
    rests = _rests(site, notes)
    return TimelinePage(
        path="timeline.md",
        title="Timeline",
        description="Everything in the articles that has a date: steps, meetings, due dates, ends of terms.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        chart=_timeline_chart(entries, site.today) if len(entries) <= 60 else "",
        years=tuple((year, tuple(years[year])) for year in sorted(years, reverse=True)),
    )


def _tensions_page(site: _Site) -> TensionsPage:
    notes = _Notes(site)
    entries = _newest_entries(_tension_entries(site, notes, site.book.tensions))
    rests = _rests(site, notes)
    return TensionsPage(
        path="tensions.md",
        title="Tensions",
        description="Sanctions, threats of sanctions, protests and disputes that the articles report.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        entries=entries,
    )


_GLOSSARY: tuple[tuple[str, str, type[StrEnum]], ...] = (
    ("Status", "Where an agreement stands. Only “signed” and later are counted as agreements.", Status),
    ("Instrument", "The form an agreement takes, by the most exact word an article uses.", Instrument),
    ("Area", "What an agreement is about.", Area),
    ("Role", "What a party does in an agreement.", Role),
    ("Certainty", "How sure the innermost source is.", Certainty),
    ("Mode", "Ways of speaking of something without saying that it has happened.", Mode),
    ("Tension", "Who contests, and how.", TensionKind),
)


def _glossary_page(site: _Site) -> GlossaryPage:
    return GlossaryPage(
        path="glossary.md",
        title="Glossary",
        description="The words and codes of this site, with what each means.",
        as_of=site.as_of,
        groups=tuple(
            (title, lead, tuple(_glossary_term(member) for member in members)) for title, lead, members in _GLOSSARY
        ),
    )


def _glossary_term(member: StrEnum) -> Term:
    group = member.group.value if isinstance(member, Status) else ""
    return Term(name=prose.capital(label(member)), definition=definition(member), code=member.value, group=group)
