from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from pushdoc.errors import ConfigurationError, HeldError, PushdocError
from pushdoc.ledger import History, Ledger
from pushdoc.ledger.engine import open_for_reading, open_for_writing
from pushdoc.ledger.version import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from office import Office
    from pushed import PushedClock


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refusal(path: Path, clock: PushedClock) -> PushdocError:
    with pytest.raises(PushdocError) as caught:
        Ledger.open(path, clock).close()
    return caught.value


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may walk into; the test's own are for its user only."""
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def pragmas(connection: sqlite3.Connection, *names: str) -> list[object]:
    return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]


def test_every_connection_survives_a_power_cut(path: Path) -> None:
    for _ in range(2):  # made, then opened again
        with closing(open_for_writing(path)) as connection:
            assert pragmas(connection, "journal_mode", "synchronous") == ["wal", 2]
            assert pragmas(connection, "foreign_keys", "trusted_schema") == [1, 0]


def test_each_who_asks_has_a_connection_alone_and_it_serves_the_next(ledger: Ledger, path: Path) -> None:
    with closing(open_for_reading(path)) as readers:
        with ExitStack() as held:
            asking = [held.enter_context(readers.asking()) for _ in range(6)]
            assert len({id(connection) for connection in asking}) == 6
            assert {tuple(pragmas(each, "foreign_keys", "trusted_schema")) for each in asking} == {(1, 0)}
        with readers.asking() as connection:
            assert connection in asking


