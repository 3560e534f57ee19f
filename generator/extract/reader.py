"""Article to facts: the rooms of the cascade in their order. The one public function of `extract`.

Names → people → sums, goods, dates → attributions → quotations → agreements, tensions, events. Each room sees the
document and what the rooms before it have found; none repairs the text.
"""

from collections.abc import Sequence

from generator.articles import language_note
from generator.extract.agreements import Findings, find_agreements
from generator.extract.amounts import find_items, find_money
from generator.extract.attribution import find_attributions
from generator.extract.dates import find_dates, find_terms
from generator.extract.events import find_events
from generator.extract.names import Name, find_names
from generator.extract.people import FoundPerson, find_people
from generator.extract.quotations import find_quotations
from generator.extract.tensions import find_tensions
from generator.extract.text import Document, evidence, prepare
from generator.model import Article, ArticleFacts, CountryFact, PersonFact

READER = "rules-1"  # goes up when the rules would read an article otherwise

_COUNTRY_KINDS = ("country", "adjective", "people", "capital", "seat")
_MENTIONS = 10  # of a country that are kept as evidence


def read_facts_of(article: Article) -> ArticleFacts:
    """Everything the rules find in one article; of an article that is not English the countries alone."""
    document = prepare(article)
    names = find_names(document)
    countries = _countries(document, names)
    head = ArticleFacts(article=article.id, sha256=article.sha256, reader=READER, countries=countries)
    if language_note(article) is not None:
        return head
    people = find_people(document, names)
    dates = find_dates(document)
    quotations = find_quotations(document, names, people)
    findings = Findings(
        document=document,
        names=names,
        people=people,
        money=find_money(document),
        items=find_items(document, names),
        dates=dates,
        terms=find_terms(document),
        attributions=find_attributions(document, names, people),
        quotations=quotations,
    )
    return head.model_copy(
        update={
            "people": tuple(_person(number, person, document) for number, person in enumerate(people, start=1)),
            "agreements": find_agreements(findings),
            "quotations": quotations,
            "tensions": find_tensions(document, names),
            "events": find_events(document, names, dates),
        }
    )


def _countries(document: Document, names: Sequence[Name]) -> tuple[CountryFact, ...]:
    mentions: dict[str, list[Name]] = {}
    for name in names:
        if name.code is not None and name.kind in _COUNTRY_KINDS:
            mentions.setdefault(name.code, []).append(name)
    return tuple(
        CountryFact(
            country=code,
            evidence=tuple(evidence(document, name.start, name.end) for name in found[:_MENTIONS]),
            rule=f"name-{found[0].kind}",
        )
        for code, found in sorted(mentions.items())
    )


def _person(number: int, person: FoundPerson, document: Document) -> PersonFact:
    office = person.office_span
    return PersonFact(
        id=f"p{number}",
        name=person.name,
        office=person.office,
        country=person.country,
        evidence=tuple(evidence(document, span.start, span.end) for span in person.mentions),
        office_evidence=evidence(document, office.start, office.end) if office is not None else None,
        rule=person.rule,
    )
