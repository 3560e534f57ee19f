"""What can be made again, kept by the digest of what it was made from. Knows bytes and JSON, nothing of the book.

Nothing that is read here is trusted: each entry carries its own digest, and one that is cut, changed, or filed under
another's key counts as absent. The folder can be thrown away at any time.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_KEPT_BUILDS = 2  # an entry that none of the last two builds used is removed
_FORM = 1  # goes up when entries are written in another way
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS uses (key TEXT PRIMARY KEY, build INTEGER NOT NULL) WITHOUT ROWID;
"""


def digest_of(*parts: str | bytes) -> str:
    """The SHA-256 of several texts, none of which can pass for the end of another."""
    sum_ = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sum_.update(b"%d:" % len(data))
        sum_.update(data)
    return sum_.hexdigest()


def file_digest(path: Path) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def tree_digest(folder: Path) -> str:
    """The SHA-256 of all files below a folder, names included; hidden and compiled files are passed over."""
    parts: list[str] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(where, name)
            parts += [path.relative_to(folder).as_posix(), file_digest(path) or ""]
    return digest_of(*parts)


def stamps(folder: Path) -> dict[str, tuple[int, ...]] | None:
    """What the system says of each file below a folder: size, times, place on the disk.

    Returns:
        By path; None where a symbolic link leads to something that may change without a trace.
    """
    found: dict[str, tuple[int, ...]] = {}
    folders = [str(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    return None
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                else:
                    found[entry.path] = stamp(entry)
    return found


def stamp(file: "os.DirEntry[str] | Path") -> tuple[int, ...]:
    """What the system says of one file."""
    told = file.stat()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


class Store:
    """JSON values by key, in one file, with files of their own beside it; for one process at a time.

    Nothing is kept before `commit`; a build that fails leaves the store as it was.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._used: set[str] = set()
        self._pending: dict[str, Path] = {}
        self._open()

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(self._folder / f"entries-{_FORM}.sqlite", isolation_level=None)
        try:
            self._begin()
        except sqlite3.DatabaseError:  # no database, or a damaged one
            self._restart()

    def _begin(self) -> None:
        run = self._connection.execute
        run("PRAGMA trusted_schema = OFF")
        run("PRAGMA synchronous = OFF")  # what a crash of the machine loses can be made again
        run("BEGIN IMMEDIATE")
        for statement in _SCHEMA.split(";"):
            run(statement)
        self._build = int(run("SELECT coalesce(max(build), 0) + 1 FROM uses").fetchone()[0])

    def _restart(self) -> None:
        """Throw everything away."""
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(self._folder / f"entries-{_FORM}.sqlite", isolation_level=None)
        self._used.clear()
        self._begin()

    def get(self, key: str) -> Any:
        """The value of a key; None where there is none, or where it is not as it was written."""
        try:
            row = self._connection.execute("SELECT digest, value FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            self._restart()
            return None
        if row is None or not isinstance(row[1], bytes) or row[0] != _seal(key, row[1]):
            return None
        self._used.add(key)
        return json.loads(row[1])

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Keep a value.

        Raises:
            TypeError: JSON cannot hold it.
        """
        data = json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
        self._connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", (key, _seal(key, data), data))
        self._used.add(key)

    def put_file(self, key: str, path: Path) -> None:
        """Keep a file under a key that has a value too; it is taken at `commit`, as a second name where that can be."""
        self._pending[key] = path

    def file(self, key: str, digest: str) -> Path | None:
        """The file of a key, if its content has this SHA-256."""
        path = self._path(key)
        return path if file_digest(path) == digest else None

    def _path(self, key: str) -> Path:
        return self._files / key[:2] / key

    def commit(self) -> None:
        """Make everything permanent, remove what the last builds did not use, and close."""
        try:
            for key, path in self._pending.items():
                place(path, self._path(key))
            run = self._connection.execute
            self._connection.executemany(
                "INSERT OR REPLACE INTO uses VALUES (?, ?)", ((key, self._build) for key in self._used)
            )
            oldest = self._build - _KEPT_BUILDS
            run("DELETE FROM uses WHERE build <= ?", (oldest,))
            run("DELETE FROM entries WHERE key NOT IN (SELECT key FROM uses)")
            self._sweep({str(row[0]) for row in run("SELECT key FROM entries")})
            run("COMMIT")
        except sqlite3.DatabaseError:
            self._restart()
        self.close()

    def _sweep(self, keys: set[str]) -> None:
        """Remove files that belong to no entry."""
        for folder in self._files.iterdir() if self._files.is_dir() else ():
            for name in os.listdir(folder):
                if name not in keys:
                    (folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Close without keeping what is new."""
        self._connection.close()


def _seal(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + data).digest()


def place(source: Path, target: Path) -> None:
    """Give a file a second name, or where the system cannot, copy it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
