"""The book as pages: grouping, order, counts and generated sentences, ready for templates. Pure.

Knows no Jinja2, no Markdown and no HTML: a page is a frozen value of `views`. Text is plain; `Link` and `Note` stand
between pieces of text where a reader can go on. `render` decides how they look.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import islice

from generator import changes, charts, ledger, prose, rivals
from generator.accounts import (
    agreed_lines,
    announced_lines,
    beside_lines,
    conflict_rows,
    expected_row,
    fact_of,
    ladder_tables,
    newest_outcomes,
    outcome_line,
    record_row,
    shared_words_rows,
    span_of,
    standing_lines,
    step_remark,
    strict_line,
    sums_of,
    telling_items,
)
from generator.codes import (
    area_label,
    categories,
    definition,
    instrument_label,
    label,
    party_name,
    plural,
    status_label,
)
from generator.errors import Problem
from generator.finding import with_findings
from generator.grounds import joined_lines
from generator.model import (
    Agreement,
    AgreementFact,
    Area,
    Article,
    ArticleId,
    Book,
    Certainty,
    DateBasis,
    Equipment,
    EventFact,
    Evidence,
    Instrument,
    Item,
    Mode,
    Money,
    MoneyKind,
    Party,
    Person,
    PersonFact,
    Publish,
    Quotation,
    Realis,
    Role,
    SaidDate,
    Sourced,
    Statement,
    Status,
    StatusGroup,
    Step,
    TensionFact,
    TensionKind,
)
from generator.paging import ROWS, sheets
from generator.passages import source_page
from generator.references import (
    RESERVED,
    Notes,
    Site,
    folder_of,
    more_words,
    newest_articles,
    rests_of,
    short,
    source_row,
    when,
)
from generator.spelling import fold, slug
from generator.views import (
    AgreementIndexPage,
    AgreementPage,
    Card,
    Entry,
    EquipmentPage,
    ExpectedPage,
    Field,
    GlossaryPage,
    IndexPage,
    ItemRow,
    Ledger,
    Link,
    Mark,
    Note,
    OutcomesPage,
    OutletPage,
    Page,
    Pager,
    PartyPage,
    PeopleIndexPage,
    PersonPage,
    PersonRow,
    Piece,
    QuoteRow,
    RecordRow,
    RedirectPage,
    Refused,
    Row,
    SaidRow,
    SourceIndexPage,
    SourcePage,
    StartPage,
    StepRow,
    TensionsPage,
    Term,
    TimelinePage,
    Words,
    YearLink,
)

_NEWEST = 6
_QUOTATIONS = 15  # on one page, the newest
_SHOWN = 30  # of any list that is not the subject of its page, the newest
_TWO = 2  # sides of most agreements: what has more may gain members
_STEPS = 6  # of one agreement on the page of a country, the newest
_REPEATS = 8  # values of one kind among the particulars of an agreement, the best first
_ONE_TIMELINE = 200  # entries; a longer timeline has a page for each year


def make_pages(book: Book, *, today: date, refused: Sequence[Problem] = ()) -> tuple[Page, ...]:
    """Make all generated pages of the book.

    Args:
        refused: Articles that could not be read; they are listed with the sources.

    Returns:
        Pages in the order of their kinds, then of the book; paths are unique.
    """
    site = Site(book, today)
    made: tuple[Page, ...] = (
        _start_page(site),
        _party_index_page(site),
        *(page for code in site.party_paths for page in _party_pages(site, code)),
        *_agreement_index_pages(site),
        *(_agreement_page(site, agreement) for agreement in book.agreements),
        *_redirect_pages(site),
        *_pair_index_pages(site),
        *(page for pair in site.pair_paths for page in _pair_pages(site, pair)),
        *_people_index_pages(site),
        *(_person_page(site, person) for person in book.persons if person.id in site.person_paths),
        *_area_pages(site),
        *_equipment_pages(site),
        *_outlet_pages(site),
        *_source_index_pages(site, refused),
        *(_source_page(site, article) for article in book.articles.values()),
        *_expected_pages(site),
        *_timeline_pages(site),
        *_tensions_pages(site),
        changes.changes_page(site),
        _glossary_page(site),
    )
    made = with_findings(site, made)
    if book.publish is Publish.ACCEPTED:
        return tuple(replace(page, held_back=book.held_back) for page in made)
    return made


# -- pieces of pages ----------------------------------------------------------------------------------


def _mark(status: Status) -> Mark:
    return Mark(code=status.value, label=prose.capital(status_label(status)), group=status.group.value)


def _listed(pieces: Sequence[Piece], last: str = " and ") -> Words:
    """Pieces as a list in a sentence."""
    words: list[Piece] = []
    for index, piece in enumerate(pieces):
        if index:
            words.append(last if index == len(pieces) - 1 else ", ")
        words.append(piece)
    return tuple(words)


def _deciding(agreement: Agreement) -> tuple[ArticleId, AgreementFact]:
    """The newest statement that says the headline status, one that says it outright before one that does not."""
    saying = [one for one in agreement.statements if one.fact.status is agreement.status] or agreement.statements
    outright = [one for one in saying if prose.is_plain(one.fact.realis)] or saying
    return outright[-1].article, outright[-1].fact


def _realis(agreement: Agreement) -> Realis:
    return _deciding(agreement)[1].realis


def _cite_dates(
    notes: Notes, agreement: Agreement, dates: Sequence[Sourced[SaidDate]], prefix: str = ""
) -> Iterator[Words]:
    for said in dates:
        fact = fact_of(agreement, said.article, said.fact)
        evidence = said.value.evidence or fact.status_evidence
        yield (f"{prefix}{prose.said_date(said.value)}", notes.cite(said.article, evidence, fact.attribution))


def _is_overdue(agreement: Agreement, today: date) -> bool:
    is_open = agreement.status.group is StatusGroup.FUTURE
    return is_open and bool(agreement.due) and all(ledger.is_due_past(due.value.date, today) for due in agreement.due)


def _newest_date(agreement: Agreement) -> str:
    dates = [step.date for step in agreement.steps if step.date]
    return max(dates, default="")


def _newest_first(agreements: Iterable[Agreement]) -> list[Agreement]:
    return sorted(sorted(agreements, key=lambda one: one.slug), key=_newest_date, reverse=True)


def _by_due(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Those with a due date first, by it."""
    return sorted(agreements, key=lambda one: (one.due[0].value.date if one.due else "~", one.slug))


def _count_words(count: int | None) -> str:
    if count is None:
        return ""
    return "bundle, number not stated" if count == 0 else f"bundle of {count:,}"


def _row(site: Site, notes: Notes, agreement: Agreement, *, without: Iterable[str] = ()) -> Row:
    """One line of a ledger; `without` names the parties whose page it stands on."""
    article, fact = _deciding(agreement)
    hidden = set(without)
    partners = [site.party(code) for code in agreement.parties if code not in hidden]
    dates = [
        *_cite_dates(notes, agreement, agreement.concluded[:1]),
        *(_cite_dates(notes, agreement, agreement.due[:1], "due ") if not agreement.concluded else ()),
        *(_cite_dates(notes, agreement, agreement.in_force[:1], "in force ") if not agreement.concluded else ()),
    ]
    return Row(
        agreement=site.agreement(agreement),
        instrument=prose.capital(_instrument_words(agreement)),
        count=_count_words(agreement.count),
        mark=_mark(agreement.status),
        status_note=notes.cite(article, fact.status_evidence, fact.attribution),
        partners=_listed([*partners, *map(short, agreement.other_parties)], ", "),
        subject=_subject(site, notes, agreement),
        date=_listed_words(dates[:1]),
        is_overdue=_is_overdue(agreement, site.today),
        is_checked=site.is_checked(article),
    )


def _subject(site: Site, notes: Notes, agreement: Agreement) -> Words:
    """The headline value and the first items, for one cell."""
    parts: list[Words] = []
    for sums in sums_of(site, agreement)[:1]:
        first = sums.headline
        assert isinstance(first.value, Money)
        parts.append((prose.money(first.value), notes.cite(first.article, first.evidence, first.fact.attribution)))
    for item, _ in islice(telling_items(site, agreement), 2):
        chain = fact_of(agreement, item.article, item.fact).attribution
        parts.append((short(prose.item(item.value)), notes.cite(item.article, item.value.evidence, chain)))
    return _listed_words(parts, "; ")


def _listed_words(parts: Sequence[Words], between: str = ", ") -> Words:
    words: list[Piece] = []
    for index, part in enumerate(parts):
        if index:
            words.append(between)
        words += part
    return tuple(words)


def _is_expected(agreement: Agreement) -> bool:
    return agreement.status.group is StatusGroup.FUTURE


_Titled = tuple[str, Agreement]  # an agreement under the title of its ledger


