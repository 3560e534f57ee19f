"""How a page refers to other pages and to evidence: addresses, links, notes. Pure.

Addresses are made of codes, slugs and hashes only, never of raw text, and never collide.
"""

import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from urllib.parse import urlsplit

from generator import diff, ledger, prose, rivals
from generator.codes import countries, party_name
from generator.extract.text import Sentence, prepare
from generator.model import (
    Agreement,
    Area,
    Article,
    ArticleId,
    Book,
    Equipment,
    EventFact,
    Evidence,
    Person,
    Quotation,
    ReviewState,
    Source,
    Sourced,
    TensionFact,
)
from generator.sources import is_confirmed
from generator.spelling import SLUG_LIMIT, fold, slug
from generator.views import Link, Note, NoteGroup, Outgoing, Piece, Quoted, SourceRow, Words

RESERVED = frozenset(
    {
        *("index", "readme", "404"),  # what MkDocs gives a meaning to
        *("con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))),  # Windows
    }
)
_TITLE_LENGTH = 110
QUOTE_LENGTH = 420  # characters of a quoted sentence in a note
_SOURCES = 40  # named on one page, the newest
_PAIR_PARTIES = 4  # an agreement of more parties is multilateral and makes no pairs


# -- addresses ----------------------------------------------------------------------------------------


def paths(folder: str, wishes: Mapping[str, str]) -> dict[str, str]:
    """A path for each key: what it wishes for where that is free and allowed, else with a hash of the key.

    No two paths are equal, none is an index page or a name that a file system reserves, and the path of a key
    depends on the wishes alone, not on their order.
    """
    wanted = {key: slug(wish[:400]) for key, wish in wishes.items()}
    times: dict[str, int] = defaultdict(int)
    for name in wanted.values():
        times[name] += 1
    names = {}
    for key, name in wanted.items():
        is_free = name and name not in RESERVED and times[name] == 1
        names[key] = f"{folder}/{name if is_free else _with_hash(name, key, times)}.md"
    return names


def _with_hash(name: str, key: str, taken: Mapping[str, int]) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    short = f"{name[: SLUG_LIMIT - 9]}-{digest[:8]}".strip("-")
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


class Site:
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
        self.tensions_in: dict[str, list[Sourced[TensionFact]]] = defaultdict(list)  # by article
        self.events_of: dict[str, list[Sourced[EventFact]]] = defaultdict(list)  # by participant
        self.persons_of: dict[str, list[Person]] = defaultdict(list)  # by country
        self.spoken_by: dict[str, list[Quotation]] = defaultdict(list)  # by person
        self.person_of: dict[tuple[str, str], Person] = {}
        self.persons = {person.id: person for person in book.persons}
        self.expected = ledger.expectations(book, today)
        self.expected_of = {one.agreement.id: one for one in self.expected}
        self.announced_in = _announced_in(self.expected)
        self.outlet_records = ledger.records_of_outlets(self.expected)
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self._histories: dict[str, tuple[diff.Report, ...]] = {}  # by agreement
        self.shared_words = _shared_words(book)
        self._ladders: dict[str, tuple[rivals.Ladder, ...]] = {}  # by agreement
        self._confirmed: dict[str, bool] = {}  # by agreement
        self._quotations: dict[str, list[Quotation]] = defaultdict(list)
        self._two_sided: set[tuple[str, str]] = set()
        self._index()
        self.party_paths = self._party_paths()
        self.agreement_paths = paths("agreements", {one.id: one.slug for one in book.agreements})
        self.person_paths = paths("people", {one.id: one.slug for one in book.persons if self._has_page(one)})
        self.by_area: dict[Area, list[Agreement]] = _by_area(book.agreements)
        self.by_outlet: dict[str, list[ArticleId]] = _by_outlet(book)
        self.models = tuple(one for one in book.equipment if _is_model(one))
        self.equipment_paths = paths("equipment", {one.id: one.slug for one in self.models})
        self.model_of = {(said.article, said.value.evidence): one for one in self.models for said in one.statements}
        self.outlet_paths = paths("outlets", {name: name for name in self.by_outlet})
        self._outlet_names = {fold(name): name for name in self.by_outlet}
        self.source_paths = paths("sources", {article: article for article in book.articles})
        self.pair_paths = {
            pair: path
            for pair in sorted(self.by_pair, key=lambda pair: (party_name(pair[0]), party_name(pair[1])))
            for path in [f"pairs/{pair[0].lower()}-{pair[1].lower()}.md"]
            if pair in self._two_sided or len(self.by_pair[pair]) > 1
        }

    def _index(self) -> None:
        for agreement in self.book.agreements:
            self._index_agreement(agreement)
        for quotation in self.book.quotations:
            self._quotations[quotation.article].append(quotation)
            if quotation.person is not None:
                self.spoken_by[quotation.person].append(quotation)
        for event in self.book.events:
            for code in event.value.participants:
                self.events_of[code].append(event)
        for tension in self.book.tensions:
            self.tensions_in[tension.article].append(tension)
            for party in {tension.value.actor, tension.value.target} - {None}:
                self.tensions_of[str(party)].append(tension)
        for person in self.book.persons:
            self._index_person(person)

    def _index_agreement(self, agreement: Agreement) -> None:
        for code in agreement.parties:
            self.by_party[code].append(agreement)
        if len(agreement.parties) <= _PAIR_PARTIES:
            for first, second in combinations(sorted(agreement.parties), 2):
                self.by_pair[first, second].append(agreement)
                if len(agreement.parties) == 2:
                    self._two_sided.add((first, second))
        for article in dict.fromkeys(statement.article for statement in agreement.statements):
            self.by_article[article].append(agreement)
        for statement in agreement.statements:
            self.by_fact[statement.article, statement.fact.id] = agreement

    def _index_person(self, person: Person) -> None:
        if person.country is not None:
            self.persons_of[person.country].append(person)
        for said in person.statements:
            self.person_of[said.article, said.fact] = person

    def _has_page(self, person: Person) -> bool:
        """A page that would only repeat a name is not made: an office, words, or a second article must be known."""
        return (
            len(person.statements) > 1
            or person.id in self.spoken_by
            or any(said.value.office for said in person.statements)
        )

    def _party_paths(self) -> dict[str, str]:
        codes = sorted({*self.by_party, *self.tensions_of}, key=party_name)
        return {code: f"{folder_of(code)}/{code.lower()}.md" for code in codes}

    def sentences(self, article: Article) -> tuple[Sentence, ...]:
        """The sentences of an article, in order."""
        if article.id not in self._sentences:
            self._sentences[article.id] = prepare(article).sentences
        return self._sentences[article.id]

    def history(self, agreement: Agreement) -> tuple[diff.Report, ...]:
        """What each article changed of an agreement, the oldest first."""
        if agreement.id not in self._histories:
            self._histories[agreement.id] = diff.history(self.book, agreement)
        return self._histories[agreement.id]

    def is_checked(self, article: ArticleId) -> bool:
        """Whether a person has read the facts of an article."""
        return self.book.facts[article].review.state is ReviewState.ACCEPTED

    def ladders(self, agreement: Agreement) -> tuple[rivals.Ladder, ...]:
        """The reported figures of an agreement by what they measure."""
        if agreement.id not in self._ladders:
            self._ladders[agreement.id] = rivals.ladders(agreement, self.book)
        return self._ladders[agreement.id]

    def is_confirmed(self, agreement: Agreement) -> bool:
        """Whether an agreement belongs in the strict count: two independent sources, or a text of a party."""
        if agreement.id not in self._confirmed:
            confirmed = is_confirmed(agreement.statements, self.book.articles, self.book.facts)
            self._confirmed[agreement.id] = confirmed
        return self._confirmed[agreement.id]

    def quotations_of_articles(self, articles: Iterable[str]) -> Iterator[Quotation]:
        """The quotations of some articles, oldest first."""
        for article in sorted(articles, key=lambda one: (self.published(ArticleId(one)), one)):
            yield from self._quotations.get(article, ())

    def outlet(self, article: ArticleId) -> Link | None:
        """A link to the outlet of an article; None where it names none."""
        name = self.book.articles[article].outlet
        known = self._outlet_names.get(fold(name)) if name else None
        return Link(text=short(name), page=self.outlet_paths[known]) if name and known else None

    def party(self, code: str) -> Link | str:
        """A country or organisation, as a link where it has a page."""
        path = self.party_paths.get(code)
        return Link(text=party_name(code), page=path) if path else party_name(code)

    def agreement(self, agreement: Agreement) -> Link:
        """A link to an agreement."""
        return Link(text=short(prose.capital(agreement.title)), page=self.agreement_paths[agreement.id])

    def person(self, person: Person) -> Link | str:
        """A person, as a link where there is a page."""
        path = self.person_paths.get(person.id)
        return Link(text=short(person.name), page=path) if path else short(person.name)

    def source(self, article: ArticleId) -> Link:
        """A link to an article's source page."""
        return Link(text=title_of(self.book.articles[article]), page=self.source_paths[article])

    def published(self, article: ArticleId) -> str:
        """The date of an article; empty where it gives none."""
        return self.book.articles[article].published or ""


def _announced_in(expected: Iterable[ledger.Expected]) -> Mapping[str, list[ledger.Expected]]:
    """By article: what it announces."""
    found: dict[str, list[ledger.Expected]] = defaultdict(list)
    for one in expected:
        for article in dict.fromkeys(announcement.article for announcement in one.announcements):
            found[article].append(one)
    return found


def _shared_words(book: Book) -> Mapping[str, list[rivals.Contradiction]]:
    """By person: words that articles put into the mouths of several."""
    found: dict[str, list[rivals.Contradiction]] = defaultdict(list)
    for one in rivals.same_words(book.quotations):
        for side in one.sides:
            if side.quotation is not None and side.quotation.person is not None:
                found[side.quotation.person].append(one)
    return found


def _is_model(equipment: Equipment) -> bool:
    """Whether a name is that of a model, not of goods such as wheat: it has a category, or a figure in it."""
    return equipment.category is not None or any(letter.isdigit() for letter in equipment.name)


def _by_area(agreements: Iterable[Agreement]) -> dict[Area, list[Agreement]]:
    """Agreements by what they are about, in the order of the areas."""
    found: dict[Area, list[Agreement]] = {area: [] for area in Area}
    for agreement in agreements:
        for area in agreement.areas:
            found[area].append(agreement)
    return {area: ours for area, ours in found.items() if ours}


def _by_outlet(book: Book) -> dict[str, list[ArticleId]]:
    """Articles by their outlet in its commonest spelling, in alphabetical order; those without one are in none."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    found: dict[str, list[ArticleId]] = defaultdict(list)
    for article in book.articles.values():
        if article.outlet and fold(article.outlet):
            spellings[fold(article.outlet)][article.outlet] += 1
            found[fold(article.outlet)].append(article.id)
    names = {key: min(told, key=lambda one: (-told[one], one)) for key, told in spellings.items()}
    return {names[key]: found[key] for key in sorted(found)}


class Notes:
    """The evidence that one page cites, numbered as it is met."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._notes: dict[tuple[ArticleId, int, int], Note] = {}
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
        start, end = _sentence(self._site.sentences(source), evidence)
        before, exact, after = _around(source.text, start, end, evidence)
        return Note(
            number=number,
            page=self._site.source_paths[article],
            anchor=anchor(evidence),
            before=before,
            exact=exact,
            after=after,
            sentence=(start, end),
            place=(evidence.start, evidence.end),
            title=title_of(source),
            outlet=source.outlet or "",
            date=prose.long_date(source.published) if source.published else "",
            attribution=prose.attribution(chain) if _speaks_in(chain, start, end) else "",
            address=outgoing(source.url),
            is_checked=self._site.is_checked(article),
        )

    @property
    def all(self) -> Mapping[tuple[ArticleId, int, int], Note]:
        """All notes in the order of their numbers, by article and place."""
        return self._notes


def _speaks_in(chain: Sequence[Source], start: int, end: int) -> bool:
    """Whether a chain of attribution is told in this sentence: another sentence of the same fact is not its word."""
    return any(start <= source.evidence.start < end for source in chain)


def grouped(site: Site, notes: Mapping[tuple[ArticleId, int, int], Note]) -> tuple[NoteGroup, ...]:
    """Notes by article and sentence, in the order in which they are first cited."""
    articles: dict[ArticleId, dict[tuple[int, int], list[Note]]] = {}
    for (article, _, _), note in notes.items():
        articles.setdefault(article, {}).setdefault(note.sentence, []).append(note)
    return tuple(
        NoteGroup(
            first=next(iter(sentences.values()))[0],
            quoted=tuple(
                one for ones in sentences.values() for one in _quoted(site.book.articles[article].text, tuple(ones))
            ),
        )
        for article, sentences in articles.items()
    )


def _quoted(text: str, notes: tuple[Note, ...]) -> Iterator[Quoted]:
    """One sentence with all its evidence marked; each note by itself where the sentence is too long to be quoted."""
    start, end = notes[0].sentence
    if end - start > 2 * QUOTE_LENGTH:
        for note in notes:
            pieces = ((note.before, False), (note.exact, True), (note.after, False))
            yield Quoted(notes=(note,), pieces=pieces, attribution=note.attribution)
        return
    pieces_of: list[tuple[str, bool]] = []
    done = start
    for first, last in sorted(note.place for note in notes):
        if last > done:
            pieces_of += [(text[done:first], False)] if first > done else []
            pieces_of.append((text[max(first, done) : last], True))
            done = last
    pieces_of.append((text[done:end], False))
    said = dict.fromkeys(note.attribution for note in notes if note.attribution)
    yield Quoted(notes=notes, pieces=tuple(pieces_of), attribution="; ".join(said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """What a page rests on."""

    articles: int
    unchecked: int
    notes: tuple[NoteGroup, ...]
    sources: tuple[SourceRow, ...]  # the newest
    sources_more: Words


def rests_of(site: Site, notes: Notes, more: Iterable[ArticleId] = ()) -> Rests:
    """What a page rests on: the articles that its notes cite, and `more`."""
    articles = newest_articles(site, {*notes.articles, *more})
    shown = articles[:_SOURCES]
    return Rests(
        articles=len(articles),
        unchecked=sum(not site.is_checked(one) for one in articles),
        notes=grouped(site, notes.all),
        sources=tuple(source_row(site, one) for one in shown),
        sources_more=more_words(
            len(shown), len(articles), "articles", Link(text="All sources", page="sources/index.md"), "."
        ),
    )


def newest_articles(site: Site, articles: Iterable[ArticleId]) -> list[ArticleId]:
    return sorted(articles, key=lambda one: (site.published(one), one), reverse=True)


def more_words(shown: int, total: int, what: str, *rest: Piece, which: str = "newest") -> Words:
    """How much of a list is shown: "The newest 40 of 321 articles are shown. All sources."; empty: all of it."""
    return (f"The {which} {shown:,} of {total:,} {what} are shown. ", *rest) if shown < total else ()


def _sentence(sentences: Sequence[Sentence], evidence: Evidence) -> tuple[int, int]:
    """From the beginning of the sentence in which the evidence begins to the end of the one in which it ends."""
    first = max(bisect_right(sentences, evidence.start, key=lambda one: one.start) - 1, 0)
    last = max(bisect_right(sentences, evidence.end - 1, key=lambda one: one.start) - 1, 0)
    if not sentences:
        return evidence.start, evidence.end
    return min(sentences[first].start, evidence.start), max(sentences[last].end, evidence.end)


def _around(text: str, start: int, end: int, evidence: Evidence) -> tuple[str, str, str]:
    """The sentence, cut into what is before the evidence, the evidence, and what is after; shortened at both ends."""
    exact = short(evidence.exact, QUOTE_LENGTH)
    room = max(QUOTE_LENGTH - len(exact), 0) // 2
    before, after = text[start : evidence.start], text[evidence.end : end]
    if len(before) > room:
        before = f"…{before[len(before) - room :]}"
    if len(after) > room:
        after = f"{after[:room]}…"
    return before, exact, after


def folder_of(code: str) -> str:
    return "countries" if code in countries() else "organisations"


def short(text: str, length: int = _TITLE_LENGTH) -> str:
    """Text on one line, cut at a blank where it is too long."""
    line = " ".join(text[: length * 2].split()) if "\n" in text or len(text) > length else text
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[length // 2 :] else cut}…"


def title_of(article: Article) -> str:
    return short(article.title.strip()) or article.id


def source_row(site: Site, article: ArticleId) -> SourceRow:
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


def when(edtf: str | None) -> str:
    return prose.long_date(edtf) if edtf else "date not known"
