"""The words of an article as people are read from them: each with its classes, all words of one article in columns.

The classes and what they mean stand in `person_words.tsv`; nothing here knows what an office or a name is.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from generator.extract.names import STANDS_FOR_COUNTRY, Name, NameKind
from generator.extract.text import Document, Sentence
from generator.tables import table_rows

# -- classes --------------------------------------------------------------------------------------

_NAMES = (
    *("honorific", "head", "rank", "ruler", "role", "modifier", "ministry", "body"),
    *("never", "wide", "particle", "suffix", "surname", "asian", "plural", "given"),
    *("say", "comment", "function", "state", "named", "kin", "stately", "ministerial"),
    *("weak", "before-general", "before-honorific"),
)
_CLASSES = {name: 1 << bit for bit, name in enumerate(_NAMES)}  # a word may be of several
HONORIFIC, HEAD, RANK, RULER, ROLE, MODIFIER, MINISTRY, BODY = (_CLASSES[name] for name in _NAMES[:8])
NEVER, WIDE, PARTICLE, SUFFIX, SURNAME, ASIAN, PLURAL, GIVEN = (_CLASSES[name] for name in _NAMES[8:16])
SAY, COMMENT, FUNCTION, STATE, NAMED, KIN, STATELY, MINISTERIAL = (_CLASSES[name] for name in _NAMES[16:24])
WEAK, BEFORE_GENERAL, BEFORE_HONORIFIC = (_CLASSES[name] for name in _NAMES[24:])
TITLE = HEAD | RANK | RULER  # makes an office
HUMAN = TITLE | ROLE | KIN
OFFICE_WORD = TITLE | MODIFIER | MINISTRY
NO_NAME = COMMENT | HUMAN | MODIFIER | MINISTRY | BODY | NEVER | WIDE | HONORIFIC
_PREFIXED = frozenset({"ex", "then", "vice", "deputy", "former", "now", "co", "sub", "under"})
OF = frozenset({"of", "for", "to", "at", "in", "on"})
DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my", "another", "one", "this"})
POSTED = frozenset(
    {"ambassador", "envoy", "consul", "representative", "commissioner", "attache", "attaché", "delegate"}
)


@cache
def vocabulary() -> Mapping[str, int]:
    """The classes of each lower-case word, as bits."""
    masks: dict[str, int] = {}
    for name, words in rows("person_words.tsv"):
        for word in words.split():
            if name == "plural":
                plural, single = word.split("=")
                masks[plural] = masks.get(plural, 0) | masks.get(single, ROLE) | PLURAL
            elif name in _CLASSES:
                masks[word] = masks.get(word, 0) | _CLASSES[name]
    for word, mask in list(masks.items()):
        if mask & (HEAD | ROLE | RULER) and not word.endswith(("s", "man", "woman")):
            masks[word + "s"] = masks.get(word + "s", 0) | (mask & HUMAN) | PLURAL
        if mask & BODY and not word.endswith("s") and not mask & SURNAME:
            masks[word + "s"] = masks.get(word + "s", 0) | BODY
    for _, words in rows("given_names.tsv"):
        for word in words.split():
            masks[word] = masks.get(word, 0) | GIVEN
    for _, words in _say_verbs():
        for word in words.split():
            masks[word] = masks.get(word, 0) | SAY
    return masks


@cache
def singulars() -> Mapping[str, str]:
    return _pairs("plural")


@cache
def nicknames() -> Mapping[str, str]:
    return _pairs("nickname")


def _pairs(wanted: str) -> Mapping[str, str]:
    """The pairs "short=long" of a class of words."""
    found: dict[str, str] = {}
    for name, words in rows("person_words.tsv"):
        if name == wanted:
            for pair in words.split():
                short, _, full = pair.partition("=")
                found[short] = full
    return found


@cache
def outlets() -> frozenset[str]:
    """The names of agencies, papers and broadcasters."""
    return frozenset(name for name, *kind in table_rows("news_sources.tsv") if kind != ["platform"])


def _say_verbs() -> Iterator[tuple[str, str]]:
    for fields in table_rows("say_verbs.tsv"):
        if len(fields) >= 3 and fields[1] in ("say", "urge"):
            yield fields[1], fields[2]


def rows(name: str) -> Iterator[tuple[str, str]]:
    """First field of each line of a table, and the others as they stand."""
    for first, *others in table_rows(name):
        yield first, "\t".join(others)


# -- words ----------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]+(?:[-‐'’][^\W\d_]+)*|\d[\d.,]*|[^\w\s]|_+")
_MARKS = frozenset(".'’")
_POSSESSIVES = frozenset({"'s", "’s"})
PREFIXES = ("al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "an-", "az-", "ul-", "d'", "d’", "l'", "l’")
_CREDIT = re.compile(
    r"\(?(?:by|(?:additional )?(?:reporting|editing|writing) by|photo(?:graph)? by) [^\W\d_]|[A-Z]\w+ [A-Z]\w+ \|",
    re.IGNORECASE,
)
LONGEST = 40  # letters of a word that may be a name


class Words:
    """The words of a document with their classes, and the names that cover them."""

    __slots__ = ("capitals", "ends", "masks", "names", "owner", "ranges", "sentences", "starts", "text", "words")

    def __init__(self, document: Document, names: Sequence[Name]) -> None:
        self.text = document.text
        self.names = names
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.masks: list[int] = []
        self.capitals: list[int] = []  # words that may be part of a name by their letters
        self.sentences: list[Sentence] = []
        self.ranges: list[tuple[int, int]] = []
        for sentence in document.sentences:
            if not sentence.is_noise or _CREDIT.match(sentence.text):
                first = len(self.words)
                self._read(sentence)
                self.sentences.append(sentence)
                self.ranges.append((first, len(self.words)))
        self.owner = self._owners()

    def _read(self, sentence: Sentence) -> None:
        starts, ends, words, masks = self.starts, self.ends, self.words, self.masks
        offset = sentence.start
        for found in _TOKEN.finditer(sentence.text):
            start = found.start() + offset
            word, mask, is_plain = _token(found.group())
            end = start + len(word)
            if not is_plain:
                if word in _MARKS and words and ends[-1] == start and _goes_on(word, words[-1], masks[-1]):
                    ends[-1] = end if word == "." else start
                    continue
                if _is_capital(word):
                    self.capitals.append(len(words))
                if mask & HONORIFIC and words and masks[-1] & BEFORE_HONORIFIC:
                    masks[-1] |= HONORIFIC  # "Tan Sri", but "Tan Wei Ming"
            starts.append(start)
            ends.append(end)
            words.append(word)
            masks.append(mask)

    def _owners(self) -> list[int]:
        """For each word the place in `names` of the name that covers it, or -1."""
        owner = [-1] * len(self.words)
        here, starts, ends = 0, self.starts, self.ends
        for number, name in enumerate(self.names):
            here = bisect_right(ends, name.start)
            while here < len(starts) and starts[here] < name.end:
                owner[here] = number
                here += 1
        return owner

    def is_joined(self, first: int) -> bool:
        """Whether only blanks stand between a word and the next."""
        gap = self.starts[first + 1] - self.ends[first]
        return gap == 1 or (1 < gap < 4 and self.text[self.ends[first]].isspace())

    def is_capital(self, at: int) -> bool:
        """Whether a word could be part of a name by its letters: "Assad", "al-Assad", "d'Estaing"."""
        word = self.words[at]
        return word[0].isupper() or (word.startswith(PREFIXES) and any(c.isupper() for c in word[2:5]))

    def is_possessive(self, at: int) -> bool:
        """Whether a word has "'s" behind it, or an apostrophe alone after its own s."""
        end = self.ends[at]
        mark = self.text[end : end + 2]
        return mark in ("'s", "’s") or (mark in ("' ", "’ ") and self.words[at][-1] == "s")

    def country(self, at: int) -> str | None:
        """The country that the name covering a word stands for."""
        name = self.names[self.owner[at]] if self.owner[at] >= 0 else None
        return name.code if name is not None and name.kind in STANDS_FOR_COUNTRY else None

    def kind(self, at: int) -> NameKind | None:
        """The kind of the name covering a word."""
        return self.names[self.owner[at]].kind if self.owner[at] >= 0 else None

    def is_single(self, at: int) -> bool:
        """Whether a name covers this word alone."""
        name = self.names[self.owner[at]]
        return name.start >= self.starts[at] and name.end <= self.ends[at]


@lru_cache(maxsize=1 << 15)
def _token(written: str) -> tuple[str, int, bool]:
    """A word without its possessive ending, its classes, and whether nothing else is to be told of it."""
    word = written[:-2] if written[-2:] in _POSSESSIVES and len(written) > 2 else written
    mask = _classes(word)
    return word, mask, not (mask & HONORIFIC or word in _MARKS or _is_capital(word))


def _is_capital(word: str) -> bool:
    """Whether a word may be part of a name by its letters."""
    return word[0].isupper() or (not word.isalpha() and word.startswith(PREFIXES))


def _classes(word: str) -> int:
    """The classes of a word as it is written."""
    is_capital = _is_capital(word)
    mask = vocabulary().get(word.lower() if is_capital else word)
    if mask is None:
        mask = _compound(word) if "-" in word else 0
    if mask & FUNCTION and len(word) > 1 and word.isupper():
        mask = 0  # "the WHO"
    return mask


def _goes_on(mark: str, word: str, mask: int) -> bool:
    """Whether a mark right behind a word belongs to it: the dot of "J." and "Gen.", the apostrophe of "Laos' "."""
    if mark != ".":
        return word[-1] == "s"
    if not word[0].isupper():
        return False
    return len(word) == 1 or (len(word) <= 5 and bool(mask & (HONORIFIC | RANK | SUFFIX)))


def _compound(word: str) -> int:
    """The classes of "ex-president", "then-minister", "president-elect"."""
    first, _, rest = word.lower().partition("-")
    known = vocabulary()
    if first in _PREFIXED:
        return known.get(rest, 0) & (HUMAN | MODIFIER | STATE)
    if rest in ("elect", "designate", "general", "in-chief"):
        return known.get(first, 0) & (HUMAN | STATE)
    return known.get(first, 0) & GIVEN


@cache
def _letters() -> Mapping[int, str]:
    return str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "’": "'"})


def folded(word: str) -> str:
    """A part of a name as it is compared: "Erdoğan" is "Erdogan"."""
    lower = word.lower()
    if lower.isascii():
        return lower
    marks = unicodedata.normalize("NFKD", lower.translate(_letters()))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))
