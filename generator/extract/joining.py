"""Which mentions speak of the same agreement: "the pact" of the third sentence is the treaty of the first.

A mention joins an agreement, opens a new one, or is left out because it speaks of no instrument in particular.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator import codes
from generator.extract.cast import Cast, Ref, RefKind
from generator.extract.clauses import Cue
from generator.extract.mentions import Form, Mention
from generator.extract.modality import Said
from generator.extract.nouns import Grade, known_names
from generator.extract.parties import (
    Sides,
    has_crowd,
    is_applying,
    is_named_by_place,
    is_of_members,
    sides_of,
    split_sides,
)
from generator.extract.topics import (
    areas_of,
    content_of,
    modifier_areas,
    name_words,
    parts_of,
    proper_names,
    subject_of,
    topic_of,
)
from generator.extract.wordlists import grammar
from generator.model import Area, Instrument, Status, StatusGroup

_RANK = {
    status: rank
    for rank, status in enumerate(
        (
            Status.PROPOSED, Status.FAILED, Status.NEGOTIATING, Status.ANTICIPATED, Status.APPROVED, Status.AGREED,
            Status.SIGNED, Status.IN_FORCE, Status.BREACHED, Status.AMENDED, Status.EXTENDED, Status.SUSPENDED,
            Status.ENDED,
        )
    )
}  # fmt: skip
_WEAK = 2


class Told:
    """A mention with its parties, and what both are compared by; each is read once, when it is first asked for."""

    def __init__(self, mention: Mention, sides: Sides) -> None:
        self.mention = mention
        self.sides = sides

    @functools.cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the parties, outsiders among them."""
        return self.sides.codes

    @functools.cached_property
    def parts(self) -> frozenset[str]:
        """Words by which the parties are named."""
        return frozenset(part for ref in self.sides.refs for part in parts_of(ref.text))

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """Capitalized words of the noun phrase."""
        return proper_names(self.mention)

    @functools.cached_property
    def name_words(self) -> frozenset[str]:
        """Long words of the instrument's name."""
        return name_words(self.mention)

    @functools.cached_property
    def new_name_words(self) -> frozenset[str]:
        """Long words of the instrument's name that do not name its parties."""
        said = (word for ref in self.sides.refs for word in ref.text.lower().replace("-", " ").split())
        return self.name_words.difference(said)

    @functools.cached_property
    def spelled(self) -> frozenset[str]:
        """The words of the noun phrase as they stand."""
        return frozenset(word.text for word in self.mention.words[self.mention.left : self.mention.last + 1])

    @functools.cached_property
    def areas(self) -> frozenset[Area]:
        """Areas that the words before the noun tell."""
        return modifier_areas(self.mention)

    @functools.cached_property
    def topic(self) -> frozenset[str]:
        """Words of content behind the noun; "in 1992" tells nothing of the subject."""
        following = self.mention.words[self.mention.last + 1 : self.mention.last + 3]
        is_time = len(following) > 1 and following[0].low == "in" and following[1].text.isdigit()
        return frozenset() if is_time else topic_of(self.mention)

    @functools.cached_property
    def content(self) -> frozenset[str]:
        """Words of content of the noun phrase and its clause."""
        return content_of(self.mention)

    @functools.cached_property
    def subject(self) -> frozenset[str]:
        """Words that say what the instrument is about."""
        return subject_of(self.mention)

    @functools.cached_property
    def year(self) -> str | None:
        """The year in the noun phrase: "a 1976 treaty"."""
        mention = self.mention
        if not mention.left or mention.words[mention.left - 1].low not in ("a", "an"):
            return None
        words = mention.words[mention.left : mention.head]
        return next((word.text for word in words if len(word.text) == _YEAR and word.text.isdigit()), None)

    @functools.cached_property
    def era(self) -> str:
        """ "past" for "the first agreement", "now" for "the current one"; empty where nothing says so."""
        words = self.mention.words[self.mention.left : self.mention.head]
        if self.mention.form is not Form.DEFINITE or self.mention.is_plural:
            return ""
        return next((era for word in words for era, said in ERAS.items() if word.low in said), "")

    @property
    def head(self) -> str:
        """The noun, in lower case."""
        return self.mention.words[self.mention.head].low

    @property
    def is_generic(self) -> bool:
        """The noun may stand for any other instrument."""
        return self.mention.grade is Grade.GENERIC

    @functools.cached_property
    def known_name(self) -> str | None:
        """The short name under which everybody knows it: "GATT"."""
        words = self.mention.words[self.mention.left : self.mention.last + 1]
        return next((word.text for word in words if word.text in known_names()), None)


_YEAR = 4  # digits
ERAS = {
    "past": frozenset({"first", "previous", "earlier", "former", "old", "original", "preceding"}),
    "now": frozenset({"current", "present", "existing", "latest", "successor"}),
}


