"""Facts to `seeds/facts/<article>.yaml` and back: strict in reading, canonical in writing.

Reading collects every fault with its line and place; writing gives the same bytes for the same facts, in the order of
the model, defaults left out. The only module that knows what a facts file looks like.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator import codes
from generator.articles import is_date
from generator.cache import Store, digest_of, tree_digest
from generator.errors import PactbookError, Problem
from generator.files import read_bytes, shown, visible, write_whole
from generator.model import DAY, REFERENCE, ArticleFacts, ArticleId, Evidence, Review, ReviewState, Value
from generator.strictyaml import Node, Place, lines_of, parse_yaml, place_text

FOLDER = PurePosixPath("seeds/facts")
SCHEMA = PurePosixPath("seeds/facts.schema.json")
MACHINE = "rules-"  # how the name of every reader of ours begins

V = TypeVar("V", bound=Value)

_HEAD = """\
# yaml-language-server: $schema=../facts.schema.json
# What the article says. To correct it: change a value; `exact` must stand in the article letter by letter, from
# `start` to `end`. Then see `pactbook check`, and mark it as read: `pactbook accept <article> --by "Your Name"`.
"""
_SEAL = "# As {reader} read it, digest {digest}. A file that a person has changed is never overwritten.\n"


# -- reading ---------------------------------------------------------------------------------------


def facts_path(article: ArticleId) -> PurePosixPath:
    """Where the facts of an article are, relative to the project."""
    return FOLDER / f"{article}.yaml"


def read_all_facts(root: Path, kept: Store | None = None) -> tuple[dict[ArticleId, ArticleFacts], tuple[Problem, ...]]:
    """The facts of all articles by id, and what is wrong with the files that are refused.

    Args:
        kept: Facts by the bytes of their file, as JSON, which is read in a quarter of the time; the model checks
            them again.
    """
    facts: dict[ArticleId, ArticleFacts] = {}
    problems: list[Problem] = []
    folder = root / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.suffix != ".yaml":
            said = visible((FOLDER / path.name).as_posix())
            problems.append(Problem(said, 0, "must end in .yaml; only facts belong here. Rename or remove it."))
            continue
        try:
            one = read_facts(path, root) if kept is None else _read_or_recall(path, root, kept)
        except PactbookError as error:
            problems += error.problems
        else:
            facts[one.article] = one
    return facts, tuple(sorted(problems))


def read_facts(path: Path, root: Path) -> ArticleFacts:
    """The facts in a file.

    Raises:
        PactbookError: The file cannot be read, is no YAML, or a value is missing or wrong; carries every problem.
    """
    return parse_facts(read_facts_text(path, root), _said(path, root))


def _read_or_recall(path: Path, root: Path, kept: Store) -> ArticleFacts:
    text = read_facts_text(path, root)
    value = kept.get(_key(path.name, text))
    if value is not None:
        return ArticleFacts.model_validate_json(value["facts"])
    facts = parse_facts(text, _said(path, root))
    kept.put(_key(path.name, text), {"facts": facts.model_dump_json()})
    return facts


def keep_facts(facts: ArticleFacts, kept: Store) -> None:
    """Keep facts that are about to be written for the next time that all facts are read."""
    key = _key(facts_path(facts.article).name, dump_facts(facts))
    kept.put(key, {"facts": facts.model_dump_json()})


def _key(name: str, text: str) -> str:
    return digest_of("facts", _program(), name, text)


@cache
def _program() -> str:
    """What reads facts, code lists included: facts that it read otherwise would be other facts."""
    return tree_digest(Path(__file__).parent)


def read_facts_text(path: Path, root: Path) -> str:
    """The text of a facts file, as UTF-8.

    Raises:
        PactbookError: The file cannot be read or is not UTF-8.
    """
    said = _said(path, root)
    data = read_bytes(path, said, root / FOLDER)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PactbookError(problems=[Problem(said, line, "is not UTF-8. Save it as UTF-8.")]) from error


def _said(path: Path, root: Path) -> str:
    return visible((path.relative_to(root) if path.is_relative_to(root) else path).as_posix())


def parse_facts(text: str, path: str) -> ArticleFacts:
    """The facts in a text.

    Args:
        text: The content of a facts file.
        path: The file as messages name it; its name without the ending must be the article's id.

    Raises:
        PactbookError: Carries every problem found, with line and place.
    """
    stem = PurePosixPath(path).stem

    def named_after_its_article(tree: Mapping[str, Node]) -> Iterator[tuple[Place, str]]:
        if tree.get("article") != stem:
            got = _got(tree.get("article"))
            yield ("article",), f"must be the file's name without its ending, {shown(stem)}; got {got}."

    return parse_as(ArticleFacts, text, path, named_after_its_article)


def _nothing_more(_tree: Mapping[str, Node]) -> Iterable[tuple[Place, str]]:
    return ()


def parse_as(
    model: type[V],
    text: str,
    path: str,
    more_faults: Callable[[Mapping[str, Node]], Iterable[tuple[Place, str]]] = _nothing_more,
) -> V:
    """The value of a model that a YAML text gives, as strictly as facts are read.

    Args:
        model: A model all of whose lists and mappings are such models or scalars.
        text: The content of the file.
        path: The file as messages name it.
        more_faults: What the model cannot see; a place that has a fault already is passed over.

    Raises:
        PactbookError: Carries every problem found, with line and place.
    """
    tree = parse_yaml(text, path)
    if not isinstance(tree, dict):
        first = next(iter(model.model_fields))
        message = f"must hold keys and values, first of all {first}: …; got {_got(tree)}. See another such file."
        raise PactbookError(problems=[Problem(path, 1, message)])
    value, faults = value_of(model, tree)
    for place, message in more_faults(tree):
        faults.setdefault(place, message)
    if faults or value is None:
        raise PactbookError(problems=_problems(faults, text, path))
    return value


def value_of(model: type[V], tree: Mapping[str, Node]) -> tuple[V | None, dict[Place, str]]:
    """The value of a model that a tree of texts gives, and what is wrong with the tree, by place.

    Returns:
        No value where there is a fault that the model sees; the first fault of each place, further ones would only
        repeat it.
    """
    faults: dict[Place, str] = {}
    for place, message in _value_faults(dict(tree), ()):
        faults.setdefault(place, message)
    try:
        return model.model_validate(tree), faults
    except ValidationError as error:
        for place, message in _model_faults(error, model):
            faults.setdefault(place, message)
    return None, faults


def _problems(faults: Mapping[Place, str], text: str, path: str) -> Iterator[Problem]:
    lines = lines_of(text)
    for place, message in faults.items():
        line = next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), 1)
        yield Problem(path, line, f"{place_text(place)} {message}")


def _got(value: object) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return "keys and values"
    return "a list" if isinstance(value, list) else "nothing"


# -- rules of one value ----------------------------------------------------------------------------


def _value_faults(node: Node, place: Place) -> Iterator[tuple[Place, str]]:
    """Faults that the types do not see: empty texts, codes of closed lists, days of the calendar, wild numbers."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str):
                yield from _scalar_faults(key, value, (*place, key))
            elif key in _CODES and isinstance(value, list):
                for index, entry in enumerate(value):
                    if isinstance(entry, str):
                        yield from _scalar_faults(key, entry, (*place, key, index))
            else:
                yield from _value_faults(value, (*place, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _value_faults(value, (*place, index))


def _scalar_faults(key: str, value: str, place: Place) -> Iterator[tuple[Place, str]]:
    if not value:
        yield place, "is empty. Give a value, or leave the key out."
    elif key in _NUMBERS:
        pattern, expected = _NUMBERS[key]
        if not pattern.fullmatch(value):
            yield place, f"must be {expected}; got {shown(value)}. Correct it."
    elif key in _DATES:
        if not is_date(value):
            yield place, f"must be a day such as 2021-12-06, or 2021-12, or 2021; got {shown(value)}. Correct it."
    elif key in _CODES:
        expected, known = _CODES[key]
        if value not in known():
            yield place, f"must be {expected}; got {shown(value)}. {_suggestion(value, key)}"


_WHOLE = (re.compile(r"0|[1-9][0-9]{0,8}"), "a whole number such as 120")
_DECIMAL = (
    re.compile(r"(?:0|[1-9][0-9]{0,23})(?:\.[0-9]{1,9})?"),
    "a number such as 500000000 or 1.5, with no blanks, commas or unit",
)
_NUMBERS = dict.fromkeys(("start", "end", "count"), _WHOLE) | dict.fromkeys(
    ("amount", "high", "quantity", "years"), _DECIMAL
)
_DATES = frozenset({"date", "begins", "ends", "on"})


@cache
def _party_codes() -> frozenset[str]:
    return frozenset(codes.countries()) | frozenset(codes.organisations())


_PARTY = "a country's alpha-3 code such as IND, or an organisation's short name such as EU"
_CODES: Mapping[str, tuple[str, Callable[[], Iterable[str]]]] = {
    "country": ("a country's alpha-3 code (ISO 3166-1) such as IND", codes.countries),
    "currency": ("a currency's code (ISO 4217) such as USD", codes.currencies),
    "category": ("a category of the list in generator/data", codes.categories),
    "code": (_PARTY, _party_codes),
    "actor": (_PARTY, _party_codes),
    "target": (_PARTY, _party_codes),
    "participants": (_PARTY, _party_codes),
}


def _suggestion(value: str, key: str) -> str:
    """What the editor may have meant: another form of the code, a name, or a slip of the finger in a long word."""
    wanted = value.casefold()
    if key in ("country", "code", "actor", "target", "participants"):
        for country in codes.countries().values():
            if wanted in (country.alpha2.casefold(), country.name.casefold(), country.alpha3.casefold()):
                return f"Write {country.alpha3}."
    known = list(_CODES[key][1]())
    same = [code for code in known if code.casefold() == wanted]
    if same:
        return f"Write {same[0]}."
    near = difflib.get_close_matches(value, [code for code in known if len(code) > 5], n=1, cutoff=0.8)
    return f"Perhaps {near[0]}?" if near else "Correct it, or leave it out if it is not known."


# -- faults of the model ---------------------------------------------------------------------------

_PATTERNS = {
    r"^p[0-9]+$": "p and a number, such as p1",
    r"^a[0-9]+$": "a and a number, such as a1",
    r"^q[0-9]+$": "q and a number, such as q1",
    r"^t[0-9]+$": "t and a number, such as t1",
    r"^e[0-9]+$": "e and a number, such as e1",
    r"^[0-9a-f]{64}$": "the article's SHA-256, 64 of 0-9 and a-f",
    r"^[A-Z]{3}$": "three capital letters",
    DAY: "a day such as 2021-12-06",
    REFERENCE: "an article's id, a fact of it such as 2021-12-06-x/a1, or a name such as equipment:AK-203",
    r"^[A-Z][A-Z0-9-]{1,15}$": _PARTY,
}


def _model_faults(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Place, str]]:
    found = [(tuple(fault["loc"]), fault) for fault in error.errors(include_url=False)]
    # One slip gives several faults: a list whose entries are all wrong is reported as too short as well, and a key
    # with a letter wrong as missing as well. Only the first of them helps.
    inner = {place[:n] for place, _ in found for n in range(len(place))}
    meant = {(*place[:-1], _near_key(place, model)) for place, fault in found if fault["type"] == "extra_forbidden"}
    for place, fault in found:
        is_echo = (fault["type"] == "too_short" and place in inner) or (fault["type"] == "missing" and place in meant)
        if not is_echo:
            yield place, _model_message(fault, place, model)


def _near_key(place: Place, model: type[BaseModel]) -> str | None:
    """The key that an unknown key is meant to be, as far as one can tell."""
    return next(iter(difflib.get_close_matches(str(place[-1]), _keys_at(place[:-1], model), n=1)), None)


def _model_message(fault: ErrorDetails, place: Place, model: type[BaseModel]) -> str:
    """Pydantic's words in the form that all our problems have."""
    context = fault.get("ctx", {})
    got = _got(fault["input"])
    match fault["type"]:
        case "missing":
            return "is missing. Add it."
        case "extra_forbidden":
            near = _near_key(place, model)
            hint = f"Perhaps {near}?" if near else "Take it out."
            return f"is not known; known here are {', '.join(_keys_at(place[:-1], model))}. {hint}"
        case "enum":
            return f"must be {context['expected'].replace(chr(39), '').replace(' or ', ', ')}; got {got}. Correct it."
        case "string_pattern_mismatch":
            expected = _PATTERNS.get(context["pattern"], "a day such as 2021-12-06, or 2021-12, or 2021")
            return f"must be {expected}; got {got}. Correct it."
        case "too_short":
            with_what = " with `exact`, `start` and `end`" if place[-1:] == ("evidence",) else ""
            return f"must have at least one entry. Add one{with_what}."
        case "tuple_type":
            return f"must be a list; got {got}. Begin each entry with a hyphen."
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"must hold keys and values; got {got}. Write for example key: value."
        case "string_type":
            return f"must be text; got {got}. Correct it."
        case "value_error":
            return f"is wrong: {context['error']}. Correct it."
        case "greater_than_equal":
            return f"must be at least {context['ge']}; got {got}. Correct it."
        case "int_parsing" | "int_type" | "int_parsing_size":
            return f"must be {_WHOLE[1]}; got {got}. Correct it."
        case "decimal_parsing" | "decimal_type":
            return f"must be {_DECIMAL[1]}; got {got}. Correct it."
    return f"is wrong: {fault['msg']}; got {got}. Correct it."


def _keys_at(place: Place, model: type[BaseModel]) -> list[str]:
    """The keys that the model knows at a place."""
    for step in place:
        if isinstance(step, str):
            model = _model_in(model.model_fields[step].annotation)
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel]:
    """The model inside `tuple[Model, ...]`, `Model | None` or `Annotated[…]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (
        _model_in(part) for part in getattr(annotation, "__args__", ()) if part is not type(None) and part is not ...
    )
    return next(inner)


# -- writing ---------------------------------------------------------------------------------------


def dump_facts(facts: ArticleFacts) -> str:
    """The canonical text of a facts file; `parse_facts` gives the same facts back.

    Facts as a reader of ours proposed them end with a digest line, so that a later change by a person shows.
    """
    lines: list[str] = []
    _write_mapping(facts, "", lines)
    text = _HEAD + "\n".join(lines) + "\n"
    if _is_machine_read(facts):
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        text += _SEAL.format(reader=facts.reader, digest=digest)
    return text


def dump_entry(value: Value) -> str:
    """A value as one entry of a list at the beginning of a line, two blanks in; canonical."""
    lines: list[str] = []
    _write_mapping(value, "    ", lines)
    return "\n".join(["  - " + lines[0][4:], *lines[1:]]) + "\n"


def is_untouched(text: str, facts: ArticleFacts) -> bool:
    """Whether a facts file is still letter by letter what a reader of ours wrote, and nobody has accepted it."""
    return _is_machine_read(facts) and dump_facts(facts) == text


def _is_machine_read(facts: ArticleFacts) -> bool:
    return facts.reader.startswith(MACHINE) and facts.review == Review()


@cache
def _fields(model: type[Value]) -> tuple[tuple[str, object], ...]:
    """Name and default of each field, in the order of the model; a required field's default equals nothing."""
    return tuple(
        (name, object() if field.is_required() else field.default) for name, field in model.model_fields.items()
    )


