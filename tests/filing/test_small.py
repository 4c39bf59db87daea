from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.filing import discard_small

if TYPE_CHECKING:
    from pathlib import Path


def test_an_empty_or_small_file_goes(tmp_path: Path) -> None:
    for content in (b"", b"x" * 1000):
        path = tmp_path / "facture.pdf.ok"
        path.write_bytes(content)
        assert discard_small(tmp_path, path) is None
        assert not path.exists()
    assert discard_small(tmp_path, tmp_path / "facture.pdf.ok") is None


def test_a_larger_file_a_folder_and_a_link_are_left(tmp_path: Path) -> None:
    large, folder, link = (tmp_path / name for name in ("large.ok", "folder.ok", "link.ok"))
    large.write_bytes(b"x" * 1001)
    folder.mkdir()
    link.symlink_to(large)

    for path in (large, folder, link):
        assert discard_small(tmp_path, path) is None

    assert sorted(tmp_path.iterdir()) == [folder, large, link]


def test_nothing_is_taken_away_behind_a_link(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.ok").touch()
    (root / "linked").symlink_to(elsewhere)

    assert discard_small(root, root / "linked" / "a.ok") is not None
    assert (elsewhere / "a.ok").exists()
