from __future__ import annotations

import os
import signal
import stat
import subprocess
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from filing.paper import SENT, Desk, without_strace

from pushdoc.filing import Filed, Gone, Obstructed, Replaced
from pushdoc.filing.move import Occupied, carry_out

if TYPE_CHECKING:
    from pathlib import Path

traced = pytest.mark.skipif(without_strace() is not None, reason=str(without_strace()))

NEW = b"%PDF-1.7\nfacture 882, which the user dropped later\n%%EOF\n"
FOREIGN = b"%PDF-1.7\nan older paper of the same name\n%%EOF\n"
# Whatever changes something on a disk; killed before each of them, a process has been killed everywhere.
CALLS = ("mkdirat", "fchown", "fchmod", "write", "fsync", "utimensat", "?renameat,?renameat2", "linkat", "unlinkat")
NO_LINKS = ("-e", "inject=linkat:error=EPERM")


@pytest.fixture(params=["same disk", "other disk"])
def any_desk(request: pytest.FixtureRequest) -> Desk:
    desk: Desk = request.getfixturevalue("desk" if request.param == "same disk" else "far_desk")
    return desk


def test_a_sent_file_goes_to_its_archive_and_the_folder_is_made(any_desk: Desk) -> None:
    any_desk.lay()
    assert any_desk.archive() == Filed(any_desk.shelf / "facture.pdf")
    assert any_desk.files() == {"Transmis/facture.pdf": SENT}


def test_the_archived_file_keeps_its_date_and_its_rights(any_desk: Desk) -> None:
    any_desk.lay()
    os.utime(any_desk.paper, ns=(1_700_000_000_123_456_789, 1_700_000_001_123_456_789))
    any_desk.paper.chmod(0o640)
    any_desk.archive()
    status = (any_desk.shelf / "facture.pdf").stat()
    assert (status.st_mtime_ns, stat.S_IMODE(status.st_mode)) == (1_700_000_001_123_456_789, 0o640)


def test_a_new_folder_has_the_mode_of_the_one_it_lies_in(desk: Desk) -> None:
    desk.lay()
    desk.drop.chmod(0o2770)
    desk.archive()
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (desk.shelf, desk.shelf.parent)] == [0o2770, 0o2770]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders to other groups")
def test_a_new_folder_has_the_group_of_the_one_it_lies_in(desk: Desk) -> None:
    desk.lay()
    os.chown(desk.drop, -1, 12345)
    desk.archive()
    assert desk.shelf.stat().st_gid == 12345


def test_nothing_in_the_archive_is_overwritten(any_desk: Desk) -> None:
    any_desk.lay()
    any_desk.shelf.mkdir(parents=True)
    (any_desk.shelf / "facture.pdf").write_bytes(FOREIGN)
    (any_desk.shelf / "facture (2).pdf").symlink_to("nowhere")
    assert any_desk.archive() == Filed(any_desk.shelf / "facture (3).pdf")
    assert (any_desk.shelf / "facture.pdf").read_bytes() == FOREIGN
    assert (any_desk.shelf / "facture (2).pdf").is_symlink()


@pytest.mark.parametrize("size", [0, len(SENT), 1000])
def test_who_takes_the_planned_name_first_keeps_it(any_desk: Desk, size: int) -> None:
    document = any_desk.lay()
    target = any_desk.shelf / "facture.pdf"
    any_desk.shelf.mkdir(parents=True)
    target.write_bytes(b"x" * size)
    assert carry_out(any_desk.root, document, target) == Occupied()
    assert (target.read_bytes(), any_desk.paper.read_bytes()) == (b"x" * size, SENT)


def test_the_same_name_used_again_after_filing_gets_a_place_of_its_own(any_desk: Desk) -> None:
    any_desk.lay()
    any_desk.archive()
    any_desk.lay(NEW)
    assert any_desk.archive() == Filed(any_desk.shelf / "facture (2).pdf")
    assert (any_desk.shelf / "facture.pdf").read_bytes() == SENT


def test_a_second_call_finds_the_work_done_and_leaves_a_new_document_of_that_name_alone(any_desk: Desk) -> None:
    any_desk.lay()
    filed = any_desk.archive()
    any_desk.paper.write_bytes(NEW)
    assert any_desk.archive() == filed
    assert any_desk.paper.read_bytes() == NEW