class _Look:
    """What is compared of an agreement, read once until it changes."""

    def __init__(self, draft: "Draft") -> None:
        self.samples = draft.told_samples
        self._draft = draft

    @functools.cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(self._draft.refs)

    @functools.cached_property
    def parts(self) -> frozenset[str]:
        return frozenset(part for ref in self._draft.refs.values() for part in parts_of(ref.text))

    @functools.cached_property
    def names(self) -> list[frozenset[str]]:
        return [told.names for told in self.samples if told.names]

    @functools.cached_property
    def areas(self) -> frozenset[Area]:
        return frozenset[Area]().union(*(told.areas for told in self.samples))

    @functools.cached_property
    def content(self) -> frozenset[str]:
        return frozenset[str]().union(*(told.content for told in self.samples))

    @functools.cached_property
    def subjects(self) -> list[frozenset[str]]:
        return [told.subject for told in self.samples if told.subject]

    @functools.cached_property
    def heads(self) -> frozenset[str]:
        return frozenset(told.head for told in self.samples)

    @functools.cached_property
    def instruments(self) -> frozenset[Instrument]:
        return frozenset(told.mention.instrument for told in self.samples)

    @functools.cached_property
    def firm(self) -> frozenset[Instrument]:
        """Instruments of exact words."""
        return frozenset(told.mention.instrument for told in self.samples if told.mention.grade is Grade.FIRM)

    @functools.cached_property
    def has_generic(self) -> bool:
        return any(told.is_generic for told in self.samples)

    @functools.cached_property
    def is_title(self) -> bool:
        return all(told.mention.sentence.is_title for told in self.samples)

    @functools.cached_property
    def group(self) -> StatusGroup:
        return standing_of([told.mention for told in self.samples])[0].group


