"""Organisations and equipment across articles: what has one name in all its spellings is one thing.

Names of companies and models are made to tell things apart, so a name is enough; only its spelling varies. Two things
of one name are not told apart, two names of one thing meet only where a person says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from generator.blocks import Blocks
from generator.codes import organisations
from generator.model import (
    Article,
    ArticleFacts,
    ArticleId,
    Equipment,
    EquipmentId,
    Item,
    Organisation,
    OrganisationId,
    Override,
    OverrideKind,
    Party,
    Sourced,
)
from generator.overrides import canonical
from generator.spelling import designation_key, digest, organisation_key, slug

N = TypeVar("N", Organisation, Equipment)
_Order = tuple[str, str, int, int]  # date, article, number of the fact, place in it


def same_names(kind: str, entries: Iterable[Override]) -> dict[str, str]:
    """For each key of a name that persons say is the same as others: the key that stands for all of them.

    Args:
        kind: "equipment" or "organisation".
        entries: All overrides.
    """
    stands: dict[str, str] = {}
    for entry in entries:
        if entry.kind is OverrideKind.SAME and entry.facts[0].startswith(f"{kind}:"):
            keys = [_key_of(name) for name in entry.facts]
            met = {stands.get(key, key) for key in keys}
            first = min(met)
            stands.update({key: first for key, home in stands.items() if home in met})
            stands.update(dict.fromkeys(keys, first))
    return stands


def _key_of(name: str) -> str:
    return canonical(name).partition(":")[2]


class Named:
    """The organisations and equipment of some articles; the same for any order in which articles come and go."""

    def __init__(self, overrides: Sequence[Override] = ()) -> None:
        """Take the overrides of names; entries of facts are passed over."""
        self._names = {kind: _new_names(kind, overrides) for kind in ("equipment", "organisation")}
        self._stands = {kind: same_names(kind, overrides) for kind in ("equipment", "organisation")}
        self._organisations: Blocks[tuple[_Order, Sourced[Party]], Organisation] = Blocks(self._organisation)
        self._equipment: Blocks[tuple[_Order, Sourced[Item]], Equipment] = Blocks(self._model)

    def put(self, article: Article, facts: ArticleFacts) -> None:
        """Let these be the facts of an article; those that it had before are forgotten."""
        self._organisations.put(article.id, self._parties(article, facts))
        self._equipment.put(article.id, self._items(article, facts))

    def drop(self, article: ArticleId) -> None:
        """Forget an article, if it is known."""
        self._organisations.drop(article)
        self._equipment.drop(article)

    def organisations(self) -> tuple[Organisation, ...]:
        """All parties that are no country, by slug."""
        return _with_own_slugs(self._organisations.found())

    def equipment(self) -> tuple[Equipment, ...]:
        """All equipment that has a designation, by slug."""
        return _with_own_slugs(self._equipment.found())

    def _parties(self, article: Article, facts: ArticleFacts) -> Iterator[tuple[str, tuple[_Order, Sourced[Party]]]]:
        stands = self._stands["organisation"]
        for fact in facts.agreements:
            for at, party in enumerate(fact.parties):
                if party.code is None:
                    key = organisation_key(party.name)
                    key = stands.get(key, key)
                elif party.code in organisations():
                    key = f"={party.code}"
                else:
                    continue
                yield key, (_order(article, fact.id, at), Sourced(value=party, article=article.id, fact=fact.id))

    def _items(self, article: Article, facts: ArticleFacts) -> Iterator[tuple[str, tuple[_Order, Sourced[Item]]]]:
        stands = self._stands["equipment"]
        for fact in facts.agreements:
            for at, item in enumerate(fact.items):
                if item.designation:
                    key = designation_key(item.designation)
                    said = Sourced(value=item, article=article.id, fact=fact.id)
                    yield stands.get(key, key), (_order(article, fact.id, at), said)

    def _organisation(self, key: str, members: Sequence[tuple[_Order, Sourced[Party]]]) -> list[Organisation]:
        statements = tuple(said for _, said in sorted(members, key=lambda one: one[0]))
        known = organisations().get(key.removeprefix("="))
        name, variants = _spelling(said.value.name for said in statements)
        wanted = self._names["organisation"].get(key) or (known.name if known else name)
        return [
            Organisation(
                id=OrganisationId(f"o-{digest(key)}"),
                slug=slug(known.code if known else wanted) or f"o-{digest(key)}",
                name=wanted,
                variants=tuple(sorted({name, *variants} - {wanted})),
                code=known.code if known else None,
                statements=statements,
            )
        ]

    def _model(self, key: str, members: Sequence[tuple[_Order, Sourced[Item]]]) -> list[Equipment]:
        statements = tuple(said for _, said in sorted(members, key=lambda one: one[0]))
        name, variants = _spelling(said.value.designation or "" for said in statements)
        wanted = self._names["equipment"].get(key) or name
        categories = Counter(said.value.category for said in statements if said.value.category)
        return [
            Equipment(
                id=EquipmentId(f"e-{digest(key)}"),
                slug=slug(wanted) or f"e-{digest(key)}",
                name=wanted,
                variants=tuple(sorted({name, *variants} - {wanted})),
                category=min(categories, key=lambda one: (-categories[one], one)) if categories else None,
                statements=statements,
            )
        ]


def _new_names(kind: str, entries: Sequence[Override]) -> Mapping[str, str]:
    """The names that persons gave, by the key that stands for a thing."""
    stands = same_names(kind, entries)
    given: dict[str, str] = {}
    for entry in entries:
        if entry.to is not None and entry.facts[0].startswith(f"{kind}:"):
            key = _key_of(entry.facts[0])
            given[stands.get(key, key)] = entry.to
    return given


def _with_own_slugs(found: Iterable[N]) -> tuple[N, ...]:
    """By slug; of several that would have one, all but the first add a piece of their id."""
    taken: set[str] = set()
    own = []
    for one in sorted(found, key=lambda one: (one.slug, one.id)):
        own.append(one if one.slug not in taken else replace(one, slug=f"{one.slug[:52]}-{one.id[2:8]}"))
        taken.add(own[-1].slug)
    return tuple(sorted(own, key=lambda one: one.slug))


def _order(article: Article, fact: str, at: int) -> _Order:
    return article.published or "9999", article.id, int(fact[1:]), at


def _spelling(names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The commonest spelling, of equals the shorter, then by alphabet; and the others."""
    counts = Counter(names)
    order = sorted(counts, key=lambda name: (-counts[name], len(name), name))
    return order[0], tuple(sorted(order[1:]))
