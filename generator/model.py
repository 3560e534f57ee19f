"""The nouns: articles, the facts of one article, and the book that all facts add up to.

Values read from files are frozen pydantic models that forbid unknown keys; values derived from them are frozen
standard dataclasses. This room knows no file, no YAML, no Markdown, and no list of countries.

Sources of the terms: W3C Web Annotation (evidence), FactBank (realis), PLOVER (modes), ISO 8601-2 / EDTF level 1
(dates), SIPRI Arms Transfers Database and the UN Treaty Collection (what is recorded of an agreement).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, NewType, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

ArticleId = NewType("ArticleId", str)  # file name without its ending: [a-z0-9][a-z0-9._-]{0,99}
AgreementId = NewType("AgreementId", str)  # opaque and stable
PersonId = NewType("PersonId", str)  # opaque and stable
OrganisationId = NewType("OrganisationId", str)  # opaque and stable
EquipmentId = NewType("EquipmentId", str)  # opaque and stable
MeetingId = NewType("MeetingId", str)  # opaque and stable

PartyCode = Annotated[
    str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,15}$")
]  # alpha-3 of a state, or short name of an organisation
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]  # ISO 3166-1 alpha-3, XKX, or ISO 3166-3
CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]  # ISO 4217
Edtf = Annotated[
    str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
]  # 2021-12-06, 2021-12, 2021
Text = Annotated[str, Field(min_length=1)]
DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
REFERENCE = r"^([a-z0-9][a-z0-9._-]{0,99}(/[apqte][0-9]+)?|(equipment|organisation):\S(.*\S)?)$"
Day = Annotated[str, Field(pattern=DAY)]
Reference = Annotated[
    str, Field(pattern=REFERENCE)
]  # an article, a fact of it ("2021-12-06-x/a1"), or all that has one name ("equipment:AK-203")


# -- closed lists ----------------------------------------------------------------------------------


class Status(StrEnum):
    """Where an agreement stands, in the order of its life; see `StatusGroup` for what may be counted."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    ANTICIPATED = "anticipated"
    APPROVED = "approved"
    AGREED = "agreed"
    SIGNED = "signed"
    IN_FORCE = "in-force"
    EXTENDED = "extended"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    BREACHED = "breached"
    ENDED = "ended"
    FAILED = "failed"

    @property
    def group(self) -> "StatusGroup":
        """Whether the agreement is still to come, has been concluded, or is undone."""
        return _GROUP_OF_STATUS[self]

    @property
    def is_concluded(self) -> bool:
        """True for `signed` and later: only these count as agreements in a total."""
        return self.group is StatusGroup.DONE and self is not Status.AGREED


class StatusGroup(StrEnum):
    """The three answers to "has it happened?"."""

    FUTURE = "future"
    DONE = "done"
    UNDONE = "undone"


_GROUP_OF_STATUS = {
    **dict.fromkeys((Status.PROPOSED, Status.NEGOTIATING, Status.ANTICIPATED, Status.APPROVED), StatusGroup.FUTURE),
    **dict.fromkeys((Status.AGREED, Status.SIGNED, Status.IN_FORCE, Status.EXTENDED, Status.AMENDED), StatusGroup.DONE),
    **dict.fromkeys((Status.SUSPENDED, Status.BREACHED, Status.ENDED, Status.FAILED), StatusGroup.UNDONE),
}


