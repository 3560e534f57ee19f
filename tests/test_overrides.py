"""What persons decide against the rules."""

import re
from pathlib import Path

import pytest

from generator.errors import PactbookError
from generator.model import Override, OverrideKind
from generator.overrides import (
    Overrides,
    add_override,
    check_overrides,
    dump_overrides,
    parse_overrides,
    read_overrides,
    without_retracted,
)
from reports import agreement, item, person, report

GOOD = """\
overrides:
  - kind: same
    facts: [one/a1, two/a1]
    reason: Both tell of the contract that was signed in Korwa.
    author: Kari Nordmann
    date: 2026-03-14
  - kind: rename
    facts: [one/a1]
    to: Contract on rifles
    reason: The title was too long.
    author: Kari Nordmann
    date: 2026-03-15
"""
REPORTS = [
    report(
        "2021-12-06",
        agreement(items=(item("AK-203"), item("BM-9"))),
        agreement(parties="IND KAZ nordicsteel"),
        people=(person("Ivan Petrov"),),
        name="one",
    ),
    report("2021-12-07", agreement(), people=(person("Ivan Petrow"),), name="two"),
]
ARTICLES = {article.id: article for article, _ in REPORTS}
FACTS = {facts.article: facts for _, facts in REPORTS}


def entry(kind: str = "same", facts: str = "one/a1 two/a1", to: str | None = None) -> Override:
    """An entry; its facts are names with blanks between."""
    return Override(
        kind=OverrideKind(kind), facts=tuple(facts.split()), to=to, reason="They are.", author="Kari", date="2026-03-14"
    )


def faults(*entries: Override) -> list[str]:
    """What is wrong with some entries, in words."""
    overrides = Overrides(entries=entries, lines=tuple(range(1, len(entries) + 1)))
    return [problem.message for problem in check_overrides(overrides, ARTICLES, FACTS)]


# -- reading and writing -----------------------------------------------------------------------------


def test_no_file_overrides_nothing(tmp_path: Path) -> None:
    assert read_overrides(tmp_path) == Overrides()


def test_entries_are_read_with_their_lines() -> None:
    found = parse_overrides(GOOD)

    assert [(one.kind, one.facts, line) for one, line in zip(found.entries, found.lines, strict=True)] == [
        ("same", ("one/a1", "two/a1"), 2),
        ("rename", ("one/a1",), 7),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "kind: same",
            "kind: equal",
            "seeds/overrides.yaml:2: overrides[0].kind must be same, not-same, rename, retract; got 'equal'.",
            id="unknown kind",
        ),
        pytest.param(
            "    author: Kari Nordmann\n    date: 2026-03-15\n",
            "    date: 2026-03-15\n",
            "seeds/overrides.yaml:7: overrides[1].author is missing. Add it.",
            id="no author",
        ),
        pytest.param(
            "date: 2026-03-15",
            "date: 2026-03",
            "seeds/overrides.yaml:12: overrides[1].date must be a day such as 2021-12-06; got '2026-03'. Correct it.",
            id="no day",
        ),
        pytest.param(
            "date: 2026-03-15",
            "date: 2026-02-31",
            "seeds/overrides.yaml:12: overrides[1].date must be a day such as 2021-12-06, or 2021-12, or 2021; "
            "got '2026-02-31'. Correct it.",
            id="no day of the calendar",
        ),
        pytest.param(
            "two/a1",
            "Two/a1",
            "seeds/overrides.yaml:3: overrides[0].facts[1] must be an article's id, a fact of it such as "
            "2021-12-06-x/a1, or a name such as equipment:AK-203; got 'Two/a1'. Correct it.",
            id="no name of a fact",
        ),
        pytest.param(
            "[one/a1, two/a1]",
            "[one/a1]",
            "seeds/overrides.yaml:2: overrides[0] is wrong: same must name two facts or more. Correct it.",
            id="same as nothing",
        ),
        pytest.param(
            "    to: Contract on rifles\n",
            "",
            "seeds/overrides.yaml:7: overrides[1] is wrong: 'to' must stand in a rename, and nowhere else. Correct it.",
            id="renamed to nothing",
        ),
        pytest.param(
            "reason: The", "why: The", "seeds/overrides.yaml:10: overrides[1].why is not known", id="unknown key"
        ),
        pytest.param(
            "reason: The title was too long.",
            'reason: ""',
            "seeds/overrides.yaml:10: overrides[1].reason is empty. Give a value, or leave the key out.",
            id="no reason",
        ),
    ],
)
def test_a_broken_entry_is_refused_with_the_place_of_the_fault(old: str, new: str, message: str) -> None:
    text = GOOD.replace(old, new)

    with pytest.raises(PactbookError, match=re.escape(message)):
        parse_overrides(text)


def test_what_is_written_is_read_again() -> None:
    entries = (entry(), entry("rename", "one/a1", 'A "new": name'), entry("retract", "two"))

    assert parse_overrides(dump_overrides(entries)).entries == entries
    assert parse_overrides(dump_overrides([])).entries == ()


def test_an_entry_is_added_below_what_a_person_wrote(tmp_path: Path) -> None:
    path = tmp_path / "seeds" / "overrides.yaml"
    path.parent.mkdir()
    path.write_text(GOOD.replace("overrides:", "# Read with care.\noverrides:"))

    add_override(tmp_path, entry("retract", "two"))

    assert path.read_text().startswith("# Read with care.\noverrides:\n  - kind: same\n")
    assert [one.kind for one in read_overrides(tmp_path).entries] == ["same", "rename", "retract"]


