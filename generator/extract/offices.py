"""Offices and roles as an article words them, before a name ("Greek energy minister") or after it (", spokesman for …").

Words are told apart by `office_words.tsv` and `words_in_names.tsv`; nothing here knows who a person is. Every phrase is
looked for in a bounded window of words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from generator.extract.names import STANDS_FOR_COUNTRY, Name, NameKind
from generator.extract.text import Sentence, Span


class Kind(StrEnum):
    """What a word may do around the name of a person."""

    NAME = "name"  # capitalized and nothing else: may be part of a name
    INITIAL = "initial"  # "J.", "J.D."
    PARTICLE = "particle"  # "van", "bin"
    HEAD = "head"  # the five kinds of `office_words.tsv`
    SOLO = "solo"
    ROYAL = "royal"
    MODIFIER = "modifier"
    RANK = "rank"
    FORM = "form"
    AFTER = "after"  # the three kinds of `words_in_names.tsv`
    BEFORE = "before"
    BREAK = "break"
    LISTED = "listed"  # inside the name of a country, an organisation, a place
    OTHER = "other"
    MARK = "mark"


NAMES = frozenset({Kind.NAME, Kind.INITIAL})
HEADS = frozenset({Kind.HEAD, Kind.SOLO, Kind.ROYAL, Kind.RANK})
_OFFICE = HEADS | {Kind.MODIFIER, Kind.FORM}
_PARTICLES = frozenset(
    "de del della der den des dos da di du van von bin ibn bint ben al el ul ud zu ter ten y la le".split()
)
_TOKEN = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]\w*(?:[’'‑-][^\W\d_]\w*)*|\d[\d.,]*|[^\w\s]")
_LINK = frozenset({"of", "for", "to", "at", "on", "in", "with"})
_LONGEST = 16  # words of an office
_STOPS = frozenset("who which that said says told was were is are has had have will would added met and".split())
_DETERMINERS = frozenset("the a an his her its their our my".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a sentence, without a possessive ending."""

    text: str
    start: int
    end: int
    kind: Kind
    is_possessive: bool
    is_tied: bool  # only one blank, or a line end, parts it from the word before
    name: Name | None  # the name that it is part of


@dataclass(frozen=True, slots=True)
class Office:
    """An office or role and whose it is."""

    text: str | None  # without the country's adjective; None: a form of address, or only a country
    span: Span
    countries: tuple[str, ...]  # more than one for an office in the plural
    is_plural: bool = False
    is_bodys: bool = False  # of an organisation or company, so that no country may be guessed
    takes_surname: bool = True  # a surname alone may follow


# -- words ----------------------------------------------------------------------------------------


def words_of(sentence: Sentence, names: Sequence[Name]) -> list[Word]:
    """The words of a sentence with their kinds; `names` are those of the sentence, in order."""
    words: list[Word] = []
    starts = [name.start for name in names]
    last_end = -9
    for found in _TOKEN.finditer(sentence.text):
        text, start, end = found.group(), sentence.start + found.start(), sentence.start + found.end()
        if text == "." and start == last_end and words[-1].kind in (Kind.RANK, Kind.FORM, Kind.PARTICLE):
            last_end = end
            continue
        at = bisect_right(starts, start) - 1
        name = names[at] if at >= 0 and start < names[at].end else None
        is_possessive = len(text) > 2 and text[-1] == "s" and text[-2] in "'’"
        if is_possessive:
            text, end = text[:-2], end - 2
        blanks = sentence.text[last_end - sentence.start : found.start()] if last_end > 0 else "  "
        kind = Kind.LISTED if name is not None else kind_of(text)
        words.append(Word(text, start, end, kind, is_possessive, len(blanks) == 1 and blanks.isspace(), name))
        last_end = end + 2 * is_possessive
    return words


@cache
def kind_of(word: str) -> Kind:
    """The kind of a word that belongs to no listed name."""
    first = word[0]
    if not first.isalpha():
        return Kind.MARK
    lower = word.lower()
    if first.isupper() and word in _in_names():
        return _in_names()[word]
    office = _offices().get(lower) or _offices().get(singular(lower))
    if office is not None:
        return office
    if word.endswith("."):
        return Kind.INITIAL if first.isupper() else Kind.OTHER
    if lower in _PARTICLES and not first.isupper():
        return Kind.PARTICLE
    if first.isupper():
        return Kind.INITIAL if len(word) == 1 else Kind.NAME
    head, mark, rest = word.partition("-")
    is_prefixed = mark and head in _PARTICLES | {"as", "ad", "an", "ar", "at", "ash"} and rest[:1].isupper()
    return Kind.NAME if is_prefixed or (word[:2] in ("d’", "d'") and word[2:3].isupper()) else Kind.OTHER


