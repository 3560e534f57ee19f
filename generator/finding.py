"""By what the search finds, filters and sorts each page: its kind, date, facets, and other spellings. Pure.

Only what the search cannot read off the page itself stands here. Values are the words that readers see.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from generator.codes import area_label, countries, instrument_label, organisations, party_name, status_label
from generator.model import Agreement, Article, ArticleId, Person
from generator.prose import capital
from generator.references import Site, folder_of
from generator.spelling import fold, read_rows
from generator.views import Facet, Finding, Page, RedirectPage

_MOST = 40  # values of one facet on one page; an agreement of a hundred states is found by its words
_SPELLINGS = 8  # of one name that nobody has been seen to write
_LIST = Finding(kind="Overview")


def with_findings(site: Site, pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages, each with what the search shall know of it; later pages of a list and redirects have nothing."""
    told = dict(_findings(site))
    return tuple(replace(page, finding=_finding(page, told)) for page in pages)


def _finding(page: Page, told: Mapping[str, Finding]) -> Finding | None:
    if isinstance(page, RedirectPage) or (page.pager and page.pager.number > 1):
        return None
    return told.get(page.path, _LIST)


def _findings(site: Site) -> Iterator[tuple[str, Finding]]:
    for code, path in site.party_paths.items():
        yield path, _party(code)
    for pair, path in site.pair_paths.items():
        facets = tuple(Facet(name="country", value=party_name(code)) for code in pair)
        yield path, Finding(kind="Pair", facets=facets)
    for agreement in site.book.agreements:
        yield site.agreement_paths[agreement.id], _agreement(site, agreement)
    for person in site.book.persons:
        if person.id in site.person_paths:
            yield site.person_paths[person.id], _person(site, person)
    for article in site.book.articles.values():
        yield site.source_paths[article.id], _article(site, article)
    for model in site.models:
        facets = _facets({"equipment": [model.name]})
        aliases = _others(model.name, model.variants)
        yield site.equipment_paths[model.id], Finding(kind="Equipment", aliases=aliases, facets=facets)
    for name, path in site.outlet_paths.items():
        yield path, Finding(kind="Outlet", facets=_facets({"outlet": [name]}))


def _party(code: str) -> Finding:
    """A country is found by every spelling of its name, its people, and its seats of power."""
    country, organisation = countries().get(code), organisations().get(code)
    names: list[str] = [code]
    if country:
        names += [*country.names, country.official, *country.adjectives, *country.peoples, *country.capitals]
        names += country.seats
    if organisation:
        names += organisation.names
    kind = "Country" if folder_of(code) == "countries" else "Organization"
    return Finding(kind=kind, aliases=_others(party_name(code), names), facets=_facets({"country": [party_name(code)]}))


def _agreement(site: Site, agreement: Agreement) -> Finding:
    articles = [said.article for said in agreement.statements]
    days = [step.date for step in agreement.steps if step.date]
    newest = max([*days, *(site.published(article) for article in articles)], default="")
    return Finding(
        kind="Agreement",
        date=newest,
        aliases=_others(agreement.title, (item.value.designation or "" for item in agreement.items)),
        facets=_facets(
            {
                "country": [party_name(code) for code in agreement.parties],
                "status": [capital(status_label(agreement.status))],
                "area": [capital(area_label(area)) for area in agreement.areas],
                "instrument": [capital(instrument_label(agreement.instrument))],
                "year": [newest[:4]],
                "outlet": [site.book.articles[article].outlet or "" for article in articles],
                "equipment": [item.value.designation or "" for item in agreement.items],
                "review": [_review(site, articles)],
            }
        ),
    )


def _person(site: Site, person: Person) -> Finding:
    articles = [said.article for said in person.statements]
    newest = max((site.published(article) for article in articles), default="")
    return Finding(
        kind="Person",
        date=newest,
        aliases=_others(person.name, (*person.variants, *_other_spellings(person.name))),
        facets=_facets(
            {
                "country": [party_name(person.country)] if person.country else [],
                "year": [newest[:4]],
                "review": [_review(site, articles)],
            }
        ),
    )


def _other_spellings(name: str) -> Iterator[str]:
    """The last word of a name as other newspapers may write it: "Shoygu" for "Sergei Shoigu"."""
    last = fold(name).rpartition(" ")[2]
    spellings = (last.replace(written, instead) for written, instead in _swaps() if written in last)
    yield from list(dict.fromkeys(word.capitalize() for word in spellings))[:_SPELLINGS]


@cache
def _swaps() -> tuple[tuple[str, str], ...]:
    """Pairs of spellings in both directions; a single letter is put for others, but nothing for it."""
    pairs = [(row["one"], row["other"]) for row in read_rows("spelling_swaps.tsv")]
    return (*pairs, *((other, one) for one, other in pairs if len(other) > 1))


def _article(site: Site, article: Article) -> Finding:
    agreements = site.by_article.get(article.id, [])
    return Finding(
        kind="Article",
        date=article.published or "",
        aliases=(article.outlet,) if article.outlet else (),
        facets=_facets(
            {
                "country": [party_name(code) for agreement in agreements for code in agreement.parties],
                "area": [capital(area_label(area)) for agreement in agreements for area in agreement.areas],
                "year": [(article.published or "")[:4]],
                "outlet": [article.outlet or ""],
                "review": [_review(site, [article.id])],
            }
        ),
    )


def _review(site: Site, articles: Iterable[ArticleId]) -> str:
    checked = {site.is_checked(article) for article in articles}
    if checked == {True}:
        return "Read by a person"
    return "Machine-read" if checked == {False} else "Read by a person in part"


def _facets(values: Mapping[str, Iterable[str]]) -> tuple[Facet, ...]:
    """Each value once; empty ones are left out."""
    return tuple(
        Facet(name=name, value=value)
        for name, several in values.items()
        for value in list(dict.fromkeys(filter(None, several)))[:_MOST]
    )


def _others(name: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in names if one and one != name))
