"""Briefings as JSON: all of the page is there, links are whole, notes are numbered by sentence, nothing is hidden."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from generator.briefings import COVERED, Edition, briefing, briefing_job, chapters, edition, file_of, front_job
from generator.errors import PactbookError
from generator.pages import make_pages
from generator.resolve import resolve
from generator.views import AgreementPage, Page, PartyPage, StartPage
from helpers import make_article, make_fact, make_facts, make_party

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "print"
TODAY = date(2026, 3, 31)
SITE = "https://pactbook.example.org/"


def pages_of(**changes: Any) -> tuple[Page, ...]:
    """The pages of a book of one article, the one of the helpers."""
    article = make_article(**changes)
    facts = make_facts(article, agreements=(make_fact(parties=(make_party(), make_party("SWE", "Swedish"))),))
    return make_pages(resolve({article.id: article}, {article.id: facts}), today=TODAY)


@pytest.fixture(name="made", scope="module")
def _made() -> Edition:
    return edition(TEMPLATES, site_url=SITE, today=TODAY)


def agreement_in(pages: tuple[Page, ...]) -> AgreementPage:
    return next(page for page in pages if isinstance(page, AgreementPage))


def told(pages: tuple[Page, ...], made: Edition) -> Any:
    return json.loads(briefing(agreement_in(pages), made))


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def test_countries_pairs_and_agreements_have_a_briefing_and_the_first_page_has_the_book() -> None:
    pages = pages_of()

    files = {page.path: file_of(page) for page in pages if file_of(page)}

    assert files["index.md"] == "book.pdf"
    assert files["countries/nor.md"] == "countries/nor.pdf"
    assert files["pairs/nor-swe.md"] == "pairs/nor-swe.pdf"
    assert files[agreement_in(pages).path] == agreement_in(pages).path.replace(".md", ".pdf")
    assert len(files) == 1 + sum(isinstance(page, AgreementPage | PartyPage) for page in pages)


def test_links_are_whole_addresses(made: Edition) -> None:
    parties = next(field for field in told(pages_of(), made)["particulars"] if field["label"] == "Parties")

    first = parties["values"][0][0]

    assert first == {"text": "Norway", "to": f"{SITE}countries/nor/"}


def test_where_the_site_is_not_published_nothing_leads_to_it() -> None:
    made = edition(TEMPLATES, site_url="", today=TODAY)

    data = told(pages_of(), made)

    assert (data["address"], data["version_address"], data["qr"]) == ("", "", "")
    assert "pactbook.example" not in json.dumps(data)


def test_each_sentence_is_one_endnote_with_outlet_date_address_and_the_words_that_say_it(made: Edition) -> None:
    data = told(pages_of(url="https://fjord.example.org/pact"), made)

    note = data["endnotes"][0]

    assert note["outlet"] == "The Fjord Herald"
    assert note["date"] == "2\u00a0March 2026"
    assert (note["address"], note["to"]) == ("https://fjord.example.org/pact",) * 2
    assert note["passage"].startswith(f"{SITE}sources/2026-03-02-fishing-pact/#e")
    assert "".join(piece if isinstance(piece, str) else piece[0] for piece in note["pieces"]).startswith("On Monday")
    sentences = [json.dumps(one["pieces"]) for one in data["endnotes"]]
    assert len(set(sentences)) == len(sentences)


def test_every_number_in_the_text_has_its_endnote(made: Edition) -> None:
    for page in pages_of():
        if not isinstance(page, AgreementPage | PartyPage):
            continue
        data = json.loads(briefing(page, made))

        numbers = set(numbers_in({name: value for name, value in data.items() if name not in HEAD}))

        assert numbers == set(range(1, len(data["endnotes"]) + 1))


HEAD = {"day", "articles", "unchecked", "held_back", "endnotes"}


def numbers_in(value: object, name: str = "") -> Iterator[int]:
    if isinstance(value, int) and not isinstance(value, bool) and name != "facts":
        yield value
    elif isinstance(value, list | dict):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from numbers_in(one, str(key))


def test_the_version_changes_with_every_word_and_only_then(made: Edition) -> None:
    versions = [told(pages_of(title=title), made)["version"] for title in ("One pact", "One pact", "Another pact")]

    assert versions[0] == versions[1]
    assert versions[1] != versions[2]
    assert f"?version={versions[0]}" in told(pages_of(title="One pact"), made)["version_address"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("a\u202eb\u2066c", "a⟨U+202E⟩b⟨U+2066⟩c", id="direction"),
        pytest.param("a\x00b\x1b[31m", "a⟨U+0000⟩b⟨U+001B⟩[31m", id="control"),
        pytest.param("zero\u200bwidth\ufeff", "zero⟨U+200B⟩width⟨U+FEFF⟩", id="zero width"),
        pytest.param("pact 😀", "pact ⟨U+1F600⟩", id="no glyph"),
        pytest.param("x\ud800y", "x⟨U+D800⟩y", id="half a character"),
        pytest.param("Договор اتفاقية समझौता 协定 ข้อตกลง תיקון 협정", None, id="scripts"),
        pytest.param("क\u200dष می\u200cخواهم", None, id="joiners"),
        pytest.param("one\n\n two\tthree", "one  two three", id="line ends"),
        pytest.param('#read("x") $x$ *b* <l> @r // \\', None, id="markup"),
    ],
)
def test_text_is_printed_so_that_everybody_sees_what_is_there(made: Edition, text: str, printed: str | None) -> None:
    data = told(pages_of(outlet=text), made)

    assert data["endnotes"][0]["outlet"] == (text if printed is None else printed)


def test_a_long_word_can_be_broken_and_a_long_address_is_shortened(made: Edition) -> None:
    url = f"https://fjord.example.org/{'a' * 400}"

    note = told(pages_of(outlet="W" * 90, url=url), made)["endnotes"][0]

    assert note["outlet"] == "\u200b".join(["W" * 30] * 3)
    assert note["to"] == url
    assert note["address"].replace("\u200b", "") == f"{url[:160]}…"


def test_the_list_of_characters_is_what_the_fonts_have(made: Edition) -> None:
    points: set[int] = set()
    for path in sorted((TEMPLATES / "fonts").glob("*.?tf")):
        with TTFont(path, lazy=True) as font:
            points |= set(font.getBestCmap())

    listed: set[int] = set()
    for run in (TEMPLATES / COVERED).read_text("ascii").split():
        first, _, last = run.partition("-")
        listed |= set(range(int(first, 16), int(last or first, 16) + 1))

    assert listed == points


def test_a_missing_list_of_characters_is_told(tmp_path: Path) -> None:
    with pytest.raises(PactbookError, match=r"covered\.txt: cannot be read"):
        edition(tmp_path, site_url="", today=TODAY)


def test_charts_are_pictures_with_words_and_need_no_page_around_them(made: Edition) -> None:
    steps = ("proposed", "signed")
    dates = ("2026-01-05", "2026-03-02")
    articles = {f"{day}-x": make_article(id=f"{day}-x", published=day) for day in dates}
    facts = {
        key: make_facts(
            one, agreements=(make_fact(status=status, parties=(make_party(), make_party("SWE", "Swedish"))),)
        )
        for (key, one), status in zip(articles.items(), steps, strict=True)
    }
    pages = make_pages(resolve(articles, facts), today=TODAY)  # type: ignore[arg-type]

    pictures = [told((page,), made)["steps_chart"] for page in pages if isinstance(page, AgreementPage)]

    drawn = [one for one in pictures if one]
    assert drawn
    assert "currentColor" not in drawn[0]["svg"]
    assert "var(" not in drawn[0]["svg"]
    assert drawn[0]["alt"].startswith("Status, step by step: ")


def test_the_contents_of_the_book_have_every_chapter_on_its_page(made: Edition, tmp_path: Path) -> None:
    pages = pages_of()
    bound = chapters(pages, made, tmp_path)

    job = front_job(pages, bound, {one.label: 3 for one in bound}, made, "a4")

    entries = [entry for part in json.loads(job.data)["parts"] for entry in part["chapters"]]
    assert [entry["page"] for entry in entries] == list(range(1, 1 + 3 * len(bound), 3))
    assert [part["title"] for part in json.loads(job.data)["parts"]] == [
        "Countries and organizations",
        "Pairs",
        "Agreements",
    ]


def test_a_briefing_is_dated_by_the_day_it_is_made_for(made: Edition) -> None:
    job = briefing_job(agreement_in(pages_of()), made, "letter")

    assert (job.timestamp, job.paper, job.template) == (1774915200, "letter", "briefing.typ")
    assert any(isinstance(page, StartPage) for page in pages_of())


def test_an_endnote_is_cited_once_where_several_passages_of_its_sentence_are(made: Edition) -> None:
    page = agreement_in(pages_of())
    notes = tuple(note for group in page.notes for one in group.quoted for note in one.notes)[:1]
    again = replace(page, summary=(("It was signed.", *notes, *notes),))

    line = told((again,), made)["summary"][0]

    assert line[0] == "It was signed."
    assert len(line) == 2
