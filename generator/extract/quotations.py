"""Direct quotations of an article, with who says them.

Three steps: find the stretches between quotation marks (marks may be mixed, reversed, nested or missing), find the
turns of a transcript and embedded posts, then ask `speech` who speaks beside each. The words are never repaired.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from generator.extract.names import Name
from generator.extract.people import FoundPerson
from generator.extract.speech import (
    CALLING,
    HIDDEN,
    NAMING,
    OUTLETS,
    SAY_VERBS,
    VOUCHERS,
    Act,
    Speaker,
    Voices,
    Way,
    brings_in_words,
    channel_of,
    table,
    told_outlet,
)
from generator.extract.text import Document, Span
from generator.model import Channel, Evidence, QuotationFact, Source

LONGEST = 4000  # characters of one quotation; a longer one is cut at a sentence end
FEWEST_WORDS = 5  # shorter ones are scare quotes or names

_DOUBLE = re.compile(r"[“”„‟\"«»]|``|''")
# The mark comes first in these patterns and what stands before it is looked at afterwards: three times as fast.
_SINGLE_OPEN = re.compile(r"['‘’](?=[^\W_\d])(?<![^\W_]['‘’])(?<![’'‘]['‘’])")
_SINGLE_CLOSE = re.compile(r"['’](?![^\W_])(?<=\S['’])")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_SENTENCE_END = re.compile(r"[.!?…]['’\")\]]*(?=\s)")
_ELISIONS = frozenset(["em", "tis", "twas", "til", "cause", "n", "s", "t", "re", "ll", "ve", "round", "bout"])
_FEWEST_UNSAID = 8  # of words without a verb of speech beside them
_SIGNATURE = re.compile(r"\s*(?::|[—–]|--?)\s*(?=[A-Z])")
_DASH = re.compile(r"(?:[—–]|--?)\s?(?=[A-Z])")
_NAMED_BELOW = re.compile(
    r"\s{1,4}(?=(?:So|Thus) (?:said|says|spoke|declared)|(?:The|These|Those) (?:(?:were|are) (?:the )?)?"
    r"(?:words|comments|remarks)|(?:That|This) (?:was|is) (?:how|what|the)|(?:With|In) (?:these|those) words)"
)
_LINE_BELOW = re.compile(
    r"\s{1,4}(?:[—–]|--?)?[ \t]*(?P<name>[A-Z][\w.’'-]{0,20}(?: (?:[a-z]{2,3} )?[A-Z][\w.’'-]{0,20}){1,4})"
    r"(?:, [^\n]{2,80})?[ \t]*(?:\n\s{0,3}(?P<role>[^\n]{0,80})(?=\n|$)|$)"
)
_BY_WHOM = re.compile(
    r"(?:[A-Z]\w{2,12} )?(?:Statement|Remarks|Message|Letter|Address|Speech)s? (?:by|from|of) (?:the )?"
    r"(?P<name>[A-Z][\w.’'-]{0,20}(?: (?:(?:of|the|for|de|al) ){0,2}[A-Z][\w.’'-]{0,20}){0,6})"
)
_NEW_CLAUSE = frozenset({"and", "but", "while", "whereas"})
_CITING = frozenset({"quoting", "citing"})
_QUOTES = frozenset({"quoted", "quotes", "cited"})
_LINKS = frozenset(
    ["", "and", "but", "—", "–", "-", "or", "also", "and that", "but that", "that", "to", "and to", "with"]
)
_LINK_WORDS = 6  # between two parts of one statement in marks
_ROLE_WORDS = 9  # of the line below a signature
_SAME_WORDS = 0.6  # share of words from which two quotations are wordings of one
_LABEL_WINDOW = 130  # characters in which the label of a turn must lie
_COLON = re.compile(r":(?=\s)(?:(?<=[^\W_]:)|(?<=[^\W_]\):))")
_LABEL_START = re.compile(r"[.!?…>*\])]\s+|\*+|\n")
_SMALL_LABEL_WORDS = frozenset(
    ["of", "the", "and", "for", "to", "on", "in", "retranslated", "beginning", "talks", "meeting", "with"]
)
_CAPITAL_LABEL = re.compile(r"^(?P<name>[A-Z][A-Z.’'-]{0,20}(?: [A-Z][A-Z.’'-]{0,20}){1,3}):(?= )", re.MULTILINE)
_STATE_LABEL = re.compile(
    r"(?:[A-Z][\w-]{1,20} ){0,3}(?:President|Minister|Chancellor|King|Emir|Premier|Secretary-General|Chairman) of "
    r"(?:the )?(?:[A-Z][\w.’'-]{0,20} (?:of |and )?){1,7}[A-Z][\w.’'-]{0,20}"
)
_HANDLE = re.compile(r"\(@\w{1,30}\)")
_POST_TAIL = re.compile(
    r"(?:(?:pic\.twitter\.com|https?://t\.co)/\w+\s*)*(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\s*)?[—–-]{1,2}\s*"
    r"(?P<name>[^\n—–@()]{2,60})$"
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words between two marks, or what stands for marks."""

    outer: Span  # with the marks
    inner: Span  # without marks, blanks and a comma at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One quotation with all that is known of it."""

    inner: Span
    name: str | None
    person: int | None
    where: Span | None  # where the speaker is named
    channel: Channel | None
    passed_on: Span | None  # the outlet that passes the words on
    rule: str


