"""Thousands of documents while pushdoc is stopped, so that the kernel cannot tell of all; and hardly any watches."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from benchmarks.corpus import paper
from benchmarks.ours import Ours
from benchmarks.stand import server
from service.firm import Firm, until

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.service

CLIENTS = 40
_PAPER = 3_000  # bytes


def queue_size() -> int:
    """So many events does the kernel keep for a program that does not listen."""
    with open("/proc/sys/fs/inotify/max_queued_events", encoding="ascii") as limit:  # noqa: PTH123 -- no file of ours
        return int(limit.read())


def scan_page_by_page(ours: Ours, count: int) -> int:
    """Papers that grow by turns in all drop folders, as from many scanners; how often a file was closed.

    There are as many pages as it takes to overflow the kernel's queue: it keeps one event of like ones in a row.
    """
    pages = queue_size() // count + 1
    step = -(-_PAPER // pages)
    papers = {ours.folders[number % CLIENTS] / f"{number:05}.pdf": paper(number, _PAPER) for number in range(count)}
    for page in range(pages + 1):
        last = page == pages
        for file, content in papers.items():
            with file.open("ab") as growing:
                growing.write(content[page * step :] if last else content[page * step : (page + 1) * step])
    return (pages + 1) * count


def flood(home: Path, count: int, within: float) -> None:
    """Stop pushdoc, drop so many papers, let it go on; each must be kept once, by the server's own record."""
    with server() as stand:
        ours = Ours(home, stand, clients=CLIENTS, rescan="3h")  # no regular look comes to the rescue
        ours.begin()
        try:
            with ours.daemon() as (daemon, _):
                until(lambda: ours.firm._watched_by(daemon.pid), "pushdoc watches")
                os.kill(daemon.pid, signal.SIGSTOP)
                closed = scan_page_by_page(ours, count)
                os.kill(daemon.pid, signal.SIGCONT)
                begun = time.monotonic()
                assert stand.until(count, within), f"only {len(stand.seen().kept)} of {count} within {within} s"
                took = time.monotonic() - begun
                until(lambda: archived(ours.firm) == count, "all are filed", within=120)
                until(lambda: "débordement" in ours.firm.command("status")[1], "it is told")
                status = ours.firm.command("status")[1]
                used = daemon.stop()
            seen = stand.seen()
        finally:
            ours.firm.end()
        assert used.code == 0
        assert sorted(seen.kept) == list(range(count))
        assert seen.twice == 0
        assert [len(times) for times in seen.arrived.values()] == [1] * count
        assert not list(ours.root.glob("*/Achats/*/*/*.pdf"))
    told = next(line for line in status.splitlines() if "débordement" in line)
    sys.stdout.write(
        f"{count} papers in {CLIENTS} folders, {closed} times closed while stopped (queue: {queue_size()} events)\n"
        f"{len(seen.kept)} kept by the server, {seen.twice} twice, {seen.never(range(count))} never, in {took:.1f} s; "
        f"{used.cpu:.1f} s of processor, at most {used.peak / 2**20:.0f} MiB\n{told.strip()}\n{status}"
    )


def archived(firm: Firm) -> int:
    with firm.history() as history:
        return history.counts()[State.ARCHIVED]


def test_a_flood_while_pushdoc_was_stopped_arrives_whole_and_once_though_events_were_lost(tmp_path: Path) -> None:
    flood(tmp_path, 1_500, within=60)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_thirty_thousand_while_pushdoc_was_stopped_arrive_once_each(tmp_path: Path) -> None:
    flood(tmp_path, 30_000, within=400)


@contextmanager
def at_most(watches: int, firm: Firm) -> Iterator[None]:
    """The daemon on a machine that grants so few watches; in a user namespace, so that it binds nobody else."""
    limit = f'echo {watches} > /proc/sys/user/max_inotify_watches && exec "$@"'
    command = [sys.executable, "-m", "pushdoc", "-c", str(firm.rules), "run"]
    limited = ["unshare", "-Ur", "sh", "-c", limit, "sh", *command]
    with (firm.said / "limited").open("wb") as said, subprocess.Popen(limited, stdout=said, stderr=said) as daemon:
        try:
            until(lambda: firm._watched_by(daemon.pid), "pushdoc watches")
            yield
            daemon.terminate()
            assert daemon.wait(30) == 0
        finally:
            daemon.kill()


def can_limit() -> bool:
    probe = ["unshare", "-Ur", "sh", "-c", "echo 9 > /proc/sys/user/max_inotify_watches"]
    return bool(shutil.which("unshare")) and subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_limit(), reason="needs util-linux and a user namespace")
def test_with_ten_watches_for_forty_clients_all_arrive_and_status_says_why_it_polls(tmp_path: Path) -> None:
    firm = Firm(tmp_path, clients=CLIENTS)
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        wanted = [firm.drop(f"before {client}.pdf", client=client).name for client in firm.names]
        with at_most(10, firm):
            until(lambda: len(inqom.received()) == CLIENTS, "what lay there has arrived")
            wanted += [firm.drop(f"later {client}.pdf", client=client, kind="Ventes").name for client in firm.names]
            until(lambda: archived(firm) == 2 * CLIENTS, "what came later has arrived, and all are filed")
            status, as_json = firm.command("status")[1], firm.command("status", "--json")[1]
        assert sorted(received.name for received in inqom.received()) == sorted(wanted)
    firm.end()
    sys.stdout.write(status)
    assert "mode polling" in status
    assert "dossiers ne sont surveillés que par passages réguliers" in status
    assert "sysctl fs.inotify.max_user_watches=" in status
    assert '"mode": "polling"' in as_json
