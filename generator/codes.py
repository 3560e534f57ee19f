"""The closed lists: countries, organisations, places, currencies, equipment categories, and the words for the model.

The only module that knows the tables in `generator/data/` it reads; each table says its source in its head. Every table
is read once, when it is first asked for. Knows nothing of articles.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from generator.errors import PactbookError, Problem
from generator.model import (
    Area,
    Certainty,
    Channel,
    DateBasis,
    EventKind,
    Instrument,
    Mode,
    MoneyKind,
    Qualifier,
    Role,
    Status,
    TensionKind,
)

Row = dict[str, str]  # column to field, as it stands
T = TypeVar("T")

_DATA = Path(__file__).parent / "data"

# -- what the tables hold --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state or territory, today's or a former one, and how news spells it."""

    alpha3: str  # ISO 3166-1 or 3166-3; XKX for Kosovo
    alpha2: str
    numeric: str  # three digits; "" for Kosovo
    cow: str  # abbreviation in the Correlates of War list; "" where it has none
    cow_number: int | None  # number in the same list
    name: str  # common English name
    official: str
    names: tuple[str, ...]  # every spelling of the name, the common one first
    adjectives: tuple[str, ...]
    peoples: tuple[str, ...]  # "Danes", "Dane"
    demonym: str  # one citizen: "Dane"; "" where there is no usual word
    capitals: tuple[str, ...]  # with other and older spellings
    seats: tuple[str, ...]  # "the Kremlin": buildings and bodies that stand for the state
    region: str  # sub-region of the United Nations' M49 standard
    is_current: bool  # False for former states
    successors: tuple[str, ...]  # alpha-3 codes, for former states
    before: tuple[str, int] | None  # former state for which its capital stood, to the end of a year: ("SUN", 1991)
    careful: frozenset[str]  # spellings of this country that are also a word, a person's name or another place


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An international organisation, alliance, bank, court or group of states."""

    code: str  # short name in upper case: "EU", "NATO", "WB"
    name: str  # full name
    names: tuple[str, ...]  # every spelling, the full name first
    kind: str  # one of `ORGANISATION_KINDS`
    members: tuple[str, ...]  # alpha-3 codes; empty where the table does not list them
    careful: frozenset[str]  # names that are also a word, a treaty or another body


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city or first-level region that stands in news with its country or alone."""

    name: str
    country: str  # alpha-3
    kind: str  # "city" or "region"
    is_careful: bool  # also a word, a person's name or another place


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Somebody who concludes agreements and is neither a state nor an international organisation."""

    name: str
    kind: str  # one of `BODY_KINDS`
    country: str | None  # alpha-3 of the state that owns it; None: it acts for itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency, today's or a former one, and how news writes it."""

    code: str  # ISO 4217
    name: str
    symbols: tuple[str, ...]  # signs that mean it unless the country decides otherwise: "US$", "€", "Tk"
    words: tuple[str, ...]  # words that mean it unless the country decides otherwise, lower case: "euros"
    shared: tuple[str, ...]  # signs and words that mean it only where one of its countries decides: "$" for CAD
    countries: tuple[str, ...]  # alpha-3 codes of those that use it
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of military equipment."""

    code: str
    name: str
    in_sipri_scope: bool  # False for small arms and light weapons
    words: tuple[str, ...]  # nouns that put a description into the category, lower case, singular


BODY_KINDS = frozenset({"state-body", "armed-group", "breakaway"})
ORGANISATION_KINDS = frozenset({"intergovernmental", "alliance", "bank", "court", "group"})

# -- the lists -------------------------------------------------------------------------------------


@cache
def countries() -> Mapping[str, Country]:
    """All countries by alpha-3 code: today's in the order of the code, then former states."""
    return _by_code("countries.tsv", _COUNTRY_COLUMNS, _country, "alpha3")


@cache
def organisations() -> Mapping[str, Organisation]:
    """All international organisations by their short name."""
    return _by_code("organisations.tsv", _ORGANISATION_COLUMNS, _organisation, "code")


@cache
def places() -> tuple[Place, ...]:
    """Cities and regions, in the order of the table; a name may stand more than once, the likeliest first."""
    found = _read("places.tsv", ("name", "country", "kind", "careful"), _place)
    return found + tuple(replace(place, name=place.name.replace("'", "’")) for place in found if "'" in place.name)


@cache
def masks() -> Mapping[str, str | None]:
    """Names that contain a country's name and do not mean it, to the country that they do mean.

    None where no country is meant: "South China Sea".
    """
    pairs = _read("masks.tsv", ("phrase", "country"), _mask)
    return MappingProxyType({twin: country for phrase, country in pairs for twin in _twins(phrase)})


