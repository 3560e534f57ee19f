"""The word lists in `generator/data/`: tab-separated lines, comments left out. Knows nothing of what they mean."""

from collections.abc import Iterator
from importlib.resources import files


def table_rows(name: str) -> Iterator[tuple[str, ...]]:
    """The lines of a file in `generator/data/`, each as its fields; comments (`#`) and blank lines are none.

    A tab in the middle parts fields; a line keeps as many fields as it has.
    """
    for line in files("generator.data").joinpath(name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(line.split("\t"))
