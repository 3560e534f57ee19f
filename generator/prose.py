"""Sentences made by rules from facts: the verb is a function of status and realis, so that nothing can get lost.

Knows no page and no Markdown: it gives plain words. A status that an article says outright gives a plain verb
("was signed"). Whenever the sentence behind it has a mode (future, hypothetical, historical, negated) or is less than
certain, the verb is "is recorded as …" where something is said to have happened, and a reservation follows that names
each mode and the certainty.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.codes import instrument_label, plural
from generator.ledger import Outcome
from generator.model import (
    Certainty,
    Channel,
    DateBasis,
    EventKind,
    Instrument,
    Item,
    Mode,
    Money,
    MoneyKind,
    Qualifier,
    Realis,
    SaidDate,
    Source,
    Status,
    StatusGroup,
    TensionKind,
    Term,
)
from generator.rivals import Conflict
from generator.sources import Authority

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NBSP = "\u00a0"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """What a status says, for one thing and for several."""

    one: str
    many: str
    recorded: str  # after "is recorded as", where the sentence behind it has a mode or is not certain


_VERBS: dict[Status, Verb] = {
    Status.PROPOSED: Verb(one="has been proposed", many="have been proposed", recorded="proposed"),
    Status.NEGOTIATING: Verb(one="is being negotiated", many="are being negotiated", recorded="under negotiation"),
    Status.ANTICIPATED: Verb(
        one="is expected but has not been concluded",
        many="are expected but have not been concluded",
        recorded="expected, not concluded",
    ),
    Status.APPROVED: Verb(
        one="has been approved but not yet concluded",
        many="have been approved but not yet concluded",
        recorded="approved, not yet concluded",
    ),
    Status.AGREED: Verb(
        one="has been agreed; a signature is not reported",
        many="have been agreed; signatures are not reported",
        recorded="agreed, without a reported signature",
    ),
    Status.SIGNED: Verb(one="was signed", many="were signed", recorded="signed"),
    Status.IN_FORCE: Verb(one="is in force", many="are in force", recorded="in force"),
    Status.EXTENDED: Verb(one="has been extended", many="have been extended", recorded="extended"),
    Status.AMENDED: Verb(one="has been amended", many="have been amended", recorded="amended"),
    Status.SUSPENDED: Verb(one="is suspended", many="are suspended", recorded="suspended"),
    Status.BREACHED: Verb(one="is reported as breached", many="are reported as breached", recorded="breached"),
    Status.ENDED: Verb(one="has ended", many="have ended", recorded="ended"),
    Status.FAILED: Verb(one="has not come about", many="have not come about", recorded="not come about"),
}

_MODE_WORDS: dict[Mode, str] = {
    Mode.FUTURE: "still to come",
    Mode.HYPOTHETICAL: "conditional (an “if”)",
    Mode.HISTORICAL: "past",
    Mode.NEGATED: "denied (a “not”)",
}

_CERTAINTY_WORDS: dict[Certainty, str] = {
    Certainty.CERTAIN: "",
    Certainty.PROBABLE: "probable, not certain",
    Certainty.POSSIBLE: "possible, not certain",
    Certainty.UNCOMMITTED: "left open, not confirmed",
}

_QUALIFIERS: dict[Qualifier, str] = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about ",
    Qualifier.MORE: "more than ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.LESS: "less than ",
    Qualifier.UP_TO: "up to ",
}

_MONEY_KINDS: dict[MoneyKind, str] = {
    MoneyKind.VALUE: "value",
    MoneyKind.CONTRACT: "contract value",
    MoneyKind.ESTIMATE: "estimated value",
    MoneyKind.CEILING: "ceiling",
    MoneyKind.LOAN: "loan",
    MoneyKind.PACKAGE: "package",
    MoneyKind.INVESTMENT: "investment",
    MoneyKind.GRANT: "grant",
}

CHANNELS: dict[Channel, str] = {
    Channel.SPEECH: "in a speech",
    Channel.PRESS: "to the press",
    Channel.INTERVIEW: "in an interview",
    Channel.TWEET: "on social media",
    Channel.STATEMENT: "in a statement",
    Channel.LETTER: "in a letter",
    Channel.TRANSCRIPT: "in a transcript",
}

TENSIONS: dict[TensionKind, str] = {
    TensionKind.SANCTIONS_THREAT: "Threat of sanctions",
    TensionKind.SANCTIONS: "Sanctions",
    TensionKind.PROTEST: "Protest",
    TensionKind.DISPUTE: "Dispute",
}

EVENTS: dict[EventKind, str] = {
    EventKind.TALKS: "Talks",
    EventKind.VISIT: "Visit",
    EventKind.SUMMIT: "Summit",
    EventKind.CALL: "Call",
    EventKind.CEREMONY: "Ceremony",
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.KEPT: "Kept",
    Outcome.EXCEEDED: "Exceeded",
    Outcome.IN_PART: "In part",
    Outcome.LATE: "Late",
    Outcome.LAPSED: "Lapsed",
    Outcome.OPEN: "Open",
}

AUTHORITIES: dict[Authority, str] = {
    Authority.TEXT: "a text published by a party",
    Authority.PARTY: "a party’s official on record",
    Authority.AGENCY: "an agency that quotes a party",
    Authority.OUTLET: "an outlet’s own words",
    Authority.AGGREGATOR: "an aggregator",
}

CONFLICTS: dict[Conflict, tuple[str, str]] = {
    Conflict.DENIED: ("Denied", "Some articles say that it has come about, others that it has not."),
    Conflict.STILL_EXPECTED: (
        "Expected after it was concluded",
        "A later report still speaks of it as something to come.",
    ),
    Conflict.CORRECTED: ("Changed by the source itself", "One outlet gives another figure later."),
    Conflict.FIGURES: ("Figures that do not agree", "Not all of these figures can be right."),
    Conflict.TERM: ("Terms that do not agree", "The articles give different ends."),
    Conflict.DAY: ("Days that do not agree", "The articles give different days of conclusion."),
    Conflict.INSTRUMENT: ("Instruments that do not agree", "The articles call it by names that differ in kind."),
    Conflict.SPEAKER: ("Same words, two speakers", "The same words are put into the mouths of different people."),
}

# -- small words --------------------------------------------------------------------------------------


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def number(count: int) -> str:
    """A count in words up to ten: "no", "one", … "ten", "11"."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, one: str, many: str) -> str:
    """A count and its noun: "one article", "two articles"."""
    return f"{number(count)} {one if count == 1 else many}"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def is_many(count: int | None) -> bool:
    """Whether a bundle's count asks for a verb in the plural."""
    return count is not None and count != 1


