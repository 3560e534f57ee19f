"""Pictures: well-formed, readable without color, and none where there is nothing to see."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as Tree

import pytest

from generator import charts
from generator.charts import Point, Rung

TODAY = date(2026, 3, 31)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script> & "quotes" \x00 *stars* [x](javascript:y)'


def parsed(svg: str) -> Tree.Element:
    return Tree.fromstring(svg)  # noqa: S314 - our own picture, not somebody's document


def points(*dates: str) -> list[Point]:
    return [
        Point(date=one, when=one, label=f"step {number}", is_open=number % 2 == 1) for number, one in enumerate(dates)
    ]


def rungs(*sums: tuple[int, int]) -> list[Rung]:
    return [Rung(label="Gazette", text=f"USD {low}", low=Decimal(low), high=Decimal(high)) for low, high in sums]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "svg",
    [
        charts.timeline([], today=TODAY),
        charts.timeline(points("2026-01-01", "2026-01-01", "2027"), today=TODAY),
        charts.steps(points("2026-01-01")),
        charts.ladder([], title="Reported sums in USD"),
        charts.ladder(rungs((5, 5), (5, 5)), title="Reported sums in USD"),
    ],
    ids=["no date", "two dates", "one step", "no sum", "one sum twice"],
)
def test_too_little_to_see_is_no_picture(svg: str) -> None:
    assert svg == ""


@pytest.mark.parametrize(
    "svg",
    [
        charts.timeline(points("2020", "2026-03", "2030-01-01", "2030-01-01"), today=TODAY),
        charts.steps(points("2026-01-01", "2026-02-01")),
        charts.ladder(rungs((5, 5), (7, 9)), title="Reported sums in USD"),
    ],
    ids=["timeline", "steps", "ladder"],
)
def test_pictures_have_a_title_and_tell_what_they_show(svg: str) -> None:
    picture = parsed(svg)

    assert picture.get("role") == "img"
    assert (picture.findtext(f"{SVG}title") or "").strip()
    assert len(picture.findtext(f"{SVG}desc") or "") > 10
    assert "\n" not in svg


def test_a_timeline_marks_today_between_its_ends_only() -> None:
    ahead = charts.timeline(points("2020", "2021", "2030"), today=TODAY)
    behind = charts.timeline(points("2020", "2021", "2022"), today=TODAY)

    assert "today" in texts(ahead)
    assert "today" not in texts(behind)


def test_what_has_not_happened_is_hollow() -> None:
    picture = parsed(charts.steps(points("2026-01-01", "2026-02-01")))

    fills = [circle.get("fill") for circle in picture.iter(f"{SVG}circle")]

    assert fills[0] == "currentColor"
    assert fills[1] != "currentColor"


def test_bars_are_as_long_as_their_sums_from_zero() -> None:
    picture = parsed(charts.ladder(rungs((50, 50), (100, 100)), title="Reported sums in USD"))

    widths = [int(bar.get("width", "")) for bar in picture.iter(f"{SVG}rect")]

    assert widths == [360, 720]


def test_words_of_articles_stay_words() -> None:
    svg = charts.steps([Point(date="2026", when="2026", label=HOSTILE), Point(date="2027", when="2027", label="plain")])

    picture = parsed(svg)

    assert [element.tag for element in picture.iter() if "script" in element.tag] == []
    assert texts(svg)[0] == HOSTILE.replace("\x00", " ")
    assert "*" not in svg
    assert "[x]" not in svg
