"""Who the parties of an instrument are, from the words around its mention.

Works on the places of countries, organisations and persons that other rooms have found; knows nothing of status.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator import codes
from generator.extract.cast import Cast, Ref, RefKind, is_attribute, is_before_state, is_maker, party_words, word_before
from generator.extract.clauses import is_function_or_step, is_verb_at
from generator.extract.mentions import Form, Mention
from generator.extract.nouns import Grade, noun_at
from generator.extract.outsiders import (
    NAME_WORDS,
    ONE_TO_ANOTHER,
    acting_outsider,
    company_of,
    has_insider,
    has_stranger,
    is_at_home,
    is_of_company,
    is_with_company,
    partner_beside,
    strange_partner,
)
from generator.extract.wordlists import INDEFINITE, Word, grammar
from generator.model import Instrument

_GROUP_NOUNS = "|".join(sorted(grammar()["group"]))
_GROUP = re.compile(
    r"\b(?:(two|[Bb]oth|three|four|five|six|seven)\s+(?:of\s+)?(?:the\s+|our\s+|these\s+)?(?:[A-Za-z][\w-]{2,19}\s+){0,2}|[Tt]he\s+|[Tt]heir\s+|[Oo]ur\s+)"
    rf"(?:{_GROUP_NOUNS})\b"
)
_SIZES = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The parties of one mention, in the order of the text."""

    refs: tuple[Ref, ...] = ()  # one a code
    is_stated: bool = False  # named in the noun phrase or with "between", "with": they cannot be others
    is_group: bool = False  # "the two countries"
    has_stranger: bool = False  # somebody acts who is no country: a company, perhaps, named or not

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the parties; those of outsiders among them."""
        return frozenset(ref.code for ref in self.refs)

    @property
    def states(self) -> frozenset[str]:
        """Codes of the countries and organisations among the parties."""
        return frozenset(ref.code for ref in self.refs if ref.is_coded)


_ONE_SIDED = ("end", "suspend", "breach", "protest", "stand", "apply")


def sides_of(mention: Mention, cast: Cast) -> Sides:
    """The parties that the clause of a mention gives; fewer than two where it does not say."""
    sides = _sides(mention, cast)
    refs = _without_group(sides.refs, cast.document.text)
    is_strange = sides.has_stranger or any(not ref.is_coded for ref in refs)
    return replace(sides, refs=refs, has_stranger=is_strange)


def _without_group(refs: tuple[Ref, ...], text: str) -> tuple[Ref, ...]:
    """The members alone, where a group is named together with them: "the Quad – Australia, India and Japan"."""
    found = {ref.code for ref in refs}
    kept = []
    for ref in refs:
        group = codes.organisations().get(ref.code)
        members = found.intersection(group.members) if group is not None else ()
        is_loose = group is not None and group.kind in ("group", "alliance")
        if not (len(members) > 1 and (is_loose or _MEMBERS.match(text, ref.end))):
            kept.append(ref)
    return tuple(kept)


_POSSESSIVE = re.compile(r"['’]s?\b")
_ALSO = re.compile(r"\b(?:and (?:their |the )?|together with |along with |alongside |as well as )$", re.IGNORECASE)
_MEMBERS = re.compile(r"(?:['’]s)?,? (?:member|founding member|partner)\w*\b")


def _sides(mention: Mention, cast: Cast) -> Sides:
    head = mention.words[mention.head].start
    inside = [ref for ref in cast.within(mention.start, head) if not _is_title_word(ref, mention)]
    inside = [ref for ref in inside if not _is_of_former(ref, mention, cast.document.text)]
    stated, free = _tail(mention, cast)
    if stated and _is_of_companies(mention, stated[-1]):
        return Sides(has_stranger=True)
    named = _Named(inside, *([company_of(ref, mention, cast) or ref for ref in refs] for refs in (stated, free)))
    outright = _outright(mention, cast, named)
    if outright is not None:
        return outright
    if mention.cue is not None and mention.cue.is_before and _is_word_of(mention, mention.cue.first, "mediate"):
        return Sides(refs=named.refs, is_stated=bool(named.refs))  # who brokered it is no party
    return _by_clause(mention, cast, named)


def _is_of_former(ref: Ref, mention: Mention, text: str) -> bool:
    """In "a pact with Peru and Trade Agreement with Chile" Peru belongs to the instrument before."""
    lead = [word.low for word in mention.words[max(mention.left - 2, 0) : mention.left]]
    return text.startswith(" and ", ref.end) and any(low in ("with", "between") for low in lead)


class _Named(NamedTuple):
    """Who stands in and behind the noun phrase."""

    inside: Sequence[Ref]
    stated: Sequence[Ref]  # after "with", "between", "by"
    free: Sequence[Ref]  # others that may be parties

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The sides that the phrase names, one a code."""
        return _one_each([*self.inside, *self.stated])


