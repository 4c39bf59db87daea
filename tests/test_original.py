from __future__ import annotations

import hashlib
import os
import shutil
import socket
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from pushdoc.document import Identity
from pushdoc.original import NotAFileError, digest, identity_of, look_at, make_durable, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

PAPER = b"%PDF-1.7 facture 881"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    drop = tmp_path / "root" / "Boulangerie Martin" / "Achats"
    drop.mkdir(parents=True)
    (drop / "facture.pdf").write_bytes(PAPER)
    return tmp_path / "root"


@pytest.fixture
def paper(root: Path) -> Path:
    return root / "Boulangerie Martin" / "Achats" / "facture.pdf"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    outside = tmp_path / "elsewhere"
    (outside / "Achats").mkdir(parents=True)
    (outside / "Achats" / "facture.pdf").write_bytes(b"somebody else's")
    return outside


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A socket's path may have 108 bytes only."""
    folder = Path(mkdtemp())
    yield folder
    shutil.rmtree(folder)


def descriptors() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def test_a_file_beneath_the_root_is_opened_and_read(root: Path, paper: Path) -> None:
    with opened(root, paper) as descriptor:
        assert os.pread(descriptor, 100, 0) == PAPER
        assert identity_of(os.fstat(descriptor)) == look_at(paper)


def test_the_root_itself_may_be_a_link(root: Path, tmp_path: Path) -> None:
    link = tmp_path / "mcf"
    link.symlink_to(root)

    with opened(link, link / "Boulangerie Martin" / "Achats" / "facture.pdf") as descriptor:
        assert os.pread(descriptor, 100, 0) == PAPER


@pytest.mark.parametrize("linked", ["Boulangerie Martin", "Boulangerie Martin/Achats"])
def test_a_link_instead_of_a_folder_on_the_way_is_refused(
    root: Path, paper: Path, elsewhere: Path, linked: str
) -> None:
    target = elsewhere if linked == "Boulangerie Martin" else elsewhere / "Achats"
    shutil.rmtree(root / linked)
    (root / linked).symlink_to(target)
    assert paper.read_bytes() == b"somebody else's"  # for whoever follows links

    with pytest.raises(NotAFileError), opened(root, paper):
        pass


def test_a_link_instead_of_the_file_is_refused(root: Path, paper: Path, elsewhere: Path) -> None:
    paper.unlink()
    paper.symlink_to(elsewhere / "Achats" / "facture.pdf")

    with pytest.raises(NotAFileError), opened(root, paper):
        pass


def test_a_link_that_leads_nowhere_is_refused_too(root: Path, paper: Path) -> None:
    paper.unlink()
    paper.symlink_to("nothing")

    with pytest.raises(NotAFileError), opened(root, paper):
        pass


def test_a_pipe_is_refused_without_waiting_for_its_writer(root: Path, paper: Path) -> None:
    paper.unlink()
    os.mkfifo(paper)

    with pytest.raises(NotAFileError), opened(root, paper):
        pass


def test_a_folder_is_refused(root: Path, paper: Path) -> None:
    with pytest.raises(NotAFileError), opened(root, paper.parent):
        pass


def test_a_socket_is_refused(short_folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(short_folder / "x.pdf"))

        with pytest.raises(NotAFileError), opened(short_folder, short_folder / "x.pdf"):
            pass


def test_a_device_is_refused() -> None:
    with pytest.raises(NotAFileError), opened(Path("/dev"), Path("/dev/null")):
        pass


def test_a_file_that_stands_where_a_folder_should_is_refused(root: Path, paper: Path) -> None:
    with pytest.raises(NotAFileError), opened(root, paper / "page.pdf"):
        pass


def test_a_way_out_of_the_root_is_refused(root: Path, elsewhere: Path) -> None:
    assert elsewhere.is_dir()

    for path in (root / ".." / "elsewhere" / "Achats" / "facture.pdf", elsewhere / "Achats" / "facture.pdf", root):
        with pytest.raises(NotAFileError), opened(root, path):
            pass


def test_a_file_that_is_gone_is_told_as_gone(root: Path, paper: Path) -> None:
    paper.unlink()

    with pytest.raises(FileNotFoundError), opened(root, paper):
        pass


def test_no_descriptor_stays_open_whatever_happens(root: Path, paper: Path) -> None:
    before = descriptors()

    with opened(root, paper):
        assert len(descriptors()) == len(before) + 1
    for path in (paper.parent, paper / "page.pdf", paper.parent / "gone.pdf"):
        with pytest.raises(OSError, match=r"."), opened(root, path):
            pass

    assert descriptors() == before


def test_the_file_that_was_opened_is_read_even_where_another_takes_its_name(root: Path, paper: Path) -> None:
    with opened(root, paper) as descriptor:
        other = paper.with_name("other.pdf")
        other.write_bytes(b"another paper")
        other.replace(paper)

        assert digest(descriptor).sha256 == hashlib.sha256(PAPER).hexdigest()
        assert identity_of(os.fstat(descriptor)) != look_at(paper)


@pytest.mark.parametrize("size", [0, 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 1])
def test_a_digest_is_of_the_whole_file_wherever_the_descriptor_stands(root: Path, paper: Path, size: int) -> None:
    content = os.urandom(size)
    paper.write_bytes(content)

    with opened(root, paper) as descriptor:
        os.lseek(descriptor, size // 2, os.SEEK_SET)
        found = digest(descriptor)
        assert os.lseek(descriptor, 0, os.SEEK_CUR) == size // 2

    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.sha1 == hashlib.sha1(content, usedforsecurity=False).hexdigest()


def test_a_file_that_is_written_to_has_another_identity(paper: Path) -> None:
    before = look_at(paper)
    paper.write_bytes(PAPER + b" and a page")

    assert before is not None
    assert look_at(paper) != before


def test_a_look_says_which_file_stands_there(paper: Path) -> None:
    status = paper.stat()

    assert look_at(paper) == Identity(status.st_dev, status.st_ino, len(PAPER), status.st_mtime_ns)


def test_a_look_finds_nothing_where_no_regular_file_stands(paper: Path) -> None:
    link = paper.with_name("link.pdf")
    link.symlink_to(paper)
    os.mkfifo(paper.with_name("pipe.pdf"))

    for nothing in (paper.with_name("gone.pdf"), paper.parent / "gone" / "x.pdf", link, paper.parent):
        assert look_at(nothing) is None
    assert look_at(paper.with_name("pipe.pdf")) is None


def test_beneath_a_file_there_is_surely_nothing(paper: Path) -> None:
    assert look_at(paper / "page.pdf") is None


def test_what_cannot_be_looked_at_is_not_said_to_be_gone(root: Path) -> None:
    circle = root / "circle"
    circle.symlink_to(circle)

    # No right and a share that hangs are told in the same way; a circle of links is one that the tests' user meets too.
    with pytest.raises(OSError, match=r"."):
        look_at(circle / "facture.pdf")


def test_what_cannot_be_synced_is_done_without() -> None:
    reading, writing = os.pipe()
    try:
        with pytest.raises(OSError, match="Invalid argument"):
            os.fsync(reading)

        make_durable(reading)
    finally:
        os.close(reading)
        os.close(writing)
