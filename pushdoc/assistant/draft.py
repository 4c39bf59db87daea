"""The rules file while the assistant writes it: a draft beside it, saved with every answer, until it is whole.

What already runs is never half changed: the file itself is replaced at once, by a draft in which nothing is wrong.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from pushdoc.assistant.refused import told
from pushdoc.destinations.catalog import settings_models
from pushdoc.errors import ConfigurationError, ProblemsError
from pushdoc.rules.edit import RulesFile, worsened
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pushdoc.errors import Problem


class Draft:
    """The draft of one rules file; `final` is where it stands once it is whole.

    `beginning` is what a new one says before anything is asked: keys of tables.

    Raises:
        ProblemsError, ConfigurationError: one of the two files cannot be read, or is no TOML.
    """

    def __init__(self, final: Path, beginning: Mapping[tuple[str, ...], Mapping[str, Any]]) -> None:
        self.final = final
        self._beginning = beginning
        self.path = final.with_name(f"{final.stem}.draft{final.suffix}")
        with told(self.path, "rules.edit_unwritable"):
            self._standing = RulesFile.read(final) if final.exists() else None
            self._file = RulesFile.read(self.path) if self.path.exists() else None
        self.resumed = self._file is not None

    @property
    def outdated(self) -> bool:
        """Whether the rules file was changed after the draft that was found beside it."""
        return self.resumed and self.final.exists() and self.final.stat().st_mtime > self.path.stat().st_mtime

    @property
    def begun(self) -> bool:
        """Whether there is a draft on the disk."""
        return self._file is not None

    @property
    def standing(self) -> bool:
        """Whether the rules file itself is there."""
        return self._standing is not None

    @property
    def changed(self) -> bool:
        """Whether the draft says something else than the rules file."""
        return self._file is not None and (self._standing is None or self._file.text != self._standing.text)

    @property
    def document(self) -> Mapping[str, Any]:
        """What is written by now."""
        file = self._file or self._standing
        return {} if file is None else file.document

    def table(self, *names: str) -> Mapping[str, Any]:
        """One table of it; empty where it is not there."""
        inner: Any = self.document
        for name in names:
            inner = inner.get(name, {}) if isinstance(inner, dict) else {}
        return inner if isinstance(inner, dict) else {}

    def of_clients(self, key: str) -> str:
        """A text of `[clients]`; empty where there is none."""
        written = self.table("clients").get(key)
        return written if isinstance(written, str) else ""

    def entries(self, table: str) -> Sequence[Mapping[str, Any]]:
        """All entries of `[[client]]` or `[[rule]]`."""
        written = self.document.get(table, [])
        return [one if isinstance(one, dict) else {} for one in written] if isinstance(written, list) else []

    @property
    def only(self) -> list[str] | None:
        """`[clients] only`; None where it says nothing."""
        written = self.table("clients").get("only")
        return [str(one) for one in written] if isinstance(written, list) and written else None

    def set(self, table: Sequence[str], values: Mapping[str, Any]) -> None:
        """Write keys of a table down at once; what is there already stays untouched."""
        written = self.table(*table)
        if changed := {key: value for key, value in values.items() if written.get(key) != value}:
            self._change(lambda file: file.set(table, changed))

    def add(self, table: str, entries: Sequence[Mapping[str, Any]]) -> None:
        """Write further entries of `[[client]]` down at once."""
        if entries:
            self._change(lambda file: file.add(table, *entries))

    def remove(self, table: str, place: int) -> None:
        """Take the entry at a place (from 0) away at once."""
        self._change(lambda file: file.remove(table, place))

    def edit(self, change: Callable[[RulesFile], None]) -> None:
        """Make a change, unless something would be wrong by it that was not wrong before.

        Raises:
            ProblemsError: all that would be wrong; nothing is changed.
        """
        before = self.problems()
        file = self._own()
        change(file)
        if wrong := worsened(before, _problems(file)):
            self._file = RulesFile.read(self.path)
            raise ProblemsError(wrong)
        file.save()

    def problems(self) -> list[Problem]:
        """What is still wrong or missing for pushdoc to run with it."""
        file = self._file or self._standing
        return [] if file is None else _problems(file)

    def publish(self) -> None:
        """Put the draft in the rules file's place; without a change there is none to put.

        Raises:
            ProblemsError: something in it is wrong.
            ConfigurationError: the rules file was changed by somebody else meanwhile.
        """
        if self._file is None:
            return
        if problems := self.problems():
            raise ProblemsError(problems)
        if self._standing is not None:
            self._standing.text = self._file.text
            self._standing.save()
        else:
            with told(self.final, "rules.edit_unwritable"):
                self._appear()
        self.discard()
        self._standing = RulesFile.read(self.final)

    def discard(self) -> None:
        """Forget the draft."""
        with told(self.path, "rules.edit_unwritable"):
            self.path.unlink(missing_ok=True)
        self._file = None

    def _change(self, change: Callable[[RulesFile], None]) -> None:
        file = self._own()
        change(file)
        file.save()

    def _own(self) -> RulesFile:
        """The draft itself, made of the rules file or of nothing when the first change comes."""
        if self._file is None:
            with told(self.path, "rules.edit_unwritable"):
                if self._standing is None:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    file = RulesFile.new(self.path)
                    for table, values in self._beginning.items():
                        file.set(table, values)
                    file.save()
                else:
                    shutil.copy(self.final, self.path)
            self._file = RulesFile.read(self.path)
        return self._file

    def _appear(self) -> None:
        """Give the draft the rules file's name, where nothing bears it."""
        try:
            os.link(self.path, self.final)
        except FileExistsError:
            raise ConfigurationError(Phrase("assistant.rules_appeared", {"path": str(self.final)})) from None
        except OSError:  # a file system without links; nobody else makes this file within a moment
            self.path.rename(self.final)


def _problems(file: RulesFile) -> list[Problem]:
    return file.problems(settings_models())
