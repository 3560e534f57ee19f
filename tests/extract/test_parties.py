"""Who the sides of a mention are, from the words around it."""

import hashlib

import pytest

from generator.extract.reader import read_facts_of
from generator.model import AgreementFact, Article, ArticleId


def read(*paragraphs: str, title: str = "") -> tuple[AgreementFact, ...]:
    body = "\n\n".join(paragraphs)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    article = Article(id=ArticleId("test"), path="", sha256=sha256, title=title, body=body, published="2024-05-08")
    return read_facts_of(article).agreements


def codes_of(fact: AgreementFact) -> str:
    return " ".join(sorted(party.code for party in fact.parties if party.code is not None))


def names_of(fact: AgreementFact) -> list[str]:
    return [party.name for party in fact.parties if party.code is None]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("Peru signed a pact on their border with Chile with Togo.", "PER TGO", id="border with"),
        pytest.param("Peru rejected the EU's pact with Chile.", "CHL EU", id="who rejects it is none"),
        pytest.param("Togo brokered the pact between Peru and Chile.", "CHL PER", id="who brokers it is none"),
        pytest.param("Peru warned Chile not to sign a pact with Togo.", "CHL TGO", id="who is warned signs"),
        pytest.param("Peru rejected the gas pact that Chile, Togo and Ghana had signed.", "CHL GHA TGO", id="signers"),
        pytest.param("Peru and Chile's neighbour Bolivia signed a pact.", "BOL PER", id="neighbor of"),
        pytest.param("The Peruvian, Chilean and Bolivian ministers signed a pact.", "BOL CHL PER", id="adjectives"),
        pytest.param("Peru will get ships from Chile under a pact signed by the two states.", "CHL PER", id="by both"),
        pytest.param("Members of the GCC signed a pact with Peru.", "GCC PER", id="members of an organization"),
        pytest.param("Peru and the Quad members India and Japan signed a pact.", "IND JPN PER", id="members by name"),
    ],
)
def test_the_clause_tells_who_is_a_party(text: str, codes: str) -> None:
    (fact,) = read(text)

    assert codes_of(fact) == codes


@pytest.mark.parametrize(
    ("text", "codes", "names"),
    [
        pytest.param("Peru and Hamas signed a pact.", "PER", ["Hamas"], id="armed group"),
        pytest.param("Peru signed a contract with Bluewave Ferries.", "PER", ["Bluewave Ferries"], id="with a company"),
        pytest.param("Bluewave has signed a contract with Peru.", "PER", ["Bluewave"], id="a company acts"),
        pytest.param("Peru awarded a contract to Sweden's Orebody.", "PER", ["Orebody"], id="a country's company"),
        pytest.param("Peru signed a deal with U.S. miner Orebody.", "PER", ["Orebody"], id="a country's miner"),
        pytest.param("Ethiopia signed a deal with Somaliland.", "ETH", ["Somaliland"], id="breakaway region"),
    ],
)
def test_who_is_no_country_is_a_party_without_a_code(text: str, codes: str, names: list[str]) -> None:
    (fact,) = read(text)

    assert codes_of(fact) == codes
    assert names_of(fact) == names


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Peru's government and its opposition signed an accord.", id="opposition"),
        pytest.param("The Peruvian carmaker Andino signed a contract with Peru.", id="its own company"),
        pytest.param("Bluewave Ferries signed a contract with Orebody.", id="two companies"),
    ],
)
def test_an_agreement_within_a_country_or_between_companies_is_none(text: str) -> None:
    assert read(text) == ()


def test_similar_agreements_of_several_with_one_are_shared_out() -> None:
    found = read("Peru signed a pact with Ghana. Chile and Togo have signed similar agreements with Ghana.")

    assert sorted(map(codes_of, found)) == ["CHL GHA", "GHA PER", "GHA TGO"]
