"""Rows P of the faults: the process, the ledger, the archive, the clock and the machine."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from faults.firm_faults import Desk, at_work
from service.firm import Firm, until

from pushdoc.errors import ExitCode, HeldError
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushed import PushedClock

    from pushdoc.sandbox import Sandbox

service = pytest.mark.service
QUICK = 'first = "1s"', 'first = "1s"\nasking = ["100ms", "200ms"]'


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path)
    yield firm
    firm.end()


@pytest.fixture
def inqom(firm: Firm) -> Iterator[Sandbox]:
    """An Inqom by the machine's own clock, for processes."""
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, QUICK)
        yield inqom


@pytest.fixture
def desk(firm: Firm, clock: PushedClock) -> Iterator[tuple[Desk, Sandbox]]:
    """The firm's pushdoc by a clock that is pushed, with the Inqom that it speaks to."""
    with firm.inqom(clock=clock.monotonic, started=clock.now()) as inqom:
        firm.write_rules(inqom.url)
        with at_work(firm, clock) as desk:
            yield desk, inqom


def names(inqom: Sandbox) -> list[str]:
    return sorted(received.name for received in inqom.received())


def once(firm: Firm, expected: int = 0) -> str:
    """What a pass over everything wrote on standard error."""
    code, out, err = firm.command("once", "--wait")
    assert code == expected, f"{code}\n{out}\n{err}"
    assert "Traceback" not in err
    return err


def ledger_files(firm: Firm) -> list[Path]:
    return [file for file in firm.ledger.parent.iterdir() if not file.name.endswith(".lock")]


def lose_ledger(firm: Firm) -> None:
    for file in ledger_files(firm):
        file.unlink()


@service
def test_p08_a_second_sigterm_ends_at_once_and_the_next_start_settles_what_was_under_way(
    firm: Firm, inqom: Sandbox
) -> None:
    inqom.faults.set("silent=next:1")
    daemon = firm.run()
    firm.drop("a.pdf")
    until(inqom.received, "it has arrived, and nobody was told")
    daemon.send(signal.SIGTERM)
    until(lambda: "stopping" in daemon.told, "it has heard the first signal")
    daemon.send(signal.SIGTERM)
    assert daemon.ended(5) == -signal.SIGTERM
    once(firm)
    assert names(inqom) == ["a.pdf"]
    assert [document.state for document in firm.documents()] == [State.ARCHIVED]


@service
def test_p11_another_ledger_on_the_same_folders_is_refused_by_name_and_sends_nothing(
    firm: Firm, inqom: Sandbox
) -> None:
    firm.drop("a.pdf")
    once(firm)
    first = firm.ledger
    firm.drop("b.pdf")
    firm.write_rules(inqom.url, QUICK, ("var/pushdoc.db", "var/second.db"))
    assert str(first) in once(firm, ExitCode.WRONG_CONFIGURATION)
    assert names(inqom) == ["a.pdf"]


@service
def test_p14_a_ledger_that_another_program_keeps_locked_sends_nothing_and_is_told(firm: Firm, inqom: Sandbox) -> None:
    once(firm)
    firm.drop("a.pdf")
    with closing(sqlite3.connect(firm.ledger, isolation_level=None)) as shell:
        shell.execute("BEGIN EXCLUSIVE")
        assert str(firm.ledger) in once(firm, ExitCode.TRY_LATER)
        assert names(inqom) == []
        shell.execute("ROLLBACK")
    once(firm)
    assert names(inqom) == ["a.pdf"]


