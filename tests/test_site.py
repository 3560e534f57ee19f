"""The example site: the pages are as expected, MkDocs builds them without a warning, and links and marks hold."""

import json
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import markdown
import pytest
from material.plugins.search import plugin as search  # type: ignore[import-untyped]
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator.articles import read_articles
from generator.build import make_files
from generator.check import check
from generator.facts import read_all_facts
from generator.pages import make_pages
from generator.render import render_pages
from generator.resolve import resolve
from generator.site import PactbookPlugin, _filled, _lifted, _Sections, active_content

PROJECT = Path(__file__).resolve().parent.parent
EXAMPLE = PROJECT / "tests" / "sites" / "example"
TODAY = date(2026, 7, 1)


@pytest.fixture(name="texts", scope="module")
def _texts() -> Mapping[str, str]:
    """The example site as Markdown, by path."""
    articles, refused = read_articles(EXAMPLE)
    facts, problems = read_all_facts(EXAMPLE)
    by_id = {article.id: article for article in articles}
    assert [*refused, *problems, *check(by_id, facts)] == []
    return render_pages(make_pages(resolve(by_id, facts), today=TODAY), PROJECT / "templates")


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with the hand-written part of the site only."""
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    shutil.copytree(PROJECT / "templates" / "overrides", tmp_path / "templates" / "overrides")
    shutil.copytree(PROJECT / "site_src" / "assets", tmp_path / "site_src" / "assets")
    for name in ("method.md", "data.md", "search.md"):
        shutil.copy(PROJECT / "site_src" / name, tmp_path / "site_src")
    files = make_files(PROJECT, resolve({}, {}), today=TODAY)
    write(tmp_path, {path: content for path, content in files.items() if not path.endswith(".md")})
    return tmp_path


def write(root: Path, texts: Mapping[str, str | bytes]) -> None:
    for path, text in texts.items():
        (root / "site_src" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "site_src" / path).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)


def built(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return root / "site"


def built_with_cache(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], int, int]:
    """Every file of the site, how many pages were rendered, how many came from the cache."""
    files, plugin = built_with_plugin(root, monkeypatch)
    return files, plugin.rendered, plugin.reused


def built_with_plugin(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], PactbookPlugin]:
    """Every file of the site, and the plugin that made it with a cache."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site.cached"), strict=True)
    plugin = config.plugins["pactbook"]
    assert isinstance(plugin, PactbookPlugin)
    plugin.config.cache = str(root / "cache")
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    return contents(root / "site.cached"), plugin


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Reader(HTMLParser):
    """Collects ids, links, and what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("script", "img", "iframe", "link", "source"):
            self.loads += [given[name] for name in ("src", "href") if name in given and given.get("rel") != "canonical"]


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return reader


def test_the_example_gives_the_expected_pages(texts: Mapping[str, str], update_golden: bool) -> None:
    folder = EXAMPLE / "expected"
    if update_golden:
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")

    expected = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}

    assert sorted(texts) == sorted(expected)
    for path, text in texts.items():
        assert text == expected[path], path


def test_every_generated_page_says_so_at_its_top(texts: Mapping[str, str]) -> None:
    assert all("generated by pactbook" in text[:300] for text in texts.values())
    assert all("<!-- generated by pactbook from seeds/; do not edit -->" in text for text in texts.values())


@pytest.fixture(name="site")
def _site(root: Path, texts: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example site as a browser gets it."""
    write(root, texts)
    return built(root, monkeypatch)


def links_of(site: Path, path: Path, reader: Reader) -> Iterator[tuple[str, str]]:
    """Target file and anchor of every link of ours; 404 is shown at any address and has absolute ones."""
    for link in reader.links:
        parts = urlsplit(link)
        if parts.scheme:
            continue
        start = PurePosixPath("/") if link.startswith("/") else PurePosixPath(path.relative_to(site).parent)
        target = (
            normpath(f"{start}/{unquote(parts.path)}").strip("/") if parts.path else path.relative_to(site).as_posix()
        )
        yield (target if target.endswith(".html") else f"{target}/index.html".removeprefix("./")), parts.fragment


