"""Facts of all articles → the Book: one agreement from many articles, rival values, status by a written rule.

Pure: same articles and facts give the same book, in whatever order they come. Nothing is overwritten and nothing lost:
every fact of every article stands in the book. Which facts are one agreement is decided in `identity`, which mentions
are one person in `persons`.

**Ids.** The id of an agreement is made of its anchor: the earliest article that tells of it (by date, then id), the
parties that this article names, and how many agreements of these parties stand before it there. So it stays when
articles are added later, edited, reordered, or read anew with other values, words or statuses; it changes when the
anchor's parties change, or when an earlier article turns up. Ids of persons: see `persons`.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from generator.identity import Traits, join, traits_of
from generator.model import (
    Agreement,
    AgreementFact,
    AgreementId,
    Area,
    Article,
    ArticleFacts,
    ArticleId,
    Book,
    Certainty,
    DateBasis,
    Instrument,
    Mode,
    PersonId,
    Quotation,
    SaidDate,
    Sourced,
    Statement,
    Status,
    StatusGroup,
    Step,
)
from generator.persons import find_persons
from generator.sources import Authority, authority, officials_of
from generator.spelling import SLUG_LIMIT, digest, fold, singular, slug

T = TypeVar("T")

_UNDATED = "9999"  # sorts an article or step without a date behind all others
_LOOSE = frozenset({Instrument.AGREEMENT, Instrument.DEAL, Instrument.ARRANGEMENT})


def resolve(articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts]) -> Book:
    """The book of all articles.

    Args:
        articles: By id.
        facts: By id of their article; every article must have an entry.
    """
    with _collector_at_rest():
        return _resolved(articles, facts)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No search for cycles meanwhile."""
    # Nothing made here has cycles; walking over all facts again and again took half of the time at 10,000 articles.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _resolved(articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts]) -> Book:
    known = {article: articles[article] for article in sorted(articles)}
    read = {article: facts[article] for article in known}
    in_time = [read[article] for article in sorted(known, key=lambda article: _time_of(known[article]))]
    persons = find_persons(known, in_time)
    return Book(
        articles=known,
        facts=read,
        agreements=_agreements(known, in_time),
        persons=persons,
        quotations=_quotations(in_time, {(one.article, one.fact): p.id for p in persons for one in p.statements}),
        tensions=tuple(
            Sourced(value=one, article=file.article, fact=one.id) for file in in_time for one in file.tensions
        ),
        events=tuple(Sourced(value=one, article=file.article, fact=one.id) for file in in_time for one in file.events),
    )


def _time_of(article: Article) -> tuple[str, str]:
    return article.published or _UNDATED, article.id


def _quotations(
    files: Iterable[ArticleFacts], persons: Mapping[tuple[ArticleId, str], PersonId]
) -> tuple[Quotation, ...]:
    return tuple(
        Quotation(article=file.article, fact=fact, person=persons.get((file.article, fact.person or "")))
        for file in files
        for fact in sorted(file.quotations, key=lambda fact: (fact.evidence.start, fact.evidence.end))
    )


# -- agreements --------------------------------------------------------------------------------------


def _agreements(articles: Mapping[ArticleId, Article], files: Sequence[ArticleFacts]) -> tuple[Agreement, ...]:
    traits = [traits_of(articles[file.article], fact, file) for file in files for fact in file.agreements]
    anchors = _anchors(files)
    officials = {file.article: officials_of(file) for file in files}
    made = [_agreement(articles, members, anchors, officials) for members in (one.members for one in join(traits))]
    return tuple(sorted(_with_own_slugs(made), key=lambda agreement: agreement.slug))


def _anchors(files: Iterable[ArticleFacts]) -> Mapping[tuple[ArticleId, str], str]:
    """For each fact what an id is made of: article, parties, and the number among facts of these parties."""
    anchors: dict[tuple[ArticleId, str], str] = {}
    for file in files:
        seen: Counter[str] = Counter()
        for fact in file.agreements:
            parties = " ".join(sorted({party.code or fold(party.name) for party in fact.parties}))
            anchors[file.article, fact.id] = f"{file.article} {parties} {seen[parties]}"
            seen[parties] += 1
    return anchors


