"""The built site in a real browser: search, evidence and back, no request to elsewhere, nothing on the console."""

import functools
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.build import build_site

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = {"phone": 390, "desktop": 1280}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """The requests are not what the tests print."""


def built(root: Path, *, is_corpus: bool) -> Path:
    """The site of the project's own seeds, or of the example corpus, built in a folder of its own."""
    names = ["mkdocs.yml", "templates", "site_src", *([] if is_corpus else ["seeds"])]
    listed = subprocess.run(["git", "ls-files", *names], cwd=PROJECT, check=True, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, root / name)
    if is_corpus:
        shutil.copytree(PROJECT / "tests/corpus/seeds", root / "seeds")
    site = build_site(root, today=date(2026, 3, 31)).site
    assert site is not None
    return site


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address under which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("project"), is_corpus=False)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("corpus"), is_corpus=True)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing = "there is no chromium here; on Debian and Ubuntu: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as driver:
        program = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield program
        program.close()


class Visit:
    """A page that remembers what it asked of others and what its console said."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.set_default_timeout(10_000)
        self.elsewhere: list[str] = []
        self.console: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.elsewhere.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.console.append(text)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)


@pytest.fixture(params=tuple(WIDTHS.values()), ids=tuple(WIDTHS))
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    one = Visit(context.new_page(), address)
    yield one
    context.close()
    assert one.elsewhere == []
    assert one.console == []


def pages_of(site: Path) -> list[str]:
    """Addresses of all pages below the site."""
    return sorted(path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html"))


@pytest.mark.parametrize(
    ("words", "title"),
    [("AK-203", "AK-203"), ("India", "India"), ("Shoigu", "Shoigu"), ("unwavering assistance", "sanctions")],
)
def test_the_search_finds_equipment_countries_people_and_words_of_evidence(
    visit: Visit, words: str, title: str
) -> None:
    visit.open("")
    size = visit.page.viewport_size
    is_phone = size is not None and size["width"] < 600
    (
        visit.page.locator("label[for=__search]") if is_phone else visit.page.locator("input.md-search__input")
    ).first.click()

    visit.page.locator("input.md-search__input").press_sequentially(words, delay=20)

    visit.page.locator(".md-search-result__item a").first.wait_for()
    assert title in visit.page.locator(".md-search-result__list").inner_text()


def test_a_value_leads_to_its_highlighted_sentence_and_back(visit: Visit, site: Path) -> None:
    contract = next(page for page in pages_of(site) if "ak-203" in page)
    visit.open(contract)

    visit.page.locator("p", has_text="500 million").locator("sup a").first.click()
    visit.page.wait_for_url("**/sources/**")

    passage = visit.page.locator("mark:target")
    assert "$500 million" in passage.inner_text()
    assert passage.is_visible()
    visit.page.locator("mark:target + a.pb-number").click()
    row = visit.page.locator(":target")
    row.get_by_role("link", name="AK-203").first.click()
    visit.page.wait_for_url(f"**/{contract}**")
    assert "AK-203" in visit.page.locator("h1").inner_text()


def test_no_page_is_wider_than_the_screen(visit: Visit, site: Path) -> None:
    pages = pages_of(site)
    assert len(pages) > 15

    wide = []
    for path in pages:
        visit.open(path)
        if visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)

    assert wide == []


def test_dark_mode_follows_the_system_and_can_be_switched(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)

    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.get_by_title("Switch to light mode").click()

    assert scheme == "slate"
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    context.close()


def test_a_printed_page_has_its_evidence_and_no_navigation(browser: Browser, address: str, site: Path) -> None:
    contract = next(page for page in pages_of(site) if "ak-203" in page)
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(address + contract)

    visible = page.locator("body").inner_text()

    assert "The two leaders signed a contract" in visible
    assert not page.locator(".md-header").is_visible()
    assert not page.locator(".md-sidebar").first.is_visible()
    page.close()


def test_every_link_and_anchor_leads_somewhere(browser: Browser, address: str, site: Path) -> None:
    page = browser.new_page()
    ids: dict[str, set[str]] = {}
    links: set[tuple[str, str, str]] = set()
    for path in pages_of(site):
        url = address if path == "./" else address + path
        page.goto(url)
        ids[url] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)"))
        for link in page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.href)"):
            target, _, anchor = link.partition("#")
            if link.startswith(address):
                links.add((url, target, anchor))
    page.close()

    broken = [
        (url, target, anchor)
        for url, target, anchor in links
        if (target in ids and anchor and anchor not in ids[target] and not anchor.startswith("__"))
        or (target not in ids and not (site / target.removeprefix(address)).exists())
    ]

    assert broken == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_with_ladders_conflicts_and_outcomes_fit_the_screen(browser: Browser, corpus: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    with served(corpus) as url:
        visit = Visit(context.new_page(), url)
        wide = []
        for path in [one for one in pages_of(corpus) if one.startswith(("agreements/", "expected/"))]:
            visit.open(path)
            if visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wide.append(path)
        visit.open(next(one for one in pages_of(corpus) if "ak-203" in one))
        sections = visit.page.locator("h2").all_inner_texts()

    assert wide == []
    assert {"Conflicts", "Reported figures"} <= {text.strip("#¶ \n") for text in sections}
    assert (visit.elsewhere, visit.console) == ([], [])
    context.close()
