"""All PDFs of a book: which pages have one, what is printed anew, and the book bound of them.

Writes below one folder of its own, `site_src/downloads/briefings/`, and nowhere else.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import printing
from generator.briefings import BOOK, Edition, briefing_job, chapters, edition, file_of, front_job, numbers_job
from generator.cache import Store, digest_of, file_digest
from generator.errors import PactbookError
from generator.printing import MISSING, TEMPLATES, Job, Printer
from generator.views import AgreementPage, Page, PartyPage

FOLDER = "downloads/briefings"  # below `site_src/`
_SOURCE = Path("site_src")
_CACHE = Path(".pactbook-cache/print")

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What became of the PDFs."""

    new: int = 0  # printed just now
    before: int = 0  # as an earlier run printed them
    note: str = ""  # why there are none, and what to do about it


def print_pages(
    root: Path, pages: Sequence[Page], *, today: date, paper: str, cache: bool, progress: Progress
) -> Printed:
    """Print the PDF of every page that has one, and the book; remove all of them where none is wanted.

    Args:
        root: The project's folder.
        pages: All of the book.
        paper: A key of `printing.PAPERS`; empty: no PDF is wanted.
        cache: Use what earlier runs have printed; without, everything is printed again, and is the same.

    Raises:
        PactbookError: Typst refuses a briefing, or needs more time or memory than it may have.
    """
    folder = root / _SOURCE / FOLDER
    if not paper or not printing.can_print():
        shutil.rmtree(folder, ignore_errors=True)
        return Printed(note=MISSING if paper else "")
    store = Store(root / _CACHE) if cache else None
    try:
        done = _print_into(folder, root, pages, today, paper, store=store, progress=progress)
        if store is not None:
            store.commit()
    finally:
        if store is not None:
            store.close()
    wanted = {folder / file for page in pages if (file := file_of(page))}
    for path in set(folder.rglob("*.pdf")) - wanted:
        path.unlink()
    return done


def print_page(root: Path, page: Page, pages: Sequence[Page], *, today: date, paper: str, progress: Progress) -> bytes:
    """The PDF of one page, whatever has been printed before; `pages` are all of the book.

    Raises:
        PactbookError: As `print_pages`, and where Typst is missing.
    """
    if not printing.can_print():
        raise PactbookError(MISSING)
    if isinstance(page, AgreementPage | PartyPage):
        with Printer(root / TEMPLATES) as printer:
            return printer.print(briefing_job(page, _edition(root, today), paper))
    with TemporaryDirectory() as folder:
        _print_into(Path(folder), root, pages, today, paper, store=None, progress=progress)
        return Path(folder, BOOK).read_bytes()


def files_there(root: Path, pages: Iterable[Page]) -> dict[str, str]:
    """The PDFs that have been printed: path below `site_src/` by the path of the page."""
    files = {page.path: f"{FOLDER}/{file}" for page in pages if (file := file_of(page))}
    return {page: file for page, file in files.items() if (root / _SOURCE / file).exists()}


def _edition(root: Path, today: date) -> Edition:
    return edition(root / TEMPLATES, site_url=site_url(root), today=today)


def site_url(root: Path) -> str:
    """Where the site is published, as `mkdocs.yml` has it; empty: unknown."""
    from mkdocs.utils.yaml import yaml_load

    with (root / "mkdocs.yml").open("rb") as file:
        return str(yaml_load(file).get("site_url") or "")


def _print_into(
    folder: Path,
    root: Path,
    pages: Sequence[Page],
    today: date,
    paper: str,
    *,
    store: Store | None,
    progress: Progress,
) -> Printed:
    """Print all briefings below a folder, and bind them to the book."""
    made = _edition(root, today)
    chosen = [page for page in pages if isinstance(page, AgreementPage | PartyPage)]

    def jobs() -> Iterator[tuple[Path, Job]]:
        for done, page in enumerate(chosen, 1):
            yield folder / file_of(page), briefing_job(page, made, paper)
            progress("briefings", done, len(chosen))

    new, before = printing.print_files(jobs(), root / TEMPLATES, store=store)
    progress("book", 0, 1)
    is_bound = _bind_into(folder, root, pages, made, paper, store=store)
    progress("book", 1, 1)
    return Printed(new=new + is_bound, before=before + (not is_bound))


def _bind_into(
    folder: Path, root: Path, pages: Sequence[Page], made: Edition, paper: str, *, store: Store | None
) -> bool:
    """Bind the briefings below a folder to the book, unless it has been bound of the very same ones."""
    from generator.binding import bind, counted  # needs pikepdf, without which there is still a site

    bound = chapters(pages, made, folder)
    counts = counted(bound)
    front = front_job(pages, bound, counts, made, paper)
    numbers = numbers_job(sum(counts.values()), made, paper)
    key = digest_of(printing.base_key(root / TEMPLATES), str(front), *(file_digest(one.file) or "" for one in bound))
    if printing.reuse(store, key, folder / BOOK):
        return False
    with Printer(root / TEMPLATES) as printer:
        parts = [printer.print(one) for one in (front, numbers)]
    printing.keep(store, key, folder / BOOK, bind(parts[0], parts[1], bound))
    return True
