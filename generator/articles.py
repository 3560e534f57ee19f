"""A file in `seeds/articles/` to an Article, its text kept to the letter.

Text is decoded rightly or refused with the reason; nothing is replaced, stripped or repaired. One bad article never
stops the others. The only module that knows the forms of article files and trafilatura.
"""

import hashlib
import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from generator.decoding import decode
from generator.errors import PactbookError, Problem
from generator.files import LIMIT, name_fault, read_bytes, shown, visible, write_whole
from generator.model import Article, ArticleId
from generator.spelling import slug
from generator.strictyaml import Node, lines_of, parse_yaml

FOLDER = PurePosixPath("seeds/articles")
ENDINGS = (".txt", ".md", ".json", ".html", ".htm")

# What libraries log may hold text of an article, which must not reach the terminal raw.
for _library in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

_HEAD = re.compile(r" ?date (\S+) (.+)")  # the first line of a text file: " date 2021-12-06 Title"
_FENCE = re.compile(r"---[ \t]*(\r\n|\n|\r)")
_FENCE_END = re.compile(r"^---[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_HEAD_KEYS = ("title", "date", "outlet", "url", "language")
_JSON_KEYS = ("id", "date", "title", "text", "outlet", "url", "language")
_EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a file says of its article, before anything is demanded; None: not said."""

    body: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    id: str | None = None
    lines: Mapping[str, int] | None = None  # 1-based line of each key, where the form has lines


# -- reading ---------------------------------------------------------------------------------------


def read_articles(root: Path) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """All articles of a project, by id, and what is wrong with the files that are refused.

    Args:
        root: The folder of the project; articles are in its `seeds/articles/`. Hidden files are passed over.
    """
    found: dict[ArticleId, list[Article]] = {}
    problems: list[Problem] = []
    for path in article_files(root):
        try:
            article = read_article(path, root)
        except PactbookError as error:
            problems += error.problems
        else:
            found.setdefault(article.id, []).append(article)
    for same in found.values():
        problems += _rivals(same)
    articles = [same[0] for same in found.values() if len(same) == 1]
    return tuple(sorted(articles, key=lambda article: article.id)), tuple(sorted(problems))


def article_files(root: Path) -> list[Path]:
    """Everything in `seeds/articles/` that should be an article, by name."""
    folder = root / FOLDER
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def read_article(path: Path, root: Path) -> Article:
    """The article in a file.

    Args:
        path: A .txt, .md, .json or .html file.
        root: The folder of the project; `Article.path` is relative to it where the file lies within.

    Raises:
        PactbookError: The file cannot be read, decoded or understood; carries every problem found.
    """
    said = said_path(path, root)
    within = root / FOLDER if path.parent == root / FOLDER else None
    return parse_article(read_bytes(path, said, within), said)


def said_path(path: Path, root: Path) -> str:
    """The path as messages and articles name it: relative to the project where it lies within, safe to print."""
    return visible((path.relative_to(root) if path.is_relative_to(root) else path).as_posix())


def parse_article(data: bytes, path: str) -> Article:
    """The article in the bytes of a file of the seeds: with a title, a safe id, and all values in their form.

    Args:
        data: The file's bytes, at most 2,000,000.
        path: The file as messages name it; its ending tells the form, its name the id.

    Raises:
        PactbookError: Carries every problem found.
    """
    draft = parse_draft(data, path)
    return _demand(draft, data, path)


def parse_draft(data: bytes, path: str, *, strict: bool = True) -> Draft:
    """What a file of any of the forms says, with nothing demanded but text.

    Args:
        data: The file's bytes.
        path: The file as messages name it; its ending tells the form.
        strict: Refuse JSON with keys that are not ours.

    Raises:
        PactbookError: The bytes are no text, or not of the form that the ending of the path tells.
    """
    ending = PurePosixPath(path).suffix
    if ending not in ENDINGS:
        allowed = ", ".join(ENDINGS)
        raise _refused(path, 0, f"ends in {shown(ending)}; must end in {allowed}. Rename it, or move it elsewhere.")
    text = decode(data, path)
    if ending == ".json":
        draft = _parse_json(text, path, strict=strict)
    elif ending in (".html", ".htm"):
        draft = _parse_html(text, path)
    else:
        draft = _parse_front_matter(text, path) if _FENCE.match(text) else _parse_text(text, ending)
    if not draft.body.strip():
        raise _refused(path, 0, "has no text after its head. Add the article's text.")
    _refuse_half_characters(draft, path)
    return draft


def parse_loosely(data: bytes, path: str) -> Article:
    """An article for reading only: any id, an empty title and a missing date are let pass.

    JSON may have more keys than ours, or hold the article under the key "article".

    Raises:
        PactbookError: The bytes are no text, or not of the form that the ending of the path tells.
    """
    return _article(parse_draft(data, path, strict=False), data, path)


def _article(draft: Draft, data: bytes, path: str) -> Article:
    return Article(
        id=ArticleId(draft.id or PurePosixPath(path).stem),
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        title=draft.title or "",
        body=draft.body,
        published=draft.date if draft.date and is_date(draft.date) else None,
        outlet=draft.outlet or None,
        url=draft.url if draft.url and _is_address(draft.url) else None,
        language=draft.language if draft.language and _LANGUAGE.fullmatch(draft.language) else "en",
    )


def is_date(text: str) -> bool:
    """Whether this is a day, a month or a year of the calendar: 2021-12-06, 2021-12, 2021."""
    if not _EDTF.fullmatch(text) or not text.isascii():
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _demand(draft: Draft, data: bytes, path: str) -> Article:
    """Every rule of an article in the seeds, all faults at once."""
    problems = [Problem(path, line, message) for line, message in _faults(draft, path)]
    if problems:
        raise PactbookError(problems=problems)
    return _article(draft, data, path)


def _faults(draft: Draft, path: str) -> Iterator[tuple[int, str]]:
    lines = draft.lines or {}
    name = PurePosixPath(path).stem
    if fault := name_fault(name):
        yield 0, f"the file's name without its ending {fault}; got {shown(name)}. Rename it."
    if draft.id is not None and draft.id != name:
        yield 0, f"id must be the file's name without its ending, {shown(name)}; got {shown(draft.id)}. Take it out."
    if not draft.title:
        yield 0, f"has no title. {_how_to_say('title', path)}"
    elif not _is_one_line(draft.title):
        got = shown(draft.title)
        yield lines.get("title", 0), f"title must be one line of at most 1,000 characters; got {got}. Shorten it."
    if draft.date is not None and not is_date(draft.date):
        got = shown(draft.date)
        yield (
            lines.get("date", 0),
            f"date must be a day such as 2021-12-06, or 2021-12, or 2021; got {got}. Correct it.",
        )
    if draft.url is not None and not _is_address(draft.url):
        yield lines.get("url", 0), f"url must be an http or https address; got {shown(draft.url)}. Correct it."
    if draft.outlet is not None and not _is_one_line(draft.outlet):
        yield lines.get("outlet", 0), f"outlet must be one line of text; got {shown(draft.outlet)}. Correct it."
    if draft.language is not None and not _LANGUAGE.fullmatch(draft.language):
        got = shown(draft.language)
        yield lines.get("language", 0), f"language must be two letters of ISO 639-1 such as en; got {got}. Correct it."


def _how_to_say(key: str, path: str) -> str:
    ways = {
        ".json": f'Add "{key}".',
        ".txt": "Begin the first line with: date 2021-12-06 and then the title.",
        ".md": f"Add to the head between two lines of three hyphens: {key}: …",
    }
    return ways.get(PurePosixPath(path).suffix, "Add it with: pactbook new, which stores the article as Markdown.")


def _is_one_line(text: str) -> bool:
    return bool(text.strip()) and len(text.splitlines()) == 1 and len(text) <= 1000


def _is_address(text: str) -> bool:
    if len(text) > 2000 or not text.isprintable() or any(c in text for c in ' <>"\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        has_login = parts.username is not None or parts.password is not None  # shows another host than it leads to
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not has_login
    except ValueError:
        return False


def _rivals(same: list[Article]) -> Iterator[Problem]:
    """No two files may give one id: the facts, the page and the links would mix them."""
    paths = [article.path for article in same]
    for path in paths if len(paths) > 1 else ():
        others = ", ".join(other for other in paths if other != path)
        yield Problem(path, 0, f"gives the id {shown(same[0].id)} that {others} gives too. Rename one.", stops=True)


def _refuse_half_characters(draft: Draft, path: str) -> None:
    for value in (draft.body, draft.title, draft.outlet, draft.url, draft.language, draft.id):
        if value is None or value.isascii():
            continue
        try:
            value.encode()
        except UnicodeEncodeError as error:
            got = shown(value[error.start])
            raise _refused(path, 0, f"holds half a character, {got}, that stands for no text. Save it anew.") from error


def _refused(path: str, line: int, message: str) -> PactbookError:
    return PactbookError(problems=[Problem(path, line, message)])


# -- forms -----------------------------------------------------------------------------------------


def _parse_text(text: str, ending: str) -> Draft:
    end = _LINE_END.search(text)
    first = text[: end.start()] if end else text
    head = _HEAD.fullmatch(first) if ending == ".txt" else None
    if head is None:
        return Draft(body=text)
    body = text[end.end() :] if end else ""
    return Draft(body=body, title=head[2].strip(), date=head[1], lines={"date": 1, "title": 1})


def _parse_front_matter(text: str, path: str) -> Draft:
    opening = _FENCE.match(text)
    assert opening is not None
    closing = _FENCE_END.search(text, opening.end())
    if closing is None:
        raise _refused(path, 1, "the head that begins with --- does not end. Close it with a line of three hyphens.")
    # The opening line stays as an empty one, so that lines count as in the file.
    head = "\n" + text[opening.end() : closing.start()]
    values = parse_yaml(head, path) if head.strip() else {}
    lines = {str(place[0]): line for place, line in lines_of(head).items()}
    said = _texts(values, _HEAD_KEYS, path, lines)
    return _draft(text[closing.end() :], said, lines)


def _parse_json(text: str, path: str, *, strict: bool) -> Draft:
    try:
        values = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _refused(path, error.lineno, f"is not JSON: {error.msg}. Mend the line.") from error
    except RecursionError as error:
        raise _refused(path, 0, "is nested too deeply; one flat object was expected.") from error
    except ValueError as error:  # a key twice, NaN, a number of thousands of digits
        raise _refused(path, 0, f"is not JSON as we read it: {error}. Mend it.") from error
    said = _texts(values if strict else _known_part(values), _JSON_KEYS, path, {})
    body = said.pop("text", None)
    if body is None:
        raise _refused(path, 0, 'text is missing. Add "text" with the article\'s text.')
    return _draft(body, said, None)


def _draft(body: str, said: Mapping[str, str], lines: Mapping[str, int] | None) -> Draft:
    return Draft(
        body=body,
        title=said.get("title"),
        date=said.get("date"),
        outlet=said.get("outlet"),
        url=said.get("url"),
        language=said.get("language"),
        id=said.get("id"),
        lines=lines,
    )


def _known_part(values: object) -> object:
    if isinstance(values, dict) and isinstance(values.get("article"), dict):
        values = values["article"]
    if not isinstance(values, dict):
        return values
    return {key: value for key, value in values.items() if key in _JSON_KEYS}


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {shown(twice)} stands twice")
    return seen


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _texts(values: "Node | object", keys: Iterable[str], path: str, lines: Mapping[str, int]) -> dict[str, str]:
    """The values of a head: known keys only, each a text; JSON's null counts as not said."""
    if not isinstance(values, dict):
        raise _refused(path, 1, f"must hold keys and values; got {shown(str(values))}. Write for example title: …")
    problems = []
    for key, value in values.items():
        line = lines.get(key, 0)
        if key not in keys:
            known = ", ".join(keys)
            problems.append(Problem(path, line, f"{shown(key)} is not known here; known are {known}. Take it out."))
        elif value is not None and not isinstance(value, str):
            problems.append(Problem(path, line, f"{key} must be text; got {shown(str(value))}. Correct it."))
    if problems:
        raise PactbookError(problems=problems)
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _parse_html(text: str, path: str) -> Draft:
    import trafilatura  # late: it takes longer to load than everything else together
    from lxml.etree import LxmlError
    from trafilatura.settings import Document

    try:
        page = trafilatura.bare_extraction(
            text,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            # The default bound is the day of reading; the same file must give the same article tomorrow.
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2999-12-31"},
        )
    except (LxmlError, RecursionError, ValueError) as error:
        raise _refused(path, 0, f"is not HTML that can be read: {type(error).__name__}. Save it as text.") from error
    if not isinstance(page, Document) or not page.text:
        raise _refused(path, 0, "no article was found in this HTML. Save its text as Markdown or plain text.")
    return Draft(
        body=page.text,
        title=page.title or None,
        date=page.date or None,
        outlet=page.sitename or None,
        url=page.url or None,
        language=page.language or _declared_language(text),
    )


def _declared_language(text: str) -> str | None:
    found = re.search(r"<html[^>]{0,500}?\blang=[\"']?([a-zA-Z]{2})\b", text[:5000])
    return found[1].lower() if found else None


# -- language --------------------------------------------------------------------------------------

_ENGLISH = (
    "the|of|and|to|in|a|that|is|was|for|on|with|as|by|it|at|from|his|he|be|this|are|which|or|have|had|an|not|but"
    "|their|its|will|has|been|would|they|were|more|said"
)
_COMMON_WORDS = frozenset(_ENGLISH.split("|"))
_COMMON = re.compile(rf"\b(?:{_ENGLISH})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{1,30}")


def language_note(article: Article) -> str | None:
    """A sentence that says why the article does not seem to be English, or None.

    Rules read English; of other languages they read names at most. A third of the words of English news are such words.
    """
    if article.language != "en":
        return f"is marked as {shown(article.language)}; the rules read English, so only names of countries are read."
    head = article.body[:5_000]
    sure = sum(map(_COMMON_WORDS.__contains__, head.lower().split()))  # those that stand between blanks: cheaply told
    if sure >= 0.1 * (len(head) + 1) / 2:
        return None  # no text has more words than every second letter
    words = len(_WORD.findall(head))
    if words < 20 or sure >= 0.1 * words:
        return None
    share = len(_COMMON.findall(head)) / words
    if share < 0.1:
        many = f"{share:.0%} of its words are common English ones"
        return f"does not seem to be English ({many}); only names of countries are read."
    return None


# -- adding ----------------------------------------------------------------------------------------


def text_key(article: Article) -> str:
    """Equal for articles that differ only in blanks, case, marks and typography."""
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", article.title + article.body).casefold())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()


def is_head_form(path: str, draft: Draft) -> bool:
    """Whether the file may be stored byte for byte: plain text that begins with its date and title."""
    return path.endswith(".txt") and draft.lines == {"date": 1, "title": 1}


def stored_form(draft: Draft) -> bytes:
    """The article as a Markdown file whose body is the draft's, to the letter."""
    said = {key: getattr(draft, key) for key in _HEAD_KEYS}
    head = "".join(f"{key}: {_quoted(value)}\n" for key, value in said.items() if value)
    return f"---\n{head}---\n{draft.body}".encode()


def _quoted(value: str) -> str:
    """JSON's quotation is YAML's too, but for the characters that YAML demands as escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)


def add_article(draft: Draft, data: bytes, source: str, root: Path) -> Article:
    """Store an article under `seeds/articles/<date>-<title>-<hash>` and return it as stored.

    Args:
        draft: What is known of it; title and date must be there.
        data: The bytes of the source; kept as they are where `is_head_form`.
        source: The path of the source, for messages.
        root: The folder of the project.

    Raises:
        PactbookError: Something is missing or of the wrong form, or the same article is there already.
    """
    _refuse_half_characters(draft, source)
    keep = is_head_form(source, draft)
    content = data if keep else stored_form(draft)
    digest = hashlib.sha256(content).hexdigest()
    missing = [key for key in ("title", "date") if not getattr(draft, key)]
    if missing:
        wanted = " ".join(f"--{key} …" for key in missing)
        raise _refused(source, 0, f"does not say its {' and '.join(missing)}. Add: {wanted}")
    name = "-".join(part for part in (draft.date, slug((draft.title or "")[:1000]), digest[:6]) if part)
    path = FOLDER / f"{name}{'.txt' if keep else '.md'}"
    article = _demand_new(draft, content, source, path)
    _refuse_duplicate(article, hashlib.sha256(data).hexdigest(), source, root)
    write_whole(root / path, content)
    return article


def _demand_new(draft: Draft, content: bytes, source: str, path: PurePosixPath) -> Article:
    """The stored form must give back what was put in; faults are told of the source."""
    faults = [Problem(source, line, message) for line, message in _faults(draft, path.as_posix())]
    if len(content) > LIMIT:
        faults.append(Problem(source, 0, f"is larger than {LIMIT:,} bytes with its head, the limit. Shorten it."))
    if faults:
        raise PactbookError(problems=faults)
    article = parse_article(content, path.as_posix())
    assert article.body == draft.body, "the stored article must keep its text to the letter"
    return article


def _refuse_duplicate(article: Article, source_digest: str, source: str, root: Path) -> None:
    key = text_key(article)
    for other in read_articles(root)[0]:
        if other.sha256 in (source_digest, article.sha256) or text_key(other) == key:
            raise _refused(source, 0, f"is in the project already: {other.path}. Nothing was added.")
