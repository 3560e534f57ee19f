"""Printed briefings → the book, one PDF. The only module that knows how a PDF is built.

Typst keeps a whole document in memory, nearly three megabytes a page: a book of a thousand pages would need almost
three gigabytes. So the book is bound from the briefings as they are, with their own pages, outlines and tags, behind
the contents; each page gets its number in the book, and links to another briefing lead to its chapter.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from generator.printing import INSIDE, Chapter, save


def pages_in(file: Path) -> int:
    """How many pages a PDF has."""
    with Pdf.open(file) as document:
        return len(document.pages)


def bind(front: bytes, numbers: bytes, chapters: Sequence[Chapter]) -> bytes:
    """Bind the book.

    Args:
        front: Title page and contents, a PDF; its pages are numbered i, ii, iii.
        numbers: As many pages as all chapters have together, each with nothing but its number.
        chapters: In the order of the book.
    """
    with NamedTemporaryFile(suffix=".pdf") as file:
        with Pdf.open(io.BytesIO(front)) as book, Pdf.open(io.BytesIO(numbers)) as stamps:
            tags = _Tags(book)
            firsts: list[int] = []  # index of the first page of each chapter
            outlines: list[list[OutlineItem]] = []
            for chapter in chapters:
                with Pdf.open(chapter.file) as document:
                    firsts.append(len(book.pages))
                    _append(book, document, tags)
                    outlines.append(list(_outline(document, firsts[-1])))
            tags.finish()
            begin = firsts[0] if firsts else len(book.pages)
            _number(book, stamps, begin)
            _lead_inside(book, chapters, firsts)
            _write_outline(book, chapters, firsts, outlines)
            book.Root.PageLabels = Dictionary(
                Nums=[0, Dictionary(S=Name.r), begin, Dictionary(S=Name.D, St=1)]  # roman, then from 1 on
            )
            save(book, file)
        file.seek(0)  # read only now, when the whole book is no longer in memory as objects
        return file.read()


# -- pages and tags -------------------------------------------------------------------------------------


def _append(book: Pdf, document: Pdf, tags: "_Tags") -> None:
    """Copy all pages and tags of a document to the end of the book."""
    begin = len(book.pages)
    index_of: dict[Any, int] = {page.objgen: index for index, page in enumerate(document.pages)}
    book.pages.extend(document.pages)
    added = [book.pages[place].obj for place in range(begin, len(book.pages))]
    for old, new in zip(document.pages, added, strict=True):
        for was, link in zip(old.get(Name.Annots, ()), new.get(Name.Annots, ()), strict=True):
            if Name.Dest in was:  # a page that is not in the book yet is lost from a copied destination
                link.Dest = Array([added[index_of[was.Dest[0].objgen]], *list(was.Dest)[1:]])
    tags.add(document, added)


class _Tags:
    """The tag trees of all documents, grown together below the root of the first one."""

    def __init__(self, book: Pdf) -> None:
        self._book = book
        self._root = book.Root.StructTreeRoot
        self._top = self._root.K[0] if isinstance(self._root.K, Array) else self._root.K  # /Document
        self._parents: list[Any] = list(self._root.ParentTree.Nums)
        self._next = int(self._root.ParentTreeNextKey)

    def add(self, document: Pdf, pages: Iterable[Object]) -> None:
        """Take over the tags of a document whose pages are in the book already."""
        root = document.Root.StructTreeRoot
        _forget_names(root)
        copied = self._book.copy_foreign(root)
        for top in copied.K if isinstance(copied.K, Array) else [copied.K]:
            for child in top.K:
                child.P = self._top
                self._top.K.append(child)
        nums = list(copied.ParentTree.Nums)
        for key, value in zip(nums[::2], nums[1::2], strict=True):
            self._parents += [int(key) + self._next, value]
        for page in pages:
            if Name.StructParents in page:
                page.StructParents = int(page.StructParents) + self._next
            for link in page.get(Name.Annots, ()):
                link.StructParent = int(link.StructParent) + self._next
        self._next += int(root.ParentTreeNextKey)

    def finish(self) -> None:
        """Write the tree of numbers, whose keys ascend."""
        self._root.ParentTree = self._book.make_indirect(Dictionary(Nums=Array(self._parents)))
        self._root.ParentTreeNextKey = self._next


def _forget_names(root: Object) -> None:
    """Take the names of head cells away, which would have to be the only ones of their kind in the book.

    That a head cell is the head of its column, each of them says itself.
    """
    if Name.IDTree not in root:
        return
    tables: dict[Any, Object] = {}
    for head in list(root.IDTree.Names)[1::2]:
        del head.ID
        table = head.P.P.P  # over its row and the head of the table
        tables[table.objgen] = table
    for table in tables.values():
        for cell in [cell for group in table.K for row in group.K for cell in row.K]:
            if cell.S == Name.TD and Name.A in cell:
                del cell.A  # its heads and the color of its rule; no cell of ours spans several
    del root.IDTree


# -- numbers, links, outline ----------------------------------------------------------------------------


def _number(book: Pdf, stamps: Pdf, begin: int) -> None:
    """Lay the number of each page over it; numbers are no content, and are tagged as none."""
    for place, stamp in zip(range(begin, len(book.pages)), stamps.pages, strict=False):  # none has one page, too
        # Not `add_overlay`, which calls the picture by a name drawn by lot: the book must be the same every time.
        page, name = book.pages[place], Name(f"/BookNumber{place}")
        page.add_resource(book.copy_foreign(stamp.as_form_xobject()), Name.XObject, name)
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"\nQ\nq {name} Do Q\n".encode("ascii"))


def _lead_inside(book: Pdf, chapters: Sequence[Chapter], firsts: Sequence[int]) -> None:
    """Let links to the page of a briefing lead to its chapter."""
    starts = dict(zip((f"{INSIDE}{one.label}" for one in chapters), firsts, strict=True))
    starts |= {one.address: first for one, first in zip(chapters, firsts, strict=True) if one.address}
    titles = {first: one.title for one, first in zip(chapters, firsts, strict=True)}
    chapter = -1
    for place, page in enumerate(book.pages):
        if place in titles:
            chapter = place
        for link in page.get(Name.Annots, ()):
            target = starts.get(str(link.A.URI)) if Name.A in link and Name.URI in link.A else None
            if target is not None and target != chapter:  # in its title block its own address stays an address
                del link.A
                link.Contents = String(titles[target])
                link.Dest = Array([book.pages[target].obj, Name.Fit])


def _outline(document: Pdf, begin: int) -> Iterator[OutlineItem]:
    """The sections of a briefing, on their pages of the book."""
    index_of: dict[Any, int] = {page.objgen: index for index, page in enumerate(document.pages)}
    with document.open_outline() as outline:
        for item in outline.root:
            place = item.destination
            if isinstance(place, Array):
                rest = [float(one) for one in list(place)[2:]]
                yield OutlineItem(item.title, begin + index_of[place[0].objgen], "XYZ", left=rest[0], top=rest[1])


def _write_outline(
    book: Pdf, chapters: Sequence[Chapter], firsts: Sequence[int], outlines: Sequence[Sequence[OutlineItem]]
) -> None:
    """Parts, in them chapters, in them sections."""
    parts: dict[str, OutlineItem] = {}
    with book.open_outline() as outline:
        for chapter, first, sections in zip(chapters, firsts, outlines, strict=True):
            if chapter.part not in parts:
                parts[chapter.part] = OutlineItem(chapter.part, first, "Fit")
                parts[chapter.part].is_closed = True
                outline.root.append(parts[chapter.part])
            item = OutlineItem(chapter.title, first, "Fit")
            item.is_closed = True
            item.children.extend(sections)
            parts[chapter.part].children.append(item)


def counted(chapters: Iterable[Chapter]) -> Mapping[str, int]:
    """How many pages each chapter has, by its label."""
    return {chapter.label: pages_in(chapter.file) for chapter in chapters}
