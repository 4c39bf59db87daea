"""What can go wrong, by whose fault it is and by which exit code it leaves.

A service's answer is not an error: it is an outcome (`deliver.destination`). What stands here ends a command or one
step of it.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from pushdoc.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class ExitCode(IntEnum):
    """How a command ends; scripts and systemd rely on the numbers (sysexits.h where it has one)."""

    FINE = 0
    NEEDS_A_PERSON = 1
    WRONG_USE = 2
    UNREACHABLE = 69
    TRY_LATER = 75
    WRONG_CONFIGURATION = 78


class PushdocError(Exception):
    """The root of all errors of pushdoc: a phrase for a person, and the exit code of a command that ends by it."""

    exit_code = ExitCode.NEEDS_A_PERSON

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase)
        self.phrase = phrase

    def __str__(self) -> str:
        """English, for logs and tracebacks; people are told `say(error.phrase, their language)`."""
        return say(self.phrase, "en")


class Problem:
    """One thing that is wrong in a file that a person wrote: where, and what to do about it."""

    def __init__(self, file: Path, phrase: Phrase, line: int | None = None) -> None:
        self.file = file
        self.line = line
        self.phrase = phrase

    @property
    def place(self) -> str:
        """`file:line`, or the file alone where no line can be named."""
        return f"{self.file}:{self.line}" if self.line else str(self.file)

    def __repr__(self) -> str:
        return f"{self.place}: {say(self.phrase, 'en')}"


class ProblemsError(PushdocError):
    """Everything that is wrong in what a person wrote, all at once."""

    exit_code = ExitCode.WRONG_CONFIGURATION

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(Phrase("problems", {"count": len(problems)}))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(repr(problem) for problem in self.problems)


class ConfigurationError(PushdocError):
    """Something outside the rules file is set up wrongly: a secret's file, the ledger's version."""

    exit_code = ExitCode.WRONG_CONFIGURATION


class HeldError(PushdocError):
    """Another pushdoc holds the ledger; the same command will work later."""

    exit_code = ExitCode.TRY_LATER


class UnreachableError(PushdocError):
    """A destination cannot be reached or does not let us in."""

    exit_code = ExitCode.UNREACHABLE


class WrongUseError(PushdocError):
    """The command was asked for something that does not exist."""

    exit_code = ExitCode.WRONG_USE