def _by_fate(agreements: Iterable[Agreement]) -> Iterator[_Titled]:
    """What is not expected, by what has become of it, newest first."""
    agreements = _newest_first(agreements)
    yield from (("Concluded", one) for one in agreements if one.status.is_concluded)
    yield from (("Agreed, no signature reported", one) for one in agreements if one.status is Status.AGREED)
    yield from (
        ("Suspended, breached, ended or failed", one) for one in agreements if one.status.group is StatusGroup.UNDONE
    )


def _ledgers(site: Site, notes: Notes, titled: Iterable[_Titled], *, without: Iterable[str] = ()) -> tuple[Ledger, ...]:
    """Ledgers in the order in which their titles come; there is no empty one."""
    ledgers: dict[str, list[Row]] = {}
    for title, agreement in titled:
        ledgers.setdefault(title, []).append(_row(site, notes, agreement, without=without))
    return tuple(Ledger(title=title, rows=tuple(rows)) for title, rows in ledgers.items())


def _articles_of(agreements: Iterable[Agreement]) -> set[ArticleId]:
    return {statement.article for one in agreements for statement in one.statements}


def _unchecked(site: Site, articles: Iterable[ArticleId]) -> int:
    return sum(not site.is_checked(one) for one in articles)


def _paged(text: str, number: int) -> str:
    """A title or description, told apart from those of the other pages of the same list."""
    return text if number == 1 else f"{text} (page {number})"


# -- things with a date -------------------------------------------------------------------------------


def _step_entry(site: Site, notes: Notes, agreement: Agreement, step: Step) -> Entry:
    count = fact_of(agreement, step.article, step.fact).count  # ten were expected, though 28 were signed
    said = prose.verb(step.status, step.realis, is_plural=prose.is_many(count))
    hedge = prose.reservation(step.realis, "The sentence")
    subject = prose.capital(_subject_words(agreement, count))
    note = notes.cite(step.article, step.evidence, step.attribution)
    words: Words = (f"{subject} {said}: ", site.agreement(agreement), ".", note)
    return Entry(
        date=step.date or "",
        when=when(step.date),
        words=(*words, f" {hedge}") if hedge else words,
        kind="step",
        is_open=step.status.group is StatusGroup.FUTURE,
    )


def _term_entries(site: Site, notes: Notes, agreements: Iterable[Agreement]) -> Iterator[Entry]:
    for agreement in agreements:
        for said in agreement.terms[:1]:
            if said.value.ends:
                is_certain = agreement.status.is_concluded and prose.is_plain(_realis(agreement))
                verb = "Ends by its term: " if is_certain else "Would end by its term: "
                yield Entry(
                    date=said.value.ends,
                    when=prose.long_date(said.value.ends),
                    words=(
                        verb,
                        site.agreement(agreement),
                        ".",
                        notes.cite(said.article, said.value.evidence),
                    ),
                    kind="term",
                    is_open=True,
                )


def _due_entries(site: Site, notes: Notes, agreements: Iterable[Agreement]) -> Iterator[Entry]:
    for agreement in agreements:
        if not _is_expected(agreement):
            continue
        for due in agreement.due[:1]:
            if any(step.date == due.value.date for step in agreement.steps):
                continue  # the step stands on the same day already
            fact = fact_of(agreement, due.article, due.fact)
            note = notes.cite(due.article, due.value.evidence or fact.status_evidence, fact.attribution)
            late = " The date has passed and no outcome has been read." if _is_overdue(agreement, site.today) else ""
            yield Entry(
                date=due.value.date,
                when=prose.long_date(due.value.date),
                words=("Due: ", site.agreement(agreement), ".", note, late),
                kind="due",
                is_open=True,
            )


def _events(site: Site, codes: Sequence[str] | None) -> Iterable[Sourced[EventFact]]:
    """Events in which all of the codes take part; None: all events."""
    if codes is None:
        return site.book.events
    return [one for one in site.events_of.get(codes[0], []) if set(codes) <= set(one.value.participants)]


def _event_entries(notes: Notes, events: Iterable[Sourced[EventFact]]) -> Iterator[Entry]:
    for event in events:
        value = event.value
        given = value.date.date if value.date else ""
        yield Entry(
            date=given,
            when=when(given),
            words=(
                prose.event(value.kind, short(value.title), value.realis),
                notes.cite(event.article, value.evidence),
            ),
            kind="event",
            is_open=not prose.is_plain(value.realis),
        )


def _tension_entries(site: Site, notes: Notes, tensions: Iterable[Sourced[TensionFact]]) -> Iterator[Entry]:
    for tension in tensions:
        value = tension.value
        published = site.published(tension.article)
        yield Entry(
            date=published,
            when=f"reported {prose.long_date(published)}" if published else "date not known",
            words=(prose.capital(_tension_words(value)), notes.cite(tension.article, value.evidence)),
            kind="tension",
            is_open=value.kind.value == "sanctions-threat",
        )


def _tension_words(tension: TensionFact) -> str:
    """Who contests whom, under which law, as it stands in a sentence."""
    names = [code and party_name(code, with_article=True) for code in (tension.actor, tension.target)]
    text = prose.tension(tension.kind, names[0], names[1])
    return f"{text[:1].lower()}{text[1:]}{f' under {short(tension.law)}' if tension.law else ''}"


def _newest_tensions(site: Site, tensions: Iterable[Sourced[TensionFact]]) -> list[Sourced[TensionFact]]:
    return sorted(tensions, key=lambda one: site.published(one.article), reverse=True)


def _timeline(
    site: Site, notes: Notes, agreements: Sequence[Agreement], codes: Sequence[str] | None
) -> tuple[Entry, ...]:
    """Everything dated, oldest first; on the page of a country the newest steps of each agreement."""
    most = 0 if codes is None else _STEPS  # 0: all
    entries = [
        *_event_entries(notes, _events(site, codes)),
        *(_step_entry(site, notes, one, step) for one in agreements for step in one.steps[-most:]),
        *_due_entries(site, notes, agreements),
        *_term_entries(site, notes, agreements),
    ]
    return tuple(sorted((one for one in entries if one.date), key=lambda one: (one.date, one.is_open)))


def _timeline_chart(entries: Sequence[Entry], today: date) -> str:
    points = [
        charts.Point(date=one.date, when=one.when, label=_plain(one.words), is_open=one.is_open) for one in entries
    ]
    return charts.timeline(points, today=today)


def _plain(words: Words) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in words if not isinstance(piece, Note))


# -- people, equipment, quotations --------------------------------------------------------------------


def _person_row(site: Site, notes: Notes, person: Person, *, with_country: bool = True) -> PersonRow:
    office: Words = ()
    for said in reversed(person.statements):
        if said.value.office:
            evidence = said.value.office_evidence or said.value.evidence[0]
            office = (short(said.value.office), notes.cite(said.article, evidence))
            break
    else:
        newest = person.statements[-1]
        office = ("named", notes.cite(newest.article, newest.value.evidence[0]))
    country: Words = (site.party(person.country),) if person.country and with_country else ()
    return PersonRow(person=site.person(person), country=country, office=office)


def _item_row(site: Site, notes: Notes, agreement: Agreement, item: Sourced[Item], span: str) -> ItemRow:
    chain = fact_of(agreement, item.article, item.fact).attribution
    quantity = prose.quantity(item.value)
    return ItemRow(
        quantity=f"{quantity} ({span})" if span else quantity,
        name=short(prose.item_name(item.value)),
        category=_category(item.value.category),
        note=notes.cite(item.article, item.value.evidence, chain),
        agreement=site.agreement(agreement),
        mark=_mark(agreement.status),
        model=_model(site, item),
    )


def _model(site: Site, item: Sourced[Item]) -> Link | None:
    """The page of the model that an item names."""
    model = site.model_of.get((item.article, item.value.evidence))
    return Link(text=short(prose.item_name(item.value)), page=site.equipment_paths[model.id]) if model else None


def _category(code: str | None) -> str:
    if code is None:
        return ""
    return prose.capital(categories()[code].name) if code in categories() else code


def _equipment(site: Site, notes: Notes, agreements: Iterable[Agreement]) -> tuple[ItemRow, ...]:
    return tuple(_item_row(site, notes, one, *told) for one in agreements for told in telling_items(site, one))


def _quote_rows(site: Site, notes: Notes, quotations: Iterable[Quotation]) -> tuple[tuple[QuoteRow, ...], Words]:
    """Statements, newest first, and how many are shown; another wording in the same article stands with the first."""
    chosen = list(quotations)
    others: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in chosen:
        if one.fact.same_as:
            others[one.article, one.fact.same_as].append(one.fact.evidence.exact)
    firsts = [one for one in chosen if not one.fact.same_as]
    newest = sorted(firsts, key=lambda one: site.published(one.article), reverse=True)[:_QUOTATIONS]
    rows = tuple(_quote_row(site, notes, one, tuple(others[one.article, one.fact.id])) for one in newest)
    return rows, more_words(len(rows), len(firsts), "quotations")


