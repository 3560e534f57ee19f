"""Fixtures that several rooms' tests share, and the option that rewrites golden files."""

from pathlib import Path

import pytest

from helpers import BODY, TITLE


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files of golden tests")


@pytest.fixture(name="update_golden")
def _update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(name="repository", scope="session")
def _repository() -> Path:
    """The folder of this repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """A project whose seeds hold one article, that of `helpers.make_article`, and no facts."""
    folder = tmp_path / "seeds" / "articles"
    folder.mkdir(parents=True)
    (folder / "2026-03-02-fishing-pact.txt").write_bytes(f" date 2026-03-02 {TITLE}\n{BODY}".encode())
    return tmp_path
