"""Clauses that mention an instrument, and what each says of its standing.

Knows words only, no countries: who the parties are is the subject of `agreements`. The word lists are data:
`grammar.tsv`, `bundles.tsv`.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from generator.extract.clauses import Cue, cue_of, is_scare_quote, is_step_verb, make_cue, steps, steps_at
from generator.extract.modality import Region, Said, Step
from generator.extract.nouns import Grade, Noun, is_open_to_many, known, known_at, known_names, noun_at, nouns
from generator.extract.numbers import pieces_of, words_in
from generator.extract.text import Document, Sentence
from generator.extract.wordlists import BE, DEFINITE, INDEFINITE, MARKS, STOP, WORD, Word, grammar, rows_of, words_of
from generator.model import Instrument, Status

_CAPITALS = re.compile(r"\b[A-Z]\w+(?:-\w+)?")
_NP_WORDS = 12  # modifiers before the noun that are looked at
_TAIL_WORDS = 45  # words after the noun that may still belong to it
_CLAUSE_WORDS = 60  # how far a clause is followed in a sentence without marks


class Form(StrEnum):
    """How the article points at the instrument."""

    NAMED = "named"  # "the Paris Agreement"
    DEFINITE = "definite"  # "the agreement", "this pact", "their deal"
    INDEFINITE = "indefinite"  # "an agreement", "new pacts"


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
    def is_open_to_many(self) -> bool:
        """By its name it is an agreement of many countries."""
        end = self.last + 9 if self.form is Form.NAMED else self.last + 1
        return is_open_to_many(self.words[self.left : end])

    @property
    def end(self) -> int:
        """Where the noun ends in the article."""
        return self.words[self.last].end


@functools.cache
def _numbers() -> Mapping[str, int]:
    return {word: int(number) for word, number in rows_of("bundles.tsv")}


# -- sentences to mentions -------------------------------------------------------------------------


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Every mention of an instrument, in the order of the text; menus and captions left out."""
    table = nouns()
    found: list[Mention] = []
    items = _List()
    for sentence in document.sentences:
        if sentence.is_noise:
            continue
        if words_in(sentence.text).isdisjoint(_hints()):
            continue
        lows = WORD.findall(sentence.text.lower())
        if not table.keys().isdisjoint(lows) or not known().keys().isdisjoint(_CAPITALS.findall(sentence.text)):
            here = list(_mentions_in(sentence, items.cue_for(sentence)))
            found.extend(here)
            if here:
                items.take(sentence, here)
                continue
        if "agreed" in lows or "agree" in lows or (sentence.is_title and "agrees" in lows):
            found.extend(_verbal(sentence))
        elif not _deeds().keys().isdisjoint(lows):
            found.extend(_told_deeds(sentence))
    return tuple(found)


@functools.cache
def _hints() -> frozenset[str]:
    """A piece of each word with which a mention may begin: a sentence without any needs no closer look."""
    begin = (*nouns(), *known(), *_deeds(), "agreed", "agree", "agrees")
    return frozenset(max(pieces_of(word), key=len) for word in begin)


