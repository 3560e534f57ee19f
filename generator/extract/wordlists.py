"""Words of a sentence and the word lists of the rules that read agreements."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.extract.text import Sentence
from generator.tables import table_rows

WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+(?:[.'’\-–/&]{1,2}\w+)*|[^\w\s]")


class Word(NamedTuple):
    """One word or mark of a sentence; positions in the article."""

    text: str
    low: str  # lower case, without a possessive ending
    start: int
    end: int


def rows_of(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a data file, comments and head left out."""
    rows = table_rows(name)
    next(rows)
    yield from rows


@functools.cache
def grammar() -> Mapping[str, frozenset[str]]:
    """The lists of small words of `grammar.tsv`, by name."""
    return {name: frozenset(words.split()) for name, words in rows_of("grammar.tsv")}


INDEFINITE = grammar()["indefinite"]
DEFINITE = grammar()["definite"]
STOP = INDEFINITE | DEFINITE | grammar()["preposition"] | grammar()["other"]
BE = grammar()["be"]
MARKS = frozenset(';:“”"«»()[]—*•|')


def words_of(sentence: Sentence) -> tuple[Word, ...]:
    """The words and marks of a sentence, with their places in the article."""
    offset = sentence.start
    found = []
    make = tuple.__new__  # twice as quick as by the names of the fields
    for match in WORD.finditer(sentence.text):
        text = match.group()
        low = text.lower()
        if not low.isalpha():
            low = low.replace("’", "'").removesuffix("'s")
        start = offset + match.start()
        found.append(make(Word, (text, low, start, start + len(text))))
    return tuple(found)


def follows(words: Sequence[Word], index: int, rest: Sequence[str]) -> bool:
    if not rest:
        return True
    return len(words) > index + len(rest) and all(
        words[at].low == text for at, text in enumerate(rest, start=index + 1)
    )
