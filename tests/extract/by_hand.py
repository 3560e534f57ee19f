"""Documents, names and people put together by hand, so that a room is tested alone.

Sentences are given as they are to be read: nothing is split here. A name or person is found wherever its words stand.
"""

import re
from collections.abc import Mapping, Sequence

from generator.extract.names import Name, NameKind
from generator.extract.people import FoundPerson
from generator.extract.text import Document, Sentence, Span

TITLE = "News of the day"

_NAMES = {  # what the made-up articles speak of
    "Ruritania": (NameKind.COUNTRY, "RUR"),
    "Ruritanian": (NameKind.ADJECTIVE, "RUR"),
    "Strelsau": (NameKind.CAPITAL, "RUR"),
    "Sylvania": (NameKind.COUNTRY, "SYL"),
    "Sylvanian": (NameKind.ADJECTIVE, "SYL"),
    "Freedonia": (NameKind.COUNTRY, "FRE"),
    "Freedonian": (NameKind.ADJECTIVE, "FRE"),
    "Euphoria": (NameKind.COUNTRY, "EUP"),
    "NATO": (NameKind.ORGANISATION, "NATO"),
}


def make_document(*paragraphs: Sequence[str] | str, title: str = TITLE) -> Document:
    """A document of paragraphs, each a sentence or a list of sentences."""
    text, sentences = title, [Sentence(0, 0, 0, len(title), title, is_title=True)]
    for number, paragraph in enumerate(paragraphs, start=1):
        text += "\n"
        for place, words in enumerate([paragraph] if isinstance(paragraph, str) else paragraph):
            text += " " if place else ""
            sentences.append(Sentence(len(sentences), number, len(text), len(text) + len(words), words))
            text += words
    return Document(text, "2021-12-06", None, tuple(sentences))


def make_names(document: Document) -> tuple[Name, ...]:
    """The names of made-up countries in a document."""
    pattern = re.compile(r"\b(?:" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b")
    return tuple(
        Name(
            start=found.start(),
            end=found.end(),
            text=found.group(),
            kind=_NAMES[found.group()][0],
            code=_NAMES[found.group()][1],
            sentence=next(s.index for s in document.sentences if s.start <= found.start() < s.end),
        )
        for found in pattern.finditer(document.text)
    )


def make_people(document: Document, offices: Mapping[str, str | None]) -> tuple[FoundPerson, ...]:
    """The people of a document by full name and office; their surname alone is a mention too."""
    people = []
    for name, office in offices.items():
        full = [Span(m.start(), m.end()) for m in re.finditer(re.escape(name), document.text)]
        short = [
            Span(m.start(), m.end())
            for m in re.finditer(rf"\b{re.escape(name.split()[-1])}\b", document.text)
            if not any(span.start <= m.start() < span.end for span in full)
        ]
        people.append(
            FoundPerson(
                name=name, office=office, country=None, mentions=(*full, *short), office_span=None, rule="by-hand"
            )
        )
    return tuple(people)
