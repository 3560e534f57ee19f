"""A fact ⇄ a form that a person fills in: one field for each value, of the kind that its model says. Pure.

A form is plain JSON, so that a page or a terminal can show it. What comes back is a tree of texts, which is judged as a
facts file is: by the model, the code lists and the check. A person gives evidence as words; where they stand is found
here.
"""

import types
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, cast, get_args, get_origin

from generator.codes import LABELED, definition, label, party_name
from generator.files import shown
from generator.model import (
    AgreementFact,
    CountryFact,
    EventFact,
    Evidence,
    PersonFact,
    QuotationFact,
    TensionFact,
    Value,
)
from generator.strictyaml import Node

_HIDDEN = frozenset({"id", "rule"})  # no business of a reader
_LABELS = {
    "in_force": "Entry into force",
    "concluded": "Concluded",
    "status_evidence": "Sentence of the status",
    "office_evidence": "Words of the office",
    "speaker_evidence": "Words that name the speaker",
    "evidence": "Evidence",
    "same_as": "Other wording of",
    "high": "Up to",
    "code": "Code",
    "count": "Number in the bundle (0: several)",
}
_MOST = 200  # entries of one list that a form may give

Form = dict[str, Any]  # JSON: name, label, kind, and what the kind needs


def form_of(fact: Value) -> list[Form]:
    """The fields of a fact, in the order of its model.

    Returns:
        For each field `name`, `label`, `kind` and `value`; `kind` is text, number, date, words (codes with blanks
        between), choice or choices (`of` a list of `choices`), evidence (`exact` and `start`), group (with `fields`,
        and `value` whether it is there) or list (`of` evidence or group, with `entries` and, for one more, `blank`).
    """
    return [_field(name, type(fact).model_fields[name].annotation, value) for name, value in _shown(fact)]


def choices() -> dict[str, list[list[str]]]:
    """The closed lists that a form may name: code, label and meaning of each member."""
    return {kind.__name__: [[one.value, label(one), definition(one)] for one in kind] for kind in LABELED}


def _shown(fact: Value) -> Iterator[tuple[str, object]]:
    for name in type(fact).model_fields:
        if name not in _HIDDEN:
            yield name, getattr(fact, name)


def _field(name: str, annotation: Any, value: object) -> Form:
    inner, is_list, is_optional = _bare(annotation)
    told: Form = {"name": name, "label": _LABELS.get(name, name.replace("_", " ").capitalize())}
    if is_list:
        return told | _list(inner, cast(tuple[object, ...], value))
    if issubclass(inner, Evidence):
        return told | {"kind": "evidence", "optional": is_optional, **_evidence(cast(Evidence | None, value))}
    if issubclass(inner, Value):
        fields = _fields(inner, cast(Value | None, value))
        return told | {"kind": "group", "optional": is_optional, "value": value is not None, "fields": fields}
    if issubclass(inner, StrEnum):
        chosen = str(value) if value is not None else ""
        return told | {"kind": "choice", "of": inner.__name__, "optional": is_optional, "value": chosen}
    kind = "number" if issubclass(inner, (int, Decimal)) else "date" if name in _DATES else "text"
    return told | {"kind": kind, "value": _text(value)}


_DATES = frozenset({"date", "begins", "ends"})


def _list(inner: type, values: tuple[object, ...]) -> Form:
    if issubclass(inner, StrEnum):
        return {"kind": "choices", "of": inner.__name__, "value": [str(one) for one in values]}
    if issubclass(inner, Evidence):
        entries: list[Any] = [_evidence(cast(Evidence, one)) for one in values]
        return {"kind": "list", "of": "evidence", "entries": entries, "blank": _evidence(None)}
    if issubclass(inner, Value):
        entries = [_fields(inner, cast(Value, one)) for one in values]
        return {"kind": "list", "of": "group", "entries": entries, "blank": _fields(inner, None)}
    return {"kind": "words", "value": " ".join(map(str, values))}


def _fields(model: type[Value], value: Value | None) -> list[Form]:
    """The fields of a value inside of a fact; without a value, as they are before anybody has filled them in."""
    found = []
    for name, info in model.model_fields.items():
        given = getattr(value, name) if value is not None else None if info.is_required() else info.default
        found.append(_field(name, info.annotation, () if given is None and _bare(info.annotation)[1] else given))
    return found


def _evidence(value: Evidence | None) -> Form:
    return {"exact": value.exact if value else "", "start": value.start if value else None}


def _text(value: object) -> str:
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _bare(annotation: Any) -> tuple[type, bool, bool]:
    """The type inside of a field's annotation; whether it is a list of them; whether there may be none."""
    is_optional = is_list = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(one for one in get_args(annotation) if one is not type(None))
            is_optional = True
        elif origin is tuple:
            annotation = get_args(annotation)[0]
            is_list = True
        else:
            return getattr(annotation, "__supertype__", annotation), is_list, is_optional


