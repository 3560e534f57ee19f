"""Clauses that mention an instrument, and what each says of its standing.

Knows words only, no countries: who the parties are is the subject of `agreements`. The word lists are data:
`instruments.tsv`, `conclusion.tsv`, `modes.tsv`, `steps.tsv`.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import resources
from typing import NamedTuple

from generator.extract.text import Document, Sentence
from generator.model import Certainty, Instrument, Mode, Realis, Status

_WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+(?:[.'’\-–/&]{1,2}\w+)*|[^\w\s]")
_CAPITALS = re.compile(r"\b[A-Z]\w+(?:-\w+)?")
_NP_WORDS = 12  # modifiers before the noun that are looked at
_TAIL_WORDS = 45  # words after the noun that may still belong to it
_VERB_WORDS = 14  # how far a verb may stand from its instrument
_MODE_WORDS = 8  # how far a modal may stand before its verb
_CLAUSE_WORDS = 60  # how far a clause is followed in a sentence without marks


class Grade(StrEnum):
    """How sure a noun names an instrument."""

    FIRM = "firm"
    GENERIC = "generic"  # may stand for any other instrument
    LOOSE = "loose"  # only with a conclusion word or a capital


class Form(StrEnum):
    """How the article points at the instrument."""

    NAMED = "named"  # "the Paris Agreement"
    DEFINITE = "definite"  # "the agreement", "this pact", "their deal"
    INDEFINITE = "indefinite"  # "an agreement", "new pacts"


class Said(StrEnum):
    """The mode of a clause: columns of `steps.tsv`."""

    ASSERTED = "asserted"
    FUTURE = "future"
    POSSIBLE = "possible"
    NEGATED = "negated"
    OPEN = "open"  # not yet


_REALIS = {
    Said.ASSERTED: Realis(),
    Said.FUTURE: Realis(certainty=Certainty.PROBABLE, modes=(Mode.FUTURE,)),
    Said.POSSIBLE: Realis(certainty=Certainty.POSSIBLE, modes=(Mode.HYPOTHETICAL,)),
    Said.NEGATED: Realis(modes=(Mode.NEGATED,)),
    Said.OPEN: Realis(certainty=Certainty.PROBABLE, modes=(Mode.FUTURE, Mode.NEGATED)),
}


class Word(NamedTuple):
    """One word or mark of a sentence; positions in the article."""

    text: str
    low: str  # lower case, without a possessive ending
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The word that says what became of the instrument."""

    kind: str  # row of `steps.tsv`
    said: Said
    status: Status
    weight: int  # the heavier of two decides
    first: int  # index of its word in the sentence
    is_verb: bool
    is_before: bool  # it stands before the instrument

    @property
    def realis(self) -> Realis:
        """How real the clause says the step is."""
        return _REALIS[self.said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One noun phrase that names an instrument, and its clause. Indexes count the words of the sentence."""

    sentence: Sentence
    words: tuple[Word, ...]
    left: int  # first word of the noun phrase after its determiner
    head: int  # first word of the noun
    last: int  # last word of the noun
    clause: tuple[int, int]  # exclusive end
    instrument: Instrument
    grade: Grade
    form: Form
    is_plural: bool
    count: int | None  # of a bundle; 0: "several"
    name: str | None  # of a named instrument, as written
    acronym: str | None  # "(CFE)" after the name
    cue: Cue | None
    is_other: bool  # "another", "new", "separate": not the one before
    is_verbal: bool = False  # no noun: "agreed to supply gas"
    is_apposition: bool = False  # says again what stands right before: "the Ice Pact, a trilateral arrangement"
    is_listed: bool = False  # goes on with a list: shares verb and parties with what stands before

    @property
    def start(self) -> int:
        """Where the noun phrase begins in the article."""
        return self.words[self.left].start

    @property
    def end(self) -> int:
        """Where the noun ends in the article."""
        return self.words[self.last].end


# -- word lists ------------------------------------------------------------------------------------


def rows_of(name: str) -> Iterator[list[str]]:
    """The rows of a data file, comments and head left out."""
    lines = (resources.files("generator.data") / name).read_text("utf-8").splitlines()
    body = [line for line in lines if line and not line.startswith("#")]
    for line in body[1:]:
        yield line.split("\t")


class _Noun(NamedTuple):
    words: tuple[str, ...]
    instrument: Instrument
    grade: Grade
    is_plural: bool


class _Step(NamedTuple):
    words: tuple[str, ...]  # after the first
    kind: str
    part: str  # verb, noun, adjective, predicate
    form: str  # base, other, past


class _Modal(NamedTuple):
    words: tuple[str, ...]
    said: Said | None  # None: what follows has happened
    is_near: bool


@functools.cache
def _nouns() -> Mapping[str, Sequence[_Noun]]:
    table: dict[str, list[_Noun]] = {}
    for singular, plural, instrument, grade in rows_of("instruments.tsv"):
        for text, is_plural in ((singular, False), (plural, True)):
            if text != "-":
                first, *rest = text.split()
                entry = _Noun(tuple(rest), Instrument(instrument), Grade(grade), is_plural)
                table.setdefault(first, []).append(entry)
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return table


@functools.cache
def _steps() -> Mapping[str, Sequence[_Step]]:
    table: dict[str, list[_Step]] = {}
    for base, forms, past, kind, part in rows_of("conclusion.tsv"):
        first, *rest = base.split()
        spelled = [(first, "base"), *((form, "other") for form in forms.split()), (past.split()[0], "past")]
        for text, form in spelled:
            if text != "-":
                table.setdefault(text, []).append(_Step(tuple(rest), kind, part, form))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return table


@functools.cache
def _modals() -> Mapping[str, Sequence[_Modal]]:
    table: dict[str, list[_Modal]] = {}
    for text, mode, place in rows_of("modes.tsv"):
        first, *rest = text.split()
        said = None if mode == "done" else Said(mode)
        table.setdefault(first, []).append(_Modal(tuple(rest), said, place == "near"))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return table


@functools.cache
def _standings() -> Mapping[str, tuple[Mapping[Said, Status | None], int]]:
    return {
        kind: (
            {said: None if name == "-" else Status(name) for said, name in zip(Said, statuses, strict=True)},
            int(weight),
        )
        for kind, *statuses, weight in rows_of("steps.tsv")
    }


@functools.cache
def grammar() -> Mapping[str, frozenset[str]]:
    """The lists of small words of `grammar.tsv`, by name."""
    return {name: frozenset(words.split()) for name, words in rows_of("grammar.tsv")}


_INDEFINITE = grammar()["indefinite"]
_DEFINITE = grammar()["definite"]
_STOP = _INDEFINITE | _DEFINITE | grammar()["preposition"] | grammar()["other"]
_BE = grammar()["be"]
_MARKS = frozenset(';:“”"«»()[]—*•|')


@functools.cache
def _numbers() -> Mapping[str, int]:
    return {word: int(number) for word, number in rows_of("bundles.tsv")}


def is_function_or_step(low: str) -> bool:
    """The word is a small word of grammar or says what becomes of an instrument."""
    return low in _STOP or low in _steps()


@functools.cache
def is_step_verb(low: str) -> bool:
    """The word is a form of a conclusion verb that may be finite."""
    return any(step.part == "verb" and not low.endswith("ing") for step in _steps().get(low, ()))


def is_verb_at(words: Sequence[Word], index: int) -> bool:
    """A conclusion verb stands here that may be finite: no gerund, no noun behind an article."""
    return is_step_verb(words[index].low) and (index == 0 or words[index - 1].low not in _DEFINITE | _INDEFINITE)


# -- sentences to mentions -------------------------------------------------------------------------


def words_of(sentence: Sentence) -> tuple[Word, ...]:
    """The words and marks of a sentence, with their places in the article."""
    offset = sentence.start
    found = []
    for match in _WORD.finditer(sentence.text):
        text = match.group()
        low = text.lower().replace("’", "'")
        found.append(Word(text, low.removesuffix("'s"), offset + match.start(), offset + match.end()))
    return tuple(found)


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Every mention of an instrument, in the order of the text; menus and captions left out."""
    nouns = _nouns()
    found: list[Mention] = []
    for sentence in document.sentences:
        if sentence.is_noise:
            continue
        lows = _WORD.findall(sentence.text.lower())
        if not nouns.keys().isdisjoint(lows) or not _known().keys().isdisjoint(_CAPITALS.findall(sentence.text)):
            found.extend(_mentions_in(sentence))
        elif "agreed" in lows or (sentence.is_title and "agree" in lows):
            found.extend(_verbal(sentence))
    return tuple(found)


def _mentions_in(sentence: Sentence) -> Iterator[Mention]:
    """The mentions of a sentence; what belongs to one ends where the verb of the next stands."""
    found = list(_all_in(sentence))
    for mention, following in itertools.zip_longest(found, found[1:]):
        cue = following.cue if following is not None else None
        end = mention.clause[1]
        if following is not None and cue is not None and cue.is_before and mention.last < cue.first < end:
            is_own_verb = cue.is_verb and not following.words[cue.first].low.endswith("ing") and not following.is_listed
            end = cue.first if is_own_verb else end
        yield replace(mention, clause=(mention.clause[0], end))


def _verbal(sentence: Sentence) -> Iterator[Mention]:
    """ "The two sides agreed to supply gas": an agreement without a noun; idle ones ("agreed to meet") are left out."""
    words = words_of(sentence)
    for index, word in enumerate(words[:-2]):
        if word.low not in ("agreed", "agree") or words[index + 1].low not in ("to", "that", "on"):
            continue
        following = words[index + 2].low
        if words[index + 1].low == "on" or following in grammar()["idle"] or following in _STOP:
            continue
        clause = _clause(words, index, index)
        step = next(_steps_at(words, index, "verb"))
        cue = _make(words, step, index, clause[0], clause[0])
        if cue is None or cue.said is not Said.ASSERTED:
            continue
        yield Mention(
            sentence=sentence, words=words, left=index, head=index, last=index, clause=clause,
            instrument=Instrument.AGREEMENT, grade=Grade.GENERIC, form=Form.INDEFINITE, is_plural=False, count=None,
            name=None, acronym=None, cue=cue, is_other=False, is_verbal=True,
        )  # fmt: skip
        return


def _all_in(sentence: Sentence) -> Iterator[Mention]:
    words = words_of(sentence)
    is_cased = _has_case(words) and not sentence.is_title
    before: list[Mention] = []
    end = bundle_end = 0
    for head in range(len(words)):
        if head < end or (head and words[head - 1].text == "(" and before):
            continue  # "… (GATT)" says again what stands before
        noun = _noun_at(words, head) or _known_at(words, head)
        if noun is not None and noun.is_plural and before and _is_same_bundle(words, before[-1], bundle_end, head):
            bundle_end = head
            continue
        if noun is None or _is_false_noun(words, head, noun) or _is_compound(words, head, noun):
            continue
        mention = _mention(sentence, words, head, noun, is_cased=is_cased)
        if mention is not None and not (before and _is_spelled_out(mention, before[-1])):
            mention = _nested(_listed(mention, before), before)
            if _is_headline(mention):
                continue
            if mention.is_listed or not _needs_cue(mention) or _has_its_cue(mention, before):
                yield mention
                before.append(mention)
                bundle_end = mention.last
                end = mention.last + 1


def _is_same_bundle(words: Sequence[Word], last: Mention, end: int, head: int) -> bool:
    """The plural goes on with the one before: "agreements, contracts and protocols", "deals, including fish deals"."""
    if not last.is_plural:
        return False
    gap = {word.low for word in words[end + 1 : head]}
    if gap <= {",", "and", "or", "other"}:
        return True
    return words[head].low == words[last.head].low and words[head - 1].low in ("including", "as", "like")


_VAGUE = (Instrument.ARRANGEMENT, Instrument.PROGRAMME)
_COMMERCIAL = (Instrument.LOAN, Instrument.CONTRACT, Instrument.LICENCE)


def _is_headline(mention: Mention) -> bool:
    """The title of a statement that is the article itself: "Joint Statement on …"."""
    is_first = mention.head <= 4 and mention.sentence.is_title
    return (
        is_first and mention.instrument in (Instrument.JOINT_STATEMENT, Instrument.DECLARATION) and mention.cue is None
    )


def _needs_cue(mention: Mention) -> bool:
    """A word of many meanings ("programme", "contract") counts only where something is done to it."""
    is_named = mention.form is Form.NAMED and mention.instrument not in (*_VAGUE, *_COMMERCIAL)
    return mention.grade is Grade.LOOSE and not is_named


def _listed(mention: Mention, before: Sequence[Mention]) -> Mention:
    """The mention with the verb of the list that it goes on with: "signed a protocol on fish, a loan and a pact"."""
    first = next((m for m in reversed(before[-12:]) if m.form is not Form.DEFINITE), before[-1] if before else None)
    if first is None:
        is_opened = _opens_list(mention)
        return replace(mention, is_listed=True) if is_opened else mention
    words, cue = mention.words, mention.cue
    if _is_apposition(mention, before[-1]):
        return replace(mention, is_apposition=True, cue=before[-1].cue if cue is None or cue.is_before else cue)
    gap = words[first.last + 1 : mention.left]
    if cue is not None and cue.is_before and cue.first > first.last and cue.is_verb:
        return mention
    low = [word.low for word in gap if word.low not in _DEFINITE and word.low not in _INDEFINITE]
    is_joined = (bool(low) and (low[-1] in grammar()["list-join"] or low[-1] in ("and", ",", ";"))) or low[-2:] == [
        "number",
        "of",
    ]
    if not is_joined or any(
        word in _BE or (word in _MARKS and word != ";") or word in grammar()["breaks-left"] for word in low[:-3]
    ):
        return mention
    return replace(mention, is_listed=True, cue=first.cue or cue)


def _has_its_cue(mention: Mention, before: Sequence[Mention]) -> bool:
    cue = mention.cue
    is_launched = before and cue is not None and cue.kind == "announce" and mention.words[cue.first].low.endswith("ing")
    if mention.instrument in _VAGUE and is_launched:
        return False  # "signed an agreement, launching a partnership" is one instrument
    name = "loose-kinds"
    if mention.words[mention.last].low in ("sale", "sales"):
        name = "sale-kinds"
    elif mention.instrument in _VAGUE:
        name = "vague-kinds"
    elif mention.instrument in _COMMERCIAL:
        name = "commercial-kinds"
    return cue is not None and cue.kind in grammar()[name]


def _nested(mention: Mention, before: Sequence[Mention]) -> Mention:
    """Without the verb of an instrument before it: in "signed a protocol to the treaty" the treaty is not signed."""
    cue = mention.cue
    if cue is None or mention.is_listed or not before or not cue.is_before or cue.first > before[-1].last:
        return mention
    outer = before[-1]
    gap = [word.low for word in mention.words[outer.last + 1 : mention.left]]
    is_exact = mention.instrument in (*_VAGUE, *_COMMERCIAL) and outer.grade is Grade.GENERIC
    if is_exact and gap[:2] in (["for", "a"], ["on", "a"]):  # "an agreement for a loan"
        return replace(mention, is_apposition=True)
    is_inside = all(word.low not in ("and", ",", ";") for word in mention.words[outer.last + 1 : mention.left])
    if cue.first >= outer.left or not is_inside:
        return mention
    is_to_come = mention.form is not Form.DEFINITE and mention.words[mention.left - 1].low in _INDEFINITE
    awaited = replace(cue, kind="await", said=Said.FUTURE, status=Status.ANTICIPATED, weight=4)
    return replace(mention, cue=awaited if is_to_come else None)


def _opens_list(mention: Mention) -> bool:
    """ "These included a programme": the list of what the sentence before has summed up."""
    start = [word.low for word in mention.words[:7]]
    is_list = any(low in ("include", "included", "includes") for low in start[1:])
    is_summed_up = start[0] in ("these", "they", "among") or not grammar()["summing-up"].isdisjoint(start[:3])
    return is_list and is_summed_up and 1 < mention.left <= 25


def _has_case(words: Sequence[Word]) -> bool:
    """Most long words are small: a capital means a name."""
    long = [word.text for word in words[1:60] if len(word.text) > 2 and word.text[0].isalpha()]
    return sum(text[0].islower() for text in long) * 3 > len(long)


def _noun_at(words: Sequence[Word], index: int) -> _Noun | None:
    for noun in _nouns().get(words[index].low, ()):
        if _follows(words, index, noun.words):
            return noun
    return None


def _follows(words: Sequence[Word], index: int, rest: Sequence[str]) -> bool:
    return all(
        index + offset < len(words) and words[index + offset].low == text for offset, text in enumerate(rest, start=1)
    )


@functools.cache
def _known() -> Mapping[str, Sequence[tuple[tuple[str, ...], Instrument]]]:
    table: dict[str, list[tuple[tuple[str, ...], Instrument]]] = {}
    for name, instrument, _ in rows_of("treaties.tsv"):
        first, *rest = name.split()
        table.setdefault(first, []).append((tuple(rest), Instrument(instrument)))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@functools.cache
def known_names() -> frozenset[str]:
    """Agreements known by a name without a noun: "NAFTA"."""
    names = [row[0] for row in rows_of("treaties.tsv")]
    return frozenset([*names, *(name.upper() for name in names)])


def _known_at(words: Sequence[Word], index: int) -> _Noun | None:
    if index and words[index - 1].text == "(":
        return None
    for rest, instrument in _known().get(words[index].text, ()):
        end = index + 1 + len(rest)
        is_before_noun = end < len(words) and _noun_at(words, end) is not None  # "the AUKUS pact": the noun speaks
        if tuple(word.text for word in words[index + 1 : end]) == rest and not is_before_noun:
            return _Noun(tuple(word.lower() for word in rest), instrument, Grade.FIRM, False)
    return None


def _is_compound(words: Sequence[Word], head: int, noun: _Noun) -> bool:
    """The next word is the noun: "partnership agreement"."""
    following = head + len(noun.words) + 1
    return following < len(words) and _noun_at(words, following) is not None


def _is_false_noun(words: Sequence[Word], head: int, noun: _Noun) -> bool:
    """The word is a verb here ("to deal with"), or no instrument ("a great deal", "in agreement")."""
    before = words[head - 1].low if head else ""
    after = words[head + 1].low if head + 1 < len(words) else ""
    is_great = words[head].low == "deal" and before in ("great", "good", "big")
    if is_great or (words[head].low in grammar()["noun-or-verb"] and before in grammar()["verb-before"]):
        return True
    is_one = noun.grade is Grade.GENERIC and not noun.is_plural
    if is_one and before in ("in", "by", "of") and after not in ("between", "with"):
        return True
    return (
        after in ("with", "in")
        and words[head].low == "deals"
        and before not in _INDEFINITE | _DEFINITE
        and bool(words[head].text.islower() and head and words[head - 1].text[0].isupper())
    )


def _mention(sentence: Sentence, words: tuple[Word, ...], head: int, noun: _Noun, *, is_cased: bool) -> Mention | None:
    last = head + len(noun.words)
    left = _left_of(words, head)
    is_known = " ".join(word.text for word in words[head : last + 1]) in known_names()
    name_end = last + 1 if is_known else _name_end(words, head, last) if is_cased else None
    while name_end is not None and left > 1 and words[left - 1].low == "of" and words[left - 2].text[0].isupper():
        left = _left_of(words, left - 1)  # "the Council of Europe Convention"
    before = words[left - 1].low if left else ""
    if before in grammar()["universal"] or words[left].low in grammar()["universal"]:
        return None  # "all agreements", "any deal": none in particular
    clause = _clause(words, left, last)
    cue = _cue(words, left, head, last, clause)
    acronym = _acronym(words, last)
    if left > 1 and before in _INDEFINITE and words[left - 2].low in _DEFINITE:
        before = words[left - 2].low  # "the various agreements"
    form = _form(before, words[left:head], is_named=name_end is not None)
    name_left = next((i for i in range(left, head) if words[i].text[0].isupper()), head)
    return Mention(
        sentence=sentence, words=words, left=left, head=head, last=last, clause=clause,
        instrument=noun.instrument, grade=noun.grade, form=form, is_plural=noun.is_plural,
        count=_count(words, left, head) if noun.is_plural else None,
        name=_joined(words[name_left:name_end]) if name_end is not None else None,
        acronym=acronym, cue=cue,
        is_other=_is_other(words, left, head, cue),
    )  # fmt: skip


def _is_apposition(mention: Mention, last: Mention) -> bool:
    name_end = last.last + (len((last.name or "").split()) if last.form is Form.NAMED else 0)
    gap = [word.low for word in mention.words[last.last + 1 : mention.left]]
    if gap[-2:] == ["in", "a"] and mention.words[mention.head].low == "deal":
        return True  # "signed a contract in a deal worth …"
    if gap[-3:] == ["known", "as", "the"] or gap[-2:] in (["called", "the"], ["dubbed", "the"]):
        return True
    if len(gap) < 2 or gap[-2] not in (",", "–", "—", "-") or gap[-1] not in ("a", "an", "the", "which"):
        return False
    is_near = len(gap) == 2 or (mention.left - 2 <= name_end + 3 and last.form is Form.NAMED)
    return is_near and not mention.is_plural and last.form is not Form.INDEFINITE


def _is_spelled_out(mention: Mention, last: Mention) -> bool:
    """ "Joint Statement: Partnership for Peace", "GATT (General Agreement …)" name one instrument."""
    mark = mention.words[mention.left - 1].text if mention.left else ""
    return mark in (":", "(") and mention.left - last.last < 8


def _is_other(words: Sequence[Word], left: int, head: int, cue: Cue | None) -> bool:
    """Another one than before: "a separate pact", "they also signed a loan"."""
    if any(word.low in grammar()["other-one"] for word in words[max(left - 1, 0) : head]):
        return True
    return (
        cue is not None
        and cue.is_before
        and any(word.low == "also" for word in words[max(cue.first - 3, 0) : cue.first])
    )


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _left_of(words: Sequence[Word], head: int) -> int:
    """The first modifier of the noun: what stands before it without preposition, pronoun or verb."""
    left = index = head
    while index > max(head - _NP_WORDS, 0):
        index -= 1
        word = words[index]
        if word.low in ("and", ",") and left < head and _may_join(words, index):
            continue
        if word.text == ")" and index > 2 and words[index - 2].text == "(":
            index -= 2  # "the African Union (AU) treaty"
            continue
        if word.low in _STOP or not (word.text[0].isalnum() or word.text in "&$") or _is_verb(words, index):
            break
        left = index
    return left


def _may_join(words: Sequence[Word], index: int) -> bool:
    """Two modifiers are joined ("trade and economic deal"), not two clauses: both sides are written alike."""
    if index == 0 or words[index - 1].low in _STOP or _is_verb(words, index - 1):
        return False
    before, after = words[index - 1].text[0], words[index + 1].text[0]
    if words[index].text == ",":
        return before.islower() and after.islower()
    return before.islower() == after.islower() and (before.islower() or words[index - 2].text[0].isupper())


def _is_verb(words: Sequence[Word], index: int) -> bool:
    """A conclusion verb that is not used as a modifier ("the proposed pact", "a prisoner exchange agreement")."""
    entries = _steps().get(words[index].low, ())
    if not any(entry.part == "verb" for entry in entries):
        return False
    before = words[index - 1].low if index else ""
    if before in _DEFINITE | _INDEFINITE:
        return False
    is_noun = words[index].low in grammar()["verb-or-noun"] and before not in grammar()["verb-before"]
    return not (is_noun and words[index + 1].low not in _STOP and before not in _STOP and words[index].text.islower())


def _form(before: str, modifiers: Sequence[Word], *, is_named: bool) -> Form:
    if is_named:
        return Form.NAMED
    if before in _DEFINITE or any(word.text.endswith(("'s", "’s", "s'", "s’")) for word in modifiers):
        return Form.DEFINITE
    return Form.INDEFINITE


def _name_end(words: Sequence[Word], head: int, last: int) -> int | None:
    """The exclusive end of a capitalized name around the noun; None: it has none."""
    if not words[last].text[0].isupper() and not (words[head].text[0].isupper() and last > head):
        return None
    if words[head].text.isupper() and len(words[head].text) > 3:
        return None  # a heading in capitals
    end = last + 1
    index = end
    while index < min(len(words), last + 16):
        word = words[index]
        if word.text[0].isupper():
            end = index + 1
        elif word.low not in grammar()["name-inside"]:
            break
        index += 1
    is_bare = end == last + 1 and (
        head == 0 or not words[head - 1].text[0].isupper() or words[head - 1].low in _DEFINITE | _INDEFINITE
    )
    return None if is_bare else end


def _acronym(words: Sequence[Word], last: int) -> str | None:
    for index in [last - 3, *range(last + 1, last + 16)]:
        if 0 <= index < len(words) - 2 and words[index].text == "(" and words[index + 2].text == ")":
            name = words[index + 1].text
            is_short = 2 < len(name) < 12 and name.isalnum() and sum(letter.isupper() for letter in name) > 1
            return name if is_short else None
    return None


def _count(words: Sequence[Word], left: int, head: int) -> int | None:
    """How many the bundle has; 0 for "several" and for a plain plural."""
    for index in range(head - 1, max(left - 4, 0) - 1, -1):
        low = words[index].low
        if index < left and (low in _BE or is_step_verb(low)):
            break
        if low in _numbers():
            return _numbers()[low]
        if low.isdigit() and len(low) < 4:
            return int(low)
    return 0


def _clause(words: Sequence[Word], left: int, last: int) -> tuple[int, int]:
    begin = left
    for index in range(left - 1, max(left - 1 - _CLAUSE_WORDS, -1), -1):
        if words[index].low in grammar()["breaks-left"] or (
            words[index].text in _MARKS and words[index].text not in "()"
        ):
            break
        begin = index
    end = last + 1
    is_title = words[last].text[0].isupper() and words[last - 1].text[0].isupper()
    for index in range(last + 1, min(len(words), last + 1 + _TAIL_WORDS)):
        is_subtitle = words[index].text == ":" and is_title
        if words[index].low in grammar()["breaks-right"] or (words[index].text in ';:“”"—*•|' and not is_subtitle):
            break
        end = index + 1
    return begin, end


# -- what the clause says --------------------------------------------------------------------------


def _cue(words: Sequence[Word], left: int, head: int, last: int, clause: tuple[int, int]) -> Cue | None:
    """The word that decides: a verb or noun before, else a verb after, else an adjective; heavy beats light."""
    before = _cue_before(words, left, clause[0])
    after = _cue_after(words, last, clause)
    if before is not None and not before.is_verb and after is not None and after.kind in grammar()["undoing"]:
        return after  # "talks on a pact collapsed", "the signing of the treaty was postponed"
    inside = _cue_inside(words, left, head)
    if before is not None and inside is not None and before.kind in grammar()["light-kinds"]:
        before = None  # "discussed a proposed pact": the adjective says more
    candidates = [cue for cue in (before, after, inside) if cue is not None]
    if not candidates:
        return _cue_of_having(words, left)
    is_done = after is not None and after.said is Said.ASSERTED and after.kind in ("sign", "agree", "ratify", "force")
    if before is not None and after is not None and after.kind == "force" and before.kind in grammar()["light-kinds"]:
        return after
    if before is not None and is_done and before.kind in ("negotiate", "announce", "propose", "stand", "protest"):
        return after  # "he helped negotiate the deal that was signed in May"
    if before is not None and (after is None or before.weight >= 3 or before.weight >= after.weight):
        return before
    return after or inside


def _cue_of_having(words: Sequence[Word], left: int) -> Cue | None:
    """ "Togo has similar agreements with Ghana": they stand."""
    for index in range(max(left - 2, 0), left):
        if words[index].low in ("has", "have", "had"):
            return _make(words, _Step((), "stand", "verb", "other"), index, index, index)
    return None


def _make(words: Sequence[Word], step: _Step, index: int, floor: int, opening: int) -> Cue | None:
    """The cue at a word; it stands before the instrument where the clause that opens at `opening` is its floor."""
    is_before = floor <= opening
    said = _said(words, index, step, floor, opening)
    statuses, weight = _standings()[step.kind]
    status = statuses[said]
    if status is None:
        return None
    return Cue(kind=step.kind, said=said, status=status, weight=weight, first=index,
               is_verb=step.part == "verb", is_before=is_before)  # fmt: skip


def _steps_at(words: Sequence[Word], index: int, *parts: str) -> Iterator[_Step]:
    for step in _steps().get(words[index].low, ()):
        if step.part in parts and _follows(words, index, step.words):
            yield step


def _cue_before(words: Sequence[Word], left: int, floor: int) -> Cue | None:
    for index in range(left - 1, max(floor, left - _VERB_WORDS) - 1, -1):
        for found in _steps_at(words, index, "verb", "noun"):
            is_signing_of = words[index].low.endswith("ing") and words[index + 1].low == "of"
            step = found._replace(part="noun") if is_signing_of else found
            if _governs(words, step, index, left):
                return _make(words, step, index, floor, floor)
    return None


def _governs(words: Sequence[Word], step: _Step, index: int, left: int) -> bool:
    """What the word says is said of the instrument that begins at `left`."""
    if step.part == "noun":
        return _leads_to(words, index, left)
    if step.kind in ("negotiate", "sign", "agree", "approve") and _is_under(words, index, left):
        return False
    return not _is_noun_use(words, index, step) and not _has_other_object(words, index, left)


def _leads_to(words: Sequence[Word], index: int, left: int) -> bool:
    """A noun rules the instrument only over small words: "withdrawal from the treaty"."""
    between = words[index + 1 : left]
    return (0 < len(between) <= 4 and all(word.low in grammar()["leading"] for word in between)) or not between


def _is_noun_use(words: Sequence[Word], index: int, step: _Step) -> bool:
    """ "The exchange", "a strike", "plans for": the base or -s form after a determiner or adjective is a noun."""
    if step.form == "past" or words[index].low.endswith("ing"):
        return False
    return index > 0 and words[index - 1].low in _DEFINITE | _INDEFINITE


def _is_under(words: Sequence[Word], index: int, left: int) -> bool:
    """What is done is done under the instrument, not to it."""
    return any(word.low == "under" for word in words[max(index + 1, left - 5) : left])


def _has_other_object(words: Sequence[Word], verb: int, left: int) -> bool:
    """What is done is done to another noun: "suspended a complaint under the treaty"."""
    begin = left - 1 if left and words[left - 1].low in _DEFINITE | _INDEFINITE else left
    for index in range(verb + 1, begin - 1):
        if words[index].low == "to" and words[index + 1].low not in _STOP:
            return True  # "agreed to review the treaty"
    at = begin - 1
    if at <= verb + 1 or words[at].low not in grammar()["preposition"] or not words[at - 1].text.isalpha():
        return False
    ruled = words[at - 1].low
    return ruled not in grammar()["transparent"] and ruled not in _STOP and not ruled.endswith(("ly", "ing"))


def _cue_after(words: Sequence[Word], last: int, clause: tuple[int, int]) -> Cue | None:
    opening, ceiling = clause
    stop = min(ceiling, last + 1 + _VERB_WORDS)
    if last + 1 < stop:
        for step in _steps_at(words, last + 1, "noun"):
            return _make(words, step, last + 1, last + 1, opening)
    first: Cue | None = None
    for index in range(last + 1, stop):
        if (words[index].text in _MARKS and words[index].text not in ":()") or _is_other_noun(words, index):
            break
        for step in _steps_at(words, index, "verb", "predicate"):
            if not _is_of_instrument(words, index, last, step):
                continue
            cue = _make(words, step, index, last + 1, opening)
            if cue is not None and (first is None or (cue.weight >= first.weight and words[index - 1].low in _BE)):
                first = cue  # "the treaty, signed in 2002, was extended": the finite verb decides
    return first


def _is_other_noun(words: Sequence[Word], index: int) -> bool:
    """The next instrument begins: what follows is said of that."""
    noun = _noun_at(words, index)
    return noun is not None and noun.grade is not Grade.LOOSE


def _is_of_instrument(words: Sequence[Word], index: int, last: int, step: _Step) -> bool:
    """The verb after the noun is passive, a participle right behind it, or needs no object."""
    near = [word.low for word in words[max(last + 1, index - 4) : index]]
    has_be = any(low in _BE for low in near)
    if step.part == "predicate":
        return has_be or (index == last + 1 and len(step.words) > 0)  # headlines leave "is" out
    if step.kind in grammar()["intransitive"]:
        return "to" not in near[-1:] or has_be
    if step.form != "past":
        return False
    if has_be or index == last + 1:
        return True
    following = words[index + 1].low if index + 1 < len(words) else "."
    between = {word.low for word in words[last + 1 : index]}
    is_plain = between.isdisjoint(grammar()["auxiliary"]) and not any(
        is_verb_at(words, i) for i in range(last + 1, index)
    )
    return is_plain and following in grammar()["after-participle"]


def _cue_inside(words: Sequence[Word], left: int, head: int) -> Cue | None:
    for index in range(left, head):
        for step in _steps_at(words, index, "adjective"):
            return _make(words, step, index, index, index)
    return None


_ORDER = (Said.OPEN, Said.NEGATED, Said.POSSIBLE, Said.FUTURE)


def _said(words: Sequence[Word], index: int, step: _Step, floor: int, opening: int) -> Said:
    """The mode of the verb or noun: from its form, the words before it from `floor` on, and what opens the clause."""
    if step.part == "adjective":
        return Said.ASSERTED
    if 0 < opening <= index and words[opening - 1].low in ("if", "unless", "whether"):
        return Said.POSSIBLE
    begin = max(floor - 2, index - _MODE_WORDS, 0)
    found = {*_said_by_opening(words, opening), *_said_by_modals(words, begin, index)}
    if "no" in (word.low for word in words[max(floor - 3, 0) : floor]):
        found.add(Said.NEGATED)  # "no agreement was reached": the floor is right behind the noun
    if None not in found:
        found.update(_said_by_form(words, index, step))
    return _strongest(found)


def _said_by_opening(words: Sequence[Word], opening: int) -> Iterator[Said]:
    """ "Before", "denied that", "hopes that" rule the whole clause."""
    if opening > 0 and words[opening - 1].low in ("before", "until"):
        yield Said.FUTURE
    if opening > 1 and words[opening - 1].low == "that":
        for modal in _modals().get(words[opening - 2].low, ()):
            if modal.words == ("that",) and modal.said is not None:
                yield modal.said


def _said_by_form(words: Sequence[Word], index: int, step: _Step) -> Iterator[Said]:
    """What the form alone tells: an infinitive is to come, a gerund or a noun of some kinds too."""
    before = words[index - 1].low if index else ""
    is_gerund = words[index].low.endswith("ing")
    if step.part == "verb" and step.form == "base" and before == "to":
        yield Said.FUTURE
    if step.kind == "apply" and is_gerund and before not in _BE:
        yield Said.POSSIBLE  # "implementing the treaty will take years"
    if step.kind == "expire" and step.part == "verb" and step.form != "past" and before not in _BE:
        yield Said.FUTURE  # "expires in March"
    if step.kind == "force" and step.form == "other":
        yield Said.FUTURE  # "takes effect in June", "in advance of the treaty entering into force"
    if step.kind == "extend" and step.part == "noun":
        yield Said.FUTURE  # "a renewal" is talked about before it is made


def _said_by_modals(words: Sequence[Word], begin: int, index: int) -> Iterator[Said | None]:
    """What the modals between two places say of the word at the second; None: it has happened."""
    for at in range(begin, index):
        if words[at].low.endswith("n't"):
            yield Said.NEGATED
        for modal in _modals().get(words[at].low, ()):
            if _follows(words, at, modal.words):
                between = words[at + 1 + len(modal.words) : index]
                if _reaches(words[at], modal, between):
                    yield modal.said
                    break


def _reaches(word: Word, modal: _Modal, between: Sequence[Word]) -> bool:
    """No mark stands between; a near modal stands right before, an article between at most."""
    if any(other.text in ",;:" for other in between):
        return False
    if word.low == "for" and between:
        return False  # "met for the signing" tells of it, "ready for signing" awaits it
    return not modal.is_near or all(other.low in _DEFINITE or other.low in _BE or other.low == "a" for other in between)


def _strongest(found: set[Said | None]) -> Said:
    if Said.NEGATED in found and Said.OPEN in found:
        return Said.OPEN
    return next((said for said in _ORDER if said in found), Said.ASSERTED)
