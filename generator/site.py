"""The MkDocs side: a plugin that keeps hostile text harmless and unchanged pages cheap. Knows MkDocs, not the book.

Pages hold no script of their own; the theme's inline scripts, known by their text, become files, and each page allows
scripts of the site's files only. A browser then runs nothing else and asks nobody else, and a page that brings a script
stops the build.

With a cache, MkDocs still reads and lists every page, so that links, anchors, sitemap and search are checked and
written as ever, but the HTML of a page whose source and surroundings are unchanged is not made again. Without one, or
with the plugin out of `mkdocs.yml`, MkDocs makes the same pages.
"""

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import posixpath
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cache
from html import escape, unescape
from itertools import islice
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import meta as front_matter
from mkdocs.utils.templates import TemplateContext

from generator import search
from generator.cache import Store, digest_of, place, tree_digest
from generator.errors import PactbookError
from generator.model import Publish

# What runs something. In a page's content each `<` of data is a reference, so a hit means that escaping has failed.
_ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|base|form|meta|link|frame|applet)\b"
    r"|<[a-z][^<>]*\s(?:on[a-z]+|srcdoc|formaction)\s*="
    r"|(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|vbscript|data):",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"<script(?![^>]*\s(?:src|type=\"application/(?:ld\+)?json\")[\s=>])[^>]*>(.*?)</script>", re.DOTALL
)
_HEAD = '<meta charset="utf-8">'
# All that a page of ours needs, and from this site only. A picture in the theme's styles is a `data:` address.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
# The theme's inline scripts by the SHA-256 of their text (Material 9.7.7 to 9.8.1), and what each is for. One of them
# holds the way to the site's first page, which is found from the place of the script instead.
_INLINE = {
    "7fb0b39e0000647d446ed7f202652cf5a090c2c419954e8638621755119593e0": "scope",
    "0eb10c249dbdb0beef225a10ce5cbe55418cc4a7014cc208f8e7d6ed8f00906e": "palette",
    "ffcc0f7735fdab434d257c80e65cec2e88d716991e69757185b7e450e41a5b2f": "target",
}
_SCOPE = re.compile(r'^__md_scope=new URL\("([^"\\]*)",location\)')
_SCOPE_OF_FILE = '__md_scope=new URL("../../..",document.currentScript.src)'
_MOVED = "assets/javascripts/inline"  # where they stand; two folders below "assets"
_MADE_HERE = ("generator.site", "material.plugins.search.")  # plugins whose part in a page the cache knows
_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page", "env")
_ELSEWHERE = ("config_file_path", "site_dir", "docs_dir", "plugins", "theme", "validation", "dev_addr")


