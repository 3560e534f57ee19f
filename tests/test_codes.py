"""The code lists: complete, free of contradictions, and refused when a line is broken."""

import re
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import pytest

from generator import codes, model
from generator.errors import PactbookError

DATA = Path(codes.__file__).parent / "data"
TABLES = ("countries", "organisations", "places", "bodies", "masks", "currencies", "categories", "labels")
MEMBERS = [pytest.param(member, id=f"{kind.__name__}-{member.name}") for kind in codes.LABELED for member in kind]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_its_source_in_its_head(name: str) -> None:
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()

    head = " ".join(line for line in lines if line.startswith("#"))

    assert re.search(r"ISO|Source|CLDR|SIPRI|after the organisation's own", head)


def test_the_lists_are_complete() -> None:
    current = [country for country in codes.countries().values() if country.is_current]

    assert len(current) == 250  # 249 of ISO 3166-1 and Kosovo
    assert {"XKX", "TWN", "PSE", "SUN", "YUG", "CSK", "DDR"} <= codes.countries().keys()
    assert len(codes.organisations()) >= 120
    assert len(codes.places()) >= 600
    assert len(codes.currencies()) >= 170
    assert len([category for category in codes.categories().values() if not category.in_sipri_scope]) >= 12


def test_no_code_stands_for_two_things() -> None:
    countries = codes.countries()
    alpha2 = Counter(country.alpha2 for country in countries.values() if country.is_current)
    numeric = Counter(country.numeric for country in countries.values() if country.numeric)
    cow = Counter(country.cow_number for country in countries.values() if country.cow_number and country.is_current)

    assert not countries.keys() & codes.organisations().keys()
    assert max(alpha2.values()) == 1
    assert max(numeric.values()) == 1
    assert max(cow.values()) == 1


def test_no_spelling_belongs_to_two_countries() -> None:
    owners: dict[str, set[str]] = {}
    for country in codes.countries().values():
        fields = (country.names, country.adjectives, country.peoples, country.capitals, country.seats)
        for spelling in (spelling for field in fields for spelling in field):
            owners.setdefault(spelling, set()).add(country.alpha3)

    assert {spelling: codes for spelling, codes in owners.items() if len(codes) > 1} == {}


def test_no_name_belongs_to_two_organisations() -> None:
    names = Counter(name for organisation in codes.organisations().values() for name in organisation.names)

    assert [name for name, count in names.items() if count > 1] == []


def test_no_name_of_an_organisation_is_a_spelling_of_a_country() -> None:
    names = {name for organisation in codes.organisations().values() for name in organisation.names}
    spellings = {name for country in codes.countries().values() for name in (*country.names, *country.adjectives)}

    assert names & spellings == set()


def test_every_code_that_a_line_refers_to_is_known() -> None:
    known = codes.countries().keys()
    used = {code for organisation in codes.organisations().values() for code in organisation.members}
    used |= {code for country in codes.countries().values() for code in country.successors}
    used |= {country.before[0] for country in codes.countries().values() if country.before}
    used |= {code for currency in codes.currencies().values() for code in currency.countries}
    used |= {place.country for place in codes.places()}
    used |= {code for code in codes.masks().values() if code is not None}
    used |= {body.country for body in codes.bodies().values() if body.country is not None}

    assert used - known == set()


