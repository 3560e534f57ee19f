"""Words and dates made comparable, so that names, subjects and days of different articles can meet.

Knows word lists, letters and the calendar, but no article and no fact. Nothing made here is ever shown, except slugs.
"""

import hashlib
import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import cache

from generator.tables import table_rows

_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a",
        "’": "", "'": "", "‘": "", "ʼ": "", "`": "", "´": "",
    }
)  # fmt: skip
_NO_WORD = re.compile(r"[^a-z0-9]+")
_PLURAL_OF_MODEL = re.compile(r"(?<=[A-Z0-9])['’]?s\Z")
_DIGITS = re.compile(r"\d")
SLUG_LIMIT = 60  # characters


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table in `generator/data`, by the words of its head line; comment lines begin with `#`."""
    head, *rows = table_rows(name)
    return [dict(zip(head, row, strict=True)) for row in rows]


@cache
def fold(text: str) -> str:
    """Lower-case ASCII words with single blanks between: "Türkiye’s AK-203" is "turkiyes ak 203"."""
    plain = text.lower().translate(_LETTERS)
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_LETTERS)
    return _NO_WORD.sub(" ", plain).strip()


def singular(word: str) -> str:
    """The word without the ending of a plural, the same for both; no dictionary form ("supplies": "supply")."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def designation_key(designation: str) -> str:
    """One key for all spellings of a designation: "AK-203", "AK203", "Ak 203" and "AK-203s" are "ak203"."""
    words = fold(_PLURAL_OF_MODEL.sub("", designation)).split()
    if any(_DIGITS.search(word) for word in words):
        return "".join(words)
    return " ".join(singular(word) for word in words)


@cache
def organisation_key(name: str) -> str:
    """One key for all spellings of an organisation: "Nordic Steel Corp." and "the Nordic Steel" are "nordic steel"."""
    words = fold(name.replace(".", "")).split()
    kept = [word for word in words if word not in _legal_forms() and word != "the"]
    return " ".join(kept or words)


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("legal_forms.tsv"))


def slug(*parts: str) -> str:
    """The parts as one readable piece of an address: lower-case ASCII, hyphens, cut between words at 60 characters."""
    whole = "-".join(fold(part).replace(" ", "-") for part in parts if fold(part))
    if len(whole) <= SLUG_LIMIT:
        return whole
    cut = whole[: SLUG_LIMIT + 1].rsplit("-", 1)[0]
    return cut[:SLUG_LIMIT]


@cache
def _foldings() -> tuple[tuple[str, str], ...]:
    return tuple((row["written"], row["folded"].replace("-", "")) for row in read_rows("name_folding.tsv"))


@cache
def sound(word: str) -> str:
    """One key for the spellings of a name that transliteration mixes: "shoigu" and "shoygu", "kadyrov" and "qadyrov".

    Args:
        word: One folded word.
    """
    for written, folded in _foldings():
        word = word.replace(written, folded)
    return re.sub(r"(.)\1+", r"\1", word)


@cache
def consonants(word: str) -> str:
    """The sound of a name without its vowels, for "Mohammed" and "Muhammad"; all of it where too little is left."""
    whole = sound(word)
    bare = whole[:1] + re.sub(r"[aeiou]", "", whole[1:])
    bare = re.sub(r"(.)\1+", r"\1", bare)
    return bare if len(bare) >= 3 else whole


def digest(key: str) -> str:
    """Twelve characters that stand for the key in an id: the same for the same key on every machine."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@cache
def days_of(edtf: str) -> tuple[int, int] | None:
    """First and last day that a date of any precision may mean, as ordinals; None for no real date ("2021-02-31")."""
    parts = [int(part) for part in edtf.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def first_day(edtf: str | None) -> int | None:
    """The first day that the date may mean, as an ordinal; None where there is none."""
    days = days_of(edtf) if edtf else None
    return days[0] if days else None
