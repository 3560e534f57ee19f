"""The store gives back what was put, and nothing that is damaged, foreign or old."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cache import Store, digest_of, file_digest, tree_digest


def filled(folder: Path) -> Path:
    """A store with two entries and their files; the path of its data base."""
    store = Store(folder / "store")
    for key in ("a" * 64, "b" * 64):
        page = folder / f"{key[0]}.html"
        page.write_text(f"page {key[0]}")
        store.put(key, {"said": key[0]})
        store.put_file(key, page)
    store.commit()
    return next((folder / "store").glob("*.sqlite"))


def said(folder: Path, key: str) -> str | None:
    store = Store(folder / "store")
    value = store.get(key)
    store.close()
    return value["said"] if value else None


def run(base: Path, statement: str) -> None:
    with sqlite3.connect(base) as connection:
        connection.execute(statement)
    connection.close()


def test_what_was_put_is_there_after_the_commit(tmp_path: Path) -> None:
    filled(tmp_path)

    assert said(tmp_path, "a" * 64) == "a"
    assert said(tmp_path, "c" * 64) is None


def test_nothing_is_kept_without_a_commit(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.put("a", {"said": "a"})

    store.close()

    assert said(tmp_path, "a") is None


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param('UPDATE entries SET value = CAST(\'{"said":"x"}\' AS BLOB)', id="changed"),
        pytest.param("UPDATE entries SET value = substr(value, 1, 8)", id="cut"),
        pytest.param("UPDATE entries SET value = 'a text'", id="of another type"),
        pytest.param("UPDATE entries SET key = 'x' WHERE key LIKE 'a%'", id="taken away"),
        pytest.param(
            "UPDATE entries SET (value, digest) = (SELECT value, digest FROM entries WHERE key LIKE 'b%')",
            id="filed under another's key",
        ),
        pytest.param("DROP TABLE entries", id="table gone"),
    ],
)
def test_an_entry_that_is_not_as_it_was_written_counts_as_absent(tmp_path: Path, statement: str) -> None:
    run(filled(tmp_path), statement)

    assert said(tmp_path, "a" * 64) is None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"no data base" * 1000, id="something else"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut"),
        pytest.param(lambda data: data[:100] + bytes(byte ^ 0xFF for byte in data[100:]), id="flipped"),
    ],
)
def test_a_damaged_store_is_empty_and_can_be_filled_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    base = filled(tmp_path)
    base.write_bytes(damage(base.read_bytes()))

    assert said(tmp_path, "a" * 64) is None
    filled(tmp_path)
    assert said(tmp_path, "a" * 64) == "a"


def test_a_file_is_given_only_if_its_content_is_the_expected_one(tmp_path: Path) -> None:
    filled(tmp_path)
    store = Store(tmp_path / "store")
    digest = file_digest(tmp_path / "a.html")
    assert digest is not None
    path = store.file("a" * 64, digest)
    assert path is not None

    path.write_text("another page")

    assert store.file("a" * 64, digest) is None
    assert store.file("c" * 64, digest) is None
    store.close()


def test_what_the_last_two_builds_did_not_use_is_removed_with_its_file(tmp_path: Path) -> None:
    filled(tmp_path)
    files = tmp_path / "store" / "files"
    there = []

    for _ in range(3):
        store = Store(tmp_path / "store")
        store.get("a" * 64)
        store.commit()
        there.append(sorted(path.name[0] for path in files.rglob("*") if path.is_file()))

    assert there == [["a", "b"], ["a"], ["a"]]
    assert said(tmp_path, "a" * 64) == "a"
    assert said(tmp_path, "b" * 64) is None


def test_no_text_can_pass_for_the_end_of_another() -> None:
    assert len({digest_of("ab", "c"), digest_of("a", "bc"), digest_of("abc"), digest_of("abc", "")}) == 4


def test_the_digest_of_a_folder_tells_contents_and_names(tmp_path: Path) -> None:
    seen = [tree_digest(tmp_path)]

    for name, text in (("a", "1"), ("a", "2"), ("b", "2"), ("c/a", "2")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        seen.append(tree_digest(tmp_path))

    assert len(set(seen)) == 5
