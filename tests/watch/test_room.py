from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.watch import Room, RoomErrand
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path


def test_a_disk_tells_how_much_room_it_has(tmp_path: Path) -> None:
    room = RoomErrand(tmp_path).run(lambda: None)
    assert isinstance(room, Room)
    assert 0 < room.free <= room.size
    assert isinstance(RoomErrand(tmp_path / "away").run(lambda: None), Phrase)