class Instrument(StrEnum):
    """The form an agreement takes; `deal` only where no more exact word is used."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    PROTOCOL = "protocol"
    CONVENTION = "convention"
    MOU = "mou"
    CONTRACT = "contract"
    DECLARATION = "declaration"
    JOINT_STATEMENT = "joint-statement"
    FRAMEWORK = "framework"
    PROGRAMME = "programme"
    LOAN = "loan"
    LICENCE = "licence"
    CEASEFIRE = "ceasefire"
    LETTER_OF_INTENT = "letter-of-intent"
    ARRANGEMENT = "arrangement"
    DEAL = "deal"


class Area(StrEnum):
    """What an agreement is about; one or more."""

    DEFENCE = "defence"
    TRADE = "trade"
    ENERGY = "energy"
    FINANCE = "finance"
    TECHNOLOGY = "technology"
    NUCLEAR = "nuclear"
    SPACE = "space"
    MIGRATION = "migration"
    TRANSPORT = "transport"
    CULTURE = "culture"
    HEALTH = "health"
    ENVIRONMENT = "environment"
    DIPLOMATIC = "diplomatic"
    PEACE = "peace"
    LEGAL = "legal"
    FOOD = "food"
    OTHER = "other"


class Role(StrEnum):
    """What a party does in an agreement; `party` where the article does not say more."""

    PARTY = "party"
    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    LICENSOR = "licensor"
    LICENSEE = "licensee"
    CO_PRODUCER = "co-producer"
    LENDER = "lender"
    BORROWER = "borrower"
    DONOR = "donor"
    MEDIATOR = "mediator"


class Qualifier(StrEnum):
    """How a figure is hedged by the article."""

    EXACT = "="
    ABOUT = "~"
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    UP_TO = "<="


class MoneyKind(StrEnum):
    """What a sum is; `value` where the article does not say more."""

    VALUE = "value"
    CONTRACT = "contract"
    ESTIMATE = "estimate"
    CEILING = "ceiling"
    LOAN = "loan"
    PACKAGE = "package"
    INVESTMENT = "investment"
    GRANT = "grant"


class DateBasis(StrEnum):
    """How a date was got: in full from the article, resolved against the article's date, or only the report's date."""

    STATED = "stated"
    RESOLVED = "resolved"
    REPORT = "report"


class Certainty(StrEnum):
    """How sure the innermost source is (FactBank)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNCOMMITTED = "uncommitted"


class Mode(StrEnum):
    """PLOVER's modes: ways in which a sentence may speak of something without saying that it has happened."""

    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    NEGATED = "negated"


class Channel(StrEnum):
    """Where words were said, as far as the article tells."""

    SPEECH = "speech"
    PRESS = "press"
    INTERVIEW = "interview"
    TWEET = "tweet"
    STATEMENT = "statement"
    LETTER = "letter"
    TRANSCRIPT = "transcript"


class TensionKind(StrEnum):
    """Who contests, and how."""

    SANCTIONS_THREAT = "sanctions-threat"
    SANCTIONS = "sanctions"
    PROTEST = "protest"
    DISPUTE = "dispute"


class EventKind(StrEnum):
    """A meeting of the parties that is no agreement itself."""

    TALKS = "talks"
    VISIT = "visit"
    SUMMIT = "summit"
    CALL = "call"
    CEREMONY = "ceremony"


class ReviewState(StrEnum):
    """Whether a person has read the facts beside the article."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"


class OverrideKind(StrEnum):
    """What a person may say against the rules that make the book."""

    SAME = "same"
    NOT_SAME = "not-same"
    RENAME = "rename"
    RETRACT = "retract"


class Publish(StrEnum):
    """Which facts the site shows."""

    PROPOSED = "proposed"  # all that were read; what no person has accepted carries a mark
    ACCEPTED = "accepted"  # only what a person has accepted


# -- one article -----------------------------------------------------------------------------------


class Value(BaseModel):
    """Base of everything that is read from files."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(Value):
    """One article as it was published.

    `text` is the title, a line feed, and the body to the letter; all evidence counts its positions in it.
    """

    id: ArticleId
    path: str  # of the file, relative to the project; "" where the article did not come from the seeds
    sha256: str  # of the file's bytes, 64 lower-case hexadecimal digits
    title: str  # one line; may be empty
    body: str  # to the letter, line feeds as in the file
    published: Edtf | None = None  # None: the article gives no date
    outlet: str | None = None  # None: unknown
    url: str | None = None  # http or https
    language: str = "en"  # ISO 639-1

    @property
    def text(self) -> str:
        """Title, a line feed, body: what evidence is measured in."""
        return f"{self.title}\n{self.body}"


