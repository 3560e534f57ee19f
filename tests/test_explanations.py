"""Why facts stand together, or apart."""

import pytest

from generator.explanations import why_apart, why_together
from generator.model import Area, Book, Instrument, Override, OverrideKind
from generator.resolve import resolve
from reports import agreement, item, report

RIFLES = agreement("contract for rifles", instrument=Instrument.CONTRACT, items=(item("AK-203", 601427),))
GRAIN = agreement("pact on grain", areas=(Area.FOOD,))
SAME = Override(
    kind=OverrideKind.SAME, facts=("one/a1", "three/a1"), reason="Both are.", author="Kari", date="2026-03-14"
)


def book(*overrides: Override) -> Book:
    """Two reports of one contract and one of something else."""
    every = [
        report(f"2021-12-0{day}", fact, name=name)
        for day, (name, fact) in enumerate({"one": RIFLES, "two": RIFLES, "three": GRAIN}.items(), 6)
    ]
    return resolve({a.id: a for a, _ in every}, {f.article: f for _, f in every}, overrides)


def test_an_agreement_tells_over_which_scores_its_facts_met_and_what_came_near() -> None:
    made = book()
    rifles = next(one for one in made.agreements if len(one.statements) == 2)
    grain = next(one for one in made.agreements if len(one.statements) == 1)

    lines = list(why_together(made, rifles))

    assert lines == [
        f"{rifles.id}  signed  contract for rifles",
        "  one/a1  signed  contract for rifles",
        "  two/a1  signed  contract for rifles",
        "two/a1 stands with one/a1: 20 points, 9 are needed",
        "   +4 parties: the same: IND, RUS",
        "   +3 instrument: the same: contract",
        "   +2 areas: in common: defence",
        "   +7 items: in common: ak203",
        "   +2 words: the same: rifle",
        "   +2 reports: 1 day apart",
        f"Apart: {grain.id}  pact on grain",
        "  the nearest are one/a1 and three/a1: 2 points, 9 are needed",
        "   +4 parties: the same: IND, RUS",
        "   +1 instrument: may mean the same: agreement, contract",
        "   -3 areas: defence against food",
        "   -2 words: rifle against grain",
        "   +2 reports: 2 days apart",
    ]


def test_an_agreement_tells_who_joined_its_facts() -> None:
    made = book(SAME)

    lines = [line for line in why_together(made, made.agreements[0]) if not line.startswith(" ")]

    assert lines[1:] == [
        "three/a1 stands with one/a1 because Kari said so on 2026-03-14",
        "two/a1 stands with one/a1: 20 points, 9 are needed",
        "same by Kari, 2026-03-14: one/a1, three/a1. Both are.",
    ]


@pytest.mark.parametrize(
    ("pair", "ends"),
    [
        pytest.param(("one/a1", "two/a1"), "They are one agreement: ", id="one"),
        pytest.param(("one/a1", "three/a1"), ", 9 are needed.", id="too few points"),
    ],
)
def test_the_score_of_two_facts_tells_what_follows(pair: tuple[str, str], ends: str) -> None:
    lines = list(why_apart(book(), *pair))

    assert ends in lines[-1]
    assert any("parties: the same: IND, RUS" in line for line in lines)


def test_a_fact_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyError, match="one/a7"):
        list(why_apart(book(), "one/a1", "one/a7"))
