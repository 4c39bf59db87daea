"""Who can be a client: every folder beneath the root, and every folder that MCF's export names, with its attributes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pushdoc.assistant.question import fold
from pushdoc.clients import folder as folders
from pushdoc.watch import ignored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pushdoc.assistant.export import Export


@dataclass(frozen=True)
class Candidate:
    """One folder that can be a client's; `attributes` are its row of the export, by the columns' titles."""

    folder: str
    there: bool = True
    tabled: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)

    def found_by(self, words: Sequence[str]) -> bool:
        """Whether each of some words (folded) stands in the folder's name or in an attribute, blanks in those apart."""
        return all(word in self._sought or word in self._joined for word in words)

    def shown_by(self, words: Sequence[str]) -> tuple[str, str] | None:
        """The attribute that has most of the words that the name has not, title and value; None where none has any."""
        sought = [word for word in words if word not in fold(self.folder)]

        def told(value: str) -> int:
            return sum(word in fold(value) or word in _tight(value) for word in sought)

        title, value = max(self.attributes.items(), key=lambda one: told(one[1]), default=("", ""))
        return (title, value.strip()) if told(value) else None

    @cached_property
    def _sought(self) -> str:
        return "\n".join(map(fold, (self.folder, *self.attributes.values())))

    @cached_property
    def _joined(self) -> str:
        """The same with nothing between a number's digits: a SIRET is found however it is written."""
        return "\n".join(map(_tight, (self.folder, *self.attributes.values())))


@dataclass(frozen=True, slots=True)
class Beneath:
    """The folders right beneath a root: those that can be a client's, and names that cannot be written in the rules."""

    names: tuple[str, ...]
    unfit: tuple[str, ...]


def folders_beneath(root: Path) -> Beneath:
    """What lies beneath the root; links, hidden folders and what systems leave behind are no clients.

    Raises:
        OSError: the root cannot be listed.
    """
    fit: list[str] = []
    unfit: list[str] = []
    with os.scandir(root) as listing:
        for entry in listing:
            if ignored(entry.name) or not entry.is_dir(follow_symlinks=False):
                continue
            readable = not any("\ud800" <= char <= "\udfff" for char in entry.name)
            sound = readable and folders.clean(entry.name) == entry.name and folders.fault(entry.name) is None
            (fit if sound else unfit).append(entry.name)
    return Beneath(tuple(sorted(fit, key=fold)), tuple(sorted(unfit)))


def candidates(root: Path, beneath: Sequence[str], export: Export | None, column: str) -> list[Candidate]:
    """Everybody who can be a client, in the order of their names.

    Left out are a row whose folder cannot be one, and a folder that only holds those of the export's clients.
    """
    there = {folders.same(name): name for name in beneath}
    found: dict[str, Candidate] = {}
    if export is not None:
        for cells, written in zip(export.rows, export.column(column), strict=True):
            folder = folders.clean(written)
            if folders.fault(folder) is None:
                attributes = dict(zip(export.titles, cells, strict=True))
                same = folders.same(folder)
                stands = same in there or ("/" in folder and (root / folder).is_dir())
                found.setdefault(same, Candidate(folder, stands, tabled=True, attributes=attributes))
    holding = {same.partition("/")[0] for same in found if "/" in same}
    for same, name in there.items():
        if same not in holding:
            found.setdefault(same, Candidate(name))
    return sorted(found.values(), key=lambda candidate: fold(candidate.folder))


def search(known: Iterable[Candidate], sought: str) -> list[Candidate]:
    """Those whose name or attributes hold every word that is sought, whatever the case and the accents."""
    words = fold(sought).split()
    tight = [_tight(sought)] if re.fullmatch(r"[0-9 .]+", sought.strip()) else []
    return [candidate for candidate in known if candidate.found_by(words) or (tight and candidate.found_by(tight))]


def _tight(value: str) -> str:
    return "".join(fold(value).split()).replace(".", "")
