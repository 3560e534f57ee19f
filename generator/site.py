"""The MkDocs side: a plugin that keeps hostile text harmless and unchanged pages cheap. Knows MkDocs, not the book.

Pages hold no script of their own; each page allows exactly the theme's scripts, by their digests. A browser then runs
nothing else and asks nobody else, and a page that brings a script stops the build.

With a cache, MkDocs still reads and lists every page, so that links, anchors, sitemap and search are checked and
written as ever, but the HTML of a page whose source and surroundings are unchanged is not made again. Without one, or
with the plugin out of `mkdocs.yml`, MkDocs makes the same pages.
"""

import base64
import hashlib
import importlib.util
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import meta as front_matter
from mkdocs.utils.templates import TemplateContext

from generator.cache import Store, digest_of, place, tree_digest

# What runs something. In a page's content each `<` of data is a reference, so a hit means that escaping has failed.
_ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|base|form|meta|link|frame|applet)\b"
    r"|<[a-z][^<>]*\s(?:on[a-z]+|srcdoc|formaction)\s*="
    r"|(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|vbscript|data):",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type=\"?application/json)\b)[^>]*>(.*?)</script>", re.DOTALL)
_HEAD = '<meta charset="utf-8">'
_MADE_HERE = ("generator.site", "material.plugins.search.")  # plugins whose part in a page the cache knows
_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page", "env")
_ELSEWHERE = ("config_file_path", "site_dir", "docs_dir", "plugins", "theme", "validation", "dev_addr")


