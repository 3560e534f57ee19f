"""Facts against their article and against each other."""

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.articles import read_articles
from generator.check import check, evidences
from generator.errors import PactbookError
from generator.facts import dump_facts, parse_facts, read_all_facts
from generator.model import (
    Article,
    ArticleFacts,
    Certainty,
    DateBasis,
    Evidence,
    Mode,
    Realis,
    Role,
    SaidDate,
    Status,
    Term,
)
from helpers import (
    BODY,
    evidence_of,
    make_article,
    make_country,
    make_event,
    make_fact,
    make_facts,
    make_item,
    make_money,
    make_party,
    make_person,
    make_place,
    make_quotation,
    make_source,
    make_tension,
)

PATH = "seeds/facts/2026-03-02-fishing-pact.yaml"


def messages(facts: ArticleFacts, article: Article | None = None) -> list[str]:
    article = article or make_article()
    found = list(check({article.id: article}, {facts.article: facts}))
    assert all(problem.path == PATH for problem in found)
    return [problem.message for problem in found]


def message(facts: ArticleFacts) -> str:
    """The one fault that there is."""
    (one,) = messages(facts)
    return one


def said(date: str, words: str = "On Monday") -> SaidDate:
    return SaidDate(date=date, basis=DateBasis.STATED, evidence=evidence_of(words))


def test_true_facts_have_no_fault() -> None:
    assert messages(make_facts()) == []


def test_an_article_without_facts_has_no_fault() -> None:
    article = make_article()

    assert list(check({article.id: article}, {})) == []


def test_facts_without_an_article_are_told() -> None:
    found = list(check({}, {make_article().id: make_facts()}))

    assert "\n".join(str(problem) for problem in found) == (
        f"{PATH}: article '2026-03-02-fishing-pact' is not in seeds/articles, or is refused. "
        "Add it, or remove these facts."
    )


def test_facts_of_an_article_that_has_changed_are_told() -> None:
    right = make_article().sha256
    wrong = "0" * 64

    assert message(make_facts(sha256=wrong)) == (
        f"sha256 must be that of seeds/articles/2026-03-02-fishing-pact.txt, {right}; got '{wrong}'. "
        "The article has changed since it was read. Read it again: pactbook extract --force 2026-03-02-fishing-pact"
    )


# -- evidence


def test_evidence_at_another_place_is_told_with_the_right_one() -> None:
    moved = Evidence(exact="$12 million", start=0, end=11)

    assert messages(make_facts(agreements=(make_fact(values=(make_money(evidence=moved),)),))) == [
        "agreements[0].values[0].evidence does not stand at 0 to 11: '$12 million'. Write start: 167, end: 178."
    ]


def test_evidence_that_stands_at_several_other_places_is_told_with_the_first() -> None:
    moved = Evidence(exact="Norwegian", start=0, end=9)

    country = make_country().model_copy(update={"evidence": (moved,)})

    assert message(make_facts(countries=(country,))) == (
        "countries[0].evidence[0] does not stand at 0 to 9: 'Norwegian'. It stands at several other places, the first "
        "from 49 to 58. Give the right one."
    )


def test_evidence_that_is_not_in_the_article_is_told() -> None:
    false = Evidence(exact="Oslo", start=182, end=186)

    assert messages(make_facts(events=(make_event(evidence=false),))) == [
        "events[0].evidence.exact is not in the article: 'Oslo'. Copy it exactly."
    ]


def test_evidence_beyond_the_end_of_the_article_is_told() -> None:
    beyond = Evidence(exact="Denmark", start=10_000, end=10_007)

    assert messages(make_facts(tensions=(make_tension(evidence=beyond),))) == [
        "tensions[0].evidence does not stand at 10000 to 10007: 'Denmark'. Write start: 286, end: 293."
    ]


