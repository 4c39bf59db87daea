from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from filing.paper import a_document

from pushdoc.filing import (
    MarkStyle,
    clear_mark,
    document_of,
    is_mark,
    mark_text,
    marks_in,
    remove_mark,
    remove_stray,
    write_mark,
)
from pushdoc.filing.mark import _hidden, mark_name
from pushdoc.marks import MARK_SUFFIX
from pushdoc.words import Language, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.document import Document

WHY = Phrase("filing.unreachable", {"folder": "/srv/mcf"})


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "facture.pdf"
    path.write_bytes(b"%PDF")
    return path


@pytest.fixture
def mark(paper: Path) -> Path:
    return paper.with_name("facture.pdf.NON-TRANSMIS.txt")


def text(document: Document, reason: Phrase = WHY, language: Language = "fr") -> str:
    return mark_text(document, reason, document.since, language, ZoneInfo("Europe/Paris"))


def test_a_mark_stands_beside_its_document_and_notepad_opens_it(paper: Path, mark: Path, tmp_path: Path) -> None:
    said = text(a_document(paper))
    assert write_mark(tmp_path, paper, said) is None
    content = mark.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.decode("utf-8-sig").replace("\r\n", "\n") == said
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["facture.pdf", mark.name]


def test_a_mark_that_says_it_already_is_not_written_again(paper: Path, mark: Path, tmp_path: Path) -> None:
    said = text(a_document(paper))
    write_mark(tmp_path, paper, said)
    before = mark.stat()
    assert write_mark(tmp_path, paper, said) is None
    assert mark.stat() == before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mark_says_the_newest_whatever_language_it_said_before(
    paper: Path, mark: Path, tmp_path: Path, language: Language
) -> None:
    document = a_document(paper)
    write_mark(tmp_path, paper, text(document, language=language))
    write_mark(tmp_path, paper, text(document, Phrase("filing.full", {"folder": "/srv"})))
    assert "est plein" in mark.read_text("utf-8-sig")
    assert remove_mark(tmp_path, paper) is None
    assert not mark.exists()


@pytest.mark.parametrize("content", [b"Notes\r\nof mine", b"\xff\xfe\x00", b"x" * 100_000])
def test_a_file_of_the_user_is_neither_overwritten_nor_removed(
    paper: Path, mark: Path, tmp_path: Path, content: bytes
) -> None:
    mark.write_bytes(content)
    barred = write_mark(tmp_path, paper, text(a_document(paper)))
    assert barred is not None
    assert barred.reason.code == "filing.mark_taken"
    assert remove_mark(tmp_path, paper) is None
    assert mark.read_bytes() == content


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_is_not_ours(paper: Path, mark: Path, tmp_path: Path, kind: str) -> None:
    match kind:
        case "folder":
            mark.mkdir()
        case "link":
            mark.symlink_to(paper)
        case _:
            os.mkfifo(mark)
    barred = write_mark(tmp_path, paper, text(a_document(paper)))
    assert barred is not None
    remove_mark(tmp_path, paper)
    assert mark.is_symlink() or mark.exists()
    assert paper.read_bytes() == b"%PDF"


def test_a_document_that_is_gone_gets_no_mark(paper: Path, mark: Path, tmp_path: Path) -> None:
    said = text(a_document(paper))
    paper.unlink()
    assert write_mark(tmp_path, paper, said) is None
    assert not mark.exists()
    assert write_mark(tmp_path, tmp_path / "gone" / "a.pdf", said) is None


def test_a_mark_is_removed_though_its_document_is_gone(paper: Path, mark: Path, tmp_path: Path) -> None:
    write_mark(tmp_path, paper, text(a_document(paper)))
    paper.unlink()
    assert remove_mark(tmp_path, paper) is None
    assert not mark.exists()
    assert remove_mark(tmp_path, paper) is None
    assert remove_mark(tmp_path, tmp_path / "gone" / "a.pdf") is None


def test_who_may_read_or_change_the_document_may_read_or_change_its_mark(
    paper: Path, mark: Path, tmp_path: Path
) -> None:
    paper.chmod(0o464)
    write_mark(tmp_path, paper, text(a_document(paper)))
    assert stat.S_IMODE(mark.stat().st_mode) == 0o664


