from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pushdoc.watch import Presence, Sight
from pushdoc.watch.root import sight
from pushdoc.words import advice, say

ROOT = Path("/srv/clients")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
OURS = b"ours"
HOME = Sight(device=1, inode=10, sign=OURS, empty=False)
UNSIGNED = Sight(device=1, inode=10, sign=None, empty=False)
MOUNT_POINT = Sight(device=2, inode=3, sign=None, empty=True)


@pytest.fixture
def presence() -> Presence:
    return Presence(ROOT, OURS.__eq__, known=True)


def codes(presence: Presence, *seen: Sight) -> list[str | None]:
    return [why.code if (why := presence.see(each, NOW)) else None for each in seen]


def test_what_bears_our_sign_is_the_root_on_whatever_device(presence: Presence) -> None:
    anew = Sight(device=7, inode=1, sign=OURS, empty=False)
    assert codes(presence, HOME, anew, HOME) == [None, None, None]


def test_an_empty_mount_point_is_not_the_root_and_the_root_is_believed_when_it_is_back(presence: Presence) -> None:
    assert codes(presence, HOME, MOUNT_POINT, HOME) == [None, "watch.root_empty", None]
    assert presence.away_since is None


def test_at_start_an_empty_root_is_not_the_one_whose_documents_are_known(presence: Presence) -> None:
    assert codes(presence, MOUNT_POINT) == ["watch.root_empty"]


def test_where_nothing_is_known_yet_an_empty_root_is_a_new_one() -> None:
    presence = Presence(ROOT, OURS.__eq__, known=False)
    assert codes(presence, MOUNT_POINT, UNSIGNED) == [None, "watch.root_changed"]


def test_a_root_that_empties_without_being_unmounted_is_away_too(presence: Presence) -> None:
    emptied = Sight(device=1, inode=10, sign=None, empty=True)
    assert codes(presence, UNSIGNED, emptied) == [None, "watch.root_empty"]


def test_other_files_on_another_device_are_not_our_clients(presence: Presence) -> None:
    stranger = Sight(device=2, inode=3, sign=None, empty=False)
    assert codes(presence, UNSIGNED, stranger, UNSIGNED) == [None, "watch.root_changed", None]


def test_a_sign_that_was_deleted_and_a_root_made_anew_on_its_disk_are_no_strangers(presence: Presence) -> None:
    made_anew = Sight(device=1, inode=99, sign=None, empty=False)
    assert codes(presence, HOME, UNSIGNED, made_anew) == [None, None, None]


def test_the_share_of_another_pushdoc_is_not_ours(presence: Presence) -> None:
    others = Sight(device=1, inode=10, sign=b"theirs", empty=False)
    assert codes(presence, HOME, others) == [None, "watch.root_of_others"]


def test_it_is_said_since_when_the_root_is_away(presence: Presence) -> None:
    presence.see(HOME, NOW)
    presence.see(MOUNT_POINT, NOW)
    why = presence.see(MOUNT_POINT, NOW + timedelta(hours=3))
    assert why is not None
    assert presence.away_since == NOW
    assert "09:00" in say(why, "fr", UTC).replace(" h ", ":")
    assert advice(why, "fr")


def test_a_root_is_seen_with_its_sign_and_litter_does_not_fill_it(tmp_path: Path) -> None:
    (tmp_path / ".pushdoc-owner").write_bytes(OURS)
    (tmp_path / "Thumbs.db").write_bytes(b"")
    seen = sight(tmp_path, ".pushdoc-owner")
    assert (seen.sign, seen.empty, seen.trouble) == (OURS, False, None)  # a sign is enough: nobody looks further
    (tmp_path / ".pushdoc-owner").unlink()
    seen = sight(tmp_path, ".pushdoc-owner")
    assert (seen.sign, seen.empty) == (None, True)
    (tmp_path / "Martin").mkdir()
    assert not sight(tmp_path, ".pushdoc-owner").empty


def test_a_root_that_is_not_there_or_no_folder_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to("loop")
    troubles = [sight(tmp_path / name, "sign").trouble for name in ("missing", "file", "loop")]
    assert [why.code if why else None for why in troubles] == [
        "watch.root_gone",
        "watch.not_a_folder",
        "watch.not_a_folder",
    ]
