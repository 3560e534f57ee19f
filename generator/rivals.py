"""Rival reports of one agreement: figures that differ, and statements that contradict each other. Pure.

Nothing is smoothed: every reported figure of one quantity stands on a ladder with its source and root, and what
contradicts is named as a conflict. Which figure comes first is the published rule: of the source that stands closest to
the agreement, then the newest. Knows no page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from generator.model import (
    Agreement,
    AgreementFact,
    ArticleId,
    Book,
    DateBasis,
    Evidence,
    Instrument,
    Item,
    Money,
    MoneyKind,
    Qualifier,
    Quotation,
    SaidDate,
    Statement,
    Status,
    StatusGroup,
    Step,
    Term,
)
from generator.sources import Authority, authority, independent_roots, officials_of
from generator.spelling import designation_key, fold, singular

LEAST_WORDS = 5  # of a quotation; shorter ones may be said by anybody
MOST_SPEAKERS = 8  # of the same words; what more people say is a stock phrase
_GIVEN = frozenset({MoneyKind.LOAN, MoneyKind.GRANT, MoneyKind.INVESTMENT})  # quantities of their own, but in a loan
_LOOSE = frozenset({Instrument.AGREEMENT, Instrument.DEAL, Instrument.ARRANGEMENT})


class Quantity(StrEnum):
    """What a ladder measures."""

    SUM = "sum"
    NUMBER = "number"
    END = "end"
    COUNT = "count"


Value = Money | Item | Term | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One figure as one article gives it."""

    value: Value
    low: Decimal
    high: Decimal  # equal to `low` where no range is given
    evidence: Evidence  # the words that give it
    article: ArticleId
    fact: AgreementFact
    root: str  # the innermost source, else the outlet; "" where neither is known
    authority: Authority
    parts: tuple["Report", ...] = ()  # figures of the same statement that add up to this one
    replaced_by: ArticleId | None = None  # a later article of the same outlet with another figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """All reports of one quantity of one agreement, the headline first, then by the date of their articles."""

    quantity: Quantity
    name: str  # currency of a sum, name of goods; "" where the quantity says it
    reports: tuple[Report, ...]  # at least one
    roots: int  # independent sources behind those that stand

    @property
    def headline(self) -> Report:
        """The report that is shown where there is room for one."""
        return self.reports[0]

    @property
    def standing(self) -> tuple[Report, ...]:
        """The reports that their own outlet has not replaced."""
        return tuple(one for one in self.reports if one.replaced_by is None)

    @property
    def low(self) -> Decimal:
        """The lowest figure that still stands."""
        return min(one.low for one in self.standing)

    @property
    def high(self) -> Decimal:
        """The highest figure that still stands."""
        return max(one.high for one in self.standing)

    @property
    def is_rival(self) -> bool:
        """Whether the reports, also those that were replaced, give more than one figure."""
        return len({(one.low, one.high) for one in self.reports}) > 1


# -- figures ------------------------------------------------------------------------------------------


def ladders(agreement: Agreement, book: Book) -> tuple[Ladder, ...]:
    """The reported figures of an agreement by what they measure: sums by currency, numbers of goods, end, count.

    Of sums and of goods the ladder comes first that holds the headline of the agreement, then the longer one.
    A ladder may hold a single report. The count of a bundle has a ladder only of what is said to be concluded, or,
    where nothing is, of what is expected.
    """
    groups: dict[tuple[Quantity, str], list[Report]] = defaultdict(list)
    names = _names_of_goods(agreement)
    for statement in agreement.statements:
        for key, report in _reports(statement, names, _source_of(statement, book)):
            groups[key].append(report)
    order = list(Quantity)
    firsts = {(one[0].article, one[0].value.evidence) for one in (agreement.values, agreement.items) if one}
    made = [_ladder(quantity, name.partition("\n")[0], reports, book) for (quantity, name), reports in groups.items()]

    def place(one: Ladder) -> tuple[int, bool, int, str]:
        is_first = any((report.article, report.evidence) in firsts for report in one.reports)
        return order.index(one.quantity), not is_first, -len(one.reports), one.name

    return tuple(sorted(made, key=place))


_Source = Callable[[Value, Decimal, Decimal, Evidence], Report]
_Key = tuple[Quantity, str]