@dataclass(slots=True, kw_only=True)
class Draft:
    """An agreement while its mentions are gathered."""

    mentions: list[Mention] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)  # the same mentions with what they are compared by
    _look: _Look | None = None
    refs: dict[str, Ref] = field(default_factory=dict)  # by code
    hopefuls: dict[str, Ref] = field(default_factory=dict)  # who may join what is open to many, by code
    is_stated: bool = False  # two parties are named as such: others are not added
    has_stranger: bool = False  # the other side is a company or an armed group
    is_fillable: bool = False  # the parties the article is most about may be meant
    is_internal: bool = False  # members of one organisation agree among themselves
    is_open: bool = False  # open to many countries: every mention may add parties

    def add(self, mention: Mention, sides: Sides) -> None:
        """Take in a mention and the parties that its clause gives."""
        self.mentions.append(mention)
        self.told.append(Told(mention, sides))
        self._look = None
        self.is_open = self.is_open or mention.is_open_to_many or mention.instrument is Instrument.CONVENTION
        if self.is_open:
            self._add_to_many(mention, sides)
            return
        if sides.is_stated and not self.is_stated and len(sides.codes) > 1:
            self.refs = {}
        if sides.is_stated or (not self.is_stated and len(self.refs) < 2):
            for ref in sides.refs:
                self.refs.setdefault(ref.code, ref)
        is_with_stranger = sides.has_stranger and sides.is_stated and bool(sides.codes)
        self.has_stranger = self.has_stranger or is_with_stranger
        self.is_stated = self.is_stated or is_with_stranger or (sides.is_stated and len(sides.codes) > 1)
        self.is_fillable = self.is_fillable or _may_fill(mention, sides)

    def _add_to_many(self, mention: Mention, sides: Sides) -> None:
        """Who signs, ratifies, leaves or breaks it is a party; who wants to join it is none yet."""
        cue = mention.cue
        is_ahead = cue is not None and cue.kind == "sign" and cue.said is not Said.ASSERTED and not cue.is_nominal
        found = self.hopefuls if is_ahead or is_applying(mention) else self.refs
        for ref in sides.refs:
            found.setdefault(ref.code, ref)

    def fill(self, cast: Cast) -> None:
        """Add the parties that lists give, or those the article is most about, where its clauses give too few."""
        if self.is_open:
            self._fill_from_roll(cast)
            return
        first = self.mentions[0]
        if not self.refs and self.is_fillable:
            self.refs = {ref.code: ref for ref in cast.pair_in(first.sentence.index)}
        if (
            not self.refs
            and first.form is Form.DEFINITE
            and first.cue is not None
            and first.cue.kind in ("sign", "agree")
        ):
            self.refs = {ref.code: ref for ref in cast.pair_before(first.sentence.index)}
        self._tell_members(cast)
        self._fill_from_lists(cast)
        self._fill_from_group(cast)
        if self.has_stranger and self.is_stated:
            return
        if self._is_internal(cast):
            self.is_internal = True
            return
        if self.instrument is Instrument.CEASEFIRE and self.refs:
            return  # the other side may be an armed group
        main = cast.main[:_MAIN]
        is_known = self.mentions[0].form is not Form.INDEFINITE and bool(self.refs)
        is_background = is_known and not any(ref.code in self.refs for ref in main)
        if len(self.refs) < 2 and self.is_fillable and not is_background:
            for ref in [ref for ref in main if ref.code not in self.refs][: 2 - len(self.refs)]:
                self.refs[ref.code] = ref

    def _fill_from_roll(self, cast: Cast) -> None:
        """ "Members of the pact include Peru, Chile and Togo": they are its parties, and nobody else is."""
        listed = cast.rolled({mention.sentence.index for mention in self.mentions})
        if listed:
            self.refs = {ref.code: ref for ref in listed}
        self.refs = self.refs or self.hopefuls

    def _tell_members(self, cast: Cast) -> None:
        """A loose group stands for the members that the article lists: "the P5+1 – Peru, Chile …"."""
        for code, ref in list(self.refs.items()):
            is_loose = ref.kind is RefKind.ORGANISATION and codes.organisations()[code].kind in ("group", "alliance")
            members = cast.members(code) if is_loose else ()
            if members:
                del self.refs[code]
                self.refs |= {member.code: self.refs.get(member.code, member) for member in members}

    def _fill_from_group(self, cast: Cast) -> None:
        """The members of a small group whose pact it is, as far as the article names them."""
        members = next(filter(None, (_members_of(mention) for mention in self.samples)), ())
        named = cast.named(members)
        if len(named) > 1:
            self.refs = {ref.code: self.refs.get(ref.code, ref) for ref in named}

    def _fill_from_lists(self, cast: Cast) -> None:
        """The members that the article lists are the parties of what they conclude together."""
        if self.is_stated or not cast.rosters:
            return
        if any(has_crowd(mention) for mention in self.samples):
            listed = cast.listed(members=False)
        elif self.instrument in (Instrument.JOINT_STATEMENT, Instrument.DECLARATION):
            listed = cast.listed()
        elif len(self.refs) < 2:
            listed = cast.listed([m.sentence.index for m in self.samples if m.form is not Form.DEFINITE])
        else:
            return
        states = {code for code, ref in self.refs.items() if ref.kind is not RefKind.ORGANISATION}
        if states <= {ref.code for ref in listed} and listed:
            for ref in listed:
                self.refs.setdefault(ref.code, ref)

    def _is_internal(self, cast: Cast) -> bool:
        """Members of one organisation agree among themselves: "OPEC+ extended its deal", "G7 leaders signed"."""
        ref = next(iter(self.refs.values()), None)
        if len(self.refs) != 1 or ref is None or ref.kind is not RefKind.ORGANISATION:
            return False
        is_own = any(m.left and m.words[m.left - 1].low == "its" and m.cue is not None for m in self.samples)
        is_group = codes.organisations()[ref.code].kind == "group" and any(_is_made(m) for m in self.samples)
        return is_own or is_group or (is_of_members(ref, cast) and any(_is_made(m) for m in self.samples))

    def name_states(self, cast: Cast) -> None:
        """Let words that name a country stand for it, not its president."""
        self.refs = {code: cast.naming(ref) for code, ref in self.refs.items()}

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the parties found so far."""
        return frozenset(self.refs)

    @property
    def look(self) -> _Look:
        """What other mentions are compared with."""
        if self._look is None:
            self._look = _Look(self)
        return self._look

    @property
    def told_samples(self) -> list[Told]:
        """The first and the last mentions, enough to compare with; the work for one mention stays bounded."""
        if len(self.told) <= 2 * _SAMPLES:
            return self.told[:]
        return [*self.told[:_SAMPLES], *self.told[-_SAMPLES:]]

    @property
    def samples(self) -> list[Mention]:
        """The first and the last mentions."""
        return [told.mention for told in self.told_samples]

    @property
    def is_bundle(self) -> bool:
        """Several instruments in one record."""
        return self.mentions[0].is_plural

    @property
    def is_title(self) -> bool:
        """Only the title speaks of it so far."""
        return all(mention.sentence.is_title for mention in self.samples)

    @property
    def instrument(self) -> Instrument:
        """The most exact word of all mentions; "deal" only where there is no other."""
        exact = [mention.instrument for mention in self.samples if mention.grade is not Grade.GENERIC]
        if exact:
            return exact[0]
        words = (mention.instrument for mention in self.samples)
        return next((word for word in words if word is not Instrument.DEAL), Instrument.DEAL)

    @property
    def is_agreement(self) -> bool:
        """Two parties, a multilateral instrument by name, or a state and somebody who is none."""
        states = [ref for ref in self.refs.values() if ref.is_coded]
        if len(self.refs) > 1 or (states and self.is_internal):
            return bool(states)
        is_known = self.has_stranger or self.is_open or not self.is_fillable or self.instrument is Instrument.CEASEFIRE
        return bool(states) and (is_known or any(m.form is Form.NAMED for m in self.mentions))


def _is_made(mention: Mention) -> bool:
    """Somebody makes the instrument, who stands before its verb."""
    cue = mention.cue
    return cue is not None and cue.is_before and cue.kind in ("sign", "agree", "announce", "extend")


def _members_of(mention: Mention) -> tuple[str, ...]:
    """Members of the small group whose name the instrument has: AUKUS."""
    for word in mention.words[mention.left : mention.last + 1]:
        members = _small_groups().get(word.text.upper())
        if members is not None:
            return members
    return ()


@functools.cache
def _small_groups() -> Mapping[str, tuple[str, ...]]:
    return {
        code: group.members
        for code, group in codes.organisations().items()
        if code in known_names() and 1 < len(group.members) <= _SMALL
    }


_SMALL = 4  # members of a group that are all named where its pact is spoken of
_SAMPLES = 4
_PAIR = 2
_REACH = 40  # agreements back that a mention may speak of
_MAIN = 3  # parties that an article can be most about
_COMMERCIAL = (Instrument.CONTRACT, Instrument.LOAN, Instrument.LICENCE)


def join(mentions: Iterable[Mention], cast: Cast) -> list[Draft]:
    """The agreements of the article in the order of their first mention."""
    drafts: list[Draft] = []
    for each in mentions:
        mention = _with_known_name(each)
        if is_named_by_place(mention, cast):
            name = " ".join(word.text for word in mention.words[mention.left : mention.last + 1])
            mention = replace(mention, form=Form.NAMED, name=name)
        shares = split_sides(mention, sides_of(mention, cast))
        if len(shares) > 1:
            mention = replace(mention, is_plural=False, count=None)
        for sides in shares:
            _place(mention, sides, drafts)
    kept = _without_titles(drafts)
    for draft in kept:
        draft.fill(cast)
        draft.name_states(cast)
    kept = [draft for draft in kept if draft.is_agreement]
    return sorted(kept, key=lambda draft: min(mention.start for mention in draft.mentions))


def _with_known_name(mention: Mention) -> Mention:
    """ "The AUKUS pact" is AUKUS; "its own treaty" is another than the one before."""
    modifiers = mention.words[mention.left : mention.head]
    if mention.is_other and mention.left and mention.words[mention.left - 1].low in ("this", "that"):
        mention = replace(mention, is_other=False)  # "this new treaty" is the one just told of
    name = next((word.text for word in modifiers if word.text in known_names()), None)
    if name is not None and not mention.is_plural:
        return replace(mention, form=Form.NAMED, name=name)
    following = mention.words[mention.last + 1].low if mention.last + 1 < len(mention.words) else ""
    if mention.grade is Grade.GENERIC and mention.form is Form.INDEFINITE and following in _MEMBERSHIP:
        return replace(mention, form=Form.DEFINITE, is_other=False)  # "other pact members"
    if any(word.low == "own" for word in modifiers) and mention.form is Form.DEFINITE:
        return replace(mention, form=Form.INDEFINITE, is_other=True)
    return mention


_MEMBERSHIP = ("member", "members", "membership", "signatory", "signatories", "parties")


def _place(mention: Mention, sides: Sides, drafts: list[Draft]) -> None:
    """Add the mention to the agreement it speaks of, open a new one, or leave it out."""
    if (mention.is_apposition or _is_said_again(mention, drafts)) and drafts:
        max(drafts[-_REACH:], key=lambda draft: draft.mentions[-1].start).add(mention, Sides())
        return
    if mention.is_listed and drafts:
        mention, sides = _as_listed(mention, sides, drafts)
    if mention.is_other and len(sides.codes) < 2 and not (mention.cue is not None and mention.cue.kind == "sign"):
        mention = replace(mention, is_other=False)  # "yet another deal" of one leader is the one just reported
    told = Told(mention, sides)
    draft = _same(told, drafts)
    if draft is not None and _is_of_other_era(told, draft):
        opened_old = Draft(has_stranger=sides.has_stranger)
        opened_old.add(mention, Sides(refs=tuple(draft.refs.values()), is_stated=True))
        drafts.append(opened_old)
        return
    if draft is None and mention.is_verbal:
        known = (d for d in reversed(drafts[-_REACH:]) if not d.is_bundle and not d.mentions[0].is_verbal)
        draft = next((d for d in known if sides.codes and sides.codes <= d.codes), None)
    if draft is not None:
        is_told = mention.cue is not None or sides.is_stated or sides.is_group
        is_told = is_told or (not draft.refs and len(sides.states) == _PAIR)  # nobody has been named before
        draft.add(mention, sides if is_told else Sides())
    elif _may_open(mention, sides) and not (drafts and _is_idle(mention, sides)):
        opened = Draft(has_stranger=sides.has_stranger)
        opened.add(mention, sides)
        drafts.append(opened)


def _is_of_other_era(told: Told, draft: Draft) -> bool:
    """ "The first agreement", signed long ago, where the article tells of "the current agreement"."""
    eras = {other.era for other in draft.look.samples} - {""}
    return told.era == "past" and eras == {"now"} and told.mention.cue is not None and bool(draft.refs)


def _is_said_again(mention: Mention, drafts: Sequence[Draft]) -> bool:
    """ "New START, its last arms control treaty with the United States": one instrument."""
    last = drafts[-1].mentions[-1] if drafts else None
    if last is None or last.sentence.index != mention.sentence.index or mention.is_plural or last.is_plural:
        return False
    gap = [word.low for word in mention.words[last.last + 1 : mention.left]]
    if gap in (["titled", "the"], ["entitled", "the"], ["named", "the"]):
        return True  # "a joint statement titled the Lima Declaration"
    return last.form is Form.NAMED and gap[:2] in ([",", "its"], [",", "their"]) and len(gap) <= _APPOSED


_APPOSED = 5  # words of ", its last remaining"


def _as_listed(mention: Mention, sides: Sides, drafts: Sequence[Draft]) -> tuple[Mention, Sides]:
    """The mention with the verb and the parties of the list that it goes on with."""
    near = reversed(drafts[-_REACH:])
    opener = next((draft for draft in near if draft.mentions[-1].form is not Form.DEFINITE), drafts[-1])
    if len(sides.codes) < 2:
        sides = Sides(refs=tuple(opener.refs.values()), is_stated=opener.is_stated)
    return replace(mention, cue=mention.cue or opener.mentions[0].cue), sides


def _may_fill(mention: Mention, sides: Sides) -> bool:
    """The clause speaks of parties that it does not name."""
    if len(sides.codes) > 1 or sides.has_stranger:
        return False
    kind = mention.cue.kind if mention.cue is not None else ""
    if mention.form is Form.NAMED and (kind in ("", "stand", "apply") or (sides.codes and not sides.is_stated)):
        return False
    if mention.instrument is Instrument.CEASEFIRE and sides.codes:
        return False
    return not (mention.instrument in _COMMERCIAL and not mention.is_listed and not sides.codes)


def _same(told: Told, drafts: Sequence[Draft]) -> Draft | None:
    mention, sides = told.mention, told.sides
    if sides.has_stranger and mention.form is Form.INDEFINITE and not sides.states:
        return None  # a deal of others
    recent = list(reversed(drafts[-_REACH:]))
    if mention.form is Form.DEFINITE and mention.left == mention.head:
        recent.sort(key=lambda draft: -draft.mentions[-1].start)  # "the deal" is the one spoken of last
    candidates = [draft for draft in recent if _is_compatible(told, draft)]
    if sides.has_stranger and mention.form is Form.INDEFINITE:
        candidates = [draft for draft in candidates if draft.has_stranger or draft.look.is_title]
    if not told.is_generic:
        candidates.sort(key=lambda draft: not _has_head(told, draft))
    if mention.form is Form.DEFINITE and told.codes:
        candidates.sort(key=lambda draft: not told.codes <= draft.look.codes)
    if told.known_name is not None:
        return next((draft for draft in candidates if _has_known_name(told, draft)), None)
    if mention.form is Form.NAMED and told.new_name_words:
        return next((draft for draft in candidates if _same_name(told, draft)), None) or next(
            (draft for draft in candidates if _is_restated(told, draft)), None
        )
    if mention.form is not Form.INDEFINITE and not mention.is_other:
        return next((draft for draft in candidates if not _is_own(told, draft)), None)
    again = (_is_restated, _is_hoped_again, _is_told_again)
    return next((d for d in candidates if any(is_it(told, d) for is_it in again)), None)


def _has_known_name(told: Told, draft: Draft) -> bool:
    return _same_name(told, draft) or any(told.known_name == other.known_name for other in draft.look.samples)


def _has_head(told: Told, draft: Draft) -> bool:
    """The same noun, or another for the same: "the MOU" is the memorandum of understanding."""
    look = draft.look
    return told.head in look.heads or (told.mention.grade is Grade.FIRM and told.mention.instrument in look.firm)


def _is_hoped_again(told: Told, draft: Draft) -> bool:
    """ "If no pact is reached" speaks of the pact that is being talked about."""
    mention, cue = told.mention, told.mention.cue
    if mention.is_listed or mention.is_plural or not told.codes <= draft.look.codes:
        return False
    if mention.is_other and draft.look.group is not StatusGroup.FUTURE:
        return False  # a new pact beside the one that stands
    if not told.is_generic and not _has_head(told, draft):
        return False
    is_open = cue is None or cue.said is not Said.ASSERTED or cue.status.group is StatusGroup.FUTURE
    return is_open and (not told.codes or draft.look.group is StatusGroup.FUTURE)


def _is_told_again(told: Told, draft: Draft) -> bool:
    """ "We reached an agreement on the loan" names nobody: it is the agreement that has been told of just so."""
    mention = told.mention
    is_said = mention.cue is not None and mention.cue.kind in ("sign", "agree") and told.is_generic
    if told.codes or not is_said or mention.is_plural or mention.is_other or mention.is_listed or not told.topic:
        return False
    look = draft.look
    return len(look.codes) > 1 and told.topic <= look.content and look.group is StatusGroup.DONE


def _is_compatible(told: Told, draft: Draft) -> bool:
    """Nothing that the mention says speaks against the agreement: number, instrument, parties, subject."""
    mention, look = told.mention, draft.look
    if mention.is_plural != draft.is_bundle and not (mention.form is Form.NAMED and _same_name(told, draft)):
        return False
    is_instrument = told.is_generic or look.has_generic or mention.instrument in look.instruments
    if not is_instrument and not _is_bare_kin(mention, draft):
        return False
    if draft.mentions[-1].start == mention.start:
        return False  # the other share of "deals with Peru and Chile"
    if told.year is not None and mention.form is Form.INDEFINITE and all(told.year != t.year for t in look.samples):
        return False  # "it replaces a 1976 treaty"
    is_standing = mention.cue is not None and mention.cue.kind in ("expire", "extend")
    if is_standing and draft.mentions[0].is_other and look.group is not StatusGroup.DONE:
        return False  # what expires is not the new one that is hoped for
    return _may_be_between(told, draft) and _may_be_called(told, draft)


def _may_be_between(told: Told, draft: Draft) -> bool:
    """The parties do not contradict each other."""
    mention, sides, mine, theirs = told.mention, told.sides, told.codes, draft.look.codes
    if draft.is_open and mention.form is Form.INDEFINITE and len(sides.states) > 1:
        return False  # a pact of two beside one of many
    if sides.is_stated and theirs and mine.isdisjoint(theirs) and not _has_head(told, draft):
        return False
    if not (sides.is_stated and draft.is_stated) or mine <= theirs or theirs <= mine:
        return True
    mine, theirs = _without_groups(mine, theirs), _without_groups(theirs, mine)
    return mine <= theirs or theirs <= mine


def _without_groups(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """Without a group of which the other side names a member: "the P5+1" and "the United States and its partners"."""
    groups = codes.organisations()
    return frozenset(code for code in mine if code not in groups or theirs.isdisjoint(groups[code].members))


def _may_be_called(told: Told, draft: Draft) -> bool:
    """Names and areas do not contradict each other."""
    look = draft.look
    if told.names and look.names:
        known = told.parts | look.parts
        names = told.names - known
        others = [words - known for words in look.names if words - known]
        if names and others and not any(names & words for words in others) and not _same_name(told, draft):
            return False
    return not told.areas or not look.areas or bool(told.areas & look.areas)


_TEXTS = (Instrument.DECLARATION, Instrument.JOINT_STATEMENT, Instrument.CEASEFIRE, Instrument.MOU)


def _is_bare_kin(mention: Mention, draft: Draft) -> bool:
    """ "This treaty" may mean a convention."""
    is_bare = mention.form is Form.DEFINITE and mention.left == mention.head
    kin = _TEXTS if mention.instrument in _TEXTS else grammar()["kin"]
    return is_bare and mention.instrument in kin and draft.instrument in kin


def _same_name(told: Told, draft: Draft) -> bool:
    mine, acronym = told.name_words, told.mention.acronym
    for other in draft.look.samples:
        theirs = other.name_words
        if mine and theirs and (mine <= theirs or theirs <= mine):
            return True
        if other.mention.acronym in told.spelled or acronym in other.spelled:
            return True
    return False


def _is_own(told: Told, draft: Draft) -> bool:
    """A definite mention with a subject of its own is another instrument: "a protocol to the agreement on fish"."""
    mention, last = told.mention, draft.mentions[-1]
    if _same_name(told, draft) or _is_defined_term(mention, last):
        return False
    if last.sentence.index == mention.sentence.index and last.head != mention.head:
        is_bare = told.is_generic and mention.left == mention.head
        if last.words[last.head].low != told.head and not is_bare and not last.sentence.is_title:
            return True
    if all(t.mention.is_verbal for t in draft.look.samples) and mention.left < mention.head:
        return told.subject.isdisjoint(draft.look.content)  # "agreed to supply gas" is not "the trade agreement"
    return bool(told.topic) and len(told.topic & draft.look.content) * 2 < len(told.topic)


def _is_defined_term(mention: Mention, last: Mention) -> bool:
    """ "Will finalize the Agreement on Trade and prepare the Agreement for signature": a capital, and the same word."""
    head = mention.words[mention.head]
    is_bare = mention.left == mention.head and head.text[0].isupper() and not mention.sentence.is_title
    is_near = last.sentence.index == mention.sentence.index and last.form is not Form.INDEFINITE
    return is_bare and is_near and last.words[last.head].text == head.text


def _is_restated(told: Told, draft: Draft) -> bool:
    """An indefinite mention says again what a title, or a sentence on the same parties and subject, has said."""
    mention, look, mine, theirs = told.mention, draft.look, told.codes, draft.look.codes
    if mention.is_other or mention.is_listed or draft.mentions[-1].sentence.index == mention.sentence.index:
        return False
    if mention.form is Form.NAMED and not look.is_title and (len(mine) < 2 or _is_name_new(told, draft)):
        return _is_name_told(told, draft)
    is_whole = len(mine | theirs) > 2 or not look.is_title
    if is_whole and mine and theirs and not (mine <= theirs or theirs <= mine):
        return False
    if look.is_title:
        return True
    if mention.is_plural:
        return _is_same_bundle(told, draft)
    is_generic = told.is_generic and look.has_generic
    is_introduced = mention.cue is not None and _is_announced(draft)
    if not is_generic and not _has_head(told, draft) and not is_introduced:
        return False
    return _is_alike(told, draft)


def _is_name_told(told: Told, draft: Draft) -> bool:
    """ "They signed a pact. The Agreement on … was endorsed by the four": the next sentence gives the name."""
    mention, last = told.mention, draft.mentions[-1]
    is_next = mention.sentence.index == last.sentence.index + 1 and mention.words[max(mention.left - 1, 0)].low == "the"
    is_unnamed = all(m.form is not Form.NAMED for m in draft.samples) and not mention.is_open_to_many
    is_same = len(told.codes) > 1 and told.codes == draft.look.codes and told.is_generic
    return is_next and is_unnamed and is_same and mention.cue is not None and mention.left <= 1


def _is_announced(draft: Draft) -> bool:
    """Only "the agreement" or "agreed" has been said: a headline or a summary before what introduces it."""
    return all(
        m.is_verbal or (m.form is Form.DEFINITE and m.grade is Grade.GENERIC and m.left == m.head)
        for m in draft.samples
    )


def _is_name_new(told: Told, draft: Draft) -> bool:
    """A word of the name has not been said of the agreement: "the Minsk agreements" after "an agreement on gas"."""
    return any(word[:6] not in draft.look.content for word in told.new_name_words)


def _is_alike(told: Told, draft: Draft) -> bool:
    """At least half of what the mention says of its subject has been said of the agreement; or one says nothing."""
    mine, theirs = told.subject, draft.look.subjects
    return not mine or not theirs or any(len(mine & words) * 2 >= min(len(mine), len(words)) for words in theirs)


def _is_same_bundle(told: Told, draft: Draft) -> bool:
    mention = told.mention
    count = draft.mentions[0].count
    status = draft.mentions[0].cue.status if draft.mentions[0].cue else None
    if draft.instrument not in (Instrument.AGREEMENT, Instrument.DEAL) and not _has_head(told, draft):
        return False
    if status is not None and status.group is StatusGroup.DONE and bool(mention.count) != bool(count):
        return False
    is_alike = mention.cue is None or status is None or mention.cue.status.group is status.group
    is_about_it = _is_alike(told, draft) or any(told.subject & words for words in draft.look.subjects)
    return is_alike and is_about_it and (mention.count == count or not mention.count or not count)


def _may_open(mention: Mention, sides: Sides) -> bool:
    """Enough is said to speak of one instrument: a name, two parties, or a conclusion."""
    if mention.is_verbal:
        return len(sides.codes) > 1
    if len(sides.codes) < 2 and _is_ones_own(mention):
        return False
    if _is_known(mention):
        return True
    if sides.has_stranger and not sides.states:
        return False
    if mention.is_plural and mention.form is Form.INDEFINITE and mention.cue is None and not mention.is_listed:
        return mention.is_other and sides.is_stated and len(sides.codes) > 1  # "further deals with Peru and Togo"
    if mention.is_plural and mention.form is Form.INDEFINITE and not sides.codes and not mention.is_listed:
        return (
            mention.cue is not None and mention.cue.kind in ("sign", "agree") and mention.cue.said is not Said.NEGATED
        )
    if mention.form is Form.NAMED or len(sides.codes) > 1:
        return True
    if mention.is_plural and not mention.is_listed and (mention.cue is None or mention.cue.kind in _SAYS_LITTLE):
        return False  # "its deals", "offers loans": whose they are with is not said
    if mention.form is Form.DEFINITE:
        is_told = mention.cue is not None or bool(sides.codes and topic_of(mention))
        is_made = mention.cue is not None and mention.cue.kind in ("sign", "agree") and bool(sides.codes)
        is_told = is_told or (mention.grade is Grade.FIRM and _has_worth(mention))
        return sides.is_stated or (is_told and (not mention.is_plural or is_made))
    return mention.cue is not None


def _is_known(mention: Mention) -> bool:
    """Everybody knows it by its name: "AUKUS"."""
    words = mention.words[mention.left : mention.last + 1]
    return mention.form is Form.NAMED and any(word.text in known_names() for word in words)


_SAYS_LITTLE = ("stand", "propose", "protest", "greet", "apply")  # kinds of cues


def _is_ones_own(mention: Mention) -> bool:
    """A country may launch a programme of its own; a joint one has partners."""
    is_launched = mention.cue is not None and mention.cue.kind == "announce" and not mention.is_listed
    is_joint = any(word.low in ("joint", "bilateral") for word in mention.words[mention.left : mention.head])
    return mention.instrument is Instrument.PROGRAMME and is_launched and not is_joint


def _is_idle(mention: Mention, sides: Sides) -> bool:
    """ "The most important aim of a deal": nothing is done, and nobody is named as its party."""
    is_plain = mention.form is Form.INDEFINITE and mention.grade is Grade.GENERIC and mention.cue is None
    is_plain = is_plain and mention.words[mention.head].text[0].islower()
    return is_plain and not (sides.is_stated or sides.is_group or mention.is_listed or mention.sentence.is_title)


def _has_worth(mention: Mention) -> bool:
    following = mention.words[mention.last + 1 : mention.last + 2]
    return any(word.low == "worth" for word in following)


def _without_titles(drafts: Sequence[Draft]) -> list[Draft]:
    """What only the title says belongs to the first agreement of the article that it may mean."""
    kept: list[Draft] = []
    titles = [draft for draft in drafts if draft.is_title]
    bodies = [draft for draft in drafts if not draft.is_title]
    for title in titles:
        meant = next((body for body in bodies[:_REACH] if _may_mean(title, body)), None)
        if meant is not None:
            meant.mentions.extend(title.mentions)
            meant.told.extend(title.told)
            for code, ref in title.refs.items():
                if len(meant.refs) < 2:
                    meant.refs.setdefault(code, ref)
        elif title.is_stated or not bodies:
            kept.append(title)
    return [*kept, *bodies]


def _may_mean(title: Draft, body: Draft) -> bool:
    if len(title.codes | body.codes) > 2 and not (title.codes <= body.codes or body.codes <= title.codes):
        return False
    mine = frozenset[Area]().union(*map(modifier_areas, title.samples))
    theirs = frozenset[Area]().union(*map(areas_of, body.samples))
    return not mine or not theirs or bool(mine & theirs)


def _is_strong(cue: Cue) -> bool:
    """It tells a step, not only that the agreement stands ("will enter into force", "may be suspended")."""
    is_standing = cue.said is not Said.ASSERTED and cue.status in (Status.IN_FORCE, Status.SIGNED)
    return cue.weight > _WEAK and not is_standing


def _outright(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Without "the signing of the pact" where a finite verb says that the signing is still to come."""
    finite = [m for m in mentions if m.cue is not None and not m.cue.is_nominal]
    is_ahead = bool(finite) and all(m.cue is not None and m.cue.status.group is StatusGroup.FUTURE for m in finite)
    return finite if is_ahead else mentions


