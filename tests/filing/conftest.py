"""The desks on which papers are filed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filing.paper import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER_DISK = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    client = tmp_path / "mcf" / "Boulangerie Martin"
    client.mkdir(parents=True)
    drop = client / "Achats"
    return Desk(tmp_path / "mcf", drop, drop / "2026" / "Transmis", tmp_path / "ledger.json")


@pytest.fixture
def far_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose archive lies on another file system; the root of both is the machine's."""
    if not _OTHER_DISK.is_dir() or _OTHER_DISK.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip(f"{_OTHER_DISK} is no other file system than {tmp_path}")
    far = Path(tempfile.mkdtemp(dir=_OTHER_DISK))
    yield Desk(Path("/"), tmp_path.resolve() / "Achats", far / "Transmis", tmp_path / "ledger.json")
    shutil.rmtree(far)
