"""Which facts of different articles are about one agreement: a score that can be shown, and groups made by it.

Two facts are compared part by part (`compare`): parties, instrument, areas, items, values, words of the title, days,
occasion of a bundle. The parts add up; at `JOIN` points, with something of the subject in common, the facts may meet.
A wrong join is worse than a missed one: whatever contradicts costs more than what agrees brings, facts of one article
never meet, and a bundle never meets a single agreement. A person's word stands above all of that.

Only facts that share a blocking key are compared, and within one key only with the few that are nearest in time
(`WINDOW`), so that work grows with the number of facts and not with its square.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import combinations

from generator.blocks import Cluster, Clusters, Spot
from generator.codes import countries, organisations
from generator.model import (
    AgreementFact,
    Area,
    Article,
    ArticleFacts,
    ArticleId,
    Explanation,
    Instrument,
    Override,
    OverrideKind,
    Part,
    Role,
    Status,
    StatusGroup,
)
from generator.spelling import days_of, designation_key, first_day, fold, organisation_key, read_rows, singular

JOIN = 9  # points at which two facts are about one agreement
APART = 7  # points below which two facts keep the groups they are in from meeting
WINDOW = 8  # facts of one key that a fact is compared with, the nearest in time before it
_MANY = 4  # parties; an agreement of more is found by its words, not by pairs of parties
_TWO_SIDED = 2  # parties; an agreement of more may gain members
_KEY_WORDS = 8  # of the subject, by alphabet
_FEW = 2  # countries; an article that names more of them beside the parties tells a wider story
_VAGUE_DAYS = 545  # between reports that have nothing but parties, form and subject in common
_VAGUE_DAYS_ELSEWHERE = 90  # the same, where each names few other countries and none that the other names
_WITNESSES = 6  # members of a group, the richest in detail, that are asked whether the group may meet another


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells the agreement of one fact from others, made comparable."""

    article: ArticleId
    fact: AgreementFact
    day: int | None  # of the article, as an ordinal; None: unknown
    codes: frozenset[str]  # parties that are states or organisations, without mediators
    others: frozenset[str]  # other parties, folded
    areas: frozenset[Area]
    designations: frozenset[str]  # keys of named equipment
    goods: frozenset[tuple[str, Decimal]]  # last word of a description, and number
    sums: Mapping[str, frozenset[Decimal]]  # by currency
    words: frozenset[str]  # of the title and items, without parties, instruments and words that tell no subject
    names: frozenset[str]  # those of the words that the title writes as a name: "mirna" of "loan for the Mirna dam"
    context: frozenset[str]  # the few other countries that the article names; empty where there are many
    concluded: tuple[int, int] | None  # first and last day, as ordinals
    due: tuple[int, int] | None
    ends: str | None  # year in which the term ends

    @property
    def is_bundle(self) -> bool:
        """Whether several instruments stand in one record."""
        return self.fact.count is not None

    @property
    def richness(self) -> int:
        """How much the fact tells: of two, the richer can better say whether a third is another agreement."""
        dated = (self.concluded is not None) + (self.ends is not None)
        return 2 * len(self.designations) + len(self.goods) + len(self.sums) + len(self.areas) + len(self.words) + dated


# -- from a fact to its traits -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """Names that a person has said to be the same, each as its key, with the key that stands for all of them."""

    equipment: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)


_NO_NAMES = Names()


