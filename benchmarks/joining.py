#!/usr/bin/env python3
"""Measure how well facts of different articles are joined into agreements: pairwise and B-cubed precision and recall.

Use: joining.py FOLDER TRUTH [--show N]

FOLDER is a project folder: articles lie in its seeds/articles, facts in its seeds/facts where there are any, the other
articles are read. TRUTH says which articles are about one agreement; it is either

- a JSON file: {"article id": ["label", ...], ...}, where articles with a label in common belong together;
- a JSON file: {"article id": {"label": "words of the article", ...}, ...}: the facts are meant whose evidence holds
  the words, so that two agreements of one article are told apart; or
- a Python module with `article(number)`, giving a file name and a text, which calls `agreement(number)` of the same
  module once for what the article is about: that number is the label.

Two articles, or facts, are joined where the book has an agreement with both. Prints the figures, the CPU seconds of
reading and of resolving, where recall is lost, and with --show the first N wrong and missed pairs with their scores.
"""

import argparse
import importlib.util
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from types import ModuleType

from generator.articles import read_articles
from generator.extract.reader import read_facts_of
from generator.facts import read_all_facts
from generator.identity import Traits, compare, total, traits_of
from generator.model import Article, ArticleFacts, ArticleId, Book
from generator.resolve import resolve

Unit = str  # an article; or "article label", what an article says of one agreement
Labels = Mapping[Unit, frozenset[str]]
Pairs = set[tuple[Unit, Unit]]


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
    told = words_of(args.truth)
    labels = labels_of_words(told, articles) if told else labels_of(args.truth, articles)
    report(book, labels, args.show, groups_of_words(book, told) if told else groups_of(book, labels))
    return 0


Told = Mapping[ArticleId, Mapping[str, str]]  # by article and label: words that tell of the agreement


def words_of(truth: Path) -> Told:
    """A truth that tells agreements of one article apart by words; empty: it is no such truth."""
    known = json.loads(truth.read_text("utf-8")) if truth.suffix == ".json" else {}
    return known if all(isinstance(one, dict) for one in known.values()) else {}


def labels_of_words(told: Told, articles: Iterable[ArticleId]) -> Labels:
    """The label of each unit of the articles."""
    found = [(article, label) for article in sorted(articles) for label in told.get(article, ())]
    return {f"{article} {label}": frozenset([label]) for article, label in found}


def groups_of(book: Book, labels: Labels) -> list[set[Unit]]:
    """The articles of each agreement that have a label."""
    return [{str(one.article) for one in agreement.statements} & labels.keys() for agreement in book.agreements]


def groups_of_words(book: Book, told: Told) -> list[set[Unit]]:
    """The units of each agreement: those whose words stand in the evidence of the status, else of the fact."""
    homes = {
        (one.article, one.fact.id): at for at, agreement in enumerate(book.agreements) for one in agreement.statements
    }
    groups: list[set[Unit]] = [set() for _ in book.agreements]
    for article, labels in told.items():
        for label, words in labels.items():
            fact = _fact_with(book, article, words)
            if fact is not None:
                groups[homes[article, fact]].add(f"{article} {label}")
    return groups


def _fact_with(book: Book, article: ArticleId, words: str) -> str | None:
    text = book.articles[article].text
    start = text.index(words, text.index("\n"))
    facts = book.facts[article].agreements
    places = [(fact.id, [fact.status_evidence]) for fact in facts] + [(fact.id, list(fact.evidence)) for fact in facts]
    held = (fact for fact, every in places if any(one.start <= start < one.end for one in every))
    return next(held, None)


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


def report(book: Book, labels: Labels, show: int, groups: Sequence[set[Unit]]) -> None:
    """Print the figures and, where asked for, the first wrong and missed pairs."""
    said, true = pairs_of(groups, labels)
    right = said & true
    print(f"pairwise  precision {_share(right, said):.3f}  recall {_share(right, true):.3f}  ({len(said)} joined, "
          f"{len(true)} true, {len(right)} right)")  # fmt: skip
    precision, recall = b_cubed(said, true, labels)
    print(f"B-cubed   precision {precision:.3f}  recall {recall:.3f}")
    silent = labels.keys() - set().union(*groups)
    missed = sorted(true - said)
    unread = sum(1 for one, other in missed if one in silent or other in silent)
    print(f"missed    {len(missed)} pairs: {unread} of which one was not read at all,", end=" ")
    print(f"{len(missed) - unread} not joined")
    for title, pairs in (("wrong", sorted(said - true)), ("missed", [p for p in missed if not silent & set(p)])):
        for one, other in pairs[:show]:
            print(f"\n{title}: {one} {other}")
            _show(book, ArticleId(one.split()[0]), ArticleId(other.split()[0]))


def pairs_of(groups: Iterable[set[Unit]], labels: Labels) -> tuple[Pairs, Pairs]:
    """The pairs that were joined, and those that should have been."""
    by_label: dict[str, set[Unit]] = defaultdict(set)
    for unit, own in labels.items():
        for label in own:
            by_label[label].add(unit)
    return _pairs(groups), _pairs(by_label.values())


def _pairs(groups: Iterable[set[Unit]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _share(part: Pairs, whole: Pairs) -> float:
    return len(part) / len(whole) if whole else 1.0


def b_cubed(said: Pairs, true: Pairs, articles: Iterable[Unit]) -> tuple[float, float]:
    """The mean over articles of how much of what an article is joined with is right, and of what is right is joined."""
    ours, theirs = _neighbors(said), _neighbors(true)
    both = [(ours[article] | {article}, theirs[article] | {article}) for article in articles]
    precision = sum(len(mine & gold) / len(mine) for mine, gold in both) / len(both)
    recall = sum(len(mine & gold) / len(gold) for mine, gold in both) / len(both)
    return precision, recall


def _neighbors(pairs: Pairs) -> dict[Unit, set[Unit]]:
    near: dict[Unit, set[Unit]] = defaultdict(set)
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