def _quote_row(site: Site, notes: Notes, one: Quotation, others: tuple[str, ...]) -> QuoteRow:
    person = site.persons.get(one.person) if one.person else None
    speaker: Piece = site.person(person) if person else short(one.fact.speaker or "Speaker not stated")
    words: Words = (speaker,)
    if one.fact.speaker_evidence:
        words = (speaker, notes.cite(one.article, one.fact.speaker_evidence))
    return QuoteRow(
        text=one.fact.evidence.exact,
        speaker=words,
        channel=prose.CHANNELS[one.fact.channel] if one.fact.channel else "",
        note=notes.cite(one.article, one.fact.evidence, one.fact.attribution),
        others=others,
    )


# -- bottom lines -------------------------------------------------------------------------------------


def _bottom_line(site: Site, notes: Notes, agreements: Sequence[Agreement], whose: str = "") -> Iterator[Words]:
    """Counts, the newest, the next due: computed, never judged. `whose` says which agreements; empty: all."""
    concluded = [one for one in agreements if one.status.is_concluded]
    expected = [one for one in agreements if _is_expected(one)]
    if concluded:
        yield (f"Reported as concluded{whose}: {prose.total(one.count for one in concluded)}.",)
        yield strict_line(site, concluded)
        newest = _newest_first(concluded)[0]
        yield ("Newest: ", *_one_line(site, notes, newest))
    elif agreements:
        yield (f"Nothing is reported as concluded{whose}.",)
    if expected:
        yield (f"Expected, and not counted as concluded: {prose.total(one.count for one in expected)}.",)
        due = _next_due(expected, site.today)
        yield (
            _overdue_line(site, notes, due)
            if _is_overdue(due, site.today)
            else (
                "Next: ",
                *_one_line(site, notes, due),
            )
        )


def _overdue_line(site: Site, notes: Notes, agreement: Agreement) -> Words:
    """What should have been concluded by now: "Was due on …, no outcome read: several agreements between …."."""
    article, fact = _deciding(agreement)
    note = notes.cite(article, fact.status_evidence, fact.attribution)
    due = prose.on_date(agreement.due[0].value.date)
    lead = f"Was due {due}, and no outcome has been read: {_subject_words(agreement, agreement.count)} — "
    return (lead, site.agreement(agreement), ".", note)


def _next_due(expected: Sequence[Agreement], today: date) -> Agreement:
    """The next one that is not overdue; else the one that was due last."""
    ahead = [one for one in _by_due(expected) if not _is_overdue(one, today)]
    return ahead[0] if ahead else _by_due(expected)[-1]


def _one_line(site: Site, notes: Notes, agreement: Agreement) -> Words:
    """An agreement with its status and date: "a contract between India and Russia was signed on …: Contract to …."."""
    article, fact = _deciding(agreement)
    realis = fact.realis
    concluded = agreement.concluded[0].value if agreement.concluded else None
    due = agreement.due[0].value if agreement.due else None
    several = prose.is_many(agreement.count)
    moment = prose.moment(agreement.status, concluded, due)
    said = f"{_subject_words(agreement, agreement.count)} {prose.verb(agreement.status, realis, is_plural=several)}"
    note = notes.cite(article, fact.status_evidence, fact.attribution)
    return (f"{said}{f' {moment}' if moment else ''} — ", site.agreement(agreement), ".", note)


def _unknown(site: Site, agreements: Sequence[Agreement]) -> Iterator[Words]:
    """What no article says of the agreements, by kind."""
    concluded = [one for one in agreements if one.status.is_concluded]
    kinds = (
        ("No value is reported", [one for one in concluded if not one.values]),
        ("No date of conclusion is reported", [one for one in concluded if not one.concluded]),
        ("No term is reported", [one for one in concluded if not one.terms]),
        ("How many agreements the bundle holds is not stated", [one for one in agreements if one.count == 0]),
        (
            "The date has passed and no outcome has been read",
            [one for one in agreements if _is_overdue(one, site.today)],
        ),
    )
    for lead, lacking in kinds:
        if lacking and len(agreements) == 1:
            yield (f"{lead}.",)
        elif lacking:
            shown = [site.agreement(one) for one in lacking[:5]]
            more = [f"{len(lacking) - 5:,} more"] if len(lacking) > 5 else []
            yield (f"{lead} for ", *_listed([*shown, *more]), ".")


# -- start and indexes --------------------------------------------------------------------------------


def _card(site: Site, code: str) -> Card:
    tensions = prose.counted(len(site.tensions_of.get(code, [])), "tension", "tensions")
    agreements = site.by_party.get(code, [])
    return Card(
        link=Link(text=party_name(code), page=site.party_paths[code]),
        code=code,
        line=_tally(agreements) if agreements else f"Party to no agreement; {tensions} reported",
    )


def _pair_card(site: Site, pair: tuple[str, str]) -> Card:
    return Card(
        link=Link(text=_pair_name(pair), page=site.pair_paths[pair]),
        code=f"{pair[0]}–{pair[1]}",
        line=_tally(site.by_pair[pair]),
    )


def _tally(agreements: Sequence[Agreement]) -> str:
    """What stands behind a card, as short as can be: "Concluded: two agreements. Expected: one bundle."."""
    concluded = [one.count for one in agreements if one.status.is_concluded]
    expected = [one.count for one in agreements if _is_expected(one)]
    parts = [
        f"{name}: {prose.total(counts)}."
        for name, counts in (("Concluded", concluded), ("Expected", expected))
        if counts
    ]
    return " ".join(parts) or "Nothing concluded or expected."


def _pair_name(pair: tuple[str, str]) -> str:
    return f"{party_name(pair[0])}–{party_name(pair[1])}"


def _start_page(site: Site) -> StartPage:
    notes, book = Notes(site), site.book
    bottom = tuple(_bottom_line(site, notes, book.agreements))
    newest = [one for one in _newest_first(book.agreements) if not _is_expected(one)]
    expected = _by_due(one for one in book.agreements if _is_expected(one))
    return StartPage(
        path="index.md",
        title="Pactbook",
        description="Agreements between countries, read from news articles, each value with the sentence that says it.",
        as_of=site.as_of,
        articles=len(book.articles),
        unchecked=_unchecked(site, book.articles),
        bottom_line=bottom,
        newest=tuple(_row(site, notes, one) for one in newest[:_NEWEST]),
        expected=tuple(_row(site, notes, one) for one in expected[:_NEWEST]),
        parties=tuple(_card(site, code) for code in _busiest(site)),
        pairs=tuple(_pair_card(site, pair) for pair in _busiest_pairs(site)[:12]),
    )


def _busiest(site: Site) -> list[str]:
    return sorted(site.party_paths, key=lambda code: (-len(site.by_party.get(code, [])), party_name(code)))[:24]


def _busiest_pairs(site: Site) -> list[tuple[str, str]]:
    return sorted(site.pair_paths, key=lambda pair: (-len(site.by_pair[pair]), _pair_name(pair)))


def _party_index_page(site: Site) -> IndexPage:
    states = tuple(_card(site, code) for code in site.party_paths if folder_of(code) == "countries")
    others = tuple(_card(site, code) for code in site.party_paths if folder_of(code) != "countries")
    groups = [("Countries", states), ("Organizations", others)]
    return IndexPage(
        path="countries/index.md",
        title="Countries",
        description="Countries and organizations that are a party to an agreement or contest one.",
        as_of=site.as_of,
        lead="Every country and organization that is a party to an agreement, or contests one.",
        groups=tuple((title, cards) for title, cards in groups if cards),
    )


def _pair_index_pages(site: Site) -> Iterator[IndexPage]:
    for sheet in sheets("pairs/index.md", list(site.pair_paths), lambda pair: _pair_name(pair)[:1]):
        yield IndexPage(
            path=sheet.path,
            title=_paged("Pairs of countries", sheet.number),
            description=_paged("What every two countries have concluded, and what is expected.", sheet.number),
            as_of=site.as_of,
            lead="What every two countries or organizations have concluded with each other, and what is expected.",
            groups=(("Pairs", tuple(_pair_card(site, pair) for pair in sheet.items)),),
            pager=sheet.pager,
        )


def _agreement_index_pages(site: Site) -> Iterator[AgreementIndexPage]:
    return _agreement_lists(
        site,
        site.book.agreements,
        path="agreements/index.md",
        title="Agreements",
        description="All agreements: concluded, agreed, undone, and expected.",
    )


