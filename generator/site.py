"""The MkDocs side: a small plugin that keeps hostile text harmless even if escaping failed. Knows MkDocs, not the book.

Pages hold no script of their own; each page allows exactly the theme's scripts, by their digests. A browser then runs
nothing else and asks nobody else, and a page that brings a script stops the build.
"""

import base64
import hashlib
import re
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

# What runs something. In a page's content each `<` of data is a reference, so a hit means that escaping has failed.
_ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|base|form|meta|link|frame|applet)\b"
    r"|<[a-z][^<>]*\s(?:on[a-z]+|srcdoc|formaction)\s*="
    r"|(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|vbscript|data):",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type=\"?application/json)\b)[^>]*>(.*?)</script>", re.DOTALL)
_HEAD = '<meta charset="utf-8">'


class _Options(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say of the plugin."""

    content_security_policy = Type(bool, default=True)  # off for an edition that is opened from a folder


class PactbookPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Refuses active content in pages and files from elsewhere; adds a content security policy."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Refuse files that lie outside the site's folder: MkDocs follows symbolic links and would publish them."""
        folder = Path(config.docs_dir).resolve()
        for file in files:
            path = file.abs_src_path
            if path and file.src_dir == config.docs_dir and not Path(path).resolve().is_relative_to(folder):
                raise PluginError(f"{file.src_uri}: leads out of {folder.name} through a symbolic link. Remove it.")
        return files

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Refuse a page that brings active content."""
        found = active_content(html)
        if found:
            raise PluginError(f"{page.file.src_uri}: must not hold active content; found {found!r}.")
        return html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Allow the theme's own inline scripts by their digests, and nothing from elsewhere."""
        return _with_policy(output) if self.config.content_security_policy else output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for pages without a source: 404."""
        is_page = template_name.endswith(".html") and self.config.content_security_policy
        return _with_policy(output_content) if is_page else output_content


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
