"""What the words around an instrument say of its standing: the word that decides, and the mode it is said in.

Knows words only. The lists are data: `conclusion.tsv` (what is done), `modes.tsv` (whether it has happened),
`steps.tsv` (what both together say).
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.extract.nouns import Grade, noun_at
from generator.extract.wordlists import BE, DEFINITE, INDEFINITE, MARKS, STOP, Word, follows, grammar, rows_of
from generator.model import Certainty, Mode, Realis, Status

_VERB_WORDS = 14  # how far a verb may stand from its instrument
_MODE_WORDS = 8  # how far a modal may stand before its verb


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
def steps() -> Mapping[str, Sequence[_Step]]:
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


def is_function_or_step(low: str) -> bool:
    """The word is a small word of grammar or says what becomes of an instrument."""
    return low in STOP or low in steps()


@functools.cache
def is_step_verb(low: str) -> bool:
    """The word is a form of a conclusion verb that may be finite."""
    return any(step.part == "verb" and not low.endswith("ing") for step in steps().get(low, ()))


def is_verb_at(words: Sequence[Word], index: int) -> bool:
    """A conclusion verb stands here that may be finite: no gerund, no noun behind an article."""
    return is_step_verb(words[index].low) and (index == 0 or words[index - 1].low not in DEFINITE | INDEFINITE)


def cue_of(words: Sequence[Word], left: int, head: int, last: int, clause: tuple[int, int]) -> Cue | None:
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
            return make_cue(words, _Step((), "stand", "verb", "other"), index, index, index)
    return None


def make_cue(words: Sequence[Word], step: _Step, index: int, floor: int, opening: int) -> Cue | None:
    """The cue at a word; it stands before the instrument where the clause that opens at `opening` is its floor."""
    is_before = floor <= opening
    said = _said(words, index, step, floor, opening)
    statuses, weight = _standings()[step.kind]
    status = statuses[said]
    if status is None:
        return None
    return Cue(kind=step.kind, said=said, status=status, weight=weight, first=index,
               is_verb=step.part == "verb", is_before=is_before)  # fmt: skip


def steps_at(words: Sequence[Word], index: int, *parts: str) -> Iterator[_Step]:
    for step in steps().get(words[index].low, ()):
        if step.part in parts and follows(words, index, step.words):
            yield step


def _cue_before(words: Sequence[Word], left: int, floor: int) -> Cue | None:
    for index in range(left - 1, max(floor, left - _VERB_WORDS) - 1, -1):
        for found in steps_at(words, index, "verb", "noun"):
            is_signing_of = words[index].low.endswith("ing") and words[index + 1].low == "of"
            step = found._replace(part="noun") if is_signing_of else found
            if _governs(words, step, index, left):
                return make_cue(words, step, index, floor, floor)
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
    return index > 0 and words[index - 1].low in DEFINITE | INDEFINITE


def _is_under(words: Sequence[Word], index: int, left: int) -> bool:
    """What is done is done under the instrument, not to it."""
    return any(word.low == "under" for word in words[max(index + 1, left - 5) : left])


def _has_other_object(words: Sequence[Word], verb: int, left: int) -> bool:
    """What is done is done to another noun: "suspended a complaint under the treaty"."""
    begin = left - 1 if left and words[left - 1].low in DEFINITE | INDEFINITE else left
    for index in range(verb + 1, begin - 1):
        if words[index].low == "to" and words[index + 1].low not in STOP:
            return True  # "agreed to review the treaty"
    at = begin - 1
    if at <= verb + 1 or words[at].low not in grammar()["preposition"] or not words[at - 1].text.isalpha():
        return False
    ruled = words[at - 1].low
    return ruled not in grammar()["transparent"] and ruled not in STOP and not ruled.endswith(("ly", "ing"))


def _cue_after(words: Sequence[Word], last: int, clause: tuple[int, int]) -> Cue | None:
    opening, ceiling = clause
    stop = min(ceiling, last + 1 + _VERB_WORDS)
    if last + 1 < stop:
        for step in steps_at(words, last + 1, "noun"):
            return make_cue(words, step, last + 1, last + 1, opening)
    first: Cue | None = None
    for index in range(last + 1, stop):
        if (words[index].text in MARKS and words[index].text not in ":()") or _is_other_noun(words, index):
            break
        for step in steps_at(words, index, "verb", "predicate"):
            if not _is_of_instrument(words, index, last, step):
                continue
            cue = make_cue(words, step, index, last + 1, opening)
            if cue is not None and (first is None or (cue.weight >= first.weight and words[index - 1].low in BE)):
                first = cue  # "the treaty, signed in 2002, was extended": the finite verb decides
    return first


def _is_other_noun(words: Sequence[Word], index: int) -> bool:
    """The next instrument begins: what follows is said of that."""
    noun = noun_at(words, index)
    return noun is not None and noun.grade is not Grade.LOOSE


def _is_of_instrument(words: Sequence[Word], index: int, last: int, step: _Step) -> bool:
    """The verb after the noun is passive, a participle right behind it, or needs no object."""
    near = [word.low for word in words[max(last + 1, index - 4) : index]]
    has_be = any(low in BE for low in near)
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
        for step in steps_at(words, index, "adjective"):
            return make_cue(words, step, index, index, index)
    return None


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
    if step.kind == "apply" and is_gerund and before not in BE:
        yield Said.POSSIBLE  # "implementing the treaty will take years"
    if step.kind == "expire" and step.part == "verb" and step.form != "past" and before not in BE:
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
            if follows(words, at, modal.words):
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
    return not modal.is_near or all(other.low in DEFINITE or other.low in BE or other.low == "a" for other in between)


_ORDER = (Said.OPEN, Said.NEGATED, Said.POSSIBLE, Said.FUTURE)


def _strongest(found: set[Said | None]) -> Said:
    if Said.NEGATED in found and Said.OPEN in found:
        return Said.OPEN
    return next((said for said in _ORDER if said in found), Said.ASSERTED)