def test_the_same_bytes_dropped_again_after_filing_stay_for_whoever_looks_next(any_desk: Desk) -> None:
    any_desk.lay()
    filed = any_desk.archive()
    any_desk.paper.write_bytes(SENT)
    assert any_desk.archive() == filed
    assert any_desk.paper.read_bytes() == SENT


def test_a_replaced_file_is_not_touched(any_desk: Desk) -> None:
    any_desk.lay()
    any_desk.paper.write_bytes(NEW)
    assert any_desk.archive() == Replaced()
    assert any_desk.files() == {"Achats/facture.pdf": NEW}


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_any_more_is_not_touched(any_desk: Desk, kind: str) -> None:
    any_desk.lay()
    any_desk.paper.unlink()
    match kind:
        case "folder":
            any_desk.paper.mkdir()
        case "link":
            (any_desk.drop.parent / "elsewhere.pdf").write_bytes(SENT)
            any_desk.paper.symlink_to(any_desk.drop.parent / "elsewhere.pdf")
        case _:
            os.mkfifo(any_desk.paper)
    assert any_desk.archive() == Replaced()
    assert any_desk.paper.exists()


def test_a_file_that_the_user_took_away_is_gone(any_desk: Desk) -> None:
    any_desk.lay()
    any_desk.paper.unlink()
    assert any_desk.archive() == Gone()


def test_a_name_reserved_for_a_file_that_is_gone_is_given_back(any_desk: Desk) -> None:
    document = any_desk.lay()
    any_desk.paper.unlink()
    any_desk.shelf.mkdir(parents=True)
    (any_desk.shelf / "facture.pdf").write_bytes(b"pushdoc 42\n")
    assert carry_out(any_desk.root, document, any_desk.shelf / "facture.pdf") == Gone()
    assert any_desk.files() == {}


def test_a_drop_folder_that_the_user_took_away_is_gone_with_its_file(desk: Desk) -> None:
    desk.lay()
    desk.paper.unlink()
    desk.drop.rmdir()
    assert desk.archive() == Gone()


def test_a_client_folder_that_is_not_there_may_be_a_share_that_is_not_mounted(desk: Desk) -> None:
    desk.lay()
    desk.drop.parent.rename(desk.root.parent / "unmounted")
    assert code(desk) == "filing.missing"
    (desk.root.parent / "unmounted").rename(desk.drop.parent)
    assert desk.archive() == Filed(desk.shelf / "facture.pdf")


def test_a_root_that_is_not_there_is_not_made(desk: Desk) -> None:
    desk.lay()
    desk.root.rename(desk.root.parent / "unmounted")
    assert code(desk) == "filing.missing"
    assert not desk.root.exists()


def test_the_same_bytes_in_another_inode_are_the_same_paper(any_desk: Desk) -> None:
    """After another mount of a share, devices and inodes have other numbers."""
    any_desk.lay()
    again = any_desk.drop / "again"
    again.write_bytes(SENT)
    again.replace(any_desk.paper)
    assert any_desk.archive() == Filed(any_desk.shelf / "facture.pdf")
    assert any_desk.files() == {"Transmis/facture.pdf": SENT}


def test_a_name_that_is_not_utf_8_keeps_its_bytes(desk: Desk) -> None:
    desk.lay()
    odd = desk.drop / os.fsdecode(b"caf\xe9.pdf")
    desk.paper.rename(odd)
    result = carry_out(desk.root, replace(desk.document(), path=odd), desk.shelf / odd.name)
    assert result == Filed(desk.shelf / odd.name)
    assert [os.fsencode(path.name) for path in desk.shelf.iterdir()] == [b"caf\xe9.pdf"]


@pytest.mark.parametrize("where", ["shelf", "drop"])
def test_a_link_on_the_way_is_refused(desk: Desk, where: str) -> None:
    desk.lay()
    outside = desk.root.parent / "outside"
    if where == "shelf":
        outside.mkdir()
        desk.shelf.parent.symlink_to(outside)
    else:
        desk.drop.rename(outside)
        desk.drop.symlink_to(outside)
    assert code(desk) == "filing.link_in_the_way"
    assert not (outside / "Transmis").exists()
    assert desk.paper.read_bytes() == SENT


