"""Persons across articles."""

from itertools import permutations

import pytest

from generator.model import Person, PersonFact
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
