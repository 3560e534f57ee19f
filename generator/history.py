"""What people and programs changed of the book, kept in `seeds/history/`: one file for each time it was recorded.

What news changed needs no record: it is made of the articles and their dates. What a correction by a source, a person
or another reader changed cannot be seen in the seeds afterwards, and a site must not ask git for it, because the same
seeds must give the same site without a repository. So it is written down once, when it is done, and committed with it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from generator.diff import Change
from generator.errors import PactbookError, Problem
from generator.files import read_bytes, visible, write_whole
from generator.model import Cause, KeptChange, Kind, Record

FOLDER = PurePosixPath("seeds/history")
_NAME = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{12}")
_MOST = 1000  # changes in one record; another reader may change everything
_KEPT = frozenset({Kind.AGREEMENT, Kind.TENSION, Kind.ARTICLE})  # quotations and names are many, and tell less
_SEEDS = ("articles", "facts")


def kept(change: Change) -> KeptChange:
    """A change as it is kept, and as it is given away as JSON."""
    return KeptChange(
        action=change.action,
        kind=change.kind,
        id=change.id,
        title=change.title,
        what=change.what,
        before=change.before,
        after=change.after,
        cause=change.cause,
        article=change.article,
        exact=change.evidence.exact if change.evidence is not None else None,
        reason=change.reason,
        parties=change.parties,
    )


def worth_keeping(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What cannot be told from the articles and their dates."""
    return tuple(one for one in changes if one.cause is not Cause.NEW_SOURCE and one.kind in _KEPT)


def digest_of_seeds(root: Path) -> str:
    """Twelve characters that stand for the articles, facts and rulings of a project."""
    sums = hashlib.sha256()
    files = [path for name in _SEEDS for path in (root / "seeds" / name).glob("*")]
    for path in sorted([*files, *(root / "seeds").glob("*.yaml")]):
        if path.is_file() and not path.name.startswith("."):
            told = f"{path.relative_to(root).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
            sums.update(told.encode("utf-8", "surrogateescape"))
    return sums.hexdigest()[:12]


def write_record(root: Path, changes: Sequence[Change], *, since: str, on: str) -> PurePosixPath | None:
    """Keep changes; what was kept since the same earlier state is replaced.

    Args:
        changes: Of `worth_keeping`; if there is none, nothing is kept.
        since: Of `digest_of_seeds`.
        on: The day, ISO 8601.

    Returns:
        The file, relative to the project; None: there is nothing to keep.
    """
    path = FOLDER / f"{on}-{since}.json" if changes else None
    if path is not None:
        told = tuple(kept(one) for one in changes[:_MOST])
        record = Record(on=on, since=since, more=max(len(changes) - _MOST, 0), changes=told)
        write_whole(root / path, f"{record.model_dump_json(indent=1, exclude_defaults=True)}\n".encode())
    for other in (root / FOLDER).glob(f"*-{since}.json"):
        if path is None or other.name != path.name:
            other.unlink()
    return path


def read_history(root: Path) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """All records, the newest first, and what is wrong with files that are none."""
    records: list[tuple[str, Record]] = []
    problems: list[Problem] = []
    folder = root / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        said = visible((FOLDER / path.name).as_posix())
        try:
            records.append((path.name, _read(path, said, folder)))
        except PactbookError as error:
            problems += error.problems
    return tuple(record for _, record in sorted(records, key=lambda one: one[0], reverse=True)), tuple(problems)


def _read(path: Path, said: str, folder: Path) -> Record:
    """The record in a file.

    Raises:
        PactbookError: It is no record as `write_record` writes it.
    """
    if path.suffix != ".json" or not _NAME.fullmatch(path.stem):
        message = "must be named by day and digest, as pactbook diff --keep does. Move it elsewhere."
        raise PactbookError(problems=[Problem(said, 0, message)])
    try:
        record = Record.model_validate_json(read_bytes(path, said, folder))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"])) or "the file"
        message = f"{place} is wrong: {visible(fault['msg'])}. Take it from git again, or remove the file."
        raise PactbookError(problems=[Problem(said, 0, message)]) from error
    if path.stem != f"{record.on}-{record.since}":
        message = f"must be named {record.on}-{record.since}.json, after its `on` and `since`. Rename it."
        raise PactbookError(problems=[Problem(said, 0, message)])
    return record


def as_json(changes: Iterable[Change]) -> str:
    """The changes as JSON, one object each, in their order."""
    return json.dumps(
        [kept(one).model_dump(mode="json", exclude_defaults=True) for one in changes], ensure_ascii=False, indent=1
    )
