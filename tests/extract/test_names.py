"""Names of countries, organisations and places, and the names that only look like them."""

import pytest

from generator.extract.names import countries_named, find_names
from generator.extract.text import prepare
from generator.model import Article, ArticleId


def names(body: str, *, title: str = "", published: str | None = "2020-01-01") -> list[tuple[str, str | None]]:
    article = Article(id=ArticleId("example"), path="", sha256="0" * 64, title=title, body=body, published=published)
    document = prepare(article)
    found = find_names(document)
    assert all(document.text[one.start : one.end] == one.text for one in found)
    return [(one.text, one.code) for one in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("India met the Danes.", [("India", "IND"), ("Danes", "DNK")], id="name and people"),
        pytest.param(
            "Norwegian and New Delhi officials", [("Norwegian", "NOR"), ("New Delhi", "IND")], id="adjective, capital"
        ),
        pytest.param("the Kremlin said", [("Kremlin", "RUS")], id="seat of power"),
        pytest.param("the India-Russia summit", [("India", "IND"), ("Russia", "RUS")], id="hyphen"),
        pytest.param("the US/UK pact", [("US", "USA"), ("UK", "GBR")], id="slash"),
        pytest.param("Sino-Japanese talks", [("Sino-", "CHN"), ("Japanese", "JPN")], id="first part of a compound"),
        pytest.param("the Indo-Pacific", [("Indo-Pacific", None)], id="compound that is no country"),
        pytest.param("the South China Sea", [("South China Sea", None)], id="a sea"),
        pytest.param("Papua New Guinea voted", [("Papua New Guinea", "PNG")], id="longest match"),
        pytest.param("North Korean ships", [("North Korean", "PRK")], id="north"),
        pytest.param("the two Koreas met", [("two Koreas", "KOR"), ("two Koreas", "PRK")], id="both Koreas"),
        pytest.param("the European Union signed", [("European Union", "EU")], id="organisation"),
        pytest.param("The Moscow Telegraph reported", [], id="newspaper"),
        pytest.param("It paid 3 million U.S. dollars, or US$3m.", [], id="money"),
        pytest.param("Jordan Smith met Michael Grey of Jordan.", [("Jordan", "JOR")], id="first name and country"),
        pytest.param("Chad Brown may march in May.", [], id="words and names"),
        pytest.param("He spoke English in Brussels.", [], id="language, and a capital that stands for the EU"),
        pytest.param(
            "Belgium spoke; Brussels denied.", [("Belgium", "BEL"), ("Brussels", "BEL")], id="confirmed capital"
        ),
        pytest.param("a polish of turkey and china", [], id="lower case"),
        pytest.param(
            "Fires near Monrovia, California, and Lima, Ohio.",
            [("Monrovia", "USA"), ("California", "USA"), ("Lima", "USA"), ("Ohio", "USA")],
            id="towns that share a capital's name",
        ),
        pytest.param(
            "Talks in Monrovia, Accra and Lima.",
            [("Monrovia", "LBR"), ("Accra", "GHA"), ("Lima", "PER")],
            id="capitals in a row",
        ),
        pytest.param("Floods in Georgia hit the US.", [("US", "USA")], id="the state of the same name"),
        pytest.param("Floods in Georgia.", [("Georgia", "GEO")], id="the country where no states are spoken of"),
        pytest.param(
            "The US met Armenia and Georgia.",
            [("US", "USA"), ("Armenia", "ARM"), ("Georgia", "GEO")],
            id="beside another country",
        ),
        pytest.param(
            "The US met Georgia. Tbilisi agreed.",
            [("US", "USA"), ("Georgia", "GEO"), ("Tbilisi", "GEO")],
            id="confirmed by its capital",
        ),
    ],
)
def test_names_are_read_with_what_they_stand_for(body: str, expected: list[tuple[str, str | None]]) -> None:
    found = names(body)

    assert found == expected


def test_a_headline_in_capitals_is_read() -> None:
    found = names("They met.", title="INDIA, U.S. TO SIGN PACT WITH SAUDI ARABIA")

    assert found == [("INDIA", "IND"), ("U.S.", "USA"), ("SAUDI ARABIA", "SAU")]


@pytest.mark.parametrize(("published", "code"), [("1987-03-02", "SUN"), ("2021-03-02", "RUS"), (None, "RUS")])
def test_a_capital_stands_for_the_state_of_its_time(published: str | None, code: str) -> None:
    found = names("Moscow agreed.", published=published)

    assert found == [("Moscow", code)]


def test_noise_yields_no_names() -> None:
    found = names("They met.\n\nRead more: China and India\n\nThey left.")

    assert found == []


def test_places_do_not_make_a_country_named() -> None:
    article = Article(
        id=ArticleId("example"), path="", sha256="0" * 64, title="", body="They met in Geneva with Kenya."
    )

    found = find_names(prepare(article))

    assert countries_named(found) == {"KEN"}
