#!/usr/bin/env python3
"""Measure whole builds: CPU seconds, wall-clock and peak memory of `pactbook build` as articles are added.

Use: scale.py MAKER N [N …]

MAKER is a program that is called as `MAKER COUNT FOLDER --from K` and writes COUNT articles from number K on. For each
N, a copy of the project without its seeds gets N articles and is built in full; then with one article more; then with
nothing changed. The peer is stock `mkdocs build` on the Markdown that was generated, with the same theme and search,
without our plugin. Prints one line each, and how the CPU seconds of each compare with the peer's. The full build
includes reading facts and making pages; the peer's only takes the Markdown. Wall-clock on a shared machine tells
little; compare CPU.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACTBOOK_BUILD = [sys.executable, "-P", "-m", "generator.cli", "build"]
MKDOCS_BUILD = [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet"]


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("maker", type=Path)
    cli.add_argument("sizes", type=int, nargs="+")
    args = cli.parse_args()
    print(f"{'articles':>8}  {'build':14} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'pages':>6} {'kB/page':>8}")
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = project_copy(Path(folder))
            make(args.maker, root, size, 1)
            rows = {"full": report(size, "full", root, PACTBOOK_BUILD)}
            make(args.maker, root, 1, size + 1)
            rows["one article"] = report(size, "one article", root, PACTBOOK_BUILD)
            rows["nothing"] = report(size, "nothing", root, PACTBOOK_BUILD)
            settings = (root / "mkdocs.yml").read_text("utf-8")
            (root / "mkdocs.yml").write_text(settings.replace("  - pactbook\n", ""), "utf-8")
            peer = report(size, "stock mkdocs", root, MKDOCS_BUILD)
            print(f"{size:8}  {'/ stock':14}", ", ".join(f"{name} {cpu / peer:.3f}" for name, cpu in rows.items()))
    return 0


def project_copy(folder: Path) -> Path:
    """The project without seeds and without what it generates."""
    root = folder / "project"
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, check=True, capture_output=True, text=True)  # noqa: S607
    for name in listed.stdout.splitlines():
        if not name.startswith("seeds/") and (PROJECT / name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, root / name)
    return root


def make(maker: Path, root: Path, count: int, first: int) -> None:
    command = [sys.executable, str(maker), str(count), str(root / "seeds/articles"), "--from", str(first)]
    subprocess.run(command, check=True)  # noqa: S603


def report(size: int, name: str, root: Path, command: list[str]) -> float:
    """Build once, print what it took, and return the CPU seconds."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    if status:
        sys.exit(f"the build of {size} articles ({name}) failed")
    pages = sum(1 for _ in (root / "site").rglob("index.html"))
    weight = sum(path.stat().st_size for path in (root / "site").rglob("*.html")) / 1024
    cpu = usage.ru_utime + usage.ru_stime
    peak = usage.ru_maxrss / 1024
    print(f"{size:8}  {name:14} {cpu:8.1f} {wall:8.1f} {peak:8.0f} {pages:6} {weight / max(pages, 1):8.1f}", flush=True)
    return cpu


if __name__ == "__main__":
    sys.exit(main())
