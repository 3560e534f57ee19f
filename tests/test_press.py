"""All PDFs of a project: which are printed, which are there, what happens where nothing can be printed."""

import io
import shutil
import sys
from datetime import date
from pathlib import Path

import pypdf
import pytest

from generator.build import build_site, print_page
from generator.cli import main
from generator.errors import PactbookError
from generator.press import FOLDER
from prints import TEMPLATES

TODAY = date(2026, 3, 31)


@pytest.fixture(name="root")
def _root(project: Path) -> Path:
    """A project of one article, with the project's own templates."""
    shutil.copytree(TEMPLATES.parent, project / "templates")
    shutil.copy(TEMPLATES.parent.parent / "mkdocs.yml", project)
    (project / "site_src").mkdir()
    return project


def test_a_build_prints_what_has_changed_links_it_and_takes_it_away_again(root: Path) -> None:
    folder = root / "site_src" / FOLDER

    first = build_site(root, today=TODAY, pages_only=True, paper="a4")
    again = build_site(root, today=TODAY, pages_only=True, paper="a4")
    (folder / "old.pdf").write_bytes(b"of an agreement that is no more")
    afresh = build_site(root, today=TODAY, pages_only=True, paper="a4", cache=False)
    linked = (root / "site_src" / "countries" / "nor.md").read_text("utf-8")
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))
    without = build_site(root, today=TODAY, pages_only=True)

    assert first.printed == len(files)
    assert (again.printed, again.printed_before) == (0, len(files))
    assert (afresh.printed, afresh.printed_before) == (len(files), 0)
    assert {"book.pdf", "countries/nor.pdf", "pairs/nor-swe.pdf"} <= set(files)
    assert 'href="../../downloads/briefings/countries/nor.pdf"' in linked
    assert (without.printed, folder.exists()) == (0, False)
    assert ".pdf" not in (root / "site_src" / "countries" / "nor.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "name", "file", "words"),
    [
        pytest.param("country", "nor", "countries/nor.pdf", "Country · NOR", id="country"),
        pytest.param("pair", "SWE-NOR", "pairs/nor-swe.pdf", "Pair of countries", id="pair in any order"),
        pytest.param("book", "", "book.pdf", "Agreements between countries", id="book"),
    ],
)
def test_what_is_named_is_printed(root: Path, kind: str, name: str, file: str, words: str) -> None:
    printed, pdf = print_page(root, kind, name, today=TODAY, paper="a4")

    assert printed == file
    assert words in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert not list((root / "site_src").iterdir())
    assert not list((root / "seeds").glob("facts/*"))


def test_the_book_is_bound_of_the_briefings_as_they_are(root: Path) -> None:
    _, book = print_page(root, "book", "", today=TODAY, paper="letter")
    _, one = print_page(root, "country", "NOR", today=TODAY, paper="letter")

    whole = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(book)).pages)

    assert all(
        line in whole for line in pypdf.PdfReader(io.BytesIO(one)).pages[0].extract_text().splitlines() if line.strip()
    )


def test_what_is_not_in_the_book_is_told(root: Path) -> None:
    with pytest.raises(PactbookError, match=r"there is no country 'XYZ' in the book"):
        print_page(root, "country", "XYZ", today=TODAY, paper="a4")


def test_the_command_writes_the_file_and_says_its_name(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out" / "x.pdf"

    with pytest.raises(SystemExit) as end:
        main(["--root", str(root), "print", "country", "NOR", "-o", str(target), "--today", "2026-03-31"])

    assert end.value.code == 0
    assert capsys.readouterr().out.strip() == target.as_posix()
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_without_the_engine_the_pages_are_built_and_one_line_says_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)  # as if it were not installed

    with pytest.raises(SystemExit) as end:
        main(["--root", str(root), "build", "--pages-only", "--pdf", "--today", "2026-03-31"])

    said = [line for line in capsys.readouterr().err.splitlines() if "install" in line]
    assert end.value.code == 0
    assert said == [
        "no PDF was printed: the packages typst and pikepdf are not both here. Run: pip install 'pactbook[print]'"
    ]
    assert (root / "site_src" / "countries" / "nor.md").exists()


def test_the_day_of_a_reproducible_build_is_its_today(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774915200")
    texts = []

    for name in ("one.pdf", "two.pdf"):
        with pytest.raises(SystemExit):
            main(["--root", str(root), "print", "country", "NOR", "-o", str(tmp_path / name)])
        texts.append((tmp_path / name).read_bytes())

    assert texts[0] == texts[1]
    assert (
        b"20260331" in texts[0] or "31\u00a0March 2026" in pypdf.PdfReader(io.BytesIO(texts[0])).pages[0].extract_text()
    )
