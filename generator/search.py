"""The search index of a built site, made by Pagefind from its pages. Knows HTML files and a program, not MkDocs.

The index depends on the pages alone: the same pages give the same files, in any order and on any machine. With a cache
it is not made again unless a page has changed.
"""

import gzip
import hashlib
import json
import subprocess
from collections.abc import Iterable, Iterator
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import cbor2

from generator.cache import Store, digest_of, file_digest, place
from generator.errors import PactbookError

FOLDER = "pagefind"  # below the site
MISSING = "Pagefind is not installed: the search is the theme's, slow on large sites. Run: pip install 'pagefind[bin]'"
# Numbers of notes and repeated sentences are not searched: each sentence is found where it stands in its article.
_PASSED_OVER = (".headerlink", "[data-search-exclude]", ".pb-evidence", ".pb-passages")
_OPTIONS = tuple(word for one in _PASSED_OVER for word in ("--exclude-selectors", one))
# What a page of ours loads: Pagefind's own boxes and styles stay out of the site.
_WANTED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pf_meta", "wasm.en.pagefind", "*/*.pf_*")
_TIME = 900  # seconds; 10,000 pages take 30


def program() -> Path | None:
    """The Pagefind program; None: it is not installed here."""
    try:
        found = import_module("pagefind.service").get_executable()
    except ImportError:
        return None
    return Path(found) if found and Path(found).is_file() else None


def add_index(site: Path, tool: Path, *, store: Store | None) -> bool:
    """Make the index of all pages of a site that are marked with `data-pagefind-body`, in a folder of the site.

    Args:
        tool: The Pagefind program.
        store: Where indexes of earlier builds are kept; None: the index is made in any case.

    Returns:
        Whether it was made; else it is that of an earlier build with the same pages.

    Raises:
        PactbookError: Pagefind failed, with its own last words.
    """
    key = digest_of("search", _version(tool), *_OPTIONS, *_pages(site))
    if store is not None and _put_in_place(site / FOLDER, store, key):
        return False
    _run(site, tool)
    if store is not None:
        _keep(site / FOLDER, store, key)
    return True


def _pages(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix()
        yield file_digest(path) or ""


def _version(tool: Path) -> str:
    try:
        return metadata.version("pagefind_bin")
    except metadata.PackageNotFoundError:  # a program of the system's own
        return f"{tool} {tool.stat().st_mtime_ns}"


def _run(site: Path, tool: Path) -> None:
    target = site / FOLDER
    command = [str(tool), "--site", str(site), "--output-path", str(target), *_OPTIONS]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIME, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PactbookError(f"{tool}: Pagefind could not make the search index: {error}") from error
    if done.returncode or not (target / "pagefind-entry.json").is_file():
        words = (done.stderr or done.stdout).strip()[-400:]
        raise PactbookError(f"{tool}: Pagefind could not make the search index: {words}")
    wanted = set(_wanted(target))
    for path in target.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
    _put_in_order(target)


def _wanted(folder: Path) -> Iterable[Path]:
    return (path for pattern in _WANTED for path in folder.glob(pattern))


# -- the same pages, the same files -------------------------------------------------------------------

_MAGIC = b"pagefind_dcd"  # stands before what is packed in each file (Pagefind 1.5)
_FILTERS = 3  # the place of the filters in the file that names all others: [[name, digest], …]


def _put_in_order(folder: Path) -> None:
    """Put filters and their values in order: Pagefind writes them in that of a hash with a random seed."""
    entry = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))
    for language in entry["languages"].values():
        path = folder / f"pagefind.{language['hash']}.pf_meta"
        content = _unpacked(path)
        for one in content[_FILTERS]:
            old = folder / "filter" / f"{one[1]}.pf_filter"
            name, values = _unpacked(old)
            old.unlink()
            one[1] = _packed([name, sorted(values)], folder / "filter", "{}.pf_filter", one[1])
        content[_FILTERS].sort()
        path.unlink()
        language["hash"] = _packed(content, folder, "pagefind.{}.pf_meta", language["hash"])
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, separators=(",", ":")), "utf-8")


def _unpacked(path: Path) -> list[Any]:
    content: list[Any] = cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(_MAGIC))
    return content


def _packed(content: object, folder: Path, name: str, old: str) -> str:
    """Write a file under the digest of its content, which is as long as the old one, and give the digest."""
    data = _MAGIC + cbor2.dumps(content)
    language, _, digest = old.partition("_")
    new = f"{language}_{hashlib.sha256(data).hexdigest()[: len(digest)]}"
    (folder / name.format(new)).write_bytes(gzip.compress(data, mtime=0))
    return new


# -- unchanged pages ----------------------------------------------------------------------------------


def _keep(folder: Path, store: Store, key: str) -> None:
    """Keep each file by its content: most files of the next index are those of this one."""
    files = {path.relative_to(folder).as_posix(): _digest(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    for name, digest in files.items():
        one = digest_of("search file", digest)
        store.put(one, {"sha256": digest})
        store.put_file(one, folder / name)
    store.put(key, {"files": files})


def _put_in_place(folder: Path, store: Store, key: str) -> bool:
    kept = store.get(key)
    if kept is None:
        return False
    found: dict[str, Path] = {}
    for name, digest in kept["files"].items():
        one = digest_of("search file", digest)
        path = store.file(one, digest) if store.get(one) else None
        if path is None:
            return False
        found[name] = path
    for name, path in found.items():
        place(path, folder / name)
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