class _Options(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say of the plugin."""

    publish = Choice(tuple(Publish), default=Publish.PROPOSED.value)  # read in `publication`, before MkDocs runs
    content_security_policy = Type(bool, default=True)  # off for an edition that is opened from a folder
    cache = Type(str, default="")  # folder of rendered pages; empty: every page is rendered
    search = Choice(("pagefind", "theme"), default="pagefind")  # Pagefind cannot search a site opened from a folder


class PactbookPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Refuses active content in pages and files from elsewhere; adds a content security policy; keeps pages.

    Attributes:
        rendered: How many pages the last build rendered.
        reused: How many it took from the cache.
        notice: What the person who builds should know; empty: nothing.
    """

    rendered = 0
    reused = 0
    notice = ""
    _pagefind: Path | None = None  # the program; None: the theme's search
    _cache: "_PageCache | None" = None
    _moved: "dict[str, str]" = {}  # noqa: RUF012 - replaced for each build; scripts by path

    @event_priority(100)  # before the search plugin
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let Pagefind take the place of the theme's index, where it is installed and wanted."""
        is_wanted = self.config.search == "pagefind" and "material/search" in config.plugins
        self._pagefind = search.program() if is_wanted else None
        self.notice = search.MISSING if is_wanted and not self._pagefind else ""
        if self._pagefind:
            config.plugins["material/search"].config.enabled = False
        config.extra["pagefind"] = bool(self._pagefind)
        return config

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
        self._moved = {}
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

    @event_priority(-100)  # after the search plugin
    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Give the search what it would have found in the page, or note what it has found."""
        if self._cache and not self._pagefind:
            self._cache.exchange_search_entries(page, config.plugins["material/search"])
        elif isinstance(page, _KeptPage) and not page.kept:
            page.content = page.held
        return context

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Refuse a page that brings active content."""
        found = active_content(html)
        if found:
            raise PluginError(f"{page.file.src_uri}: must not hold active content; found {found!r}.")
        return page.hold(html) if isinstance(page, _KeptPage) else html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Allow scripts of the site's own files, and nothing from elsewhere."""
        if isinstance(page, _KeptPage) and page.kept:
            self.reused += 1
            page.put_in_place()
            return ""  # MkDocs writes nothing then
        self.rendered += 1
        html = self._secured(_findable(output, page) if self._pagefind else output, page.file.src_uri)
        if isinstance(page, _KeptPage):
            page.keep(html)
        return html

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for pages without a source: 404."""
        return self._secured(output_content, template_name) if template_name.endswith(".html") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the theme's scripts that were moved out of the pages, and the search index."""
        for path, text in self._moved.items():
            target = Path(config.site_dir, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        if self._pagefind:
            try:
                store = self._cache.store if self._cache else None
                search.add_index(Path(config.site_dir), self._pagefind, store=store)
            except PactbookError as error:
                raise PluginError(str(error)) from error

    def _secured(self, html: str, page: str) -> str:
        return _secured(html, page, self._moved) if self.config.content_security_policy else html

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

    def key_of(self, file: File, source: str) -> str:
        """What the page is made from: its source, its address, and its surroundings."""
        return digest_of(self._surroundings, file.src_uri, source)

    def exchange_search_entries(self, page: Page, search: Any) -> None:
        """The search plugin has found nothing in a page of ours, whose content was held back from it."""
        index = search.search_index
        if not isinstance(page, _KeptPage):
            return
        before = len(index.entries)
        if page.kept:
            index.entries += page.kept["search"]
        else:
            page.content = page.held
            _search_sections(page, index)
            page.content = _FOR_SEARCH.sub("", page.content)  # as the search plugin does
            page.search_entries = index.entries[before:]


class _KeptPage(Page):
    """A page that is read from its source, and rendered only if the cache does not hold it."""

    def __init__(self, file: File, config: MkDocsConfig, cache: _PageCache) -> None:
        super().__init__(None, file, config)
        self._cache = cache
        self._key = ""
        self._kept_file: Path | None = None
        self.kept: Mapping[str, Any] | None = None  # what the cache says of the page
        self.held = ""  # the content, until the search plugin has passed
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
            self.content = _filled(self.content or "", blocks)
            self.present_anchor_ids = (self.present_anchor_ids or set()) | anchors
        else:
            super().render(config, files)

    def hold(self, html: str) -> str:
        """Keep the content from the search plugin, which reads HTML slowly; see `_search_sections`."""
        self.held = html
        return ""

    def put_in_place(self) -> None:
        """Publish the kept HTML."""
        if self._kept_file:
            place(self._kept_file, Path(self.file.abs_dest_path))

    def keep(self, html: str) -> None:
        """Keep the page as it is published, and hold its text in memory no longer."""
        self.content = self.markdown = self.held = ""
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


def _filled(html: str, blocks: list[str]) -> str:
    """The HTML with the blocks back in their places."""
    return _PLACE.sub(lambda found: blocks[int(found[2])], html) if blocks else html


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


# -- search -------------------------------------------------------------------------------------------

_FOR_SEARCH = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")
_SEARCH_AS_IN = "9.8.1"  # the version of Material whose reading of HTML this is; others read for themselves
_TOKEN = re.compile(rf"<!-- [\w/;,. ]* -->|{_TAG.pattern}|([^<]+)")
_KEEP = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_QUOTED = re.compile(r'"[^"]*"')


def _search_sections(page: Page, index: Any) -> None:
    """Add the sections of a page to the search index, as Material's search plugin does, in a tenth of the time."""
    if (page.meta.get("search") or {}).get("exclude"):
        return
    plugin = sys.modules[type(index).__module__]
    sections = None
    if _is_material_known():
        sections = _Sections(plugin).read(page.content or "")
    if sections is None:
        index.add_entry_from_context(page)
        return
    for section in sections:
        if not section.is_excluded():
            index.create_entry_for_section(section, page.toc, page.url, page)


@cache
def _is_material_known() -> bool:
    return importlib.metadata.version("mkdocs-material") == _SEARCH_AS_IN


class _Sections:
    """Reads HTML of our own making into sections: step for step the parser of Material's search plugin.

    That one asks Python's parser for every tag and attribute; here the context is a list of names.
    """

    def __init__(self, plugin: Any) -> None:
        self._plugin = plugin
        self._skip = {"object", "script", "style"}
        self._context: list[str] = []
        self._permalinks: list[bool] = []
        self._section: Any = None
        self._sections: list[Any] = []

    def read(self, html: str) -> list[Any] | None:
        """The sections; None: the HTML has something that this does not read."""
        position = 0
        for token in _TOKEN.finditer(html):
            if token.start() != position:
                return None
            position = token.end()
            _, closed, opened, attributes, alone, text = token.groups()
            if text:
                self._text(unescape(text) if "&" in text else text)
            elif closed:
                self._close(closed.lower())
            elif opened:
                self._open(opened.lower(), attributes)
                if alone:
                    self._close(opened.lower())
        return self._sections if position == len(html) else None

    def _open(self, tag: str, attributes: str) -> None:
        if tag in self._plugin.void:
            return
        self._context.append(tag)
        self._permalinks.append(tag == "a" and ' class="headerlink"' in attributes)
        element = self._plugin.Element(tag)
        if "data-search-exclude" in attributes and " data-search-exclude" in _QUOTED.sub("", attributes):
            element.attrs["data-search-exclude"] = None
        if tag in _HEADINGS and (anchor := _ANCHOR.search(attributes)):
            depth = len(self._context)
            if tag != "h1" and not self._sections:
                self._begin("hx", depth)
            is_first = not self._sections
            self._section = self._plugin.Section(element, depth)
            if not is_first:
                self._section.id = unescape(anchor[1])
            self._sections.append(self._section)
        if self._section is None:
            self._begin("hx")
        if element.attrs or ' class="linenodiv"' in attributes:
            self._skip.add(tag)
        elif tag in _KEEP and self._skip.isdisjoint(self._context):
            self._target().append(f"<{tag}>")

    def _begin(self, tag: str, depth: int = 0) -> None:
        self._section = self._plugin.Section(self._plugin.Element(tag), depth)
        self._sections.append(self._section)

    def _target(self) -> list[str]:
        is_title = self._section.el.tag in self._context
        found: list[str] = self._section.title if is_title else self._section.text
        return found

    def _close(self, tag: str) -> None:
        if not self._context or self._context[-1] != tag:
            return
        depth = len(self._context)
        if self._section.depth > depth:
            outer = next((section for section in reversed(self._sections) if section.depth <= depth), None)
            if outer is not None:
                self._section.depth = float("inf")
                self._section = outer
        self._context.pop()
        self._permalinks.pop()
        if tag in self._skip:
            if tag not in ("script", "style", "object"):
                self._skip.remove(tag)
        elif tag in _KEEP and self._skip.isdisjoint(self._context):
            data = self._target()
            index = data.index(f"<{tag}>")
            if any(not piece.isspace() for piece in islice(data, index + 1, None)):
                data.append(f"</{tag}>")
            else:
                del data[index:]

    def _text(self, text: str) -> None:
        if not self._skip.isdisjoint(self._context):
            return
        is_blank, is_literal = text.isspace(), "pre" in self._context
        if not is_literal:
            text = " " if is_blank else text.replace("\n", " ")
        if self._section is None:
            self._begin("hx")
        data = self._target()
        if data is self._section.title:
            if not any(self._permalinks):
                data.append(escape(text, quote=False))
        elif not is_blank:
            data.append(escape(text, quote=False))
        elif is_literal or not data or not data[-1].isspace():
            data.append(text)


_ARTICLE = '<article class="md-content__inner md-typeset">'


def _findable(html: str, page: Page) -> str:
    """A page with what the search shall know of it; as it is where the search shall pass over it.

    What `finding` in the front matter says is escaped there.
    """
    if (page.meta.get("search") or {}).get("exclude"):
        return html
    if html.count(_ARTICLE) != 1 or _HEAD not in html:
        raise PluginError(f"{page.file.src_uri}: a page of the theme must have {_ARTICLE} once; the theme has changed.")
    finding = {"kind": "Overview", "date": "", "facets": [], "aliases": "", **page.meta.get("finding", {})}
    weight = ' data-pagefind-weight="0.3"' if finding["kind"] == "Overview" else ""  # a list names what others tell of
    head = f'<meta data-pagefind-filter="kind[content]" data-pagefind-meta="kind[content]" content="{finding["kind"]}">'
    if finding["date"]:
        both = 'data-pagefind-sort="date[content]" data-pagefind-meta="date[content]"'
        head += f'<meta {both} content="{finding["date"]}">'
    head += "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{value}">' for name, value in finding["facets"]
    )
    before, _, after = html.replace(_HEAD, _HEAD + head, 1).partition(_ARTICLE)
    content, end, rest = after.partition("</article>")
    aliases = f"<p hidden>{finding['aliases']}</p>" if finding["aliases"] else ""
    return f"{before}{_ARTICLE[:-1]} data-pagefind-body{weight}>{content}{aliases}{end}{rest}"


# -- templates ----------------------------------------------------------------------------------------


class _Environment:
    """A Jinja2 environment whose templates pass over kept pages, and render the frame of like pages once."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._frames: dict[str, list[str] | None] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._environment, name)

    def get_template(self, name: str) -> Any:
        """As in Jinja2."""
        return _Template(self._environment.get_template(name), self._frames)


class _Template:
    def __init__(self, template: jinja2.Template, frames: dict[str, list[str] | None]) -> None:
        self._template = template
        self._frames = frames

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)

    def render(self, context: TemplateContext) -> str:
        """As in Jinja2; nothing for a page that is kept."""
        page = context.get("page")
        if not isinstance(page, _KeptPage):
            return self._template.render(context)
        if page.kept:
            return ""
        values = _frame_values(page, context["nav"])
        if values is None:
            return self._template.render(context)
        key = _frame_key(page, self._template.name or "")
        frame = self._frames.get(key)
        if frame is not None:
            return "".join(values.get(piece, piece) for piece in frame)
        html = self._template.render(context)
        if key not in self._frames:
            self._frames[key] = self._frame(context, page, values, html)
        return html

    def _frame(
        self, context: TemplateContext, page: "_KeptPage", values: Mapping[str, str], html: str
    ) -> list[str] | None:
        """The pieces of a page between its values; None where they do not give the page that the template gave."""
        stand_in = copy(page)
        stand_in.file = copy(page.file)
        stand_in.file.url = f"{posixpath.dirname(page.url.rstrip('/'))}/{_LEAF}/".lstrip("/")
        stand_in.meta = {**page.meta, "title": _TITLE, "description": _DESCRIPTION}
        stand_in.content = _CONTENT
        if _is_titled(page):
            heading = copy(next(iter(page.toc)))
            heading.title = _LEAF
            stand_in.toc = TableOfContents([heading])
        stand_in.canonical_url = _CANONICAL if page.canonical_url else page.canonical_url
        rendered = self._template.render({**context, "page": stand_in})
        pieces = _VALUES.split(rendered)
        is_whole = _LEAF not in rendered and "".join(values.get(piece, piece) for piece in pieces) == html
        return pieces if is_whole else None


# Words that stand for the values of a page while its frame is rendered. A template that does anything with a value but
# write it, such as taking references out, changes the word, and the frame is not used.
_TITLE, _DESCRIPTION, _CONTENT, _CANONICAL = (f"<h1>pbvalue{number}&#44;end" for number in range(4))
_LEAF = "pbleaf"
_VALUES = re.compile("(" + "|".join(map(re.escape, (_TITLE, _DESCRIPTION, _CONTENT, _CANONICAL))) + ")")


def _frame_values(page: Page, nav: Navigation) -> dict[str, str] | None:
    """What differs between pages with the same frame; None for a page that needs the template itself."""
    title, description = page.meta.get("title"), page.meta.get("description")
    if not isinstance(title, str) or not isinstance(description, str) or not page.url:
        return None
    is_plain = all(text and " ".join(text.split()) == text and "pbvalue" not in text for text in (title, description))
    has_below = any(item.url.startswith(page.url) for item in nav.pages)  # addresses below it are written shorter
    has_heading = "<h1" in (page.content or "")  # the theme adds one where there is none
    if not is_plain or not has_heading or has_below or page.url.startswith("assets/"):
        return None
    return {
        _TITLE: title,
        _DESCRIPTION: description,
        _CONTENT: page.content or "",
        _CANONICAL: page.canonical_url or "",
    }


def _frame_key(page: Page, template: str) -> str:
    """Everything else that the template sees of a page."""
    rest = {name: value for name, value in page.meta.items() if name not in ("title", "description", "finding")}
    told = _contents(page.toc)
    if _is_titled(page):
        first = next(iter(page.toc))
        told = [(first.id, _contents(first.children))]
    return repr((template, posixpath.dirname(page.url.rstrip("/")), sorted(rest.items()), told))


def _is_titled(page: Page) -> bool:
    """Whether everything in the contents of a page stands below one heading, which the theme does not list."""
    return len(page.toc) == 1 and next(iter(page.toc)).level == 1


def _contents(items: Iterable[Any]) -> list[object]:
    return [(item.id, item.level, item.title, _contents(item.children)) for item in items]


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


def _secured(html: str, page: str, moved: dict[str, str]) -> str:
    """A page with its policy, and the theme's inline scripts as files.

    Args:
        page: Where the page stands, for the message: "countries/ind.md".
        moved: Receives the scripts by the path of their file.

    Raises:
        PluginError: The theme brings a script that nobody has read yet.
    """
    if _HEAD not in html:
        raise PluginError(f"{page}: a page of the theme must have {_HEAD} in its head; the theme has changed.")

    def as_file(found: re.Match[str]) -> str:
        text = _SCOPE.sub(_SCOPE_OF_FILE, found[1])
        name = _INLINE.get(hashlib.sha256(text.encode("utf-8")).hexdigest())
        if name is None:
            raise PluginError(
                f"{page}: holds an inline script that is not known: {found[1].strip()[:60]!r}. If the theme was "
                f"updated, read the script and add the SHA-256 of its text to _INLINE in {Path(__file__).name}; "
                "else remove it."
            )
        path = f"{_MOVED}/{name}.{hashlib.sha256(text.encode('utf-8')).hexdigest()[:8]}.js"
        moved[path] = text
        return f'<script src="{root}{path}"></script>'

    root = _root_of(html)
    html = _SCRIPT.sub(as_file, html)
    return html.replace(_HEAD, f'{_HEAD}<meta http-equiv="Content-Security-Policy" content="{_POLICY}">', 1)


def _root_of(html: str) -> str:
    """The way from a page to the site's first page, as the theme has written it: "../../", or "/pacts/" on page 404."""
    ways = (_SCOPE.match(text) for text in _SCRIPT.findall(html))
    way = next((found[1] for found in ways if found), ".")
    return way if way.endswith("/") else f"{way}/"