def test_the_site_is_whole_and_asks_nobody(site: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = {path.relative_to(site).as_posix(): read(path) for path in site.rglob("*.html")}

    broken = [
        (name, target, anchor)
        for name, reader in files.items()
        for target, anchor in links_of(site, site / name, reader)
        if not (site / target.removesuffix("/index.html")).is_file()
        and (target.removeprefix("/") not in files or (anchor and anchor not in files[target.removeprefix("/")].ids))
    ]

    assert len(files) > 20
    assert broken == []
    assert [load for reader in files.values() for load in reader.loads if urlsplit(load).netloc] == []
    assert all(len(reader.ids) == len(set(reader.ids)) for reader in files.values())
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_each_page_allows_scripts_of_the_sites_own_files_only(site: Path) -> None:
    scripts = re.compile(r"<script([^>]*)>")
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)

        assert policy, path
        assert policy[1].startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "unsafe" not in policy[1]
        assert text.index("Content-Security-Policy") < text.index("<script")
        assert all('src="' in tag or "json" in tag for tag in scripts.findall(text)), path


def test_the_theme_finds_its_scripts_again_as_files(site: Path) -> None:
    pages = [path for path in site.rglob("*.html") if path.name != "404.html"]

    loaded = {
        normpath(path.parent / load) for path in pages for load in read(path).loads if "/javascripts/inline/" in load
    }

    assert {Path(path).name.partition(".")[0] for path in loaded} == {"scope", "palette", "target"}
    assert all(Path(path).is_file() for path in loaded)


def test_an_unknown_inline_script_stops_the_build(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, texts: Mapping[str, str]
) -> None:
    write(root, texts)
    main = root / "templates" / "overrides" / "main.html"
    main.write_text(main.read_text("utf-8").replace("{% block extrahead %}", "{% block extrahead %}<script>1</script>"))

    with pytest.raises(Abort):
        built(root, monkeypatch)

    assert "404.html: holds an inline script that is not known: '1'. If the theme was updated, read the" in caplog.text


def with_the_themes_search(root: Path) -> None:
    settings = (root / "mkdocs.yml").read_text("utf-8")
    changed = settings.replace("  - pactbook\n", "  - pactbook:\n      search: theme\n")
    assert changed != settings
    (root / "mkdocs.yml").write_text(changed, "utf-8")


def test_the_themes_search_knows_countries_people_equipment_and_evidence(
    root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str]
) -> None:
    write(root, texts)
    with_the_themes_search(root)

    index = (built(root, monkeypatch) / "search" / "search_index.json").read_text("utf-8")

    docs = json.loads(index)["docs"]
    text = next(one["text"] for one in docs if one["location"].startswith("sources/2026-03-02-helicopters/#text"))
    assert all(
        words in index for words in ("Iceland", "Kari Nordmann", "RX-7", "We have waited ten years for this day")
    )
    assert "<sup>" not in index
    assert "to sign three agreements on fishing in June, if" in text


def test_without_pagefind_the_search_is_the_themes_and_the_build_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str]
) -> None:
    write(root, texts)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(root / "nowhere"))

    files, plugin = built_with_plugin(root, monkeypatch)

    assert plugin.notice.endswith("Run: pip install 'pagefind[bin]'")
    assert "search/search_index.json" in files
    assert not [path for path in files if path.startswith("pagefind/")]
    assert b'data-md-component="search-query"' in files["index.html"]


def test_with_pagefind_the_themes_index_is_not_made(site: Path) -> None:
    start = (site / "index.html").read_text("utf-8")

    assert (site / "pagefind" / "pagefind-entry.json").is_file()
    assert not (site / "search" / "search_index.json").exists()
    assert "data-pb-search" in start
    assert 'data-md-component="search' not in start


@pytest.mark.parametrize(
    ("html", "found"),
    [
        pytest.param("<p>a</p><script>1</script>", "<script", id="script"),
        pytest.param('<img src="x" onerror="1">', '<img src="x" onerror=', id="handler"),
        pytest.param('<a href="javascript:alert(1)">', 'href="javascript:', id="link"),
        pytest.param("<a href = JavaScript:alert(1)>", "href = JavaScript:", id="link without marks"),
        pytest.param('<iframe src="x"></iframe>', "<iframe", id="frame"),
        pytest.param('<meta http-equiv="refresh" content="0">', "<meta", id="refresh"),
        pytest.param('<a href="../x/" title="on&#61;1">one = two</a><mark class="a">x</mark>', "", id="plain"),
        pytest.param("<p>javascript&#58; on fire &#60;script&#62; a = b</p>", "", id="words"),
    ],
)
def test_active_content_is_found(html: str, found: str) -> None:
    assert active_content(html) == found


