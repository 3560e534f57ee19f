"""From the mentions of instruments to the agreements of one article.

Mentions of the same instrument become one agreement; ghosts (too few parties, no standing) are left out.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.extract.mentions import (
    Cue,
    Form,
    Grade,
    Mention,
    Said,
    Word,
    find_mentions,
    grammar,
    is_function_or_step,
    rows_of,
)
from generator.extract.parties import Cast, Ref, Sides, is_named_by_place, sides_of, split_sides
from generator.extract.particulars import (
    Territories,
    chain_of,
    comes_on,
    concluded_on,
    items_of,
    place_of,
    report_date,
    term_of,
    values_of,
)
from generator.extract.text import Document, evidence
from generator.model import (
    AgreementFact,
    Area,
    Evidence,
    Instrument,
    Party,
    QuotationFact,
    Realis,
    SaidDate,
    Status,
    StatusGroup,
)

if TYPE_CHECKING:
    from generator.extract.amounts import FoundItem, FoundMoney
    from generator.extract.attribution import FoundAttribution
    from generator.extract.dates import FoundDate, FoundTerm
    from generator.extract.names import Name
    from generator.extract.people import FoundPerson

_EVIDENCE_CHARACTERS = 300
_EVIDENCES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the other rooms have found in the article."""

    document: Document
    names: "Sequence[Name]" = ()
    people: "Sequence[FoundPerson]" = ()
    money: "Sequence[FoundMoney]" = ()
    items: "Sequence[FoundItem]" = ()
    dates: "Sequence[FoundDate]" = ()
    terms: "Sequence[FoundTerm]" = ()
    attributions: "Sequence[FoundAttribution]" = ()
    quotations: Sequence[QuotationFact] = ()


@dataclass(slots=True, kw_only=True)
class _Draft:
    """An agreement while its mentions are gathered."""

    mentions: list[Mention] = field(default_factory=list)
    refs: dict[str, Ref] = field(default_factory=dict)
    is_stated: bool = False
    has_stranger: bool = False  # the other side is a company or an armed group
    found: set[str] = field(default_factory=set)  # codes that a clause gives; `refs` may be filled up

    def add(self, mention: Mention, sides: Sides) -> None:
        self.mentions.append(mention)
        if sides.is_stated and not self.is_stated and len(sides.codes) > 1:
            self.refs = {}
        if sides.is_stated or not self.is_stated:
            if sides.is_stated or len(self.refs) < 2:
                for ref in sides.refs:
                    self.refs.setdefault(ref.code, ref)
        self.is_stated = self.is_stated or (sides.is_stated and len(sides.codes) > 1)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.refs)

    @property
    def is_bundle(self) -> bool:
        return self.mentions[0].is_plural

    @property
    def instrument(self) -> Instrument:
        """The most exact word of all mentions; "deal" only where there is no other."""
        exact = [m.instrument for m in self.mentions if m.grade is not Grade.GENERIC]
        if exact:
            return exact[0]
        return next((m.instrument for m in self.mentions if m.instrument is not Instrument.DEAL), Instrument.DEAL)


def find_agreements(findings: Findings) -> tuple[AgreementFact, ...]:
    """The agreements of the article in the order of their first mention."""
    cast = Cast(findings.document, findings.names, findings.people)
    drafts: list[_Draft] = []
    for mention in find_mentions(findings.document):
        if is_named_by_place(mention, cast):
            name = " ".join(word.text for word in mention.words[mention.left : mention.last + 1])
            mention = replace(mention, form=Form.NAMED, name=name)
        shares = split_sides(mention, sides_of(mention, cast))
        single = replace(mention, is_plural=False, count=None) if len(shares) > 1 else mention
        for sides in shares:
            _place(single, sides, drafts, cast)
    kept = [draft for draft in _without_titles(drafts) if _is_agreement(draft)]
    kept.sort(key=lambda draft: min(mention.start for mention in draft.mentions))
    territories = Territories(findings.document, [mention for draft in kept for mention in draft.mentions])
    facts = [_fact(number, draft, territories, findings) for number, draft in enumerate(kept, start=1)]
    return tuple(_on_occasion(fact, facts, findings.document) for fact in facts)


