"""The book as data files: JSON, JSON Lines and CSV, with checksums. Pure; knows no disk.

CSV follows RFC 4180 with a header line. A cell that a spreadsheet would run as a formula gets an apostrophe before
it, as spreadsheets themselves write text; taking one leading apostrophe away restores it (OWASP, CSV injection).
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from generator.codes import party_name
from generator.model import Agreement, Article, Book, Money, Sourced

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
AGREEMENT_COLUMNS = (
    "id", "title", "parties", "other_parties", "instrument", "status", "concluded", "due", "term_ends", "areas",
    "bundle_count", "amount", "currency", "qualifier", "items", "place", "articles", "sentence",
)  # fmt: skip
ARTICLE_COLUMNS = ("id", "published", "title", "outlet", "url", "sha256", "review")


def make_exports(book: Book, *, today: date) -> dict[str, str]:
    """Make the data files of the book.

    Returns:
        Text by path below the folder of downloads, in the order of the paths; `SHA256SUMS` covers all others.
    """
    files = {
        "agreements.csv": _csv(AGREEMENT_COLUMNS, (_agreement_row(one) for one in book.agreements)),
        "agreements.json": _json(
            {"as_of": today.isoformat(), "agreements": [_agreement_object(one) for one in book.agreements]}
        ),
        "articles.csv": _csv(
            ARTICLE_COLUMNS,
            (_article_row(article, book) for article in book.articles.values()),
        ),
        "facts.jsonl": "".join(facts.model_dump_json(exclude_none=True) + "\n" for facts in book.facts.values()),
    }
    sums = "".join(f"{_sha256(text)}  {path}\n" for path, text in files.items())
    return {"SHA256SUMS": sums, **files}


def safe_cell(text: str) -> str:
    """Text for a spreadsheet: unchanged, or with an apostrophe before it where it would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _agreement_row(agreement: Agreement) -> Sequence[str]:
    money = agreement.values[0].value if agreement.values else None
    return (
        agreement.id,
        agreement.title,
        "; ".join(agreement.parties),
        "; ".join(agreement.other_parties),
        agreement.instrument.value,
        agreement.status.value,
        _first(one.value.date for one in agreement.concluded),
        _first(one.value.date for one in agreement.due),
        _first(one.value.ends for one in agreement.terms),
        "; ".join(area.value for area in agreement.areas),
        "" if agreement.count is None else str(agreement.count),
        f"{money.amount:f}" if money else "",
        money.currency if money else "",
        money.qualifier.value if money else "",
        "; ".join(one.value.evidence.exact for one in agreement.items),
        _first(one.value.name for one in agreement.places),
        "; ".join(sorted({statement.article for statement in agreement.statements})),
        agreement.statements[-1].fact.status_evidence.exact,
    )


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


def _article_row(article: Article, book: Book) -> Sequence[str]:
    return (
        article.id,
        article.published or "",
        article.title,
        article.outlet or "",
        article.url or "",
        article.sha256,
        book.facts[article.id].review.state.value,
    )


def _first(texts: Iterable[str | None]) -> str:
    return next((text for text in texts if text), "")


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return lines.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
