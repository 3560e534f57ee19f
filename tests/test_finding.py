"""What the search knows of a page beside its words: kind, date, facets, other spellings."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.articles import read_articles
from generator.facts import read_all_facts
from generator.finding import _other_spellings
from generator.pages import make_pages
from generator.resolve import resolve
from generator.views import Finding, Page, RedirectPage

EXAMPLE = Path(__file__).resolve().parent / "sites" / "example"


@pytest.fixture(name="pages", scope="module")
def _pages() -> Mapping[str, Page]:
    """The pages of the example site, by path."""
    articles, _ = read_articles(EXAMPLE)
    facts, _ = read_all_facts(EXAMPLE)
    book = resolve({article.id: article for article in articles}, facts)
    return {page.path: page for page in make_pages(book, today=date(2026, 7, 1))}


def finding(pages: Mapping[str, Page], path: str) -> Finding:
    found = pages[path].finding
    assert found is not None
    return found


def test_an_agreement_has_every_facet(pages: Mapping[str, Page]) -> None:
    found = finding(pages, "agreements/isl-nor-2026-contract-rx-7.md")

    told = [(facet.name, facet.value) for facet in found.facets]
    assert found.kind == "Agreement"
    assert {("country", "Iceland"), ("country", "Norway"), ("status", "In force"), ("instrument", "Contract")} <= set(
        told
    )
    assert {("year", found.date[:4]), ("equipment", "RX-7"), ("review", "Read by a person in part")} <= set(told)
    assert {name for name, _ in told} == {
        "country", "status", "area", "instrument", "year", "outlet", "equipment", "review",
    }  # fmt: skip
    assert len(told) == len(set(told))


def test_a_country_is_found_by_its_people_and_its_capital(pages: Mapping[str, Page]) -> None:
    found = finding(pages, "countries/isl.md")

    assert found.kind == "Country"
    assert {"ISL", "Icelandic", "Reykjavik", "Republic of Iceland"} <= set(found.aliases)
    assert "Iceland" not in found.aliases


def test_an_article_is_found_by_its_outlet_and_the_countries_of_its_agreements(pages: Mapping[str, Page]) -> None:
    found = finding(pages, "sources/2026-03-02-helicopters.md")

    assert (found.kind, found.date) == ("Article", "2026-03-02")
    assert {"Iceland", "Norway"} <= {facet.value for facet in found.facets if facet.name == "country"}
    assert found.aliases == ("The Example Gazette",)


def test_lists_are_overviews_and_what_has_moved_is_passed_over(pages: Mapping[str, Page]) -> None:
    moved = [page for page in pages.values() if isinstance(page, RedirectPage)]

    assert finding(pages, "agreements/index.md").kind == "Overview"
    assert all(page.finding is None for page in moved)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        pytest.param("Sergei Shoigu", ["Schoigu", "Shoygu"], id="Russian"),
        pytest.param("Sergei Shoygu", ["Shoigu", "Schoygu"], id="the other way"),
        pytest.param("Ivan Testov", ["Testoff"], id="ending"),
        pytest.param("Ann Lee", ["Li"], id="short"),
        pytest.param("Li", [], id="nothing to swap"),
    ],
)
def test_a_name_is_found_as_other_newspapers_write_it(name: str, spellings: list[str]) -> None:
    assert set(spellings) <= set(_other_spellings(name))
    assert len(list(_other_spellings(name))) <= 8
