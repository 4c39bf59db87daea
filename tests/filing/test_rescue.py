"""A copy for the archive of a paper that has lost its name."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from filing.paper import a_document

from pushdoc.filing import Filed, Obstructed, rescue
from pushdoc.original import digest, identity_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushdoc.document import Document

CONTENT = b"%PDF the old one" * 10_000


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "Boulangerie Martin/Achats"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def descriptor(drop: Path) -> Iterator[int]:
    """An open file whose name another one has by now."""
    path = drop / "facture.pdf"
    path.write_bytes(CONTENT)
    held = os.open(path, os.O_RDWR)
    new = drop / "new"
    new.write_bytes(b"the new one")
    new.rename(path)
    yield held
    os.close(held)


def document(drop: Path, descriptor: int) -> Document:
    identity = identity_of(os.fstat(descriptor))
    return replace(a_document(drop / "facture.pdf"), identity=identity, digest=digest(descriptor))


def test_the_old_bytes_are_archived_and_the_new_file_is_left_alone(tmp_path: Path, drop: Path, descriptor: int) -> None:
    planned: list[Path] = []
    result = rescue(tmp_path, document(drop, descriptor), drop / "Transmis", descriptor, planned.append)

    assert result == Filed(drop / "Transmis/facture.pdf")
    assert planned == [drop / "Transmis/facture.pdf"]
    assert (drop / "Transmis/facture.pdf").read_bytes() == CONTENT
    assert (drop / "facture.pdf").read_bytes() == b"the new one"
    assert sorted(found.name for found in (drop / "Transmis").iterdir()) == ["facture.pdf"]


def test_a_name_that_is_taken_is_not_overwritten(tmp_path: Path, drop: Path, descriptor: int) -> None:
    (drop / "Transmis").mkdir()
    (drop / "Transmis/facture.pdf").write_bytes(b"somebody's")
    result = rescue(tmp_path, document(drop, descriptor), drop / "Transmis", descriptor, lambda _: None)

    assert result == Filed(drop / "Transmis/facture (2).pdf")
    assert (drop / "Transmis/facture.pdf").read_bytes() == b"somebody's"


def test_bytes_that_were_rewritten_in_place_are_not_taken_for_the_sent_ones(
    tmp_path: Path, drop: Path, descriptor: int
) -> None:
    known = document(drop, descriptor)
    os.pwrite(descriptor, b"REWRITTEN", 100)
    result = rescue(tmp_path, known, drop / "Transmis", descriptor, lambda _: None)

    assert isinstance(result, Obstructed)
    assert result.reason.code == "filing.rewritten"
    assert list((drop / "Transmis").iterdir()) == []


def test_an_archive_that_takes_nothing_is_said_and_nothing_is_left(tmp_path: Path, drop: Path, descriptor: int) -> None:
    (drop / "Transmis").write_bytes(b"a file where the folder should be")
    result = rescue(tmp_path, document(drop, descriptor), drop / "Transmis", descriptor, lambda _: None)

    assert isinstance(result, Obstructed)
    assert sorted(found.name for found in (drop).iterdir()) == ["Transmis", "facture.pdf"]
    assert hashlib.sha256(CONTENT).hexdigest() == digest(descriptor).sha256
