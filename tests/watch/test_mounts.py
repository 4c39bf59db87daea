from __future__ import annotations

from pathlib import Path

import pytest

from pushdoc.watch import file_system_of, is_remote, mounts

MOUNTINFO = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:40 / /srv rw shared:9 - ext4 /dev/sdb1 rw
41 40 0:41 / /srv/d\303\251pot\040commun rw - ext4 /dev/sdc1 rw
42 40 0:42 / /srv/share rw - ext4 /dev/sdd1 rw
43 42 0:43 / /srv/share rw master:3 - cifs //nas/share rw
44 22 0:44 / /srv/mcf\040clients rw - fuse.rclone nas: rw
"""


@pytest.fixture
def mountinfo(tmp_path: Path) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(MOUNTINFO, encoding="ascii")
    return path


@pytest.mark.parametrize(
    ("path", "file_system"),
    [
        ("/home/x", "ext4"),
        ("/srv/share/Martin", "cifs"),  # the later of two mounts at one place covers the earlier
        ("/srv/shared", "ext4"),
        ("/srv/mcf clients/Martin/Achats", "fuse.rclone"),
        ("/srv/mcf", "ext4"),
    ],
)
def test_a_folder_lies_on_the_innermost_mount_above_it(mountinfo: Path, path: str, file_system: str) -> None:
    assert file_system_of(Path(path), mounts(mountinfo)) == file_system


def test_the_file_systems_of_this_machine_are_found() -> None:
    assert file_system_of(Path("/proc/self")) == "proc"


def test_a_link_to_a_share_lies_on_the_share(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/proc")
    assert file_system_of(tmp_path / "link") == "proc"


def test_where_nothing_is_known_of_mounts_nothing_is_said(tmp_path: Path) -> None:
    assert file_system_of(tmp_path, mounts(tmp_path / "missing")) == ""


@pytest.mark.parametrize(
    "file_system", ["cifs", "smb3", "nfs", "nfs4", "9p", "fuse.sshfs", "fuse.rclone", "fuse", "ceph"]
)
def test_others_can_write_on_shares_unheard(file_system: str) -> None:
    assert is_remote(file_system)


@pytest.mark.parametrize("file_system", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", ""])
def test_a_disk_of_this_machine_is_heard(file_system: str) -> None:
    assert not is_remote(file_system)
