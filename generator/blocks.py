"""What articles tell, in parts that have nothing to do with each other, so that one more article costs only its own.

Two ways to part it: by a key (`Blocks`), and by which things may meet (`Clusters`). Both give the same for any order in
which articles come and go. Knows no fact: what a member is, and what is made of a part, is for those who use it.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.model import ArticleId

V = TypeVar("V")  # what is compared
M = TypeVar("M")  # a member: one mention in one article
F = TypeVar("F")  # what is found in a block: one person


class Blocks(Generic[M, F]):
    """Members by block; what is found in a block is found again only where an article has come, changed or gone."""

    def __init__(self, find: Callable[[str, Sequence[M]], Sequence[F]]) -> None:
        """Take what finds something in a block, given its key and its members, in no order."""
        self._find = find
        self._members: dict[str, dict[ArticleId, list[M]]] = defaultdict(dict)
        self._keys: dict[ArticleId, set[str]] = {}
        self._found: dict[str, Sequence[F]] = {}
        self._changed: set[str] = set()

    def put(self, article: ArticleId, members: Iterable[tuple[str, M]]) -> None:
        """Let these, each with the key of its block, be the members that an article has; others are forgotten."""
        self.drop(article)
        keys: set[str] = set()
        for key, member in members:
            self._members[key].setdefault(article, []).append(member)
            keys.add(key)
        if keys:
            self._keys[article] = keys
        self._changed |= keys

    def drop(self, article: ArticleId) -> None:
        """Forget an article, if it is known."""
        keys = self._keys.pop(article, set())
        for key in keys:
            del self._members[key][article]
        self._changed |= keys

    def found(self) -> list[F]:
        """Everything that is found, in the order of the keys; the same objects where nothing has changed."""
        for key in self._changed:
            members = [one for own in self._members[key].values() for one in own]
            if members:
                self._found[key] = self._find(key, members)
            else:
                self._found.pop(key, None)
                del self._members[key]
        self._changed.clear()
        return [one for key in sorted(self._found) for one in self._found[key]]


Spot = tuple[int, str, int]  # day, article, number in the article: where something stands among all others


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Things that pairs bind together, directly or by way of others; nothing outside may meet one of them."""

    spots: tuple[Spot, ...]  # in order
    pairs: tuple[tuple[int, Spot, Spot], ...]  # points, the earlier, the later; of those that may meet


class Clusters(Generic[V]):
    """Things, and which of them may meet.

    Only things that share a key are compared, and within one key only with the few that stand nearest before them, so
    that work grows with the number of things and not with its square.
    """

    def __init__(
        self,
        compare: Callable[[V, V], int | None],
        *,
        window: int,
        bound: Callable[[Spot], Iterable[Spot]] = lambda _spot: (),
    ) -> None:
        """Take how to compare.

        Args:
            compare: The points of two things that may meet, None for two that may not; the earlier is given first.
            window: How many things of one key, the nearest before it, a thing is compared with.
            bound: Spots of things that belong to one cluster whatever the points; may name some that are not there.
        """
        self._compare = compare
        self._window = window
        self._bound = bound
        self._things: dict[Spot, V] = {}
        self._keys: dict[Spot, tuple[Hashable, ...]] = {}
        self._blocks: dict[Hashable, list[Spot]] = defaultdict(list)  # in order
        self._before: dict[Spot, frozenset[Spot]] = {}  # those before a thing with which it has been compared
        self._pairs: dict[Spot, dict[Spot, int]] = defaultdict(dict)  # those that may meet, with points; both ways
        self._clusters: dict[Spot, Cluster] = {}
        self._unsettled: set[Spot] = set()  # things whose neighbors in some block have changed
        self._touched: set[Spot] = set()  # things whose cluster has to be made anew

    def put(self, spot: Spot, thing: V, keys: Iterable[Hashable]) -> None:
        """Add a thing at a spot where none is."""
        self._things[spot] = thing
        self._keys[spot] = tuple(keys)
        for key in self._keys[spot]:
            block = self._blocks[key]
            insort(block, spot)
            self._unsettle(block, spot)
        self._unsettled.add(spot)
        self._touched.add(spot)

    def drop(self, spot: Spot) -> None:
        """Take the thing at a spot away."""
        for key in self._keys.pop(spot):
            block = self._blocks[key]
            del block[bisect_left(block, spot)]
            self._unsettle(block, spot)
            if not block:
                del self._blocks[key]
        for other in self._pairs.pop(spot, {}):
            self._pairs[other].pop(spot, None)
            self._touched.add(other)
        self._touched.add(spot)
        self._before.pop(spot, None)
        del self._things[spot]

    def _unsettle(self, block: list[Spot], spot: Spot) -> None:
        """The things after a change in a block have another one among the nearest before them."""
        at = bisect_left(block, spot)
        self._unsettled.update(block[at : at + self._window + 1])

    def all(self) -> list[Cluster]:
        """All clusters, by their first spot; the same objects where nothing has changed."""
        self._settle()
        self._bind()
        return [cluster for spot, cluster in sorted(self._clusters.items()) if cluster.spots[0] == spot]

    def _settle(self) -> None:
        """Compare what stands near to what has changed."""
        for spot in self._unsettled:
            thing = self._things.get(spot)
            if thing is None:
                continue
            before = self._before.get(spot, frozenset())
            near = frozenset(self._near(spot))
            for other in before - near:
                if self._pairs[spot].pop(other, None) is not None:
                    del self._pairs[other][spot]
                    self._touched.update((spot, other))
            for other in near - before:
                points = self._compare(self._things[other], thing)
                if points is not None:
                    self._pairs[spot][other] = self._pairs[other][spot] = points
                    self._touched.update((spot, other))
            self._before[spot] = near
        self._unsettled.clear()

    def _near(self, spot: Spot) -> Iterator[Spot]:
        """The things before one with which it is compared."""
        for key in self._keys[spot]:
            block = self._blocks[key]
            at = bisect_left(block, spot)
            yield from block[max(0, at - self._window) : at]

    def _bind(self) -> None:
        """Make the clusters of all that was touched anew, together with those that they come from."""
        old = {id(self._clusters[spot]): self._clusters[spot] for spot in self._touched if spot in self._clusters}
        left = {spot for cluster in old.values() for spot in cluster.spots} | self._touched
        for spot in left:
            self._clusters.pop(spot, None)
        left &= self._things.keys()
        while left:
            reached = self._reached_from(left.pop())
            left -= reached
            spots = tuple(sorted(reached))
            pairs = (
                (points, one, other)
                for one in spots
                for other, points in self._pairs.get(one, {}).items()
                if one < other
            )
            self._clusters.update(dict.fromkeys(spots, Cluster(spots, tuple(sorted(pairs)))))
        self._touched.clear()

    def _reached_from(self, spot: Spot) -> set[Spot]:
        reached = {spot}
        waiting = [spot]
        while waiting:
            here = waiting.pop()
            bound = {other for other in self._bound(here) if other in self._things}
            near = (self._pairs.get(here, {}).keys() | bound) - reached
            reached |= near
            waiting += near
        return reached