def test_active_content_stops_the_build(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, texts: Mapping[str, str]
) -> None:
    write(root, {**texts, "index.md": "# Start\n\n<script>1</script>\n"})

    with pytest.raises(Abort):
        built(root, monkeypatch)

    assert "index.md: must not hold active content; found '<script'." in caplog.text


def test_a_link_out_of_the_folder_stops_the_build(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, texts: Mapping[str, str]
) -> None:
    write(root, texts)
    (root / "secret.md").write_text("secret")
    (root / "site_src" / "sources" / "secret.md").symlink_to(root / "secret.md")

    with pytest.raises(Abort):
        built(root, monkeypatch)

    assert "sources/secret.md: leads out of site_src through a symbolic link. Remove it." in caplog.text


def test_a_page_that_moved_leads_on(root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str]) -> None:
    moved = '---\ntitle: Moved\nredirect: "../../countries/"\nsearch: {exclude: true}\n---\n# Moved\n'
    write(root, {**texts, "agreements/old.md": moved})

    page = (built(root, monkeypatch) / "agreements" / "old" / "index.html").read_text("utf-8")

    assert '<meta http-equiv="refresh" content="0; url=../../countries/">' in page


def test_the_policy_can_be_left_out_for_a_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str]
) -> None:
    write(root, texts)
    settings = (root / "mkdocs.yml").read_text("utf-8")
    changed = settings.replace("  - pactbook\n", "  - pactbook:\n      content_security_policy: false\n")
    (root / "mkdocs.yml").write_text(changed)

    page = (built(root, monkeypatch) / "index.html").read_text("utf-8")

    assert changed != settings
    assert "Content-Security-Policy" not in page


# -- unchanged pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "search_of"), [("", "theme"), ("", "pagefind"), ("https://example.org/pacts/", "pagefind")]
)
def test_with_a_cache_the_site_is_the_same_byte_for_byte(
    root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str], address: str, search_of: str
) -> None:
    monkeypatch.setenv("PACTBOOK_SITE_URL", address)
    if search_of == "theme":
        with_the_themes_search(root)
    untitled = {path: text for path, text in texts.items() if path.startswith("agreements/") and "index" not in path}
    odd = {f"people/odd-{n}.md": text.replace("# ", "", 1) for n, text in enumerate(untitled.values())}
    odd |= {f"pairs/odd-{n}.md": text.replace("title:", "name:", 1) for n, text in enumerate(untitled.values())}
    write(root, {**texts, **odd, "people/plain.md": "Words only.\n", "people/two.md": "# One\n\n# Two\n\n## Three\n"})
    stock = contents(built(root, monkeypatch))

    first, rendered, reused = built_with_cache(root, monkeypatch)
    second, rendered_again, reused_again = built_with_cache(root, monkeypatch)

    assert [path for path in stock if first.get(path) != stock[path]] == []
    assert [path for path in stock if second.get(path) != stock[path]] == []
    assert first.keys() == second.keys() == stock.keys()
    assert reused == 0
    assert 0 < rendered_again < 20  # those in the navigation, and those that people wrote
    assert rendered_again + reused_again == rendered


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("mkdocs.yml", "site_name: Pactbook", "site_name: Other", id="configuration"),
        pytest.param("mkdocs.yml", "Method: method.md", "Ways: method.md", id="navigation"),
        pytest.param("mkdocs.yml", 'permalink: "#"', 'permalink: "¶"', id="Markdown"),
        pytest.param("templates/overrides/main.html", "noindex", "noindex,nofollow", id="template"),
        pytest.param("site_src/people/index.md", 'title: "People"', 'title: "Persons"', id="title in the navigation"),
    ],
)
def test_what_every_page_shows_makes_every_page_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str], name: str, old: str, new: str
) -> None:
    write(root, texts)
    built_with_cache(root, monkeypatch)
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), "utf-8")

    cached, _, reused = built_with_cache(root, monkeypatch)

    assert reused == 0
    assert cached == contents(built(root, monkeypatch))


def test_damaged_pages_are_made_again(root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str]) -> None:
    write(root, texts)
    stock, _, _ = built_with_cache(root, monkeypatch)
    kept = sorted((root / "cache" / "files").rglob("*/*"))
    kept[0].write_bytes(b"")
    kept[1].write_bytes(kept[2].read_bytes())
    kept[3].unlink()

    again, _, _ = built_with_cache(root, monkeypatch)

    assert again == stock


