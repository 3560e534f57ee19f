"""The book as one PDF: every briefing with its pages, tags, outline, numbers, and links that lead to chapters."""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from generator.binding import bind, counted
from generator.briefings import briefing_job, chapters, front_job, numbers_job
from generator.printing import Chapter, Printer, print_files
from generator.views import AgreementPage, PartyPage
from prints import SITE, TEMPLATES, example_edition, example_pages


@pytest.fixture(name="bound", scope="module")
def _bound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Chapter, ...]:
    folder = tmp_path_factory.mktemp("briefings")
    pages, made = example_pages(3), example_edition()
    found = chapters(pages, made, folder)
    files = {one.label: one.file for one in found}
    briefed = [page for page in pages if isinstance(page, AgreementPage | PartyPage)]
    jobs = [(files["p-" + re.sub(r"[/.]", "-", page.path[:-3])], briefing_job(page, made, "a4")) for page in briefed]
    print_files(jobs, TEMPLATES, workers=1)
    return found


@pytest.fixture(name="book", scope="module")
def _book(bound: tuple[Chapter, ...]) -> bytes:
    counts, made = counted(bound), example_edition()
    with Printer(TEMPLATES) as printer:
        front = printer.print(front_job(example_pages(3), bound, counts, made, "a4"))
        numbers = printer.print(numbers_job(sum(counts.values()), made, "a4"))
    return bind(front, numbers, bound)


def test_every_page_of_every_briefing_is_in_the_book_in_order(book: bytes, bound: tuple[Chapter, ...]) -> None:
    read = pypdf.PdfReader(io.BytesIO(book))

    texts = [page.extract_text() for page in read.pages]

    counts = counted(bound)
    assert len(texts) == 1 + sum(counts.values())
    assert read.page_labels == ["i", *(str(number) for number in range(1, len(texts)))]
    place = 1
    for chapter in bound:
        assert chapter.title in texts[place]
        place += counts[chapter.label]
    for number, text in enumerate(texts[1:], 1):
        assert f"Book page {number} of {len(texts) - 1}" in text


def test_the_contents_lead_to_the_chapters_and_say_their_pages(book: bytes, bound: tuple[Chapter, ...]) -> None:
    with pikepdf.open(io.BytesIO(book)) as document:
        index_of: dict[Any, int] = {page.objgen: index for index, page in enumerate(document.pages)}

        targets = [index_of[link.Dest[0].objgen] for link in document.pages[0].Annots if "/Dest" in link]

    firsts, place = [], 1
    for chapter in bound:
        firsts.append(place)
        place += counted([chapter])[chapter.label]
    assert sorted(set(targets)) == firsts
    text = pypdf.PdfReader(io.BytesIO(book)).pages[0].extract_text()
    assert all(chapter.title in text for chapter in bound)


def test_links_to_another_briefing_stay_in_the_book_and_others_do_not(book: bytes, bound: tuple[Chapter, ...]) -> None:
    with pikepdf.open(io.BytesIO(book)) as document:
        outside = {str(link.A.URI) for page in document.pages for link in page.get("/Annots", ()) if "/A" in link}
        broken = [
            link
            for page in document.pages
            for link in page.get("/Annots", ())
            if "/A" not in link and "/Dest" not in link
        ]

    chapters_elsewhere = outside & {chapter.address for chapter in bound}
    assert broken == []
    assert any(address.startswith("https://fjord.example.org/") for address in outside)
    assert any(address.startswith(f"{SITE}sources/") for address in outside)
    assert not any(address.startswith("pactbook:") for address in outside)
    assert chapters_elsewhere == {chapter.address for chapter in bound}  # each in its own title block


def test_the_tags_of_all_briefings_grow_together(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as document:
        root = document.Root.StructTreeRoot
        keys = list(root.ParentTree.Nums)[::2]
        parents = {int(page.StructParents) for page in document.pages}
        parents |= {int(link.StructParent) for page in document.pages for link in page.get("/Annots", ())}
        problems = document.check_pdf_syntax()
        titled = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Title"]

        assert problems == []
        assert len(titled) > 3
        assert [int(key) for key in keys] == sorted({int(key) for key in keys})
        assert parents <= {int(key) for key in keys}
        assert int(root.ParentTreeNextKey) > max(parents)
        assert not any("/ID" in one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one)
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_every_marked_piece_of_a_page_leads_to_its_tag_and_back(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as document:
        nums = list(document.Root.StructTreeRoot.ParentTree.Nums)
        parents = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}

        for page in document.pages:
            for element in parents[int(page.StructParents)]:
                top = element
                while "/P" in top:
                    top = top.P
                assert top.get("/Type") == "/StructTreeRoot"
                assert element.get("/Pg", page.obj).objgen == page.objgen


def test_the_outline_has_parts_chapters_and_their_sections(book: bytes, bound: tuple[Chapter, ...]) -> None:
    with pikepdf.open(io.BytesIO(book)) as document, document.open_outline() as outline:
        parts = [item for item in outline.root if item.title != "Contents"]

        assert [part.title for part in parts] == ["Countries and organizations", "Pairs", "Agreements"]
        assert [item.title for part in parts for item in part.children] == [one.title for one in bound]
        assert all(item.children for part in parts for item in part.children)


def test_the_same_briefings_give_the_same_book(book: bytes, bound: tuple[Chapter, ...]) -> None:
    counts, made = counted(bound), example_edition()
    with Printer(TEMPLATES) as printer:
        front = printer.print(front_job(example_pages(3), bound, counts, made, "a4"))
        numbers = printer.print(numbers_job(sum(counts.values()), made, "a4"))

    assert bind(front, numbers, bound) == book


def test_a_book_without_a_briefing_is_its_front(tmp_path: Path) -> None:
    made = example_edition()
    with Printer(TEMPLATES) as printer:
        front = printer.print(front_job(example_pages(0), (), {}, made, "a4"))
        numbers = printer.print(numbers_job(1, made, "a4"))

    book = bind(front, numbers, ())

    assert len(pypdf.PdfReader(io.BytesIO(book)).pages) == 1