def _agreement(
    articles: Mapping[ArticleId, Article],
    members: Sequence[Traits],
    anchors: Mapping[tuple[ArticleId, str], str],
    officials: Mapping[ArticleId, frozenset[str]],
) -> Agreement:
    statements = tuple(Statement(article=one.article, fact=one.fact) for one in members)
    steps = tuple(sorted(_steps(articles, statements), key=_order_of_step))
    ranks = {
        (one.article, one.fact.id): authority(one.fact.attribution, articles[one.article], officials[one.article])
        for one in statements
    }
    status, decided_by = headline(steps, ranks)
    every = _Ladder(articles, statements, ranks)
    facts = [one.fact for one in statements]
    codes = tuple(sorted({party.code for fact in facts for party in fact.parties if party.code}))
    concluded = every.sourced(lambda fact: (fact.concluded,))
    instrument = _instrument(facts)
    return Agreement(
        id=AgreementId(f"a-{digest(anchors[statements[0].article, statements[0].fact.id])}"),
        slug=_slug(codes, _year(articles, statements, concluded), instrument, members),
        title=_title(members),
        parties=codes,
        other_parties=_other_parties(facts),
        instrument=instrument,
        status=status,
        count=_count(statements, decided_by),
        areas=_areas(facts),
        statements=statements,
        steps=steps,
        values=every.sourced(lambda fact: fact.values),
        items=every.sourced(lambda fact: fact.items),
        concluded=concluded,
        due=every.sourced(lambda fact: (fact.due,)),
        in_force=every.sourced(lambda fact: (fact.in_force,)),
        terms=every.sourced(lambda fact: (fact.term,)),
        places=every.sourced(lambda fact: (fact.place,)),
    )


def as_told(book: Book, agreement: Agreement, statements: Sequence[Statement]) -> Agreement:
    """An agreement of the book as some of its statements alone would tell it; id and slug are those of the whole.

    Args:
        statements: At least one, in the order of the agreement.
    """
    members = [traits_of(book.articles[one.article], one.fact) for one in statements]
    anchors = {(one.article, one.fact.id): "" for one in statements}
    officials = {one.article: officials_of(book.facts[one.article]) for one in statements}
    return replace(_agreement(book.articles, members, anchors, officials), id=agreement.id, slug=agreement.slug)


class _Ladder:
    """Rival values of one agreement, in the published order.

    The headline comes first: of the highest authority, then the newest; the others follow by the date of their
    article. Nothing is dropped, equal values neither: each is a report of its own.
    """

    def __init__(
        self,
        articles: Mapping[ArticleId, Article],
        statements: Sequence[Statement],
        ranks: Mapping[tuple[ArticleId, str], Authority],
    ) -> None:
        self._articles = articles
        self._statements = statements
        self._ranks = ranks

    def sourced(self, values: Callable[[AgreementFact], Sequence[T | None]]) -> tuple[Sourced[T], ...]:
        """What every statement gives, with its source; the headline first."""
        all_of = [
            Sourced(value=value, article=one.article, fact=one.fact.id)
            for one in self._statements
            for value in values(one.fact)
            if value is not None
        ]
        if not all_of:
            return ()
        at = max(range(len(all_of)), key=lambda at: (*self._weight(all_of[at]), -at))
        return (all_of[at], *all_of[:at], *all_of[at + 1 :])

    def _weight(self, one: Sourced[T]) -> tuple[bool, int, str]:
        is_said = not (isinstance(one.value, SaidDate) and one.value.basis is DateBasis.REPORT)
        published = self._articles[one.article].published or ""
        return is_said, self._ranks[one.article, one.fact], published


def _instrument(facts: Sequence[AgreementFact]) -> Instrument:
    """The word that most facts use, of the exact ones if there is any; of equals the first of the closed list."""
    counts = Counter(fact.instrument for fact in facts)
    exact = [instrument for instrument in Instrument if instrument in counts and instrument not in _LOOSE]
    return max(exact or [one for one in Instrument if one in counts], key=lambda instrument: counts[instrument])


