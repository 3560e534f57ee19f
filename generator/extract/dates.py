"""Dates and terms: when something was, is or will be, and from when to when or how long something holds.

Every date is EDTF with the precision the article gives. What needs more than is known stays out: nothing is
resolved against an article without a date, and only what a year suffices for against one dated by its year.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from generator.extract.numbers import find_numbers, read_rows, words_in
from generator.extract.text import Document, Sentence
from generator.model import DateBasis

Tense = Literal["past", "future", ""]

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_KEPT = 256  # sentences whose dates are remembered: terms are read from the same ones
_TENSE_WORDS = 14  # how far a verb may stand from its date
_TENSE_REACH = 140  # the same in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date as a sentence gives it; positions count in the document."""

    start: int
    end: int
    sentence: int
    date: str  # EDTF: 2021-12-06, 2021-12, 2021
    basis: DateBasis
    is_future: bool  # after the article's date, or on it and said to be still ahead
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTerm:
    """From when to when something holds, or how long; at least one of the three values is known."""

    start: int
    end: int
    sentence: int
    begins: str | None = None  # EDTF
    ends: str | None = None  # EDTF
    years: Decimal | None = None  # duration; months and weeks as parts of a year, to two places
    rule: str


@dataclass(frozen=True, slots=True)
class _Day:
    """The article's date as far as it is known."""

    year: int
    month: int | None
    day: int | None

    @property
    def full(self) -> date | None:
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


_Read = tuple[int, int, str, DateBasis, str]  # start, end, EDTF, basis, rule


# -- tables ------------------------------------------------------------------------------------------

_ROWS = read_rows("date_words.tsv")


def _kind(*kinds: str) -> dict[str, str]:
    return {row[0]: row[2] if len(row) > 2 else "" for row in _ROWS if row[1] in kinds}


_MONTHS = {word: int(value) for word, value in _kind("month", "short").items()}
_SHORT = frozenset(_kind("short"))
_WEEKDAYS = {word: int(value) for word, value in _kind("weekday").items()}
_DAYS = {word: int(value) for word, value in _kind("day").items()}
_SEASONS = {word: int(value) for word, value in _kind("season").items()}  # its last month
_FUTURE, _PAST, _TO_VERBS = frozenset(_kind("future")), frozenset(_kind("past")), frozenset(_kind("to-verb"))
_NOT_YEAR, _NOT_YEAR_BEFORE = frozenset(_kind("not-year")), frozenset(_kind("not-year-before"))
_BEFORE_YEARS = frozenset(_kind("before-year"))
_NAMES_TOO = frozenset(("May", "March", "August", "April", "June"))  # bare, they need a word such as "in" before them