# -- figures and dates --------------------------------------------------------------------------------


def long_date(edtf: str) -> str:
    """A date in words, as precise as it is known: "6 December 2021", "December 2021", "2021"."""
    year, month, day = [*edtf.split("-"), "", ""][:3]
    words = f"{MONTHS[int(month) - 1]} {year}" if month else year
    return f"{int(day)}{NBSP}{words}" if day else words


def on_date(edtf: str) -> str:
    """A date with its preposition: "on 6 December 2021", "in December 2021"."""
    return f"{'on' if len(edtf) == 10 else 'in'} {long_date(edtf)}"


def said_date(said: SaidDate) -> str:
    """A date, marked where it is only the date of the report."""
    return f"reported {long_date(said.date)}" if said.basis is DateBasis.REPORT else long_date(said.date)


def plain_number(value: Decimal) -> str:
    """A number with thousands separated, without digits that say nothing: "500,000", "1.5"."""
    return f"{value.normalize():,f}" if value == value.to_integral_value() else f"{value:,f}".rstrip("0")


def large_number(value: Decimal) -> str:
    """A sum with its scale in words where that loses no digit: "500 million", "5,124,000"."""
    for power, name in ((12, "trillion"), (9, "billion"), (6, "million")):
        scaled = value.scaleb(-power)
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            return f"{plain_number(scaled)}{NBSP}{name}"
    return plain_number(value)


def money(value: Money) -> str:
    """A sum with its hedge and currency: "more than USD 500 million"."""
    high = f" to {large_number(value.high)}" if value.high is not None else ""
    return f"{_QUALIFIERS[value.qualifier]}{value.currency}{NBSP}{large_number(value.amount)}{high}"


def money_kind(value: Money) -> str:
    """What a sum is: "value", "loan", "ceiling"."""
    return _MONEY_KINDS[value.kind]


def quantity(item: Item) -> str:
    """How many or how much: "more than 500,000", "10 to 12 tonnes"; empty where it is not said."""
    if item.quantity is None:
        return ""
    high = f" to {plain_number(item.high)}" if item.high is not None else ""
    unit = f"{NBSP}{item.unit}" if item.unit else ""
    return f"{_QUALIFIERS[item.qualifier]}{plain_number(item.quantity)}{high}{unit}"


