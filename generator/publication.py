"""Which facts the site shows: all that were read, or only those that a person has accepted.

`publish` of our plugin in `mkdocs.yml` decides. What is held back stands in no agreement, value or total, and the pages
say how much it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from generator.errors import PactbookError, Problem
from generator.files import shown
from generator.model import ArticleFacts, ArticleId, Book, Publish, Review, ReviewState, Value

SETTINGS = "mkdocs.yml"
PLUGIN = "pactbook"
_KINDS = ("countries", "people", "agreements", "quotations", "tensions", "events")


def read_publish(root: Path) -> Publish:
    """What `mkdocs.yml` says on publication; all facts where it says nothing.

    Raises:
        PactbookError: The file is no YAML, or the value is another one.
    """
    path = root / SETTINGS
    if not path.is_file():
        return Publish.PROPOSED
    try:
        with path.open(encoding="utf-8") as file:
            settings = yaml_load(file)
    except (yaml.YAMLError, MkDocsException, UnicodeDecodeError) as error:
        message = f"is no YAML that MkDocs reads: {str(error).splitlines()[0]}. Mend it."
        raise PactbookError(problems=[Problem(SETTINGS, 0, message)]) from error
    value = str(_options(settings).get("publish", Publish.PROPOSED.value))
    if value not in list(Publish):
        message = f"plugins.{PLUGIN}.publish must be {', '.join(Publish)}; got {shown(value)}. Correct it."
        raise PactbookError(problems=[Problem(SETTINGS, 0, message)])
    return Publish(value)


def _options(settings: object) -> Mapping[str, object]:
    """The options of our plugin, however the list of plugins is written."""
    plugins = settings.get("plugins") if isinstance(settings, dict) else None
    entries = plugins if isinstance(plugins, list) else [plugins]
    found = [entry[PLUGIN] for entry in entries if isinstance(entry, dict) and PLUGIN in entry]
    return found[0] if found and isinstance(found[0], dict) else {}


def published(facts: Mapping[ArticleId, ArticleFacts], publish: Publish) -> dict[ArticleId, ArticleFacts]:
    """The facts that the site may show, by article; an article all of whose facts are held back has none."""
    if publish is Publish.PROPOSED:
        return dict(facts)
    return {article: _accepted(file) for article, file in facts.items()}


def _accepted(file: ArticleFacts) -> ArticleFacts:
    review = file.review
    if review.state is ReviewState.ACCEPTED:
        return file
    kept: dict[str, tuple[Value, ...]] = {}
    for kind in _KINDS:
        every = getattr(file, kind)
        kept[kind] = tuple(one for one in every if getattr(one, "id", None) in review.accepted)
    kept["countries"] = tuple(one for one in file.countries if one.country in review.accepted)
    kept["quotations"] = tuple(_unlinked(one, review.accepted) for one in kept["quotations"])
    # All that is left has been accepted by a person, and is marked so.
    done = Review(state=ReviewState.ACCEPTED, by=review.by, on=review.on) if review.accepted else review
    return file.model_copy(update={**kept, "review": done})


def _unlinked(quotation: Value, known: tuple[str, ...]) -> Value:
    """A quotation without what leads to a fact that is held back."""
    links = [name for name in ("person", "same_as") if getattr(quotation, name) not in known]
    return quotation.model_copy(update=dict.fromkeys(links))


def marked(book: Book, publish: Publish, facts: Mapping[ArticleId, ArticleFacts]) -> Book:
    """The book, with what was held back of all the facts, so that its pages can say so."""
    if publish is Publish.PROPOSED:
        return book
    every = sum(len(file.fact_keys()) for file in facts.values())
    kept = sum(len(file.fact_keys()) for file in published(facts, publish).values())
    return replace(book, publish=publish, held_back=every - kept)
