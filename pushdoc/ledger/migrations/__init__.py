"""The ledger's versions, numbered from the first; `versions/` holds one file a step."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the database of an open transaction to a version, by default the newest."""
    with as_file(files(__name__)) as folder:
        config = _config(folder)
        config.attributes["connection"] = connection
        command.upgrade(config, to)


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
