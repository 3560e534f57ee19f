#!/usr/bin/env python3
"""Measure how fast articles are read: CPU seconds and memory of whole processes.

Use: reading.py FOLDER [--runs N]

FOLDER holds articles in any form that `seeds/articles/` may hold. Prints, one line each: CPU seconds to start and read
one short article, articles a second on one core after start (also per 450 words), peak memory, and how the time grows
when an article gets ten times as long, for texts of several shapes. Medians of N runs (default 3).
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from generator.articles import read_articles
from generator.extract.reader import read_facts_of
from generator.model import Article, ArticleId

SENTENCE = (
    "On Monday, Arcadia and Sylvania signed a contract worth $20 million to supply 40 T-9 trainers, officials said. "
)
SHAPES: dict[str, Callable[[int], str]] = {
    "plain sentences": lambda size: SENTENCE * (size // len(SENTENCE)),
    "no spaces": lambda size: "a" * size,
    "no sentence ends": lambda size: "India signed a contract with Russia and " * (size // 40),
    "only quotation marks": lambda size: "“”\"'" * (size // 4),
    "open quotations": lambda size: "“India said " * (size // 12),
    "capital words": lambda size: "Adam Bede " * (size // 10),
    "digits": lambda size: "1,234.5 " * (size // 8),
    "line feeds": lambda size: "a\n" * (size // 2),
    "brackets": lambda size: "((((" * (size // 4),
}


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder", type=Path, help="a project folder: articles lie in its seeds/articles")
    cli.add_argument("--runs", type=int, default=3)
    cli.add_argument("--child", choices=["start", "folder"], help=argparse.SUPPRESS)
    args = cli.parse_args()
    if args.child:
        print(json.dumps(measure(args.child, args.folder)))
        return 0
    start = median(args.runs, "start", args.folder)
    whole = median(args.runs, "folder", args.folder)
    print(f"start and one short article   {start['cpu']:.2f} s CPU, {start['peak_mb']:.0f} MB")
    print(
        f"after start                   {whole['articles'] / whole['read_cpu']:.0f} articles/s, "
        f"{whole['words'] / 450 / whole['read_cpu']:.0f} × 450 words/s, {whole['peak_mb']:.0f} MB "
        f"({whole['articles']} articles, {whole['words']} words)"
    )
    for name, shape in SHAPES.items():
        small, large = reading_time(shape(100_000)), reading_time(shape(1_000_000))
        print(f"{name:29} 100 kB {small:.2f} s, 1 MB {large:.2f} s CPU, × {large / max(small, 1e-9):.1f}")
    return 0


def median(runs: int, what: str, folder: Path) -> dict[str, float]:
    """Run this program as a child `runs` times after one warm-up; the median of every figure."""
    command = [sys.executable, __file__, str(folder), "--child", what]
    rows = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(runs + 1)][1:]  # noqa: S603
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def measure(what: str, folder: Path) -> dict[str, float]:
    """What a child does: read one article, or all of a folder."""
    read_facts_of(made("India and Russia signed a contract."))
    if what == "start":
        return {"cpu": time.process_time(), "peak_mb": peak_mb()}
    articles, _ = read_articles(folder)
    begin = time.process_time()
    for article in articles:
        read_facts_of(article)
    spent = time.process_time() - begin
    words = sum(len(article.text.split()) for article in articles)
    return {"articles": len(articles), "words": words, "read_cpu": spent, "peak_mb": peak_mb()}


def reading_time(text: str) -> float:
    """CPU seconds to read one article of this text."""
    article = made(text)
    begin = time.process_time()
    read_facts_of(article)
    return time.process_time() - begin


def made(body: str) -> Article:
    return Article(
        id=ArticleId("made"), path="", sha256="0" * 64, title="A made article", body=body, published="2024-01-01"
    )


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
