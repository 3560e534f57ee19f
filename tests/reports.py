"""Builders of short reports: an article and its facts, with only what a test of joining is about."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from generator.model import (
    AgreementFact,
    Area,
    Article,
    ArticleFacts,
    ArticleId,
    Book,
    DateBasis,
    Evidence,
    Instrument,
    Item,
    Money,
    Party,
    PersonFact,
    Qualifier,
    SaidDate,
    Source,
    Status,
)
from generator.resolve import resolve

Report = tuple[Article, ArticleFacts]


def words(text: str) -> Evidence:
    """Evidence of some words; joining does not look at where they stand."""
    return Evidence(exact=text, start=0, end=len(text))


def said(date: str, basis: DateBasis = DateBasis.STATED) -> SaidDate:
    """A date that the article gives."""
    return SaidDate(date=date, basis=basis, evidence=None if basis is DateBasis.REPORT else words(date))


def source(name: str) -> Source:
    """A link of a chain of attribution."""
    return Source(name=name, evidence=words(name))


def money(amount: int, currency: str = "USD", **changes: Any) -> Money:
    """A sum."""
    return Money(amount=Decimal(amount), currency=currency, evidence=words(f"{currency} {amount}"), **changes)


def item(designation: str | None = None, quantity: int | None = None, description: str | None = None) -> Item:
    """Named or counted goods."""
    number = None if quantity is None else Decimal(quantity)
    return Item(
        designation=designation,
        description=description,
        quantity=number,
        qualifier=Qualifier.EXACT,
        evidence=words(designation or description or "goods"),
    )


def agreement(title: str = "pact", *, parties: str = "IND RUS", **changes: Any) -> AgreementFact:
    """What a report says of one agreement; `parties` are codes, or names in lower case of who has no code."""
    sides = tuple(Party(code=p if p.isupper() else None, name=p, evidence=words(p)) for p in parties.split())
    values: dict[str, Any] = {
        "id": "a1",
        "title": title,
        "parties": sides,
        "instrument": Instrument.AGREEMENT,
        "status": Status.SIGNED,
        "status_evidence": words("They signed it."),
        "areas": (Area.DEFENCE,),
        "evidence": (words("They signed it."),),
        "rule": "test",
    }
    return AgreementFact(**{**values, **changes})


def person(name: str, office: str | None = None, country: str | None = "RUS", *, number: int = 1) -> PersonFact:
    """A person of a report."""
    return PersonFact(id=f"p{number}", name=name, office=office, country=country, evidence=(words(name),), rule="test")


def report(day: str | None, *agreements: AgreementFact, name: str = "", **changes: Any) -> Report:
    """An article of a day and its facts; agreements are numbered in their order."""
    of_article = {key: changes.pop(key) for key in ("outlet", "url") if key in changes}
    article = Article(
        id=ArticleId(name or f"report-{day}"),
        path="",
        sha256="0" * 64,
        title="A report",
        body="They signed it.",
        published=day,
        **of_article,
    )
    numbered = tuple(fact.model_copy(update={"id": f"a{at}"}) for at, fact in enumerate(agreements, 1))
    return article, ArticleFacts(article=article.id, sha256="0" * 64, reader="test", agreements=numbered, **changes)


def book_of(reports: Iterable[Report]) -> Book:
    """The book of some reports, in the order in which they are given."""
    every = list(reports)
    return resolve({article.id: article for article, _ in every}, {facts.article: facts for _, facts in every})


def groups_of(book: Book) -> set[frozenset[str]]:
    """Which facts the book has joined: sets of "article a1"."""
    return {frozenset(f"{s.article} {s.fact.id}" for s in one.statements) for one in book.agreements}
