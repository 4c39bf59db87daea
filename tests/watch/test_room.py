from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from faults.apart import apart, do
from nobody import without_rights
from service.samba import missing, samba_share

from pushdoc.watch import Room, RoomErrand
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

WHY_NOT = missing()


def room_of(folder: Path) -> Room:
    room = RoomErrand(folder).run(lambda: None)
    assert isinstance(room, Room)
    return room


def test_a_disk_tells_how_much_room_it_has(tmp_path: Path) -> None:
    room = room_of(tmp_path)
    assert 0 < room.free <= room.size
    assert not room.no_more_files
    assert list(tmp_path.iterdir()) == []
    assert isinstance(RoomErrand(tmp_path / "away").run(lambda: None), Phrase)


def test_who_may_not_list_a_folder_may_ask_how_much_room_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o111)
    with without_rights(tmp_path):
        assert room_of(folder).size


@apart
def test_a_disk_that_takes_no_file_more_says_so_whatever_room_it_has(tmp_path: Path) -> None:
    do("mount", "-t", "tmpfs", "-o", "nr_inodes=2", "tmpfs", tmp_path)
    assert not room_of(tmp_path).no_more_files
    (tmp_path / "the last").touch()
    assert room_of(tmp_path).no_more_files
    assert room_of(tmp_path).free


@pytest.mark.service
@pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
def test_a_share_that_counts_no_files_takes_more_all_the_same(tmp_path: Path) -> None:
    with samba_share(tmp_path / "server", tmp_path / "mounted"):
        said = os.statvfs(tmp_path / "mounted")
        assert said.f_files
        assert not said.f_favail, "what rclone says while there is room"
        assert not room_of(tmp_path / "mounted").no_more_files
