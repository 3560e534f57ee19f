"""The built site in a real browser: search, evidence and back, no request to elsewhere, nothing on the console."""

import functools
import gzip
import io
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
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
    copy_project(root, *([] if is_corpus else ["seeds"]))
    if is_corpus:
        shutil.copytree(PROJECT / "tests/corpus/seeds", root / "seeds")
    site = build_site(root, today=date(2026, 3, 31)).site
    assert site is not None
    return site


def copy_project(root: Path, *also: str) -> None:
    """The project's files that make a site, without seeds unless they are named too."""
    names = ["mkdocs.yml", "templates", "site_src", *also]
    listed = subprocess.run(["git", "ls-files", *names], cwd=PROJECT, check=True, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, root / name)


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
    [
        ("AK-203", "AK-203"),
        ("ak203", "AK-203"),
        ("India", "India"),
        ("Bharat", "India"),
        ("Shoigu", "Shoigu"),
        ("Shoygu", "Shoigu"),
        ("unwavering assistance", "sanctions"),
    ],
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
    visit.page.get_by_role("link", name="Read it in the article").click()
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


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        pytest.param("ak-203", ["Particulars", "Sources", "Evidence", "The two leaders signed"], id="agreement"),
        pytest.param("countries/ind", ["Agreement", "Status", "Partners", "Timeline", "Evidence"], id="country"),
        pytest.param("pairs/ind-rus", ["Agreement", "Status", "Expected", "Evidence"], id="pair"),
        pytest.param("sources/", ["AK-203", "Uttar Pradesh"], id="source"),
        pytest.param("expected/", ["Agreement", "Status"], id="expected"),
    ],
)
def test_a_page_printed_from_the_browser_has_all_its_content_and_nothing_of_the_navigation(
    browser: Browser, address: str, site: Path, kind: str, shown: list[str]
) -> None:
    path = next(one for one in pages_of(site) if (kind in one and one != kind) or one == kind == "expected/")
    page = browser.new_page()
    page.goto(address + path)
    screen = page.locator("article").inner_text()
    page.emulate_media(media="print")
    seen = page.locator("article").inner_text()

    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    text = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    for words in shown:
        assert words in text
    for words in ("Skip to content", "Back to top", "Glossary", "Timeline Tensions"):
        assert words not in text
    heads = [" ".join(one.split()) for one in page.locator("article th").all_inner_texts()]
    assert [head for head in heads if head and head.split()[0] not in text] == []
    assert page.locator("article details:not([open])").count() == 0  # what is folded away is lost on paper
    assert len(seen) > 0.8 * len(screen)
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


# -- the example corpus ----------------------------------------------------------------------------------


@pytest.fixture(name="corpus_address", scope="session")
def _corpus_address(corpus: Path) -> Iterator[str]:
    with served(corpus) as url:
        yield url


