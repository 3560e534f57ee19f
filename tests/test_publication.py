"""Which facts the site shows, and how its settings are read."""

from datetime import date
from pathlib import Path

import pytest

from generator.errors import PactbookError
from generator.model import ArticleFacts, Publish, Review, ReviewState
from generator.pages import make_pages
from generator.publication import marked, published, read_publish
from generator.render import render_pages
from generator.resolve import resolve
from helpers import make_article, make_facts

TODAY = date(2026, 3, 31)
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
IN_PART = Review(by="Kari Nordmann", on="2026-03-31", accepted=("NOR", "a1", "q1"))
WHOLE = Review(state=ReviewState.ACCEPTED, by="Kari Nordmann", on="2026-03-31")


def shown(review: Review) -> ArticleFacts:
    article = make_article()
    return published({article.id: make_facts(article, review=review)}, Publish.ACCEPTED)[article.id]


# -- settings


@pytest.mark.parametrize(
    ("settings", "publish"),
    [
        pytest.param("plugins:\n  - search\n  - pactbook\n", Publish.PROPOSED, id="not said"),
        pytest.param("plugins:\n  - pactbook:\n      publish: accepted\n", Publish.ACCEPTED, id="accepted"),
        pytest.param("plugins:\n  - pactbook:\n      publish: proposed\n", Publish.PROPOSED, id="proposed"),
        pytest.param("plugins:\n  pactbook:\n    publish: accepted\n", Publish.ACCEPTED, id="plugins by name"),
        pytest.param("site_url: !ENV [NOWHERE, '']\n", Publish.PROPOSED, id="a tag of MkDocs, no plugins"),
    ],
)
def test_the_settings_say_what_is_published(tmp_path: Path, settings: str, publish: Publish) -> None:
    (tmp_path / "mkdocs.yml").write_text(settings)

    assert read_publish(tmp_path) is publish


def test_without_settings_all_facts_are_published(tmp_path: Path) -> None:
    assert read_publish(tmp_path) is Publish.PROPOSED


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param(
            "plugins:\n  - pactbook:\n      publish: all\n",
            "mkdocs.yml: plugins.pactbook.publish must be proposed, accepted; got 'all'. Correct it.",
            id="another word",
        ),
        pytest.param("plugins: [", "mkdocs.yml: is no YAML that MkDocs reads", id="no YAML"),
    ],
)
def test_other_settings_are_refused(tmp_path: Path, settings: str, message: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(settings)

    with pytest.raises(PactbookError) as refused:
        read_publish(tmp_path)

    assert str(refused.value).startswith(message)


# -- facts


def test_all_facts_of_an_accepted_article_are_published() -> None:
    assert shown(WHOLE) == make_facts(review=WHOLE)


def test_of_an_article_that_is_read_in_part_the_accepted_facts_are_published() -> None:
    facts = shown(IN_PART)

    assert facts.fact_keys() == ("NOR", "a1", "q1")
    assert facts.review == WHOLE
    assert facts.quotations[0].person is None
    assert facts.quotations[0].speaker == "Kari Nordmann"


def test_of_an_article_that_nobody_has_read_nothing_is_published() -> None:
    assert shown(Review()).fact_keys() == ()


def test_what_is_held_back_stands_on_no_page_and_the_pages_say_how_much_it_is() -> None:
    article = make_article()
    facts = {article.id: make_facts(article, review=IN_PART)}

    book = marked(resolve({article.id: article}, published(facts, Publish.ACCEPTED)), Publish.ACCEPTED, facts)
    pages = render_pages(make_pages(book, today=TODAY), TEMPLATES)

    assert book.held_back == 4
    assert "Denmark" not in pages["tensions.md"]
    for path in ("index.md", "tensions.md", "countries/nor.md"):
        assert "only facts that a person has accepted</span> · 4 await a person and are not shown" in pages[path]
        assert "machine-read" not in pages[path]


def test_where_all_facts_are_published_the_pages_mark_those_that_nobody_has_read() -> None:
    article = make_article()
    facts = {article.id: make_facts(article)}

    book = marked(resolve({article.id: article}, published(facts, Publish.PROPOSED)), Publish.PROPOSED, facts)
    pages = render_pages(make_pages(book, today=TODAY), TEMPLATES)

    assert "machine-read, not yet checked" in pages["countries/nor.md"]
    assert "only facts" not in pages["countries/nor.md"]
