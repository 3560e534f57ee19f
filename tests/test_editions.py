"""States of the book to compare with: a revision of git, a folder, and what is neither."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.articles import read_articles
from generator.build import CACHE, gather
from generator.cache import Store
from generator.diff import compare
from generator.editions import Corrected, author_of, earlier, edition_of
from generator.errors import PactbookError
from generator.facts import accepted, facts_path, read_facts, write_facts
from generator.model import Action, ArticleId, Cause, Kind
from helpers import make_facts

ID = ArticleId("2026-03-02-fishing-pact")


def git(project: Path, *arguments: str) -> None:
    named = {"GIT_AUTHOR_NAME": "Kari", "GIT_AUTHOR_EMAIL": "k@example.org"}
    named |= {"GIT_COMMITTER_NAME": "Kari", "GIT_COMMITTER_EMAIL": "k@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True, env={**os.environ, **named})


@pytest.fixture(name="repository_of_facts")
def _repository_of_facts(project: Path) -> Path:
    """A project in git, whose facts are those of `helpers.make_facts`."""
    write_facts(make_facts(read_articles(project)[0][0]), project)
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "seeds")
    git(project, "commit", "-q", "-m", "Begin")
    return project


def test_a_revision_is_read_as_it_was_committed(repository_of_facts: Path) -> None:
    root = repository_of_facts
    (root / facts_path(ID)).unlink()
    (root / "seeds/articles/2026-03-02-fishing-pact.txt").write_text(" date 2026-03-02 Other\nOther.")

    with earlier(root, "HEAD") as old:
        assert old.name.startswith("HEAD (")
        assert old.edition.book.articles[ID].title == "Norway and Sweden sign a fishing pact"
        assert old.edition.book.facts[ID].agreements == make_facts().agreements
        assert ID not in old.edition.corrected


def test_a_project_below_the_repository_is_found(repository_of_facts: Path, tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    shutil.copytree(tmp_path / "seeds", below / "seeds")
    git(tmp_path, "add", "below")
    git(tmp_path, "commit", "-q", "-m", "Go below")

    with earlier(below, "HEAD") as old:
        assert list(old.edition.book.articles) == [ID]


def test_a_folder_is_read_as_it_is(repository_of_facts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(tmp_path / "seeds", other / "seeds")
    article = other / "seeds/articles/2026-03-02-fishing-pact.txt"
    article.rename(article.with_name("2026-03-02-renamed.txt"))
    shutil.rmtree(other / "seeds/facts")

    with earlier(repository_of_facts, str(other)) as old:
        assert list(old.edition.book.articles) == ["2026-03-02-renamed"]
        assert old.name == str(other)


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD~9", "", "HEAD:seeds"])
def test_what_is_neither_folder_nor_revision_is_refused(repository_of_facts: Path, name: str) -> None:
    with (
        pytest.raises(PactbookError, match=r"is no folder that holds seeds/articles, and no revision of git"),
        earlier(repository_of_facts, name),
    ):
        pytest.fail("there is no such state")


def test_a_revision_without_seeds_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Nothing")

    with pytest.raises(PactbookError, match="seeds"), earlier(tmp_path, "HEAD"):
        pytest.fail("there are no seeds")


def test_without_git_the_remedy_is_told(repository_of_facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with (
        pytest.raises(PactbookError, match=r"git: cannot be run.*Install it, or name a folder"),
        earlier(repository_of_facts, "HEAD"),
    ):
        pytest.fail("git is not there")
    assert author_of(repository_of_facts) is None


def test_the_problems_of_an_earlier_state_are_told_as_its_own(repository_of_facts: Path) -> None:
    root = repository_of_facts
    path = root / facts_path(ID)
    path.write_text(path.read_text().replace("status: signed", "status: sgined"))
    git(root, "commit", "-q", "-a", "-m", "Break")

    with pytest.raises(PactbookError) as refused, earlier(root, "HEAD"):
        pytest.fail("it cannot be read")

    assert str(refused.value).startswith(f"HEAD:seeds/facts/{ID}.yaml:")
    assert "HEAD (" in str(refused.value)


def test_facts_that_a_person_has_touched_are_known(repository_of_facts: Path) -> None:
    root = repository_of_facts
    path = root / facts_path(ID)
    known = Corrected(root)
    before = ID in known
    text = path.read_text()
    path.write_text(accepted(text, read_facts(path, root), "Kari", "2026-04-02"))

    assert not before
    assert ID in known
    assert "no-such" not in known


def test_the_name_that_git_knows_is_the_author(repository_of_facts: Path) -> None:
    git(repository_of_facts, "config", "user.name", "Kari Nordmann")

    assert author_of(repository_of_facts) == "Kari Nordmann"


def test_the_present_state_is_that_of_the_folder(repository_of_facts: Path) -> None:
    edition = edition_of(repository_of_facts)

    assert [one.status for one in edition.book.agreements] == ["signed"]


def test_both_states_are_published_as_the_project_says(repository_of_facts: Path) -> None:
    root = repository_of_facts
    (root / "mkdocs.yml").write_text("plugins:\n  - pactbook:\n      publish: accepted\n")
    path = root / facts_path(ID)
    path.write_text(accepted(path.read_text(), read_facts(path, root), "Kari", "2026-04-02"))

    with earlier(root, "HEAD") as old:
        changes = compare(old.edition, edition_of(root))

    assert old.edition.book.agreements == ()
    assert [(one.action, one.cause) for one in changes if one.kind is Kind.AGREEMENT] == [
        (Action.ADDED, Cause.CURATION)
    ]


def test_facts_that_a_build_has_kept_are_not_read_again(repository_of_facts: Path) -> None:
    root = repository_of_facts
    store = Store(root / CACHE / "facts")
    gather(root, kept=store)
    store.commit()

    edition = edition_of(root)

    assert edition.book == gather(root).book
