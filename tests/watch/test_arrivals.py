from __future__ import annotations

import errno
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pushdoc.watch import Arrivals
from pushdoc.watch.inotify import InotifyHearing
from pushdoc.watch.observer import ObserverHearing
from pushdoc.words import advice, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pushdoc.watch.hearing import Hearing, Listener

SOON = 10  # seconds that a hint may take on a loaded machine before a test fails

# In a user namespace of its own, so that the limit binds nobody else.
LIMITED = """
import sys
from pathlib import Path
from pushdoc.watch import Arrivals

folders = [Path(folder) for folder in sys.argv[1:]]
arrivals = Arrivals(print, print)
arrivals.start()
for wanted in (folders, folders[:2], folders[4:], folders[4:]):
    arrivals.watch(wanted)
    print(arrivals.count, [(problem.code, problem.values["count"]) for problem in arrivals.problems()])
arrivals.stop()
"""


class Woken:
    """Which folders were woken for, in order; and whether hints were lost."""

    def __init__(self) -> None:
        self._folders: queue.Queue[Path] = queue.Queue()
        self.overflowed = threading.Event()

    def wake(self, folder: Path) -> None:
        self._folders.put(folder)

    def until(self, folder: Path) -> list[Path]:
        """All that were woken for before this one was; the test fails where it never is."""
        others: list[Path] = []
        while (woken := self._folders.get(timeout=SOON)) != folder:
            others.append(woken)
        return others


@pytest.fixture
def woken() -> Woken:
    return Woken()


@pytest.fixture(params=[InotifyHearing, ObserverHearing])
def arrivals(woken: Woken, request: pytest.FixtureRequest) -> Iterator[Arrivals]:
    hearing: Callable[[Listener], Hearing] = request.param
    arrivals = Arrivals(woken.wake, woken.overflowed.set, hearing)
    arrivals.start()
    yield arrivals
    arrivals.stop()


@pytest.fixture
def by_inotify(woken: Woken) -> Iterator[Arrivals]:
    arrivals = Arrivals(woken.wake, woken.overflowed.set, InotifyHearing)
    arrivals.start()
    yield arrivals
    arrivals.stop()


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "Martin" / "Achats"
    folder.mkdir(parents=True)
    return folder


def test_a_file_that_is_written_wakes_its_folder(arrivals: Arrivals, woken: Woken, drop: Path) -> None:
    arrivals.watch([drop])
    (drop / "a.pdf").write_bytes(b"papier")
    woken.until(drop)


def test_a_file_that_is_moved_in_wakes_its_folder(arrivals: Arrivals, woken: Woken, drop: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"papier")
    arrivals.watch([drop])
    (tmp_path / "a.pdf").rename(drop / "a.pdf")
    woken.until(drop)


def test_the_end_of_an_office_lock_wakes_its_folder(arrivals: Arrivals, woken: Woken, drop: Path) -> None:
    (drop / "~$devis.docx").write_bytes(b"")
    arrivals.watch([drop])
    (drop / "~$devis.docx").unlink()
    woken.until(drop)


def test_a_month_folder_that_is_made_wakes_and_is_listened_to_from_then_on(
    arrivals: Arrivals, woken: Woken, drop: Path
) -> None:
    month = drop / "2026" / "11"
    arrivals.watch([month])
    (drop / "2026").mkdir()
    woken.until(month)
    arrivals.renew()
    month.mkdir()
    woken.until(month)
    arrivals.renew()
    (month / "a.pdf").write_bytes(b"papier")
    woken.until(month)


def test_a_month_folder_made_while_we_begin_to_listen_above_it_is_not_missed(woken: Woken, drop: Path) -> None:
    class SlowHearing(InotifyHearing):
        def add(self, folder: Path) -> None:
            (drop / "11").mkdir(exist_ok=True)  # somebody is quicker
            super().add(folder)

    arrivals = Arrivals(woken.wake, woken.overflowed.set, SlowHearing)
    arrivals.start()
    arrivals.watch([drop / "11"])
    (drop / "11" / "a.pdf").write_bytes(b"papier")
    woken.until(drop / "11")
    arrivals.stop()


def test_a_whole_tree_moved_into_place_wakes(arrivals: Arrivals, woken: Woken, drop: Path, tmp_path: Path) -> None:
    (tmp_path / "2026" / "11").mkdir(parents=True)
    arrivals.watch([drop / "2026" / "11"])
    (tmp_path / "2026").rename(drop / "2026")
    woken.until(drop / "2026" / "11")
    arrivals.renew()
    (drop / "2026" / "11" / "later.pdf").write_bytes(b"papier")
    woken.until(drop / "2026" / "11")