_STEPS = ("sign", "agree", "await")  # kinds of cues


def _is_of_headline(best: Mention, strong: Sequence[Mention]) -> bool:
    """Only a headline "announces" it: the text may tell of an intent."""
    is_told = any(
        m.cue is not None and m.cue.status.group is StatusGroup.DONE and not m.sentence.is_title for m in strong
    )
    return best.sentence.is_title and best.cue is not None and best.cue.kind == "announce" and not is_told


def standing_of(mentions: Sequence[Mention]) -> tuple[Status, Mention]:
    """The status in which the article leaves the agreement, and the mention that decides."""
    strong = [m for m in mentions if m.cue is not None and _is_strong(m.cue)]
    if strong:
        restored = next((m for m in reversed(strong) if m.cue is not None and m.cue.kind == "restore"), None)
        if restored is not None and restored.cue is not None:
            return restored.cue.status, restored  # it was cancelled, and the cancellation was undone
        best = max(_outright(strong), key=lambda m: _RANK[m.cue.status] if m.cue else 0)
        ahead = next(
            (m for m in strong if m.sentence.is_title and m.cue and m.cue.status.group is StatusGroup.FUTURE), None
        )
        if ahead is None and _is_of_headline(best, strong):
            ahead = next((m for m in strong if m.cue and m.cue.said is Said.FUTURE and m.cue.kind in _STEPS), None)
        if ahead is not None and best.cue is not None and best.cue.status is Status.AGREED:
            best = ahead  # a headline that says "under discussion" outweighs what was agreed in principle
        assert best.cue is not None
        return best.cue.status, best
    weak = [m for m in mentions if m.cue is not None]
    if weak:
        best = min(weak, key=lambda m: _RANK[m.cue.status] if m.cue else 0)
        assert best.cue is not None
        return best.cue.status, best
    known = next((mention for mention in mentions if mention.form is not Form.INDEFINITE), None)
    if known is not None:
        return Status.IN_FORCE, known
    return Status.PROPOSED, mentions[0]
