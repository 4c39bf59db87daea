"""The last seconds of a month and of a year, lived through by a daemon whose clock libfaketime sets."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from service.firm import ZONE, Firm, paper, until

from pushdoc.period import Period
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.sandbox import Sandbox

_FOUND = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
pytestmark = [pytest.mark.service, pytest.mark.skipif(not _FOUND, reason="needs the package faketime")]

#: The daemon is up before the last second; papers dropped in that second are whole only after midnight.
_BEFORE = timedelta(seconds=10)
SETTLE = ('settle = "300ms"', 'settle = "2s"')
#: No regular look: midnight itself, and events, must do.
NEVER = ('rescan = "1s"', 'rescan = "3h"')


@pytest.fixture
def inqom(firm: Firm) -> Iterator[Sandbox]:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, SETTLE, NEVER)
        yield inqom


class Later:
    """The clock of a daemon that was born at another moment, running as fast as ours."""

    def __init__(self, at: datetime) -> None:
        self._ahead = at - datetime.now(UTC)
        self.environment = {
            "LD_PRELOAD": str(_FOUND[0]),
            "FAKETIME": f"{self._ahead.total_seconds():+.3f}",
            # Only the wall clock: what is waited for, and what files bear, stays as it is.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._ahead).astimezone(ZONE)

    def until(self, moment: datetime) -> None:
        until(lambda: self.now() >= moment, f"it is {moment}")


@pytest.mark.parametrize(
    "midnight",
    [datetime(2026, 12, 1, tzinfo=ZONE), datetime(2027, 1, 1, tzinfo=ZONE)],
    ids=["a month turns", "a year turns"],
)
def test_at_midnight_the_new_folders_are_watched_and_a_paper_of_the_last_second_stays_in_its_own_period(
    firm: Firm, inqom: Sandbox, midnight: datetime
) -> None:
    new, old, older = (Period.of(midnight).back(months) for months in range(3))
    client, said = firm.names[0], []

    def drop(name: str, period: Period) -> Path:
        firm.period = period
        file = firm.drop(name, paper(name), client)
        said.append(f"{clock.now():%d/%m/%Y %H:%M:%S} dropped {file.relative_to(firm.root)}")
        return file

    def filed(name: str) -> bool:
        return any(one.name == name and one.state is State.ARCHIVED for one in firm.documents())

    clock = Later(midnight - _BEFORE)
    firm.period = old
    firm.folder(client)
    daemon = firm.run(**clock.environment)
    assert clock.now() < midnight - timedelta(seconds=1), "the daemon took too long to start"
    clock.until(midnight - timedelta(seconds=1))
    drop("last second.pdf", old)
    clock.until(midnight + timedelta(seconds=0.2))
    drop("first.pdf", new)  # its folder is new, too, and so is that of the year
    late = drop("late.pdf", old)
    too_late = drop("too late.pdf", older)
    for name in ("last second.pdf", "first.pdf", "late.pdf"):
        until(lambda name=name: filed(name), f"{name} is filed")  # type: ignore[misc] # a loop's value
    assert daemon.stop() == 0

    documents = {one.name: one for one in firm.documents()}
    assert {name: one.period for name, one in documents.items()} == {
        "last second.pdf": old, "first.pdf": new, "late.pdf": old,
    }  # fmt: skip
    assert documents["last second.pdf"].first_seen >= midnight, "it was whole only after midnight"
    for name, one in documents.items():
        assert one.filed is not None
        shelf = firm.root / client / "Achats" / str(one.period.year) / f"{one.period.month:02}" / "Transmis"
        assert (shelf / name).read_bytes() == paper(name)
        said.append(f"{one.first_seen.astimezone(ZONE):%d/%m/%Y %H:%M:%S} entered {name}, period {one.period}")
        said.append(f"{one.filed.astimezone(ZONE):%d/%m/%Y %H:%M:%S} filed in {shelf.relative_to(firm.root)}")
    assert not late.exists()
    assert too_late.exists()
    assert sorted(received.name for received in inqom.received()) == sorted(documents)
    sys.stdout.write("\n".join([*said, f"left where it lies: {too_late.relative_to(firm.root)}", ""]))


def test_the_daemon_of_these_tests_lives_at_the_moment_it_is_told(firm: Firm, inqom: Sandbox) -> None:
    clock = Later(datetime(2031, 5, 6, 7, 8, tzinfo=ZONE))
    daemon = firm.run(**clock.environment)
    seen = firm.last_look()
    assert seen is not None
    assert abs(clock.now() - seen) < timedelta(seconds=10)
    assert daemon.stop() == 0
