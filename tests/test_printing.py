"""Printed briefings, read back: text, pages, tags, fonts, links; what hostile text cannot do; pictures of two."""

import dataclasses
import io
import json
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from generator.cache import Store
from generator.errors import PactbookError
from generator.printing import Job, Printer, can_print, print_files
from prints import HOSTILE, SITE, TEMPLATES, example_job, example_pages

GOLDEN = Path(__file__).resolve().parent / "pictures"
SIZES = {"a4": (595, 842), "letter": (612, 792)}


@pytest.fixture(name="printer", scope="module")
def _printer() -> Any:
    with Printer(TEMPLATES) as printer:
        yield printer


@pytest.fixture(name="pdf", scope="module")
def _pdf(printer: Printer) -> bytes:
    return printer.print(example_job("agreements/", example_pages()))


@pytest.fixture(name="long_pdf", scope="module")
def _long_pdf(printer: Printer) -> bytes:
    """A country with so many agreements that its tables go over several pages."""
    return printer.print(example_job("countries/nor", example_pages(40)))


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def tags_of(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(one.S) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]


def test_the_text_can_be_searched_and_copied(pdf: bytes) -> None:
    words = " ".join(text_of(pdf).split())

    assert "signed a fishing agreement worth $12 million in Bergen" in words  # "fishing" has a ligature
    assert "The Fjord Herald, 1 March 2026" in words.replace("\u00a0", " ")
    assert "https://fjord.example.org/pact/0" in words
    assert "machine-read" in words


@pytest.mark.parametrize("paper", SIZES)
def test_a_briefing_is_printed_on_the_paper_that_is_asked_for(printer: Printer, paper: str) -> None:
    document = read(printer.print(example_job("agreements/", example_pages(), paper)))

    box = document.pages[0].mediabox

    assert (round(box.width), round(box.height)) == SIZES[paper]


def test_title_language_author_and_day_are_told(pdf: bytes) -> None:
    document = read(pdf)

    root: Any = document.trailer["/Root"]

    assert document.metadata is not None
    assert (document.metadata.title, document.metadata.author) == ("Fishing agreement 0", "Pactbook")
    assert document.metadata.creation_date_raw == "D:20260331000000Z"
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_says_that_it_keeps_to_the_standards_and_is_tagged(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.open_metadata()

        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert document.Root.MarkInfo.Marked
        assert document.Root.OutputIntents
        assert document.check_pdf_syntax() == []
    assert {"/Document", "/H1", "/Table", "/THead", "/TH", "/TD", "/Link", "/Figure"} <= set(tags_of(pdf))


def test_every_picture_has_words(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        figures = [
            one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]

        assert figures
        assert all(str(one.Alt) for one in figures)


def test_all_fonts_are_embedded_and_ours(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]

        assert fonts
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)
        assert all("+NotoS" in str(one.FontName) for one in fonts)


def test_the_outline_names_the_sections_in_their_order(pdf: bytes) -> None:
    titles = [item.title for item in read(pdf).outline if not isinstance(item, list)]

    assert titles[0] == "Status, step by step"
    assert titles[-2:] == ["Sources", "Evidence"]


def test_links_lead_to_the_site_the_article_and_the_endnotes(pdf: bytes) -> None:
    links = [note for page in read(pdf).pages for note in (one.get_object() for one in page.get("/Annots", []))]

    outside = {link["/A"]["/URI"] for link in links if "/A" in link}
    inside = [link for link in links if "/Dest" in link]

    assert f"{SITE}countries/nor/" in outside
    assert "https://fjord.example.org/pact/0" in outside
    assert any(link.startswith(f"{SITE}agreements/") and "?version=" in link for link in outside)
    assert inside


def test_every_page_says_which_it_is_and_of_what(long_pdf: bytes) -> None:
    pages = [page.extract_text() for page in read(long_pdf).pages]

    assert len(pages) > 4
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Norway" in text
        assert "As of 31\u00a0March 2026" in text.replace("As of\n", "As of ")


def test_a_long_briefing_has_contents_and_a_short_one_has_none(pdf: bytes, long_pdf: bytes) -> None:
    assert "Contents" in read(long_pdf).pages[0].extract_text()
    assert {"/TOC", "/TOCI"} <= set(tags_of(long_pdf))
    assert "/TOC" not in tags_of(pdf)


def test_a_table_shows_its_head_on_every_page_and_keeps_its_rows_whole(printer: Printer) -> None:
    job = example_job("agreements/", example_pages())
    data = json.loads(job.data)
    rows = [{**data["sources"][0], "source": {"text": f"Row {n} {'word ' * 40}end{n}.", "to": ""}} for n in range(90)]
    pdf = printer.print(dataclasses.replace(job, data=json.dumps({**data, "sources": rows})))

    pages = [page.extract_text() for page in read(pdf).pages]

    with_rows = [text for text in pages if "Row " in text]
    assert len(with_rows) > 3
    assert all("Outlet" in text for text in with_rows)
    for number in range(90):
        assert sum(f"Row {number} " in text and f"end{number}." in text for text in pages) == 1


def test_a_row_that_no_page_holds_is_split_and_nothing_of_it_is_lost(printer: Printer) -> None:
    names = [f"Party{number}x" for number in range(400)]
    agreement, country = (example_job(path, example_pages()) for path in ("agreements/", "countries/nor"))
    data, ledger = json.loads(agreement.data), json.loads(country.data)
    data["particulars"].append({"label": "All", "values": [[name] for name in names]})
    ledger["ledgers"][0]["rows"][0]["partners"] = [f"{name}, " for name in names]

    for job, told in ((agreement, data), (country, ledger)):
        pdf = pypdfium2.PdfDocument(printer.print(dataclasses.replace(job, data=json.dumps(told))))
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)  # what lies on the paper

        assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("path", ["agreements/", "countries/nor"])
