"""How the house's values lie in the ledger: text that sorts, bytes that survive, no number that can overflow."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushdoc.document import DocumentType, Identity
from pushdoc.period import Period
from pushdoc.states import Event, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def written(value: Any) -> Any:
    """What the database keeps of a value of the house; what it keeps as it is comes back unchanged."""
    write = _WRITING.get(type(value))
    return value if write is None else write(value)


def moment(text: str) -> datetime:
    """An aware moment, in UTC."""
    return datetime.fromisoformat(text)


@lru_cache(1024)  # the same few are read again while a document is on its way, and its folder with each of its like
def path(name: bytes) -> Path:
    """A path, undecodable bytes as surrogates (`os.fsdecode`)."""
    return Path(os.fsdecode(name))


def identity(text: str) -> Identity:
    """Which file it was."""
    return Identity(*map(int, text.split(":")))


def phrase(text: str) -> Phrase:
    """A phrase, for whoever reads it in their own language."""
    return Phrase(**json.loads(text))


def phrases(text: str) -> list[Phrase]:
    """Several phrases."""
    return [phrase(one) for one in json.loads(text)]


#: A period; a ledger has few.
period = lru_cache(Period.parse)


def _write_moment(at: datetime) -> str:
    # UTC text of one width, so that it sorts as text on every database.
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _write_identity(which: Identity) -> str:
    # As text: inode numbers of network file systems pass what a signed column holds.
    return f"{which.device}:{which.inode}:{which.size}:{which.modified_ns}"


def _write_phrase(said: Phrase) -> str:
    return json.dumps({"code": said.code, "values": dict(said.values)})


def _write_phrases(said: Iterable[Phrase]) -> str:
    return json.dumps([_write_phrase(one) for one in said])


# By the type itself and not by `isinstance`: this is asked for each value of each statement.
_WRITING: dict[type, Callable[[Any], Any]] = {
    datetime: _write_moment,
    type(Path()): os.fsencode,  # the bytes that the file system has: names need not be UTF-8
    Identity: _write_identity,
    Period: str,
    Phrase: _write_phrase,
    list: _write_phrases,
    tuple: _write_phrases,
    dict: json.dumps,
    State: str,
    Event: str,
    DocumentType: str,
    bool: int,
}
