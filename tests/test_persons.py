"""Persons across articles."""

from itertools import permutations

import pytest

from generator.model import Override, OverrideKind, Person, PersonFact
from generator.persons import Persons
from reports import Report, book_of, person, report


def persons_of(*facts: PersonFact, days: int = 1) -> tuple[Person, ...]:
    """The persons of one report each, `days` months apart."""
    reports = [
        report(f"20{10 + at * days // 12}-{at * days % 12 + 1:02}-05", people=(fact,), name=f"r{at}")
        for at, fact in enumerate(facts)
    ]
    return book_of(reports).persons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Sergey Shoigu", "Sergei Shoygu", id="transliteration"),
        pytest.param("Recep Tayyip Erdoğan", "Recep Erdogan", id="marks and a name between"),
        pytest.param("Abdel Fattah al-Sisi", "Abdel Fattah El Sisi", id="article"),
        pytest.param("Vladimir Putin", "V. Putin", id="initial"),
        pytest.param("Vladimir V. Putin", "Vladimir Vladimirovich Putin", id="initial between"),
        pytest.param("Mohammed Salman", "Mohamed Salman", id="vowels of the given name"),
        pytest.param("Kim Jong-un", "Kim Jong Un", id="hyphen"),
        pytest.param("Narendra Modi", "Modi", id="surname only"),
    ],
)
def test_spellings_of_a_name_are_one_person(one: str, other: str) -> None:
    found = persons_of(person(one), person(other))

    assert [{p.name, *p.variants} for p in found] == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(person("Ivan Petrov"), person("Pavel Petrov"), id="given names"),
        pytest.param(person("Ivan Petrov"), person("Ivan Sidorov"), id="surnames"),
        pytest.param(person("Ivan Petrov"), person("Ivan Petrov", country="BGR"), id="countries"),
        pytest.param(person("Nguyen Xuan Phuc"), person("Nguyen Van Phuc"), id="names between"),
        pytest.param(
            person("Ivan Petrov", "Defence Minister"),
            person("Ivan Petrov", "Trade Minister"),
            id="ministries at a time",
        ),
        pytest.param(
            person("Ivan Petrov", "Fisheries Minister"),
            person("Ivan Petrov", "Minister of Tourism"),
            id="ministries in no list",
        ),
        pytest.param(
            person("Ivan Petrov", "Ambassador to Norway"), person("Ivan Petrov", "professor of law"), id="fields"
        ),
        pytest.param(person("I. Petrov"), person("Pavel Petrov"), id="initials"),
        pytest.param(person("Petrov", country="BGR"), person("Ivan Petrov"), id="surname in another country"),
        pytest.param(
            person("Petrov", "President"), person("Ivan Petrov", "Energy Minister"), id="surname, other office"
        ),
    ],
)
def test_namesakes_are_two_persons(one: PersonFact, other: PersonFact) -> None:
    found = persons_of(one, other)

    assert len(found) == 2
    assert len({p.slug for p in found}) == 2
    assert len({p.id for p in found}) == 2


def test_a_surname_that_two_persons_have_is_given_to_neither() -> None:
    found = persons_of(person("Ivan Petrov"), person("Pavel Petrov"), person("Petrov"))

    assert sorted(p.name for p in found) == ["Ivan Petrov", "Pavel Petrov", "Petrov"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Minister for Fisheries", "Fisheries Minister", id="two wordings"),
        pytest.param("Minister of Foreign Affairs and Trade", "Foreign Minister", id="a longer name"),
        pytest.param("Union Home Minister", "Interior Minister", id="another word"),
        pytest.param("mines and energy minister", "oil minister", id="two ministries in one"),
        pytest.param("Minister of State for Energy", "Trade Minister", id="a junior minister"),
        pytest.param("Prime Minister", "party leader", id="an office of a party"),
        pytest.param("former Energy Minister", "Trade Minister", id="an office of other days"),
    ],
)
def test_one_person_of_one_office_in_other_words_stays_one(one: str, other: str) -> None:
    assert len(persons_of(person("Ivan Petrov", one), person("Ivan Petrov", other))) == 1


def test_a_career_is_one_person() -> None:
    found = persons_of(
        person("Olga Orlova", "Deputy Defence Minister"),
        person("Olga Orlova", "Defense Minister"),
        person("Olga Orlova", "Prime Minister"),
    )

    assert [(p.name, len(p.statements)) for p in found] == [("Olga Orlova", 3)]


