"""The build on a copy of the project: what it writes, what it leaves alone, and what it refuses."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.build import accept_new, build_site, pages_up_to_date
from generator.errors import PactbookError
from helpers import make_article, make_country, make_facts

PROJECT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 3, 31)
ARTICLE = """ date 2026-03-02 Norway and Sweden sign a fishing agreement

This is an example. On Monday, Norway and Sweden signed a fishing agreement worth $12 million in Bergen.

“We have waited ten years for this very day,” Norwegian Fisheries Minister Kari Nordmann said.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of its own, with one example article."""
    listed = subprocess.run(
        ["git", "ls-files", "mkdocs.yml", "templates", "site_src"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, tmp_path / name)
    add_article(tmp_path, "2026-03-02-fishing", ARTICLE)
    return tmp_path


def add_article(root: Path, name: str, text: str) -> Path:
    path = root / f"seeds/articles/{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def remove_article(root: Path, name: str) -> None:
    (root / f"seeds/articles/{name}.txt").unlink()
    (root / f"seeds/facts/{name}.yaml").unlink()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path; the cache may change with every build."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".pactbook-cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_build_writes_facts_pages_and_site(root: Path) -> None:
    report = build_site(root, today=TODAY)

    assert report.articles == 1
    assert report.facts_written == ("seeds/facts/2026-03-02-fishing.yaml",)
    assert (root / "site/index.html").is_file()
    assert "$12 million" in (root / "seeds/facts/2026-03-02-fishing.yaml").read_text("utf-8")


def test_a_second_build_changes_nothing(root: Path) -> None:
    build_site(root, today=TODAY, pages_only=True)
    before = contents(root)

    report = build_site(root, today=TODAY, pages_only=True)

    assert (report.facts_written, report.pages_written, report.pages_removed) == ((), 0, 0)
    assert contents(root) == before


def test_a_build_with_nothing_changed_makes_nothing(root: Path) -> None:
    first = build_site(root, today=TODAY)
    before = contents(root)

    report = build_site(root, today=TODAY)

    assert report.is_unchanged
    assert (report.articles, report.agreements, report.pages) == (first.articles, first.agreements, first.pages)
    assert contents(root) == before


@pytest.mark.parametrize(
    "path",
    [
        "seeds/facts/2026-03-02-fishing.yaml",
        "templates/start.md.j2",
        "templates/overrides/404.html",
        "mkdocs.yml",
        "site_src/method.md",
        "site_src/index.md",
        "site/index.html",
        "site/countries/nor/index.html",
    ],
)
def test_a_file_that_has_changed_is_noticed(root: Path, path: str) -> None:
    build_site(root, today=TODAY)
    site = contents(root / "site")
    (root / path).write_bytes((root / path).read_bytes() + b" ")

    report = build_site(root, today=TODAY)

    assert not report.is_unchanged
    assert contents(root / "site").keys() == site.keys()
    assert (root / "site/countries/nor/index.html").read_bytes() == site["countries/nor/index.html"]


def test_a_changed_report_of_the_last_build_is_noticed(root: Path) -> None:
    build_site(root, today=TODAY)
    path = root / ".pactbook-cache/last.json"
    path.write_text(path.read_text().replace('"articles": 1', '"articles": 9'))

    report = build_site(root, today=TODAY)

    assert (report.is_unchanged, report.articles) == (False, 1)


def test_another_day_or_a_lost_page_is_noticed(root: Path) -> None:
    build_site(root, today=TODAY)

    next_day = build_site(root, today=date(2026, 4, 1))
    (root / "site/method/index.html").unlink()
    again = build_site(root, today=date(2026, 4, 1))

    assert not next_day.is_unchanged
    assert not again.is_unchanged
    assert (root / "site/method/index.html").is_file()


ANOTHER = ARTICLE.replace("fishing", "energy").replace("Sweden", "Estonia").replace("Kari Nordmann", "Ola Nordmann")


def test_any_order_of_changes_gives_the_site_of_a_clean_build(root: Path) -> None:
    facts = root / "seeds/facts/2026-03-02-fishing.yaml"
    add_article(root, "2026-03-09-energy", ANOTHER)
    reused = []

    def edit() -> None:
        facts.write_text(facts.read_text("utf-8").replace("status: signed", "status: in-force"), "utf-8")

    for change in (
        lambda: None,
        lambda: remove_article(root, "2026-03-09-energy"),
        edit,
        lambda: add_article(root, "2026-03-20-energy", ANOTHER.replace("03-02", "03-20")),
        lambda: add_article(root, "2026-03-09-energy", ANOTHER),
        lambda: remove_article(root, "2026-03-02-fishing"),
    ):
        change()
        reused.append(build_site(root, today=TODAY).pages_reused)
        step_by_step = contents(root / "site")
        build_site(root, today=TODAY, cache=False)
        assert contents(root / "site") == step_by_step

    assert reused[0] == 0
    assert sum(reused) > 0


def test_two_builds_of_the_same_seeds_give_the_same_bytes(root: Path) -> None:
    build_site(root, today=TODAY)
    first = contents(root / "site")
    shutil.rmtree(root / "site")

    build_site(root, today=TODAY)

    second = contents(root / "site")
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path] and not path.endswith((".gz",))] == []


def test_pages_of_a_removed_article_are_removed(root: Path) -> None:
    build_site(root, today=TODAY, pages_only=True)
    before = set(contents(root / "site_src"))
    path = add_article(root, "2026-03-09-energy", ARTICLE.replace("fishing", "energy").replace("Sweden", "Estonia"))
    build_site(root, today=TODAY, pages_only=True)
    assert set(contents(root / "site_src")) > before
    path.unlink()
    (root / "seeds/facts/2026-03-09-energy.yaml").unlink()

    build_site(root, today=TODAY, pages_only=True)

    assert set(contents(root / "site_src")) == before


def test_a_check_says_which_pages_are_out_of_date_and_writes_nothing(root: Path) -> None:
    build_site(root, today=TODAY, pages_only=True)
    assert pages_up_to_date(root, today=TODAY) == ()
    add_article(root, "2026-03-09-energy", ARTICLE.replace("fishing", "energy"))
    before = contents(root)

    problems = pages_up_to_date(root, today=TODAY)

    assert "seeds/facts/2026-03-09-energy.yaml: is out of date. Run: pactbook build" in map(str, problems)
    assert contents(root) == before


def test_a_file_that_was_not_generated_is_never_overwritten(root: Path) -> None:
    build_site(root, today=TODAY, pages_only=True)
    page = next(path for path in contents(root / "site_src") if path.startswith("agreements/") and "index" not in path)
    shutil.rmtree(root / "site_src" / page.split("/")[0])
    (root / "site_src/.generated.json").unlink()
    own = root / "site_src" / page
    own.parent.mkdir(parents=True)
    own.write_text("My own words.\n")

    with pytest.raises(PactbookError, match="would be overwritten but was not generated"):
        build_site(root, today=TODAY, pages_only=True)

    assert own.read_text() == "My own words.\n"


def test_facts_that_contradict_their_article_stop_the_build_and_nothing_is_written(root: Path) -> None:
    build_site(root, today=TODAY)
    facts = root / "seeds/facts/2026-03-02-fishing.yaml"
    facts.write_text(facts.read_text("utf-8").replace("$12 million", "$99 million"), "utf-8")
    add_article(root, "2026-03-09-energy", ARTICLE.replace("fishing", "energy"))
    before = contents(root)

    with pytest.raises(PactbookError, match="Nothing was written"):
        build_site(root, today=TODAY)

    assert contents(root) == before


OVERRIDE = """\
  - kind: same
    facts: [{}]
    reason: They are.
    author: Kari Nordmann
    date: 2026-03-14
