"""Everyone in an article who may be a party: the places that point at a country or organisation, and lists of them.

Works on what other rooms have found of countries, organisations and persons; knows no instrument.
"""

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from generator.extract.nouns import known_names
from generator.extract.text import Document
from generator.extract.wordlists import grammar

if TYPE_CHECKING:
    from generator.extract.names import Name
    from generator.extract.people import FoundPerson

_MEDIATED = re.compile(r"[-–](?:" + "|".join(sorted(grammar()["mediated"])) + r")\b", re.IGNORECASE)

_LIST_JOINT = re.compile(r"(?:[\s,()–—-]|\band\b|\bthe\b|\bplus\b|\bas well as\b|\balong with\b|\bthose of\b)*")
_TITLED = re.compile(
    r"(?: [A-Z]\w+| climate){0,2} (?:Accords?|Agreements?|Protocol|Convention|Treaty|Declaration|Summit|Statute|Charter"
    r"|Club|Process|Conference|Memorandum|accords?|climate)\b"
)
_TOWN = re.compile(r"\b(?:in|at|from|near) [A-Z]\w+(?: [A-Z]\w+)?, $")
_LIST_GAP = 30  # characters between two members of a list
_LEAD = 80  # characters before a list in which its word is looked for
_PAIR = 2  # "the two countries" may be those the article is most about; "all four parties" may not
_ROSTER = 3  # members that make a list
_ROSTERS = 20  # lists of an article that are kept


