"""The frozen values that pages are made of: what a template may use. Knows nothing but text, numbers and each other."""

from collections.abc import Mapping
from dataclasses import dataclass

# -- what pages are made of ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Text that leads to a page of the site."""

    text: str
    page: str  # path below `site_src/`: "agreements/x.md"
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The pages of a long list, and which of them this one is."""

    number: int  # from 1
    pages: tuple[Link, ...]  # at least two; the text says what each begins and ends with

    @property
    def previous(self) -> Link | None:
        """The page before this one."""
        return self.pages[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Link | None:
        """The page after this one."""
        return self.pages[self.number] if self.number < len(self.pages) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An address elsewhere; only http and https, the host in ASCII."""

    href: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One piece of evidence as a page cites it: number, sentence, and where it stands."""

    number: int  # on its page, from 1
    page: str
    anchor: str
    before: str  # of the sentence, up to the evidence
    exact: str  # the evidence, verbatim unless longer than a note may be
    after: str
    sentence: tuple[int, int]  # where the sentence stands in the article
    place: tuple[int, int]  # where the evidence stands
    title: str  # of the article
    outlet: str
    date: str  # in words; empty: the article gives none
    attribution: str  # "according to …"; empty: the outlet itself
    address: Outgoing | None
    is_checked: bool  # a person has read the facts of this article

    @property
    def source(self) -> str:
        """Outlet and date, for one line."""
        return ", ".join(part for part in (self.outlet, self.date) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One sentence of an article and the notes whose evidence is in it."""

    notes: tuple[Note, ...]
    pieces: tuple[tuple[str, bool], ...]  # the sentence; True: evidence
    attribution: str  # "according to …"; empty: the outlet itself


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGroup:
    """The notes of one page that come from one article."""

    first: Note  # its article, outlet, date and address are those of all
    quoted: tuple[Quoted, ...]


Piece = str | Link | Note
Words = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A status as a label."""

    code: str
    label: str
    group: str  # future, done, undone


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One agreement in a ledger."""

    agreement: Link
    instrument: str
    count: str  # "bundle of 10"; empty: one instrument
    mark: Mark
    status_note: Note
    partners: Words
    subject: Words  # value and items
    date: Words
    is_overdue: bool
    is_checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Rows of one kind, with what the kind means."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something with a date."""

    date: str  # EDTF; empty: not known
    when: str  # the date in words
    words: Words
    kind: str  # step, event, due, term, tension
    is_open: bool = False  # not said to have happened


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person in a list."""

    person: Piece  # a link where the person has a page
    country: Words
    office: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """Equipment or goods in an agreement."""

    quantity: str
    name: str
    category: str
    note: Note
    agreement: Link
    mark: Mark
    model: Link | None = None  # the page of the named model


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """Words that somebody said."""

    text: str
    speaker: Words
    channel: str
    note: Note
    others: tuple[str, ...]  # other wordings of the same statement in the same article


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One article on which a page rests."""

    source: Link
    outlet: str
    date: str
    address: Outgoing | None
    is_checked: bool
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step in the life of an agreement."""

    mark: Mark
    when: str
    note: Note
    reservation: str
    remark: str = ""  # "decides the headline"; empty: one step among others
    is_again: bool = False  # the row before has the same status and date


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line of the particulars: a label and one or more values."""

    label: str
    values: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRow:
    """One reported figure of a ladder."""

    text: str  # in the form of this site: "INR 51.24 billion"
    written: str  # as the article writes it: "₹5,124 crore"
    kind: str  # of a sum: "value", "loan"; else empty
    note: Note
    root: str  # the source on which it rests in the end
    remark: str  # parts that add up to it, or that its outlet has replaced it
    is_headline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderTable:
    """All reported figures of one quantity, the headline first."""

    title: str
    line: str  # from where to where, how many reports from how many sources, and why the first stands first
    rows: tuple[RungRow, ...]
    more: Words
    chart: str  # SVG; empty: nothing to compare


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """Reports that cannot all be so."""

    title: str
    lead: str
    sides: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """Something that was expected and what has come of it."""

    agreement: Link
    mark: Mark  # the outcome
    announced: Words
    came: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """How the announcements of one name have come out."""

    name: str
    announced: int
    settled: int
    in_time: int  # kept or exceeded
    late: int
    in_part: int
    lapsed: int
    open: int
    rate: str  # "4 of 5 (80 %)"; empty: too few cases


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """What one article says of an agreement."""

    source: Link
    outlet: str
    when: str
    mark: Mark
    sentences: tuple[Note, ...]
    attribution: str
    reservation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A country, organisation or pair in an index."""

    link: Link
    code: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An article that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLink:
    """A year of the timeline and how much it holds."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry of the glossary."""

    name: str
    definition: str
    code: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A stretch of an article's text begins; `Close` ends the last one that is open."""

    kind: str  # fact, name, unread, noise, title
    anchor: str  # id of the evidence; empty: a stretch continued after a crossing one, or no evidence
    number: int  # of the evidence on its page; 0: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """The last open stretch ends."""

    number: int  # the evidence that ends here for good; 0: none, or it goes on


