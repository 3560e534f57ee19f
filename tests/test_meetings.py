"""Meetings across articles."""

from typing import Any

import pytest

from generator.meetings import Meetings
from generator.model import DateBasis, EventFact, EventKind, Meeting, Mode, Override, OverrideKind, Place, Realis
from reports import report, said, words


def event(**changes: Any) -> EventFact:
    """Talks of two countries."""
    values: dict[str, Any] = {
        "id": "e1",
        "kind": EventKind.TALKS,
        "title": "talks",
        "participants": ("IND", "RUS"),
        "evidence": words("They met."),
        "rule": "test",
    }
    return EventFact(**{**values, **changes})


def place(name: str, country: str) -> Place:
    """A place."""
    return Place(name=name, country=country, evidence=words(name))


def meetings_of(*told: tuple[str, EventFact], overrides: tuple[Override, ...] = ()) -> tuple[Meeting, ...]:
    """The meetings of one report for each event, named "r0", "r1" …"""
    meetings = Meetings(overrides)
    for at, (day, fact) in enumerate(told):
        meetings.put(*report(day, events=(fact,), name=f"r{at}"))
    return meetings.all()


DATED = event(date=said("2021-12-06"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("2021-12-06", DATED), ("2021-12-20", DATED), id="one day that both say"),
        pytest.param(("2021-12-06", DATED), ("2021-12-08", event()), id="reports of one week"),
        pytest.param(
            ("2021-12-06", DATED), ("2021-12-08", event(date=said("2021-12-08", DateBasis.REPORT))), id="date of report"
        ),
        pytest.param(
            ("2021-12-06", event(place=place("New Delhi", "IND"))),
            ("2021-12-07", event(place=place("Delhi", "IND"))),
            id="one country",
        ),
    ],
)
def test_reports_of_one_meeting_meet(one: tuple[str, EventFact], other: tuple[str, EventFact]) -> None:
    assert [len(found.statements) for found in meetings_of(one, other)] == [2]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(event(kind=EventKind.SUMMIT), id="another kind"),
        pytest.param(event(participants=("IND", "USA")), id="others"),
        pytest.param(event(participants=()), id="nobody named"),
        pytest.param(event(date=said("2021-12-16")), id="another day"),
        pytest.param(event(date=said("2021-12-06"), place=place("Moscow", "RUS")), id="another place"),
        pytest.param(event(realis=Realis(modes=(Mode.NEGATED,))), id="not held"),
    ],
)
def test_other_meetings_stay_apart(other: EventFact) -> None:
    first = DATED.model_copy(update={"place": place("New Delhi", "IND")})

    assert len(meetings_of(("2021-12-06", first), ("2021-12-07", other))) == 2


def test_reports_months_apart_that_give_no_day_stay_apart() -> None:
    assert len(meetings_of(("2021-12-06", event()), ("2022-03-06", event()))) == 2


def test_a_meeting_has_the_day_that_is_said_and_the_title_most_used() -> None:
    (found,) = meetings_of(
        ("2021-12-06", event(title="a round of talks", place=place("Delhi", "IND"))),
        ("2021-12-07", event(date=said("2021-12-06"))),
        ("2021-12-08", event()),
    )

    assert found.date is not None
    assert found.place is not None
    assert (found.title, found.date.value.date, found.date.article, found.place.value.name, found.slug) == (
        "talks",
        "2021-12-06",
        "r1",
        "Delhi",
        "ind-rus-2021-12-06-talks",
    )


def test_a_person_joins_and_parts_meetings() -> None:
    values: dict[str, Any] = {"reason": "So.", "author": "Kari", "date": "2026-03-14"}
    same = Override(kind=OverrideKind.SAME, facts=("r0/e1", "r2/e1"), **values)
    apart = Override(kind=OverrideKind.NOT_SAME, facts=("r0/e1", "r1/e1"), **values)
    told = [("2021-12-06", DATED), ("2021-12-06", DATED), ("2022-03-06", event())]

    found = meetings_of(*told, overrides=(same, apart))

    assert {frozenset(one.article for one in meeting.statements) for meeting in found} == {
        frozenset({"r0", "r2"}),
        frozenset({"r1"}),
    }
