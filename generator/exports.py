"""The book as data files: JSON, JSON Lines, CSV, SQLite and a description of them all, with checksums. Pure; no disk.

Each table is defined once, with the type and the meaning of its columns; CSV, SQLite and `datapackage.json`
(Frictionless Data Package v1) are made of that. CSV follows RFC 4180 with a header line. A cell that a spreadsheet
would run as a formula gets an apostrophe before it, as spreadsheets themselves write text; taking one leading
apostrophe away restores it (OWASP, CSV injection).
"""

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.codes import categories, party_name
from generator.model import Agreement, Book, Item, Money, Role, Sourced

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_UNKNOWN = ".."  # SIPRI's mark for what is not known
_APPLICATION = 0x50616374  # "Pact", the application id in the head of the database
_GIVING = frozenset({Role.SUPPLIER, Role.LICENSOR, Role.LENDER, Role.DONOR})
_TAKING = frozenset({Role.RECIPIENT, Role.LICENSEE, Role.BORROWER})

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    meaning: str
    type: str = "string"  # of Frictionless Table Schema: string, integer, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: what its columns mean and how its rows are got from the book."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Book], Iterable[Sequence[Cell]]]


def make_exports(book: Book, *, today: date, changes: Sequence[Mapping[str, object]] = ()) -> dict[str, str | bytes]:
    """Make the data files of the book.

    Args:
        changes: What changed, the newest first: flat values by name.

    Returns:
        Content by path below the folder of downloads, in the order of the paths; `SHA256SUMS` covers all others.
    """
    rows = {table.name: [tuple(row) for row in table.rows(book)] for table in TABLES}
    files: dict[str, str | bytes] = {
        **{f"{table.name}.csv": _csv(table, rows[table.name]) for table in TABLES},
        "agreements.json": _json(
            {"as_of": today.isoformat(), "agreements": [_agreement_object(one) for one in book.agreements]}
        ),
        "book.sqlite": _database(rows),
        "changes.json": _json({"as_of": today.isoformat(), "changes": list(changes)}),
        "facts.jsonl": "".join(facts.model_dump_json(exclude_none=True) + "\n" for facts in book.facts.values()),
    }
    files["datapackage.json"] = _json(_package(files, today))
    files = dict(sorted(files.items()))
    sums = "".join(f"{_sha256(content)}  {path}\n" for path, content in files.items())
    return {"SHA256SUMS": sums, **files}


