"""Statements to the database: their texts, put together once, and the values of the house that go into them.

The driver is spoken to directly: it carries out a statement as small as the ledger's in 10 to 20 µs, where SQLAlchemy
takes 100 to 130 and holds 20 MB. Portable SQL only: the same statements will do in PostgreSQL when several machines
share the work.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pushdoc.ledger.columns import written

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

# SQLite takes a partial index only where the question repeats its condition word for word, so both say it from here.
IS_WAITING = "state = 'waiting'"
#: The few that are asked about by their state, among the many that are done with.
IS_UNFILED = "state NOT IN ('archived', 'kept')"
#: The document may still have something to do with its drop folder.
IS_LIVE = "state NOT IN ('archived', 'kept', 'withdrawn')"

#: The mail may still have to be sent.
IS_UNSENT = "state IN ('waiting', 'sending', 'uncertain')"


def execute(connection: sqlite3.Connection, statement: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
    """What the database answers to a statement; `values` are the house's, by the names that it has them under."""
    return connection.execute(statement, {name: written(value) for name, value in values.items()})


@cache
def insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that writes a new row; each column's value goes by its name."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{name}' for name in columns)})"


@cache
def replacement(table: str, columns: tuple[str, ...], key: str) -> str:
    """The statement that writes a row in the place of the one with the same key, or a new one."""
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns)
    return f"{insertion(table, columns)} ON CONFLICT ({key}) DO UPDATE SET {changed}"


@cache
def change_of_document(columns: tuple[str, ...]) -> str:
    """The statement that changes some columns of the document `:number`; conditions may follow."""
    return f"UPDATE document SET {', '.join(f'{name} = :{name}' for name in columns)} WHERE id = :number"