def _outright(mention: Mention, cast: Cast, named: _Named) -> Sides | None:
    """Both sides, where the phrase itself names them: "the Peru-Chile pact", "a pact between Israel and Hamas"."""
    strange = _beside_any((*named.inside, *named.stated), cast)
    if strange is not None and len(named.refs) == 1:
        return Sides(refs=_one_each([*named.refs, strange]), is_stated=True, has_stranger=True)
    is_owned = any(_POSSESSIVE.match(cast.document.text, ref.end) for ref in named.inside)
    is_pair = len(_one_each(named.inside)) > 1 or ((_is_between(mention) or is_owned) and len(named.refs) > 1)
    is_denounced = len(named.refs) > 1 and _kind_of(mention) in ("reject", "protest")
    return Sides(refs=named.refs, is_stated=True) if is_pair or is_denounced else None


def _beside_any(refs: Iterable[Ref], cast: Cast) -> Ref | None:
    """The outsider that is named together with one of some countries."""
    return next(filter(None, (partner_beside(ref, cast) for ref in refs if ref.is_coded)), None)


def _kind_of(mention: Mention) -> str:
    return mention.cue.kind if mention.cue is not None else ""


def _is_word_of(mention: Mention, index: int, name: str) -> bool:
    return mention.words[index].low in party_words()[name]


def _by_clause(mention: Mention, cast: Cast, named: _Named) -> Sides:
    """The sides that the clause gives: who acts, "the two countries", and whom the phrase names."""
    kind = _kind_of(mention)
    is_standing = mention.form is Form.NAMED and kind in ("", "stand", "apply")
    is_others = kind == "protest" and not (len(named.refs) == 1 and len(named.stated) == 1)
    subject = [] if is_others else _subject(mention, cast, is_standing=is_standing)
    subject = [company_of(ref, mention, cast) or ref for ref in subject]
    grouped = None if is_standing else _of_group(mention, cast, named, subject)
    if grouped is not None:
        return grouped
    refs = _completed(mention, cast, named, subject)
    is_strange = bool(subject and named.stated) and len(refs) == 1  # a government and rebels of the same country
    partner = strange_partner(mention, cast, _tail_end(mention)) if len(refs) < _PAIR else None
    if partner is not None:
        refs = _one_each([*refs, partner])
    is_company = len(refs) < _PAIR and is_with_company(mention, cast, _tail_end(mention))
    if len(refs) < _PAIR and partner is None and not is_strange and not is_company:
        refs = _one_each([*refs, *_by_instrument(mention, cast, refs)])
    if is_at_home(refs, cast) or has_insider(mention, refs):
        return Sides(has_stranger=True)
    is_unnamed = len(refs) == 1 and bool(named.stated) and is_of_company(mention)
    is_strange = is_strange or is_company or (not subject and (is_unnamed or has_stranger(mention, cast)))
    is_outside = any(not ref.is_coded for ref in refs)
    is_made = kind in _MAKING and mention.cue is not None and mention.cue.is_before and len(_one_each(subject)) > 1
    is_stated = bool(named.refs) or (is_outside and len(refs) == _PAIR) or (is_made and mention.form is Form.INDEFINITE)
    return Sides(refs=refs, is_stated=is_stated, has_stranger=is_strange or is_outside)