def _source_of(statement: Statement, book: Book) -> _Source:
    """What makes a report of a figure of this statement."""
    article = book.articles[statement.article]
    chain = statement.fact.attribution
    closeness = authority(chain, article, officials_of(book.facts[statement.article]))
    root = chain[-1].name if chain else article.outlet or ""

    def report(value: Value, low: Decimal, high: Decimal, evidence: Evidence) -> Report:
        return Report(
            value=value, low=low, high=high, evidence=evidence, article=statement.article, fact=statement.fact,
            root=root, authority=closeness,
        )  # fmt: skip

    return report


def _reports(statement: Statement, names: Mapping[str, str], made: _Source) -> Iterator[tuple[_Key, Report]]:
    fact = statement.fact
    for money in fact.values:
        is_apart = money.kind in _GIVEN and fact.instrument is not Instrument.LOAN
        kind = f" {money.kind}" if is_apart else ""
        high = money.amount if money.high is None else money.high
        yield (Quantity.SUM, f"{money.currency}{kind}"), made(money, money.amount, high, money.evidence)
    yield from _numbers(fact, names, made)
    if fact.term is not None and fact.term.ends is not None:
        year = Decimal(fact.term.ends[:4])
        yield (Quantity.END, ""), made(fact.term, year, year, fact.term.evidence)
    if fact.count and fact.status.is_concluded:
        yield (Quantity.COUNT, ""), made(fact.count, Decimal(fact.count), Decimal(fact.count), fact.status_evidence)


def _numbers(fact: AgreementFact, names: Mapping[str, str], made: _Source) -> Iterator[tuple[_Key, Report]]:
    """Numbers of goods; where the largest is the sum of the others of its kind, they are its parts."""
    by_name: dict[str, list[Report]] = defaultdict(list)
    for item in fact.items:
        if item.quantity is not None:
            high = item.quantity if item.high is None else item.high
            name = f"{names[_goods_of(item)]}\n{item.unit or ''}"
            by_name[name].append(made(item, item.quantity, high, item.evidence))
    for name, reports in by_name.items():
        whole = max(reports, key=lambda one: one.low)
        parts = tuple(one for one in reports if one is not whole)
        is_whole = len(parts) > 1 and sum(one.low for one in parts) == whole.low
        shown = [replace(whole, parts=parts)] if is_whole else reports
        yield from (((Quantity.NUMBER, name), one) for one in shown)


def _names_of_goods(agreement: Agreement) -> Mapping[str, str]:
    """For each key of goods the name of its ladder: goods without a designation meet the only ones of that noun."""
    named: dict[str, dict[str, str]] = defaultdict(dict)  # last word of the description -> key -> designation
    names: dict[str, str] = {}
    for one in agreement.items:
        item = one.value
        key = _goods_of(item)
        if item.designation:
            names.setdefault(key, item.designation)
            named[_noun_of(item)].setdefault(key, names[key])
    for one in agreement.items:
        key = _goods_of(one.value)
        same = named.get(_noun_of(one.value), {})
        names.setdefault(key, next(iter(same.values())) if len(same) == 1 else (one.value.description or key))
    return names


def _goods_of(item: Item) -> str:
    """What tells goods apart: the designation, else the last word of the description."""
    return designation_key(item.designation) if item.designation else _noun_of(item)


def _noun_of(item: Item) -> str:
    words = fold(item.description or item.designation or item.evidence.exact).split()
    return singular(words[-1]) if words else ""


def _ladder(quantity: Quantity, name: str, reports: Sequence[Report], book: Book) -> Ladder:
    marked = tuple(_replaced(reports, book))
    facts = {(one.article, one.fact.id): one.fact for one in marked if one.replaced_by is None}
    statements = [Statement(article=article, fact=fact) for (article, _), fact in facts.items()]
    roots = len(independent_roots(statements, book.articles, book.facts)) if len(statements) > 1 else 1
    at = max(range(len(marked)), key=lambda at: (*_weight(marked[at], book), -at))
    return Ladder(quantity=quantity, name=name, reports=(marked[at], *marked[:at], *marked[at + 1 :]), roots=roots)


def _weight(report: Report, book: Book) -> tuple[bool, int, str]:
    return report.replaced_by is None, report.authority, book.articles[report.article].published or ""