def test_a_late_replacement_that_a_crash_left_hidden_comes_back_beside_what_came_since(any_desk: Desk) -> None:
    any_desk.lay()
    any_desk.paper.rename(any_desk.drop / ".pushdoc-42.taken")
    (any_desk.drop / ".pushdoc-42.taken").write_bytes(NEW)
    any_desk.paper.write_bytes(FOREIGN)
    assert any_desk.archive() == Replaced()
    assert any_desk.files() == {"Achats/facture.pdf": FOREIGN, "Achats/facture (2).pdf": NEW}


def test_a_folder_that_a_crash_left_hidden_comes_back(desk: Desk) -> None:
    desk.lay()
    desk.paper.unlink()
    (desk.drop / ".pushdoc-42.taken").mkdir()
    (desk.drop / ".pushdoc-42.taken" / "page.pdf").write_bytes(NEW)
    assert desk.archive() == Replaced()
    assert desk.files() == {"Achats/facture.pdf/page.pdf": NEW}


def test_the_sent_file_that_a_crash_left_hidden_is_filed_whatever_came_since(any_desk: Desk) -> None:
    any_desk.lay()
    any_desk.paper.rename(any_desk.drop / ".pushdoc-42.taken")
    any_desk.paper.write_bytes(NEW)
    assert any_desk.archive() == Filed(any_desk.shelf / "facture.pdf")
    assert any_desk.files() == {"Achats/facture.pdf": NEW, "Transmis/facture.pdf": SENT}


@traced
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_killed_at_any_instant_the_file_is_found_once_and_nothing_is_overwritten(
    any_desk: Desk, tmp_path: Path, call: str, *, links: bool
) -> None:
    for number in count(1):
        any_desk.lay()
        any_desk.shelf.mkdir(parents=True, exist_ok=True)
        (any_desk.shelf / "facture.pdf").write_bytes(FOREIGN)
        killed = kill_at(any_desk, call, number, links=links, log=tmp_path / "log")
        assert SENT in any_desk.files().values()
        if not links:
            assert run(any_desk, *NO_LINKS, log=tmp_path / "log") == 0
        filed = any_desk.archive()
        assert isinstance(filed, Filed)
        assert filed.path.read_bytes() == SENT
        # Without links, a process that dies between making a reservation and writing in it leaves an empty file.
        assert sorted(filter(None, any_desk.files().values())) == sorted([FOREIGN, SENT])
        assert not [name for name in any_desk.files() if ".pushdoc" in name]
        if not killed:
            return
        clear(any_desk)


@traced
@pytest.mark.parametrize("call", ["mkdirat", "fchown", "fchmod", "fsync"])
def test_killed_while_it_makes_the_folders_it_makes_the_rest_of_them_next_time(
    any_desk: Desk, tmp_path: Path, call: str
) -> None:
    for number in count(1):
        any_desk.lay()
        killed = kill_at(any_desk, call, number, links=True, log=tmp_path / "log")
        assert any_desk.archive() == Filed(any_desk.shelf / "facture.pdf")
        assert any_desk.files() == {"Transmis/facture.pdf": SENT}
        if not killed:
            return
        clear(any_desk)
        any_desk.shelf.rmdir()


@traced
def test_what_replaces_the_file_in_the_very_moment_of_its_move_goes_back_to_the_drop_folder(
    any_desk: Desk, tmp_path: Path
) -> None:
    any_desk.lay()
    replace_while_held(any_desk, at="mkdirat", log=tmp_path / "log")  # after the last look, before the file is taken
    assert any_desk.files() == {"Achats/facture.pdf": NEW}
    assert any_desk.archive() == Replaced()


@traced
def test_what_replaces_the_file_after_its_copy_to_another_disk_survives_in_the_drop_folder(
    far_desk: Desk, tmp_path: Path
) -> None:
    far_desk.lay()
    replace_while_held(far_desk, at="utimensat", log=tmp_path / "log")
    assert far_desk.files() == {"Achats/facture.pdf": NEW, "Transmis/facture.pdf": SENT}
    assert far_desk.archive() == Filed(far_desk.shelf / "facture.pdf")