class Evidence(Value):
    """A verbatim passage of an article and where it stands (W3C Web Annotation: exact, start, end)."""

    exact: Text  # character for character, never repaired
    start: Annotated[int, Field(ge=0)]  # Unicode code points from the beginning of `Article.text`
    end: Annotated[int, Field(ge=1)]  # exclusive; end - start is the length of `exact`

    @model_validator(mode="after")
    def _length_agrees(self) -> "Evidence":
        if self.end - self.start != len(self.exact):
            raise ValueError(
                f"end must be start + {len(self.exact)}, the length of 'exact'; got {self.start} to {self.end}"
            )
        return self


class Realis(Value):
    """How real the article says something is, according to its innermost source."""

    certainty: Certainty = Certainty.CERTAIN
    modes: tuple[Mode, ...] = ()  # in the order of `Mode`; empty: said to be so


class Source(Value):
    """One link of a chain of attribution."""

    name: Text  # as the article words it: "TASS", "Russia’s Ministry of Defense"
    evidence: Evidence


class SaidDate(Value):
    """A date with its precision (by its length) and how it was got."""

    date: Edtf
    basis: DateBasis
    evidence: Evidence | None = None  # None only with basis `report`


class Term(Value):
    """From when to when something holds, or for how many years."""

    begins: Edtf | None = None
    ends: Edtf | None = None
    years: Decimal | None = None
    evidence: Evidence


class Place(Value):
    """Where something was or will be done."""

    name: Text  # as the article words it
    country: CountryCode | None = None
    evidence: Evidence


class Money(Value):
    """A sum as an article gives it; never converted."""

    amount: Decimal  # in units of the currency: "$500 million" is 500000000
    high: Decimal | None = None  # upper end of a range; None: no range
    currency: CurrencyCode
    qualifier: Qualifier = Qualifier.EXACT
    kind: MoneyKind = MoneyKind.VALUE
    evidence: Evidence  # the words that give the sum: "more than $500 million"


class Item(Value):
    """Equipment or goods with a name or a number."""

    designation: str | None = None  # "AK-203", "wheat bran"; as the article words it
    description: str | None = None  # "assault rifles"
    quantity: Decimal | None = None
    high: Decimal | None = None  # upper end of a range
    qualifier: Qualifier = Qualifier.EXACT
    unit: str | None = None  # "tonnes"; None: pieces
    category: str | None = None  # code of `codes.categories()`; None: not equipment, or not known
    evidence: Evidence


class Party(Value):
    """One side of an agreement."""

    code: PartyCode | None = None  # None: no state or known organisation (a company, an armed group, a region)
    name: Text  # as the article words it where it says so, else the country's name
    role: Role = Role.PARTY
    evidence: Evidence


# -- facts of one article --------------------------------------------------------------------------


class CountryFact(Value):
    """A country that the article mentions at all."""

    country: CountryCode
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]  # at most the first ten mentions
    rule: Text


class PersonFact(Value):
    """A person whom the article names, with the office and country that it gives."""

    id: Annotated[str, Field(pattern=r"^p[0-9]+$")]
    name: Text  # fullest form in the article, without titles; verbatim
    office: str | None = None  # as the article words it, without the country's adjective
    country: CountryCode | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]  # mentions, the fullest name first
    office_evidence: Evidence | None = None  # where the office is said
    rule: Text


class AgreementFact(Value):
    """What one article says of one agreement, when it ends."""

    id: Annotated[str, Field(pattern=r"^a[0-9]+$")]
    title: Text  # descriptive, made of the article's words; news rarely gives the real one
    parties: tuple[Party, ...] = ()
    instrument: Instrument
    status: Status
    status_evidence: Evidence  # the sentence that decides the status
    realis: Realis = Realis()
    count: Annotated[int, Field(ge=0)] | None = None  # of a bundle; 0: "several"; None: one instrument
    areas: tuple[Area, ...] = ()  # in the order of `Area`
    values: tuple[Money, ...] = ()
    items: tuple[Item, ...] = ()
    concluded: SaidDate | None = None  # date of signature or conclusion
    due: SaidDate | None = None  # when it is expected to be concluded
    in_force: SaidDate | None = None  # entry into force
    term: Term | None = None
    place: Place | None = None
    attribution: tuple[Source, ...] = ()  # outermost first; empty: the outlet says so itself
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]  # passages that state it, the best first
    rule: Text


