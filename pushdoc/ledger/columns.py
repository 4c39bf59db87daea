"""How the house's values lie in columns: text that sorts, bytes that survive, no number that can overflow."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, LargeBinary, Text, TypeDecorator

from pushdoc.document import DocumentType, Identity
from pushdoc.period import Period
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.types import TypeEngine


class Kept(TypeDecorator[Any]):
    """A column of a value of the house: written and read by two functions; NULL stays None."""

    impl: Any = Text
    cache_ok = True

    def __init__(
        self,
        name: str,
        write: Callable[[Any], Any],
        read: Callable[[Any], Any],
        impl: type[TypeEngine[Any]] = Text,
    ) -> None:
        super().__init__()
        self.impl = impl()
        self.name = name  # tells the columns' statements apart in SQLAlchemy's cache
        self._write = _unless_none(write)
        self._read = _unless_none(read)

    def bind_processor(self, dialect: Any) -> Callable[[Any], Any]:  # noqa: ARG002 -- SQLAlchemy's signature
        """What makes the database's value of the house's."""
        return self._write

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[Any], Any]:  # noqa: ARG002 -- as above
        """What makes the house's value of the database's."""
        return self._read


def _unless_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)


def _write_moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _write_identity(identity: Identity) -> str:
    return f"{identity.device}:{identity.inode}:{identity.size}:{identity.modified_ns}"


def _read_identity(text: str) -> Identity:
    return Identity(*map(int, text.split(":")))


def _write_phrase(phrase: Phrase) -> str:
    return json.dumps({"code": phrase.code, "values": dict(phrase.values)})


def _read_phrase(text: str) -> Phrase:
    return Phrase(**json.loads(text))


def _read_path(name: bytes) -> Path:
    return Path(os.fsdecode(name))


#: An aware moment as UTC text of one width, so that it sorts as text on every database.
MOMENT = Kept("moment", _write_moment, _read_moment)
#: A path as the bytes that the file system has: names need not be UTF-8.
PATH = Kept("path", os.fsencode, _read_path, LargeBinary)
#: An identity as text: inode numbers of network file systems pass what a signed column holds.
IDENTITY = Kept("identity", _write_identity, _read_identity)
#: A phrase as JSON, code and values, so that each reader gets it in their own language.
PHRASE = Kept("phrase", _write_phrase, _read_phrase)
#: Several phrases, as a JSON list.
PHRASES = Kept(
    "phrases",
    lambda phrases: json.dumps([_write_phrase(phrase) for phrase in phrases]),
    lambda text: [_read_phrase(phrase) for phrase in json.loads(text)],
)
#: A period as `2026-11`.
PERIOD = Kept("period", str, Period.parse)
#: A state by its JSON word.
STATE = Kept("state", State, State)
#: A document type by the connector's word.
TYPE = Kept("type", DocumentType, DocumentType)
#: A list or an object as JSON.
JSON = Kept("json", json.dumps, json.loads)
#: Yes or no, as 1 or 0.
BOOL = Kept("bool", int, bool, Integer)