@cache
def bodies() -> Mapping[str, Body]:
    """State-owned companies and other bodies of a state, armed groups, breakaway regions, by every spelling."""
    found = _read("bodies.tsv", ("name", "kind", "country"), _body)
    return MappingProxyType({twin: replace(body, name=twin) for body in found for twin in _twins(body.name)})


@cache
def currencies() -> Mapping[str, Currency]:
    """All currencies by ISO 4217 code."""
    return _by_code("currencies.tsv", _CURRENCY_COLUMNS, _currency, "code")


@cache
def categories() -> Mapping[str, Category]:
    """All categories of equipment by code, SIPRI's first, then UNROCA's small arms and light weapons."""
    return _by_code("categories.tsv", ("code", "name", "sipri", "words"), _category, "code")


# -- parties ---------------------------------------------------------------------------------------


def is_party(code: str) -> bool:
    """Whether this is the code of a country or of an organisation."""
    return code in countries() or code in organisations()


def party_name(code: str, *, with_article: bool = False) -> str:
    """The name of a country or organisation for display.

    Args:
        code: A code for which `is_party` holds; another one raises `KeyError`.
        with_article: As running text has it: "the United States", "the European Union", but "India", "NATO".
    """
    country = countries().get(code)
    if country is not None:
        the = f"the {country.name}"
        return the if with_article and the in country.names else country.name
    name = organisations()[code].name
    return f"the {name}" if with_article and _takes_article(name) else name


def state_of_capital(alpha3: str, year: int | None) -> str:
    """The state for which the capital or a seat of power of a country stood in a year.

    "Moscow" and "the Kremlin" mean SUN in an article of 1987, RUS in one of 2021 or without a date.
    """
    before = countries()[alpha3].before
    return before[0] if before is not None and year is not None and year <= before[1] else alpha3


def _takes_article(name: str) -> bool:
    """Names of one word, and "Asia-Pacific Economic Cooperation", go without "the"."""
    if name.endswith("Cooperation"):
        return " for " in name or " of " in name
    return " " in name and not name.startswith(("the ", "The ", "Gavi"))


# -- currencies ------------------------------------------------------------------------------------


def currency_of(word: str, country: str | None = None) -> str | None:
    """The ISO 4217 code that a sign, word or code means; None where nothing decides.

    Args:
        word: "€", "US$", "euros", "Rs", "dollars", "USD"; letter case matters for codes and signs only.
        country: Alpha-3 code of the country that decides about shared signs and words: "$" is the Canadian dollar
            with CAN, the US dollar without; "crowns" is nothing without a country.
    """
    if word in currencies():
        return word
    meant, shared = _currency_words()
    key = word if word in meant or word in shared else word.casefold()
    for code in shared.get(key, ()):
        if country in currencies()[code].countries:
            return code
    return meant.get(key)


@cache
def _currency_words() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    meant: dict[str, str] = {}
    shared: dict[str, tuple[str, ...]] = {}
    for code, currency in currencies().items():
        meant.update(dict.fromkeys((*currency.symbols, *currency.words), code))
        for word in currency.shared:
            shared[word] = (*shared.get(word, ()), code)
    return meant, shared


# -- equipment -------------------------------------------------------------------------------------


def category_of(words: str) -> str | None:
    """The category that a description such as "assault rifles" or "a stealth frigate" falls into.

    The last cue word before a preposition decides, and of several that end together the longest: "anti-ship
    missile boats" are ships, "engines for fighter jets" are engines. None where there is no cue word.
    """
    tokens = [token.strip(_MARKS) for token in words.casefold().replace("-", " ").replace("/", " ").split()]
    cut = next((index for index, token in enumerate(tokens) if token in _PREPOSITIONS), len(tokens))
    return _last_cue(tokens[:cut]) or _last_cue(tokens[cut:])


def _last_cue(tokens: list[str]) -> str | None:
    cues = _category_words()
    for end in range(len(tokens), 0, -1):
        last = _singular(tokens[end - 1])
        for start in range(max(0, end - _LONGEST_CUE), end):
            found = cues.get(" ".join((*tokens[start : end - 1], last)))
            if found is not None:
                return found
    return None


def in_sipri_scope(category: str) -> bool:
    """Whether SIPRI's Arms Transfers Database covers a category; small arms and light weapons are outside it."""
    return categories()[category].in_sipri_scope


_LONGEST_CUE = 5  # words
_MARKS = ".,;:()'\"’‘“”"
_PREPOSITIONS = frozenset({"for", "of", "with", "from", "on", "by", "aboard", "including", "armed", "carrying"})


@cache
def _category_words() -> Mapping[str, str]:
    cues: dict[str, str] = {}
    for category in categories().values():
        for word in category.words:
            *first, last = word.split()
            cues[" ".join((*first, _singular(last)))] = category.code
    return cues