def _completed(mention: Mention, cast: Cast, named: _Named, subject: Sequence[Ref]) -> tuple[Ref, ...]:
    """Who acts and who is named; where that is one side, who else the clause may mean."""
    refs = _one_each([*subject, *named.refs])
    if len(refs) < _PAIR:
        refs = _one_each([*refs, *_owner(mention, cast)])
    is_headless = not subject and not named.inside and mention.left <= 1 and mention.cue is None
    if is_headless and len(named.refs) > 1 and cast.main and not _is_between(mention):
        refs = _one_each([*cast.main[:1], *refs])  # "Deals with Peru, Chile and Togo will …"
    is_one = len(refs) < _PAIR and not mention.sentence.is_title
    company = acting_outsider(mention, cast) if is_one and not subject else None
    if company is None and is_one and _kind_of(mention) in _MAKING:
        company = _beside_any(subject, cast)  # "Drugco and Peru signed"
    if company is not None:
        refs = _one_each([company, *refs])
    is_free = mention.form is not Form.NAMED and mention.instrument is not Instrument.PROGRAMME
    if len(refs) < _PAIR and is_free and _kind_of(mention) not in _ONE_SIDED:
        refs = _one_each([*refs, *named.free])
    return refs


def _by_instrument(mention: Mention, cast: Cast, refs: Sequence[Ref]) -> Sequence[Ref]:
    """Who else is a party because of what is concluded: the maker of what is bought, the country of a truce."""
    if mention.instrument in (Instrument.CONTRACT, Instrument.LOAN):
        return _adjectives(mention, cast)
    if not refs and mention.instrument is Instrument.CEASEFIRE:
        words = mention.words
        found = cast.within(words[mention.last].end, words[mention.clause[1] - 1].end)  # "a truce in Yemen"
        text = cast.document.text
        return [ref for ref in found if not (_is_reporter(ref, text) or _is_attribute_of_place(ref, text))]
    return ()


def _of_group(mention: Mention, cast: Cast, named: _Named, subject: Sequence[Ref]) -> Sides | None:
    """ "The two countries", where no more than one side is named."""
    if len(named.refs) > 1:
        return None
    group, place = _group(mention, cast)
    if len(_one_each(subject)) > 1 and len(group) <= len(_one_each(subject)):
        return None
    if place and not group and _kind_of(mention) in _MAKING and not subject:
        return Sides(refs=cast.main[:1], is_stated=True, has_stranger=True)  # "all four parties", who are not told
    if not group:
        return None
    text = cast.document.text
    also = [ref for ref in subject if _ALSO.search(text, max(ref.start - 14, 0), ref.start)]
    if subject and not also and all(ref.start > place for ref in subject):
        return None  # "mediates between the parties, Peru said …": somebody else acts
    return Sides(refs=_one_each([*group, *named.refs, *also]), is_stated=bool(named.refs), is_group=True)


_MAKING = ("sign", "agree", "negotiate", "extend")  # kinds of cues whose subjects are the parties


_PAIR = 2


def _owner(mention: Mention, cast: Cast) -> list[Ref]:
    """ "Its deal with Chile" is the deal of who acts."""
    before = mention.words[mention.left - 1] if mention.left else None
    return cast.last_actor(before.start) if before is not None and before.low == "its" else []


def _adjectives(mention: Mention, cast: Cast) -> list[Ref]:
    """The makers of what is bought: "a contract for four Swedish jets"."""
    rest = cast.within(mention.words[mention.last].end, mention.words[mention.clause[1] - 1].end)
    return [ref for ref in rest if ref.kind is RefKind.ADJECTIVE]


def _is_of_companies(mention: Mention, last: Ref) -> bool:
    """ "Deals between Peruvian and Chilean companies" are not ours."""
    following = [word.low for word in mention.words[mention.last + 1 :] if word.start >= last.end][:3]
    return last.kind is not RefKind.PERSON and any(low in grammar()["company"] for low in following)


def _one_each(refs: Sequence[Ref]) -> tuple[Ref, ...]:
    first: dict[str, Ref] = {}
    for ref in refs:
        first.setdefault(ref.code, ref)
    return tuple(sorted(first.values()))