@pytest.fixture(name="reader")
def _reader(browser: Browser, corpus_address: str) -> Iterator[Visit]:
    """A reader of the example corpus at a desk, who meets no fault of a script and no broken rule of the policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    one = Visit(context.new_page(), corpus_address)
    yield one
    context.close()
    assert (one.elsewhere, one.console) == ([], [])


def results_of(reader: Visit) -> list[str]:
    """The titles that the search page shows, once it has found them."""
    reader.page.locator(".pb-results[aria-busy=false]").wait_for(state="attached")
    return reader.page.locator(".pb-results h2").all_inner_texts()


def test_the_search_page_narrows_by_facets_and_the_address_keeps_them(reader: Visit) -> None:
    reader.open("search/?q=rifles")
    before = results_of(reader)

    reader.page.locator(".pb-facets label", has_text="Agreement").first.click()
    reader.page.wait_for_url("**kind=Agreement**")
    reader.page.locator(".pb-facets label", has_text="Signed").click()
    reader.page.wait_for_url("**status=Signed**")
    narrowed = results_of(reader)

    shared = reader.page.url
    reader.open("")
    reader.page.goto(shared)
    assert results_of(reader) == narrowed
    assert 0 < len(narrowed) < len(before)
    assert {text.partition(" · ")[0] for text in reader.page.locator(".pb-found-kind").all_inner_texts()} == {
        "Agreement"
    }
    assert reader.page.get_by_role("checkbox", name="Signed").is_checked()


def test_the_search_box_is_used_by_keyboard_alone(reader: Visit) -> None:
    reader.open("")
    box = reader.page.locator("[data-pb-search]")

    reader.page.keyboard.press("/")
    reader.page.keyboard.type("rifles")
    box.locator(".md-search-result__item a").first.wait_for()
    reader.page.keyboard.press("ArrowDown")
    chosen = reader.page.evaluate("document.activeElement.href")
    reader.page.keyboard.press("Escape")
    is_open = reader.page.locator("#__search").is_checked()
    reader.page.keyboard.press("/")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/search/?q=rifles")

    assert chosen.startswith(reader.address)
    assert not is_open
    assert results_of(reader)


def test_the_search_page_sorts_by_date(reader: Visit) -> None:
    reader.open("search/?kind=Article")
    results_of(reader)

    reader.page.locator("select[name=sort]").select_option("oldest")
    reader.page.wait_for_url("**sort=oldest**")
    results_of(reader)

    years = [text.split()[-1] for text in reader.page.locator(".pb-found-kind").all_inner_texts()]
    assert len(set(years)) > 1
    assert years == sorted(years)


def test_the_search_shows_text_of_pages_as_text(reader: Visit) -> None:
    reader.open("")

    made = reader.page.evaluate(
        """async () => {
            const box = document.querySelector("[data-pb-search] .md-search__input");
            box.focus();
            box.value = "<img src=x onerror=document.title=1>";
            box.dispatchEvent(new Event("input"));
            await new Promise((done) => setTimeout(done, 800));
            return document.querySelectorAll("[data-pb-search] .md-search-result img").length;
        }"""
    )

    assert made == 0


def test_all_agreements_are_sorted_and_filtered_by_keyboard_and_the_address_keeps_it(reader: Visit) -> None:
    reader.open("agreements/")
    table = reader.page.locator(".pb-found table")

    reader.page.get_by_role("button", name="Date").first.focus()
    reader.page.keyboard.press("Enter")
    table.locator("tbody tr").first.wait_for()
    reader.page.locator("select[name=status]").select_option("Signed")
    reader.page.locator(".pb-found[aria-busy=false]").wait_for()

    dates = table.locator("td[data-label=Date]").all_inner_texts()
    years = [next(word for word in text.split() if word[:4].isdecimal() and len(word) >= 4)[:4] for text in dates]
    assert years == sorted(years, reverse=True)
    assert set(table.locator(".pb-status").all_inner_texts()) == {"Signed"}
    assert table.locator("th[aria-sort=descending]").inner_text().startswith("Date")
    assert reader.page.url.endswith("?sort=Date-down&status=Signed")
    rows = table.locator("tbody th").all_inner_texts()
    reader.page.goto(reader.page.url)
    reader.page.locator(".pb-found[aria-busy=false]").wait_for()
    assert reader.page.locator(".pb-found tbody th").all_inner_texts() == rows


def test_evidence_opens_in_place_by_keyboard_and_gives_the_focus_back(reader: Visit, corpus: Path) -> None:
    reader.open(next(page for page in pages_of(corpus) if "ak-203" in page))
    number = reader.page.locator(".pb-bottom .pb-cite a").first

    number.focus()
    reader.page.keyboard.press("Enter")
    note = reader.page.get_by_role("dialog", name="Evidence")
    note.wait_for()
    words = note.inner_text()
    reader.page.keyboard.press("Escape")

    assert "rifles" in words  # its sentence
    assert "Example" in words  # its outlet
    assert "Read it in the article" in words
    assert not note.is_visible()
    assert number.evaluate("one => one === document.activeElement")


def test_evidence_of_a_list_is_fetched_from_its_article(reader: Visit) -> None:
    reader.open("agreements/")

    reader.page.locator("table .pb-cite a").first.click()
    note = reader.page.get_by_role("dialog", name="Evidence")
    note.wait_for()

    assert "Example" in note.inner_text()
    assert reader.page.url.endswith("/agreements/")


def test_without_script_tables_are_plain_and_numbers_lead_to_their_sentences(
    browser: Browser, corpus_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(corpus_address + "search/")
    assert page.get_by_role("link", name="agreements", exact=True).is_visible()
    page.goto(corpus_address + "agreements/")
    assert page.locator("[data-pb-agreements]").is_hidden()
    assert page.get_by_role("button", name="Date").count() == 0
    page.locator("table .pb-cite a").first.click()

    assert "/sources/" in page.url
    assert page.locator("mark:target").count() == 1
    context.close()


def test_the_tab_of_a_section_is_active_below_it(reader: Visit, corpus: Path) -> None:
    pages = [next(one for one in pages_of(corpus) if one.startswith(f"{name}/")) for name in ("countries", "people")]

    active = []
    for path in pages:
        reader.open(path)
        active.append(reader.page.locator(".md-tabs__item--active").all_inner_texts())

    assert active == [["Countries"], ["People"]]


def test_the_menu_of_a_phone_opens_and_leads_on(browser: Browser, corpus_address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(corpus_address)

    page.locator("header label[for=__drawer]").click()
    page.locator(".md-sidebar--primary a[href='sources/']").click()
    page.wait_for_url("**/sources/")

    assert page.locator("h1").inner_text().startswith("Sources")
    context.close()


def kinds_of_pages(site: Path) -> list[str]:
    """The fullest page of each kind."""
    fullest: dict[str, tuple[int, str]] = {}
    for path in pages_of(site):
        folder, _, below = path.rstrip("/").rpartition("/")
        kind = folder if below and folder else path
        size = (site / path / "index.html").stat().st_size
        fullest[kind] = max(fullest.get(kind, (0, "")), (size, path))
    return [path.removeprefix("./") for _, path in fullest.values()]


def violations_on(page: Page) -> list[dict[str, Any]]:
    """What axe-core objects to, by all of its rules and by WCAG 2.2's on the size of targets, which it leaves out."""
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_violation_on_any_kind_of_page(
    browser: Browser, corpus: Path, corpus_address: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    kinds = [*kinds_of_pages(corpus), "404.html", "search/?q=rifles&kind=Agreement", "agreements/?status=Signed"]

    found = []
    for path in kinds:
        page.goto(corpus_address + path)
        if path.startswith(("search/", "agreements/?")):
            page.locator("[role=status]", has_text="agreements" if "agreements/" in path else "page").last.wait_for()
        violations = violations_on(page)
        found += [(path, one["id"], one["nodes"][0]["html"][:200]) for one in violations]

    assert len(kinds) > 18
    assert found == []
    context.close()


def test_axe_finds_no_violation_in_open_evidence_and_open_search(reader: Visit, corpus: Path) -> None:
    reader.open(next(page for page in pages_of(corpus) if "ak-203" in page))
    reader.page.locator(".pb-bottom .pb-cite a").first.click()
    reader.page.get_by_role("dialog", name="Evidence").wait_for()
    found = violations_on(reader.page)

    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("rifles")
    reader.page.locator(".md-search-result__item a").first.wait_for()
    found += violations_on(reader.page)

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_the_first_view_of_a_country_weighs_little_and_no_page_is_heavy(
    browser: Browser, corpus: Path, corpus_address: str
) -> None:
    heavy = [path for path in corpus.rglob("*.html") if path.stat().st_size > 300_000]
    page = browser.new_page()
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.update({answer.url: len(gzip.compress(answer.body()))}))

    page.goto(f"{corpus_address}countries/ind/")
    page.wait_for_load_state("networkidle")

    assert heavy == []
    assert len(weights) > 5
    assert sum(size for url, size in weights.items() if not url.endswith(".woff2")) <= 250_000
    page.close()


