"""Parts of what articles tell that have nothing to do with each other."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.blocks import Blocks, Clusters, Spot
from generator.model import ArticleId


def names(*articles: str) -> list[ArticleId]:
    """Ids of articles."""
    return [ArticleId(article) for article in articles]


def test_only_blocks_that_an_article_touches_are_looked_at_again() -> None:
    asked: list[str] = []

    def find(key: str, members: Sequence[int]) -> list[int]:
        asked.append(key)
        return [sum(members)]

    one, two = names("one", "two")
    blocks: Blocks[int, int] = Blocks(find)
    blocks.put(one, [("a", 1), ("b", 2)])
    blocks.put(two, [("b", 3)])
    first = blocks.found()
    asked.clear()

    blocks.drop(two)
    second = blocks.found()

    assert (first, second, asked) == ([1, 5], [1, 2], ["b"])


def test_a_block_without_members_is_gone() -> None:
    (one,) = names("one")
    blocks: Blocks[int, int] = Blocks(lambda _key, members: list(members))
    blocks.put(one, [("a", 1)])

    blocks.put(one, [])

    assert blocks.found() == []


def near(one: int, other: int) -> int | None:
    """Points of two numbers that are at most two apart."""
    return 3 - abs(one - other) if abs(one - other) <= 2 else None


def spot(number: int) -> Spot:
    """Where a number stands."""
    return number, "x", 1


def clusters_of(clusters: Clusters[int]) -> list[list[int]]:
    """The numbers of each cluster."""
    return [[one[0] for one in cluster.spots] for cluster in clusters.all()]


def test_things_meet_by_way_of_others_and_part_when_those_go() -> None:
    clusters: Clusters[int] = Clusters(near, window=8)
    for number in (1, 3, 5, 9):
        clusters.put(spot(number), number, ["k"])
    together = clusters_of(clusters)

    clusters.drop(spot(3))

    assert together == [[1, 3, 5], [9]]
    assert clusters_of(clusters) == [[1], [5], [9]]


def test_only_things_that_share_a_key_and_stand_near_are_compared() -> None:
    clusters: Clusters[int] = Clusters(lambda _one, _other: 1, window=1)
    for number, key in ((1, "a"), (2, "b"), (3, "a"), (4, "a")):
        clusters.put(spot(number), number, [key])

    pairs = {(one[0], other[0]) for cluster in clusters.all() for _, one, other in cluster.pairs}

    assert pairs == {(1, 3), (3, 4)}


def test_what_is_bound_is_one_cluster_whatever_the_points() -> None:
    ties = {spot(1): [spot(9), spot(100)], spot(9): [spot(1)]}
    clusters: Clusters[int] = Clusters(near, window=8, bound=lambda one: ties.get(one, []))
    for number in (1, 5, 9):
        clusters.put(spot(number), number, ["k"])

    assert clusters_of(clusters) == [[1, 9], [5]]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_clusters_are_the_same_however_they_came_about(steps: list[tuple[bool, int]]) -> None:
    grown: Clusters[int] = Clusters(near, window=2)
    there: set[int] = set()
    for is_added, number in steps:
        if is_added and number not in there:
            grown.put(spot(number), number, [number % 2, "all"])
            there.add(number)
        elif not is_added and number in there:
            grown.drop(spot(number))
            there.remove(number)
        if number % 3 == 0:
            grown.all()
    at_once: Clusters[int] = Clusters(near, window=2)
    for number in sorted(there, reverse=True):
        at_once.put(spot(number), number, [number % 2, "all"])

    assert [(one.spots, one.pairs) for one in grown.all()] == [(one.spots, one.pairs) for one in at_once.all()]
