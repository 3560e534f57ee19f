"""Persons across articles: which mentions of a name mean one person.

Names differ by outlet, offices change, persons stay. A wrong join is worse than a missed one: two mentions meet only
when surname, given name and country agree; namesakes of different countries, and namesakes whose offices alternate in
time, stay apart. A person's word stands above that.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.blocks import Blocks
from generator.model import (
    Article,
    ArticleFacts,
    ArticleId,
    Override,
    Person,
    PersonFact,
    PersonId,
    Sourced,
)
from generator.overrides import regrouped
from generator.spelling import consonants, digest, first_day, fold, read_rows, singular, slug, sound

_TOP = frozenset({"president", "head of government"})  # what a minister may become from one day to the next
_RETURN = 730  # days
_MOVE = 90
_PAST = re.compile(r"\b(?:former|ex|then|late|acting|designate|elect|deputy|vice|assistant|under)\b")

_MINISTER = re.compile(
    r"\bminister (?:of|for) (?:the )?(?P<after>\w+(?: \w+){0,4})|(?P<before>\w+(?: \w+){0,4}) minister\b"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """One person of one article, with its name in comparable parts."""

    day: str  # of the article, EDTF; "9999" where unknown, so that it sorts last
    article: ArticleId
    fact: PersonFact
    family: str  # sound of the last name
    given: str  # consonants of the first name, or an initial; "" where there is only one name
    middle: str  # the names between, in the same form; "" for none
    office: str | None  # one that only one person holds at a time; None: another or none

    @property
    def is_full(self) -> bool:
        """Whether the given name is more than an initial."""
        return len(self.given) > 1

    @property
    def name(self) -> str:
        """What an override calls it."""
        return f"{self.article}/{self.fact.id}"


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """One person: the mentions that mean them, and what tells them from others."""

    key: str
    mentions: tuple[_Mention, ...]
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What all mentions of a person tell of country and office."""

    countries: frozenset[str | None]
    offices: frozenset[str | None]

    @classmethod
    def of(cls, person: _Found) -> "_Told":
        return cls(
            countries=frozenset(one.fact.country for one in person.mentions),
            offices=frozenset(one.office for one in person.mentions if one.office),
        )

    def allows(self, mention: _Mention) -> bool:
        """Whether nothing that the mention tells is against its being this person."""
        same_country = mention.fact.country is None or mention.fact.country in self.countries
        return same_country and (mention.office is None or not self.offices or mention.office in self.offices)


class Persons:
    """The persons of some articles; the same for any order in which articles come and go.

    Whoever bears another family name is another person, so only the family names of an article are looked at anew.
    """

    def __init__(self, overrides: Iterable[Override] = ()) -> None:
        """Take the overrides of persons; entries of other kinds are passed over."""
        self._overrides = tuple(entry for entry in overrides if all("/p" in name for name in entry.facts))
        self._families: Blocks[_Mention, _Found] = Blocks(
            lambda _family, mentions: _people_of_one_family_name(sorted(mentions, key=_order))
        )
        self._made: dict[_Found, Person] = {}

    def put(self, article: Article, facts: ArticleFacts) -> None:
        """Let these be the facts of an article; those that it had before are forgotten."""
        day = article.published or "9999"
        mentions = [_mention(day, article.id, fact) for fact in facts.people]
        self._families.put(article.id, [(one.family, one) for one in mentions])

    def drop(self, article: ArticleId) -> None:
        """Forget an article, if it is known."""
        self._families.drop(article)

    def all(self) -> tuple[Person, ...]:
        """Everyone, in the order of their first mentions; every person fact is in exactly one of them."""
        found = self._families.found()
        if self._overrides:
            found = _curated(found, self._overrides)
        self._made = {one: self._made.get(one) or _as_person(one) for one in found}
        return tuple(self._made[one] for one in sorted(found, key=lambda one: _order(one.mentions[0])))


def find_persons(articles: Mapping[ArticleId, Article], facts: Iterable[ArticleFacts]) -> tuple[Person, ...]:
    """All persons of the facts, in the order of their first mentions."""
    persons = Persons()
    for file in facts:
        persons.put(articles[file.article], file)
    return persons.all()


def _order(mention: _Mention) -> tuple[str, str, int]:
    return mention.day, mention.article, int(mention.fact.id[1:])


def _mention(day: str, article: ArticleId, fact: PersonFact) -> _Mention:
    words = fold(fact.name.replace(".", ". ")).split()
    names = [word for word in words if word not in _particles()] or words or ["?"]
    *before, family = names
    sounds = [consonants(name) if len(name) > 1 else name for name in before]
    return _Mention(
        day=day,
        article=article,
        fact=fact,
        family=sound(family),
        given=sounds[0] if sounds else "",
        middle=" ".join(sounds[1:]),
        office=_office(fact.office),
    )