def test_p14_locked_in_the_middle_nothing_is_claimed_and_it_goes_on_afterwards(desk: tuple[Desk, Sandbox]) -> None:
    house, inqom = desk
    house.work()
    house.firm.drop("a.pdf")
    house.look()
    with closing(sqlite3.connect(house.firm.ledger, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        with pytest.raises(HeldError):
            house.branch.sending.carry()
        shell.execute("ROLLBACK")
    assert names(inqom) == []
    house.work()
    assert house.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@service
@pytest.mark.skipif(shutil.which("prlimit") is None, reason="needs the package util-linux")
def test_p15_a_full_ledger_disk_stops_before_sending_what_it_cannot_record_and_goes_on_when_there_is_room(
    firm: Firm, inqom: Sandbox
) -> None:
    wanted = [f"{number:02}.pdf" for number in range(30)]
    once(firm)
    for name in wanted:
        firm.drop(name)
    running = firm.start("once")
    subprocess.run(["prlimit", f"--pid={running.pid}", "--fsize=200000:200000"], check=True)
    assert running.ended(60) != 0
    assert len(inqom.received()) < len(wanted)
    counted = len(inqom.received())
    recorded = [document for document in firm.documents() if document.sent_at is not None]
    assert counted <= len(recorded)
    once(firm)
    assert names(inqom) == wanted
    assert {document.state for document in firm.documents()} == {State.ARCHIVED}


@service
def test_p16_a_deleted_ledger_is_refused_and_reconcile_sends_nothing_twice(firm: Firm, inqom: Sandbox) -> None:
    for name in ("a.pdf", "b.pdf"):
        firm.drop(name)
    once(firm)
    back = firm.documents()[1]
    assert back.archive_path is not None
    lose_ledger(firm)
    # One that was sent lies in its drop folder still, as after a kill before the move; another is really new.
    back.archive_path.rename(back.path)
    firm.drop("new.pdf")

    once(firm, ExitCode.WRONG_CONFIGURATION)
    assert names(inqom) == ["a.pdf", "b.pdf"]
    code, out, err = firm.command("reconcile")
    assert code == 0, out + err
    assert [document.state for document in firm.documents()] == [State.ARCHIVED, State.DOUBTFUL, State.DOUBTFUL]
    assert names(inqom) == ["a.pdf", "b.pdf"]
    once(firm)
    assert names(inqom) == ["a.pdf", "b.pdf", "new.pdf"]
    assert {document.state for document in firm.documents()} == {State.ARCHIVED}


@service
def test_p16_an_old_backup_is_refused_and_reconcile_finds_what_was_sent_since(firm: Firm, inqom: Sandbox) -> None:
    firm.drop("a.pdf")
    once(firm)
    backup = firm.home / "backup.db"
    assert firm.command("ledger", "backup", str(backup))[0] == 0
    firm.drop("b.pdf")
    once(firm)
    lose_ledger(firm)
    shutil.copy(backup, firm.ledger)
    firm.drop("c.pdf")
    once(firm, ExitCode.WRONG_CONFIGURATION)
    assert names(inqom) == ["a.pdf", "b.pdf"]
    code, out, err = firm.command("reconcile")
    assert code == 0, out + err
    once(firm)
    assert names(inqom) == ["a.pdf", "b.pdf", "c.pdf"]
    assert {document.state for document in firm.documents()} == {State.ARCHIVED}


@service
@pytest.mark.parametrize("damage", ["all of it", "one page after an unclean stop"])
def test_p16_a_damaged_ledger_is_refused_at_start_and_nothing_is_sent(firm: Firm, inqom: Sandbox, damage: str) -> None:
    for number in range(20):
        firm.drop(f"{number:02}.pdf")
    once(firm)
    sent = len(inqom.received())
    daemon = firm.run()
    daemon.send(signal.SIGKILL)
    daemon.ended()
    with closing(sqlite3.connect(firm.ledger)) as shell:
        shell.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = shell.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()
        (page,) = shell.execute("PRAGMA page_size").fetchone()
    with firm.ledger.open("r+b") as file:
        file.seek(0 if damage == "all of it" else (root - 1) * page)
        file.write(random.Random(1).randbytes(page))  # noqa: S311 -- damage that can be repeated
    firm.drop("new.pdf")
    assert str(firm.ledger) in once(firm, ExitCode.WRONG_CONFIGURATION)
    assert len(inqom.received()) == sent


@service
def test_p17_p34_a_ledger_of_a_newer_pushdoc_ends_with_78_and_is_left_alone(firm: Firm, inqom: Sandbox) -> None:
    once(firm)
    with closing(sqlite3.connect(firm.ledger)) as shell, shell:
        shell.execute("UPDATE alembic_version SET version_num = '9999'")
    firm.drop("a.pdf")
    assert "9999" in once(firm, ExitCode.WRONG_CONFIGURATION)
    assert names(inqom) == []


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="mounts; needs root and util-linux")
@service
def test_p19_p21_a_full_archive_disk_of_its_own_takes_the_paper_later_and_nothing_is_sent_twice(
    firm: Firm, inqom: Sandbox
) -> None:
    content = b"%PDF-1.7\n" + b"x" * 200_000
    archive = firm.folder() / "Transmis"
    archive.mkdir()
    firm.drop("a.pdf", content)
    command = f"""
        mount -t tmpfs -o size=100k none '{archive}' || exit 99
        python() {{ "$PYTHON" -m pushdoc -c '{firm.rules}' "$@"; }}
        python once >&2
        test -e '{firm.folder()}/a.pdf' || exit 98
        mount -o remount,size=2m '{archive}'
        python once --wait >&2 || exit 97
        test -e '{firm.folder()}/a.pdf' && exit 96
        cmp '{archive}/a.pdf' '{firm.home}/copy'
    """
    (firm.home / "copy").write_bytes(content)
    environment = os.environ | {"PYTHON": sys.executable}
    ended = subprocess.run(
        ["unshare", "-m", "sh", "-c", command], env=environment, check=False, capture_output=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr.decode()
    assert names(inqom) == ["a.pdf"]


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=366), timedelta(hours=-1)])
def test_p24_a_clock_that_jumps_delays_nothing_for_long_and_sends_nothing_twice(
    desk: tuple[Desk, Sandbox], jump: timedelta
) -> None:
    house, inqom = desk
    clock = house.clock
    house.work()
    inqom.faults.set("503@upload=next:2")
    for number in range(3):
        house.firm.drop(f"{number}.pdf")
    house.work()
    set_clock(clock, jump)
    house.house.set_right()  # as every full look does
    house.work(seconds=1.5 * 3600, step=60)
    assert house.states == [State.ARCHIVED] * 3
    assert names(inqom) == ["0.pdf", "1.pdf", "2.pdf"]


