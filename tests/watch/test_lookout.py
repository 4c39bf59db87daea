from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from pushdoc.watch import Lookout, look
from pushdoc.watch.errands import SpellErrand
from pushdoc.words import Phrase, advice, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushed import PushedClock

PATIENCE = timedelta(seconds=0.5)


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "Lefèvre" / "Achats"
    folder.mkdir(parents=True)
    (folder / "a.pdf").write_bytes(b"papier")
    return folder


@pytest.fixture
def apart(tmp_path: Path, clock: PushedClock) -> Iterator[Lookout]:
    lookout = Lookout(tmp_path, clock, "sign", patience=PATIENCE, apart=True)
    yield lookout
    lookout.close()


def scouts(lookout: Lookout) -> list[int]:
    return [share._scout._process.pid for share in lookout._shares.values() if share._scout]


def code(lookout: Lookout, folder: Path) -> str | None:
    why = lookout.look(folder).trouble
    return None if why is None else why.code


@pytest.mark.parametrize("away", [None, False], ids=["a disk", "never apart"])
def test_on_a_disk_nobody_is_sent(tmp_path: Path, drop: Path, clock: PushedClock, *, away: bool | None) -> None:
    lookout = Lookout(tmp_path, clock, "sign", apart=away)
    assert lookout.look(drop) == look(tmp_path, drop)
    assert not lookout.sight().empty
    assert lookout.spelt([PurePosixPath("Lefèvre/Achats")]) == [drop]
    assert lookout.answers(drop)
    assert lookout.on_disks([drop]) == [drop]
    assert (scouts(lookout), lookout.troubles()) == ([], [])
    lookout.close()


def test_apart_the_same_is_seen(apart: Lookout, tmp_path: Path, drop: Path) -> None:
    assert apart.look(drop) == look(tmp_path, drop)
    assert not apart.sight().empty
    assert apart.spelt([PurePosixPath("Lefèvre/Achats")]) == [drop]
    assert apart.answers(drop)
    assert apart.on_disks([drop]) == []
    assert len(scouts(apart)) == 1


def test_a_root_that_is_a_link_is_looked_at_where_it_leads(tmp_path: Path, drop: Path, clock: PushedClock) -> None:
    (tmp_path / "link").symlink_to(drop.parent)
    lookout = Lookout(tmp_path / "link", clock, "sign", apart=True)
    seen = lookout.look(tmp_path / "link" / "Achats")
    assert [sighting.path for sighting in seen.sightings] == [tmp_path / "link" / "Achats" / "a.pdf"]
    lookout.close()


def test_an_errand_brings_its_answer_and_trouble_where_it_hangs(apart: Lookout, tmp_path: Path, drop: Path) -> None:
    errand = SpellErrand(tmp_path, (PurePosixPath("Lefèvre/Achats"),))
    assert apart.ask(drop, errand) == [drop]
    os.kill(scouts(apart)[0], signal.SIGSTOP)
    assert apart.ask(drop, errand) == Phrase("watch.folder_hangs", {"path": str(drop)})
    assert apart.ask(drop, errand) == [drop]


def test_a_folder_that_hangs_is_left_alone_for_a_minute_then_for_two(
    apart: Lookout, drop: Path, clock: PushedClock
) -> None:
    for minutes in (1, 2):
        apart.look(drop.parent)
        os.kill(scouts(apart)[0], signal.SIGSTOP)
        assert code(apart, drop) == "watch.folder_hangs"
        os.kill(scouts(apart)[0], signal.SIGSTOP)  # nobody needs it now
        clock.push(minutes * 60 - 1)
        assert code(apart, drop) == "watch.folder_hangs"
        os.kill(scouts(apart)[0], signal.SIGCONT)
        clock.push(2)
    assert code(apart, drop) is None
    assert apart.troubles() == []


def test_where_no_process_can_be_started_the_look_says_so(
    apart: Lookout, drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    why = apart.look(drop).trouble
    assert why is not None
    assert why.code == "watch.no_scout"
    assert "/nowhere/python" in say(why, "fr")
    assert advice(why, "fr")
    assert apart.sight().trouble is not None
    assert apart.spelt([PurePosixPath("Lefèvre")]) == [drop.parent]
    assert not apart.answers(drop)