def _replaced(reports: Sequence[Report], book: Book) -> Iterator[Report]:
    """The reports, those marked that the same outlet has contradicted on a later day.

    What was said while the agreement was still to come is not contradicted by what was concluded.
    """
    newest: dict[tuple[str, StatusGroup], Report] = {}
    for one in reports:
        newest[_voice(one, book)] = one
    for one in reports:
        last = newest[_voice(one, book)]
        days = [book.articles[report.article].published or "" for report in (one, last)]
        is_later = bool(days[0]) and days[0] < days[1] and bool(_voice(one, book)[0])
        is_other = is_later and _are_apart(_span(one), _span(last))
        yield replace(one, replaced_by=last.article) if is_other else one


def _voice(report: Report, book: Book) -> tuple[str, StatusGroup]:
    return fold(book.articles[report.article].outlet or ""), report.fact.status.group


# -- conflicts ----------------------------------------------------------------------------------------


class Conflict(StrEnum):
    """How reports of one agreement contradict each other."""

    DENIED = "denied"
    STILL_EXPECTED = "still-expected"
    CORRECTED = "corrected"
    FIGURES = "figures"
    TERM = "term"
    DAY = "day"
    INSTRUMENT = "instrument"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the contradicting reports."""

    article: ArticleId
    fact: AgreementFact | None  # None: a quotation
    evidence: Evidence
    report: Report | None = None  # with figures
    said: SaidDate | None = None  # with days
    quotation: Quotation | None = None  # with speakers


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What contradicts, with every side of it."""

    kind: Conflict
    sides: tuple[Side, ...]  # at least two
    ladder: Ladder | None = None  # with figures


def contradictions(
    agreement: Agreement, ladders: Sequence[Ladder], quotations: Iterable[Quotation]
) -> tuple[Contradiction, ...]:
    """What the articles say of an agreement that cannot all be so, in the order of `Conflict`.

    Args:
        ladders: Those of the agreement.
        quotations: Those on which it may rest; the same words by two speakers are a conflict.
    """
    found = (
        *_of_status(agreement),
        *_of_figures(ladders),
        *_of_days(agreement),
        *_of_instruments(agreement),
        *same_words(quotations),
    )
    order = list(Conflict)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def is_denial(fact: AgreementFact) -> bool:
    """Whether a statement says that it has not come about, or denies it."""
    return fact.status is Status.FAILED


def _of_status(agreement: Agreement) -> Iterator[Contradiction]:
    done = [
        one for one in agreement.statements if one.fact.status.group is StatusGroup.DONE and not one.fact.realis.modes
    ]
    denied = [one for one in agreement.statements if is_denial(one.fact)]
    if done and denied:
        yield Contradiction(kind=Conflict.DENIED, sides=tuple(_status_side(one) for one in (*done, *denied)))
    late = [step for step in agreement.steps if is_late_expectation(agreement, step)]
    if late:
        first = next(step for step in agreement.steps if step.status.is_concluded and not step.realis.modes)
        sides = tuple(_step_side(agreement, step) for step in (first, *late))
        yield Contradiction(kind=Conflict.STILL_EXPECTED, sides=sides)


def is_late_expectation(agreement: Agreement, step: Step) -> bool:
    """Whether a report expects what was concluded on an earlier day; an approval may well come after the signature."""
    is_ahead = step.status.group is StatusGroup.FUTURE and step.status is not Status.APPROVED
    if not is_ahead or step.date is None or len(step.date) < 10:
        return False
    days = [
        one.date
        for one in agreement.steps
        if one.status.is_concluded and not one.realis.modes and one.date and len(one.date) == 10
    ]
    return bool(days) and min(days) < step.date


def _status_side(statement: Statement) -> Side:
    return Side(article=statement.article, fact=statement.fact, evidence=statement.fact.status_evidence)


def _step_side(agreement: Agreement, step: Step) -> Side:
    fact = next(one.fact for one in agreement.statements if one.article == step.article and one.fact.id == step.fact)
    return Side(article=step.article, fact=fact, evidence=step.evidence)


