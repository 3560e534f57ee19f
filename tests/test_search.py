"""The search index: the same from the same pages, kept while no page changes, told plainly where it cannot be made."""

import gzip
import json
from pathlib import Path

import pytest

from generator.cache import Store
from generator.errors import PactbookError
from generator.search import FOLDER, add_index, program

PAGE = """<html lang="en"><head>{facets}</head><body><article data-pagefind-body><h1 id="top">{title}</h1>
<p>{text}</p><p data-search-exclude>As of today</p></article></body></html>"""
COUNTRIES = ("Chile", "Iceland", "Kenya", "Laos", "Norway", "Peru")


def facet(name: str, value: str) -> str:
    return f'<meta data-pagefind-filter="{name}[content]" content="{value}">'


@pytest.fixture(name="tool")
def _tool() -> Path:
    found = program()
    assert found is not None
    return found


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Path:
    """Pages of several countries, kinds and years: filters enough to come in many orders."""
    site = tmp_path / "site"
    for number, country in enumerate(COUNTRIES):
        facets = "".join(
            [
                facet("country", country),
                facet("country", "Egypt"),
                facet("kind", "Agreement"),
                facet("year", f"202{number}"),
            ]
        )
        (site / country.lower()).mkdir(parents=True)
        page = PAGE.format(facets=facets, title=f"Pact of {country}", text="Signed in Bergen.")
        (site / country.lower() / "index.html").write_text(page, "utf-8")
    return site


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in (site / FOLDER).rglob("*") if path.is_file()
    }


def indexed(site: Path, tool: Path, cache: Path) -> bool:
    """Whether the index was made anew."""
    store = Store(cache)
    made = add_index(site, tool, store=store)
    store.commit()
    return made


def test_the_same_pages_give_the_same_index(site: Path, tool: Path) -> None:
    add_index(site, tool, store=None)
    first = files(site)
    for path in sorted((site / FOLDER).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    add_index(site, tool, store=None)

    assert len(first) > 8
    assert files(site) == first


def test_the_index_holds_what_pages_load_and_no_box_of_its_own(site: Path, tool: Path) -> None:
    add_index(site, tool, store=None)

    made = files(site)
    entry = json.loads(made["pagefind/pagefind-entry.json"])
    assert entry["languages"]["en"]["page_count"] == len(COUNTRIES)
    assert f"pagefind/pagefind.{entry['languages']['en']['hash']}.pf_meta" in made
    assert not [path for path in made if path.endswith((".css", "ui.js", "highlight.js"))]


def test_what_is_not_to_be_searched_is_not_in_the_index(site: Path, tool: Path) -> None:
    add_index(site, tool, store=None)

    fragments = [gzip.decompress(data) for path, data in files(site).items() if "/fragment/" in path]
    assert len(fragments) == len(COUNTRIES)
    assert all(b"Signed in Bergen" in text and b"As of today" not in text for text in fragments)


def test_an_index_of_unchanged_pages_is_taken_from_the_cache(site: Path, tool: Path, tmp_path: Path) -> None:
    first = indexed(site, tool, tmp_path / "cache")
    before = files(site)
    for path in sorted((site / FOLDER).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    second = indexed(site, tool, tmp_path / "cache")

    assert (first, second) == (True, False)
    assert files(site) == before


def test_a_changed_page_makes_the_index_again(site: Path, tool: Path, tmp_path: Path) -> None:
    indexed(site, tool, tmp_path / "cache")
    before = files(site)
    page = site / "peru" / "index.html"
    page.write_text(page.read_text("utf-8").replace("Bergen", "Lima"), "utf-8")

    made = indexed(site, tool, tmp_path / "cache")

    assert made
    assert files(site) != before


def test_a_damaged_file_of_a_kept_index_makes_it_again(site: Path, tool: Path, tmp_path: Path) -> None:
    indexed(site, tool, tmp_path / "cache")
    before = files(site)
    kept = sorted((tmp_path / "cache" / "files").rglob("*/*"))
    kept[0].unlink()
    kept[0].write_bytes(b"")

    made = indexed(site, tool, tmp_path / "cache")

    assert made
    assert files(site) == before


def test_a_program_that_fails_is_told_with_its_words(site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho no room >&2\nexit 3\n")
    broken.chmod(0o755)

    with pytest.raises(PactbookError, match="Pagefind could not make the search index: no room"):
        add_index(site, broken, store=None)


def test_a_program_that_is_not_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nowhere"))

    assert program() is None
