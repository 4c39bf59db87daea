"""A fixed sample of the kill matrix; `kill_matrix.py` runs the whole of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from faults.matrix import attempt, attempts, errors, kills, spread
from faults.scene import NAMES, prepare
from faults.shim import Deed, environment, read_trace
from service.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faults.matrix import Trial
    from faults.starter import Starter

pytestmark = [pytest.mark.service, pytest.mark.timeout(240)]

#: Disturbances of each scene, divided among so many tests.
KILLS = {"one": (52, 4), "batch": (36, 3), "apart": (14, 1), "linkless": (12, 1)}
ERRORS = {"one": (20, 2), "batch": (12, 1), "apart": (12, 1)}


def parts(shares: dict[str, tuple[int, int]]) -> list[tuple[str, int]]:
    """One test for each part of each scene."""
    return [(scene, part) for scene, (_, of) in shares.items() for part in range(of)]


def wrong(trials: list[Trial]) -> list[str]:
    """What broke a promise."""
    return [str(trial) for trial in trials if trial.wrong]


@pytest.mark.parametrize("scene", NAMES)
def test_an_undisturbed_pass_delivers_and_files_everything(undisturbed: Callable[[str], Trial], scene: str) -> None:
    assert undisturbed(scene).wrong == []


@pytest.mark.parametrize(("scene", "part"), parts(KILLS))
def test_p01_killed_at_any_call_nothing_is_lost_and_nothing_sent_twice(
    starter: Starter, undisturbed: Callable[[str], Trial], jobs: int, scene: str, part: int
) -> None:
    count, of = KILLS[scene]
    trace = undisturbed(scene).trace
    sample = spread(trace, kills(trace), count)[part::of]
    assert len(sample) == count // of
    assert wrong(list(attempts(starter, scene, sample, jobs))) == []


@pytest.mark.parametrize(("scene", "part"), parts(ERRORS))
def test_p15_p19_p28_any_call_may_fail_and_the_next_start_finishes_the_work(
    starter: Starter, undisturbed: Callable[[str], Trial], jobs: int, scene: str, part: int
) -> None:
    count, of = ERRORS[scene]
    trace = undisturbed(scene).trace
    sample = spread(trace, errors(trace), count)[part::of]
    assert len(sample) == count // of
    assert wrong(list(attempts(starter, scene, sample, jobs))) == []


def test_a_kill_in_the_middle_of_a_body_leaves_half_of_it_sent(
    starter: Starter, undisturbed: Callable[[str], Trial]
) -> None:
    whole = max((point for point in undisturbed("one").trace if point.call == "send"), key=lambda point: point.bytes)
    trial = attempt(starter, "one", Deed(whole.number, "torn"))
    assert trial.wrong == []
    assert trial.point is not None
    assert (trial.point.call, trial.point.bytes) == ("send", whole.bytes)
    assert trial.trace[-1] == trial.point  # nothing came after it


def test_no_call_that_changes_files_or_sends_escapes_the_count(library: Path, tmp_path: Path) -> None:
    # What the kernel itself was asked, as strace sees it, against what the library counted.
    if shutil.which("strace") is None:
        pytest.skip("needs the package strace")
    calls = (
        "write,pwrite64,pwritev,pwritev2,writev,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,"
        "unlink,unlinkat,rmdir,ftruncate,truncate,mkdir,mkdirat,symlink,symlinkat,sendto,sendmsg,sendmmsg,"
        "copy_file_range,sendfile,splice,fallocate"
    )
    firm = Firm(tmp_path, clients=2)
    with firm.inqom() as inqom:
        scene = prepare("batch", firm, inqom.url)
        roots = [firm.root, firm.ledger.parent]
        told = environment(library, roots, tmp_path / "trace", None)
        preloaded = [part for name, value in told.items() for part in ("-E", f"{name}={value}")]
        seen = tmp_path / "strace"
        wrapped = ["strace", "-f", "-y", "-qq", "-o", str(seen), "-e", f"trace={calls}", *preloaded, sys.executable]
        command = [*wrapped, "-m", "pushdoc", "-c", str(firm.rules), "once", "--wait"]
        assert subprocess.run(command, check=False).returncode == scene.exit_code
    counted = [point for point in read_trace(tmp_path / "trace") if point.call != "create"]
    # Descriptors are followed by what they are: <path>, <socket:[n]>; a call cut in two by another thread is one.
    ours = re.compile(r"<socket:|<TCP:|" + "|".join(re.escape(str(root)) for root in roots))
    asked = [line for line in seen.read_text().splitlines() if ours.search(line) and " resumed>" not in line]
    assert len(asked) == len(counted)


def test_the_same_points_are_chosen_each_time(undisturbed: Callable[[str], Trial]) -> None:
    trace = undisturbed("one").trace
    chosen = spread(trace, kills(trace), 52)
    assert chosen == spread(trace, kills(trace), 52)
    points = {point.number: point for point in trace}
    assert {points[deed.at].kind for deed in chosen} == {point.kind for point in trace}
