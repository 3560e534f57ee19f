"""Names of countries, organisations and places, with what they stand for.

The longest spelling wins, and names that only contain a country's name ("South China Sea") are taken as a whole, so
that what stands inside them is not read again. Spellings come from the closed lists; rules about doubtful ones from
`careful_names.tsv`.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from generator import codes
from generator.extract.text import Document, Sentence
from generator.tables import table_rows


class NameKind(StrEnum):
    """In which way a name stands for what it names."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"  # also an institution with the country in its name: "Bank of Japan"
    PEOPLE = "people"
    CAPITAL = "capital"
    SEAT = "seat"
    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name in the text."""

    start: int
    end: int
    text: str  # verbatim, without a possessive ending
    kind: NameKind
    code: str | None  # alpha-3 of the country, code of the organisation; None: stands for none ("South China Sea")
    sentence: int


@dataclass(frozen=True, slots=True)
class _Spelling:
    words: str
    kind: NameKind
    code: str | None
    rule: str  # "always", "alone", "confirmed", "state" or "never", see careful_names.tsv


@dataclass(frozen=True, slots=True)
class _Found:
    name: Name
    rule: str


STANDS_FOR_COUNTRY = frozenset({NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.CAPITAL, NameKind.SEAT})
_WORD = re.compile(r"[^\W\d_]\w*")
_REGION = re.compile(r", ([A-Z]\w+(?: [A-Z]\w+)?)")
_TOWNS_BY_REGION = frozenset({"USA", "CAN", "AUS"})  # where a town is told by its region
_BESIDE = 12  # characters between two names of an enumeration: ", as well as" is not one
_MONEY = re.compile(r"\$| ?dollars?\b| ?dlrs?\b", re.IGNORECASE)


def find_names(document: Document) -> tuple[Name, ...]:
    """All names in the order of the text.

    Names do not overlap, but two may share one stretch ("the two Koreas").
    """
    year = int(document.published[:4]) if document.published else None
    found = [one for sentence in document.sentences if not sentence.is_noise for one in _names_in(sentence, year)]
    sure = {one.name.code for one in found if one.rule in ("always", "alone")}
    return tuple(_names_taken(found, sure, document.text))


def _names_taken(found: Sequence[_Found], sure: Container[str | None], text: str) -> Iterator[Name]:
    """What stands for its country; a city that acts for an organisation stands for that: "Brussels agreed"."""
    for place, one in enumerate(found):
        if one.name.code in sure or _is_taken(found, place, sure):
            yield one.name
        elif one.name.text in _SEATS and not _PLACE.search(text, max(one.name.start - 12, 0), one.name.start):
            is_dateline = text[one.name.end : one.name.end + 1] in (",", ":") or text.startswith(
                (" (", " -"), one.name.end
            )
            if not is_dateline:
                yield replace(one.name, kind=NameKind.ORGANISATION, code=_SEATS[one.name.text])


_SEATS = {"Brussels": "EU"}  # cities that stand for an organisation where their country is not spoken of
_PLACE = re.compile(r"\b(?:in|at|to|from|near|outside|around|via|of|for|,) $", re.IGNORECASE)


def countries_named(names: Iterable[Name]) -> frozenset[str]:
    """Alpha-3 codes of all countries that stand among the names."""
    return frozenset(name.code for name in names if name.code and name.kind in STANDS_FOR_COUNTRY)


def _is_taken(found: Sequence[_Found], place: int, sure: Container[str | None]) -> bool:
    """Whether a name stands for what it names although no other name in the article does."""
    one = found[place]
    if one.rule != "state" or "USA" not in sure:
        return one.rule != "confirmed"
    beside = (*found[max(0, place - 1) : place], *found[place + 1 : place + 2])
    return any(
        other.name.kind in STANDS_FOR_COUNTRY
        and other.name.code not in (None, "USA", one.name.code)
        and max(other.name.start - one.name.end, one.name.start - other.name.end) <= _BESIDE
        for other in beside
    )


# -- one sentence ---------------------------------------------------------------------------------


def _names_in(sentence: Sentence, year: int | None) -> Iterator[_Found]:
    text = sentence.text
    in_capitals = text.isupper()
    in_title_case = not in_capitals and sentence.is_title and _is_title_case(text)
    table = _spellings_in_capitals() if in_capitals else _spellings()
    after = 0
    for word in _beginnings().finditer(text):
        spellings = table.get(word.group())
        if spellings is None or word.start() < after:
            continue
        spelling = _longest(text, word.start(), spellings)
        if spelling is None:
            continue
        end = word.start() + len(spelling.words)
        if _is_outlet(text, end) or (spelling.kind in STANDS_FOR_COUNTRY and _MONEY.match(text, end)):
            after = end
            continue
        if spelling.rule != "always" and not (in_capitals or in_title_case or _is_alone(text, word.start(), end)):
            continue
        after = end
        if spelling.kind is NameKind.CAPITAL:
            spelling = _town(text, end, spelling)
        for code in _codes_of(spelling, year):
            name = Name(
                start=sentence.start + word.start(),
                end=sentence.start + end,
                text=text[word.start() : end],
                kind=spelling.kind,
                code=code,
                sentence=sentence.index,
            )
            doubtful = spelling.rule == "confirmed" or (in_title_case and spelling.rule in ("alone", "state"))
            yield _Found(name, "confirmed" if doubtful else spelling.rule)


def _longest(text: str, start: int, spellings: Sequence[_Spelling]) -> _Spelling | None:
    """The first of the spellings, longest first, that stands here as whole words."""
    for spelling in spellings:
        if not text.startswith(spelling.words, start):
            continue
        end = start + len(spelling.words)
        if spelling.words.endswith("-") or not text[end : end + 1].isalnum():
            return None if spelling.rule == "never" else spelling
    return None


def _town(text: str, end: int, capital: _Spelling) -> _Spelling:
    """A capital's name before a region of another country is a town of that region: "Monrovia, California"."""
    region = _REGION.match(text, end)
    code = _regions().get(region[1]) or _regions().get(region[1].partition(" ")[0]) if region else None
    return capital if code in (None, capital.code) else _Spelling(capital.words, NameKind.PLACE, code, "always")


