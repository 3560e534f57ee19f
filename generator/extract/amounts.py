"""Money and items: the sums an article gives, and the equipment and goods it counts or names.

Finds what the sentences say, word by word; whether a sum or an item belongs to an agreement is decided elsewhere.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

from generator.codes import category_of, countries, currencies
from generator.extract.names import STANDS_FOR_COUNTRY, Name
from generator.extract.numbers import Number, find_numbers, hedge_before, read_rows, words_in
from generator.extract.text import Document, Sentence
from generator.model import MoneyKind, Qualifier

_HEAVY = 1000  # from here on, a doubtful sign beside a figure is money
_LARGE = 1_000_000
_SMALL = 1000  # less money than this is a price or a fee, not what an agreement is worth
_SOVIET_MONEY_ENDS = "1992"  # roubles of earlier articles are SUR
_CUE_REACH = 60  # characters on either side of a sum in which a word may tell what it is
_GAP = 48  # characters between a sum and its conversion


class MoneyUse(StrEnum):
    """What a sum measures; only `value` can be the value of an agreement."""

    VALUE = "value"
    UNIT_PRICE = "unit-price"
    BUDGET = "budget"
    TRADE_VOLUME = "trade-volume"
    CONVERSION = "conversion"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMoney:
    """A sum as a sentence gives it, with its hedge; positions count in the document."""

    start: int
    end: int
    sentence: int
    amount: Decimal  # in units of the currency
    high: Decimal | None = None  # upper end of a range
    currency: str  # ISO 4217
    qualifier: Qualifier = Qualifier.EXACT
    kind: MoneyKind = MoneyKind.VALUE
    use: MoneyUse = MoneyUse.VALUE
    rule: str


# -- money: tables -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign or word of money."""

    text: str
    code: str | None  # the currency it means by itself
    shared: tuple[str, ...] = ()  # currencies it means where the article is about their countries
    is_hundredth: bool = False
    is_heavy: bool = False  # counts only from a thousand on


def _rows_of(kind: str) -> dict[str, str]:
    return {row[0]: row[2] if len(row) > 2 else "" for row in read_rows("money_signs.tsv") if row[1] == kind}


def _signs() -> dict[str, _Sign]:
    """All signs and words of money; words are in lower case, signs and codes as written."""
    own: dict[str, str] = {}
    shared: dict[str, tuple[str, ...]] = {}
    for code, currency in currencies().items():
        own |= dict.fromkeys((code, *currency.symbols, *currency.words), code)
        for word in currency.shared:
            shared[word] = (*shared.get(word, ()), code)
    own |= _rows_of("sign") | _HUNDREDTHS
    for text in [text for text in own if re.fullmatch(r"[A-Z] \$", text)]:
        del own[text]  # "A $10 billion loan" is no Australian one
    heavy = _rows_of("heavy")
    return {
        text: _Sign(text, own.get(text), shared.get(text, ()), text in _HUNDREDTHS, text in heavy)
        for text in own.keys() | shared.keys()
    }


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_HUNDREDTHS = _rows_of("hundredth")
_SIGNS = _signs()