def traits_of(
    article: Article, fact: AgreementFact, facts: ArticleFacts | None = None, names: Names = _NO_NAMES
) -> Traits:
    """The fact made comparable with facts of other articles.

    Args:
        facts: All facts of the article, for the countries that it names beside the parties.
        names: Names of equipment and organisations that are the same.
    """
    parties = [party for party in fact.parties if party.role is not Role.MEDIATOR]
    concluded = fact.concluded if fact.status.group is not StatusGroup.FUTURE else None
    designations = {designation_key(item.designation) for item in fact.items if item.designation}
    others = {organisation_key(party.name) for party in parties if not party.code}
    words = _subject_words(fact)
    return Traits(
        article=article.id,
        fact=fact,
        day=first_day(article.published),
        codes=frozenset(party.code for party in parties if party.code),
        others=frozenset(names.organisations.get(key, key) for key in others),
        areas=frozenset(fact.areas) - {Area.OTHER},
        designations=frozenset(names.equipment.get(key, key) for key in designations),
        goods=frozenset(_goods(fact)),
        sums=_sums(fact),
        words=words,
        names=words & _names_in(fact.title),
        context=_context(facts, {party.code for party in fact.parties}) if facts else frozenset(),
        concluded=days_of(concluded.date) if concluded else None,
        due=days_of(fact.due.date) if fact.due else None,
        ends=fact.term.ends[:4] if fact.term and fact.term.ends else None,
    )


def _goods(fact: AgreementFact) -> Iterator[tuple[str, Decimal]]:
    for item in fact.items:
        named = fold(item.description or item.designation or "").split()
        if named and item.quantity is not None:
            yield singular(named[-1]), item.quantity


def _sums(fact: AgreementFact) -> Mapping[str, frozenset[Decimal]]:
    sums: dict[str, set[Decimal]] = defaultdict(set)
    for money in fact.values:
        sums[money.currency].add(money.amount)
    return {currency: frozenset(amounts) for currency, amounts in sums.items()}


def _subject_words(fact: AgreementFact) -> frozenset[str]:
    """The words of a fact that tell what is agreed, folded and singular: without parties, sources, place and form."""
    texts = [fact.title, *(item.description or "" for item in fact.items)]
    words = {singular(word) for text in texts for word in fold(text).split() if len(word) > 2 and word.isalpha()}
    words -= _plain_words()
    for party in fact.parties:
        words -= _words_of_party(party.code) if party.code else frozenset()
    others = [party.name for party in fact.parties] + [source.name for source in fact.attribution]
    others += [fact.place.name] if fact.place else []
    return frozenset(words.difference(singular(word) for name in others for word in fold(name).split()))


def _names_in(title: str) -> frozenset[str]:
    """The words that a title writes with a capital; none where it writes most words so."""
    words = [word for word in title.split() if len(word) > 3 and word[0].isalpha()]
    capital = [word for word in words[1:] if word[0].isupper()]
    if 2 * len(capital) > len(words):
        return frozenset()
    return frozenset(singular(part) for word in capital for part in fold(word).split())


def _context(facts: ArticleFacts, parties: AbstractSet[str | None]) -> frozenset[str]:
    others = frozenset(one.country for one in facts.countries if one.country not in parties)
    return others if len(others) <= _FEW else frozenset()


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("subject_stopwords.tsv"))


@cache
def _words_of_party(code: str) -> frozenset[str]:
    country, organisation = countries().get(code), organisations().get(code)
    spellings: tuple[str, ...] = ()
    if country:
        spellings = country.names + country.adjectives + country.peoples + country.capitals + country.seats
    elif organisation:
        spellings = (organisation.name, *organisation.names)
    return frozenset(singular(word) for spelling in spellings for word in fold(spelling).split())


# -- the score ---------------------------------------------------------------------------------------


def compare(left: Traits, right: Traits) -> tuple[Part, ...]:
    """The parts of the score of two facts of different articles, in a fixed order; parts of no points are left out."""
    rules = _BUNDLE_RULES if left.is_bundle and right.is_bundle else _RULES
    parts = [part for rule in rules if (part := rule(left, right)) is not None and part.points]
    if rules is _RULES and (vague := _vagueness(left, right, parts)) is not None:
        parts.append(vague)
    return tuple(parts)


def total(parts: Iterable[Part]) -> int:
    """The points of a score."""
    return sum(part.points for part in parts)


