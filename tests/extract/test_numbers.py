"""Figures of news English: scales, words, grouping, ranges, hedges, and what is no figure."""

import pytest

from generator.extract.numbers import find_numbers, hedge_before, words_in
from generator.model import Qualifier


def figures(text: str) -> list[str]:
    return [
        f"{number.low:f}" if number.high is None else f"{number.low:f}..{number.high:f}"
        for number in find_numbers(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1,648 of them", ["1648"], id="grouping"),
        pytest.param("6,01,427 of them", ["601427"], id="Indian grouping"),
        pytest.param("1.200.000 of them", ["1200000"], id="European grouping"),
        pytest.param("1,2 billion", ["1200000000.0"], id="decimal comma beside a scale"),
        pytest.param("15.8 mln", ["15800000.0"], id="abbreviated scale"),
        pytest.param("5 lakh crore", ["5000000000000"], id="two scales"),
        pytest.param("twenty-five", ["25"], id="ten and unit"),
        pytest.param("two and a half million", ["2500000.0"], id="and a half"),
        pytest.param("three hundred and fifty thousand", ["350000"], id="hundreds of thousands"),
        pytest.param("a dozen or two dozen", ["12..24"], id="dozens"),
        pytest.param("half a billion", ["500000000.0"], id="half a"),
        pytest.param("a half billion", ["500000000.0"], id="a half"),
        pytest.param("two five-year plans", ["2", "5"], id="two figures side by side"),
        pytest.param("10 to 12 million", ["10000000..12000000"], id="range shares its scale"),
        pytest.param("between ten and twelve", ["10..12"], id="between"),
        pytest.param("ten and twelve", ["10", "12"], id="and alone is no range"),
        pytest.param("rose from 5 to 7 billion", ["5000000000", "7000000000"], id="change is no range"),
        pytest.param("ranging from 5 to 7 billion", ["5000000000..7000000000"], id="ranging from"),
        pytest.param("a 350MW plant", ["350"], id="unit attached"),
    ],
)
def test_a_figure_is_read(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the 20th of the 1990s", id="ordinals and decades"),
        pytest.param("at 2:00 in the 2+2 format", id="times and formats"),
        pytest.param("AK-203, S-400 and 5G", id="designations"),
        pytest.param("1" * 40, id="too long"),
        pytest.param("millions of dozens", id="plural scales alone"),
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        pytest.param("worth more than ", Qualifier.MORE, id="more than"),
        pytest.param("in no more than ", Qualifier.UP_TO, id="no more than"),
        pytest.param("some ", Qualifier.ABOUT, id="some"),
        pytest.param("not less than ", Qualifier.AT_LEAST, id="not less than"),
        pytest.param("under ", Qualifier.LESS, id="under"),
        pytest.param("signed for ", None, id="none"),
        pytest.param("more than, ", None, id="comma between"),
    ],
)
def test_the_longest_hedge_before_a_figure_counts(text: str, qualifier: Qualifier | None) -> None:
    assert hedge_before(text, len(text))[1] is qualifier


def test_a_hedge_after_a_figure_counts() -> None:
    assert [number.qualifier for number in find_numbers("5 or more, 100+ and 7")] == [
        Qualifier.AT_LEAST,
        Qualifier.MORE,
        Qualifier.EXACT,
    ]


def test_words_are_in_lower_case_without_marks() -> None:
    assert words_in("The U.S.-led Pact, 2021") == {"the", "u", "s", "led", "pact"}