def _either(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_MONTH = _either(_MONTHS)
_TRIGGER = re.compile(
    rf"\b(?:(?P<month>{_MONTH})(?![A-Za-z])|(?P<weekday>{_either(_WEEKDAYS)})(?![A-Za-z])"
    rf"|(?P<year>(?:1[89]|20)\d\d)(?!\d)|(?P<slash>\d{{1,2}}(?P<mark>[/.])\d{{1,2}}(?P=mark)\d{{4}})(?!\d)"
    rf"|(?P<day>(?i:{_either(_DAYS)}))\b"
    rf"|(?P<before_last>(?i:the) year before last\b)"
    rf"|(?P<weekend>weekend)\b"
    rf"|(?P<which>(?i:last|this|next)) (?P<season>{_either(_kind('season'))})\b"
    rf"|(?P<period>(?i:last|this|next|past|previous|the coming)) (?P<unit>week|month|year)(?=\W|$)"
    rf"|(?P<ago>(?:\d{{1,3}}|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty))"
    rf"[ ](?P<step>day|week|month|year|decade)s? ago\b)"
    rf"|(?P<anniversary>(?P<ordinal>\d{{1,3}}(?:st|nd|rd|th)|(?i:{_either(_kind('ordinal'))}))"
    rf" anniversary (?:of|since)\b))"
)
_SMALL_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
                  "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "twenty": 20}  # fmt: skip
_DATE_WORDS = frozenset(word.lower() for word in (*_MONTHS, *_WEEKDAYS, *_DAYS)) | frozenset(
    ["last", "this", "next", "past", "previous", "coming", "ago", "earlier", "anniversary", "weekend"]
)
_LEADING = frozenset(["last", "this", "next", "past", "previous", "coming"])  # they tell a date by what follows
_LED = frozenset(["week", "month", "year"]).union(_SEASONS, *(phrase.split() for phrase in _DAYS))
_TELLING = _DATE_WORDS - _LEADING
_TOKEN = re.compile(r"[A-Za-z]+(?:-[a-z]+)?|\d+")
_FIRST_WORDS = (
    frozenset((*_MONTHS, *_WEEKDAYS, *_SMALL_NUMBERS, *_kind("ordinal")))
    | frozenset(phrase.split()[0] for phrase in _DAYS)
    | frozenset(["last", "this", "next", "past", "previous", "the", "weekend"])
)
_YEAR_DIGITS = re.compile(r"\d{4}")
_LAST_DAY = re.compile(
    rf"\s?(?:to|until|till|through|and|[-–—])\s?(?P<month>{_MONTH})\.?\s\d{{1,2}},?\s(?P<yyyy>(?:1[89]|20)\d\d)(?!\d)"
)
_YEAR_WORD = re.compile(r",?\s(?:of\s)?(?P<word>last|this|next) year\b", re.IGNORECASE)
_STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "the coming": 1}
_ORDINALS = {word: int(value) for word, value in _kind("ordinal").items()}
_NEXT_OR_LAST_YEAR = re.compile(r"\b(next|last) year\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(
    r"(?:^|[^\d.,/$])(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,2}(?:st|nd|rd|th)?)?(?: day)?(?: of)?,?\s$"
)
_DAY_AFTER = re.compile(
    r"\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|\s?(?:percent|pct|million|billion|mln|bn)\b)"
    r"(?:\s?[-–]\s?\d{1,2}(?![\d:]))?(?P<year>(?:,\s?|\s)(?P<yyyy>(?:1[89]|20)\d\d)(?!\d))?"
)
_YEAR_AFTER = re.compile(r"\.?(?:,| of)?\s(?P<yyyy>(?:1[89]|20)\d\d)(?![\d-])")
_CUE_BEFORE = re.compile(
    r"(?:^|\W)(?P<cue>(?:end|start|beginning|middle|half) of|last|next|this|in|since|by|until|till|early|late|mid"
    r"|of|through|from|during|for|before|after)[\s-]$",
    re.IGNORECASE,
)
_ISO_REST = re.compile(r"-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_RANGE_REST = re.compile(r"\s?[-–—/]\s?(?P<to>(?:1[89]|20)\d\d|\d\d)(?![\d-])")
_WORD = re.compile(r"[A-Za-z’']+")
_NEXT_WORD = re.compile(r"[ -]([A-Za-z]+)")
_LAST_WORD = re.compile(r"([A-Za-z]+)[ .-]{1,2}$")
_NOT_WEEKDAY_BEFORE = re.compile(
    r"(?:Black|Good|Bloody|Easter|Palm|Ash|Cyber|Super|Holy|every|each|first|second|third|fourth) $"
)
_NOT_WEEKDAY_AFTER = re.compile(
    r" (?:Times|Telegraph|Mirror|Express|Herald|Mail|Post|Tribune|Morning|Prayers|prayers)\b"
)


# -- dates -------------------------------------------------------------------------------------------


def find_dates(document: Document) -> tuple[FoundDate, ...]:
    """All dates of an article that can be told, in the order of the text."""
    published = _published(document.published)
    found: list[FoundDate] = []
    for sentence in document.sentences:
        if not sentence.is_noise:
            found.extend(_dates_of(sentence, published))
    return tuple(found)


def _published(edtf: str | None) -> _Day | None:
    if edtf is None:
        return None
    parts = [int(part) for part in edtf.split("-")] + [0, 0]
    return _Day(parts[0], parts[1] or None, parts[2] or None)


def _dates_of(sentence: Sentence, published: _Day | None) -> Sequence[FoundDate]:
    words = words_in(sentence.text)
    may_tell = not words.isdisjoint(_TELLING) or not (words.isdisjoint(_LEADING) or words.isdisjoint(_LED))
    if not may_tell and not _YEAR_DIGITS.search(sentence.text):
        return ()
    return _remembered_dates(sentence, published)


@lru_cache(_KEPT)
def _remembered_dates(sentence: Sentence, published: _Day | None) -> tuple[FoundDate, ...]:
    return tuple(_read_dates(sentence, published))


@lru_cache(1 << 13)
def _may_begin(word: str) -> bool:
    """Whether a date may begin with a word or a figure."""
    return word in _FIRST_WORDS or word[0].isdigit() or word.lower() in _FIRST_WORDS


def _read_dates(sentence: Sentence, published: _Day | None) -> Iterator[FoundDate]:
    text, last_end = sentence.text, 0
    for token in _TOKEN.finditer(text):
        if not _may_begin(token.group()) or token.start() < last_end:
            continue
        match = _TRIGGER.match(text, token.start())
        if match is None:
            continue
        read = _READERS[next(kind for kind in _READERS if match[kind] is not None)]
        found = read(match, published)
        if found is None:
            continue
        start, end, edtf, basis, rule = found
        last_end = end
        needs_tense = basis is not DateBasis.STATED or edtf == _known(published)
        yield FoundDate(
            start=sentence.start + start,
            end=sentence.start + end,
            sentence=sentence.index,
            date=edtf,
            basis=basis,
            is_future=_is_future(edtf, published, _tense(text, start, end) if needs_tense else ""),
            rule=rule,
        )


def _read_anniversary(match: re.Match[str], published: _Day | None) -> _Read | None:
    """ "the 30th anniversary of the treaty": so many years before the article's, or before the year it names."""
    text = match.string
    if published is None:
        return None
    count = _ORDINALS.get(match["ordinal"].lower()) or int(re.sub(r"\D", "", match["ordinal"]) or 0)
    shift = _NEXT_OR_LAST_YEAR.search(text, max(0, match.start() - 80), match.end() + 60)
    year = published.year - count + ({"next": 1, "last": -1}[shift[1].lower()] if shift else 0)
    if not count or year < _FIRST_YEAR:
        return None
    return match.start(), match.end(), _edtf(year), DateBasis.RESOLVED, "date-anniversary"


def _known(published: _Day | None) -> str | None:
    if published is None:
        return None
    return _edtf(published.year, published.month, published.day)


def _edtf(year: int, month: int | None = None, day: int | None = None) -> str:
    text = f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
    return text


def _is_future(edtf: str, published: _Day | None, tense: Tense) -> bool:
    known = _known(published)
    if known is None:
        return tense == "future"
    length = min(len(edtf), len(known))
    if edtf[:length] == known[:length]:
        return tense == "future"
    return edtf[:length] > known[:length]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _read_month(match: re.Match[str], published: _Day | None) -> _Read | None:
    """ "December 6, 2021", "6 December 2021", "Dec. 6", "December 2021", "last December", "in March"."""
    text = match.string
    month, start, end = _MONTHS[match["month"]], match.start(), match.end()
    before = _DAY_BEFORE.search(text, max(0, start - 16), start)
    if before is not None:
        year = _YEAR_AFTER.match(text, end)
        return _day_of_month(text, before.start("day"), year.end() if year else end, month, before["day"],
                             year["yyyy"] if year else None, published)  # fmt: skip
    after = _DAY_AFTER.match(text, end)
    if after is not None and 1 <= int(after["day"]) <= 31:
        return _day_of_month(text, start, after.end(), month, after["day"], after["yyyy"], published)
    year = _YEAR_AFTER.match(text, end)
    if year is not None:
        return start, year.end(), _edtf(int(year["yyyy"]), month), DateBasis.STATED, "date-month-year"
    return _bare_month(match, month, published)


def _day_of_month(
    text: str, start: int, end: int, month: int, day_text: str, year_text: str | None, published: _Day | None
) -> _Read | None:
    day = int(day_text)
    if year_text is not None:
        if not _is_day(int(year_text), month, day):
            return None
        return start, end, _edtf(int(year_text), month, day), DateBasis.STATED, "date-full"
    later = _LAST_DAY.match(text, end)
    if later is not None:
        year = int(later["yyyy"]) - (month > _MONTHS[later["month"]])
        first = start, end, _edtf(year, month, day), DateBasis.RESOLVED, "date-first-day"
        return first if _is_day(year, month, day) else None
    said = _YEAR_WORD.match(text, end)
    if said is not None and published is not None:
        year = published.year + _STEPS[said["word"].lower()]
        found = start, said.end(), _edtf(year, month, day), DateBasis.RESOLVED, "date-month-day"
        return found if _is_day(year, month, day) else None
    today = published.full if published else None
    if today is None or day < 1:
        return None
    nearest = _nearest_year(today, month, day, _tense(text, start, end))
    return None if nearest is None else (start, end, _edtf(nearest, month, day), DateBasis.RESOLVED, "date-month-day")


def _nearest_year(today: date, month: int, day: int, tense: Tense) -> int | None:
    """The year that brings a day nearest to the article, on the side that the tense tells."""
    days = [
        date(year, month, day) for year in (today.year - 1, today.year, today.year + 1) if _is_day(year, month, day)
    ]
    if tense == "past":
        days = [found for found in days if found <= today] or days
    elif tense == "future":
        days = [found for found in days if found >= today] or days
    return min(days, key=lambda found: abs((found - today).days)).year if days else None


def _bare_month(match: re.Match[str], month: int, published: _Day | None) -> _Read | None:
    text, word, start, end = match.string, match["month"], match.start(), match.end()
    before = _CUE_BEFORE.search(text, max(0, start - 16), start)
    cue = before["cue"].lower() if before else ""
    if published is None or word in _SHORT or (word in _NAMES_TOO and cue not in _MONTH_CUES and " of" not in cue):
        return None
    said = None
    if cue in ("last", "next", "this") and before is not None:
        start = before.start("cue")
    else:
        said = _YEAR_WORD.match(text, end)
    year: int | None = None
    if said is not None:
        end, year = said.end(), published.year + _STEPS[said["word"].lower()]
    elif published.month is None:
        # "last December" is of the year before, whatever the month of the article; other months may be of this year.
        year = published.year - 1 if cue == "last" and month == 12 else None
    else:
        year = _year_of_month(published.year, published.month, month, cue, _tense(text, start, end))
    return None if year is None else (start, end, _edtf(year, month), DateBasis.RESOLVED, "date-month")


_MONTH_CUES = frozenset(("last", "next", "this", "in", "since", "by", "until", "till", "early", "late", "mid"))


def _year_of_month(year: int, now: int, month: int, cue: str, tense: Tense) -> int:
    if cue == "last":
        return year if month < now else year - 1
    if cue == "next" or (tense == "future" and cue != "this"):
        return year if month > now or (month == now and cue != "next") else year + 1
    if cue == "this":
        return year
    return year if month <= now else year - 1


def _read_weekday(match: re.Match[str], published: _Day | None) -> _Read | None:
    """ "on Monday" in a Monday's article is that day; else the last one, or the next where the clause looks ahead."""
    text = match.string
    today = published.full if published else None
    start, end = match.start(), match.end()
    if today is None or _DATE_FOLLOWS.match(text, end) or _NOT_WEEKDAY_AFTER.match(text, end):
        return None
    if _NOT_WEEKDAY_BEFORE.search(text, max(0, start - 8), start):
        return None
    back = (today.weekday() - _WEEKDAYS[match["weekday"]]) % 7
    cue = _WEEKDAY_CUE.search(text, max(0, start - 12), start)
    said = cue["cue"].lower() if cue else ""
    if cue:
        start = cue.start("cue")
    if said in ("last", "previous", "past"):
        back = back + 7 if back <= 2 else back  # a day or two ago is called by its name alone
    elif said in ("next", "coming", "this coming") or _NEXT_WEEK.match(text, end):
        back = back - 7
    elif said != "this" or back:
        tense = _tense(text, start, end)
        back = back - 7 if tense == "future" and back else back
    day = today - timedelta(days=back)
    return start, end, day.isoformat(), DateBasis.RESOLVED, "date-weekday"


_DATE_FOLLOWS = re.compile(rf",?\s\(?(?:(?:{_MONTH})\b\.?\s\d|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})\b)")
_WEEKDAY_CUE = re.compile(r"(?:^|\W)(?P<cue>last|previous|past|next|coming|this coming|this) $", re.IGNORECASE)
_NEXT_WEEK = re.compile(r"(?: of)? next week\b")


def _read_year(match: re.Match[str], _published: _Day | None) -> _Read | None:
    """ "in 2015", "the 1984 accord", "2021-12-06"; not counts, numbers of resolutions, or the years of a range."""
    text = match.string
    start, end = match.start(), match.end()
    iso = _ISO_REST.match(text, end)
    if iso is not None:
        year, month, day = int(match["year"]), int(iso["month"]), int(iso["day"])
        full = (start, iso.end(), _edtf(year, month, day), DateBasis.STATED, "date-iso")
        return full if 1 <= month <= 12 and _is_day(year, month, day) else None
    if not _is_year(text, start, end):
        return None
    word = _LAST_WORD.search(text, max(0, start - 14), start)
    preposition = word[1].lower() if word else ""
    rule = f"date-year-{preposition}" if preposition in _PREPOSITIONS else "date-year"
    return start, end, match["year"], DateBasis.STATED, rule


_PART_OF_YEAR = re.compile(r"\b(?:mid|early|late|end)[-–]$", re.IGNORECASE)
_PREPOSITIONS = frozenset(("in", "since", "by", "until", "till", "through", "for", "from", "of", "to", "the", "during"))


def _is_year(text: str, start: int, end: int) -> bool:
    if start and (
        (text[start - 1] in "-–—/.,$€£¥₹#+" and not _PART_OF_YEAR.search(text, max(0, start - 6), start))
        or (text[max(0, start - 2) : start - 1].isdigit() and text[start - 1] == " ")
    ):
        return False
    if (
        _RANGE_REST.match(text, end)
        or text[end : end + 1] in ("s", "’s", "%", "/")
        or re.match(r"[.,]\d|[a-zA-Z]", text[end : end + 2])
    ):
        return False
    if text[max(0, start - 3) : start].endswith(("Rs", "Rs ", "Rs.", "$ ", "€ ", "£ ")):
        return False
    following = _NEXT_WORD.match(text, end)
    preceding = _LAST_WORD.search(text, max(0, start - 14), start)
    if (following and following[1] in _NOT_YEAR) or (preceding and preceding[1] in _NOT_YEAR_BEFORE):
        return False
    if preceding is None or not preceding[1][0].isupper() or text[start - 1] != " " or text[start - 2] == ".":
        return True
    return preceding[1] in _MONTHS or preceding[1].lower() in _BEFORE_YEARS  # not "Agenda 2030", "PzH 2000"


def _read_slash(match: re.Match[str], _published: _Day | None) -> _Read | None:
    """ "13.6.2021" begins with the day; "13/6/2021" is read only where day and month cannot be taken for each other."""
    first, second, year = (int(part) for part in match["slash"].split(match["mark"]))
    if second <= 12 and (first > 12 or match["mark"] == "."):
        day, month = first, second
    elif second > 12 and first <= 12:
        month, day = first, second
    elif first == second:
        day = month = first
    else:
        return None
    if not (1 <= month <= 12 and _is_day(year, month, day)):
        return None
    return match.start(), match.end(), _edtf(year, month, day), DateBasis.STATED, "date-slash"


def _read_day(match: re.Match[str], published: _Day | None) -> _Read | None:
    today = published.full if published else None
    known = _known(published)
    if today is None and known is not None and len(known) == 7 and match["day"].lower() == "today":
        return match.start(), match.end(), known, DateBasis.RESOLVED, "date-day-word"
    if today is None:
        return None
    day = today + timedelta(days=_DAYS[match["day"].lower()])
    return match.start(), match.end(), day.isoformat(), DateBasis.RESOLVED, "date-day-word"


def _read_period(match: re.Match[str], published: _Day | None) -> _Read | None:
    """ "last week", "this month", "next year": as exact as the period allows, a week to its month or year."""
    if published is None:
        return None
    edtf = _shifted(published, match["unit"], _STEPS[match["period"].lower()])
    return None if edtf is None else (match.start(), match.end(), edtf, DateBasis.RESOLVED, f"date-{match['unit']}")


def _read_before_last(match: re.Match[str], published: _Day | None) -> _Read | None:
    if published is None:
        return None
    return match.start(), match.end(), _edtf(published.year - 2), DateBasis.RESOLVED, "date-year"


def _read_weekend(match: re.Match[str], published: _Day | None) -> _Read | None:
    """The month of the last weekend; in an article of a weekend, of that one. None where it lies in two months."""
    today = published.full if published else None
    cue = _WEEKEND_CUE.search(match.string, max(0, match.start() - 12), match.start())
    if today is None or cue is None or _tense(match.string, match.start(), match.end()) == "future":
        return None
    back = today.weekday() - 5 if today.weekday() > 4 else today.weekday() + 2
    saturday = today - timedelta(days=back)
    sunday = saturday + timedelta(days=1)
    if saturday.month != sunday.month:
        return None
    return cue.start("cue"), match.end(), _edtf(saturday.year, saturday.month), DateBasis.RESOLVED, "date-weekend"


_WEEKEND_CUE = re.compile(r"\b(?P<cue>over the|at the|last|this|this past|during the) $", re.IGNORECASE)


def _read_season(match: re.Match[str], published: _Day | None) -> _Read | None:
    """The year of "last autumn": the last that is over; of "this summer": that of the article."""
    if published is None or (published.month is None and match["which"].lower() == "last"):
        return None
    shift = {"last": 0, "this": 0, "next": 1}[match["which"].lower()]
    if match["which"].lower() == "last" and published.month is not None:
        shift = 0 if _SEASONS[match["season"]] < published.month else -1
    elif shift and published.month is not None and published.month < _SEASONS[match["season"]]:
        shift = 0
    return match.start(), match.end(), _edtf(published.year + shift), DateBasis.RESOLVED, "date-season"


def _read_ago(match: re.Match[str], published: _Day | None) -> _Read | None:
    if published is None or match.string[max(0, match.start() - 5) : match.start()].lower() == "half ":
        return None
    word = match["ago"].split()[0].lower()
    count = int(word) if word.isdecimal() else _SMALL_NUMBERS[word]
    unit = match["step"]
    edtf = _shifted(published, unit, -count * (10 if unit == "decade" else 1))
    return None if edtf is None else (match.start(), match.end(), edtf, DateBasis.RESOLVED, "date-ago")


def _shifted(published: _Day, unit: str, step: int) -> str | None:
    """The period that lies `step` units from the article's date; None where its date does not tell."""
    if unit in ("year", "decade"):
        year = published.year + step
        return _edtf(year) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    if published.month is None:
        return None
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _edtf(months // 12, months % 12 + 1) if _FIRST_YEAR <= months // 12 <= _LAST_YEAR else None
    today = published.full
    if today is None:
        return None
    if unit == "day":
        return (today + timedelta(days=step)).isoformat()
    first = today - timedelta(days=today.weekday() - 7 * step)
    last = first + timedelta(days=6)
    if first.year != last.year:
        return None
    return _edtf(first.year, first.month if first.month == last.month else None)


_READERS: dict[str, Callable[["re.Match[str]", _Day | None], _Read | None]] = {
    "month": _read_month,
    "weekday": _read_weekday,
    "year": _read_year,
    "slash": _read_slash,
    "day": _read_day,
    "before_last": _read_before_last,
    "weekend": _read_weekend,
    "season": _read_season,
    "period": _read_period,
    "ago": _read_ago,
    "anniversary": _read_anniversary,
}


def _tense(text: str, start: int, end: int) -> Tense:
    """Whether the clause around a date looks back or ahead: the nearest verb before it, else the first after it."""
    left = max(0, start - _TENSE_REACH)
    left = max(left, text.rfind(";", left, start) + 1)
    words = [word.lower() for word in _WORD.findall(text, left, start)][-_TENSE_WORDS:]
    for place in range(len(words) - 1, -1, -1):
        tense = _tense_of(words, place)
        if tense:
            return tense
    words = [word.lower() for word in _WORD.findall(text, end, end + _TENSE_REACH)][:_TENSE_WORDS]
    return next((tense for place in range(len(words)) if (tense := _tense_of(words, place))), "")


def _tense_of(words: list[str], place: int) -> Tense:
    word = words[place]
    before = words[place - 1] if place else ""
    if before == "to" and word in _TO_VERBS:
        return "future"
    if word in _FUTURE and before not in ("as", "in"):
        return "future"
    if word in _PAST or (word.endswith("ed") and len(word) > 4):
        earlier = words[max(0, place - 3) : place]
        ahead = any(w in ("will", "be", "would", "to") for w in earlier) and "be" in earlier
        return "future" if ahead or ("will" in earlier and word in ("have", "has")) else "past"
    return ""


# -- terms -------------------------------------------------------------------------------------------

_BOUND_WORDS = frozenset(_kind("bound"))  # one of them stands beside the first or last day of every term
_UNIT_WORDS = frozenset(["year", "years", "month", "months", "week", "weeks", "day", "days", "decade", "decades"])
_YEARS_RANGE = re.compile(
    r"(?<![\d$€£.,/-])(?P<from>(?:1[89]|20)\d\d)(?:\s?[-–—/]\s?(?P<to>(?:1[89]|20)\d\d|\d\d)(?![\d-])"
    r"|\s(?:to|until|till|through|and)\s(?P<to2>(?:1[89]|20)\d\d)(?!\d))"
)
_ENDS = re.compile(
    r"\b(?:(?P<until>until|till|through|up to|through to|(?:period|deal|contract|agreement|pact|programme|program) to)"
    r"|(?P<expires>expir(?:e|es|ed|ing|ation|y)|runs? out|lapses?"
    r"|runs? to|running to|lasts? to)"
    r"|(?P<by>by))"
    r"\s(?:of\s|at\s|on\s|in\s|the\s|end of\s|end-|late\s|early\s|mid-?\s?|at least\s|late-|its\s|year\s){0,4}$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:effective|starting|beginning|commencing|with effect|takes? effect|took effect|from)"
    r"\s(?:as\s|of\s|on\s|in\s|from\s|the\s|early\s|late\s|mid-?){0,3}$",
    re.IGNORECASE,
)
_DURATION_UNIT = re.compile(
    r"(?P<join>[ -])(?P<unit>year|month|week|day|decade)(?P<plural>s?)(?:’|')?\b"
    r"(?P<old>-old|[ -]old| ago| earlier| later| after)?",
    re.IGNORECASE,
)
_DURATION_CUE = re.compile(
    r"\b(?P<cue>for|over|during|by|lasts?|lasting|spanning|of|another|next|within|term of|period of)\s"
    r"(?:(?:a|the|an|another|further|additional|period|term|of|next|coming|up|to|at|least|more|than|about|initial"
    r"|minimum|some|first|total|following|or|nearly)\s){0,5}$",
    re.IGNORECASE,
)
_EXTENDS = re.compile(
    r"\b(?:exten(?:d|sion)|prolong|renew|roll(?:ed|ing)? over|another|further|additional)", re.IGNORECASE
)
_NOT_TERM = frozenset(_kind("not-term"))
_NEXT_WORDS = re.compile(r"(?:[ -][A-Za-z-]+){1,2}")
_OF_NAME = re.compile(r"\s[A-Za-z]")
_NEXT_DECADE = re.compile(
    r"\b(?:(?:for|over|during|in) )?(?:the )?(?:next|coming|a|another|whole|entire) decade\b(?! ago| after| later)"
    r"|\bdecade-long\b",
    re.IGNORECASE,
)
_FOR_A_YEAR = re.compile(
    r"\bfor (?:a|(?P<again>another|a further|an additional)) (?P<unit>year|month)\b(?! ago| earlier| later)",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:past|(?<!would )(?<!will )(?<!to )last|previous|preceding|in|first time in|after|than|recent)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_PARTS = {"year": Decimal(1), "month": Decimal(12), "week": Decimal(52), "day": Decimal(365)}
_NEAR = 60  # characters between two halves of one term


def find_terms(document: Document) -> tuple[FoundTerm, ...]:
    """All terms of an article, in the order of the text; halves that stand together are one term."""
    published = _published(document.published)
    found: list[FoundTerm] = []
    for sentence in document.sentences:
        if not sentence.is_noise:
            terms = list(_terms_of(sentence, published))
            found.extend(_joined(sorted(terms, key=lambda term: (term.start, -term.end))))
    return tuple(found)


def _terms_of(sentence: Sentence, published: _Day | None) -> Iterator[FoundTerm]:
    words = words_in(sentence.text)
    has_year = _YEAR_DIGITS.search(sentence.text) is not None
    if has_year:
        yield from _ranges(sentence)
    if not words.isdisjoint(_BOUND_WORDS) and (has_year or not words.isdisjoint(_DATE_WORDS)):
        yield from _bounds(sentence, published)
    if not words.isdisjoint(_UNIT_WORDS):
        yield from _durations(sentence)


def _ranges(sentence: Sentence) -> Iterator[FoundTerm]:
    """ "2021–2031", "from 2021 to 2030", "2021–22"."""
    for match in _YEARS_RANGE.finditer(sentence.text):
        begins, ends = match["from"], match["to"] or match["to2"]
        ends = begins[:2] + ends if len(ends) == 2 else ends
        between = match["to2"] is not None
        before = sentence.text[max(0, match.start() - 9) : match.start()].lower()
        if between and not before.endswith(("from ", "between ")):
            continue
        if int(begins) < int(ends) <= _LAST_YEAR:
            yield FoundTerm(
                start=sentence.start + match.start() - (5 if before.endswith("from ") else 0),
                end=sentence.start + match.end(),
                sentence=sentence.index,
                begins=begins,
                ends=ends,
                rule="term-years",
            )


def _bounds(sentence: Sentence, published: _Day | None) -> Iterator[FoundTerm]:
    """ "through 2030", "until March 2024", "expires on Sept 30", "effective January 1", "by 2025"."""
    text, last_end = sentence.text, 0
    for found in _dates_of(sentence, published):
        start = found.start - sentence.start
        if last_end and text[last_end:start] in (" to ", " until ", " through ", " till "):
            yield FoundTerm(
                start=found.start, end=found.end, sentence=sentence.index, ends=found.date, rule="term-until"
            )
            last_end = 0
            continue
        last_end = 0
        if _OF_NAME.match(text, found.end - sentence.start) and text[max(0, start - 4) : start].lower() == "the ":
            continue  # "through the 1995 Agreement", "expiration of the 2004 lease"
        ends = _ENDS.search(text, max(0, start - 40), start)
        if ends is not None:
            if ends["by"] and not (found.is_future and len(found.date) == 4):
                continue
            rule = "term-by" if ends["by"] else "term-expires" if ends["expires"] else "term-until"
            yield FoundTerm(start=sentence.start + ends.start(), end=found.end, sentence=sentence.index,
                            ends=found.date, rule=rule)  # fmt: skip
            continue
        begins = _BEGINS.search(text, max(0, start - 40), start)
        if begins is not None and (found.is_future or not begins.group().lower().startswith("from")):
            last_end = found.end - sentence.start
            yield FoundTerm(start=sentence.start + begins.start(), end=found.end, sentence=sentence.index,
                            begins=found.date, rule="term-from")  # fmt: skip


def _durations(sentence: Sentence) -> Iterator[FoundTerm]:
    """ "five-year", "for a period of 10 years", "for the next decade", "by five years" after "extend"."""
    text = sentence.text
    for number in find_numbers(text):
        unit = _DURATION_UNIT.match(text, number.text_end)
        if unit is None or unit["old"] or number.low > 999 or _is_of_other(text, number.start, unit.end()):
            continue
        cue = _DURATION_CUE.search(text, max(0, number.start - 60), number.start)
        is_adjective = not unit["plural"] and (unit["join"] == "-" or number.low > 1)
        if cue is None and not is_adjective:
            continue
        if not is_adjective and (
            _LOOKS_BACK.search(text, max(0, number.start - 24), number.start) or (number.is_plain and number.low > 99)
        ):
            continue
        rule = _duration_rule(text, cue, number.start, unit["unit"].lower())
        if rule is None:
            continue
        yield FoundTerm(
            start=sentence.start + (cue.start() if cue and not is_adjective else number.start),
            end=sentence.start + unit.end("plural"),
            sentence=sentence.index,
            years=_years(number.low, unit["unit"].lower()),
            rule=rule,
        )
    for match in _FOR_A_YEAR.finditer(text):
        yield FoundTerm(
            start=sentence.start + match.start(),
            end=sentence.start + match.end(),
            sentence=sentence.index,
            years=_years(Decimal(1), match["unit"].lower()),
            rule="term-extension" if match["again"] else "term-duration",
        )
    for match in _NEXT_DECADE.finditer(text) if "decade" in words_in(text) else ():
        yield FoundTerm(start=sentence.start + match.start(), end=sentence.start + match.end(),
                        sentence=sentence.index, years=Decimal(10), rule="term-duration")  # fmt: skip


def _is_of_other(text: str, start: int, end: int) -> bool:
    """ "A three-day visit", "the 20-year war", "a grace period of five years": no instrument holds so long."""
    following = _NEXT_WORDS.match(text, end)
    words = following.group().lower().split() if following else []
    return not _NOT_TERM.isdisjoint(words) or text[max(0, start - 24) : start].lower().endswith("grace period of ")


def _duration_rule(text: str, cue: re.Match[str] | None, start: int, unit: str) -> str | None:
    word = cue["cue"].lower() if cue else ""
    extends = _EXTENDS.search(text, max(0, start - 70), start)
    if word == "within":
        return None
    if word == "by" and not extends:
        return None
    if unit in ("day", "week"):
        return None if word == "over" else "term-days"
    return "term-extension" if extends else "term-duration"


def _years(count: Decimal, unit: str) -> Decimal:
    years = count * 10 if unit == "decade" else (count / _PARTS[unit]).quantize(Decimal("0.01"))
    return years.quantize(Decimal(1)) if years == years.to_integral_value() else years.normalize()


def _joined(terms: list[FoundTerm]) -> Iterator[FoundTerm]:
    """Make one term of halves that stand together and do not contradict: "for the next decade, through 2030"."""
    held: FoundTerm | None = None
    for term in terms:
        if held is not None and term.start < held.end:
            continue  # the range has said it
        if held is not None and term.start - held.end <= _NEAR and _fits(held, term):
            held = replace(
                held,
                end=term.end,
                begins=held.begins or term.begins,
                ends=held.ends or term.ends,
                years=held.years if held.years is not None else term.years,
            )
            continue
        if held is not None:
            yield held
        held = term
    if held is not None:
        yield held


def _fits(held: FoundTerm, term: FoundTerm) -> bool:
    if "term-by" in (held.rule, term.rule):
        return False
    pairs = ((held.begins, term.begins), (held.ends, term.ends), (held.years, term.years))
    return not any(one is not None and other is not None for one, other in pairs)
