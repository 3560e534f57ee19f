"""Meetings across articles: talks, visits and summits of which several articles tell.

Two events meet when kind and participants are the same, they are said to be on the same days, and no place speaks
against it. Events of one article never meet: an article that tells of two talks means two.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.blocks import Blocks
from generator.model import (
    Article,
    ArticleFacts,
    ArticleId,
    DateBasis,
    EventFact,
    Meeting,
    MeetingId,
    Mode,
    Override,
    Place,
    SaidDate,
    Sourced,
)
from generator.overrides import regrouped
from generator.spelling import days_of, digest, first_day, slug

_SAID = 2  # days that the dates of one meeting may be apart: visits last
_REPORTED = 7  # days between reports, where one of them gives no date
_UNDATED = "9999"


@dataclass(frozen=True, slots=True, eq=False)
class _Telling:
    """What one article tells of one meeting, in comparable parts."""

    article: ArticleId
    fact: EventFact
    reported: str  # EDTF; `_UNDATED` where unknown
    days: tuple[int, int] | None  # first and last day that is said, as ordinals

    @property
    def name(self) -> str:
        """What an override calls it."""
        return f"{self.article}/{self.fact.id}"


class Meetings:
    """The meetings of some articles; the same for any order in which articles come and go."""

    def __init__(self, overrides: Iterable[Override] = ()) -> None:
        """Take the overrides of events; entries of other kinds are passed over."""
        self._overrides = tuple(entry for entry in overrides if all("/e" in name for name in entry.facts))
        self._blocks: Blocks[_Telling, tuple[_Telling, ...]] = Blocks(_found)
        self._made: dict[tuple[_Telling, ...], Meeting] = {}

    def put(self, article: Article, facts: ArticleFacts) -> None:
        """Let these be the facts of an article; those that it had before are forgotten."""
        self._blocks.put(article.id, [(_key(fact), _telling(article, fact)) for fact in facts.events])

    def drop(self, article: ArticleId) -> None:
        """Forget an article, if it is known."""
        self._blocks.drop(article)

    def all(self) -> tuple[Meeting, ...]:
        """Every meeting, by its date, then slug; every event fact is in exactly one of them."""
        groups: list[tuple[_Telling, ...]] = self._blocks.found()
        if self._overrides:
            by_name = {one.name: one for group in groups for one in group}
            named = regrouped([[one.name for one in group] for group in groups], self._overrides)
            groups = [tuple(sorted((by_name[name] for name in names), key=_order)) for names in named]
        self._made = {group: self._made.get(group) or _meeting(group, self._overrides) for group in groups}
        return tuple(sorted(self._made.values(), key=lambda one: (_date_of(one), one.slug, one.id)))


def _key(fact: EventFact) -> str:
    """What two tellings of one meeting have in common; one that is said not to take place is another."""
    return f"{fact.kind} {Mode.NEGATED in fact.realis.modes} {' '.join(fact.participants)}"


def _telling(article: Article, fact: EventFact) -> _Telling:
    is_said = fact.date is not None and fact.date.basis is not DateBasis.REPORT
    days = days_of(fact.date.date) if fact.date is not None and is_said else None
    return _Telling(article.id, fact, article.published or _UNDATED, days)


def _order(telling: _Telling) -> tuple[str, str, int]:
    return telling.reported, telling.article, int(telling.fact.id[1:])


def _found(_key_of_block: str, members: Sequence[_Telling]) -> list[tuple[_Telling, ...]]:
    """The meetings of one block: by report, each telling goes to the newest meeting that it fits in every telling."""
    made: list[list[_Telling]] = []
    for telling in sorted(members, key=_order):
        fits = (one for one in reversed(made[-_REPORTED:]) if all(_is_one(other, telling) for other in one))
        meeting = next(fits, None) if telling.fact.participants else None
        if meeting is None:
            made.append([telling])
        else:
            meeting.append(telling)
    return [tuple(one) for one in made]


def _is_one(one: _Telling, other: _Telling) -> bool:
    if one.article == other.article:
        return False
    places = {place.country or place.name for place in (one.fact.place, other.fact.place) if place is not None}
    if len(places) > 1:
        return False
    if one.days is not None and other.days is not None:
        return max(one.days[0] - other.days[1], other.days[0] - one.days[1]) <= _SAID
    first, second = first_day(_day(one.reported)), first_day(_day(other.reported))
    return first is not None and second is not None and abs(first - second) <= _REPORTED


def _day(reported: str) -> str | None:
    return None if reported == _UNDATED else reported


def _meeting(tellings: Sequence[_Telling], entries: Iterable[Override]) -> Meeting:
    first = tellings[0]
    titles = Counter(one.fact.title for one in tellings)
    title = min(titles, key=lambda one: (-titles[one], len(one), one))
    names = {one.name for one in tellings}
    for entry in entries:
        title = entry.to if entry.to is not None and entry.facts[0] in names else title
    date = _best_date(tellings)
    participants = tuple(sorted({code for one in tellings for code in one.fact.participants}))
    return Meeting(
        id=MeetingId(f"m-{digest(f'{first.name} {_key(first.fact)}')}"),
        slug=slug(*participants[:4], (date.value.date if date else first.reported)[:10], first.fact.kind),
        kind=first.fact.kind,
        title=title,
        participants=participants,
        date=date,
        place=next((_sourced_place(one, place) for one in tellings if (place := one.fact.place)), None),
        statements=tuple(Sourced(value=one.fact, article=one.article, fact=one.fact.id) for one in tellings),
    )


def _best_date(tellings: Sequence[_Telling]) -> Sourced[SaidDate] | None:
    """The most precise date that is said, of equals the first; else the date of the first report."""
    said = [(one, one.fact.date) for one in tellings if one.fact.date is not None]
    if not said:
        return None
    one, date = max(said, key=lambda pair: (pair[1].basis is not DateBasis.REPORT, len(pair[1].date)))
    return Sourced(value=date, article=one.article, fact=one.fact.id)


def _sourced_place(one: _Telling, place: Place) -> Sourced[Place]:
    return Sourced(value=place, article=one.article, fact=one.fact.id)


def _date_of(meeting: Meeting) -> str:
    return meeting.date.value.date if meeting.date else _UNDATED