def _on_occasion(fact: AgreementFact, facts: Sequence[AgreementFact], document: Document) -> AgreementFact:
    """What the same parties signed without a date was signed when the article says they signed."""
    if fact.concluded is not None or fact.status is not Status.SIGNED or document.published is None:
        return fact
    parties = {party.code for party in fact.parties}
    for other in facts:
        date = other.concluded
        is_news = date is not None and len(date.date) == 10 and date.date[:7] == document.published[:7]
        if date is not None and is_news and {party.code for party in other.parties} == parties:
            return fact.model_copy(update={"concluded": date})
    return fact


# -- joining mentions ------------------------------------------------------------------------------


def _place(mention: Mention, sides: Sides, drafts: list[_Draft], cast: Cast) -> None:
    """Add the mention to the agreement it speaks of, open a new one, or leave it out."""
    if mention.is_apposition and drafts:
        max(drafts, key=lambda draft: draft.mentions[-1].start).add(mention, Sides())
        return
    if mention.is_listed and drafts:
        opener = next((draft for draft in reversed(drafts) if draft.mentions[-1].form is not Form.DEFINITE), drafts[-1])
        mention = replace(mention, cue=mention.cue or opener.mentions[0].cue)
        if len(sides.codes) < 2:
            sides = Sides(refs=tuple(opener.refs.values()), is_stated=opener.is_stated)
    if mention.is_other and len(sides.codes) < 2 and not (mention.cue is not None and mention.cue.kind == "sign"):
        mention = replace(mention, is_other=False)  # "yet another deal" of one leader is the one just reported
    draft = _same(mention, sides, drafts)
    if draft is None and mention.is_verbal:
        known = (d for d in reversed(drafts) if not d.is_bundle and not d.mentions[0].is_verbal)
        draft = next((d for d in known if sides.codes and sides.codes <= d.codes), None)
    if draft is not None:
        is_told = mention.cue is not None or sides.is_stated or sides.is_group
        draft.add(mention, sides if is_told else Sides())
        return
    if not _may_open(mention, sides):
        return
    opened = _Draft()
    opened.add(mention, _filled(mention, sides, cast))
    opened.found = set(sides.codes)
    opened.has_stranger = sides.has_stranger and sides.is_stated
    drafts.append(opened)


def _same(mention: Mention, sides: Sides, drafts: Sequence[_Draft]) -> _Draft | None:
    candidates = [draft for draft in reversed(drafts) if _is_compatible(mention, sides, draft)]
    candidates.sort(key=lambda draft: mention.grade is not Grade.GENERIC and not _has_head(draft, mention))
    if mention.form is Form.NAMED and _name_words(mention) - _words_of(sides):
        return next((draft for draft in candidates if _same_name(mention, draft)), None) or next(
            (draft for draft in candidates if _is_restated(mention, sides, draft)), None
        )
    if mention.form is not Form.INDEFINITE and not mention.is_other:
        return next((draft for draft in candidates if not _is_own(mention, draft)), None)
    return next((d for d in candidates if _is_restated(mention, sides, d) or _is_hoped_again(mention, sides, d)), None)


def _has_head(draft: _Draft, mention: Mention) -> bool:
    return any(m.words[m.head].low == mention.words[mention.head].low for m in draft.mentions)


def _words_of(sides: Sides) -> frozenset[str]:
    return frozenset(word for ref in sides.refs for word in ref.text.lower().replace("-", " ").split())


