"""What the service needs of its machine, as the rules have it: secrets, folders to write, folders to read."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pushdoc
from pushdoc.secret import SecretReference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.wiring import Plan


@dataclass(frozen=True, slots=True)
class Needs:
    """What differs from one installation's unit to another's; paths are absolute and without links.

    `credentials` are the files that systemd hands over by their names; `environment` the variables that hold secrets,
    which systemd knows nothing of; `belongings` the files that must be the service's own: the ledger's, and files with
    secrets.
    """

    program: tuple[str, ...]
    rules: Path
    user: str
    group: str
    groups: tuple[str, ...]
    credentials: tuple[Path, ...]
    environment: tuple[str, ...]
    writes: tuple[Path, ...]
    reads: tuple[Path, ...]
    ledger: Path
    belongings: tuple[Path, ...]


def needs_of(plan: Plan, user: str, group: str, groups: tuple[str, ...]) -> Needs:
    """What this pushdoc needs to run with these rules as a user."""
    rules = plan.rules
    tables = [*rules.destination.values(), *([rules.mail] if rules.mail else [])]
    secrets = [value for table in tables for _, value in table if isinstance(value, SecretReference)]
    files = [plan.file.parent / secret.name for secret in secrets if secret.scheme == "file"]
    folders = [value for table in rules.destination.values() for _, value in table if isinstance(value, Path)]
    folders += [rules.metrics.file.parent] if rules.metrics.file else []
    ledger = _lying(rules.ledger.path)
    table = [rules.clients.table] if rules.clients.table else []
    # Where pushdoc and its Python lie, which may be somebody's home.
    python = [Path(sys.prefix), Path(sys.base_prefix), Path(pushdoc.__file__).parent.parent]
    return Needs(
        program=_program(),
        rules=plan.file,
        user=user,
        group=group,
        groups=groups,
        credentials=tuple(plan.file.parent / "credentials" / name for name in _names(secrets, "credential")),
        environment=_names(secrets, "env"),
        writes=tuple(dict.fromkeys(map(_real, [rules.clients.root, *folders, ledger.parent]))),
        reads=tuple(dict.fromkeys(map(_real, [file.parent for file in (plan.file, *table, *files)] + python))),
        ledger=ledger,
        belongings=(*_of_the_ledger(ledger), *map(_lying, files)),
    )


def _program() -> tuple[str, ...]:
    """How this very pushdoc is started: by the command beside its interpreter, which stays where it is linked."""
    command = Path(sys.executable).absolute().with_name("pushdoc")
    return (str(command),) if command.exists() else (sys.executable, "-m", "pushdoc")


def _names(secrets: list[SecretReference], scheme: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(secret.name for secret in secrets if secret.scheme == scheme))


def _of_the_ledger(ledger: Path) -> Iterator[Path]:
    yield ledger
    for ending in ("-wal", "-shm", ".lock"):
        yield ledger.with_name(ledger.name + ending)


def _lying(file: Path) -> Path:
    """Where a file itself lies, if a link then as a link: what that leads to is somebody else's."""
    return _real(file.parent) / file.name


def _real(path: Path) -> Path:
    # realpath and not Path.resolve: a loop of links is told by `check`, and ends nothing here.
    return Path(os.path.realpath(path))