def _names_of(country: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The names of a country in lower case, and the pattern that counts them."""
    own = countries()[country]
    names = {own.name, *own.adjectives, *own.capitals}
    return frozenset(map(str.lower, names)), re.compile(rf"\b(?:{_either(names)})\b", re.IGNORECASE)


_HOMES = {country: _names_of(country) for country in _rows_of("home")}
_OWN_SIGNS = [text for text, sign in _SIGNS.items() if text.endswith("$") and sign.code not in (None, "USD")]
_HOME_SIGN = re.compile(rf"(?<![A-Za-z])(?:{_either(_OWN_SIGNS)})")
_AMERICAN = re.compile(r"\b(?:United States|U\.S\.|US(?!\$)|America|Americans?|Washington|White House|Pentagon)\b")
_APART = re.compile(r"\b(?:US|USD|U\.S\.) ?\$|\$US")
_OUTLETS = tuple((re.compile(rf"\b{re.escape(word)}\b"), country) for word, country in _rows_of("outlet").items())
_BEFORE_SIGN = re.compile(
    rf"(?:(?<![A-Za-z.$])(?:{_either(sign for sign in _SIGNS if re.search('[A-Z$]', sign))})|[^\w\s])[ \u00a0]?$"
)
_WORD_BEFORE = re.compile(r"\b([A-Za-z]+)[ \u00a0]$")
_AFTER_WORDS = re.compile(r"(?:\.(?=[ ][a-z]))?[ \u00a0-]?([^\w\s.,;:()-]|[A-Za-z.]+(?: [A-Za-z.]+){0,3})")
_USES = {words: (place, use, kind) for words, place, use, kind in read_rows("money_uses.tsv")}
_CUE_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
_CUE_LENGTHS: dict[str, int] = {}  # first word of a phrase -> words of the longest phrase that begins with it
for _phrase_words in (words.split() for words in _USES):
    _CUE_LENGTHS[_phrase_words[0]] = max(_CUE_LENGTHS.get(_phrase_words[0], 0), len(_phrase_words))
_PER = re.compile(
    r"\s*(?:(?P<per>per|for each|for every|an?|/)\s*(?:(?:\d[\d,.]*|thousand|million|hundred)\s)?"
    r"(?P<unit>[A-Za-z]+)|(?P<each>apiece|each)\b)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s(?:to|against|for) (?:the|one|a|each) (?:US |U\.S\. )?(?:dollar|euro|pound|yen|yuan|ruble|rouble)\b"
)
_PART_OF = re.compile(r"\b(?:part of|within|in) (?:an?|the|its|their|his)(?: \w+){0,2} ?$|\b(?:in|part of) $")
_REFUTED = re.compile(r"\b(?:not|instead of|rather than) (?:the |an? |about |some )?$")  # "$2 million, not $1 million"
_WHOLE = re.compile(r"(?:[ -][a-z-]+){0,4}[ -](?:packages?|budget|plan|economy|industry|market)\b")
_PIECES = frozenset(
    [
        "barrel",
        "bbl",
        "ton",
        "tonne",
        "pound",
        "ounce",
        "share",
        "gallon",
        "litre",
        "liter",
        "head",
        "unit",
        "piece",
        "hour",
        "kilo",
        "kg",
        "bushel",
        "bale",
        "carat",
        "person",
        "night",
        "dose",
        "kilogram",
        "kilowatt",
        "megawatt",
        "mwh",
        "kwh",
        "mmbtu",
        "metre",
        "meter",
        "cubic",
        "aircraft",
        "jet",
        "plane",
        "head",
        "student",
    ]
)
_PERIODS = frozenset(["month", "week", "day", "daily", "monthly", "quarter"])
_CONVERTS = re.compile(
    r"\s*(?:[(\[;/–—]|,?\s*or\b|,?\s*(?:the )?equivalent (?:to|of)|,\s*worth|,)"
    r"\s*(?:or|about|around|approximately|some|nearly|roughly|over|almost|i\.e\.|at the time|equal to|equivalent to|"
    r"the equivalent of|worth|more than|approx\.?|=|~|\s)*",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:target|goal|aim(?:s|ed|ing)?|achieve|objective|raise|increase (?:of|to|by)|double|triple|boost|"
    r"expand|by (?:the year )?20\d\d|by 19\d\d)\b",
    re.IGNORECASE,
)


# -- money: rules ------------------------------------------------------------------------------------


def find_money(document: Document) -> tuple[FoundMoney, ...]:
    """All sums of an article in the order of the text, each with what it measures."""
    found: list[FoundMoney] = []
    decide = cache(partial(_currency, document))  # once for each sign: it may count the words of the whole article
    for sentence in document.sentences:
        if not sentence.is_noise:
            found.extend(_money_of(sentence, decide))
    return tuple(found)


def _money_of(sentence: Sentence, decide: Callable[[_Sign], str | None]) -> list[FoundMoney]:
    found: list[FoundMoney] = []
    for number in find_numbers(sentence.text):
        money = _money(sentence, number, decide)
        if money is not None:
            found.append(_beside(sentence, found[-1], money) if found else money)
    return [*(_changed(sentence, *pair) for pair in pairwise(found)), *found[-1:]]


def _money(sentence: Sentence, number: Number, decide: Callable[[_Sign], str | None]) -> FoundMoney | None:
    text = sentence.text
    before = _sign_before(text, number.start) or _word_before(text, number)
    number = _with_letter(number) if number.letter is not None else number
    after = _sign_after(text, number.text_end)
    sign, start = before or (after[0] if after else None, number.start)
    if sign is None or (sign.is_heavy and number.low < _HEAVY):
        return None
    currency = decide(sign)
    if currency is None:
        return None
    end = max(number.end, after[1]) if after else number.end
    begin, hedge = hedge_before(text, start)
    use, kind, rule = _use(text, start, end)
    if use is MoneyUse.UNIT_PRICE and rule != "money-per-unit" and number.low >= _LARGE:
        is_whole = text[max(0, begin - 12) : begin].lower().endswith(("price of ", "priced at ", "prices of "))
        use = MoneyUse.VALUE if is_whole else MoneyUse.OTHER  # "at a price of $653 million" is what all of it costs
    if use is MoneyUse.VALUE and number.high is None and number.low < _SMALL:
        use = MoneyUse.OTHER
    qualifier = hedge or number.qualifier
    if kind is MoneyKind.ESTIMATE and qualifier is Qualifier.EXACT:
        qualifier = Qualifier.ABOUT
    hundredth = Decimal("0.01") if sign.is_hundredth else Decimal(1)
    return FoundMoney(
        start=sentence.start + begin,
        end=sentence.start + end,
        sentence=sentence.index,
        amount=_plain(number.low * hundredth),
        high=None if number.high is None else _plain(number.high * hundredth),
        currency=currency,
        qualifier=qualifier,
        kind=kind,
        use=use,
        rule=rule,
    )


def _with_letter(number: Number) -> Number:
    assert number.letter is not None
    high = None if number.high is None else number.high * number.letter
    end = max(number.letter_end, number.end)
    return replace(number, low=number.low * number.letter, high=high, end=end, text_end=number.letter_end)


def _plain(amount: Decimal) -> Decimal:
    """The same sum without an exponent and without noughts after the point."""
    whole = amount.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == amount else amount.normalize()


def _sign_before(text: str, start: int) -> tuple[_Sign, int] | None:
    window = max(0, start - 7)
    match = _BEFORE_SIGN.search(text[window:start])
    if match is None:
        return None
    sign = _SIGNS.get(match.group().strip(" \u00a0"))
    return None if sign is None else (sign, window + match.start())


def _word_before(text: str, number: Number) -> tuple[_Sign, int] | None:
    """ "Yen 300 billion", "Euro 5 million"; not "won 5 million votes", "a pound 2,000"."""
    if number.low == number.mantissa and number.letter is None:
        return None
    match = _WORD_BEFORE.search(text, max(0, number.start - 12), number.start)
    sign = _SIGNS.get(match[1].lower()) if match else None
    if (
        match is None
        or sign is None
        or sign.is_heavy
        or sign.code is None
        or sign.text in ("pound", "pounds", "dollar")
    ):
        return None
    return sign, match.start()


def _sign_after(text: str, end: int) -> tuple[_Sign, int] | None:
    match = _AFTER_WORDS.match(text, end)
    if match is None:
        return None
    words = match[1].split(" ")
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count]).rstrip(".")
        sign = _SIGNS.get(phrase) if phrase.isupper() or not phrase.isalpha() else None
        sign = sign or _SIGNS.get(phrase.lower())
        if sign is not None:
            stop = match.start(1) + len(phrase)
            if phrase.lower() in ("pound", "pounds") and text.startswith(" of", stop):
                return None  # pounds of weight
            return sign, stop
    return None


def _currency(document: Document, sign: _Sign) -> str | None:
    """Which of the currencies that share a sign is meant: the one whose countries the article names most often.

    A bare $ is the US dollar unless the outlet writes another country's, or the article is at home where a dollar of
    its own is used; £ and € are never shared.
    """
    if "$" in sign.text or sign.text.startswith(("dollar", "dlr", "buck")):
        return _dollar(document, sign)
    published = document.published or ""
    if sign.code == "RUB" and "" < published < _SOVIET_MONEY_ENDS:
        return "SUR"
    if not sign.shared or sign.text == "£":
        return sign.code
    default = (_mentions(document, sign.code) if sign.code else 0, sign.code)
    best = max(((_mentions(document, code), code) for code in sign.shared), key=lambda pair: pair[0])
    if best[0] > default[0]:
        return best[1]
    return sign.code


def _dollar(document: Document, sign: _Sign) -> str | None:
    outlet = (document.outlet or "").lower()
    country = next((own for word, own in _OUTLETS if word.search(outlet)), None) if outlet else _home(document.text)
    candidates = (code for code in sign.shared if country in currencies()[code].countries)
    return next(candidates, sign.code) if country else sign.code


@lru_cache(maxsize=1)  # several signs of one article ask
def _home(text: str) -> str | None:
    """The country whose own dollar an article of an unknown outlet writes with a bare $; None: the US dollar.

    It is named most often of all countries with a bare dollar, and more than once; and the article either does not
    speak of the United States at all, or keeps the US dollar apart ("US$").
    """
    low = text.lower()
    homes = {country: words for country, (names, words) in _HOMES.items() if any(name in low for name in names)}
    if not homes or _HOME_SIGN.search(text) or (_AMERICAN.search(text) and not _APART.search(text)):
        return None
    named = {country: len(words.findall(text)) for country, words in homes.items()}
    most = max(named, key=lambda country: named[country])
    return most if named[most] > 1 else None


def _mentions(document: Document, code: str) -> int:
    """How often an article names the countries of a currency, by name or adjective."""
    owners = (countries().get(country) for country in currencies()[code].countries)
    words = {word for owner in owners if owner is not None for word in (owner.name, *owner.adjectives, *owner.capitals)}
    return sum(document.text.count(word) for word in words)


def _use(text: str, start: int, end: int) -> tuple[MoneyUse, MoneyKind, str]:
    per = _PER.match(text, end)
    unit = (per["unit"] or "").lower() if per else ""
    if per and (per["each"] or unit.removesuffix("s") in _PIECES or (per["per"] == "per" and not _is_time(unit))):
        return MoneyUse.UNIT_PRICE, MoneyKind.VALUE, "money-per-unit"
    if unit in _PERIODS and per is not None:
        return MoneyUse.OTHER, MoneyKind.VALUE, "money-per-period"
    if _RATE.match(text, end):
        return MoneyUse.OTHER, MoneyKind.VALUE, "money-exchange-rate"
    if _REFUTED.search(text, max(0, start - _CUE_REACH), start):
        return MoneyUse.OTHER, MoneyKind.VALUE, "money-refuted"
    use, use_cue = MoneyUse.VALUE, ""
    kind = MoneyKind.VALUE
    seen_use = seen_kind = False
    if _PART_OF.search(text, max(0, start - _CUE_REACH), start) and _WHOLE.match(text, end):
        return MoneyUse.OTHER, MoneyKind.PACKAGE, "money-part-of"
    for _, words in sorted(_cues(text, start, end), key=lambda cue: (_USES[cue[1]][0] != "any", cue)):
        _, said_use, said_kind = _USES[words]
        if said_use != "-" and not seen_use:
            use, use_cue, seen_use = MoneyUse(said_use), words, True
        if said_kind != "-" and not seen_kind:
            kind, seen_kind = MoneyKind(said_kind), True
    if use is MoneyUse.TRADE_VOLUME and _TARGET.search(text, max(0, start - 100), end + 40):
        return use, kind, "money-trade-target"
    return use, kind, f"money-{use_cue.replace(' ', '-')}" if use_cue else "money"


def _is_time(unit: str) -> bool:
    return unit in _PERIODS or unit in ("year", "annum", "years", "cent")


def _cues(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The words near a sum that tell what it is, with their distance."""
    left = max(0, start - _CUE_REACH)
    left = max(left, *(text.rfind(mark, left, start) + 1 for mark in ";:"))
    for _, stop, words in _phrases(text, left, start):
        if _USES[words][0] in ("any", "both", "before"):
            yield start - stop, words
    right = end + _CUE_REACH // 2
    right = min([right, *(at for mark in ";:." if (at := text.find(mark, end, right)) >= 0)])
    for begin, _, words in _phrases(text, end, right):
        if _USES[words][0] in ("any", "both", "after"):
            yield begin - end, words


def _phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where the longest known phrases of a stretch stand."""
    words = [(match.start(), match.end(), match.group().lower()) for match in _CUE_WORD.finditer(text, start, end)]
    place = 0
    while place < len(words):
        count = _CUE_LENGTHS.get(words[place][2], 0)
        while count and " ".join(word for _, _, word in words[place : place + count]) not in _USES:
            count -= 1
        if count:
            last = words[min(place + count, len(words)) - 1]
            yield words[place][0], last[1], " ".join(word for _, _, word in words[place : place + count])
        place += count or 1


def _changed(sentence: Sentence, money: FoundMoney, following: FoundMoney) -> FoundMoney:
    """ "Raised from $2 billion to $3 billion": the first holds no longer."""
    begin, end = money.start - sentence.start, money.end - sentence.start
    is_first = sentence.text[end : following.start - sentence.start].strip() in (
        "to",
        "up to",
    )
    if is_first and sentence.text[max(begin - 5, 0) : begin].endswith("from "):
        return replace(money, use=MoneyUse.OTHER, rule="money-before-change")
    return money


def _beside(sentence: Sentence, last: FoundMoney, money: FoundMoney) -> FoundMoney:
    """ "2.5 billion euros (about $2.9 billion)": the second is the first in other money.

    "To 44 billion from 65 billion": the second holds no longer.
    """
    begin, end = last.end - sentence.start, money.start - sentence.start
    if last.currency == money.currency and sentence.text[begin:end].strip(" ,") in ("from", "down from", "up from"):
        return replace(money, use=MoneyUse.OTHER, rule="money-before-change")
    if last.currency == money.currency or not 0 <= end - begin <= _GAP:
        return money
    gap = sentence.text[begin:end]
    if _CONVERTS.fullmatch(gap) is None:
        return money
    return replace(money, use=MoneyUse.CONVERSION, kind=last.kind, rule="money-conversion")


# -- items: tables -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """Equipment or goods with a name or a number, as one sentence gives it; positions count in the document."""

    start: int
    end: int
    sentence: int
    designation: str | None = None  # "AK-203", "wheat bran"
    description: str | None = None  # "assault rifles"
    quantity: Decimal | None = None
    high: Decimal | None = None  # upper end of a range
    qualifier: Qualifier = Qualifier.EXACT
    unit: str | None = None  # "tonnes"; None: pieces
    category: str | None = None  # code of `codes.categories()`
    rule: str


class _Word(NamedTuple):
    """One word of a sentence with its place in the sentence."""

    text: str
    start: int
    end: int


_WORD = re.compile(r"[^\W_][\w.’'/³-]*+|[^\w\s]")
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){1,4}")
_PHRASE_WORDS = 9  # words after a figure that can belong to what it counts
_PHRASE_REACH = 90  # characters after a figure that are looked at
_BACK_REACH = 150  # characters before a unit in which its goods may be named
_ROWS = read_rows("goods.tsv")
_GROUPS = {form: group for singular, plural, group in _ROWS for form in (singular, plural) if form}
_EQUIPMENT = frozenset(form.lower().split()[-1] for form, group in _GROUPS.items() if group == "equipment")
_PLURALS = frozenset(plural or singular for singular, plural, _ in _ROWS)
_UNITS = {form: (unit, goods) for form, unit, goods in read_rows("units.tsv")}
_UNIT_STARTS = frozenset(form.split()[0] for form in _UNITS)
_DESIGNATIONS = read_rows("designations.tsv")
_FAMILIES = {row[0]: (int(row[2]), int(row[3])) for row in _DESIGNATIONS if row[1] == "family"}
_NAMES = frozenset(row[0] for row in _DESIGNATIONS if row[1] == "name")
_BRANDS = frozenset(row[0] for row in _DESIGNATIONS if row[1] == "brand")
_MAKERS = frozenset(row[0] for row in _DESIGNATIONS if row[1] == "maker")
_NOT_DESIGNATED = frozenset(row[0] for row in _DESIGNATIONS if row[1] == "not")
_LISTS: dict[str, frozenset[str]] = {}
for _word, _list in read_rows("item_words.tsv"):
    _LISTS[_list] = _LISTS.get(_list, frozenset()) | {_word}
_STOPS, _TAKES_OVER, _WEAPON = _LISTS["stop"], _LISTS["takes-over"], _LISTS["weapon"]
_SERIES, _PLAIN = _LISTS["series"], _LISTS["plain"]
_COLLECTIVE, _ORIGIN, _MODELS = _LISTS["collective"], tuple(_LISTS["origin"]), _LISTS["model"]
_DESIGNATION = re.compile(r"([A-Z][A-Za-z]{0,3})(-?)(\d{1,4})[A-Za-z]{0,5}(?:-\d{1,2})?(?:’s|'s)?")
_COUNTS = re.compile(r"(?:[ \u00a0+-]|-plus|(?=[A-Za-z]))(?!per\s?cent|pct|per\b|years?\b|people\b|and\b)[\w“\"‘' ]")
_MEASURE = re.compile(r" \d[\d.,]*+[ -]?(?P<unit>[A-Za-z]+)(?=[ -][A-Za-z])")  # "four 1,200 MW reactors"
_LOSS_REACH = 40  # characters before a number in which a word of losing or firing may stand
_LOST = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, _LISTS['lost']), key=len, reverse=True))})\s(?:\w+\s){{0,2}}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[A-Z][a-z]{2,}-\d{1,3}[A-Z]{0,3}")  # "Angosat-2" before "satellite"
_SUPPLY_REACH = 60  # characters before a name that may be that of equipment in which a word of supply must stand
_SUPPLY = (
    r"\b(?:production|suppl(?:y|ies|ied|ying)|deliver(?:y|s|ed|ies|ing)?|purchas\w+|sales?|sells?|selling|acquisition|acquir\w+"
    r"|buy|buys|buying|bought|provid\w+|receiv\w+|leas\w+|procur\w+|assembl\w+|manufactur\w+|produc\w+|building|order\w*)"
    r"(?: of)?(?: (?:the|an?|its|more|new|up to|some|[a-z]+-made|\d[\d,]*|and))*[ ]"
)
_SUPPLIES = re.compile(_SUPPLY + "$")
_SUPPLIED_NAME = re.compile(_SUPPLY + "[A-Z]")
_PLURAL_MODEL = re.compile(r"\ds$")
_CAPITAL_NEXT = re.compile(r" ([A-Z]\w*)")
_MAY_NAME = re.compile(r"[A-Za-z]-?\d")
_DIGIT = re.compile(r"\d")
_RATES = re.compile(
    r"\s*(?:\([A-Za-z/]{1,6}\))?\s*(?:(?:per|an?|each|every)\s(?:day|month|year|annum|week)|annually|yearly|daily)?"
    r"\s*(?:worth\s)?(?P<of>of\s(?:the\s|its\s|their\s)?)?",
    re.IGNORECASE,
)
_NAMED_WORKS = frozenset(("pipeline", "pipelines"))
_LOOSE, _NO_NAME = _LISTS["loose"], _LISTS["no-name"]
_ELLIPSES = frozenset(("more", "others", "additional"))
_BEFORE_YEARS = frozenset(
    ["in", "since", "by", "until", "from", "during", "the", "for", "of", "after", "before", "early", "late", "through"]
)
_MAY_BE_NAMED = frozenset(
    word.lower() for name in (*_NAMES, *_BRANDS, *_SERIES, *_NAMED_WORKS) for word in re.findall("[A-Za-z]+", name)
)


# -- items: rules ------------------------------------------------------------------------------------


def find_items(document: Document, names: Sequence[Name]) -> tuple[FoundItem, ...]:
    """All equipment and goods with a name or a number, in the order of the text, one for each mention."""
    nations = {name.start for name in names if name.kind in STANDS_FOR_COUNTRY}
    found: list[FoundItem] = []
    for sentence in document.sentences:
        if not sentence.is_noise:
            found.extend(_items_of(sentence, nations))
    named = {item.designation for item in found if item.designation is not None}
    absent = {words for words in named if words not in document.text}  # "crude oil" that only the unit tells
    return tuple(
        replace(item, designation=None, description=item.designation) if item.designation in absent else item
        for item in found
    )


def _items_of(sentence: Sentence, nations: Collection[int]) -> list[FoundItem]:
    text = sentence.text
    counted: list[FoundItem] = []
    for number in find_numbers(text):
        if counted and number.start + sentence.start < counted[-1].end:
            continue  # the digits of a model
        item = _counted(sentence, number, nations, counted)
        if item is not None:
            counted.append(item)
    if words_in(text).isdisjoint(_MAY_BE_NAMED) and not _has_model(text) and not _may_be_supplied(text):
        return counted
    taken = [(item.start - sentence.start, item.end - sentence.start) for item in counted]
    named = [item for item in _named(sentence, _words(text), nations) if not _is_inside(item, sentence, taken)]
    return sorted(counted + named, key=lambda item: item.start)


def _has_model(text: str) -> bool:
    """A letter with a figure behind it may be a model: "T-9"."""
    return _DIGIT.search(text) is not None and _MAY_NAME.search(text) is not None


def _may_be_supplied(text: str) -> bool:
    """A name that we do not know may stand behind a word of supply and before equipment."""
    return not words_in(text).isdisjoint(_EQUIPMENT) and _SUPPLIED_NAME.search(text) is not None


def _is_inside(item: FoundItem, sentence: Sentence, taken: Iterable[tuple[int, int]]) -> bool:
    start = item.start - sentence.start
    return any(begin <= start < end for begin, end in taken)


def _words(text: str, start: int = 0, end: int | None = None) -> list[_Word]:
    """The words and marks of a stretch of text, placed in the whole text; a word cut at `end` is left out."""
    found = []
    stop = len(text) if end is None else min(end, len(text))
    for match in _WORD.finditer(text, start, stop):
        word = match.group()
        if word[-1] in ".’'-/" and word[0].isalnum() and not _ABBREVIATION.fullmatch(word):
            word = word.rstrip(".’'-/")
        if match.end() == stop < len(text):
            break
        found.append(_Word(word, match.start(), match.start() + len(word)))
        if len(word) < len(match.group()):
            found.append(_Word(".", match.start() + len(word), match.end()))
    return found


def _counted(
    sentence: Sentence, number: Number, nations: Collection[int], earlier: Sequence[FoundItem]
) -> FoundItem | None:
    text = sentence.text
    if number.letter is not None and number.letter_end:
        number = _with_letter(number)
    if not _COUNTS.match(text, number.text_end) or _is_model_or_year(text, number) or _sign_before(text, number.start):
        return None
    measure = _MEASURE.match(text, number.text_end) if number.low < _HEAVY else None
    begin = measure.end() if measure and measure["unit"] in _UNIT_STARTS else number.text_end
    words = _words(text, begin, begin + _PHRASE_REACH)
    while words and (words[0].text in "-+" or (words[0].text == "plus" and number.qualifier is Qualifier.MORE)):
        del words[0]
    if not words or _is_size(words) or _LOST.search(text, max(0, number.start - _LOSS_REACH), number.start):
        return None
    return _in_units(sentence, words, number, nations) or _in_pieces(sentence, words, number, nations, earlier)


def _is_size(words: list[_Word]) -> bool:
    """ "A 10,000-ton destroyer", "the 1,200 MW reactors": the figure measures one piece."""
    found = _unit(words)
    phrase = _phrase(words, found[2])[:4] if found else []
    end = next((n for n in range(1, len(phrase) + 1) if _group(phrase, n) not in (None, "goods")), 0)
    return bool(end) and phrase[0].start - words[0].end <= len(" (MW) ")


def _is_model_or_year(text: str, number: Number) -> bool:
    """ "Leopard 2 tanks", "a Boeing 787 Dreamliner", "in 2015 tanks rolled": the figure counts nothing."""
    before = text[max(0, number.start - 24) : number.start].split()
    last = before[-1] if before else ""
    if not number.is_plain or last == "per":
        return last == "per"
    following = _CAPITAL_NEXT.match(text, number.end)
    if following and text[number.start : number.end] in _MODELS and following[1] in _NAMES | _BRANDS:
        return True
    if last in _BRANDS or last in _MAKERS or last in ("Type", "Mark", "Mk", "No."):
        return True
    if 1900 <= number.low <= 2100 and last.lower() in _BEFORE_YEARS:
        return True
    return last.lower() in ("a", "an", "the") and number.low > 99 and following is not None


def _in_units(sentence: Sentence, words: list[_Word], number: Number, nations: Collection[int]) -> FoundItem | None:
    """ "34,300 tonnes of Hilton beef", "50,000 barrels per day of crude oil", "production … to 15.8 mln bpd"."""
    text = sentence.text
    found = _unit(words)
    if found is None:
        return None
    unit, implied, after = found
    stop = words[after - 1].end
    if unit == "head" and text.startswith((" of state", " of government", " of delegation"), stop):
        return None
    rate = _RATES.match(text, stop)
    next_word = bisect_left(words, rate.end() if rate else stop, key=lambda word: word.start)
    is_joined = text[number.text_end : number.text_end + 1] == "-"
    phrase = _phrase(words, next_word) if rate and (rate["of"] or not rate.group().strip()) else []
    if is_joined and phrase and any(_GROUPS.get(word.text.lower()) == "equipment" for word in phrase):
        return None  # a 10,000-ton destroyer
    if _is_step(text, number, stop):
        return None
    goods = _goods_in(phrase) or (phrase if rate and rate["of"] else [])
    end = goods[-1].end if goods else stop
    goods = [word for word in goods if word.start + sentence.start not in nations]
    designation = text[goods[0].start : goods[-1].end] if goods else _goods_before(sentence, number, nations) or implied
    factor, _, name = unit.partition(" ")
    quantity = Decimal(factor) if factor.isdecimal() else Decimal(1)
    return _item(
        sentence,
        number,
        end,
        designation=designation or None,
        quantity=number.low * quantity,
        high=None if number.high is None else number.high * quantity,
        unit=name if factor.isdecimal() else unit,
        rule="item-unit",
    )


def _unit(words: list[_Word]) -> tuple[str, str, int] | None:
    if words[0].text not in _UNIT_STARTS:
        return None
    for count in (3, 2, 1):
        found = _UNITS.get(" ".join(word.text for word in words[:count]))
        if found is not None:
            return *found, min(count, len(words))
    return None


def _is_step(text: str, number: Number, stop: int) -> bool:
    """The first figure of "raised by 4,500 tonnes to 34,300 tonnes" is a difference, not a quantity."""
    begin, _ = hedge_before(text, number.start)
    return text[max(0, begin - 4) : begin].lower().endswith(" by ") and text.startswith(" to ", stop)


def _phrase(words: list[_Word], at: int) -> list[_Word]:
    """The words that may belong to one noun phrase: up to a mark, a preposition, a verb we know, an article."""
    found: list[_Word] = []
    for word in words[at : at + _PHRASE_WORDS]:
        low = word.text.lower()
        is_stop = low in _STOPS and not (low in _LOOSE and not found)  # "32 used fighters"
        if is_stop or not word.text[0].isalnum():
            if word.text in "“”\"‘’'" and not found:
                continue
            break
        found.append(word)
    return found


def _goods_in(phrase: list[_Word]) -> list[_Word]:
    """The phrase up to its goods noun; nothing where it has none."""
    for count in range(len(phrase), 0, -1):
        if _group(phrase, count) is not None:
            return phrase[:count]
    return []


def _goods_before(sentence: Sentence, number: Number, nations: Collection[int]) -> str | None:
    """The goods named nearest before a figure that has a unit but no goods of its own."""
    text = sentence.text
    words = _words(text, max(0, number.start - _BACK_REACH), number.start)
    for place in range(len(words) - 1, -1, -1):
        if _GROUPS.get(words[place].text.lower()) == "goods":
            first = place
            while first and place - first < 2 and _is_modifier(words[first - 1].text):
                if words[first - 1].start + sentence.start in nations:
                    break
                first -= 1
            return text[words[first].start : words[place].end]
    return None


def _is_modifier(word: str) -> bool:
    return word.lower() in _PLAIN or word.lower() in _GROUPS or (word[0].isupper() and word.isalpha())


def _in_pieces(
    sentence: Sentence,
    words: list[_Word],
    number: Number,
    nations: Collection[int],
    earlier: Sequence[FoundItem],
) -> FoundItem | None:
    """ "36 Rafale jets", "two of its Gripen fighters", "100 Boeing 737 MAX", "a 36-aircraft order"."""
    is_part = len(words) > 2 and words[0].text == "of" and words[1].text.lower() in ("the", "its", "their", "these")
    phrase = _phrase(words, 2 if is_part else 0)
    if not phrase:
        return None
    text = sentence.text
    if earlier and len(phrase) == 1 and phrase[0].text.lower() in _ELLIPSES and number.low < _HEAVY:
        return _more(sentence, number, phrase[0].end, earlier[-1])
    is_joined = text[number.text_end : number.text_end + 1] == "-"
    count = _head(phrase, number, is_joined=is_joined, is_whole=bool(_parts(words, phrase[-1])))
    if count == 0:
        return None
    head = phrase[count - 1]
    parts = _parts(words, head) if head.text in _COLLECTIVE else []
    if head.text in _COLLECTIVE and not parts and text.startswith(" of ", head.end):
        return None  # "ten rounds of talks"
    designation, description = _split(text, parts or phrase[:count], sentence, nations)
    return _item(
        sentence,
        number,
        (parts or phrase[:count])[-1].end,
        designation=designation or description,
        description=description if designation else None,
        quantity=number.low,
        high=number.high,
        unit=head.text if parts else None,
        rule="item-count",
    )


def _more(sentence: Sentence, number: Number, end: int, last: FoundItem) -> FoundItem:
    """ "three submarines, with up to two more": the item before, counted anew."""
    return _item(
        sentence,
        number,
        end,
        designation=last.designation,
        description=last.description,
        quantity=number.low,
        high=number.high,
        unit=last.unit,
        rule="item-more",
    )


def _parts(words: list[_Word], head: _Word) -> list[_Word]:
    """What a collective is of: "three batteries of BrahMos missiles"; nothing where it is of no equipment or goods."""
    after = words.index(head) + 1
    if after >= len(words) or words[after].text != "of":
        return []
    phrase = _phrase(words, after + 1)
    return next(
        (phrase[:n] for n in range(len(phrase), 0, -1) if _group(phrase, n) or phrase[n - 1].text in _NAMES), []
    )


def _head(phrase: list[_Word], number: Number, *, is_joined: bool, is_whole: bool = False) -> int:
    """How many words of the phrase belong to the thing counted; 0 if nothing here is equipment.

    A thing that consists of named parts, as "five regiments of missiles", is a whole.
    """
    many = number.high is not None or number.low != 1
    for count in range(len(phrase), 0, -1):
        word = phrase[count - 1].text
        group = _group(phrase, count)
        follows = phrase[count].text.lower() if count < len(phrase) else ""
        if group is None or group == "goods" or follows in _GROUPS:
            continue
        if (is_joined and count > 1) or (follows in _TAKES_OVER and not is_joined):
            continue
        if many and not is_joined and not _is_plural(phrase, count):
            continue
        if group == "generic" and not _is_weapon(phrase[: count - 1]) and not (is_whole and word in _COLLECTIVE):
            continue
        if number.is_plain and 1900 <= number.low <= 2100 and not is_joined and word.lower() not in _PLURALS:
            continue
        return count
    return 0 if is_joined else _model_end(phrase)


def _is_plural(phrase: list[_Word], count: int) -> bool:
    word = phrase[count - 1].text
    pair = " ".join(word.text for word in phrase[max(0, count - 2) : count])
    return not _PLURALS.isdisjoint((word, word.lower(), pair.lower()))


def _group(phrase: list[_Word], count: int) -> str | None:
    pair = " ".join(word.text for word in phrase[max(0, count - 2) : count])
    word = phrase[count - 1].text
    return _GROUPS.get(pair) or _GROUPS.get(word) or _GROUPS.get(word.lower())


def _is_weapon(words: Sequence[_Word]) -> bool:
    return any(word.text.lower() in _WEAPON or _is_designation(word.text) or word.text in _BRANDS for word in words)


def _model_end(phrase: list[_Word]) -> int:
    """ "100 Boeing 737 MAX", "24 F-16s", "36 Rafale": a model without a noun."""
    count = 0
    for place, word in enumerate(phrase[:5]):
        bare = word.text.removesuffix("s")
        is_model = word.text in _MAKERS or word.text in _NAMES or _is_designation(bare) or bare[:3] in _MODELS
        is_variant = place + 1 < len(phrase) and phrase[place + 1].text[0].isdigit()  # "Leopard 2A8"
        is_model = is_model or (bare in _BRANDS and (bare != word.text or is_variant))
        if is_model or (count == place and place and (word.text.isupper() or word.text[0].isdigit())):
            count = place + 1
        elif place > 1:
            break
    follows = phrase[count].text.lower() if 0 < count < len(phrase) else ""
    return 0 if follows in _TAKES_OVER else count


def _split(
    text: str, phrase: list[_Word], sentence: Sentence, nations: Collection[int]
) -> tuple[str | None, str | None]:
    """The name in a phrase ("AK-203") and what it is ("assault rifles"); nations' adjectives belong to neither."""
    own = [word for word in phrase if not _is_loose(word, sentence, nations)]
    last_name = max((i for i, word in enumerate(own) if _is_name(word.text)), default=-1)
    if 0 <= last_name < len(own) - 1 and own[last_name + 1].text in _SERIES:
        last_name += 1
    first_name = min((i for i, word in enumerate(own) if _is_name(word.text)), default=0)
    designation = _one_of(text[own[first_name].start : own[last_name].end]) if last_name >= 0 else None
    rest = own[last_name + 1 :] or (own if last_name < 0 else [])
    return designation, text[rest[0].start : rest[-1].end] if rest else None


def _one_of(designation: str) -> str:
    """ "F-16" of "F-16s": the plural of a model is no other model."""
    return designation[:-1] if _PLURAL_MODEL.search(designation) else designation


def _is_loose(word: _Word, sentence: Sentence, nations: Collection[int]) -> bool:
    lower = word.text.lower()
    return word.start + sentence.start in nations or lower in _LOOSE or lower.endswith(_ORIGIN)


def _is_name(word: str) -> bool:
    return word[0].isupper() or _is_designation(word) or word in _BRANDS or word[0].isdigit()


def _is_designation(word: str) -> bool:
    """Whether a word alone names equipment: "AK-203", "Su-30MKI", "HIMARS"; not "G20", "COVID-19"."""
    if word in _NAMES:
        return True
    match = _DESIGNATION.fullmatch(word)
    if match is None or (match[1] in _NOT_DESIGNATED and match[1] not in _FAMILIES):
        return False
    fewest, most = _FAMILIES.get(match[1], (0, 0))
    long_enough = fewest <= len(match[3]) <= most and most > 0
    return long_enough and (bool(match[2]) or len(match[1]) > 1 or len(match[3]) > 2 or len(word) > 3)


def _named(sentence: Sentence, words: list[_Word], nations: Collection[int]) -> Iterator[FoundItem]:
    """Equipment that is named without a count: "the S-400 air defence system", "Kalashnikov series small arms"."""
    skip_to = 0
    for place, word in enumerate(words):
        if place < skip_to or not word.text[0].isalnum():
            continue
        is_next = bool(skip_to) and sentence.text[words[skip_to - 1].end : word.start] in (" and ", ", ")
        end = _named_end(words, place, sentence, nations, is_next=is_next)
        if end and not _LOST.search(sentence.text, max(0, word.start - _LOSS_REACH), word.start):
            skip_to = end
            phrase = words[place:end]
            designation, description = _split(sentence.text, phrase, sentence, nations)
            yield FoundItem(
                start=sentence.start + word.start,
                end=sentence.start + phrase[-1].end,
                sentence=sentence.index,
                designation=designation,
                description=description,
                category=_category(designation, description),
                rule="item-name",
            )


def _is_supplied(text: str, start: int, *, is_next: bool) -> bool:
    """ "Production of Anka drones and Hurkus trainers": names that we do not know, behind a word of supply."""
    return is_next or _SUPPLIES.search(text, max(0, start - _SUPPLY_REACH), start) is not None


def _named_end(
    words: list[_Word], place: int, sentence: Sentence, nations: Collection[int], *, is_next: bool = False
) -> int:
    """Index after the last word of the named equipment that begins at `place`; 0 if there is none."""
    word = words[place].text
    is_certain = _is_designation(word)
    model = _DESIGNATION.fullmatch(word)
    is_model = model is not None and model[1] not in _NOT_DESIGNATED
    is_looking = is_certain or word in _BRANDS or is_model or _NUMBERED.fullmatch(word) is not None
    if not is_looking and not (word[0].isupper() and sentence.start + words[place].start not in nations):
        return 0
    phrase = _phrase(words, place)[:6]
    if not is_looking and _is_supplied(sentence.text, words[place].start, is_next=is_next):
        is_looking = not any(part.text in _NO_NAME for part in phrase)
    head = next((n for n in range(1, len(phrase)) if _is_series_or_head(phrase, n, is_looking=is_looking)), 0)
    if head:
        while head + 1 < len(phrase) and _group(phrase, head + 2) in ("equipment", "generic"):
            head += 1
        return place + head + 1
    return place + 1 if is_certain else 0


def _is_series_or_head(phrase: list[_Word], n: int, *, is_looking: bool) -> bool:
    if phrase[n].text in _NAMED_WORKS:
        return n == 1 and phrase[0].text.lower() not in _PLAIN
    if _group(phrase, n + 1) not in ("equipment", "generic"):
        return False
    return is_looking or phrase[1].text in _SERIES or phrase[0].text.lower().endswith("-class")


def _item(sentence: Sentence, number: Number, end: int, *, rule: str, **fields: Any) -> FoundItem:
    begin, hedge = hedge_before(sentence.text, number.start)
    for value in ("quantity", "high"):
        if fields.get(value) is not None:
            fields[value] = _plain(fields[value])
    return FoundItem(
        start=sentence.start + begin,
        end=sentence.start + max(end, number.end),
        sentence=sentence.index,
        qualifier=hedge or number.qualifier,
        category=_category(fields.get("designation"), fields.get("description")),
        rule=rule,
        **fields,
    )


def _category(designation: str | None, description: str | None) -> str | None:
    return category_of(" ".join(filter(None, (designation, description))))