def test_all_evidence_is_found_wherever_it_stands() -> None:
    fact = make_fact(
        values=(make_money(),),
        items=(make_item(),),
        concluded=said("2026-03-02"),
        in_force=said("2026-03-03"),
        term=Term(years=Decimal(10), evidence=evidence_of("ten years")),
        place=make_place(),
        attribution=(make_source(),),
    )

    places = [place for place, _ in evidences(make_facts(agreements=(fact,)))]

    assert places == [
        "countries[0].evidence[0]",
        "countries[1].evidence[0]",
        "people[0].evidence[0]",
        "people[0].office_evidence",
        "agreements[0].parties[0].evidence",
        "agreements[0].parties[1].evidence",
        "agreements[0].status_evidence",
        "agreements[0].values[0].evidence",
        "agreements[0].items[0].evidence",
        "agreements[0].concluded.evidence",
        "agreements[0].in_force.evidence",
        "agreements[0].term.evidence",
        "agreements[0].place.evidence",
        "agreements[0].attribution[0].evidence",
        "agreements[0].evidence[0]",
        "quotations[0].evidence",
        "tensions[0].evidence",
        "events[0].evidence",
    ]


# -- facts and each other

CONTRADICTIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "in force before its conclusion",
        {"concluded": said("2026-03-02"), "in_force": said("2026-03-01")},
        [".in_force must not be before concluded, 2026-03-02; got '2026-03-01'. Correct one."],
    ),
    ("in force in the year of its conclusion", {"concluded": said("2026-03-02"), "in_force": said("2026")}, []),
    (
        "due though signed",
        {"due": said("2026-04")},
        [".due is given, though the status is signed. Leave it out, or correct the status."],
    ),
    ("due and expected", {"due": said("2026-04"), "status": Status.ANTICIPATED}, []),
    (
        "concluded though expected",
        {"concluded": said("2026-03-02"), "status": Status.ANTICIPATED},
        [".concluded is given, though the status is anticipated. Write due, or correct the status."],
    ),
    (
        "signed though only in the future",
        {"realis": Realis(modes=(Mode.FUTURE,))},
        [".status is signed, though its realis is future. Correct one of them."],
    ),
    (
        "agreed though negated and hypothetical",
        {"status": Status.AGREED, "realis": Realis(modes=(Mode.HYPOTHETICAL, Mode.NEGATED))},
        [".status is agreed, though its realis is hypothetical, negated. Correct one of them."],
    ),
    (
        "signed though nobody commits to it",
        {"realis": Realis(certainty=Certainty.UNCOMMITTED)},
        [".status is signed, though its realis is uncommitted. Correct one of them."],
    ),
    ("signed long ago", {"realis": Realis(modes=(Mode.HISTORICAL,))}, []),
    ("in force and told in a denial", {"status": Status.IN_FORCE, "realis": Realis(modes=(Mode.NEGATED,))}, []),
    ("failed and negated", {"status": Status.FAILED, "realis": Realis(modes=(Mode.NEGATED,))}, []),
    (
        "a term that ends before it begins",
        {"term": Term(begins="2030", ends="2029-12", evidence=evidence_of("ten years"))},
        [".term.ends must not be before begins, 2030; got '2029-12'. Correct one."],
    ),
    (
        "a term without anything",
        {"term": Term(evidence=evidence_of("ten years"))},
        [".term must have begins, ends or years. Add one, or leave the term out."],
    ),
    (
        "a term of no years",
        {"term": Term(years=Decimal(0), evidence=evidence_of("ten years"))},
        [".term.years must be more than 0; got '0'. Correct it."],
    ),
    (
        "a range upside down",
        {"items": (make_item(quantity=Decimal(5), high=Decimal(4)),)},
        [".items[0].high must not be less than 5; got '4'. Exchange them."],
    ),
    (
        "a range without its lower figure",
        {"items": (make_item(high=Decimal(4)),)},
        [".items[0].high is given without the lower figure. Add it."],
    ),
    (
        "an item that is nothing",
        {"items": (make_item(designation=None),)},
        [".items[0] must have a designation, a description or a quantity. Add one."],
    ),
    (
        "a bundle of one",
        {"count": 1},
        [".count must be 0 for several, or 2 and more; got '1'. Leave it out for one agreement."],
    ),
    (
        "a party twice",
        {"parties": (make_party(), make_party(), make_party(role=Role.SUPPLIER))},
        [".parties has NOR as party 2 times; each must stand once. Merge them."],
    ),
    (
        "a date without its words",
        {"concluded": SaidDate(date="2026-03-02", basis=DateBasis.RESOLVED)},
        [".concluded.evidence is missing. Add the words that give the date, or write basis: report."],
    ),
    ("the date of the report", {"concluded": SaidDate(date="2026-03-02", basis=DateBasis.REPORT)}, []),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [case[1:] for case in CONTRADICTIONS], ids=[case[0] for case in CONTRADICTIONS]
)
def test_contradictions_inside_an_agreement_are_told(changes: dict[str, Any], expected: list[str]) -> None:
    facts = make_facts(agreements=(make_fact(id="a1"), make_fact(**{"id": "a2", **changes})))

    assert messages(facts) == [f"agreements[1]{message}" for message in expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"quotations": (make_quotation(person="p9"),)},
            ["quotations[0].person must be the id of a person here, p1; got 'p9'. Correct it."],
            id="no such person",
        ),
        pytest.param(
            {"quotations": (make_quotation(speaker=None),)},
            ["quotations[0].speaker is missing, though person p1 is given. Add it: 'Kari Nordmann'."],
            id="no speaker",
        ),
        pytest.param(
            {"quotations": (make_quotation(same_as="q1"),)},
            ["quotations[0].same_as must be the id of an earlier quotation, none; got 'q1'."],
            id="the same as itself",
        ),
        pytest.param(
            {"agreements": (make_fact(), make_fact())},
            ["agreements has 2 entries with the id 'a1'; each must stand once. Rename or merge them."],
            id="an id twice",
        ),
        pytest.param(
            {"countries": (make_country(), make_country())},
            ["countries has 2 entries with the country 'NOR'; each must stand once. Rename or merge them."],
            id="a country twice",
        ),
        pytest.param(
            {"people": (make_person(office="Fish Boss"),)},
            ["people[0].office must be the article's words, in their order; got 'Fish Boss'. Copy them exactly."],
            id="an office in other words",
        ),
        pytest.param(
            {"people": (make_person(evidence=(evidence_of("Sven Svensson"),)),)},
            ["people[0].evidence does not hold the name 'Kari Nordmann'. Add where it stands."],
            id="a name on words of another",
        ),
        pytest.param(
            {"agreements": (make_fact(items=(make_item(designation="Trawler 7"),)),)},
            ["agreements[0].items[0].designation must be the article's words; got 'Trawler 7'. Copy them exactly."],
            id="a designation in other words",
        ),
        pytest.param(
            {"events": (make_event(date=SaidDate(date="2026", basis=DateBasis.STATED)),)},
            ["events[0].date.evidence is missing. Add the words that give the date, or write basis: report."],
            id="a date of an event without its words",
        ),
    ],
)
def test_faults_between_facts_are_told(changes: dict[str, Any], expected: list[str]) -> None:
    assert messages(make_facts(**changes)) == expected


