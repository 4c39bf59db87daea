from __future__ import annotations

import os
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from nobody import without_rights

from pushdoc.checkup.standing import Standing, StandingErrand
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path


def stands(root: Path, *folders: str) -> list[Standing]:
    return list(StandingErrand(root, tuple(PurePosixPath(folder) for folder in folders)).run(lambda: None))


def test_of_a_missing_folder_the_nearest_above_that_is_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "Martin" / "Achats").mkdir(parents=True)
    root, achats, month, ventes = stands(tmp_path, "", "Martin/Achats", "Martin/Achats/2026/11", "Martin/Ventes")

    assert (root.nearest, root.there) == (tmp_path, True)
    assert (achats.nearest, achats.there, achats.listed, achats.changed) == (
        tmp_path / "Martin/Achats",
        True,
        True,
        True,
    )
    assert (month.nearest, month.there) == (achats.nearest, False)
    assert (ventes.nearest, ventes.there) == (tmp_path / "Martin", False)


@pytest.mark.parametrize("stranger", ["link", "file"])
def test_what_is_no_folder_is_trouble_and_nothing_beneath_it_is_looked_at(tmp_path: Path, stranger: str) -> None:
    (tmp_path / "elsewhere" / "Achats").mkdir(parents=True)
    if stranger == "link":
        (tmp_path / "Martin").symlink_to(tmp_path / "elsewhere")
    else:
        (tmp_path / "Martin").touch()
    (found,) = stands(tmp_path, "Martin/Achats")

    assert found.nearest == tmp_path / "Martin"
    assert found.trouble == Phrase("watch.not_a_folder", {"path": str(tmp_path / "Martin")})


def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk" / "Martin").mkdir(parents=True)
    (tmp_path / "root").symlink_to(tmp_path / "disk")
    (found,) = stands(tmp_path / "root", "Martin")
    assert found.there


def test_a_root_that_is_away_is_trouble(tmp_path: Path) -> None:
    (found,) = stands(tmp_path / "away", "Martin")
    assert found.trouble is not None


def test_a_name_whose_accents_are_written_otherwise_on_disk_is_found(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Déposé")
    (tmp_path / decomposed).mkdir()
    (found,) = stands(tmp_path, "Déposé")
    assert (found.nearest, found.there) == (tmp_path / decomposed, True)


@pytest.mark.parametrize(
    ("mode", "listed", "changed"),
    [(0o755, True, True), (0o555, True, False), (0o311, False, True), (0o600, False, False)],
)
def test_rights_are_those_of_whoever_asks(tmp_path: Path, mode: int, *, listed: bool, changed: bool) -> None:
    (tmp_path / "Martin").mkdir()
    with without_rights(tmp_path):
        (tmp_path / "Martin").chmod(mode)
        (found,) = stands(tmp_path, "Martin")
        (tmp_path / "Martin").chmod(0o755)
    assert (found.listed, found.changed, found.read_only, found.trouble) == (listed, changed, False, None)


def test_beneath_a_folder_that_may_not_be_entered_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "Martin" / "Achats").mkdir(parents=True)
    with without_rights(tmp_path):
        (tmp_path / "Martin").chmod(0o000)
        (found,) = stands(tmp_path, "Martin/Achats")
        (tmp_path / "Martin").chmod(0o755)
    assert found.trouble == Phrase("watch.no_right", {"path": str(tmp_path / "Martin" / "Achats")})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make somebody else's folder")
def test_in_somebody_elses_folder_a_sticky_bit_keeps_their_files_there(tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
    with without_rights(tmp_path):
        os.setresuid(0, 0, 0)
        os.chown(tmp_path / "theirs", 0, 0)
        for name in ("ours", "theirs"):
            (tmp_path / name).chmod(0o1777)
        as_root = stands(tmp_path, "theirs")
        os.setresuid(65534, 65534, 0)
        ours, theirs = stands(tmp_path, "ours", "theirs")
    assert [each.kept for each in (*as_root, ours, theirs)] == [False, False, True]