def safe_cell(text: str) -> str:
    """Text for a spreadsheet: unchanged, or with an apostrophe before it where it would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


# -- rows ---------------------------------------------------------------------------------------------


def _agreement_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.agreements:
        money = one.values[0].value if one.values else None
        yield (
            one.id,
            one.title,
            "; ".join(one.parties),
            "; ".join(one.other_parties),
            one.instrument.value,
            one.status.value,
            _first(said.value.date for said in one.concluded),
            _first(said.value.date for said in one.due),
            _first(said.value.ends for said in one.terms),
            "; ".join(area.value for area in one.areas),
            one.count,
            f"{money.amount:f}" if money else None,
            money.currency if money else None,
            money.qualifier.value if money else None,
            "; ".join(item.value.evidence.exact for item in one.items),
            _first(place.value.name for place in one.places),
            "; ".join(sorted({statement.article for statement in one.statements})),
            one.statements[-1].fact.status_evidence.exact,
        )


def _article_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.articles.values():
        yield (
            one.id,
            one.published,
            one.title,
            one.outlet,
            one.url,
            one.sha256,
            book.facts[one.id].review.state.value,
            book.copies.get(one.id),
        )


def _step_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.agreements:
        for number, step in enumerate(one.steps, start=1):
            yield (
                one.id,
                number,
                step.status.value,
                step.date,
                step.basis.value,
                step.realis.certainty.value,
                "; ".join(mode.value for mode in step.realis.modes),
                "; ".join(source.name for source in step.attribution),
                step.article,
                step.evidence.exact,
                step.evidence.start,
                step.evidence.end,
            )


def _party_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.agreements:
        seen: dict[str, Role] = {}
        for statement in one.statements:
            for party in statement.fact.parties:
                key = party.code or party.name
                if seen.get(key, Role.PARTY) is Role.PARTY:
                    seen[key] = party.role
        for code in one.parties:
            yield one.id, code, party_name(code), seen.get(code, Role.PARTY).value
        for name in one.other_parties:
            yield one.id, None, name, seen.get(name, Role.PARTY).value


def _money_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.agreements:
        for said in one.values:
            money = said.value
            yield (
                one.id,
                f"{money.amount:f}",
                f"{money.high:f}" if money.high is not None else None,
                money.currency,
                money.qualifier.value,
                money.kind.value,
                said.article,
                money.evidence.exact,
            )


def _item_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.agreements:
        for said in one.items:
            item = said.value
            yield (
                one.id,
                item.designation,
                item.description,
                f"{item.quantity:f}" if item.quantity is not None else None,
                f"{item.high:f}" if item.high is not None else None,
                item.qualifier.value,
                item.unit,
                item.category,
                said.article,
                item.evidence.exact,
            )


def _person_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.persons:
        offices = dict.fromkeys(said.value.office for said in one.statements if said.value.office)
        articles = sorted({said.article for said in one.statements})
        yield one.id, one.name, "; ".join(one.variants), one.country, "; ".join(offices), "; ".join(articles)


def _quotation_rows(book: Book) -> Iterator[Sequence[Cell]]:
    for one in book.quotations:
        words = one.fact.evidence
        yield one.article, one.fact.id, one.fact.speaker, one.person, words.exact, words.start, words.end


def _order_rows(book: Book) -> Iterator[Sequence[Cell]]:
    """Lines of equipment in the order of the columns of SIPRI's trade registers, and what SIPRI leaves out."""
    known = {category.code: category for category in categories().values()}
    for one in book.agreements:
        for said in one.items:
            category = known.get(said.value.category or "")
            if category is not None:
                yield (
                    _side(one, _GIVING),
                    _side(one, _TAKING),
                    _number(said.value),
                    said.value.designation or _UNKNOWN,
                    said.value.description or _UNKNOWN,
                    category.name,
                    _first(said.value.date[:4] for said in one.concluded) or _UNKNOWN,
                    one.status.value,
                    _worth(one, said),
                    "yes" if category.in_sipri_scope else "no",
                    one.id,
                    said.article,
                    said.value.evidence.exact,
                )


def _side(agreement: Agreement, roles: frozenset[Role]) -> str:
    """Who supplies or receives, as far as an article says so; brackets where it is only known who the parties are."""
    told = (party for statement in agreement.statements for party in statement.fact.parties if party.role in roles)
    names = dict.fromkeys(party_name(party.code) if party.code else party.name for party in told)
    if names:
        return "; ".join(names)
    return f"({'; '.join(party_name(code) for code in agreement.parties)})" if agreement.parties else _UNKNOWN


def _number(item: Item) -> str:
    """How many: SIPRI puts an uncertain number in brackets."""
    if item.quantity is None:
        return _UNKNOWN
    number = f"{item.quantity:f}" + (f"–{item.high:f}" if item.high is not None else "")
    return number if item.qualifier.value == "=" and item.high is None else f"({number})"


def _worth(agreement: Agreement, said: Sourced[Item]) -> str:
    """What the same article gives as the agreement's first value."""
    money = next((one.value for one in agreement.values if one.article == said.article), None)
    return f"{money.currency} {money.amount:f}" if money is not None else _UNKNOWN


def _first(texts: Iterable[str | None]) -> str | None:
    return next((text for text in texts if text), None)


# -- tables -------------------------------------------------------------------------------------------

_AGREEMENT = Column("agreement", "id of the agreement, in agreements.csv")
_ARTICLE = Column("article", "id of the article, in articles.csv")
_SENTENCE = Column("words", "the words of the article, verbatim")