def test_no_heading_stands_at_the_foot_of_a_page(printer: Printer, path: str) -> None:
    job = example_job(path, example_pages())
    data = json.loads(job.data)
    heads = {"Sources", "Evidence", "Quotations", "Timeline", "Tension", "Tensions", "What is not known", "With whom"}
    for lines in range(0, 40, 2):  # every section comes to stand at the foot of a page
        pushed = {**data, "unknown": [["Not said."]] * lines}

        pdf = printer.print(dataclasses.replace(job, data=json.dumps(pushed)))

        for page in read(pdf).pages:
            text = page.extract_text().strip().splitlines()
            last = [line for line in text if not line.startswith(("Pactbook · version", "Page "))][-1]
            assert last not in heads
            assert not last.startswith(("The sentences on which", "Not concluded", "Filled: reported"))


@pytest.mark.parametrize("changes", [{"title": HOSTILE}, {"outlet": HOSTILE}], ids=["title", "outlet"])
def test_markup_in_an_article_is_printed_as_text(printer: Printer, changes: dict[str, Any]) -> None:
    text = " ".join(text_of(printer.print(example_job("agreements/", example_pages(2, **changes)))).split())

    assert '#read("/etc/passwd") #import "@preview/x:1.0.0" $x$ *b*' in text
    assert "⟨U+202E⟩" in text
    assert "root:" not in text


def test_letters_of_many_scripts_are_printed_in_fonts_that_have_them(printer: Printer) -> None:
    title = "Договор Συμφωνία اتفاقية समझौता 协定 ข้อตกลง תיקון 협정 շեն ქართული ስምምነት"

    pdf = printer.print(example_job("agreements/", example_pages(title=title)))

    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = {
            str(one.FontName) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one
        }
    for script in ("Arabic", "Devanagari", "CJK", "Thai", "Hebrew", "Georgian", "Armenian", "Ethiopic"):
        assert any(script in name for name in names), script
    assert "Договор Συμφωνία" in text_of(pdf)


def broken(tmp_path: Path, template: str, **changes: Any) -> tuple[Path, Job]:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes((TEMPLATES / "fonts" / "NotoSans-Regular.ttf").read_bytes())
    (tmp_path / "x.typ").write_text(f'#set document(title: "x")\n#set text(font: "Noto Sans")\n{template}')
    return tmp_path, dataclasses.replace(Job(template="x.typ", data="{}", paper="a4", timestamp=0), **changes)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        pytest.param('#read("../../../etc/passwd")', "would escape the (project )?root|path", id="a file outside"),
        pytest.param('#import "@preview/cetz:0.3.0": *', "package", id="a package"),
        pytest.param('#image("http://127.0.0.1:9/x.png")', "file not found", id="an address"),
        pytest.param("\u0915", r"x\.typ.*could not be displayed", id="a letter that no font has"),
    ],
)
def test_not_even_a_template_reaches_what_is_not_its_own(tmp_path: Path, template: str, message: str) -> None:
    folder, job = broken(tmp_path, template)

    with Printer(folder) as printer, pytest.raises(PactbookError, match=message):
        printer.print(job)