def may_join(parts: Sequence[Part]) -> bool:
    """Whether the score lets two facts meet: enough points, and something of the subject in common.

    That two countries signed something on one day is an occasion, not an agreement. So facts need an item, value or
    word in common, or an area and a term; the same areas are enough where the instrument is the same and no
    words differ; nothing of the subject is needed where one exact instrument is told of one day and nothing differs.
    """
    if total(parts) < JOIN:
        return False
    points = defaultdict(int, {part.name: part.points for part in parts})
    if points["bundle"] or sum(max(points[name], 0) for name in _SUBJECT) >= 1:
        return True
    if points["areas"] > 0 and points["term"] > 0:
        return True
    if points["areas"] > 0:
        return points["instrument"] >= 2 and points["words"] + points["areas"] >= 2
    return points["instrument"] >= 3 and points["conclusion"] >= 3 and min(points.values()) >= 0


def _parties(left: Traits, right: Traits) -> Part | None:
    shared = left.codes & right.codes
    if left.codes == right.codes and len(shared) > 1:
        return Part("parties", 4, "the same:", shared)
    if len(shared) > 1:
        share = len(shared) / len(left.codes | right.codes)
        points = 3 if share >= 0.75 else 2 if share >= 0.5 else 0
        return Part("parties", points, "in common:", shared)
    if shared and left.others & right.others:
        return Part("parties", 4, "the same:", shared | (left.others & right.others))
    if shared and min(len(left.codes), len(right.codes)) == 1:
        return Part("parties", 1, "one is named by both:", shared)
    return Part("parties", -12, "others")


def _instrument(left: Traits, right: Traits) -> Part | None:
    one, other = left.fact.instrument, right.fact.instrument
    if one is other:
        loose = one in (Instrument.AGREEMENT, Instrument.DEAL, Instrument.ARRANGEMENT)
        return Part("instrument", 2 if loose else 3, "the same:", (one,))
    points = _kin().get(frozenset((one, other)), _kin()[frozenset(("other",))])
    return Part("instrument", points, "may mean the same:" if points >= 0 else "hardly the same:", (one, other))


@cache
def _kin() -> Mapping[frozenset[str], int]:
    return {frozenset((row["left"], row["right"])): int(row["points"]) for row in read_rows("instrument_kin.tsv")}


def _areas(left: Traits, right: Traits) -> Part | None:
    shared = left.areas & right.areas
    if shared:
        return Part("areas", 2 if left.areas == right.areas else 1, "in common:", shared)
    if left.areas and right.areas:
        return Part("areas", -3, "", left.areas, right.areas)
    return None


def _items(left: Traits, right: Traits) -> Part | None:
    shared = left.designations & right.designations
    numbered = left.goods & right.goods
    if shared:
        return Part("items", 7 if numbered else 5, "in common:", shared)
    if left.designations and right.designations:
        return Part("items", -8, "", left.designations, right.designations)
    if numbered:
        return Part("items", 4, "in common:", numbered)
    return None


def _values(left: Traits, right: Traits) -> Part | None:
    """Equal sums speak for one agreement; other sums little against it, since outlets report rival values."""
    best: Part | None = None
    for currency in sorted(left.sums.keys() & right.sums.keys()):
        same = left.sums[currency] & right.sums[currency]
        if same:
            return Part("values", 4, f"in common: {currency}", same)
        every = left.sums[currency] | right.sums[currency]
        times = _times(min(every), max(every))
        points = 2 if times <= Decimal("1.1") else 0 if times <= Decimal("1.5") else -1 if times <= 3 else -3
        best = Part("values", points, currency, left.sums[currency], right.sums[currency])
    return best


def _times(low: Decimal, high: Decimal) -> Decimal:
    """How many times the low is in the high, of the same sign; 100 for many times, since sums may be of any size."""
    if low.is_zero() or low.is_signed() or high.adjusted() - low.adjusted() > 1:
        return Decimal(100)
    return high / low


