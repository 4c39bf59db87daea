"""Rows P of the faults: the ledger is held, locked, full, lost, old, damaged or newer."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from faults.firm_faults import QUICK, names, once

from pushdoc.errors import ExitCode, HeldError
from pushdoc.states import State

if TYPE_CHECKING:
    from pathlib import Path

    from faults.firm_faults import Desk
    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

service = pytest.mark.service


def ledger_files(firm: Firm) -> list[Path]:
    return [file for file in firm.ledger.parent.iterdir() if not file.name.endswith(".lock")]


def lose_ledger(firm: Firm) -> None:
    for file in ledger_files(firm):
        file.unlink()


@service
def test_p11_another_ledger_on_the_same_folders_is_refused_by_name_and_sends_nothing(
    firm: Firm, ticking: Sandbox
) -> None:
    firm.drop("a.pdf")
    once(firm)
    first = firm.ledger
    firm.drop("b.pdf")
    firm.write_rules(ticking.url, *QUICK, ("var/pushdoc.db", "var/second.db"))
    assert str(first) in once(firm, ExitCode.WRONG_CONFIGURATION)
    assert names(ticking) == ["a.pdf"]


@service
def test_p14_a_ledger_that_another_program_keeps_locked_sends_nothing_and_is_told(firm: Firm, ticking: Sandbox) -> None:
    once(firm)
    firm.drop("a.pdf")
    with closing(sqlite3.connect(firm.ledger, isolation_level=None)) as shell:
        shell.execute("BEGIN EXCLUSIVE")
        assert str(firm.ledger) in once(firm, ExitCode.TRY_LATER)
        assert names(ticking) == []
        shell.execute("ROLLBACK")
    once(firm)
    assert names(ticking) == ["a.pdf"]


def test_p14_locked_in_the_middle_nothing_is_claimed_and_it_goes_on_afterwards(desk: Desk, inqom: Sandbox) -> None:
    desk.work()
    desk.firm.drop("a.pdf")
    desk.look()
    with closing(sqlite3.connect(desk.firm.ledger, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        with pytest.raises(HeldError):
            desk.branch.sending.carry()
        shell.execute("ROLLBACK")
    assert names(inqom) == []
    desk.work()
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@service
@pytest.mark.skipif(shutil.which("prlimit") is None, reason="needs the package util-linux")
def test_p15_a_full_ledger_disk_stops_before_sending_what_it_cannot_record_and_goes_on_when_there_is_room(
    firm: Firm, ticking: Sandbox
) -> None:
    # Without `--wait`, a pass waits for papers to become whole three times as long as that takes, and a second.
    firm.write_rules(ticking.url, ('settle = "300ms"', 'settle = "1s"'), QUICK[1])
    wanted = [f"{number:03}.pdf" for number in range(150)]
    once(firm)
    for name in wanted:
        firm.drop(name)
    running = firm.start("once")
    subprocess.run(["prlimit", f"--pid={running.pid}", "--fsize=200000:200000"], check=True)
    assert running.ended(60) == ExitCode.NEEDS_A_PERSON
    assert f"the disk of the ledger {firm.ledger} is full" in running.told
    assert len(ticking.received()) < len(wanted)
    counted = len(ticking.received())
    recorded = [document for document in firm.documents() if document.sent_at is not None]
    assert counted <= len(recorded)
    once(firm)
    assert names(ticking) == wanted
    assert {document.state for document in firm.documents()} == {State.ARCHIVED}


@service
def test_p16_a_deleted_ledger_is_refused_and_reconcile_sends_nothing_twice(firm: Firm, ticking: Sandbox) -> None:
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
    assert names(ticking) == ["a.pdf", "b.pdf"]
    code, out, err = firm.command("reconcile")
    assert code == 0, out + err
    assert [document.state for document in firm.documents()] == [State.ARCHIVED, State.DOUBTFUL, State.DOUBTFUL]
    assert names(ticking) == ["a.pdf", "b.pdf"]
    once(firm)
    assert names(ticking) == ["a.pdf", "b.pdf", "new.pdf"]
    assert {document.state for document in firm.documents()} == {State.ARCHIVED}


@service
def test_p16_an_old_backup_is_refused_and_reconcile_finds_what_was_sent_since(firm: Firm, ticking: Sandbox) -> None:
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
    assert names(ticking) == ["a.pdf", "b.pdf"]
    code, out, err = firm.command("reconcile")
    assert code == 0, out + err
    once(firm)
    assert names(ticking) == ["a.pdf", "b.pdf", "c.pdf"]
    assert {document.state for document in firm.documents()} == {State.ARCHIVED}


@service
@pytest.mark.parametrize("damage", ["all of it", "one page after an unclean stop"])
def test_p16_a_damaged_ledger_is_refused_at_start_and_nothing_is_sent(
    firm: Firm, ticking: Sandbox, damage: str
) -> None:
    for number in range(20):
        firm.drop(f"{number:02}.pdf")
    once(firm)
    sent = len(ticking.received())
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
    assert len(ticking.received()) == sent


@service
def test_p17_p34_a_ledger_of_a_newer_pushdoc_ends_with_78_and_is_left_alone(firm: Firm, ticking: Sandbox) -> None:
    once(firm)
    with closing(sqlite3.connect(firm.ledger)) as shell, shell:
        shell.execute("UPDATE alembic_version SET version_num = '9999'")
    firm.drop("a.pdf")
    assert "9999" in once(firm, ExitCode.WRONG_CONFIGURATION)
    assert names(ticking) == []