TABLES = (
    Table(
        name="agreements",
        title="Agreements, one line each",
        rows=_agreement_rows,
        columns=(
            Column("id", "stays the same as long as the agreement is known"),
            Column("title", "descriptive, made of an article's words"),
            Column("parties", "ISO 3166-1 alpha-3 codes of countries (XKX: Kosovo) and short names of organizations"),
            Column("other_parties", "parties without a code, as named: companies, regions, armed groups"),
            Column("instrument", "the form it takes"),
            Column("status", "where it stands"),
            Column("concluded", "date of signature or conclusion: year, month or day"),
            Column("due", "when it is expected to be concluded"),
            Column("term_ends", "when it ends by its term"),
            Column("areas", "what it is about"),
            Column("bundle_count", "how many agreements the line stands for; 0: several; empty: one", "integer"),
            Column("amount", "the first value, in units of the currency; never converted", "number"),
            Column("currency", "ISO 4217 code of the amount"),
            Column("qualifier", "how the article hedges the amount: = ~ > >= < <="),
            Column("items", "equipment and goods, in the articles' words"),
            Column("place", "where it was or will be concluded or carried out, as named"),
            Column("articles", "the articles that speak of it"),
            Column("sentence", "the words of the newest article that decide the status, verbatim"),
        ),
    ),
    Table(
        name="articles",
        title="Articles that were read, one line each",
        rows=_article_rows,
        columns=(
            Column("id", "name of the article on this site"),
            Column("published", "its date; empty: it gives none"),
            Column("title", "as published"),
            Column("outlet", "who published it"),
            Column("url", "its address elsewhere"),
            Column("sha256", "checksum of the file that was read"),
            Column("review", "accepted: a person has read the facts beside the article; proposed: machine-read"),
            Column("copy_of", "the article whose text this one reprints; empty: none"),
        ),
    ),
    Table(
        name="steps",
        title="Steps in the life of each agreement",
        rows=_step_rows,
        columns=(
            _AGREEMENT,
            Column("number", "place among the steps of the agreement, the oldest is 1", "integer"),
            Column("status", "where the agreement stood"),
            Column("date", "year, month or day of the step, or of the report"),
            Column("date_basis", "how the date was got; report: it is the article's own"),
            Column("certainty", "how certain the innermost source is"),
            Column("modes", "future, conditional, negated and so on; empty: said to be so"),
            Column("attribution", "who says so, the outermost first; empty: the outlet itself"),
            _ARTICLE,
            _SENTENCE,
            Column("start", "first character of the words in the article's text, from 0", "integer"),
            Column("end", "the character behind the words", "integer"),
        ),
    ),
    Table(
        name="parties",
        title="Parties of each agreement",
        rows=_party_rows,
        columns=(
            _AGREEMENT,
            Column("code", "alpha-3 code or short name; empty: none"),
            Column("name", "the name of the party"),
            Column("role", "supplier, recipient and so on; party: the articles do not say more"),
        ),
    ),
    Table(
        name="money",
        title="Every figure in money that an article reports of an agreement",
        rows=_money_rows,
        columns=(
            _AGREEMENT,
            Column("amount", "in units of the currency; never converted", "number"),
            Column("high", "upper end of a range; empty: no range", "number"),
            Column("currency", "ISO 4217 code"),
            Column("qualifier", "how the article hedges it: = ~ > >= < <="),
            Column("kind", "what it is: value, contract, estimate, loan and so on"),
            _ARTICLE,
            _SENTENCE,
        ),
    ),
    Table(
        name="items",
        title="Equipment and goods of each agreement",
        rows=_item_rows,
        columns=(
            _AGREEMENT,
            Column("designation", "the name of the model"),
            Column("description", "what it is"),
            Column("quantity", "how many", "number"),
            Column("high", "upper end of a range; empty: no range", "number"),
            Column("qualifier", "how the article hedges the quantity"),
            Column("unit", "what is counted; empty: pieces"),
            Column("category", "code of the category of equipment; empty: none"),
            _ARTICLE,
            _SENTENCE,
        ),
    ),
    Table(
        name="orders",
        title="Military equipment in the order of the columns of SIPRI's trade registers",
        rows=_order_rows,
        columns=(
            Column("supplier", "in brackets: the articles name the parties but not who supplies"),
            Column("recipient", "in brackets: the articles name the parties but not who receives"),
            Column("number_ordered", "in brackets: hedged, or a range; ..: not known"),
            Column("designation", "the name of the model; ..: not known"),
            Column("description", "what it is; ..: not known"),
            Column("category", "SIPRI's category, or that of the UN Register for small arms"),
            Column("year_of_order", "year of conclusion; ..: not known"),
            Column("status", "where the agreement stands; only signed and later is an order"),
            Column("value", "currency and amount that the same article gives; ..: none"),
            Column("in_sipri_scope", "no: SIPRI's register leaves the category out"),
            _AGREEMENT,
            _ARTICLE,
            _SENTENCE,
        ),
    ),
    Table(
        name="people",
        title="People across articles",
        rows=_person_rows,
        columns=(
            Column("id", "stays the same as long as the person is known"),
            Column("name", "the fullest form met"),
            Column("variants", "other spellings met"),
            Column("country", "alpha-3 code of the newest office or nationality that an article gives"),
            Column("offices", "as the articles word them, the oldest first"),
            Column("articles", "the articles that name the person"),
        ),
    ),
    Table(
        name="quotations",
        title="Quotations",
        rows=_quotation_rows,
        columns=(
            _ARTICLE,
            Column("fact", "id of the quotation in the facts of the article"),
            Column("speaker", "as named by the article; empty: not said"),
            Column("person", "id in people.csv; empty: no person of the book"),
            _SENTENCE,
            Column("start", "first character of the words in the article's text, from 0", "integer"),
            Column("end", "the character behind the words", "integer"),
        ),
    ),
)
AGREEMENT_COLUMNS = tuple(column.name for column in TABLES[0].columns)
ARTICLE_COLUMNS = tuple(column.name for column in TABLES[1].columns)


