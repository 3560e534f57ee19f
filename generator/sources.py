"""Who stands behind a statement: how close its source is to the agreement, and how many sources are independent.

Fourteen reprints of one agency's line are one root. A root is the innermost source of a chain of attribution; where an
article names none, its outlet. Articles that have most of their words in common are one root whatever they name.
Knows nothing of which facts are one agreement.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import accumulate
from urllib.parse import urlsplit

from generator.blocks import Clusters, Spot
from generator.codes import countries
from generator.model import Article, ArticleFacts, ArticleId, Realis, Source, Statement
from generator.spelling import first_day, fold, read_rows

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words
_SAMPLE = 4  # one shingle of so many is kept: those whose checksum it divides
_ALIKE = 0.5  # share of the shorter article's sampled shingles that the other must have
_LEAST = 10  # sampled shingles; shorter articles are not called copies
_ENOUGH = 25  # sampled shingles, some 100 words; of shorter articles the sample may mislead
_ALIKE_IN_BRIEF = 0.75  # share that they must have in common: two briefs on one event use many of the same words
_SKETCH = 8  # of the sample, the smallest, by which candidates are found
_NEAREST = 3  # articles of one shingle that an article is compared with
_REPRINTED = 45  # days; what appears later is not passed on any more, but quoted
_UNDATED = 10**7  # sorts an article without a date behind all others


class Authority(IntEnum):
    """How close a source stands to the agreement; of rival figures the highest authority's is shown first."""

    AGGREGATOR = 1  # passes on what others wrote
    OUTLET = 2  # the outlet's own words, or sources that it does not name
    AGENCY = 3  # an agency or another outlet that quotes a party
    PARTY = 4  # a party's official on record
    TEXT = 5  # published by a party itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """One independent source, and the articles that rest on it."""

    name: str  # as worded by the first of the articles; "" where neither source nor outlet is known
    articles: tuple[ArticleId, ...]  # in the order of the statements
    authority: Authority  # the highest among the statements


def authority(attribution: Sequence[Source], article: Article, officials: frozenset[str] = frozenset()) -> Authority:
    """How close the source of a statement stands to the agreement.

    Args:
        attribution: The chain, outermost first; empty where the outlet says so itself.
        article: The article that carries the statement.
        officials: Folded names of the persons whom the article names with an office.
    """
    if "publisher" in _kinds_in(article.outlet or "") or _is_official_address(article.url):
        return Authority.TEXT
    if "aggregator" in _kinds_in(article.outlet or ""):
        return Authority.AGGREGATOR
    if not attribution:
        return Authority.OUTLET
    root = attribution[-1].name
    if "party" not in _kinds_in(root) and not _names_official(fold(root), officials):
        return Authority.OUTLET
    return Authority.PARTY if len(attribution) == 1 else Authority.AGENCY


def _names_official(root: str, officials: frozenset[str]) -> bool:
    return root in officials or any(root == name.rsplit(" ", 1)[-1] or root.endswith(name) for name in officials)


@cache
def _kinds_in(name: str) -> frozenset[str]:
    """What the words of a source's name say of it: nothing, `party`, `aggregator`."""
    text = f" {fold(name).replace('defence', 'defense')} "
    return frozenset(kind for words, kind in _authority_words() if f" {words} " in text)


@cache
def _authority_words() -> tuple[tuple[str, str], ...]:
    return tuple((row["words"], row["kind"]) for row in read_rows("authority.tsv"))


@cache
def _is_official_address(url: str | None) -> bool:
    """Whether the address is a government's or an international organisation's: `.gov`, `.gov.in`, `.mil`, `.int`."""
    if url is None:
        return False
    host = urlsplit(url).hostname or ""
    return any(label in ("gov", "gouv", "gob", "mil", "int") for label in host.split(".")[-2:])


def officials_of(file: ArticleFacts) -> frozenset[str]:
    """Folded names of the persons whom the article names with an office."""
    return frozenset(fold(person.name) for person in file.people if person.office)


# -- independence ------------------------------------------------------------------------------------


