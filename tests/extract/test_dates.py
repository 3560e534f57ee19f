"""Dates and terms: what a sentence of news English yields, and what it must not."""

from decimal import Decimal

import pytest

from generator.extract.dates import find_dates, find_terms
from generator.extract.text import Document, Sentence
from generator.model import DateBasis
from helpers import cpu_seconds

MONDAY = "2021-12-06"


def document_of(text: str, published: str | None = MONDAY) -> Document:
    return Document(text, published, None, (Sentence(0, 0, 0, len(text), text),))


def dates(text: str, published: str | None = MONDAY) -> list[str]:
    return [found.date for found in find_dates(document_of(text, published))]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("It was signed on December 6, 2019.", "2019-12-06", id="month day year"),
        pytest.param("It was signed on 6 December 2019.", "2019-12-06", id="day month year"),
        pytest.param("It was signed on the 6th of December 2019.", "2019-12-06", id="ordinal"),
        pytest.param("Signed: 2019-12-06.", "2019-12-06", id="ISO"),
        pytest.param("Signed: 16/12/2019.", "2019-12-16", id="day above twelve"),
        pytest.param("Signed: 24.02.2019.", "2019-02-24", id="dots"),
        pytest.param("Signed: 12/16/2019.", "2019-12-16", id="American order"),
        pytest.param("It was signed in March 2019.", "2019-03", id="month year"),
        pytest.param("It ends in July, 2030.", "2030-07", id="comma before the year"),
        pytest.param("It was signed in 2015.", "2015", id="year"),
        pytest.param("The 2015 accord stands.", "2015", id="year as an adjective"),
    ],
)
def test_a_date_in_full_is_stated(text: str, date: str) -> None:
    found = find_dates(document_of(text, None))

    assert [(f.date, f.basis) for f in found] == [(date, DateBasis.STATED)]


@pytest.mark.parametrize(
    ("text", "date", "is_future"),
    [
        pytest.param("The ministers met on Monday.", "2021-12-06", False, id="weekday of the article"),
        pytest.param("The ministers met on Thursday.", "2021-12-02", False, id="last one"),
        pytest.param("The ministers will meet on Thursday.", "2021-12-09", True, id="next one"),
        pytest.param("The pact is to be signed on Thursday.", "2021-12-09", True, id="to be"),
        pytest.param("It is expected to be signed on Thursday.", "2021-12-09", True, id="expected"),
        pytest.param("He said on Friday that they will sign.", "2021-12-03", False, id="the nearest verb governs"),
        pytest.param("On Friday the ministers will meet.", "2021-12-10", True, id="verb after"),
        pytest.param("They meet next Monday.", "2021-12-13", True, id="next weekday"),
        pytest.param("They met last Saturday.", "2021-11-27", False, id="last, two days ago, is a week earlier"),
        pytest.param("They met last Wednesday.", "2021-12-01", False, id="last weekday"),
        pytest.param("It was signed today.", "2021-12-06", False, id="today"),
        pytest.param("It will be signed today.", "2021-12-06", True, id="today, ahead"),
        pytest.param("It was signed yesterday.", "2021-12-05", False, id="yesterday"),
        pytest.param("It was signed the day before yesterday.", "2021-12-04", False, id="the day before yesterday"),
        pytest.param("It will be signed tomorrow.", "2021-12-07", True, id="tomorrow"),
        pytest.param("They met two days ago.", "2021-12-04", False, id="days ago"),
        pytest.param("They met three months ago.", "2021-09", False, id="months ago"),
        pytest.param("They met 30 years ago.", "1991", False, id="years ago"),
        pytest.param("They met last month.", "2021-11", False, id="last month"),
        pytest.param("They met earlier this month.", "2021-12", False, id="this month"),
        pytest.param("They met last year.", "2020", False, id="last year"),
        pytest.param("They meet next year.", "2022", True, id="next year"),
        pytest.param("They met last week.", "2021", False, id="a week over two months is a year"),
        pytest.param("It was signed on November 27.", "2021-11-27", False, id="month and day"),
        pytest.param("It was signed on Dec. 20.", "2020-12-20", False, id="past day later in the year"),
        pytest.param("It will be signed on January 5.", "2022-01-05", True, id="future day of next year"),
        pytest.param("They met on March 20 last year.", "2020-03-20", False, id="day of last year"),
        pytest.param("They met in March.", "2021-03", False, id="month, past"),
        pytest.param("They will meet in March.", "2022-03", True, id="month, future"),
        pytest.param("They agreed on it last December.", "2020-12", False, id="last December"),
        pytest.param("They may sign it in May.", "2022-05", True, id="may and May"),
        pytest.param("It is due to expire at the beginning of March.", "2022-03", True, id="beginning of a month"),
        pytest.param("He arrives in Oslo on Sunday.", "2021-12-12", True, id="present tense of a plan"),
        pytest.param("They met late on Sunday.", "2021-12-05", False, id="late on"),
        pytest.param("It marks the 30th anniversary of the treaty.", "1991", False, id="anniversary"),
    ],
)
def test_a_relative_date_is_resolved_against_the_article(text: str, date: str, is_future: bool) -> None:
    found = find_dates(document_of(text))

    assert [(f.date, f.basis, f.is_future) for f in found] == [(date, DateBasis.RESOLVED, is_future)]


