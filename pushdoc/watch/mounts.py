"""Which kind of file system a folder lies on: on a share, nobody tells us what other machines write there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOUNTINFO = Path("/proc/thread-self/mountinfo")
_REMOTE = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse", "gfs2", "gpfs", "kafs", "lustre", "ncpfs", "nfs",
    "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
})  # fmt: skip
_LINKS = 40  # so many links does the kernel follow on one way


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system: where, and of which type (`ext4`, `cifs`, `fuse.rclone` …).

    `number` is the kernel's own: what is mounted anew at the same place has another one.
    """

    point: str
    type: str
    number: int = 0


def mounts(mountinfo: Path = _MOUNTINFO) -> tuple[Mount, ...]:
    """What is mounted for this process, in the order of mounting; nothing where the system has no such list.

    Source: proc(5): the first field is the mount's number, the fifth the mount point with blanks in octal, the first
    after ` - ` the type.
    """
    try:
        return _listed(mountinfo.read_bytes())
    except OSError:
        return ()


def file_system_of(path: Path, mounted: Sequence[Mount] | None = None) -> str:
    """The type of file system a path lies (or would lie) on, "" where it cannot be known.

    Who asks for many paths passes `mounts()` along.
    """
    known = mounts() if mounted is None else mounted
    return mount_of(str(real_place(path, known)), known).type


def mount_of(place: str, mounted: Sequence[Mount]) -> Mount:
    """The innermost mount above a place that has no links in it."""
    best = Mount("", "")
    for mount in mounted:
        # Not shorter, rather than longer: of two mounts at one place, the later one covers the earlier.
        if len(mount.point) >= len(best.point) and (place + "/").startswith(mount.point.rstrip("/") + "/"):
            best = mount
    return best


def real_place(path: Path, mounted: Sequence[Mount]) -> Path:
    """Where a path leads, the links on its way followed, as far as the first share: a share is not touched.

    So it can be asked of a share that hangs, as `os.path.realpath` cannot.
    """
    place, ahead = Path("/"), list(path.absolute().parts[:0:-1])
    followed = 0
    while ahead and followed < _LINKS:
        step = place / ahead[-1]
        if is_remote(mount_of(str(step), mounted).type):
            break
        ahead.pop()
        try:
            target = step.readlink()
        except OSError:
            place = place.parent if step.name == ".." else step
            continue
        followed += 1
        ahead += (place / target).parts[:0:-1]
        place = Path("/")
    return place.joinpath(*reversed(ahead))


def is_remote(file_system: str) -> bool:
    """Whether others may write on such a file system without this machine's kernel knowing.

    Every `fuse.*` counts: what lies behind one cannot be seen from here. An NTFS disk (`fuseblk`) does not.
    """
    return file_system in _REMOTE or file_system.startswith("fuse.")


@lru_cache(maxsize=4)  # asked for every second, and nearly always the same
def _listed(mountinfo: bytes) -> tuple[Mount, ...]:
    return tuple(_mount(line) for line in os.fsdecode(mountinfo).split("\n") if " - " in line)


def _mount(line: str) -> Mount:
    number, _, _, _, point, *_ = line.split(" ")
    return Mount(_unescaped(point), line.partition(" - ")[2].split(" ")[0], int(number))


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)
