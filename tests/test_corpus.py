"""Example articles that tell agreements over months: what the reader reads of them, what joins, what a page then says.

The articles and what they are to try: `tests/corpus/README.md`. Their facts are read here and now.
"""

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from generator.articles import read_articles
from generator.check import check
from generator.extract.reader import read_facts_of
from generator.model import Article, ArticleFacts, ArticleId, Book
from generator.pages import make_pages
from generator.resolve import resolve
from generator.views import (
    AgreementPage,
    ExpectedPage,
    Link,
    Note,
    Page,
    PartyPage,
    PersonPage,
    SourcePage,
    StartPage,
    Words,
)

CORPUS = Path(__file__).resolve().parent / "corpus"
TODAY = date(2026, 3, 31)
Read = tuple[dict[ArticleId, Article], dict[ArticleId, ArticleFacts]]


@pytest.fixture(name="read", scope="module")
def _read() -> Read:
    """All articles and what the reader makes of them."""
    articles, refused = read_articles(CORPUS)
    assert not refused
    return {one.id: one for one in articles}, {one.id: read_facts_of(one) for one in articles}


@pytest.fixture(name="book", scope="module")
def _book(read: Read) -> Book:
    """What they add up to."""
    return resolve(*read)


@pytest.fixture(name="pages", scope="module")
def _pages(book: Book) -> Mapping[str, Page]:
    """Its pages by path."""
    return {page.path: page for page in make_pages(book, today=TODAY)}