def test_an_office_may_leave_out_the_adjective_of_the_country() -> None:
    article = make_article(body=f"{BODY} The former Danish Ambassador to Norway came.")
    office = "former Ambassador to Norway"
    evidence = evidence_of("former Danish Ambassador to Norway", article)
    person = make_person(office=office, office_evidence=evidence)

    assert messages(make_facts(article, people=(person,)), article) == []


def test_all_faults_are_told_in_the_same_order_however_the_facts_came() -> None:
    articles = [make_article(id=f"pact-{n}") for n in range(5)]
    broken = [make_facts(article, sha256="0" * 64, quotations=(make_quotation(person="p9"),)) for article in articles]
    expected = list(check({a.id: a for a in articles}, {f.article: f for f in broken}))

    random.Random(1).shuffle(broken)  # noqa: S311  # nothing secret
    found = list(check({a.id: a for a in reversed(articles)}, {f.article: f for f in broken}))

    assert found == expected
    assert len(found) == 10


def test_the_seeds_of_the_repository_have_no_fault(repository: Path) -> None:
    articles, refused = read_articles(repository)
    facts, faults = read_all_facts(repository)

    found = list(check({article.id: article for article in articles}, facts))

    assert articles
    assert [*refused, *faults, *found] == []


# -- values and their evidence


