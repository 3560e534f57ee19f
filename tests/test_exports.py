"""Data files: what is written can be read again, nothing runs in a spreadsheet, and each column is described."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from generator.exports import AGREEMENT_COLUMNS, ARTICLE_COLUMNS, TABLES, Table, make_exports, safe_cell
from generator.model import AgreementFact, ArticleFacts, Book, Qualifier, Role
from generator.resolve import resolve
from helpers import make_article, make_fact, make_facts, make_item, make_money, make_party, make_place

DATA_PAGE = Path(__file__).resolve().parent.parent / "site_src" / "data.md"
TODAY = date(2026, 7, 1)


def book_of(facts: ArticleFacts, **changes: str) -> Book:
    article = make_article(**changes)
    return resolve({article.id: article}, {article.id: facts})


def rows_of(text: str | bytes) -> list[dict[str, str]]:
    assert isinstance(text, str)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture(name="files", scope="module")
def _files() -> dict[str, str | bytes]:
    """The data files of one agreement with everything that has a column."""
    fact = make_fact(values=(make_money(qualifier=Qualifier.MORE),), items=(make_item(),), place=make_place(), count=0)
    return make_exports(book_of(make_facts(agreements=(fact,))), today=TODAY)


def test_an_agreement_is_one_line_of_text_codes_and_figures(files: dict[str, str | bytes]) -> None:
    row = rows_of(files["agreements.csv"])[0]

    assert tuple(row) == AGREEMENT_COLUMNS
    assert row["parties"] == "NOR; SWE"
    assert (row["amount"], row["currency"], row["qualifier"]) == ("12000000", "USD", ">")
    assert (row["instrument"], row["status"], row["areas"], row["bundle_count"]) == ("agreement", "signed", "food", "0")
    assert (row["items"], row["place"], row["articles"]) == ("fishing", "Bergen", "2026-03-02-fishing-pact")
    assert row["sentence"].startswith("On Monday, Norwegian Fisheries Minister")


def test_an_article_is_one_line(files: dict[str, str | bytes]) -> None:
    row = rows_of(files["articles.csv"])[0]

    assert tuple(row) == ARTICLE_COLUMNS
    assert row["id"] == "2026-03-02-fishing-pact"
    assert (row["outlet"], row["url"], row["review"]) == ("The Fjord Herald", "", "proposed")
    assert row["sha256"] == make_article().sha256


def test_the_full_agreements_hold_their_statements_with_evidence(files: dict[str, str | bytes]) -> None:
    told = json.loads(files["agreements.json"])

    assert told["as_of"] == "2026-07-01"
    one = told["agreements"][0]
    assert [party["name"] for party in one["parties"]] == ["Norway", "Sweden"]
    assert one["values"][0]["amount"] == "12000000"
    evidence = one["statements"][0]["status_evidence"]
    assert make_article().text[evidence["start"] : evidence["end"]] == evidence["exact"]


def test_facts_can_be_read_again_as_they_were(files: dict[str, str | bytes]) -> None:
    facts = make_facts()
    lines = str(make_exports(book_of(facts), today=TODAY)["facts.jsonl"]).splitlines()

    assert [ArticleFacts.model_validate_json(line) for line in lines] == [facts]


def test_checksums_are_those_of_all_other_files_as_sha256sum_reads_them(files: dict[str, str | bytes]) -> None:
    listed = {line[66:]: line[:64] for line in str(files["SHA256SUMS"]).splitlines()}

    assert listed == {
        path: hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
        for path, content in files.items()
        if path != "SHA256SUMS"
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


# -- tables ------------------------------------------------------------------------------------------


def database_of(files: dict[str, str | bytes]) -> sqlite3.Connection:
    content = files["book.sqlite"]
    assert isinstance(content, bytes)
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    return database


def order_of(fact: AgreementFact) -> dict[str, str]:
    return rows_of(make_exports(book_of(make_facts(agreements=(fact,))), today=TODAY)["orders.csv"])[0]


def test_the_database_holds_the_rows_of_every_table(files: dict[str, str | bytes]) -> None:
    with database_of(files) as database:
        counts = {
            table.name: database.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608
            for table in TABLES
        }

    assert counts == {table.name: len(rows_of(files[f"{table.name}.csv"])) for table in TABLES}
    assert counts["steps"] == counts["money"] == counts["items"] == 1


def test_the_database_can_be_asked_across_tables(files: dict[str, str | bytes]) -> None:
    question = (
        "SELECT articles.outlet, money.amount FROM money JOIN articles ON articles.id = money.article "
        "JOIN agreements ON agreements.id = money.agreement WHERE money.currency = ?"
    )

    with database_of(files) as database:
        rows = database.execute(question, ("USD",)).fetchall()

    assert rows == [("The Fjord Herald", 12000000)]


def test_the_database_says_nothing_where_an_article_does() -> None:
    files = make_exports(book_of(make_facts(), outlet="=1+1"), today=TODAY)

    with database_of(files) as database:
        row = database.execute("SELECT outlet, url FROM articles").fetchone()

    assert row == ("=1+1", None)


def test_the_same_book_gives_the_same_bytes() -> None:
    book = book_of(make_facts())

    assert make_exports(book, today=TODAY) == make_exports(book, today=TODAY)


def test_an_order_names_supplier_recipient_and_a_number_in_brackets_where_it_is_hedged() -> None:
    fact = make_fact(
        parties=(make_party(role=Role.SUPPLIER), make_party("SWE", "Swedish", role=Role.RECIPIENT)),
        items=(make_item(category="ships", quantity="2", qualifier=Qualifier.ABOUT),),
        values=(make_money(),),
    )

    order = order_of(fact)

    assert (order["supplier"], order["recipient"], order["number_ordered"]) == ("Norway", "Sweden", "(2)")
    assert (order["category"], order["value"], order["in_sipri_scope"]) == ("Ships", "USD 12000000", "yes")


def test_an_order_whose_supplier_is_not_told_gives_the_parties_in_brackets_and_dots_for_the_unknown() -> None:
    fact = make_fact(items=(make_item(category="assault-rifles"),))

    order = order_of(fact)

    assert order["supplier"] == order["recipient"] == "(Norway; Sweden)"
    assert (order["number_ordered"], order["value"], order["in_sipri_scope"]) == ("..", "..", "no")


def test_the_package_describes_each_table_with_its_checksum(files: dict[str, str | bytes]) -> None:
    package = json.loads(files["datapackage.json"])

    listed = dict(line.split("  ")[::-1] for line in str(files["SHA256SUMS"]).splitlines())
    assert [one["path"] for one in package["resources"]] == [f"{table.name}.csv" for table in TABLES]
    for resource in package["resources"]:
        header = str(files[resource["path"]]).partition("\r\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert resource["hash"] == f"sha256:{listed[resource['path']]}"


# -- the page that describes them ---------------------------------------------------------------------


def section(anchor: str) -> str:
    """A section of the page about data."""
    text = DATA_PAGE.read_text("utf-8")
    return text.partition(f"{{ #{anchor} }}")[2].partition("\n## ")[0]


@pytest.mark.parametrize("table", [pytest.param(table, id=table.name) for table in TABLES])
def test_every_column_is_described_in_its_order_and_none_that_is_not_there(table: Table) -> None:
    described = re.findall(r"^\| `(\w+)` \| \S", section(f"{table.name}-csv"), re.MULTILINE)

    assert tuple(described) == tuple(column.name for column in table.columns)


def test_every_file_is_linked_and_none_that_is_not_there(files: dict[str, str | bytes]) -> None:
    linked = re.findall(r"\]\(downloads/([^)]+)\)", DATA_PAGE.read_text("utf-8"))

    assert sorted(linked) == sorted(files)


def test_every_key_of_a_line_of_facts_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", section("facts-jsonl")))

    assert set(ArticleFacts.model_fields) <= described
