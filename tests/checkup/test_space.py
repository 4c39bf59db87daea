from __future__ import annotations

from pathlib import Path

import pytest

from pushdoc.checkup.space import judged
from pushdoc.watch import Room
from pushdoc.words import Phrase

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("room", "code"),
    [
        (Room(300 * GB, 500 * GB, no_more_files=False), "check.disk"),
        (Room(GB - 1, 500 * GB, no_more_files=False), "check.disk_low"),
        (Room(99_999_999, 500 * GB, no_more_files=False), "check.disk_full"),
        (Room(300 * GB, 500 * GB, no_more_files=True), "check.no_more_files"),
        (Room(0, 0, no_more_files=False), "check.disk"),
        (Phrase("watch.away", {"path": "/srv", "error": "EIO"}), "watch.away"),
    ],
    ids=["plenty", "little", "too little", "no inodes", "of unknown size", "away"],
)
def test_the_room_on_a_disk_is_judged(room: Room | Phrase, code: str) -> None:
    assert judged(Path("/srv"), room).phrase.code == code
