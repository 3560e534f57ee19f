"""Shoot the six pictures of the README and the docs from a built site: `.ci/screenshots.py site docs`.

Needs playwright and a chromium of the system. Pages are found by what they are, not by their names, so that any book
gives its own pictures.
"""

import functools
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, sync_playwright

LIMIT = 250_000  # bytes of one picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture."""

    name: str
    folder: str  # below the site; empty: the start page
    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    anchor: str = ""
    press: str = ""  # what is pressed before, as a selector


SHOTS = (
    Shot(name="start", folder=""),
    Shot(name="country", folder="countries"),
    Shot(name="agreement", folder="agreements", press=".pb-bottom .pb-cite a"),
    Shot(name="source", folder="sources", anchor="#text"),
    Shot(name="phone", folder="agreements", width=390, height=844),
    Shot(name="dark", folder="pairs", scheme="dark"),
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """The requests are not what the reader of the terminal wants to see."""


def fullest_page(site: Path, folder: str) -> str:
    """The address of the page of one kind with most tables, then sections; of the start page where none is given."""

    def emptiness(path: Path) -> tuple[int, int, Path]:
        text = path.read_text("utf-8")
        return -text.count("<table"), -text.count("<h2"), path

    pages = sorted((site / folder).glob("*/index.html"), key=emptiness)
    if not folder:
        return ""
    if not pages:
        sys.exit(f"{site / folder}: holds no page. Build the site first: make site")
    return f"{pages[0].parent.relative_to(site).as_posix()}/"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on this machine and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def shoot(browser: Browser, url: str, shot: Shot, target: Path) -> None:
    """Write one picture; one that is too heavy for a README is shot again in a lower window."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url + shot.anchor)
    page.evaluate("document.fonts.ready")
    if shot.press:
        page.locator(shot.press).first.click()
    for height in range(shot.height, 400, -100):
        page.set_viewport_size({"width": shot.width, "height": height})
        page.screenshot(path=target, animations="disabled")
        if target.stat().st_size <= LIMIT:
            break
    context.close()
    sys.stdout.write(f"{target} {target.stat().st_size:,} bytes\n")


def main() -> None:
    """Shoot all pictures of a site."""
    if len(sys.argv) != 3:
        sys.exit("usage: screenshots.py SITE OUT")
    site, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("there is no chromium here; on Debian and Ubuntu: apt-get install chromium")
    out.mkdir(parents=True, exist_ok=True)
    with served(site) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            shoot(browser, address + fullest_page(site, shot.folder), shot, out / f"{shot.name}.png")
        browser.close()


if __name__ == "__main__":
    main()
