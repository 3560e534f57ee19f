"""The page of one article: its text with every piece of evidence marked, and what rests on each. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import prose
from generator.codes import party_name, status_label
from generator.extract.text import Sentence
from generator.grounds import withdrawn_lines
from generator.model import AgreementFact, Article, ArticleId, Evidence
from generator.references import QUOTE_LENGTH, Site, anchor, outgoing, short, title_of
from generator.views import Close, Field, Link, Open, Passage, Piece, SourcePage, Token, Words


@dataclass(frozen=True, slots=True)
class _Use:
    """A piece of evidence and one thing that rests on it."""

    evidence: Evidence
    words: Words
    is_name: bool = False  # only a name: a country or a person was mentioned


def source_page(site: Site, article: Article) -> SourcePage:
    facts = site.book.facts[article.id]
    uses = list(_uses(site, article.id))
    numbers, passages = _passages(uses)
    sentences = site.sentences(article)
    read = _read_sentences(sentences, [one.evidence for one in uses if not one.is_name])
    review = facts.review
    reviewed = f"{review.by}, {prose.long_date(review.on)}" if review.by and review.on else ""
    return SourcePage(
        path=site.source_paths[article.id],
        title=title_of(article),
        description="The text of this article as it was read, with every piece of evidence marked.",
        as_of=site.as_of,
        articles=1,
        unchecked=0 if site.is_checked(article.id) else 1,
        crumbs=(Link(text="Sources", page="sources/index.md"),),
        particulars=tuple(_source_particulars(site, article, facts.reader)),
        address=outgoing(article.url),
        tokens=tuple(_tokens(article, sentences, uses, numbers, read)),
        passages=passages,
        withdrawn=tuple(withdrawn_lines(site, article.id)),
        names=tuple(_names(site, article.id)),
        sentences=sum(not one.is_noise for one in sentences),
        read=len(read),
        is_checked=site.is_checked(article.id),
        reviewed=reviewed if site.is_checked(article.id) else "",
    )


def _source_particulars(site: Site, article: Article, reader: str) -> Iterator[Field]:
    yield Field(label="Outlet", values=((site.outlet(article.id) or "not stated",),))
    given = (
        ("Published", prose.long_date(article.published) if article.published else "no date given"),
        ("Article", article.id),
        ("Checksum", f"SHA-256 {article.sha256}"),
        ("Read by", reader),
    )
    for name, text in given:
        yield Field(label=name, values=((short(text),),))


def _uses(site: Site, article: ArticleId) -> Iterator[_Use]:
    """Every piece of evidence of an article with what rests on it."""
    facts = site.book.facts[article]
    for fact in facts.agreements:
        agreement = site.by_fact.get((article, fact.id))
        yield from _agreement_uses(site.agreement(agreement) if agreement else short(fact.title), fact)
    for quotation in facts.quotations:
        person = site.person_of.get((article, quotation.person or ""))
        speaker: Piece = site.person(person) if person else short(quotation.speaker or "speaker not stated")
        yield _Use(quotation.evidence, ("Quotation: ", speaker))
        if quotation.speaker_evidence:
            yield _Use(quotation.speaker_evidence, ("Speaker of a quotation: ", speaker))
        for source in quotation.attribution:
            yield _Use(source.evidence, ("Passes on a quotation: ", short(source.name)))
    for tension in facts.tensions:
        names = [code and party_name(code, with_article=True) for code in (tension.actor, tension.target)]
        link = Link(text=prose.tension(tension.kind, names[0], names[1]), page="tensions.md")
        yield _Use(tension.evidence, (link,))
    for event in facts.events:
        yield _Use(event.evidence, (prose.event(event.kind, short(event.title), event.realis),))
        for place in [event.place] if event.place else []:
            yield _Use(place.evidence, (f"Place of: {short(event.title)}",))
        if event.date and event.date.evidence:
            yield _Use(event.date.evidence, (f"Date of: {short(event.title)}",))
    yield from _name_uses(site, article)


def _agreement_uses(target: Piece, fact: AgreementFact) -> Iterator[_Use]:
    """What of an agreement rests on which passage."""
    status = status_label(fact.status)
    yield _Use(fact.status_evidence, (f"Status “{status}”: ", target))
    for evidence in fact.evidence:
        if evidence != fact.status_evidence:
            yield _Use(evidence, ("Statement on: ", target))
    for party in fact.parties:
        yield _Use(party.evidence, (f"Party {party_name(party.code) if party.code else short(party.name)}: ", target))
    for money in fact.values:
        yield _Use(money.evidence, (f"{prose.capital(prose.money_kind(money))} {prose.money(money)}: ", target))
    for item in fact.items:
        yield _Use(item.evidence, (f"Item {short(prose.item(item))}: ", target))
    dates = (("Date of conclusion", fact.concluded), ("Due date", fact.due), ("Entry into force", fact.in_force))
    for name, said in dates:
        if said and said.evidence:
            yield _Use(said.evidence, (f"{name} {prose.long_date(said.date)}: ", target))
    if fact.term:
        yield _Use(fact.term.evidence, (f"Term {prose.term(fact.term)}: ", target))
    if fact.place:
        yield _Use(fact.place.evidence, (f"Place {short(fact.place.name)}: ", target))
    for source in fact.attribution:
        yield _Use(source.evidence, (f"Said by {short(source.name)}: ", target))


def _name_uses(site: Site, article: ArticleId) -> Iterator[_Use]:
    facts = site.book.facts[article]
    for person in facts.people:
        known = site.person_of.get((article, person.id))
        shown: Piece = site.person(known) if known else short(person.name)
        for evidence in person.evidence:
            yield _Use(evidence, ("Names ", shown), is_name=True)
        if person.office_evidence:
            yield _Use(person.office_evidence, (f"Office “{short(person.office or '')}”: ", shown))
    for country in facts.countries:
        for evidence in country.evidence:
            yield _Use(evidence, ("Names ", site.party(country.country)), is_name=True)


def _names(site: Site, article: ArticleId) -> Iterator[Words]:
    facts = site.book.facts[article]
    for country in facts.countries:
        yield (site.party(country.country),)
    for person in facts.people:
        known = site.person_of.get((article, person.id))
        yield (site.person(known) if known else short(person.name),)


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
            text=short(texts[place].exact, QUOTE_LENGTH),
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
class Stretch:
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
        (use.evidence.start, use.evidence.end): Stretch(
            use.evidence.start,
            use.evidence.end,
            "fact" if (use.evidence.start, use.evidence.end) in numbers else "name",
            anchor(use.evidence),
            numbers.get((use.evidence.start, use.evidence.end), 0),
        )
        for use in uses
    }
    unread = [
        Stretch(one.start, one.end, "noise" if one.is_noise else "unread")
        for place, one in enumerate(sentences)
        if place not in read and not one.is_title
    ]
    title = [Stretch(0, len(article.title), "title")] if article.title else []
    return nested(article.text, [*title, *unread, *stretches.values()])


def nested(text: str, stretches: Iterable[Stretch]) -> Iterator[Token]:
    """Cut crossing stretches so that they nest: a stretch that reaches beyond its container goes on after it.

    The first piece carries the id, the last one the number.
    """
    waiting = sorted(stretches, key=lambda one: (one.start, -one.end), reverse=True)
    opened: list[Stretch] = []
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
            rest = Stretch(opened[-1].end, one.end, one.kind, number=one.number)
            _insert(waiting, rest)
            one = Stretch(one.start, opened[-1].end, one.kind, one.anchor, 0)
        opened.append(one)
        yield Open(kind=one.kind, anchor=one.anchor, number=one.number)
    yield text[place:]


def _insert(waiting: list[Stretch], one: Stretch) -> None:
    """Put a stretch into a list that is sorted from the last to the first."""
    place = bisect_right(waiting, (-one.start, one.end), key=lambda other: (-other.start, other.end))
    waiting.insert(place, one)