@pytest.mark.parametrize("after", [write_mark, lambda root, paper, _: remove_mark(root, paper)])
def test_what_a_crash_left_half_written_is_cleared_away(
    paper: Path, mark: Path, tmp_path: Path, after: Callable[[Path, Path, str], object]
) -> None:
    (tmp_path / _hidden(mark.name)).write_bytes(b"half a ma")
    assert after(tmp_path, paper, text(a_document(paper))) is None
    assert {path.name for path in tmp_path.iterdir()} <= {"facture.pdf", mark.name}


def test_a_link_on_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "facture.pdf").write_bytes(b"%PDF")
    (tmp_path / "drop").symlink_to("there")
    paper, real = tmp_path / "drop" / "facture.pdf", tmp_path / "there" / "facture.pdf"
    assert write_mark(tmp_path, real, text(a_document(real))) is None
    for barred in (write_mark(tmp_path, paper, text(a_document(paper))), remove_mark(tmp_path, paper)):
        assert barred is not None
        assert barred.reason.code == "filing.link_in_the_way"
    assert (tmp_path / "there" / mark_name(paper.name)).exists()


def test_the_longest_name_has_a_mark_of_its_own(tmp_path: Path) -> None:
    names = ["é" * 125 + "x.pdf", "é" * 125 + "y.pdf", os.fsdecode(b"\xe9" * 255)]
    marks = [mark_name(name) for name in names]
    assert len(set(marks)) == 3
    assert all(len(os.fsencode(mark)) <= 255 for mark in marks)
    for name in names:
        paper = tmp_path / name
        paper.write_bytes(b"%PDF")
        assert write_mark(tmp_path, paper, text(a_document(paper))) is None
    there = [path.name for path in tmp_path.iterdir()]
    assert sorted(marks_in(there)) == sorted(marks)
    assert [document_of(mark, there) for mark in marks] == names


def test_marks_are_told_from_documents_and_know_theirs() -> None:
    names = ["a.pdf", "a.pdf.NON-TRANSMIS.txt", "b.pdf.NON-TRANSMIS.txt", MARK_SUFFIX, "notes.txt"]
    assert marks_in(names) == ["a.pdf.NON-TRANSMIS.txt", "b.pdf.NON-TRANSMIS.txt"]
    assert document_of("a.pdf.NON-TRANSMIS.txt", names) == "a.pdf"
    assert document_of("b.pdf.NON-TRANSMIS.txt", names) is None


def test_a_mark_can_be_written_on_the_document_itself(paper: Path, tmp_path: Path) -> None:
    skip_without_attributes(paper)
    said = text(a_document(paper)) + "é" * 3000
    before = a_document(paper).identity
    assert write_mark(tmp_path, paper, said, MarkStyle.XATTR) is None
    assert os.getxattr(paper, "user.pushdoc.state") == b"non_transmis"
    assert said.startswith(os.getxattr(paper, "user.pushdoc.reason").decode())
    changed = paper.stat().st_ctime_ns
    assert write_mark(tmp_path, paper, said, MarkStyle.XATTR) is None
    assert paper.stat().st_ctime_ns == changed
    assert remove_mark(tmp_path, paper, MarkStyle.XATTR) is None
    assert remove_mark(tmp_path, paper, MarkStyle.XATTR) is None
    assert os.listxattr(paper) == []
    assert a_document(paper).identity == before


def test_a_file_system_without_attributes_is_told_of() -> None:
    barred = write_mark(Path("/proc"), Path("/proc/version"), "x", MarkStyle.XATTR)
    assert barred is not None
    assert barred.reason.code == "filing.no_attributes"
    assert remove_mark(Path("/proc"), Path("/proc/version"), MarkStyle.XATTR) is None


def test_a_mark_that_somebody_has_emptied_is_written_again_and_goes_with_its_cause(
    paper: Path, mark: Path, tmp_path: Path
) -> None:
    said = text(a_document(paper))
    mark.write_bytes(b"")
    assert write_mark(tmp_path, paper, said) is None
    assert mark.read_text("utf-8-sig") == said
    mark.write_bytes(b"")
    assert remove_mark(tmp_path, paper) is None
    assert not mark.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mark_that_a_program_saved_in_its_own_way_is_ours_still(
    paper: Path, mark: Path, tmp_path: Path, encoding: str, language: Language
) -> None:
    said = text(a_document(paper), language=language)
    mark.write_text(said + "vu avec Mme Durand\n", encoding, errors="replace", newline="\r\n")
    assert is_mark(mark.read_bytes(), mark.stat().st_size)
    assert write_mark(tmp_path, paper, said) is None
    assert mark.read_text("utf-8-sig") == said


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Non transmis", b"\xff\xfe", "« Non transmis »".encode()])
def test_what_does_not_begin_as_a_mark_is_none(content: bytes) -> None:
    assert not is_mark(content, len(content))


