"""What Tab proposes: paths of this machine, and drop paths made of the folders that the clients really have.

A year or a month among the clients' folders is proposed as `{millésime}` or `{mois}`: it changes, the rule stays.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.assistant.question import fold
from pushdoc.errors import ConfigurationError
from pushdoc.rules import Template
from pushdoc.watch import ignored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pushdoc.clock import Clock

_YEAR = "{millésime}"
_MONTH = "{mois}"
_YEAR_NAME = re.compile(r"(?:19|20)[0-9]{2}")
_MONTH_NAME = re.compile(r"0[1-9]|1[0-2]")
_BOTH = re.compile(r"((?:19|20)[0-9]{2})([-_. ]?)(0[1-9]|1[0-2])")
#: So many folders are looked into for one answer to Tab, and for so long (seconds): a share may be slow.
_MOST_LOOKED = 400
_LONGEST = 1.0


def paths(typed: str, base: Path, ending: str = "") -> list[str]:
    """The folders that begin as what was typed, and the files of an ending; relative ones count from `base`."""
    above, _, begun = typed.rpartition("/")
    folder = base / Path(f"{above}/").expanduser() if typed.count("/") else base
    found = []
    for name, is_folder in _listed(folder):
        hidden = name.startswith(".") and not begun.startswith(".")
        if name.startswith(begun) and not hidden and (is_folder or (ending and name.lower().endswith(ending))):
            found.append(typed.removesuffix(begun) + name + ("/" if is_folder else ""))
    return sorted(found)


class DropPaths:
    """The drop paths that some clients' folders allow; each level is looked at once."""

    def __init__(self, root: Path, clients: Sequence[str], clock: Clock) -> None:
        self._root = root
        self._clients = clients
        self._clock = clock
        self._known: dict[str, list[str]] = {}

    def complete(self, typed: str) -> list[str]:
        """Whole paths that begin as what was typed, the most common first; capitals and accents do not count."""
        if typed.startswith("/"):
            return []
        above, slash, begun = typed.rpartition("/")
        if above not in self._known:
            self._known[above] = self._beneath(above)
        names = list(dict.fromkeys(with_variables(name, above) for name in self._known[above]))
        variables = [_MONTH] if _YEAR in above else [_YEAR]
        names += [name for name in variables if begun[:1] in {"{", "<"} and name not in names]
        return [
            f"{above}{slash}{name}"
            for name in names
            if fold(name).startswith(fold(begun)) or (name[:1] == "{" and begun[:1].isdigit())
        ]

    def _beneath(self, above: str) -> list[str]:
        """The names of folders at a path beneath the clients', the most common first."""
        try:
            segments = Template.parse(above).segments if above else ()
        except ConfigurationError:
            return []
        began = self._clock.monotonic()
        counts: Counter[str] = Counter()
        looked = 0

        def go_down(folder: Path, depth: int) -> None:
            nonlocal looked
            looked += 1
            if looked > _MOST_LOOKED or self._clock.monotonic() - began > _LONGEST:
                return
            for name, is_folder in _listed(folder):
                if not is_folder or ignored(name):
                    continue
                if depth == len(segments):
                    counts[name] += 1
                elif segments[depth].match(name) is not None:
                    go_down(folder / name, depth + 1)

        for client in self._clients:
            go_down(self._root / client, 0)
        return [name for name, _ in counts.most_common()]


def with_variables(name: str, above: str = "") -> str:
    """A folder's name with the variables that it surely is: a year, a year and a month, or a month beneath a year."""
    if _YEAR_NAME.fullmatch(name):
        return _YEAR
    if both := _BOTH.fullmatch(name):
        return f"{_YEAR}{both[2]}{_MONTH}"
    beneath_year = _YEAR in above or any(_YEAR_NAME.fullmatch(part) for part in above.split("/"))
    return _MONTH if beneath_year and _MONTH_NAME.fullmatch(name) else name


def path_with_variables(path: str) -> str:
    """The same for each name of a path."""
    names: list[str] = []
    for name in path.split("/"):
        names.append(with_variables(name, "/".join(names)))
    return "/".join(names)


def _listed(folder: Path) -> Iterator[tuple[str, bool]]:
    """The entries of a folder, and whether each is one itself; none of one that cannot be listed."""
    try:
        with os.scandir(folder) as listing:
            for entry in listing:
                try:
                    yield entry.name, entry.is_dir()
                except OSError:
                    continue
    except OSError:
        return
