"""Who the parties of an instrument are, from the words around its mention.

Works on the places of countries, organisations and persons that other rooms have found; knows nothing of status.
"""

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from generator.extract.mentions import Form, Mention, Word, grammar
from generator.extract.text import Document

if TYPE_CHECKING:
    from generator.extract.names import Name
    from generator.extract.people import FoundPerson

_GROUP = re.compile(
    r"\b(?:(?:the|their|our|these|all|both|its)\s+)?(two|both|three|four|five|six|seven|the)(?:\s+(?:of\s+)?(?:the|our|these|their))?\s+"
    r"(?:[a-z]+\s+)?(" + "|".join(sorted(grammar()["group"])) + r")\b",
    re.IGNORECASE,
)
_MEDIATED = re.compile(r"[-–](?:" + "|".join(sorted(grammar()["mediated"])) + r")\b")
_SIZES = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


class RefKind(StrEnum):
    """What points at a party."""

    STATE = "state"  # "Russia", "Moscow"
    ADJECTIVE = "adjective"  # "Russian"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The parties of one mention, in the order of the text."""

    refs: tuple[Ref, ...] = ()  # one a code
    is_stated: bool = False  # named in the noun phrase or with "between", "with": they cannot be others
    is_group: bool = False  # "the two countries"
    has_stranger: bool = False  # a capitalized name that is no country acts: a company, perhaps

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the parties."""
        return frozenset(ref.code for ref in self.refs)


class Cast:
    """Everyone in the article who may be a party, in the order of the text."""

    def __init__(self, document: Document, names: Sequence["Name"], people: Sequence["FoundPerson"]) -> None:
        self.document = document
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        persons = sorted(self._persons(people))
        covered = [(ref.start, ref.end) for ref in persons]
        self.refs = sorted([*persons, *self._states(names, covered)])
        self._starts = [ref.start for ref in self.refs]
        self.main = self._main()

    def _sentence(self, position: int) -> int:
        return max(bisect.bisect_right(self._sentence_starts, position) - 1, 0)

    def _persons(self, people: Sequence["FoundPerson"]) -> Iterator[Ref]:
        for person in people:
            if person.country is not None:
                for span in person.mentions:
                    yield Ref(span.start, span.end, person.country, RefKind.PERSON, self._sentence(span.start))

    def _states(self, names: Sequence["Name"], covered: Sequence[tuple[int, int]]) -> Iterator[Ref]:
        starts = [start for start, _ in covered]
        text = self.document.text
        for name in names:
            at = bisect.bisect_right(starts, name.start) - 1
            is_covered = at >= 0 and covered[at][1] >= name.end
            if name.code is None or is_covered or name.kind == "place":
                continue
            if name.kind in ("capital", "seat") and _word_before(text, name.start) in grammar()["place-before"]:
                continue
            if _MEDIATED.match(text, name.end):
                continue
            kind = _KINDS.get(str(name.kind), RefKind.STATE)
            yield Ref(name.start, name.end, name.code, kind, name.sentence)

    def _main(self) -> tuple[Ref, ...]:
        """The parties the article is most about, most first: the title counts thrice, its beginning twice."""
        weight: Counter[str] = Counter()
        first: dict[str, Ref] = {}
        for ref in self.refs:
            sentence = self.document.sentences[ref.sentence]
            if sentence.is_noise:
                continue
            weight[ref.code] += 4 if sentence.is_title else 2 if sentence.paragraph <= 2 else 1
            first.setdefault(ref.code, ref)
        return tuple(first[code] for code, _ in weight.most_common())

    def within(self, start: int, end: int) -> list[Ref]:
        """References that begin in a stretch of the article."""
        return self.refs[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

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
        return tuple(reversed(seen.values())) if len(seen) == size else self.main[:size]


_KINDS = {"adjective": RefKind.ADJECTIVE, "people": RefKind.ADJECTIVE, "organisation": RefKind.ORGANISATION}


def _word_before(text: str, start: int) -> str:
    words = text[max(start - 24, 0) : start].split()
    return words[-1].lower() if words else ""


def sides_of(mention: Mention, cast: Cast) -> Sides:
    """The parties that the clause of a mention gives; fewer than two where it does not say."""
    words = mention.words
    inside = cast.within(mention.start, words[mention.head].start)
    stated, tail_refs = _tail(mention, cast)
    if mention.left >= 2 and words[mention.left - 1].low == "the":
        inside = [*inside]
    if _is_between(mention):
        return Sides(refs=_one_each([*inside, *stated]), is_stated=True)
    subject = _subject(mention, cast)
    refs = _one_each([*subject, *inside, *stated])
    group = _group(mention, cast)
    if group and not (len(_one_each([*inside, *stated])) > 1):
        return Sides(refs=_one_each([*group, *inside, *stated]), is_stated=bool(inside or stated), is_group=True)
    if len(refs) < 2:
        refs = _one_each([*refs, *tail_refs])
    return Sides(
        refs=refs, is_stated=bool(inside or stated), has_stranger=not refs and _has_stranger(mention)
    )


def _one_each(refs: Sequence[Ref]) -> tuple[Ref, ...]:
    first: dict[str, Ref] = {}
    for ref in refs:
        first.setdefault(ref.code, ref)
    return tuple(sorted(first.values()))


def _is_between(mention: Mention) -> bool:
    return any(word.low == "between" for word in mention.words[mention.last + 1 : mention.last + 12])


def _tail(mention: Mention, cast: Cast) -> tuple[list[Ref], list[Ref]]:
    """References after the noun: those after "between", "with", "among", and the others that may be parties."""
    words = mention.words
    end = mention.clause[1]
    stated: list[Ref] = []
    index = mention.last + 1
    while index < end:
        low = words[index].low
        if low in ("between", "with", "among", "amongst") or (low in ("by", "of") and index <= mention.last + 4):
            stop = _segment_end(words, index + 1, end)
            refs = cast.within(words[index].start, words[stop - 1].end)
            if low != "of" or any(ref.kind is RefKind.ORGANISATION for ref in refs):
                stated.extend(refs)
            index = stop
        else:
            index += 1
    rest = cast.within(words[mention.last].end, words[end - 1].end)
    return stated, [ref for ref in rest if _is_free(ref, cast.document.text)]


def _segment_end(words: Sequence[Word], begin: int, end: int) -> int:
    for index in range(begin, end):
        if words[index].low in grammar()["party-end"] and index > begin:
            return index
    return end


def _is_free(ref: Ref, text: str) -> bool:
    """No mere place, and an adjective only before a word of state: "Russian ministry", not "Russian gas"."""
    before = _word_before(text, ref.start)
    if before in grammar()["place-before"] or before in ("on", "about", "the") and ref.kind is RefKind.ADJECTIVE:
        return ref.kind is RefKind.ADJECTIVE and _is_before_state(ref, text)
    return ref.kind is not RefKind.ADJECTIVE or _is_before_state(ref, text)


def _is_before_state(ref: Ref, text: str) -> bool:
    after = text[ref.end : ref.end + 60].lower().replace("’", "'").split()[:4]
    return any(word.strip(",.;:'").removesuffix("'s") in grammar()["state-noun"] for word in after)


def _subject(mention: Mention, cast: Cast) -> list[Ref]:
    words, cue = mention.words, mention.cue
    begin = mention.clause[0]
    end = mention.left if cue is None or not cue.is_before else max(cue.first, begin)
    if end <= begin:
        end = mention.left
    if end <= begin:
        return []
    refs = cast.within(words[begin].start, words[end - 1].end)
    text = cast.document.text
    return [ref for ref in refs if _is_subject(ref, text)]


def _is_subject(ref: Ref, text: str) -> bool:
    before = _word_before(text, ref.start)
    if ref.kind is RefKind.ADJECTIVE:
        return before not in ("in", "at") and _is_before_state(ref, text)
    return before not in grammar()["place-before"]


def _group(mention: Mention, cast: Cast) -> tuple[Ref, ...]:
    words = mention.words
    start, end = words[mention.clause[0]].start, words[mention.clause[1] - 1].end
    match = _GROUP.search(cast.document.text, start, min(end, start + 600))
    if match is None:
        return ()
    size = _SIZES.get(match.group(1).lower(), 2)
    return cast.last_together(match.start(), size)


def _has_stranger(mention: Mention) -> bool:
    """A capitalized name acts that is no party known to us."""
    if mention.cue is None or not mention.cue.is_before or mention.form is Form.NAMED:
        return False
    subject = mention.words[mention.clause[0] : mention.cue.first]
    return any(word.text[0].isupper() and word.low not in ("the", "he", "she", "it", "they", "we") for word in subject[1:])
