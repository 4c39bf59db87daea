from __future__ import annotations

import os
import resource
import sqlite3
import stat
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pushdoc.errors import ConfigurationError, PushdocError, WrongUseError
from pushdoc.ledger import History, Ledger, backup, faults

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office
    from pushed import PushedClock


def flip(path: Path, table: str) -> None:
    """Spoil the first page of a table or an index."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        spoilt = bytes(byte ^ 0xFF for byte in file.read(200))
        file.seek((page - 1) * size)
        file.write(spoilt)


def fill(office: Office, documents: int = 40) -> None:
    for _ in range(documents):
        office.enter()


def test_a_sound_ledger_has_no_faults_while_it_is_open_too(office: Office, path: Path) -> None:
    fill(office)

    assert faults(path) == faults(path, quick=True) == []


@pytest.mark.parametrize("quick", [True, False])
def test_bytes_that_flipped_in_a_table_are_found(office: Office, ledger: Ledger, path: Path, *, quick: bool) -> None:
    fill(office)
    ledger.close()
    flip(path, "event")

    try:
        found = faults(path, quick=quick)
    except ConfigurationError as error:
        found = [error.phrase.code]

    assert found


def test_an_index_that_lost_a_row_is_found_by_the_whole_check(office: Office, ledger: Ledger, path: Path) -> None:
    fill(office)
    ledger.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'document_path'").fetchone()[0]
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'document_path'", (f"{sql} WHERE id < 3",))
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("REINDEX document_path")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'document_path'", (sql,))
        connection.commit()

    assert any("document_path" in fault for fault in faults(path))


def test_an_event_of_no_document_is_found(office: Office, path: Path) -> None:
    fill(office)
    with closing(sqlite3.connect(path)) as connection:  # foreign keys are off here
        connection.execute("UPDATE event SET document = 9999 WHERE id = 1")
        connection.commit()

    assert faults(path) == ["event 1"]


def test_what_is_no_ledger_is_said(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("no database at all, but long enough to be taken for one" * 9)

    with pytest.raises(ConfigurationError):
        faults(other)


def test_a_backup_made_while_it_is_written_is_whole_and_is_a_ledger(
    office: Office, path: Path, tmp_path: Path, clock: PushedClock
) -> None:
    fill(office)
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            office.archived()

    writer = threading.Thread(target=keep_writing)
    target = tmp_path / "backup.db"
    drain(office)
    writer.start()
    try:
        size = backup(path, target)
    finally:
        stop.set()
        writer.join(10)

    assert size == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert faults(target) == []
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("backup")] == ["backup.db"]
    reading = History.open(target)
    documents = list(reading.documents())
    reading.close()
    assert len(documents) >= 40
    again = Ledger.open(target, clock)
    assert again.notes.identity() == office.ledger.notes.identity()
    again.close()


def drain(office: Office) -> None:
    """Claim what waits, so that the writer's own documents are next."""
    while office.ledger.claim("inqom") is not None:
        pass


def test_a_target_that_exists_is_left_as_it_is(office: Office, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("precious")

    with pytest.raises(WrongUseError):
        backup(path, target)

    assert target.read_text() == "precious"


def test_a_target_that_cannot_be_made_is_said(office: Office, path: Path, tmp_path: Path) -> None:
    with pytest.raises(PushdocError) as caught:
        backup(path, tmp_path / "nowhere" / "backup.db")

    assert caught.value.phrase.code == "ledger.backup_failed"


def test_a_disk_that_is_full_leaves_nothing_behind(office: Office, path: Path, tmp_path: Path) -> None:
    fill(office, 300)
    target = tmp_path / "backup.db"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))  # Python passes over SIGXFSZ: EFBIG remains
    try:
        with pytest.raises(PushdocError):
            backup(path, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert not target.exists()
    assert os.listdir(tmp_path) == ["var"]  # noqa: PTH208 -- hidden files too