def _is_between(mention: Mention) -> bool:
    return any(word.low == "between" for word in mention.words[mention.last + 1 : mention.last + 12])


def _tail(mention: Mention, cast: Cast) -> tuple[list[Ref], list[Ref]]:
    """References after the noun: those after "between", "with", "among", and the others that may be parties."""
    words = mention.words
    end = _tail_end(mention)
    stated: list[Ref] = []
    actor: list[Ref] = []
    others: list[Ref] = []  # mediators
    index = mention.last + 1
    while index < end:
        low = words[index].low
        is_absolute = low == "with" and words[index - 1].text == ","  # "…, with Ghana winning the bid"
        if is_absolute:
            index += 1
            continue
        if low == "by" and words[index - 1].low in grammar()["mediated-by"]:
            stop = _segment_end(words, index + 1, end, cast)
            others.extend(cast.within(words[index].start, words[_behind_comma(words, index, stop) - 1].end))
        is_agent = low == "by" and words[index - 1].low not in grammar()["mediated-by"]
        is_near = index <= mention.last + 4 or (is_agent and _is_signed(words[mention.last + 1 : index]))
        if low in ("which", "that") and index <= mention.last + NAME_WORDS:
            signers = _signers(words, index + 1, end, cast)
            if signers:
                return signers, []
        if not stated and not actor and (low in ("which", "that") or index == mention.last + 1):
            actor = _relative_actor(words, index, end, cast)
        if low == "it" and any(word.low in party_words()["shared-with"] for word in words[index + 1 : index + 5]):
            actor = cast.last_actor(words[index].start)  # "the pact it signed with Chile"
        noun = noun_at(words, index) if stated or index > mention.last + _NEAR else None
        if noun is not None and noun.grade is not Grade.LOOSE:
            break  # "Peru's deal with Chile, like its pact with Ghana"
        if stated and (is_verb_at(words, index) or low in grammar()["be"]):
            break  # the next clause begins: "has pacts with Peru and is negotiating one with Chile"
        is_of = low == "of" and index <= mention.last + (1 if mention.form is Form.NAMED else 4)
        is_from = low == "from" and mention.instrument in ONE_TO_ANOTHER and index <= mention.last + 4
        lead = words[index - 1].low
        if low == "with" and (lead in party_words()["before-with"] or lead in grammar()["mediated-by"]):
            index += 1
            continue
        if low in ("between", "with", "among", "amongst") or (is_near and (is_agent or is_of)) or is_from:
            stop = _segment_end(words, index + 1, end, cast)
            refs = cast.within(words[index].start, words[stop - 1].end)
            if low != "of" or any(ref.kind is RefKind.ORGANISATION for ref in refs):
                is_pairing = low in ("between", "with")  # "between Manila and Tokyo": no places of signature
                if low == "with" and words[index - 1].text in party_words()["relation"]:
                    refs = []  # "on the border with Chile"
                stated.extend(
                    ref
                    for ref in refs
                    if not is_maker(ref, cast.document.text)
                    and not (_is_title_word(ref, mention) and not (is_pairing and ref.kind is RefKind.CAPITAL))
                )
            index = stop
        else:
            index += 1
    rest = cast.within(words[mention.last].end, words[end - 1].end)
    stated = [*actor, *stated] if stated else []
    is_free = functools.partial(_is_free, text=cast.document.text, is_text=mention.instrument in _TEXTS)
    return stated, [ref for ref in rest if ref.kind is not RefKind.PERSON and ref not in others and is_free(ref)]


_TEXTS = (Instrument.DECLARATION, Instrument.JOINT_STATEMENT)


def _behind_comma(words: Sequence[Word], begin: int, stop: int) -> int:
    """ "Brokered by Russia and Turkey, Syria and Israel …": a list ends where a comma follows its "and"."""
    joint = next((index for index in range(begin, stop) if words[index].low == "and"), None)
    if joint is None:
        return stop
    return next((index for index in range(joint, stop) if words[index].text == ","), stop)