def test_what_never_ends_is_ended_and_the_next_briefing_is_printed(tmp_path: Path) -> None:
    folder, job = broken(tmp_path, "#let i = 0\n#while i >= 0 { i = calc.rem(i + 1, 1000); box(width: i * 1pt)[x] }")
    (folder / "y.typ").write_text('#set document(title: "y")\n#set text(font: "Noto Sans")\nfine')

    with Printer(folder, seconds=2) as printer:
        with pytest.raises(PactbookError, match=r"in time|ended early|infinite"):
            printer.print(job)
        after = printer.print(dataclasses.replace(job, template="y.typ"))

    assert "fine" in text_of(after)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its address space")
def test_what_needs_too_much_memory_is_ended(tmp_path: Path) -> None:
    folder, job = broken(tmp_path, "#let a = range(400000000)\n#a.len()")

    with Printer(folder, seconds=20, memory=1 << 30) as printer, pytest.raises(PactbookError, match="ended early"):
        printer.print(job)


def test_the_same_briefing_gives_the_same_bytes(pdf: bytes) -> None:
    with Printer(TEMPLATES) as other:
        again = other.print(example_job("agreements/", example_pages()))

    assert again == pdf


def test_what_is_unchanged_is_not_printed_again(tmp_path: Path) -> None:
    first, changed = (example_job("agreements/", example_pages(outlet=name)) for name in ("One", "Another"))
    out = tmp_path / "out"

    counts = []
    for jobs in ([first], [first], [changed]):
        store = Store(tmp_path / "cache")
        counts.append(print_files(((out / "x.pdf", job) for job in jobs), TEMPLATES, store=store, workers=1))
        store.commit()

    assert counts == [(1, 0), (0, 1), (1, 0)]
    assert "Another" in text_of((out / "x.pdf").read_bytes())


def test_a_damaged_cache_is_not_believed(tmp_path: Path) -> None:
    job, target = example_job("agreements/", example_pages()), tmp_path / "x.pdf"
    store = Store(tmp_path / "cache")
    print_files([(target, job)], TEMPLATES, store=store, workers=1)
    store.commit()
    for kept in (tmp_path / "cache" / "files").rglob("*"):
        if kept.is_file():
            kept.unlink()
            kept.write_bytes(b"%PDF-1.7 something else")

    store = Store(tmp_path / "cache")
    counts = print_files([(target, job)], TEMPLATES, store=store, workers=1)
    store.close()

    assert counts == (1, 0)


def test_here_everything_that_prints_is_installed() -> None:
    assert can_print()


@pytest.mark.parametrize(
    ("name", "path", "paper"), [("agreement-a4", "agreements/", "a4"), ("country-letter", "countries/nor", "letter")]
)
def test_two_briefings_look_as_they_did(
    printer: Printer, update_golden: bool, name: str, path: str, paper: str
) -> None:
    golden, data = GOLDEN / f"{name}.png", GOLDEN / f"{name}.json"
    if update_golden:  # what pages say may change every day: the pictures are of data that stay as they are
        told = json.loads(example_job(path, example_pages(3), paper).data)
        data.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")

    seen = picture(printer.print(Job(template="briefing.typ", data=data.read_text("utf-8"), paper=paper, timestamp=0)))

    if update_golden:
        seen.save(golden, optimize=True)
    expected = Image.open(golden)
    assert seen.size == expected.size
    difference = ImageChops.difference(seen, expected)
    assert ImageStat.Stat(difference).mean[0] < 0.4, (
        f"{golden} shows something else; look, then: pytest --update-golden"
    )


def picture(pdf: bytes) -> Image.Image:
    """The first page in gray, small enough to be kept."""
    page: Any = pypdfium2.PdfDocument(pdf)[0]
    image: Image.Image = page.render(scale=0.9).to_pil()
    return image.convert("L").quantize(16).convert("L")


def test_the_data_of_a_briefing_is_plain_json() -> None:
    assert json.loads(example_job("agreements/", example_pages()).data)["kind"] == "agreement"