def _words(left: Traits, right: Traits) -> Part | None:
    """Words in common speak for one agreement; a word as broad as "trade" only where both say nothing else."""
    shared = left.words & right.words
    if left.words == right.words and shared:
        return Part("words", 2, "the same:", shared)
    telling = shared - _broad_words()
    if telling:
        fewer = min(len(left.words), len(right.words))
        return Part("words", 2 if 2 * len(shared) >= fewer else 1, "in common:", telling)
    if shared:
        return Part("words", -1 if min(len(left.words), len(right.words)) > 1 else 0, "", left.words, right.words)
    if left.words and right.words:
        return Part("words", -2, "", left.words, right.words)
    return None


@cache
def _broad_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("broad_words.tsv"))


def _term(left: Traits, right: Traits) -> Part | None:
    if left.ends is None or right.ends is None:
        return None
    apart = abs(int(left.ends) - int(right.ends))
    if apart == 0:
        return Part("term", 2, f"until {left.ends} in both")
    return Part("term", -2 if apart > 1 else 1, "until", (left.ends,), (right.ends,))  # "2021–2031" is "until 2030"


def _conclusion(left: Traits, right: Traits) -> Part | None:
    if left.concluded is None or right.concluded is None:
        return None
    apart = _days_between(left.concluded, right.concluded)
    if apart <= 3:
        return Part("conclusion", 3, _apart(apart))
    if apart <= 30:
        return None
    return Part("conclusion", -5 if apart <= 365 else -8, _apart(apart))


def _course(left: Traits, right: Traits) -> Part | None:
    """Time runs one way: what was done before is not expected later, and not signed anew after it was in force."""
    if left.day is None or right.day is None:
        return None
    old, new = (left, right) if left.day <= right.day else (right, left)
    if old.fact.status.group is StatusGroup.FUTURE:
        return None
    if new.fact.status in _TO_COME and new.day - old.day > 30:  # type: ignore[operator]
        return Part("course", -1, f"{new.fact.status} after it was {old.fact.status}")
    if old.fact.status in _STANDING and new.concluded and new.concluded[0] > old.day:  # type: ignore[operator]
        return Part("course", -2, f"concluded after it was {old.fact.status}")
    return None


def _reports(left: Traits, right: Traits) -> Part | None:
    if left.day is None or right.day is None or (left.concluded and right.concluded):
        return None  # the days of conclusion say more than those of the reports
    apart = abs(left.day - right.day)
    for limit, points in ((14, 2), (180, 1), (730, 0), (1825, -1)):
        if apart <= limit:
            return Part("reports", points, _apart(apart))
    return Part("reports", -2, _apart(apart))


def _surroundings(left: Traits, right: Traits) -> Part | None:
    """Articles that name hardly any other country, and the same one, tell of one occasion."""
    shared = left.context & right.context
    return Part("context", 1, "both name", shared) if shared else None


def _vagueness(left: Traits, right: Traits, parts: Iterable[Part]) -> Part | None:
    """Years apart, parties, form and subject alone may be those of a second agreement of the kind.

    Where the articles name other countries beside, and different ones, a season is enough.
    """
    if left.day is None or right.day is None or left.names & right.names:
        return None
    if any(part.name in _PARTICULARS and part.points > 0 for part in parts):
        return None
    apart = abs(left.day - right.day)
    if left.context and right.context and apart > _VAGUE_DAYS_ELSEWHERE:  # none in common, or it were a particular
        return Part("vague", -5, f"{_apart(apart)}, beside other countries:", left.context, right.context)
    return Part("vague", -4, f"{_apart(apart)}, and nothing particular in common") if apart > _VAGUE_DAYS else None


def _several(_left: Traits, _right: Traits) -> Part | None:
    return Part("bundle", 1, "several instruments in both")