def test_codes_fit_the_model() -> None:
    pattern = re.compile(r"[A-Z][A-Z0-9-]{1,15}")

    assert [code for code in (*codes.countries(), *codes.organisations()) if not pattern.fullmatch(code)] == []


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("U.S.", "USA"),
        ("Britain", "GBR"),
        ("Wales", "GBR"),
        ("Holland", "NLD"),
        ("Burma", "MMR"),
        ("Türkiye", "TUR"),
        ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Swaziland", "SWZ"),
        ("DPRK", "PRK"),
        ("Czech Republic", "CZE"),
        ("West Germany", "DEU"),
        ("East Germany", "DDR"),
        ("Soviet Union", "SUN"),
        ("Holy See", "VAT"),
        ("DR Congo", "COD"),
        ("East Timor", "TLS"),
        ("Russian Federation", "RUS"),
        ("Danes", "DNK"),
        ("Britons", "GBR"),
        ("Turks", "TUR"),
        ("Kiev", "UKR"),
        ("Peking", "CHN"),
        ("Nur-Sultan", "KAZ"),
        ("Kremlin", "RUS"),
        ("Zhongnanhai", "CHN"),
        ("Quai d’Orsay", "FRA"),
    ],
)
def test_a_spelling_of_the_news_is_found_with_its_country(spelling: str, code: str) -> None:
    country = codes.countries()[code]

    assert spelling in country.names + country.adjectives + country.peoples + country.capitals + country.seats


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [("Gazprom", "state-body", "RUS"), ("Hamas", "armed-group", None), ("Somaliland", "breakaway", None)],
)
def test_a_body_acts_for_its_state_or_for_itself(name: str, kind: str, country: str | None) -> None:
    body = codes.bodies()[name]

    assert (body.kind, body.country) == (kind, country)


def test_no_name_of_a_body_is_a_spelling_of_a_country_or_an_organisation() -> None:
    known = {name for country in codes.countries().values() for name in (*country.names, *country.adjectives)}
    known |= {name for organisation in codes.organisations().values() for name in organisation.names}

    assert codes.bodies().keys() & known == set()


def test_tel_aviv_is_a_city_and_no_capital() -> None:
    place = next(place for place in codes.places() if place.name == "Tel Aviv")

    assert (place.country, place.kind) == ("ISR", "city")
    assert "Tel Aviv" not in codes.countries()["ISR"].capitals


@pytest.mark.parametrize(
    ("spelling", "code"), [("Chad", "TCD"), ("Jordan", "JOR"), ("Georgia", "GEO"), ("Turkey", "TUR")]
)
def test_a_country_that_is_also_a_word_or_a_name_needs_care(spelling: str, code: str) -> None:
    assert spelling in codes.countries()[code].careful


@pytest.mark.parametrize("member", MEMBERS)
def test_every_member_of_the_model_has_a_label_and_a_definition(member: StrEnum) -> None:
    assert codes.label(member)
    assert codes.definition(member).endswith(".")


def test_every_instrument_has_a_plural() -> None:
    assert [instrument for instrument in model.Instrument if not codes.plural(instrument)] == []
    assert codes.plural(model.Instrument.MOU) == "memoranda of understanding"


def test_members_with_the_same_value_keep_their_own_words() -> None:
    assert codes.label(model.Instrument.CONTRACT) == "contract"
    assert codes.label(model.MoneyKind.CONTRACT) == "contract price"


@pytest.mark.parametrize(
    ("code", "bare", "running"),
    [
        ("IND", "India", "India"),
        ("UKR", "Ukraine", "Ukraine"),
        ("USA", "United States", "the United States"),
        ("NLD", "Netherlands", "the Netherlands"),
        ("EU", "European Union", "the European Union"),
        ("AUKUS", "AUKUS", "AUKUS"),
        ("APEC", "Asia-Pacific Economic Cooperation", "Asia-Pacific Economic Cooperation"),
        ("OIC", "Organisation of Islamic Cooperation", "the Organisation of Islamic Cooperation"),
    ],
)
def test_a_party_is_named_bare_and_in_running_text(code: str, bare: str, running: str) -> None:
    assert codes.is_party(code)
    assert codes.party_name(code) == bare
    assert codes.party_name(code, with_article=True) == running


def test_a_code_that_is_no_party_is_not_one() -> None:
    assert not codes.is_party("XXX")


