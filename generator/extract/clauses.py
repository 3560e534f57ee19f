"""What the words around an instrument say of its standing: the word that decides, and the mode it is said in.

Knows words only. The lists are data: `conclusion.tsv` (what is done), `modes.tsv` (whether it has happened),
`steps.tsv` (what both together say).
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.extract.modality import Region, Said, Step, is_denied_by, is_nominal_at, said_of
from generator.extract.nouns import Grade, noun_at
from generator.extract.wordlists import BE, DEFINITE, INDEFINITE, MARKS, STOP, Word, follows, grammar, rows_of
from generator.model import Certainty, Mode, Realis, Status, StatusGroup

_VERB_WORDS = 14  # how far a verb may stand from its instrument


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
    is_nominal: bool = False  # "the signing of": tells less than a finite verb
    is_attributive: bool = False  # "the pact, signed in Lima, …": what it is, not what happens

    @property
    def realis(self) -> Realis:
        """How real the clause says the status is; what is extended or ratified one day stands already."""
        return Realis() if self.status.group is StatusGroup.DONE else _REALIS[self.said]


@functools.cache
def steps() -> Mapping[str, Sequence[Step]]:
    table: dict[str, list[Step]] = {}
    for base, forms, past, kind, part in rows_of("conclusion.tsv"):
        first, *rest = base.split()
        spelled = [(first, "base"), *((form, "other") for form in forms.split()), (past.split()[0], "past")]
        for text, form in spelled:
            if text != "-":
                table.setdefault(text, []).append(Step(tuple(rest), kind, part, form))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return table


@functools.cache
def standings() -> Mapping[str, tuple[Mapping[Said, Status | None], int]]:
    return {
        kind: (
            {said: None if name == "-" else Status(name) for said, name in zip(Said, statuses, strict=True)},
            int(weight),
        )
        for kind, *statuses, weight in rows_of("steps.tsv")
    }


def is_scare_quote(words: Sequence[Word], index: int) -> bool:
    """A mark of a quotation of a few words that the sentence goes on with: a "phase one" deal."""
    if words[index].text not in _QUOTES:
        return False
    for step in (1, -1):
        for at in range(index + step, index + step * _SCARE_WORDS, step):
            if not 0 <= at < len(words):
                break
            if words[at].text in _QUOTES:
                if abs(at - index) > 1:
                    return True
                break
            if not words[at].text[0].isalnum() or words[at].low in _TOLD:
                break
    return False


_QUOTES = '“”"«»'
_SCARE_WORDS = 7
_TOLD = frozenset(["said", "says", "told", "he", "she", "they", "we", "i", "it"])


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
    before = _cue_before(words, left, last, clause)
    after = _cue_after(words, left, last, clause)
    inside = _cue_inside(words, left, head, last, clause)
    is_talks = before is not None and before.kind == "negotiate" and not before.is_verb
    if before is not None and inside is not None and before.kind in grammar()["light-kinds"] and not is_talks:
        before = None  # "discussed a proposed pact": the adjective says more; "talks on a possible pact": they talk
    if before is not None and inside is not None and words[before.first].low.startswith(("exchang", "issu", "receiv")):
        before = None  # "exchanged a draft agreement"
    if after is not None and after.is_attributive and after.said is Said.ASSERTED and _is_only_to_be(words, left):
        after = _cue(after.kind, Said.FUTURE, after.first, is_verb=True, is_before=False)
    near = {word.low for word in words[max(left - 3, 0) : left]}
    if before is None and after is not None and after.is_attributive and not near.isdisjoint(grammar()["carrying-out"]):
        return _cue("stand", Said.ASSERTED, left - 1, is_verb=False, is_before=True)  # "commitment to upholding …"
    if before is None or after is None:
        return before or after or inside or _cue_of_having(words, left, last, clause)
    if after.is_attributive and words[before.first].low in grammar()["carrying-out"]:
        return before  # "the implementation of the agreements reached in Lima"
    if not _decides_after(before, after):
        return before
    is_finished = words[after.first].low in grammar()["finishing"]
    if is_talks and is_finished and after.kind == "sign" and after.status is Status.SIGNED:
        return _cue("agree", Said.ASSERTED, after.first, is_verb=True, is_before=False)  # the talks were concluded
    return after


def _is_only_to_be(words: Sequence[Word], left: int) -> bool:
    """ "In what would be the first treaty signed in the town"."""
    at = left - 1
    while at > 1 and (words[at].low in DEFINITE | INDEFINITE or words[at].low in grammar()["adverb"]):
        at -= 1
    return at > 0 and words[at].low == "be" and words[at - 1].low in grammar()["before-infinitive"]


def _decides_after(before: Cue, after: Cue) -> bool:
    """Whether the verb behind the instrument says more than the word before it."""
    if not before.is_verb and after.kind in grammar()["ruling-kinds"]:
        return True  # "talks on a pact collapsed", "the signing of the treaty was postponed"
    if after.kind == "force" and before.kind in grammar()["light-kinds"]:
        return True
    is_done = after.said is Said.ASSERTED and after.kind in ("sign", "agree", "ratify", "force")
    if is_done and before.kind in ("negotiate", "announce", "propose", "stand", "protest"):
        return True  # "he helped negotiate the deal that was signed in May"
    return before.weight < 3 and before.weight < after.weight


def _cue_of_having(words: Sequence[Word], left: int, last: int, clause: tuple[int, int]) -> Cue | None:
    """ "Togo has similar agreements with Ghana": they stand. "There was no joint declaration": it failed."""
    for index in range(left - 1, max(left - 5, -1), -1):
        if words[index].low in ("has", "have", "had") and words[left - 1].low != "no":
            if index and words[index - 1].low in grammar()["before-infinitive"]:
                return _cue("propose", Said.ASSERTED, index, is_verb=True, is_before=True)  # "we had to have a deal"
            region = Region(index, index, left, last, clause[1])
            return make_cue(words, Step((), "stand", "verb", "other"), index, region)
        if words[index].low not in grammar()["having"] | DEFINITE | INDEFINITE:
            break
    if left > 1 and words[left - 1].low in INDEFINITE and words[left - 2].low == "under":
        return _cue("stand", Said.ASSERTED, left - 2, is_verb=False, is_before=True)  # "under a pact with Peru, …"
    if _is_outcome(words, left):
        return _cue("sign", Said.ASSERTED, left - 1, is_verb=False, is_before=True)
    said = is_denied_by(words, left, last)
    is_with = last + 1 < len(words) and words[last + 1].low in ("with", "between", "worth")
    if said is None and is_with and left > 1 and words[left - 1].low in ("a", "an") and words[left - 2].low == "in":
        return _cue("agree", Said.ASSERTED, left - 2, is_verb=False, is_before=True)  # "in a deal with Peru, …"
    is_one = left > 0 and words[left - 1].low in ("a", "an", "one")
    if said is None and is_one and _has_contents(words, last, clause[1]):
        return _cue("stand", Said.ASSERTED, last, is_verb=False, is_before=False)
    if said is None and _is_heading(words, left, last):
        return _cue("sign", Said.ASSERTED, left - 2, is_verb=False, is_before=True, is_nominal=True)
    if said is None and _speaks(words, left, last):
        return _cue("sign", Said.ASSERTED, last + 1, is_verb=True, is_before=False)
    return None if said is None else _cue("agree", said, left - 1, is_verb=True, is_before=True)


def _is_outcome(words: Sequence[Word], left: int) -> bool:
    """ "Ended his visit to Peru with four pacts": that is what was signed."""
    if left < 3 or words[left - 1].low != "with":
        return False
    near = [word.low for word in words[max(left - _VERB_WORDS, 0) : left - 1]]
    is_visit = not grammar()["visit-word"].isdisjoint(near)
    return is_visit and not {"ended", "ends", "concluded", "closed", "capped"}.isdisjoint(near)


def _has_contents(words: Sequence[Word], last: int, end: int) -> bool:
    """ "A pact between Peru and Chile covers fish", "that allows trawlers in": it says what it says, so it exists."""
    for index in range(last + 1, min(end, last + 1 + _VERB_WORDS)):
        if words[index].low in grammar()["content-verb"]:
            return words[index - 1].low not in grammar()["before-infinitive"]
        if words[index].low in grammar()["auxiliary"] - {"that", "which", "to"} or is_verb_at(words, index):
            return False
    return False


def _speaks(words: Sequence[Word], left: int, last: int) -> bool:
    """ "A joint statement reaffirmed …": a text that speaks has been made."""
    is_text = words[last].low in ("statement", "declaration", "communique", "communiqué")
    if not is_text or last + 1 >= len(words):
        return False
    if left == 0 and words[last].low == "declaration":
        return words[last + 1].low in ("by", "between", "of")  # the article is the declaration
    return words[last + 1].low in grammar()["speaking-text"]


def _is_heading(words: Sequence[Word], left: int, last: int) -> bool:
    """ "In a joint statement, Peru and Chile …"."""
    is_text = words[last].low in ("statement", "declaration", "communique", "communiqué")
    return is_text and 1 < left <= 4 and words[left - 2].low == "in"


def make_cue(words: Sequence[Word], step: Step, index: int, region: Region) -> Cue | None:
    """The cue at a word; None where the step says nothing in its mode."""
    said = said_of(words, index, step, region)
    is_nominal = is_nominal_at(words, index, step)
    is_before = region.floor <= region.opening
    if step.kind == "sign" and said is Said.FUTURE and _is_applied_for(words, index):
        return _cue("negotiate", Said.ASSERTED, index, is_verb=True, is_before=is_before)
    return _cue(step.kind, said, index, is_verb=step.part == "verb", is_before=is_before, is_nominal=is_nominal)


def _is_applied_for(words: Sequence[Word], index: int) -> bool:
    """ "Applied to join", "is in talks to sign", "negotiations on joining"."""
    return index > 1 and words[index - 1].low in ("to", "on", "about") and words[index - 2].low in grammar()["applying"]


def _cue(kind: str, said: Said, first: int, *, is_verb: bool, is_before: bool, is_nominal: bool = False) -> Cue | None:
    statuses, weight = standings()[kind]
    status = statuses[said]
    if status is None:
        return None
    return Cue(kind=kind, said=said, status=status, weight=weight, first=first,
               is_verb=is_verb, is_before=is_before, is_nominal=is_nominal)  # fmt: skip


def steps_at(words: Sequence[Word], index: int, *parts: str) -> Iterator[Step]:
    for step in steps().get(words[index].low, ()):
        if step.part in parts and follows(words, index, step.words):
            yield step


def _cue_before(words: Sequence[Word], left: int, last: int, clause: tuple[int, int]) -> Cue | None:
    region = Region(clause[0], clause[0], left, last, clause[1])
    parted = _parted(words, left, region) if left else None
    if parted is not None:
        return parted
    outside = left - 1 if left and words[left - 1].low in INDEFINITE else left
    if outside and words[outside - 1].low == "without":
        return _cue("agree", Said.OPEN, outside - 1, is_verb=True, is_before=True)  # "talks ended without agreement"
    for index in range(left - 1, max(clause[0], left - _VERB_WORDS) - 1, -1):
        for found in steps_at(words, index, "verb", "noun"):
            if found.kind in grammar()["only-after"]:
                continue
            is_signing_of = words[index].low.endswith("ing") and words[index + 1].low == "of"
            step = found._replace(part="noun") if is_signing_of else found
            if _governs(words, step, index, left):
                return _ruler(words, index, step, region) or make_cue(words, step, index, region)
    return None


def _parted(words: Sequence[Word], left: int, region: Region) -> Cue | None:
    """ "Pulled the country out of the accord", "withdrew it from the treaty": the object parts the verb."""
    at = left - 1 if words[left - 1].low in DEFINITE else left
    if at < 3 or words[at - 1].low not in ("of", "from"):
        return None
    is_out = words[at - 1].low == "of"
    if is_out and words[at - 2].low != "out":
        return None
    verbs = grammar()["parted-out" if is_out else "parted-from"]
    for index in range(at - 3, max(at - 9, -1), -1):
        low = words[index].low
        if low in verbs:
            form = "past" if low in ("took", "withdrew") or low.endswith(("ed", "n")) else "other"
            step = Step((), "end", "verb", "base" if low in ("pull", "take", "withdraw", "remove") else form)
            return make_cue(words, step, index, region)
    return None


def _ruler(words: Sequence[Word], index: int, step: Step, region: Region) -> Cue | None:
    """What rules the noun of a step: in "postponed the signing of the pact" it is not "signing"."""
    if not is_nominal_at(words, index, step) and step.part != "noun":
        return None
    is_announced = words[index].low == "conclusion" and words[index - 1].low == "the" and index > 1
    if is_announced and words[index - 2].low in ("announce", "announced", "announces", "announcing"):
        return make_cue(words, _FINISHED._replace(form="past"), index - 2, region)  # no signing
    if any(word.low.startswith("anniversar") for word in words[max(index - 4, 0) : index]):
        return _cue("stand", Said.ASSERTED, index, is_verb=False, is_before=True, is_nominal=True)
    kinds = grammar()["undoing" if step.kind == "stand" else "ruling-kinds"]
    for at in range(index - 1, max(region.opening, index - 6) - 1, -1):
        low = words[at].low
        if step.kind == "negotiate" and low in grammar()["finishing"]:
            return make_cue(words, _FINISHED._replace(form="past" if low.endswith("ed") else "other"), at, region)
        for ruling in steps_at(words, at, "verb", "noun", "adjective"):
            if ruling.kind in kinds and not (ruling.part == "noun" and _is_noun_alone(words, at)):
                return make_cue(words, ruling, at, region)
        is_told = low in ("with", "by", "after", "following")  # "the visit ended with the signing"
        is_owner = step.part == "noun" and words[at].text[0].isupper()  # "rejected a South Korean proposal"
        is_small = low in grammar()["leading"] or low in DEFINITE or low.endswith("ly") or is_owner
        if is_told or not is_small:
            return None
    return None


_FINISHED = Step((), "agree", "verb", "past")  # "concluded talks on a pact": it is agreed, not signed


def _is_noun_alone(words: Sequence[Word], at: int) -> bool:
    """ "After talks, the signing …": a mark parts the two."""
    return not words[at + 1].text[0].isalnum()


def _governs(words: Sequence[Word], step: Step, index: int, left: int) -> bool:
    """What the word says is said of the instrument that begins at `left`."""
    if step.part == "noun":
        is_talks = step.kind == "negotiate" and _leads_over_names(words, index, left)
        return is_talks or _leads_to(words, index + len(step.words), left)
    if step.kind in ("negotiate", "sign", "agree", "approve") and _is_under(words, index, left):
        return False
    following = words[index + 1].low
    if words[index].low in grammar()["agree-word"] and following == "with":
        return False  # "we agree with the treaty": an opinion
    if words[index].low in ("issue", "issues") and following in grammar()["preposition"]:
        return False  # "issues with the contracts"
    return not _is_noun_use(words, index, step) and not _has_other_object(words, index + len(step.words), left)


def _leads_to(words: Sequence[Word], index: int, left: int) -> bool:
    """A noun rules the instrument only over small words: "withdrawal from the treaty"."""
    between = words[index + 1 : left]
    return (0 < len(between) <= 4 and all(word.low in grammar()["leading"] for word in between)) or not between


def _leads_over_names(words: Sequence[Word], index: int, left: int) -> bool:
    """ "Talks with Chile on a pact": only names stand between."""
    between = words[index + 1 : left]
    if not 2 < len(between) <= _NAMES or between[0].low not in ("with", "between", "in"):
        return False
    return all(word.low in grammar()["leading"] or word.text[0].isupper() or word.low == "and" for word in between)


_NAMES = 9  # words of "with Peru and the United Kingdom on a new"


def _is_noun_use(words: Sequence[Word], index: int, step: Step) -> bool:
    """ "The exchange", "a strike", "plans for": the base or -s form after a determiner or adjective is a noun."""
    if step.form == "past" or words[index].low.endswith("ing"):
        return False
    before = words[index - 1].low if index > 0 else ""
    if words[index].low == "place" and before in ("take", "takes", "took", "taken", "taking", "in"):
        return True
    return before in DEFINITE | INDEFINITE or (step.form == "base" and before in ("in", "of", "for", "on", "with"))


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
    if at <= verb + 1 or words[at].low not in grammar()["preposition"] or not words[at - 1].text[0].isalpha():
        return False
    ruled = words[at - 1].low
    between = {word.low for word in words[verb + 1 : at]}
    if words[at].low == "for" and not between.isdisjoint(grammar()["proposal-noun"]):
        return False  # "rejected a call by the envoy for a truce"
    if ruled in grammar()["rumour"] and words[verb].low.startswith(("den", "dismiss", "reject", "refut")):
        return False  # "dismissed reports of a deal"
    return ruled not in grammar()["transparent"] and ruled not in STOP and not ruled.endswith(("ly", "ing"))


def _cue_after(words: Sequence[Word], left: int, last: int, clause: tuple[int, int]) -> Cue | None:
    opening, ceiling = clause
    region = Region(last + 1, opening, left, last, ceiling)
    stop = min(ceiling, last + 1 + _VERB_WORDS)
    if last + 1 < stop:
        for step in steps_at(words, last + 1, "noun", "verb"):
            is_gerund = words[last + 1].low.endswith("ing") and step.kind in grammar()["signed-kinds"]
            if step.part == "noun" or is_gerund:  # not "a protocol amending the treaty": that is what it is about
                said = said_of(words, last + 1, step._replace(part="noun"), region._replace(floor=opening))
                return _cue(step.kind, said, last + 1, is_verb=False, is_before=False, is_nominal=True)
    first: Cue | None = None
    for index in range(last + 1, stop):
        is_mark = words[index].text in MARKS and words[index].text not in ":()" and not is_scare_quote(words, index)
        if is_mark or _is_other_noun(words, index):
            break
        for step in steps_at(words, index, "verb", "predicate"):
            if not _is_of_instrument(words, index, last, step):
                continue
            cue = make_cue(words, step, index, region)
            is_finite = _is_finite_at(words, index, last, step)
            if cue is not None and (first is None or (cue.weight >= first.weight and is_finite)):
                is_attributive = step.form == "past" and not _has_be(words, index, last)
                first = replace(cue, is_attributive=is_attributive)  # in "signed in 2002, was extended" it is not
    return first or _passive_far_off(words, region, stop)


def _has_be(words: Sequence[Word], index: int, last: int) -> bool:
    return any(word.low in BE or word.low in _HAVE for word in words[max(last + 1, index - 4) : index])


def _is_finite_at(words: Sequence[Word], index: int, last: int, step: Step) -> bool:
    """ "Was extended", "has held"; and "signed in 2002 and recently renewed" goes on with a new step."""
    before = words[index - 1].low
    is_added = "and" in (before, words[index - 2].low if before.endswith("ly") or before in grammar()["adverb"] else "")
    is_active = before in _HAVE and step.kind in grammar()["intransitive"]
    return before in BE or is_active or (is_added and index - 1 > last)


_HAVE = ("has", "have", "had")


def _passive_far_off(words: Sequence[Word], region: Region, begin: int) -> Cue | None:
    """The first finite verb behind a long name: "the agreement between the governments of … was signed"."""
    for index in range(region.last + 1, region.end):
        low = words[index].low
        if index >= begin and words[index - 1].low in BE:
            step = next((step for step in steps_at(words, index, "verb") if step.form == "past"), None)
            return make_cue(words, step, index, region) if step is not None else None
        is_verb = low in grammar()["auxiliary"] and low not in BE
        if is_verb or (index < begin and low in BE) or (low != "," and words[index].text in MARKS):
            return None
    return None


def _is_other_noun(words: Sequence[Word], index: int) -> bool:
    """The next instrument begins: what follows is said of that."""
    noun = noun_at(words, index)
    return noun is not None and noun.grade is not Grade.LOOSE


def _is_of_instrument(words: Sequence[Word], index: int, last: int, step: Step) -> bool:
    """The verb after the noun is passive, a participle right behind it, or needs no object."""
    near = [word.low for word in words[max(last + 1, index - 4) : index]]
    has_be = any(low in BE for low in near)
    if words[index].low in ("backed", "supported") and not has_be:
        return False  # "a pact, backed by the president, …": nobody has approved it
    if step.part == "predicate":
        return has_be or (index == last + 1 and len(step.words) > 0)  # headlines leave "is" out
    end = index + len(step.words)
    if step.kind in grammar()["only-after"] and _is_of_other_clause(words, last, index, end):
        return False
    if step.form == "past" and not has_be and words[index].low in grammar()["active-too"] and _has_object(words, end):
        return False  # "the agreement placed limits on"
    if words[index].low == "ended" and not has_be and not _has_object(words, end):
        return "to" not in near[-1:]
    if step.kind in grammar()["intransitive"]:
        return "to" not in near[-1:] or has_be
    if step.form != "past":
        return False
    if has_be or _is_right_behind(words, index, last) or _is_object_of_relative(words, index, last):
        return True
    following = words[index + 1].low if index + 1 < len(words) else "."
    if _is_finite_at(words, index, last, step) and words[index - 1].low not in BE:
        return following in grammar()["after-participle"]
    between = {word.low for word in words[last + 1 : index]}
    is_plain = between.isdisjoint(grammar()["auxiliary"]) and not any(
        is_verb_at(words, i) for i in range(last + 1, index)
    )
    return is_plain and following in grammar()["after-participle"]


def _is_object_of_relative(words: Sequence[Word], index: int, last: int) -> bool:
    """ "The contract that the two countries (had) signed": nothing but who does it stands before the verb."""
    if index < last + 3 or words[last + 1].low not in ("that", "which") or words[last].low.endswith("s"):
        return False  # "other loans that China has issued" are none in particular
    between = {word.low for word in words[last + 2 : index]} - {"have", "has", "had"}
    is_plain = between.isdisjoint(grammar()["auxiliary"]) and between.isdisjoint(MARKS)
    return is_plain and not any(is_verb_at(words, at) for at in range(last + 2, index))


def _is_right_behind(words: Sequence[Word], index: int, last: int) -> bool:
    """Only the name of the instrument stands between: "the Agreement on Trade and Partnership signed last year"."""
    if index == last + 1:
        return True
    between = words[last + 1 : index]
    is_name = words[last].text[0].isupper() and words[index - 1].text[0].isupper() and words[index].text[0].islower()
    is_active = _has_object(words, index)  # "the World Food Programme and Cuba signed an agreement"
    return is_name and not is_active and all(w.text[0].isupper() or w.low in grammar()["name-inside"] for w in between)


def _is_of_other_clause(words: Sequence[Word], last: int, index: int, end: int) -> bool:
    """ "A truce in the south as the leaders held talks": it is not the truce that held."""
    is_apart = any(word.low in grammar()["breaks-left"] for word in words[last + 1 : index])
    return is_apart or _has_object(words, end)


def _has_object(words: Sequence[Word], verb: int) -> bool:
    """A noun phrase follows the verb: it is active."""
    if verb + 1 >= len(words):
        return False
    word = words[verb + 1]
    if word.low in DEFINITE | INDEFINITE:
        return words[min(verb + 2, len(words) - 1)].low not in grammar()["time-word"]  # "signed this week"
    is_small = word.low in STOP or word.low in grammar()["after-participle"] or word.low.endswith("ly")
    return not is_small and word.text[0].isalpha() and word.low not in grammar()["time-word"]


def _cue_inside(words: Sequence[Word], left: int, head: int, last: int, clause: tuple[int, int]) -> Cue | None:
    for index in range(left, head):
        for step in steps_at(words, index, "adjective"):
            return make_cue(words, step, index, Region(index, index, left, last, clause[1]))
    return None
