"""Sums, goods, dates, terms and places: what of an agreement's own finds becomes a fact of it."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.extract.mentions import Form, Mention
from generator.extract.modality import Said
from generator.extract.text import Document, evidence
from generator.model import DateBasis, Instrument, Item, Money, MoneyKind, Place, SaidDate, Source, Term

if TYPE_CHECKING:
    from generator.extract.amounts import FoundItem, FoundMoney
    from generator.extract.attribution import FoundAttribution
    from generator.extract.dates import FoundDate, FoundTerm
    from generator.extract.names import Name
    from generator.extract.territories import Shares


_LOOKED_AT = 20  # mentions or dates of one agreement that are looked at, so that the work stays bounded
_NEAR = 80  # characters between an anniversary and the instrument that follows it


def values_of(finds: "Sequence[FoundMoney]", document: Document) -> tuple[Money, ...]:
    """Sums that measure an instrument, each once; a volume of trade that the parties aim at is one.

    Of a loan the sum that is lent, not what the works cost that it is for.
    """
    values: dict[tuple[object, ...], Money] = {}
    is_lent = any(found.use == "value" and found.kind is MoneyKind.LOAN for found in finds)
    for found in finds:
        if is_lent and found.kind is MoneyKind.VALUE:
            continue
        if found.use == "value" or found.rule == "money-trade-target":
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
    """Goods of an instrument, each once; a name alone adds nothing to the same name with a number."""
    finds = [found for found in finds if not any(_is_shorter(found, other) for other in finds[:_LOOKED_AT])]
    counted = [found for found in finds if found.quantity is not None]
    ends = {(found.designation, found.high) for found in counted}
    names = [found.designation or found.description or "" for found in counted]
    items: dict[tuple[object, ...], Item] = {}
    for found in finds:
        own = found.designation or found.description
        if found.quantity is None and own is not None and any(own in name for name in names):
            continue
        if found.quantity is not None and (found.designation, found.quantity) in ends:
            continue
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
        items.setdefault((item.designation or item.description, item.quantity), item)
    return tuple(items.values())


def _is_shorter(found: "FoundItem", other: "FoundItem") -> bool:
    """ "26 Rafale-M" of a headline beside "26 Rafale-Marine fighter jets": a short form of the same."""
    if found.quantity is None or found.quantity != other.quantity or not found.designation or not other.designation:
        return False
    return len(found.designation) < len(other.designation) and other.designation.startswith(found.designation)


def concluded_on(
    number: int,
    mentions: Sequence[Mention],
    dates: "Mapping[int, Sequence[FoundDate]]",
    own: "Shares[FoundDate]",
    document: Document,
) -> SaidDate | None:
    """The date of conclusion: beside the verb that says so, else in the name ("the 2002 treaty", "of 6 May 2019")."""
    signed = list(_days_of_verbs(number, mentions, dates, own, document))
    sure = [date for date in signed if not _is_of_saying(date, document)]
    if signed:
        return _said(_fullest_like(sure or signed), document)
    named = [
        date
        for mention in mentions[:_LOOKED_AT]
        if not _is_amended_in(mention, mentions[:_LOOKED_AT])
        for date in own.of(number)[:_LOOKED_AT]
        if _is_in_name(date, mention, document)
    ]
    told = [*named, *(date for date in own.of(number)[:_LOOKED_AT] if _is_told_later(date, document))]
    if not told:
        return next((_said(date, document) for m in mentions if (date := _anniversary(m, dates))), None)
    return _said(_fullest_like(told), document)


def _days_of_verbs(
    number: int,
    mentions: Sequence[Mention],
    dates: "Mapping[int, Sequence[FoundDate]]",
    own: "Shares[FoundDate]",
    document: Document,
) -> "Iterator[FoundDate]":
    """Of each mention whose verb tells a conclusion the day that stands nearest to the verb."""
    for mention in mentions[:_LOOKED_AT]:
        if mention.cue is None or not _may_date(mention):
            continue
        days = [
            date
            for date in dates.get(mention.sentence.index, ())
            if _may_be_day_of(date, mention, document)
            and (
                date.start < mention.start
                or not own.is_of_another(date, number)
                or _is_of_verb(date, mention, document)
            )
            and (mention.cue.kind == "sign" or is_long_past(date.date, document.published))
        ]
        beside = [date for date in days if _is_beside(date, mention, document)]
        near = beside or _in_clause(mention, days)
        if near:
            verb = mention.words[mention.cue.first].start
            yield min(near, key=lambda date: (_is_of_saying(date, document), abs(date.start - verb)))


def _is_beside(date: "FoundDate", mention: Mention, document: Document) -> bool:
    """ "The treaty, signed in 1966": the words right behind the instrument tell its own day."""
    return _SIGNED_NEXT.fullmatch(document.text, mention.end, max(mention.end, date.start)) is not None


def _is_of_verb(date: "FoundDate", mention: Mention, document: Document) -> bool:
    """ "It signed a protocol to the fishing accord on Tuesday": the day is that of the verb, not of the accord."""
    between = document.text[mention.end : min(date.start, mention.end + _VERB_REACH * 2)]
    is_day = len(date.date) == 10 and mention.end < date.start < mention.end + _VERB_REACH * 2
    return is_day and not between.endswith(("of ", "dated ")) and _OWN_VERB.search(between) is None


def _is_of_dateline(date: "FoundDate", document: Document) -> bool:
    """ "LIMA, May 6 (Agency) - ": the day of the report."""
    is_after_place = _DATELINE.search(document.text, max(date.start - 30, 0), date.start) is not None
    return is_after_place and _DASH.match(document.text, date.end) is not None


def _fullest_like(dates: "Sequence[FoundDate]") -> "FoundDate":
    """The first date, or one that says the same more exactly."""
    first = dates[0].date
    return max(dates, key=lambda date: len(date.date) if date.date.startswith(first) else 0)


def _is_of_saying(date: "FoundDate", document: Document) -> bool:
    """ "Officials said Tuesday it has signed the contract": the day of the report, if another one is told."""
    return _SAYING.search(document.text, max(date.start - 40, 0), date.start) is not None


def _may_date(mention: Mention) -> bool:
    """Its verb tells a conclusion that has happened."""
    cue = mention.cue
    is_statement = mention.instrument is Instrument.JOINT_STATEMENT
    if cue is None or mention.is_listed or not (cue.kind in ("sign", "agree") or is_statement):
        return False
    if mention.words[cue.first].low.startswith(("join", "acced")):
        return False  # the day on which one more country joined
    return cue.said is Said.ASSERTED or (cue.kind == "sign" and _met_to(mention))


def _met_to(mention: Mention) -> bool:
    """ "On Friday they met to sign a pact": of a pact that has been signed, it tells the day."""
    assert mention.cue is not None
    before = [word.low for word in mention.words[max(mention.cue.first - 25, 0) : mention.cue.first]]
    return before[-1:] == ["to"] and not _MEETING.isdisjoint(before)


def _may_be_day_of(date: "FoundDate", mention: Mention, document: Document) -> bool:
    """A day gone by; behind the instrument, no year of what was agreed, of another instrument, or of its force."""
    if date.is_future or _is_in_tail(date, mention, document):
        return False
    if _is_no_day(date, document) or _is_of_dateline(date, document):
        return False
    between = document.text[mention.end : min(date.start, mention.end + 400)] if date.start > mention.end else ""
    if " since " in between or (len(date.date) < 10 and " to " in _JOURNEY.sub("", between)):
        return False
    return not (between.endswith(("of ", "dated ")) and _OTHER.search(between))


def _is_no_day(date: "FoundDate", document: Document) -> bool:
    """ "Until March 2025", "in force on 1 January", "after Tuesday's talks": not the day of the conclusion."""
    return _NO_DAY.search(document.text, max(date.start - 30, 0), date.start) is not None


def is_long_past(edtf: str, published: str | None) -> bool:
    """Whether a date lies at least in the month before that of the article."""
    if published is None:
        return False
    length = min(len(edtf), len(published), 7)
    return edtf[:length] < published[:length]


def _is_in_name(date: "FoundDate", mention: Mention, document: Document) -> bool:
    return mention.start <= date.start < mention.end or _is_of_date(date, mention, document)


def _is_amended_in(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """ "A protocol amending the agreement of 2009": the day in the tail is that of the other one."""
    is_object = mention.cue is not None and mention.cue.kind in ("amend", "extend")
    return is_object and any(
        other.sentence.index == mention.sentence.index and other.start < mention.start for other in mentions
    )


def _is_told_later(date: "FoundDate", document: Document) -> bool:
    """ "It was signed in Geneva on 4 May": a sentence that goes on about the agreement gives the day."""
    begin = max(document.sentences[date.sentence].start, date.start - _VERB_REACH)
    if date.is_future or _is_no_day(date, document):
        return False
    verb = _AGREED if is_long_past(date.date, document.published) else _SIGNED
    return verb.search(document.text[begin : date.start]) is not None


def _anniversary(mention: Mention, dates: "Mapping[int, Sequence[FoundDate]]") -> "FoundDate | None":
    here = dates.get(mention.sentence.index, ())
    return next(
        (date for date in here if date.rule == "date-anniversary" and 0 <= mention.start - date.end <= _NEAR), None
    )


_MEETING = frozenset(("met", "gathered", "travelled", "traveled", "arrived", "assembled", "flew", "visited"))
_NO_DAY = re.compile(
    r"\b(?:since|from|until|till|through|by|before|after|effective|(?:effect|force) (?:in|on|as of)"
    r"|expir\w+(?: in| on| at)?|valid (?:for|to)|(?:starting|beginning|due)(?: in| on)?|scheduled for)"
    r"(?: (?:the|end of|early|late|mid|about|around))*[ -]?$"
)
_SIGNED_NEXT = re.compile(
    r",? (?:(?:which|that) )?(?:(?:was|were|is|are) )?(?:\w+ly )?(?:signed|concluded|inked|reached|struck|dated)"
    r"(?: (?:in [A-Z]\w+|here))?(?: (?:on|in|back|late|early))*[ ]"
)
_DATELINE = re.compile(r"[A-Z]{3,}[A-Z .,/]*, $|(?:^|\n)[A-Z][\w ]+, $")
_DASH = re.compile(r"\s?(?:\([^)]{1,30}\)|/[^/]{1,30}/)?\s?(?:[-–—]{1,2}|:)\s")
_OWN_VERB = re.compile(r"[,;]|\b(?:signed|reached|concluded|agreed|which|that|who|where|when|after|before)\b")
_SAYING = re.compile(
    r"\b(?:said|says|told \w+|announced|reported|confirmed|added|stated|disclosed)(?: in a statement)?"
    r"(?: (?:late|early|on))* $"
)
_JOURNEY = re.compile(r"\b(?:visit|trip|journey|tour|travels?|travelled|flew|flight|according|thanks) to ")
_OTHER = re.compile(r"\b(?:agreement|treaty|convention|protocol|accord|pact|memorandum)\b", re.IGNORECASE)
_VERB_REACH = 60  # characters between "signed" and its day
_SIGNED = re.compile(
    r"(?<!be )\b(?:signed|inked|concluded|initialled|initialed|dated|done)\b(?:(?! to | after | before )[^;])*$"
)
_AGREED = re.compile(
    r"(?<!be )\b(?:signed|inked|concluded|initialled|initialed|dated|done|reached|agreed|struck)\b"
    r"(?:(?! to | after | before )[^;])*$"
)


def comes_on(
    mentions: Sequence[Mention], kinds: tuple[str, ...], dates: "Mapping[int, Sequence[FoundDate]]", document: Document
) -> SaidDate | None:
    """The date beside a verb of the kinds that is still to come, or of entry into force."""
    for mention in mentions:
        if mention.cue is not None and mention.cue.kind in kinds:
            here = dates.get(mention.sentence.index, ())
            ahead = [date for date in _in_clause(mention, here) if date.is_future or mention.cue.kind == "force"]
            if ahead:
                return _said(ahead[0], document)
    return None


def report_date(mentions: Sequence[Mention], document: Document) -> SaidDate | None:
    """The day of an official readout: what it says was signed without a date was signed that day."""
    if document.published is None or not is_readout(document):
        return None
    for mention in mentions:
        cue, sentence = mention.cue, mention.sentence
        is_signed = cue is not None and cue.kind == "sign" and cue.said is Said.ASSERTED
        if is_signed and not _LONG_AGO.search(sentence.text):
            return SaidDate(
                date=document.published,
                basis=DateBasis.RESOLVED,
                evidence=evidence(document, sentence.start, sentence.end),
            )
    return None


_HEAD = 2_500  # characters in which an article tells that it is a readout
_LONG_AGO = re.compile(r"\b(?:earlier|previously|already|years? ago|last year|year before|in (?:19|20)\d\d|long ago)\b")
_TURN = re.compile(r"\b(?:President|Prime Minister|Chancellor|King)\b[^.:;\n]{3,80}:\s")
_READOUT = re.compile(
    r"^(?:Meeting|Talks|Readout|Press statements?|Telephone conversation|.{3,40} talks$)", re.MULTILINE
)
_OCCASION = re.compile(
    r"\b(?:following|after|at the end of|as a result of|upon completion of|in the presence of|on the margins of"
    r"|on the sidelines of|during) (?:the|their|these|his|her|a|an|today)\b[^.\n]{0,220}"
    r"\b(?:signed|adopted|concluded|inked|exchanged)\b",
    re.IGNORECASE,
)
_CEREMONY = re.compile(
    r"\b(?:signed|adopted|concluded|inked|exchanged)\b[^.\n]{0,150}\b(?:in the presence of"
    r"|following the (?:talks|meeting)|(?:during|at|after) the (?:visit|meeting|talks|ceremony|negotiations))\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def is_readout(document: Document) -> bool:
    """An official account of a meeting, made on its day.

    A title that says so, or speakers with their turns; or signatures at the meeting, and no weekday as news have it.
    """
    return _is_readout(document.text[:_HEAD])


@functools.lru_cache(maxsize=1)  # each agreement of an article asks
def _is_readout(head: str) -> bool:
    if _READOUT.match(head) is not None or _TURN.search(head) is not None:
        return True
    return _WEEKDAY.search(head) is None and any(said.search(head) is not None for said in (_OCCASION, _CEREMONY))


def _in_clause(mention: Mention, dates: "Sequence[FoundDate]") -> "list[FoundDate]":
    """The dates of the clause; where it has none, those before it in the sentence."""
    begin = mention.words[mention.clause[0]].start
    end = mention.words[mention.clause[1] - 1].end
    inside = [date for date in dates if begin <= date.start < end]
    return inside or [date for date in dates if date.start < begin]


def _is_in_tail(date: "FoundDate", mention: Mention, document: Document) -> bool:
    """ "A programme for 2022" tells the term, "signed a pact in 2022" the day."""
    if date.start < mention.end or len(date.date) > 4:
        return False
    before = document.text[max(date.start - 12, 0) : date.start].split()
    is_range = document.text[date.end : date.end + 1] in ("-", "–")
    return is_range or not before or before[-1].lower() not in ("in", "of", "since")


def _is_of_date(date: "FoundDate", mention: Mention, document: Document) -> bool:
    """ "The agreement on fish of 6 May 2019"; not "the protocol to the agreement of 6 May 2019"."""
    if not mention.end <= date.start < mention.words[mention.clause[1] - 1].end:
        return False
    between = document.text[mention.end : date.start]
    return between.rstrip().endswith("of") and _OTHER.search(between) is None


def _said(found: "FoundDate", document: Document) -> SaidDate:
    return SaidDate(date=found.date, basis=found.basis, evidence=evidence(document, found.start, found.end))


def term_of(finds: "Sequence[FoundTerm]", document: Document) -> Term | None:
    """The first duration or stretch of validity; "by 2025" is the day on which works are done.

    What is said to be the validity comes before other stretches, and a mere beginning comes last.
    """
    terms = [found for found in finds if found.rule != "term-by"]
    if not terms:
        return None
    found = min(terms, key=lambda term: (not _is_validity(term, document), term.ends is None and term.years is None))
    return Term(
        begins=found.begins, ends=found.ends, years=found.years, evidence=evidence(document, found.start, found.end)
    )


def _is_validity(found: "FoundTerm", document: Document) -> bool:
    return _VALID.search(document.text, max(found.start - _VALID_REACH, 0), found.end) is not None


_VALID_REACH = 30  # characters before a term in which a word of validity may stand
_VALID = re.compile(r"\b(?:valid|validity|in force|in effect|term of|runs?|running|lasts?|expires?|duration)\b")


def place_of(mentions: Sequence[Mention], names: "Mapping[int, Sequence[Name]]", document: Document) -> Place | None:
    """Where it was or will be concluded: beside the verb, else where the talks were at which it was signed."""
    for mention in mentions[:_LOOKED_AT]:
        if mention.cue is None or mention.cue.kind not in ("sign", "agree", "announce"):
            continue
        here = [name for name in names.get(mention.sentence.index, ()) if _is_place_of(name, mention, document)]
        if here:
            return _placed(here[0], document)
    for mention in mentions[:_LOOKED_AT]:
        cue = mention.cue
        if cue is None or cue.kind not in ("sign", "agree") or cue.said is not Said.ASSERTED:
            continue
        if mention.form is Form.NAMED or _LONG_AGO.search(mention.sentence.text):
            continue
        venue = _venue(mention.sentence.index, names, document)
        if venue is not None:
            return _placed(venue, document)
    return None


def _placed(name: "Name", document: Document) -> Place:
    return Place(name=name.text, country=_country(name.code), evidence=evidence(document, name.start, name.end))


_PLACES = ("capital", "place", "country", "seat")
_VENUES = 10  # sentences between a signature and the talks at which it was made
_WORKS = re.compile(
    r"\b(?:plant|plants|factory|facility|base|bases|port|mine|field|embassy|ambassador|region|province|project|office|"
    r"war|conflict|university|shipyard|companies|firms|troops|fighting)\b[^.;]{0,20}$"
)
_BUILT = re.compile(
    r"\b(?:build\w*|construct\w*|establish\w*|set up|open\w*|upgrad\w*|develop\w*|that|which|lines?|metro|works)\b"
)
_MET = re.compile(
    r"(?<!will )(?<!to )\b(?:talks|meeting|met|summit|ceremony|negotiations|meet)\b[^.;]{0,60}\b(?:in|at) $",
    re.IGNORECASE,
)
_DAY_NEXT = re.compile(
    r",? (?:on |in |last |this |earlier |late |today|yesterday|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)


def _is_place_of(name: "Name", mention: Mention, document: Document) -> bool:
    """The place of the verb, not of the works that are agreed: "signed a deal to build a plant in Cebu"."""
    if str(name.kind) not in _PLACES or not _is_locative(name, document):
        return False
    if _WORKS.search(document.text[max(name.start - 40, mention.sentence.start) : name.start]):
        return False
    tail = document.text[mention.end : name.start] if name.start > mention.end else ""
    is_of_tail = any(word in tail for word in (" to ", " for ", " that ", " which ", " covering "))
    if not is_of_tail or _DAY_NEXT.match(document.text, name.end) is not None:
        return True
    is_last = document.text[name.end : name.end + 1] in (".", ",", ";", "")
    return str(name.kind) == "capital" and is_last and _BUILT.search(tail) is None


def _venue(sentence: int, names: "Mapping[int, Sequence[Name]]", document: Document) -> "Name | None":
    """Where the talks were held, told nearest to the sentence; or the place that heads a readout."""
    near = sorted(range(max(sentence - _VENUES, 0), sentence + _VENUES + 1), key=lambda index: abs(index - sentence))
    for index in near:
        for name in names.get(index, ()):
            begin = document.sentences[index].start
            if str(name.kind) in ("capital", "place") and _MET.search(
                document.text[max(name.start - 90, begin) : name.start]
            ):
                return name
    heads = (name for index in (0, 1) for name in names.get(index, ()))
    return next((name for name in heads if document.sentences[name.sentence].text == name.text), None)


def _country(code: str | None) -> str | None:
    return code if code is not None and len(code) == 3 else None


def _is_locative(name: "Name", document: Document) -> bool:
    before = document.text[max(name.start - 8, 0) : name.start].lower().split()
    if before[-1:] == ["the"] and str(name.kind) == "seat":
        before.pop()  # "in the Kremlin"
    if before[-1:] in (["in"], ["at"]):
        return True
    return _VISIT.search(document.text, max(name.start - 20, 0), name.start) is not None


_VISIT = re.compile(r"\b(?:visit|trip) to $")


def chain_of(mention: Mention, finds: "Mapping[int, Sequence[FoundAttribution]]") -> tuple[Source, ...]:
    """From whom the article has what the mention says, outermost first."""
    for found in finds.get(mention.sentence.index, ()):
        if found.scope.start <= mention.start < found.scope.end:
            return found.chain
    return ()