def _areas(facts: Iterable[AgreementFact]) -> tuple[Area, ...]:
    named = {area for fact in facts for area in fact.areas}
    return tuple(area for area in Area if area in named and (area is not Area.OTHER or len(named) == 1))


def _other_parties(facts: Iterable[AgreementFact]) -> tuple[str, ...]:
    """Companies, regions, groups: each once, in its commonest spelling."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        for party in fact.parties:
            if party.code is None:
                spellings[fold(party.name)][party.name] += 1
    return tuple(sorted(min(names, key=lambda name: (-names[name], name)) for names in spellings.values()))


def _count(statements: Sequence[Statement], decided_by: tuple[ArticleId, str]) -> int | None:
    """Of a bundle: what the statement that decides its status says; where it says "several", the newest number."""
    said = {(one.article, one.fact.id): one.fact.count for one in statements}
    return said[decided_by] or next((count for count in reversed(said.values()) if count), said[decided_by])


def _title(members: Sequence[Traits]) -> str:
    """The title of the fact that tells most of what is agreed; of equals the shorter, then the earlier."""
    title = min(members, key=lambda one: (*_telling(one), len(one.fact.title))).fact.title
    return title.rstrip(" .,;:–—-") or title


def _telling(one: Traits) -> tuple[bool, int, int]:
    """How little a fact tells: several parties named, kinds of particulars, words of the subject in its title."""
    fact = one.fact
    particulars = bool(fact.items) + bool(fact.values) + bool(fact.areas) + (fact.instrument not in _LOOSE)
    return len(one.codes) + len(one.others) < 2, -particulars, -min(len(one.words), 6)


# -- slugs -------------------------------------------------------------------------------------------


def _year(
    articles: Mapping[ArticleId, Article], statements: Sequence[Statement], concluded: Sequence[Sourced[SaidDate]]
) -> str:
    """The year of conclusion, else of the first report; empty where neither is known."""
    days = [concluded[0].value.date] if concluded else []
    days += [articles[one.article].published or "" for one in statements]
    return next((day[:4] for day in days if day), "")


def _slug(codes: Sequence[str], year: str, instrument: Instrument, members: Sequence[Traits]) -> str:
    """Parties, year, instrument and what it is about: `ind-rus-2021-contract-ak-203`."""
    parties = codes if len(codes) <= 4 else [*codes[:3], f"and-{len(codes) - 3}"]
    named = Counter(item.designation for one in members for item in one.fact.items if item.designation)
    if named:
        subject = min(named, key=lambda name: (-named[name], name))
    else:
        words = frozenset[str]().union(*(one.words for one in members))
        subject = " ".join([word for word in fold(_title(members)).split() if singular(word) in words][:4])
        subject = subject or "".join(_areas([one.fact for one in members])[:1])
    form = "bundle" if members[0].is_bundle else instrument.value
    return slug(*parties, year, form, subject) or "agreement"


def _with_own_slugs(agreements: Iterable[Agreement]) -> Iterator[Agreement]:
    """Where several would have one slug, the first reported keeps it and the others add a piece of their id."""
    taken: set[str] = set()
    for one in agreements:  # in the order of their first reports
        own = one.slug if one.slug not in taken else f"{one.slug[: SLUG_LIMIT - 7].rstrip('-')}-{one.id[2:8]}"
        own = own if own not in taken else one.id
        taken.add(own)
        yield replace(one, slug=own)


# -- status ------------------------------------------------------------------------------------------

_LIFE = {status: place for place, status in enumerate(Status)}
_FORWARD = {Status.EXTENDED: _LIFE[Status.AMENDED]}  # neither of the two undoes the other
_UNSURE = frozenset({Mode.HYPOTHETICAL, Mode.HISTORICAL})


def headline(
    steps: Sequence[Step], ranks: Mapping[tuple[ArticleId, str], Authority]
) -> tuple[Status, tuple[ArticleId, str]]:
    """The status to show, and the article and fact that decide it.

    The steps are gone through by date; each either moves the status or is only history:

    1. A step that the article itself gives as hypothetical or historical, or as done while negated, still to come or
       less than certain, moves nothing, unless there are no others.
    2. What is still to come follows the newest step; anything done or undone moves it.
    3. What is done moves forward only: a later mention of the signature does not undo the entry into force, and a
       later "expected" does not undo the signature. Suspension, breach and end move it. A denial moves it only if
       its source stands at least as close as the one that said it was done.
    4. What is undone comes back by an extension, an amendment, or a conclusion on a later day that is said; the
       suspended and the breached also by force again; the failed also by new talks, or by a source that stands
       closer than the denial. A mention of the old signature does not bring it back.

    Args:
        steps: By date; at least one.
        ranks: The authority of each statement.
    """
    decided, *others = [step for step in steps if _is_plain(step)] or steps
    for step in others:
        if _moves(decided, step, ranks[step.article, step.fact] - ranks[decided.article, decided.fact]):
            decided = step
    return decided.status, (decided.article, decided.fact)


def _is_plain(step: Step) -> bool:
    modes = frozenset(step.realis.modes)
    if modes & _UNSURE:
        return False
    if step.status.group is not StatusGroup.DONE:
        return True
    return step.realis.certainty is Certainty.CERTAIN and not modes


def _moves(old: Step, new: Step, closer: int) -> bool:
    """Whether a step moves the status; `closer` is by how much its source stands closer than the old step's."""
    match old.status.group, new.status.group:
        case StatusGroup.FUTURE, _:
            return True
        case StatusGroup.DONE, StatusGroup.DONE:
            return _FORWARD.get(new.status, _LIFE[new.status]) >= _LIFE[old.status]
        case ((StatusGroup.DONE | StatusGroup.UNDONE), StatusGroup.UNDONE):
            return new.status is not Status.FAILED or closer >= 0
        case StatusGroup.UNDONE, StatusGroup.DONE:
            return _comes_back(old, new, closer)
        case _:
            return old.status is Status.FAILED and new.status.group is StatusGroup.FUTURE


