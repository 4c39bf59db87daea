"""The unit that systemd is given: the packaged text with one installation's own lines in it.

Asks nothing of the machine.
Source for every line that is written here: systemd.exec(5) and systemd.service(5) of version 252.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.service.needs import Needs

#: By this line a unit is known as ours, whoever copied it.
FIRST_LINE = "# pushdoc under systemd."
#: StateDirectory=pushdoc makes it, gives it to the user, and lets it be written.
STATE = Path("/var/lib/pushdoc")
#: What ProtectHome= closes.
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
#: What a path cannot hold without being read as something else somewhere in a unit: ":" parts the paths of a bind.
_UNFIT = frozenset("\"'\\:")
#: What concerns the running of the daemon, and not what surrounds it.
_RUNNING = frozenset(
    {
        "Type",
        "ExecStart",
        "ExecReload",
        "Restart",
        "RestartSec",
        "RestartPreventExitStatus",
        "TimeoutStartSec",
        "KillMode",
        "TimeoutStopSec",
        "WatchdogSec",
    }
)


def filled(text: str, needs: Needs) -> str:
    """The packaged unit with this installation's lines.

    Raises:
        ConfigurationError: a path that cannot be written in a unit.
    """
    at_home = any(_beneath(path, _HOMES) for path in (*needs.writes, *needs.reads))
    written = [path for path in needs.writes if not _beneath(path, (STATE, *_HOMES))]
    lines = {
        "#RequiresMountsFor": [] if _beneath(needs.ledger, (STATE,)) else [_quoted(_path(needs.ledger.parent))],
        "ExecStart": [" ".join(_word(word) for word in (*needs.program, "-c", str(needs.rules), "run"))],
        "User": [needs.user],
        "Group": [needs.group],
        "#SupplementaryGroups": [" ".join(needs.groups)] if needs.groups else [],
        "LoadCredential": [f"{file.name}:{_path(file)}" for file in needs.credentials],
        "ReadWritePaths": [_quoted(f"-{_path(path)}") for path in written],
        "ProtectHome": ["tmpfs" if at_home else "yes"],
    }
    given = text.splitlines()
    for key, values in lines.items():
        # A commented line is an offer: it stays where nobody takes it up.
        if values or not key.startswith("#"):
            given = list(_with(given, key, values))
    home = given.index(f"ProtectHome={lines['ProtectHome'][0]}") + 1
    given[home:home] = _binds(needs)
    return "\n".join(given) + "\n"


def kept(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The user and the further groups of a unit that is installed, so that an upgrade keeps them."""
    found = {key: value for key, value in _settings(text) if key in {"User", "SupplementaryGroups"}}
    return found.get("User"), tuple(found.get("SupplementaryGroups", "").split())


def surroundings(text: str) -> Iterator[str]:
    """The settings of a unit that make its sandbox, as `systemd-run --property=` takes them."""
    for key, value in _settings(text.partition("[Service]")[2].partition("\n[")[0]):
        if key not in _RUNNING:
            # A property is taken as it is: only unit files have specifiers.
            yield f"{key}={value.replace('%%', '%')}"


def _binds(needs: Needs) -> Iterator[str]:
    """The folders beneath people's homes that the service shall see all the same."""
    for key, paths in (("BindPaths", needs.writes), ("BindReadOnlyPaths", needs.reads)):
        for path in sorted(paths):
            others = [other for other in paths if other != path]
            if _beneath(path, _HOMES) and not _beneath(path, tuple(others)):
                yield f"{key}={_quoted(f'-{_path(path)}')}"


def _settings(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line and not line.startswith(("#", ";", "[")):
            key, _, value = line.partition("=")
            yield key.strip(), value.strip()


def _with(lines: list[str], key: str, values: list[str]) -> Iterator[str]:
    """The lines with `values` in the place of the first line of a key; its other lines are gone."""
    placed = False
    for line in lines:
        if not line.startswith(f"{key}="):
            yield line
        elif not placed:
            placed = True
            yield from (f"{key.removeprefix('#')}={value}" for value in values)


def _beneath(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def _word(text: str) -> str:
    """One word of ExecStart=, where `$` would begin a variable."""
    return _quoted(_path(Path(text)).replace("$", "$$")) if "/" in text else text


def _quoted(text: str) -> str:
    return f'"{text}"' if any(char.isspace() for char in text) else text


def _path(path: Path) -> str:
    """A path as a unit has it, where `%` would begin a specifier.

    Raises:
        ConfigurationError: it holds what would be read as something else.
    """
    text = str(path)
    if visible(text) != text or _UNFIT & set(text):
        raise ConfigurationError(Phrase("service.path_unfit", {"path": text}))
    return text.replace("%", "%%")