def item_name(item: Item) -> str:
    """What it is: designation and description, whichever are given; else the article's words."""
    given = [text for text in (item.designation, item.description) if text]
    if len(given) == 2 and given[0].casefold() in given[1].casefold():
        given = given[1:]
    return " ".join(given) or item.evidence.exact


def item(value: Item) -> str:
    """Quantity and name: "more than 500,000 AK-203 assault rifles", "300,000 tonnes of wheat"."""
    of = " of " if value.unit and value.quantity is not None else " "
    return of.join(text for text in (quantity(value), item_name(value)) if text)


def the_item(value: Item) -> str:
    """The same in a sentence: "12 RX-7 helicopters", "the LS-2 observation satellite"."""
    return item(value) if value.quantity is not None else f"the {item(value)}"


def term(value: Term) -> str:
    """How long something holds: "from 2021 to 2030", "to 2030 (10 years)", "for 5 years"."""
    parts = []
    if value.begins:
        parts.append(f"from {long_date(value.begins)}")
    if value.ends:
        parts.append(f"to {long_date(value.ends)}")
    if value.years is not None:
        years = f"{plain_number(value.years)} {'year' if value.years == 1 else 'years'}"
        parts.append(f"({years})" if parts else f"for {years}")
    return " ".join(parts) or value.evidence.exact


# -- sentences ----------------------------------------------------------------------------------------


def attribution(chain: Sequence[Source]) -> str:
    """Who says so: "according to Russia’s Ministry of Defense, as passed on by TASS"; empty: the outlet itself."""
    if not chain:
        return ""
    innermost, *passed = [in_sentence(source.name) for source in reversed(chain)]
    by = f", as passed on by {', then by '.join(passed)}" if passed else ""
    return f"according to {innermost}{by}"


def in_sentence(name: str) -> str:
    """A source as it stands in a sentence: "TASS", but "a source in the delegation" and "a Kremlin official"."""
    words = _END_OF_NOUN.split(name, maxsplit=1)[0].split()
    if not words or words[-1].lower() not in _NAMELESS or _DETERMINED.search(name):
        return name
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


_NAMELESS = frozenset(
    re.findall(
        r"\w+",
        "source official spokesman spokeswoman spokesperson diplomat lawmaker adviser advisor aide envoy "
        "negotiator report statement person officer delegate",
    )
)
_END_OF_NOUN = re.compile(r"\s+(?:of|in|at|for|with|from|on|to|who|close|familiar|briefed)\b|,")
_DETERMINED = re.compile(r"^(?:the|a|an|its|his|her|their|one|two|another)\b|^\S+[’']s?\s", re.IGNORECASE)


def is_plain(realis: Realis) -> bool:
    """Whether the article says it outright: certain, and in no mode."""
    return realis.certainty is Certainty.CERTAIN and not realis.modes


def _is_outright(status: Status, realis: Realis) -> bool:
    """A failure is said with a "not": there the "not" is no reservation."""
    return is_plain(realis) or (status is Status.FAILED and realis == Realis(modes=(Mode.NEGATED,)))


def verb(status: Status, realis: Realis, *, is_plural: bool = False) -> str:
    """The verb of an agreement: never a bare "was signed" where the sentence behind it has a mode or is not certain."""
    words = _VERBS[status]
    if _is_outright(status, realis) or status.group is StatusGroup.FUTURE:
        return words.many if is_plural else words.one
    return f"{'are' if is_plural else 'is'} recorded as {words.recorded}, with a reservation"


def reservation(realis: Realis, sentence: str = "The deciding sentence") -> str:
    """A sentence that names each mode and the certainty of an article's sentence; empty where it is plain."""
    if is_plain(realis):
        return ""
    modes = [_MODE_WORDS[mode] for mode in realis.modes]
    certainty = _CERTAINTY_WORDS[realis.certainty]
    told = f"speaks of something {joined(modes)}" if modes else ""
    held = f"{'and holds' if modes else 'holds'} it {certainty}" if certainty else ""
    return f"{sentence} {' '.join(part for part in (told, held) if part)}."


