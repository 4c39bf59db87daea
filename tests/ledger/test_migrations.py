from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from pushdoc.ledger import Ledger
from pushdoc.ledger.migrations import newest, upgrade
from pushdoc.ledger.version import APPLICATION_ID, HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from office import Office
    from pushed import PushedClock


def laid_out(path: Path) -> dict[str, str]:
    """How a database was made: each table and index, in SQL, blanks and comments aside."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    told = {name: " ".join(re.sub("-- .*", "", sql).split()) for name, sql in rows if not name.startswith("sqlite_")}
    return {name: re.sub(r" ?([(),]) ?", r"\1", sql) for name, sql in told.items()}


def connection_to(path: Path) -> Callable[[], sqlite3.Connection]:
    return lambda: sqlite3.connect(path, isolation_level=None)


def test_a_new_ledger_has_the_tables_that_all_migrations_make_together(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    upgrade(connection_to(tmp_path / "migrated.db"))

    assert laid_out(path) == laid_out(tmp_path / "migrated.db")


def test_alembic_takes_a_new_ledger_for_one_of_the_newest_version(ledger: Ledger, path: Path) -> None:
    ledger.close()
    before = laid_out(path)

    upgrade(connection_to(path))

    assert laid_out(path) == before


def test_the_newest_migration_is_the_one_that_the_house_knows() -> None:
    assert newest() == HEAD


def test_every_table_is_strict_and_no_number_of_a_document_is_given_twice(ledger: Ledger, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[1]: row[5] for row in connection.execute("PRAGMA table_list") if row[0] == "main"}

    assert {name for name, strict in tables.items() if not strict} == {
        "alembic_version",
        "sqlite_schema",
        "sqlite_sequence",
    }
    assert "AUTOINCREMENT" in laid_out(path)["document"]


def test_the_ledger_says_that_it_is_one_of_pushdoc(ledger: Ledger, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_a_ledger_of_the_first_version_is_counted_when_it_is_brought_up_to_date(
    office: Office, path: Path, clock: PushedClock, tmp_path: Path
) -> None:
    office.delivered()
    office.enter()
    office.ledger.close()
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(old)) as then:
        upgrade(connection_to(old), "0001")
        for table in ("document", "event"):
            rows = now.execute(f"SELECT * FROM {table}").fetchall()
            then.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        then.commit()

    Ledger.open(old, clock).close()

    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(old)) as then:
        for table in ("tally", "lately"):
            rows = [sorted(each.execute(f"SELECT * FROM {table}")) for each in (now, then)]
            assert [row for row in rows[0] if row[-1] != 0] == rows[1]
