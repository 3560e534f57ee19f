#!/usr/bin/env python3
"""Measure how well facts of different articles are joined into agreements: pairwise and B-cubed precision and recall.

Use: joining.py FOLDER TRUTH [--show N]

FOLDER is a project folder: articles lie in its seeds/articles, facts in its seeds/facts where there are any, the other
articles are read. TRUTH says which articles are about one agreement; it is either

- a JSON file: {"article id": ["label", ...], ...}, where articles with a label in common belong together; or
- a Python module with `article(number)`, giving a file name and a text, which calls `agreement(number)` of the same
  module once for what the article is about: that number is the label.

Two articles are joined where the book has an agreement with facts of both. Prints the figures, the CPU seconds of
reading and of resolving, where recall is lost, and with --show the first N wrong and missed pairs with their scores.
"""

import argparse
import importlib.util
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from types import ModuleType

from generator.articles import read_articles
from generator.extract.reader import read_facts_of
from generator.facts import read_all_facts
from generator.identity import Traits, compare, total, traits_of
from generator.model import Article, ArticleFacts, ArticleId, Book
from generator.resolve import resolve

Labels = Mapping[ArticleId, frozenset[str]]
Pairs = set[tuple[ArticleId, ArticleId]]


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder", type=Path)
    cli.add_argument("truth", type=Path)
    cli.add_argument("--show", type=int, default=0, metavar="N", help="print the first N wrong and missed pairs")
    args = cli.parse_args()
    found, _ = read_articles(args.folder)
    articles = {article.id: article for article in found}
    stored, _ = read_all_facts(args.folder)
    begun = time.process_time()
    facts = {article.id: stored.get(article.id) or read_facts_of(article) for article in found}
    read = time.process_time()
    book = resolve(articles, facts)
    done = time.process_time()
    print(f"{len(articles)} articles: read in {read - begun:.2f} s CPU, resolved in {done - read:.2f} s CPU")
    report(book, labels_of(args.truth, articles), args.show)
    return 0


def labels_of(truth: Path, articles: Iterable[ArticleId]) -> Labels:
    """The labels of all articles that the truth knows."""
    if truth.suffix == ".json":
        known = {ArticleId(article): frozenset(labels) for article, labels in json.loads(truth.read_text()).items()}
    else:
        module = _loaded(truth)
        known = {article: frozenset([_label(module, int(article))]) for article in articles if article.isdecimal()}
    return {article: known[article] for article in sorted(articles) if article in known}


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("truth", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _label(module: ModuleType, number: int) -> str:
    """The number with which the module asks for the agreement of an article."""
    asked: list[int] = []
    original = module.agreement

    def noting(agreement: int) -> object:
        asked.append(agreement)
        return original(agreement)

    module.agreement = noting  # type: ignore[attr-defined]
    try:
        module.article(number)
    finally:
        module.agreement = original  # type: ignore[attr-defined]
    return str(asked[0])


def report(book: Book, labels: Labels, show: int) -> None:
    """Print the figures and, where asked for, the first wrong and missed pairs."""
    groups = [{one.article for one in agreement.statements} & labels.keys() for agreement in book.agreements]
    by_label: dict[str, set[ArticleId]] = defaultdict(set)
    for article, own in labels.items():
        for label in own:
            by_label[label].add(article)
    said, true = _pairs(groups), _pairs(by_label.values())
    right = said & true
    print(f"pairwise  precision {_share(right, said):.3f}  recall {_share(right, true):.3f}  ({len(said)} joined, "
          f"{len(true)} true, {len(right)} right)")  # fmt: skip
    precision, recall = _b_cubed(said, true, labels)
    print(f"B-cubed   precision {precision:.3f}  recall {recall:.3f}")
    silent = {article for article in labels if not book.facts[article].agreements}
    missed = sorted(true - said)
    unread = sum(1 for one, other in missed if one in silent or other in silent)
    print(f"missed    {len(missed)} pairs: {unread} with an article in which no agreement was read,", end=" ")
    print(f"{len(missed) - unread} not joined")
    for title, pairs in (("wrong", sorted(said - true)), ("missed", [p for p in missed if not silent & set(p)])):
        for one, other in pairs[:show]:
            print(f"\n{title}: {one} {other}")
            _show(book, one, other)


def _pairs(groups: Iterable[set[ArticleId]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _share(part: Pairs, whole: Pairs) -> float:
    return len(part) / len(whole) if whole else 1.0


def _b_cubed(said: Pairs, true: Pairs, articles: Iterable[ArticleId]) -> tuple[float, float]:
    """The mean over articles of how much of what an article is joined with is right, and of what is right is joined."""
    ours, theirs = _neighbors(said), _neighbors(true)
    both = [(ours[article] | {article}, theirs[article] | {article}) for article in articles]
    precision = sum(len(mine & gold) / len(mine) for mine, gold in both) / len(both)
    recall = sum(len(mine & gold) / len(gold) for mine, gold in both) / len(both)
    return precision, recall


def _neighbors(pairs: Pairs) -> dict[ArticleId, set[ArticleId]]:
    near: dict[ArticleId, set[ArticleId]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    return near


def _show(book: Book, one: ArticleId, other: ArticleId) -> None:
    """The best score between the facts of two articles, part by part."""
    rivals = [
        (compare(left, right), left, right)
        for left in _traits(book.articles[one], book.facts[one])
        for right in _traits(book.articles[other], book.facts[other])
        if left.is_bundle == right.is_bundle
    ]
    if not rivals:
        print("  no two facts to compare")
        return
    parts, left, right = max(rivals, key=lambda rival: total(rival[0]))
    for side in (left.fact, right.fact):
        print(f"  {side.status:11} {side.instrument:9} {sorted(p.code or p.name for p in side.parties)} {side.title}")
    for part in parts:
        print(f"  {part.points:+3} {part.name}: {part.why}")
    print(f"  {total(parts):+3} in all")


def _traits(article: Article, facts: ArticleFacts) -> list[Traits]:
    return [traits_of(article, fact, facts) for fact in facts.agreements]


if __name__ == "__main__":
    raise SystemExit(main())
