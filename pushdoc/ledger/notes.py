"""What the ledger keeps besides documents: the mapping, how each destination is, and who runs.

Written by the running pushdoc, read by `History` for everybody else.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from pushdoc.ledger.columns import moment, phrase, phrases
from pushdoc.ledger.statements import execute, insertion, replacement
from pushdoc.words import Phrase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

#: Where `house` keeps what is wrong with rules that were not taken up.
REFUSED = "rules_refused"
#: Where it keeps when the rules were last read anew and taken up.
RULES_READ = "rules_read"
#: Where it keeps what looks could not do, by client.
TROUBLES = "troubles"
#: What makes a note's values of the database's; the other columns hold them as they are.
_READING: dict[str, Callable[[Any], Any]] = {
    "usable": bool,
    "reason": phrase,
    "since": moment,
    "until": moment,
    "last_round": moment,
    "last_scan": moment,
    "problems": phrases,
}


@dataclass(frozen=True, slots=True)
class MappingNote:
    """What the last mapping said of one client at one destination; `verdict` is `clients.mapping`'s word."""

    client: str
    siret: str
    verdict: str
    dossier: str | None
    dossier_name: str | None
    usable: bool
    reason: Phrase | None


@dataclass(frozen=True, slots=True)
class DestinationNote:
    """How a destination is, since when, until when it is left alone, and after how many pauses in a row."""

    name: str
    state: str
    since: datetime
    until: datetime | None = None
    reason: Phrase | None = None
    pauses: int = 0


@dataclass(frozen=True, slots=True)
class RunNote:
    """The pushdoc that sends from this ledger, now or last."""

    pid: int
    since: datetime
    mode: str
    folders: int
    last_round: datetime | None = None
    last_scan: datetime | None = None
    problems: Sequence[Phrase] = ()


@dataclass(frozen=True, slots=True)
class RefusedNote:
    """Changed rules that the running pushdoc did not take up: when, and why, each reason with its place.

    What it goes on with is beside it, for whoever cannot read it from a broken file: the names of its rules and
    destinations, how many clients are enabled, and whose language and time zone it speaks.
    """

    at: datetime
    problems: Sequence[tuple[str, Phrase]]
    rules: Sequence[str]
    destinations: Sequence[str]
    enabled: int
    language: str
    timezone: str


@dataclass(frozen=True, slots=True)
class TroubleNote:
    """What looks could not do for one client, or ("") for all of them; its places count from the client's folder."""

    client: str
    phrase: Phrase


_Note = TypeVar("_Note", MappingNote, DestinationNote, RunNote)


def columns_of(kind: type[_Note]) -> str:
    """What a question asks for whose rows `note_of` reads."""
    return ", ".join(field.name for field in fields(kind))


def note_of(kind: type[_Note], cells: Sequence[Any]) -> _Note:
    """The note in the answer to a question for `columns_of`."""
    named = zip((field.name for field in fields(kind)), cells, strict=True)
    return kind(*(_READING[name](cell) if cell is not None and name in _READING else cell for name, cell in named))


class Notes:
    """The writer of these; `writing` gives one durable transaction, `reading` one that only asks."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._writing = writing
        self._reading = reading

    def identity(self) -> str:
        """The ledger's own id, given when it was first opened; a copy of the ledger has the same."""
        with self._writing() as connection:
            return _value(connection, "id") or _keep(connection, "id", uuid.uuid4().hex)

    def length(self) -> int:
        """How long the history is; it only ever grows, so that a shorter one is an older copy."""
        with self._reading() as connection:
            return connection.execute("SELECT max(id) FROM event").fetchone()[0] or 0

    def begin(self) -> bool:
        """A run begins; whether the one before it ended as it should, or there was none."""
        with self._writing() as connection:
            unclean = _value(connection, "running") == "1"
            _keep(connection, "running", "1")
            _keep(connection, REFUSED, "")  # it begins with the rules as they are
            return not unclean

    def end(self) -> None:
        """The run ends as it should."""
        with self._writing() as connection:
            _keep(connection, "running", "0")

    def keep_refused(self, note: RefusedNote | None) -> None:
        """Write down that changed rules were refused, or with None that they are in order."""
        with self._writing() as connection:
            _keep(connection, REFUSED, "" if note is None else _refused_text(note))

    def refused(self) -> RefusedNote | None:
        """The changed rules that were refused; None where they are in order."""
        with self._reading() as connection:
            return refused_of(_value(connection, REFUSED) or "")

    def keep_rules_read(self, at: datetime) -> None:
        """Write down since when the rules in force are known to be those of the file."""
        with self._writing() as connection:
            _keep(connection, RULES_READ, at.isoformat())

    def keep_troubles(self, notes: Sequence[TroubleNote]) -> None:
        """Replace what is known of files that have long not become whole and of folders that cannot be looked at."""
        with self._writing() as connection:
            _keep(connection, TROUBLES, json.dumps([(one.client, one.phrase.code, one.phrase.values) for one in notes]))

    def keep_mapping(self, name: str, notes: Sequence[MappingNote], at: datetime) -> None:
        """Replace a destination's whole mapping."""
        with self._writing() as connection:
            execute(connection, "DELETE FROM mapping WHERE destination = :name", {"name": name})
            for note in notes:
                row = asdict(note) | {"reason": note.reason, "destination": name, "refreshed": at}
                execute(connection, insertion("mapping", tuple(row)), row)

    def keep_destination(self, note: DestinationNote) -> None:
        """Replace what is known of how a destination is."""
        row = asdict(note) | {"reason": note.reason}
        with self._writing() as connection:
            execute(connection, replacement("destination", tuple(row), "name"), row)

    def destination(self, name: str) -> DestinationNote | None:
        """What was last known of how a destination is."""
        question = f"SELECT {columns_of(DestinationNote)} FROM destination WHERE name = :name"
        with self._reading() as connection:
            row = execute(connection, question, {"name": name}).fetchone()
            return None if row is None else note_of(DestinationNote, row)

    def keep_run(self, note: RunNote) -> None:
        """Replace what is known of the running pushdoc."""
        row = asdict(note) | {"id": 1, "problems": note.problems}
        with self._writing() as connection:
            execute(connection, replacement("run", tuple(row), "id"), row)


def refused_of(text: str) -> RefusedNote | None:
    """The note in the text that is kept under `REFUSED`."""
    if not text:
        return None
    read = json.loads(text)
    problems = [(place, Phrase(**said)) for place, said in read["problems"]]
    return RefusedNote(**read | {"at": moment(read["at"]), "problems": problems})


def troubles_of(text: str) -> list[TroubleNote]:
    """The notes in the text that is kept under `TROUBLES`."""
    return [TroubleNote(client, Phrase(code, values)) for client, code, values in json.loads(text)]


def _refused_text(note: RefusedNote) -> str:
    problems = [(place, {"code": said.code, "values": dict(said.values)}) for place, said in note.problems]
    return json.dumps(asdict(note) | {"at": note.at.isoformat(), "problems": problems})


def _value(connection: sqlite3.Connection, key: str) -> str | None:
    row = execute(connection, "SELECT value FROM house WHERE key = :key", {"key": key}).fetchone()
    return None if row is None else row[0]


def _keep(connection: sqlite3.Connection, key: str, value: str) -> str:
    execute(connection, replacement("house", ("key", "value"), "key"), {"key": key, "value": value})
    return value
