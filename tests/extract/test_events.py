"""Meetings are events with their parties, place and date, held or planned."""

import pytest

from by_hand import make_document, make_names
from generator.extract.dates import find_dates
from generator.extract.events import find_events
from generator.model import EventFact, EventKind, Mode


def events_of(*paragraphs: list[str] | str) -> tuple[EventFact, ...]:
    document = make_document(*paragraphs)
    return find_events(document, make_names(document), find_dates(document))


@pytest.mark.parametrize(
    ("sentence", "kind", "title"),
    [
        pytest.param("The ministers of Ruritania and Sylvania held talks.", EventKind.TALKS, "talks", id="talks"),
        pytest.param(
            "They came to the 21st annual Ruritania-Sylvania summit.",
            EventKind.SUMMIT,
            "21st annual Ruritania-Sylvania summit",
            id="summit",
        ),
        pytest.param("Ruritania's king paid a state visit to Sylvania.", EventKind.VISIT, "state visit", id="visit"),
        pytest.param(
            "The Ruritanian king had a phone call with Sylvania's queen.", EventKind.CALL, "phone call", id="call"
        ),
        pytest.param(
            "Ruritania and Sylvania held a signing ceremony.", EventKind.CEREMONY, "signing ceremony", id="ceremony"
        ),
        pytest.param("The king of Ruritania met the queen of Sylvania.", EventKind.TALKS, "met", id="verb"),
    ],
)
def test_an_event_has_kind_title_and_participants(sentence: str, kind: EventKind, title: str) -> None:
    (found,) = events_of(sentence)

    assert (found.kind, found.title, found.participants) == (kind, title, ("RUR", "SYL"))
    assert found.realis.modes == ()


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        pytest.param("Ruritania and Sylvania will hold talks in May.", Mode.FUTURE, id="will"),
        pytest.param(
            "Talks between Ruritania and Sylvania are expected soon, the summit will follow.", Mode.FUTURE, id="follow"
        ),
        pytest.param("Ruritania cancelled its talks with Sylvania.", Mode.NEGATED, id="cancelled"),
        pytest.param("A planned summit of Ruritania and Sylvania drew crowds.", Mode.FUTURE, id="planned"),
    ],
)
def test_what_has_not_happened_says_so(sentence: str, mode: Mode) -> None:
    found = events_of(sentence)

    assert {event.realis.modes for event in found} == {(mode,)}


def test_place_and_date_are_those_of_the_sentence() -> None:
    (found,) = events_of("Ruritania and Freedonia held talks in Strelsau on 3 December 2021.")

    assert found.place is not None
    assert (found.place.name, found.place.country) == ("Strelsau", "RUR")
    assert found.date is not None
    assert found.date.date == "2021-12-03"


def test_a_capital_does_not_take_part_by_being_the_place() -> None:
    (found,) = events_of("Sylvania and Freedonia held talks in Strelsau.")

    assert found.participants == ("FRE", "SYL")


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Ruritania held talks.", id="one party"),
        pytest.param("The ministers met and held talks.", id="no party"),
        pytest.param("Ruritania and Sylvania signed a treaty.", id="no meeting"),
    ],
)
def test_a_meeting_without_two_parties_is_no_event(sentence: str) -> None:
    assert events_of(sentence) == ()


def test_two_reports_of_one_event_are_one_and_the_fuller_stays() -> None:
    (found,) = events_of(
        "Ruritania and Sylvania held talks.", "The talks of Ruritania and Sylvania took place in Strelsau."
    )

    assert found.id == "e1"
    assert found.place is not None