def _place_in_list(titled: _Titled) -> str:
    """Ledger and year in short, for the overview of pages."""
    title, agreement = titled
    name = "Undone" if agreement.status.group is StatusGroup.UNDONE else title.partition(",")[0]
    return f"{name} {_newest_date(agreement)[:4]}".strip()


def _agreement_lists(
    site: Site,
    agreements: Sequence[Agreement],
    *,
    path: str,
    title: str,
    description: str,
    codes: tuple[str, ...] = (),
    crumbs: tuple[Link, ...] = (),
) -> Iterator[AgreementIndexPage]:
    """Agreements in ledgers, on as many pages as it takes; `codes` are the parties that all have in common."""
    titled = [*_by_fate(agreements), *(("Expected", one) for one in _by_due(agreements) if _is_expected(one))]
    articles = _articles_of(agreements)
    for sheet in sheets(path, titled, _place_in_list):
        notes = Notes(site)
        whose = _whose(codes) if codes else ""
        yield AgreementIndexPage(
            path=sheet.path,
            title=_paged(title, sheet.number),
            description=_paged(description, sheet.number),
            as_of=site.as_of,
            articles=len(articles),
            unchecked=_unchecked(site, articles),
            crumbs=crumbs,
            bottom_line=tuple(_bottom_line(site, notes, agreements, whose)) if sheet.number == 1 else (),
            ledgers=_ledgers(site, notes, sheet.items, without=codes),
            pager=sheet.pager,
        )


# -- countries and pairs ------------------------------------------------------------------------------


def _party_pages(site: Site, code: str) -> Iterator[Page]:
    name = party_name(code)
    kind = "Country" if folder_of(code) == "countries" else "Organization"
    return _two_sided(
        site,
        path=site.party_paths[code],
        title=name,
        kicker=f"{kind} · {code}",
        codes=(code,),
        agreements=site.by_party.get(code, []),
        tensions=site.tensions_of.get(code, []),
        persons=site.persons_of.get(code, []),
    )


def _pair_pages(site: Site, pair: tuple[str, str]) -> Iterator[Page]:
    agreements = site.by_pair[pair]
    articles = _articles_of(agreements)
    kinds = {folder_of(code) for code in pair}
    return _two_sided(
        site,
        path=site.pair_paths[pair],
        title=_pair_name(pair),
        kicker=f"{'Pair of countries' if kinds == {'countries'} else 'Pair'} · {pair[0]}–{pair[1]}",
        codes=pair,
        agreements=agreements,
        tensions=_tensions_about(site, articles, pair),
        persons=[
            one
            for code in pair
            for one in site.persons_of.get(code, [])
            if any(said.article in articles for said in one.statements)
        ],
    )


def _tensions_about(site: Site, articles: Iterable[str], codes: Sequence[str]) -> list[Sourced[TensionFact]]:
    """Tensions that some articles report and that concern one of the codes, in the order of the book's articles."""
    found = [one for article in sorted(articles) for one in site.tensions_in.get(article, [])]
    return [one for one in found if one.value.actor in codes or one.value.target in codes]


def _two_sided(
    site: Site,
    *,
    path: str,
    title: str,
    kicker: str,
    codes: tuple[str, ...],
    agreements: Sequence[Agreement],
    tensions: Sequence[Sourced[TensionFact]],
    persons: Sequence[Person],
) -> Iterator[Page]:
    """The page of one country, or of two; and a list of all their agreements where the page does not hold them."""
    notes = Notes(site)
    newest_tensions = _newest_tensions(site, tensions)
    bottom = tuple(_party_bottom_line(site, notes, codes, agreements, newest_tensions))
    done, ahead = list(_by_fate(agreements)), [one for one in _by_due(agreements) if _is_expected(one)]
    shown = [*(one for _, one in done[:_SHOWN]), *ahead[:_SHOWN]]
    all_of_them = _rest(f"{path.removesuffix('.md')}/agreements.md", "All agreements")
    changed = changes.of_party(site, notes, shown)
    ledgers = _ledgers(site, notes, done[:_SHOWN], without=codes)
    expected = tuple(_row(site, notes, one, without=codes) for one in ahead[:_SHOWN])
    contested = tuple(_tension_entries(site, notes, newest_tensions[:_SHOWN]))
    known = _newest_persons(site, persons)
    people = tuple(_person_row(site, notes, one, with_country=len(codes) > 1) for one in known[:_SHOWN])
    equipment = _equipment(site, notes, _newest_first(shown))
    timeline = _timeline(site, notes, shown, codes)
    quotations, quotations_more = _quote_rows(
        site, notes, (said for one in persons for said in site.spoken_by.get(one.id, []))
    )
    pairs = [pair for pair in _busiest_pairs(site) if len(codes) == 1 and codes[0] in pair]
    rests = rests_of(site, notes, _articles_of(agreements))
    crumb = ("Countries", "countries/index.md") if len(codes) == 1 else ("Pairs", "pairs/index.md")
    yield PartyPage(
        path=path,
        title=title,
        description=f"Agreements {_whose(codes).strip()}: concluded, expected, contested. As of {site.as_of}.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        notes=rests.notes,
        kicker=kicker,
        code="–".join(codes),
        partner_head=_partner_head(codes, agreements),
        crumbs=(Link(text=crumb[0], page=crumb[1]),),
        bottom_line=bottom,
        changes=changed,
        ledgers=ledgers,
        ledgers_more=more_words(min(_SHOWN, len(done)), len(done), "agreements", *all_of_them),
        expected=expected,
        expected_more=more_words(len(expected), len(ahead), "expected agreements", *all_of_them, which="first"),
        tensions=contested,
        tensions_more=more_words(len(contested), len(tensions), "tensions", *_rest("tensions.md", "All tensions")),
        people=people,
        people_more=more_words(len(people), len(known), "people", *_rest("people/index.md", "All people")),
        equipment=equipment[:_SHOWN],
        equipment_more=more_words(
            len(equipment[:_SHOWN]), len(equipment), "items", "The others stand on the pages of their agreements."
        ),
        timeline=timeline[-_SHOWN:],
        timeline_more=more_words(
            len(timeline[-_SHOWN:]), len(timeline), "dates", *_rest("timeline.md", "The whole timeline")
        ),
        chart=_timeline_chart(timeline[-_SHOWN:], site.today),
        quotations=quotations,
        quotations_more=quotations_more,
        unknown=tuple(_unknown(site, agreements)),
        pairs=tuple(_pair_card(site, pair) for pair in pairs[:_SHOWN]),
        pairs_more=_busiest_words(len(pairs)),
        sources=rests.sources,
        sources_more=rests.sources_more,
    )
    if len(done) > _SHOWN or len(ahead) > _SHOWN:
        yield from _agreement_lists(
            site,
            agreements,
            path=f"{path.removesuffix('.md')}/agreements.md",
            title=f"{title}: all agreements",
            description=f"All agreements {_whose(codes).strip()}, by what has become of them.",
            codes=codes,
            crumbs=(Link(text=crumb[0], page=crumb[1]), Link(text=title, page=path)),
        )


def _rest(page: str, text: str) -> Words:
    """Where the rest of a list is."""
    return (Link(text=text, page=page), ".")


def _busiest_words(total: int) -> Words:
    lead = f"The {_SHOWN} with most agreements of {total:,} are shown. "
    return (lead, *_rest("pairs/index.md", "All pairs")) if total > _SHOWN else ()


def _newest_persons(site: Site, persons: Sequence[Person]) -> Sequence[Person]:
    """All by name where they are few; else those whom the newest articles name."""
    if len(persons) <= _SHOWN:
        return persons
    return sorted(persons, key=lambda one: site.published(one.statements[-1].article), reverse=True)


def _partner_head(codes: tuple[str, ...], agreements: Sequence[Agreement]) -> str:
    """What the column of the other parties is called; empty: there are none, and no column."""
    if len(codes) == 1:
        return "Partners"
    return "Others" if any(len(one.parties) > len(codes) or one.other_parties for one in agreements) else ""


def _whose(codes: tuple[str, ...]) -> str:
    """Which agreements: " with India as a party", " between India and Russia"; begins with a blank."""
    names = [party_name(code, with_article=True) for code in codes]
    return f" with {names[0]} as a party" if len(codes) == 1 else f" between {prose.joined(names)}"


def _party_bottom_line(
    site: Site,
    notes: Notes,
    codes: tuple[str, ...],
    agreements: Sequence[Agreement],
    tensions: Sequence[Sourced[TensionFact]],
) -> Iterator[Words]:
    if agreements:
        yield from _bottom_line(site, notes, agreements, _whose(codes))
    else:
        name = prose.capital(party_name(codes[0], with_article=True))
        be = "is" if len(tensions) == 1 else "are"
        told = f"; {prose.counted(len(tensions), 'tension', 'tensions')} {be} reported" if tensions else ""
        yield (f"{name} is party to no agreement in these articles{told}.",)
        return
    for tension in tensions[:2]:
        yield (
            f"Tension reported: {_tension_words(tension.value)}",
            notes.cite(tension.article, tension.value.evidence),
            ".",
        )


