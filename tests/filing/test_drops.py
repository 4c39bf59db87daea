from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from nobody import without_rights

from pushdoc.filing.drops import Laid, Stand, lay

if TYPE_CHECKING:
    from pathlib import Path

MARTIN = PurePosixPath("Martin")
DROP = PurePosixPath("Achats/2026/11")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "mcf"
    (root / "Martin").mkdir(parents=True)
    return root


def laid(root: Path, *drops: PurePosixPath, make: bool = True) -> list[Laid]:
    return list(lay(root, MARTIN, drops or (DROP,), make=make))


def test_what_is_missing_is_made_once_and_then_there(root: Path) -> None:
    assert laid(root, make=False) == [Laid(MARTIN / DROP, Stand.MISSING)]
    assert not (root / "Martin/Achats").exists()
    assert laid(root) == [Laid(MARTIN / DROP, Stand.MADE)]
    assert (root / MARTIN / DROP).is_dir()
    assert laid(root) == [Laid(MARTIN / DROP, Stand.THERE)]


def test_a_new_folder_has_the_mode_of_the_one_it_lies_in_whatever_the_umask(root: Path) -> None:
    (root / "Martin").chmod(0o2770)
    before = os.umask(0o077)
    try:
        laid(root)
    finally:
        os.umask(before)

    for folder in ("Achats", "Achats/2026", "Achats/2026/11"):
        assert stat.S_IMODE((root / "Martin" / folder).stat().st_mode) == 0o2770


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders to others")
def test_a_new_folder_has_the_owner_and_the_group_of_the_one_it_lies_in(root: Path) -> None:
    os.chown(root / "Martin", 4711, 4712)
    laid(root)

    status = (root / MARTIN / DROP).stat()
    assert (status.st_uid, status.st_gid) == (4711, 4712)


def test_a_name_that_is_there_in_another_normalisation_is_used(root: Path) -> None:
    there = root / "Martin" / unicodedata.normalize("NFD", "Millésimé")
    there.mkdir()
    assert laid(root, PurePosixPath("Millésimé/2026")) == [Laid(MARTIN / "Millésimé/2026", Stand.MADE)]

    assert (there / "2026").is_dir()
    assert list((root / "Martin").iterdir()) == [there]


def test_no_link_is_followed_and_nothing_is_made_behind_it(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "Martin/Achats").symlink_to(tmp_path / "elsewhere")
    [one] = laid(root)

    assert one.trouble is not None
    assert one.trouble.code == "drops.barred"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_the_way_is_told_and_the_other_folders_are_made(root: Path) -> None:
    (root / "Martin/Achats").write_bytes(b"")
    one, other = laid(root, DROP, PurePosixPath("Ventes"))

    assert one.trouble is not None
    assert one.trouble.code == "drops.barred"
    assert other == Laid(MARTIN / "Ventes", Stand.MADE)


def test_a_clients_own_folder_is_never_made(root: Path) -> None:
    [one] = lay(root, PurePosixPath("Durant"), [DROP], make=True)

    assert one.trouble is not None
    assert one.trouble.code == "drops.no_client"
    assert [folder.name for folder in root.iterdir()] == ["Martin"]


def test_a_path_that_climbs_is_refused(root: Path) -> None:
    [one] = laid(root, PurePosixPath("../elsewhere"))

    assert one.stand is Stand.FAILED
    assert [folder.name for folder in root.iterdir()] == ["Martin"]


def test_a_folder_that_may_not_be_written_is_told(root: Path) -> None:
    (root / "Martin").chmod(0o555)
    with without_rights(root.parent):
        [one] = laid(root)

    assert one.trouble is not None
    assert one.trouble.code == "drops.forbidden"


def test_a_name_that_the_file_system_refuses_is_told(root: Path) -> None:
    [one] = laid(root, PurePosixPath("x" * 300))

    assert one.trouble is not None
    assert one.trouble.code == "drops.failed"


def test_without_a_root_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(lay(tmp_path / "none", MARTIN, [DROP], make=True))

    assert list(tmp_path.iterdir()) == []