def _write_mapping(value: Value, indent: str, lines: list[str]) -> None:
    for name, default in _fields(type(value)):
        item = getattr(value, name)
        if item is None or item == default:
            continue
        if isinstance(item, tuple):
            _write_list(name, item, indent, lines)
        elif isinstance(item, Evidence):
            lines.append(f"{indent}{name}: {_flow_evidence(item)}")
        elif isinstance(item, Value):
            lines.append(f"{indent}{name}:")
            _write_mapping(item, indent + "  ", lines)
        else:
            lines.append(f"{indent}{name}: {_scalar(item)}")


def _write_list(name: str, items: tuple[object, ...], indent: str, lines: list[str]) -> None:
    if not isinstance(items[0], Value):
        lines.append(f"{indent}{name}: [{', '.join(_scalar(item) for item in items)}]")
        return
    lines.append(f"{indent}{name}:")
    for item in items:
        if isinstance(item, Evidence):
            lines.append(f"{indent}  - {_flow_evidence(item)}")
            continue
        first = len(lines)
        _write_mapping(cast(Value, item), indent + "    ", lines)
        lines[first] = f"{indent}  - {lines[first][len(indent) + 4 :]}"


def _flow_evidence(evidence: Evidence) -> str:
    return f"{{exact: {_quoted(evidence.exact)}, start: {evidence.start}, end: {evidence.end}}}"