# -- agreements ---------------------------------------------------------------------------------------


def _agreement_page(site: Site, agreement: Agreement) -> AgreementPage:
    notes = Notes(site)
    summary = tuple(_summary(site, notes, agreement))
    standing = tuple(standing_lines(site, agreement))
    article, fact = _deciding(agreement)
    steps = tuple(_step_rows(notes, agreement, (article, fact.id)))
    conflicts = conflict_rows(site, notes, agreement)
    particulars = tuple(_particulars(site, notes, agreement))
    items = tuple(_item_row(site, notes, agreement, *told) for told in telling_items(site, agreement))
    tables = ladder_tables(site, notes, agreement)
    total = len(agreement.statements)
    said = tuple(_said_row(site, notes, agreement, index) for index in range(max(total - _SHOWN, 0), total))
    if len(said) == 1 and len(said[0].sentences) == 1:
        said = ()  # the status step says it all
    articles = {statement.article for statement in agreement.statements}
    tensions = _tensions_about(site, articles, agreement.parties)
    quotations, _ = _quote_rows(site, notes, _quotations_on(site, agreement))
    entries = tuple(_tension_entries(site, notes, _newest_tensions(site, tensions)[:_SHOWN]))
    changed, changed_more = changes.of_agreement(site, notes, agreement)
    rests = rests_of(site, notes, articles)
    return AgreementPage(
        path=site.agreement_paths[agreement.id],
        title=short(prose.capital(agreement.title)),
        description=f"{prose.capital(_subject_words(agreement, agreement.count))}: {status_label(agreement.status)}.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        notes=rests.notes,
        crumbs=(Link(text="Agreements", page="agreements/index.md"),),
        kicker=prose.capital(_instrument_words(agreement)),
        mark=_mark(agreement.status),
        summary=summary,
        standing=standing,
        conflicts=conflicts,
        steps=steps,
        steps_more=more_words(len(steps), len(agreement.steps), "steps"),
        steps_chart=_steps_chart(agreement),
        particulars=particulars,
        items=items,
        ladders=tables,
        agreed=tuple(agreed_lines(site, notes, agreement)),
        beside=tuple(beside_lines(site, agreement)),
        joined=tuple(joined_lines(site, agreement)),
        said=said,
        said_more=more_words(len(said), total, "reports") if said else (),
        quotations=quotations,
        tensions=entries,
        unknown=tuple(_unknown(site, [agreement])),
        changes=changed,
        changes_more=changed_more,
        sources=rests.sources,
        sources_more=rests.sources_more,
    )


def _instrument_words(agreement: Agreement) -> str:
    many = prose.is_many(agreement.count)
    return plural(agreement.instrument) if many else instrument_label(agreement.instrument)


def _subject_words(agreement: Agreement, count: int | None) -> str:
    names = [party_name(code, with_article=True) for code in agreement.parties]
    return prose.subject(agreement.instrument, count, [*names, *map(short, agreement.other_parties)])


def _summary(site: Site, notes: Notes, agreement: Agreement) -> Iterator[Words]:
    """One line, then what is reserved, then value, items and term in the tense of the status."""
    article, fact = _deciding(agreement)
    status, realis, several = agreement.status, fact.realis, prose.is_many(agreement.count)
    by = prose.attribution(fact.attribution)

    def may_say(origin: ArticleId, evidence: Evidence | None) -> bool:
        """What a source is said to say must stand in its own sentence."""
        return not by or (origin == article and evidence is not None and _holds(fact.status_evidence, evidence))

    concluded = next((one.value for one in agreement.concluded[:1] if may_say(one.article, one.value.evidence)), None)
    due = next((one.value for one in agreement.due[:1] if may_say(one.article, one.value.evidence)), None)
    when = prose.moment(status, concluded, due)
    places = agreement.places[:1] if status is Status.SIGNED else ()
    where = "".join(f" in {short(one.value.name)}" for one in places if may_say(one.article, one.value.evidence))
    told = (
        f"{prose.verb(status, realis, is_plural=several)}{f' {when}' if when else ''}{where}{f', {by}' if by else ''}."
    )
    deciding = notes.cite(article, fact.status_evidence, fact.attribution)
    dates = agreement.concluded[:1] if concluded is not None else agreement.due[:1] if due is not None else ()
    rests = [(one.article, one.value.evidence) for one in dates if when]
    rests += [(one.article, one.value.evidence) for one in places if where]
    beside = [
        notes.cite(origin, evidence)
        for origin, evidence in rests
        if evidence is not None and not (origin == article and _holds(fact.status_evidence, evidence))
    ]
    yield (f"{prose.capital(_subject_words(agreement, agreement.count))} {told}", *dict.fromkeys((deciding, *beside)))
    hedge = prose.reservation(realis)
    if hedge:
        yield (hedge,)
    if _is_overdue(agreement, site.today):
        first = agreement.due[0]
        note = notes.cite(first.article, first.value.evidence or fact.status_evidence)
        yield (f"The due date, {prose.long_date(first.value.date)}", note, ", has passed and no outcome has been read.")
    expected = site.expected_of.get(agreement.id)
    if expected is not None and expected.met is not None:
        yield outcome_line(notes, expected)
    sums = [_sum_words(notes, one) for one in sums_of(site, agreement)[:3]]
    if sums:
        lead = prose.value_lead(status, realis, is_plural=several)
        yield (f"{lead} ", *_listed_words(sums, "; also reported: "), ".")
    telling = list(islice(telling_items(site, agreement), 4))
    if telling:
        lead = prose.items_lead(status, realis, is_plural=several)
        cited: list[Words] = [
            (
                short(prose.the_item(one.value)),
                f" ({span})" if span else "",
                notes.cite(one.article, one.value.evidence),
            )
            for one, span in telling
        ]
        yield (f"{lead} ", *_listed_words(cited), ".")
    for term in agreement.terms[:1]:
        lead = prose.term_lead(status, realis, is_plural=several)
        yield (f"{lead} {prose.term(term.value)}", notes.cite(term.article, term.value.evidence), ".")


def _sum_words(notes: Notes, sums: rivals.Ladder) -> Words:
    first = sums.headline
    assert isinstance(first.value, Money)
    return (prose.money(first.value), span_of(sums), notes.cite(first.article, first.evidence))


def _step_rows(notes: Notes, agreement: Agreement, deciding: tuple[ArticleId, str]) -> Iterator[StepRow]:
    """The newest steps, oldest first; `deciding` is the statement that decides the headline."""
    before: tuple[Status, str] | None = None
    is_moving = len({step.status for step in agreement.steps}) > 1 or len(agreement.parties) > _TWO
    for step in _by_day(agreement.steps)[-_SHOWN:]:
        same = (step.status, _step_when(step))
        yield StepRow(
            mark=_mark(step.status),
            when=same[1],
            note=notes.cite(step.article, step.evidence, step.attribution),
            reservation=prose.reservation(step.realis, "This sentence"),
            remark=step_remark(agreement, step, deciding) if is_moving else "",
            is_again=same == before,
        )
        before = same


def _by_day(steps: Sequence[Step]) -> list[Step]:
    """By date; a month or a year stands behind the days of which it may be any."""
    return sorted(steps, key=lambda step: f"{step.date}~" if step.date else "~")


def _steps_chart(agreement: Agreement) -> str:
    """The dated steps, each status of one day once."""
    points = {
        (step.status, step.date): charts.Point(
            date=step.date,
            when=prose.long_date(step.date),
            label=_mark(step.status).label,
            is_open=step.status.group is StatusGroup.FUTURE,
        )
        for step in _by_day(agreement.steps)
        if step.date
    }
    return charts.steps(list(points.values()))


def _step_when(step: Step) -> str:
    reported = "reported " if step.basis is DateBasis.REPORT and step.date else ""
    return f"{reported}{when(step.date)}"


