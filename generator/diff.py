"""Two states of the book → what was added, changed and withdrawn, and why. Pure.

A change has one of four causes, those of revisions of statistics: a new source was read, a source corrected itself,
a person curated the facts, or the reader or the rules of joining became other ones. The cause is looked for where the
change shows: first at the article that gives the new value, then at the one that gave the old, then at the others of
the same agreement.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from generator import prose
from generator.codes import area_label, instrument_label, label, party_name, status_label
from generator.model import (
    Action,
    Agreement,
    Article,
    ArticleFacts,
    ArticleId,
    Book,
    Cause,
    EventFact,
    Evidence,
    Item,
    Kind,
    Money,
    OverrideKind,
    Person,
    Place,
    Review,
    SaidDate,
    Sourced,
    Statement,
    Status,
    TensionFact,
    Term,
    What,
)
from generator.resolve import as_told

_REPORTS = 12  # of one agreement that its history tells one by one, the newest


T = TypeVar("T", Term, Place, Money, Item)
_Values = Mapping[What, Mapping[str, "_Value"]]  # by part, then by what tells the values of one part apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that one state of the book says and the other does not."""

    action: Action
    kind: Kind
    id: str  # of the agreement, person or article; of another fact its article's id and its own: "nordic-pact/t1"
    title: str  # what it is about, on one line
    what: What
    before: str  # in words; empty: nothing
    after: str  # in words; empty: nothing
    cause: Cause
    article: ArticleId | None = None  # that gives the new value, or gave the old one
    evidence: Evidence | None = None  # in that article
    reason: str = ""  # what a person said of the cause; empty: nothing
    parties: tuple[str, ...] = ()  # codes, of an agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One state of the book, and what is needed to say why it differs from another."""

    book: Book
    corrected: Container[ArticleId] = frozenset()  # whose facts a person has corrected or accepted


@dataclass(frozen=True, slots=True)
class _Value:
    """One value as a page would give it, and where it is said."""

    words: str
    article: ArticleId | None = None
    evidence: Evidence | None = None


def compare(before: Edition, after: Edition) -> tuple[Change, ...]:
    """Every difference between two states of the book.

    Returns:
        By kind; agreements as in the book, each with its parts in the order of its page; those withdrawn last.
    """
    causes = _Causes.between(before, after)
    return (
        *_agreement_changes(before.book, after.book, causes),
        *_fact_changes(before.book, after.book, causes),
        *_person_changes(before.book, after.book, causes),
        *_article_changes(before.book, after.book, causes),
    )


# -- causes ------------------------------------------------------------------------------------------


class _Causes:
    """Why something differs, by the articles that it rests on."""

    def __init__(self, by_article: Mapping[ArticleId, Cause], rulings: Mapping[str, str]) -> None:
        self._by_article = by_article
        self._rulings = rulings

    @classmethod
    def between(cls, before: Edition, after: Edition) -> "_Causes":
        """What lies between two states."""
        ruled = dict(_ruled(before.book, after.book))
        return cls(dict(_moved(before, after, ruled)), ruled)

    @classmethod
    def by_news(cls, article: ArticleId) -> "_Causes":
        """Nothing but one new article."""
        return cls({article: Cause.NEW_SOURCE}, {})

    def of(self, first: Iterable[ArticleId | None], others: Iterable[str] = ()) -> tuple[Cause, ArticleId | None, str]:
        """The cause, the article that it lies in, and what a person said of it.

        Args:
            first: The article of the new value, then that of the old.
            others: All articles of the same thing, and its facts as rulings name them: "nordic-pact/a1".
        """
        rest = list(others)
        ruled = next((self._rulings[one] for one in rest if one in self._rulings), "")
        for article in first:
            if article is not None and article in self._by_article:
                cause = self._by_article[article]
                return cause, article, ruled if cause is Cause.CURATION else ""
        moved = [ArticleId(one) for one in rest if one in self._by_article]
        if moved and not (ruled and all(self._by_article[one] is Cause.PIPELINE for one in moved)):
            order = list(Cause)
            article = min(moved, key=lambda one: (order.index(self._by_article[one]), one))
            cause = self._by_article[article]
            return cause, article, ruled if cause is Cause.CURATION else ""
        if ruled:
            return Cause.CURATION, None, ruled
        elsewhere = set(self._by_article.values())
        if len(elsewhere) == 1:
            return next(iter(elsewhere)), None, ""  # articles beside it moved the joining of facts
        return Cause.PIPELINE, None, ""


