"""Beside the headline of an agreement: rival figures, conflicts, on whose word it rests, what came of expectations.

Makes rows of pages from `rivals` and `ledger`. Pure; text is plain, as in `pages`.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from generator import charts, prose
from generator.codes import instrument_label, party_name, status_label
from generator.ledger import CAME_IN_TIME, Expected, Outcome, Record
from generator.model import (
    Agreement,
    AgreementFact,
    Article,
    ArticleId,
    DateBasis,
    Item,
    Money,
    Person,
    Sourced,
    Status,
    StatusGroup,
    Step,
    Term,
)
from generator.references import Notes, Site, more_words, short, when
from generator.rivals import (
    Conflict,
    Contradiction,
    Ladder,
    Quantity,
    Report,
    Side,
    contradictions,
    is_denial,
    is_late_expectation,
)
from generator.sources import Authority, Root, independent_roots
from generator.spelling import days_of, fold
from generator.views import ConflictRow, ExpectedRow, LadderTable, Link, Mark, Piece, RecordRow, RungRow, Words

_RUNGS = 30  # of one ladder
_SIDES = 8  # of one conflict
_BESIDE = 8  # agreements of the same parties
_SAME_TIME = 31  # days
_MANY = 2  # parties; an agreement of more may gain members


# -- figures ------------------------------------------------------------------------------------------


def ladder_tables(site: Site, notes: Notes, agreement: Agreement) -> tuple[LadderTable, ...]:
    """A table for each quantity of which the reports differ."""
    return tuple(
        LadderTable(
            title=_title(ladder),
            line=_line(ladder),
            rows=tuple(_rung(site, notes, ladder, index) for index in range(min(len(ladder.reports), _RUNGS))),
            more=more_words(min(len(ladder.reports), _RUNGS), len(ladder.reports), "reports", which="first"),
            chart=_chart(site, ladder),
        )
        for ladder in site.ladders(agreement)
        if ladder.is_rival
    )


def agreed_lines(site: Site, notes: Notes, agreement: Agreement) -> Iterator[Words]:
    """The quantities of which several reports give one figure: "Number, wheat: 300,000 tonnes (two reports …)"."""
    for ladder in site.ladders(agreement):
        if len(ladder.reports) > 1 and not ladder.is_rival:
            span = prose.span(_figures(ladder), len(ladder.reports), ladder.roots)
            cited = [notes.cite(one.article, one.evidence, one.fact.attribution) for one in ladder.reports[:_SIDES]]
            yield (f"{_title(ladder)}: {span}.", *cited)


def sums_of(site: Site, agreement: Agreement) -> list[Ladder]:
    """The ladders of sums, one for each currency and kind, the one with most reports first."""
    return [one for one in site.ladders(agreement) if one.quantity is Quantity.SUM]


def telling_items(site: Site, agreement: Agreement) -> Iterator[tuple[Sourced[Item], str]]:
    """The items, each once with the headline of its number, and the span of the reports where they differ.

    Items without a number are left out where the same thing has one.
    """
    ladders = [one for one in site.ladders(agreement) if one.quantity is Quantity.NUMBER]
    by_evidence = {
        (one.article, one.evidence.start, one.evidence.end): ladder
        for ladder in ladders
        for report in ladder.reports
        for one in (report, *report.parts)
    }
    counted = {_goods(report.value) for ladder in ladders for report in ladder.reports}
    shown: set[object] = set()
    for one in agreement.items:
        ladder = by_evidence.get((one.article, one.value.evidence.start, one.value.evidence.end))
        key = _goods(one.value) if ladder is None else id(ladder)
        if key in shown or (ladder is None and key in counted):
            continue
        shown.add(key)
        if ladder is None:
            yield one, ""
            continue
        first = ladder.headline
        assert isinstance(first.value, Item)
        yield Sourced(value=first.value, article=first.article, fact=first.fact.id), _span_words(ladder)


def _goods(value: object) -> str:
    return (value.designation or prose.item_name(value)).casefold() if isinstance(value, Item) else ""


def _span_words(ladder: Ladder) -> str:
    """ "reports: 500,000 – 670,000"; empty where all that stand give one figure."""
    return f"reports: {_figures(ladder)}" if ladder.low != ladder.high else ""


def span_of(ladder: Ladder) -> str:
    """The span of the reports, for one line: " (reports: 90 million – 96 million)"; empty where there is one figure."""
    words = _span_words(ladder)
    return f" ({words})" if words else ""


def _title(ladder: Ladder) -> str:
    match ladder.quantity:
        case Quantity.SUM:
            value = ladder.headline.value
            assert isinstance(value, Money)
            return f"{prose.capital(prose.money_kind(value))} in {value.currency}"
        case Quantity.NUMBER:
            return f"Number: {short(ladder.name)}"
        case Quantity.END:
            return "End of the term"
        case Quantity.COUNT:
            return "Number of agreements"


def _line(ladder: Ladder) -> str:
    span = prose.span(_figures(ladder), len(ladder.standing), ladder.roots)
    first = ladder.headline
    is_newest = sum(one.authority is first.authority for one in ladder.standing) > 1
    newest = ", the newest of them" if is_newest else ""
    return f"Reported: {span}. Shown first: {_text(first)}, from {prose.AUTHORITIES[first.authority]}{newest}."


def _figures(ladder: Ladder) -> str:
    """From the lowest to the highest figure that stands, with the unit once: "EUR 120 million – 135 million"."""
    value = ladder.headline.value
    is_year = ladder.quantity is Quantity.END
    plain = prose.large_number if isinstance(value, Money) else _year if is_year else prose.plain_number
    told = " – ".join(dict.fromkeys(plain(one) for one in (ladder.low, ladder.high)))
    if isinstance(value, Money):
        return f"{value.currency}{prose.NBSP}{told}"
    return f"{told}{prose.NBSP}{value.unit}" if isinstance(value, Item) and value.unit else told


def _year(value: Decimal) -> str:
    return str(int(value))


def _text(report: Report) -> str:
    match report.value:
        case Money():
            return prose.money(report.value)
        case Item():
            return prose.quantity(report.value)
        case Term():
            return prose.term(report.value)
        case _:
            return prose.plain_number(report.low)


def _rung(site: Site, notes: Notes, ladder: Ladder, index: int) -> RungRow:
    report = ladder.reports[index]
    written = "" if ladder.quantity is Quantity.COUNT else short(report.evidence.exact)
    return RungRow(
        text=_text(report),
        written=written,
        kind=prose.money_kind(report.value) if isinstance(report.value, Money) else "",
        note=notes.cite(report.article, report.evidence, report.fact.attribution),
        root=prose.in_sentence(short(report.root)) if report.fact.attribution else "",
        remark=_remark(site, report),
        is_headline=index == 0,
    )


def _remark(site: Site, report: Report) -> str:
    remarks = []
    if report.parts:
        remarks.append(f"made up of {' + '.join(_text(part) for part in report.parts)}")
    if report.replaced_by is not None:
        remarks.append(f"replaced by the same outlet, {when(site.published(report.replaced_by))}")
    return "; ".join(remarks)


def _chart(site: Site, ladder: Ladder) -> str:
    """The figures from low to high; years are no lengths."""
    if ladder.quantity in (Quantity.END, Quantity.COUNT):
        return ""
    rungs = [
        charts.Rung(
            label=", ".join(part for part in (_outlet(site, one.article), when(site.published(one.article))) if part),
            text=f"{_text(one)}{' (replaced)' if one.replaced_by else ''}",
            low=one.low,
            high=one.high,
        )
        for one in sorted(ladder.reports, key=lambda one: (one.low, one.high))
    ]
    return charts.ladder(rungs, title=f"{_title(ladder)}, as reported")


def _outlet(site: Site, article: ArticleId) -> str:
    return site.book.articles[article].outlet or ""


# -- conflicts ----------------------------------------------------------------------------------------


def conflict_rows(site: Site, notes: Notes, agreement: Agreement) -> tuple[ConflictRow, ...]:
    """What the articles say of an agreement that cannot all be so, with every side of it."""
    quotations = site.quotations_of_articles({one.article for one in agreement.statements})
    found = contradictions(agreement, site.ladders(agreement), quotations)
    return tuple(_conflict_row(site, notes, one) for one in found)


def shared_words_rows(site: Site, notes: Notes, person: Person) -> tuple[ConflictRow, ...]:
    """Words of a person that other articles put into the mouths of others."""
    return tuple(_conflict_row(site, notes, one) for one in site.shared_words.get(person.id, ()))


def _conflict_row(site: Site, notes: Notes, one: Contradiction) -> ConflictRow:
    title, lead = prose.CONFLICTS[one.kind]
    name = f"{_title(one.ladder)}: " if one.ladder is not None and one.kind is not Conflict.TERM else ""
    sides = sorted(one.sides, key=lambda side: (site.published(side.article), side.article))
    return ConflictRow(
        title=title,
        lead=f"{name}{lead[:1].lower()}{lead[1:]}" if name else lead,
        sides=tuple(_side(site, notes, one.kind, side) for side in sides[:_SIDES]),
    )


def _side(site: Site, notes: Notes, kind: Conflict, side: Side) -> Words:
    chain = side.fact.attribution if side.fact is not None else ()
    by = prose.attribution(chain) if kind is not Conflict.SPEAKER else ""
    where = ", ".join((_outlet(site, side.article) or "Outlet not stated", when(site.published(side.article))))
    note = notes.cite(side.article, side.evidence, chain)
    return (f"{where}: ", *_told(site, kind, side), f", {by}" if by else "", note)


def _told(site: Site, kind: Conflict, side: Side) -> tuple[Piece, ...]:
    if side.report is not None:
        written = short(side.report.evidence.exact)
        parts = f" ({' + '.join(_text(one) for one in side.report.parts)})" if side.report.parts else ""
        return (f"{_text(side.report)}{parts}, written “{written}”",)
    if side.said is not None:
        return (prose.said_date(side.said),)
    if side.quotation is not None:
        person = site.persons.get(side.quotation.person) if side.quotation.person else None
        speaker = site.person(person) if person else short(side.quotation.fact.speaker or "")
        return (speaker, f": “{short(side.quotation.fact.evidence.exact)}”")
    assert side.fact is not None
    if kind is Conflict.INSTRUMENT:
        return (instrument_label(side.fact.instrument),)
    return ("has not come about" if is_denial(side.fact) else status_label(side.fact.status),)


# -- on whose word ------------------------------------------------------------------------------------


def strict_line(site: Site, concluded: Iterable[Agreement]) -> Words:
    """How many of the concluded agreements stand in the strict count."""
    strict = [one.count for one in concluded if site.is_confirmed(one)]
    number = prose.total(strict) if strict else "none"
    return (f"Of these by the strict count, from two independent sources or a text by a party: {number}.",)


def standing_lines(site: Site, agreement: Agreement) -> Iterator[Words]:
    """From how many independent sources the headline comes, and in which count it stands."""
    saying = [one for one in agreement.statements if one.fact.status.group is agreement.status.group]
    roots = independent_roots(saying, site.book.articles, site.book.facts)
    articles = len({one.article for one in saying})
    sources = prose.counted(len(roots), "independent source", "independent sources")
    number = prose.capital(prose.number(articles))
    lead = f"{number} article says so and rests" if articles == 1 else f"{number} articles say so and rest"
    yield (f"{lead} on {sources}: {_roots(roots)}.",)
    if agreement.status.is_concluded:
        yield (_STRICT if site.is_confirmed(agreement) else _BROAD,)


_STRICT = "Counted strictly: two independent sources, or a text published by a party, say that it was concluded."
_BROAD = "Counted broadly only: for the strict count a second independent source, or a text by a party, is missing."


def _roots(roots: Sequence[Root]) -> str:
    named = []
    for root in roots[:_SIDES]:
        name = prose.in_sentence(short(root.name)) or "an outlet that is not stated"
        is_text = root.authority is Authority.TEXT
        times = f" ({len(root.articles)} articles)" if len(root.articles) > 1 else ""
        named.append(f"{name}{times}{' (text of a party)' if is_text else ''}")
    if len(roots) > _SIDES:
        named.append(f"{len(roots) - _SIDES} more")
    return prose.joined(named)


def step_remark(agreement: Agreement, step: Step, deciding: tuple[ArticleId, str]) -> str:
    """What a step has to do with the headline; empty where it is one step among others."""
    gained = _gained(agreement, step)
    if gained:
        return f"first report to name {prose.joined(gained)}"
    if (step.article, step.fact) == deciding and step.status is agreement.status:
        return "decides the headline"
    fact = fact_of(agreement, step.article, step.fact)
    if is_denial(fact) and agreement.status.group is StatusGroup.DONE:
        return "contradicts the headline; its source stands less close"
    if agreement.status is Status.FAILED and step.status.group is StatusGroup.DONE:
        return "contradicts the headline; it was denied"
    if is_late_expectation(agreement, step):
        return "reported after the conclusion; does not take it back"
    return ""


def _gained(agreement: Agreement, step: Step) -> list[str]:
    """The parties of an agreement of many that no earlier report of a conclusion has named."""
    done = [one for one in agreement.statements if one.fact.status.is_concluded]
    at = next((at for at, one in enumerate(done) if one.article == step.article and one.fact.id == step.fact), 0)
    if at == 0 or len(agreement.parties) <= _MANY:
        return []
    named = {party.code for one in done[:at] for party in one.fact.parties}
    codes = dict.fromkeys(party.code for party in done[at].fact.parties if party.code not in named)
    return [party_name(code, with_article=True) for code in codes if code is not None]


def fact_of(agreement: Agreement, article: ArticleId, fact: str) -> AgreementFact:
    """What an article says of an agreement, by the id of the fact."""
    return next(one.fact for one in agreement.statements if one.article == article and one.fact.id == fact)


def beside_lines(site: Site, agreement: Agreement) -> Iterator[Words]:
    """Other agreements of the same parties, told in the same articles or concluded at the same time: not this one."""
    if len(agreement.parties) < 2:
        return
    articles = {one.article for one in agreement.statements}
    day = _day_of(agreement)
    found = [
        one
        for one in site.by_party[agreement.parties[0]]
        if one.id != agreement.id
        and one.parties == agreement.parties
        and (_is_near(day, _day_of(one)) or any(said.article in articles for said in one.statements))
    ]
    for one in found[:_BESIDE]:
        yield (site.agreement(one), f" — {_kind_of(one)}, {status_label(one.status)}")


def _kind_of(agreement: Agreement) -> str:
    if agreement.count is None:
        return instrument_label(agreement.instrument)
    return prose.counted(agreement.count, "agreement", "agreements") if agreement.count else "several agreements"


def _day_of(agreement: Agreement) -> int | None:
    said = next((one.value.date for one in agreement.concluded if one.value.basis is not DateBasis.REPORT), None)
    days = days_of(said) if said and len(said) == 10 else None
    return days[0] if days else None


def _is_near(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= _SAME_TIME


# -- what was expected --------------------------------------------------------------------------------


def outcome_line(notes: Notes, expected: Expected) -> Words:
    """What was expected and what has come of it: "Ten agreements were expected for …; 28 are reported as signed."."""
    first = expected.announcements[0]
    if expected.count:
        what = prose.capital(prose.counted(expected.count, "agreement was expected", "agreements were expected"))
    else:
        what = "It was expected" if expected.count is None else "Several agreements were expected"
    evidence = first.fact.status_evidence
    if expected.due is None:
        return (what, notes.cite(first.article, evidence, first.fact.attribution), "; ", *_came(notes, expected), ".")
    note = notes.cite(expected.due.article, expected.due.value.evidence or evidence)
    return (f"{what} for {prose.long_date(expected.due.value.date)}", note, "; ", *_came(notes, expected), ".")


def _came(notes: Notes, expected: Expected) -> Words:
    """ "28 are reported as signed on 6 December 2021", "no conclusion has been read"."""
    agreement, met = expected.agreement, expected.met
    if met is None:
        is_over = agreement.status.group is StatusGroup.UNDONE
        return (f"it is reported as {status_label(agreement.status)}" if is_over else "no conclusion has been read",)
    if expected.met_count:
        who = prose.counted(expected.met_count, "is", "are")
    else:
        who = "it is" if expected.count is None else "they are"
    is_said = met.date is not None and met.basis is not DateBasis.REPORT
    on = prose.on_date(met.date) if met.date and is_said else f"in a report of {when(met.date)}"
    late = f", {prose.counted(expected.days_late, 'day', 'days')} late" if expected.days_late else ""
    fact = fact_of(agreement, met.article, met.fact)
    note = notes.cite(met.article, met.evidence, fact.attribution)
    return (f"{who} reported as {status_label(met.status)} {on}{late}", note)


_GROUPS = {  # by which a mark is colored
    Outcome.KEPT: StatusGroup.DONE,
    Outcome.EXCEEDED: StatusGroup.DONE,
    Outcome.LATE: StatusGroup.FUTURE,
    Outcome.IN_PART: StatusGroup.FUTURE,
    Outcome.OPEN: StatusGroup.FUTURE,
    Outcome.LAPSED: StatusGroup.UNDONE,
}


def expected_row(site: Site, notes: Notes, expected: Expected) -> ExpectedRow:
    """One line of the ledger of outcomes."""
    first = expected.announcements[0]
    by = prose.attribution(first.fact.attribution)
    if expected.count:
        what = f"{prose.counted(expected.count, 'agreement', 'agreements')}, "
    else:
        what = "" if expected.count is None else "several agreements, "
    due = f"due {prose.long_date(expected.due.value.date)}" if expected.due else "no date said"
    who = ", ".join(
        part for part in (first.outlet or "outlet not stated", when(site.published(first.article)), by) if part
    )
    note = notes.cite(first.article, first.fact.status_evidence, first.fact.attribution)
    lead, *rest = _came(notes, expected)
    return ExpectedRow(
        agreement=site.agreement(expected.agreement),
        mark=Mark(
            code=expected.outcome.value, label=prose.OUTCOMES[expected.outcome], group=_GROUPS[expected.outcome].value
        ),
        announced=(f"{prose.capital(f'{what}{due}')}. {prose.capital(who)}", note),
        came=(prose.capital(str(lead)), *rest),
    )


def announced_lines(site: Site, article: Article) -> Iterator[Words]:
    """What came of what an article announces, and of all that its outlet has announced."""
    announced = site.announced_in.get(article.id, [])
    for one in announced:
        outcomes = [said.outcome for said in one.announcements if said.article == article.id]
        due = f", due {prose.long_date(one.due.value.date)}" if one.due else ""
        yield (site.agreement(one.agreement), f"{due}: {prose.OUTCOMES[outcomes[0]].lower()}.")
    record = next((one for one in site.outlet_records if _key(one.name) == _key(article.outlet or "")), None)
    if announced and record is not None and record.settled:
        row = record_row(record)
        told = prose.counted(row.announced, "announcement", "announcements")
        settled = prose.counted(row.settled, "is settled", "are settled")
        in_time = prose.number(row.in_time) if row.in_time else "none"
        share = f": {row.rate}" if row.rate else ""
        records = Link(text="How often announcements came true", page="expected.md", anchor="records")
        yield (f"{row.name}: {told} in all; {settled}, {in_time} in time{share}. ", records)


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def newest_outcomes(site: Site) -> list[Expected]:
    """What is no longer open, the newest outcome or date first."""
    settled = [one for one in site.expected if one.outcome is not Outcome.OPEN]
    return sorted(settled, key=lambda one: (_settled_on(one), one.agreement.slug), reverse=True)


def _settled_on(expected: Expected) -> str:
    if expected.met is not None and expected.met.date:
        return expected.met.date
    return expected.due.value.date if expected.due else ""


def record_row(record: Record) -> RecordRow:
    """How the announcements of one name have come out; a rate only where there are enough."""
    came, settled = record.number(*CAME_IN_TIME), record.settled
    share = f"{came} of {settled} ({100 * came // settled}{prose.NBSP}%)" if record.may_be_rated else ""
    return RecordRow(
        name=short(record.name),
        announced=len(record.outcomes),
        settled=settled,
        in_time=came,
        late=record.number(Outcome.LATE),
        in_part=record.number(Outcome.IN_PART),
        lapsed=record.number(Outcome.LAPSED),
        open=record.number(Outcome.OPEN),
        rate=share,
    )