# Words that YAML 1.1 or 1.2 reads as something else than text get quotation marks, and so does all that is not plain.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _.()/&+'-]*[A-Za-z0-9.)]|[A-Za-z]|\d{4}-\d\d(?:-\d\d)?")
_NOT_TEXT = re.compile(r"(?:y|n|yes|no|on|off|true|false|null|inf|nan)", re.IGNORECASE)
# Quotation marks apart: what cannot be seen is written as an escape, so that a person sees it.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r'\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff\\"]'
)


def _scalar(value: object) -> str:
    if isinstance(value, str):  # closed lists too: the qualifier ">" begins a block in YAML
        text = str(value)
        is_plain = _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text) and "  " not in text
        return text if is_plain else _quoted(text)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _quoted(text: str) -> str:
    return f'"{_UNSAFE.sub(_escape, text)}"'


_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _SHORT.get(character) or (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def accepted(text: str, facts: ArticleFacts, by: str, on: str) -> str:
    """The text of the facts file once a person has accepted it; comments of people stay where they are.

    Args:
        text: The file as it is.
        facts: What it says.
        by: Name of the person who has read the facts beside the article.
        on: The day, ISO 8601.
    """
    return with_review(text, facts, Review(state=ReviewState.ACCEPTED, by=by, on=on))


def with_review(text: str, facts: ArticleFacts, review: Review) -> str:
    """The text of the facts file once a person has read some of it; comments of people stay where they are."""
    wanted = facts.model_copy(update={"review": review})
    if is_untouched(text, facts):
        return dump_facts(wanted)
    block = ["review:"]
    _write_mapping(review, "  ", block)
    lines = [line for line in text.splitlines() if not line.startswith(_SEAL.split("{", 1)[0])]
    kept = _without_review(lines)
    after = next((n for n, line in enumerate(kept) if line.startswith("reader:")), None)
    if after is not None:
        edited = "\n".join([*kept[: after + 1], *block, *kept[after + 1 :]]) + "\n"
        try:
            if parse_facts(edited, facts_path(facts.article).as_posix()) == wanted:
                return edited
        except PactbookError:  # a file written in an unusual way: its own form is given up, its facts are not
            pass
    return dump_facts(wanted)


def has_comments(text: str, facts: ArticleFacts) -> bool:
    """Whether a person has written more into a facts file than its facts: writing it anew would lose that."""
    ours = {line for line in dump_facts(facts).splitlines() if line.startswith("#")}
    lines = [line.strip() for line in text.splitlines()]
    return any(line.startswith("#") and line not in ours and not line.startswith("# As ") for line in lines)


def _without_review(lines: list[str]) -> list[str]:
    kept = []
    inside = False
    for line in lines:
        inside = line.startswith("review:") or (inside and line.startswith(" "))
        if not inside:
            kept.append(line)
    return kept


def write_facts(facts: ArticleFacts, root: Path) -> Path:
    """Write the facts of one article whole, and return where."""
    path = root / facts_path(facts.article)
    write_whole(path, dump_facts(facts).encode())
    return path


# -- schema ----------------------------------------------------------------------------------------


def facts_schema() -> dict[str, Any]:
    """The JSON Schema of a facts file, for editors; closed lists of codes included."""
    schema = ArticleFacts.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Facts of one article"
    definitions = schema["$defs"]
    definitions["CountryCode"] = {"type": "string", "enum": sorted(codes.countries())}
    definitions["CurrencyCode"] = {"type": "string", "enum": sorted(codes.currencies())}
    for definition in [schema, *definitions.values()]:
        for name, reference in (("country", "CountryCode"), ("currency", "CurrencyCode")):
            if name in definition.get("properties", {}):
                definition["properties"][name] = {"$ref": f"#/$defs/{reference}"}
    return schema


def dump_schema() -> str:
    """The text of `seeds/facts.schema.json`."""
    return json.dumps(facts_schema(), indent=1, ensure_ascii=False) + "\n"


def write_schema(root: Path) -> Path:
    """Write `seeds/facts.schema.json` if it is not there or differs, and return where."""
    path = root / SCHEMA
    data = dump_schema().encode()
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
    return path