def test_last_week_within_a_month_is_that_month() -> None:
    assert dates("They met last week.", "2022-02-16") == ["2022-02"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Signed: 6/12/2021.", id="day and month may be swapped"),
        pytest.param("It was built in the 1960s.", id="decade"),
        pytest.param("Resolution 2015 was read to 2015 delegates at 2030 GMT.", id="numbers"),
        pytest.param("It cost $2015 and Rs 2015.", id="money"),
        pytest.param("It may march; after May resigned, March led.", id="words and names"),
        pytest.param("The plan for 2021–2031 is ready.", id="range of years is a term"),
        pytest.param("It happens every Monday at the Sunday Times.", id="habit and newspaper"),
        pytest.param("It was signed on February 30.", id="no such day"),
        pytest.param("They meet on the second Monday of a month.", id="rule for a weekday"),
        pytest.param("The PzH 2000 howitzers fit Agenda 2030.", id="years that are names"),
        pytest.param("It met seven days earlier.", id="counted from another day"),
    ],
)
def test_no_date_is_read_where_there_is_none(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param(None, ["2019-12-05"], id="no date"),
        pytest.param("1987", ["1986-12", "1986", "2019-12-05"], id="year only"),
        pytest.param("2021-12", ["2020-12", "2020", "2021-11", "2021-12", "2019-12-05"], id="year and month"),
    ],
)
def test_only_what_the_date_of_the_article_suffices_for_is_resolved(published: str | None, expected: list[str]) -> None:
    text = "Last December, last year, last month, today, Monday, July 5; December 5, 2019."

    assert dates(text, published) == expected


def test_the_evidence_of_a_date_is_verbatim() -> None:
    text = "They met on Wednesday, December 1, 2021, in Oslo."

    (found,) = find_dates(document_of(text))

    assert text[found.start : found.end] == "December 1, 2021"


@pytest.mark.parametrize(
    ("text", "begins", "ends", "years"),
    [
        pytest.param("It holds for the next decade, through 2030.", None, "2030", 10, id="decade, through"),
        pytest.param("A five-year pact was signed.", None, None, 5, id="five-year"),
        pytest.param("It runs for a period of 10 years.", None, None, 10, id="period of"),
        pytest.param("A 25 year repayment term was set.", None, None, 25, id="25 year"),
        pytest.param("It runs through 2030.", None, "2030", None, id="through"),
        pytest.param("It is valid until March 2024.", None, "2024-03", None, id="until a month"),
        pytest.param("The programme for 2021–2031 is ready.", "2021", "2031", None, id="range"),
        pytest.param("The programme for 2021–22 is ready.", "2021", "2022", None, id="short range"),
        pytest.param("It runs from 2021 to 2030.", "2021", "2030", None, id="from to"),
        pytest.param("The treaty expires in 2026.", None, "2026", None, id="expires"),
        pytest.param("It expires on Sept 30, 2028.", None, "2028-09-30", None, id="expires on a day"),
        pytest.param("The cut is effective January 1, 2022.", "2022-01-01", None, None, id="effective"),
        pytest.param("It was leased for 99 years.", None, None, 99, id="for years"),
        pytest.param("The loan runs for 30 months.", None, None, "2.5", id="months"),
        pytest.param("The truce would last 20 years.", None, None, 20, id="would last"),
        pytest.param("It is valid from January 1 to December 31, 2023.", "2023-01-01", "2023-12-31", None, id="days"),
        pytest.param("It stays in force until at least 2040.", None, "2040", None, id="until at least"),
        pytest.param("The contract runs to 2035.", None, "2035", None, id="runs to"),
        pytest.param("It remains valid for a year.", None, None, 1, id="for a year"),
        pytest.param("It holds for another five years until 2026.", None, "2026", 5, id="both"),
    ],
)
def test_a_term_is_read(text: str, begins: str | None, ends: str | None, years: int | str | None) -> None:
    found = find_terms(document_of(text))

    expected = (begins, ends, None if years is None else Decimal(years))
    assert [(term.begins, term.ends, term.years) for term in found] == [expected]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("They extended the treaty by five years.", "term-extension", id="extension"),
        pytest.param("Trade will reach $30 billion by 2025.", "term-by", id="target year"),
        pytest.param("They agreed a 90-day truce.", "term-days", id="days"),
        pytest.param("They signed a ten-year lease.", "term-duration", id="duration"),
    ],
)
def test_the_rule_tells_terms_that_need_care(text: str, rule: str) -> None:
    assert [term.rule for term in find_terms(document_of(text))] == [rule]


def test_months_are_parts_of_a_year() -> None:
    (term,) = find_terms(document_of("A two-month truce holds."))

    assert term.years == Decimal("0.17")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It is the first in over 50 years.", id="in over"),
        pytest.param("They met often over the past 20 years.", id="past"),
        pytest.param("They met 10 years ago.", id="ago"),
        pytest.param("The 10-year-old pact holds.", id="age"),
        pytest.param("They will decide within 10 years.", id="deadline"),
        pytest.param("Trade is up from 2019.", id="comparison"),
        pytest.param("Prices fell by five years of thrift.", id="by, without extension"),
    ],
)
def test_no_term_is_read_where_there_is_none(text: str) -> None:
    assert find_terms(document_of(text)) == ()


@pytest.mark.parametrize("unit", ["1", "2021 ", "Monday ", "May 5 ", "five-year ", "until 2030 ", "a", "next year "])
def test_reading_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        document = document_of((unit * length)[:length])
        return cpu_seconds(lambda: (find_dates(document), find_terms(document)))

    assert seconds(40_000) < 12 * seconds(10_000) + 0.5
