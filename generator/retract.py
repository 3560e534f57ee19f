"""Taking an article or a fact back: what would fall is shown before, nothing is deleted, and a line undoes it.

A retraction is an entry of `seeds/overrides.yaml`. The article and its facts stay where they are; they stand in no
agreement, status, value or total until the entry is taken out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.build import gather
from generator.diff import Change, Edition, as_text, compare
from generator.errors import PactbookError, Problem
from generator.files import shown
from generator.forms import heading
from generator.model import Article, ArticleFacts, ArticleId, Book, Override, OverrideKind, Value
from generator.overrides import PATH, Overrides, add_override, check_overrides, read_overrides
from generator.register import read_register
from generator.resolve import resolve

_FACT = re.compile(r"(?:[apqte][0-9]+)?")
_KINDS = ("agreements", "tensions", "events", "quotations", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """What a retraction would take away."""

    entry: Override
    article: Article
    facts: tuple[tuple[str, str], ...]  # id and a few words of each fact that would stand nowhere
    changes: tuple[Change, ...]  # of the book


def preview(root: Path, name: str, *, why: str, author: str, on: str) -> Fall:
    """What would fall if an article or one fact of it were taken back; writes nothing.

    Args:
        name: An article's id, or a fact's: "2021-12-06-x/a1".
        why: The reason, for everybody who reads the overrides.
        on: The day, ISO 8601.

    Raises:
        PactbookError: There is no such article or fact, it has been taken back before, or the project has problems.
    """
    before = gather(root).book
    if ArticleId(name.partition("/")[0]) not in before.articles:
        message = f"there is no article {shown(name.partition('/')[0])} in seeds/articles. See: pactbook list"
        raise PactbookError(message)
    if not _FACT.fullmatch(name.partition("/")[2]):
        raise PactbookError(f"{shown(name)} must end with a fact such as /a1, or with nothing. See the facts file.")
    entry = Override(kind=OverrideKind.RETRACT, facts=(name,), reason=why, author=author, date=on)
    _require_sound(root, before, entry)
    after = resolve(before.articles, before.facts, (*before.overrides, entry), read_register(root))
    article, _, fact = name.partition("/")
    return Fall(
        entry=entry,
        article=before.articles[ArticleId(article)],
        facts=tuple(_falling(before.facts[ArticleId(article)], fact)),
        changes=compare(Edition(book=before), Edition(book=after)),
    )


def _require_sound(root: Path, book: Book, entry: Override) -> None:
    """The entry must name something, and say nothing that has been said."""
    old = read_overrides(root)
    every = Overrides(entries=(*old.entries, entry), lines=(*old.lines, 0))
    standing = {one.article: one.facts for one in book.retracted}  # what is taken back already is still known by name
    known = {key: _with(file, standing.get(key)) for key, file in book.facts.items()}
    problems = [one for one in check_overrides(every, book.articles, known) if one.line == 0]
    if problems:
        at = f"overrides[{len(old.entries)}]"
        told = problems[0].message.removeprefix(at).removeprefix(".facts[0]").strip()
        raise PactbookError(problems=[Problem(PATH.as_posix(), 0, f"a retraction of {shown(entry.facts[0])} {told}")])


def _with(file: ArticleFacts, gone: ArticleFacts | None) -> ArticleFacts:
    if gone is None:
        return file
    return file.model_copy(update={kind: (*getattr(file, kind), *getattr(gone, kind)) for kind in _KINDS})


def _falling(file: ArticleFacts, only: str) -> Iterator[tuple[str, str]]:
    facts: list[Value] = [one for kind in _KINDS for one in getattr(file, kind)]
    for fact in facts:
        key = str(getattr(fact, "id", ""))
        if not only or key == only:
            yield key, heading(fact)


def in_words(fall: Fall) -> str:
    """What would fall, as lines for a person who is to decide."""
    source = ", ".join(part for part in (fall.article.outlet, fall.article.published) if part)
    title = f"“{fall.article.title}”" if fall.article.title else fall.article.id
    lines = [f"Taking back {fall.entry.facts[0]}: {title}{f' ({source})' if source else ''}"]
    lines += ["", f"Facts that would stand nowhere: {len(fall.facts)}"]
    lines += [f"  {key}  {words}" for key, words in fall.facts]
    told = as_text(fall.changes, "What would change: ", is_explained=False)
    return "\n".join([*lines, "", told])


def carry_out(root: Path, fall: Fall) -> Path:
    """Write the retraction, and return where; the article and its facts stay.

    Raises:
        PactbookError: The overrides that are there cannot be read; they stand unchanged.
    """
    return add_override(root, fall.entry)
