"""Taking an article or a fact back: what is shown before, what is written, and how it is undone."""

import re
from pathlib import Path

import pytest

from generator.articles import read_articles
from generator.build import gather
from generator.errors import PactbookError
from generator.facts import write_facts
from generator.model import ArticleId, Kind, OverrideKind, Status
from generator.overrides import read_overrides
from generator.retract import carry_out, in_words, preview
from helpers import make_fact, make_facts

ID = "2026-03-02-fishing-pact"
LATER = "2026-03-09-later"


@pytest.fixture(name="two")
def _two(project: Path) -> Path:
    """A project with two articles: the first expects what the second tells as signed."""
    text = (project / f"seeds/articles/{ID}.txt").read_text()
    (project / f"seeds/articles/{LATER}.txt").write_text(text.replace("2026-03-02", "2026-03-09", 1))
    first, second = read_articles(project)[0]
    write_facts(make_facts(first, agreements=(make_fact(status=Status.ANTICIPATED),)), project)
    write_facts(make_facts(second), project)
    return project


def files_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_every_fact_and_status_that_would_fall_is_shown_and_nothing_is_written(two: Path) -> None:
    before = files_of(two)

    fall = preview(two, LATER, why="The outlet has withdrawn it", author="Kari", on="2026-04-02")

    told = in_words(fall)
    assert files_of(two) == before
    assert [key for key, _ in fall.facts] == ["a1", "t1", "e1", "q1", "p1"]
    assert f"Taking back {LATER}: “Norway and Sweden sign a fishing pact” (2026-03-09)" in told
    assert "Facts that would stand nowhere: 5" in told
    assert "  a1  signed: fishing agreement" in told
    assert "    status: signed → anticipated" in told


def test_the_book_falls_as_it_was_shown_and_comes_back_without_the_entry(two: Path) -> None:
    before = gather(two).book
    articles = files_of(two / "seeds/articles"), files_of(two / "seeds/facts")
    fall = preview(two, LATER, why="The outlet has withdrawn it", author="Kari", on="2026-04-02")

    path = carry_out(two, fall)

    after = gather(two).book
    assert [one.status for one in after.agreements] == [Status.ANTICIPATED]
    assert (files_of(two / "seeds/articles"), files_of(two / "seeds/facts")) == articles
    (entry,) = read_overrides(two).entries
    assert (entry.kind, entry.facts, entry.author, entry.date) == (
        OverrideKind.RETRACT,
        (LATER,),
        "Kari",
        "2026-04-02",
    )
    path.unlink()
    assert gather(two).book == before


def test_one_fact_of_an_article_can_be_taken_back(two: Path) -> None:
    fall = preview(two, f"{LATER}/t1", why="no protest", author="Kari", on="2026-04-02")

    assert [key for key, _ in fall.facts] == ["t1"]
    assert {one.kind for one in fall.changes} == {Kind.TENSION}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("no-such", "there is no article 'no-such' in seeds/articles. See: pactbook list", id="no article"),
        pytest.param(f"{ID}/a9", f"a retraction of '{ID}/a9' names nothing", id="no fact"),
        pytest.param(f"{ID}/../x", f"'{ID}/../x' must end with a fact such as /a1", id="no name of a fact"),
        pytest.param("equipment:AK-203", "there is no article 'equipment:AK-203'", id="equipment"),
    ],
)
def test_what_cannot_be_taken_back_is_refused(two: Path, name: str, message: str) -> None:
    before = files_of(two)

    with pytest.raises(PactbookError, match=re.escape(message)):
        preview(two, name, why="x", author="Kari", on="2026-04-02")

    assert files_of(two) == before


def test_what_has_been_taken_back_is_not_taken_back_again(two: Path) -> None:
    carry_out(two, preview(two, LATER, why="x", author="Kari", on="2026-04-02"))

    for name in (LATER, f"{LATER}/a1"):
        with pytest.raises(PactbookError, match=re.escape("which overrides[0] has withdrawn")):
            preview(two, name, why="x", author="Kari", on="2026-04-02")


def test_another_retraction_is_added_to_the_entries_that_are_there(two: Path) -> None:
    carry_out(two, preview(two, f"{LATER}/t1", why="x", author="Kari", on="2026-04-02"))

    carry_out(two, preview(two, f"{ID}/t1", why="y", author="Kari", on="2026-04-02"))

    assert [one.reason for one in read_overrides(two).entries] == ["x", "y"]
    assert gather(two).book.tensions == ()
    assert ArticleId(ID) in gather(two).book.articles