def _occasion(left: Traits, right: Traits) -> Part | None:
    """Bundles are told apart by their occasion: the day they are expected or concluded, else that of the report."""
    ones, others = _occasions(left), _occasions(right)
    if not ones or not others:
        return Part("occasion", -3, "not known")
    apart = min(_days_between(one, other) for one in ones for other in others)
    for limit, points in ((3, 3), (14, 2), (30, 0)):
        if apart <= limit:
            return Part("occasion", points, _apart(apart))
    return Part("occasion", -8, _apart(apart))


def _occasions(traits: Traits) -> list[tuple[int, int]]:
    said = [days for days in (traits.concluded, traits.due) if days is not None]
    return said or ([(traits.day, traits.day)] if traits.day is not None else [])


def _counts(left: Traits, right: Traits) -> Part | None:
    """A bundle that is expected and one that is concluded may be one with two counts; two concluded ones may not."""
    one, other = left.fact.count, right.fact.count
    if one and one == other:
        return Part("count", 2, f"{one} in both")
    future = [traits.fact.status.group is StatusGroup.FUTURE for traits in (left, right)]
    if future[0] != future[1] and one and other:
        return Part("count", 2, f"{one} and {other}, expected and concluded")
    if one and other:
        return Part("count", -4, f"{one} against {other}")
    return None


_SUBJECT = ("items", "values", "words")
_TO_COME = frozenset({Status.PROPOSED, Status.NEGOTIATING, Status.ANTICIPATED})
_STANDING = frozenset({Status.IN_FORCE, Status.EXTENDED, Status.AMENDED, Status.SUSPENDED, Status.ENDED})
_PARTICULARS = frozenset({"items", "values", "term", "conclusion", "context"})
_RULES = (_parties, _instrument, _areas, _items, _values, _words, _term, _conclusion, _course, _reports, _surroundings)
_BUNDLE_RULES = (_parties, _several, _occasion, _counts, _areas, _words)


def _apart(days: int) -> str:
    return "on the same day" if days == 0 else f"{days} day{'' if days == 1 else 's'} apart"


def _days_between(left: tuple[int, int], right: tuple[int, int]) -> int:
    return max(0, left[0] - right[1], right[0] - left[1])


# -- who is compared with whom -----------------------------------------------------------------------

_Key = tuple[Hashable, ...]


def _keys(traits: Traits) -> Iterator[_Key]:
    """The blocking keys of a fact: only facts that share one are compared."""
    details = list(_details(traits))
    for place in _places(traits):
        yield from ((*place, *detail) for detail in details)


def _places(traits: Traits) -> Iterator[_Key]:
    codes = sorted(traits.codes)
    if len(codes) > _TWO_SIDED:
        yield ("many",)  # also those of few more than two: they may gain members
    if len(codes) > _MANY:
        return
    if len(codes) > 1:
        yield from combinations(codes, 2)
    else:
        yield (*codes, *sorted(traits.others)[:1])


def _details(traits: Traits) -> Iterator[_Key]:
    """What a pair of facts must have in common to be worth comparing; every join that `may_join` allows has it.

    A sum that is only nearly the same, and a term that ends a year apart, have no key: such facts are compared only
    when something else brings them together.
    """
    if traits.is_bundle:
        yield ("bundle",)
        return
    yield from (("item", key) for key in sorted(traits.designations))
    yield from (("number", goods, number) for goods, number in traits.goods)
    for currency, amounts in sorted(traits.sums.items()):
        yield from (("sum", currency, amount) for amount in amounts)
    yield from (("form", traits.fact.instrument, area) for area in sorted(traits.areas))
    yield from (("word", word) for word in sorted(traits.words - _broad_words())[:_KEY_WORDS])
    if traits.words:
        yield ("words", *sorted(traits.words))
    if traits.ends:
        yield ("until", traits.ends)
    if traits.concluded:
        yield ("day", traits.fact.instrument, str(traits.concluded[0]))


