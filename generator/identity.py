"""Which facts of different articles are about one agreement: a score that can be shown, and groups made by it.

Two facts are compared part by part (`compare`): parties, instrument, areas, items, values, words of the title, days,
occasion of a bundle. The parts add up; at `JOIN` points, with something of the subject in common, the facts may meet.
A wrong join is worse than a missed one: whatever contradicts costs more than what agrees brings, facts of one article
never meet, and a bundle never meets a single agreement.

Only facts that share a blocking key are compared, and within one key only with the few that are nearest in time
(`WINDOW`), so that work grows with the number of facts and not with its square.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations

from generator.codes import countries, organisations
from generator.model import AgreementFact, Area, Article, ArticleId, Instrument, Part, Role, Status, StatusGroup
from generator.spelling import days_of, designation_key, first_day, fold, read_rows, singular

JOIN = 9  # points at which two facts are about one agreement
APART = 7  # points below which two facts keep the groups they are in from meeting
WINDOW = 8  # facts of one key that a fact is compared with, the nearest in time before it
_MANY = 4  # parties; an agreement of more is found by its words, not by pairs of parties
_KEY_WORDS = 8  # of the subject, by alphabet
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


def traits_of(article: Article, fact: AgreementFact) -> Traits:
    """The fact made comparable with facts of other articles."""
    parties = [party for party in fact.parties if party.role is not Role.MEDIATOR]
    concluded = fact.concluded if fact.status.group is not StatusGroup.FUTURE else None
    return Traits(
        article=article.id,
        fact=fact,
        day=first_day(article.published),
        codes=frozenset(party.code for party in parties if party.code),
        others=frozenset(fold(party.name) for party in parties if not party.code),
        areas=frozenset(fact.areas) - {Area.OTHER},
        designations=frozenset(designation_key(item.designation) for item in fact.items if item.designation),
        goods=frozenset(_goods(fact)),
        sums=_sums(fact),
        words=_subject_words(fact),
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
    return tuple(part for rule in rules if (part := rule(left, right)) is not None and part.points)


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
        return Part("conclusion", 3, "on the same day" if apart == 0 else f"{apart} days apart")
    if apart <= 30:
        return None
    return Part("conclusion", -5 if apart <= 365 else -8, f"{apart} days apart")


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
            return Part("reports", points, f"{apart} days apart")
    return Part("reports", -2, f"{apart} days apart")


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
            return Part("occasion", points, f"{apart} days apart")
    return Part("occasion", -8, f"{apart} days apart")


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
_RULES = (_parties, _instrument, _areas, _items, _values, _words, _term, _conclusion, _course, _reports)
_BUNDLE_RULES = (_parties, _several, _occasion, _counts, _areas, _words)


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
    if len(codes) > _MANY:
        yield ("many",)
    elif len(codes) > 1:
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


def _candidates(ordered: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Pairs of positions to compare, each once; `ordered` is by day."""
    blocks: dict[_Key, list[int]] = defaultdict(list)
    for position, traits in enumerate(ordered):
        near: set[int] = set()
        for key in _keys(traits):
            block = blocks[key]
            near.update(block[-WINDOW:])
            block.append(position)
        yield from ((other, position) for other in sorted(near))


# -- groups ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """Facts that have met so far, with what is needed to say whether they may meet others."""

    number: int  # a new one after each meeting
    members: list[int]  # positions in the order of all facts
    articles: set[ArticleId]
    witnesses: list[Traits]  # the richest in detail speak for the group

    def may_meet(self, other: "_Group") -> bool:
        """Whether no article tells of both, and no witness of one speaks against a witness of the other."""
        if not self.articles.isdisjoint(other.articles):
            return False
        return all(total(compare(one, two)) >= APART for one in self.witnesses for two in other.witnesses)

    def take(self, other: "_Group", number: int) -> None:
        """Add the members of a smaller group."""
        self.number = number
        self.members.extend(other.members)
        self.articles.update(other.articles)
        self.witnesses = sorted(self.witnesses + other.witnesses, key=_richest_first)[:_WITNESSES]


def group(facts: Iterable[Traits]) -> list[list[Traits]]:
    """The facts in groups, one for each agreement; the same for any order of the facts.

    The best pairs meet first. Two groups meet over a pair unless they have an article in common or one of their
    members speaks against one of the other's (a score below `APART`).

    Returns:
        Groups by their first member; members by day, article and place in the article.
    """
    ordered = sorted(facts, key=_order)
    home = [_Group(at, [at], {traits.article}, [traits]) for at, traits in enumerate(ordered)]
    refused: set[tuple[int, int]] = set()  # numbers of two groups that may not meet
    for number, (one, other) in enumerate(_best_pairs(ordered), len(ordered)):
        small, large = sorted((home[one], home[other]), key=lambda found: (len(found.members), found.number))
        if small is large or (small.number, large.number) in refused:
            continue
        if small.may_meet(large):
            large.take(small, number)
            for position in small.members:
                home[position] = large
        else:
            refused.add((small.number, large.number))
    found = {min(one.members): one for one in {id(one): one for one in home}.values()}
    return [[ordered[position] for position in sorted(found[first].members)] for first in sorted(found)]


def _best_pairs(ordered: Sequence[Traits]) -> list[tuple[int, int]]:
    """The pairs of facts that may be about one agreement, the highest score first."""
    pairs: list[tuple[int, int, int]] = []
    for one, other in _candidates(ordered):
        left, right = ordered[one], ordered[other]
        if left.article != right.article and left.is_bundle == right.is_bundle:
            parts = compare(left, right)
            if may_join(parts):
                pairs.append((-total(parts), one, other))
    return [(one, other) for _, one, other in sorted(pairs)]


def _order(traits: Traits) -> tuple[int, str, int]:
    return traits.day if traits.day is not None else 10**7, traits.article, int(traits.fact.id[1:])


def _richest_first(traits: Traits) -> tuple[int, tuple[int, str, int]]:
    return -traits.richness, _order(traits)