def test_hostile_words_stay_words_in_results_and_in_place(browser: Browser, tmp_path: Path) -> None:
    hostile = '<img src="x" onerror="document.title=1"><script>document.title=2</script>'
    title = f"Norway and Sweden sign a fishing {hostile} pact"
    body = f"On Monday Norway and Sweden signed a fishing agreement {hostile} worth $12 million in Bergen."
    copy_project(tmp_path)
    (tmp_path / "seeds/articles").mkdir(parents=True)
    (tmp_path / "seeds/articles/2026-03-02-pact.txt").write_text(f" date 2026-03-02 {title}\n{body}\n", "utf-8")
    site = build_site(tmp_path, today=date(2026, 3, 31)).site
    assert site is not None
    page = browser.new_page()
    with served(site) as url:
        visit = Visit(page, url)

        visit.open("search/?q=onerror")
        found = results_of(visit)
        visit.open(next(one for one in pages_of(site) if one.startswith("agreements/nor-")))
        page.locator(".pb-cite a").first.click()
        note = page.get_by_role("dialog", name="Evidence")
        note.wait_for()

        assert any(hostile in text for text in found)
        assert hostile in note.inner_text()
        assert page.locator(".pb-results img, .pb-note img, .pb-note script").count() == 0
        assert page.title() not in ("1", "2")
        assert (visit.elsewhere, visit.console) == ([], [])
    page.close()