@pytest.mark.parametrize(
    "text",
    [None, "overrides: []\n", "overrides: [{kind: retract, facts: [one], reason: R, author: A, date: 2026-01-01}]\n"],
)
def test_an_entry_is_added_to_every_form_of_the_file(tmp_path: Path, text: str | None) -> None:
    (tmp_path / "seeds").mkdir()
    if text is not None:
        (tmp_path / "seeds" / "overrides.yaml").write_text(text)
    before = read_overrides(tmp_path).entries

    add_override(tmp_path, entry())

    assert read_overrides(tmp_path).entries == (*before, entry())


# -- checking ----------------------------------------------------------------------------------------


def test_entries_that_name_facts_and_agree_are_no_problem() -> None:
    good = [
        entry("same", "one/p1 two/p1"),
        entry("not-same", "one/a1 two/a1"),
        entry("rename", "equipment:AK203", "AK-203"),
        entry("rename", "organisation:NordicSteel", "Nordic Steel"),
        entry("retract", "one/a2"),
    ]

    assert faults(*good) == []


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        pytest.param(
            [entry(facts="one/a1 three/a1")],
            "overrides[0].facts[1] names no article: 'three' is not in seeds/articles. "
            "Correct it, or take the entry out.",
            id="no such article",
        ),
        pytest.param(
            [entry(facts="one/a1 two/a7")],
            "overrides[0].facts[1] names nothing: seeds/facts/two.yaml has no 'a7'. Of this kind it has a1.",
            id="no such fact",
        ),
        pytest.param(
            [entry("retract", "two/e1")],
            "overrides[0].facts[0] names nothing: seeds/facts/two.yaml has no 'e1'. It has none of this kind.",
            id="none of the kind",
        ),
        pytest.param(
            [entry("rename", "equipment:T-90", "T-90M")],
            "overrides[0].facts[0] names nothing: no fact has equipment 'T-90'. Correct it, or take it out.",
            id="no such equipment",
        ),
        pytest.param(
            [entry(facts="one/a1 two/p1")],
            "overrides[0].facts must be of one kind; got 'one/a1', 'two/p1'. Split the entry.",
            id="two kinds",
        ),
        pytest.param(
            [entry(facts="one/a1 two")],
            "overrides[0].facts[1] must be an agreement, person, event, equipment or organisation; got 'two'.",
            id="a whole article",
        ),
        pytest.param(
            [entry("retract", "equipment:AK-203")],
            "overrides[0].facts[0] must be an article or a fact of one; got 'equipment:AK-203'. "
            "Name each fact that is withdrawn.",
            id="equipment withdrawn",
        ),
        pytest.param(
            [entry(facts="one/a1 two/a1 one/a1")],
            "overrides[0].facts[2] stands twice: 'one/a1'. Keep one.",
            id="twice in one entry",
        ),
        pytest.param(
            [entry(facts="one/a1 two/a1"), entry(facts="two/a1 one/a2"), entry(facts="one/a2 one/a1")],
            "overrides[2] closes a circle: 'one/a2' and 'one/a1' are the same already. Leave one out.",
            id="circle",
        ),
        pytest.param(
            [entry("not-same", "one/a1 one/a2"), entry(facts="one/a1 two/a1"), entry(facts="two/a1 one/a2")],
            "overrides[0] contradicts an entry that says the same of these facts. Decide for one of the two.",
            id="same and not the same",
        ),
        pytest.param(
            [entry(), entry("rename", "one/a1", "One"), entry("rename", "two/a1", "Two")],
            "overrides[2] gives a second name to what overrides[1] renames. Keep one.",
            id="two names",
        ),
        pytest.param(
            [entry("retract", "one"), entry("retract", "one/a1")],
            "overrides[1] withdraws 'one/a1', which overrides[0] has withdrawn. Keep one.",
            id="withdrawn twice",
        ),
    ],
)
def test_entries_that_name_nothing_or_contradict_are_problems(entries: list[Override], message: str) -> None:
    assert message in faults(*entries)


def test_an_article_that_is_refused_is_not_held_against_an_entry() -> None:
    overrides = Overrides(entries=(entry(facts="one/a1 three/a1"),), lines=(2,))

    assert list(check_overrides(overrides, ARTICLES, FACTS, refused={"three"})) == []


# -- applying ----------------------------------------------------------------------------------------


def test_a_fact_that_is_withdrawn_stands_apart() -> None:
    standing, withdrawn = without_retracted(FACTS, [entry("retract", "one/a2"), entry()])

    assert [fact.id for fact in standing[REPORTS[0][0].id].agreements] == ["a1"]
    assert [(one.article, [fact.id for fact in one.facts.agreements], one.facts.people) for one in withdrawn] == [
        ("one", ["a2"], ())
    ]


def test_an_article_that_is_withdrawn_keeps_no_fact() -> None:
    standing, withdrawn = without_retracted(FACTS, [entry("retract", "two")])

    file = standing[REPORTS[1][0].id]
    assert (file.agreements, file.people) == ((), ())
    assert [fact.id for fact in withdrawn[0].facts.people] == ["p1"]