def independent_roots(
    statements: Sequence[Statement],
    articles: Mapping[ArticleId, Article],
    facts: Mapping[ArticleId, ArticleFacts],
) -> tuple[Root, ...]:
    """The independent sources of some statements of one agreement, in the order of their first statements.

    Args:
        statements: Those that are to be counted: all of an agreement, or those that say it was signed.
        articles: By id; at least those of the statements.
        facts: By id of their article; at least those of the statements.
    """
    names = [_root_name(one, articles[one.article]) for one in statements]
    kept = list(range(len(statements)))  # position -> position of the first statement of its root
    keys = [_key(name, one, facts[one.article]) for name, one in zip(names, statements, strict=True)]
    for one, other in (*_same_keys(keys), *_copies([articles[one.article] for one in statements])):
        old, new = max(kept[one], kept[other]), min(kept[one], kept[other])
        kept = [new if first == old else first for first in kept]
    return tuple(_root(first, kept, names, statements, articles, facts) for first in sorted(set(kept)))


def is_confirmed(
    statements: Iterable[Statement], articles: Mapping[ArticleId, Article], facts: Mapping[ArticleId, ArticleFacts]
) -> bool:
    """Whether an agreement belongs in the strict count of what was concluded; the broad count takes one source.

    Of the statements that say without reserve that it is signed or later, there must be two independent roots, or one
    that a party published itself.
    """
    plain = [one for one in statements if one.fact.status.is_concluded and one.fact.realis == Realis()]
    roots = independent_roots(plain, articles, facts)
    return len(roots) > 1 or any(root.authority is Authority.TEXT for root in roots)


def _root(
    first: int,
    kept: Sequence[int],
    names: Sequence[str],
    statements: Sequence[Statement],
    articles: Mapping[ArticleId, Article],
    facts: Mapping[ArticleId, ArticleFacts],
) -> Root:
    own = [statement for statement, root in zip(statements, kept, strict=True) if root == first]
    return Root(
        name=_credited([articles[one.article] for one in own]) or names[first],
        articles=tuple(dict.fromkeys(statement.article for statement in own)),
        authority=max(
            authority(one.fact.attribution, articles[one.article], officials_of(facts[one.article])) for one in own
        ),
    )


def _credited(copies: Sequence[Article]) -> str:
    """The outlet of one of the copies that another of them names: "CAIRO (Example Wire) – …"; empty: none is."""
    if len({one.outlet for one in copies}) < 2:
        return ""
    first = copies[:_LEAST]
    named = (
        one.outlet
        for one in first
        if one.outlet and any(one.outlet in other.body for other in first if other.outlet != one.outlet)
    )
    return next(named, "")


def _root_name(statement: Statement, article: Article) -> str:
    attribution = statement.fact.attribution
    return attribution[-1].name if attribution else (article.outlet or "")


def _key(name: str, statement: Statement, file: ArticleFacts) -> str:
    """One key for all names of a root: for whoever speaks for a country that country, since it has one voice.

    So the minister, his ministry and "Moscow" are one root, and two ministries of a country are no two. A person is the
    one whom the article names in full.
    """
    words = fold(name).removeprefix("the ")
    if not statement.fact.attribution:
        return words
    persons = [one for one in file.people if _names_official(words, frozenset({fold(one.name)}))]
    if len(persons) == 1 and persons[0].office and persons[0].country:
        return f"={persons[0].country}"
    if country := _spoken_for(name):
        return f"={country}"
    return fold(persons[0].name) if len(persons) == 1 else words.replace("defence", "defense")


@cache
def _spoken_for(name: str) -> str | None:
    """The country for which the bearer of a name speaks: its ministry, its seat of power; None for others."""
    words = fold(name).removeprefix("the ")
    if "party" not in _kinds_in(name) and words not in _seats():
        return None
    named = {code for place, code in _countries_by_name().items() if f" {place} " in f" {words} "}
    return named.pop() if len(named) == 1 else None


