"""The text cases of `tests/cases/`, each read as an article of its own."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from generator.extract.reader import read_facts_of
from generator.model import AgreementFact, Article, ArticleId, Term

CASES = Path(__file__).parents[1] / "cases"
WHOLE = ("value ", "item ", "signed ", "term ")  # kinds of which a case of particulars names all that there are


@dataclass(slots=True)
class Case:
    """One article in a few sentences and the facts expected of it."""

    name: str
    title: str = ""
    date: str | None = None
    outlet: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)


def parse_cases(text: str) -> list[Case]:
    cases: list[Case] = []
    for line in text.splitlines():
        if line.startswith("=== "):
            cases.append(Case(name=line[4:].strip()))
        elif line.strip() and not line.startswith("#"):
            _take(cases[-1], *line.split(":", 1))
    return cases


def _take(case: Case, key: str, value: str) -> None:
    match key:
        case "title":
            case.title = value.strip()
        case "date":
            case.date = value.strip()
        case "outlet":
            case.outlet = value.strip()
        case "text":
            case.paragraphs.append(value.strip())
        case "fact":
            case.facts.append(value.strip())
        case "none":
            assert not case.facts
        case _:
            raise ValueError(f"unknown line {key!r} in case {case.name!r}")


def read(case: Case) -> tuple[AgreementFact, ...]:
    body = "\n\n".join(case.paragraphs)
    article = Article(
        id=ArticleId("case"), path="", sha256=hashlib.sha256(body.encode()).hexdigest(),
        title=case.title, body=body, published=case.date, outlet=case.outlet,
    )  # fmt: skip
    return read_facts_of(article).agreements


def said_of(fact: AgreementFact) -> set[str]:
    """Everything of a fact that a line of a case may name."""
    parties = " ".join(sorted(party.code for party in fact.parties if party.code is not None))
    said = {f"{parties or '-'} | {fact.instrument} | {fact.status}"}
    if fact.count is not None:
        said.add(f"count {fact.count}")
    if fact.concluded is not None:
        said.add(f"signed {fact.concluded.date}")
    if fact.due is not None:
        said.add(f"due {fact.due.date}")
    said.update(f"value {_plain(money.amount)} {money.currency}" for money in fact.values)
    said.update(f"item {item.designation or item.description} {_plain(item.quantity)}" for item in fact.items)
    said.update(f"area {area}" for area in fact.areas)
    if fact.place is not None:
        said.add(f"place {fact.place.name}")
    if fact.term is not None:
        said.add(f"term {_term(fact.term)}")
    return said


def _term(term: Term) -> str:
    """Days as `from..to`, a duration in years as `5y`."""
    days = f"{term.begins or ''}..{term.ends or ''}" if term.begins or term.ends else ""
    return " ".join(filter(None, (days, f"{_plain(term.years)}y" if term.years is not None else "")))


def _plain(number: Decimal | None) -> str:
    return "-" if number is None else f"{number:f}"


def expected_of(line: str) -> set[str]:
    parties, instrument, status, *more = (part.strip() for part in line.split("|"))
    return {f"{' '.join(sorted(parties.split()))} | {instrument} | {status}", *more}


def cases_in(name: str) -> list[object]:
    return [pytest.param(case, id=case.name) for case in parse_cases((CASES / name).read_text("utf-8"))]


@pytest.mark.parametrize("case", [*cases_in("extract.txt"), *cases_in("agreements.txt")])
def test_the_article_tells_of_these_agreements_and_no_others(case: Case) -> None:
    expected = [expected_of(line) for line in case.facts]

    found = [said_of(fact) for fact in read(case)]

    assert len(found) == len(expected), found
    missing = [want for want in expected if not any(want <= have for have in found)]
    assert missing == [], found


def has_particulars(want: set[str], have: set[str]) -> bool:
    """The head fits (`*` for any instrument or status), all that is wanted is there, and no other sum, item or day."""
    (head,) = (said for said in want if said.count("|") == 2)
    (own,) = (said for said in have if said.count("|") == 2)
    whole = {said for said in have if said.startswith(WHOLE)}
    return fnmatchcase(own, head) and want - {head} <= have and whole <= want


@pytest.mark.parametrize("case", cases_in("particulars.txt"))
def test_an_agreement_has_these_particulars_and_no_others(case: Case) -> None:
    expected = [expected_of(line) for line in case.facts]

    found = [said_of(fact) for fact in read(case)]

    missing = [want for want in expected if not any(has_particulars(want, have) for have in found)]
    assert missing == [], found


def sides_of(said: str) -> tuple[str, ...]:
    """Codes and names of the parties that a line of a case gives."""
    parties, _, _, *others = (part.strip() for part in said.split("|"))
    return (" ".join(sorted(parties.split())), *sorted(others))


def parties_of(fact: AgreementFact) -> tuple[str, ...]:
    codes = " ".join(sorted(party.code for party in fact.parties if party.code is not None)) or "-"
    return (codes, *sorted(f"other {party.name}" for party in fact.parties if party.code is None))


@pytest.mark.parametrize("case", cases_in("parties.txt"))
def test_these_are_the_parties_of_the_agreements_and_there_are_no_others(case: Case) -> None:
    expected = sorted(map(sides_of, case.facts))

    found = sorted(map(parties_of, read(case)))

    assert found == expected