@cache
def _particles() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("name_particles.tsv"))


@cache
def _held_offices() -> Mapping[str, str]:
    return {row["words"]: row["office"] for row in read_rows("held_offices.tsv")}


@cache
def _office(words: str | None) -> str | None:
    """What an office is about that only one person of a country holds at a time, when it is said to be held now.

    An office outside of government counts only by its field: an ambassador is no professor of the same weeks.
    """
    if words is None:
        return None
    folded = fold(words).replace("defence", "defense").removeprefix("the ")
    if _PAST.search(folded):
        return None
    return _held_offices().get(folded) or _portfolio(folded) or _field(folded)


def _portfolio(folded: str) -> str | None:
    """The ministry of a minister: "fisheries" of "Fisheries Minister"; of several the first that is in the list."""
    found = _MINISTER.search(folded)
    if found is None:
        return None
    words = [word for word in (found["after"] or found["before"] or "").split() if ("no", word) not in _fields()]
    if not words or "state" in folded.split():
        return None
    known = (office for word in words if (office := _fields().get(("portfolio", word))))
    return next(known, singular(words[0]))


def _field(folded: str) -> str | None:
    return next((office for word in folded.split() if (office := _fields().get(("field", word)))), None)


@cache
def _fields() -> Mapping[tuple[str, str], str]:
    return {(row["kind"], row["word"]): row["office"] for row in read_rows("office_fields.tsv")}


# -- names of two and more words ---------------------------------------------------------------------


def _people_of_one_family_name(mentions: Sequence[_Mention]) -> list[_Found]:
    """The persons who bear one family name.

    Args:
        mentions: All of the family name, in order.
    """
    groups: dict[str, list[_Mention]] = defaultdict(list)
    initials: list[_Mention] = []
    for mention in mentions:
        if mention.is_full:
            groups[mention.given].append(mention)
        elif mention.given:
            initials.append(mention)
    found = [person for given in sorted(groups) for person in _people_of_one_name(groups[given])]
    found, left = _attach(found, initials, lambda person, mention: person.mentions[0].given[0] == mention.given)
    for key, same in _grouped(left, lambda mention: f"{mention.given} {mention.family} {mention.fact.country or ''}"):
        found.extend(_by_office(key.strip(), same))
    # "Putin" is the only Putin of the country, else a person apart.
    found, left = _attach(found, [one for one in mentions if not one.given], _any)
    for country, same in _grouped(left, lambda mention: mention.fact.country or ""):
        found.extend(_by_office(f"{mentions[0].family} {country}".strip(), same))
    return found


def _people_of_one_name(mentions: Sequence[_Mention]) -> list[_Found]:
    """Persons of one given and family name, told apart by names between, countries, and offices."""
    stands = _compatible_middles(sorted({mention.middle for mention in mentions if mention.middle}))
    kinds = sorted(set(stands.values()))
    without = kinds[0] if len(kinds) == 1 else ""  # where there are several, a name without one is a person apart
    found: list[_Found] = []
    for middle, same in _grouped(mentions, lambda mention: stands.get(mention.middle, without)):
        parts = (same[0].given, middle if len(kinds) > 1 else "", same[0].family)
        found.extend(_by_country(" ".join(part for part in parts if part), same))
    return found


def _compatible_middles(middles: Sequence[str]) -> dict[str, str]:
    """Each form of the names between, to the form that stands for it: "r" to "robert" where that is the only one."""
    full = [middle for middle in middles if len(middle) > 1]
    stands: dict[str, str] = {middle: middle for middle in full}
    if len(full) > 1 and all(middle.startswith(full[0]) for middle in full):
        stands = dict.fromkeys(full, full[0])
    for middle in middles:
        if middle in stands:
            continue
        fits = sorted({stands[other] for other in full if other.startswith(middle)})
        stands[middle] = fits[0] if len(fits) == 1 else middle
    return stands


def _by_country(key: str, mentions: Sequence[_Mention]) -> list[_Found]:
    """One person for each country that is said; mentions without one join where there is only one to join."""
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.fact.country or ""].append(mention)
    stateless = groups.pop("", [])
    if len(groups) == 1:
        only = next(iter(groups))
        groups[only] = sorted([*groups[only], *stateless], key=_order)
    elif stateless:
        groups[""] = stateless
    return [person for country in sorted(groups) for person in _by_office(f"{key} {country}".strip(), groups[country])]