def test_a_restored_backup_is_brought_back_to_the_safe_mode(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    change(path, f"VACUUM INTO '{tmp_path / 'backup.db'}'")

    open_for_writing(tmp_path / "backup.db").close()

    with closing(sqlite3.connect(tmp_path / "backup.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_ledger_is_made_where_there_is_none_and_opened_where_there_is(path: Path, clock: PushedClock) -> None:
    Ledger.open(path, clock).close()
    before = path.stat().st_ino

    Ledger.open(path, clock).close()

    assert path.stat().st_ino == before
    assert path.parent.stat().st_mode & 0o007 == 0


def test_programs_that_make_the_same_ledger_at_once_all_get_it(path: Path, clock: PushedClock) -> None:
    at_once = threading.Barrier(8)

    def program(_number: int) -> Ledger:
        at_once.wait()
        return Ledger.open(path, clock)

    with ThreadPoolExecutor(8) as programs:
        for opened in programs.map(program, range(8)):
            opened.close()

    with closing(open_for_writing(path)) as connection:
        assert pragmas(connection, "integrity_check", "journal_mode") == ["ok", "wal"]


def test_what_makes_newer_versions_is_loaded_only_where_there_is_one_to_make(path: Path) -> None:
    story = """
import sys
import threading
from pathlib import Path
from pushed import PushedClock
from pushdoc.ledger import History, Ledger

for _ in range(2):
    Ledger.open(Path(sys.argv[1]), PushedClock()).close()
History.open(Path(sys.argv[1])).close()
print(sorted({"alembic", "sqlalchemy"} & sys.modules.keys()))
"""

    told = subprocess.run(
        [sys.executable, "-c", story, str(path)],
        env={"PYTHONPATH": str(Path(__file__).parent.parent), "PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
        text=True,
    )

    assert told.stdout.strip() == "[]"


def test_an_empty_file_becomes_a_ledger(path: Path, clock: PushedClock) -> None:
    path.parent.mkdir()
    path.touch()

    Ledger.open(path, clock).close()

    History.open(path).close()


def test_a_path_with_signs_that_mean_something_in_an_address_is_taken_as_it_is(
    tmp_path: Path, clock: PushedClock
) -> None:
    odd = tmp_path / "100% d'été ? #1&mode=ro.db"

    Ledger.open(odd, clock).close()

    assert odd.exists()


def test_an_older_ledger_is_not_read_and_the_advice_is_to_start_pushdoc(ledger: Ledger, path: Path) -> None:
    change(path, "UPDATE alembic_version SET version_num = '0000'")

    with pytest.raises(ConfigurationError) as caught:
        History.open(path)

    assert caught.value.phrase.code == "ledger.older"


def test_a_newer_ledger_is_left_alone_by_writer_and_reader(ledger: Ledger, path: Path, clock: PushedClock) -> None:
    change(path, "UPDATE alembic_version SET version_num = '9999'")

    assert refusal(path, clock).phrase.code == "ledger.newer"
    assert refusal(path, clock).phrase.values == {"path": str(path), "version": "9999", "known": HEAD}
    with pytest.raises(ConfigurationError) as caught:
        History.open(path)
    assert caught.value.phrase.code == "ledger.newer"


def test_somebody_elses_database_is_refused_and_not_touched(path: Path, clock: PushedClock) -> None:
    path.parent.mkdir()
    change(path, "CREATE TABLE invoices (id)", "INSERT INTO invoices VALUES (1)")
    before = path.read_bytes()

    assert refusal(path, clock).phrase.code == "ledger.foreign"

    assert path.read_bytes() == before
    assert [beside.name for beside in path.parent.iterdir()] == [path.name]


def test_what_is_no_database_is_refused_and_not_touched(path: Path, clock: PushedClock) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Dossier;SIRET\n" * 1000)

    assert refusal(path, clock).phrase.code == "ledger.broken"

    assert path.read_bytes() == b"Dossier;SIRET\n" * 1000


def test_a_damaged_ledger_is_told_as_damaged(office: Office, path: Path, clock: PushedClock) -> None:
    for _ in range(50):
        office.enter()
    office.ledger.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)

    assert refusal(path, clock).phrase.code == "ledger.broken"


def test_a_ledger_that_may_not_be_written_is_told_as_a_matter_of_rights(open_folder: Path, clock: PushedClock) -> None:
    path = open_folder / "pushdoc.db"
    Ledger.open(path, clock).close()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    user = os.geteuid()
    os.seteuid(65534)  # root may write anywhere
    try:
        assert refusal(path, clock).phrase.code == "ledger.no_access"
    finally:
        os.seteuid(user)
        open_folder.chmod(0o755)


@pytest.mark.parametrize("parent", ["", "locked", "disk full, not a database"])
def test_a_ledger_in_a_place_that_is_no_folder_is_told_as_a_matter_of_rights(
    tmp_path: Path, clock: PushedClock, parent: str
) -> None:
    # The file system's errors say the path, whatever it is called; it must not be taken for the reason.
    (tmp_path / parent).mkdir(exist_ok=True)
    (tmp_path / parent / "file").touch()

    error = refusal(tmp_path / parent / "file" / "pushdoc.db", clock)

    assert isinstance(error, ConfigurationError)
    assert error.phrase.code == "ledger.no_access"


def test_a_folder_in_the_ledgers_place_is_told_as_a_matter_of_rights(path: Path, clock: PushedClock) -> None:
    path.mkdir(parents=True)

    assert refusal(path, clock).phrase.code == "ledger.no_access"


def test_there_is_nothing_to_read_where_there_is_no_ledger_and_none_is_made(path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        History.open(path)

    assert caught.value.phrase.code == "ledger.no_access"
    assert not path.exists()


def test_a_full_disk_is_told_and_loses_nothing_that_was_written(ledger: Ledger, path: Path) -> None:
    story = """
import resource, sys
from pathlib import Path
from office import Office
from pushed import PushedClock
from pushdoc import log
from pushdoc.errors import PushdocError
from pushdoc.ledger import Ledger

log.configure("error")
clock = PushedClock()
office = Office(Ledger.open(Path(sys.argv[1]), clock), clock)
written = 0
try:
    while written < 10_000:
        office.enter()
        written += 1
except PushdocError as error:
    print(error.phrase.code, written)
"""
    size = 400_000

    told = subprocess.run(
        [sys.executable, "-c", story, str(path)],
        env={"PYTHONPATH": str(Path(__file__).parent.parent), "PATH": os.environ["PATH"]},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()

    assert told[0] == "ledger.no_space"
    history = History.open(path)
    assert len(list(history.documents())) == int(told[1]) > 0
    history.close()


def test_a_ledger_that_another_program_keeps_locked_is_held_not_broken(
    ledger: Ledger, path: Path, clock: PushedClock
) -> None:
    hasty = Ledger(open_for_writing(path, busy_s=0.01), path, clock)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HeldError) as caught:
            hasty.notes.begin()
        other.execute("ROLLBACK")
    hasty.close()

    assert caught.value.phrase.code == "ledger.locked"


def test_a_reader_in_the_middle_of_a_question_does_not_stop_the_writer(office: Office, history: History) -> None:
    for _ in range(3):
        office.enter()
    asked = history.documents()
    first = next(asked)

    office.enter()

    assert [first.id, *(document.id for document in asked)] == [1, 2, 3]
    assert len(list(history.documents())) == 4


def test_questions_may_be_asked_while_the_answer_to_another_is_read(office: Office, history: History) -> None:
    for _ in range(3):
        office.enter()

    assert [len(history.life(document.id)) for document in history.documents()] == [1, 1, 1]


def test_a_reader_cannot_write(office: Office, path: Path) -> None:
    office.enter()

    with (
        closing(open_for_reading(path)) as readers,
        pytest.raises(PushdocError) as caught,
        readers.asking() as connection,
    ):
        connection.execute("DELETE FROM event")

    assert caught.value.phrase.code == "ledger.no_access"
    assert "readonly" in str(caught.value.__cause__)


def test_what_the_ledger_says_of_a_fault_of_pushdoc_is_passed_on(office: Office) -> None:
    with pytest.raises(PushdocError) as caught:
        office.ledger.amend(office.enter(), client=None)

    assert caught.value.phrase.code == "ledger.trouble"
    assert "NOT NULL" in str(caught.value)


def test_what_was_claimed_survives_the_death_of_its_process(office: Office, path: Path) -> None:
    entered = office.enter()
    story = """
import os, signal, sys
from pathlib import Path
from pushed import PushedClock
from pushdoc import log
from pushdoc.ledger import Ledger

log.configure("error")
print(Ledger.open(Path(sys.argv[1]), PushedClock()).claim("inqom").reference, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""

    died = subprocess.run(
        [sys.executable, "-c", story, str(path)],
        env={"PYTHONPATH": str(Path(__file__).parent.parent), "PATH": os.environ["PATH"]},
        check=False,
        capture_output=True,
        text=True,
    )

    assert died.returncode == -signal.SIGKILL
    after = office.ledger.get(entered.id)
    assert (after.state, after.reference) == ("sending", died.stdout.strip())