def _moved(before: Edition, after: Edition, ruled: Mapping[str, str]) -> Iterator[tuple[ArticleId, Cause]]:
    """Articles that differ, and why."""
    old, new = before.book, after.book
    for article in sorted({*old.articles, *new.articles}):
        if article not in old.articles:
            yield article, Cause.NEW_SOURCE
        elif article not in new.articles:
            yield article, Cause.CURATION  # nothing but a person takes an article out
        elif old.articles[article] != new.articles[article]:
            yield article, Cause.CORRECTION
        elif _said(old.facts[article]) != _said(new.facts[article]):
            is_curated = article in ruled or article in after.corrected or article in before.corrected
            yield article, Cause.CURATION if is_curated else Cause.PIPELINE


def _said(facts: ArticleFacts) -> ArticleFacts:
    """The facts without who read them: a review alone changes nothing that the book says."""
    return facts.model_copy(update={"review": Review(), "reader": "any", "sha256": "0" * 64})


def _ruled(before: Book, after: Book) -> Iterator[tuple[str, str]]:
    """What persons have ruled, or taken back, by each fact and article that it names."""
    for book, other, lead in ((before, after, "taken back: "), (after, before, "")):
        for override in book.overrides:
            if override not in other.overrides:
                words = f"{lead}{override.kind}, {override.author}, {override.date}: {override.reason}"
                for name in override.facts:
                    yield name, words
                    if override.kind is OverrideKind.RETRACT:
                        yield name.partition("/")[0], words


# -- agreements --------------------------------------------------------------------------------------


def _agreement_changes(before: Book, after: Book, causes: _Causes) -> Iterator[Change]:
    pairs = dict(_pairs(before.agreements, after.agreements))
    matched = {one.id for one in pairs.values()}
    into = _heirs(before.agreements, after.agreements)
    for new in after.agreements:
        old = pairs.get(new.id)
        if old is None:
            yield _whole(
                Action.ADDED, new, causes, _relation("split from", new, _heirs(after.agreements, before.agreements))
            )
        else:
            yield from _part_changes(new, _values_of(old), _values_of(new), causes, _told_by(old, new))
    for old in before.agreements:
        if old.id not in matched:
            yield _whole(Action.WITHDRAWN, old, causes, _relation("joined with", old, into))


def _pairs(before: Sequence[Agreement], after: Sequence[Agreement]) -> Iterator[tuple[str, Agreement]]:
    """Each new agreement's id with the old one that it is: by id, else by the passages that both rest on."""
    by_id = {str(one.id): one for one in before}
    taken = {one.id for one in after if one.id in by_id}
    yield from ((key, by_id[key]) for key in sorted(taken))
    heirs = _heirs([one for one in before if one.id not in taken], [one for one in after if one.id not in taken])
    met: set[str] = set()
    for old, new in heirs.items():
        if new.id not in met:
            met.add(new.id)
            yield new.id, by_id[old]


def _heirs(before: Iterable[Agreement], after: Iterable[Agreement]) -> dict[str, Agreement]:
    """For each old agreement, by id, the new one that has most of its passages, if any has one."""
    homes: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for one in after:
        for key in set(_passages(one)):
            homes[key].append(one)
    found = {}
    for old in before:
        shares = Counter(new.id for key in set(_passages(old)) for new in homes.get(key, ()))
        if shares:
            best = min(shares, key=lambda key: (-shares[key], key))
            found[str(old.id)] = next(new for key in _passages(old) for new in homes.get(key, ()) if new.id == best)
    return found