def _is_hoped_again(mention: Mention, sides: Sides, draft: _Draft) -> bool:
    """ "If no pact is reached" speaks of the pact that is being talked about."""
    if mention.is_listed or mention.is_plural or not sides.codes <= draft.codes:
        return False
    if mention.grade is not Grade.GENERIC and not _has_head(draft, mention):
        return False
    is_open = (
        mention.cue is None or mention.cue.said is not Said.ASSERTED or mention.cue.status.group is StatusGroup.FUTURE
    )
    return is_open and (not sides.codes or _standing(draft)[0].group is StatusGroup.FUTURE)


def _is_compatible(mention: Mention, sides: Sides, draft: _Draft) -> bool:
    """Nothing that the mention says speaks against the agreement: number, instrument, parties, subject."""
    if mention.is_plural != draft.is_bundle and mention.form is not Form.NAMED:
        return False
    if mention.grade is not Grade.GENERIC and all(
        m.grade is not Grade.GENERIC and m.instrument is not mention.instrument for m in draft.mentions
    ):
        return False
    if sides.is_stated and draft.found and sides.codes.isdisjoint(draft.found) and not _has_head(draft, mention):
        return False
    if sides.is_stated and draft.is_stated and not (sides.codes <= draft.codes or draft.codes <= sides.codes):
        return False
    known = frozenset(word for ref in (*sides.refs, *draft.refs.values()) for word in _parts(ref.text))
    names = _proper(mention) - known
    others = [words for words in (_proper(m) - known for m in draft.mentions) if words]
    if names and others and not any(names & words for words in others) and not _same_name(mention, draft):
        return False
    mine, theirs = _modifier_areas(mention), frozenset[Area]().union(*map(_modifier_areas, draft.mentions))
    return not mine or not theirs or bool(mine & theirs)


def _parts(text: str) -> list[str]:
    return text.lower().replace("-", " ").replace("–", " ").split()


def _proper(mention: Mention) -> frozenset[str]:
    """The capitalized words of the noun phrase, in a sentence that is no headline: "the New START treaty"."""
    if mention.sentence.is_title:
        return frozenset()
    words = mention.words[mention.left : mention.head]
    return frozenset(part for word in words if word.text[0].isupper() for part in _parts(word.low))


def _same_name(mention: Mention, draft: _Draft) -> bool:
    mine = _name_words(mention)
    for other in draft.mentions:
        theirs = _name_words(other)
        if mine and theirs and (mine <= theirs or theirs <= mine):
            return True
        if other.acronym is not None and other.acronym.lower() in {
            w.low for w in mention.words[mention.left : mention.head]
        }:
            return True
    return False


def _has_acronym(mention: Mention, acronym: str | None) -> bool:
    return acronym is not None and any(word.text == acronym for word in mention.words[mention.left : mention.last + 1])


def _is_own(mention: Mention, draft: _Draft) -> bool:
    """A definite mention with a subject of its own is another instrument: "a protocol to the agreement on fish"."""
    last = draft.mentions[-1]
    if _same_name(mention, draft):
        return False
    if last.sentence.index == mention.sentence.index and last.head != mention.head:
        is_bare = mention.grade is Grade.GENERIC and mention.left == mention.head
        if last.words[last.head].low != mention.words[mention.head].low and not is_bare and not last.sentence.is_title:
            return True
    mine = _topic(mention)
    if not mine or mention.words[min(mention.last + 1, len(mention.words) - 1)].low not in (
        "on",
        "for",
        "of",
        "about",
        "covering",
    ):
        return False
    return len(mine & frozenset[str]().union(*map(_content, draft.mentions))) * 2 < len(mine)


def _topic(mention: Mention) -> frozenset[str]:
    """The words of content that follow the noun."""
    if mention.words[min(mention.last + 1, len(mention.words) - 1)].low not in grammar()["topic"]:
        return frozenset()
    tail = mention.words[mention.last + 1 : min(mention.clause[1], mention.last + 8)]
    is_subject = mention.words[mention.last + 1].low in ("on", "for", "covering")
    return _stems(word for word in tail if is_subject or word.text.islower())


