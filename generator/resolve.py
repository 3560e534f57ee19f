"""Facts of all articles → the Book: one agreement from many articles, rival values, status by a written rule.

Pure: same articles and facts give the same book, in whatever order they come. Nothing is overwritten and nothing lost:
every fact of every article stands in the book. Which facts are one agreement is decided in `identity`, which mentions
are one person in `persons`.

**Ids.** An agreement has the id that the register has for most of its facts. A new one gets an id that is made of its
anchor: the earliest article that tells of it (by date, then id), the parties that this article names, and how many
agreements of these parties stand before it there. Ids of persons are made of name and country. See `register`.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from generator.identity import Joined, Joins, Names, Traits, traits_of
from generator.meetings import Meetings
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
    Override,
    Person,
    PersonId,
    Quotation,
    Retraction,
    SaidDate,
    Sourced,
    Statement,
    Status,
    StatusGroup,
    Step,
)
from generator.named import Named, same_names
from generator.overrides import without_retracted
from generator.persons import Persons
from generator.register import (
    NOTHING_GIVEN,
    Anchor,
    Register,
    anchors_in,
    carried,
    give_addresses,
    give_ids,
    lasting,
    redirects,
)
from generator.sources import Authority, Reprints, authority, officials_of
from generator.spelling import digest, fold, singular, slug

T = TypeVar("T")

_UNDATED = "9999"  # sorts an article or step without a date behind all others
_LOOSE = frozenset({Instrument.AGREEMENT, Instrument.DEAL, Instrument.ARRANGEMENT})


def resolve(
    articles: Mapping[ArticleId, Article],
    facts: Mapping[ArticleId, ArticleFacts],
    overrides: Sequence[Override] = (),
    register: Register = NOTHING_GIVEN,
) -> Book:
    """The book of all articles.

    Args:
        articles: By id.
        facts: By id of their article; every article must have an entry.
        overrides: What persons say against the rules, checked.
        register: Which ids and addresses have been given.
    """
    return Resolver(overrides, register).book(articles, facts)


class Resolver:
    """Makes books of which each differs little from the one before, and joins anew only what has changed.

    The book is the same as if all of its articles had come at once, in whatever order they came.
    """

    def __init__(self, overrides: Sequence[Override] = (), register: Register = NOTHING_GIVEN) -> None:
        """Take what stays the same for all books: overrides and register."""
        self._overrides = tuple(overrides)
        self._register = register
        self._names = Names(
            equipment=same_names("equipment", overrides), organisations=same_names("organisation", overrides)
        )
        self._joins = Joins(overrides)
        self._persons = Persons(overrides)
        self._named = Named(overrides)
        self._meetings = Meetings(overrides)
        self._reprints = Reprints()
        self._known: dict[ArticleId, tuple[Article, ArticleFacts]] = {}
        self._anchors: dict[ArticleId, dict[str, Anchor]] = {}
        self._agreements: dict[Joined, Agreement] = {}

    def book(self, articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts]) -> Book:
        """The book of these articles: of all that are to be in it, not only of the new ones.

        Args:
            articles: By id.
            facts: By id of their article; every article must have an entry.
        """
        with _collector_at_rest():
            standing, retracted = without_retracted({article: facts[article] for article in articles}, self._overrides)
            self._take(articles, standing)
            return self._made(articles, standing, retracted)

    def _take(self, articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts]) -> None:
        """Bring what is joined to these articles."""
        for article in [one for one in self._known if one not in articles]:
            for part in (self._joins, self._persons, self._named, self._meetings, self._reprints):
                part.drop(article)
            del self._known[article], self._anchors[article]
        for article in articles:
            text, file = articles[article], facts[article]
            if self._known.get(article) == (text, file):
                continue
            self._known[article] = (text, file)
            self._anchors[article] = anchors_in(file)
            self._joins.put(article, [traits_of(text, fact, file, self._names) for fact in file.agreements])
            self._persons.put(text, file)
            self._named.put(text, file)
            self._meetings.put(text, file)
            self._reprints.put(text)

    def _made(
        self,
        articles: Mapping[ArticleId, Article],
        facts: Mapping[ArticleId, ArticleFacts],
        retracted: tuple[Retraction, ...],
    ) -> Book:
        known = {article: articles[article] for article in sorted(articles)}
        in_time = [facts[article] for article in sorted(known, key=lambda article: _time_of(known[article]))]
        given = _Given(self._register, self._anchors)
        agreements = given.agreements(self._all_agreements(known, facts))
        persons = given.persons(self._persons.all())
        moved = given.redirects()
        return Book(
            articles=known,
            facts={article: facts[article] for article in known},
            agreements=agreements,
            persons=persons,
            quotations=_quotations(in_time, {(one.article, one.fact): p.id for p in persons for one in p.statements}),
            tensions=tuple(
                Sourced(value=one, article=file.article, fact=one.id) for file in in_time for one in file.tensions
            ),
            events=tuple(
                Sourced(value=one, article=file.article, fact=one.id) for file in in_time for one in file.events
            ),
            redirects=moved["agreements"],
            person_redirects=moved["people"],
            organisations=self._named.organisations(),
            equipment=self._named.equipment(),
            meetings=self._meetings.all(),
            copies=self._reprints.all(),
            overrides=self._overrides,
            retracted=retracted,
        )

    def _all_agreements(
        self, articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts]
    ) -> list[Agreement]:
        """The agreements by their first reports, with the ids and slugs that they would have without a register."""
        groups = self._joins.groups()
        made = {one: self._agreements.get(one) or self._agreement(articles, facts, one) for one in groups}
        self._agreements = made
        return list(made.values())

    def _agreement(
        self, articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts], joined: Joined
    ) -> Agreement:
        members = joined.members
        names = {f"{one.article}/{one.fact.id}" for one in members} if self._overrides else set()
        entries = tuple(entry for entry in self._overrides if not names.isdisjoint(entry.facts))
        anchor = self._anchors[members[0].article][members[0].fact.id]
        officials = {one.article: officials_of(facts[one.article]) for one in members}
        told = _as_told(articles, members, officials)
        renamed = [entry.to for entry in sorted(entries, key=lambda entry: entry.date) if entry.to is not None]
        return replace(
            told,
            id=AgreementId(f"a-{digest(' '.join(anchor))}"),
            title=renamed[-1] if renamed else told.title,
            explanations=joined.explanations,
            overrides=entries,
        )


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


def as_told(book: Book, agreement: Agreement, statements: Sequence[Statement]) -> Agreement:
    """An agreement of the book as some of its statements alone would tell it; id and slug are those of the whole.

    Args:
        statements: At least one, in the order of the agreement.
    """
    members = [traits_of(book.articles[one.article], one.fact) for one in statements]
    officials = {one.article: officials_of(book.facts[one.article]) for one in statements}
    return replace(_as_told(book.articles, members, officials), id=agreement.id, slug=agreement.slug)


def _as_told(
    articles: Mapping[ArticleId, Article],
    members: Sequence[Traits],
    officials: Mapping[ArticleId, frozenset[str]],
) -> Agreement:
    """What some facts together tell of one agreement; its id is for others to give."""
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
        id=AgreementId(""),
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


# -- ids and addresses -------------------------------------------------------------------------------


class _Given:
    """Gives ids and addresses, those that the register has before all others."""

    def __init__(self, register: Register, anchors: Mapping[ArticleId, Mapping[str, Anchor]]) -> None:
        self._anchors = anchors
        self._old = lasting(register, anchors)
        self._current: dict[str, dict[str, str]] = {}  # by kind of page: address by id
        self._carried: dict[str, Register] = {}

    def agreements(self, made: Sequence[Agreement]) -> tuple[Agreement, ...]:
        """The same by slug; `made` is in the order of the first reports."""
        groups = [[self._anchors[one.article][one.fact.id] for one in agreement.statements] for agreement in made]
        given = self._given("agreements", groups, made)
        named = [
            one if (one.id, one.slug) == (own, slug_) else replace(one, id=AgreementId(own), slug=slug_)
            for one, (own, slug_) in zip(made, given, strict=True)
        ]
        return tuple(sorted(named, key=lambda one: one.slug))

    def persons(self, made: Sequence[Person]) -> tuple[Person, ...]:
        """The same by slug; `made` is in the order of the first mentions."""
        groups = [[self._anchors[one.article][one.fact] for one in person.statements] for person in made]
        given = self._given("people", groups, made)
        named = [
            one if (one.id, one.slug) == (own, slug_) else replace(one, id=PersonId(own), slug=slug_)
            for one, (own, slug_) in zip(made, given, strict=True)
        ]
        return tuple(sorted(named, key=lambda one: one.slug))

    def redirects(self) -> dict[str, dict[str, str]]:
        """By kind of page: old addresses, and the ids that they lead to."""
        return {kind: redirects(kind, current, self._carried[kind]) for kind, current in self._current.items()}

    def _given(
        self, kind: str, groups: Sequence[Sequence[Anchor]], made: Sequence[Agreement | Person]
    ) -> list[tuple[str, str]]:
        ids = give_ids(groups, [one.id for one in made], self._old)
        now = {anchor: own for own, group in zip(ids, groups, strict=True) for anchor in group}
        self._carried[kind] = carried(self._old, now)
        addresses = give_addresses(
            kind, [(own, one.slug) for own, one in zip(ids, made, strict=True)], self._carried[kind]
        )
        self._current[kind] = dict(zip(ids, addresses, strict=True))
        return list(zip(ids, addresses, strict=True))


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
