"""Tensions are read only where one sentence says who contests whom, and how."""

import pytest

from by_hand import make_document, make_names
from generator.extract.tensions import find_tensions
from generator.model import TensionFact


def tensions_of(*paragraphs: list[str] | str, title: str = "News of the day") -> tuple[TensionFact, ...]:
    document = make_document(*paragraphs, title=title)
    return find_tensions(document, make_names(document))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Ruritania has imposed sanctions on Sylvania.", ("sanctions", "RUR", "SYL"), id="imposed"),
        pytest.param("Ruritanian sanctions against Sylvania hurt its trade.", ("sanctions", "RUR", "SYL"), id="owner"),
        pytest.param("Sylvania is already under Ruritanian sanctions.", ("sanctions", "RUR", "SYL"), id="under"),
        pytest.param("Ruritania sanctioned Sylvania last year.", ("sanctions", "RUR", "SYL"), id="verb"),
        pytest.param("Sylvania was sanctioned by Ruritania.", ("sanctions", "RUR", "SYL"), id="passive"),
        pytest.param(
            "Ruritania announced new restrictions on flights to Sylvania.",
            ("sanctions", "RUR", "SYL"),
            id="restrictions",
        ),
        pytest.param(
            "Ruritania threatened to impose sanctions on Sylvania.", ("sanctions-threat", "RUR", "SYL"), id="threatened"
        ),
        pytest.param(
            "The purchase puts Sylvania at risk of Ruritanian sanctions.",
            ("sanctions-threat", "RUR", "SYL"),
            id="at risk",
        ),
        pytest.param("Sylvania could face Ruritanian sanctions.", ("sanctions-threat", "RUR", "SYL"), id="could face"),
        pytest.param(
            "Ruritania denounced the agreement between Sylvania and Euphoria.",
            ("protest", "RUR", "SYL"),
            id="denounced",
        ),
        pytest.param("Ruritania expelled the Sylvanian ambassador.", ("protest", "RUR", "SYL"), id="ambassador"),
        pytest.param("The dispute between Ruritania and Sylvania went on.", ("dispute", "RUR", "SYL"), id="between"),
        pytest.param("Ruritania has a border dispute with Sylvania.", ("dispute", "RUR", "SYL"), id="with"),
        pytest.param(
            "Ruritania accused Sylvania of violating the treaty.", ("dispute", "RUR", "SYL"), id="accused of a breach"
        ),
    ],
)
def test_a_plain_sentence_gives_kind_actor_and_target(sentence: str, expected: tuple[str, str, str]) -> None:
    (found,) = tensions_of(sentence)

    assert (found.kind.value, found.actor, found.target) == expected
    assert found.evidence.exact == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Ruritania lifted its sanctions on Sylvania.", id="lifted"),
        pytest.param("Ruritania and Sylvania spoke of sanctions.", id="mentioned"),
        pytest.param("Ruritania imposed sanctions.", id="no target"),
        pytest.param("Ruritania welcomed the agreement with Sylvania.", id="welcomed"),
        pytest.param("Ruritania condemned the attack on Sylvania.", id="not about an agreement"),
        pytest.param("Ruritania and Sylvania signed a treaty.", id="nothing contested"),
    ],
)
def test_what_is_undone_or_incomplete_yields_nothing(sentence: str) -> None:
    assert tensions_of(sentence) == ()


def test_each_of_several_actors_contests() -> None:
    found = tensions_of("Ruritania and Euphoria condemned the pact with Sylvania.")

    assert [(t.actor, t.target) for t in found] == [("RUR", "SYL"), ("EUP", "SYL")]


def test_the_same_tension_is_said_once_with_the_law_that_is_named() -> None:
    found = tensions_of(
        "Ruritania imposed sanctions on Sylvania under the Hostile Neighbours Act.",
        "Ruritanian sanctions on Sylvania are hard.",
    )

    assert [(t.id, t.law) for t in found] == [("t1", "Hostile Neighbours Act")]