class _Options(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say of the plugin."""

    content_security_policy = Type(bool, default=True)  # off for an edition that is opened from a folder
    cache = Type(str, default="")  # folder of rendered pages; empty: every page is rendered


class PactbookPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Refuses active content in pages and files from elsewhere; adds a content security policy; keeps pages.

    Attributes:
        rendered: How many pages the last build rendered.
        reused: How many it took from the cache.
    """

    rendered = 0
    reused = 0
    _cache: "_PageCache | None" = None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Refuse files that lie outside the site's folder: MkDocs follows symbolic links and would publish them."""
        folder = Path(config.docs_dir).resolve()
        for file in files:
            path = file.abs_src_path
            if path and file.src_dir == config.docs_dir and not Path(path).resolve().is_relative_to(folder):
                raise PluginError(f"{file.src_uri}: leads out of {folder.name} through a symbolic link. Remove it.")
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let pages outside the navigation ask the cache first; those inside are few and show on every page."""
        self.rendered = self.reused = 0
        self._close()
        if self.config.cache and _is_known(config):
            self._cache = _PageCache(Store(Path(self.config.cache)), _surroundings(config, nav))
            listed = {id(page.file) for page in nav.pages}
            for file in files.documentation_pages():
                if id(file) not in listed:
                    _KeptPage(file, config, self._cache)
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> Any:  # noqa: ARG002
        """Let a template pass over pages that are there already."""
        return _Environment(env) if self._cache else env

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Give the search what it would have found in the page, or note what it has found."""
        if self._cache:
            self._cache.exchange_search_entries(page, config.plugins["material/search"])
        return context

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Refuse a page that brings active content."""
        found = active_content(html)
        if found:
            raise PluginError(f"{page.file.src_uri}: must not hold active content; found {found!r}.")
        return html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Allow the theme's own inline scripts by their digests, and nothing from elsewhere."""
        if isinstance(page, _KeptPage) and page.kept:
            self.reused += 1
            page.put_in_place()
            return ""  # MkDocs writes nothing then
        self.rendered += 1
        html = _with_policy(output) if self.config.content_security_policy else output
        if isinstance(page, _KeptPage):
            page.keep(html)
        return html

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for pages without a source: 404."""
        is_page = template_name.endswith(".html") and self.config.content_security_policy
        return _with_policy(output_content) if is_page else output_content

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Keep nothing of a build that failed; a warning fails it too."""
        self._close()

    def on_shutdown(self) -> None:
        """Keep the pages of a build that went well."""
        if self._cache:
            self._cache.store.commit()
            self._cache = None

    def _close(self) -> None:
        if self._cache:
            self._cache.store.close()
            self._cache = None


# -- unchanged pages ----------------------------------------------------------------------------------


class _PageCache:
    """Rendered pages by the digest of everything that they are made from."""

    def __init__(self, store: Store, surroundings: str) -> None:
        self.store = store
        self._surroundings = surroundings
        self._entries_seen = 0

    def key_of(self, file: File, source: str) -> str:
        """What the page is made from: its source, its address, and its surroundings."""
        return digest_of(self._surroundings, file.src_uri, source)

    def exchange_search_entries(self, page: Page, search: Any) -> None:
        """The search plugin has read `page.content`, which is empty for a page that is kept."""
        entries = search.search_index.entries
        if isinstance(page, _KeptPage):
            if page.kept:
                entries += page.kept["search"]
            else:
                page.search_entries = entries[self._entries_seen :]
        self._entries_seen = len(entries)


class _KeptPage(Page):
    """A page that is read from its source, and rendered only if the cache does not hold it."""

    def __init__(self, file: File, config: MkDocsConfig, cache: _PageCache) -> None:
        super().__init__(None, file, config)
        self._cache = cache
        self._key = ""
        self._kept_file: Path | None = None
        self.kept: Mapping[str, Any] | None = None  # what the cache says of the page
        self.search_entries: list[Any] = []

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the page, or what the cache says of a page with this source."""
        source = self.file.content_string
        if _may_link(source):
            super().read_source(config)
            return
        self._key = self._cache.key_of(self.file, source)
        self.kept = self._cache.store.get(self._key)
        self._kept_file = self._cache.store.file(self._key, self.kept["html"]) if self.kept else None
        if self.kept and self._kept_file:
            self.markdown, self.meta = "", self.kept["meta"]
        else:
            self.kept = None
            super().read_source(config)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the page; of a kept one only its anchors are needed, for links of other pages."""
        if self.kept:
            self.content = ""
            self.present_anchor_ids = set(self.kept["anchors"])
        elif self._key and set(config.markdown_extensions) <= _LEAVE_HTML_ALONE and self.markdown:
            self.markdown, blocks, anchors = _lifted(self.markdown)
            super().render(config, files)
            self.content = _PLACE.sub(lambda found: blocks[int(found[2])], self.content or "")
            self.present_anchor_ids = (self.present_anchor_ids or set()) | anchors
        else:
            super().render(config, files)

    def put_in_place(self) -> None:
        """Publish the kept HTML."""
        if self._kept_file:
            place(self._kept_file, Path(self.file.abs_dest_path))

    def keep(self, html: str) -> None:
        """Keep the page as it is published, and hold its text in memory no longer."""
        self.content = self.markdown = ""
        if not self._key:
            return
        data = html.encode("utf-8", errors="xmlcharrefreplace")  # as MkDocs writes it
        value = {
            "html": hashlib.sha256(data).hexdigest(),
            "meta": dict(self.meta),
            "anchors": sorted(self.present_anchor_ids or ()),
            "search": self.search_entries,
        }
        if _plain(value) == value:  # front matter may hold what JSON cannot, such as a date
            self._cache.store.put(self._key, value)
            self._cache.store.put_file(self._key, Path(self.file.abs_dest_path))


# Extensions that let an HTML block pass as it is; with others, Markdown gets the whole page.
_LEAVE_HTML_ALONE = frozenset({"attr_list", "md_in_html", "tables", "toc", "fenced_code"})
_TAG = re.compile(r"""<(?:(/)([a-z][a-zA-Z0-9]*)|([a-z][a-zA-Z0-9]*)((?: [a-zA-Z0-9:-]+(?:="[^"<>`\n]*")?)*)(/?))>""")
_OWN_LINES = frozenset({"div", "p", "ul", "ol", "dl", "table", "figure", "section", "nav"})  # begin an HTML block
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_READ_APART = frozenset({"script", "style", "textarea", "pre", "iframe", "math"})
_ANCHOR = re.compile(r' id="([^"]*)"')
_STRANGE = re.compile(r"[\x00-\x09\x0b-\x1f`~]|&(?!#?[a-zA-Z0-9]+;)|\n\s*\n")
_PLACE = re.compile(r"<([a-z]+)>pbhtml([0-9]+)end</\1>")


def _lifted(source: str) -> tuple[str, list[str], set[str]]:
    """The source with each HTML block in one word, the blocks, and the anchors in them.

    Markdown passes an HTML block on as it is, but reads it tag by tag, three times. So it gets a short one in its
    place. A block of which it is not certain that Markdown would pass it on whole stays where it is.
    """
    if "pbhtml" in source:
        return source, [], set()
    blocks: list[str] = []
    anchors: set[str] = set()
    chunks = source.split("\n\n")
    for number, chunk in enumerate(chunks):
        block = chunk.strip("\n")
        name = _whole_element(block)
        if name:
            place = f"<{name}>pbhtml{len(blocks)}end</{name}>"
            chunks[number] = chunk.replace(block, place)
            blocks.append(block)
            anchors.update(_ANCHOR.findall(block))
    return "\n\n".join(chunks), blocks, anchors


def _whole_element(block: str) -> str:
    """The name of the element that a block is, from its first character to its last; empty: it is none."""
    first = _TAG.match(block)
    if not first or first[3] not in _OWN_LINES or not block.endswith(f"</{first[3]}>") or _STRANGE.search(block):
        return ""
    if any("&" in anchor for anchor in _ANCHOR.findall(block)) or " name=" in block or "markdown=" in block:
        return ""
    stack: list[str] = []
    position = 0
    for tag in _TAG.finditer(block):
        if "<" in block[position : tag.start()] or (position and not stack):
            return ""  # a bracket that is no tag, or an element that is not the only one
        position = tag.end()
        closing, closed, opened, _, alone = tag.groups()
        if closing:
            if not stack or stack.pop() != closed:
                return ""
        elif opened in _READ_APART:
            return ""
        elif opened not in _VOID and not alone:
            stack.append(opened)
    return first[3] if not stack and position == len(block) else ""


class _Environment:
    """A Jinja2 environment whose templates pass over kept pages."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Any:
        return getattr(self._environment, name)

    def get_template(self, name: str) -> Any:
        """As in Jinja2."""
        return _Template(self._environment.get_template(name))


class _Template:
    def __init__(self, template: jinja2.Template) -> None:
        self._template = template

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)

    def render(self, context: TemplateContext) -> str:
        """As in Jinja2; nothing for a page that is kept."""
        page = context.get("page")
        return "" if isinstance(page, _KeptPage) and page.kept else self._template.render(context)


def _may_link(source: str) -> bool:
    """Whether a page may link to other pages in Markdown, so that MkDocs must look whether they are there.

    Links of generated pages are HTML, and a bracket of data is a reference.
    """
    body = source.partition("\n---\n")[2] if source.startswith("---\n") else source
    return "]" in body or "markdown=" in body


def _is_known(config: MkDocsConfig) -> bool:
    """Whether the cache knows every plugin that has a part in a page."""
    parts = (method for event in _PAGE_EVENTS for method in config.plugins.events[event])
    return "material/search" in config.plugins and all(
        type(getattr(method, "__self__", None)).__module__.startswith(_MADE_HERE) for method in parts
    )


def _surroundings(config: MkDocsConfig, nav: Navigation) -> str:
    """The digest of everything but its source that a page is made from."""
    packages = Path(importlib.util.find_spec("mkdocs").origin or "").parent.parent  # type: ignore[union-attr]
    installed = sorted(name for name in os.listdir(packages) if name.endswith(("-info", ".egg", ".pth")))
    plugins = {name: dict(plugin.config) for name, plugin in config.plugins.items()}
    own = {name: value for name, value in plugins["pactbook"].items() if name != "cache"}
    settings = {name: value for name, value in config.items() if name not in _ELSEWHERE}
    told = [sys.version, installed, settings, dict(config.theme), {**plugins, "pactbook": own}, list(_told(nav.items))]
    dirs = [tree_digest(Path(path)) for path in config.theme.dirs if not Path(path).is_relative_to(packages)]
    return digest_of(json.dumps(_plain(told), sort_keys=True), Path(__file__).read_bytes(), *dirs)


def _told(items: list[StructureItem]) -> Iterator[object]:
    """What every page says of the navigation: titles, addresses, and the front matter of its pages.

    The theme shows the description of a page on that page only, so it may change without changing the others.
    """
    for item in items:
        if isinstance(item, Page):
            source = item.file.content_string
            _, data = front_matter.get_data(source)
            title = item.title or data.get("title") or digest_of(source)
            yield [title, item.url, {name: value for name, value in data.items() if name != "description"}]
        else:
            yield [
                type(item).__name__,
                item.title,
                getattr(item, "url", ""),
                list(_told(getattr(item, "children", None) or [])),
            ]


def _plain(value: Any) -> Any:
    """Settings as JSON can hold them; of anything else its name."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    named = value if hasattr(value, "__qualname__") else type(value)
    return f"{named.__module__}.{named.__qualname__}"


# -- active content -----------------------------------------------------------------------------------


def active_content(html: str) -> str:
    """The beginning of the first thing in a page's content that would run or load something; empty: there is none."""
    found = _ACTIVE.search(html)
    return found.group()[:60] if found else ""


def _with_policy(html: str) -> str:
    if _HEAD not in html:
        raise PluginError(f"a page of the theme must have {_HEAD} in its head; the theme has changed.")
    scripts = " ".join(sorted({f"'sha256-{_digest(text)}'" for text in _SCRIPT.findall(html)}))
    policy = (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'"
    )
    return html.replace(_HEAD, f'{_HEAD}<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
