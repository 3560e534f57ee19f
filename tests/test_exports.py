"""Data files: what is written can be read again, nothing runs in a spreadsheet, and each column is described."""

import csv
import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from generator.exports import AGREEMENT_COLUMNS, ARTICLE_COLUMNS, make_exports, safe_cell
from generator.model import ArticleFacts, Book, Qualifier
from generator.resolve import resolve
from helpers import make_article, make_fact, make_facts, make_item, make_money, make_place

DATA_PAGE = Path(__file__).resolve().parent.parent / "site_src" / "data.md"
TODAY = date(2026, 7, 1)


def book_of(facts: ArticleFacts, **changes: str) -> Book:
    article = make_article(**changes)
    return resolve({article.id: article}, {article.id: facts})


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture(name="files", scope="module")
def _files() -> dict[str, str]:
    """The data files of one agreement with everything that has a column."""
    fact = make_fact(values=(make_money(qualifier=Qualifier.MORE),), items=(make_item(),), place=make_place(), count=0)
    return make_exports(book_of(make_facts(agreements=(fact,))), today=TODAY)


def test_an_agreement_is_one_line_of_text_codes_and_figures(files: dict[str, str]) -> None:
    row = rows_of(files["agreements.csv"])[0]

    assert tuple(row) == AGREEMENT_COLUMNS
    assert row["parties"] == "NOR; SWE"
    assert (row["amount"], row["currency"], row["qualifier"]) == ("12000000", "USD", ">")
    assert (row["instrument"], row["status"], row["areas"], row["bundle_count"]) == ("agreement", "signed", "food", "0")
    assert (row["items"], row["place"], row["articles"]) == ("fishing", "Bergen", "2026-03-02-fishing-pact")
    assert row["sentence"].startswith("On Monday, Norwegian Fisheries Minister")


def test_an_article_is_one_line(files: dict[str, str]) -> None:
    row = rows_of(files["articles.csv"])[0]

    assert tuple(row) == ARTICLE_COLUMNS
    assert row["id"] == "2026-03-02-fishing-pact"
    assert (row["outlet"], row["url"], row["review"]) == ("The Fjord Herald", "", "proposed")
    assert row["sha256"] == make_article().sha256


def test_the_full_agreements_hold_their_statements_with_evidence(files: dict[str, str]) -> None:
    told = json.loads(files["agreements.json"])

    assert told["as_of"] == "2026-07-01"
    one = told["agreements"][0]
    assert [party["name"] for party in one["parties"]] == ["Norway", "Sweden"]
    assert one["values"][0]["amount"] == "12000000"
    evidence = one["statements"][0]["status_evidence"]
    assert make_article().text[evidence["start"] : evidence["end"]] == evidence["exact"]


def test_facts_can_be_read_again_as_they_were(files: dict[str, str]) -> None:
    facts = make_facts()
    lines = make_exports(book_of(facts), today=TODAY)["facts.jsonl"].splitlines()

    assert [ArticleFacts.model_validate_json(line) for line in lines] == [facts]


def test_checksums_are_those_of_all_other_files_as_sha256sum_reads_them(files: dict[str, str]) -> None:
    listed = {line[66:]: line[:64] for line in files["SHA256SUMS"].splitlines()}

    assert listed == {
        path: hashlib.sha256(text.encode()).hexdigest() for path, text in files.items() if path != "SHA256SUMS"
    }


@pytest.mark.parametrize(
    "title",
    [
        pytest.param('A "quoted", title; with\nlines', id="marks and lines"),
        pytest.param("=HYPERLINK(1)", id="formula"),
        pytest.param("+1", id="plus"),
        pytest.param("-1", id="minus"),
        pytest.param("@SUM", id="at"),
        pytest.param("\tx", id="tab"),
        pytest.param("＝1", id="full width"),
        pytest.param("'already", id="apostrophe"),
        pytest.param("plain", id="plain"),
        pytest.param("漢字 — ₹", id="other scripts"),
    ],
)
def test_a_cell_comes_back_as_it_was_and_never_starts_a_formula(title: str) -> None:
    files = make_exports(book_of(make_facts(), outlet=title), today=TODAY)

    cell = rows_of(files["articles.csv"])[0]["outlet"]

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert cell == safe_cell(title)
    assert cell in (title, f"'{title}")


def test_an_empty_book_gives_files_with_headers_only() -> None:
    files = make_exports(resolve({}, {}), today=TODAY)

    assert files["agreements.csv"] == ",".join(AGREEMENT_COLUMNS) + "\r\n"
    assert files["articles.csv"] == ",".join(ARTICLE_COLUMNS) + "\r\n"
    assert files["facts.jsonl"] == ""


# -- the page that describes them ---------------------------------------------------------------------


def section(anchor: str) -> str:
    """A section of the page about data."""
    text = DATA_PAGE.read_text("utf-8")
    return text.partition(f"{{ #{anchor} }}")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("anchor", "columns"),
    [
        pytest.param("agreements-csv", AGREEMENT_COLUMNS, id="agreements.csv"),
        pytest.param("articles-csv", ARTICLE_COLUMNS, id="articles.csv"),
    ],
)
def test_every_column_is_described_in_its_order_and_none_that_is_not_there(
    anchor: str, columns: tuple[str, ...]
) -> None:
    described = re.findall(r"^\| `(\w+)` \| \S", section(anchor), re.MULTILINE)

    assert tuple(described) == columns


def test_every_file_is_linked_and_none_that_is_not_there(files: dict[str, str]) -> None:
    linked = re.findall(r"\]\(downloads/([^)]+)\)", DATA_PAGE.read_text("utf-8"))

    assert sorted(linked) == sorted(files)


def test_every_key_of_a_line_of_facts_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", section("facts-jsonl")))

    assert set(ArticleFacts.model_fields) <= described