def find_quotations(
    document: Document, names: Sequence[Name], people: Sequence[FoundPerson]
) -> tuple[QuotationFact, ...]:
    """Find every direct quotation of at least five words.

    Args:
        document: The article.
        names: Its names of countries and organisations.
        people: Its people; the person of a quotation is "p1" for the first of them.

    Returns:
        The quotations in the order of the text, with ids "q1", "q2" and so on.
    """
    heard = _hear(_Asked(document, tuple(names), tuple(people)))
    found = [*_found_turns(document.text, heard.turns, people), *heard.posts]
    found.extend(_Attribution(document, heard.voices, heard.marked).found())
    found.sort(key=lambda one: one.inner.start)
    return _facts(document.text, found)


def voices_of(document: Document, names: Sequence[Name], people: Sequence[FoundPerson]) -> Voices:
    """Who speaks outside quotations and transcripts."""
    return _hear(_Asked(document, tuple(names), tuple(people))).voices


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked about; told apart by the document alone, so that nobody has to hash all that is in it."""

    document: Document
    names: tuple[Name, ...]
    people: tuple[FoundPerson, ...]

    def __hash__(self) -> int:
        return id(self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What is between marks in an article, and who speaks outside of it."""

    turns: tuple["_Turn", ...]
    marked: tuple[_Stretch, ...]
    posts: tuple[_Found, ...]
    voices: Voices


@lru_cache(maxsize=1)  # quotations and attributions of one article are asked for one after the other
def _hear(asked: _Asked) -> _Heard:
    document, people = asked.document, asked.people
    turns = _turns(document, people)
    marked = _outside(_marked_stretches(document), [turn.region for turn in turns])
    posts = _outside_posts(_posts(document.text, people), marked)
    hidden = sorted([*(stretch.outer for stretch in marked), *(turn.region for turn in turns)])
    return _Heard(
        turns=tuple(turns),
        marked=tuple(marked),
        posts=tuple(posts),
        voices=Voices(document, asked.names, people, hidden),
    )


# -- stretches between marks -------------------------------------------------------------------------


def _paragraphs(document: Document) -> list[Span]:
    """The paragraphs in which something may be read."""
    spans: dict[int, Span] = {}
    for sentence in document.sentences:
        if sentence.is_noise:
            continue
        known = spans.get(sentence.paragraph)
        spans[sentence.paragraph] = Span(known.start if known else sentence.start, sentence.end)
    return [spans[number] for number in sorted(spans)]


def _marked_stretches(document: Document) -> list[_Stretch]:
    """All stretches between marks, in order, none inside another."""
    text = document.text
    stretches: list[_Stretch] = []
    open_at: int | None = None  # where the words of a quotation that goes on in the next paragraph began
    paragraphs = _paragraphs(document)
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1].start if place + 1 < len(paragraphs) else len(text)
        doubles, open_at = _doubles(text, paragraph, open_at, following)
        stretches.extend(doubles)
        stretches.extend(_singles(text, paragraph, doubles))
    stretches.sort(key=lambda stretch: stretch.outer.start)
    return stretches


def _doubles(text: str, paragraph: Span, open_at: int | None, following: int) -> tuple[list[_Stretch], int | None]:
    """The stretches between double marks of one paragraph.

    Args:
        text: The article.
        paragraph: Where to look.
        open_at: Where the opening mark stands of a quotation that the paragraph before left open.
        following: Where the next paragraph begins.

    Returns:
        The stretches that end here, and the place of the opening mark that the next paragraph takes up.
    """
    marks = [m.span() for m in _DOUBLE.finditer(text, paragraph.start, paragraph.end)]
    stretches: list[_Stretch] = []
    if open_at is not None and marks and marks[0][0] == paragraph.start:
        del marks[0]  # the mark that takes the quotation up again
    depth = 0
    floor = paragraph.start
    for place, (start, end) in enumerate(marks):
        opens, closes = _sides(text, start, end)
        if open_at is None:
            if opens or not closes:
                open_at = start
            elif brings_in_words(text, end):
                begin = _sentence_start(text, floor, start)
                stretches.append(_stretch(text, begin, begin, start, end))
                floor = end
        elif opens and not closes and not brings_in_words(text, end):
            if depth == 0 and _is_taken_up(text, open_at, start):
                continue
            if depth == 0 and not _is_nested(text, marks, place):
                stretches.append(_unclosed(text, open_at, start))
                open_at = start
            else:
                depth += 1
        elif depth:
            depth -= 1
        else:
            stretches.append(_stretch(text, open_at, _after_mark(text, open_at), start, end))
            open_at, floor = None, end
    if open_at is not None and not _goes_on(text, open_at, paragraph.end, following):
        stretches.append(_unclosed(text, open_at, paragraph.end))
        open_at = None
    return stretches, open_at