def _passages(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for one in agreement.statements:
        yield from ((one.article, evidence.exact) for evidence in (one.fact.status_evidence, *one.fact.evidence))


def _relation(words: str, agreement: Agreement, heirs: Mapping[str, Agreement]) -> str:
    heir = heirs.get(agreement.id)
    return f"; {words}: {heir.title}" if heir is not None and heir.id != agreement.id else ""


def _whole(action: Action, one: Agreement, causes: _Causes, relation: str) -> Change:
    statement = _deciding(one)
    cause, _, reason = causes.of([statement.article], _told_by(one))
    words = f"{_summary(one)}{relation}"
    return Change(
        action=action,
        kind=Kind.AGREEMENT,
        id=one.id,
        title=one.title,
        what=What.WHOLE,
        before=words if action is Action.WITHDRAWN else "",
        after=words if action is Action.ADDED else "",
        cause=cause,
        article=statement.article,
        evidence=statement.fact.status_evidence,
        reason=reason,
        parties=one.parties,
    )


def _deciding(agreement: Agreement) -> Statement:
    """The newest statement that says the headline status."""
    saying = [one for one in agreement.statements if one.fact.status is agreement.status]
    return (saying or agreement.statements)[-1]


def _summary(one: Agreement) -> str:
    """Parties, status and headline value in one line."""
    sums = [_plain(prose.money(money.value)) for money in one.values[:1]]
    return "; ".join([_parties(one), status_label(one.status), *sums])


def _parties(one: Agreement) -> str:
    return ", ".join([*map(party_name, one.parties), *one.other_parties]) or "parties not stated"


def _plain(words: str) -> str:
    return " ".join(words.replace(prose.NBSP, " ").split())


def _told_by(*agreements: Agreement) -> list[str]:
    """The articles that tell of agreements, and the facts that do, as rulings name them."""
    said = [(one.article, one.fact.id) for agreement in agreements for one in agreement.statements]
    return sorted({name for article, fact in said for name in (article, f"{article}/{fact}")})


def _part_changes(
    one: Agreement, before: _Values, after: _Values, causes: _Causes, told: Sequence[str]
) -> Iterator[Change]:
    """The parts of an agreement that differ, each told once."""
    found = list(_differences(Kind.AGREEMENT, one.id, one.title, before, after, causes, told))
    moved = {(one.what, words) for one in found if one.action is Action.CHANGED for words in (one.before, one.after)}
    for change in found:
        if change.what is What.REPORTED_STATUS and (What.STATUS, change.after or change.before) in moved:
            continue  # the headline of before or after: the change of the status tells it
        if change.what is What.HEADLINE_VALUE and change.action is not Action.CHANGED:
            continue  # the only sum: told below
        if change.what is What.VALUE and (What.HEADLINE_VALUE, change.after or change.before) in moved:
            continue  # told as the new headline, or the old one
        yield replace(change, parties=one.parties)


def _differences(
    kind: Kind, key: str, title: str, old: _Values, new: _Values, causes: _Causes, told: Sequence[str]
) -> Iterator[Change]:
    """The parts that differ, in the order of `What`."""
    for what in What:
        before, after = old.get(what, {}), new.get(what, {})
        for name in dict.fromkeys((*after, *before)):
            was, now = before.get(name), after.get(name)
            if (was.words if was else "") == (now.words if now else ""):
                continue
            shown = now or was
            cause, article, reason = causes.of([one.article for one in (now, was) if one], told)
            in_place = shown is not None and shown.article is not None
            yield Change(
                action=Action.CHANGED if was and now else Action.ADDED if now else Action.WITHDRAWN,
                kind=kind,
                id=key,
                title=title,
                what=what,
                before=was.words if was else "",
                after=now.words if now else "",
                cause=cause,
                article=shown.article if shown is not None and in_place else article,
                evidence=shown.evidence if shown is not None and in_place else None,
                reason=reason,
            )


def _values_of(one: Agreement) -> _Values:
    """Everything that an agreement's page says, part by part."""
    statement = _deciding(one)
    at = (statement.article, statement.fact.status_evidence)
    status = status_label(one.status)
    single: dict[What, _Value | None] = {
        What.STATUS: _Value(status, *at),
        What.CONCLUDED: _date(one.concluded),
        What.DUE: _date(one.due),
        What.IN_FORCE: _date(one.in_force),
        What.TERM: _first(one.terms, prose.term),
        What.PLACE: _first(one.places, lambda place: place.name),
        What.COUNT: _Value(_count(one.count), *at) if one.count is not None else None,
        What.INSTRUMENT: _Value(instrument_label(one.instrument)),
        What.TITLE: _Value(_plain(one.title)),
        What.AREAS: _Value(", ".join(map(area_label, one.areas))) if one.areas else None,
        What.HEADLINE_VALUE: _first(one.values, prose.money),
    }
    several: dict[What, Mapping[str, _Value]] = {
        What.REPORTED_STATUS: {
            label(step.status): _Value(label(step.status), step.article, step.evidence)
            for step in one.steps
            if step.status is not one.status
        },
        What.PARTIES: _members(one),
        What.VALUE: _each(one.values, prose.money),
        What.ITEM: _each(one.items, prose.item),
        What.SOURCE: {
            said.article: _Value(said.article, said.article, said.fact.status_evidence) for said in one.statements
        },
    }
    return several | {what: {"": value} for what, value in single.items() if value is not None}


def _members(one: Agreement) -> dict[str, _Value]:
    """Each party, where it is named first."""
    names = {**{code: party_name(code) for code in one.parties}, **{name: name for name in one.other_parties}}
    found: dict[str, _Value] = {}
    for said in one.statements:
        for party in said.fact.parties:
            name = names.get(party.code or party.name)
            if name is not None:
                found.setdefault(name, _Value(_plain(name), said.article, party.evidence))
    return {name: found.get(name, _Value(_plain(name))) for name in sorted(names.values())}


def _count(count: int | None) -> str:
    return f"{count:,}" if count else "several"


def _date(said: Sequence[Sourced[SaidDate]]) -> _Value | None:
    return next((_Value(_plain(prose.said_date(one.value)), one.article, one.value.evidence) for one in said), None)


def _first(said: Sequence[Sourced[T]], words: Callable[[T], str]) -> _Value | None:
    return next((_Value(_plain(words(one.value)), one.article, one.value.evidence) for one in said), None)


def _each(said: Sequence[Sourced[T]], words: Callable[[T], str]) -> dict[str, _Value]:
    """Each value once, where it is said first."""
    found: dict[str, _Value] = {}
    for one in said:
        text = _plain(words(one.value))
        found.setdefault(text, _Value(text, one.article, one.value.evidence))
    return found


# -- the history of one agreement --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one article changed of an agreement when it was published."""

    article: ArticleId
    status: Status  # the headline from then on
    changes: tuple[Change, ...]  # the first report has one: the agreement was added


def history(book: Book, agreement: Agreement) -> tuple[Report, ...]:
    """What each article changed of an agreement, the oldest first, as if they had been read one by one.

    It is made of the articles alone, so that the same seeds give the same history, with or without a repository. A
    long history begins with what the older articles said together.
    """
    articles = list(dict.fromkeys(one.article for one in agreement.statements))
    reports: list[Report] = []
    before: _Values | None = None
    for number in range(max(len(articles) - _REPORTS, 1), len(articles) + 1):
        known = set(articles[:number])
        new = agreement
        if number < len(articles):
            new = as_told(book, agreement, [one for one in agreement.statements if one.article in known])
        article = articles[number - 1]
        causes, after = _Causes.by_news(article), _values_of(new)
        if before is None:
            changes: tuple[Change, ...] = (_whole(Action.ADDED, new, causes, ""),)
        else:
            changes = tuple(_part_changes(new, before, after, causes, [article]))
        reports.append(Report(article=article, status=new.status, changes=changes))
        before = after
    return tuple(reports)


# -- other facts -------------------------------------------------------------------------------------


def _fact_changes(before: Book, after: Book, causes: _Causes) -> Iterator[Change]:
    """Tensions, meetings and quotations have no life of their own: they are there, or they are not."""
    for kind, old, new in (
        (Kind.TENSION, _tensions(before.tensions), _tensions(after.tensions)),
        (Kind.EVENT, _events(before.events), _events(after.events)),
        (Kind.QUOTATION, _quotations(before), _quotations(after)),
    ):
        for key in (*(key for key in new if key not in old), *(key for key in old if key not in new)):
            is_new = key in new
            one = new[key] if is_new else old[key]
            cause, _, reason = causes.of([one.article], [one.article, f"{one.article}/{one.fact}"])
            yield Change(
                action=Action.ADDED if is_new else Action.WITHDRAWN,
                kind=kind,
                id=f"{one.article}/{one.fact}",
                title=one.words,
                what=What.WHOLE,
                before="" if is_new else one.words,
                after=one.words if is_new else "",
                cause=cause,
                article=one.article,
                evidence=one.evidence,
                reason=reason,
            )


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact that is there or not."""

    article: ArticleId
    fact: str
    words: str
    evidence: Evidence


def _tensions(facts: Iterable[Sourced[TensionFact]]) -> dict[tuple[str, ...], _Said]:
    found: dict[tuple[str, ...], _Said] = {}
    for one in facts:
        names = [code and party_name(code, with_article=True) for code in (one.value.actor, one.value.target)]
        words = _plain(prose.tension(one.value.kind, names[0], names[1]))
        found[one.article, words, one.value.evidence.exact] = _Said(one.article, one.fact, words, one.value.evidence)
    return found


def _events(facts: Iterable[Sourced[EventFact]]) -> dict[tuple[str, ...], _Said]:
    found: dict[tuple[str, ...], _Said] = {}
    for one in facts:
        words = _plain(prose.event(one.value.kind, one.value.title, one.value.realis))
        key = (one.article, words, one.value.evidence.exact)
        found[key] = _Said(one.article, one.fact, words, one.value.evidence)
    return found


def _quotations(book: Book) -> dict[tuple[str, ...], _Said]:
    found: dict[tuple[str, ...], _Said] = {}
    for one in book.quotations:
        words = _plain(f"{one.fact.speaker or 'speaker not stated'}: “{one.fact.evidence.exact}”")
        found[one.article, words] = _Said(one.article, one.fact.id, words, one.fact.evidence)
    return found


def _person_changes(before: Book, after: Book, causes: _Causes) -> Iterator[Change]:
    known = {one.id: one for one in before.persons}
    there = {one.id for one in after.persons}
    for new in after.persons:
        old = known.get(new.id)
        if old is None:
            yield _person(Action.ADDED, new, causes)
        else:
            told = _named_by(old, new)
            yield from _differences(Kind.PERSON, new.id, new.name, _roles(old), _roles(new), causes, told)
    yield from (_person(Action.WITHDRAWN, old, causes) for old in before.persons if old.id not in there)


def _named_by(*persons: Person) -> list[str]:
    """The articles that name persons, and the facts that do, as rulings name them."""
    said = [(one.article, one.fact) for person in persons for one in person.statements]
    return sorted({name for article, fact in said for name in (article, f"{article}/{fact}")})


def _person(action: Action, one: Person, causes: _Causes) -> Change:
    said = one.statements[-1]
    cause, _, reason = causes.of([said.article], _named_by(one))
    words = "; ".join(_roles(one)[What.OFFICE]) or "named without an office"
    return Change(
        action=action,
        kind=Kind.PERSON,
        id=one.id,
        title=one.name,
        what=What.WHOLE,
        before=words if action is Action.WITHDRAWN else "",
        after=words if action is Action.ADDED else "",
        cause=cause,
        article=said.article,
        evidence=said.value.evidence[0],
        reason=reason,
    )


def _roles(one: Person) -> _Values:
    """Name, and each office with its country."""
    offices: dict[str, _Value] = {}
    for said in one.statements:
        if said.value.office:
            country = f", {party_name(said.value.country)}" if said.value.country else ""
            words = _plain(f"{said.value.office}{country}")
            offices.setdefault(words, _Value(words, said.article, said.value.office_evidence))
    return {What.NAME: {"": _Value(_plain(one.name))}, What.OFFICE: offices}


def _article_changes(before: Book, after: Book, causes: _Causes) -> Iterator[Change]:
    for article in sorted({*before.articles, *after.articles}):
        old, new = before.articles.get(article), after.articles.get(article)
        if old == new:
            continue
        cause, _, reason = causes.of([article], [article])
        shown = new or old
        yield Change(
            action=Action.CHANGED if old and new else Action.ADDED if new else Action.WITHDRAWN,
            kind=Kind.ARTICLE,
            id=article,
            title=_plain(shown.title if shown else "") or article,
            what=What.TEXT if old and new else What.WHOLE,
            before=_version(old),
            after=_version(new),
            cause=cause,
            article=article,
            reason=reason,
        )


def _version(article: Article | None) -> str:
    """Outlet, date and checksum: what tells two versions of an article apart."""
    if article is None:
        return ""
    return ", ".join([article.outlet or "outlet not stated", article.published or "no date", article.sha256[:12]])


# -- in words ----------------------------------------------------------------------------------------

CAUSE_WORDS: Mapping[Cause, str] = {
    Cause.NEW_SOURCE: "new source",
    Cause.CORRECTION: "correction by the source",
    Cause.CURATION: "curation by a person",
    Cause.PIPELINE: "other reader or rules",
}
WHAT_WORDS: Mapping[What, str] = {
    What.WHOLE: "",
    What.REPORTED_STATUS: "status also reported",
    What.CONCLUDED: "date of conclusion",
    What.DUE: "due date",
    What.IN_FORCE: "entry into force",
    What.COUNT: "number in the bundle",
    What.PARTIES: "party",
    What.HEADLINE_VALUE: "headline value",
    What.VALUE: "reported value",
    **{what: what.value for what in (What.STATUS, What.TERM, What.PLACE, What.INSTRUMENT, What.TITLE, What.AREAS)},
    **{what: what.value for what in (What.ITEM, What.SOURCE, What.NAME, What.OFFICE, What.TEXT)},
}
_PLURALS = {Kind.PERSON: "people"}
_QUOTED = 160  # characters of a passage


def as_text(changes: Sequence[Change], lead: str, *, is_explained: bool = True) -> str:
    """The changes as plain text for a pull request: agreements one by one, all else in short.

    Args:
        lead: What stands before the counts, such as "Since HEAD: ".
        is_explained: Tell the cause of each change, not only the passage that it rests on.
    """
    lines = [f"{lead}{tally(changes)}"]
    agreements = [one for one in changes if one.kind is Kind.AGREEMENT]
    for heading, chosen in (
        ("Added", [one for one in agreements if one.what is What.WHOLE and one.action is Action.ADDED]),
        ("Changed", [one for one in agreements if one.what is not What.WHOLE]),
        ("Withdrawn", [one for one in agreements if one.what is What.WHOLE and one.action is Action.WITHDRAWN]),
    ):
        lines += ["", heading] if chosen else []
        for _, group in groupby(chosen, key=lambda one: one.id):
            lines += _lines(list(group), is_explained=is_explained)
    others = [one for one in changes if one.kind not in (Kind.AGREEMENT, Kind.QUOTATION)]
    lines += ["", "Also"] if others else []
    for one in others:
        cause = f" [{CAUSE_WORDS[one.cause]}]" if is_explained else ""
        lines.append(f"  {one.action} {one.kind}: {_also(one)}{cause}")
    return "\n".join(lines)


def tally(changes: Iterable[Change]) -> str:
    """How much of each kind was added, changed and withdrawn: "2 agreements added, 1 agreement changed."."""
    ids: dict[tuple[Kind, Action], set[str]] = defaultdict(set)
    for one in changes:
        ids[one.kind, one.action if one.what is What.WHOLE else Action.CHANGED].add(one.id)
    parts = [
        f"{len(ids[kind, action]):,} {kind if len(ids[kind, action]) == 1 else _PLURALS.get(kind, f'{kind}s')} {action}"
        for kind in Kind
        for action in Action
        if ids[kind, action]
    ]
    return f"{', '.join(parts) or 'nothing has changed'}."


def _lines(changes: Sequence[Change], *, is_explained: bool) -> Iterator[str]:
    """One agreement: title and parties, then each part with what it rests on; a passage is quoted once."""
    codes = ", ".join(changes[0].parties)
    yield f"  {_plain(changes[0].title)}{f' ({codes})' if codes else ''} [{changes[0].id}]"
    quoted: set[str] = set()
    for one in changes:
        yield f"    {part_words(one)}"
        passage = one.evidence.exact if one.evidence is not None else ""
        passage = "" if passage in quoted else passage
        if is_explained or passage:
            yield f"      {_because(one, passage, is_explained=is_explained)}"
        quoted.add(passage)


def part_words(change: Change) -> str:
    """What changed of something: "status: anticipated → signed", "reported value: + USD 5 million"."""
    lead = f"{WHAT_WORDS[change.what]}: " if change.what is not What.WHOLE else ""
    match change.action:
        case Action.CHANGED:
            return f"{lead}{change.before} → {change.after}"
        case Action.ADDED:
            return f"{lead}{'+ ' if lead else ''}{change.after}"
        case Action.WITHDRAWN:
            return f"{lead}{'− ' if lead else ''}{change.before}"


def _because(change: Change, passage: str, *, is_explained: bool) -> str:
    why = f" ({change.reason})" if change.reason else ""
    told = [f"{CAUSE_WORDS[change.cause]}{why}"] if is_explained else []
    where = ", ".join([*told, *([change.article] if change.article else [])])
    return f"{where}: “{_cut(passage)}”" if passage else where


def _also(change: Change) -> str:
    if change.kind in (Kind.PERSON, Kind.ARTICLE):
        return (
            f"{_plain(change.title)}: {part_words(change)}" if change.what is not What.WHOLE else _plain(change.title)
        )
    return part_words(change)


def _cut(text: str) -> str:
    line = _plain(text)
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"
