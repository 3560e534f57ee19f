"""Long lists cut into pages."""

import pytest

from generator.paging import numbered, sheets


def first_letter(word: str) -> str:
    return word[0]


def test_a_list_that_fits_is_one_page_without_a_pager() -> None:
    made = list(sheets("people/index.md", ["ada", "bo"], first_letter, size=2))

    assert [(one.path, one.items, one.pager) for one in made] == [("people/index.md", ("ada", "bo"), None)]


def test_an_empty_list_is_one_empty_page() -> None:
    none: list[str] = []

    assert [(one.path, one.items) for one in sheets("expected.md", none, first_letter)] == [("expected.md", ())]


def test_a_long_list_says_what_each_page_begins_and_ends_with() -> None:
    made = list(sheets("people/index.md", ["ada", "bo", "cy", "dan", "dora"], first_letter, size=2))

    pager = made[1].pager
    assert [one.items for one in made] == [("ada", "bo"), ("cy", "dan"), ("dora",)]
    assert pager is not None
    assert [(link.text, link.page) for link in pager.pages] == [
        ("1: a – b", "people/index.md"),
        ("2: c – d", "people/pages/2.md"),
        ("3: d", "people/pages/3.md"),
    ]
    assert (pager.previous, pager.next) == (pager.pages[0], pager.pages[2])


def test_the_first_page_has_none_before_it_and_the_last_none_after_it() -> None:
    first, last = (one.pager for one in sheets("x.md", ["a", "b"], first_letter, size=1))

    assert first is not None
    assert last is not None
    assert (first.previous, last.next) == (None, None)


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (["Concluded 2026", "Concluded 2024"], "1: Concluded 2026 – 2024"),
        (["Concluded 2026", "Undone 2026"], "1: Concluded 2026 – Undone 2026"),
        (["New Caledonia", "New Zealand"], "1: New Caledonia – New Zealand"),
        (["2026", "2026"], "1: 2026"),
    ],
    ids=["years of one ledger", "two ledgers", "names", "the same"],
)
def test_a_range_says_no_more_than_it_must(labels: list[str], text: str) -> None:
    first = next(sheets("x.md", [*labels, "after"], str, size=2))

    assert first.pager is not None
    assert first.pager.pages[0].text == text


@pytest.mark.parametrize(
    ("path", "expected"),
    [("expected.md", "expected/pages/2.md"), ("people/index.md", "people/pages/2.md")],
    ids=["page", "index"],
)
def test_further_pages_stand_below_the_first(path: str, expected: str) -> None:
    assert numbered(path, 2) == expected