@cache
def _countries_by_name() -> Mapping[str, str]:
    """Codes of countries by every name, adjective, capital and seat of power that only one of them has, folded."""
    found: dict[str, set[str]] = {}
    for country in countries().values():
        spellings = (*country.names, *country.adjectives, *country.capitals, *country.seats)
        for words in {fold(spelling) for spelling in spellings}:
            found.setdefault(words, set()).update({country.alpha3})
            found.setdefault(f"{words}s", set()).update({country.alpha3})  # "Russia’s ministry" is folded so
    return {words: codes.pop() for words, codes in found.items() if len(codes) == 1 and words}


@cache
def _seats() -> frozenset[str]:
    """Capitals and seats of power, folded: "Moscow said" is the government's word."""
    return frozenset(fold(name) for country in countries().values() for name in (*country.capitals, *country.seats))


def _same_keys(keys: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pairs of statements of one root; one without a name is a root of its own."""
    first: dict[str, int] = {}
    for at, key in enumerate(keys):
        if key:
            yield first.setdefault(key, at), at


def _copies(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Pairs of places at which one article stands twice, or a text and a copy of it."""
    first: dict[ArticleId, int] = {}
    reprints = Reprints()
    for at, article in enumerate(articles):
        yield first.setdefault(article.id, at), at
        reprints.put(article)
    yield from ((first[original], first[copy]) for copy, original in reprints.all().items())


# -- copies ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
    """An article as it is compared with others."""

    day: int | None  # of publication, as an ordinal
    sample: frozenset[int]  # of its runs of words


class Reprints:
    """Which articles repeat another one, whatever source they name; the same for any order in which they come and go.

    Two articles of neighboring days are one text when the shorter one has half of its runs of four words from the
    other. Candidates are found by the smallest checksums of each (a bottom-k sketch, Broder 1997), so that few are
    compared however many there are.
    """

    def __init__(self) -> None:
        self._spots: dict[ArticleId, Spot] = {}
        self._clusters: Clusters[_Text] = Clusters(_likeness, window=_NEAREST)

    def put(self, article: Article) -> None:
        """Let this be the article of its id."""
        self.drop(article.id)
        text = _Text(first_day(article.published), shingles(article))
        if len(text.sample) >= _LEAST:
            spot = (_UNDATED if text.day is None else text.day, article.id, 0)
            self._spots[article.id] = spot
            self._clusters.put(spot, text, sorted(text.sample)[:_SKETCH])

    def drop(self, article: ArticleId) -> None:
        """Forget an article, if it is known."""
        spot = self._spots.pop(article, None)
        if spot is not None:
            self._clusters.drop(spot)

    def all(self) -> dict[ArticleId, ArticleId]:
        """For each article that repeats others: the first of them, by date, then id."""
        return {
            ArticleId(spot[1]): ArticleId(cluster.spots[0][1])
            for cluster in self._clusters.all()
            for spot in cluster.spots[1:]
        }


def _likeness(one: _Text, other: _Text) -> int | None:
    """How many runs of words two articles share, if they are one text; those months apart are not."""
    if one.day is not None and other.day is not None and abs(one.day - other.day) > _REPRINTED:
        return None
    shared, fewer = len(one.sample & other.sample), min(len(one.sample), len(other.sample))
    return shared if shared >= (_ALIKE if fewer >= _ENOUGH else _ALIKE_IN_BRIEF) * fewer else None


def shingles(article: Article) -> frozenset[int]:
    """A sample of the runs of four words of an article, as checksums; the same words give the same sample."""
    return _sampled(article.body)


@lru_cache(maxsize=1024)  # an article is compared for each agreement, and each quantity, that it tells of
def _sampled(text: str) -> frozenset[int]:
    words = _WORD.findall(text.lower())
    whole = " ".join(words).encode()
    places = list(
        accumulate((len(word) + 1 if word.isascii() else len(word.encode()) + 1 for word in words), initial=0)
    )
    runs = zip(places, places[_SHINGLE:], strict=False)  # a run ends before the blank in front of the next word
    sums = [zlib.crc32(whole[begin : end - 1]) for begin, end in runs]
    return frozenset(value for value in sums if value % _SAMPLE == 0)