def _relative_actor(words: Sequence[Word], begin: int, end: int, cast: Cast) -> list[Ref]:
    """ "The deal which Ankara signed with Tripoli": who signs in the relative clause."""
    for verb in range(begin + 1, min(begin + 9, end - 1)):
        if words[verb].low in party_words()["shared-with"]:
            is_shared = any(word.low == "with" for word in words[verb + 1 : verb + 3])
            return cast.within(words[begin].start, words[verb].start) if is_shared else []
        if is_verb_at(words, verb) or words[verb].low in grammar()["preposition"]:
            return []
    return []


def _signers(words: Sequence[Word], begin: int, end: int, cast: Cast) -> list[Ref]:
    """ "The treaty, which Peru, Chile and Togo have signed": who stands before the verb of the relative clause."""
    stop = next((at for at in range(begin, min(begin + 25, end)) if is_verb_at(words, at)), None)
    if stop is None or words[stop].low not in party_words()["shared-with"]:
        return []
    if any(word.low in ("with", "between", "by") for word in words[stop : stop + 4]):
        return []
    refs = cast.within(words[begin].start, words[stop].start)
    names = [word for word in words[begin:stop] if word.text[0].isalnum() and not cast.is_inside(word.start)]
    is_list = all(word.low in grammar()["list-word"] or word.low in grammar()["auxiliary"] for word in names)
    return refs if is_list and len(refs) > 1 else []


_NEAR = 6  # words after an instrument that may name it once more: "an agreement on a trade pact with Chile"


def _tail_end(mention: Mention) -> int:
    """Where the words that belong to the noun stop: at a clause of time, or at a verb with a subject of its own."""
    words = mention.words
    for index in range(mention.last + 1, mention.clause[1]):
        low = words[index].low
        if low in grammar()["tail-break"] and not (low == "which" and _leads_to_partner(words, index, mention)):
            return index
    return mention.clause[1]


def _leads_to_partner(words: Sequence[Word], index: int, mention: Mention) -> bool:
    """ "Which it had signed with Ukraine", "which Peru and Chile have signed": the clause names parties."""
    near = words[index + 1 : min(index + 25, mention.clause[1])]
    verb = next((place for place, word in enumerate(near) if word.low in party_words()["shared-with"]), None)
    is_before_with = verb is not None and any(
        word.low in ("with", "between", "by") for word in near[verb + 1 : verb + 3]
    )
    return verb is not None and (is_before_with or near[0].text[0].isupper())


def _is_signed(words: Sequence[Word]) -> bool:
    """ "Signed in 2020" before "by"."""
    return any(word.low in party_words()["shared-with"] for word in words)


def _is_title_word(ref: Ref, mention: Mention) -> bool:
    """A name within a title is the place of signature or the instrument itself: "Paris Agreement", "GATT"."""
    if mention.form is not Form.NAMED:
        return False
    head = mention.words[mention.head].start
    return ref.kind is RefKind.CAPITAL or (ref.start <= head < ref.end) or ref.text == mention.acronym


def _segment_end(words: Sequence[Word], begin: int, end: int, cast: Cast) -> int:
    """Where the names after "with" or "between" stop: at the first word that no list of names has."""
    names = cast.within(words[begin].start, words[end - 1].end) if begin < end else []
    covered = {index for index in range(begin, end) if any(n.start <= words[index].start < n.end for n in names)}
    for index in range(begin, end):
        word = words[index]
        if index > begin and word.text[0].isupper() and noun_at(words, index) is not None:
            return max(index, begin + 1)  # "with Peru and Economic Cooperation Agreement with Chile"
        is_name = index in covered or word.text[0].isupper() or word.low in grammar()["state-noun"]
        if not is_name and word.low not in grammar()["list-word"]:
            return _before_new_subject(words, begin, index)
    return _before_new_subject(words, begin, end) if end < len(words) else end