def _codes_of(spelling: _Spelling, year: int | None) -> tuple[str | None, ...]:
    if spelling.code == "KOR+PRK":
        return ("KOR", "PRK")
    if spelling.code is not None and spelling.kind in (NameKind.CAPITAL, NameKind.SEAT):
        return (codes.state_of_capital(spelling.code, year),)
    return (spelling.code,)


def _is_alone(text: str, start: int, end: int) -> bool:
    """No capitalized word right beside it that would make it part of a person's or a thing's name."""
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if following and following.group()[0].isupper() and not _is_known(following.group()):
        return False
    before = text[:start].rstrip(" ").rpartition(" ")[2] if text[start - 1 : start] == " " else ""
    return not (before[:1].isupper() and before.isalpha() and not _is_known(before) and len(before) + 1 < start)


def _is_known(word: str) -> bool:
    """Whether a capitalized word may stand beside a country without making it part of another name."""
    return word in _spellings() or word.lower() in _beside()


def _is_outlet(text: str, end: int) -> bool:
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return following is not None and following.group() in _outlet_nouns()


def _is_title_case(text: str) -> bool:
    """A headline in which nearly every word is capitalized tells nothing by its capitals."""
    words = [word.group() for word in _WORD.finditer(text) if len(word.group()) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


# -- tables ---------------------------------------------------------------------------------------


@cache
def _spellings() -> Mapping[str, tuple[_Spelling, ...]]:
    """Spellings by their first word, the longest first."""
    return _by_first_word(_all_spellings())


@cache
def _beginnings() -> re.Pattern[str]:
    """What a spelling may begin with: a capitalized word, or one of the few small ones."""
    capital = r"[^\W\d_a-z]"
    small = sorted(word for word in _spellings() if word[0].islower() and word.isascii())
    proper = [word for word in small if all(one.words[len(word) + 1 :][:1].isupper() for one in _spellings()[word])]
    others = [word for word in small if word not in proper]
    return re.compile(rf"\b(?:{capital}\w*|(?:{'|'.join(proper)})(?= {capital})|(?:{'|'.join(others)})\b)")


@cache
def _regions() -> Mapping[str, str]:
    """Countries that tell their towns by region, by the region's name."""
    return {one.name: one.country for one in codes.places() if one.kind == "region" and one.country in _TOWNS_BY_REGION}


@cache
def _spellings_in_capitals() -> Mapping[str, tuple[_Spelling, ...]]:
    return _by_first_word(
        _Spelling(one.words.upper(), one.kind, one.code, one.rule) for one in _all_spellings() if len(one.words) > 1
    )


def _by_first_word(spellings: Iterable[_Spelling]) -> dict[str, tuple[_Spelling, ...]]:
    table: dict[str, dict[str, _Spelling]] = {}
    for spelling in spellings:
        word = _WORD.match(spelling.words)
        if word is not None:
            table.setdefault(word.group(), {}).setdefault(spelling.words, spelling)
    return {
        word: tuple(sorted(found.values(), key=lambda one: len(one.words), reverse=True))
        for word, found in table.items()
    }


def _all_spellings() -> Iterator[_Spelling]:
    """Every spelling; of equal ones the first counts: what is no country, countries, organisations, places."""
    for words, country in codes.masks().items():
        yield _Spelling(words, NameKind.ADJECTIVE if country else NameKind.PLACE, country, "always")
    for words in ("two Koreas", "both Koreas", "Koreas"):
        yield _Spelling(words, NameKind.COUNTRY, "KOR+PRK", "always")
    rules = _careful_rules()
    for code, country_ in codes.countries().items():
        for kind, spellings in (
            (NameKind.COUNTRY, country_.names),
            (NameKind.ADJECTIVE, country_.adjectives),
            (NameKind.PEOPLE, country_.peoples),
            (NameKind.CAPITAL, country_.capitals),
            (NameKind.SEAT, country_.seats),
        ):
            yield from _twice(spellings, kind, code, country_.careful, rules)
    for code, organisation in codes.organisations().items():
        yield from _twice(organisation.names, NameKind.ORGANISATION, code, organisation.careful, rules)
    for row in table_rows("name_prefixes.tsv"):
        yield _Spelling(f"{row[0]}-", NameKind.ADJECTIVE, row[1], "always")
    for place in codes.places():
        yield _Spelling(place.name, NameKind.PLACE, place.country, "alone" if place.is_careful else "always")


def _twice(
    spellings: Iterable[str], kind: NameKind, code: str, careful: frozenset[str], rules: Mapping[str, str]
) -> Iterator[_Spelling]:
    """Each spelling with its rule; "the" before a name is no part of it, unless the name is doubtful without it."""
    for words in spellings:
        is_careful = words in careful
        rule = rules.get(words, "confirmed") if is_careful else "always"
        bare = words.removeprefix("the ")
        needs_the = is_careful or (bare in careful and rules.get(bare) != "always")
        yield _Spelling(words if needs_the else bare, kind, code, rule)


@cache
def _careful_rules() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table_rows("careful_names.tsv")}


@cache
def _outlet_nouns() -> frozenset[str]:
    return frozenset(row[0] for row in table_rows("outlet_nouns.tsv"))


@cache
def _beside() -> frozenset[str]:
    return frozenset(row[0] for row in table_rows("words_beside_names.tsv"))