@pytest.fixture(name="joining", scope="module")
def _joining(repository: Path) -> ModuleType:
    """The benchmark of joins."""
    spec = importlib.util.spec_from_file_location("joining", repository / "benchmarks/joining.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["joining"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(name="labelled", scope="module")
def _labelled(book: Book, pages: Mapping[str, Page], joining: ModuleType) -> Mapping[str, AgreementPage]:
    """The page of each label of the truth; where its articles did not all meet, that of most of them."""
    groups = joining.groups_of_words(book, joining.words_of(CORPUS / "truth.json"))
    homes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    paths = {page.path for page in pages.values()}
    for agreement, units in zip(book.agreements, groups, strict=True):
        for label in {unit.split()[1] for unit in units}:
            number = sum(unit.split()[1] == label for unit in units)
            homes[label].append((number, f"agreements/{agreement.slug}.md"))
    found = {label: pages[max(every)[1]] for label, every in homes.items()}
    assert {page.path for page in found.values()} <= paths
    return {label: page for label, page in found.items() if isinstance(page, AgreementPage)}


def plain(words: Words) -> str:
    """The text of words, without numbers of notes."""
    return "".join(one if isinstance(one, str) else one.text for one in words if not isinstance(one, Note)).replace(
        "\u00a0", " "
    )


def texts_of(value: object) -> Iterator[str]:
    """Every text in a value of a page."""
    if isinstance(value, str):
        yield value.replace("\u00a0", " ")
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_of(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)


def sentences(page: AgreementPage) -> list[str]:
    """The summary of a page."""
    return [plain(line) for line in page.summary]


def conflicts(page: AgreementPage) -> dict[str, list[str]]:
    """The sides of each conflict of a page."""
    return {row.title: [plain(side) for side in row.sides] for row in page.conflicts}


# -- the articles -------------------------------------------------------------------------------------


def test_every_article_says_that_it_is_an_example(read: Read) -> None:
    articles, _ = read

    assert len(articles) >= 24
    for article in articles.values():
        assert article.body.startswith("Example article")
        assert (article.outlet or "").startswith("Example ")


def test_what_is_read_passes_the_check(read: Read) -> None:
    assert list(check(*read)) == []


def test_the_truth_names_words_of_every_article(read: Read) -> None:
    articles, _ = read

    truth = json.loads((CORPUS / "truth.json").read_text("utf-8"))

    assert truth.keys() == articles.keys()
    for article, labels in truth.items():
        assert labels
        assert all(words in articles[article].body for words in labels.values())


# -- what joins ---------------------------------------------------------------------------------------


def test_what_belongs_together_joins_and_nothing_else(book: Book, joining: ModuleType) -> None:
    told = joining.words_of(CORPUS / "truth.json")
    labels = joining.labels_of_words(told, book.articles)
    said, true = joining.pairs_of(joining.groups_of_words(book, told), labels)

    precision, recall = joining.b_cubed(said, true, labels)

    assert said <= true, "what is not one must not join"
    assert len(said & true) >= 0.9 * len(true)
    assert precision == 1
    assert recall >= 0.9


def test_names_in_other_spellings_are_one_person(book: Book) -> None:
    names = {person.name for person in book.persons if "Sho" in person.name}

    assert len(names) == 1


# -- what a reader sees -------------------------------------------------------------------------------


def test_the_rifles_have_one_page_with_all_rival_figures(labelled: Mapping[str, AgreementPage]) -> None:
    page = labelled["rifles"]

    (ladder,) = page.ladders
    assert [row.text.replace("\u00a0", " ") for row in ladder.rows] == [
        "601,427", "more than 500,000", "700,000", "more than 500,000", "about 600,000", "670,000", "601,427",
    ]  # fmt: skip
    assert "nearly 6 lakh AK-203 assault rifles" in [row.written for row in ladder.rows]
    assert [row.remark.replace("\u00a0", " ") for row in ladder.rows if row.remark] == [
        "replaced by the same outlet, 10 December 2021",
        "made up of 70,000 + 600,000",
    ]
    assert ladder.line.startswith("Reported: 500,000 – 670,000 (six reports from six independent sources).")
    assert ladder.line.endswith("Shown first: 601,427, from a text published by a party.")


def test_the_summary_of_the_rifles_keeps_rivals_apart(labelled: Mapping[str, AgreementPage]) -> None:
    assert sentences(labelled["rifles"])[:4] == [
        "A contract between India and Russia was signed on 6 December 2021 in New Delhi.",
        "It was expected for 6 December 2021; it is reported as signed on 6 December 2021.",
        "Its reported value is INR 51.24 billion; also reported: more than USD 500 million.",
        "It covers 601,427 AK-203 assault rifles (reports: 500,000 – 670,000).",
    ]


def test_a_sum_stands_as_the_article_writes_it(labelled: Mapping[str, AgreementPage]) -> None:
    (value,) = (field for field in labelled["rifles"].particulars if field.label == "Value")

    assert [plain(words) for words in value.values] == [
        "INR 51.24 billion (contract value), written “₹5,124 crore”",
        "more than USD 500 million (contract value), written “more than $500 million”",
    ]


def test_an_outlet_that_corrects_itself_is_shown_with_both_figures(labelled: Mapping[str, AgreementPage]) -> None:
    for label, figures in (("rifles", ("700,000", "601,427")), ("bridge", ("EUR 120 million", "EUR 210 million"))):
        sides = conflicts(labelled[label])["Changed by the source itself"]

        assert [figure in side for figure, side in zip(figures, sides, strict=True)] == [True, True]


def test_terms_that_differ_stand_beside_each_other(labelled: Mapping[str, AgreementPage]) -> None:
    page = labelled["cooperation"]

    assert list(conflicts(page)) == ["Terms that do not agree"]
    assert [row.written for row in page.ladders[0].rows] == ["from 2021 to 2031", "through 2030"]


def test_agreements_of_one_day_are_told_apart(labelled: Mapping[str, AgreementPage]) -> None:
    pages = [labelled[label] for label in ("rifles", "cooperation", "protocol", "summit")]

    linked = {piece.page for line in pages[0].beside for piece in line if isinstance(piece, Link)}

    assert len({page.path for page in pages}) == 4
    assert linked >= {pages[1].path, pages[3].path}


def test_ten_expected_and_28_signed_are_one_record_with_both_counts(labelled: Mapping[str, AgreementPage]) -> None:
    lines = sentences(labelled["summit"])

    assert lines[0].startswith("28 agreements between India and Russia were signed on 6 December 2021")
    assert lines[1] == (
        "Ten agreements were expected for 6 December 2021; 28 are reported as signed on 6 December 2021."
    )
    assert labelled["summit"].path != labelled["next-summit"].path


def test_a_timeline_tells_each_count_as_it_was_reported(pages: Mapping[str, Page]) -> None:
    page = pages["pairs/ind-rus.md"]
    assert isinstance(page, PartyPage)

    told = ["".join(piece for piece in entry.words if isinstance(piece, str)) for entry in page.timeline]

    assert any(words.startswith("Ten agreements between India and Russia are expected") for words in told)
    assert not any(words.startswith("28 agreements between India and Russia are expected") for words in told)


def test_a_contract_goes_through_its_whole_life(labelled: Mapping[str, AgreementPage]) -> None:
    page = labelled["aircraft"]

    assert [step.mark.code for step in page.steps] == ["anticipated", "approved", "signed", "suspended", "ended"]
    assert [step.remark for step in page.steps] == ["", "", "", "", "decides the headline"]
    assert "It was expected for June 2025; it is reported as signed on 14 July 2025, 14 days late." in sentences(page)


def test_a_treaty_is_signed_and_comes_into_force(labelled: Mapping[str, AgreementPage]) -> None:
    page = labelled["extradition"]

    assert (page.steps[0].mark.code, page.steps[-1].mark.code, page.mark.code) == ("signed", "in-force", "in-force")
    assert page.steps[-1].when.replace("\u00a0", " ") == "1 October 2025"


def test_a_convention_names_its_new_members(labelled: Mapping[str, AgreementPage]) -> None:
    page = labelled["lake"]

    assert {step.remark for step in page.steps} >= {"first report to name Rwanda", "first report to name Burundi"}
    (parties,) = (field for field in page.particulars if field.label == "Parties")
    assert "Rwanda (first named 15 September 2025)" in [plain(words) for words in parties.values]


def test_a_denial_stands_beside_the_announcement(labelled: Mapping[str, AgreementPage]) -> None:
    page = labelled["terminal"]

    sides = conflicts(page)["Denied"]

    assert page.mark.code == "failed"
    assert [side.partition(":")[0] for side in sides] == ["Example Post, 7 April 2025", "Example Herald, 8 April 2025"]
    assert "signed" in sides[0]
    assert "has not come about" in sides[1]


def test_one_text_in_four_outlets_is_one_source(labelled: Mapping[str, AgreementPage]) -> None:
    lines = [plain(line) for line in labelled["wheat"].standing]

    assert lines[0] == "Four articles say so and rest on one independent source: Example Wire (4 articles)."
    assert lines[1].startswith("Counted broadly only")


def test_the_same_words_by_two_speakers_are_shown_with_the_agreement_and_both(
    labelled: Mapping[str, AgreementPage], pages: Mapping[str, Page]
) -> None:
    sides = conflicts(labelled["space"])["Same words, two speakers"]
    persons = [page for page in pages.values() if isinstance(page, PersonPage) and page.conflicts]

    assert ["Nguyen Vi Du" in sides[0], "Rei Mihon" in sides[1]] == [True, True]
    assert {page.title for page in persons} == {"Nguyen Vi Du", "Rei Mihon"}


def test_both_counts_stand_on_the_first_page(pages: Mapping[str, Page]) -> None:
    page = pages["index.md"]
    assert isinstance(page, StartPage)

    broad, strict = (plain(line) for line in page.bottom_line[:2])

    assert broad == "Reported as concluded: 15 agreements and two bundles of 37 agreements in all."
    assert strict.startswith("Of these by the strict count, from two independent sources or a text by a party: seven")


def test_the_ledger_says_what_came_of_what_was_expected(pages: Mapping[str, Page]) -> None:
    page = pages["expected.md"]
    assert isinstance(page, ExpectedPage)

    outcomes = {row.agreement.text: row.mark.label for row in page.outcomes}
    ((_, outlets), _) = page.records

    assert sorted(outcomes.values()) == ["Exceeded", "Kept", "Kept", "Kept", "Late"]
    assert [ledger.title for ledger in page.ledgers] == ["Due", "Lapsed: date passed, no outcome read"]
    wire = outlets[0]
    assert (wire.name, wire.announced, wire.settled, wire.in_time, wire.late, wire.lapsed, wire.open) == (
        "Example Wire", 6, 5, 3, 1, 1, 1,
    )  # fmt: skip
    assert wire.rate.replace("\u00a0", " ") == "3 of 5 (60 %)"
    assert outlets[1].rate == ""


def test_the_page_of_an_article_says_what_came_of_what_it_announces(pages: Mapping[str, Page]) -> None:
    page = pages["sources/2025-02-10-wire-aircraft.md"]
    assert isinstance(page, SourcePage)

    outcome, record = (plain(line) for line in page.announced)

    assert outcome == "Contract for four PX-4 patrol aircraft, due June 2025: late."
    assert record.startswith("Example Wire: six announcements in all; five are settled, three in time: 3 of 5 (60 %).")


def test_no_page_says_that_something_expected_was_signed(labelled: Mapping[str, AgreementPage]) -> None:
    for label in ("visas", "power"):
        told = " ".join(text for line in sentences(labelled[label]) for text in texts_of(line))

        assert "is expected but has not been concluded" in told
        assert "signed" not in told
