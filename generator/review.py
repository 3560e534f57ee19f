"""Facts read beside their article by a person: accepted, corrected, rejected one by one, and undone.

Every decision is one file written whole: whenever the program ends, each facts file is the one before or the one after
a decision. Nothing is written that the check would refuse.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from generator.articles import read_articles
from generator.check import check, evidences
from generator.errors import PactbookError, Problem
from generator.extract.text import prepare
from generator.facts import dump_facts, facts_path, has_comments, parse_facts, read_facts_text, value_of, with_review
from generator.files import shown, write_whole
from generator.forms import FormError, choices, form_of, heading, sentence_of, tree_of
from generator.model import (
    Article,
    ArticleFacts,
    ArticleId,
    Review,
    ReviewState,
    Value,
)
from generator.overrides import PATH as OVERRIDES
from generator.overrides import read_overrides
from generator.strictyaml import Node, parse_yaml, place_text

_KINDS = {
    "agreements": "Agreement",
    "tensions": "Tension",
    "events": "Meeting",
    "quotations": "Quotation",
    "people": "Person",
    "countries": "Country",
}  # in the order of reading: what matters most first
_ENTRY = re.compile(r"^  - (?:id|country): ", re.MULTILINE)
_REVIEW = re.compile(r"^review:\n(?: .*\n)*", re.MULTILINE)
_ACCEPTED = re.compile(r"accepted: \[(.*)\]")
_BY_PERSON = "person.corrected"  # the rule of a fact that a person has corrected
_PLACE = re.compile(r"(?P<kind>[a-z]+)\[(?P<index>\d+)\](?P<rest>[^\s]*)\s?(?P<message>.*)", re.DOTALL)


class RefusedError(Exception):
    """A decision that cannot be taken, with what to do about it.

    Attributes:
        problems: What is wrong with a correction: place in the form ("" for the whole), and message.
    """

    def __init__(self, message: str, problems: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class _File:
    """One facts file as it is now."""

    article: Article
    path: Path
    data: bytes
    facts: ArticleFacts

    @property
    def version(self) -> str:
        """What tells this content from any other."""
        return sha256(self.data).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Done:
    """A decision that can be undone while the program runs."""

    article: ArticleId
    key: str
    before: bytes
    after: bytes


class Desk:
    """The articles to be read, and the decisions of one person on their facts."""

    def __init__(self, root: Path, *, by: str, on: str, only: Sequence[ArticleId] = ()) -> None:
        """Read what is to be reviewed.

        Args:
            by: Name of the person.
            on: The day, ISO 8601.
            only: Articles by id; empty: all.
        """
        articles, problems = read_articles(root)
        self.by, self.on = by, on
        self._root = root
        self._articles = {one.id: one for one in articles if not only or one.id in only}
        self._done: list[_Done] = []
        self._lock = Lock()
        self.problems: tuple[Problem, ...] = () if only else problems

    # -- looking

    def overview(self) -> list[dict[str, Any]]:
        """Every article, the newest first: title, outlet, date, number of facts, how many proposed; or its fault.

        The numbers are those of files as we write them; `article` counts exactly. Reading all facts of ten thousand
        articles strictly would take a minute before the first one is shown.
        """
        newest = sorted(self._articles.values(), key=lambda one: (one.published or "", one.id), reverse=True)
        return [self._glance(article) for article in newest]

    def _glance(self, article: Article) -> dict[str, Any]:
        path = facts_path(article.id)
        try:
            text = read_facts_text(self._root / path, self._root)
        except PactbookError as error:
            is_there = (self._root / path).exists()
            fault = _first(error.problems) if is_there else f"{path} is not there. Run: pactbook extract {article.id}"
            return {**_named(article), "total": 0, "proposed": 0, "fault": fault}
        total = len(_ENTRY.findall(text))
        found = _REVIEW.search(text)
        review = found[0] if found else ""
        listed = _ACCEPTED.search(review)
        done = total if "state: accepted" in review else len(listed[1].split(",")) if listed else 0
        return {**_named(article), "total": total, "proposed": max(total - done, 0), "fault": ""}

    def article(self, name: str) -> dict[str, Any]:
        """One article with its text and facts, as a page shows it.

        Raises:
            RefusedError: There is no such article, or its facts cannot be reviewed.
        """
        file = self._read(name)
        text = file.article.text
        sentences = prepare(file.article).sentences
        places = [(one.start, one.end) for one in sentences]
        proposed = set(_proposed(file.facts))
        return {
            **_named(file.article),
            "total": len(file.facts.fact_keys()),
            "proposed": len(proposed),
            "fault": "",
            "text": text,
            "url": file.article.url or "",
            "version": file.version,
            "can_undo": bool(self._done),
            "has_comments": has_comments(file.data.decode("utf-8"), file.facts),
            "choices": choices(),
            "people": [[one.id, one.name] for one in file.facts.people],
            "facts": [
                _shown(kind, key, fact, places, is_proposed=key in proposed) for kind, key, fact in _each(file.facts)
            ],
        }

    def next_proposed(self, passed: Container[tuple[str, str]]) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The next article and fact that nobody has decided on, apart from those passed over; None: there is none."""
        for told in self.overview():
            if told["proposed"]:
                article = self.article(told["id"])
                for fact in article["facts"]:
                    if fact["is_proposed"] and (told["id"], fact["key"]) not in passed:
                        return article, fact
        return None

    def _read(self, name: str) -> _File:
        article = self._articles.get(ArticleId(name))
        if article is None:
            raise RefusedError(f"There is no article {shown(name)} here.")
        path = facts_path(article.id)
        if not (self._root / path).exists():
            raise RefusedError(f"{path} is not there. Run: pactbook extract {article.id}")
        try:
            text = read_facts_text(self._root / path, self._root)
            facts = parse_facts(text, path.as_posix())
        except PactbookError as error:
            raise RefusedError(_first(error.problems)) from error
        problems = list(check({article.id: article}, {article.id: facts}))
        if problems:
            raise RefusedError(_first(problems))
        return _File(article, self._root / path, text.encode(), facts)

    # -- deciding

    def accept(self, name: str, version: str, keys: Sequence[str]) -> None:
        """Say that facts are right as they stand; once all are, the article is accepted.

        Raises:
            RefusedError: The file has changed meanwhile, or has no such facts.
        """
        with self._lock:
            file = self._expected(name, version, keys)
            review = self._review(file.facts, {*file.facts.review.accepted, *keys})
            text = with_review(file.data.decode("utf-8"), file.facts, review)
            self._write(file, text, ", ".join(keys))

    def reject(self, name: str, version: str, key: str) -> None:
        """Take a fact out; what leads to it leads nowhere any more, but stays.

        Raises:
            RefusedError: The file has changed meanwhile, or has no such fact.
        """
        with self._lock:
            file = self._expected(name, version, [key])
            if any(f"{name}/{key}" in entry.facts for entry in read_overrides(self._root).entries):
                raise RefusedError(f"{OVERRIDES} names {name}/{key}. Take the entry out of it first.")
            facts = _without(file.facts, key)
            self._write(file, self._new(file, facts, set(file.facts.review.accepted) - {key}), key)

    def correct(self, name: str, version: str, key: str, given: object) -> None:
        """Put other values in the place of a fact's, and accept it.

        Args:
            given: A filled-in form: see `forms.tree_of`.

        Raises:
            RefusedError: The file has changed meanwhile, or the values do not pass the check; with a message for each
                field.
        """
        with self._lock:
            file = self._expected(name, version, [key])
            facts, kind, index = _corrected(file, key, given)
            _require_sound(file, facts, kind, index)
            new_key = _key(kind, getattr(facts, kind)[index])
            accepted = {new_key if one == key else one for one in (*file.facts.review.accepted, key)}
            self._write(file, self._new(file, facts, accepted), key)

    def undo(self) -> tuple[str, str]:
        """Take the last decision back; returns its article and fact.

        Raises:
            RefusedError: There is none, or its file has been changed by something else since.
        """
        with self._lock:
            if not self._done:
                raise RefusedError("There is nothing to undo.")
            last = self._done[-1]
            path = self._root / facts_path(last.article)
            if not path.is_file() or path.read_bytes() != last.after:
                self._done.pop()
                raise RefusedError(f"{facts_path(last.article)} has been changed by something else; it stays as it is.")
            write_whole(path, last.before)
            self._done.pop()
            return last.article, last.key

    def _expected(self, name: str, version: str, keys: Sequence[str]) -> _File:
        file = self._read(name)
        if file.version != version:
            raise RefusedError(f"{facts_path(file.article.id)} has changed since it was shown. It is shown anew.")
        known = file.facts.fact_keys()
        unknown = [key for key in keys if key not in known]
        if unknown or not keys:
            raise RefusedError(f"{facts_path(file.article.id)} has no fact {shown(unknown[0] if unknown else '')}.")
        return file

    def _review(self, facts: ArticleFacts, accepted: set[str]) -> Review:
        keys = facts.fact_keys()
        if accepted.issuperset(keys):
            return Review(state=ReviewState.ACCEPTED, by=self.by, on=self.on)
        return Review(by=self.by, on=self.on, accepted=tuple(key for key in keys if key in accepted))

    def _new(self, file: _File, facts: ArticleFacts, accepted: set[str]) -> str:
        if file.facts.review.state is ReviewState.ACCEPTED:
            accepted = set(facts.fact_keys())
        return dump_facts(facts.model_copy(update={"review": self._review(facts, accepted)}))

    def _write(self, file: _File, text: str, key: str) -> None:
        said = facts_path(file.article.id).as_posix()
        try:
            facts = parse_facts(text, said)  # what cannot be read again must not be written
        except PactbookError as error:
            raise RefusedError(_first(error.problems)) from error
        problems = list(check({file.article.id: file.article}, {file.article.id: facts}))
        if problems:
            raise RefusedError(_first(problems))
        data = text.encode()
        write_whole(file.path, data)
        self._done.append(_Done(file.article.id, key, file.data, data))


