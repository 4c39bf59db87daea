"""One ledger for one root: another ledger, or an older copy of ours, is refused by name."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from pushdoc.deliver.courier import Couriers
from pushdoc.errors import ConfigurationError
from pushdoc.house import Branch, House
from pushdoc.journey.alerting import Alerting
from pushdoc.journey.owner import OWNER_FILE, Owner, claim, owner_of, write
from pushdoc.ledger import backup
from pushdoc.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.firm import Firm
    from pushed import PushedClock

OURS = Owner("a" * 32, "/var/pushdoc.db", "serveur", 12)


def house_of(firm: Firm) -> House:
    """The firm as the house that `wiring` builds; closing it closes the firm's ledger."""
    couriers = Couriers("inqom", 1, lambda: False, firm.clock)
    branch = Branch(firm.destination, firm.gate, firm.sending, firm.inquiry, couriers)
    kept = firm.rules, firm.clock, firm.ledger, firm.roll, firm.after, firm.intake
    alerting = Alerting(firm.rules, firm.ledger, firm.clock, [firm.gate], firm.roll, firm.after.lookout)
    return House(*kept, (branch,), firm.succession, firm.healing, alerting)


def refused(firm: Firm) -> str:
    """What the house says when it is not started."""
    with pytest.raises(ConfigurationError) as caught:
        house_of(firm).start()
    return say(caught.value.phrase, "en")


def test_a_root_that_nobody_owns_is_claimed(tmp_path: Path) -> None:
    assert owner_of(tmp_path) is None

    claim(tmp_path, OURS)

    assert owner_of(tmp_path) == OURS
    assert [path.name for path in tmp_path.iterdir()] == [OWNER_FILE]


def test_our_own_root_is_claimed_again_with_a_longer_history(tmp_path: Path) -> None:
    claim(tmp_path, OURS)
    longer = Owner(OURS.ledger, "/elsewhere/pushdoc.db", "autre", 13)

    claim(tmp_path, longer)

    assert owner_of(tmp_path) == longer


def test_another_ledger_is_refused_and_both_are_named(firm: Firm) -> None:
    write(firm.root, OURS)

    said = refused(firm)

    assert "/var/pushdoc.db on serveur" in said
    assert str(firm.rules.ledger.path) in said
    assert owner_of(firm.root) == OURS


def test_an_old_backup_that_was_put_back_is_refused_with_what_it_has_forgotten(firm: Firm) -> None:
    path = firm.rules.ledger.path
    backup(path, firm.folder / "backup.db")
    house = house_of(firm)
    house.start()
    firm.drop("facture.pdf")
    firm.work()
    missing = firm.ledger.notes.length()
    house.close(0.1)
    firm.close()
    for leftover in path.parent.glob("pushdoc.db-*"):
        leftover.unlink()
    shutil.copy(firm.folder / "backup.db", path)
    firm.start()

    assert f"forgotten {missing} events" in refused(firm)
    assert missing > 0


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"ledger": "a"}', '{"ledger": "a", "path": "b", "host": "c", "events": "many"}'],
)
def test_an_owner_file_that_makes_no_sense_is_refused_and_left(firm: Firm, content: str) -> None:
    file = firm.root / OWNER_FILE
    file.write_text(content)

    assert str(file) in refused(firm)
    assert file.read_text() == content


def test_an_owner_file_that_is_no_text_is_refused(firm: Firm) -> None:
    (firm.root / OWNER_FILE).write_bytes(b"\xff\xfe\x00")

    assert OWNER_FILE in refused(firm)


def test_a_crash_while_it_is_written_leaves_the_owner_that_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, OURS)

    def die(_descriptor: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", die)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, Owner("b" * 32, "/x", "y", 1))

    assert owner_of(tmp_path) == OURS
    write(tmp_path, OURS)
    assert [path.name for path in tmp_path.iterdir()] == [OWNER_FILE]


def test_a_root_that_takes_no_file_costs_a_warning_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / f"{OWNER_FILE}.part").mkdir()  # stands in the way as a read-only disk does, for root too

    claim(tmp_path, OURS)

    assert owner_of(tmp_path) is None
    assert capsys.readouterr().err.count("cannot write who owns") == 1


def test_a_start_and_an_end_leave_how_far_the_history_came(firm: Firm) -> None:
    house = house_of(firm)
    house.start()
    begun = owner_of(firm.root)
    firm.drop("facture.pdf")
    firm.work()
    length = firm.ledger.notes.length()
    house.close(0.1)

    ended = owner_of(firm.root)
    assert begun is not None
    assert ended is not None
    assert (begun.ledger, ended.events) == (ended.ledger, length)
    assert begun.events < ended.events
    assert json.loads((firm.root / OWNER_FILE).read_text())["path"] == str(firm.rules.ledger.path)
    assert firm.destination.closed


def test_after_a_crash_a_damaged_ledger_is_refused_before_anything_is_sent(firm: Firm, clock: PushedClock) -> None:
    firm.ledger.notes.begin()  # and never ended
    for number in range(30):
        firm.drop(f"{number}.pdf")
    firm.look()
    path = firm.rules.ledger.path
    firm.close()
    with sqlite3.connect(path) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event_document'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size + 8)
        file.write(b"\x5a" * 64)
    firm.start()

    with pytest.raises(ConfigurationError):
        house_of(firm).start()
    assert firm.destination.attempts == []
