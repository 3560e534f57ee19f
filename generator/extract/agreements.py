"""From the mentions of instruments to the agreements of one article.

The last step of the cascade: mentions → parties → joined mentions → agreements with their sums, goods and dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.extract.joining import Draft, join, standing_of
from generator.extract.mentions import Mention, find_mentions
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
from generator.extract.parties import Cast, Ref
from generator.extract.text import Document, evidence
from generator.extract.topics import areas_of
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


def find_agreements(findings: Findings) -> tuple[AgreementFact, ...]:
    """The agreements of the article in the order of their first mention."""
    cast = Cast(findings.document, findings.names, findings.people)
    drafts = join(find_mentions(findings.document), cast)
    territories = Territories(findings.document, [mention for draft in drafts for mention in draft.mentions])
    facts = [_fact(number, draft, territories, findings) for number, draft in enumerate(drafts, start=1)]
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


def _fact(number: int, draft: Draft, territories: Territories, findings: Findings) -> AgreementFact:
    document, mentions = findings.document, draft.mentions
    status, decides = standing_of(draft)
    if status is Status.IN_FORCE and draft.instrument in (Instrument.JOINT_STATEMENT, Instrument.DECLARATION):
        status = Status.SIGNED  # a statement that exists has been made; it does not enter into force
    ordered = [decides, *(m for m in draft.mentions if m is not decides)]
    areas = frozenset[Area]().union(*map(areas_of, draft.mentions))
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


def _concluded(draft: Draft, status: Status, findings: Findings) -> SaidDate | None:
    if _is_ahead(status) or status in (Status.AGREED, Status.FAILED):
        return None
    return concluded_on(draft.mentions, findings.dates, findings.document) or report_date(
        draft.mentions, findings.document
    )


def _party(ref: Ref, document: Document) -> Party:
    return Party(
        code=ref.code, name=document.text[ref.start : ref.end], evidence=evidence(document, ref.start, ref.end)
    )


def _title(draft: Draft, document: Document) -> str:
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