def _named(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title or article.id,
        "outlet": article.outlet or "",
        "published": article.published or "",
    }


def _first(problems: Sequence[Problem]) -> str:
    more = f" And {len(problems) - 1} more; see: pactbook check" if len(problems) > 1 else ""
    return f"{problems[0]}{more}"


# -- facts -------------------------------------------------------------------------------------------


def _key(kind: str, fact: Any) -> str:
    """What a fact is called inside of its file."""
    return str(fact.country if kind == "countries" else fact.id)


def _each(facts: ArticleFacts) -> Iterator[tuple[str, str, Value]]:
    """Kind, key and fact, what matters most first."""
    for kind in _KINDS:
        for fact in getattr(facts, kind):
            yield kind, _key(kind, fact), fact


def _proposed(facts: ArticleFacts) -> list[str]:
    if facts.review.state is ReviewState.ACCEPTED:
        return []
    return [key for key in facts.fact_keys() if key not in facts.review.accepted]


def _shown(
    kind: str, key: str, fact: Value, sentences: Sequence[tuple[int, int]], *, is_proposed: bool
) -> dict[str, Any]:
    pieces = [(one.start, one.end) for _, one in evidences(fact)]
    first = getattr(fact, "status_evidence", None) or getattr(fact, "evidence", None)
    main = first[0] if isinstance(first, tuple) else first
    start, end = (main.start, main.end) if main is not None else pieces[0]
    return {
        "key": key,
        "kind": _KINDS[kind],
        "heading": heading(fact),
        "rule": getattr(fact, "rule", ""),
        "is_proposed": is_proposed,
        "evidence": sorted(set(pieces)),
        "sentence": sentence_of(sentences, start, end),
        "fields": form_of(fact),
    }


