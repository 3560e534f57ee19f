"""People: every human being whom an article names, with the office and country that it gives.

First the full names ("Kari Nordmann") and the surnames with an office ("President Grey") are found, sentence by
sentence; then names of one person are put together; then surnames standing alone find their person. A capitalized
sequence is a person where an office, an apposition, a given name, a verb of speech or a later surname says so.
"""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from generator.extract.names import STANDS_FOR_COUNTRY, Name, NameKind
from generator.extract.offices import (
    NAMES,
    Kind,
    Office,
    Word,
    first_names,
    kind_of,
    office_after,
    office_before,
    say_verbs,
    words_of,
)
from generator.extract.text import Document, Sentence, Span

_GOVERNMENTS = frozenset("administration administrations government regime cabinet presidency doctrine".split())
_SUFFIXES = frozenset("Jr Sr II III IV".split())
_LONGEST_NAME = 6  # words
_MENTIONS = 10  # of a person that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """One human being in one article."""

    name: str  # fullest form in the article, without titles, verbatim
    office: str | None  # as the article words it, without the country's adjective
    country: str | None  # alpha-3 of the state whose office or nationality the article gives
    mentions: tuple[Span, ...]  # the fullest first, then in the order of the text
    office_span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A run of words that may name a person."""

    words: tuple[str, ...]
    span: Span
    sentence: int
    office: Office | None
    country: str | None  # from an apposition of the country alone: "Grey of Norway"
    rule: str | None  # None: nothing around it says that it is a person


@dataclass(slots=True)
class _Person:
    chunks: list[_Chunk] = field(default_factory=list)

    @property
    def fullest(self) -> _Chunk:
        return max(self.chunks, key=lambda chunk: (len(chunk.words), len("".join(chunk.words)), -chunk.span.start))


def find_people(document: Document, names: Sequence[Name]) -> tuple[FoundPerson, ...]:
    """All people in the order in which they are first named."""
    chunks = list(_chunks(document, names))
    people = _gather(chunks)
    home = _home(names)
    found = [_found(person, document, names, home) for person in people]
    return tuple(sorted(found, key=lambda person: min(person.mentions)))


# -- sequences of capitalized words ---------------------------------------------------------------


def _chunks(document: Document, names: Sequence[Name]) -> Iterator[_Chunk]:
    starts = [name.start for name in names]
    previous: Office | None = None
    for sentence in document.sentences:
        if sentence.is_noise:
            continue
        here = names[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        words = words_of(sentence, here)
        if _is_all_capitals(sentence, words):
            continue
        for chunk in _chunks_of(words, sentence, previous):
            yield chunk
            previous = chunk.office if chunk.office is not None and chunk.office.text else previous


def _is_all_capitals(sentence: Sentence, words: Sequence[Word]) -> bool:
    """A line in capitals, or a headline with capitals on nearly every word, does not mark names by capitals."""
    if sentence.text.isupper():
        return True
    long_ = [word.text for word in words if len(word.text) > 3 and word.kind is not Kind.MARK]
    return sentence.is_title and len(long_) > 2 and sum(text[0].isupper() for text in long_) >= 0.9 * len(long_)


def _chunks_of(words: Sequence[Word], sentence: Sentence, previous: Office | None) -> Iterator[_Chunk]:
    at = 0
    shared: Office | None = None
    shared_at = -1  # where a name must begin to share the office of the one before
    shared_number = 0
    while at < len(words):
        end = _chunk_end(words, at)
        if end == at:
            at += 1
            continue
        before = office_before(words, at)
        if before is None and shared is not None and at == shared_at:
            before = _of_number(shared, shared_number)
        else:
            shared, shared_number = (before, 0) if before is not None and _is_shared(before) else (None, 0)
            before = _of_number(before, 0) if before is not None and shared is not None else before
        before = _as_counterpart(before, previous)
        after = office_after(words, end) if end < len(words) else None
        rule = _rule(words, at, end, before, after)
        yield _Chunk(
            words=tuple(word.text for word in words[at:end]),
            span=Span(words[at].start, words[end - 1].end),
            sentence=sentence.index,
            office=_better(before, after),
            country=after.countries[0] if after is not None and after.text is None and after.countries else None,
            rule=rule,
        )
        if shared is not None:
            shared_at, shared_number = _next_name(words, end), shared_number + 1
        at = end


def _chunk_end(words: Sequence[Word], begin: int) -> int:
    """Where the name that begins here ends; `begin` where none begins."""
    if not _may_begin(words, begin):
        return begin
    at = begin + 1
    while at < min(len(words), begin + _LONGEST_NAME + 3) and not words[at - 1].is_possessive:
        if words[at].is_tied and (_is_part(words, at) or words[at].text in _SUFFIXES):
            at += 1
            continue
        next_ = _after_particles(words, at)
        if next_ == at or next_ >= len(words) or not (words[next_].is_tied and words[next_].kind in NAMES):
            break
        at = next_ + 1
    return at


def _may_begin(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.kind is Kind.PARTICLE:
        next_ = _after_particles(words, at)
        return next_ < len(words) and words[next_].kind is Kind.NAME and words[next_].is_tied
    if word.kind is Kind.INITIAL:
        return at + 1 < len(words) and words[at + 1].is_tied and words[at + 1].kind in NAMES
    if at and words[at - 1].text in "@#" and words[at - 1].end == word.start:
        return False
    return word.kind is Kind.NAME or _is_given_place(words, at)


def _is_part(words: Sequence[Word], at: int) -> bool:
    """Also a surname that is an office or a place ("Stephen King", "Jack London") right after a given name."""
    word = words[at]
    if word.kind in NAMES:
        return True
    if not word.text[0].isupper() or words[at - 1].text not in first_names():
        return False
    is_last = at + 1 >= len(words) or not words[at + 1].is_tied or not words[at + 1].text[:1].isupper()
    return is_last and (
        word.kind in (Kind.ROYAL, Kind.HEAD, Kind.MODIFIER)
        or (word.name is not None and word.name.kind is NameKind.PLACE and " " not in word.name.text)
    )


def _is_given_place(words: Sequence[Word], at: int) -> bool:
    """ "Victoria" is a place, and a given name before a surname."""
    word = words[at]
    return (
        word.name is not None
        and word.name.kind is NameKind.PLACE
        and word.text in first_names()
        and word.name.text == word.text
        and at + 1 < len(words)
        and words[at + 1].is_tied
        and words[at + 1].kind in NAMES
    )


def _after_particles(words: Sequence[Word], at: int) -> int:
    end = at
    while end < min(len(words), at + 3) and words[end].kind is Kind.PARTICLE and (end == at or words[end].is_tied):
        end += 1
    return end


def _next_name(words: Sequence[Word], at: int) -> int:
    """Where the next name of an enumeration begins, over "of Norway", "," and "and"."""
    end = at
    while end < min(len(words), at + 8):
        word = words[end]
        if word.text not in (",", "and", "of", "the", "(", ")") and word.name is None:
            return end
        end += 1
    return -1


# -- what says that it is a person ----------------------------------------------------------------


def _rule(words: Sequence[Word], begin: int, end: int, before: Office | None, after: Office | None) -> str | None:
    if _is_thing(words, begin, end):
        return "thing"
    size = end - begin
    if before is not None and (size > 1 or before.takes_surname):
        return "title-before" if before.text else "form-of-address"
    if size == 1:
        following = words[end].text if end < len(words) else ""
        is_government = following in _GOVERNMENTS and not words[begin].is_possessive
        return "government-of" if is_government and (begin or following == "administration") else None
    if words[begin].kind is Kind.INITIAL or words[begin].text in first_names():
        return "given-name"
    if after is not None and after.text is not None:
        return "apposition"
    return None


def _is_thing(words: Sequence[Word], begin: int, end: int) -> bool:
    """ "Grey University", "Lake Grey", "University of Grey", "the Grey-Brown Act" name no person."""
    if end < len(words) and words[end].is_tied and not words[end - 1].is_possessive:
        if words[end].kind is Kind.AFTER or words[end].text == "&":
            return True
    if begin == 0:
        return False
    left = words[begin - 1]
    if words[begin].is_tied and left.kind in (Kind.BEFORE,):
        return True
    if words[begin].is_tied and left.text == "&":
        return True
    return begin > 1 and left.text in ("of", "for") and words[begin - 2].kind is Kind.AFTER and words[begin].is_tied


def _is_shared(office: Office) -> bool:
    return office.is_plural or len(office.countries) > 1


def _of_number(office: Office, number: int) -> Office:
    """The office of one of several people who share its name: the countries are dealt out in order."""
    countries = office.countries
    if len(countries) > 1:
        countries = countries[number : number + 1]
    return Office(office.text, office.span, countries, False, office.is_bodys, office.takes_surname)


def _as_counterpart(office: Office | None, previous: Office | None) -> Office | None:
    """ "His French counterpart" holds the office of the person before."""
    if office is None or office.text is None or "counterpart" not in office.text.lower() or previous is None:
        return office
    return Office(previous.text, office.span, office.countries, False, previous.is_bodys, office.takes_surname)


def _better(before: Office | None, after: Office | None) -> Office | None:
    if before is None or before.text is None:
        return after if after is not None and after.text is not None else before
    return before


# -- names of one person --------------------------------------------------------------------------


def _gather(chunks: Sequence[_Chunk]) -> list[_Person]:
    sure = [chunk for chunk in chunks if chunk.rule not in (None, "thing")]
    alone = Counter(_key(chunk.words[0]) for chunk in chunks if len(chunk.words) == 1 and chunk.rule != "thing")
    for chunk in chunks:
        if chunk.rule is None and 1 < len(chunk.words) < 5 and (alone[_key(chunk.words[-1])] or chunk.country):
            sure.append(chunk)
    people: list[_Person] = []
    by_key: dict[str, list[_Person]] = {}
    for chunk in sorted(sure, key=lambda one: (-min(len(one.words), 2), one.span)):
        _place(chunk, people, by_key)
    taken = {chunk.span for chunk in sure}
    for chunk in chunks:
        if chunk.span not in taken and chunk.rule is None:
            person = _whose(chunk, by_key)
            if person is not None:
                person.chunks.append(chunk)
    return people


def _place(chunk: _Chunk, people: list[_Person], by_key: dict[str, list[_Person]]) -> None:
    person = _whose(chunk, by_key)
    if person is None:
        person = _Person()
        people.append(person)
    person.chunks.append(chunk)
    for key in _keys(chunk):
        known = by_key.setdefault(key, [])
        if person not in known:
            known.append(person)


def _whose(chunk: _Chunk, by_key: dict[str, list[_Person]]) -> _Person | None:
    if len(chunk.words) == 1:
        candidates = by_key.get(_key(chunk.words[0]), [])
        before = [one for one in candidates if min(other.span for other in one.chunks) < chunk.span]
        return max(before or candidates, key=lambda one: _last_before(one, chunk), default=None)
    for person in by_key.get(_key(_surname(chunk.words)), []) + by_key.get(_key(chunk.words[0]), []):
        if _is_compatible(person.fullest.words, chunk.words):
            return person
    return None


def _last_before(person: _Person, chunk: _Chunk) -> int:
    return max((one.span.start for one in person.chunks if one.span.start < chunk.span.start), default=-1)


def _keys(chunk: _Chunk) -> Iterator[str]:
    """The words by which a later mention may call the person: the surname; the first word where it may be one."""
    words = chunk.words
    yield _key(_surname(words))
    is_dynastic = chunk.office is not None and chunk.office.text is not None and _is_royal(chunk.office.text)
    if len(words) > 1 and (is_dynastic or words[0] not in _given() or len(words[0]) <= 3):
        yield _key(words[0])
    if len(words) > 2 and words[-2][:1].isupper() and len(words[-2]) > 2:
        yield _key(words[-2])


@cache
def _given() -> frozenset[str]:
    return first_names()


def _is_royal(office: str) -> bool:
    return any(kind_of(word) is Kind.ROYAL for word in office.split() if word.isalpha())


def _surname(words: Sequence[str]) -> str:
    return words[-2] if len(words) > 1 and words[-1] in _SUFFIXES else words[-1]


def _is_compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Two names may be one person's: the shorter has no word, initial or short form that the longer has not."""
    short, long_ = sorted(([_key(word) for word in one], [_key(word) for word in other]), key=len)
    if short[-1] not in long_ and short[0] not in long_:
        return False
    left = list(long_)
    for word in short:
        match = next(
            (own for own in left if own == word or (min(len(own), len(word)) < 4 and own[:1] == word[:1])), None
        )
        if match is None and len(short) == 2 and word == short[0]:
            match = next((own for own in left if own[:2] == word[:2]), None)
        if match is None:
            return False
        left.remove(match)
    return True