"""


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        pytest.param(
            "seeds/articles/2026-03-02-fishing.md",
            "---\ntitle: Another one\n---\nThey met in Oslo.\n",
            "seeds/articles/2026-03-02-fishing.md: gives the id '2026-03-02-fishing' that "
            "seeds/articles/2026-03-02-fishing.txt gives too. Rename one.",
            id="two files with one id",
        ),
        pytest.param(
            "seeds/articles/2026-03-02-fishing.txt",
            None,
            "seeds/facts/2026-03-02-fishing.yaml: article '2026-03-02-fishing' is not in seeds/articles",
            id="an article deleted under its facts",
        ),
        pytest.param(
            "seeds/facts/2026-03-09-energy.yaml",
            f"article: 2026-03-09-energy\nsha256: {'0' * 64}\nreader: rules-1\n",
            "seeds/facts/2026-03-09-energy.yaml: article '2026-03-09-energy' is not in seeds/articles",
            id="facts of no article",
        ),
        pytest.param(
            "seeds/overrides.yaml",
            "overrides:\n" + OVERRIDE.format("2026-03-02-fishing/a1, 2026-03-02-fishing/a9"),
            "seeds/overrides.yaml:2: overrides[0].facts[1] names nothing: "
            "seeds/facts/2026-03-02-fishing.yaml has no 'a9'.",
            id="an override of nothing",
        ),
        pytest.param(
            "seeds/overrides.yaml",
            "overrides:\n" + 2 * OVERRIDE.format("2026-03-02-fishing/p1, 2026-03-02-fishing/p1"),
            "seeds/overrides.yaml:2: overrides[0].facts[1] stands twice: '2026-03-02-fishing/p1'. Keep one.",
            id="an override in circles",
        ),
        pytest.param(
            "seeds/register.tsv", "fact\tx\n", "seeds/register.tsv:1: is no line of a register", id="a broken register"
        ),
    ],
)
def test_what_an_editor_must_mend_stops_the_build_and_nothing_is_written(
    root: Path, path: str, text: str | None, message: str
) -> None:
    build_site(root, today=TODAY, pages_only=True)
    add_article(root, "2026-03-20-energy", ARTICLE.replace("fishing", "energy"))
    if text is None:
        (root / path).unlink()
    else:
        (root / path).write_text(text, "utf-8")
    before = contents(root)

    with pytest.raises(PactbookError, match=re.escape(message)):
        build_site(root, today=TODAY, pages_only=True)

    assert contents(root) == before


def test_an_address_that_was_given_leads_on_after_a_change(root: Path) -> None:
    build_site(root, today=TODAY, pages_only=True)
    (old,) = [path for path in contents(root / "site_src/agreements") if path.startswith("nor-swe")]
    facts = root / "seeds/facts/2026-03-02-fishing.yaml"
    facts.write_text(facts.read_text("utf-8").replace("instrument: agreement", "instrument: treaty"), "utf-8")

    build_site(root, today=TODAY, pages_only=True)

    new = [path for path in contents(root / "site_src/agreements") if "treaty" in path]
    assert len(new) == 1
    moved = (root / "site_src/agreements" / old).read_text("utf-8")
    assert 'title: "Moved"' in moved
    assert new[0].removesuffix(".md") in moved


def test_an_article_that_cannot_be_read_does_not_stop_the_others(root: Path) -> None:
    add_article(root, "2026-03-09-empty", "")

    report = build_site(root, today=TODAY, pages_only=True)

    assert report.articles == 1
    assert [problem.path for problem in report.refused] == ["seeds/articles/2026-03-09-empty.txt"]


def test_facts_read_just_now_that_do_not_pass_the_check_cost_only_their_own_article() -> None:
    articles = [make_article(id=name, path=f"seeds/articles/{name}.txt") for name in ("a", "b")]
    wrong = make_facts(articles[1], countries=(make_country().model_copy(update={"country": "XXX"}),))

    accepted, problems = accept_new({one.id: one for one in articles}, [make_facts(articles[0]), wrong])

    assert list(accepted) == ["a"]
    assert {problem.path for problem in problems} == {"seeds/articles/b.txt"}
    assert all("the facts that were read do not pass the check: " in problem.message for problem in problems)


def test_a_fault_that_mkdocs_finds_leaves_the_old_site(root: Path) -> None:
    build_site(root, today=TODAY)
    before = contents(root / "site")
    (root / "site_src/method.md").write_text("[nowhere](does-not-exist.md)\n")

    with pytest.raises(PactbookError, match=r"does-not-exist\.md"):
        build_site(root, today=TODAY)

    assert contents(root / "site") == before
    assert not (root / "site.new").exists()


def test_a_folder_that_is_no_project_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(PactbookError, match=r"there is no mkdocs\.yml here\. Run pactbook in the project"):
        build_site(tmp_path, today=TODAY)


def test_of_an_article_in_another_language_only_countries_are_read_and_the_build_says_so(root: Path) -> None:
    sentence = "Berlin und Paris haben am Montag ein Abkommen unterzeichnet, sagte Minister Jan Vogel am Abend. "
    add_article(root, "2026-03-03-abkommen", " date 2026-03-03 Ein Abkommen\n\n" + sentence * 4)

    report = build_site(root, today=TODAY, pages_only=True)

    facts = (root / "seeds/facts/2026-03-03-abkommen.yaml").read_text("utf-8")
    assert [problem.path for problem in report.foreign] == ["seeds/articles/2026-03-03-abkommen.txt"]
    assert "does not seem to be English" in report.foreign[0].message
    assert "country: DEU" in facts
    assert "agreements: []" in facts or "agreements:" not in facts
    assert "Vogel" not in facts