def _before_new_subject(words: Sequence[Word], begin: int, stop: int) -> int:
    """Without the last name where it is the subject of what follows: "with Peru, and Chile signed"."""
    if is_function_or_step(words[stop].low) and words[stop].low not in grammar()["preposition"]:
        for index in range(stop - 1, begin, -1):
            if words[index].low == "and" and words[index - 1].low == ",":
                return index
    return max(stop, begin + 1)


def _is_attribute_of_place(ref: Ref, text: str) -> bool:
    """ "In Ethiopia's capital": only where something happens."""
    return _CAPITAL_OF.match(text, ref.end) is not None


_CAPITAL_OF = re.compile(r"(?:['’]s)? (?:[a-z]+ )?(?:capital|city|town|port|resort)\b")


def _is_reporter(ref: Ref, text: str) -> bool:
    """ "…, the UN envoy said": who tells of it, behind a comma."""
    is_behind = _COMMA.search(text, max(ref.start - 6, 0), ref.start) is not None
    return is_behind and _REPORTS.match(text, ref.end, ref.end + 80) is not None


_COMMA = re.compile(r", (?:the )?$")
_REPORTS = re.compile(r"(?:['’]s)?(?: [\w.’'-]+){0,6} (?:said|says|told|announced|reported|confirmed)\b")
_NEW_CLAUSE = re.compile(r", (?:and|but|while) (?:the )?$")


def _is_free(ref: Ref, text: str, *, is_text: bool) -> bool:
    """No mere place, and an adjective only before a word of state: "Russian ministry", not "Russian gas".

    What a statement is for, on or against is its subject.
    """
    before = word_before(text, ref.start)
    if _NEW_CLAUSE.search(text, max(ref.start - 10, 0), ref.start) and text[ref.end : ref.end + 2].strip().islower():
        return False  # "…, and Washington eased its sanctions"
    if _is_reporter(ref, text):
        return False
    if is_text and before in party_words()["about"]:
        return False
    if not ref.is_coded:
        return before not in grammar()["place-before"]
    if is_attribute(ref, text):
        return is_before_state(ref, text)
    if before in ("within", "under"):
        return False
    if before in grammar()["place-before"] or (before in ("on", "about") and ref.kind is RefKind.ADJECTIVE):
        return ref.kind is RefKind.ADJECTIVE and is_before_state(ref, text)
    return ref.kind is not RefKind.ADJECTIVE or is_before_state(ref, text)


def _subject(mention: Mention, cast: Cast, *, is_standing: bool) -> list[Ref]:
    """Who acts: the names before the verb, in its own clause where that has any."""
    words, cue = mention.words, mention.cue
    is_within = (
        mention.left > 1
        and words[mention.left - 2].low in ("in", "under")
        and words[mention.left - 1].low in INDEFINITE
    )
    if cue is not None and cue.is_verb and not cue.is_before and not is_within:
        return []  # "welcomed the deal that was signed": the verb before has another subject
    begin = mention.clause[0]
    end = mention.left if cue is None or mention.is_listed or not cue.is_before else max(cue.first, begin)
    text = cast.document.text
    if cue is not None and not cue.is_verb and cue.is_before and cue.first > 0:
        owner = [ref for ref in cast.within(words[max(cue.first - 3, 0)].start, words[cue.first].start)
                 if text[ref.end : words[cue.first].start].strip() in ("", "'s", "’s", "'", "’")]  # fmt: skip
        if owner:
            return owner  # "Brazilian compliance with", "Iran's ratification of"
    if (cue is None or cue.kind == "stand") and mention.left <= 2 and words[0].low == "under":
        return _after_comma(mention, cast)  # "Under the pact of 1994, Peru and Chile gave …"
    for first, last in _subject_regions(words, begin, end, cast):
        refs = [ref for ref in cast.within(words[first].start, words[last - 1].end) if _is_subject(ref, text)]
        refs = refs or _nicknamed(words[first:last], cast)
        if refs or is_standing:
            return refs
        if any(word.low in ("he", "she") for word in words[first:last]):
            partners = cast.within(words[mention.head].start, words[mention.clause[1] - 1].end)
            return cast.last_person(words[first].start, frozenset(ref.code for ref in partners))
        if any(word.low == "they" for word in words[first:last]):
            place = next(word.start for word in words[first:last] if word.low == "they")
            return list(cast.last_list(place) or cast.last_together(words[first].start, _PAIR))
        if any(word.low == "it" for word in words[max(first, last - 4) : last]):
            return cast.last_actor(words[max(first, last - 4)].start)
    if cue is not None and cue.is_nominal and cue.first - begin < _OPENING:
        return _after_comma(mention, cast)
    if cue is not None and cue.is_verb and cue.is_before and cue.kind == "end":
        return cast.within(words[cue.first].start, mention.start)  # "pulled the country out of"
    return []