Token = str | Open | Close


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A highlighted passage of an article and what rests on it."""

    number: int
    anchor: str
    text: str
    uses: tuple[Words, ...]


# -- pages --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One value by which the search can be narrowed."""

    name: str  # country, status, area, instrument, year, outlet, equipment, review
    value: str  # as readers see it


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the search shall know of a page beside its words."""

    kind: str  # "Agreement", "Country", "Overview"
    date: str = ""  # EDTF; the newest that the page tells of; empty: none
    aliases: tuple[str, ...] = ()  # other spellings under which it is looked for
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    path: str  # below `site_src/`
    title: str  # one line, short
    description: str  # one plain sentence
    as_of: str  # the day of the build in words
    crumbs: tuple[Link, ...] = ()  # the way from the index that it belongs to
    articles: int = 0  # that the page rests on
    unchecked: int = 0  # of them, not yet read by a person
    notes: tuple[NoteGroup, ...] = ()
    pager: Pager | None = None  # None: all of the list stands here
    finding: Finding | None = None  # None: the search passes over the page
    held_back: int | None = None  # facts that await a person and are not shown; None: all facts are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    """The first page."""

    bottom_line: tuple[Words, ...]
    newest: tuple[Row, ...]
    expected: tuple[Row, ...]
    parties: tuple[Card, ...]
    pairs: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage(Page):
    """A list of countries and organisations, or of pairs."""

    lead: str
    groups: tuple[tuple[str, tuple[Card, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementIndexPage(Page):
    """All agreements in ledgers."""

    bottom_line: tuple[Words, ...]
    ledgers: tuple[Ledger, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage(Page):
    """One country or organisation, or one pair of them."""

    kicker: str
    code: str
    partner_head: str  # what the column of the other parties is called
    bottom_line: tuple[Words, ...]
    changes: tuple[Entry, ...]
    ledgers: tuple[Ledger, ...]
    ledgers_more: Words  # here and below: how much of a long list is shown, and where the rest is; empty: all of it
    expected: tuple[Row, ...]
    expected_more: Words
    tensions: tuple[Entry, ...]
    tensions_more: Words
    people: tuple[PersonRow, ...]
    people_more: Words
    equipment: tuple[ItemRow, ...]
    equipment_more: Words
    timeline: tuple[Entry, ...]
    timeline_more: Words
    chart: str  # SVG; empty: too little to draw
    quotations: tuple[QuoteRow, ...]
    quotations_more: Words
    unknown: tuple[Words, ...]
    pairs: tuple[Card, ...]
    pairs_more: Words
    sources: tuple[SourceRow, ...]
    sources_more: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage(Page):
    """One agreement."""

    kicker: str
    mark: Mark
    summary: tuple[Words, ...]
    steps: tuple[StepRow, ...]
    steps_more: Words
    steps_chart: str
    standing: tuple[Words, ...]  # on whose word the headline rests, and what came of what was expected
    conflicts: tuple[ConflictRow, ...]
    particulars: tuple[Field, ...]
    items: tuple[ItemRow, ...]
    ladders: tuple[LadderTable, ...]  # figures on which the reports differ
    agreed: tuple[Words, ...]  # figures on which several reports agree
    beside: tuple[Words, ...]  # other agreements of the same parties at the same time
    joined: tuple[Words, ...] = ()  # why its reports are held to be about one agreement
    said: tuple[SaidRow, ...]
    said_more: Words
    quotations: tuple[QuoteRow, ...]
    tensions: tuple[Entry, ...]
    unknown: tuple[Words, ...]
    changes: tuple[Entry, ...]
    changes_more: Words
    sources: tuple[SourceRow, ...]
    sources_more: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleIndexPage(Page):
    """All persons by country."""

    groups: tuple[tuple[str, tuple[PersonRow, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One person."""

    bottom_line: tuple[Words, ...]
    variants: tuple[str, ...]
    offices: tuple[Entry, ...]
    quotations: tuple[QuoteRow, ...]
    quotations_more: Words
    conflicts: tuple[ConflictRow, ...]
    agreements: tuple[Row, ...]
    agreements_more: Words
    sources: tuple[SourceRow, ...]
    sources_more: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentPage(Page):
    """One named model of equipment: who agreed on how many, and in which articles."""

    category: str  # empty: not known
    variants: tuple[str, ...]  # other spellings
    bottom_line: tuple[Words, ...]
    items: tuple[ItemRow, ...]  # the newest first
    items_more: Words
    agreements: tuple[Row, ...]
    sources: tuple[SourceRow, ...]
    sources_more: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPage(Page):
    """One outlet: what rests on its articles, and how its announcements have come out."""

    bottom_line: tuple[Words, ...]
    record: RecordRow | None  # None: it has announced nothing
    agreements: tuple[Row, ...]
    agreements_more: Words
    rows: tuple[SourceRow, ...]  # its articles, the newest first
    rows_more: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceIndexPage(Page):
    """All articles."""

    rows: tuple[SourceRow, ...]
    refused: tuple[Refused, ...]  # on the first page of the list only


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(Page):
    """One article: its text with every piece of evidence marked, and what rests on each."""

    particulars: tuple[Field, ...]
    address: Outgoing | None
    tokens: tuple[Token, ...]
    passages: tuple[Passage, ...]
    withdrawn: tuple[Words, ...] = ()  # what a person has taken back, and why
    announced: tuple[Words, ...] = ()  # what came of what the article announces, and of what its outlet announces
    names: tuple[Words, ...]  # countries and persons that the article names
    sentences: int  # of the article, without noise
    read: int  # of them, that yielded a fact beyond names
    is_checked: bool
    reviewed: str  # "by whom on which date"; empty: not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPage(Page):
    """Everything that is still to come, and what has come of what was expected."""

    bottom_line: tuple[Words, ...]
    ledgers: tuple[Ledger, ...]
    outcomes: tuple[ExpectedRow, ...]  # of what is no longer open, the newest first
    outcomes_more: Words
    records: tuple[tuple[str, tuple[RecordRow, ...]], ...]  # of outlets, and of those whom they quote
    least_cases: int  # settled announcements that it takes for a rate


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesPage(Page):
    """What has come of everything that was expected."""

    outcomes: tuple[ExpectedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(Page):
    """What has a date, by year: all of it, one year, or what is newest and next with a way to each year."""

    chart: str
    overview: tuple[YearLink, ...]  # empty: all years stand here
    years: tuple[tuple[str, tuple[Entry, ...]], ...]  # title and entries


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """What changed, the newest first."""

    entries: tuple[Entry, ...]
    entries_more: Words
    untold: int  # changes that were recorded only as a number
    data: tuple[Mapping[str, object], ...]  # every change as flat values, the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class TensionsPage(Page):
    """Who contests what."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage(Page):
    """Words and codes of the site."""

    groups: tuple[tuple[str, str, tuple[Term, ...]], ...]  # title, lead, terms


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectPage(Page):
    """An address that has moved."""

    target: Link