def set_clock(clock: PushedClock, jump: timedelta) -> None:
    """The wall clock jumps, and no time passes."""
    clock._now += jump  # only a fault does this


def test_p25_after_eight_hours_of_sleep_it_goes_on_with_a_fresh_token_and_few_requests(
    desk: tuple[Desk, Sandbox],
) -> None:
    house, inqom = desk
    house.firm.drop("a.pdf")
    house.work()
    house.clock.push(8 * 3600)
    before = len(inqom.requests())
    house.firm.drop("b.pdf")
    house.work()
    assert house.states == [State.ARCHIVED] * 2
    assert len(inqom.requests()) - before <= 8


@service
def test_p26_two_gigabytes_are_refused_by_their_size_and_memory_stays_small(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    huge = firm.folder() / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    firm.drop("large.pdf", b"%PDF-1.7\n" + bytes(20_000_000))
    until(lambda: len(firm.documents()) == 2, "both are known", within=40)
    until(lambda: names(inqom) == ["large.pdf"], "the one that may be sent has arrived")
    states = {document.name: document.state for document in firm.documents()}
    assert states["huge.pdf"] is State.NON_TRANSMIS
    with open(f"/proc/{daemon.pid}/status", encoding="ascii") as status:  # noqa: PTH123 -- no file of ours
        (most,) = [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
    assert most < 150_000, "kB at most"
    assert daemon.stop() == 0


@service
def test_p33_wrong_rules_end_with_78_so_that_systemd_does_not_start_them_again(firm: Firm, inqom: Sandbox) -> None:
    firm.write_rules(inqom.url, ('root = "clients"', 'root = "clients"\nroute = 3'))
    code, _, err = firm.command("run")
    assert code == ExitCode.WRONG_CONFIGURATION
    assert "route" in err
