"""Numbers as news articles write them: digits, words, scales, Indian grouping, ranges and hedges.

The common ground of money, goods and durations. Knows no currency and no unit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from generator.model import Qualifier
from generator.tables import table_rows

_LONGEST = 24  # characters of digits; what is longer is a code or an address, not a figure
_KEPT = 256  # sentences whose words and figures are remembered: several rooms read the same ones, one after the other
_SHORT = 4000  # characters; what is longer is not remembered
_REACH = 40  # characters before a figure in which a hedge may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure and its hedge; positions count from the beginning of the text that was searched."""

    start: int  # of the figure, or of the first figure of a range
    end: int  # exclusive; after the scale and after a hedge that follows
    begin: int  # where the hedge before it begins; `start` where there is none
    low: Decimal
    high: Decimal | None = None  # upper end of a range
    mantissa: Decimal  # the figure without its scale
    qualifier: Qualifier = Qualifier.EXACT
    is_word: bool = False  # "ten", not "10"
    is_plain: bool = False  # digits only, no grouping, no scale: may be a year, an age, a model
    letter: Decimal | None = None  # scale of a following letter ("500m") that counts only beside a currency
    letter_end: int = 0  # exclusive end with that letter
    text_end: int = 0  # end of the figure without a hedge that follows


def read_rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table in `generator/data/`, without comments and empty lines."""
    return list(table_rows(name))


_WORDS = {word: (kind, Decimal(value)) for word, kind, value in read_rows("number_words.tsv")}
_HEDGES = {(place, words): Qualifier(mark) for words, place, mark in read_rows("number_qualifiers.tsv")}

_NUMERALS = frozenset(word for word, (kind, _) in _WORDS.items() if kind != "letter")


def _any_of(*kinds: str) -> str:
    found = sorted((word for word, (kind, _) in _WORDS.items() if kind in kinds), key=len, reverse=True)
    return "|".join(map(re.escape, found))


_SCALE = _any_of("scale")
_LETTER = _any_of("letter")
_SMALL = rf"(?:(?:{_any_of('ten')})(?:[-\s](?:{_any_of('unit')})\b)?|(?:{_any_of('unit')}))\b"
_HEAD = (
    rf"an?\shalf(?=[-\s](?:{_SCALE})\b)|an?(?=\s(?:{_SCALE}|dozen)\b)"
    rf"|half[-\s]an?(?=[-\s](?:{_SCALE}|dozen)\b)|{_SMALL}"
)
_SCALES = rf"(?:[-\s](?:{_SCALE}|dozen)\b){{1,3}}"
_DIGITS = (
    rf"(?P<digits>\d[\d.,]*+)(?:(?P<half>[ ]and[ ]a[ ]half)?"
    rf"(?P<scales>(?:(?:[-\s]|[ ]{{2}})?(?i:{_SCALE}|dozen)s?\b){{1,2}})"
    rf"|[ \u00a0-]?(?P<letter>(?i:{_LETTER})\b)(?!(?<=\s\w)-\d|[-'’][a-z]))?"
)
_FIGURE_OF_DIGITS = re.compile(_DIGITS)
_FIGURE = re.compile(
    rf"{_DIGITS}|\b(?P<words>(?i:{_HEAD})(?:\sand\sa\shalf)?"
    rf"(?i:{_SCALES}(?:\s(?:and\s)?{_SMALL}(?:{_SCALES})?){{0,3}})?)"
)
_ATTACHED_UNIT = re.compile(r"(?:[kMGT]We?h?|k[gm]|[mM]t|MT|MMT|[bm]cm|bpd)\b")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z]+")
_BETWEEN = re.compile(r"\s?(?P<link>[-–—‑]|to|and|or)\s?(?P<sign>[A-Za-z]{0,3}[$€£¥₹₩₱฿₫₦]|Rs\.?\s?|RM|Rp\.?\s?)?")
_SIGN_END = re.compile(r"\s*(?:[A-Z]{0,3}[$€£¥₹₩₱]|Rs\.?|RM|Rp)?\s*$")
_SIGN_LETTERS = re.compile(
    r"(?:^|[^A-Za-z-])(?P<sign>Rs\.?|Rp\.?|RM|[KTU]?[Ss]h|Tk\.?|Dhs?\.?|[DNS]?Kr|SFr|Bt|LE|\$[A-Z]{1,2}|[A-Z]{3}|[BKNPRY])$"
)
_LARGE_NEXT = re.compile(rf"\d[\d.,]*(?:[ -]?(?i:{_SCALE})\b|(?:bn|m|b|tn|trn)\b)")
_PART_OF = re.compile(r"\b(?:an? )?(?P<part>half|quarter) of $", re.IGNORECASE)  # "a quarter of a billion"
_HEDGE_WORDS = re.compile(r"[A-Za-z.-]+")
_AFTER = re.compile(r"[\s-]?(or more|and more|or so|or thereabouts|plus\b|\+|odd\b|or less|or fewer)", re.IGNORECASE)
_RANGING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|vary|varies|varying|anywhere|anything|between)\s+from\s*$", re.IGNORECASE
)


def find_numbers(text: str) -> tuple[Number, ...]:
    """All figures of a sentence, ranges joined, in order; ordinals, times and parts of designations are left out."""
    return _remembered_numbers(text) if len(text) <= _SHORT else _read_numbers(text)


def words_in(text: str) -> frozenset[str]:
    """The words of a sentence in lower case: a cheap test of what it cannot contain."""
    return _remembered_words(text) if len(text) <= _SHORT else frozenset(_LETTERS.findall(text.lower()))


def pieces_of(word: str) -> list[str]:
    """The pieces by which `words_in` knows a word: "co" and "operation" of "Co-operation"."""
    return _LETTERS.findall(word.lower())


@lru_cache(_KEPT)
def _remembered_words(text: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(text.lower()))


@lru_cache(_KEPT)
def _remembered_numbers(text: str) -> tuple[Number, ...]:
    return _read_numbers(text)


def _read_numbers(text: str) -> tuple[Number, ...]:
    if not words_in(text).isdisjoint(_NUMERALS):
        figures = _FIGURE
    elif _DIGIT.search(text):
        figures = _FIGURE_OF_DIGITS
    else:
        return ()
    return tuple(_join_ranges(text, list(_single(text, figures))))


def _single(text: str, figures: re.Pattern[str]) -> Iterator[Number]:
    for match in figures.finditer(text):
        number = _from_digits(text, match) if match["digits"] else _from_words(match)
        if number is not None:
            yield _with_hedge(text, number)


def _from_digits(text: str, match: re.Match[str]) -> Number | None:
    digits = match["digits"].rstrip(".,")
    start, end = match.start(), match.start() + len(digits)
    if len(digits) > _LONGEST or _is_glued(text, start, end, match):
        return None
    bare = end == match.end()
    mantissa = _decimal(digits, is_scaled=not bare or _is_sign(text[start - 1 : start]))
    if mantissa is None:
        return None
    if match["half"]:
        mantissa += Decimal("0.5")
    scale = Decimal(1)
    for word in re.split(r"[-\s]+", (match["scales"] or "").lower()):
        scale *= _WORDS[word if word in _WORDS else word.removesuffix("s")][1] if word else 1
    letter = match["letter"]
    return Number(
        start=start,
        begin=start,
        end=match.end("scales") if match["scales"] else end,
        text_end=match.end("scales") if match["scales"] else end,
        low=mantissa * scale,
        mantissa=mantissa,
        is_plain=match["scales"] is None and digits.isdecimal(),
        letter=_WORDS[letter.lower()][1] if letter and end + 1 >= match.start("letter") else None,
        letter_end=match.end("letter") if letter else 0,
    )


def _is_glued(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """A figure inside a designation, a time, a score, an ordinal or an address is none."""
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    last = before[-1:]
    if last and (last in ":/+_#@.," or last.isalpha()) and not _is_sign_end(text, start):
        return True
    if last and last in "-‑–" and before[-2:-1].isalpha() and not before[:1].isdigit():
        return True  # AK-203, G-20
    if match["scales"] is None and match["letter"] is None and after[:1].isalpha():
        return _ATTACHED_UNIT.match(text, end) is None  # 20th, 1990s, 5G, but 350MW
    return after[:1] in (":", "/", "+", "_", "@") and after[1:2].isalnum()


def _is_sign(char: str) -> bool:
    return bool(char) and char in "$€£¥₹₩₱฿₫₦₽₴₺₪"


def _is_sign_end(text: str, start: int) -> bool:
    """Letters that may stand directly before a sum: Rs5,124, RM20, USD500, EUR2.5; a bare R or K only of thousands."""
    match = _SIGN_LETTERS.search(text, max(0, start - 5), start)
    if match is None:
        return False
    return len(match["sign"]) > 1 or match["sign"] == "P" or _LARGE_NEXT.match(text, start) is not None


def _decimal(digits: str, *, is_scaled: bool) -> Decimal | None:
    """Read 1,648 and 6,01,427 as groups, 1.200.000 as European groups, and 1,2 as a fraction beside a scale."""
    if digits.count(".") > 1:
        groups = digits.split(".")
        return Decimal("".join(groups)) if all(len(group) == 3 for group in groups[1:]) else None
    head, comma, tail = digits.partition(",")
    if comma and "," not in tail and "." not in digits and len(tail) in (1, 2):
        return Decimal(f"{head}.{tail}") if is_scaled else None
    groups = digits.partition(".")[0].split(",")
    if any(len(group) not in (2, 3) for group in groups[1:]):
        return None
    return Decimal(digits.replace(",", ""))


def _from_words(match: re.Match[str]) -> Number:
    total = current = Decimal(0)
    scale = Decimal(1)
    for place, word in enumerate(re.split(r"[-\s]+", match["words"].lower())):
        if word in ("and", "a", "an"):
            current = Decimal(1) if place == 0 else current
            continue
        kind, value = _WORDS[word]
        if kind == "part":
            current = value if place < 2 else current + value
        elif kind in ("unit", "ten"):
            current += value
        elif value < 1000:
            current = (current or 1) * value
        else:
            total = total * value if total and not current else total + (current or 1) * value
            current, scale = Decimal(0), value
    value = total + current
    part = _PART_OF.search(match.string, max(0, match.start() - 24), match.start())
    if part is not None:
        value, scale = value * _WORDS["half"][1] / (2 if part["part"].lower() == "quarter" else 1), Decimal(1)
    start = part.start() if part else match.start()
    return Number(
        start=start,
        begin=start,
        end=match.end(),
        text_end=match.end(),
        low=value,
        mantissa=value / scale,
        is_word=True,
    )


def _with_hedge(text: str, number: Number) -> Number:
    """Attach the hedge after a figure ("or more"); the one before it waits for the currency sign to be seen."""
    after = _AFTER.match(text, number.end)
    if after is None:
        return number
    words = after[1].lower()
    return replace(number, end=after.end(), qualifier=_HEDGES["after", words])


def _join_ranges(text: str, numbers: list[Number]) -> Iterator[Number]:
    """Make one figure of "10-12 billion", "between $5 and $7 billion", "ten to twelve"; not of "from 5 to 7"."""
    place = 0
    while place < len(numbers):
        first = numbers[place]
        second = numbers[place + 1] if place + 1 < len(numbers) else None
        joined = _range(text, first, second) if second is not None else None
        if joined is not None and second is not None and joined.end == second.end:
            place += 1
        yield joined or first
        place += 1


def _range(text: str, first: Number, second: Number) -> Number | None:
    """Both figures as one; or the first with the scale of the second, in "from 5 to 7 billion"; or None."""
    stop = first.letter_end or first.text_end
    if not 0 < second.start - stop <= 12:
        return None
    if text[stop : second.start] == " point " and first.is_word and 0 < second.mantissa < 10:
        mantissa = first.low + second.mantissa / 10
        return replace(
            second, start=first.start, begin=first.begin, mantissa=mantissa, low=mantissa * _scale_of(second)
        )
    link = _BETWEEN.fullmatch(text, stop, second.start)
    before = _SIGN_END.sub("", text[max(0, first.start - _REACH) : first.start]).lower()
    if link is None or (link["link"] == "and" and not before.endswith("between")):
        return None
    low = first.low if first.letter == second.letter else first.low * (first.letter or 1)
    if first.low == first.mantissa and first.mantissa < 1000 and first.letter is None and second.mantissa:
        low = first.low * _scale_of(second)
    if link["link"] == "to" and before.endswith("from") and not _RANGING.search(before):
        return replace(first, low=low, letter=None, end=stop, text_end=stop)
    if low >= second.low:
        return None
    return replace(second, start=first.start, begin=first.begin, low=low, high=second.low, mantissa=first.mantissa)


def _scale_of(number: Number) -> Decimal:
    return number.low / number.mantissa


def hedge_before(text: str, start: int) -> tuple[int, Qualifier | None]:
    """Where the hedge that ends right before `start` begins, and what it means; `start` and None without one."""
    window = max(0, start - _REACH)
    words = list(_HEDGE_WORDS.finditer(text, window, start))[-5:]
    if not words or text[words[-1].end() : start].strip(" \u00a0"):
        return start, None
    if window and words[0].start() == window:
        words = words[1:]
    for word in words:
        phrase = " ".join(text[word.start() : start].lower().split())
        found = _HEDGES.get(("before", phrase))
        if found is not None:
            return word.start(), found
    return start, None