class QuotationFact(Value):
    """Words between quotation marks, or a turn of a transcript, to the letter."""

    id: Annotated[str, Field(pattern=r"^q[0-9]+$")]
    speaker: str | None = None  # full name of the person, else the organisation or role; None: not said
    person: str | None = None  # id of the person in the same file
    channel: Channel | None = None
    attribution: tuple[Source, ...] = ()  # who passes the words on
    same_as: str | None = None  # id of an earlier quotation of which this is another wording
    evidence: Evidence  # the words without the marks
    speaker_evidence: Evidence | None = None  # where the speaker is named
    rule: Text


class TensionFact(Value):
    """Who contests what."""

    id: Annotated[str, Field(pattern=r"^t[0-9]+$")]
    kind: TensionKind
    actor: PartyCode | None = None
    target: PartyCode | None = None
    law: str | None = None  # as the article words it
    evidence: Evidence
    rule: Text


class EventFact(Value):
    """Talks, a visit, a summit: held or planned."""

    id: Annotated[str, Field(pattern=r"^e[0-9]+$")]
    kind: EventKind
    title: Text
    participants: tuple[PartyCode, ...] = ()  # sorted
    realis: Realis = Realis()
    date: SaidDate | None = None
    place: Place | None = None
    evidence: Evidence
    rule: Text


class Review(Value):
    """Who has read these facts beside the article, and which of them so far."""

    state: ReviewState = ReviewState.PROPOSED
    by: str | None = None
    on: Edtf | None = None
    accepted: tuple[str, ...] = ()  # while others are proposed: ids, and codes of countries, in the order of the file

    @model_validator(mode="after")
    def _accepted_by_somebody(self) -> "Review":
        if (self.state is ReviewState.ACCEPTED or self.accepted) and not (self.by and self.on):
            raise ValueError("accepted facts must say 'by' whom and 'on' which date")
        if self.state is ReviewState.ACCEPTED and self.accepted:
            raise ValueError("'accepted' lists facts only while others are proposed; leave it out")
        return self


class ArticleFacts(Value):
    """All that one article says: the content of `seeds/facts/<article>.yaml`."""

    article: ArticleId
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]  # of the article that was read
    reader: Text  # version of the reader, such as "rules-1"; or the name of who wrote the facts
    review: Review = Review()
    countries: tuple[CountryFact, ...] = ()  # by code
    people: tuple[PersonFact, ...] = ()  # in the order of first mention
    agreements: tuple[AgreementFact, ...] = ()  # in the order of first evidence
    quotations: tuple[QuotationFact, ...] = ()  # in the order of the text
    tensions: tuple[TensionFact, ...] = ()
    events: tuple[EventFact, ...] = ()

    def fact_keys(self) -> tuple[str, ...]:
        """What each fact is called inside of the file, in its order: a country's code, else the id."""
        lists = (self.people, self.agreements, self.quotations, self.tensions, self.events)
        return (*(one.country for one in self.countries), *(one.id for facts in lists for one in facts))


# -- what a person says of the book ------------------------------------------------------------------


class Override(Value):
    """One entry of `seeds/overrides.yaml`: what a person decides against the rules, and why."""

    kind: OverrideKind
    facts: Annotated[tuple[Reference, ...], Field(min_length=1)]  # two and more to be the same or not
    to: Text | None = None  # the new name; only with `rename`
    reason: Text
    author: Text
    date: Day

    @model_validator(mode="after")
    def _kind_agrees(self) -> "Override":
        if self.kind in (OverrideKind.SAME, OverrideKind.NOT_SAME) and len(self.facts) < 2:
            raise ValueError(f"{self.kind} must name two facts or more")
        if self.kind is OverrideKind.RENAME and len(self.facts) != 1:
            raise ValueError(f"rename must name one fact; got {len(self.facts)}")
        if (self.to is None) == (self.kind is OverrideKind.RENAME):
            raise ValueError("'to' must stand in a rename, and nowhere else")
        return self


# -- what changed ------------------------------------------------------------------------------------


