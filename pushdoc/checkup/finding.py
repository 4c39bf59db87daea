"""What a check-up finds: one thing with its mark, things of one group, and those of them that are alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pushdoc.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pushdoc.words import Phrase


class Mark(Enum):
    """How one thing stands; the values are what `--json` prints."""

    FINE = "fine"
    WARNING = "warning"
    FAULT = "fault"


class Group(Enum):
    """What a thing belongs to, in the order in which it is told; the values are what `--json` prints."""

    RULES = "rules"
    SECRETS = "secrets"
    CLOCK = "clock"
    FOLDERS = "folders"
    WATCH = "watch"
    SPACE = "space"
    LEDGER = "ledger"
    DAEMON = "daemon"
    CONNECTION = "connection"
    MAPPING = "mapping"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `code` is how a command ends by it alone.

    `place` names a line of a file. `name` is what the thing is called among many that are alike. `count` says for how
    many things it speaks: that all is well is said of thousands at once.
    """

    mark: Mark
    phrase: Phrase
    code: ExitCode = ExitCode.FINE
    place: str = ""
    name: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """All that was found in one group."""

    group: Group
    findings: tuple[Finding, ...]

    def kinds(self) -> list[list[Finding]]:
        """The findings, those together that differ in their names only; what is fine stands alone."""
        kinds: dict[object, list[Finding]] = {}
        for finding in self.findings:
            fine = finding.mark is Mark.FINE
            key = id(finding) if fine else (finding.mark, finding.phrase.code, finding.code)
            kinds.setdefault(key, []).append(finding)
        return list(kinds.values())


def fine(phrase: Phrase, count: int = 1) -> Finding:
    """All is well."""
    return Finding(Mark.FINE, phrase, count=count)


def warning(phrase: Phrase, name: str = "") -> Finding:
    """A person should know, and documents leave all the same."""
    return Finding(Mark.WARNING, phrase, name=name)


def fault(phrase: Phrase, code: ExitCode = ExitCode.NEEDS_A_PERSON, *, name: str = "", place: str = "") -> Finding:
    """Something that keeps documents, or people, from what the rules promise them."""
    return Finding(Mark.FAULT, phrase, code, place, name)


def exit_code(sections: Iterable[Section]) -> ExitCode:
    """How `check` ends: a wrong configuration first, then what cannot be reached, then what needs a person."""
    return max((finding.code for section in sections for finding in section.findings), default=ExitCode.FINE)
