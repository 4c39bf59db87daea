"""Every key of a rule as an option of `rules add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli import completing
from pushdoc.cli.frame import text

if TYPE_CHECKING:
    from collections.abc import Callable

#: Key of a rule, in the order of the file, and the word behind its option; a switch has none.
KEYS: dict[str, str | None] = {
    "name": "NAME",
    "drop": "PATH",
    "type": "TYPE",
    "archive": "PATH",
    "destination": "NAME",
    "clients": "NAME",
    "accept": "PATTERN",
    "subfolders": None,
    "look_back": "N",
    "settle": "TIME",
    "done": "NAME",
    "max_size": "SIZE",
    "encrypted": "WORD",
    "broken": "WORD",
    "mismatch": "WORD",
    "beneficiary": "NAME",
    "send_as": "WORD",
    "hold": None,
}
_SEVERAL = frozenset({"clients", "accept"})
_REQUIRED = frozenset({"name", "drop", "type"})


def spelt(key: str) -> str:
    """A key as its option is spelt."""
    return "--client" if key == "clients" else f"--{key.replace('_', '-')}"


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of all keys of a rule."""
    for key, word in reversed(KEYS.items()):
        kind: dict[str, Any] = {"is_flag": True} if word is None else {"metavar": word, "multiple": key in _SEVERAL}
        if key == "clients":
            kind["shell_complete"] = completing.clients
        command = click.option(
            spelt(key), key, required=key in _REQUIRED, default=None, help=text(f"ruling.add.{key}"), **kind
        )(command)
    return command


def value(key: str, given: Any) -> Any:
    """What was typed for a key, as it is written in the file."""
    if isinstance(given, tuple):
        return list(given)
    # What is no number is told by the same words as in the file.
    return int(given) if key == "look_back" and given.strip().lstrip("-").isdecimal() else given
