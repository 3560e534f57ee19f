"""People: who is one, with which office and country, and where an article names them again."""

import pytest

from generator.extract.names import find_names
from generator.extract.people import FoundPerson, find_people
from generator.extract.text import prepare
from generator.model import Article, ArticleId

Row = tuple[str, str | None, str | None]


def people(body: str, *, title: str = "") -> tuple[FoundPerson, ...]:
    article = Article(id=ArticleId("example"), path="", sha256="0" * 64, title=title, body=body, published="2020-01-01")
    document = prepare(article)
    found = find_people(document, find_names(document))
    assert all(document.text[one.mentions[0].start : one.mentions[0].end] == one.name for one in found)
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "Norwegian Foreign Minister Kari Nordmann arrived in Oslo.",
            [("Kari Nordmann", "Foreign Minister", "NOR")],
            id="office before the name",
        ),
        pytest.param(
            "Sweden's finance minister, Lars Svensson, told reporters so.",
            [("Lars Svensson", "finance minister", "SWE")],
            id="office before a comma",
        ),
        pytest.param(
            "Emily Grey, foreign minister of Kenya, agreed.",
            [("Emily Grey", "foreign minister", "KEN")],
            id="office behind the name",
        ),
        pytest.param(
            "Indonesian Defence Minister Budi Santoso and his Malaysian counterpart Ahmad Zulkifli signed it.",
            [("Budi Santoso", "Defence Minister", "IDN"), ("Ahmad Zulkifli", "Defence Minister", "MYS")],
            id="counterpart",
        ),
        pytest.param(
            "Foreign ministers Anna Kowalska of Poland, Petr Novak of Czechia and Jana Horvath of Slovakia met.",
            [
                ("Anna Kowalska", "Foreign minister", "POL"),
                ("Petr Novak", "Foreign minister", "CZE"),
                ("Jana Horvath", "Foreign minister", "SVK"),
            ],
            id="one office for three names",
        ),
        pytest.param(
            "UN Secretary-General Maria Lopez and the Turkish ambassador to Chile, Mehmet Yilmaz, attended.",
            [("Maria Lopez", "UN Secretary-General", None), ("Mehmet Yilmaz", "ambassador to Chile", "TUR")],
            id="organisation, and the country of posting",
        ),
        pytest.param(
            "Former U.S. ambassador Peter Stone and Kenyan President Julius O'Hara met.",
            [("Peter Stone", "Former ambassador", "USA"), ("Julius O'Hara", "President", "KEN")],
            id="former, and an apostrophe",
        ),
        pytest.param(
            "Vladimir Ivanov: Good afternoon, colleagues.\nAnna Petrova: Thank you.",
            [("Vladimir Ivanov", None, None), ("Anna Petrova", None, None)],
            id="speakers of a transcript",
        ),
    ],
)
def test_people_are_read_with_office_and_country(body: str, expected: list[Row]) -> None:
    found = people(body)

    assert [(one.name, one.office, one.country) for one in found] == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("A study of Harold Brown University was read.", id="university"),
        pytest.param("It flew from Charles Grey Airport on Monday.", id="airport"),
        pytest.param("The Adam Smith Institute and the Emily Brown Act were named.", id="institute and law"),
        pytest.param("The European Union and the World Bank met in San Marino.", id="organisations"),
        pytest.param("India and Sri Lanka signed the Free Trade Agreement in New Delhi.", id="countries and papers"),
    ],
)
def test_names_of_things_are_no_people(body: str) -> None:
    found = people(body)

    assert found == ()


def test_a_surname_alone_is_another_mention_of_the_person() -> None:
    found = people("President Emily Grey spoke. Later Grey left. Mrs. Grey did not return.")

    assert [(one.name, len(one.mentions)) for one in found] == [("Emily Grey", 3)]


def test_the_fullest_form_is_the_name() -> None:
    found = people("President Grey spoke. Emily J. Grey was born in Perth. Emily Grey said so.")

    assert [one.name for one in found] == ["Emily J. Grey"]


def test_an_article_without_people_has_none() -> None:
    found = people("The two countries signed a treaty.")

    assert found == ()
