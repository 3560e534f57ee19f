"""Reading with a limit, writing whole, and names that are safe on every system."""

import os
from pathlib import Path

import pytest

from generator.errors import PactbookError
from generator.files import LIMIT, name_fault, read_bytes, shown, visible, write_whole


def test_a_file_is_written_with_its_folders_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"

    write_whole(path, b"one")
    write_whole(path, b"two")

    assert path.read_bytes() == b"two"
    assert [one.name for one in path.parent.iterdir()] == ["b.yaml"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_keeps_its_rights_when_it_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"one")
    path.chmod(0o600)

    write_whole(path, b"two")

    assert path.stat().st_mode & 0o777 == 0o600


def test_the_old_file_stands_when_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    (path / "inside").mkdir(parents=True)

    with pytest.raises(OSError, match="directory"):
        write_whole(path, b"new")

    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_a_file_of_the_limit_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * LIMIT)

    assert len(read_bytes(path, "large")) == LIMIT

    path.write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises(PactbookError, match="large: is larger than 2,000,000 bytes, the limit"):
        read_bytes(path, "large")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(PactbookError, match="pipe: is no regular file"):
        read_bytes(tmp_path / "pipe", "pipe")
    with pytest.raises(PactbookError, match="here: is a folder"):
        read_bytes(tmp_path, "here")
    with pytest.raises(PactbookError, match="none: cannot be read: No such file"):
        read_bytes(tmp_path / "none", "none")


@pytest.mark.parametrize("name", ["a", "2021-12-06-a_b.c", "9", "x" * 100, "console", "com10", "nulla.x"])
def test_names_that_every_system_takes_have_no_fault(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", ".a", "-a", "_a", "a.", "A", "a b", "a/b", "a\\b", "a:b", "x" * 101),
        *("é", "e\u0301", "\u202ea", "a\u200b", "a\n", "a\x00", "con", "nul.x", "lpt9"),
    ],
)
def test_names_that_some_system_refuses_or_mixes_up_have_a_fault(name: str) -> None:
    assert name_fault(name) is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain Ωx’", "plain Ωx’"),
        ("\x1b[31m", r"\x1b[31m"),
        ("a\u202eb\u200b", r"a\u202eb\u200b"),
        ("a\nb", r"a\nb"),
        ("\udcff", r"\udcff"),
        ("\x9b2J", r"\x9b2J"),
    ],
)
def test_what_cannot_be_seen_is_said_as_an_escape(text: str, said: str) -> None:
    assert visible(text) == said
    assert visible(text).isprintable()


def test_a_long_value_is_shown_by_its_beginning() -> None:
    assert shown("x" * 100, 10) == "'xxxxxxxxx…'"
    assert shown("a\x1b'b") == '"a\\x1b\'b"'
