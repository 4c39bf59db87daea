"""What a ledger says of itself: that it is one of pushdoc, and by which migration its tables were left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

#: The newest migration: what an up-to-date ledger says of itself.
HEAD = "0003"

#: "pdoc": tells a pushdoc ledger from any other SQLite file.
APPLICATION_ID = 0x70646F63


def version(connection: sqlite3.Connection, path: Path) -> str | None:
    """The ledger's migration, None for an empty database.

    Raises:
        ConfigurationError: somebody else's database, or a newer pushdoc's.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID or "alembic_version" not in tables:
        raise ConfigurationError(Phrase("ledger.foreign", {"path": str(path)}))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    found: str | None = None if row is None else row[0]
    if found is not None and found > HEAD:
        raise ConfigurationError(Phrase("ledger.newer", {"path": str(path), "version": found, "known": HEAD}))
    return found