@pytest.mark.parametrize(
    ("word", "country", "code"),
    [
        ("$", None, "USD"),
        ("$", "AUS", "AUD"),
        ("$", "IND", "USD"),
        ("US$", "AUS", "USD"),
        ("dlrs", None, "USD"),
        ("U.S. dollars", "CAN", "USD"),
        ("rupees", None, "INR"),
        ("Rupees", "PAK", "PKR"),
        ("crowns", None, None),
        ("crowns", "SWE", "SEK"),
        ("pesos", "PHL", "PHP"),
        ("francs", "FRA", "FRF"),
        ("roubles", "SUN", "SUR"),
        ("DM", None, "DEM"),
        ("EUR", None, "EUR"),
        ("apples", "USA", None),
    ],
)
def test_a_sign_or_word_means_a_currency(word: str, country: str | None, code: str | None) -> None:
    assert codes.currency_of(word, country) == code


@pytest.mark.parametrize(
    ("words", "category", "in_scope"),
    [
        ("assault rifles", "assault-rifles", False),
        ("stealth frigates", "ships", True),
        ("anti-ship missile boats", "ships", True),
        ("anti-tank guided missiles", "missiles", True),
        ("surface-to-air missile systems", "air-defence-systems", True),
        ("attack helicopters", "aircraft", True),
        ("engines for fighter jets", "engines", True),
        ("a fleet of patrol boats", "ships", True),
        ("main battle tanks", "armoured-vehicles", True),
        ("heavy machine guns", "heavy-machine-guns", False),
        ("Revolvers,", "revolvers-and-self-loading-pistols", False),
    ],
)
def test_a_description_falls_into_a_category(words: str, category: str, in_scope: bool) -> None:
    assert codes.category_of(words) == category
    assert codes.in_sipri_scope(category) is in_scope


@pytest.mark.parametrize("words", ["", "wheat bran", "  "])
def test_what_is_no_equipment_has_no_category(words: str) -> None:
    assert codes.category_of(words) is None


HEAD = "# Source: none.\nphrase\tcountry\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "", "x.tsv: the line of column names must be phrase country, separated by tabs; got nothing.", id="empty"
        ),
        pytest.param(
            "phrase\tland\n",
            "x.tsv:1: the line of column names must be phrase country, separated by tabs; got 'phrase\\tland'.",
            id="column names",
        ),
        pytest.param(
            HEAD + "New Mexico USA\n",
            "x.tsv:3: a line must have 2 fields separated by tabs; got 1: 'New Mexico USA'.",
            id="blanks for tabs",
        ),
        pytest.param(
            HEAD + "New Mexico\tUS\n", "x.tsv:3: country must be three capital letters; got 'US'.", id="two letters"
        ),
        pytest.param(
            HEAD + "Sea of Japan\t\nNew Mexico \tUSA\n",
            "x.tsv:4: phrase must not begin or end with a blank; got 'New Mexico '.",
            id="blank at the end",
        ),
        pytest.param(HEAD + "\tUSA\n", "x.tsv:3: phrase is missing.", id="no key"),
    ],
)
def test_a_broken_table_is_refused_with_file_and_line(text: str, message: str) -> None:
    with pytest.raises(PactbookError) as caught:
        codes.parse_table(text, "x.tsv", ("phrase", "country"), codes._mask)

    assert str(caught.value) == message


COUNTRY = "FRA\tFR\t250\tFRN\t220\tFrance\tFrench Republic\tFrance\tFrench\t\t\tParis\t\tWestern Europe\tyes\t\t\tParis"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("FRA", "Fra", "alpha3 must be three capital letters; got 'Fra'.", id="alpha-3"),
        pytest.param("250", "25O", "numeric must be a number or empty; got '25O'.", id="numeric"),
        pytest.param("220", "22o", "cow_number must be a number or empty; got '22o'.", id="COW"),
        pytest.param(
            "Republic\tFrance",
            "Republic\tLa France",
            "names must begin with the name, 'France'; got 'La France'.",
            id="names",
        ),
        pytest.param(
            "Republic\tFrance",
            "Republic\tFrance;;Gaul",
            "names must hold different values with one semicolon between them; got 'France;;Gaul'.",
            id="semicolons",
        ),
        pytest.param(
            "yes\t\t\t", "yes\t\tFRK 51\t", "before must be a code, a blank and a year; got 'FRK 51'.", id="before"
        ),
        pytest.param("\tyes", "\tja", "current must be no, yes; got 'ja'.", id="current"),
        pytest.param(
            "yes\t\t\tParis",
            "yes\t\t\tLyon",
            "careful names a spelling that the line does not have: 'Lyon'.",
            id="careful",
        ),
    ],
)
def test_a_broken_country_is_refused(old: str, new: str, message: str) -> None:
    columns = codes._COUNTRY_COLUMNS
    text = "\t".join(columns) + "\n" + COUNTRY.replace(old, new) + "\n"

    with pytest.raises(PactbookError) as caught:
        codes.parse_table(text, "countries.tsv", columns, codes._country)

    assert str(caught.value) == f"countries.tsv:2: {message}"