def _singular(noun: str) -> str:
    for ending, replacement in (("craft", "craft"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("ss", "ss")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + replacement
    return noun.removesuffix("s")


# -- words for the model ---------------------------------------------------------------------------

LABELED: tuple[type[StrEnum], ...] = (
    Status,
    Instrument,
    Area,
    Role,
    Qualifier,
    MoneyKind,
    DateBasis,
    Certainty,
    Mode,
    Channel,
    TensionKind,
    EventKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    member: StrEnum
    label: str
    plural: str
    definition: str


def label(member: StrEnum) -> str:
    """How a member of one of the model's lists is shown, in lower case as inside a sentence: "in force"."""
    return _words()[type(member), member.value].label


def plural(member: Instrument) -> str:
    """The plural of an instrument: "memoranda of understanding"."""
    return _words()[type(member), member.value].plural


def definition(member: StrEnum) -> str:
    """What a member of one of the model's lists means, in one sentence."""
    return _words()[type(member), member.value].definition


def status_label(status: Status) -> str:
    """How a status is shown."""
    return label(status)


def instrument_label(instrument: Instrument) -> str:
    """How an instrument is shown."""
    return label(instrument)


def area_label(area: Area) -> str:
    """How an area is shown."""
    return label(area)


@cache
def _words() -> Mapping[tuple[type[StrEnum], str], _Words]:
    # Members of different lists with the same value are equal as strings, so the list is part of the key.
    rows = _read("labels.tsv", ("list", "member", "label", "plural", "definition"), _label)
    return {(type(words.member), words.member.value): words for words in rows}


# -- reading a table -------------------------------------------------------------------------------

_COUNTRY_COLUMNS = (
    *("alpha3", "alpha2", "numeric", "cow", "cow_number", "name", "official", "names", "adjectives", "peoples"),
    *("demonym", "capitals", "seats", "region", "current", "successors", "before", "careful"),
)
_ORGANISATION_COLUMNS = ("code", "name", "names", "kind", "members", "careful")
_CURRENCY_COLUMNS = ("code", "name", "symbols", "words", "shared", "countries", "current")


def _by_code(name: str, columns: tuple[str, ...], make: Callable[[Row], T], key: str) -> Mapping[str, T]:
    values = _read(name, columns, make)
    found = {getattr(value, key): value for value in values}
    if len(found) < len(values):
        twice = [code for code, count in Counter(getattr(value, key) for value in values).items() if count > 1]
        raise PactbookError(problems=[Problem(f"generator/data/{name}", 0, f"{key} stands twice: {twice}.")])
    return MappingProxyType(found)


def _read(name: str, columns: tuple[str, ...], make: Callable[[Row], T]) -> tuple[T, ...]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return parse_table(text, f"generator/data/{name}", columns, make)


def parse_table(text: str, path: str, columns: tuple[str, ...], make: Callable[[Row], T]) -> tuple[T, ...]:
    """The values of a table of lines with tab-separated fields, in the order of the lines.

    Args:
        text: Comment lines that begin with `#`, one line with the names of the columns, then the lines.
        path: Of the table, for messages.
        columns: The names that the table must have; the first must not be empty.
        make: Turns a line into a value; raises `ValueError` with a sentence about what is wrong.

    Raises:
        PactbookError: Lines are malformed; every one is named.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]
    if not lines or lines[0][1] != "\t".join(columns):
        found = f"{lines[0][1]!r}" if lines else "nothing"
        message = f"the line of column names must be {' '.join(columns)}, separated by tabs; got {found}."
        raise PactbookError(problems=[Problem(path, lines[0][0] if lines else 0, message)])
    values: list[T] = []
    problems: list[Problem] = []
    for number, line in lines[1:]:
        try:
            values.append(make(_row(line, columns)))
        except ValueError as error:
            problems.append(Problem(path, number, str(error)))
    if problems:
        raise PactbookError(problems=problems)
    return tuple(values)


def _row(line: str, columns: tuple[str, ...]) -> Row:
    fields = line.split("\t")
    if len(fields) != len(columns):
        raise ValueError(f"a line must have {len(columns)} fields separated by tabs; got {len(fields)}: {line!r}.")
    for column, value in zip(columns, fields, strict=True):
        if value != value.strip():
            raise ValueError(f"{column} must not begin or end with a blank; got {value!r}.")
    if not fields[0]:
        raise ValueError(f"{columns[0]} is missing.")
    return dict(zip(columns, fields, strict=True))


def _several(row: Row, column: str) -> tuple[str, ...]:
    """The values of a field with semicolons between them."""
    field = row[column]
    if not field:
        return ()
    values = field.split(";")
    if any(value != value.strip() or not value for value in values) or len(set(values)) < len(values):
        raise ValueError(f"{column} must hold different values with one semicolon between them; got {field!r}.")
    return tuple(twin for value in values for twin in _twins(value)) if "'" in field else tuple(values)


def _twins(value: str) -> tuple[str, ...]:
    """A spelling with a straight apostrophe stands for the typographic one too."""
    return (value, value.replace("'", "’")) if "'" in value else (value,)


def _codes(row: Row, column: str) -> tuple[str, ...]:
    values = _several(row, column)
    for value in values:
        _code(value, column)
    return values


def _code(value: str, column: str) -> str:
    if not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        raise ValueError(f"{column} must be three capital letters; got {value!r}.")
    return value


def _one_of(row: Row, column: str, allowed: Collection[str]) -> str:
    if row[column] not in allowed:
        raise ValueError(f"{column} must be {', '.join(sorted(allowed))}; got {row[column]!r}.")
    return row[column]


def _yes(row: Row, column: str) -> bool:
    return _one_of(row, column, ("yes", "no")) == "yes"


def _number(row: Row, column: str) -> int | None:
    if row[column] and not (row[column].isascii() and row[column].isdigit()):
        raise ValueError(f"{column} must be a number or empty; got {row[column]!r}.")
    return int(row[column]) if row[column] else None


def _country(row: Row) -> Country:
    _number(row, "numeric")
    names = _several(row, "names")
    if row["name"] not in names[:1]:
        raise ValueError(f"names must begin with the name, {row['name']!r}; got {row['names']!r}.")
    country = Country(
        alpha3=_code(row["alpha3"], "alpha3"),
        alpha2=row["alpha2"],
        numeric=row["numeric"],
        cow=row["cow"],
        cow_number=_number(row, "cow_number"),
        name=row["name"],
        official=row["official"],
        names=names,
        adjectives=_several(row, "adjectives"),
        peoples=_several(row, "peoples"),
        demonym=row["demonym"],
        capitals=_several(row, "capitals"),
        seats=_several(row, "seats"),
        region=row["region"],
        is_current=_yes(row, "current"),
        successors=_codes(row, "successors"),
        before=_before(row),
        careful=frozenset(_several(row, "careful")),
    )
    known = {*names, *country.adjectives, *country.peoples, *country.capitals, *country.seats}
    _check_careful(country.careful, known)
    return country


def _before(row: Row) -> tuple[str, int] | None:
    if not row["before"]:
        return None
    code, _, year = row["before"].partition(" ")
    if not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise ValueError(f"before must be a code, a blank and a year; got {row['before']!r}.")
    return _code(code, "before"), int(year)


def _organisation(row: Row) -> Organisation:
    names = _several(row, "names")
    if row["name"] not in names[:1]:
        raise ValueError(f"names must begin with the name, {row['name']!r}; got {row['names']!r}.")
    careful = frozenset(_several(row, "careful"))
    _check_careful(careful, names)
    return Organisation(
        code=row["code"],
        name=row["name"],
        names=names,
        kind=_one_of(row, "kind", ORGANISATION_KINDS),
        members=_codes(row, "members"),
        careful=careful,
    )


def _check_careful(careful: frozenset[str], known: Collection[str]) -> None:
    for spelling in sorted(careful.difference(known)):
        raise ValueError(f"careful names a spelling that the line does not have: {spelling!r}.")


def _place(row: Row) -> Place:
    return Place(
        name=row["name"],
        country=_code(row["country"], "country"),
        kind=_one_of(row, "kind", ("city", "region")),
        is_careful=_yes(row, "careful"),
    )


def _body(row: Row) -> Body:
    kind = _one_of(row, "kind", BODY_KINDS)
    if bool(row["country"]) != (kind == "state-body"):
        raise ValueError(f"country must be given for a state's body and for no other; got {row['country']!r}.")
    return Body(name=row["name"], kind=kind, country=_code(row["country"], "country") if row["country"] else None)


def _mask(row: Row) -> tuple[str, str | None]:
    return row["phrase"], _code(row["country"], "country") if row["country"] else None


def _currency(row: Row) -> Currency:
    return Currency(
        code=_code(row["code"], "code"),
        name=row["name"],
        symbols=_several(row, "symbols"),
        words=_several(row, "words"),
        shared=_several(row, "shared"),
        countries=_codes(row, "countries"),
        is_current=_yes(row, "current"),
    )


def _category(row: Row) -> Category:
    return Category(
        code=row["code"],
        name=row["name"],
        in_sipri_scope=_yes(row, "sipri"),
        words=_several(row, "words"),
    )


def _label(row: Row) -> _Words:
    lists = {kind.__name__: kind for kind in LABELED}
    kind = lists[_one_of(row, "list", lists)]
    member = kind(_one_of(row, "member", [member.value for member in kind]))
    if not (row["label"] and row["definition"].endswith(".")):
        raise ValueError(f"a label and a definition that ends with a full stop are needed; got {row['definition']!r}.")
    return _Words(member=member, label=row["label"], plural=row["plural"], definition=row["definition"])