def singular(word: str) -> str:
    """An office in the singular: "ministers" and "spokesmen" are "minister" and "spokesman"."""
    if word.endswith(("men", "women")):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


# -- before a name --------------------------------------------------------------------------------


def office_before(words: Sequence[Word], begin: int) -> Office | None:
    """The office that ends right before the word at `begin`."""
    if begin == 0 or (words[begin - 1].text != "," and not words[begin].is_tied):
        return None
    end = begin - 1 if words[begin - 1].text == "," else begin
    start = _run_start(words, end)
    if start == end or (end < begin and not _is_set_off(words, start, end)):
        return None
    run = words[start:end]
    last = max((at for at, word in enumerate(run) if word.kind in HEADS), default=None)
    if last is None:
        if run[-1].kind is not Kind.FORM:
            return None
        return Office(None, Span(run[-1].start, run[-1].end), _countries_before(run))
    if last + 1 < len(run) and run[last + 1].text not in _LINK:
        return None
    return _office(run, last)


def _is_set_off(words: Sequence[Word], start: int, end: int) -> bool:
    """ "The president of Niger, X": only a definite phrase can stand before a comma for the name after it."""
    before = words[start - 1].text.lower() if start else ""
    return before in _DETERMINERS or words[start].is_possessive or words[start].kind is Kind.LISTED


def _run_start(words: Sequence[Word], end: int) -> int:
    start = end
    capitals = 0
    while start > max(0, end - _LONGEST):
        word, left = words[start - 1], words[start - 2] if start > 1 else None
        if word.is_possessive and start < end:
            return start - 1 if word.name is not None else start
        if word.kind in _OFFICE or word.kind is Kind.LISTED:
            capitals = 0
        elif not _joins(word, left, start == end):
            if start == end or capitals == 4 or not _names_body(word, words[start], start == 1):
                break
            capitals += 1
        start -= 1
        if start and words[start].kind is not Kind.MARK and not words[start].is_tied and words[start].text != "&":
            if words[start - 1].text not in ("-", "/"):
                break
    while start < end and words[start].text.lower() in (*_LINK, "and", "the", "&", "-", "/", ",", "or"):
        start += 1
    return start


def _joins(word: Word, left: Word | None, is_last: bool) -> bool:
    if left is None or is_last:
        return False
    text = word.text.lower()
    if text in ("and", "&", "-", "/"):
        return left.kind in _OFFICE or left.kind is Kind.LISTED
    if text in ("of", "for", "to"):
        return left.kind in HEADS or left.kind is Kind.MODIFIER
    if text == "the":
        return left.text in ("of", "for", "to")
    return text == "republic" or (word.kind is Kind.AFTER and left.text in ("of", "the", "for"))


def _names_body(word: Word, right: Word, is_first: bool) -> bool:
    """ "Foreign Ministry" in "Foreign Ministry spokesman": capitals that belong to the office, not to another person."""
    if word.kind is Kind.AFTER:
        return True
    return word.kind is Kind.NAME and word.text not in first_names() and not is_first and right.kind is not Kind.FORM


def _countries_before(run: Sequence[Word]) -> tuple[str, ...]:
    return tuple(_codes(run))


def _codes(run: Sequence[Word]) -> Iterator[str]:
    seen: Name | None = None
    for word in run:
        if word.name is not None and word.name is not seen and word.name.kind in STANDS_FOR_COUNTRY and word.name.code:
            yield word.name.code
        seen = word.name


def _office(run: Sequence[Word], last: int) -> Office:
    """The office of a phrase whose last head is at `last`; a country at its beginning or its end is taken out."""
    lead = 0
    while lead < last and run[lead].kind is Kind.MODIFIER and any(word.name for word in run[lead + 1 : last]):
        lead += 1
    body = lead
    while body < last and (_is_nationality(run[body]) or (body > lead and run[body].text in ("and", "-", "/", ","))):
        body += 1
    if body == lead:
        lead = body = 0
    countries = tuple(_codes(run[lead:body]))
    stop = len(run)
    if not countries:
        stop, countries = _without_country(run, last)
    if not countries:
        countries = tuple(_codes(run[body:last]))[:1]
    kept = (*run[:lead], *run[body:stop])
    head = run[last]
    is_plural = head.text.lower() not in _offices() and singular(head.text.lower()) in _offices()
    return Office(
        text=_worded(kept, head if is_plural else None),
        span=Span(run[0].start, run[-1].end),
        countries=countries,
        is_plural=is_plural,
        is_bodys=any(word.name is not None and word.name.kind is NameKind.ORGANISATION for word in run),
        takes_surname=head.kind in (Kind.SOLO, Kind.ROYAL, Kind.RANK) or head.text[0].islower(),
    )