class _List:
    """The list that a line such as "The following documents were signed:" opens, one instrument a paragraph."""

    def __init__(self) -> None:
        self._cue: Cue | None = None
        self._opened = self._last = 0  # paragraph of the opening line, sentence of the last item

    def cue_for(self, sentence: Sentence) -> Cue | None:
        """What the opening line says of the instruments that begin this sentence; None: it is no item."""
        if self._cue is None or sentence.paragraph == self._opened or sentence.index - self._last > _LIST_GAP:
            return None
        return self._cue

    def take(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        """Note what a sentence was: an opening line, an item, or something else."""
        opener = mentions[-1]
        if sentence.text.endswith(":") and opener.is_plural and opener.cue is not None:
            self._cue = replace(opener.cue, first=0, is_before=True)
            self._opened = sentence.paragraph
        self._last = sentence.index


_LIST_GAP = 2  # sentences without an instrument that a list may have
_LIST_HEAD = 3  # words before the instrument: a dash, a number, an article


def _mentions_in(sentence: Sentence, item: Cue | None) -> Iterator[Mention]:
    """The mentions of a sentence; what belongs to one ends where the verb of the next stands.

    `item` is what the line above a list says of an instrument with which the sentence begins.
    """
    found = list(_all_in(sentence, item))
    for mention, following in itertools.zip_longest(found, found[1:]):
        cue = following.cue if following is not None else None
        end = mention.clause[1]
        if following is not None and cue is not None and cue.is_before and mention.last < cue.first < end:
            is_own_verb = cue.is_verb and not following.words[cue.first].low.endswith("ing") and not following.is_listed
            end = cue.first if is_own_verb else end
        if following is not None:
            end = _before_report(mention, following, end)
        yield replace(mention, clause=(mention.clause[0], end))


def _verbal(sentence: Sentence) -> Iterator[Mention]:
    """ "The two sides agreed to supply gas": an agreement without a noun; idle ones ("agreed to meet") are left out."""
    words = words_of(sentence)
    for index, word in enumerate(words[:-2]):
        is_said = word.low == "agreed" or sentence.is_title or (index > 0 and words[index - 1].low == "to")
        at = link_of(words, index) if is_said and word.low in grammar()["agree-word"] else 0
        if not at or not _is_concrete(words, at):
            continue
        clause = _clause(words, index, index)
        step = next(steps_at(words, index, "verb"))
        cue = make_cue(words, step, index, Region(clause[0], clause[0], index, index, clause[1]))
        if cue is None or not (cue.said is Said.ASSERTED or _is_denied(words, index, cue)):
            continue
        yield _bare(sentence, words, index, clause, cue)
        return


class _Deed(NamedTuple):
    kind: str
    instrument: Instrument
    link: str
    needs: str


@functools.cache
def _deeds() -> Mapping[str, _Deed]:
    return {form: _Deed(kind, Instrument(code), link, needs) for form, kind, code, link, needs in rows_of("deeds.tsv")}


def _told_deeds(sentence: Sentence) -> Iterator[Mention]:
    """ "Laos borrowed $90 million from China", "Oman has ordered twelve jets from Italy"."""
    words = words_of(sentence)
    for index, word in enumerate(words):
        deed = _deeds().get(word.low)
        if deed is None:
            continue
        clause = _clause(words, index, index)
        after = words[index + 1 : min(clause[1], index + _DEED_WORDS)]
        link = next((at for at, other in enumerate(after) if other.low == deed.link), 0)
        between = after[:link]
        is_sum = any(other.text in "$€£¥₹" or other.low in grammar()["sum-word"] for other in between)
        is_number = any(other.text[0].isdigit() or other.low in _numbers() for other in between)
        if not (is_sum if deed.needs == "sum" else is_number and not is_sum):
            continue
        step = Step((), deed.kind, "verb", "past" if word.low.endswith(("ed", "lent")) else "base")
        cue = make_cue(words, step, index, Region(clause[0], clause[0], index, index, clause[1]))
        if cue is not None and cue.said is not Said.NEGATED:
            head = _behind_partner(words, index + 2 + link, clause[1])
            bare = _bare(sentence, words, index, clause, cue)
            yield replace(bare, instrument=deed.instrument, grade=Grade.FIRM, head=head, last=head)
            return


def _behind_partner(words: Sequence[Word], begin: int, end: int) -> int:
    """The last word of the partner's name, articles and state words inside it."""
    last = begin
    for index in range(begin, min(end, begin + _PARTNER_WORDS)):
        if not (words[index].text[0].isupper() or words[index].low in ("the", "of", "and", "state-owned", "central")):
            break
        last = index
    return min(last + 1, len(words) - 1)


_PARTNER_WORDS = 8
_DEED_WORDS = 16  # from the verb to the other party


def _before_report(mention: Mention, following: Mention, end: int) -> int:
    """Where another report begins: "signed a plan and noted that the agreement on fish …"."""
    for index in range(mention.last + _REPORT, min(following.left, end)):
        if mention.words[index].low == "that":
            return index
    return end


_REPORT = 4  # words behind an instrument; a "that" right behind it tells of it


def _bare(sentence: Sentence, words: tuple[Word, ...], index: int, clause: tuple[int, int], cue: Cue) -> Mention:
    """A mention that is a verb alone."""
    return Mention(
        sentence=sentence, words=words, left=index, head=index, last=index, clause=clause,
        instrument=Instrument.AGREEMENT, grade=Grade.GENERIC, form=Form.INDEFINITE, is_plural=False, count=None,
        name=None, acronym=None, cue=cue, is_other=False, is_verbal=True,
    )  # fmt: skip


_LINK_WORDS = 9  # of "agreed on Monday in principle with Chile and Peru to"


def link_of(words: Sequence[Word], index: int) -> int:
    """Where "to", "that" or "on" stands behind "agreed", days and partners between them; 0 if nowhere."""
    partner = False
    for at in range(index + 1, min(index + 1 + _LINK_WORDS, len(words) - 1)):
        word, following = words[at], words[at + 1]
        if word.low in ("to", "that") or (word.low == "terms" and at == index + 1):
            return at
        if word.low == "on" and following.low not in grammar()["time-word"]:
            return at
        partner = word.low == "with" or (partner and (word.text[0].isupper() or word.low in ("and", "the")))
        is_between = word.low in grammar()["between-agreed"] | grammar()["time-word"] or word.low == "on"
        if not (partner or is_between):
            return 0
    return 0


def _is_concrete(words: Sequence[Word], link: int) -> bool:
    """What is agreed is a deed ("to reopen the road", "on visa-free travel"), not a mood ("to deepen ties")."""
    at = link + 1
    if words[link].low == "that":
        following = range(at, min(at + _MODAL_WORDS, len(words) - 1))
        at = next((i + 1 for i in following if words[i].low in grammar()["modal-verb"]), 0)
        if not at:
            return False
    while at < len(words) - 1 and (words[at].low in DEFINITE | INDEFINITE or words[at].low in grammar()["adverb"]):
        at += 1
    low = words[at].low.replace("co-op", "coop")
    if words[link].low == "terms":
        return True
    if words[link].low == "on":
        return low not in grammar()["idle-topic"] and low not in STOP and not low.startswith(("cooperat", "strength"))
    if low in grammar()["idle"] or (low in STOP and low != "be"):
        return low in grammar()["idle"] and _has_target(words, at)
    is_soft = low in grammar()["soft-verb"]
    return not (is_soft and any(word.low in grammar()["soft-object"] for word in words[at + 1 : at + _SOFT_WORDS]))


def _has_target(words: Sequence[Word], at: int) -> bool:
    """A figure makes a deed of a mood: "to work to achieve a volume of $5 billion", but not "to meet on May 5"."""
    near = words[at + 1 : at + _TARGET_WORDS]
    return any(word.text[0].isdigit() or word.text[0] in "$€£¥₹" for word in near) and any(
        word.low in _SCALES or word.low.endswith(_SCALES_JOINED) for word in near
    )


_TARGET_WORDS = 16  # from the verb to the figure
_SCALES = frozenset(["million", "mln", "billion", "bn", "trillion", "tn", "crore", "percent", "%"])
_SCALES_JOINED = ("bn", "billion", "tn")
_MODAL_WORDS = 14  # from "that" to its verb
_SOFT_WORDS = 10  # from "hold" to "talks"


def _is_denied(words: Sequence[Word], index: int, cue: Cue) -> bool:
    """ "Denied that it had agreed to": said not to exist."""
    near = words[max(index - _LINK_WORDS, 0) : index]
    return cue.said is Said.NEGATED and any(word.low in ("denied", "denies", "deny", "denying") for word in near)


def _all_in(sentence: Sentence, item: Cue | None) -> Iterator[Mention]:
    words = words_of(sentence)
    first_words, names = nouns(), known()
    heads = [head for head, word in enumerate(words) if word.low in first_words or word.text in names]
    is_cased = bool(heads) and _has_case(words) and not sentence.is_title
    before: list[Mention] = []
    end = bundle_end = 0
    for head in heads:
        if head < end or (head and words[head - 1].text == "(" and before):
            continue  # "… (GATT)" says again what stands before
        noun = noun_at(words, head) or known_at(words, head)
        if noun is not None and noun.is_plural and before and _is_same_bundle(words, before[-1], bundle_end, head):
            bundle_end = head
            continue
        if noun is None or _is_false_noun(words, head, noun) or _is_compound(words, head, noun):
            continue
        if before and noun.grade is Grade.LOOSE and _is_in_name(words, before[-1], head):
            continue
        mention = _mention(sentence, words, head, noun, is_cased=is_cased)
        if mention is not None and not (before and _is_spelled_out(mention, before[-1])):
            mention = _nested(_listed(mention, before), before)
            is_item = item is not None and not before and mention.left <= _LIST_HEAD
            if is_item and words[mention.last].low not in grammar()["unlisted"]:
                mention = replace(mention, cue=item, is_listed=True)
            if _is_headline(mention):
                continue
            if mention.is_listed or mention.is_apposition or not _needs_cue(mention) or _has_its_cue(mention, before):
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


def _is_in_name(words: Sequence[Word], last: Mention, head: int) -> bool:
    """ "Treaty on Friendship and Partnership": the last word belongs to the name."""
    between = words[last.last + 1 : head + 1]
    is_name = last.form is Form.NAMED and not last.is_plural and 1 < len(between) < _NAME_WORDS
    small = ("on", "of", "for", "and", ",", "in", "the")
    return is_name and between[0].low in small[:3] and all(w.text[0].isupper() or w.low in small for w in between)


_NAME_WORDS = 12


_VAGUE = (Instrument.ARRANGEMENT, Instrument.PROGRAMME)
_COMMERCIAL = (Instrument.LOAN, Instrument.CONTRACT, Instrument.LICENCE)


def _is_headline(mention: Mention) -> bool:
    """The title of a statement that is the article itself: "Joint Statement on …"."""
    sentence = mention.sentence
    is_heading = sentence.is_title or (sentence.paragraph < 2 and sentence.text[-1].isalnum())
    is_first = mention.head <= 4 and is_heading
    return is_first and mention.instrument is Instrument.JOINT_STATEMENT and mention.cue is None


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
    low = [word.low for word in gap if word.low not in DEFINITE and word.low not in INDEFINITE]
    is_joined = (bool(low) and (low[-1] in grammar()["list-join"] or low[-1] in ("and", ",", ";"))) or low[-2:] == [
        "number",
        "of",
    ]
    if low[-2:] in (["as", "was"], ["as", "were"]) and first.cue is not None:
        return replace(mention, is_listed=True, cue=first.cue)  # "was signed, as was a protocol"
    is_unlisted = words[mention.last].low in grammar()["unlisted"]
    if (
        not is_joined
        or is_unlisted
        or any(word in BE or (word in MARKS and word != ";") or word in grammar()["breaks-left"] for word in low[:-3])
    ):
        return mention
    return replace(mention, is_listed=True, cue=first.cue or cue)


def _has_its_cue(mention: Mention, before: Sequence[Mention]) -> bool:
    cue = mention.cue
    is_drafted = cue is not None and cue.kind == "negotiate"
    if cue is not None and mention.words[mention.last].low in ("documents", "papers") and not is_drafted:
        return mention.words[cue.first].low in grammar()["paper-words"]
    is_launched = before and cue is not None and cue.kind == "announce" and mention.words[cue.first].low.endswith("ing")
    if mention.instrument in _VAGUE and is_launched:
        return False  # "signed an agreement, launching a partnership" is one instrument
    is_framework = mention.instrument is Instrument.FRAMEWORK and mention.form is Form.INDEFINITE
    if is_framework and before and cue is not None and mention.words[cue.first].low in grammar()["providing"]:
        return False  # "the agreement, signed in May, creates a framework of rules"
    name = "loose-kinds"
    if mention.words[mention.last].low in ("sale", "sales", "purchase", "purchases"):
        name = "sale-kinds"
    elif mention.instrument in _VAGUE:
        name = "vague-kinds"
    elif mention.instrument in _COMMERCIAL:
        name = "commercial-kinds"
    if cue is None:
        return False
    verb = mention.words[cue.first].low
    if mention.instrument in _VAGUE and cue.kind == "agree" and verb in grammar()["vague-verbs"]:
        return True  # "reached an understanding"; to "create a partnership" is no instrument
    if mention.instrument in _VAGUE and verb.startswith(("join", "acced")):
        return False  # who joins a programme does so by another instrument
    last = mention.words[mention.last].low
    if verb == "under" and mention.instrument not in _VAGUE:
        return True  # "under a contract with Peru"
    if last.startswith("swap") and cue.kind == "agree":
        return True  # "freed in a swap between Peru and Chile"
    if last == "notes":
        return verb.startswith("exchang")
    if mention.instrument is Instrument.FRAMEWORK and last.startswith("plan") and cue.kind in grammar()["plan-kinds"]:
        return True
    return cue.kind in grammar()[name]


def _nested(mention: Mention, before: Sequence[Mention]) -> Mention:
    """Without the verb of an instrument before it: in "signed a protocol to the treaty" the treaty is not signed."""
    cue = mention.cue
    if mention.is_listed or not before:
        return mention
    outer = before[-1]
    gap = [word.low for word in mention.words[outer.last + 1 : mention.left]]
    exact = (*_VAGUE, *_COMMERCIAL, Instrument.CEASEFIRE)
    is_exact = mention.instrument in exact and outer.grade is Grade.GENERIC
    is_own = cue is not None and cue.is_before and cue.first > outer.last
    if is_exact and not is_own and any(gap[at:][:2] in _SAYING_WHICH for at in (0, -2)):
        return replace(mention, is_apposition=True)  # "an agreement for a loan", "a deal with Peru on a loan"
    if cue is not None and (not cue.is_before or cue.first > outer.last):
        return mention
    if mention.left <= outer.last and cue is not None:
        return replace(mention, cue=outer.cue, is_listed=True)  # "a Safeguards Agreement and Additional Protocol"
    is_same = outer.instrument is Instrument.FRAMEWORK and mention.form is not Form.NAMED
    if is_same and gap[:2] in (["for", "a"], ["for", "an"]):
        return replace(mention, is_apposition=True)  # "a framework for an agreement on trade"
    if cue is None:
        return mention
    is_inside = all(word.low not in ("and", ",", ";") for word in mention.words[outer.last + 1 : mention.left])
    if cue.first >= outer.left or not is_inside:
        return mention
    is_to_come = mention.form is not Form.DEFINITE and mention.words[mention.left - 1].low in INDEFINITE
    awaited = replace(cue, kind="await", said=Said.FUTURE, status=Status.ANTICIPATED, weight=4)
    return replace(mention, cue=awaited if is_to_come else None)


_SAYING_WHICH = (["for", "a"], ["on", "a"], ["for", "an"], ["on", "an"])


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


def _is_compound(words: Sequence[Word], head: int, noun: Noun) -> bool:
    """The next word is the noun: "partnership agreement"."""
    following = head + len(noun.words) + 1
    if following >= len(words):
        return False
    if words[following].low == "and" and following + 2 < len(words) and words[following + 1].low not in STOP:
        return (
            noun_at(words, following + 2) is not None and words[following + 1].text.islower()
        )  # "truce and hostage deal"
    if noun_at(words, following) is not None or words[following].low in grammar()["modified"]:
        return True
    if words[head].low != words[head].text:
        return False
    for at in range(following, min(following + _MODIFIERS, len(words) - 1)):
        if words[at].low in STOP or not words[at].text.islower() or words[at].low in steps():
            return False  # but "framework trade agreement" goes on
        if noun_at(words, at + 1) is not None:
            return True
    return False


_MODIFIERS = 2  # words between two nouns of one name


def _is_false_noun(words: Sequence[Word], head: int, noun: Noun) -> bool:
    """The word is a verb here ("to deal with"), or no instrument ("a great deal", "in agreement")."""
    at = head - 2 if head > 1 and words[head - 1].low in grammar()["adverb"] else head - 1
    before = words[at].low if head else ""
    after = words[head + 1].low if head + 1 < len(words) else ""
    is_great = words[head].low == "deal" and before in ("great", "good", "big")
    if is_great or (words[head].low in grammar()["noun-or-verb"] and before in grammar()["verb-before"]):
        return True
    if _is_on_no_instrument(words, head) or _is_domestic(words, head) or _is_other_order(words, head):
        return True
    if (
        before in grammar()["opinion"]
        and noun.grade is Grade.GENERIC
        and words[at - 1].low not in INDEFINITE | DEFINITE
    ):
        return True  # "there is broad agreement that"
    is_one = noun.grade is Grade.GENERIC and not noun.is_plural
    if is_one and before in ("in", "by", "of") and after not in ("between", "with"):
        return True
    return (
        after in ("with", "in")
        and words[head].low == "deals"
        and before not in INDEFINITE | DEFINITE
        and bool(words[head].text.islower() and head and words[head - 1].text[0].isupper())
    )


def _is_domestic(words: Sequence[Word], head: int) -> bool:
    """ "A pay and pensions deal", "a contract with the club": by its kind or partner no matter of states."""
    near = words[max(head - 3, 0) : head]
    if near and near[-1].low in grammar()["domestic"]:
        return True
    if any(word.low in grammar()["domestic-wide"] for word in near):
        return True
    following = [word.low for word in words[head + 1 : head + 7]]
    if following[:1] == ["to"] and following[1:2] and following[1] in grammar()["domestic-deed"]:
        return True  # "a contract to broadcast the cup"
    return "with" in following and any(low in grammar()["domestic-partner"] for low in following)


def _is_other_order(words: Sequence[Word], head: int) -> bool:
    """No order of goods: "an executive order", "orders from above"; but "an order in April for 26 jets"."""
    if words[head].low not in ("order", "orders"):
        return False
    following = words[head + 1 : head + 8]
    at = next((at for at, word in enumerate(following) if word.low in ("for", "worth")), None)
    counted = following[at + 1 : at + 4] if at is not None else ()
    return not any(word.text[0].isdigit() or word.text in "$€£¥₹" or word.low in _numbers() for word in counted)


def _is_on_no_instrument(words: Sequence[Word], head: int) -> bool:
    """ "An agreement on a meeting", "on the need to act"."""
    following = [word.low for word in words[head + 1 : head + 5] if word.low not in DEFINITE | INDEFINITE]
    return len(following) > 1 and following[0] == "on" and following[1] in grammar()["no-instrument-on"]


def _mention(sentence: Sentence, words: tuple[Word, ...], head: int, noun: Noun, *, is_cased: bool) -> Mention | None:
    last = head + len(noun.words)
    left = _left_of(words, head)
    is_known = " ".join(word.text for word in words[head : last + 1]) in known_names()
    name_end = last + 1 if is_known else _name_end(words, head, last) if is_cased else None
    while name_end is not None and left > 1 and words[left - 1].low == "of" and words[left - 2].text[0].isupper():
        left = _left_of(words, left - 1)  # "the Council of Europe Convention"
    before = words[left - 1].low if left else ""
    if before in grammar()["universal"] or words[left].low in grammar()["universal"]:
        return None  # "all agreements", "any deal": none in particular
    if before == "no" and left > 1 and words[left - 2].low == "if":
        return None  # "if no deal is reached"
    clause = _clause(words, left, last)
    cue = cue_of(words, left, head, last, clause)
    if cue is not None and cue.said is Said.NEGATED and words[cue.first].low in ("has", "have", "had"):
        return None  # "does not have a treaty with"
    acronym = _acronym(words, last)
    if left > 1 and before in INDEFINITE and words[left - 2].low in DEFINITE:
        before = words[left - 2].low  # "the various agreements"
    form = _form(before, words[left:head], is_named=name_end is not None)
    if cue is not None and cue.kind == "extend" and noun.instrument is Instrument.LOAN and form is Form.INDEFINITE:
        given = Status.AGREED if cue.status is Status.EXTENDED else Status.ANTICIPATED
        cue = replace(cue, kind="agree", status=given, weight=5)  # "extended a loan": it was given, not prolonged
    if form is Form.DEFINITE and cue is not None and _is_open_by_verb(noun, words[cue.first], words[last + 1 :]):
        form, name_end = Form.NAMED, last + 1
    name_left = next((i for i in range(left, head) if words[i].text[0].isupper()), head)
    return Mention(
        sentence=sentence, words=words, left=left, head=head, last=last, clause=clause,
        instrument=noun.instrument, grade=noun.grade, form=form, is_plural=noun.is_plural,
        count=_count(words, left, head) if noun.is_plural else None,
        name=_joined(words[name_left:name_end]) if name_end is not None else None,
        acronym=acronym, cue=cue,
        is_other=_is_other(words, left, head, cue),
    )  # fmt: skip


def _is_open_by_verb(noun: Noun, verb: Word, tail: Sequence[Word]) -> bool:
    """Who accedes to "the convention on whaling" joins an agreement of many."""
    is_told = bool(tail) and tail[0].low in grammar()["topic"]
    return is_told and verb.low.startswith("acced") and noun.instrument in (
        Instrument.CONVENTION, Instrument.TREATY, Instrument.PROTOCOL,
    )  # fmt: skip


def _is_apposition(mention: Mention, last: Mention) -> bool:
    name_end = last.last + (len((last.name or "").split()) if last.form is Form.NAMED else 0)
    gap = [word.low for word in mention.words[last.last + 1 : mention.left]]
    if gap[-2:] == ["in", "a"] and mention.words[mention.head].low == "deal":
        return True  # "signed a contract in a deal worth …"
    plain = [low for low in gap if low not in ('"', "“", "the", ",")]
    if plain in (["known", "as"], ["called"], ["dubbed"], ["named"]):
        return True
    if len(gap) < 2 or gap[-2] not in (",", "–", "—", "-") or gap[-1] not in ("a", "an", "the", "which"):
        return False
    if mention.form is Form.NAMED and gap[-1] == "the" and _is_day(gap[:-2]):
        return True  # "signed a pact on Monday, the Treaty of Lima"
    is_pair = (
        last.form is Form.NAMED and len(gap) < _PAIR_WORDS and _is_pair(mention.words[last.last + 1 : mention.left - 2])
    )
    is_near = len(gap) == 2 or is_pair or (mention.left - 2 <= name_end + 3 and last.form is Form.NAMED)
    return is_near and not mention.is_plural and last.form is not Form.INDEFINITE


def _is_day(gap: Sequence[str]) -> bool:
    return 0 < len(gap) < 5 and all(low in grammar()["time-word"] or low in ("on", "last", "this") for low in gap)


_PAIR_WORDS = 16  # of "(RAA) between Peru and the Republic of Chile, a"


def _is_pair(words: Sequence[Word]) -> bool:
    """Only names of parties stand between an instrument and what says again what it is."""
    return all(word.text[0].isupper() or word.text in "()" or word.low in _PAIRING for word in words)


_PAIRING = ("between", "with", "and", "the", "of")


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
        and cue.kind in ("sign", "agree", "announce")
        and not words[cue.first].low.startswith(("join", "acced"))
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
        if word.text == "." and index and "." in words[index - 1].text and index > head - _NP_WORDS:
            continue  # "the U.N. programme"
        if word.low in STOP or not (word.text[0].isalnum() or word.text in "&$") or _is_verb(words, index):
            break
        left = index
    return left


def _may_join(words: Sequence[Word], index: int) -> bool:
    """Two modifiers are joined ("trade and economic deal"), not two clauses: both sides are written alike."""
    if index == 0 or words[index - 1].low in STOP or _is_verb(words, index - 1):
        return False
    before, after = words[index - 1].text[0], words[index + 1].text[0]
    if words[index].text == ",":
        return before.islower() and after.islower()
    return before.islower() == after.islower() and (before.islower() or words[index - 2].text[0].isupper())


def _is_verb(words: Sequence[Word], index: int) -> bool:
    """A conclusion verb that is not used as a modifier ("the proposed pact", "a prisoner exchange agreement")."""
    entries = steps().get(words[index].low, ())
    if not any(entry.part == "verb" for entry in entries):
        return False
    before = words[index - 1].low if index else ""
    if before in DEFINITE | INDEFINITE:
        return False
    is_noun = words[index].low in grammar()["verb-or-noun"] and before not in grammar()["verb-before"]
    return not (is_noun and words[index + 1].low not in STOP and before not in STOP and words[index].text.islower())


def _form(before: str, modifiers: Sequence[Word], *, is_named: bool) -> Form:
    if is_named:
        return Form.NAMED
    if before in DEFINITE or any(word.text.endswith(("'s", "’s", "s'", "s’")) for word in modifiers):
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
        head == 0 or not words[head - 1].text[0].isupper() or words[head - 1].low in DEFINITE | INDEFINITE
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
        if index < left and (low in BE or is_step_verb(low)):
            break
        if low in _numbers():
            return _numbers()[low]
        if low.isdigit() and len(low) < 4:
            return int(low)
    return 0


def _clause(words: Sequence[Word], left: int, last: int) -> tuple[int, int]:
    begin = left
    for index in range(left - 1, max(left - 1 - _CLAUSE_WORDS, -1), -1):
        is_mark = words[index].text in MARKS and words[index].text not in "()"
        if words[index].low in grammar()["breaks-left"] or (is_mark and not is_scare_quote(words, index)):
            break
        begin = index
    end = last + 1
    is_title = words[last].text[0].isupper() and words[last - 1].text[0].isupper()
    for index in range(last + 1, min(len(words), last + 1 + _TAIL_WORDS)):
        is_subtitle = words[index].text == ":" and is_title
        is_mark = words[index].text in ';:“”"—*•|' and not is_subtitle and not is_scare_quote(words, index)
        if words[index].low in grammar()["breaks-right"] or is_mark:
            break
        end = index + 1
    return begin, end
