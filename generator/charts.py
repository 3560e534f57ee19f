"""Values as SVG text: timeline, status steps, value ladder.

Drawn with `currentColor` and shapes that differ without color, so that they read in dark mode, in print and for every
eye; each has a title and a description. A chart of too few points to show anything is the empty string. Knows no page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_WIDTH = 720
_LABEL = 46  # characters of a label
_GAP = 160  # between two steps at most, so that few steps fit a small screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something at a date."""

    date: str  # EDTF
    when: str  # the same in words
    label: str
    is_open: bool = False  # not said to have happened: drawn hollow


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One reported figure."""

    label: str  # who says so
    text: str  # the figure in words
    low: Decimal
    high: Decimal  # equal to `low` where there is no range


def timeline(points: Sequence[Point], *, today: date) -> str:
    """Points on a line of time, with today where it lies between them; empty for fewer than three dates."""
    days = {point.date: _day(point.date) for point in points}
    if len(set(days.values())) < 3:
        return ""
    first, last = min(days.values()), max(days.values())
    now = today.toordinal()
    parts = [_line(20, 30, _WIDTH - 20, 30)]
    stacked: dict[int, int] = {}
    for point in points:
        x = _scaled(days[point.date], first, last)
        level = stacked.get(x, 0)
        stacked[x] = level + 1
        if level < 5:
            parts.append(_dot(x, 30 - 0 + level * 14, is_open=point.is_open))
    height = 40 + 14 * min(5, max(stacked.values()))
    if first < now < last:
        x = _scaled(now, first, last)
        parts.append(
            f'<line x1="{x}" y1="12" x2="{x}" y2="{height - 16}" stroke="currentColor" stroke-dasharray="3 3"/>'
        )
        parts.append(_text(x, 10, "today", "middle"))
    for ordinal, place in ((first, "start"), (last, "end")):
        name = next(point.when for point in points if days[point.date] == ordinal)
        parts.append(_text(_scaled(ordinal, first, last), height, name, place))
    told = "; ".join(f"{point.when}: {_cut(point.label, 90)}" for point in points[:40])
    return _svg(height + 8, "Timeline", told, parts)


def steps(points: Sequence[Point]) -> str:
    """The life of an agreement as a row of steps; empty for fewer than two."""
    if len(points) < 2:
        return ""
    shown = points[-6:]
    gap = min((_WIDTH - 120) // (len(shown) - 1), _GAP)
    parts = [_line(60, 18, 60 + gap * (len(shown) - 1), 18)]
    for index, point in enumerate(shown):
        x = 60 + index * gap
        parts += [_dot(x, 18, is_open=point.is_open), _text(x, 42, point.label, "middle", is_strong=True)]
        parts.append(_text(x, 58, point.when, "middle"))
    told = "; ".join(f"{point.when}: {point.label}" for point in shown)
    return _svg(66, "Status, step by step", told, parts)


def ladder(rungs: Sequence[Rung], *, title: str) -> str:
    """Reported figures beside each other, from zero; empty for fewer than two different ones."""
    if len({(rung.low, rung.high) for rung in rungs}) < 2:
        return ""
    shown = rungs[:12]
    top = max(rung.high for rung in shown) or Decimal(1)
    parts = []
    for index, rung in enumerate(shown):
        y = 16 + index * 44
        low, high = (int(_WIDTH * value / top) for value in (rung.low, rung.high))
        parts.append(_text(0, y, f"{_cut(rung.text, _LABEL)} — {_cut(rung.label, _LABEL)}", "start"))
        parts.append(
            f'<rect x="0" y="{y + 8}" width="{max(low, 2)}" height="12" fill="currentColor" fill-opacity=".55"/>'
        )
        if high > low:
            parts.append(
                f'<rect x="{low}" y="{y + 8}" width="{high - low}" height="12" fill="none" stroke="currentColor"/>'
            )
    told = "; ".join(f"{rung.text} ({rung.label})" for rung in shown)
    return _svg(16 + 44 * len(shown), title, told, parts, kind=" pb-chart--ladder")


def _day(edtf: str) -> int:
    """The first day of a date that may be only a month or a year."""
    parts = [int(part) for part in edtf.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day).toordinal()


def _scaled(day: int, first: int, last: int) -> int:
    return 20 + (_WIDTH - 40) * (day - first) // (last - first)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _line(x1: int, y1: int, x2: int, y2: int, *, dashes: str = "none") -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor" stroke-opacity=".6"'
        f' stroke-dasharray="{dashes}"/>'
    )


def _bar(x: int, y: int, width: int, paint: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="12" {paint}/>'


def _dot(x: int, y: int, *, is_open: bool) -> str:
    fill = "var(--md-default-bg-color, #fff)" if is_open else "currentColor"
    return f'<circle cx="{x}" cy="{y}" r="5" fill="{fill}" stroke="currentColor" stroke-width="2"/>'


def _text(x: int, y: int, text: str, where: str, *, is_strong: bool = False) -> str:
    weight = ' font-weight="600"' if is_strong else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{where}" font-size="13" fill="currentColor"{weight}>'
        f"{_safe(_cut(text, _LABEL * 2))}</text>"
    )


def _svg(height: int, title: str, description: str, parts: Sequence[str], *, kind: str = "") -> str:
    """One line of SVG; the caption's words stand in the picture itself, for readers who cannot see it."""
    return (
        f'<svg class="pb-chart{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
        f"<title>{_safe(title)}</title><desc>{_safe(description)}</desc>{''.join(parts)}</svg>"
    )


def _safe(text: str) -> str:
    """Text that parsers of Markdown, HTML and XML all take as text: letters, digits, blanks and references."""
    return "".join(_reference(one) for one in text)


def _reference(one: str) -> str:
    if one.isalnum() or one == " " or (one > "\x9f" and one.isprintable()):
        return one
    return f"&#{ord(one)};" if one.isprintable() else " "