class Action(StrEnum):
    """What became of it."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class Cause(StrEnum):
    """Why the book says something else than before; where several apply, the first of them."""

    NEW_SOURCE = "new-source"
    CORRECTION = "correction"
    CURATION = "curation"
    PIPELINE = "pipeline"


class Kind(StrEnum):
    """What a change is about."""

    AGREEMENT = "agreement"
    TENSION = "tension"
    EVENT = "event"
    PERSON = "person"
    QUOTATION = "quotation"
    ARTICLE = "article"


class What(StrEnum):
    """Which part of it changed; of an agreement in the order of its page."""

    WHOLE = "whole"  # it was not there, or is not there any more
    STATUS = "status"
    REPORTED_STATUS = "reported-status"  # what some article says beside the headline
    CONCLUDED = "concluded"
    DUE = "due"
    IN_FORCE = "in-force"
    TERM = "term"
    PLACE = "place"
    COUNT = "count"
    PARTIES = "parties"
    INSTRUMENT = "instrument"
    TITLE = "title"
    AREAS = "areas"
    HEADLINE_VALUE = "headline-value"
    VALUE = "value"  # a sum that is reported, the headline or a rival
    ITEM = "item"
    SOURCE = "source"  # an article that tells of it
    NAME = "name"
    OFFICE = "office"
    TEXT = "text"  # of an article


class KeptChange(Value):
    """A change as it is kept: words only, no place in an article that may not be there any more."""

    action: Action
    kind: Kind
    id: str
    title: str
    what: What
    before: str = ""
    after: str = ""
    cause: Cause
    article: str | None = None
    exact: str | None = None  # the passage it rests on
    reason: str = ""
    parties: tuple[str, ...] = ()  # codes


class Record(Value):
    """What changed between two states of the seeds, apart from news: a file of `seeds/history/`."""

    on: Day  # on which it was recorded
    since: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]  # digest of the earlier seeds
    more: int = 0  # changes beyond those told
    changes: tuple[KeptChange, ...]


# -- the book --------------------------------------------------------------------------------------

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Generic[T]):
    """A value together with the article that gives it."""

    value: T
    article: ArticleId
    fact: str  # id of the fact in that article: "a1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one article says of one agreement."""

    article: ArticleId
    fact: AgreementFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in the life of an agreement, with the sentence that says so."""

    status: Status
    date: str | None  # EDTF of the step where said, else of the report; None: neither is known
    basis: DateBasis
    realis: Realis
    article: ArticleId
    fact: str
    evidence: Evidence
    attribution: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a score: what was compared, how many points it gave, and why."""

    name: str
    points: int
    said: str  # in words
    ours: Collection[object] = ()  # what both have, or what the left one has
    theirs: Collection[object] = ()  # what the right one has against it

    @property
    def why(self) -> str:
        """What was found, for a person; made only when asked for, since most parts are merely counted."""
        against = f" against {_listed(self.theirs)}" if self.theirs else ""
        return f"{self.said} {_listed(self.ours)}{against}".strip()


_LONGEST_NUMBER = 30  # digits; longer ones are written with an exponent


def _listed(words: Iterable[object]) -> str:
    return ", ".join(sorted(_worded(word) for word in words))


