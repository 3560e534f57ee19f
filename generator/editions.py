"""States of the book to compare: the project as it is, as a revision of git has it, or another folder.

The only module that asks git, and only for `pactbook diff`: a build never does.
"""

import io
import subprocess
import tarfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build import CACHE, gather
from generator.cache import Store
from generator.diff import Edition
from generator.errors import PactbookError, Problem
from generator.facts import facts_path, is_untouched, parse_facts, read_facts_text
from generator.files import shown, visible
from generator.history import digest_of_seeds
from generator.model import ArticleId
from generator.publication import read_publish

_SECONDS = 120  # that git may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier state, and how it is called."""

    edition: Edition
    name: str  # "HEAD (1a2b3c4)", or the folder
    digest: str  # of its seeds


def edition_of(root: Path, project: Path | None = None) -> Edition:
    """The state of the book in a folder.

    Args:
        project: The project whose settings say what is published, and whose last builds have read most of the facts;
            None: the folder itself.

    Raises:
        PactbookError: With every problem of its facts.
    """
    project = project or root
    folder = project / CACHE / "facts"
    kept = Store(folder) if folder.is_dir() else None
    try:
        state = gather(root, kept=kept, publish=read_publish(project))
    finally:
        if kept is not None:
            kept.close()  # without a commit: what a comparison has read is no build's
    return Edition(book=state.book, corrected=Corrected(root))


class Corrected(Container[ArticleId]):
    """The articles whose facts a person has corrected or accepted; each file is looked at when it is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __contains__(self, article: object) -> bool:
        path = facts_path(ArticleId(str(article)))
        if not (self._root / path).exists():
            return False
        text = read_facts_text(self._root / path, self._root)
        return not is_untouched(text, parse_facts(text, path.as_posix()))


@contextmanager
def earlier(root: Path, name: str) -> Iterator[Earlier]:
    """An earlier state: another project's folder, or a revision of git.

    Args:
        name: A folder that holds seeds/articles, else what git understands: "HEAD", "v1.2", "origin/main".

    Raises:
        PactbookError: It is neither, git is not there, or the state has problems of its own.
    """
    folder = Path(name)
    if name and (folder / "seeds" / "articles").is_dir():
        yield _read(folder, root, visible(folder.as_posix()), f"{visible(folder.as_posix())}/")
        return
    commit = _commit(root, name)
    with TemporaryDirectory(prefix="pactbook-") as place:
        _unpack(_git(root, "archive", "--format=tar", commit, "seeds"), Path(place))
        yield _read(Path(place), root, f"{visible(name)} ({commit[:7]})", f"{visible(name)}:")


def _read(folder: Path, project: Path, name: str, prefix: str) -> Earlier:
    try:
        edition = edition_of(folder, project)
    except PactbookError as error:
        problems = [Problem(f"{prefix}{one.path}", one.line, one.message) for one in error.problems]
        raise PactbookError(f"{name} cannot be compared with. Mend it there, or name another.", problems) from error
    return Earlier(edition=edition, name=name, digest=digest_of_seeds(folder))


def author_of(root: Path) -> str | None:
    """The name that git puts on a person's commits here; None: git is not there, or knows none."""
    try:
        return _git(root, "config", "user.name").decode("utf-8", "replace").strip() or None
    except PactbookError:
        return None


def _commit(root: Path, name: str) -> str:
    """The full hash of a revision."""
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except PactbookError as error:
        if error.problems:
            raise
        message = (
            f"{shown(name)} is no folder that holds seeds/articles, and no revision of git in {visible(str(root))}. "
            "Name a folder or a revision, such as HEAD~1."
        )
        raise PactbookError(message) from error


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints.

    Raises:
        PactbookError: git is not installed, or refuses.
    """
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603  # no shell
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PactbookError(
            problems=[Problem("git", 0, f"cannot be run: {error}. Install it, or name a folder to compare with.")]
        ) from error
    if done.returncode:
        raise PactbookError(visible(done.stderr.decode("utf-8", "replace").strip()) or "git refused.")
    return done.stdout


def _unpack(archive: bytes, place: Path) -> None:
    """The files of an archive; links that lead out of it are refused."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            for member in files:
                _unpack_one(files, member, place)
    except tarfile.TarError as error:
        raise PactbookError(f"The seeds of that revision cannot be unpacked: {visible(str(error))}") from error


def _unpack_one(files: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    """One file or link; `extractall(filter="data")` would do, but not every Python 3.11 knows it."""
    target = place / member.name
    leads_to = target.parent / member.linkname if member.issym() else target
    if not leads_to.resolve().is_relative_to(place.resolve()):
        raise PactbookError(f"{visible(member.name)}: leads out of that revision's seeds. Name another revision.")
    if member.isfile() or member.issym():
        target.parent.mkdir(parents=True, exist_ok=True)
    if member.issym():
        target.symlink_to(member.linkname)
    elif member.isfile() and (content := files.extractfile(member)) is not None:
        target.write_bytes(content.read())
