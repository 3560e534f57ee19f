"""Everyone in an article who may be a party, and what stands for them."""

import hashlib

import pytest

from generator.extract.cast import Cast, RefKind
from generator.extract.names import find_names
from generator.extract.people import find_people
from generator.extract.text import prepare
from generator.model import Article, ArticleId


def cast_of(*paragraphs: str) -> Cast:
    body = "\n\n".join(paragraphs)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    document = prepare(Article(id=ArticleId("test"), path="", sha256=sha256, title="", body=body))
    names = find_names(document)
    return Cast(document, names, find_people(document, names))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "Gazprom will deliver gas to Bulgaria.", ["RUS", "BGR"], id="a state company stands for its state"
        ),
        pytest.param("Hamas answered Egypt.", ["~Hamas", "EGY"], id="an armed group stands for itself"),
        pytest.param("Yemen's Houthis answered Oman.", ["~Houthis", "OMN"], id="a group, not its country"),
        pytest.param("The Lebanese group Hezbollah answered.", ["~Hezbollah"], id="a group behind an adjective"),
        pytest.param("The Turks met the Greeks.", ["TUR", "GRC"], id="peoples"),
        pytest.param("Peru met Chile in Jeddah, Saudi Arabia, on Monday.", ["PER", "CHL"], id="a place is nobody"),
        pytest.param("Lawmakers in Kyiv met Peru.", ["UKR", "PER"], id="who sits in a capital"),
        pytest.param("Ministers met in Kyiv.", [], id="a capital as a place"),
        pytest.param("North Korea wrote to the South.", ["PRK", "KOR"], id="half of Korea"),
        pytest.param("Peru moved troops to the South.", ["PER"], id="a direction"),
    ],
)
def test_what_points_at_a_party_is_found(text: str, codes: list[str]) -> None:
    found = cast_of(text).refs

    assert [ref.code for ref in found] == codes


def test_a_company_that_is_no_state_body_points_at_nobody() -> None:
    found = cast_of("Bluewave Ferries sails to Peru.").refs

    assert [(ref.code, ref.kind) for ref in found] == [("PER", RefKind.STATE)]


@pytest.mark.parametrize(
    ("paragraphs", "size", "codes"),
    [
        pytest.param(["Peru met Chile.", "Togo came too."], 2, ["CHL", "PER"], id="the last sentence that names two"),
        pytest.param(["Peru, Chile and Togo met."], 3, ["CHL", "PER", "TGO"], id="three in one sentence"),
        pytest.param(["Peru met Chile. Togo came too."], 3, ["CHL", "PER", "TGO"], id="three over two sentences"),
        pytest.param(["Peru met Chile."], 4, [], id="four are not named"),
    ],
)
def test_a_group_is_who_was_named_last_together(paragraphs: list[str], size: int, codes: list[str]) -> None:
    cast = cast_of(*paragraphs, "The countries agreed.")
    place = cast.document.text.index("The countries")

    found = cast.last_together(place, size)

    assert sorted(ref.code for ref in found) == codes


def test_a_group_of_states_gives_the_members_that_the_article_lists() -> None:
    cast = cast_of("The members of the Quad - Australia, India, Japan and the United States - met in Delhi.")

    found = cast.members("QUAD")

    assert sorted(ref.code for ref in found) == ["AUS", "IND", "JPN", "USA"]


def test_it_is_the_state_that_acts_in_the_sentence() -> None:
    cast = cast_of("After talks with Chile, Peru said it would sign.")

    found = cast.last_actor(cast.document.text.index("it would"))

    assert [ref.code for ref in found] == ["PER"]
