"""Rows W of the faults: events that are lost, refused or never come."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from faults.apart import apart, do
from faults.firm_faults import QUICK, names
from service.firm import Running, until

from pushdoc.watch import Arrivals
from pushdoc.watch.inotify import InotifyHearing

if TYPE_CHECKING:
    from pathlib import Path

    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

service = pytest.mark.service
#: No regular look comes to the rescue within a test.
NEVER = ('rescan = "1s"', 'rescan = "3h"')


def overflow(folder: Path) -> None:
    """More events than the kernel's queue holds; two files in turn, since the kernel keeps one of like ones."""
    with open("/proc/sys/fs/inotify/max_queued_events", encoding="ascii") as limit:  # noqa: PTH123 -- no file of ours
        enough = int(limit.read()) + 100
    for number in range(enough):
        with (folder / f"{number % 2}.tmp").open("ab"):
            pass


def limited(firm: Firm, limit: str) -> Running:
    """The daemon on a machine that grants no more than this; in a user namespace, so that it binds nobody else."""
    kept = {name: value for name, value in os.environ.items() if name != "NOTIFY_SOCKET"}
    command = ["unshare", "-Ur", "sh", "-c", f'echo {limit} && exec "$@"', "sh"]
    pushdoc = [sys.executable, "-m", "pushdoc", "-c", str(firm.rules), "run"]
    running = Running(firm.said / "limited", command + pushdoc, kept)
    firm._running.append(running)
    until(lambda: firm._watched_by(running.pid) or running.process.poll(), "pushdoc watches")
    assert running.process.poll() is None, running.told
    return running


def can_limit() -> bool:
    probe = ["unshare", "-Ur", "sh", "-c", "echo 9 > /proc/sys/user/max_inotify_watches"]
    return bool(shutil.which("unshare")) and subprocess.run(probe, capture_output=True, check=False).returncode == 0


needs_limits = pytest.mark.skipif(not can_limit(), reason="needs util-linux and a user namespace")


@service
def test_w01_a_queue_that_overflowed_while_pushdoc_was_stopped_costs_no_document(firm: Firm, ticking: Sandbox) -> None:
    firm.write_rules(ticking.url, *QUICK, NEVER)
    folder = firm.folder()
    daemon = firm.run()
    daemon.send(signal.SIGSTOP)
    overflow(folder)
    wanted = sorted(firm.drop(f"{number}.pdf").name for number in range(30))
    daemon.send(signal.SIGCONT)
    until(lambda: names(ticking) == wanted, "all that came after the queue was full has arrived")
    assert daemon.stop() == 0


@needs_limits
@service
@pytest.mark.parametrize(
    ("limit", "command"),
    [
        ("1 > /proc/sys/user/max_inotify_watches", "sysctl fs.inotify.max_user_watches="),
        ("0 > /proc/sys/user/max_inotify_instances", "sysctl fs.inotify.max_user_instances="),
    ],
    ids=["watches", "instances"],
)
def test_w02_what_the_machine_does_not_let_us_hear_is_found_by_looking_and_status_says_what_to_do(
    firm: Firm, ticking: Sandbox, limit: str, command: str
) -> None:
    wanted = sorted(firm.drop(f"{client}.pdf", client=client).name for client in firm.names)
    daemon = limited(firm, limit)
    until(lambda: names(ticking) == wanted, "what lay there has arrived")
    for client in firm.names:
        firm.drop(f"later, {client}.pdf", client=client)
    until(lambda: len(names(ticking)) == 4, "what came later has arrived")
    status = firm.command("status")[1]
    assert command in status
    assert daemon.stop() == 0


@needs_limits
@service
def test_w03_a_limit_that_is_reached_later_is_told_and_costs_no_document(firm: Firm, ticking: Sandbox) -> None:
    daemon = limited(firm, "3 > /proc/sys/user/max_inotify_watches")
    assert "max_user_watches" not in firm.command("status")[1]
    for client in firm.names:
        for kind in ("Achats", "Ventes", "Frais"):
            firm.drop(f"{kind}.pdf", client=client, kind=kind)
    until(lambda: len(names(ticking)) == 6, "all have arrived")
    until(lambda: "max_user_watches" in firm.command("status")[1], "status says what to do")
    assert daemon.stop() == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_w05_a_listening_thread_that_died_of_an_error_is_replaced_and_counted(tmp_path: Path) -> None:
    looked, woken = threading.Event(), threading.Event()
    failing = [True]

    def wake(_folder: Path) -> None:
        if failing:
            failing.clear()
            raise RuntimeError("a fault of ours")
        woken.set()

    arrivals = Arrivals(wake, looked.set, InotifyHearing)
    arrivals.start()
    arrivals.watch([tmp_path])
    (tmp_path / "a.pdf").write_bytes(b"papier")
    hearing = arrivals._ears._hearing
    assert hearing is not None
    until(lambda: not hearing.alive(), "the thread has died")
    arrivals.watch([tmp_path])
    assert looked.is_set(), "a full look was asked for"
    assert arrivals.state().revivals == 1
    (tmp_path / "b.pdf").write_bytes(b"papier")
    assert woken.wait(10)
    arrivals.stop()


@service
def test_w06_a_folder_that_was_deleted_and_made_again_is_heard(firm: Firm, ticking: Sandbox) -> None:
    firm.write_rules(ticking.url, *QUICK, NEVER)
    folder = firm.folder()
    daemon = firm.run()
    for name in ("a.pdf", "b.pdf"):
        shutil.rmtree(folder.parent.parent)
        firm.drop(name)
        until(lambda name=name: name in names(ticking), f"{name} has arrived")  # type: ignore[misc] # a loop's value
        until(lambda name=name: not (folder / name).exists(), f"{name} is filed")  # type: ignore[misc] # as above
    assert daemon.stop() == 0


@apart
def test_w06_a_disk_mounted_over_a_folder_is_heard_from_the_next_look_on(tmp_path: Path) -> None:
    heard = threading.Event()
    folder, disk = tmp_path / "Achats", tmp_path / "disk"
    folder.mkdir()
    disk.mkdir()
    arrivals = Arrivals(lambda _folder: heard.set(), lambda: None, InotifyHearing)
    arrivals.start()
    arrivals.watch([folder])
    do("mount", "--bind", disk, folder)
    arrivals.watch([folder])
    (folder / "a.pdf").write_bytes(b"papier")
    assert heard.wait(10)
    assert arrivals.state().rearmed == 1
    arrivals.stop()


def test_what_is_heard_and_what_is_not_is_counted_and_said(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    arrivals = Arrivals(lambda _folder: None, lambda: None, InotifyHearing)
    arrivals.start()
    arrivals.watch([tmp_path, tmp_path / "later", tmp_path / "loop" / "Achats"])
    arrivals.overflowed()
    state = arrivals.state()
    arrivals.stop()
    assert (state.heard, state.polled, state.watches, state.overflows) == (2, 1, 1, 1)
    assert [phrase.code for phrase in state.phrases()] == ["watch.listening", "watch.mended", "watch.unheard"]