def test_offices_that_alternate_are_two_persons() -> None:
    offices = ["Foreign Minister", "Prime Minister", "Foreign Minister", "Prime Minister"]

    found = persons_of(*(person("Olga Orlova", office) for office in offices))

    assert [len(p.statements) for p in found] == [2, 2]


def test_a_mention_without_a_country_joins_the_only_person_of_that_name() -> None:
    found = persons_of(person("Ivan Petrov"), person("Ivan Petrov", country=None))

    assert [(p.country, len(p.statements)) for p in found] == [("RUS", 2)]


def test_persons_are_the_same_in_any_order_of_articles() -> None:
    facts = [
        person("Ivan Petrov"),
        person("I. Petrov"),
        person("Petrov", country=None),
        person("Ivan Petrov", country="BGR"),
        person("Ivan Pavlovich Petrov", "Defense Minister"),
    ]
    reports: list[Report] = [
        report(f"2021-0{at}-01", people=(fact,), name=f"r{at}") for at, fact in enumerate(facts, 1)
    ]

    books = [book_of(order).persons for order in permutations(reports)]

    assert all(book == books[0] for book in books)


def test_the_id_of_a_person_stays_when_spellings_and_offices_are_added() -> None:
    before = persons_of(person("Sergey Shoigu", "Defense Minister"))
    after = persons_of(
        person("Sergey Shoigu", "Defense Minister"), person("Sergei Kuzhugetovich Shoygu"), person("Shoigu")
    )

    assert [p.id for p in after] == [p.id for p in before]


def test_the_country_is_the_newest_that_an_article_gives() -> None:
    found = persons_of(person("Ivan Petrov", country=None), person("Ivan Petrov"), person("Ivan Petrov", country=None))

    assert found[0].country == "RUS"


# -- what persons say --------------------------------------------------------------------------------


def curated(*facts: PersonFact, **said: str | tuple[str, ...]) -> set[frozenset[str]]:
    """Which mentions are one person, "r0" of "r0/p1"; `said` is kind="r0 r1", with `not_same` for not-same."""
    entries = [
        Override(
            kind=OverrideKind(kind.replace("_", "-")),
            facts=tuple(f"{name}/p1" for name in names.split()),
            reason="So.",
            author="Kari",
            date="2026-03-14",
        )
        for kind, every in said.items()
        for names in ([every] if isinstance(every, str) else every)
    ]
    persons = Persons(entries)
    for at, fact in enumerate(facts):
        persons.put(*report(f"2021-{at + 1:02}-05", people=(fact,), name=f"r{at}"))
    return {frozenset(one.article for one in found.statements) for found in persons.all()}


def test_persons_of_other_names_are_one_where_a_person_says_so() -> None:
    found = curated(person("Ivan Petrov"), person("Vanya Sidorov"), person("Ivan Petrov"), same="r0 r1")

    assert found == {frozenset({"r0", "r1", "r2"})}


def test_a_namesake_leaves_with_those_that_are_the_same_and_the_others_stay() -> None:
    found = curated(*[person("Ivan Petrov")] * 4, not_same="r0 r2", same="r2 r3")

    assert found == {frozenset({"r0", "r1"}), frozenset({"r2", "r3"})}


def test_a_person_has_the_name_that_a_person_gave() -> None:
    name = Override(
        kind=OverrideKind.RENAME, facts=("r0/p1",), to="Sergei Shoigu", reason="So.", author="Kari", date="2026-03-14"
    )
    persons = Persons([name])
    persons.put(*report("2021-01-05", people=(person("S. Shoygu"),), name="r0"))

    (found,) = persons.all()

    assert (found.name, found.variants, found.slug, found.overrides) == (
        "Sergei Shoigu",
        ("S. Shoygu",),
        "sergei-shoigu",
        (name,),
    )


def test_one_more_article_leaves_persons_of_other_names_as_they_were() -> None:
    persons = Persons()
    for at, name in enumerate(("Ivan Petrov", "Olga Orlova", "Ivan Petrov")):
        persons.put(*report(f"2021-01-0{at + 1}", people=(person(name),), name=f"r{at}"))
    before = {one.name: one for one in persons.all()}

    persons.put(*report("2021-02-01", people=(person("Ivan Petrov"),), name="new"))
    after = {one.name: one for one in persons.all()}

    assert after["Olga Orlova"] is before["Olga Orlova"]
    assert len(after["Ivan Petrov"].statements) == 3