def _worded(word: object) -> str:
    match word:
        case tuple():
            return " ".join(_worded(part) for part in reversed(word))
        case Decimal():
            return f"{word:,f}" if abs(word.adjusted()) < _LONGEST_NUMBER else str(word)
        case _:
            return str(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why two facts of different articles are held to be about one thing: the score, or a person's word."""

    article: ArticleId  # whose fact came to the others
    fact: str
    other_article: ArticleId  # with whose fact it was compared
    other_fact: str
    parts: tuple[Part, ...]  # of the score; empty where a person said so
    override: Override | None = None  # None: the score decided

    @property
    def points(self) -> int:
        """The sum of the parts."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement, as the facts of all articles add up."""

    id: AgreementId
    slug: str  # readable; may change, then the old one leaves a redirect
    title: str
    parties: tuple[str, ...]  # codes, sorted; countries and organisations
    other_parties: tuple[str, ...]  # as named: companies, regions, armed groups
    instrument: Instrument
    status: Status  # the headline, by the rule in ARCHITECTURE.md
    count: int | None  # of a bundle; 0: "several"
    areas: tuple[Area, ...]
    statements: tuple[Statement, ...]  # by date of the article, then its id; at least one
    steps: tuple[Step, ...]  # in the order of their dates
    values: tuple[Sourced[Money], ...] = ()  # the headline first, then by date
    items: tuple[Sourced[Item], ...] = ()
    concluded: tuple[Sourced[SaidDate], ...] = ()
    due: tuple[Sourced[SaidDate], ...] = ()
    in_force: tuple[Sourced[SaidDate], ...] = ()
    terms: tuple[Sourced[Term], ...] = ()
    places: tuple[Sourced[Place], ...] = ()
    explanations: tuple[Explanation, ...] = ()  # why its statements are together: one fewer than there are
    overrides: tuple[Override, ...] = ()  # what persons said of it, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person across articles."""

    id: PersonId
    slug: str
    name: str
    variants: tuple[str, ...]  # other spellings met, sorted
    country: str | None  # the newest that an article gives
    statements: tuple[Sourced[PersonFact], ...]  # by date of the article
    overrides: tuple[Override, ...] = ()  # what persons said of them, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A party that is no country: an international organisation, a company, a region, an armed group."""

    id: OrganisationId
    slug: str
    name: str  # of a known one its full name, else the commonest spelling
    variants: tuple[str, ...]  # other spellings met, sorted
    code: str | None  # of a known one: "EU"
    statements: tuple[Sourced[Party], ...]  # by date of the article


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """A named model of equipment: "AK-203", however an article writes it."""

    id: EquipmentId
    slug: str
    name: str  # the commonest spelling
    variants: tuple[str, ...]  # other spellings met, sorted
    category: str | None  # code of `codes.categories()`; None: not known
    statements: tuple[Sourced[Item], ...]  # by date of the article


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Talks, a visit, a summit of which one or more articles tell."""

    id: MeetingId
    slug: str
    kind: EventKind
    title: str
    participants: tuple[str, ...]  # codes, sorted
    date: Sourced[SaidDate] | None  # the one held to be right, as the headline of rival values is chosen
    place: Sourced[Place] | None
    statements: tuple[Sourced[EventFact], ...]  # by date of the article


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """What a person has withdrawn: it stands in no agreement, status, value or total."""

    article: ArticleId
    facts: ArticleFacts  # only those that are withdrawn
    override: Override


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation and the person of the book who said it, where known."""

    article: ArticleId
    fact: QuotationFact
    person: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything known, ready to be shown. All sequences have a fixed order."""

    articles: Mapping[ArticleId, Article]  # by id
    facts: Mapping[ArticleId, ArticleFacts]  # by id; every article has an entry
    agreements: tuple[Agreement, ...]  # by slug
    persons: tuple[Person, ...]  # by slug
    quotations: tuple[Quotation, ...]  # by article date, article, position
    tensions: tuple[Sourced[TensionFact], ...]
    events: tuple[Sourced[EventFact], ...]
    redirects: Mapping[str, str] = field(default_factory=dict)  # old slug to agreement id
    person_redirects: Mapping[str, str] = field(default_factory=dict)  # old slug to person id
    organisations: tuple[Organisation, ...] = ()  # by slug
    equipment: tuple[Equipment, ...] = ()  # by slug
    meetings: tuple[Meeting, ...] = ()  # by date, then slug; every event fact is in exactly one
    copies: Mapping[ArticleId, ArticleId] = field(default_factory=dict)  # reprint to the first article of its text
    overrides: tuple[Override, ...] = ()  # all that persons said against the rules, in the order of the file
    retracted: tuple[Retraction, ...] = ()  # by article; `Book.facts` no longer holds what they name
    publish: Publish = Publish.PROPOSED
    records: tuple[Record, ...] = ()  # what was recorded of changes, the newest first
    held_back: int = 0  # facts that no person has accepted, where only accepted ones are shown