def _stems(words: Iterable[Word]) -> frozenset[str]:
    """The beginnings of the words that say what it is about."""
    return frozenset(
        word.low[:6]
        for word in words
        if len(word.low) > 3 and not is_function_or_step(word.low) and word.low not in grammar()["faint"]
    )


def _content(mention: Mention) -> frozenset[str]:
    return _stems(mention.words[mention.left : mention.clause[1]])


def _name_words(mention: Mention) -> frozenset[str]:
    if mention.name is None:
        return frozenset()
    parts = (part for word in mention.name.lower().split() for part in word.split("-"))
    heads = {mention.words[i].low for i in range(mention.head, mention.last + 1)}
    return frozenset(word for word in parts if len(word) > 3 and word not in heads)


def _is_restated(mention: Mention, sides: Sides, draft: _Draft) -> bool:
    """An indefinite mention says again what a title, or a sentence on the same parties and subject, has said."""
    if mention.is_other or mention.is_listed or draft.mentions[-1].sentence.index == mention.sentence.index:
        return False
    if sides.codes and draft.codes and not (sides.codes <= draft.codes or draft.codes <= sides.codes):
        return False
    if all(m.sentence.is_title for m in draft.mentions):
        return True
    if mention.is_plural:
        return _is_same_bundle(mention, draft)
    is_generic = mention.grade is Grade.GENERIC and any(m.grade is Grade.GENERIC for m in draft.mentions)
    if not is_generic and not _has_head(draft, mention):
        return False
    return _is_alike(mention, draft)


def _is_alike(mention: Mention, draft: _Draft) -> bool:
    """At least half of what the mention says of its subject has been said of the agreement; or one says nothing."""
    mine = _subject_words(mention)
    theirs = [_subject_words(m) for m in draft.mentions]
    if not mine or not any(theirs):
        return True
    return any(len(mine & words) * 2 >= min(len(mine), len(words)) for words in theirs if words)


def _subject_words(mention: Mention) -> frozenset[str]:
    modifiers = mention.words[mention.left : mention.head]
    return _topic(mention) | _stems(word for word in modifiers if word.text.islower())


def _is_same_bundle(mention: Mention, draft: _Draft) -> bool:
    count = draft.mentions[0].count
    status = draft.mentions[0].cue.status if draft.mentions[0].cue else None
    if draft.instrument not in (Instrument.AGREEMENT, Instrument.DEAL) and not _has_head(draft, mention):
        return False
    if status is not None and status.group is StatusGroup.DONE and bool(mention.count) != bool(count):
        return False
    is_alike = mention.cue is None or status is None or mention.cue.status.group is status.group
    return is_alike and _is_alike(mention, draft) and (mention.count == count or not mention.count or not count)


def _may_open(mention: Mention, sides: Sides) -> bool:
    """Enough is said to speak of one instrument: a name, two parties, or a conclusion."""
    if mention.is_verbal:
        return len(sides.codes) > 1
    if sides.has_stranger and not sides.codes:
        return False
    if mention.is_plural and mention.form is Form.INDEFINITE and mention.cue is None and not mention.is_listed:
        return False
    if mention.is_plural and mention.form is Form.INDEFINITE and not sides.codes and not mention.is_listed:
        return (
            mention.cue is not None and mention.cue.kind in ("sign", "agree") and mention.cue.said is not Said.NEGATED
        )
    if mention.form is Form.NAMED or len(sides.codes) > 1:
        return True
    if mention.form is Form.DEFINITE:
        is_told = mention.cue is not None or bool(sides.codes and _topic(mention))
        return sides.is_stated or (is_told and not mention.is_plural)
    return mention.cue is not None


_COMMERCIAL = (Instrument.CONTRACT, Instrument.LOAN, Instrument.LICENCE)


