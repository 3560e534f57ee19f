"""Sums, goods, dates, terms and places: which of them belongs to which mention of an instrument.

A particular belongs to the mention in whose part of the sentence it stands; a sentence without a mention that goes on
about the instrument ("It will …", "Under it …") lends its particulars to the mention before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from generator.extract.clauses import Said
from generator.extract.mentions import Form, Mention
from generator.extract.text import Document, evidence
from generator.model import DateBasis, Instrument, Item, Money, Place, SaidDate, Source, Term

if TYPE_CHECKING:
    from generator.extract.amounts import FoundItem, FoundMoney
    from generator.extract.attribution import FoundAttribution
    from generator.extract.dates import FoundDate, FoundTerm
    from generator.extract.names import Name


class Found(Protocol):
    """What all finds have in common."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def sentence(self) -> int: ...


F = TypeVar("F", bound=Found)


class Territories:
    """Which mention rules which stretch of the article."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            self._by_sentence.setdefault(mention.sentence.index, []).append(mention)

    def ruler(self, found: Found) -> Mention | None:
        """The mention that a find belongs to; None: it belongs to no instrument."""
        here = self._by_sentence.get(found.sentence)
        if here is not None:
            before = [mention for mention in here if mention.start <= found.start]
            if before:
                return before[-1]
            is_near = here[0].start - found.end <= _NEAR or here[0].form is Form.DEFINITE
            return here[0] if is_near else None
        sentence = self._document.sentences[found.sentence]
        reach = 1 if sentence.text.startswith(_GOES_ON) else 0
        if _CONTENT.search(sentence.text):
            reach = _BULLETED if sentence.text.startswith(("-", "•", "*", "–")) else _REACH
        for index in range(found.sentence - 1, found.sentence - 1 - reach, -1):
            if index in self._by_sentence:
                return self._by_sentence[index][-1]
        return None

    def shares(self, finds: Iterable[F]) -> "Shares[F]":
        """The finds by the mention that they belong to."""
        shares: dict[int, list[F]] = {}
        for found in finds:
            ruler = self.ruler(found)
            if ruler is not None:
                shares.setdefault(ruler.start, []).append(found)
        return Shares(shares)


class Shares(Generic[F]):
    """Finds of one kind by the mention of an instrument that they belong to."""

    def __init__(self, shares: Mapping[int, list[F]]) -> None:
        self._shares = shares

    def of(self, mentions: Sequence[Mention]) -> list[F]:
        """The finds that belong to one of the mentions, in the order of the text."""
        found = [each for mention in mentions for each in self._shares.get(mention.start, ())]
        return sorted(found, key=lambda each: each.start)


def by_sentence(finds: Iterable[F]) -> Mapping[int, Sequence[F]]:
    """The finds by the index of their sentence."""
    table: dict[int, list[F]] = {}
    for found in finds:
        table.setdefault(found.sentence, []).append(found)
    return table


_REACH = 4  # sentences without a mention that may still tell what was agreed
_BULLETED = 40  # the same in a list with bullets
_NEAR = 80  # characters between a sum and the instrument that follows it
_GOES_ON = ("It ", "Under it", "This ", "These ", "Its ", "They ")
_CONTENT = re.compile(r"\b(?:will|would|should|is to|are to|includes?|including|entails?|provides?|covers?)\b")


def values_of(finds: "Sequence[FoundMoney]", document: Document) -> tuple[Money, ...]:
    """Sums that measure an instrument, each once."""
    values: dict[tuple[object, ...], Money] = {}
    for found in finds:
        if found.use == "value":
            money = Money(
                amount=found.amount,
                high=found.high,
                currency=found.currency,
                qualifier=found.qualifier,
                kind=found.kind,
                evidence=evidence(document, found.start, found.end),
            )
            values.setdefault((money.amount, money.currency), money)
    return tuple(values.values())


def items_of(finds: "Sequence[FoundItem]", document: Document) -> tuple[Item, ...]:
    """Goods of an instrument, each once."""
    items: dict[tuple[object, ...], Item] = {}
    for found in finds:
        item = Item(
            designation=found.designation,
            description=found.description,
            quantity=found.quantity,
            high=found.high,
            qualifier=found.qualifier,
            unit=found.unit,
            category=found.category,
            evidence=evidence(document, found.start, found.end),
        )
        items.setdefault((item.designation, item.description, item.quantity), item)
    return tuple(items.values())


def concluded_on(
    mentions: Sequence[Mention],
    dates: "Mapping[int, Sequence[FoundDate]]",
    own: "Shares[FoundDate]",
    document: Document,
) -> SaidDate | None:
    """The date of signature: beside the verb that says so, else in the name ("the 2002 treaty", "of 6 May 2019")."""
    for mention in mentions:
        cue = mention.cue
        is_statement = mention.instrument is Instrument.JOINT_STATEMENT
        if (
            cue is not None
            and (cue.kind == "sign" or is_statement)
            and cue.said is Said.ASSERTED
            and not mention.is_listed
        ):
            verb = mention.words[cue.first].start
            near = [
                date
                for date in _in_clause(mention, dates)
                if not date.is_future and not _is_in_tail(date, mention, document)
            ]
            if near:
                return _said(min(near, key=lambda date: abs(date.start - verb)), document)
    for mention in mentions:
        for date in own.of([mention]):
            if mention.start <= date.start < mention.end or _is_of_date(date, mention, document):
                return _said(date, document)
    return None


def comes_on(
    mentions: Sequence[Mention], kinds: tuple[str, ...], dates: "Mapping[int, Sequence[FoundDate]]", document: Document
) -> SaidDate | None:
    """The date beside a verb of the kinds that is still to come, or of entry into force."""
    for mention in mentions:
        if mention.cue is not None and mention.cue.kind in kinds:
            ahead = [date for date in _in_clause(mention, dates) if date.is_future or mention.cue.kind == "force"]
            if ahead:
                return _said(ahead[0], document)
    return None


def report_date(mentions: Sequence[Mention], document: Document) -> SaidDate | None:
    """The day of an official readout: what it says was signed without a date was signed that day."""
    if document.published is None or not is_readout(document):
        return None
    for mention in mentions:
        cue = mention.cue
        if cue is not None and cue.kind == "sign" and cue.said is Said.ASSERTED:
            sentence = mention.sentence
            return SaidDate(
                date=document.published,
                basis=DateBasis.RESOLVED,
                evidence=evidence(document, sentence.start, sentence.end),
            )
    return None


_TURN = re.compile(r"\b(?:President|Prime Minister|Chancellor|King)\b[^.:;\n]{3,80}:\s")
_READOUT = re.compile(
    r"^(?:Meeting|Talks|Readout|Press statements?|Telephone conversation|.{3,40} talks$)", re.MULTILINE
)


def is_readout(document: Document) -> bool:
    """An official account of a meeting, made on its day: a title that says so, or speakers with their turns."""
    head = document.text[:4000]
    return _READOUT.match(head) is not None or _TURN.search(head) is not None


def _in_clause(mention: Mention, dates: "Mapping[int, Sequence[FoundDate]]") -> "list[FoundDate]":
    begin = mention.words[mention.clause[0]].start
    end = mention.words[mention.clause[1] - 1].end
    here = dates.get(mention.sentence.index, ())
    inside = [date for date in here if begin <= date.start < end]
    return inside or [date for date in here if date.start < begin]


def _is_in_tail(date: "FoundDate", mention: Mention, document: Document) -> bool:
    """ "A programme for 2022" tells the term, "signed a pact in 2022" the day."""
    if date.start < mention.end or len(date.date) > 4:
        return False
    before = document.text[max(date.start - 12, 0) : date.start].split()
    is_range = document.text[date.end : date.end + 1] in ("-", "–")
    return is_range or not before or before[-1].lower() not in ("in", "of", "since")


def _is_of_date(date: "FoundDate", mention: Mention, document: Document) -> bool:
    tail_end = mention.words[mention.clause[1] - 1].end
    return mention.end <= date.start < tail_end and document.text[max(date.start - 4, 0) : date.start].strip().endswith(
        "of"
    )


def _said(found: "FoundDate", document: Document) -> SaidDate:
    return SaidDate(date=found.date, basis=found.basis, evidence=evidence(document, found.start, found.end))


def term_of(finds: "Sequence[FoundTerm]", document: Document) -> Term | None:
    """The first duration or stretch of validity."""
    for found in finds:
        return Term(
            begins=found.begins, ends=found.ends, years=found.years, evidence=evidence(document, found.start, found.end)
        )
    return None


def place_of(mentions: Sequence[Mention], names: "Mapping[int, Sequence[Name]]", document: Document) -> Place | None:
    """Where the verb of signature or conclusion says it was done: "signed in New Delhi"."""
    for mention in mentions:
        cue = mention.cue
        if cue is None or cue.kind not in ("sign", "agree", "announce"):
            continue
        for name in names.get(mention.sentence.index, ()):
            if str(name.kind) in ("capital", "place", "country", "seat") and _is_locative(name, document):
                return Place(
                    name=name.text, country=_country(name.code), evidence=evidence(document, name.start, name.end)
                )
    return None


def _country(code: str | None) -> str | None:
    return code if code is not None and len(code) == 3 else None


def _is_locative(name: "Name", document: Document) -> bool:
    before = document.text[max(name.start - 8, 0) : name.start].split()
    return bool(before) and before[-1].lower() in ("in", "at")


def chain_of(mention: Mention, finds: "Mapping[int, Sequence[FoundAttribution]]") -> tuple[Source, ...]:
    """From whom the article has what the mention says, outermost first."""
    for found in finds.get(mention.sentence.index, ()):
        if found.scope.start <= mention.start < found.scope.end:
            return found.chain
    return ()
