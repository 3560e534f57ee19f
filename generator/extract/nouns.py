"""Nouns and names that name an instrument: "treaty", "letter of intent", "NAFTA".

The lists are data: `instruments.tsv`, `treaties.tsv`.
"""

import functools
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from generator.extract.wordlists import Word, follows, rows_of
from generator.model import Instrument


class Grade(StrEnum):
    """How sure a noun names an instrument."""

    FIRM = "firm"
    GENERIC = "generic"  # may stand for any other instrument
    LOOSE = "loose"  # only with a conclusion word or a capital


class Noun(NamedTuple):
    words: tuple[str, ...]
    instrument: Instrument
    grade: Grade
    is_plural: bool


@functools.cache
def nouns() -> Mapping[str, Sequence[Noun]]:
    table: dict[str, list[Noun]] = {}
    for singular, plural, instrument, grade in rows_of("instruments.tsv"):
        for text, is_plural in ((singular, False), (plural, True)):
            if text != "-":
                first, *rest = text.split()
                entry = Noun(tuple(rest), Instrument(instrument), Grade(grade), is_plural)
                table.setdefault(first, []).append(entry)
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return table


def noun_at(words: Sequence[Word], index: int) -> Noun | None:
    for noun in nouns().get(words[index].low, ()):
        if follows(words, index, noun.words):
            return noun
    return None


@functools.cache
def known() -> Mapping[str, Sequence[tuple[tuple[str, ...], Instrument]]]:
    table: dict[str, list[tuple[tuple[str, ...], Instrument]]] = {}
    for name, instrument, _ in rows_of("treaties.tsv"):
        first, *rest = name.split()
        table.setdefault(first, []).append((tuple(rest), Instrument(instrument)))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@functools.cache
def known_names() -> frozenset[str]:
    """Agreements known by a name without a noun: "NAFTA"."""
    names = [row[0] for row in rows_of("treaties.tsv")]
    return frozenset([*names, *(name.upper() for name in names)])


def known_at(words: Sequence[Word], index: int) -> Noun | None:
    if index and words[index - 1].text == "(":
        return None
    for rest, instrument in known().get(words[index].text, ()):
        end = index + 1 + len(rest)
        is_before_noun = end < len(words) and noun_at(words, end) is not None  # "the AUKUS pact": the noun speaks
        if tuple(word.text for word in words[index + 1 : end]) == rest and not is_before_noun:
            return Noun(tuple(word.lower() for word in rest), instrument, Grade.FIRM, False)
    return None


@functools.cache
def _multilateral() -> Mapping[str, Sequence[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for (name,) in rows_of("multilateral.tsv"):
        first, *rest = name.split()
        table.setdefault(first, []).append(tuple(rest))
    return table


def is_open_to_many(words: Sequence[Word]) -> bool:
    """A noun phrase names an agreement of many countries: "the Paris climate accord"."""
    return any(
        follows(words, index, rest) for index, word in enumerate(words) for rest in _multilateral().get(word.low, ())
    )
