"""Pages of a small made-up book and their PDFs, for the tests of everything that is printed."""

from datetime import date
from pathlib import Path
from typing import Any

from generator.briefings import Edition, briefing_job, edition
from generator.model import Status
from generator.pages import make_pages
from generator.printing import Job
from generator.resolve import resolve
from generator.views import AgreementPage, Page, PartyPage
from helpers import make_article, make_fact, make_facts, make_item, make_money, make_party

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "print"
TODAY = date(2026, 3, 31)
SITE = "https://pactbook.example.org/"
HOSTILE = '#read("/etc/passwd") #import "@preview/x:1.0.0" $x$ *b* <l> @r // \\ \u202egnp'


def example_pages(count: int = 2, **changes: Any) -> tuple[Page, ...]:
    """The pages of a book of so many articles, which tell of one agreement each, on days that follow each other."""
    articles, facts = {}, {}
    for number in range(count):
        key = f"2026-03-{number % 28 + 1:02}-pact-{number}"
        article = make_article(id=key, published=key[:10], url=f"https://fjord.example.org/pact/{number}", **changes)
        fact = make_fact(
            title=f"fishing agreement {number}",
            status=Status.SIGNED,
            parties=(make_party(), make_party("SWE", "Swedish")),
            values=(make_money(),),
            items=(make_item(),),
        )
        articles[article.id], facts[article.id] = article, make_facts(article, agreements=(fact,))
    return make_pages(resolve(articles, facts), today=TODAY)


def example_edition(site_url: str = SITE) -> Edition:
    """An edition of the project's own templates."""
    return edition(TEMPLATES, site_url=site_url, today=TODAY)


def example_job(path: str, pages: tuple[Page, ...], paper: str = "a4") -> Job:
    """What has to be printed for the first page whose path begins so."""
    page = next(one for one in pages if one.path.startswith(path) and isinstance(one, AgreementPage | PartyPage))
    assert isinstance(page, AgreementPage | PartyPage)
    return briefing_job(page, example_edition(), paper)