def _filled(mention: Mention, sides: Sides, cast: Cast) -> Sides:
    """With the parties the article is most about where the clause gives fewer than two."""
    is_standing = mention.form is Form.NAMED and (
        mention.cue is None or mention.cue.kind in ("stand", "apply") or sides.codes
    )
    is_truce = mention.instrument is Instrument.CEASEFIRE and sides.codes
    is_contract = mention.instrument in _COMMERCIAL and not mention.is_listed and not sides.codes
    if len(sides.codes) > 1 or is_standing or is_truce or is_contract or sides.has_stranger:
        return sides
    others = [ref for ref in cast.main if ref.code not in sides.codes]
    refs = tuple(sorted([*sides.refs, *others[: 2 - len(sides.codes)]]))
    return Sides(refs=refs, is_stated=sides.is_stated)


def _without_titles(drafts: Sequence[_Draft]) -> list[_Draft]:
    """What only the title says belongs to the first agreement of the article that it may mean."""
    kept: list[_Draft] = []
    titles = [draft for draft in drafts if all(m.sentence.is_title for m in draft.mentions)]
    bodies = [draft for draft in drafts if not all(m.sentence.is_title for m in draft.mentions)]
    for title in titles:
        meant = next((body for body in bodies if _may_mean(title, body)), None)
        if meant is not None:
            meant.mentions.extend(title.mentions)
        elif title.is_stated or not bodies:
            kept.append(title)
    return [*kept, *bodies]


def _may_mean(title: _Draft, body: _Draft) -> bool:
    if title.found and body.refs and not (title.found <= body.codes or body.codes <= title.found):
        return False
    mine = frozenset[Area]().union(*map(_modifier_areas, title.mentions))
    theirs = frozenset[Area]().union(*map(_areas_of, body.mentions))
    return not mine or not theirs or bool(mine & theirs)


def _is_agreement(draft: _Draft) -> bool:
    if not draft.refs:
        return False
    if len(draft.refs) > 1 or draft.instrument is Instrument.CEASEFIRE:
        return True
    return draft.has_stranger or any(mention.form is Form.NAMED for mention in draft.mentions)


# -- subject ---------------------------------------------------------------------------------------


@functools.cache
def _area_words() -> tuple[Mapping[str, Area], Sequence[tuple[str, Area]]]:
    whole: dict[str, Area] = {}
    begins: list[tuple[str, Area]] = []
    for word, area in rows_of("areas.tsv"):
        if word.endswith("*"):
            begins.append((word[:-1], Area(area)))
        else:
            whole[word] = Area(area)
    return whole, begins


@functools.lru_cache(maxsize=4096)
def _area_of_word(low: str) -> Area | None:
    whole, begins = _area_words()
    if low in whole:
        return whole[low]
    return next((area for stem, area in begins if low.startswith(stem)), None)


def _areas_in(lows: Iterable[str]) -> frozenset[Area]:
    found = set()
    for low in lows:
        for part in low.split("-"):
            area = _area_of_word(part)
            if area is not None:
                found.add(area)
    return frozenset(found)


def _modifier_areas(mention: Mention) -> frozenset[Area]:
    return _areas_in(word.low for word in mention.words[mention.left : mention.head])


def _areas_of(mention: Mention) -> frozenset[Area]:
    """Areas named in the noun phrase and what belongs to it."""
    return _modifier_areas(mention) | _areas_in(
        word.low for word in mention.words[mention.last + 1 : min(mention.clause[1], mention.last + 20)]
    )


# -- standing --------------------------------------------------------------------------------------

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


def _is_strong(cue: Cue) -> bool:
    """It tells a step, not only that the agreement stands ("will enter into force", "may be suspended")."""
    is_standing = cue.said is not Said.ASSERTED and cue.status in (Status.IN_FORCE, Status.SIGNED)
    return cue.weight > _WEAK and not is_standing