class RefKind(StrEnum):
    """What points at a party."""

    STATE = "state"  # "Russia", "Moscow"
    ADJECTIVE = "adjective"  # "Russian"
    CAPITAL = "capital"  # a city that stands for its state
    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A place of the article that points at a country or organisation."""

    start: int
    end: int
    code: str
    kind: RefKind
    sentence: int
    text: str = ""


class Roster(NamedTuple):
    """A list of countries in one sentence."""

    refs: tuple[Ref, ...]
    sentence: int
    is_membership: bool  # of members or signatories; else of leaders or ministers who meet


class Cast:
    """Everyone in the article who may be a party, in the order of the text."""

    def __init__(self, document: Document, names: Sequence["Name"], people: Sequence["FoundPerson"]) -> None:
        self.document = document
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        persons = sorted(self._persons(people))
        covered = [(ref.start, ref.end) for ref in persons]
        self._persons_at = {span.start for person in people for span in person.mentions}
        self.refs = sorted([*persons, *self._states(names, covered)])
        self.capitals = {
            name.start for name in names if name.kind in ("capital", "place") and not _is_owner(name.end, document.text)
        }
        self._starts = [ref.start for ref in self.refs]
        self.main = self._main()
        self.rosters = tuple(itertools.islice(self._rosters(), _ROSTERS))
        self._named: dict[str, list[Ref]] = {}
        for ref in self.refs:
            if ref.kind is not RefKind.PERSON:
                self._named.setdefault(ref.code, []).append(ref)

    def _sentence(self, position: int) -> int:
        return max(bisect.bisect_right(self._sentence_starts, position) - 1, 0)

    def _persons(self, people: Sequence["FoundPerson"]) -> Iterator[Ref]:
        for person in people:
            if person.country is not None:
                for span in person.mentions:
                    yield Ref(
                        span.start,
                        span.end,
                        person.country,
                        RefKind.PERSON,
                        self._sentence(span.start),
                        self.document.text[span.start : span.end],
                    )

    def _states(self, names: Sequence["Name"], covered: Sequence[tuple[int, int]]) -> Iterator[Ref]:
        starts = [start for start, _ in covered]
        text = self.document.text
        for name in names:
            at = bisect.bisect_right(starts, name.start) - 1
            is_covered = at >= 0 and covered[at][1] >= name.end
            if name.code is None or is_covered or name.kind == "place" or name.code in known_names():
                continue
            if name.kind in ("capital", "seat") and word_before(text, name.start) in grammar()["place-before"]:
                continue
            if _MEDIATED.match(text, name.end) or (name.kind == "capital" and _TITLED.match(text, name.end)):
                continue
            kind = _KINDS.get(str(name.kind), RefKind.STATE)
            yield Ref(name.start, name.end, name.code, kind, name.sentence, name.text)

    def _main(self) -> tuple[Ref, ...]:
        """The parties the article is most about, most first: the title counts thrice, its beginning twice."""
        weight: Counter[str] = Counter()
        first: dict[str, Ref] = {}
        for ref in self.refs:
            sentence = self.document.sentences[ref.sentence]
            if sentence.is_noise:
                continue
            if not self._is_place(ref):
                weight[ref.code] += 4 if sentence.is_title else 2 if sentence.paragraph <= 2 else 1
            first.setdefault(ref.code, ref)
        return tuple(first[code] for code, _ in weight.most_common())

    def _is_place(self, ref: Ref) -> bool:
        """ "In Kuala Lumpur, Malaysia": only where something happens."""
        before = self.document.text[max(ref.start - 25, 0) : ref.start]
        return ref.kind is RefKind.STATE and _TOWN.search(before) is not None

    def _rosters(self) -> Iterator["Roster"]:
        """Lists of three and more that a word such as "members" or "leaders" opens or closes, in one sentence."""
        run: list[Ref] = []
        for ref in self.refs:
            gap = self.document.text[run[-1].end : ref.start] if run else ""
            if run and (ref.sentence != run[-1].sentence or len(gap) > _LIST_GAP or not _LIST_JOINT.fullmatch(gap)):
                yield from self._roster(run)
                run = []
            run.append(ref)
        yield from self._roster(run)

    def _roster(self, run: Sequence[Ref]) -> Iterator["Roster"]:
        if run and run[0].kind is RefKind.ORGANISATION:
            run = run[1:]  # "members of the council – Peru, Chile and Brazil"
        states = {ref.code: ref for ref in reversed(run) if ref.kind is not RefKind.PERSON}
        if sum(ref.kind is not RefKind.ORGANISATION for ref in states.values()) < _ROSTER:
            return
        text, sentence = self.document.text, self.document.sentences[run[0].sentence]
        before = text[max(run[0].start - _LEAD, sentence.start) : run[0].start]
        after = text[run[-1].end : min(run[-1].end + _LEAD // 2, sentence.end)]
        words = {word.strip(",.;:()").lower() for word in f"{before} {after}".split()}
        if not grammar()["crowd"].isdisjoint(words):
            is_membership = not grammar()["membership"].isdisjoint(words)
            yield Roster(tuple(sorted(states.values())), run[0].sentence, is_membership=is_membership)

    def listed(self, sentences: Sequence[int] = (), *, members: bool = True) -> tuple[Ref, ...]:
        """Everyone whom the lists of the article name: of members only, or those in or beside some sentences."""
        near = {number + step for number in sentences for step in (-1, 0, 1)}
        first: dict[str, Ref] = {}
        for roster in self.rosters:
            is_meant = (roster.is_membership or not members) and (not sentences or roster.sentence in near)
            for ref in roster.refs if is_meant else ():
                first.setdefault(ref.code, ref)
        return tuple(first.values())

    def naming(self, ref: Ref) -> Ref:
        """The nearest words that name the country of a person; the reference itself where it names a country."""
        if ref.kind is not RefKind.PERSON:
            return ref
        named = self._named.get(ref.code, [])
        at = bisect.bisect_left(named, ref)
        return min(named[max(at - 1, 0) : at + 1], key=lambda other: abs(other.start - ref.start), default=ref)

    def within(self, start: int, end: int) -> list[Ref]:
        """References that begin in a stretch of the article."""
        return self.refs[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def is_person(self, position: int) -> bool:
        """A name of a person begins here, of whatever country."""
        return position in self._persons_at

    def last_person(self, position: int) -> list[Ref]:
        """The person named last before a position: "he"."""
        index = bisect.bisect_left(self._starts, position) - 1
        for at in range(index, max(index - 20, -1), -1):
            if self.refs[at].kind is RefKind.PERSON:
                return [self.refs[at]]
        return []

    def last_together(self, position: int, size: int) -> tuple[Ref, ...]:
        """The parties last named together before a position: "the two countries"."""
        index = bisect.bisect_left(self._starts, position) - 1
        seen: dict[str, Ref] = {}
        sentence = self.refs[index].sentence if index >= 0 else -1
        for at in range(index, max(index - 40, -1), -1):
            ref = self.refs[at]
            if ref.sentence != sentence:
                if len(seen) == size:
                    break
                seen, sentence = {}, ref.sentence
            if ref.kind is not RefKind.ORGANISATION or size > 2:
                seen.setdefault(ref.code, ref)
        if len(seen) == size:
            return tuple(reversed(seen.values()))
        return self.main[:size] if size == _PAIR else ()


_KINDS = {
    "capital": RefKind.CAPITAL,
    "adjective": RefKind.ADJECTIVE,
    "people": RefKind.ADJECTIVE,
    "organisation": RefKind.ORGANISATION,
}


def _is_owner(end: int, text: str) -> bool:
    return text[end : end + 2] in ("'s", "’s")


def word_before(text: str, start: int) -> str:
    """The word before a place, articles left out."""
    words = text[max(start - 30, 0) : start].lower().split()
    return next((word for word in reversed(words[-3:]) if word not in ("the", "both", "its")), "")
