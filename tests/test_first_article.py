"""The first article, a hard one: mixed quotation marks, a tweet told twice, agreements that are only likely."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.articles import read_article
from generator.extract.reader import read_facts_of
from generator.facts import dump_facts, parse_facts
from generator.model import AgreementFact, ArticleFacts, Instrument, Qualifier, Status, TensionKind

ID = "000_9be57d61793ae54d"


@pytest.fixture(scope="module")
def facts(repository: Path) -> ArticleFacts:
    """What the rules read in it."""
    return read_facts_of(read_article(repository / f"seeds/articles/{ID}.txt", repository))


def agreement(facts: ArticleFacts, words: str) -> AgreementFact:
    return next(one for one in facts.agreements if words in one.title)


def test_the_facts_in_the_seeds_are_canonical_and_what_the_rules_read(repository: Path, facts: ArticleFacts) -> None:
    path = f"seeds/facts/{ID}.yaml"
    text = (repository / path).read_text("utf-8")

    stored = parse_facts(text, path)

    assert dump_facts(stored) == text
    assert stored.review.by is not None or stored == facts


def test_what_is_only_likely_is_one_expected_bundle_of_ten(facts: ArticleFacts) -> None:
    expected = [one for one in facts.agreements if one.status is Status.ANTICIPATED]

    assert [(one.count, [party.code for party in one.parties]) for one in expected] == [(10, ["IND", "RUS"])]
    assert "Indian Express" in expected[0].attribution[-1].name


def test_the_contract_has_its_value_its_rifles_and_its_place(facts: ArticleFacts) -> None:
    contract = agreement(facts, "AK-203")

    assert (contract.instrument, contract.status) == (Instrument.CONTRACT, Status.SIGNED)
    assert [(one.amount, one.currency, one.qualifier) for one in contract.values] == [
        (Decimal(500_000_000), "USD", Qualifier.MORE)
    ]
    assert [(one.designation, one.quantity, one.qualifier) for one in contract.items] == [
        ("AK-203", Decimal(500_000), Qualifier.MORE)
    ]
    assert contract.place is not None
    assert contract.place.name == "New Delhi"


def test_the_cooperation_agreement_runs_through_2030_and_says_who_says_so(facts: ArticleFacts) -> None:
    cooperation = agreement(facts, "military technology cooperation")

    assert cooperation.status is Status.SIGNED
    assert cooperation.term is not None
    assert (cooperation.term.ends, cooperation.term.years) == ("2030", Decimal(10))
    assert [source.name for source in cooperation.attribution] == ["TASS", "Russia’s Ministry of Defense"]


def test_what_has_been_inked_is_one_bundle_without_a_number(facts: ArticleFacts) -> None:
    inked = [one for one in facts.agreements if one.count == 0]

    assert [one.status for one in inked] == [Status.SIGNED]


def test_four_people_hold_their_offices(facts: ArticleFacts) -> None:
    assert [(one.name, one.office, one.country) for one in facts.people] == [
        ("Rajnath Singh", "Defense Minister", "IND"),
        ("Narendra Modi", "Prime Minister", "IND"),
        ("Vladimir Putin", "President", "RUS"),
        ("Sergey Shoigu", "Defense Minister", "RUS"),
    ]


def test_every_quotation_has_its_speaker_and_the_tweet_is_told_twice(facts: ArticleFacts) -> None:
    assert len(facts.quotations) >= 4
    assert {one.speaker for one in facts.quotations} == {"Rajnath Singh"}
    assert [one.same_as is not None for one in facts.quotations].count(True) == 1


def test_the_threat_is_a_threat_and_the_background_stays_background(facts: ArticleFacts) -> None:
    assert [(one.kind, one.actor, one.target) for one in facts.tensions] == [
        (TensionKind.SANCTIONS_THREAT, "USA", "IND"),
        (TensionKind.SANCTIONS, "USA", "CHN"),
    ]