def _is_nationality(word: Word) -> bool:
    return word.name is not None and word.name.kind in (NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE)


def _without_country(run: Sequence[Word], last: int) -> tuple[int, tuple[str, ...]]:
    """Where "of Niger", "of the Republic of Niger" begins at the end of the phrase, and its country."""
    link = next((at for at in range(len(run) - 1, last, -1) if run[at].text in ("of", "for")), None)
    if link is None:
        return len(run), ()
    codes = tuple(_codes(run[link:]))
    if not codes or not all(
        word.kind in (Kind.LISTED, Kind.AFTER, Kind.NAME) or word.text in ("of", "the", "and") for word in run[link:]
    ):
        return len(run), ()
    if link - 2 > last and run[link - 1].text == "Republic":
        link = next((at for at in range(link - 1, last, -1) if run[at].text == "of"), link)
    return link, codes


def _worded(kept: Sequence[Word], plural: Word | None) -> str | None:
    pieces: list[str] = []
    for word in kept:
        text = word.text + ("’s" if word.is_possessive else "")
        if word is plural:
            text = singular(word.text)
        pieces.append(text if text in ",-" or not pieces else f" {text}")
    return "".join(pieces).strip() or None


# -- after a name ---------------------------------------------------------------------------------


def office_after(words: Sequence[Word], end: int) -> Office | None:
    """The office in the apposition that begins at `end`: ", the president of Niger", "(Norway)", "of Norway"."""
    if end + 1 >= len(words):
        return None
    mark = words[end].text
    at = end + 1
    if mark == "of" and words[at].name is not None:
        return _only_country(words, at)
    if mark not in (",", "(", "–", "—", "-"):
        return None
    if words[at].text.isdigit() and at + 2 < len(words) and words[at + 1].text == ",":
        at += 2
    found = _apposition(words, at)
    if found is None and mark == "(" and words[at].name is not None:
        return _only_country(words, at)
    return found


def _only_country(words: Sequence[Word], at: int) -> Office | None:
    end = at
    while end < len(words) and words[end].name is words[at].name:
        end += 1
    codes = tuple(_codes(words[at:end]))
    return Office(None, Span(words[at].start, words[end - 1].end), codes[:1]) if codes else None


def _apposition(words: Sequence[Word], at: int) -> Office | None:
    while at < len(words) and words[at].text.lower() in (*_DETERMINERS, "currently", "also", "formerly"):
        at += 1
    end, strange = at, 0
    while end < min(len(words), at + 9):
        word = words[end]
        if word.kind is Kind.OTHER and word.text not in ("and",):
            strange += 1
            if word.text in _LINK or word.text in _STOPS or word.text in say_verbs() or strange > 2:
                break
        elif word.kind in (Kind.MARK, Kind.BREAK, Kind.INITIAL, Kind.PARTICLE) and word.text not in ("-", "/", "&"):
            break
        end += 1
    last = end - 1
    while last >= at and words[last].text in ("and", "/", "-"):
        last -= 1
    if last < at or words[last].kind not in HEADS:
        return None
    end = last + 1
    if end < len(words) and words[end].text in _LINK:
        while end < min(len(words), last + _LONGEST) and not _ends_apposition(words, end):
            end += 1
    return _office(words[at:end], last - at)


def _ends_apposition(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.text == "and":
        return words[at - 1].kind is Kind.LISTED or words[at - 1].text in _LINK
    return word.text in ',.;:()–—“”"!?' or word.text in _STOPS or word.text in say_verbs()


# -- tables ---------------------------------------------------------------------------------------


@cache
def first_names() -> frozenset[str]:
    """Given names that news in English prints."""
    lines = files("generator.data").joinpath("first_names.txt").read_text("utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


@cache
def say_verbs() -> frozenset[str]:
    """Forms of verbs of speech, one word each."""
    return frozenset(word for row in _rows("say_verbs.tsv") if row[1] in ("say", "tell") for word in row[2].split())


@cache
def _offices() -> dict[str, Kind]:
    return {row[0]: Kind(row[1]) for row in _rows("office_words.tsv")}


@cache
def _in_names() -> dict[str, Kind]:
    return {row[0]: Kind(row[1]) for row in _rows("words_in_names.tsv")}


def _rows(name: str) -> Iterator[tuple[str, ...]]:
    for line in files("generator.data").joinpath(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