def _of_figures(ladders: Sequence[Ladder]) -> Iterator[Contradiction]:
    for ladder in ladders:
        replaced = {one.replaced_by for one in ladder.reports if one.replaced_by is not None}
        if replaced:
            sides = [one for one in ladder.reports if one.replaced_by is not None or one.article in replaced]
            yield Contradiction(kind=Conflict.CORRECTED, sides=_figure_sides(sides), ladder=ladder)
        firsts = {_span(one): one for one in reversed(ladder.standing)}
        different = [one for span, one in reversed(firsts.items()) if any(_are_apart(span, other) for other in firsts)]
        if len({one.article for one in different}) > 1:
            kind = Conflict.TERM if ladder.quantity is Quantity.END else Conflict.FIGURES
            yield Contradiction(kind=kind, sides=_figure_sides(different), ladder=ladder)


_ENDLESS = Decimal("Infinity")
_ABOUT = Decimal("0.1")  # "about 600,000" may be anything from a tenth below to a tenth above


def _span(report: Report) -> tuple[Decimal, Decimal]:
    """What a figure allows with its hedge: "more than 500,000" does not contradict 601,427."""
    match getattr(report.value, "qualifier", Qualifier.EXACT):
        case Qualifier.MORE | Qualifier.AT_LEAST:
            return report.low, _ENDLESS
        case Qualifier.LESS | Qualifier.UP_TO:
            return Decimal(0), report.high
        case Qualifier.ABOUT:
            return report.low * (1 - _ABOUT), report.high * (1 + _ABOUT)
        case _:
            return report.low, report.high


def _are_apart(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def _figure_sides(reports: Iterable[Report]) -> tuple[Side, ...]:
    return tuple(Side(article=one.article, fact=one.fact, evidence=one.evidence, report=one) for one in reports)


def _of_days(agreement: Agreement) -> Iterator[Contradiction]:
    """Days of conclusion that are said outright and cannot be one: neither is a part of the other."""
    by_day: dict[str, Side] = {}
    for one in agreement.concluded:
        if one.value.basis is not DateBasis.REPORT and one.value.evidence is not None:
            fact = next(s.fact for s in agreement.statements if s.article == one.article and s.fact.id == one.fact)
            by_day.setdefault(
                one.value.date, Side(article=one.article, fact=fact, evidence=one.value.evidence, said=one.value)
            )
    apart = [day for day in by_day if any(not _is_within(day, other) for other in by_day)]
    if len(apart) > 1:
        yield Contradiction(kind=Conflict.DAY, sides=tuple(by_day[day] for day in apart))


def _is_within(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _of_instruments(agreement: Agreement) -> Iterator[Contradiction]:
    """Exact names of different instruments; "agreement" and "deal" may stand for any."""
    firsts: dict[Instrument, Statement] = {}
    for one in agreement.statements:
        if one.fact.instrument not in _LOOSE:
            firsts.setdefault(one.fact.instrument, one)
    if len(firsts) > 1:
        yield Contradiction(kind=Conflict.INSTRUMENT, sides=tuple(_status_side(one) for one in firsts.values()))


def same_words(quotations: Iterable[Quotation]) -> Iterator[Contradiction]:
    """The same words said by two people, in different articles."""
    by_words: dict[str, list[Quotation]] = defaultdict(list)
    for one in quotations:
        words = fold(one.fact.evidence.exact)
        if one.fact.speaker and len(words.split()) >= LEAST_WORDS:
            by_words[words].append(one)
    for ones in by_words.values():
        speakers = {one.person or fold(one.fact.speaker or ""): one for one in reversed(ones)}
        if len(speakers) > MOST_SPEAKERS:
            continue  # a stock phrase
        if any(_are_two(one, other) for one, other in combinations(speakers.values(), 2)):
            sides = tuple(
                Side(article=one.article, fact=None, evidence=one.fact.evidence, quotation=one)
                for one in reversed(speakers.values())
            )
            yield Contradiction(kind=Conflict.SPEAKER, sides=sides)


def _are_two(one: Quotation, other: Quotation) -> bool:
    """Whether two speakers cannot be one: another person, or a name of which neither holds the other."""
    if one.article == other.article:
        return False
    if one.person is not None and other.person is not None:
        return one.person != other.person
    names = [set(fold(said.fact.speaker or "").split()) for said in (one, other)]
    return not (names[0] <= names[1] or names[1] <= names[0])
