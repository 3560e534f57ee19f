"""The ground every reading rule stands on: an article cut into paragraphs and sentences, each with its place.

Nothing is repaired or normalized; every piece is a slice of `Article.text`, so that evidence stays verbatim.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Article.text`."""

    start: int
    end: int  # exclusive


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it stands, without surrounding blanks."""

    index: int  # 0-based in the document; the title is 0 where there is one
    paragraph: int  # 0-based; the title is paragraph 0
    start: int
    end: int
    text: str
    is_title: bool = False
    is_noise: bool = False  # menu, caption, cookie banner, "ADVERTISEMENT": yields no facts


@dataclass(frozen=True, slots=True)
class Document:
    """An article made ready for reading."""

    text: str  # `Article.text`
    published: str | None  # EDTF
    outlet: str | None
    sentences: tuple[Sentence, ...]