# -- forms --------------------------------------------------------------------------------------------


def _csv(table: Table, rows: Iterable[Sequence[Cell]]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(["" if cell is None else safe_cell(str(cell)) for cell in row] for row in rows)
    return lines.getvalue()


_SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC"}


def _database(rows: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An SQLite database with the tables as they are in CSV, but with empty cells as NULL and no apostrophes added."""
    with sqlite3.connect(":memory:") as database:
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        for table in TABLES:
            columns = ", ".join(f'"{column.name}" {_SQL_TYPES[column.type]}' for column in table.columns)
            marks = ", ".join("?" * len(table.columns))
            database.execute(f'CREATE TABLE "{table.name}" ({columns})')
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows[table.name])  # noqa: S608
        database.commit()
        return database.serialize()


def _package(files: Mapping[str, str | bytes], today: date) -> Mapping[str, object]:
    """The description of the tables, as Frictionless Data Package v1 has it."""
    return {
        "profile": "tabular-data-package",
        "name": "pactbook",
        "title": "Agreements between countries, read from news articles",
        "created": f"{today.isoformat()}T00:00:00Z",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "title": table.title,
                "path": f"{table.name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(_bytes(files[f"{table.name}.csv"])),
                "hash": f"sha256:{_sha256(files[f'{table.name}.csv'])}",
                "dialect": {"lineTerminator": "\r\n", "header": True},
                "schema": {
                    "fields": [
                        {"name": column.name, "type": column.type, "description": column.meaning}
                        for column in table.columns
                    ],
                    "missingValues": [""],
                },
            }
            for table in TABLES
        ],
    }


def _agreement_object(agreement: Agreement) -> Mapping[str, object]:
    return {
        "id": agreement.id,
        "slug": agreement.slug,
        "title": agreement.title,
        "parties": [{"code": code, "name": party_name(code)} for code in agreement.parties],
        "other_parties": agreement.other_parties,
        "instrument": agreement.instrument,
        "status": agreement.status,
        "count": agreement.count,
        "areas": agreement.areas,
        "values": [_money_object(one) for one in agreement.values],
        "steps": [
            {
                "status": step.status,
                "date": step.date,
                "date_basis": step.basis,
                "certainty": step.realis.certainty,
                "modes": step.realis.modes,
                "attribution": [source.name for source in step.attribution],
                "article": step.article,
                "sentence": step.evidence.exact,
            }
            for step in agreement.steps
        ],
        "statements": [
            {"article": one.article, **one.fact.model_dump(mode="json", exclude_none=True)}
            for one in agreement.statements
        ],
    }


def _money_object(one: Sourced[Money]) -> Mapping[str, object]:
    return {"article": one.article, **one.value.model_dump(mode="json", exclude_none=True)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _sha256(content: str | bytes) -> str:
    return hashlib.sha256(_bytes(content)).hexdigest()