def _particulars(site: Site, notes: Notes, agreement: Agreement) -> Iterator[Field]:
    """What is recorded, in the order of the UN Treaty Collection: identity, parties, conclusion, subject."""
    yield Field(label="Instrument", values=((prose.capital(_instrument_words(agreement)),),))
    if agreement.count is not None:
        yield Field(label="Number", values=((prose.capital(_count_words(agreement.count)),),))
    given = (
        ("Parties", tuple(_party_values(site, notes, agreement))),
        ("Place", tuple(_place_values(site, notes, agreement))),
        ("Concluded", tuple(_cite_dates(notes, agreement, agreement.concluded[:_REPEATS]))),
        ("Due", tuple(_cite_dates(notes, agreement, agreement.due[:_REPEATS]))),
        ("In force", tuple(_cite_dates(notes, agreement, agreement.in_force[:_REPEATS]))),
        ("Value", tuple(_value_field(site, notes, agreement))),
        (
            "Term",
            tuple(
                (prose.term(one.value), notes.cite(one.article, one.value.evidence))
                for one in agreement.terms[:_REPEATS]
            ),
        ),
    )
    for name, values in given:
        if values:
            yield Field(label=name, values=_said_once(values))
    if agreement.areas:
        labels = (prose.capital(area_label(area)) for area in agreement.areas)
        links = tuple(
            Link(text=text, page=_area_path(area)) for text, area in zip(labels, agreement.areas, strict=True)
        )
        yield Field(label="Areas", values=tuple((link,) for link in links))


def _said_once(values: Iterable[Words]) -> tuple[Words, ...]:
    """Each value once, with the notes of all that give it."""
    notes_of: dict[tuple[Piece, ...], dict[Piece, None]] = {}
    for words in values:
        text = tuple(piece for piece in words if not isinstance(piece, Note))
        notes_of.setdefault(text, {}).update((piece, None) for piece in words if isinstance(piece, Note))
    return tuple((*text, *notes) for text, notes in notes_of.items())


def _value_field(site: Site, notes: Notes, agreement: Agreement) -> Iterator[Words]:
    """The headline sum of each currency and kind, as this site and as the article writes it."""
    for sums in sums_of(site, agreement)[:_REPEATS]:
        first = sums.headline
        assert isinstance(first.value, Money)
        kind = "" if first.value.kind is MoneyKind.VALUE else f" ({prose.money_kind(first.value)})"
        note = notes.cite(first.article, first.evidence, first.fact.attribution)
        yield (f"{prose.money(first.value)}{kind}, written “{short(first.evidence.exact)}”", note)


def _party_values(site: Site, notes: Notes, agreement: Agreement) -> Iterator[Words]:
    """Each party once, by the newest statement that gives it a role, else the newest that names it."""
    kept: dict[str, tuple[Statement, Party]] = {}
    since: dict[str, str] = {}  # the day of the first report that names it
    for statement in agreement.statements:
        for party in statement.fact.parties:
            key = party.code or party.name
            since.setdefault(key, site.published(statement.article))
            if key not in kept or party.role is not Role.PARTY or kept[key][1].role is Role.PARTY:
                kept[key] = (statement, party)
    first = min(since.values(), default="")
    for key, (statement, party) in kept.items():
        shown = site.party(party.code) if party.code else short(party.name)
        role = "" if party.role is Role.PARTY else f" ({label(party.role)})"
        late = f" (first named {when(since[key])})" if len(kept) > _TWO and since[key] > first else ""
        yield (shown, role, late, notes.cite(statement.article, party.evidence, statement.fact.attribution))


def _place_values(site: Site, notes: Notes, agreement: Agreement) -> Iterator[Words]:
    for place in agreement.places[:_REPEATS]:
        note = notes.cite(place.article, place.value.evidence)
        name, code = short(place.value.name), place.value.country
        yield (name, ", ", site.party(code), note) if code and party_name(code) != name else (name, note)


def _outlet(site: Site, article: ArticleId) -> str:
    return site.book.articles[article].outlet or ""


def _holds(outer: Evidence, inner: Evidence) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _said_row(site: Site, notes: Notes, agreement: Agreement, index: int) -> SaidRow:
    statement = agreement.statements[index]
    fact, article = statement.fact, statement.article
    passages = list(dict.fromkeys((fact.status_evidence, *fact.evidence)))
    return SaidRow(
        source=site.source(article),
        outlet=_outlet(site, article) or "Outlet not stated",
        when=when(site.published(article)),
        mark=_mark(fact.status),
        sentences=tuple(notes.cite(article, one, fact.attribution) for one in passages),
        attribution=f"Status {by}" if (by := prose.attribution(fact.attribution)) else "",
        reservation=prose.reservation(fact.realis, "The sentence of its status"),
    )


def _quotations_on(site: Site, agreement: Agreement) -> Iterator[Quotation]:
    """Quotations that overlap a passage on which the agreement rests."""
    passages = {
        (statement.article, one.start, one.end)
        for statement in agreement.statements
        for one in (statement.fact.status_evidence, *statement.fact.evidence)
    }
    for quotation in site.quotations_of_articles({article for article, _, _ in passages}):
        start, end = quotation.fact.evidence.start, quotation.fact.evidence.end
        if any(article == quotation.article and start < last and first < end for article, first, last in passages):
            yield quotation


def _redirect_pages(site: Site) -> Iterator[RedirectPage]:
    """A page at each old address of an agreement or person, unless another page has that address now."""
    agreements = {str(one.id): site.agreement(one) for one in site.book.agreements}
    persons = {str(one.id): link for one in site.book.persons if isinstance(link := site.person(one), Link)}
    moved = (
        ("agreements", site.book.redirects, agreements, site.agreement_paths.values()),
        ("people", site.book.person_redirects, persons, site.person_paths.values()),
    )
    for folder, old, links, paths in moved:
        taken = {*paths, f"{folder}/index.md"}
        for name, target in old.items():
            path = f"{folder}/{slug(name)}.md"
            if target not in links or path in taken or not slug(name) or slug(name) in RESERVED:
                continue
            taken.add(path)
            yield RedirectPage(
                path=path, title="Moved", description="This page has moved.", as_of=site.as_of, target=links[target]
            )


# -- persons ------------------------------------------------------------------------------------------


def _people_index_pages(site: Site) -> Iterator[PeopleIndexPage]:
    by_country = sorted(site.book.persons, key=lambda one: party_name(one.country) if one.country else "~")
    for sheet in sheets("people/index.md", by_country, _country_of):
        notes = Notes(site)
        groups: dict[str, list[PersonRow]] = defaultdict(list)
        for person in sheet.items:
            groups[_country_of(person)].append(_person_row(site, notes, person, with_country=False))
        yield PeopleIndexPage(
            path=sheet.path,
            title=_paged("People", sheet.number),
            description=_paged("Office-holders and officials whom the articles name in public acts.", sheet.number),
            as_of=site.as_of,
            articles=len(notes.articles),
            unchecked=_unchecked(site, notes.articles),
            groups=tuple((name, tuple(rows)) for name, rows in groups.items()),
            pager=sheet.pager,
        )


def _country_of(person: Person) -> str:
    return party_name(person.country) if person.country else "Country not stated"


def _person_page(site: Site, person: Person) -> PersonPage:
    notes = Notes(site)
    articles = {said.article for said in person.statements}
    bottom = tuple(_person_bottom_line(site, notes, person))
    offices = tuple(_office_entries(site, notes, person))
    quotations, quotations_more = _quote_rows(site, notes, site.spoken_by.get(person.id, []))
    conflicts = shared_words_rows(site, notes, person)
    agreements = _newest_first(
        {one.id: one for article in articles for one in site.by_article.get(article, [])}.values()
    )
    theirs = [one for one in agreements if person.country in one.parties]
    rows = tuple(_row(site, notes, one) for one in theirs[:_SHOWN])
    rests = rests_of(site, notes, articles)
    return PersonPage(
        path=site.person_paths[person.id],
        title=short(person.name),
        description=f"{short(person.name)}: offices, statements, and agreements reported in the same articles.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        notes=rests.notes,
        crumbs=(Link(text="People", page="people/index.md"),),
        bottom_line=bottom,
        variants=tuple(short(name) for name in person.variants if name != person.name)[:20],
        offices=offices,
        quotations=quotations,
        quotations_more=quotations_more,
        conflicts=conflicts,
        agreements=rows,
        agreements_more=more_words(len(rows), len(theirs), "agreements"),
        sources=rests.sources,
        sources_more=rests.sources_more,
    )


def _person_bottom_line(site: Site, notes: Notes, person: Person) -> Iterator[Words]:
    row = _person_row(site, notes, person)
    country: Words = (" of ", *row.country) if row.country else ()
    is_office = any(said.value.office for said in person.statements)
    office: Words = row.office if is_office else ("Named without an office", *row.office[1:])
    count = prose.counted(len({said.article for said in person.statements}), "article", "articles")
    yield (*office, *country, f". Appears in {count}.")


