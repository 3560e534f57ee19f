"""A long list cut into pages that every device can take. Pure; knows no page of ours, only items and their labels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.views import Link, Pager

ROWS = 200  # on one page of a list
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[T]):
    """One page of a list."""

    path: str  # below `site_src/`
    number: int  # from 1
    items: tuple[T, ...]
    pager: Pager | None  # None: the list fits on one page


def sheets(path: str, items: Sequence[T], label: Callable[[T], str], *, size: int = ROWS) -> Iterator[Sheet[T]]:
    """Cut a list into pages; an empty list gives one empty page.

    Args:
        path: Of the first page; the others are numbered in a folder below it: "expected/pages/2.md".
        items: In the order in which they are shown.
        label: What stands for an item in the overview of all pages: its year, its letter.
    """
    cuts = [tuple(items[start : start + size]) for start in range(0, len(items), size)] or [()]
    links = tuple(
        Link(text=_range(number, cut, label), page=numbered(path, number)) for number, cut in enumerate(cuts, 1)
    )
    for number, cut in enumerate(cuts, 1):
        pager = Pager(number=number, pages=links) if len(cuts) > 1 else None
        yield Sheet(path=links[number - 1].page, number=number, items=cut, pager=pager)


def numbered(path: str, number: int) -> str:
    """The path of one page of a list."""
    if number == 1:
        return path
    return f"{path.removesuffix('.md').removesuffix('/index')}/pages/{number}.md"


def _range(number: int, items: Sequence[T], label: Callable[[T], str]) -> str:
    """ "1: 2026 – 2024": where a page of the list begins and ends."""
    if not items:
        return str(number)
    first, last = label(items[0]), label(items[-1])
    if first == last:
        return f"{number}: {first}"
    lead, _, year = last.rpartition(" ")
    is_repeated = year.isdecimal() and lead == first.rpartition(" ")[0]
    return f"{number}: {first} – {year if is_repeated else last}"
