"""Reasons as they may leave the house: no machine's name, no address, no folder above the client's.

A mail is forwarded, printed and kept by others; who looks after pushdoc finds the whole reason by `pushdoc show`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The values of phrases that name a machine or an address.
_MACHINES = frozenset({"host", "server", "url", "address"})
_GONE = "…"
#: Reasons that guess at another client's dossier, and what is said instead.
_GUESSES = {"clients.siret_resembles": "digest.siret_wrong", "clients.unknown_resembles": "clients.unknown"}
_INSIDE = re.compile(
    r"""\b[a-z][a-z0-9+.-]*://[^\s'"»)]+ | (?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?![\w.]) """
    r"""| (?<=['"«“])/[^'"»”]+(?=['"»”]) | (?<![\w.:/~])/(?:[^\s/'"]+/)*[^\s/'",;:)]+ """
    r"""| \b[a-z][\w-]*(?:\.[\w-]+)*:\d{2,5}\b(?![:\d]) | \\\\[^\s'"]+""",
    re.VERBOSE | re.IGNORECASE,
)


def discreet(phrase: Phrase, destination: str, client: str = "") -> Phrase:
    """The phrase with the destination's name where it names a machine, and paths from the client's folder on.

    Where it guesses at somebody else's dossier it guesses no more.
    """
    values = {name: _value(name, value, destination, client) for name, value in phrase.values.items()}
    return Phrase(_GUESSES.get(phrase.code, phrase.code), values)


def _value(name: str, value: Any, destination: str, client: str) -> Any:
    if isinstance(value, list | tuple):
        return [_value(name, one, destination, client) for one in value]
    if not isinstance(value, str):
        return value
    if name in _MACHINES:
        return destination or _GONE
    if _is_moment(value):
        return value
    return beneath(client, value) if value.startswith("/") else _INSIDE.sub(_GONE, value)


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def beneath(client: str, path: str) -> str:
    """A path from the client's folder on, as far as it lies beneath it; of any other path its last name."""
    parts, home = PurePath(path).parts, client.split("/")
    alike = [unicodedata.normalize("NFC", part) for part in parts]
    wanted = [unicodedata.normalize("NFC", part) for part in home]
    at = _found(wanted, alike)
    below = parts[at + len(home) :] if at is not None else parts[-1:]
    return "/".join(below) or _GONE


def _found(wanted: Sequence[str], among: Sequence[str]) -> int | None:
    starts = range(len(among) - len(wanted) + 1)
    return next((at for at in starts if list(among[at : at + len(wanted)]) == list(wanted)), None)
