"""Parties that are no country and no organisation with a code: companies, armed groups, bodies without a name.

Works on capitalized words beside the places that other rooms have found; knows nothing of status.
"""

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from generator.extract.cast import OUTSIDE, Cast, Ref, RefKind, is_attribute, is_before_state, is_maker, party_words
from generator.extract.mentions import Form, Mention
from generator.extract.nouns import noun_at
from generator.extract.wordlists import DEFINITE, INDEFINITE, Word, grammar
from generator.model import Instrument

_PAIR = 2


def company_of(ref: Ref, mention: Mention, cast: Cast) -> Ref | None:
    """The company in "Sweden's Orebody": it is the party, not its country; "Sweden's Foreign Ministry" is none."""
    text = cast.document.text
    is_owner = ref.kind is RefKind.STATE and text[ref.end : ref.end + 2] in ("'s", "’s")
    if mention.sentence.is_title or not (is_owner or ref.kind is RefKind.ADJECTIVE) or is_before_state(ref, text):
        return None
    first = next((i for i, word in enumerate(mention.words) if word.start > ref.end + (1 if is_owner else 0)), None)
    if first is None or mention.words[first].start > ref.end + (3 if is_owner else 1):
        return None
    name = _outsider(mention, first, cast)
    if name is None or any(_is_of_state(word.lower()) for word in name.text.split()):
        return None
    if is_owner:
        return name
    return replace(name, start=ref.start, text=text[ref.start : name.end], code=OUTSIDE + text[ref.start : name.end])


def _is_of_state(low: str) -> bool:
    return low in party_words()["institution"] or low in grammar()["state-noun"]


def is_at_home(refs: Sequence[Ref], cast: Cast) -> bool:
    """A country and its own company: "the Greek producer Gasco signed a contract with Greece"."""
    states = {ref.code for ref in refs if ref.is_coded}
    outside = [ref for ref in refs if not ref.is_coded]
    if len(states) != 1 or len(outside) != 1 or len(refs) != _PAIR:
        return False
    before = cast.within(max(outside[0].start - 40, 0), outside[0].start)
    near = [ref for ref in before if ref.kind is RefKind.ADJECTIVE or is_attribute(ref, cast.document.text)]
    return bool(near) and is_maker(near[-1], cast.document.text) and near[-1].code in states


def has_insider(mention: Mention, refs: Sequence[Ref]) -> bool:
    """A country and its own opposition: "the government and the opposition signed an accord"."""
    if len({ref.code for ref in refs}) != 1:
        return False
    words = mention.words
    begin, end = mention.clause[0], min(mention.clause[1], len(words))
    for index in range(begin + 1, end):
        if words[index].text in party_words()["insider"]:
            lead = [word.low for word in words[max(index - 3, 0) : index]]
            return any(low in ("and", "with", "between") for low in lead)
    return False


def is_of_company(mention: Mention) -> bool:
    """A company without a name acts: "the firm said it had signed a contract with Peru's ministry"."""
    cue = mention.cue
    if cue is None or not cue.is_before or mention.form is Form.NAMED:
        return False
    return any(word.low in grammar()["company-one"] for word in mention.words[max(cue.first - 25, 0) : cue.first])


def strange_partner(mention: Mention, cast: Cast, end: int) -> Ref | None:
    """The other side is a capitalized name that is no country: "with Bluewave Ferries", "with US maker Intelo"."""
    words = mention.words
    if mention.sentence.is_title:
        return None
    for index in range(mention.last + 1, min(end, len(words) - 1)):
        low = words[index].low
        is_with = low in ("with", "between") and words[index - 1].low not in party_words()["before-with"]
        if is_with or (low in ("to", "from") and mention.instrument in ONE_TO_ANOTHER):
            name = _outsider(mention, _behind_leads(words, index + 1, cast), cast)
            if name is not None or is_with:
                return name
    return None


def _behind_leads(words: Sequence[Word], begin: int, cast: Cast) -> int:
    """The first word behind "the", "US" and "maker" in "the US maker Intelo"."""
    is_made = False  # behind the name of a country any noun may stand: "French shipping giant"
    for index in range(begin, min(begin + 7, len(words))):
        word = words[index]
        is_known = cast.is_inside(word.start)
        is_noun = is_made and word.text.isalpha() and word.text.islower() and word.low not in grammar()["preposition"]
        if not (is_known or is_noun or word.low in DEFINITE | INDEFINITE or word.low in _company_nouns()):
            return index
        is_made = is_made or is_known
    return len(words)


ONE_TO_ANOTHER = (Instrument.CONTRACT, Instrument.LOAN, Instrument.LICENCE)


@functools.cache
def _company_nouns() -> frozenset[str]:
    return grammar()["company"] | grammar()["company-one"] | party_words()["company-nouns"]


def _begins_outsider(words: Sequence[Word], index: int, cast: Cast) -> bool:
    word = words[index]
    is_whole = index + 1 >= len(words) or not words[index + 1].text[0].isupper()
    is_name = word.text[0].isupper() and not (is_whole and word.low in _no_outsiders())
    return is_name and not cast.within(word.start, word.end) and not cast.is_inside(word.start)


@functools.cache
def _no_outsiders() -> frozenset[str]:
    """Words that may be capitalized and name nobody who could be a party."""
    lists = ("state-noun", "group", "crowd", "time-word", "other", "preposition", "definite", "indefinite")
    return frozenset[str]().union(*(grammar()[name] for name in lists)) | party_words()["no-outsider"]