def _office_entries(site: Site, notes: Notes, person: Person) -> Iterator[Entry]:
    """Each office, country and spelling once, where an article gives it first; the newest of them."""
    firsts: dict[tuple[str | None, str | None, str], Sourced[PersonFact]] = {}
    for said in person.statements:
        firsts.setdefault((said.value.office, said.value.country, said.value.name), said)
    for said in list(firsts.values())[-_SHOWN:]:
        published = site.published(said.article)
        evidence = said.value.office_evidence or said.value.evidence[0]
        country: Words = (", ", site.party(said.value.country)) if said.value.country else ()
        office = prose.capital(short(said.value.office or "no office given"))
        name = f" (as {short(said.value.name)})" if said.value.name != person.name else ""
        yield Entry(
            date=published,
            when=when(published),
            words=(office, *country, name, notes.cite(said.article, evidence)),
            kind="office",
        )


# -- sources ------------------------------------------------------------------------------------------


def _source_page(site: Site, article: Article) -> SourcePage:
    return replace(source_page(site, article), announced=tuple(announced_lines(site, article)))


def _source_index_pages(site: Site, refused: Sequence[Problem]) -> Iterator[SourceIndexPage]:
    newest = newest_articles(site, site.book.articles)
    unread = tuple(Refused(path=one.path, reason=one.message) for one in sorted(refused)[:ROWS])
    for sheet in sheets("sources/index.md", newest, lambda one: when(site.published(one)[:7])):
        yield SourceIndexPage(
            path=sheet.path,
            title=_paged("Sources", sheet.number),
            description=_paged("Every article that was read, with its text and what rests on it.", sheet.number),
            as_of=site.as_of,
            articles=len(newest),
            unchecked=_unchecked(site, newest),
            rows=tuple(source_row(site, one) for one in sheet.items),
            refused=unread if sheet.number == 1 else (),
            pager=sheet.pager,
        )


# -- areas, equipment, outlets ------------------------------------------------------------------------


def _area_path(area: Area) -> str:
    return f"areas/{area.value}.md"


def _area_pages(site: Site) -> Iterator[Page]:
    """What agreements are about: an index, and the agreements of each area."""
    cards = tuple(
        Card(
            link=Link(text=prose.capital(area_label(area)), page=_area_path(area)),
            code="",
            line=_tally(ours) or prose.counted(len(ours), "agreement", "agreements"),
        )
        for area, ours in site.by_area.items()
    )
    yield IndexPage(
        path="areas/index.md",
        title="Areas",
        description="What the agreements are about.",
        as_of=site.as_of,
        articles=0,
        unchecked=0,
        lead="What the agreements are about. One agreement may stand in several areas.",
        groups=(("", cards),),
    )
    for area, ours in site.by_area.items():
        label = area_label(area)
        yield from _agreement_lists(
            site,
            ours,
            path=_area_path(area),
            title=prose.capital(label),
            description=f"Agreements about {label}: concluded, agreed, undone, and expected.",
            crumbs=(Link(text="Areas", page="areas/index.md"),),
        )


