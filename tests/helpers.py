"""Builders: a test names only what it is about, everything else has a plain default."""

import hashlib
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.model import (
    AgreementFact,
    Area,
    Article,
    ArticleFacts,
    ArticleId,
    CountryFact,
    EventFact,
    EventKind,
    Evidence,
    Instrument,
    Item,
    Money,
    Party,
    PersonFact,
    Place,
    QuotationFact,
    Source,
    Status,
    TensionFact,
    TensionKind,
)

TITLE = "Norway and Sweden sign a fishing pact"
BODY = (
    "On Monday, Norwegian Fisheries Minister Kari Nordmann and her Swedish counterpart Sven Svensson signed a fishing "
    "agreement worth $12 million in Bergen, the Norwegian news agency NTB reported.\n"
    '"We have waited ten years for this day," Nordmann said.\n'
    "Denmark protested against the agreement."
)


def make_article(**changes: Any) -> Article:
    """An article of three sentences; give `title=`, `body=`, `published=` … to change it."""
    values: dict[str, Any] = {
        "id": ArticleId("2026-03-02-fishing-pact"),
        "title": TITLE,
        "body": BODY,
        "published": "2026-03-02",
        "outlet": "The Fjord Herald",
        **changes,
    }
    content = f" date {values['published']} {values['title']}\n{values['body']}"
    values.setdefault("path", f"seeds/articles/{values['id']}.txt")
    values.setdefault("sha256", hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest())
    return Article(**values)


def evidence_of(exact: str, article: Article | None = None, *, occurrence: int = 0) -> Evidence:
    """The evidence for words of an article, at their first place or a later one."""
    text = (article or make_article()).text
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(exact, start + 1)
    return Evidence(exact=exact, start=start, end=start + len(exact))


def make_party(code: str | None = "NOR", words: str = "Norwegian", **changes: Any) -> Party:
    """A party and the words that name it."""
    return Party(**{"code": code, "name": words, "evidence": evidence_of(words), **changes})


def make_money(amount: str = "12000000", currency: str = "USD", words: str = "$12 million", **changes: Any) -> Money:
    """A sum and the words that give it."""
    return Money(**{"amount": Decimal(amount), "currency": currency, "evidence": evidence_of(words), **changes})


def make_item(words: str = "fishing", **changes: Any) -> Item:
    """Goods and the words that name them."""
    return Item(**{"designation": words, "evidence": evidence_of(words), **changes})


def make_place(words: str = "Bergen", country: str | None = "NOR") -> Place:
    """A place and the words that name it."""
    return Place(name=words, country=country, evidence=evidence_of(words))


def make_source(words: str = "NTB") -> Source:
    """One link of an attribution."""
    return Source(name=words, evidence=evidence_of(words))


def make_country(country: str = "NOR", words: str = "Norwegian") -> CountryFact:
    """A country and its first mention."""
    return CountryFact(country=country, evidence=(evidence_of(words),), rule="names.adjective")


def make_person(name: str = "Kari Nordmann", **changes: Any) -> PersonFact:
    """A person with office and country."""
    return PersonFact(
        **{
            "id": "p1",
            "name": name,
            "office": "Fisheries Minister",
            "country": "NOR",
            "evidence": (evidence_of(name),),
            "office_evidence": evidence_of("Fisheries Minister"),
            "rule": "people.title",
            **changes,
        }
    )


def make_fact(**changes: Any) -> AgreementFact:
    """An agreement between Norway and Sweden that has been signed."""
    sentence = BODY.splitlines()[0]
    return AgreementFact(
        **{
            "id": "a1",
            "title": "fishing agreement",
            "parties": (make_party(), make_party("SWE", "Swedish")),
            "instrument": Instrument.AGREEMENT,
            "status": Status.SIGNED,
            "status_evidence": evidence_of(sentence),
            "areas": (Area.FOOD,),
            "evidence": (evidence_of(sentence),),
            "rule": "agreements.verb",
            **changes,
        }
    )


make_agreement = make_fact


def make_quotation(words: str = "We have waited ten years for this day,", **changes: Any) -> QuotationFact:
    """A quotation by the first person."""
    return QuotationFact(
        **{
            "id": "q1",
            "speaker": "Kari Nordmann",
            "person": "p1",
            "evidence": evidence_of(words),
            "rule": "quotations.marks",
            **changes,
        }
    )


def make_tension(**changes: Any) -> TensionFact:
    """Denmark protests."""
    return TensionFact(
        **{
            "id": "t1",
            "kind": TensionKind.PROTEST,
            "actor": "DNK",
            "evidence": evidence_of("Denmark protested against the agreement."),
            "rule": "tensions.protest",
            **changes,
        }
    )


def make_event(**changes: Any) -> EventFact:
    """A ceremony in Bergen."""
    return EventFact(
        **{
            "id": "e1",
            "kind": EventKind.CEREMONY,
            "title": "signing",
            "participants": ("NOR", "SWE"),
            "evidence": evidence_of("signed a fishing agreement"),
            "rule": "events.ceremony",
            **changes,
        }
    )


def make_facts(article: Article | None = None, **changes: Any) -> ArticleFacts:
    """The facts of an article; without `agreements=` and the like, one of each kind."""
    article = article or make_article()
    return ArticleFacts(
        **{
            "article": article.id,
            "sha256": article.sha256,
            "reader": "rules-1",
            "countries": (make_country(), make_country("SWE", "Swedish")),
            "people": (make_person(),),
            "agreements": (make_fact(),),
            "quotations": (make_quotation(),),
            "tensions": (make_tension(),),
            "events": (make_event(),),
            **changes,
        }
    )


def cpu_seconds(work: Callable[[], object], *, runs: int = 3) -> float:
    """CPU seconds of the fastest of a few runs: what a noisy machine adds is left out."""

    def once() -> float:
        begin = time.process_time()
        work()
        return time.process_time() - begin

    return min(once() for _ in range(runs))