def _sides(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a mark may open and whether it may close, by what stands beside it."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before.isalnum() and after.isalnum():  # no blank on either side: the shape decides
        return text[start] in "“«„", text[start] not in "“«„"
    opens = not after.isspace() and after not in ".,;:!?)]" and not before.isalnum()
    closes = not before.isspace() and before not in "([{—–"
    return opens, closes


def _is_nested(text: str, marks: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether an opening mark inside an open quotation has a partner, and the outer one still closes."""
    if place + 2 >= len(marks):
        return False
    inner, outer = _sides(text, *marks[place + 1]), _sides(text, *marks[place + 2])
    return inner[1] and not inner[0] and outer[1] and not outer[0]


def _is_taken_up(text: str, open_at: int, start: int) -> bool:
    """Whether an opening mark behind a sentence end takes an open quotation up: paragraphs run together."""
    before = text[max(open_at, start - 3) : start]
    is_sentence = before[-1:].isspace() and before.rstrip()[-1:] in ".!?…"
    return is_sentence and start - open_at < LONGEST and _speaker_inside(text, open_at, start) is None


def _goes_on(text: str, open_at: int, end: int, following: int) -> bool:
    """Whether the next paragraph takes an open quotation up: it begins with a mark, and no speaker stands between."""
    if end - open_at > LONGEST or not _DOUBLE.match(text, following):
        return False
    return _speaker_inside(text, open_at, end) is None


def _speaker_inside(text: str, start: int, end: int) -> int | None:
    """Where ", Singh said" begins in a quotation without a closing mark."""
    comma = text.find(", ", start, min(end, start + LONGEST))
    while comma >= 0:
        if brings_in_words(text, comma + 2):
            return comma
        comma = text.find(", ", comma + 2, min(end, start + LONGEST))
    return None


def _unclosed(text: str, start: int, end: int) -> _Stretch:
    """A stretch whose closing mark is missing: up to the speaker, or the end of the paragraph or sentence."""
    begin = _after_mark(text, start)
    stop = _speaker_inside(text, begin, end)
    if stop is None:
        led = text[max(0, start - 2) : start].strip()
        is_led = led == "" or led[-1] in ":,\n" or (start > 0 and text[start - 1] == "\n")
        sentence = None if is_led else _SENTENCE_END.search(text, begin, min(end, begin + LONGEST))
        stop = sentence.end() if sentence else end
    return _stretch(text, start, begin, stop, stop)


def _after_mark(text: str, start: int) -> int:
    return start + (2 if text[start : start + 2] in {"``", "''"} else 1)


def _sentence_start(text: str, floor: int, end: int) -> int:
    """Where the last sentence before a position begins, not before a floor."""
    begin = max(floor, end - LONGEST)
    for found in _SENTENCE_END.finditer(text, begin, max(begin, end - 2)):
        begin = found.end()
    return begin


def _stretch(text: str, outer_start: int, start: int, end: int, outer_end: int) -> _Stretch:
    """A stretch whose words are trimmed, and cut at a sentence end where they are too many."""
    if end - start > LONGEST:
        cut = start
        for found in _SENTENCE_END.finditer(text, start, start + LONGEST):
            cut = found.end()
        end = cut if cut > start else start + LONGEST
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return _Stretch(Span(outer_start, max(outer_end, end)), Span(start, end))


def _singles(text: str, paragraph: Span, doubles: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """The stretches between single marks that lie in no other stretch."""
    floor = paragraph.start
    for ceiling, resume in [*((s.outer.start, s.outer.end) for s in doubles), (paragraph.end, paragraph.end)]:
        position = floor
        while (opening := _SINGLE_OPEN.search(text, position, ceiling)) is not None:
            word = _WORD.match(text, opening.end())
            if word is not None and word.group().lower().split("’")[0] in _ELISIONS:
                position = opening.end()
                continue
            close = _single_close(text, opening.end(), ceiling)
            if close is None:
                break
            yield _stretch(text, opening.start(), opening.end(), close, close + 1)
            position = close + 1
        floor = max(floor, resume)


def _single_close(text: str, start: int, ceiling: int) -> int | None:
    """The mark that closes a single-quoted stretch; an apostrophe behind a plural ("workers' rights") is none."""
    weak = None
    for count, found in enumerate(_SINGLE_CLOSE.finditer(text, start, min(ceiling, start + LONGEST))):
        before, after = text[found.start() - 1], text[found.end() : found.end() + 2]
        if before in ".,!?…" or after[:1] in ",.;:!?)" or not after.strip():
            return found.start()
        if before != "s" or brings_in_words(text, found.end()):
            return found.start()
        weak = found.start() if weak is None else weak
        if count > 5:
            break
    return weak


def _outside(stretches: Sequence[_Stretch], regions: Sequence[Span]) -> list[_Stretch]:
    """The stretches that begin in no region; regions are in order and do not overlap."""
    if not regions:
        return list(stretches)
    starts = [region.start for region in regions]
    kept = []
    for stretch in stretches:
        place = bisect_right(starts, stretch.outer.start) - 1
        if place < 0 or stretch.outer.start >= regions[place].end:
            kept.append(stretch)
    return kept


# -- who says them -------------------------------------------------------------------------------------


class _Attribution:
    """Goes through the stretches of one article in order and asks who says each."""

    def __init__(self, document: Document, voices: Voices, stretches: Sequence[_Stretch]) -> None:
        self._text = document.text
        self._voices = voices
        self._stretches = [
            s for s in stretches if _is_long_enough(document.text, s.inner) and not _is_title(document.text, s.inner)
        ]
        self._act_starts = [act.start for act in voices.acts]
        self._title_end = document.sentences[0].end if document.sentences and document.sentences[0].is_title else 0

    def found(self) -> Iterator[_Found]:
        """The quotations among the stretches, in order."""
        before: _Found | None = None  # the quotation before, which may go on
        for place, stretch in enumerate(self._stretches):
            if stretch.inner.end <= self._title_end and self._stands_again(stretch):
                continue
            quotation = None if self._is_name(stretch) else self._quotation(place, before)
            if quotation is not None:
                yield quotation
                before = quotation

    def _stands_again(self, stretch: _Stretch) -> bool:
        return self._text.find(self._text[stretch.inner.start : stretch.inner.end], self._title_end) >= 0

    def _quotation(self, place: int, before: _Found | None) -> _Found | None:
        stretch = self._stretches[place]
        head, tail = self._head(place), self._tail(place)
        leading, closing = self._leading(head), self._closing(tail)
        if leading is not None and closing is not None and not self._leads_directly(leading, head):
            if self._is_passed_on(stretch, leading, closing):
                return self._reported(
                    self._make(stretch, leading.speaker, head, tail, "quotation-speaker-before"), closing
                )
            leading = None
        if leading is not None:
            speaker = leading.speaker or self._voices.subject(head.start, leading.start, ())
            return self._make(stretch, speaker, head, tail, "quotation-speaker-before")
        if closing is not None:
            return self._make(stretch, closing.speaker, tail, tail, "quotation-speaker-after")
        judge = self._judged_before(head, tail)
        if judge is not None:
            return self._make(stretch, judge, head, tail, "quotation-speaker-after")
        signer = self._signed_below(stretch)
        if signer is not None:
            return self._make(stretch, signer, tail, tail, "quotation-signed")
        signed = _SIGNATURE.match(self._text, tail.start, tail.end)
        if signed is not None:
            signer = self._voices.person_near(signed.end(), min(tail.end, signed.end() + 60))
            if signer is not None:
                return self._make(stretch, signer, tail, tail, "quotation-signed")
        return self._without_verb(stretch, head, tail, before)

    def _judged_before(self, head: Span, tail: Span) -> Speaker | None:
        """The subject behind the words where a participle brings them in: "Hailing it as “…”, Lee thanked …"."""
        first = self._text[head.start : head.end].split(maxsplit=1)[:1]
        if not first or not first[0].endswith("ing") or first[0].lower() not in SAY_VERBS:
            return None
        comma = self._text[head.end : tail.end].find(", ", max(tail.start - head.end - 2, 0))
        return self._voices.subject(head.end + comma + 2, tail.end, ()) if comma >= 0 else None

    def _signed_below(self, stretch: _Stretch) -> Speaker | None:
        """Who is named on the line below a quotation that fills its own: a name, then perhaps a line with the role."""
        text, outer = self._text, stretch.outer
        if text[max(0, outer.start - 1) : outer.start].strip() or not text.startswith("\n", outer.end):
            return None
        below = _LINE_BELOW.match(text, outer.end)
        if below is None:
            return None
        person = self._voices.person_near(below.start("name"), below.end("name"))
        if person is not None:
            return person if person.start == below.start("name") and person.end == below.end("name") else None
        role = below["role"]
        if not role or role.rstrip()[-1:] in ".!?:”\"'" or len(role.split()) > _ROLE_WORDS:
            return None
        return Speaker(name=below["name"], person=None, start=below.start("name"), end=below.end("name"))

    def _without_verb(self, stretch: _Stretch, head: Span, tail: Span, before: _Found | None) -> _Found | None:
        """A quotation with no verb of speech in its sentence: it goes on from another, or follows a subject."""
        text, lead = self._text, self._text[head.start : head.end].strip()
        is_fragment = text[stretch.inner.start].islower()
        is_near = before is not None and "\n" not in text[before.inner.end : stretch.outer.start]
        if before is not None and before.inner.end <= stretch.outer.start:
            same_sentence = is_near and (lead.strip(", ") in _LINKS or (is_fragment and _links(lead)))
            if same_sentence and (not is_fragment or lead):
                return self._continued(stretch, before, "quotation-same-speaker-goes-on")
        if is_fragment:
            return self._unsaid(stretch, head, tail)
        if lead[-1:] == ":" and len(lead.split()) <= 2 and self._voices.person_near(head.start, head.end) is None:
            named = self._voices.person_near(self._line_before(head.start), head.start)  # "Source: …", "Quote: “…”"
            if named is not None:
                return self._make(stretch, named, head, tail, "quotation-labelled")
        if lead and lead[-1] in ":,—–-":
            speaker = self._voices.subject(head.start, head.end, self._voices.acts[: self._acts_before(head.end)])
            return self._make(stretch, speaker, head, tail, "quotation-after-subject")
        below = self._named_below(stretch) if not lead else None
        if below is not None:
            return self._make(stretch, below, tail, tail, "quotation-speaker-in-sentence-after")
        if lead:
            return (
                None
                if text[stretch.inner.end - 1] not in ".!?…"
                else self._make(
                    stretch, self._voices.subject(head.start, head.end, ()), head, tail, "quotation-after-subject"
                )
            )
        speaker = self._speaker_of_sentence_before(stretch)
        if speaker is None and before is not None:
            return self._continued(stretch, before, "quotation-same-speaker-as-before")
        if speaker is None:
            following = self._speaker_of_sentence_after(stretch) or self._author_of_article()
            return self._make(stretch, following, tail, tail, "quotation-speaker-in-sentence-after")
        return self._make(
            stretch, speaker, self._sentence_before(stretch), tail, "quotation-speaker-in-sentence-before"
        )

    def _named_below(self, stretch: _Stretch) -> Speaker | None:
        """Who is named where the paragraph below says whose words a quotation was: "So said Lee"."""
        below = _NAMED_BELOW.match(self._text, stretch.outer.end)
        if below is None:
            return None
        bounds = self._voices.bounds
        at = bisect_right(bounds, below.end())
        return self._voices.person_near(below.end(), bounds[at] if at < len(bounds) else len(self._text))

    def _author_of_article(self) -> Speaker | None:
        """Who is named in a title such as "Statement by the Press Secretary"."""
        found = _BY_WHOM.match(self._text, 0, self._title_end)
        if found is None:
            return None
        start, end = found.span("name")
        return self._voices.person_near(start, end) or Speaker(name=found["name"], person=None, start=start, end=end)

    def _speaker_of_sentence_after(self, stretch: _Stretch) -> Speaker | None:
        """Who is named in the sentence behind a quotation, in the same paragraph: "With these words Lee …"."""
        bounds, end = self._voices.bounds, stretch.outer.end
        at = bisect_right(bounds, end + 1)
        line = self._text.find("\n", end)
        stop = min(bounds[at] if at < len(bounds) else len(self._text), line if line >= 0 else len(self._text))
        return self._voices.person_near(end, stop)

    def _line_before(self, position: int) -> int:
        """Where the line before the line of a position begins."""
        end = self._text.rfind("\n", max(0, position - LONGEST), position) + 1
        while end > 1 and self._text[end - 1].isspace():
            end -= 1
        return max(self._title_end, self._text.rfind("\n", max(0, end - LONGEST), end) + 1)

    def _unsaid(self, stretch: _Stretch, head: Span, tail: Span) -> _Found | None:
        """Part of a sentence in marks with no verb of speech: a quotation only if it is long."""
        if not _is_long_enough(self._text, stretch.inner, _FEWEST_UNSAID):
            return None
        subject = self._voices.subject(head.start, head.end, ())
        return self._make(stretch, subject, head, tail, "quotation-within-sentence")

    def _is_name(self, stretch: _Stretch) -> bool:
        """Whether the words before the opening mark say that a name or title follows."""
        before = self._text[max(0, stretch.outer.start - 60) : stretch.outer.start].lower().split()
        if not before:
            return False
        return before[-1].strip(",:") in NAMING or (before[-1] in CALLING and "what" not in before)

    def _continued(self, stretch: _Stretch, before: _Found, rule: str) -> _Found:
        return _Found(
            inner=stretch.inner,
            name=before.name,
            person=before.person,
            where=before.where,
            channel=before.channel,
            passed_on=before.passed_on,
            rule=rule,
        )

    def _acts_before(self, position: int) -> int:
        return bisect_left(self._act_starts, position)

    def _head(self, place: int) -> Span:
        """The part of the quotation's sentence before it, from the quotation before or the sentence's beginning."""
        start = self._stretches[place].outer.start
        bounds = self._voices.bounds
        at = bisect_right(bounds, start) - 1
        floor = bounds[at] if at >= 0 else 0
        if at > 0 and start == floor and self._text[self._stretches[place].inner.start].islower():
            floor = bounds[at - 1]  # "the U.S. “will make available …”" is one sentence
            floor = max(floor, self._text.rfind("\n", floor, start) + 1)
        if place:
            floor = max(floor, min(self._stretches[place - 1].outer.end, start))
        return Span(floor, start)

    def _tail(self, place: int) -> Span:
        """The part of the quotation's sentence behind it, up to the next quotation."""
        stretch = self._stretches[place]
        end = stretch.outer.end
        ceiling = self._stretches[place + 1].outer.start if place + 1 < len(self._stretches) else len(self._text)
        bounds = self._voices.bounds
        begin = end
        while begin < ceiling and self._text[begin] in " \t\u00a0":
            begin += 1
        at = bisect_right(bounds, begin)
        stop = min(bounds[at] if at < len(bounds) else len(self._text), ceiling)
        line = self._text.find("\n", begin, stop)
        stop = line if line >= 0 else stop
        is_ended = self._text[stretch.inner.end - 1] in ".!?…" and self._text[end : end + 1] != ","
        if is_ended and not self._text[begin : begin + 1].islower() and not _DASH.match(self._text, begin):
            words = self._text[begin:stop].split()
            if stop == ceiling or len(words) > 8 or not words or words[-1][-1] != ".":
                return Span(end, end)  # a sentence of its own: "…" Later he met the ministers.
        return Span(end, stop)

    def _leading(self, head: Span) -> Act | None:
        """The last act of speech in the clause before a quotation."""
        last = self._acts_before(head.end) - 1
        if last < 0:
            return None
        acts = self._voices.acts
        act = acts[last]
        if act.start < head.start or (act.is_inverted and act.way is not Way.ACCORDING and not act.speaker):
            return None
        said_before = last > 0 and acts[last - 1].start >= head.start and acts[last - 1].way is Way.SAY
        return acts[last - 1] if act.way is Way.HOLD and said_before else act

    def _is_passed_on(self, stretch: _Stretch, leading: Act, closing: Act) -> bool:
        """Whether who stands behind a fragment only reports a person: "Lee … “…”, TASS reported"."""
        is_fragment = self._text[stretch.inner.start].islower()
        is_by_person = leading.speaker is not None and leading.speaker.person is not None
        return is_fragment and is_by_person and closing.speaker is not None and closing.speaker.person is None

    def _reported(self, found: _Found, closing: Act) -> _Found:
        """A quotation with the outlet that reports it behind the words."""
        reporter = closing.speaker
        if (
            found.passed_on is not None
            or reporter is None
            or OUTLETS.isdisjoint({reporter.name, reporter.name.split()[-1]})
        ):
            return found
        return replace(found, passed_on=Span(reporter.start, reporter.end))

    def _leads_directly(self, act: Act, head: Span) -> bool:
        between = self._text[act.end : head.end].strip()
        return between in {"", ",", ":", "that"} or between[-1] == ":"

    def _closing(self, tail: Span) -> Act | None:
        """The act of speech that stands right behind a quotation: "Singh said", "said Singh"."""
        for place in range(self._acts_before(tail.start), len(self._voices.acts)):
            act = self._voices.acts[place]
            if act.start >= tail.end:
                return None
            if act.verb in _QUOTES and place + 1 < len(self._voices.acts):
                following = self._voices.acts[place + 1]  # "…," the agency quoted Lee as saying
                if following.verb == "saying" and following.start < tail.end:
                    return following
            if act.speaker is None or act.way in {Way.TELL, Way.HOLD}:
                continue
            first = min(act.speaker.start, act.start)
            between = self._text[tail.start : first].strip(" ,—–-")
            if first >= tail.start and self._is_part_of_subject(between):
                return self._citing(place, tail) or act
            return None
        return None

    def _citing(self, place: int, tail: Span) -> Act | None:
        """The act as spoken by whom an outlet quotes: "…," TASS reported, citing Lee."""
        acts = self._voices.acts
        if place + 1 >= len(acts) or acts[place + 1].verb not in _CITING or acts[place + 1].start >= tail.end:
            return None
        cited = self._voices.speaker_at(acts[place + 1].end, acts[: place + 1])
        if cited is None or (cited.person is None and VOUCHERS.isdisjoint(cited.name.lower().split())):
            return None
        return replace(acts[place], speaker=cited)

    def _is_part_of_subject(self, between: str) -> bool:
        """Whether the words between a quotation and its speaker's name belong to him: "Foreign Minister"."""
        words = between.split()
        if words[:1] and words[0] in _NEW_CLAUSE:
            return False  # Lee said it was “…” and Berg said …
        return len(words) <= 14 and not any(mark in between for mark in ";:")

    def _sentence_before(self, stretch: _Stretch) -> Span:
        bounds = self._voices.bounds
        at = bisect_left(bounds, stretch.outer.start) - 1
        return Span(bounds[at], stretch.outer.start) if at >= 0 else Span(0, 0)

    def _speaker_of_sentence_before(self, stretch: _Stretch) -> Speaker | None:
        """Who speaks, or acts, in the sentence before a quotation that has no speaker of its own."""
        span = self._sentence_before(stretch)
        if span.start < self._title_end:
            return None
        last = self._acts_before(span.end) - 1
        while last >= 0 and self._voices.acts[last].start >= span.start:
            if self._voices.acts[last].speaker is not None:
                return self._voices.acts[last].speaker
            last -= 1
        if HIDDEN in self._voices.text[span.start : span.end]:
            return None
        return self._voices.subject(span.start, span.end, self._voices.acts[: max(last + 1, 0)])

    def _passed_on(self, clause: Span, speaker: Speaker | None) -> Span | None:
        """The outlet that is told the words or quotes them, if it is not the speaker itself."""
        found = told_outlet(self._text, clause.start, clause.end)
        if found is None:
            place = self._acts_before(clause.start)
            act = self._voices.acts[place] if place < len(self._voices.acts) else None
            if act is not None and act.start < clause.end and act.speaker is not None and act.speaker.name in OUTLETS:
                found = Span(act.speaker.start, act.speaker.end)
        return found if speaker is None or found is None or speaker.start != found.start else None

    def _make(self, stretch: _Stretch, speaker: Speaker | None, clause: Span, tail: Span, rule: str) -> _Found:
        words = f"{self._text[clause.start : clause.end]} {self._text[tail.start : tail.end]}"
        told = self._passed_on(clause if clause.end > clause.start else tail, speaker)
        is_interview = told is not None and self._text[max(0, told.start - 10) : told.start].endswith(
            ("told ", "told the ")
        )
        channel = channel_of(words) or (Channel.INTERVIEW if is_interview else None)
        return _Found(
            inner=stretch.inner,
            name=speaker.name if speaker else None,
            person=speaker.person if speaker else None,
            where=Span(speaker.start, speaker.end) if speaker else None,
            channel=channel,
            passed_on=told,
            rule=rule,
        )


def _links(lead: str) -> bool:
    """Whether a few words between two parts in marks belong to the same statement: "as may be necessary to"."""
    words = lead.split()
    if words[:2] == ["and", "that"] or (words[:1] == ["and"] and len(words) == 2 and lead.islower()):
        return len(words) <= 2 * _LINK_WORDS  # "… and that the conflict “…”", "… and create “…”"
    return lead.islower() and len(words) <= _LINK_WORDS and lead.isascii() and words[-1] in {"to", "and", "or", "that"}


def _is_long_enough(text: str, inner: Span, fewest: int = FEWEST_WORDS) -> bool:
    words = _WORD.finditer(text, inner.start, min(inner.end, inner.start + 400))
    return next(islice(words, fewest - 1, None), None) is not None


def _is_title(text: str, inner: Span) -> bool:
    """Titles of works and documents have a capital on every weighty word and no full stop."""
    words = [w for w in text[inner.start : min(inner.end, inner.start + 300)].split() if len(w) > 3 and w[0].isalpha()]
    if text[inner.end - 1] in ".!?…" or not words or all(w.isupper() for w in words):
        return False
    return sum(w[0].isupper() for w in words) >= 0.75 * len(words)


# -- transcripts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What one speaker of a transcript says before another takes over."""

    region: Span  # label and words
    label: Span
    words: Span
    person: int | None


_ROLE_LABELS = frozenset(label.lower() for label, *_ in table("transcript_labels.tsv"))
_ASKING = frozenset(label.lower() for label, *kind in table("transcript_labels.tsv") if kind == ["asks"])


def _turns(document: Document, people: Sequence[FoundPerson]) -> list[_Turn]:
    """The turns of a transcript; none if the article is not one."""
    text = document.text
    floor = document.sentences[0].end if document.sentences and document.sentences[0].is_title else 0
    repeated = _repeated_labels(text)
    labels: list[tuple[Span, int | None]] = []
    for colon in _COLON.finditer(text, floor):
        label = _label(text, floor, colon.end() - 1)
        if label is not None:
            is_turn, person = _who(text[label.start : label.end], people)
            if is_turn or text[label.start : label.end] in repeated:
                labels.append((label, person))
                floor = colon.end()
    marked = any(text[max(0, label.start - 4) : label.start].strip().endswith("*") for label, _ in labels)
    if len(labels) < 2 and not marked:
        return []
    return [
        _Turn(
            region=Span(label.start, _next_start(labels, place, len(text))),
            label=label,
            words=_turn_words(text, label.end + 1, _next_start(labels, place, len(text))),
            person=person,
        )
        for place, (label, person) in enumerate(labels)
    ]


def _repeated_labels(text: str) -> frozenset[str]:
    """The names in capitals that begin two or more lines of a text, if at least two do: "ANN LEE:"."""
    times = Counter(found["name"] for found in _CAPITAL_LABEL.finditer(text))
    names = frozenset(name for name, count in times.items() if count > 1)
    return names if len(names) > 1 else frozenset()


def _next_start(labels: Sequence[tuple[Span, int | None]], place: int, end: int) -> int:
    return labels[place + 1][0].start if place + 1 < len(labels) else end


def _label(text: str, floor: int, colon: int) -> Span | None:
    """The stretch before a colon that may name a speaker: it begins a line or sentence and has only capitals."""
    behind = text[colon + 1 : colon + 4].strip()
    if not behind or _DOUBLE.match(behind) or behind[0] in "‘'":
        return None
    begin = max(floor, colon - _LABEL_WINDOW)
    is_bounded = begin == floor
    for found in _LABEL_START.finditer(text, begin, colon):
        if text[found.start()] != "." or not text[max(0, found.start() - 3) : found.start()].lower().endswith(
            ("mr", "ms", "mrs", "dr", "gen", "sec", "amb", "adm", "sen", "rep", "col", "maj", "rig", "lt")
        ):
            begin, is_bounded = found.end(), True
    while begin < colon and text[begin].isspace():
        begin += 1
    words = [w for w in re.split(r"[\s()]+", text[begin:colon]) if w]
    if not is_bounded or not words or len(words) > 16:
        return None
    lower = [w.lower() for w in words if w[0].islower()]
    if any(w not in _SMALL_LABEL_WORDS for w in lower) or any(w.lower() in SAY_VERBS for w in words):
        return None
    return Span(begin, colon)


def _who(label: str, people: Sequence[FoundPerson]) -> tuple[bool, int | None]:
    """Whether a label names a speaker, and which person."""
    best, chosen = -1, None
    for index, person in enumerate(people):
        place = label.lower().rfind(person.name.lower())
        if place > best:
            best, chosen = place, index
    if chosen is not None:
        return True, chosen
    core = label.split("(")[0].strip()
    last = core.split()[-1].lower() if core else ""
    for index, person in enumerate(people):
        if person.name.split()[-1].lower() == last and (core.isupper() or len(core.split()) <= 3):
            return True, index
    words = core.replace(".", "").lower().split()
    if " ".join(words) in _ROLE_LABELS:
        return True, None
    if " of " in core and _STATE_LABEL.fullmatch(core):  # "President of Ruritania Ann Lee:"
        return True, None
    if "," in core:  # "ANN LEE, PRIME MINISTER OF RURITANIA:"
        words = core.partition(",")[2].lower().split()
    elif not core.isupper():
        return False, None
    return any(" ".join(words[:n]) in _ROLE_LABELS for n in (1, 2, 3)), None


def _turn_words(text: str, start: int, end: int) -> Span:
    """The words of a turn; only the first paragraph of one that is longer than three."""
    stop = text.find("<…>", start, end)
    end = stop if stop >= 0 else end
    lines = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text[start : min(end, start + 4 * LONGEST)])]
    if not lines:
        return Span(start, start)
    last = lines[0][1] if len(lines) > 3 or end > start + LONGEST else lines[-1][1]
    return _stretch(text, start, start, start + last, start + last).inner