def _comes_back(old: Step, new: Step, closer: int) -> bool:
    if new.status in (Status.EXTENDED, Status.AMENDED):
        return True
    if new.status is Status.IN_FORCE and old.status in (Status.SUSPENDED, Status.BREACHED):
        return True
    if old.status is Status.FAILED and closer > 0:
        return True
    return new.basis is not DateBasis.REPORT and (new.date or "") > (old.date or _UNDATED)


def _steps(articles: Mapping[ArticleId, Article], statements: Iterable[Statement]) -> Iterator[Step]:
    """What each statement says of the status; and, of what is in force or later, that it was signed, where dated."""
    for one in statements:
        fact = one.fact
        said = _date_of(fact)
        yield Step(
            status=fact.status,
            date=said.date if said else articles[one.article].published,
            basis=said.basis if said else DateBasis.REPORT,
            realis=fact.realis,
            article=one.article,
            fact=fact.id,
            evidence=fact.status_evidence,
            attribution=fact.attribution,
        )
        if fact.concluded and fact.concluded.evidence and _is_later_than_signed(fact.status):
            yield Step(
                status=Status.SIGNED,
                date=fact.concluded.date,
                basis=fact.concluded.basis,
                realis=fact.realis,
                article=one.article,
                fact=fact.id,
                evidence=fact.concluded.evidence,
                attribution=fact.attribution,
            )


def _is_later_than_signed(status: Status) -> bool:
    return _LIFE[status] > _LIFE[Status.SIGNED] and status is not Status.FAILED


def _date_of(fact: AgreementFact) -> SaidDate | None:
    """The date that the fact gives for its own status."""
    if fact.status in (Status.AGREED, Status.SIGNED):
        return fact.concluded
    return fact.in_force if fact.status is Status.IN_FORCE else None


def _order_of_step(step: Step) -> tuple[str, int, str, int]:
    return step.date or _UNDATED, _LIFE[step.status], step.article, int(step.fact[1:])
