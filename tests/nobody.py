"""Somebody without rights, for tests that root runs: root may do everything, and refusals could not be seen."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOBODY = 65534


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """This process is an ordinary user's in here; a folder of tests, and all in it, is theirs."""
    if os.geteuid() != 0:
        yield
        return
    for above in folder.parents:
        status = above.stat()
        if status.st_uid == 0 and not status.st_mode & 0o001:
            above.chmod(0o711)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)
    os.setresuid(_NOBODY, _NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
