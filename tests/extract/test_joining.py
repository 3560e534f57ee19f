"""Which mentions speak of the same agreement."""

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


@pytest.mark.parametrize(
    "later",
    [
        pytest.param("The pact between Lima and Santiago is the first of its kind.", id="with capitals"),
        pytest.param("The AUKUS pact is not concerned.", id="another name"),
        pytest.param("Other treaty members may join.", id="members of it"),
        pytest.param("The treaty, its first with Chile, lapses in 2030.", id="said again behind a comma"),
    ],
)
def test_what_is_told_again_is_one_agreement(later: str) -> None:
    found = [fact for fact in read("Peru and Chile signed a treaty on fish.", later) if codes_of(fact) == "CHL PER"]

    assert len(found) == 1


@pytest.mark.parametrize(
    ("later", "codes"),
    [
        pytest.param("It replaces a 1976 treaty between the two countries.", "CHL PER", id="an old one"),
        pytest.param("Togo signed its own treaty with Chile in 1999.", "CHL TGO", id="one of its own"),
        pytest.param("Togo already has such a treaty with Ghana.", "GHA TGO", id="such a one"),
    ],
)
def test_another_treaty_is_a_record_of_its_own(later: str, codes: str) -> None:
    found = read("Peru and Chile signed a new treaty on fish.", later)

    assert sorted(map(codes_of, found)) == sorted(["CHL PER", codes])


def test_who_only_wants_to_join_is_no_party() -> None:
    found = read(
        "Members of the CPTPP include Australia, Canada, Chile and Japan.",
        "Taiwan hopes to join the CPTPP, a minister in Taipei said.",
    )

    assert [codes_of(fact) for fact in found] == ["AUS CAN CHL JPN"]


def test_members_of_a_small_group_are_the_parties_of_its_pact() -> None:
    (fact,) = read(
        "Under the AUKUS pact, Australia buys submarines from the United States. Britain helps to build them."
    )

    assert codes_of(fact) == "AUS GBR USA"


def test_a_group_and_its_members_tell_of_one_agreement() -> None:
    found = read(
        "Iran and the United States and its partners signed a framework agreement on uranium.",
        "The agreement between Iran and the P5+1 is not popular in Tehran.",
        "The members of the P5+1 are China, France, Germany, Russia, the United Kingdom and the United States.",
    )

    assert len(found) == 1
