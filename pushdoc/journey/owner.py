"""Who sends from the clients' folders: one ledger for one root, and never an older copy of it.

A hidden file in the root names the ledger that knows what was sent from here, and how far its history had come.
Another ledger (a second installation, or a new one after the first was deleted) knows nothing of that and would send
everything anew; an old backup has forgotten the last part. Both are refused until `pushdoc reconcile` has looked what
is really there.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.log import logger
from pushdoc.marks import OWNER_SIGN
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWNER_FILE = OWNER_SIGN


@dataclass(frozen=True, slots=True)
class Owner:
    """A ledger by its own id, where it was when it last wrote here, and how long its history was then."""

    ledger: str
    path: str
    host: str
    events: int

    @classmethod
    def here(cls, ledger: str, path: Path, events: int) -> Owner:
        """The ledger at a path of this machine."""
        return cls(ledger, str(path), socket.gethostname(), events)


def owner_of(root: Path) -> Owner | None:
    """Who owns a root; None where nobody does yet.

    Raises:
        ConfigurationError: the file is there and cannot be read, or was not written by pushdoc.
    """
    file = root / OWNER_FILE
    try:
        read = json.loads(file.read_text("utf-8"))
        return Owner(str(read["ledger"]), str(read["path"]), str(read["host"]), int(read["events"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(Phrase("owner.unreadable", {"path": str(file)})) from error


def written_by(ledger: str) -> Callable[[bytes], bool]:
    """Whether what stands in an owner file names this ledger."""

    def wrote(text: bytes) -> bool:
        try:
            return str(json.loads(text)["ledger"]) == ledger
        except (ValueError, KeyError, TypeError):
            return False

    return wrote


def claim(root: Path, ours: Owner) -> None:
    """Make sure that the root is ours, and write down how far our history has come.

    Raises:
        ConfigurationError: see `refuse_another`.
    """
    refuse_another(root, ours)
    write(root, ours)


def refuse_another(root: Path, ours: Owner) -> None:
    """Come back where nothing speaks against sending from a root.

    Raises:
        ConfigurationError: it is another ledger's, or ours was longer once; nothing may be sent.
    """
    known = owner_of(root)
    if known is not None and known.ledger != ours.ledger:
        values = {"root": str(root), "path": known.path, "host": known.host, "ours": ours.path}
        raise ConfigurationError(Phrase("owner.other_ledger", values))
    if known is not None and known.events > ours.events:
        forgotten = {"root": str(root), "path": ours.path, "missing": known.events - ours.events}
        raise ConfigurationError(Phrase("owner.old_ledger", forgotten))


def write(root: Path, ours: Owner) -> None:
    """Write down that the root is ours; where nothing can be written, the log says so once a call.

    A root that takes no file takes no archive and no mark either, and those say it to people.
    """
    part = root / f"{OWNER_FILE}.part"
    try:
        with part.open("w", encoding="utf-8") as writing:
            json.dump(asdict(ours), writing)
            writing.flush()
            os.fsync(writing.fileno())
        part.rename(root / OWNER_FILE)
    except OSError as error:
        logger().warning("cannot write who owns the clients' folders", path=root, reason=error)
