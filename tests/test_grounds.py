"""On what grounds reports stand together, or were withdrawn."""

from datetime import date

from generator.grounds import joined_lines, withdrawn_lines
from generator.model import Area, ArticleId, Book, Override, OverrideKind
from generator.references import Site
from generator.resolve import resolve
from generator.views import Link, Words
from reports import agreement, item, person, report

RIFLES = agreement("contract for rifles", items=(item("AK-203", 601427),))


def entry(kind: OverrideKind, *facts: str) -> Override:
    """An override."""
    return Override(kind=kind, facts=facts, reason="They are.", author="Kari", date="2026-03-14")


def site_of(reports: int, *overrides: Override) -> Site:
    """A site on so many reports of one contract, and one of a pact on grain."""
    every = [
        report(f"2021-12-{day:02}", RIFLES, people=(person("Ivan Petrov"),), name=f"r{day}")
        for day in range(1, reports + 1)
    ]
    every.append(report("2021-12-30", agreement("pact on grain", areas=(Area.FOOD,)), name="grain"))
    book: Book = resolve({a.id: a for a, _ in every}, {f.article: f for _, f in every}, overrides)
    return Site(book, date(2026, 3, 31))


def plain(words: Words) -> str:
    """The text of a line."""
    return "".join(piece.text if isinstance(piece, Link) else str(piece) for piece in words).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_a_page_says_over_which_points_two_reports_met() -> None:
    site = site_of(2)
    contract = next(one for one in site.book.agreements if len(one.statements) == 2)

    (line,) = joined_lines(site, contract)

    assert plain(line) == (
        "A report with A report: 19 points, where 9 are needed: parties +4 (the same: IND, RUS); "
        "instrument +2 (the same: agreement); areas +2 (in common: defence); items +7 (in common: ak203); "
        "words +2 (the same: rifle); reports +2 (1 day apart)."
    )
    assert [piece.page for piece in line if isinstance(piece, Link)] == ["sources/r2.md", "sources/r1.md"]


def test_a_page_says_who_joined_two_reports() -> None:
    site = site_of(1, entry(OverrideKind.SAME, "r1/a1", "grain/a1"))

    (line,) = joined_lines(site, site.book.agreements[0])

    assert plain(line) == "A report with A report: Kari said so on 14 March 2026. They are."


def test_of_many_reports_the_newest_are_told() -> None:
    site = site_of(12)
    contract = next(one for one in site.book.agreements if len(one.statements) == 12)

    lines = list(joined_lines(site, contract))

    assert len(lines) == 9
    assert plain(lines[-1]).startswith("The newest 8 of 11 reports are shown.")


def test_an_article_says_what_was_withdrawn_of_it_and_why() -> None:
    site = site_of(2, entry(OverrideKind.RETRACT, "r1"))

    lines = [plain(line) for line in withdrawn_lines(site, ArticleId("r1"))]

    assert lines == [
        "Withdrawn by Kari on 14 March 2026, and in no total or status: contract for rifles; Ivan Petrov. They are."
    ]
    assert list(withdrawn_lines(site, ArticleId("r2"))) == []
