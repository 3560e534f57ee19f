"""Rooms import only from smaller layers; inside the reader nothing goes in circles."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator"

# From the smallest to the largest; rooms in one line do not know each other. A new room is a new word here.
LAYERS = (
    {"errors"},
    {"model", "files", "tables", "cache"},
    {"codes", "strictyaml", "decoding", "spelling", "data", "blocks"},
    {"articles"},
    {"extract"},
    {"facts", "records"},
    {"forms", "publication"},
    {"check", "overrides"},
    {"persons", "identity", "named", "meetings", "sources", "register"},
    {"resolve"},
    {"ledger", "rivals", "explanations"},
    {"prose", "charts", "views"},
    {"diff"},
    {"references", "paging", "history"},
    {"grounds"},
    {"finding", "passages", "changes", "accounts"},
    {"pages"},
    {"render", "exports", "feeds", "printing"},
    {"briefings", "binding"},
    {"press"},
    {"build"},
    {"editions", "review", "retract", "search"},
    {"site"},
    {"reviewpage"},
    {"cli"},
)
LAYER_OF = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
OPEN_TO_OTHERS = {"generator.extract.reader", "generator.extract.text"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__init__")


def imports_of(path: Path) -> Iterator[str]:
    """The full name of every module of ours that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("generator."))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write imports in full"
            if node.module in ("generator", "generator.extract"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            elif node.module is not None and node.module.startswith("generator."):
                yield node.module


def imports_at_start(path: Path) -> set[str]:
    """The modules of the reader that a file imports when it is loaded."""
    names = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("generator.extract"):
            names |= {node.module} if node.module != "generator.extract" else {alias.name for alias in node.names}
    return {name.rpartition(".")[2] for name in names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_smaller_layers(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    imported = set(imports_of(path))

    assert room in LAYER_OF, f"give the room {room!r} its layer in tests/test_layers.py and ARCHITECTURE.md"
    for name in imported:
        other = name.split(".")[1]
        inside = room == other == "extract"
        assert inside or LAYER_OF[other] < LAYER_OF[room], f"{room} must not import {name}"
        assert inside or other != "extract" or name in OPEN_TO_OTHERS, f"{room} must not look inside extract: {name}"


def test_the_modules_of_the_reader_do_not_import_each_other_in_circles() -> None:
    graph = {path.stem: imports_at_start(path) for path in MODULES if path.parent.name == "extract"}

    order = tuple(TopologicalSorter(graph).static_order())

    assert "text" in order


def test_packages_export_nothing() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        body = ast.parse(path.read_text("utf-8")).body

        assert all(isinstance(node, ast.Expr) for node in body), f"{path} must hold at most a docstring"
