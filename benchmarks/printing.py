#!/usr/bin/env python3
"""Measure printing: pages a second on one core, one more short briefing in a warm process, the bound book's memory.

Use: printing.py MAKER ARTICLES PAGES

MAKER is a program that is called as `MAKER COUNT FOLDER --from K` and writes COUNT articles from number K on. So many
ARTICLES make a book; its briefings are printed by one child process until they have PAGES pages, and these are bound.
Everything counts: a page's data as JSON, Typst, packing, writing. CPU seconds; wall-clock on a shared machine tells
little.
"""

import argparse
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator import briefings, printing
from generator.binding import bind, counted, pages_in
from generator.build import gather
from generator.pages import make_pages
from generator.views import AgreementPage, Page, PartyPage

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / printing.TEMPLATES
TODAY = date(2026, 3, 31)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("maker", type=Path)
    cli.add_argument("articles", type=int)
    cli.add_argument("pages", type=int)
    args = cli.parse_args()
    if args.maker.suffix == ".pickle":
        return bound(args.maker)
    with tempfile.TemporaryDirectory() as folder:
        pages = pages_of(args.maker, args.articles, Path(folder))
        made = briefings.edition(TEMPLATES, site_url="https://pactbook.example.org/", today=TODAY)
        chosen = long_run(pages, made, args.pages, Path(folder))
        one_more(pages, made)
        parts = front_of(pages, chosen, made, Path(folder))
        file = Path(folder, "parts.pickle")
        file.write_bytes(pickle.dumps(parts))
        again = [sys.executable, __file__, str(file), "0", "0"]
        subprocess.run(again, check=True, cwd=PROJECT)  # noqa: S603  # this program
    return 0


def pages_of(maker: Path, count: int, folder: Path) -> tuple[Page, ...]:
    """All pages of a book of so many made-up articles."""
    articles = folder / "seeds" / "articles"
    articles.mkdir(parents=True)
    subprocess.run([sys.executable, str(maker.resolve()), str(count), str(articles)], check=True)  # noqa: S603
    return make_pages(gather(folder).book, today=TODAY)


def cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def long_run(pages: tuple[Page, ...], made: briefings.Edition, wanted: int, folder: Path) -> list[Page]:
    """Print briefings one after the other with one child until they have so many pages; those that were printed."""
    chosen = spread([page for page in pages if isinstance(page, AgreementPage | PartyPage)])
    done: list[Page] = []
    total = 0
    while total < wanted:
        batch = [page for _, page in zip(range(256), chosen, strict=False)]
        if not batch:
            break
        begin = cpu()
        jobs = [(folder / briefings.file_of(page), briefings.briefing_job(page, made, "a4")) for page in batch]
        printing.print_files(jobs, TEMPLATES, workers=1)
        seconds = cpu() - begin
        new = sum(pages_in(path) for path, _ in jobs)
        size = sum(path.stat().st_size for path, _ in jobs)
        total += new
        done += batch
        print(
            f"{len(done):5} briefings {total:6} pages  {new / seconds:6.1f} pages/s  {size / new / 1000:5.1f} kB/page"
        )
    return done


def spread(pages: list[AgreementPage | PartyPage]) -> Iterator[AgreementPage | PartyPage]:
    """All of them, so that countries, pairs and agreements come in turn."""
    step = 7919  # a prime: every page comes once
    return (pages[place * step % len(pages)] for place in range(len(pages)))


def one_more(pages: tuple[Page, ...], made: briefings.Edition) -> None:
    """CPU seconds of one more short briefing in a process that has printed before."""
    page = next(page for page in pages if isinstance(page, AgreementPage))
    other = [page for page in pages if isinstance(page, AgreementPage)][1:51]
    with printing.Printer(TEMPLATES) as printer:
        printer.print(briefings.briefing_job(page, made, "a4"))
        begin, child = time.process_time(), printer.cpu_seconds()
        for one in other:
            printer.print(briefings.briefing_job(one, made, "a4"))
        seconds = time.process_time() - begin + printer.cpu_seconds() - child
    print(f"one more briefing of an agreement in a warm process: {seconds / len(other):.3f} CPU s")


def front_of(
    pages: tuple[Page, ...], chosen: list[Page], made: briefings.Edition, folder: Path
) -> tuple[bytes, bytes, tuple[printing.Chapter, ...]]:
    """All that the book is bound of."""
    chapters = briefings.chapters(chosen, made, folder)
    counts = counted(chapters)
    with printing.Printer(TEMPLATES) as printer:
        front = printer.print(briefings.front_job(pages, chapters, counts, made, "a4"))
        numbers = printer.print(briefings.numbers_job(sum(counts.values()), made, "a4"))
    return front, numbers, chapters


def bound(parts: Path) -> int:
    """Bind a book in this process, and say what it took."""
    front, numbers, chapters = pickle.loads(parts.read_bytes())  # noqa: S301  # we wrote it a moment ago
    begin = time.process_time()
    book = bind(front, numbers, chapters)
    seconds = time.process_time() - begin
    many = sum(counted(chapters).values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"book of {many} pages: bound in {seconds:.1f} CPU s, peak {peak} MB, {len(book) / many / 1000:.1f} kB/page")
    return 0


if __name__ == "__main__":
    sys.exit(main())
