"""Files on disk, read with a limit and written whole.

Nothing that is read may block, lead out of its folder or fill the memory; nothing that is written is ever seen half.
"""

import contextlib
import os
import re
import stat
import tempfile
from pathlib import Path

from generator.errors import PactbookError, Problem

LIMIT = 2_000_000  # bytes of one article or one facts file

_WINDOWS_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789")]
)
_SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


def shown(text: str, limit: int = 80) -> str:
    """The text in quotes as a message may carry it: one line, nothing invisible, not longer than `limit`."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def visible(text: str) -> str:
    """One line of text as a terminal or a message may carry it: everything that cannot be seen as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def name_fault(name: str) -> str | None:
    """Why this cannot be the name of an article on every system, or None.

    Args:
        name: A file name without its ending, such as "2021-12-06-russia-india-9be57d".
    """
    if not _SAFE_NAME.fullmatch(name):
        return "must be 1 to 100 of a-z, 0-9, '.', '_', '-' and begin with a letter or digit"
    if name.endswith("."):
        return "must not end with a full stop"
    if name.split(".")[0] in _WINDOWS_RESERVED:
        return "must not be a name that Windows keeps for a device"
    return None


def read_bytes(path: Path, said: str, folder: Path | None = None) -> bytes:
    """The bytes of a regular file of at most `LIMIT` bytes.

    Args:
        path: Where the file is.
        said: The path as messages name it.
        folder: A symbolic link must not lead out of this folder; None: it may lead anywhere.

    Raises:
        PactbookError: It is no regular file, leads out of the folder, is too large, or cannot be read.
    """
    try:
        if folder is not None and path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(folder.resolve()):
                raise _refused(said, "is a symbolic link that leads out of its folder. Put a copy of the file here.")
        # Without O_NONBLOCK, opening a FIFO waits for a writer for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            mode = os.fstat(handle).st_mode
            if not stat.S_ISREG(mode):
                what = "a folder" if stat.S_ISDIR(mode) else "no regular file"
                raise _refused(said, f"is {what}; a file was expected. Remove or rename it.")
            data = _read_at_most(handle, LIMIT + 1)
        finally:
            os.close(handle)
    except (OSError, RuntimeError) as error:  # Python 3.11 tells a loop of links as RuntimeError
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "a loop of symbolic links"
        raise _refused(said, f"cannot be read: {reason}.") from error
    if len(data) > LIMIT:
        raise _refused(said, f"is larger than {LIMIT:,} bytes, the limit. Cut it, or split it into several files.")
    return data


def _read_at_most(handle: int, count: int) -> bytes:
    parts = []
    while count > 0 and (part := os.read(handle, min(count, 1 << 20))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _refused(said: str, message: str) -> PactbookError:
    return PactbookError(problems=[Problem(said, 0, message)])


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that every reader, also after a crash, sees the old content or the new, never a part.

    Raises:
        OSError: The disk is full, or the folder cannot be written; the old file stands unchanged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode_for(path))
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(path.parent)


def _mode_for(path: Path) -> int:
    """The old file keeps its rights; a new one gets the usual ones, because mkstemp makes it private."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o644


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):  # some file systems cannot; the content is safe already
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
