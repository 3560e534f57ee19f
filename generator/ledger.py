"""What was expected, what has come of it, and how often whose announcements came true.

Computed from the statements of each agreement against `today`. Pure; knows no page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model import (
    Agreement,
    AgreementFact,
    ArticleId,
    Book,
    SaidDate,
    Sourced,
    Status,
    StatusGroup,
    Step,
)
from generator.spelling import days_of, fold

LEAST_CASES = 5  # settled announcements that it takes before a rate is given


class Outcome(StrEnum):
    """What has become of an expectation."""

    KEPT = "kept"
    EXCEEDED = "exceeded"
    IN_PART = "in-part"
    LATE = "late"
    LAPSED = "lapsed"
    OPEN = "open"


CAME_IN_TIME = frozenset({Outcome.KEPT, Outcome.EXCEEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One statement that something is expected."""

    article: ArticleId
    fact: AgreementFact
    outlet: str  # "" where it is not known
    source: str  # whom the statement quotes, innermost; "" where the outlet says so itself
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An agreement that some article has expected, and what has come of it."""

    agreement: Agreement
    announcements: tuple[Announcement, ...]  # by date, at least one
    due: Sourced[SaidDate] | None  # the first date that was said; None: none was
    count: int | None  # how many were expected; None: one instrument; 0: "several"
    met: Step | None  # the step that says it was concluded
    met_count: int | None  # how many were concluded, as that statement says
    days_late: int | None  # from the last day that `due` may mean; None: in time, or it cannot be said
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How the announcements of one outlet, or of one office or agency, have come out."""

    name: str  # in its commonest spelling
    outcomes: tuple[Outcome, ...]  # one for each agreement, the first announcement of it

    def number(self, *outcomes: Outcome) -> int:
        """How many announcements have had one of these outcomes."""
        return sum(one in outcomes for one in self.outcomes)

    @property
    def settled(self) -> int:
        """How many announcements have come out one way or the other."""
        return len(self.outcomes) - self.number(Outcome.OPEN)

    @property
    def may_be_rated(self) -> bool:
        """Whether there are enough settled announcements for a rate to say anything."""
        return self.settled >= LEAST_CASES


def is_due_past(due: str, today: date) -> bool:
    """Whether a date, as precise as it is known, lies wholly before today."""
    return today.isoformat()[: len(due)] > due


# -- what was expected --------------------------------------------------------------------------------


def expectations(book: Book, today: date) -> tuple[Expected, ...]:
    """Every agreement that was at some time to come, in the order of the book.

    What counts as the outcome is the first step that says outright that it was concluded, in an article not older than
    the announcement. Against the due date it is kept (in time), late, or, for a bundle, exceeded or kept in part. It
    has lapsed where it is said to have failed, or where all dates are past and no conclusion has been read; else it is
    open. Without a due date there is no late: what is concluded was kept.
    """
    return tuple(found for one in book.agreements if (found := _expected(one, book, today)) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """What has come of an agreement."""

    met: Step | None  # the first step that says outright that it was concluded; None also where the headline is failure
    count: int | None  # how many were concluded, as the newest of such statements says
    is_over: bool  # undone


def _expected(agreement: Agreement, book: Book, today: date) -> Expected | None:
    end = _end_of(agreement)
    ahead = [one for one in agreement.statements if one.fact.status.group is StatusGroup.FUTURE]
    if end.met is not None:
        reported = book.articles[end.met.article].published or ""
        ahead = [one for one in ahead if (book.articles[one.article].published or "") <= reported]
    if not ahead:
        return None
    dues = [
        Sourced(value=one.fact.due, article=one.article, fact=one.fact.id) for one in ahead if one.fact.due is not None
    ]
    days = [one.value.date for one in dues]
    count = next((one.fact.count for one in ahead if one.fact.count), ahead[0].fact.count)
    return Expected(
        agreement=agreement,
        announcements=tuple(
            Announcement(
                article=one.article,
                fact=one.fact,
                outlet=book.articles[one.article].outlet or "",
                source=one.fact.attribution[-1].name if one.fact.attribution else "",
                outcome=_outcome(end, [one.fact.due.date] if one.fact.due else [], one.fact.count, today),
            )
            for one in ahead
        ),
        due=dues[0] if dues else None,
        count=count,
        met=end.met,
        met_count=end.count,
        days_late=_days_late(days[0], end.met.date) if days and end.met and end.met.date else None,
        outcome=_outcome(end, days, count, today),
    )


def _end_of(agreement: Agreement) -> _End:
    is_over = agreement.status.group is StatusGroup.UNDONE
    if agreement.status is Status.FAILED:
        return _End(met=None, count=None, is_over=is_over)
    done = (step for step in agreement.steps if step.status.is_concluded and not step.realis.modes)
    counts = [one.fact.count for one in agreement.statements if one.fact.status.is_concluded and one.fact.count]
    return _End(met=next(done, None), count=counts[-1] if counts else None, is_over=is_over)


def _outcome(end: _End, dues: Sequence[str], count: int | None, today: date) -> Outcome:
    """What has come of one announcement, or of all of an agreement; `dues` by the date of their reports."""
    if end.met is None:
        is_past = bool(dues) and all(is_due_past(due, today) for due in dues)
        return Outcome.LAPSED if end.is_over or is_past else Outcome.OPEN
    if dues and end.met.date is not None and _days_late(dues[0], end.met.date):
        return Outcome.LATE
    if count and end.count and count != end.count:
        return Outcome.EXCEEDED if end.count > count else Outcome.IN_PART
    return Outcome.KEPT


def _days_late(due: str, met: str) -> int | None:
    """Days between the last day of one and the first of the other; None where it was in time or cannot be said."""
    last, first = days_of(due), days_of(met)
    if last is None or first is None:
        return None
    late = first[0] - last[1]
    return late if late > 0 else None


# -- whose word came true -----------------------------------------------------------------------------


def records_of_outlets(expected: Iterable[Expected]) -> tuple[Record, ...]:
    """How the announcements that each outlet carried have come out; those with most settled ones first."""
    return _records(expected, lambda one: one.outlet)


def records_of_sources(expected: Iterable[Expected]) -> tuple[Record, ...]:
    """The same for the offices, agencies and persons whom announcements quote; "officials" are nobody in particular."""
    return _records(expected, lambda one: one.source if one.source != one.source.lower() else "")


_NameOf = Callable[[Announcement], str]


def _records(expected: Iterable[Expected], name_of: _NameOf) -> tuple[Record, ...]:
    """Announcements are statements that something is expected, or due; a proposal promises nothing."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    spellings: dict[str, list[str]] = defaultdict(list)
    for one in expected:
        for key, announcement in _firsts(one, name_of):
            outcomes[key].append(announcement.outcome)
            spellings[key].append(name_of(announcement))
    made = [Record(name=_commonest(spellings[key]), outcomes=tuple(found)) for key, found in outcomes.items()]
    return tuple(sorted(made, key=lambda one: (-one.settled, -len(one.outcomes), one.name)))


def _firsts(expected: Expected, name_of: _NameOf) -> Iterator[tuple[str, Announcement]]:
    """The first announcement of an agreement by each name."""
    seen: set[str] = set()
    for one in expected.announcements:
        key = fold(name_of(one)).removeprefix("the ")
        is_promise = one.fact.status is Status.ANTICIPATED or one.fact.due is not None
        if key and is_promise and key not in seen:
            seen.add(key)
            yield key, one


def _commonest(names: Sequence[str]) -> str:
    return max(sorted(set(names)), key=names.count)
