"""Meetings of the parties: talks, visits, summits, calls and ceremonies, held or planned.

An event needs two parties in its sentence; a summit may do with one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.extract.dates import FoundDate
from generator.extract.names import Name
from generator.extract.numbers import words_in
from generator.extract.speech import table
from generator.extract.text import Document, Sentence
from generator.model import (
    Certainty,
    CountryCode,
    EventFact,
    EventKind,
    Evidence,
    Mode,
    Place,
    Realis,
    SaidDate,
)

_LONGEST = 1500  # characters of a sentence that are read
_WORD = re.compile(r"[^\W_][\w’'-]*")
_TITLE_WORDS = 7  # words before the noun that may belong to its title
_PLACE = re.compile(r"\b(?:in|at) (?:the )?(?P<name>[A-Z][\w’-]+(?: (?:de |al-|of )?[A-Z][\w’-]+){0,3})")


def _read_words() -> tuple[dict[str, EventKind], dict[str, EventKind], dict[str, frozenset[str]]]:
    nouns: dict[str, EventKind] = {}
    verbs: dict[str, EventKind] = {}
    others: dict[str, frozenset[str]] = {}
    for group, kind, words in table("event_words.tsv"):
        parted = words.split(",")
        if group == "noun":
            nouns.update(dict.fromkeys(parted, EventKind(kind)))
        elif group == "verb":
            verbs.update(dict.fromkeys(parted, EventKind(kind)))
        else:
            others[group] = frozenset(parted)
    return nouns, verbs, others


_NOUNS, _VERBS, _OTHERS = _read_words()


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b", re.IGNORECASE)


_TRIGGER_WORDS = frozenset(word.split()[-1] for word in (*_NOUNS, *_VERBS))
_FUTURE = _any_of(sorted(_OTHERS["future"]))
_NEGATED = _any_of(sorted(_OTHERS["negated"]))
_PAST = re.compile(r"\b(?:met|held|had|took place|visited|hosted|attended|said|signed)\b")
_MONTHS_AND_DAYS = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trigger:
    """One noun or verb of an event."""

    start: int
    end: int
    kind: EventKind
    is_noun: bool


def find_events(document: Document, names: Sequence[Name], dates: Sequence[FoundDate]) -> tuple[EventFact, ...]:
    """Find the meetings that the article reports or expects.

    Args:
        document: The article.
        names: Its names of countries and organisations, in the order of the text.
        dates: Its dates, in the order of the text.

    Returns:
        The events in the order of the text; each kind once for the same participants and the same mode.
    """
    named = [name for name in names if name.code]
    starts = [name.start for name in named]
    date_starts = [date.start for date in dates]
    events: dict[tuple[EventKind, tuple[str, ...], tuple[Mode, ...]], EventFact] = {}
    for sentence in document.sentences:
        if sentence.is_noise or sentence.is_title:
            continue
        here = named[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if not here or _TRIGGER_WORDS.isdisjoint(words_in(sentence.text)):
            continue
        then = dates[bisect_left(date_starts, sentence.start) : bisect_left(date_starts, sentence.end)]
        for trigger in _triggers(sentence):
            event = _event(document.text, sentence, trigger, here, then)
            if event is not None:
                _keep_fuller(events, event)
    kept = sorted(events.values(), key=lambda event: event.evidence.start)
    return tuple(event.model_copy(update={"id": f"e{number}"}) for number, event in enumerate(kept, start=1))


def _keep_fuller(
    events: dict[tuple[EventKind, tuple[str, ...], tuple[Mode, ...]], EventFact], event: EventFact
) -> None:
    """Two reports of one event are one; the one that says more stays, the earlier of equals."""
    key = (event.kind, event.participants, event.realis.modes)
    known = events.get(key)
    if known is None or _fullness(event) > _fullness(known):
        events[key] = event


def _fullness(event: EventFact) -> int:
    return (event.date is not None) + (event.place is not None) + (len(event.title.split()) > 1)


def _triggers(sentence: Sentence) -> Iterator[_Trigger]:
    """The first noun of each kind in a sentence; a verb only where no noun of its kind stands."""
    seen: dict[EventKind, _Trigger] = {}
    before = ""
    for found in _WORD.finditer(sentence.text, 0, _LONGEST):
        word = found.group()
        low, pair = word.lower(), f"{before} {word}".lower()
        is_verb_of_person = low in {"visits", "visit", "trip"} and before[:1].isupper()
        before = word
        if low not in _TRIGGER_WORDS:
            continue
        kind = _NOUNS.get(pair) or _NOUNS.get(low)
        is_noun = kind is not None and not is_verb_of_person
        kind = kind or _VERBS.get(low)
        known = seen.get(kind) if kind else None
        if kind is not None and (known is None or (is_noun and not known.is_noun)):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            seen[kind] = _Trigger(start=start, end=end, kind=kind, is_noun=is_noun)
    yield from seen.values()


def _event(
    text: str, sentence: Sentence, trigger: _Trigger, names: Sequence[Name], dates: Sequence[FoundDate]
) -> EventFact | None:
    place = _place(text, sentence, trigger, names)
    codes = {name.code for name in names if name.code and not _is_mere_place(text, name, place)}
    named_itself = trigger.is_noun and trigger.kind is EventKind.SUMMIT
    if len(codes) < (1 if named_itself else 2) or len(codes) > 12:
        return None
    if not trigger.is_noun and not _links_two(trigger, names):
        return None
    start, end = _title(text, sentence, trigger)
    return EventFact(
        id="e1",
        kind=trigger.kind,
        title=text[start:end],
        participants=tuple(sorted(codes)),
        realis=_realis(text, sentence, trigger),
        date=_date(text, trigger, dates),
        place=place,
        evidence=Evidence(exact=sentence.text, start=sentence.start, end=sentence.end),
        rule=f"event-{trigger.kind.value}-{'noun' if trigger.is_noun else 'verb'}",
    )


def _is_mere_place(text: str, name: Name, place: Place | None) -> bool:
    """A capital where the event is held does not take part by that."""
    if place is not None and place.evidence.start <= name.start < place.evidence.end:
        return name.kind.value in {"capital", "place", "seat"}
    return name.kind.value == "capital" and text[max(0, name.start - 3) : name.start] in {"in ", "In ", "at "}


def _links_two(trigger: _Trigger, names: Sequence[Name]) -> bool:
    """A verb of meeting stands between two parties, or behind both: "Modi and Putin will meet"."""
    before = [name for name in names if name.end <= trigger.start]
    return bool(before) and (len(before) < len(names) or len({name.code for name in before}) > 1)


def _title(text: str, sentence: Sentence, trigger: _Trigger) -> tuple[int, int]:
    """The noun with the words that describe it: "21st annual India-Russia summit"; the verb alone."""
    if not trigger.is_noun:
        return trigger.start, trigger.end
    start = trigger.start
    words = [m.span() for m in _WORD.finditer(text, max(sentence.start, trigger.start - 90), trigger.start)]
    for begin, end in words[: -_TITLE_WORDS - 1 : -1]:
        if text[end:start] not in {" ", "-", "–"} or text[begin:end].lower() in _OTHERS["plain"]:
            break
        if text[end - 2 : end] in {"’s", "'s"} or (begin > 0 and text[begin - 1].isalnum()):
            break
        is_verb = text[begin].islower() and text[begin:end].endswith(("ed", "ing"))
        if is_verb and trigger.kind is not EventKind.CEREMONY:  # "signing ceremony"
            break
        start = begin
    return start, trigger.end


def _realis(text: str, sentence: Sentence, trigger: _Trigger) -> Realis:
    """Whether the event has been held, is to come, or is called off, by the words around it."""
    before = text[max(sentence.start, trigger.start - 90) : trigger.start]
    behind = text[trigger.end : min(sentence.end, trigger.end + 60)]
    if _NEGATED.search(before[-40:]) or re.match(r"[^.,]{0,20}\b(?:cancelled|canceled|postponed|called off)\b", behind):
        return Realis(modes=(Mode.NEGATED,))
    is_future = _FUTURE.search(before) or re.match(
        r"[^.,]{0,40}\b(?:will|would|(?:is|are) (?:expected|due|likely|set)|scheduled|planned)\b", behind
    )
    if is_future and not _PAST.search(before[-25:]):
        return Realis(certainty=Certainty.PROBABLE, modes=(Mode.FUTURE,))
    return Realis()


def _date(text: str, trigger: _Trigger, dates: Sequence[FoundDate]) -> SaidDate | None:
    """The date nearest to the event in its sentence."""
    if not dates:
        return None
    nearest = min(dates, key=lambda date: min(abs(date.start - trigger.end), abs(trigger.start - date.end)))
    return SaidDate(
        date=nearest.date,
        basis=nearest.basis,
        evidence=Evidence(exact=text[nearest.start : nearest.end], start=nearest.start, end=nearest.end),
    )


def _place(text: str, sentence: Sentence, trigger: _Trigger, names: Sequence[Name]) -> Place | None:
    """The place behind the event ("talks in Geneva"), else before it in the sentence."""
    found = None
    for found in _PLACE.finditer(text, trigger.end, min(sentence.end, trigger.end + 120)):
        if found["name"].split()[0] not in _MONTHS_AND_DAYS:
            break
    else:
        found = None
    if found is None:
        return None
    start, end = found.span("name")
    country: CountryCode | None = next(
        (name.code for name in names if start <= name.start < end and name.code and len(name.code) == 3), None
    )
    return Place(
        name=text[start:end],
        country=country,
        evidence=Evidence(exact=text[start:end], start=start, end=end),
    )
