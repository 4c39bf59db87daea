"""Which kind of file system a folder lies on: on a share, nobody tells us what other machines write there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOUNTINFO = Path("/proc/self/mountinfo")
_REMOTE = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse", "gfs2", "gpfs", "kafs", "lustre", "ncpfs", "nfs",
    "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system: where, and of which type (`ext4`, `cifs`, `fuse.rclone` …)."""

    point: str
    type: str


def mounts(mountinfo: Path = _MOUNTINFO) -> tuple[Mount, ...]:
    """What is mounted for this process, in the order of mounting; nothing where the system has no such list.

    Source: proc(5): the fifth field is the mount point with blanks in octal, the first after ` - ` the type.
    """
    try:
        lines = os.fsdecode(mountinfo.read_bytes()).split("\n")
    except OSError:
        return ()
    return tuple(
        Mount(_unescaped(line.split(" ")[4]), line.partition(" - ")[2].split(" ")[0]) for line in lines if " - " in line
    )


def file_system_of(path: Path, mounted: Sequence[Mount] | None = None) -> str:
    """The type of file system a path lies (or would lie) on, "" where it cannot be known.

    Who asks for many paths passes `mounts()` along.
    """
    real = os.path.realpath(path)
    best = Mount("", "")
    for mount in mounts() if mounted is None else mounted:
        # Not shorter, rather than longer: of two mounts at one place, the later one covers the earlier.
        if len(mount.point) >= len(best.point) and (real + "/").startswith(mount.point.rstrip("/") + "/"):
            best = mount
    return best.type


def is_remote(file_system: str) -> bool:
    """Whether others may write on such a file system without this machine's kernel knowing.

    Every `fuse.*` counts: what lies behind one cannot be seen from here. An NTFS disk (`fuseblk`) does not.
    """
    return file_system in _REMOTE or file_system.startswith("fuse.")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)
