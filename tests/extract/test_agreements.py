"""From an article's sentences to its agreements: joining, parties, particulars, evidence."""

import hashlib

import pytest

from generator.extract.reader import read_facts_of
from generator.model import AgreementFact, Article, ArticleId, DateBasis, Mode, Status


def read(*paragraphs: str, title: str = "", date: str | None = "2024-05-08") -> tuple[AgreementFact, ...]:
    body = "\n\n".join(paragraphs)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    article = Article(id=ArticleId("test"), path="", sha256=sha256, title=title, body=body, published=date)
    return read_facts_of(article).agreements


def codes_of(fact: AgreementFact) -> set[str]:
    return {party.code for party in fact.parties if party.code is not None}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        pytest.param("Peru and Chile signed a pact on fish.", {"PER", "CHL"}, id="joint subject"),
        pytest.param("Peru signed a pact with Chile on fish.", {"PER", "CHL"}, id="with"),
        pytest.param(
            "A pact between Peru and Chile was signed in Bogota.", {"PER", "CHL"}, id="between, place left out"
        ),
        pytest.param("The Peru-Chile pact on fish was signed.", {"PER", "CHL"}, id="in the noun phrase"),
        pytest.param("A pact on fish was signed by Peru and Chile.", {"PER", "CHL"}, id="by"),
        pytest.param("Peru has awarded a contract to Chile for four ships.", {"PER", "CHL"}, id="recipient"),
        pytest.param("Peru, Chile and Bolivia signed a pact on fish.", {"PER", "CHL", "BOL"}, id="three"),
        pytest.param("A US-brokered pact between Peru and Chile was signed.", {"PER", "CHL"}, id="mediator left out"),
        pytest.param(
            "Despite US sanctions, Peru and Chile signed a pact on fish.", {"PER", "CHL"}, id="attribute left out"
        ),
        pytest.param(
            "Peruvian President Ana Soto and Chilean President Luis Vera signed a pact on fish.",
            {"PER", "CHL"},
            id="persons",
        ),
    ],
)
def test_parties_are_those_who_act_in_the_clause(text: str, parties: set[str]) -> None:
    (fact,) = read(text)

    assert codes_of(fact) == parties


@pytest.mark.parametrize("reference", ["The two countries", "Both sides", "The two leaders", "They"])
def test_a_group_refers_back_to_the_pair_named_last(reference: str) -> None:
    (fact,) = read("The leaders of Kenya and Togo met in Paris.", f"{reference} signed a treaty on extradition.")

    assert codes_of(fact) == {"KEN", "TGO"}


def test_parties_may_stand_in_the_title_alone() -> None:
    (fact,) = read("A treaty on extradition was signed on Tuesday.", title="Kenya and Togo sign treaty")

    assert codes_of(fact) == {"KEN", "TGO"}


def test_the_pact_is_the_treaty_of_the_sentence_before() -> None:
    found = read(
        "Kenya and Togo signed a treaty on extradition.", "The pact lapses after ten years.", "The treaty is short."
    )

    assert len(found) == 1


def test_another_agreement_is_a_record_of_its_own() -> None:
    found = read("Kenya and Togo signed a treaty on extradition.", "They also signed a memorandum on tourism.")

    assert [fact.instrument for fact in found] == ["treaty", "mou"]


def test_the_last_word_on_the_status_wins() -> None:
    (fact,) = read("Kenya and Togo signed a fishing treaty in 2019.", "Kenya withdrew from the treaty on Monday.")

    assert fact.status is Status.ENDED
    assert fact.status_evidence.exact == "Kenya withdrew from the treaty on Monday."


def test_talks_on_a_pact_that_is_hoped_for_are_one_record() -> None:
    found = read(
        "Kenya and Togo are holding talks on a trade pact.",
        "If no pact is reached, trade may suffer.",
        "A trade pact would open markets for both countries.",
    )

    assert [fact.status for fact in found] == [Status.NEGOTIATING]


def test_what_may_happen_is_marked_as_such() -> None:
    (fact,) = read("Kenya and Togo will sign a treaty on extradition next week.")

    assert fact.realis.modes == (Mode.FUTURE,)


def test_evidence_is_verbatim_and_at_its_place() -> None:
    title = "Kenya, Togo sign “fishing” pact"
    body = "Kenya  and Togo signed a fishing pact worth $20 million on Tuesday."
    (fact,) = read(body, title=title)
    text = f"{title}\n{body}"

    every = [*fact.evidence, fact.status_evidence, *(party.evidence for party in fact.parties)]
    every += [money.evidence for money in fact.values]

    assert all(text[each.start : each.end] == each.exact for each in every)


def test_each_sum_belongs_to_its_own_agreement() -> None:
    first, second = read(
        "Kenya and Togo signed a contract worth $20 million for ships.",
        "Kenya and Ghana signed a contract worth $50 million for trains.",
    )

    assert [int(money.amount) for money in first.values] == [20_000_000]
    assert [int(money.amount) for money in second.values] == [50_000_000]


def test_a_weekday_is_resolved_against_the_article() -> None:
    (fact,) = read("Kenya and Togo signed a treaty on Monday.", date="2024-05-08")

    assert fact.concluded is not None
    assert (fact.concluded.date, fact.concluded.basis) == ("2024-05-06", DateBasis.RESOLVED)


def test_the_year_in_the_name_is_the_date_of_signature() -> None:
    (fact,) = read("Kenya has violated the 1998 treaty with Togo.")

    assert fact.concluded is not None
    assert fact.concluded.date == "1998"


def test_the_place_of_signature_is_kept_and_is_no_party() -> None:
    (fact,) = read("Kenya and Togo signed a treaty in Oslo on Tuesday.")

    assert fact.place is not None
    assert fact.place.name == "Oslo"
    assert codes_of(fact) == {"KEN", "TGO"}


def test_a_state_company_counts_for_its_state() -> None:
    (fact,) = read("Turkish state energy company Anagaz signed an agreement with Northern Fuels to buy gas.")

    assert codes_of(fact) == {"TUR"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hansa Yards signed a contract with Bluewave Ferries in Kenya.", id="companies"),
        pytest.param("A deal between Kenyan and Togolese companies was signed.", id="companies of two states"),
        pytest.param("The parliament of Kenya passed a law on treaties.", id="law"),
        pytest.param("Ministers of Kenya and Togo held talks on cooperation.", id="talks without an instrument"),
        pytest.param("Any agreement must be fair, the president of Kenya said in Togo.", id="in general"),
    ],
)
def test_what_is_no_agreement_between_states_is_left_out(text: str) -> None:
    found = read(text)

    assert found == ()


def test_ids_follow_the_order_of_the_text() -> None:
    found = read("Kenya and Togo signed a treaty on fish.", "Peru and Chile signed a loan agreement.")

    assert [fact.id for fact in found] == ["a1", "a2"]
    assert all(fact.rule.startswith("mention-") for fact in found)


def test_an_article_in_another_language_yields_no_agreements() -> None:
    article = Article(
        id=ArticleId("fr"), path="", sha256="0" * 64, title="", body="Kenya and Togo signed a treaty.", language="fr"
    )

    facts = read_facts_of(article)

    assert facts.agreements == ()
    assert [country.country for country in facts.countries] == ["KEN", "TGO"]
