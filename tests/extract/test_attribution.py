"""Attributions are chains, outermost first, and cover the sentence or the clause they vouch for."""

import pytest

from by_hand import make_document, make_names, make_people
from generator.extract.attribution import FoundAttribution, find_attributions
from generator.extract.text import Document

PEOPLE = {"Jean Duval": "President", "Kari Olsen": "foreign minister"}


def attributions_of(document: Document) -> tuple[FoundAttribution, ...]:
    return find_attributions(document, make_names(document), make_people(document, PEOPLE))


def chains(*paragraphs: list[str] | str) -> list[list[str]]:
    return [[source.name for source in found.chain] for found in attributions_of(make_document(*paragraphs))]


@pytest.mark.parametrize(
    ("sentence", "chain"),
    [
        pytest.param("The ministry said the treaty was ready.", ["The ministry"], id="said"),
        pytest.param("The treaty is ready, the ministry said.", ["the ministry"], id="said at the end"),
        pytest.param("According to TASS, the treaty is ready.", ["TASS"], id="according to"),
        pytest.param(
            "According to Ruritanian news agency TASS, the defense ministry told reporters that the treaty was ready.",
            ["TASS", "the defense ministry"],
            id="agency and ministry",
        ),
        pytest.param(
            "The treaty is ready, officials said, Reuters reported.", ["Reuters", "officials"], id="reported at the end"
        ),
        pytest.param(
            "The treaty is ready, Xinhua reported, citing a government source.",
            ["Xinhua", "government source"],
            id="citing",
        ),
        pytest.param(
            "Kari Olsen told Reuters that the treaty was ready.", ["Reuters", "Kari Olsen"], id="told an agency"
        ),
        pytest.param(
            "Kari Olsen was quoted by Interfax as saying that the treaty was ready.",
            ["Interfax", "Kari Olsen"],
            id="quoted by",
        ),
        pytest.param(
            "Interfax quoted Kari Olsen as saying it was ready.", ["Interfax", "Kari Olsen"], id="quoted as saying"
        ),
        pytest.param("Kari Olsen said on Twitter that the treaty was ready.", ["Twitter", "Kari Olsen"], id="platform"),
        pytest.param("Officials said on condition of anonymity that it was ready.", ["Officials"], id="anonymous"),
        pytest.param(
            "Kari Olsen said Jean Duval had told her it was ready.", ["Kari Olsen", "Jean Duval"], id="said that said"
        ),
        pytest.param(
            "Sources said the treaty was ready, adding that it was short.", ["Sources"], id="same speaker once"
        ),
        pytest.param("The pact was announced by the trade ministry.", ["the trade ministry"], id="passive"),
        pytest.param("The treaty, diplomats say, is ready.", ["diplomats"], id="base form behind a plural"),
    ],
)
def test_a_chain_goes_from_the_outermost_source_inwards(sentence: str, chain: list[str]) -> None:
    assert chains(sentence) == [chain]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The treaty was signed in Strelsau.", id="nobody"),
        pytest.param("We have said this before and I say it again.", id="ourselves"),
        pytest.param("The two sides concluded a treaty and continued their work.", id="no words follow"),
        pytest.param("Prince Said met the claims court over Ruritania's stated aims.", id="names and nouns"),
        pytest.param("“The minister said it,” went the song.", id="inside marks"),
    ],
)
def test_a_sentence_without_a_source_yields_none(sentence: str) -> None:
    assert chains(sentence) == []


def test_the_agency_is_the_one_named_before() -> None:
    found = chains("According to TASS, it is ready.", "According to the news agency, the pact covers trade.")

    assert found == [["TASS"], ["TASS"]]


def test_opposed_clauses_have_sources_of_their_own() -> None:
    document = make_document("Olsen said the talks went on, but Duval said they had ended.", "Kari Olsen. Jean Duval.")

    first, second = attributions_of(document)

    assert document.text[first.scope.start : first.scope.end] == "Olsen said the talks went on"
    assert document.text[second.scope.start : second.scope.end] == "Duval said they had ended."


def test_the_scope_is_the_sentence_and_the_evidence_stands_in_it() -> None:
    document = make_document(["The deal is near.", "It will be signed in May, Kari Olsen said."])

    (found,) = attributions_of(document)

    assert found.sentence == 2
    assert document.text[found.scope.start : found.scope.end] == "It will be signed in May, Kari Olsen said."
    assert document.text[found.start : found.end] == "Kari Olsen said"
    (source,) = found.chain
    assert document.text[source.evidence.start : source.evidence.end] == "Kari Olsen"


def test_an_acronym_is_told_in_full() -> None:
    found = chains("The National Trade Board (NTB) met.", "The NTB said the treaty was ready.")

    assert found == [["National Trade Board"]]