def in_words(fields: Iterable[Form]) -> Iterator[str]:
    """What a form holds, one line for each field that is not empty."""
    for field in fields:
        words = _words_of(field)
        if words:
            yield f"{field['label']}: {words}"


def _words_of(field: Form) -> str:
    match field["kind"]:
        case "evidence":
            return f"“{field['exact']}”" if field["exact"] else ""
        case "group":
            return ", ".join(filter(None, map(_words_of, field["fields"]))) if field["value"] else ""
        case "list" if field["of"] == "evidence":
            return "; ".join(f"“{entry['exact']}”" for entry in field["entries"])
        case "list":
            return "; ".join(", ".join(filter(None, map(_words_of, entry))) for entry in field["entries"])
        case "choices":
            return ", ".join(field["value"])
    return str(field["value"])


# -- and back ----------------------------------------------------------------------------------------


class FormError(ValueError):
    """What came back has not the shape of the form; its text says where."""


def tree_of(model: type[Value], given: object, text: str, near: int) -> dict[str, Node]:
    """The tree of texts that a filled-in form gives, as a facts file would hold it; nothing is judged yet.

    Args:
        given: Values by name: a text; a list of texts or values; for evidence `exact` and perhaps `start`; for a group
            its values, or None where it is not there. What is empty is left out.
        text: Of the article; evidence that is not in it is given as if it stood at the beginning.
        near: Where the fact stands in the article: of several places of the same words the nearest is taken.

    Raises:
        FormError: The shape is another one.
    """
    if not isinstance(given, dict):
        raise FormError(f"values must be given by name; got {shown(str(given))}")
    unknown = [str(name) for name in given if name not in model.model_fields]
    if unknown:
        raise FormError(f"there is no field {shown(unknown[0])}")
    tree: dict[str, Node] = {}
    for name, info in model.model_fields.items():
        node = _node(info.annotation, given.get(name), text, near)
        if node is not None:
            tree[name] = node
    return tree


def _node(annotation: Any, given: object, text: str, near: int) -> "Node | None":
    inner, is_list, _ = _bare(annotation)
    if given is None or given in ("", []):
        return None
    if is_list:
        if isinstance(given, str):  # codes with blanks or commas between
            given = given.replace(",", " ").split()
        if not isinstance(given, list) or len(given) > _MOST:
            raise FormError(f"a list of at most {_MOST} entries was expected; got {shown(str(given))}")
        nodes = [_one(inner, one, text, near) for one in given]
        return [node for node in nodes if node not in (None, "", {})] or None
    return _one(inner, given, text, near)


def _one(inner: type, given: object, text: str, near: int) -> "Node | None":
    if issubclass(inner, Evidence):
        return _place(given, text, near)
    if issubclass(inner, Value):
        return tree_of(inner, given, text, near)
    if not isinstance(given, str):
        raise FormError(f"a text was expected; got {shown(str(given))}")
    return given if issubclass(inner, str) and not issubclass(inner, StrEnum) else given.strip()


def _place(given: object, text: str, near: int) -> "Node | None":
    """Evidence with its place: where it was said to stand if it does, else where it stands nearest."""
    exact = given.get("exact") if isinstance(given, dict) else None
    start = given.get("start") if isinstance(given, dict) else None
    if not isinstance(exact, str) or not (start is None or (isinstance(start, int) and 0 <= start <= len(text))):
        raise FormError(f"evidence must be given as words; got {shown(str(given))}")
    if not exact:
        return None
    if start is None or text[start : start + len(exact)] != exact:
        start = nearest(text, exact, near if start is None else start)
    return {"exact": exact, "start": str(start), "end": str(start + len(exact))}


def nearest(text: str, exact: str, near: int) -> int:
    """Where words stand in a text, nearest to a place; 0 where they do not stand in it."""
    after, before = text.find(exact, near), text.rfind(exact, 0, near + len(exact))
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: (abs(place - near), place), default=0)


def sentence_of(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """From the beginning of the sentence in which a passage begins to the end of the one in which it ends."""
    touched = [place for place in places if place[0] < end and start < place[1]]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)


def heading(fact: Value) -> str:
    """What a fact says in a few words, for a list of facts."""
    match fact:
        case CountryFact():
            return party_name(fact.country)
        case PersonFact():
            return ", ".join(part for part in (fact.name, fact.office) if part)
        case AgreementFact():
            return f"{label(fact.status)}: {fact.title}"
        case QuotationFact():
            return f"{fact.speaker or 'speaker not stated'}: “{fact.evidence.exact[:80]}”"
        case TensionFact():
            names = [party_name(code) if code else "not stated" for code in (fact.actor, fact.target)]
            return f"{label(fact.kind)}: {names[0]} against {names[1]}"
        case EventFact():
            return f"{label(fact.kind)}: {fact.title}"
    raise TypeError(f"no fact: {type(fact).__name__}")