def subject(instrument: Instrument, count: int | None, parties: Sequence[str]) -> str:
    """Who and what: "a contract between India and Russia", "ten agreements between …", "several agreements".

    Args:
        parties: Names as they stand in a sentence.
    """
    one = instrument_label(instrument)
    if count is None:
        what = f"{'an' if one[0] in 'aeiou' else 'a'} {one}"
    elif count == 0:
        what = f"several {plural(instrument)}"
    else:
        what = counted(count, one, plural(instrument))
    if len(parties) > 1:
        return f"{what} {'between' if len(parties) == 2 else 'among'} {joined(parties)}"
    return f"{what} of {parties[0]}" if parties else what


def moment(status: Status, concluded: SaidDate | None, due: SaidDate | None) -> str:
    """When it was signed, or when it is due; empty where that is not said."""
    if status is Status.SIGNED and concluded is not None and concluded.basis is not DateBasis.REPORT:
        return on_date(concluded.date)
    if status.group is StatusGroup.DONE and concluded is not None:
        return f"(concluded {said_date(concluded)})"
    if status.group is StatusGroup.FUTURE and due is not None:
        return f"(due {said_date(due)})"
    return ""


def value_lead(status: Status, realis: Realis, *, is_plural: bool = False) -> str:
    """The words before a sum, in the tense of the status."""
    whose = "Their" if is_plural else "Its"
    if status.group is StatusGroup.UNDONE:
        return f"{whose} value had been put at"
    if status.group is StatusGroup.FUTURE or not is_plain(realis):
        return f"{whose} value would be"
    return f"{whose} reported value is"


def items_lead(status: Status, realis: Realis, *, is_plural: bool = False) -> str:
    """The words before the items, in the tense of the status."""
    it = "They" if is_plural else "It"
    if status.group is StatusGroup.UNDONE:
        return f"{it} {'were' if is_plural else 'was'} to cover"
    if status.group is StatusGroup.FUTURE or not is_plain(realis):
        return f"{it} would cover"
    return f"{it} {'cover' if is_plural else 'covers'}"


def term_lead(status: Status, realis: Realis, *, is_plural: bool = False) -> str:
    """The words before a term, in the tense of the status."""
    it = "They" if is_plural else "It"
    if status.group is StatusGroup.UNDONE:
        return f"{it} {'were' if is_plural else 'was'} to run"
    if status.group is StatusGroup.FUTURE or not is_plain(realis):
        return f"{it} would run"
    return f"{it} {'run' if is_plural else 'runs'}"


def span(figures: str, reports: int, sources: int) -> str:
    """From where to where the reports go: "500,000 – 670,000 (seven reports from five independent sources)"."""
    whose = counted(sources, "independent source", "independent sources")
    return f"{figures} ({counted(reports, 'report', 'reports')} from {whose})"


def tension(kind: TensionKind, actor: str | None, target: str | None) -> str:
    """Who contests whom; a threat stays a threat: "Threat of sanctions by the United States against India".

    Args:
        actor, target: Names as they stand in a sentence; None: not said.
    """
    if kind is TensionKind.DISPUTE:
        both = [name for name in (actor, target) if name]
        return f"{TENSIONS[kind]}{' between ' if len(both) == 2 else ' involving ' if both else ''}{joined(both)}"
    return f"{TENSIONS[kind]}{f' by {actor}' if actor else ''}{f' against {target}' if target else ''}"


def event(kind: EventKind, title: str, realis: Realis) -> str:
    """A meeting, with what is still open about it kept in the words: "Summit (still to come): …"."""
    notes = [_MODE_WORDS[mode] for mode in realis.modes]
    if realis.certainty is not Certainty.CERTAIN:
        notes.append(_CERTAINTY_WORDS[realis.certainty])
    note = f" ({'; '.join(notes)} when reported)" if notes else ""
    return f"{EVENTS[kind]}{note}: {title}"


def total(counts: Iterable[int | None]) -> str:
    """How many agreements, bundles apart: "two agreements and one bundle of unstated size"."""
    sizes = list(counts)
    single = sum(size is None for size in sizes)
    bundles = [size for size in sizes if size is not None]
    parts = [counted(single, "agreement", "agreements")] if single or not bundles else []
    known = [size for size in bundles if size]
    open_ended = len(bundles) - len(known)
    if known:
        what = f"{counted(len(known), 'bundle', 'bundles')} of {number(sum(known))}"
        parts.append(f"{what} {'agreement' if sum(known) == 1 else 'agreements'}{' in all' if len(known) > 1 else ''}")
    if open_ended:
        parts.append(f"{counted(open_ended, 'bundle', 'bundles')} of unstated size")
    return joined(parts)
