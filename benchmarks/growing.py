#!/usr/bin/env python3
"""Measure how the joining of facts grows with the number of articles, and what one article more costs.

Use: growing.py FOLDER [--sizes 1000,10000] [--kept FILE]

FOLDER is a project folder with at least as many articles as the largest size. Facts are read once; with --kept they are
kept in FILE, as JSON Lines, and taken from there the next time. Prints for each size the CPU seconds from read facts to
the book (the faster of two runs), then the exponent of growth between the smallest and the largest size, then the CPU
seconds of one article more, and whether the book is then the same as from scratch.
"""

import argparse
import gc
import math
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.articles import read_articles
from generator.build import read_many
from generator.model import Article, ArticleFacts, ArticleId, Book
from generator.resolve import Resolver, resolve

T = TypeVar("T")


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder", type=Path)
    cli.add_argument("--sizes", default="1000,10000", metavar="N,N", help="numbers of articles")
    cli.add_argument("--kept", type=Path, metavar="FILE", help="where the facts are kept that have been read")
    args = cli.parse_args()
    sizes = sorted({int(size) for size in args.sizes.split(",")})
    articles = read_articles(args.folder)[0][: sizes[-1]]
    assert len(articles) == sizes[-1], f"there are {len(articles)} articles in {args.folder}"
    facts = read_or_recall(articles, args.kept)
    gc.freeze()  # what was read is not ours to be walked over
    seconds = dict.fromkeys(sizes, math.inf)
    for size in [*sizes, *sizes]:  # in turn, so that no run finds what the one before has kept
        seconds[size] = min(seconds[size], cpu(partial(book_of, articles[:size], facts))[0])
    for size in sizes:
        print(f"{size:>7} articles: {seconds[size]:.2f} s CPU")
    low, high = sizes[0], sizes[-1]
    if high > low:
        print(f"growth from {low} to {high}: N^{math.log(seconds[high] / seconds[low]) / math.log(high / low):.2f}")
    one_more(articles, facts)
    return 0


def read_or_recall(articles: tuple[Article, ...], kept: Path | None) -> dict[ArticleId, ArticleFacts]:
    """The facts of the articles, from the file if it has them."""
    if kept is not None and kept.is_file():
        found = [ArticleFacts.model_validate_json(line) for line in kept.read_text("utf-8").splitlines()]
        facts = {one.article: one for one in found}
        if all(article.id in facts and facts[article.id].sha256 == article.sha256 for article in articles):
            return facts
    facts = {one.article: one for one in read_many(articles)}
    if kept is not None:
        kept.write_text("".join(f"{one.model_dump_json()}\n" for one in facts.values()), "utf-8")
    return facts


def cpu(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of this process, and what the work gave."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def book_of(articles: tuple[Article, ...], facts: dict[ArticleId, ArticleFacts]) -> Book:
    """The book of some articles, from scratch."""
    return resolve({one.id: one for one in articles}, {one.id: facts[one.id] for one in articles})


def one_more(articles: tuple[Article, ...], facts: dict[ArticleId, ArticleFacts]) -> None:
    """Print what the article in the middle costs when all others are there."""
    resolver = Resolver()
    late = articles[len(articles) // 2].id
    most = {one.id: one for one in articles if one.id != late}
    resolver.book(most, {one: facts[one] for one in most})
    everything = {one.id: one for one in articles}
    seconds, grown = cpu(lambda: resolver.book(everything, {one: facts[one] for one in everything}))
    is_same = grown == book_of(articles, facts)
    print(f"one article more: {seconds:.2f} s CPU, {'the same book' if is_same else 'ANOTHER BOOK'} as from scratch")


if __name__ == "__main__":
    raise SystemExit(main())