def _without(facts: ArticleFacts, key: str) -> ArticleFacts:
    """The facts without one; quotations that name it as their person or first wording stay, without that."""
    kept: dict[str, tuple[Value, ...]] = {}
    for kind in _KINDS:
        kept[kind] = tuple(one for one in getattr(facts, kind) if _key(kind, one) != key)
    kept["quotations"] = tuple(_unlinked(one, key) for one in kept["quotations"])
    return facts.model_copy(update=kept)


def _unlinked(quotation: Value, key: str) -> Value:
    links = [name for name in ("person", "same_as") if getattr(quotation, name) == key]
    return quotation.model_copy(update=dict.fromkeys(links)) if links else quotation


def _corrected(file: _File, key: str, given: object) -> tuple[ArticleFacts, str, int]:
    """The facts with other values in the place of one, and where that stands."""
    kind, index, fact = next(
        (kind, index, fact)
        for kind in _KINDS
        for index, fact in enumerate(getattr(file.facts, kind))
        if _key(kind, fact) == key
    )
    near = next((one.start for _, one in evidences(fact)), 0)
    try:
        new = tree_of(type(fact), given, file.article.text, near)
    except FormError as error:
        raise RefusedError(f"The form cannot be read: {error}.") from error
    tree = parse_yaml(dump_facts(file.facts), "")
    assert isinstance(tree, dict)
    entries = tree[kind]
    assert isinstance(entries, list)
    kept: dict[str, Node] = {"id": fact.id} if hasattr(fact, "id") else {}
    entries[index] = {**new, **kept, "rule": _BY_PERSON}
    facts, faults = value_of(ArticleFacts, tree)
    problems = [_at_field(f"{place_text(place)} {message}", kind, index) for place, message in faults.items()]
    if problems or facts is None:
        raise RefusedError("Some values must be mended.", problems)
    return facts, kind, index


def _require_sound(file: _File, facts: ArticleFacts, kind: str, index: int) -> None:
    problems = [
        _at_field(problem.message, kind, index)
        for problem in check({file.article.id: file.article}, {file.article.id: facts})
    ]
    if problems:
        raise RefusedError("Some values must be mended.", problems)


def _at_field(message: str, kind: str, index: int) -> tuple[str, str]:
    """The field that a message is about, and the message without it; "" for another fact, or for all of this one."""
    found = _PLACE.match(message)
    if found is None or found["kind"] != kind or int(found["index"]) != index:
        return "", message
    return found["rest"].lstrip("."), found["message"]


def fields_by_name(fact: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a shown fact as its filled-in form would give them back."""
    return {field["name"]: _given(field) for field in fact["fields"]}


def _given(field: Mapping[str, Any]) -> Any:
    match field["kind"]:
        case "evidence":
            return {"exact": field["exact"], "start": field["start"]}
        case "group":
            return fields_by_name(field) if field["value"] else None
        case "list" if field["of"] == "evidence":
            return field["entries"]
        case "list":
            return [fields_by_name({"fields": entry}) for entry in field["entries"]]
    return field["value"]
