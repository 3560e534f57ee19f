"""Whether a clause says that something has happened, will, may, has not, or has not yet.

Knows words only; the markers are data: `modes.tsv`. Where a clause does not say outright that a step was taken, the
answer is never `ASSERTED`.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from generator.extract.wordlists import BE, DEFINITE, MARKS, STOP, Word, follows, grammar, rows_of

_MODE_WORDS = 12  # how far a modal may stand before its verb
_OVER_WORDS = 6  # how far "hopes" may stand before an instrument whose verb follows
_POINTING = frozenset({"this", "that", "then", "now", "it", "them"})
_THAT_WORDS = 7  # how far "denied" may stand before its "that"
_AFTER_WORDS = 16  # how far behind an instrument its signing may be said to be to come


class Said(StrEnum):
    """The mode of a clause: columns of `steps.tsv`."""

    ASSERTED = "asserted"
    FUTURE = "future"
    POSSIBLE = "possible"
    NEGATED = "negated"
    OPEN = "open"  # not yet


class Step(NamedTuple):
    """A form of a word that says what becomes of an instrument."""

    words: tuple[str, ...]  # after the first
    kind: str  # row of `steps.tsv`
    part: str  # verb, noun, adjective, predicate
    form: str  # base, other, past


class Region(NamedTuple):
    """Where a step is looked at: indexes of the words of its sentence."""

    floor: int  # the first word that may be a modal of it
    opening: int  # the first word of the clause
    left: int  # the first word of the instrument
    last: int  # the last word of the instrument
    end: int  # of the clause, exclusive


class _Modal(NamedTuple):
    words: tuple[str, ...]  # after the first
    said: Said | None  # None: what follows has happened
    place: str  # near, far, noun, over
    takes_infinitive: bool  # "will", "hopes to": no "signed" without "have" or "be" follows


@functools.cache
def _modals() -> Mapping[str, Sequence[_Modal]]:
    table: dict[str, list[_Modal]] = {}
    for text, mode, place in rows_of("modes.tsv"):
        first, *rest = text.split()
        said = None if mode == "done" else Said(mode)
        takes_infinitive = text.split()[-1] in grammar()["before-infinitive"]
        table.setdefault(first, []).append(_Modal(tuple(rest), said, place, takes_infinitive))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return table


_AGREED = grammar()["agree-word"]
_ORDER = (Said.OPEN, Said.NEGATED, Said.POSSIBLE, Said.FUTURE)


def said_of(words: Sequence[Word], index: int, step: Step, region: Region) -> Said:
    """The mode of a step: from its form, the words before it, what opens the clause, and what follows its noun."""
    if step.part == "adjective":
        return Said.ASSERTED
    if step.kind == "extend" and index > 1 and words[index - 1].low == "to" and words[index - 2].low in _AGREED:
        return said_of(words, index - 2, Step((), "agree", "verb", "past"), region)  # "agreed to renew the truce"
    if 0 < region.opening <= index and words[region.opening - 1].low in ("if", "unless", "whether"):
        return Said.POSSIBLE
    is_nominal = is_nominal_at(words, index, step)
    begin = max(region.floor - 2, index - _MODE_WORDS, 0)
    modals = list(_by_modals(words, begin, index, step, is_nominal=is_nominal))
    is_told = any(modal.said is None and modal.place in ("far", "noun") for modal in modals)
    found = {modal.said for modal in modals if not (is_told and modal.place == "near")}  # "thanked for signing"
    found.update(_by_opening(words, region, index))
    if _is_not_one(words, region):
        found.add(Said.NEGATED)
    if "no" in (word.low for word in words[max(region.floor - 3, 0) : region.floor]):
        is_open = any(word.low in ("far", "yet") for word in words[index + 1 : index + 4])
        found.add(Said.OPEN if is_open else Said.NEGATED)  # "no agreement was reached": the floor is behind the noun
    if None not in found and not is_told:
        found.update(_by_form(words, index, step))
    if is_nominal:
        found.update(_by_what_follows(words, region))
    if not found and index and words[index - 1].low == "be":
        return Said.POSSIBLE  # "a motion that the treaty be annulled"
    return _strongest(found)


def _is_not_one(words: Sequence[Word], region: Region) -> bool:
    """ "Not a single treaty was signed", "not one agreement"."""
    near = [word.low for word in words[max(region.left - 3, 0) : region.left + 1]]
    return "not" in near and ("single" in near or "one" in near) and region.floor > region.left


def is_nominal_at(words: Sequence[Word], index: int, step: Step) -> bool:
    """The step is a noun or a gerund: "the signing of", "before concluding"."""
    if step.kind not in grammar()["nominal-kinds"]:
        return False
    is_gerund = words[index].low.endswith("ing") and not (index and _be_before(words, index))
    return step.part == "noun" or is_gerund


def _be_before(words: Sequence[Word], index: int) -> bool:
    """A form of "be" before a verb, adverbs between them."""
    at = index - 1
    while at > max(index - 4, 0) and (words[at].low.endswith("ly") or words[at].low in grammar()["adverb"]):
        at -= 1
    return words[at].low in BE or words[at].low.endswith(("'re", "'m"))


def _by_opening(words: Sequence[Word], region: Region, index: int) -> Iterator[Said]:
    """ "Before", "denied that", "hopes the pact is signed" rule the whole clause."""
    opening = region.opening
    following = words[opening + 1].low if opening + 1 < len(words) else ""
    is_adverbial = words[opening].low in _POINTING and following in (",", "had")
    if opening > 0 and words[opening - 1].low in ("before", "until") and not is_adverbial:
        yield Said.FUTURE  # but "before this, Chile had signed"
    if opening > 1 and words[opening - 1].low == "that":
        yield from _ruling_that(words, opening - 1)
    if index < region.left:
        return
    for at in range(max(opening - 2, region.left - _OVER_WORDS, 0), region.left):
        for modal in _modals().get(words[at].low, ()):
            if modal.place == "over" and modal.said is not None and follows(words, at, modal.words):
                yield modal.said


def _ruling_that(words: Sequence[Word], that: int) -> Iterator[Said]:
    """What rules "that": the word before it, or before a day or a noun: "denied reports that"."""
    for at in range(that - 1, max(that - _THAT_WORDS, 0) - 1, -1):
        if words[at].text in MARKS or (words[at].low in ("deny", "denied") and _is_undone(words, at)):
            return  # "did not deny that"
        found = [modal.said for modal in _modals().get(words[at].low, ()) if modal.words == ("that",) and modal.said]
        yield from (said for said in found if at == that - 1 or said is Said.NEGATED)
        if found:
            return


def _is_undone(words: Sequence[Word], at: int) -> bool:
    return at > 0 and (words[at - 1].low in ("not", "never") or words[at - 1].low.endswith("n't"))


def _by_form(words: Sequence[Word], index: int, step: Step) -> Iterator[Said]:
    """What the form alone tells: an infinitive is to come, a gerund or a noun of some kinds too."""
    before = words[index - 1].low if index else ""
    is_gerund = words[index].low.endswith("ing")
    if step.part == "verb" and step.form == "base" and _is_infinitive(words, index):
        yield Said.FUTURE
    if is_nominal_at(words, index, step) and (_is_under_infinitive(words, index) or _has_other_ruler(words, index)):
        yield Said.FUTURE  # "told officials to work on the signing", "championed the signing"
    if step.kind in grammar()["momentary-kinds"] and step.part == "verb":
        if is_gerund and (_be_before(words, index) or _is_ruled(words, index)):
            yield Said.FUTURE  # "is finalizing", "the importance of concluding"
        if before == "being" and step.form == "past":
            yield Said.FUTURE
    if step.kind == "apply" and is_gerund and before not in BE:
        yield Said.POSSIBLE  # "implementing the treaty will take years"
    if step.kind == "expire" and step.part == "verb" and step.form != "past" and before not in BE:
        yield Said.FUTURE  # "expires in March"
    if step.kind == "force" and step.form == "other":
        yield Said.FUTURE  # "takes effect in June", "in advance of the treaty entering into force"
    if step.kind == "extend" and step.part == "noun":
        yield Said.FUTURE  # "a renewal" is talked about before it is made


def _is_infinitive(words: Sequence[Word], index: int) -> bool:
    """ "To sign", "to jointly sign", "to build a road and sign", "will finalize the text, prepare the pact"."""
    at = index - 1
    while at > max(index - 4, 0) and (words[at].low.endswith("ly") or words[at].low in grammar()["adverb"]):
        at -= 1
    if at >= 0 and words[at].low == "to":
        return True
    if at < 1 or words[at].low not in ("and", "or", ","):
        return False
    return any(
        words[first].low in _LEADING_ON and words[first + 1].low not in STOP and words[first + 1].text.islower()
        for first in range(max(at - _MODE_WORDS, 0), at - 1)
    )


_LEADING_ON = ("to", "will", "shall", "'ll")


def _has_other_ruler(words: Sequence[Word], index: int) -> bool:
    """A verb of which we do not know that its object has happened rules the noun: "championed the signing"."""
    at = index - 1
    while at > 0 and words[at].low in DEFINITE | grammar()["ruled-by"]:
        at -= 1
    low = words[at].low
    is_participle = low.endswith(("ed", "ing")) and words[at].text.islower()
    return at >= 0 and is_participle and low not in grammar()["factive"] | BE


def _is_under_infinitive(words: Sequence[Word], index: int) -> bool:
    return any(
        words[at].low == "to" and words[at + 1].low not in STOP and words[at + 1].text.islower()
        for at in range(max(index - 9, 0), index - 1)
    )


def _is_ruled(words: Sequence[Word], index: int) -> bool:
    """A gerund behind a preposition inside its clause: "progress in concluding"; not "In signing the pact, …"."""
    return index > 1 and words[index - 1].low in grammar()["before-gerund"] and words[index - 2].text.isalpha()


def _by_modals(words: Sequence[Word], begin: int, index: int, step: Step, *, is_nominal: bool) -> Iterator[_Modal]:
    """The modals between two places that reach the word at the second."""
    is_step = step.kind in grammar()["nominal-kinds"]
    is_finite_past = step.part == "verb" and step.form == "past" and not _has_auxiliary(words, index)
    for at in range(begin, index):
        is_not = words[at].low.endswith("n't") or words[at].low in ("not", "never")
        if is_not and at + 1 < index and _is_negative(words, at + 1):
            yield _POSSIBLE  # "did not rule out signing"
            return
        if words[at].low.endswith("n't"):
            yield _NOT
        for modal in _modals().get(words[at].low, ()):
            if follows(words, at, modal.words):
                is_apart = (modal.place == "noun" and not is_nominal) or modal.place == "over"
                is_other_verb = modal.takes_infinitive and is_finite_past
                between = words[at + 1 + len(modal.words) : index]
                if is_other_verb:
                    break
                if not is_apart and _reaches(words[at], modal, between, is_step=is_step):
                    yield modal
                    break


def _is_negative(words: Sequence[Word], at: int) -> bool:
    return any(
        modal.said is Said.NEGATED and follows(words, at, modal.words) for modal in _modals().get(words[at].low, ())
    )


_POSSIBLE = _Modal((), Said.POSSIBLE, "far", takes_infinitive=False)
_NOT = _Modal((), Said.NEGATED, "far", takes_infinitive=False)


def _has_auxiliary(words: Sequence[Word], index: int) -> bool:
    """ "Be", "have" or "to" before a participle; "hopes to grow and signed" has none."""
    near = words[max(index - 5, 0) : index]
    return any(word.low in BE or word.low in ("have", "has", "had", "having", "get") for word in near)


def _reaches(word: Word, modal: _Modal, between: Sequence[Word], *, is_step: bool) -> bool:
    """No mark stands between but a pair of commas; a near modal stands right before, an article between at most."""
    commas = sum(other.text == "," for other in between)
    if commas not in (0, 2) or any(other.text in ";:" for other in between):
        return False
    if word.low == "for" and (between or not is_step):
        return False  # "met for the signing" tells of it, "ready for signing" awaits it
    if modal.place == "noun":
        return all(other.low not in grammar()["factive"] for other in between)  # "talks led to the signing"
    if modal.place != "near":
        return True
    return all(other.low in DEFINITE or other.low in BE or other.low == "a" for other in between)


def _by_what_follows(words: Sequence[Word], region: Region) -> Iterator[Said]:
    """ "The signing of the pact will take place", "is scheduled for May": the first verb after the instrument."""
    for at in range(region.last + 1, min(region.end, region.last + 1 + _AFTER_WORDS)):
        low = words[at].low
        if low in ("that", "which", "who") or words[at].text in ";:":
            return
        if low in grammar()["ahead"]:
            yield Said.FUTURE
            return
        if low in BE:
            near = {word.low for word in words[at + 1 : at + 5]}
            if not near.isdisjoint(grammar()["planned"]):
                yield Said.FUTURE
            return


def _strongest(found: set[Said | None]) -> Said:
    if Said.NEGATED in found and Said.OPEN in found:
        return Said.OPEN
    return next((said for said in _ORDER if said in found), Said.ASSERTED)


def is_denied_by(words: Sequence[Word], left: int, last: int) -> Said | None:
    """ "There was no joint declaration": the instrument itself is denied; "no agreement so far" is open."""
    if not left or words[left - 1].low not in ("no", "without"):
        return None
    is_still = left > 2 and words[left - 2].low in ("still", "yet", "currently")
    verb = words[left - 3 if is_still else left - 2].low if left > 1 else ""
    if left > 1 and verb not in BE and verb not in ("with", "has", "have", "had"):
        return None
    is_open = is_still or any(word.low in ("yet", "far") for word in words[last + 1 : last + 5])
    return Said.OPEN if is_open else Said.NEGATED