def _found_turns(text: str, turns: Sequence[_Turn], people: Sequence[FoundPerson]) -> Iterator[_Found]:
    for turn in turns:
        label = text[turn.label.start : turn.label.end]
        if not _is_long_enough(text, turn.words) or (turn.person is None and label.strip(" .*").lower() in _ASKING):
            continue  # who asks is nobody
        yield _Found(
            inner=turn.words,
            name=people[turn.person].name if turn.person is not None else re.split(r"[(,]", label)[0].strip(),
            person=turn.person,
            where=turn.label,
            channel=Channel.TRANSCRIPT,
            passed_on=None,
            rule="quotation-turn-of-transcript",
        )


# -- embedded posts ------------------------------------------------------------------------------------


def _posts(text: str, people: Sequence[FoundPerson]) -> Iterator[_Found]:
    """Posts of social media set into the article: words, "— Name (@handle)"."""
    for handle in _HANDLE.finditer(text):
        line = text.rfind("\n", max(0, handle.start() - LONGEST), handle.start()) + 1
        floor = max(line, handle.start() - 200)
        tail = _POST_TAIL.search(text, floor, handle.start())
        if tail is None or not line:
            continue
        inner = _stretch(text, line, line, tail.start(), tail.start()).inner
        if not _is_long_enough(text, inner):
            continue
        name = tail["name"].strip()
        person = next((i for i, p in enumerate(people) if p.name == name), None)
        yield _Found(
            inner=inner,
            name=name,
            person=person,
            where=Span(tail.start("name"), tail.start("name") + len(tail["name"].rstrip())),
            channel=Channel.TWEET,
            passed_on=None,
            rule="quotation-embedded-post",
        )