def test_a_mark_is_no_mark_where_it_is_longer_than_any(paper: Path) -> None:
    said = text(a_document(paper)).encode()
    assert is_mark(said[:400], 1 << 16)
    assert not is_mark(said[:400], (1 << 16) + 1)


@pytest.mark.parametrize("name", ["facture.pdf.non-transmis.txt", "facture.pdf.NON-TRANSMIS.TXT"])
def test_a_stray_mark_goes_by_the_name_that_it_has(paper: Path, mark: Path, tmp_path: Path, name: str) -> None:
    write_mark(tmp_path, paper, text(a_document(paper)))
    stray = mark.rename(mark.with_name(name))
    assert remove_stray(tmp_path, stray) is None
    assert not stray.exists()
    stray.write_text("mine")
    assert remove_stray(tmp_path, stray) is None
    assert remove_stray(tmp_path, tmp_path / "gone" / name) is None
    assert stray.exists()


@pytest.mark.parametrize("before", MarkStyle)
@pytest.mark.parametrize("after", MarkStyle)
def test_the_mark_of_another_style_goes(
    paper: Path, mark: Path, tmp_path: Path, before: MarkStyle, after: MarkStyle
) -> None:
    skip_without_attributes(paper)
    said = text(a_document(paper))
    assert write_mark(tmp_path, paper, said, before) is None
    assert write_mark(tmp_path, paper, said, after) is None
    assert mark.exists() == (after is MarkStyle.SIDECAR)
    assert bool(os.listxattr(paper)) == (after is MarkStyle.XATTR)


@pytest.mark.parametrize("before", MarkStyle)
@pytest.mark.parametrize("after", MarkStyle)
def test_a_text_file_goes_whatever_the_style_and_attributes_where_they_are_asked_for(
    paper: Path, mark: Path, tmp_path: Path, before: MarkStyle, after: MarkStyle
) -> None:
    skip_without_attributes(paper)
    write_mark(tmp_path, paper, text(a_document(paper)), before)
    assert remove_mark(tmp_path, paper, after) is None
    assert clear_mark(tmp_path, paper) is None
    assert not mark.exists()
    assert os.listxattr(paper) == []


def test_where_attributes_have_no_room_a_text_file_stands_in(paper: Path, mark: Path, tmp_path: Path) -> None:
    skip_without_attributes(paper)
    try:
        for number in range(200):
            os.setxattr(paper, f"user.fill{number}", b"x" * 500)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.E2BIG}:
            raise
    else:
        pytest.skip("the temporary folder's file system has room for a hundred kilobytes of attributes")
    said = text(a_document(paper))

    assert write_mark(tmp_path, paper, said, MarkStyle.XATTR) is None
    assert mark.read_text("utf-8-sig") == said
    assert remove_mark(tmp_path, paper, MarkStyle.XATTR) is None
    assert not mark.exists()


def test_attributes_of_others_are_left(paper: Path, tmp_path: Path) -> None:
    skip_without_attributes(paper)
    os.setxattr(paper, "user.theirs", b"x")
    write_mark(tmp_path, paper, "x", MarkStyle.XATTR)
    assert clear_mark(tmp_path, paper) is None
    assert os.listxattr(paper) == ["user.theirs"]
    assert clear_mark(tmp_path, tmp_path / "gone.pdf") is None


def test_no_marks_are_no_marks(paper: Path, tmp_path: Path) -> None:
    assert write_mark(tmp_path, paper, "x", MarkStyle.NONE) is None
    assert remove_mark(tmp_path, paper, MarkStyle.NONE) is None
    assert [path.name for path in tmp_path.iterdir()] == ["facture.pdf"]


def skip_without_attributes(paper: Path) -> None:
    try:
        os.setxattr(paper, "user.trial", b"")
        os.removexattr(paper, "user.trial")
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            pytest.skip("the temporary folder's file system has no extended attributes")
        raise