def _standing(draft: _Draft) -> tuple[Status, Mention]:
    """The status in which the article leaves the agreement, and the mention that decides."""
    strong = [m for m in draft.mentions if m.cue is not None and _is_strong(m.cue)]
    if strong:
        best = max(strong, key=lambda m: _RANK[m.cue.status] if m.cue else 0)
        assert best.cue is not None
        return best.cue.status, best
    weak = [m for m in draft.mentions if m.cue is not None]
    if weak:
        best = min(weak, key=lambda m: _RANK[m.cue.status] if m.cue else 0)
        assert best.cue is not None
        return best.cue.status, best
    first = draft.mentions[0]
    if first.form is Form.INDEFINITE:
        return Status.PROPOSED, first
    return Status.IN_FORCE, first


# -- facts -----------------------------------------------------------------------------------------


def _fact(number: int, draft: _Draft, territories: Territories, findings: Findings) -> AgreementFact:
    document, mentions = findings.document, draft.mentions
    status, decides = _standing(draft)
    if status is Status.IN_FORCE and draft.instrument in (Instrument.JOINT_STATEMENT, Instrument.DECLARATION):
        status = Status.SIGNED  # a statement that exists has been made; it does not enter into force
    ordered = [decides, *(m for m in draft.mentions if m is not decides)]
    areas = frozenset[Area]().union(*map(_areas_of, draft.mentions))
    return AgreementFact(
        id=f"a{number}",
        title=_title(draft, document),
        parties=tuple(_party(ref, document) for ref in sorted(draft.refs.values())),
        instrument=draft.instrument,
        status=status,
        status_evidence=_passage(decides, document),
        realis=decides.cue.realis if decides.cue is not None else Realis(),
        count=draft.mentions[0].count,
        areas=tuple(area for area in Area if area in areas) or (Area.OTHER,),
        values=values_of(territories.of(mentions, findings.money), document),
        items=items_of(territories.of(mentions, findings.items), document),
        concluded=_concluded(draft, status, findings),
        due=comes_on(mentions, ("sign", "agree", "await"), findings.dates, document) if _is_ahead(status) else None,
        in_force=comes_on(mentions, ("force",), findings.dates, document),
        term=term_of(territories.of(mentions, findings.terms), document),
        place=place_of(mentions, findings.names, document),
        attribution=chain_of(decides, findings.attributions),
        evidence=tuple(dict.fromkeys(_passage(m, document) for m in ordered))[:_EVIDENCES],
        rule=f"mention-{draft.mentions[0].form}-{decides.cue.kind if decides.cue else 'none'}",
    )


def _is_ahead(status: Status) -> bool:
    return status.group is StatusGroup.FUTURE


def _concluded(draft: _Draft, status: Status, findings: Findings) -> SaidDate | None:
    if _is_ahead(status) or status in (Status.AGREED, Status.FAILED):
        return None
    return concluded_on(draft.mentions, findings.dates, findings.document) or report_date(
        draft.mentions, findings.document
    )


def _party(ref: Ref, document: Document) -> Party:
    return Party(
        code=ref.code, name=document.text[ref.start : ref.end], evidence=evidence(document, ref.start, ref.end)
    )


def _title(draft: _Draft, document: Document) -> str:
    best = max(draft.mentions, key=lambda m: (not m.sentence.is_title, m.last - m.left + min(m.clause[1] - m.last, 12)))
    end = min(best.clause[1], best.last + 14)
    return " ".join(document.text[best.start : best.words[end - 1].end].split())


def _passage(mention: Mention, document: Document) -> Evidence:
    """The sentence; where it is long, the clause."""
    sentence = mention.sentence
    if sentence.end - sentence.start <= _EVIDENCE_CHARACTERS:
        return evidence(document, sentence.start, sentence.end)
    start = mention.words[mention.clause[0]].start
    if mention.end - start > _EVIDENCE_CHARACTERS // 2:
        start = mention.start
    stop = start
    for word in mention.words[mention.clause[0] :]:
        if word.end - start > _EVIDENCE_CHARACTERS:
            break
        stop = word.end
    return evidence(document, start, stop)
