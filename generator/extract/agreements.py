"""From the mentions of instruments to the agreements of one article.

The last step of the cascade: mentions → parties → joined mentions → agreements with their sums, goods and dates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.codes import party_name
from generator.extract.cast import Cast, Ref
from generator.extract.joining import ERAS, Draft, join, standing_of
from generator.extract.mentions import Mention, find_mentions
from generator.extract.particulars import (
    chain_of,
    comes_on,
    concluded_on,
    is_long_past,
    items_of,
    place_of,
    report_date,
    term_of,
    values_of,
)
from generator.extract.territories import Shares, Territories, by_sentence
from generator.extract.text import Document, evidence
from generator.extract.titles import title_of
from generator.extract.topics import areas_of_all
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shares:
    """The finds of the article laid out for its agreements."""

    document: Document
    money: "Shares[FoundMoney]"
    items: "Shares[FoundItem]"
    terms: "Shares[FoundTerm]"
    own_dates: "Shares[FoundDate]"
    dates: "Mapping[int, Sequence[FoundDate]]"  # by sentence, as the next two
    names: "Mapping[int, Sequence[Name]]"
    attributions: "Mapping[int, Sequence[FoundAttribution]]"


def find_agreements(findings: Findings) -> tuple[AgreementFact, ...]:
    """The agreements of the article in the order of their first mention."""
    document = findings.document
    mentions = find_mentions(document)
    drafts = join(mentions, Cast(document, findings.names, findings.people))
    names = by_sentence(findings.names)
    territories = Territories(document, mentions, drafts, names)
    shares = _Shares(
        document=document,
        money=territories.shares(findings.money),
        items=territories.shares(findings.items),
        terms=territories.shares(findings.terms),
        own_dates=territories.shares(findings.dates),
        dates=by_sentence(findings.dates),
        names=names,
        attributions=by_sentence(findings.attributions),
    )
    facts = [_fact(number, draft, shares) for number, draft in enumerate(drafts)]
    return _on_one_occasion(_superseded(facts, drafts, document), document)


def _superseded(facts: Sequence[AgreementFact], drafts: Sequence[Draft], document: Document) -> list[AgreementFact]:
    """ "The first grains agreement" of years ago has ended where "the current one" of the same parties stands."""
    parties = [frozenset(party.code or party.name for party in fact.parties) for fact in facts]
    successors = {
        (parties[at], facts[at].instrument)
        for at, draft in enumerate(drafts)
        if _is_called(draft, ERAS["now"]) or (_is_called(draft, _LATER) and facts[at].status.group is StatusGroup.DONE)
    }
    settled = []
    for fact, draft, theirs in zip(facts, drafts, parties, strict=True):
        is_past = _is_called(draft, ERAS["past"]) and not _is_called(draft, _NOW) and _is_old(fact.concluded, document)
        is_standing = fact.status in (Status.SIGNED, Status.IN_FORCE)
        ends = is_past and is_standing and (theirs, fact.instrument) in successors
        settled.append(fact.model_copy(update={"status": Status.ENDED}) if ends else fact)
    return settled


def _is_called(draft: Draft, adjectives: frozenset[str]) -> bool:
    """Whether a mention has one of these adjectives before its noun."""
    return any(word.low in adjectives for m in draft.samples for word in m.words[m.left : m.head])


_NOW = ERAS["now"] | {"new"}
_LATER = _NOW | {"second", "third"}


def _on_one_occasion(facts: Sequence[AgreementFact], document: Document) -> tuple[AgreementFact, ...]:
    """What the same parties signed without a date was signed when the article says they signed."""
    occasions: dict[frozenset[str | None], SaidDate] = {}
    month = (document.published or "?")[:7]
    for fact in facts:
        if fact.concluded is not None and len(fact.concluded.date) == 10 and fact.concluded.date[:7] == month:
            occasions.setdefault(frozenset(party.code for party in fact.parties), fact.concluded)
    dated = []
    for fact in facts:
        occasion = occasions.get(frozenset(party.code for party in fact.parties))
        is_open = fact.concluded is None and fact.status is Status.SIGNED and occasion is not None
        dated.append(fact.model_copy(update={"concluded": occasion}) if is_open else fact)
    return tuple(dated)


def _fact(number: int, draft: Draft, shares: _Shares) -> AgreementFact:
    document, mentions = shares.document, draft.mentions
    status, decides = standing_of(mentions)
    decides = _fullest(decides, mentions)
    if status is Status.IN_FORCE and draft.instrument in (Instrument.JOINT_STATEMENT, Instrument.DECLARATION):
        status = Status.SIGNED  # a statement that exists has been made; it does not enter into force
    is_ahead = status.group is StatusGroup.FUTURE
    concluded = _concluded(number, mentions, status, shares)
    if status in (Status.SIGNED, Status.AGREED) and _is_background(draft, decides, concluded, document):
        status = Status.IN_FORCE
    areas = areas_of_all(mentions, draft.instrument, document)
    return AgreementFact(
        id=f"a{number + 1}",
        title=_title(draft),
        parties=tuple(_party(ref, document) for ref in sorted(draft.refs.values())),
        instrument=draft.instrument,
        status=status,
        status_evidence=_passage(decides, document),
        realis=decides.cue.realis if decides.cue is not None else Realis(),
        count=next((m.count for m in mentions if m.count), mentions[0].count) if draft.is_bundle else None,
        areas=tuple(area for area in Area if area in areas) or (Area.OTHER,),
        values=values_of(shares.money.of(number), document),
        items=items_of(shares.items.of(number), document),
        concluded=concluded,
        due=comes_on(mentions, ("sign", "agree", "await"), shares.dates, document) if is_ahead else None,
        in_force=comes_on(mentions, ("force",), shares.dates, document),
        term=term_of(shares.terms.of(number), document),
        place=place_of(mentions, shares.names, document),
        attribution=chain_of(decides, shares.attributions),
        evidence=_evidence(decides, mentions, document),
        rule=f"mention-{mentions[0].form}-{decides.cue.kind if decides.cue is not None else 'none'}",
    )


def _is_background(draft: Draft, decides: Mention, concluded: SaidDate | None, document: Document) -> bool:
    """ "The 1990 accord", "their treaty, signed in 2002": what was signed years ago and is only named stands."""
    if draft.instrument not in _STANDING or not _is_old(concluded, document):
        return False
    is_named_only = decides.cue is not None and (decides.cue.is_attributive or decides.cue.is_nominal)
    return is_named_only and all(m.cue is None or m.cue.kind not in ("force", "ratify") for m in draft.samples)


def _is_old(concluded: SaidDate | None, document: Document) -> bool:
    """Whether something was concluded years before the report."""
    if concluded is None or document.published is None:
        return False
    return int(concluded.date[:4]) + _YEARS_AGO <= int(document.published[:4])


_YEARS_AGO = 2
_STANDING = (
    Instrument.TREATY, Instrument.AGREEMENT, Instrument.CONVENTION, Instrument.FRAMEWORK, Instrument.ARRANGEMENT,
)  # fmt: skip


def _fullest(decides: Mention, mentions: Sequence[Mention]) -> Mention:
    """Of the mentions that say the same as the one that decides, the one that tells most.

    The text tells more than the headline, and "ten agreements" more than "a series of agreements".
    """
    if decides.cue is None:
        return decides
    same = [
        one
        for one in mentions
        if one.cue is not None and one.cue.status is decides.cue.status and one.cue.realis == decides.cue.realis
    ]
    return max(same, key=lambda one: (not one.sentence.is_title, bool(one.count), one is decides))


def _concluded(number: int, mentions: Sequence[Mention], status: Status, shares: _Shares) -> SaidDate | None:
    if status.group is StatusGroup.FUTURE or status is Status.FAILED:
        return None
    document = shares.document
    said = concluded_on(number, mentions, shares.dates, shares.own_dates, document)
    if status is Status.AGREED:
        return said if said is not None and is_long_past(said.date, document.published) else None
    return said or report_date(mentions, document)


def _evidence(decides: Mention, mentions: Sequence[Mention], document: Document) -> tuple[Evidence, ...]:
    """The passage that decides, then the others in the order of the text."""
    ordered = [decides, *(mention for mention in mentions[:_EVIDENCES] if mention is not decides)]
    return tuple(dict.fromkeys(_passage(mention, document) for mention in ordered))[:_EVIDENCES]


def _party(ref: Ref, document: Document) -> Party:
    code = ref.code if ref.is_coded else None
    return Party(code=code, name=document.text[ref.start : ref.end], evidence=evidence(document, ref.start, ref.end))


def _title(draft: Draft) -> str:
    refs = sorted(draft.refs.values())
    names = [party_name(ref.code, with_article=True) if ref.is_coded else ref.text for ref in refs]
    return title_of(draft.mentions, names)


def _passage(mention: Mention, document: Document) -> Evidence:
    """The sentence; where it is long, the clause."""
    sentence = mention.sentence
    if sentence.end - sentence.start <= _EVIDENCE_CHARACTERS:
        return evidence(document, sentence.start, sentence.end)
    start = mention.words[mention.clause[0]].start
    if mention.end - start > _EVIDENCE_CHARACTERS // 2:
        start = mention.start
    stop = start
    for word in mention.words[mention.clause[0] : mention.clause[0] + _EVIDENCE_CHARACTERS]:
        if word.end - start > _EVIDENCE_CHARACTERS:
            break
        stop = word.end
    return evidence(document, start, stop)