def _outside_posts(posts: Iterator[_Found], marked: Sequence[_Stretch]) -> list[_Found]:
    """The posts that are not between marks themselves."""
    starts = [stretch.outer.start for stretch in marked]
    kept = []
    for post in posts:
        first = bisect_left(starts, post.inner.start)
        if first == len(starts) or starts[first] >= post.inner.end:
            kept.append(post)
    return kept


# -- facts ---------------------------------------------------------------------------------------------


def _facts(text: str, found: Sequence[_Found]) -> tuple[QuotationFact, ...]:
    """The quotations as facts, each wording of an earlier one pointing to it."""
    facts: list[QuotationFact] = []
    bags: list[frozenset[str]] = []
    for number, one in enumerate(found, start=1):
        bag = frozenset(text[one.inner.start : one.inner.end].lower().split())
        same = next((place for place in range(max(0, number - 31), number - 1) if _alike(bags[place], bag)), None)
        bags.append(bag)
        passed_on = one.passed_on
        facts.append(
            QuotationFact(
                id=f"q{number}",
                speaker=one.name,
                person=f"p{one.person + 1}" if one.person is not None else None,
                channel=one.channel,
                attribution=(Source(name=text[passed_on.start : passed_on.end], evidence=_evidence(text, passed_on)),)
                if passed_on
                else (),
                same_as=f"q{same + 1}" if same is not None else None,
                evidence=_evidence(text, one.inner),
                speaker_evidence=_evidence(text, one.where) if one.where else None,
                rule=one.rule,
            )
        )
    return tuple(facts)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME_WORDS * len(one | other)


def _evidence(text: str, span: Span) -> Evidence:
    return Evidence(exact=text[span.start : span.end], start=span.start, end=span.end)
