"""YAML as text, lists and mappings, and nothing else.

Every scalar stays a string (plain YAML reads the country NO as False and 12:30 as 750). Anchors, aliases, tags, a key
twice, several documents, deep nesting and floods of values are refused on the stream of events, before anything is
built: the C loader crashes on deep nesting, and aliases grow without bound.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import yaml

from generator.errors import PactbookError, Problem
from generator.files import LIMIT, shown

Node: TypeAlias = "str | list[Node] | dict[str, Node]"
Place: TypeAlias = tuple[str | int, ...]  # ("agreements", 2, "values", 0, "currency")

MAX_DEPTH = 12
MAX_VALUES = 100_000

# The C parser is ten times as fast and gives the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, path: str) -> Node:
    """What a YAML text says, every scalar a string.

    Args:
        text: The content of the file.
        path: The file as messages name it.

    Raises:
        PactbookError: The text is no YAML, or uses what is refused; carries every problem found.
    """
    if len(text) > LIMIT:
        raise PactbookError(problems=[Problem(path, 0, f"is larger than {LIMIT:,} characters, the limit. Split it.")])
    builder = _Builder(path)
    try:
        text.encode()  # the C parser would fail without saying where
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except UnicodeEncodeError as error:
        half = shown(text[error.start])
        builder.problems.append(Problem(path, 0, f"holds half a character, {half}. Save it as UTF-8."))
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(error, text, path))
    except _Stop:
        pass
    if not builder.problems and builder.root is None:
        builder.problems.append(Problem(path, 0, "is empty; a mapping of keys to values was expected."))
    if builder.problems or builder.root is None:
        raise PactbookError(problems=builder.problems)
    return builder.root


def lines_of(text: str) -> Mapping[Place, int]:
    """The 1-based line of every key and every entry of a text that `parse_yaml` has accepted."""
    return dict(_places(text))


def place_text(place: Place) -> str:
    """A place as messages name it: `agreements[2].values[0].currency`."""
    said = ""
    for step in place:
        said += f"[{step}]" if isinstance(step, int) else f".{step}" if said else step
    return said


class _Stop(Exception):  # noqa: N818  # not an error: the problem is already noted
    """Reading on would be dangerous or without meaning."""


class _Builder:
    """Builds the value from events; every rule of the module's docstring is enforced here."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._open: list[tuple[list[Node] | dict[str, Node], str | None]] = []  # container, key waiting for its value
        self._values = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fatal(event, "a second document begins; one file holds one. Split the file.")
        elif isinstance(event, yaml.AliasEvent):
            self._note(event, f"the alias *{(event.anchor or '')[:40]} is refused. Write the value out.")
            self._add(event, "")
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_marks(event)
            self._node(event)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._open.pop()

    def _node(self, event: yaml.NodeEvent) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            self._fatal(event, f"more than {MAX_VALUES:,} values; that is no facts file. Split it.")
        if isinstance(event, yaml.ScalarEvent):
            if not event.value and not event.style and not self._expects_key():
                self._note(event, "a value is empty. Give it, or leave the key out.")
            self._add(event, event.value)
            return
        if len(self._open) >= MAX_DEPTH:
            self._fatal(event, f"nested deeper than {MAX_DEPTH} levels. Write it flatter.")
        container: list[Node] | dict[str, Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._add(event, container)
        self._open.append((container, None))

    def _add(self, event: yaml.Event, value: Node) -> None:
        if not self._open:
            self.root = value
            return
        container, key = self._open[-1]
        if isinstance(container, list):
            container.append(value)
        elif key is not None:
            container[key] = value
            self._open[-1] = (container, None)
        elif not isinstance(value, str):
            self._fatal(event, "a key must be one word; got a list or a mapping.")
        else:
            if value in container:
                self._note(event, f"the key {shown(value)} stands twice. Keep one.")
            self._open[-1] = (container, value)

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._open[-1][1] is None

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._note(event, f"the anchor &{event.anchor[:40]} is refused. Write each value out.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._note(event, f"the tag {shown(tag, 60)} is refused. Write the value without it.")

    def _note(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.path, _line(event), message))
        if len(self.problems) >= 100:
            raise _Stop

    def _fatal(self, event: yaml.Event, message: str) -> None:
        self._note(event, message)
        raise _Stop


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 0


def _syntax_problem(error: yaml.YAMLError, text: str, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    line = mark.line + 1 if mark is not None else 0
    position = getattr(error, "position", None)
    if not line and isinstance(position, int):
        line = text.count("\n", 0, position) + 1
    return Problem(path, line, f"is not YAML: {reason}. Mend the line, or the one before it.")


def _places(text: str) -> Iterator[tuple[Place, int]]:
    frames: list[Place] = []  # where each open container stands
    waiting: list[str | int | None] = []  # for each: the index of the last entry, or the key without its value
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            frames.pop()
            waiting.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        place: Place = ()
        if frames:
            outer = frames[-1]
            step = waiting[-1]
            if isinstance(step, int):
                step = waiting[-1] = step + 1
                yield (*outer, step), _line(event)
            elif step is None and isinstance(event, yaml.ScalarEvent):
                waiting[-1] = event.value
                yield (*outer, event.value), _line(event)
                continue
            else:
                waiting[-1] = None
            assert step is not None
            place = (*outer, step)
        if isinstance(event, yaml.CollectionStartEvent):
            frames.append(place)
            waiting.append(-1 if isinstance(event, yaml.SequenceStartEvent) else None)