@pytest.mark.parametrize(
    ("alpha3", "year", "state"),
    [("RUS", 1987, "SUN"), ("RUS", 1992, "RUS"), ("RUS", None, "RUS"), ("CZE", 1988, "CSK"), ("FRA", 1987, "FRA")],
)
def test_a_capital_stands_for_the_state_of_its_time(alpha3: str, year: int | None, state: str) -> None:
    assert codes.state_of_capital(alpha3, year) == state


def test_all_broken_lines_are_named() -> None:
    text = HEAD + "A\tus\nB\tUSA\nC\tuk\n"

    with pytest.raises(PactbookError) as caught:
        codes.parse_table(text, "x.tsv", ("phrase", "country"), codes._mask)

    assert [problem.line for problem in caught.value.problems] == [3, 5]


@pytest.mark.parametrize(
    ("columns", "make", "line", "message"),
    [
        pytest.param(
            codes._ORGANISATION_COLUMNS,
            codes._organisation,
            "NATO\tNorth Atlantic Treaty Organization\tNATO\talliance\t\t",
            "names must begin with the name, 'North Atlantic Treaty Organization'; got 'NATO'.",
            id="organisation's names",
        ),
        pytest.param(
            codes._ORGANISATION_COLUMNS,
            codes._organisation,
            "OPEC\tOPEC\tOPEC\tcartel\t\t",
            "kind must be alliance, bank, court, group, intergovernmental; got 'cartel'.",
            id="organisation's kind",
        ),
        pytest.param(
            ("name", "country", "kind", "careful"),
            codes._place,
            "Geneva\tCHE\ttown\tno",
            "kind must be city, region; got 'town'.",
            id="place's kind",
        ),
        pytest.param(
            ("list", "member", "label", "plural", "definition"),
            codes._label,
            "Status\tsigned\tsigned\t\tIt is signed",
            "a label and a definition that ends with a full stop are needed; got 'It is signed'.",
            id="definition",
        ),
    ],
)
def test_a_broken_line_of_another_table_is_refused(
    columns: tuple[str, ...], make: Callable[[codes.Row], object], line: str, message: str
) -> None:
    text = "\t".join(columns) + f"\n{line}\n"

    with pytest.raises(PactbookError) as caught:
        codes.parse_table(text, "x.tsv", columns, make)

    assert str(caught.value) == f"x.tsv:2: {message}"


def test_a_label_needs_a_member_of_the_model() -> None:
    columns = ("list", "member", "label", "plural", "definition")
    text = "\t".join(columns) + "\nStatus\tsigning\tsigning\t\tIt is signed.\n"

    with pytest.raises(PactbookError, match=r"labels\.tsv:2: member must be agreed, .*; got 'signing'\."):
        codes.parse_table(text, "labels.tsv", columns, codes._label)


def test_a_code_that_stands_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    line = "tanks\tTanks\tyes\ttank\n"
    (tmp_path / "categories.tsv").write_text("code\tname\tsipri\twords\n" + line + line)
    monkeypatch.setattr(codes, "_DATA", tmp_path)

    with pytest.raises(PactbookError, match=r"generator/data/categories\.tsv: code stands twice: \['tanks'\]\."):
        codes.categories.__wrapped__()
