"""The facts of one article as one flat JSON object: the form in which readers of news are compared.

Keys are id, countries, people, agreements (each with its verbatim evidence), quotes (each with its words), tensions.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from generator.model import (
    AgreementFact,
    Article,
    ArticleFacts,
    DateBasis,
    Evidence,
    Item,
    Money,
    Qualifier,
    QuotationFact,
    Term,
)

_EMBEDDED = "quotation-embedded-post"


def record_of(article: Article, facts: ArticleFacts) -> dict[str, Any]:
    """The facts as JSON values; lists in the order of the facts file, countries by code."""
    return {
        "id": article.id,
        "countries": sorted(fact.country for fact in facts.countries),
        "people": [{"name": one.name, "office": one.office, "country": one.country} for one in facts.people],
        "agreements": [_agreement(fact) for fact in facts.agreements],
        "quotes": [{"speaker": one.speaker, "text": one.evidence.exact} for one in _quoted(facts.quotations)],
        "tensions": [
            {"kind": one.kind, "actor": one.actor, "target": one.target, "evidence": [one.evidence.exact]}
            for one in facts.tensions
        ],
    }


def _quoted(quotations: Sequence[QuotationFact]) -> Iterator[QuotationFact]:
    """Every quotation, but not the embedded post whose words the article also gives between marks."""
    in_marks = {one.same_as or one.id for one in quotations if one.rule != _EMBEDDED}
    return (one for one in quotations if one.rule != _EMBEDDED or (one.same_as or one.id) not in in_marks)


def _agreement(fact: AgreementFact) -> dict[str, Any]:
    concluded = fact.concluded if fact.concluded and fact.concluded.basis is not DateBasis.REPORT else None
    return {
        "title": fact.title,
        "parties": sorted({party.code for party in fact.parties if party.code is not None}),
        "other_parties": [party.name for party in fact.parties if party.code is None],
        "instrument": fact.instrument,
        "status": fact.status,
        "count": fact.count,
        "areas": list(fact.areas),
        "values": [value for money in fact.values for value in _money(money)],
        "items": [value for item in fact.items for value in _item(item)],
        "date_signed": concluded.date if concluded else None,
        "term": _term(fact.term) if fact.term else None,
        "place": fact.place.name if fact.place else None,
        "evidence": _words((*fact.evidence, fact.status_evidence)),
    }


def _money(money: Money) -> Iterator[dict[str, Any]]:
    for amount, qualifier in _ends(money.amount, money.high, money.qualifier):
        yield {"amount": amount, "currency": money.currency, "qualifier": qualifier}


def _item(item: Item) -> Iterator[dict[str, Any]]:
    for quantity, qualifier in _ends(item.quantity, item.high, item.qualifier):
        yield {"designation": item.designation or item.description, "quantity": quantity, "qualifier": qualifier}


def _ends(low: Decimal | None, high: Decimal | None, qualifier: Qualifier) -> Iterator[tuple[int | float | None, str]]:
    """A range is told by its two ends: at least the lower, up to the upper."""
    if low is None or high is None:
        yield None if low is None else _number(low), qualifier
        return
    yield _number(low), Qualifier.AT_LEAST
    yield _number(high), Qualifier.UP_TO


def _term(term: Term) -> dict[str, Any]:
    said = {"from": term.begins, "to": term.ends}
    return {**said, "years": _number(term.years)} if term.years is not None else said


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _words(passages: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(passage.exact for passage in passages))