def test_a_link_to_a_kept_page_is_still_checked(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, texts: Mapping[str, str]
) -> None:
    write(root, texts)
    built_with_cache(root, monkeypatch)
    (root / "site_src" / "method.md").write_text(
        "# Method\n\n[there](countries/isl.md#top) [nowhere](countries/isl.md#nowhere)\n"
    )

    with pytest.raises(Abort):
        built_with_cache(root, monkeypatch)

    assert "does not contain an anchor '#nowhere'" in caplog.text
    assert "'#top'" not in caplog.text


def test_a_build_that_fails_leaves_the_cache_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, texts: Mapping[str, str]
) -> None:
    write(root, {**texts, "index.md": "# Start\n\n[nowhere](nowhere.md)\n"})
    with pytest.raises(Abort):
        built_with_cache(root, monkeypatch)
    write(root, texts)

    _, _, reused = built_with_cache(root, monkeypatch)

    assert reused == 0


HTML_BLOCKS = [
    pytest.param('<div class="a">\n<p id="x">one <b>two</b></p>\n</div>', id="whole"),
    pytest.param("<p>one</p>\n<p>two</p>", id="two"),
    pytest.param("<div>\n\n<p>one</p>\n\n</div>", id="blank lines inside"),
    pytest.param("<div><p>one</div>", id="not closed"),
    pytest.param("<p>one</b></p>", id="closed only"),
    pytest.param("<p>one & two &amp; &#44; < three</p>", id="loose signs"),
    pytest.param('<div markdown="1">\n**one**\n</div>', id="Markdown inside"),
    pytest.param("<div>\n```\none\n```\n</div>", id="code inside"),
    pytest.param("<p>one<br>two<br/>three</p> four", id="text after it"),
    pytest.param("one <p>two</p>", id="text before it"),
    pytest.param('<svg><title>t</title><line x1="1"/></svg>', id="picture"),
    pytest.param('<figure><svg viewBox="0 0"><linearGradient/></svg></figure>', id="figure"),
    pytest.param("<div><script>if (a < b) 1</script></div>", id="script"),
    pytest.param("<p>\tone \u2028 two\u00a0</p>", id="white space"),
    pytest.param("  <p>one</p>", id="set in"),
    pytest.param("- <p>one</p>\n\n  <p>two</p>", id="in a list"),
    pytest.param("<p>pbhtml0end</p>", id="our own word"),
    pytest.param("<nav data-search-exclude><p>a</p>b</nav>", id="not for the search"),
    pytest.param("<ul>\n<li><sup data-search-exclude>1</sup><p> </p>two <sub>3</sub></li>\n<li></li></ul>", id="list"),
    pytest.param('<div><h2 id="h">Inner</h2><p>a</p></div>', id="heading inside"),
]


@pytest.mark.parametrize("block", HTML_BLOCKS)
def test_a_block_in_one_word_gives_the_html_of_the_block(block: str) -> None:
    extensions = ["attr_list", "md_in_html", "tables", "toc"]
    source = f"# Title {{ #top }}\n\n{block}\n\n\n## Next {{ #next }}\n\n{block}\n\ntext\n"
    short, blocks, _ = _lifted(source)

    html = _filled(markdown.markdown(short, extensions=extensions), blocks)

    assert html == markdown.markdown(source, extensions=extensions)


@pytest.mark.parametrize("block", HTML_BLOCKS)
def test_the_search_gets_the_sections_that_its_own_reader_finds(block: str) -> None:
    link = '<a class="headerlink" href="#top">#</a>'
    html = f'<!-- a -->\n{block}\n<h1 id="top">A &amp; b{link}</h1>\n{block}\n<h2 id="b">B</h2>{block}\n'
    expected = search.Parser()
    expected.feed(html)
    expected.close()

    sections = _Sections(search).read(html)

    if sections is not None:
        assert [(s.id, s.title, s.text, s.is_excluded(), s.depth) for s in sections] == [
            (s.id, s.title, s.text, s.is_excluded(), s.depth) for s in expected.data
        ]


def test_generated_pages_are_read_without_asking_the_search_plugin(site: Path) -> None:
    page = (site / "countries" / "isl" / "index.html").read_text("utf-8")
    content = page.partition("<!-- generated")[2].partition("</article>")[0]

    assert _Sections(search).read(f"<!-- generated{content}")
