"""Rows P of the faults: signals, disks, clocks, sleep and memory of the machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from faults.firm_faults import names, once
from service.firm import until

from pushdoc.errors import ExitCode
from pushdoc.states import State

if TYPE_CHECKING:
    from faults.firm_faults import Desk
    from pushed import PushedClock
    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

service = pytest.mark.service


@service
def test_p08_a_second_sigterm_ends_at_once_and_the_next_start_settles_what_was_under_way(
    firm: Firm, ticking: Sandbox
) -> None:
    ticking.faults.set("silent=next:1")
    daemon = firm.run()
    firm.drop("a.pdf")
    until(ticking.received, "it has arrived, and nobody was told")
    daemon.send(signal.SIGTERM)
    until(lambda: "stopping" in daemon.told, "it has heard the first signal")
    daemon.send(signal.SIGTERM)
    assert daemon.ended(5) == -signal.SIGTERM
    once(firm)
    assert names(ticking) == ["a.pdf"]
    assert [document.state for document in firm.documents()] == [State.ARCHIVED]


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="mounts; needs root and util-linux")
@service
def test_p19_p21_a_full_archive_disk_of_its_own_takes_the_paper_later_and_nothing_is_sent_twice(
    firm: Firm, ticking: Sandbox
) -> None:
    content = b"%PDF-1.7\n" + b"x" * 200_000 + b"\n%%EOF\n"
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
    assert names(ticking) == ["a.pdf"]


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=366), timedelta(hours=-1)])
def test_p24_a_clock_that_jumps_delays_nothing_for_long_and_sends_nothing_twice(
    desk: Desk, inqom: Sandbox, jump: timedelta
) -> None:
    clock = desk.clock
    desk.work()
    inqom.faults.set("503@upload=next:2")
    for number in range(3):
        desk.firm.drop(f"{number}.pdf")
    desk.work()
    set_clock(clock, jump)
    desk.house.set_right()  # as every full look does
    desk.work(seconds=1.5 * 3600, step=60)
    assert desk.states == [State.ARCHIVED] * 3
    assert names(inqom) == ["0.pdf", "1.pdf", "2.pdf"]


def set_clock(clock: PushedClock, jump: timedelta) -> None:
    """The wall clock jumps, and no time passes."""
    clock._now += jump  # only a fault does this


def test_p25_after_eight_hours_of_sleep_it_goes_on_with_a_fresh_token_and_few_requests(
    desk: Desk,
    inqom: Sandbox,
) -> None:
    desk.firm.drop("a.pdf")
    desk.work()
    desk.clock.push(8 * 3600)
    before = len(inqom.requests())
    desk.firm.drop("b.pdf")
    desk.work()
    assert desk.states == [State.ARCHIVED] * 2
    assert len(inqom.requests()) - before <= 8


@service
def test_p26_a_file_larger_than_all_memory_we_use_is_refused_by_its_size_and_memory_stays_small(
    firm: Firm, ticking: Sandbox
) -> None:
    daemon = firm.run()
    huge = firm.folder() / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(512 << 20)
    firm.drop("large.pdf", b"%PDF-1.7\n" + bytes(20_000_000) + b"\n%%EOF\n")
    until(lambda: len(firm.documents()) == 2, "both are known", within=40)
    until(lambda: names(ticking) == ["large.pdf"], "the one that may be sent has arrived")
    states = {document.name: document.state for document in firm.documents()}
    assert states["huge.pdf"] is State.NON_TRANSMIS
    with open(f"/proc/{daemon.pid}/status", encoding="ascii") as status:  # noqa: PTH123 -- no file of ours
        (most,) = [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
    assert most < 150_000, "kB at most"
    assert daemon.stop() == 0


@service
def test_p33_wrong_rules_end_with_78_so_that_systemd_does_not_start_them_again(firm: Firm, ticking: Sandbox) -> None:
    firm.write_rules(ticking.url, ('root = "clients"', 'root = "clients"\nroute = 3'))
    code, _, err = firm.command("run")
    assert code == ExitCode.WRONG_CONFIGURATION
    assert "route" in err