@cache
def _key(word: str) -> str:
    """A name without accents, case and article: "el-Sisi" and "Sisi" are one."""
    lower = word.lower().rstrip(".")
    if not lower.isascii():
        lower = "".join(letter for letter in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(letter))
        lower = lower.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d")
    head, mark, rest = lower.partition("-")
    return rest if mark and head in ("al", "el", "as", "ad", "an", "ar", "at", "ash", "ul") else lower


# -- office and country ---------------------------------------------------------------------------


def _found(person: _Person, document: Document, names: Sequence[Name], home: str | None) -> FoundPerson:
    chunks = sorted(person.chunks, key=lambda chunk: chunk.span)
    fullest = person.fullest
    office = next((chunk.office for chunk in chunks if chunk.office is not None and chunk.office.text), None)
    spans = [fullest.span, *(chunk.span for chunk in chunks if chunk.span != fullest.span)]
    return FoundPerson(
        name=document.text[fullest.span.start : fullest.span.end],
        office=office.text if office is not None else None,
        country=_country(chunks, office, document, names, home),
        mentions=tuple(spans[:_MENTIONS]),
        office_span=office.span if office is not None else None,
        rule=next((chunk.rule for chunk in chunks if chunk.rule), "surname-later"),
    )


def _country(
    chunks: Sequence[_Chunk], office: Office | None, document: Document, names: Sequence[Name], home: str | None
) -> str | None:
    if office is not None and office.countries:
        return office.countries[0]
    for chunk in chunks:
        if chunk.country is not None:
            return chunk.country
        if chunk.office is not None and chunk.office.countries:
            return chunk.office.countries[0]
    if office is None or office.is_bodys:
        return home if any(chunk.rule == "government-of" for chunk in chunks) else None
    sentence = next(chunk.sentence for chunk in chunks if chunk.office is office)
    inside = {name.code for name in names if name.sentence == sentence and name.kind in STANDS_FOR_COUNTRY}
    if len(inside) == 1:
        return inside.pop()
    return home


def _home(names: Sequence[Name]) -> str | None:
    """The country that an article speaks of most, where it is at least half of what it says of countries."""
    counts = Counter(name.code for name in names if name.code and name.kind in STANDS_FOR_COUNTRY)
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    seats = {name.code for name in names if name.kind is NameKind.SEAT}
    if len(seats) == 1:
        return seats.pop()
    return code if 2 * count >= counts.total() else None