def _nicknamed(words: Sequence[Word], cast: Cast) -> list[Ref]:
    """Who is meant by "the bloc", "the lender", "the country"."""
    for index in range(len(words) - 1, 0, -1):
        lead = words[index - 2].low if index > 1 and words[index - 1].text[0].isupper() else words[index - 1].low
        if lead in ("the", "that", "this"):
            for name, kinds in _NICKNAMES:
                if words[index].low in party_words()[name]:
                    return cast.last_organisation(words[index].start, kinds)
            if words[index].low in party_words()["country"]:
                return cast.last_state(words[index].start)
    return []


_NICKNAMES = (
    ("bloc", frozenset({"intergovernmental", "alliance", "group"})),
    ("lender", frozenset({"bank"})),
)

_OPENING = 4  # words before the gerund of an opening clause
_SUBJECT_WORDS = 12  # after the comma that closes it


def _after_comma(mention: Mention, cast: Cast) -> list[Ref]:
    """ "Prior to joining the treaty, Peru …": the subject of the main clause has joined it."""
    words = mention.words
    comma = next((i for i in range(mention.last + 1, len(words) - 1) if words[i].text == ","), None)
    if comma is None:
        return []
    last = min(comma + _SUBJECT_WORDS, len(words) - 1)
    verb = next((i for i in range(comma + 1, last) if is_verb_at(words, i)), last)
    refs = cast.within(words[comma].start, words[verb].start)
    return [ref for ref in refs if _is_subject(ref, cast.document.text)]


def _subject_regions(words: Sequence[Word], begin: int, end: int, cast: Cast) -> Iterator[tuple[int, int]]:
    """Nearest first: after the last earlier verb and its "and", then before the first verb, then all."""

    def is_list(index: int) -> bool:
        following = words[index + 2] if words[index + 1].low == "the" and index + 2 < end else words[index + 1]
        return cast.is_inside(words[index - 1].start) and cast.is_inside(following.start)

    told = next((i for i in range(end - 1, begin, -1) if words[i].low in party_words()["control"]), None)
    if told is not None and any(word.low == "to" for word in words[told + 1 : end + 1]):
        yield told + 1, end  # "China warned Lithuania not to sign"
    verbs = [index for index in range(begin, end) if is_verb_at(words, index)]
    if verbs:
        joint = next((i for i in range(end - 1, verbs[-1], -1) if words[i].low == "and" and not is_list(i)), None)
        if joint is not None and joint + 1 < end:
            yield joint + 1, end
        comma = next((i for i in range(end - 1, verbs[-1], -1) if words[i].text == "," and not is_list(i)), None)
        if joint is None and comma is not None and comma + 2 < end:
            name = words[comma + 2] if words[comma + 1].low == "the" else words[comma + 1]
            if name.text[0].isupper():
                yield comma + 1, end
        if verbs[0] > begin:
            yield begin, verbs[0]
    if end > begin:
        yield begin, end
    if begin > 0 and (end <= begin or words[end].low.endswith("ing") or words[end - 1].low == "to"):
        yield max(begin - 40, 0), end  # "after signing": who signs stands before


def _is_subject(ref: Ref, text: str) -> bool:
    before = word_before(text, ref.start)
    if text[max(ref.start - 17, 0) : ref.start].lower().endswith(("according to ", "according to the ")):
        return False
    if ref.kind is RefKind.ADJECTIVE or is_attribute(ref, text):
        return before not in ("in", "at") and is_before_state(ref, text)
    return before not in grammar()["place-before"]


