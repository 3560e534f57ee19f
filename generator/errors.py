"""What can go wrong: a problem that an editor mends, and an error that stops us.

Knows nothing of the rest of the project.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of the input that an editor must mend; all are collected and shown together."""

    path: str  # file as the editor knows it, relative to the project
    line: int  # 1-based; 0 where the fault has no line
    message: str  # a full sentence: what is wrong, the value in quotes, what was expected, what to do
    stops: bool = False  # nothing may be written while it stands, not even what has nothing to do with it

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class PactbookError(Exception):
    """We cannot go on. Its text is for the person at the terminal.

    Attributes:
        problems: The faults of the input that stopped us, in the order of path and line; may be empty.
    """

    def __init__(self, message: str = "", problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = [str(problem) for problem in self.problems]
        if message:
            lines.append(message)
        super().__init__("\n".join(lines))


def count_line(problems: Iterable[Problem], consequence: str) -> str:
    """The last line of a list of problems: how many, in how many files, and what follows.

    Args:
        problems: At least one problem.
        consequence: A full sentence, such as "Nothing was written."
    """
    found = list(problems)
    files = len({problem.path for problem in found})
    many = "problem" if len(found) == 1 else "problems"
    where = "file" if files == 1 else "files"
    return f"{len(found)} {many} in {files} {where}. {consequence}"