def _outsider(mention: Mention, index: int, cast: Cast) -> Ref | None:
    """The outsider whose name begins at a word."""
    words = mention.words
    if index >= len(words) or not _begins_outsider(words, index, cast):
        return None
    end = index + 1
    while end < min(len(words), index + NAME_WORDS) and (
        words[end].text[0].isupper() or (words[end].text == "&" and end + 1 < len(words))
    ):
        end += 1
    return _outsider_ref(words[index:end], mention, cast)


def _outsider_ref(words: Sequence[Word], mention: Mention, cast: Cast) -> Ref | None:
    is_known = any(cast.is_person(word.start) or cast.is_inside(word.start) for word in words)
    is_known = is_known or cast.is_town(words[0].start)
    if is_known or any(noun_at(words, index) is not None for index in range(len(words))):
        return None  # somebody known, or another instrument
    if len(words[0].text) < 2 or words[-1].low in _no_outsiders():
        return None
    start, end = words[0].start, words[-1].end
    name = cast.document.text[start:end].removesuffix("'s").removesuffix("’s")
    return Ref(start, start + len(name), OUTSIDE + name, RefKind.OUTSIDER, mention.sentence.index, name)


NAME_WORDS = 6  # of the longest name of an outsider


def acting_outsider(mention: Mention, cast: Cast) -> Ref | None:
    """The company that acts: "US miner Orebody has reached an agreement with Peru"."""
    words, cue = mention.words, mention.cue
    if cue is None or not cue.is_before or not cue.is_verb or mention.form is Form.NAMED or mention.sentence.is_title:
        return None
    last = cue.first - 1
    while last > 0 and (words[last].low in grammar()["auxiliary"] or words[last].low.endswith("ly")):
        last -= 1
    first = last
    while first > max(last - NAME_WORDS, -1) and first >= 0 and _begins_outsider(words, first, cast):
        first -= 1
    name = words[first + 1 : last + 1]
    is_one = words[last + 1].low in ("has", "is", "was")
    is_word = len(name) == 1 and name[0].text.endswith("s") and not is_one and not cast.is_name(name[0].text)
    if not name or (first < 0 and is_word):
        return None
    before = words[first].low if first >= 0 else ""
    return None if before in grammar()["preposition"] else _outsider_ref(name, mention, cast)


def is_with_company(mention: Mention, cast: Cast, end: int) -> bool:
    """The other side is a company without a name: "with the German company"."""
    words = mention.words
    for index in range(mention.last + 1, min(end, len(words) - 1)):
        if words[index].low == "with":
            following = list(
                itertools.takewhile(lambda word: word.low not in grammar()["preposition"], words[index + 1 : index + 6])
            )
            refs = cast.within(words[index].end, following[-1].end) if following else []
            is_state = any(
                ref.kind is not RefKind.ADJECTIVE or is_before_state(ref, cast.document.text) for ref in refs
            )
            return not is_state and any(word.low in _company_nouns() for word in following)
    return False


_JOINED = r"(?:[-–]|(?:['’]s)?(?: (?:government|army|military|authorities))?,? and (?:the |its )?)"
_STRANGER_AFTER = re.compile(_JOINED + r"([A-Z]\w+(?: [A-Z]\w+)*|rebels|insurgents|separatists|militants|guerrillas)")
_STRANGER_BEFORE = re.compile(r"((?:[A-Z]\w+ )*\w+)(?:[-–]| and )$")


def partner_beside(ref: Ref, cast: Cast) -> Ref | None:
    """The name that is no country beside a country: "Israel-Hamas", "between Colombia and the FARC"."""
    text = cast.document.text
    after = _STRANGER_AFTER.match(text, ref.end)
    if after is not None:
        is_known = cast.is_person(after.start(1)) or cast.is_inside(after.start(1))
        return None if is_known else _beside(ref, after.start(1), after.group(1), cast)
    begin = max(ref.start - 30, 0)
    before = _STRANGER_BEFORE.search(text[begin : ref.start])
    if before is None or not before.group(1)[0].isupper() or before.group(1) in ("But", "And", "Both"):
        return None
    start = begin + before.start(1)
    is_known = any(start - 40 <= other.start <= start < other.end or start <= other.start < ref.start
                   for other in cast.within(max(start - 40, 0), ref.start))  # fmt: skip
    is_person = any(cast.is_person(at) for at in range(max(start - 30, 0), ref.start))
    return None if is_known or is_person else _beside(ref, start, before.group(1), cast)


def _beside(ref: Ref, start: int, name: str, cast: Cast) -> Ref | None:
    if name.lower() in _no_outsiders() or name.split()[-1].lower() in _no_outsiders() or cast.is_town(start):
        return None
    return Ref(start, start + len(name), OUTSIDE + name, RefKind.OUTSIDER, ref.sentence, name)


def has_stranger(mention: Mention, cast: Cast) -> bool:
    """A capitalized name acts that is no party known to us."""
    if mention.cue is None or not mention.cue.is_before or mention.form is Form.NAMED:
        return False
    subject = mention.words[mention.clause[0] : mention.cue.first]
    if any(cast.is_person(word.start) for word in subject):
        return False
    if len(subject) == 1 and subject[0].text[0].isupper() and subject[0].low not in grammar()["other"]:
        return True
    return any(
        word.text[0].isupper() and before.low not in grammar()["place-before"] and word.low not in grammar()["other"]
        for before, word in itertools.pairwise(subject)
    )
