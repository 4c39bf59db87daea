"""The preloaded library of `slow_disk.c` from Python's side."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SOURCE = Path(__file__).with_suffix(".c")


def slow_disk(folder: Path, milliseconds: int) -> dict[str, str]:
    """The variables under which every fsync takes so much longer; the library is made in a folder.

    Raises:
        FileNotFoundError: there is no `gcc` here.
    """
    library = folder / "slow_disk.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-o", library, _SOURCE, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library), "SLOW_DISK_MS": str(milliseconds)}
