"""The ledger's versions, numbered from the first; `versions/` holds one file a step.

SQLAlchemy and alembic change the tables of an older ledger, and come into a process only for that; a new one is made
by `schema`.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import DatabaseError

from pushdoc.ledger.version import APPLICATION_ID

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path


def upgrade(connect: Callable[[], sqlite3.Connection], to: str = "head") -> None:
    """Bring a ledger to a version, by default the newest, in one transaction.

    Where two programs come at once, the second waits for the first, and finds nothing left to do.

    Raises:
        sqlite3.DatabaseError: it could not be written; it is as it was.
    """
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    try:
        with engine.begin() as connection, as_file(files(__name__)) as folder:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            config = _config(folder)
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    except DatabaseError as error:
        raise error.orig or error from error


def newest() -> str:
    """The number of the newest migration."""
    with as_file(files(__name__)) as folder:
        head = ScriptDirectory.from_config(_config(folder)).get_current_head()
    assert head is not None
    return head


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