# -- groups ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Facts that are about one agreement, and why."""

    members: tuple[Traits, ...]  # by day, article and place in the article
    explanations: tuple[Explanation, ...]  # one fewer than members, in the order in which they met


class Joins:
    """Facts in groups, one for each agreement; the same for any order in which articles come and go.

    The best pairs meet first, those of which a person says that they are the same before all others. Two groups meet
    over a pair unless they have an article in common, or one of their members speaks against one of the other's (a
    score below `APART`), or a person says that they are not the same.
    """

    def __init__(self, overrides: Iterable[Override] = ()) -> None:
        """Take the overrides of agreements; entries of other kinds are passed over."""
        self._words = _Words(overrides)
        self._traits: dict[Spot, Traits] = {}
        self._of_article: dict[ArticleId, list[Spot]] = {}
        self._clusters: Clusters[Traits] = Clusters(_points, window=WINDOW, bound=self._bound)
        self._made: dict[Cluster, tuple[Joined, ...]] = {}

    def put(self, article: ArticleId, facts: Iterable[Traits]) -> None:
        """Let these be the facts of an article; those that it had before are forgotten."""
        self.drop(article)
        self._of_article[article] = []
        for traits in facts:
            spot = _order(traits)
            self._traits[spot] = traits
            self._clusters.put(spot, traits, _keys(traits))
            self._of_article[article].append(spot)

    def drop(self, article: ArticleId) -> None:
        """Forget an article, if it is known."""
        for spot in self._of_article.pop(article, ()):
            self._clusters.drop(spot)
            del self._traits[spot]

    def groups(self) -> list[Joined]:
        """All groups, by their first member; the same objects where nothing near them has changed."""
        clusters = self._clusters.all()
        self._made = {one: self._made.get(one) or self._grouped(one) for one in clusters}
        return sorted((group for made in self._made.values() for group in made), key=_first_of)

    def _bound(self, spot: Spot) -> Iterator[Spot]:
        """Where the facts stand of which persons say that they are the same as this one."""
        for entry in self._words.joining(spot):
            yield from self._spots(entry)

    def _spots(self, entry: Override) -> Iterator[Spot]:
        for name in entry.facts:
            article, _, number = name.partition("/a")
            yield from (one for one in self._of_article.get(ArticleId(article), ()) if one[2] == int(number))

    def _grouped(self, cluster: Cluster) -> tuple[Joined, ...]:
        """The groups of one cluster."""
        spots = cluster.spots
        home = {spot: _Group(at, [spot], [self._traits[spot]]) for at, spot in enumerate(spots)}
        why: dict[int, list[Explanation]] = defaultdict(list)
        refused: set[tuple[int, int]] = set()  # numbers of two groups that may not meet
        for number, (one, other, said) in enumerate(self._meetings(cluster), len(spots)):
            small, large = sorted((home[one], home[other]), key=lambda found: (len(found.spots), found.number))
            if small is large or (small.number, large.number) in refused:
                continue
            if said is None and not self._may_meet(small, large):
                refused.add((small.number, large.number))
                continue
            parts = () if said else compare(self._traits[one], self._traits[other])
            told = Explanation(
                article=self._traits[other].article,
                fact=self._traits[other].fact.id,
                other_article=self._traits[one].article,
                other_fact=self._traits[one].fact.id,
                parts=parts,
                override=said,
            )
            why[number] = [*why[small.number], *why[large.number], told]
            witnesses = _witnesses(home[one], home[other], is_said=said is not None)
            large.take(small, number, witnesses)
            for spot in small.spots:
                home[spot] = large
        found = {id(one): one for one in home.values()}.values()
        return tuple(
            Joined(tuple(self._traits[spot] for spot in sorted(one.spots)), tuple(why[one.number])) for one in found
        )

    def _meetings(self, cluster: Cluster) -> Iterator[tuple[Spot, Spot, Override | None]]:
        """The pairs over which groups of a cluster may meet: those that a person joined, then by points."""
        for entry in dict.fromkeys(entry for spot in cluster.spots for entry in self._words.joining(spot)):
            first, *others = self._spots(entry)
            yield from ((first, other, entry) for other in others)
        for _, one, other in sorted(cluster.pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            yield one, other, None

    def _may_meet(self, small: "_Group", large: "_Group") -> bool:
        """Whether no article tells of both, no person parts them, and no witness speaks against a witness."""
        if not {spot[1] for spot in small.spots}.isdisjoint(spot[1] for spot in large.spots):
            return False
        if self._words.part(small.spots, large.spots):
            return False
        return all(total(compare(one, two)) >= APART for one in small.witnesses for two in large.witnesses)


@dataclass(slots=True)
class _Group:
    """Facts that have met so far, with what is needed to say whether they may meet others."""

    number: int  # a new one after each meeting
    spots: list[Spot]
    witnesses: list[Traits]  # the richest in detail speak for the group

    def take(self, other: "_Group", number: int, witnesses: list[Traits]) -> None:
        """Add the members of a smaller group."""
        self.number = number
        self.spots.extend(other.spots)
        self.witnesses = witnesses


def _witnesses(one: _Group, other: _Group, *, is_said: bool) -> list[Traits]:
    """Who speaks for two groups that have met.

    Where a person joined them against the score, those of the second that speak against the first are not asked:
    with them no further fact could ever come to the two.
    """
    more = other.witnesses
    if is_said:
        more = [two for two in more if all(total(compare(first, two)) >= APART for first in one.witnesses)]
    return sorted(one.witnesses + more, key=_richest_first)[:_WITNESSES]


class _Words:
    """What persons say of agreements."""

    def __init__(self, overrides: Iterable[Override]) -> None:
        self._joining: dict[str, list[Override]] = defaultdict(list)  # by name of a fact: "2021-12-06-x/a1"
        self._apart: set[frozenset[str]] = set()
        for entry in overrides:
            if entry.kind is OverrideKind.SAME:
                for name in entry.facts:
                    self._joining[name].append(entry)
            elif entry.kind is OverrideKind.NOT_SAME:
                self._apart.update(map(frozenset, combinations(entry.facts, 2)))

    def joining(self, spot: Spot) -> Sequence[Override]:
        """The entries that say of a fact what it is the same as, in the order of the file."""
        return self._joining.get(_name(spot), ()) if self._joining else ()

    def part(self, ones: Iterable[Spot], others: Sequence[Spot]) -> bool:
        """Whether some of the ones are not the same as some of the others."""
        return bool(self._apart) and any(
            frozenset((_name(one), _name(other))) in self._apart for one in ones for other in others
        )


def _name(spot: Spot) -> str:
    return f"{spot[1]}/a{spot[2]}"


def join(facts: Iterable[Traits], overrides: Iterable[Override] = ()) -> list[Joined]:
    """All groups of some facts, by their first member."""
    joins = Joins(overrides)
    by_article: dict[ArticleId, list[Traits]] = defaultdict(list)
    for traits in facts:
        by_article[traits.article].append(traits)
    for article, own in by_article.items():
        joins.put(article, own)
    return joins.groups()


def _points(left: Traits, right: Traits) -> int | None:
    """The points of two facts that may be about one agreement; None for two that may not."""
    if left.article == right.article or left.is_bundle != right.is_bundle:
        return None
    parts = compare(left, right)
    return total(parts) if may_join(parts) else None


def _order(traits: Traits) -> Spot:
    return traits.day if traits.day is not None else 10**7, traits.article, int(traits.fact.id[1:])


def _first_of(group: Joined) -> Spot:
    return _order(group.members[0])


def _richest_first(traits: Traits) -> tuple[int, Spot]:
    return -traits.richness, _order(traits)