def _group(mention: Mention, cast: Cast) -> tuple[tuple[Ref, ...], int]:
    """Who "the two countries" are, and where they stand."""
    words = mention.words
    start, end = words[mention.clause[0]].start, words[mention.clause[1] - 1].end
    lows = [word.low for word in words[mention.last + 1 : mention.last + 6]]
    for at in range(len(lows) - 2):
        if lows[at : at + 3] == ["between", "the", "two"]:
            place = words[mention.last + at + 1].start
            return cast.last_together(place, _PAIR), place
    match = _GROUP.search(cast.document.text, start, min(end, start + 600))
    if match is None or cast.within(match.start(), match.end()):
        return (), 0  # "two Peruvian officials" are no pair of countries
    size = _SIZES[(match.group(1) or "two").lower()]
    return cast.last_together(match.start(), size), match.start()


def is_of_members(ref: Ref, cast: Cast) -> bool:
    """The members of an organisation act: "G7 leaders", "all members of ASEAN"."""
    text = cast.document.text
    return (
        _CROWD_AFTER.match(text, ref.end) is not None
        or _CROWD_BEFORE.search(text, max(ref.start - 40, 0), ref.start) is not None
    )


_CROWD = "|".join(sorted(grammar()["crowd"]))
_CROWD_AFTER = re.compile(rf"(?:['’]s)? (?:{_CROWD}|foreign ministers|finance ministers|defence ministers)\b")
_CROWD_BEFORE = re.compile(rf"\b(?:{_CROWD}) of (?:the )?$")


def is_applying(mention: Mention) -> bool:
    """Somebody wants to join: "Taiwan's accession to the pact", "a bid to enter it"."""
    words = mention.words
    near = words[max(mention.left - 8, 0) : min(mention.last + 5, len(words))]
    return any(word.low in party_words()["applicant"] for word in near)


def has_crowd(mention: Mention) -> bool:
    """Members or leaders without names act: "the bloc's leaders signed"; "the two leaders" are no crowd."""
    cue = mention.cue
    if cue is None or not cue.is_before or cue.kind not in ("sign", "agree", "announce"):
        return False
    subject = [word.low for word in mention.words[mention.clause[0] : cue.first]]
    is_pair = not {"two", "both", "bilateral"}.isdisjoint(subject)
    return not is_pair and not grammar()["crowd-subject"].isdisjoint(subject)


def is_named_by_place(mention: Mention, cast: Cast) -> bool:
    """A city alone before the noun names the instrument: "the Paris climate agreement", "the Minsk accords"."""
    inside = cast.within(mention.start, mention.words[mention.head].start)
    is_alone = all(ref.start == mention.start for ref in inside) and mention.start in cast.capitals
    return is_alone and (mention.form is Form.DEFINITE or mention.sentence.is_title)


def split_sides(mention: Mention, sides: Sides) -> tuple[Sides, ...]:
    """One a partner where a plural is shared out: "deals with Peru and Chile" are two instruments."""
    words = mention.words
    is_similar = any(word.low in ("similar", "comparable") for word in words[mention.left : mention.head])
    if not mention.is_plural and not is_similar:
        return (sides,)
    at = next(
        (i for i in range(mention.last + 1, min(mention.clause[1], mention.last + 9)) if words[i].low == "with"), None
    )
    if at is None:
        return (sides,)
    start = words[at].start
    partners = [ref for ref in sides.refs if ref.start > start]
    own = [ref for ref in sides.refs if ref.start <= start]
    is_headless = mention.cue is None and not any(ref.sentence == mention.sentence.index for ref in own)
    is_counted = mention.count in (None, 0, len(partners))
    if is_similar and len(partners) == 1 and 1 < len(own) <= 6:
        return tuple(Sides(refs=(one, *partners), is_stated=True) for one in own)
    if (is_similar and len(own) != 1) or is_headless:
        return (sides,)
    if len(partners) < 2 or len(partners) > 6 or not is_counted:
        return (sides,)
    return tuple(Sides(refs=(*own, partner), is_stated=True) for partner in partners)
