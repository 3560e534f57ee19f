"""The documents tell the truth: commands, targets, files and rooms that they name are there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.cli import pactbook

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")
WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))


def text_of(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def found(pattern: str) -> set[tuple[str, str]]:
    """Every document with each match of the pattern's group in it."""
    pairs = {(name, match) for name in DOCUMENTS for match in re.findall(pattern, text_of(name))}
    assert pairs
    return pairs


def steps_of(workflow: Path) -> Iterator[dict[str, str]]:
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    for job in jobs.values():
        yield from job["steps"]


def test_every_command_that_a_document_names_exists() -> None:
    named = found(r"\bpactbook ([a-z]+)\b(?! (?:is|are|reads|turns|makes))")

    unknown = {(name, command) for name, command in named if command not in pactbook.commands}

    assert unknown == set()


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))

    unknown = {(name, target) for name, target in found(r"(?m)(?:`|^)make ([a-z-]+)") if target not in targets}

    assert unknown == set()


def test_every_file_that_a_document_links_to_exists() -> None:
    linked = found(r"\]\((?!http|javascript)([^)#]+)\)")

    missing = {(name, path) for name, path in linked if not (PROJECT / path).exists()}

    assert missing == set()


def test_every_folder_that_the_readme_lists_exists() -> None:
    table = text_of("README.md").split("## Where things are")[1].split("## ")[0]
    paths = re.findall(r"`([^`]+/?)`", table)
    assert len(paths) > 8

    assert [path for path in paths if not (PROJECT / path).exists()] == []


def test_every_room_stands_in_the_architecture() -> None:
    text = text_of("ARCHITECTURE.md")
    rooms = {path.stem for path in (PROJECT / "generator").glob("*.py")} - {"__init__"}
    reader = {path.stem for path in (PROJECT / "generator/extract").glob("*.py")} - {"__init__"}

    assert {room for room in rooms if f"`{room}`" not in text} == set()
    assert {room for room in reader if not re.search(rf"\b{room}\b", text)} == set()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_pin_actions_by_hash_and_ask_for_little(workflow: Path) -> None:
    used = [step["uses"] for step in steps_of(workflow) if "uses" in step]

    assert used
    assert [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)] == []
    assert yaml.safe_load(workflow.read_text("utf-8"))["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_put_no_text_of_others_into_a_shell(workflow: Path) -> None:
    commands = [step["run"] for step in steps_of(workflow) if "run" in step]

    assert commands
    assert [command for command in commands if "${{" in command] == []


def test_the_project_holds_the_files_that_it_promises() -> None:
    promised = "pyproject.toml README.md generator templates site_src tests seeds mkdocs.yml Makefile LICENSE .ci/run"

    assert [name for name in promised.split() if not (PROJECT / name).exists()] == []
