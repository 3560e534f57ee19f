"""Whose a sum, an item or a term is, by where it stands in an article with several sentences or agreements."""

import hashlib
from decimal import Decimal

import pytest

from generator.extract.reader import read_facts_of
from generator.model import AgreementFact, Article, ArticleId, Instrument


def read(*paragraphs: str, title: str = "", date: str | None = "2024-05-08") -> tuple[AgreementFact, ...]:
    body = "\n\n".join(paragraphs)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    article = Article(id=ArticleId("test"), path="", sha256=sha256, title=title, body=body, published=date)
    return read_facts_of(article).agreements


def amounts(fact: AgreementFact) -> list[Decimal]:
    return [value.amount for value in fact.values]


def goods(fact: AgreementFact) -> list[tuple[str | None, Decimal | None]]:
    return [(item.designation, item.quantity) for item in fact.items]


def test_a_sum_far_below_belongs_to_the_agreement_whose_subject_is_taken_up() -> None:
    bridge, *_ = read(
        "Ghana and Togo signed an agreement on a bridge over the lagoon on Monday.",
        "Kenya and Malawi signed a treaty on fish in March.",
        "Crowds cheered.",
        "The bridge will be built by a local firm.",
        "The estimated cost is $40 million.",
    )

    assert amounts(bridge) == [Decimal(40_000_000)]


def test_of_two_agreements_the_one_whose_party_is_named_gets_the_goods() -> None:
    facts = read(
        "Ghana signed a trade deal with Brazil on Monday.",
        "Talks on a customs treaty between Kenya and Malawi failed.",
        "Brazil will also receive 5,000 tonnes of cocoa.",
    )

    assert goods(facts[0]) == [("cocoa", Decimal(5000))]


def test_the_lead_tells_what_the_next_sentence_calls_the_deal() -> None:
    (fact,) = read(
        "Ghana will buy 12 trainer jets from Brazil.", "The contract between Ghana and Brazil was signed on Monday."
    )

    assert goods(fact) == [("trainer jets", Decimal(12))]


def test_a_sum_right_before_an_instrument_belongs_to_it_and_not_to_the_one_before() -> None:
    facts = read(
        "With the treaty signed with Togo on Monday, Ghana has signed $90 million worth of arms contracts with Brazil."
    )

    by_instrument = {fact.instrument: amounts(fact) for fact in facts}

    assert by_instrument[Instrument.CONTRACT] == [Decimal(90_000_000)]
    assert by_instrument[Instrument.TREATY] == []


@pytest.mark.parametrize(
    "later",
    [
        pytest.param("Shares of builders rose by $40 million.", id="no word of paying"),
        pytest.param("Separately, Ghana will spend $40 million on schools.", id="another matter"),
        pytest.param("Ghana has spent $40 million on roads since 2019.", id="already spent"),
    ],
)
def test_a_sum_of_something_else_is_left_out(later: str) -> None:
    (fact,) = read("Ghana and Togo signed a deal on roads on Monday.", later)

    assert amounts(fact) == []


@pytest.mark.parametrize(
    "bullet",
    [
        pytest.param("- $40 million for new roads.", id="sum first"),
        pytest.param("- Ghana will spend $40 million on new roads.", id="verb"),
    ],
)
def test_a_bullet_tells_of_the_agreement_above_the_list(bullet: str) -> None:
    (fact,) = read("Ghana and Togo signed a deal on roads on Monday.", "- Five schools will open.", bullet)

    assert amounts(fact) == [Decimal(40_000_000)]


def test_goods_that_are_only_named_need_a_word_of_giving() -> None:
    (fact,) = read(
        "Ghana and Brazil signed a contract on jets on Monday.",
        "It includes 12 Super Tucano aircraft, and Ghana will retire the MiG-21 fighters of the old fleet.",
    )

    assert ("MiG-21", None) not in goods(fact)
