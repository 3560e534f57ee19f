"""Sums, goods, days and places: which agreement of the article they belong to."""

import hashlib
from decimal import Decimal

import pytest

from generator.extract.reader import read_facts_of
from generator.model import AgreementFact, Area, Article, ArticleId


def read(*paragraphs: str, title: str = "", date: str | None = "2024-05-08") -> tuple[AgreementFact, ...]:
    body = "\n\n".join(paragraphs)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    article = Article(id=ArticleId("test"), path="", sha256=sha256, title=title, body=body, published=date)
    return read_facts_of(article).agreements


def amounts(fact: AgreementFact) -> list[Decimal]:
    return [value.amount for value in fact.values]


def goods(fact: AgreementFact) -> list[tuple[str | None, Decimal | None]]:
    return [(item.designation, item.quantity) for item in fact.items]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param("Under the deal, Ghana will pay $40 million.", id="under the deal"),
        pytest.param("Ghana will pay $40 million over two years.", id="will"),
        pytest.param("It is worth $40 million.", id="it"),
        pytest.param("The estimated cost is $40 million.", id="cost"),
        pytest.param("- Ghana commits $40 million to new roads.", id="bullet"),
    ],
)
def test_a_later_sentence_tells_the_sum_of_the_agreement_in_focus(later: str) -> None:
    (fact,) = read("Ghana and Togo signed a deal on roads on Monday.", "Crowds cheered in both towns.", later)

    assert amounts(fact) == [Decimal(40_000_000)]


def test_the_lead_goes_on_about_the_headline() -> None:
    (fact,) = read(
        "Officials in Accra confirmed the sale of 9,000 tonnes of maize.", title="Ghana signs pact with Togo"
    )

    assert goods(fact) == [("maize", Decimal(9000))]


def test_goods_named_twice_count_once() -> None:
    (fact,) = read("Ghana signed a contract with Brazil for AT-27 trainers.", "Ghana will get 12 AT-27 trainers.")

    assert goods(fact) == [("AT-27", Decimal(12))]


def test_a_sum_does_not_go_to_the_deal_of_others() -> None:
    facts = read(
        "Ghana and Togo signed a treaty on roads on Monday.",
        "A mining company said it had won a separate deal with a bank.",
        "It is worth $40 million.",
    )

    assert amounts(facts[0]) == []


def test_the_deal_is_the_one_spoken_of_last() -> None:
    facts = read(
        "Ghana agreed a trade deal with Togo on Monday.",
        "But ministers failed to agree on a new trade deal with Benin.",
        "The deal with Togo was welcomed by farmers.",
        "Under the deal, Togo will ship 9,000 tonnes of maize a year to Ghana.",
    )

    assert [goods(fact) for fact in facts] == [[("maize", Decimal(9000))], []]


def test_two_agreements_of_one_phrase_share_out_their_sums() -> None:
    facts = read("Ghana signed loan agreements with Togo for $30 million and with Benin for $50 million on Monday.")

    told = [amount for fact in facts for amount in amounts(fact)]
    assert sorted(told) == [Decimal(30_000_000), Decimal(50_000_000)]


def test_spending_that_an_agreement_supports_is_not_its_value() -> None:
    (fact,) = read("Ghana ended an agreement with Togo which supports the price of local cocoa with some $12 million.")

    assert amounts(fact) == []


@pytest.mark.parametrize(
    ("sentences", "day"),
    [
        pytest.param(["Ghana and Togo signed a pact on fish on Monday."], "2024-05-06", id="weekday"),
        pytest.param(["Ghana and Togo have a pact on fish.", "It was signed on 4 May 1998."], "1998-05-04", id="later"),
        pytest.param(["On Monday Ghana and Togo met to sign a pact.", "The pact was signed."], "2024-05-06", id="to"),
        pytest.param(["Ghana and Togo signed a pact on fish to build ports in 2019."], None, id="year of the works"),
        pytest.param(["Ghana is bound by the 1998 Lomé Convention with Togo."], "1998", id="year in the name"),
        pytest.param(["In 1998 Ghana and Togo agreed a pact on fish."], "1998", id="agreed long ago"),
        pytest.param(["Ghana and Togo agreed a pact on fish on Monday."], None, id="agreed, not signed"),
    ],
)  # fmt: skip
def test_the_day_of_conclusion(sentences: list[str], day: str | None) -> None:
    fact = read(*sentences)[0]

    assert (fact.concluded.date if fact.concluded else None) == day


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Following the talks, ministers of Ghana and Togo signed a pact on fish.", id="following"),
        pytest.param("A pact on fish was signed in the presence of the Presidents of Ghana and Togo.", id="presence"),
    ],
)  # fmt: skip
def test_a_readout_tells_what_was_signed_on_its_day(text: str) -> None:
    fact = read(text, "The pact will help both countries.")[0]

    assert fact.concluded is not None
    assert fact.concluded.date == "2024-05-08"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("Ghana and Togo signed a pact on fish in Accra.", "Accra", id="beside the verb"),
        pytest.param("In Accra, Ghana and Togo signed a pact on fish.", "Accra", id="before the verb"),
        pytest.param("Ghana and Togo signed a pact to build a port in Accra.", None, id="of the works"),
        pytest.param("Ghana and Togo signed a pact to share fish in Accra on Monday.", "Accra", id="with the day"),
        pytest.param("The ministers held talks in Accra. Ghana and Togo signed a pact on fish.", "Accra", id="talks"),
    ],
)
def test_the_place_of_signature(text: str, place: str | None) -> None:
    fact = read(text)[0]

    assert (fact.place.name if fact.place else None) == place


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        pytest.param("Ghana and Togo signed a pact on information security.", {Area.TECHNOLOGY}, id="two words"),
        pytest.param("Ghana and Togo signed a pact on border security.", {Area.DIPLOMATIC, Area.DEFENCE}, id="both"),
        pytest.param("Ghana and Togo agreed a ceasefire on Monday.", {Area.PEACE}, id="ceasefire"),
        pytest.param("Ghana and Togo issued a joint statement on Monday.", {Area.DIPLOMATIC}, id="statement"),
        pytest.param("Ghana and Togo signed a pact on Monday.", {Area.OTHER}, id="nothing told"),
    ],
)  # fmt: skip
def test_areas_are_told_by_terms_and_by_the_form(text: str, areas: set[Area]) -> None:
    fact = read(text)[0]

    assert set(fact.areas) == areas


def test_the_first_year_of_a_term_is_no_day_of_conclusion() -> None:
    (fact,) = read("Ghana and Togo signed an agreement on roads from 2021 to 2031.")

    assert fact.concluded is None
    assert fact.term is not None
    assert (fact.term.begins, fact.term.ends) == ("2021", "2031")
