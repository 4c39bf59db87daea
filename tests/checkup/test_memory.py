from __future__ import annotations

import errno
import json
import os
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from faults.apart import apart
from faults.ill_share import ill_share, missing
from office import entry

from pushdoc.checkup import Group
from pushdoc.clock import SystemClock
from pushdoc.journey.owner import OWNER_FILE
from pushdoc.ledger import DestinationNote, Ledger, RefusedNote, RunNote, hold
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkup.conftest import Found
    from service.firm import Firm

WHY_NOT = missing()


@pytest.fixture
def ledger(firm: Firm) -> Iterator[Ledger]:
    """The firm's ledger, to write in."""
    ledger = Ledger.open(firm.ledger, SystemClock())
    yield ledger
    ledger.close()


def at_work(ledger: Ledger, since: timedelta = timedelta(), last: timedelta = timedelta()) -> None:
    """A run that began, and was last heard of, so long ago."""
    now = SystemClock().now()
    ledger.notes.keep_run(RunNote(os.getpid(), now - since, "events", 1, now - last, now - last))


def test_a_missing_ledger_is_made_and_a_sound_one_is_fine(firm: Firm, look: Callable[..., Found]) -> None:
    assert look().codes(Group.LEDGER) == []
    assert firm.ledger.exists()
    assert look().codes(Group.DAEMON) == []


def test_what_is_no_ledger_and_one_that_is_damaged_are_told(firm: Firm, look: Callable[..., Found]) -> None:
    with closing(Ledger.open(firm.ledger, SystemClock())) as ledger:
        for number in range(200):
            ledger.enter(entry(f"{number}.pdf"))
    content = bytearray(firm.ledger.read_bytes())
    pages = len(content) // 4096
    content[4096 * (pages // 2) : 4096 * (pages - 2)] = b"\xff" * (4096 * (pages - 2 - pages // 2))
    firm.ledger.write_bytes(content)
    assert look().codes(Group.LEDGER)[0] in {"check.ledger_unsound", "ledger.broken"}
    firm.ledger.write_text("not a ledger at all, but long enough to be read as one by mistake")
    assert look().one("ledger.broken").code == 78


def test_folders_of_another_ledger_and_an_old_copy_are_told(
    firm: Firm, ledger: Ledger, look: Callable[..., Found]
) -> None:
    owner = {"ledger": "another", "path": "/old/pushdoc.db", "host": "nas", "events": 0}
    (firm.root / OWNER_FILE).write_text(json.dumps(owner))
    assert look().one("owner.other_ledger").code == 78
    (firm.root / OWNER_FILE).write_text(json.dumps(owner | {"ledger": ledger.notes.identity(), "events": 3}))
    assert look().one("owner.old_ledger").phrase.values["missing"] == 3


def test_an_empty_root_of_a_ledger_that_knows_documents_is_probably_not_mounted(
    firm: Firm, ledger: Ledger, look: Callable[..., Found]
) -> None:
    ledger.enter(entry("a.pdf"))
    firm.root.rename(firm.home / "disk")
    firm.root.mkdir()
    assert look().one("check.root_empty").phrase.values["path"] == str(firm.root)


@pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
@apart
def test_a_ledger_on_a_share_is_a_fault_and_is_not_even_opened(firm: Firm, look: Callable[..., Found]) -> None:
    with ill_share(firm.home, firm.ledger.parent) as share:
        share.fail(errno.EIO)
        assert look().one("check.ledger_on_share").code == 78
        share.recover()
    assert not (firm.home / "server" / "pushdoc.db").exists()


def test_a_pushdoc_that_runs_is_fine_and_one_that_should_is_warned_of(
    firm: Firm, ledger: Ledger, look: Callable[..., Found]
) -> None:
    with hold(firm.ledger):
        at_work(ledger)
        assert look().one("check.at_work").phrase.values["pid"] == str(os.getpid())
    (firm.home / "pushdoc.service").write_text("[Service]\nUser=root\n")
    assert look().codes(Group.DAEMON) == ["check.not_at_work"]


def test_rules_that_were_changed_under_a_running_pushdoc_are_told(
    firm: Firm, ledger: Ledger, look: Callable[..., Found]
) -> None:
    with hold(firm.ledger):
        at_work(ledger, since=timedelta(hours=1))
        assert look().codes(Group.DAEMON) == ["check.older_rules"]
        ledger.notes.keep_rules_read(SystemClock().now())  # a reload
        assert look().codes(Group.DAEMON) == []
        ledger.notes.keep_rules_read(SystemClock().now() - timedelta(minutes=1))
        assert look().codes(Group.DAEMON) == ["check.older_rules"]
        an_hour_ago = SystemClock().now().timestamp() - 7200
        os.utime(firm.rules, (an_hour_ago, an_hour_ago))
        assert look().codes(Group.DAEMON) == []


def test_rules_that_a_running_pushdoc_refused_are_told_with_their_reasons_until_they_are_written_anew(
    firm: Firm, ledger: Ledger, look: Callable[..., Found]
) -> None:
    now = SystemClock().now()
    problem = f"{firm.rules}", Phrase("reload.root", {"old": "/a", "new": "/b"})
    refused = RefusedNote(now, [problem], ["Achats"], ["inqom"], 2, "fr", "Europe/Paris")
    with hold(firm.ledger):
        at_work(ledger, since=timedelta(hours=1))
        ledger.notes.keep_refused(refused)
        assert look().codes(Group.DAEMON) == ["check.rules_refused", "reload.root"]
        later = now.timestamp() + 1
        os.utime(firm.rules, (later, later))
        assert look().codes(Group.DAEMON) == ["check.older_rules"]


@pytest.mark.parametrize(
    ("last", "code"),
    [(timedelta(minutes=11), "check.no_sign_of_life"), (-timedelta(minutes=6), "check.clock_went_back")],
    ids=["stuck", "the clock went back"],
)
def test_a_pushdoc_that_is_stuck_or_of_another_time_is_told(
    firm: Firm, ledger: Ledger, look: Callable[..., Found], last: timedelta, code: str
) -> None:
    with hold(firm.ledger):
        at_work(ledger, last=last)
        assert look().codes(Group.DAEMON) == [code]


def test_a_destination_that_the_running_pushdoc_finds_closed_is_told(
    firm: Firm, ledger: Ledger, look: Callable[..., Found]
) -> None:
    reason = Phrase("inqom.too_large")
    ledger.notes.keep_destination(DestinationNote("inqom", "down", SystemClock().now(), reason=reason))
    assert look().codes(Group.DAEMON) == []  # what it was to an earlier run, it need not be now
    with hold(firm.ledger):
        at_work(ledger)
        assert look().codes(Group.DAEMON) == ["inqom.too_large"]
