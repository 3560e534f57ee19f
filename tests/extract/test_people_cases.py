"""The text cases of `tests/cases/people.txt`: who is named, with office and country, and who says what."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.extract.reader import read_facts_of
from generator.model import Article, ArticleFacts, ArticleId

CASES = Path(__file__).parents[1] / "cases" / "people.txt"


@dataclass(slots=True)
class Case:
    """A few sentences, who is named in them, and who says what."""

    name: str
    paragraphs: list[str] = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)
    quotes: list[list[str]] = field(default_factory=list)


def parse_cases(text: str) -> list[Case]:
    cases: list[Case] = []
    for line in text.splitlines():
        key, _, value = line.partition(":")
        fields = [part.strip() for part in value.split("|")]
        if line.startswith("=== "):
            cases.append(Case(name=line[4:].strip()))
        elif line.startswith("#") or not line.strip():
            continue
        elif key == "text":
            cases[-1].paragraphs.append(value.strip())
        elif key in ("person", "quote"):
            (cases[-1].people if key == "person" else cases[-1].quotes).append(fields)
        else:
            raise ValueError(f"unknown line {line!r}")
    return cases


def read(case: Case) -> ArticleFacts:
    body = "\n\n".join(case.paragraphs)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return read_facts_of(Article(id=ArticleId("case"), path="", sha256=digest, title="", body=body, published=None))


def as_params(cases: list[Case]) -> list[object]:
    return [pytest.param(case, id=case.name) for case in cases]


@pytest.mark.parametrize("case", as_params(parse_cases(CASES.read_text("utf-8"))))
def test_these_people_are_named_with_these_offices(case: Case) -> None:
    found = read(case).people

    assert [one.name for one in found if not any(word in one.name.split() for word, *_ in case.people)] == []
    for word, office, country in case.people:
        person = next(one for one in found if word in one.name.split())
        assert (person.office or "-", person.country or "-") == (office, country)


@pytest.mark.parametrize("case", as_params([one for one in parse_cases(CASES.read_text("utf-8")) if one.quotes]))
def test_these_words_are_said_by_these_people(case: Case) -> None:
    found = read(case).quotations

    for word, begins in case.quotes:
        quotation = next(one for one in found if one.evidence.exact.startswith(begins))
        assert quotation.speaker is not None
        assert word in quotation.speaker.split()
