"""Facts as one flat JSON object."""

import json
from decimal import Decimal

from generator.model import DateBasis, Qualifier, SaidDate, Term
from generator.records import record_of
from helpers import (
    BODY,
    evidence_of,
    make_article,
    make_fact,
    make_facts,
    make_item,
    make_money,
    make_party,
    make_place,
    make_quotation,
)


def test_facts_become_the_record_that_readers_are_compared_by() -> None:
    fact = make_fact(
        parties=(make_party("SWE", "Swedish"), make_party(), make_party(None, "NTB")),
        values=(make_money("12000000.0", qualifier=Qualifier.MORE),),
        items=(make_item(designation=None, description="fishing", quantity=Decimal("2.5")),),
        concluded=SaidDate(date="2026-03-02", basis=DateBasis.RESOLVED, evidence=evidence_of("On Monday")),
        term=Term(ends="2036", years=Decimal(10), evidence=evidence_of("ten years")),
        place=make_place(),
        evidence=(evidence_of("signed a fishing agreement"),),
    )

    record = record_of(make_article(), make_facts(agreements=(fact,)))

    assert json.loads(json.dumps(record)) == {
        "id": "2026-03-02-fishing-pact",
        "countries": ["NOR", "SWE"],
        "people": [{"name": "Kari Nordmann", "office": "Fisheries Minister", "country": "NOR"}],
        "agreements": [
            {
                "title": "fishing agreement",
                "parties": ["NOR", "SWE"],
                "other_parties": ["NTB"],
                "instrument": "agreement",
                "status": "signed",
                "count": None,
                "areas": ["food"],
                "values": [{"amount": 12000000, "currency": "USD", "qualifier": ">"}],
                "items": [{"designation": "fishing", "quantity": 2.5, "qualifier": "="}],
                "date_signed": "2026-03-02",
                "term": {"from": None, "to": "2036", "years": 10},
                "place": "Bergen",
                "evidence": ["signed a fishing agreement", BODY.splitlines()[0]],
            }
        ],
        "quotes": [{"speaker": "Kari Nordmann", "text": "We have waited ten years for this day,"}],
        "tensions": [
            {
                "kind": "protest",
                "actor": "DNK",
                "target": None,
                "evidence": ["Denmark protested against the agreement."],
            }
        ],
    }


def test_the_date_of_the_report_is_not_given_as_the_date_of_signature() -> None:
    fact = make_fact(concluded=SaidDate(date="2026-03-02", basis=DateBasis.REPORT))

    record = record_of(make_article(), make_facts(agreements=(fact,)))

    assert record["agreements"][0]["date_signed"] is None
    assert record["agreements"][0]["term"] is None


def test_a_post_is_left_out_where_its_words_stand_between_marks_too() -> None:
    post = make_quotation(rule="quotation-embedded-post")
    said, again = make_quotation("ten years", id="q2", same_as="q1"), make_quotation("for this day", id="q3")

    alone = record_of(make_article(), make_facts(quotations=(post,)))
    both = record_of(make_article(), make_facts(quotations=(post, said, again)))

    assert [quote["text"] for quote in alone["quotes"]] == [post.evidence.exact]
    assert [quote["text"] for quote in both["quotes"]] == ["ten years", "for this day"]


def test_a_range_is_told_by_its_two_ends() -> None:
    low, high = Decimal(350), Decimal(400)
    money = make_money("350").model_copy(update={"high": high})
    item = make_item(designation="trawler", quantity=low).model_copy(update={"high": high})

    record = record_of(make_article(), make_facts(agreements=(make_fact(values=(money,), items=(item,)),)))

    (agreement,) = record["agreements"]
    assert [(value["amount"], value["qualifier"]) for value in agreement["values"]] == [(350, ">="), (400, "<=")]
    assert [(item["quantity"], item["qualifier"]) for item in agreement["items"]] == [(350, ">="), (400, "<=")]
