"""Briefings in JSON → PDF, by Typst, in a child process. The only module that knows Typst.

Text of articles reaches Typst as JSON values of static templates and never as markup, so that it can neither read a
file nor fetch anything. The child is held to its templates, to a size of memory and to a time all the same: whatever a
text makes Typst do, it ends. The same briefing gives the same bytes on every machine: all fonts are ours.
"""

import contextlib
import hashlib
import io
import json
import os
import resource
import selectors
import struct
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from queue import Queue
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, cast

from generator.cache import Store, digest_of, place, tree_digest
from generator.errors import PactbookError

if TYPE_CHECKING:
    import pikepdf

TEMPLATES = Path("templates/print")  # below the project's folder; Typst sees nothing else
FONTS = "fonts"  # below TEMPLATES
STANDARDS = ("a-2a", "ua-1")  # PDF/A-2a and PDF/UA-1: Typst stops where a file would not keep to them
PAPERS = {"a4": "a4", "letter": "us-letter"}  # name on the command line → name in Typst
INSIDE = "pactbook:"  # an address that begins so names a chapter of the book by its label
MISSING = "no PDF was printed: the packages typst and pikepdf are not both here. Run: pip install 'pactbook[print]'"
_SECONDS = 60.0  # for one briefing
_SECONDS_A_MEGABYTE = 60.0  # on top of it, of JSON: a book is long
_MEMORY = 4 << 30  # bytes of address space; the front of a book of 4,000 pages takes a quarter of it
_BATCH = 16  # briefings for each child at a time
_HEAD = struct.Struct("<cQ")  # what kind of answer, how many bytes follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One briefing to be printed."""

    template: str  # file below TEMPLATES
    data: str  # JSON
    paper: str  # a key of PAPERS
    timestamp: int  # seconds since 1970, UTC: when the file says that it was made


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One briefing of the book."""

    part: str  # title of the part that it belongs to
    title: str
    label: str  # what links call it: INSIDE and this
    address: str  # where its page stands on the site; empty: unknown
    file: Path


def can_print() -> bool:
    """Whether Typst and pikepdf are installed."""
    return all(find_spec(name) is not None for name in ("typst", "pikepdf"))


def engine() -> str:
    """The versions of what makes a PDF, part of every cache key."""
    try:
        return f"{version('typst')} {version('pikepdf')}"
    except PackageNotFoundError as error:
        raise PactbookError(MISSING) from error


class Printer:
    """A child process that prints one briefing after the other; started with the first one.

    Use it in a `with` statement: at its end the child is gone.
    """

    def __init__(self, folder: Path, *, seconds: float = _SECONDS, memory: int = _MEMORY) -> None:
        """Do not start anything yet.

        Args:
            folder: Holds the templates and their fonts; the child reads nothing else.
            seconds: That one briefing may take.
            memory: Bytes of address space that the child may have.
        """
        self._folder = folder.resolve()
        self._seconds = seconds
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def print(self, job: Job) -> bytes:
        """The PDF of a briefing.

        Raises:
            PactbookError: Typst is missing, refuses the template, or needs more time or memory than it may have.
        """
        if self._child is None:
            self._child = self._start()
        told = {"template": job.template, "data": job.data, "paper": PAPERS[job.paper], "timestamp": job.timestamp}
        request = json.dumps(told).encode("ascii")
        deadline = time.monotonic() + self._seconds + _SECONDS_A_MEGABYTE * len(request) / 1_000_000
        try:
            kind, answer = _exchange(self._child, request, deadline)
        except TimeoutError as error:
            self._stop()
            raise PactbookError(f"{job.template}: Typst had no PDF in time. Nothing was written.") from error
        except (BrokenPipeError, EOFError) as error:
            self._stop()
            raise PactbookError(f"{job.template}: Typst ended early, most likely for lack of memory.") from error
        if kind != b"P":
            raise PactbookError(f"{TEMPLATES}/{job.template}: {answer.decode('utf-8', 'replace')}")
        return answer

    def cpu_seconds(self) -> float:
        """What the child has worked so far; 0 where the system does not tell."""
        if self._child is None:
            return 0.0
        try:
            told = Path(f"/proc/{self._child.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def _start(self) -> "subprocess.Popen[bytes]":
        engine()
        # No proxy leads anywhere and no home is known: even a template that imports a package gets none.
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")}
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
        return subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-I", "-c", "from generator.printing import answer; answer()", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**kept, **nowhere, "PACTBOOK_MEMORY": str(self._memory)},
            start_new_session=True,  # Ctrl-C is for us; we end the child
        )

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()


def _exchange(child: "subprocess.Popen[bytes]", request: bytes, deadline: float) -> tuple[bytes, bytes]:
    """Send a request and wait for its answer, whatever the child does meanwhile."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    to_send = memoryview(_HEAD.pack(b"J", len(request)) + request)
    got = bytearray()
    os.set_blocking(child.stdin.fileno(), False)
    os.set_blocking(child.stdout.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while not _is_whole(got):
            ready = selector.select(max(deadline - time.monotonic(), 0))
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                if key.fileobj is child.stdin:
                    to_send = to_send[os.write(key.fd, to_send[: 1 << 16]) :]
                    if not to_send:
                        selector.unregister(child.stdin)
                else:
                    part = os.read(key.fd, 1 << 20)
                    if not part:
                        raise EOFError
                    got += part
    kind, _ = _HEAD.unpack_from(got)
    return kind, bytes(got[_HEAD.size :])


def _is_whole(got: bytearray) -> bool:
    return len(got) >= _HEAD.size and len(got) == _HEAD.size + int(_HEAD.unpack_from(got)[1])


# -- many at once -------------------------------------------------------------------------------------


def print_files(
    jobs: Iterable[tuple[Path, Job]], folder: Path, *, store: Store | None = None, workers: int = 0
) -> tuple[int, int]:
    """Print many briefings into files, on all cores; what is in the store is not printed again.

    Args:
        jobs: Each with the file that it is printed into; taken a few at a time.
        folder: Holds the templates and their fonts.
        store: What earlier runs have printed; new files are put there, to be kept at its `commit`.
        workers: Child processes; 0: one for each core.

    Returns:
        How many were printed, and how many are as an earlier run printed them.

    Raises:
        PactbookError: As `Printer.print`; what was printed before stays.
    """
    base = base_key(folder)
    printed = reused = 0
    with ExitStack() as stack:
        printers = [stack.enter_context(Printer(folder)) for _ in range(workers or _cores())]
        pool = stack.enter_context(ThreadPoolExecutor(len(printers)))
        free: Queue[Printer] = Queue()
        for printer in printers:
            free.put(printer)
        for batch in _batches(jobs, len(printers) * _BATCH):
            keyed = [(path, job, digest_of(base, *map(str, astuple(job)))) for path, job in batch]
            fresh = [one for one in keyed if not reuse(store, one[2], one[0])]
            reused += len(keyed) - len(fresh)
            for (path, _, key), pdf in zip(fresh, pool.map(lambda one: _print_free(free, one[1]), fresh), strict=True):
                keep(store, key, path, pdf)
                printed += 1
    return printed, reused


def base_key(folder: Path) -> str:
    """What every PDF depends on beside its own data: templates, fonts, and the programs that print."""
    return digest_of(engine(), json.dumps(STANDARDS), tree_digest(folder))


def _print_free(free: "Queue[Printer]", job: Job) -> bytes:
    """Print with a child that has nothing to do."""
    printer = free.get()
    try:
        return printer.print(job)
    finally:
        free.put(printer)


def _batches(jobs: Iterable[tuple[Path, Job]], size: int) -> Iterator[list[tuple[Path, Job]]]:
    iterator = iter(jobs)
    while batch := list(islice(iterator, size)):
        yield batch


def reuse(store: Store | None, key: str, path: Path) -> bool:
    """Put what an earlier run printed where it belongs; False: there is nothing."""
    told = store.get(key) if store is not None else None
    kept = store.file(key, told["sha256"]) if store is not None and told is not None else None
    if kept is None:
        return False
    if not (path.exists() and path.samefile(kept)):
        place(kept, path)
    return True


def keep(store: Store | None, key: str, path: Path, pdf: bytes) -> None:
    """Write a PDF, and let later runs find it again."""
    _write(path, pdf)
    if store is not None:
        store.put(key, {"sha256": hashlib.sha256(pdf).hexdigest()})
        store.put_file(key, path)


def _write(path: Path, pdf: bytes) -> None:
    """Write a file that can be made again: whole for every reader; a second name of the old one keeps its content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(pdf)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# -- in the child -------------------------------------------------------------------------------------


def answer() -> None:
    """Print what standard input asks for, until it ends: the child's only work."""
    folder = Path(sys.argv[1])
    _limit(int(os.environ["PACTBOOK_MEMORY"]))
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is said must not pass for an answer
    compiler = _compiler(folder)
    while (head := asked.read(_HEAD.size)) and len(head) == _HEAD.size:
        request = json.loads(asked.read(_HEAD.unpack(head)[1]))
        kind, answered = _compile(compiler, folder, request)
        told.write(_HEAD.pack(kind, len(answered)) + answered)
        told.flush()


def _limit(memory: int) -> None:
    """No more memory than this, no file written, no core left behind."""
    with contextlib.suppress(ValueError, OSError):  # macOS does not limit the address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _compiler(folder: Path) -> Any:
    """Typst, which reads templates and fonts of the folder, has no others, and no packages."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / FONTS])
    return typst.Compiler(
        root=folder, font_paths=fonts, package_path=folder / "none", package_cache_path=folder / "none"
    )


def _compile(compiler: Any, folder: Path, request: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """The kind of the answer and the answer: P and a PDF, or E and what Typst says is wrong."""
    import typst

    try:
        pdf: bytes = compiler.compile(
            input=folder / request["template"],
            format="pdf",
            sys_inputs={"data": request["data"], "paper": request["paper"]},
            pdf_standards=list(STANDARDS),
            timestamp=request["timestamp"],
        )
    except typst.TypstError as error:
        return b"E", "; ".join([error.message, *error.hints]).encode("utf-8", "replace")
    return b"P", packed(pdf)


def packed(pdf: bytes) -> bytes:
    """The same document in less than half the bytes: what Typst writes object by object is packed together."""
    import pikepdf

    file = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        save(document, file)
    return file.getvalue()


def save(document: "pikepdf.Pdf", file: IO[bytes]) -> None:
    """Write a document, in the same bytes whenever it is written."""
    import pikepdf

    modes = pikepdf.ObjectStreamMode.generate
    document.save(cast("BinaryIO", file), object_stream_mode=modes, compress_streams=True, deterministic_id=True)
