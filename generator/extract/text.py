"""The ground every reading rule stands on: an article cut into paragraphs and sentences, each with its place.

Nothing is repaired or normalized; every piece is a slice of `Article.text`, so that evidence stays verbatim. Every step
looks at a bounded neighborhood, so that the time grows with the length of the article and no faster.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from generator.model import Article, Evidence
from generator.tables import table_rows

LONGEST_SENTENCE = 2_000  # characters; a longer one is cut at a blank, so that no rule has to look further
_SHORT = 3  # characters; nothing as short can hold two sentences
_NOISE_LIMIT = 200  # characters; a longer line is never a caption or a button


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


def prepare(article: Article) -> Document:
    """Cut an article into sentences; the title, where there is one, is the first."""
    text = article.text
    sentences: list[Sentence] = []
    for number, (whole, end, is_title) in enumerate(_paragraphs(text, len(article.title))):
        start = whole if is_title else _behind_marker(text, whole, end)
        is_noise = not is_title and _is_noise(text[start:end])
        is_one = end - start < _SHORT or (is_title and end - start <= LONGEST_SENTENCE)
        cuts = [(start, end)] if is_one else _sentences(text, start, end)
        for first, last in cuts:
            sentences.append(Sentence(len(sentences), number, first, last, text[first:last], is_title, is_noise))
    return Document(text, article.published, article.outlet, tuple(sentences))


def evidence(document: Document, start: int, end: int) -> Evidence:
    """The verbatim passage of the document between two places."""
    return Evidence(exact=document.text[start:end], start=start, end=end)


# -- paragraphs -----------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r]+")
_BULLET = re.compile(r"\s*(?:[-*•–—▪●◦·]|\d{1,2}[.)])\s")
_INDENT = re.compile(r"(?: {2,}|\t|\u3000)")
_WRAPPED = range(40, 100)  # characters of a line that a typesetter, not the writer, has ended


def _paragraphs(text: str, title: int) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is the title, without surrounding blanks, in order."""
    if text[:title].strip():
        yield (*_stripped(text, 0, title), True)
    lines = [(found.start(), found.end()) for found in _LINE.finditer(text, title)]
    wrapped = _is_wrapped(text, lines)
    open_from: int | None = None
    last_end = 0
    for start, end in lines:
        if not text[start:end].strip():
            if open_from is not None:
                yield (*_stripped(text, open_from, last_end), False)
            open_from = None
            continue
        joins = wrapped and open_from is not None and text.count("\n", last_end, start) == 1
        if open_from is not None and not (joins and not _INDENT.match(text, start) and not _BULLET.match(text, start)):
            yield (*_stripped(text, open_from, last_end), False)
            open_from = None
        open_from = start if open_from is None else open_from
        last_end = end
    if open_from is not None:
        yield (*_stripped(text, open_from, last_end), False)


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Old newswire breaks its lines at a width: most lines have it, and few end where a sentence ends."""
    full = [(start, end) for start, end in lines if text[start:end].strip()]
    if len(full) < 4:
        return False
    widths = sorted(end - start for start, end in full)
    if widths[len(widths) // 2] not in _WRAPPED or widths[-1] >= _WRAPPED.stop + 20:
        return False
    ends = sum(text[end - 1] in ".!?”\"'’" for _, end in full)
    return ends * 2 < len(full)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    if piece and not piece[0].isspace() and not piece[-1].isspace():
        return start, end
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


# -- sentences ------------------------------------------------------------------------------------

_STOP = re.compile(r"(?:[.!?…]+|。)[\"'”’»)\]]{0,3}")


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text, stop, begin, end):
            yield from _cut(text, begin, stop.end())
            begin = stop.end()
    yield from _cut(text, begin, end)


def _ends_sentence(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    after = stop.end()
    if not text[after].isspace():
        return _runs_together(text, stop, end)
    following = _next_visible(text, after, end)
    if following is None:
        return True
    letter = text[following]
    if letter.islower():
        return False
    if letter in "—–-" and stop.group()[-1] not in ".!?…":
        return False
    return (
        stop.group()[0] != "."
        or len(stop.group().rstrip("\"'”’»)]")) > 1
        or _is_full_stop(text, stop, begin, following)
    )


def _is_full_stop(text: str, stop: re.Match[str], begin: int, following: int) -> bool:
    """Whether this dot ends a sentence rather than an abbreviation or an initial."""
    word = _word_before(text, stop.start(), begin)
    kind = _abbreviations().get(word) or _abbreviations().get(word.capitalize() if word.isupper() else word)
    if kind in ("title", "word"):
        return False
    if kind in ("unit", "number"):
        return not text[following].isdigit()
    if kind == "state" or _is_dotted(word):
        opens = text[following] in '“"' and not text[following + 1 : following + 2].islower()
        starts_anew = opens or _abbreviations().get(_word_at(text, following)) == "starter"
        return starts_anew or stop.group() != "."
    return not (len(word) == 1 and word.isupper())


def _runs_together(text: str, stop: re.Match[str], end: int) -> bool:
    """`word.Next` without a blank: two sentences that a web page has run together."""
    before, after = stop.start() - 1, stop.end()
    if before < 1 or (not (text[before].islower() and text[before - 1].islower()) and text[before] not in '”"’)'):
        return False
    follows = text[after : min(after + 3, end)]
    if follows[:1] in ("“", "‘", "«") and len(follows) > 1:
        return True
    return (
        len(follows) == 3
        and follows[0].isupper()
        and (follows[1].islower() or follows[1] in " ’'")
        and "www" not in follows
    )


def _word_before(text: str, end: int, begin: int) -> str:
    """The word that a dot belongs to, its inner dots and hyphens included; at most 12 characters are looked at."""
    start = end
    while start > begin and end - start < 12 and (text[start - 1].isalnum() or text[start - 1] in ".-"):
        start -= 1
    return text[start:end].lstrip("-.")


def _word_at(text: str, start: int) -> str:
    end = start
    while end < len(text) and end - start < 12 and text[end].isalpha():
        end += 1
    return text[start:end]


def _is_dotted(word: str) -> bool:
    """`U.S`, `a.m`: letters with dots between them."""
    return len(word) > 2 and "." in word and all(len(part) == 1 for part in word.split("."))


def _next_visible(text: str, start: int, end: int) -> int | None:
    for place in range(start, min(end, start + 20)):
        if not text[place].isspace():
            return place
    return None


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without surrounding blanks, in pieces of at most `LONGEST_SENTENCE` characters."""
    start, end = _stripped(text, start, end)
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        blank = text.rfind(" ", start + LONGEST_SENTENCE // 2, limit)
        middle = blank if blank > start else limit
        yield start, middle
        start, end = _stripped(text, middle, end)
    if start < end:
        yield start, end


# -- noise and tables -----------------------------------------------------------------------------


_MARKER = re.compile(
    r"(?:image (?:source|copyright|credit)\b.{1,60}?)?"
    r"\b(?:image|media|video|photo|picture) caption\b[,:]?\s+(?=\w.{20})",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"By [A-Z][\w.’'-]*(?: (?:and |[a-z]{2,3} )?[A-Z][\w.’'-]*){1,5}")


def _behind_marker(text: str, start: int, end: int) -> int:
    """Where a caption begins behind the words that mark it as one; the start where there are none."""
    marker = _MARKER.match(text, start, end) if text[start] in "iImMvVpP" else None
    return marker.end() if marker is not None else start


def _is_noise(paragraph: str) -> bool:
    if not 1 < len(paragraph) <= _NOISE_LIMIT:
        return False
    if _BYLINE.fullmatch(paragraph):
        return True
    line = " ".join(paragraph.lower().split())
    is_, begins, has = _noise()
    return line.rstrip(".:! ") in is_ or line in is_ or line.startswith(begins) or has.search(line) is not None


@cache
def _noise() -> tuple[frozenset[str], tuple[str, ...], re.Pattern[str]]:
    rows = [(row[0], row[1]) for row in table_rows("noise.tsv")]
    return (
        frozenset(words for how, words in rows if how == "is"),
        tuple(words for how, words in rows if how == "begins"),
        re.compile("|".join(re.escape(words) for how, words in rows if how == "has")),
    )


@cache
def _abbreviations() -> dict[str, str]:
    return {row[0]: row[1] for row in table_rows("abbreviations.tsv")}