@pytest.mark.parametrize(
    ("words", "amount", "right"),
    [
        ("$12 million", "12000000", True),
        ("$12 million", "13000000", False),
        ("$12 million", "120000000", True),
        ("₹5,124 crore", "51240000000", True),
        ("€1.25bn", "1250000000", True),
        ("€1.25bn", "125", True),
        ("€1.25bn", "1520000000", False),
        ("12 500 tonnes", "12500", True),
        ("601,427", "601427", True),
        ("601,427", "601472", False),
        ("1-1/2 mln dlrs", "1500000", True),
        ("half a billion dollars", "500000000", True),
        ("nearly six lakh", "600000", True),
        ("$10 to $15 million", "15000000", True),
    ],
)
def test_a_figure_must_have_the_digits_of_its_evidence(words: str, amount: str, right: bool) -> None:
    article = make_article(body=f"{BODY} It cost {words}.")
    money = make_money(amount, evidence=evidence_of(words, article))

    found = messages(make_facts(article, agreements=(make_fact(values=(money,)),)), article)

    fault = f"agreements[0].values[0].amount must be a figure of its evidence, '{words}'; got '{amount}'. Correct it."
    assert found == ([] if right else [fault])


@pytest.mark.parametrize(
    ("code", "words", "meant"),
    [("DNK", "Norwegian", "NOR"), ("FIN", "Swedish", "SWE"), ("SWE", "Swedish", None), ("DNK", "NTB", None)],
)
def test_the_name_of_one_country_is_no_evidence_of_another(code: str, words: str, meant: str | None) -> None:
    found = messages(make_facts(agreements=(make_fact(parties=(make_party(code, words),)),)))

    fault = f"agreements[0].parties[0].evidence names another country than {code}: '{words}' is {meant}. "
    assert found == ([] if meant is None else [fault + "Correct the code or the evidence."])


def test_words_for_a_former_state_are_evidence_of_its_successor() -> None:
    article = make_article(body=f"{BODY} Soviet and Moscow officials came.")
    mentions = [("RUS", "Soviet"), ("SUN", "Moscow")]
    found = tuple(
        make_country().model_copy(update={"country": code, "evidence": (evidence_of(words, article),)})
        for code, words in mentions
    )

    assert messages(make_facts(article, countries=found), article) == []


# -- no overclaiming: a changed file is flagged


def mutants(text: str) -> Iterator[str]:
    """Every change of one digit, one letter of evidence, or one place of evidence."""
    for found in re.finditer(r'exact: "([^"]*)", start: (\d+), end: (\d+)', text):
        for group in (2, 3):
            for step in (-1, 1):
                yield f"{text[: found.start(group)]}{int(found[group]) + step}{text[found.end(group) :]}"
        exact = found[1]
        for n in range(0, len(exact), 7):
            other = "x" if exact[n] != "x" else "y"
            at = found.start(1) + n
            yield text[:at] + other + text[at + 1 :]
            yield text[:at] + text[at + 1 :]
        longer = int(found[3]) + 1
        yield f"{text[: found.start(1)]}{exact}?{text[found.end(1) : found.start(3)]}{longer}{text[found.end(3) :]}"


def test_facts_with_a_changed_letter_or_place_of_evidence_are_always_flagged() -> None:
    facts = make_facts(
        agreements=(make_fact(values=(make_money(),), place=make_place(), attribution=(make_source(),)),)
    )
    text = dump_facts(facts)
    changed = [mutant for mutant in mutants(text) if mutant != text]

    unflagged = []
    for mutant in changed:
        try:
            if not messages(parse_facts(mutant, PATH)):
                unflagged.append(mutant)
        except PactbookError:
            continue

    assert len(changed) > 200
    assert unflagged == []
