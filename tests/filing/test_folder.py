from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pushdoc.filing.folder import _reserve, give, is_reserved, opened
from pushdoc.original import NotAFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OURS = b"pushdoc 42\n"


@pytest.fixture
def drop(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "a.pdf").write_bytes(b"%PDF")
    with opened(tmp_path, tmp_path / "drop") as folder:
        yield folder


def test_a_file_gets_a_free_name_and_leaves_its_own(tmp_path: Path, drop: int) -> None:
    assert give(drop, "a.pdf", drop, "b.pdf")
    assert os.listdir(drop) == ["b.pdf"]
    assert (tmp_path / "drop" / "b.pdf").stat().st_nlink == 1


def test_a_name_that_is_taken_stays_with_whom_it_belongs_to(tmp_path: Path, drop: int) -> None:
    (tmp_path / "drop" / "b.pdf").touch()
    assert not give(drop, "a.pdf", drop, "b.pdf", OURS)
    assert not _reserve(drop, "a.pdf", drop, "b.pdf", OURS)
    assert (tmp_path / "drop" / "b.pdf").read_bytes() == b""
    assert (tmp_path / "drop" / "a.pdf").read_bytes() == b"%PDF"


def test_only_our_own_reservation_gives_way(tmp_path: Path, drop: int) -> None:
    assert _reserve(drop, "a.pdf", drop, "b.pdf", OURS)
    assert is_reserved(drop, "b.pdf", OURS)
    assert not is_reserved(drop, "b.pdf", b"pushdoc 43\n")
    assert not give(drop, "a.pdf", drop, "b.pdf", b"pushdoc 43\n")
    assert give(drop, "a.pdf", drop, "b.pdf", OURS)
    assert (tmp_path / "drop" / "b.pdf").read_bytes() == b"%PDF"


def test_an_empty_file_is_nobodys_reservation(tmp_path: Path, drop: int) -> None:
    (tmp_path / "drop" / "b.pdf").touch()
    assert not is_reserved(drop, "b.pdf", b"")
    assert not is_reserved(drop, "missing.pdf", OURS)


def test_a_path_that_climbs_is_refused(tmp_path: Path, drop: int) -> None:
    with pytest.raises(NotAFileError), opened(tmp_path, tmp_path / "drop" / ".." / "drop"):
        pass
    with pytest.raises(NotAFileError), opened(tmp_path, tmp_path / ".." / "other", make=True):
        pass


def test_a_root_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), opened(tmp_path / "root", tmp_path / "root" / "a", make=True):
        pass
    assert not (tmp_path / "root").exists()