def test_a_folder_deleted_and_made_again_is_not_deaf(arrivals: Arrivals, woken: Woken, drop: Path) -> None:
    arrivals.watch([drop])
    drop.rmdir()
    woken.until(drop)
    drop.mkdir()
    arrivals.watch([drop])
    (drop / "a.pdf").write_bytes(b"papier")
    woken.until(drop)
    assert arrivals.problems() == []


def test_a_client_folder_replaced_by_another_is_not_deaf_after_the_next_look(
    arrivals: Arrivals, woken: Woken, drop: Path
) -> None:
    arrivals.watch([drop])
    drop.parent.rename(drop.parent.with_name("Martin (ancien)"))
    drop.mkdir(parents=True)
    arrivals.watch([drop])
    (drop / "a.pdf").write_bytes(b"papier")
    woken.until(drop)


def test_a_folder_that_is_moved_away_wakes_at_once(by_inotify: Arrivals, woken: Woken, drop: Path) -> None:
    by_inotify.watch([drop])
    drop.rename(drop.with_name("Ventes"))
    woken.until(drop)
    by_inotify.renew()
    drop.mkdir()
    woken.until(drop)


def test_folders_come_and_go_and_asking_twice_changes_nothing(arrivals: Arrivals, woken: Woken, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    for _ in range(2):
        arrivals.watch(folders[:2])
        assert arrivals.count == 2
    arrivals.watch(folders[1:])
    assert arrivals.count == 2
    (folders[0] / "a.pdf").write_bytes(b"papier")
    (folders[2] / "a.pdf").write_bytes(b"papier")
    assert folders[0] not in woken.until(folders[2])
    arrivals.watch([])
    assert arrivals.count == 0


def test_litter_copies_under_way_and_our_own_archiving_wake_nobody(
    by_inotify: Arrivals, woken: Woken, drop: Path, tmp_path: Path
) -> None:
    (drop / "sent.pdf").write_bytes(b"papier")
    other = tmp_path / "other"
    other.mkdir()
    by_inotify.watch([drop, other])
    for name in (".DS_Store", "a.pdf.part", "a.pdf.NON-TRANSMIS.txt"):
        (drop / name).write_bytes(b"x")
    (drop / "sent.pdf").rename(tmp_path / "sent.pdf")
    (other / "a.pdf").write_bytes(b"papier")
    assert drop not in woken.until(other)


def test_missing_folders_share_the_one_above_them(arrivals: Arrivals, tmp_path: Path) -> None:
    arrivals.watch([tmp_path / "Martin" / month for month in ("10", "11")])
    assert arrivals.count == 1
    assert arrivals.problems() == []


def test_one_folder_under_two_paths_wakes_under_both(
    by_inotify: Arrivals, woken: Woken, drop: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(drop)
    by_inotify.watch([drop, tmp_path / "link"])
    by_inotify.watch([tmp_path / "link"])
    (drop / "a.pdf").write_bytes(b"papier")
    woken.until(tmp_path / "link")


def test_names_that_are_no_utf_8_wake(arrivals: Arrivals, woken: Woken, tmp_path: Path) -> None:
    drop = tmp_path / os.fsdecode(b"D\xe9penses")
    drop.mkdir()
    arrivals.watch([drop])
    (drop / os.fsdecode(b"\xe9t\xe9.pdf")).write_bytes(b"papier")
    woken.until(drop)


def test_a_queue_that_overflows_is_told(drop: Path) -> None:
    begun, go_on, overflowed = threading.Event(), threading.Event(), threading.Event()

    def wake(_folder: Path) -> None:
        begun.set()
        go_on.wait(SOON)

    arrivals = Arrivals(wake, overflowed.set, InotifyHearing)
    arrivals.start()
    arrivals.watch([drop])
    enough = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text(encoding="ascii"))
    (drop / "first.pdf").write_bytes(b"papier")
    assert begun.wait(SOON)
    # Two files in turn, since the kernel keeps one of several like events that follow each other.
    for number in range(enough + 2):
        with (drop / f"{number % 2}.pdf").open("ab"):
            pass
    go_on.set()
    assert overflowed.wait(SOON)
    arrivals.stop()


def test_a_listening_thread_that_ended_is_replaced_and_a_full_look_asked_for(
    by_inotify: Arrivals, woken: Woken, drop: Path
) -> None:
    by_inotify.watch([drop])
    hearing = by_inotify._ears._hearing
    assert isinstance(hearing, InotifyHearing)
    hearing._descriptor.stop()
    hearing._descriptor.join()
    by_inotify.renew()
    assert woken.overflowed.is_set()
    (drop / "a.pdf").write_bytes(b"papier")
    woken.until(drop)


def test_nothing_is_left_after_stop(woken: Woken, drop: Path) -> None:
    threads, files = threading.active_count(), descriptors()
    for hearing in (InotifyHearing, ObserverHearing):
        arrivals = Arrivals(woken.wake, woken.overflowed.set, hearing)
        arrivals.watch([drop])
        assert arrivals.count == 0
        arrivals.start()
        assert arrivals.count == 1
        arrivals.stop()
        assert threading.active_count() <= threads
        assert descriptors() <= files


def test_six_thousand_folders_cost_one_thread_and_do_not_overflow(
    by_inotify: Arrivals, woken: Woken, tmp_path: Path
) -> None:
    folders = [tmp_path / str(number) for number in range(6000)]
    for folder in folders:
        folder.mkdir()
    threads = threading.active_count()
    by_inotify.watch(folders)
    (folders[-1] / "a.pdf").write_bytes(b"papier")
    assert woken.until(folders[-1]) == []
    assert (by_inotify.count, threading.active_count()) == (6000, threads)
    assert not woken.overflowed.is_set()


def limited(limit: str, folders: list[Path]) -> list[str]:
    command = f'echo {limit} && exec "$@"'
    script = ["unshare", "-Ur", "sh", "-c", command, "sh", sys.executable, "-c", LIMITED, *map(str, folders)]
    return subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()


def can_limit() -> bool:
    probe = ["unshare", "-Ur", "sh", "-c", "echo 9 > /proc/sys/user/max_inotify_watches"]
    return bool(shutil.which("unshare")) and subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_limit(), reason="no user namespace in which to limit inotify")