@traced
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("linkat:error=ENOSPC:when=1", "filing.full"),
        ("linkat:error=EACCES:when=1", "filing.no_right"),
        ("mkdirat:error=EROFS", "filing.read_only"),
        ("mkdirat:error=EACCES", "filing.no_right"),
        ("?renameat,?renameat2:error=EBUSY", "filing.in_use"),
        ("?renameat,?renameat2:error=EMFILE", "filing.failed"),
        ("fsync:error=ESTALE", "filing.unreachable"),
    ],
)
def test_an_obstacle_leaves_the_file_where_it_was_until_the_next_try(
    any_desk: Desk, tmp_path: Path, fault: str, said: str
) -> None:
    any_desk.lay()
    assert told(any_desk, fault, log=tmp_path / "log") == said
    assert SENT in any_desk.files().values()
    assert not [name for name in any_desk.files() if ".pushdoc" in name]
    assert any_desk.archive() == Filed(any_desk.shelf / "facture.pdf")
    assert any_desk.files() == {"Transmis/facture.pdf": SENT}


@traced
@pytest.mark.parametrize("call", CALLS[CALLS.index("fsync") :])
@pytest.mark.parametrize("lasting", ["", "+"], ids=["once", "lasting"])
def test_an_error_at_any_instant_loses_nothing_and_the_next_try_files_it(
    any_desk: Desk, tmp_path: Path, call: str, lasting: str
) -> None:
    for number in count(1):
        any_desk.lay()
        result = told(any_desk, f"{call}:error=EIO:when={number}{lasting}", log=tmp_path / "log")
        assert SENT in any_desk.files().values()
        assert any_desk.archive() == Filed(any_desk.shelf / "facture.pdf")
        assert any_desk.files() == {"Transmis/facture.pdf": SENT}
        if result == "Filed":
            return
        clear(any_desk)


@traced
def test_a_disk_that_fills_up_in_the_middle_of_a_copy_keeps_nothing_of_it(far_desk: Desk, tmp_path: Path) -> None:
    far_desk.lay()
    assert told(far_desk, "write:error=EDQUOT:when=3", log=tmp_path / "log") == "filing.full"
    assert far_desk.files() == {"Achats/facture.pdf": SENT}


@traced
def test_one_disk_mounted_twice_is_copied_though_it_looks_like_one(desk: Desk, tmp_path: Path) -> None:
    desk.lay()
    assert run(desk, "-e", "inject=linkat:error=EXDEV:when=1", log=tmp_path / "log") == 0
    assert desk.archive() == Filed(desk.shelf / "facture.pdf")
    assert list(desk.files().values()) == [SENT]


def kill_at(desk: Desk, call: str, number: int, *, links: bool, log: Path) -> bool:
    """Whether filing in a process of its own was killed before its so-manieth system call of that name."""
    kill = f"signal=KILL:when={number}"
    if call == "linkat" and not links:
        return run(desk, "-e", f"inject=linkat:error=EPERM:{kill}", log=log) != 0
    return run(desk, *(() if links else NO_LINKS), "-e", f"inject={call}:{kill}", log=log) != 0


def run(desk: Desk, *options: str, log: Path) -> int:
    """How the document's filing in a process of its own ended."""
    return subprocess.run(desk.traced(*options, log=log), check=False, capture_output=True).returncode


def replace_while_held(desk: Desk, at: str, log: Path) -> None:
    """File the document in a process of its own, held at a system call while a user replaces the file."""
    command = desk.traced("-e", f"trace={at}", "-e", f"inject={at}:signal=STOP:when=1", log=log)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        while "stopped by SIGSTOP" not in log.read_text():
            assert process.poll() is None
        replacement = desk.drop / ".new"
        replacement.write_bytes(NEW)
        replacement.replace(desk.paper)
        os.kill(child, signal.SIGCONT)
        assert process.wait() == 0


def told(desk: Desk, fault: str, log: Path) -> str:
    """What filing the document in a process of its own came to, one of whose system calls fails."""
    command = desk.traced("-e", f"inject={fault}", log=log)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[1]


def code(desk: Desk) -> str:
    result = desk.archive()
    assert isinstance(result, Obstructed)
    return result.reason.code


def clear(desk: Desk) -> None:
    for path in desk.shelf.iterdir():
        path.unlink()