def _by_office(key: str, mentions: Sequence[_Mention]) -> list[_Found]:
    """One person, unless two offices that one person holds at a time overlap: then one person for each office.

    Offices in sequence are a career: minister, then prime minister. An office that comes back within two years after
    another one was held, or another ministry within ninety days, speaks for two namesakes. Mentions without such an
    office go to the person named nearest before them.
    """
    if not _offices_overlap(mentions):
        return [_Found(key, tuple(mentions))]
    groups: dict[str, list[_Mention]] = defaultdict(list)
    last = next(mention.office for mention in mentions if mention.office)
    for mention in mentions:
        last = mention.office or last
        groups[last].append(mention)
    return [_Found(f"{key} {office}", tuple(groups[office])) for office in sorted(groups)]


def _offices_overlap(mentions: Sequence[_Mention]) -> bool:
    seen: dict[str, int] = {}  # office -> day of the last mention
    before: tuple[str, int] | None = None
    for mention in mentions:
        day = first_day(mention.day)
        if mention.office is None or day is None:
            continue
        if before is not None and before[0] != mention.office:
            returned = mention.office in seen and day - seen[mention.office] <= _RETURN
            moved = day - before[1] <= _MOVE and not {before[0], mention.office} & _TOP
            if returned or moved:
                return True
        seen[mention.office] = day
        before = (mention.office, day)
    return False


# -- initials and single names -----------------------------------------------------------------------


def _attach(
    found: Sequence[_Found], mentions: Iterable[_Mention], fits: Callable[[_Found, _Mention], bool]
) -> tuple[list[_Found], list[_Mention]]:
    """Give each mention to the one person that it fits, in country and office; where several or none, it is left."""
    more: dict[str, list[_Mention]] = defaultdict(list)
    left: list[_Mention] = []
    known = [(one, _Told.of(one)) for one in found]
    for mention in mentions:
        keys = [one.key for one, told in known if told.allows(mention) and fits(one, mention)]
        if len(keys) == 1:
            more[keys[0]].append(mention)
        else:
            left.append(mention)
    grown = [_Found(one.key, tuple(sorted([*one.mentions, *more[one.key]], key=_order))) for one in found]
    return grown, left


def _any(_person: _Found, _mention: _Mention) -> bool:
    return True


def _grouped(mentions: Iterable[_Mention], key: Callable[[_Mention], str]) -> list[tuple[str, list[_Mention]]]:
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[key(mention)].append(mention)
    return sorted(groups.items())


# -- what persons say of persons ---------------------------------------------------------------------


def _curated(found: Sequence[_Found], entries: Sequence[Override]) -> list[_Found]:
    """The persons as the entries want them, each with the entries that name it."""
    mentions = {one.name: one for person in found for one in person.mentions}
    keys = {one.name: person.key for person in found for one in person.mentions}
    named = {name for entry in entries for name in entry.facts}
    is_named = [not named.isdisjoint(one.name for one in person.mentions) for person in found]
    untouched = [person for person, is_one in zip(found, is_named, strict=True) if not is_one]
    others = [[one.name for one in person.mentions] for person, is_one in zip(found, is_named, strict=True) if is_one]
    made = []
    taken: set[str] = set()
    for group in regrouped(others, entries):
        own = tuple(sorted((mentions[name] for name in group), key=_order))
        key = keys[own[0].name]
        key = key if key not in taken else f"{key} {own[0].name}"
        taken.add(key)
        made.append(_Found(key, own, tuple(one for one in entries if not set(group).isdisjoint(one.facts))))
    return [*untouched, *made]


# -- the persons of the book -------------------------------------------------------------------------


def _as_person(found: _Found) -> Person:
    name, variants = _names(found.mentions)
    for entry in found.overrides:
        if entry.to is not None and entry.to != name:
            variants = tuple(sorted({name, *variants} - {entry.to}))
            name = entry.to
    countries = [mention.fact.country for mention in found.mentions if mention.fact.country]
    return Person(
        id=PersonId(f"p-{digest(found.key)}"),
        slug=slug(name) or "person",
        name=name,
        variants=variants,
        country=countries[-1] if countries else None,
        statements=tuple(
            Sourced(value=mention.fact, article=mention.article, fact=mention.fact.id) for mention in found.mentions
        ),
        overrides=found.overrides,
    )


def _names(mentions: Sequence[_Mention]) -> tuple[str, tuple[str, ...]]:
    """The name to show, and the other spellings: the commonest full form, of equals the longer, then by alphabet."""
    counts = Counter(mention.fact.name for mention in mentions)
    order = sorted(counts, key=lambda name: (" " not in name, -counts[name], -len(name), name))
    return order[0], tuple(sorted(order[1:]))