@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (
            "3 > /proc/sys/user/max_inotify_watches",
            ["3 [('watch.watch_limit', 3)]", "2 []", "2 []", "2 []"],
        ),
        (
            "0 > /proc/sys/user/max_inotify_instances",
            ["0 [('watch.instance_limit', 6)]", "0 [('watch.instance_limit', 2)]"]
            + ["0 [('watch.instance_limit', 2)]"] * 2,
        ),
    ],
)
def test_what_the_machine_does_not_grant_is_told_and_the_rest_is_listened_to(
    tmp_path: Path, limit: str, said: list[str]
) -> None:
    folders = [tmp_path / str(number) for number in range(6)]
    for folder in folders:
        folder.mkdir()
    assert limited(limit, folders) == said


def test_a_folder_that_cannot_be_listened_to_is_a_problem_that_says_what_to_do(woken: Woken, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    arrivals = Arrivals(woken.wake, woken.overflowed.set)
    arrivals.start()
    arrivals.watch([tmp_path / "loop" / "Achats"])
    (problem,) = arrivals.problems()
    arrivals.stop()
    assert "ELOOP" in say(problem, "fr")
    assert advice(problem, "fr")


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("hearing", [InotifyHearing, ObserverHearing])
def test_a_folder_that_is_taken_away_just_before_it_is_listened_to_is_noticed_when_it_is_made_again(
    hearing: type[InotifyHearing | ObserverHearing], woken: Woken, drop: Path
) -> None:
    class Late(hearing):  # type: ignore[misc, valid-type] # one of the two, as the parameter says
        def add(self, folder: Path) -> None:
            if folder == drop and taken_away:
                shutil.rmtree(taken_away.pop())
            super().add(folder)

    taken_away = [drop.parent]
    arrivals = Arrivals(woken.wake, woken.overflowed.set, Late)
    arrivals.start()
    arrivals.watch([drop])
    assert not arrivals.problems()
    drop.mkdir(parents=True)
    woken.until(drop)
    arrivals.renew()
    (drop / "a.pdf").write_bytes(b"papier")
    woken.until(drop)
    arrivals.stop()


def test_a_folder_that_is_there_and_yet_cannot_be_found_is_left_to_regular_looks(woken: Woken, drop: Path) -> None:
    class Never(InotifyHearing):
        def add(self, folder: Path) -> None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))

    arrivals = Arrivals(woken.wake, woken.overflowed.set, Never)
    arrivals.start()
    arrivals.watch([drop])
    assert arrivals.state().polled == 1
    assert len(arrivals.problems()) == 1
    arrivals.stop()
