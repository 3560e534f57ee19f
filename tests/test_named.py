"""Organisations and equipment across articles."""

from collections.abc import Iterable

import pytest

from generator.model import AgreementFact, Equipment, Organisation, Override, OverrideKind
from generator.named import Named
from reports import agreement, item, report


def told(*facts: AgreementFact, overrides: Iterable[Override] = ()) -> Named:
    """What one report each tells, in a row of days."""
    named = Named(tuple(overrides))
    for day, fact in enumerate(facts, 1):
        named.put(*report(f"2021-12-{day:02}", fact))
    return named


def equipment(*names: str, overrides: Iterable[Override] = ()) -> tuple[Equipment, ...]:
    """The equipment of one report for each name."""
    return told(*(agreement(items=(item(name),)) for name in names), overrides=overrides).equipment()


def bodies(*names: str, overrides: Iterable[Override] = ()) -> tuple[Organisation, ...]:
    """The organisations of one report for each name."""
    every = []
    for name in names:
        party = agreement(parties="nobody").parties[0].model_copy(update={"name": name})
        every.append(agreement().model_copy(update={"parties": (party,)}))
    return told(*every, overrides=overrides).organisations()


def override(kind: str, *names: str, to: str | None = None) -> Override:
    """An override of names."""
    return Override(kind=OverrideKind(kind), facts=names, to=to, reason="So.", author="Kari", date="2026-03-14")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("AK-203", "AK203", id="hyphen"),
        pytest.param("AK-203", "AK 203s", id="plural"),
        pytest.param("Su-30MKI", "SU-30 MKI", id="blank"),
        pytest.param("Mirage", "mirages", id="words"),
    ],
)
def test_spellings_of_one_model_are_one_thing(one: str, other: str) -> None:
    (found,) = equipment(one, other, one)

    assert (found.name, found.variants, len(found.statements)) == (one, (other,), 3)


def test_two_models_are_two_things() -> None:
    found = equipment("AK-203", "AK-103", "S-400")

    assert [one.slug for one in found] == ["ak-103", "ak-203", "s-400"]


def test_two_names_of_one_model_meet_where_a_person_says_so() -> None:
    same = override("same", "equipment:S-400", "equipment:Triumf")
    name = override("rename", "equipment:triumf", to="S-400 Triumf")

    (found,) = equipment("S-400", "Triumf", overrides=[same, name])

    assert (found.name, found.variants) == ("S-400 Triumf", ("S-400", "Triumf"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Nordic Steel", "Nordic Steel Corp.", id="legal form"),
        pytest.param("Nordic Steel", "the Nordic Steel Co. Ltd", id="article"),
        pytest.param("Alfa Bøat A.S.", "Alfa Boat AS", id="letters"),
    ],
)
def test_spellings_of_one_company_are_one_organisation(one: str, other: str) -> None:
    found = bodies(one, other)

    assert [{each.name, *each.variants} for each in found] == [{one, other}]


def test_a_known_organisation_has_its_full_name_and_its_code() -> None:
    found = told(agreement(parties="EU IND"), agreement(parties="EU RUS")).organisations()

    assert [(one.code, one.name, one.slug, len(one.statements)) for one in found] == [("EU", "European Union", "eu", 2)]


def test_countries_are_no_organisations() -> None:
    assert told(agreement(parties="IND RUS")).organisations() == ()


def test_what_articles_tell_is_the_same_in_any_order_and_without_what_is_gone() -> None:
    reports = [
        report(f"2021-12-0{day}", agreement(items=(item(name),)), name=f"r{day}")
        for day, name in enumerate(("AK-203", "ak-203", "S-400"), 1)
    ]
    one, other = Named(), Named()

    for article, facts in reports:
        one.put(article, facts)
    one.drop(reports[2][0].id)
    one.equipment()
    one.put(*reports[1])
    for article, facts in reversed(reports[:2]):
        other.put(article, facts)

    assert one.equipment() == other.equipment()
