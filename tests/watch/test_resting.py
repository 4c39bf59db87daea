"""Which folders need not be listed again, by the stamps of those that are listened to (`Arrivals.watch`)."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from pushdoc.watch import Arrivals
from pushdoc.watch.inotify import InotifyHearing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from watchdog.observers.inotify_c import InotifyEvent

_ROUND_S = 30.0


class Rounds:
    """Arrivals that are asked every thirty seconds, as the daemon does it before it looks."""

    def __init__(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals
        self._now = 1000.0

    def ask(self, *folders: Path, times: int = 1) -> set[Path]:
        """The folders that rest, as it is said the last time."""
        for _ in range(times):
            self._now += _ROUND_S
            resting = self.arrivals.watch(folders, self._now)
        return resting


@pytest.fixture
def rounds() -> Iterator[Rounds]:
    arrivals = Arrivals(lambda _: None, lambda: None, InotifyHearing)
    arrivals.start()
    yield Rounds(arrivals)
    arrivals.stop()


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "Martin" / "Achats"
    folder.mkdir(parents=True)
    return folder


def test_a_folder_rests_once_it_was_looked_at_with_a_stamp_that_was_no_longer_new(rounds: Rounds, drop: Path) -> None:
    assert [rounds.ask(drop) for _ in range(4)] == [set(), set(), {drop}, {drop}]


def test_what_is_made_within_the_tick_of_a_listing_is_listed_in_the_next_round(rounds: Rounds, drop: Path) -> None:
    rounds.ask(drop, times=3)
    (drop / "a.pdf").write_bytes(b"papier")
    # The first listing may have come before another file of the same tick, whose stamp is the same.
    assert [rounds.ask(drop) for _ in range(3)] == [set(), set(), {drop}]


def test_who_does_not_say_when_it_is_gets_no_folder_that_rests(rounds: Rounds, drop: Path) -> None:
    for _ in range(4):
        assert rounds.arrivals.watch([drop]) == set()
    assert [rounds.ask(drop) for _ in range(3)] == [set(), set(), {drop}]


@pytest.mark.parametrize("what", ["made", "deleted", "renamed", "moved in", "made, and the time put back"])
def test_a_folder_does_not_rest_when_something_in_it_was(rounds: Rounds, drop: Path, what: str) -> None:
    (drop / "a.pdf").write_bytes(b"papier")
    (drop.parent / "c.pdf").write_bytes(b"papier")
    before = drop.stat()
    rounds.ask(drop, times=3)
    match what:
        case "made":
            (drop / "b.pdf").write_bytes(b"papier")
        case "deleted":
            (drop / "a.pdf").unlink()
        case "renamed":
            (drop / "a.pdf").rename(drop / "b.pdf")
        case "moved in":
            (drop.parent / "c.pdf").rename(drop / "c.pdf")
        case _:
            (drop / "b.pdf").write_bytes(b"papier")
            os.utime(drop, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert rounds.ask(drop) == set()


def test_a_file_that_is_written_on_in_its_place_leaves_the_folder_at_rest(rounds: Rounds, drop: Path) -> None:
    (drop / "a.pdf").write_bytes(b"papier")
    rounds.ask(drop, times=3)
    with (drop / "a.pdf").open("ab") as file:
        file.write(b"more")
    assert rounds.ask(drop) == {drop}  # an event tells of it, or the round that looks at everything


def test_a_folder_that_was_replaced_by_another_does_not_rest_and_is_listened_to(rounds: Rounds, drop: Path) -> None:
    rounds.ask(drop, times=3)
    drop.parent.rename(drop.parent.with_name("Martin (ancien)"))
    drop.mkdir(parents=True)
    assert [rounds.ask(drop) for _ in range(3)] == [set(), set(), {drop}]
    assert rounds.arrivals.state().rearmed == 1
    (drop / "a.pdf").write_bytes(b"papier")
    assert rounds.ask(drop) == set()


def test_a_missing_folder_rests_as_long_as_nothing_is_made_where_it_would_be(rounds: Rounds, drop: Path) -> None:
    months = [drop / "2026" / "11", drop / "2026" / "12"]
    assert rounds.ask(*months, times=3) == set(months)
    months[0].mkdir(parents=True)
    assert rounds.ask(*months) == set()
    assert rounds.ask(*months, times=2) == set(months)
    assert rounds.arrivals.count == 2  # the month that is there, and the year above the one that is not
    months[1].mkdir()
    assert rounds.ask(*months) == {months[0]}
    assert rounds.arrivals.count == 2


def test_a_folder_that_goes_is_looked_out_for_above_and_does_not_rest_at_first(rounds: Rounds, drop: Path) -> None:
    rounds.ask(drop, drop.parent / "Ventes", times=3)
    drop.rmdir()
    assert rounds.ask(drop, drop.parent / "Ventes") == set()
    assert rounds.arrivals.count == 1
    drop.mkdir()
    assert drop not in rounds.ask(drop, drop.parent / "Ventes")


def test_other_folders_that_are_wanted_do_not_disturb_those_that_rest(rounds: Rounds, drop: Path) -> None:
    others = [drop.parent / name for name in ("Ventes", "Frais")]
    for other in others:
        other.mkdir()
    rounds.ask(drop, others[0], times=3)
    assert rounds.ask(drop, others[1]) == {drop}
    assert rounds.ask(drop, others[1], times=2) == {drop, others[1]}
    assert rounds.arrivals.count == 2


def test_a_folder_that_is_not_listened_to_never_rests(drop: Path) -> None:
    class Limited(InotifyHearing):
        def add(self, folder: Path) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))

    arrivals = Arrivals(lambda _: None, lambda: None, Limited)
    arrivals.start()
    rounds = Rounds(arrivals)
    assert [rounds.ask(drop, drop / "2026") for _ in range(4)] == [set()] * 4
    assert arrivals.state().polled == 2
    arrivals.stop()


def test_a_month_that_was_made_is_noticed_also_where_no_event_told_of_it(drop: Path) -> None:
    class Deaf(InotifyHearing):
        def on_event(self, event: InotifyEvent) -> None:
            pass

    arrivals = Arrivals(lambda _: None, lambda: None, Deaf)
    arrivals.start()
    rounds = Rounds(arrivals)
    month = drop / "11"
    assert rounds.ask(month, times=3) == {month}
    month.mkdir()
    assert rounds.ask(month, times=3) == {month}
    (month / "a.pdf").write_bytes(b"papier")
    assert rounds.ask(month) == set()
    arrivals.stop()