def _equipment_pages(site: Site) -> Iterator[Page]:
    """Named models of equipment: an index by category, and a page of each."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for model in sorted(site.models, key=lambda one: (_category(one.category) or "~", one.name)):
        agreements = _agreements_of(site, model)
        line = prose.capital(prose.counted(len(agreements), "agreement", "agreements"))
        link = Link(text=short(model.name), page=site.equipment_paths[model.id])
        groups[_category(model.category) or "Category not known"].append(Card(link=link, code="", line=line))
    yield IndexPage(
        path="equipment/index.md",
        title="Equipment",
        description="Named models of equipment in agreements, by category.",
        as_of=site.as_of,
        articles=0,
        unchecked=0,
        lead="Named models in agreements, by SIPRI’s categories and, for small arms, those of the UN Register.",
        groups=tuple((name, tuple(cards)) for name, cards in groups.items()) or (("", ()),),
    )
    yield from (_equipment_page(site, model) for model in site.models)


def _agreements_of(site: Site, model: Equipment) -> list[Agreement]:
    """The agreements in which a model stands, the newest first."""
    known = (site.by_fact.get((said.article, said.fact)) for said in model.statements)
    return _newest_first({one.id: one for one in known if one is not None}.values())


def _equipment_page(site: Site, model: Equipment) -> EquipmentPage:
    notes = Notes(site)
    agreements = _agreements_of(site, model)
    told = [
        (agreement, said)
        for said in reversed(model.statements)
        for agreement in [site.by_fact.get((said.article, said.fact))]
        if agreement is not None
    ]
    name = short(model.name)
    parties = sorted({party_name(code) for one in agreements for code in one.parties})
    between = f"between {prose.joined(parties)}" if len(parties) > 1 else ""
    counted = prose.counted(len(agreements), "agreement", "agreements")
    line = f"{name} stands in {' '.join(part for part in (counted, between if len(agreements) == 1 else '') if part)}."
    items = tuple(_item_row(site, notes, agreement, said, "") for agreement, said in told[:_SHOWN])
    rows = tuple(_row(site, notes, one) for one in agreements[:_SHOWN])
    rests = rests_of(site, notes, {said.article for said in model.statements})
    return EquipmentPage(
        path=site.equipment_paths[model.id],
        title=name,
        description=f"{name}: agreements in which it stands, with the numbers reported.",
        as_of=site.as_of,
        articles=rests.articles,
        unchecked=rests.unchecked,
        notes=rests.notes,
        crumbs=(Link(text="Equipment", page="equipment/index.md"),),
        category=_category(model.category),
        variants=tuple(short(one) for one in model.variants if one != model.name)[:20],
        bottom_line=((line,),),
        items=items,
        items_more=more_words(len(items), len(told), "reports"),
        agreements=rows,
        sources=rests.sources,
        sources_more=rests.sources_more,
    )


def _outlet_pages(site: Site) -> Iterator[Page]:
    """Outlets: an index, and what rests on the articles of each."""
    cards = tuple(
        Card(
            link=Link(text=short(name), page=site.outlet_paths[name]),
            code="",
            line=f"{prose.capital(prose.counted(len(articles), 'article', 'articles'))}.",
        )
        for name, articles in site.by_outlet.items()
    )
    yield IndexPage(
        path="outlets/index.md",
        title="Outlets",
        description="Who published the articles that were read.",
        as_of=site.as_of,
        articles=0,
        unchecked=0,
        crumbs=(Link(text="Sources", page="sources/index.md"),),
        lead="Who published the articles that were read. Articles that name no outlet stand with the sources only.",
        groups=(("", cards),),
    )
    records = {fold(one.name): one for one in ledger.records_of_outlets(site.expected)}
    yield from (_outlet_page(site, name, records.get(fold(name))) for name in site.by_outlet)


def _outlet_page(site: Site, name: str, record: ledger.Record | None) -> OutletPage:
    notes = Notes(site)
    articles = newest_articles(site, site.by_outlet[name])
    agreements = _newest_first(
        {one.id: one for article in articles for one in site.by_article.get(article, [])}.values()
    )
    alone = sum(all(said.article in set(articles) for said in one.statements) for one in agreements)
    rows = tuple(_row(site, notes, one) for one in agreements[:_SHOWN])
    shown = articles[:ROWS]
    return OutletPage(
        path=site.outlet_paths[name],
        title=short(name),
        description=f"{short(name)}: its articles, what rests on them, and what came of its announcements.",
        as_of=site.as_of,
        articles=len(articles),
        unchecked=_unchecked(site, articles),
        notes=rests_of(site, notes, ()).notes,
        crumbs=(Link(text="Sources", page="sources/index.md"), Link(text="Outlets", page="outlets/index.md")),
        bottom_line=((_outlet_line(len(articles), len(agreements), alone),),),
        record=record_row(record) if record is not None else None,
        agreements=rows,
        agreements_more=more_words(len(rows), len(agreements), "agreements"),
        rows=tuple(source_row(site, one) for one in shown),
        rows_more=more_words(len(shown), len(articles), "articles"),
    )


def _outlet_line(articles: int, agreements: int, alone: int) -> str:
    """What rests on an outlet: "Two articles, which tell of five agreements; three of these rest on it alone."."""
    told = prose.capital(prose.counted(articles, "article", "articles"))
    if not agreements:
        return f"{told}, which {'tells' if articles == 1 else 'tell'} of no agreement."
    counted = prose.counted(agreements, "agreement", "agreements")
    of = f"{told}, which {'tells' if articles == 1 else 'tell'} of {counted}"
    if not alone:
        return f"{of}; other outlets report {'it' if agreements == 1 else 'each of them'} too."
    if alone == agreements:
        return f"{of}; {'it rests' if agreements == 1 else 'all of them rest'} on this outlet alone."
    return f"{of}; {prose.number(alone)} of these {'rests' if alone == 1 else 'rest'} on this outlet alone."


# -- what spans the book ------------------------------------------------------------------------------


def _expected_pages(site: Site) -> Iterator[ExpectedPage | OutcomesPage]:
    expected = [one for one in _by_due(site.book.agreements) if _is_expected(one)]
    overdue = [one for one in expected if _is_overdue(one, site.today)]
    late = {one.id for one in overdue}
    titled = [
        *(("Due", one) for one in expected if one.due and one.id not in late),
        *(("Lapsed: date passed, no outcome read", one) for one in reversed(overdue)),
        *(("No date said", one) for one in expected if not one.due),
    ]
    settled = newest_outcomes(site)
    articles = _articles_of(expected)
    for sheet in sheets("expected.md", titled, lambda one: one[0]):
        notes, is_first = Notes(site), sheet.number == 1
        others = [one for one in settled if one.agreement.id not in late] if is_first else []
        shown = others[:_SHOWN]
        yield ExpectedPage(
            path=sheet.path,
            title=_paged("Expected", sheet.number),
            description=_paged(
                "Agreements that are proposed, negotiated, expected or approved, and what came of those announced.",
                sheet.number,
            ),
            as_of=site.as_of,
            articles=len(articles),
            unchecked=_unchecked(site, articles),
            bottom_line=tuple(_expected_lines(expected, len(overdue), settled)) if is_first else (),
            ledgers=_ledgers(site, notes, sheet.items),
            outcomes=tuple(expected_row(site, notes, one) for one in shown),
            outcomes_more=more_words(
                len(shown), len(others), "outcomes", *_rest("expected/outcomes.md", "All outcomes")
            ),
            records=tuple(_records(site)) if is_first else (),
            least_cases=ledger.LEAST_CASES,
            pager=sheet.pager,
        )
    if len(settled) > _SHOWN:
        yield from _outcomes_pages(site, settled)


def _outcomes_pages(site: Site, settled: Sequence[ledger.Expected]) -> Iterator[OutcomesPage]:
    articles = _articles_of(one.agreement for one in settled)
    for sheet in sheets("expected/outcomes.md", list(settled), lambda one: prose.OUTCOMES[one.outcome]):
        notes = Notes(site)
        yield OutcomesPage(
            path=sheet.path,
            title=_paged("Outcomes", sheet.number),
            description=_paged("What has come of everything that was expected.", sheet.number),
            as_of=site.as_of,
            articles=len(articles),
            unchecked=_unchecked(site, articles),
            crumbs=(Link(text="Expected", page="expected.md"),),
            outcomes=tuple(expected_row(site, notes, one) for one in sheet.items),
            pager=sheet.pager,
        )


def _records(site: Site) -> Iterator[tuple[str, tuple[RecordRow, ...]]]:
    """How often announcements came true: by who carried them, and by whom they quote."""
    of_outlets, of_sources = site.outlet_records, ledger.records_of_sources(site.expected)
    for title, records in (("Outlets", of_outlets), ("Offices and others whom they quote", of_sources)):
        settled = [one for one in records if one.settled]
        if settled:
            yield title, tuple(record_row(one) for one in settled[:_SHOWN])


def _expected_lines(expected: Sequence[Agreement], overdue: int, settled: Sequence[ledger.Expected]) -> Iterator[Words]:
    yield _expected_line(expected, overdue)
    if settled:
        found = [one.outcome for one in settled]
        kinds = [one for one in ledger.Outcome if one in found]
        told = [f"{prose.number(found.count(one))} {prose.OUTCOMES[one].lower()}" for one in kinds]
        be = "is" if len(found) == 1 else "are"
        yield (f"Of all that was ever expected, {prose.number(len(found))} {be} no longer open: {prose.joined(told)}.",)


def _expected_line(expected: Sequence[Agreement], overdue: int) -> Words:
    if not expected:
        return ("Nothing is expected in these articles.",)
    many = prose.total(one.count for one in expected)
    those = "it" if len(expected) == 1 else f"{prose.number(overdue)} of them"
    late = f" The date has passed for {those}, and no outcome has been read." if overdue else ""
    return (f"Expected, and not counted as concluded: {many}.{late}",)


_Years = tuple[tuple[str, tuple[Entry, ...]], ...]  # titles with their entries


def _timeline_pages(site: Site) -> Iterator[TimelinePage]:
    """One page; or, where that would be long, what is newest and next and a page, or several, for each year."""
    entries = _timeline(site, Notes(site), site.book.agreements, None)
    if len(entries) <= _ONE_TIMELINE:
        yield _timeline_page(site, "timeline.md", "Timeline", _by_year(entries))
        return
    years = _by_year(entries)
    yield _timeline_page(
        site,
        "timeline.md",
        "Timeline",
        _around_today(entries, site.today),
        overview=tuple(
            YearLink(link=Link(text=year, page=f"timeline/{year}.md"), count=len(ones)) for year, ones in years
        ),
    )
    for year, ones in years:
        for sheet in sheets(f"timeline/{year}.md", ones, lambda one: when(one.date)):
            title = _paged(f"Timeline: {year}", sheet.number)
            yield _timeline_page(site, sheet.path, title, ((year, sheet.items),), pager=sheet.pager)


def _by_year(entries: Sequence[Entry]) -> _Years:
    """Newest year first, each from its beginning on."""
    years: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        years[entry.date[:4]].append(entry)
    return tuple((year, tuple(years[year])) for year in sorted(years, reverse=True))


def _around_today(entries: Sequence[Entry], today: date) -> _Years:
    """What comes next, and what was last."""
    past = [one for one in entries if one.date <= today.isoformat()][-_SHOWN:]
    ahead = [one for one in entries if one.date > today.isoformat()][:_SHOWN]
    parts = (("Next", tuple(ahead)), ("Newest", tuple(reversed(past))))
    return tuple((title, ones) for title, ones in parts if ones)


def _timeline_page(
    site: Site,
    path: str,
    title: str,
    years: _Years,
    *,
    overview: tuple[YearLink, ...] = (),
    pager: Pager | None = None,
) -> TimelinePage:
    years = _renumbered(years)
    shown = [one for _, ones in reversed(years) for one in ones]
    crumbs = (Link(text="Timeline", page="timeline.md"),) if path != "timeline.md" else ()
    return TimelinePage(
        path=path,
        title=title,
        description=f"{title}: steps, meetings, due dates and ends of terms.",
        as_of=site.as_of,
        articles=len(site.book.articles),
        unchecked=_unchecked(site, site.book.articles),
        crumbs=crumbs,
        chart=_timeline_chart(shown, site.today) if len(shown) <= 60 and not overview else "",
        overview=overview,
        years=years,
        pager=pager,
    )


def _renumbered(years: _Years) -> _Years:
    """Entries whose notes are numbered from 1, as each page has it."""
    numbers: dict[tuple[str, str], int] = {}

    def again(piece: Piece) -> Piece:
        if not isinstance(piece, Note):
            return piece
        return replace(piece, number=numbers.setdefault((piece.page, piece.anchor), len(numbers) + 1))

    return tuple(
        (title, tuple(replace(one, words=tuple(map(again, one.words))) for one in entries)) for title, entries in years
    )


def _tensions_pages(site: Site) -> Iterator[TensionsPage]:
    newest = _newest_tensions(site, site.book.tensions)
    articles = {one.article for one in newest}
    for sheet in sheets("tensions.md", newest, lambda one: when(site.published(one.article)[:7])):
        yield TensionsPage(
            path=sheet.path,
            title=_paged("Tensions", sheet.number),
            description=_paged(
                "Sanctions, threats of sanctions, protests and disputes that the articles report.", sheet.number
            ),
            as_of=site.as_of,
            articles=len(articles),
            unchecked=_unchecked(site, articles),
            entries=tuple(_tension_entries(site, Notes(site), sheet.items)),
            pager=sheet.pager,
        )


_GLOSSARY: tuple[tuple[str, str, type[StrEnum]], ...] = (
    ("Status", "Where an agreement stands. Only “signed” and later are counted as agreements.", Status),
    ("Instrument", "The form an agreement takes, by the most exact word an article uses.", Instrument),
    ("Area", "What an agreement is about.", Area),
    ("Role", "What a party does in an agreement.", Role),
    ("Certainty", "How sure the innermost source is.", Certainty),
    ("Mode", "Ways of speaking of something without saying that it has happened.", Mode),
    ("Tension", "Who contests, and how.", TensionKind),
)


def _glossary_page(site: Site) -> GlossaryPage:
    return GlossaryPage(
        path="glossary.md",
        title="Glossary",
        description="The words and codes of this site, with what each means.",
        as_of=site.as_of,
        groups=tuple(
            (title, lead, tuple(_glossary_term(member) for member in members)) for title, lead, members in _GLOSSARY
        ),
    )


def _glossary_term(member: StrEnum) -> Term:
    group = member.group.value if isinstance(member, Status) else ""
    return Term(name=prose.capital(label(member)), definition=definition(member), code=member.value, group=group)
