from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from service.firm import until

from pushdoc.watch import look
from pushdoc.watch.errands import LookErrand, SightErrand
from pushdoc.watch.launcher import Launcher
from pushdoc.watch.scout import HangsError
from pushdoc.watch.share import Share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushed import PushedClock

PATIENCE = 0.5


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "Martin" / os.fsdecode(b"D\xe9penses")
    folder.mkdir(parents=True)
    for name in (b"a.pdf", b"\xe9t\xe9.pdf"):
        (folder / os.fsdecode(name)).write_bytes(b"papier")
    (folder / "link.pdf").symlink_to("a.pdf")
    return folder


@pytest.fixture
def launcher() -> Iterator[Launcher]:
    launcher = Launcher()
    yield launcher
    launcher.close()


@pytest.fixture
def share(tmp_path: Path, clock: PushedClock, launcher: Launcher) -> Iterator[Share]:
    share = Share(SightErrand(tmp_path, "sign"), clock, PATIENCE, launcher)
    yield share
    share.close()


def looking(root: Path, folder: Path) -> LookErrand:
    return LookErrand(root, folder, subfolders=True, exclude=())


def scout_of(share: Share) -> int:
    assert share._scout
    return share._scout._process.pid


def test_a_scout_sees_what_we_see(share: Share, tmp_path: Path, drop: Path) -> None:
    seen = share.run(looking(tmp_path, drop))
    assert seen == look(tmp_path, drop, subfolders=True)
    assert len(seen.sightings) == 2
    assert len(seen.oddities) == 1


def test_one_scout_runs_all_errands(share: Share, tmp_path: Path, drop: Path) -> None:
    share.run(looking(tmp_path, drop))
    first = scout_of(share)
    share.run(looking(tmp_path, drop))
    assert scout_of(share) == first


def test_a_scout_that_hangs_is_given_up_and_the_next_errand_goes_well(share: Share, tmp_path: Path, drop: Path) -> None:
    share.run(looking(tmp_path, drop))
    hung = scout_of(share)
    os.kill(hung, signal.SIGSTOP)
    with pytest.raises(HangsError):
        share.run(looking(tmp_path, drop))
    assert share.hanging_since is None, "the share itself answers"
    assert share.left_behind == 0
    assert not Path(f"/proc/{hung}").exists()
    assert share.run(looking(tmp_path, drop)).there


def test_a_scout_that_ended_is_replaced_and_nobody_notices(share: Share, tmp_path: Path, drop: Path) -> None:
    share.run(looking(tmp_path, drop))
    os.kill(scout_of(share), signal.SIGKILL)
    assert share.run(looking(tmp_path, drop)).there


def test_an_answer_is_believed_for_some_seconds_and_then_asked_for_again(
    share: Share, clock: PushedClock, tmp_path: Path
) -> None:
    share.run(SightErrand(tmp_path, "sign"))
    first = scout_of(share)
    os.kill(first, signal.SIGSTOP)
    assert share.answers()
    assert scout_of(share) == first
    clock.push(6)
    assert share.answers(), "by another scout"
    assert scout_of(share) != first


def test_a_share_that_hangs_is_told_at_once_to_everybody_and_asked_again_after_a_while(
    share: Share, clock: PushedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pushdoc.watch.share.Scout.answered", lambda _scout, _patience: False)
    share.run(SightErrand(tmp_path, "sign"))
    os.kill(scout_of(share), signal.SIGSTOP)
    with pytest.raises(HangsError):
        share.run(SightErrand(tmp_path, "sign"))
    assert share.hanging_since == clock.now()
    asked = scout_of(share)
    assert not share.answers()
    assert scout_of(share) == asked
    clock.push(61)
    assert not share.answers()
    assert scout_of(share) != asked, "the first question may have been lost"
    monkeypatch.undo()
    until(share.answers, "the second question is answered")
    assert share.hanging_since is None


def test_a_scout_is_sent_though_the_process_that_starts_them_was_ended(
    share: Share, launcher: Launcher, tmp_path: Path, drop: Path
) -> None:
    share.run(looking(tmp_path, drop))
    assert launcher._process
    os.kill(launcher._process.pid, signal.SIGKILL)
    os.kill(scout_of(share), signal.SIGKILL)
    assert share.run(looking(tmp_path, drop)).there


def test_nothing_is_left_when_nobody_is_sent_any_more(tmp_path: Path, drop: Path, clock: PushedClock) -> None:
    before = threading.active_count(), descriptors()
    launcher = Launcher()
    share = Share(SightErrand(tmp_path, "sign"), clock, PATIENCE, launcher)
    share.run(looking(tmp_path, drop))
    scout = scout_of(share)
    share.close()
    launcher.close()
    assert not Path(f"/proc/{scout}").exists()
    assert (threading.active_count(), descriptors()) == before


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
