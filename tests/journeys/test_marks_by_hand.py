"""Marks and what people do with them: copied, renamed, emptied, edited, moved; and rules that ask for others."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from fakes import refused
from hostile import HOSTILE
from journeys.firm import GARAGE, NOVEMBER, PURCHASES

from pushdoc.filing import is_mark, mark_name
from pushdoc.filing.mark import _hidden
from pushdoc.journey import decisions
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakes import ScriptedDestination
    from journeys.firm import Firm

EVERYTHING = PURCHASES + 'accept = ["*"]\nsubfolders = true\n'


@pytest.fixture
def path(firm: Firm, destination: ScriptedDestination) -> Path:
    """A paper that was refused, and marked."""
    return refused_paper(firm, destination)


def refused_paper(firm: Firm, destination: ScriptedDestination, name: str = "facture.pdf") -> Path:
    destination.next(refused())
    path = firm.drop(name)
    firm.work()
    return path


def mark_of(path: Path) -> Path:
    return path.with_name(mark_name(path.name))


def attributes(path: Path) -> list[str]:
    return [name for name in os.listxattr(path) if name.startswith("user.")]


def skip_without_attributes(folder: Path) -> None:
    trial = folder / "trial"
    trial.touch()
    try:
        os.setxattr(trial, "user.trial", b"")
    except OSError:
        pytest.skip("the temporary folder's file system has no extended attributes")
    finally:
        trial.unlink()


@pytest.mark.parametrize(
    "name",
    [
        "facture.pdf.NON-TRANSMIS - Copie.txt",
        "Copie de facture.pdf.NON-TRANSMIS.txt.txt",
        "facture.pdf.NON-TRANSMIS (1).txt",
        "à lire.txt",
        "facture (2).pdf",
        "sans extension",
    ],
)
def test_a_mark_that_is_copied_or_renamed_is_never_sent_nor_marked_nor_taken_away(
    found: Callable[..., Firm], destination: ScriptedDestination, name: str
) -> None:
    firm = found(rules_text=EVERYTHING)
    path = refused_paper(firm, destination)
    copy = mark_of(path).with_name(name)
    shutil.copy2(mark_of(path), copy)
    deeper = path.parent / "deeper"
    deeper.mkdir()
    shutil.copy2(copy, deeper)
    firm.work(hours=1)
    firm.restart()
    firm.work(hours=0.1)

    assert (firm.states, len(destination.attempts)) == ([State.NON_TRANSMIS], 1)
    assert copy.exists()
    assert (deeper / name).exists()
    assert len(firm.files()) == 4


def test_a_mark_that_is_renamed_is_made_again(firm: Firm, path: Path) -> None:
    noted = mark_of(path).rename(path.with_name("à lire.txt"))
    firm.work()

    assert firm.marked(path)
    assert is_mark(noted.read_bytes(), noted.stat().st_size)
    assert len(firm.documents) == 1


def test_a_folder_that_is_moved_into_another_drop_folder_leaves_its_marks_behind_and_sends_only_papers(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=EVERYTHING)
    path = refused_paper(firm, destination)
    there = firm.root / GARAGE / NOVEMBER
    there.parent.mkdir(parents=True)
    path.parent.rename(there)
    firm.work(hours=0.1)

    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]
    assert destination.contents == [b"%PDF facture.pdf"]
    assert set(firm.files(GARAGE)) == {f"{NOVEMBER}/Transmis/facture.pdf"}
    assert firm.files() == {}


def test_marks_in_an_archive_that_is_moved_into_a_drop_folder_are_not_sent(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=EVERYTHING)
    path = refused_paper(firm, destination)
    archive = firm.folder / "archive"
    archive.mkdir()
    for number, name in enumerate(("facture.pdf.NON-TRANSMIS.txt", "note.txt")):
        (archive / name).write_bytes(mark_of(path).read_bytes() + b"%d" % number)
    archive.rename(path.parent / "2025")
    firm.work(hours=0.1)

    assert firm.states == [State.NON_TRANSMIS]
    assert sorted(file.name for file in (path.parent / "2025").iterdir()) == ["note.txt"]


@pytest.mark.parametrize("how", ["emptied", "edited", "saved by notepad", "cut", "deleted"])
def test_a_mark_that_was_changed_by_hand_says_again_what_it_said(firm: Firm, path: Path, how: str) -> None:
    mark = mark_of(path)
    before = mark.read_bytes()
    match how:
        case "emptied":
            mark.write_bytes(b"")
        case "edited":
            mark.write_bytes(before + b"vu\r\n")
        case "saved by notepad":
            mark.write_text(before.decode("utf-8-sig"), "utf-16", newline="")
        case "cut":
            mark.write_bytes(before[: len(before) // 2])
        case "deleted":
            mark.unlink()
    firm.work()

    assert mark.read_bytes() == before
    decisions.acknowledge(firm.ledger, firm.one, "by post")
    firm.work()
    assert not mark.exists()


@pytest.mark.parametrize("how", ["folder", "full folder", "link", "pipe"])
def test_what_stands_in_a_marks_place_is_left_and_the_paper_goes_its_way(
    firm: Firm, destination: ScriptedDestination, path: Path, how: str
) -> None:
    mark = mark_of(path)
    mark.unlink()
    match how:
        case "link":
            mark.symlink_to(path)
        case "pipe":
            os.mkfifo(mark)
        case _:
            mark.mkdir()
            if how == "full folder":
                (mark / "note.txt").write_text("mine")
    firm.work(hours=0.1)
    assert firm.states == [State.NON_TRANSMIS]

    decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED]
    assert mark.is_symlink() or mark.exists()
    assert destination.contents == [b"%PDF facture.pdf"]


@pytest.mark.parametrize("style", ["sidecar", "xattr"])
@pytest.mark.parametrize("decision", ["retried", "set aside"])
def test_what_was_decided_while_pushdoc_was_stopped_is_unmarked_at_the_next_start(
    found: Callable[..., Firm], destination: ScriptedDestination, tmp_path: Path, style: str, decision: str
) -> None:
    skip_without_attributes(tmp_path)
    firm = found(rules_text=PURCHASES + f'[marks]\nstyle = "{style}"\n')
    path = refused_paper(firm, destination)
    assert firm.marked(path) == (style == "sidecar")
    assert bool(attributes(path)) == (style == "xattr")

    destination.dossiers_kept = []  # so that a retried one stays where it is
    if decision == "retried":
        decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
    else:
        decisions.acknowledge(firm.ledger, firm.one, "by post")
    firm.restart()
    firm.work()

    assert firm.states == [State.WAITING if decision == "retried" else State.ACKNOWLEDGED]
    assert not firm.marked(path)
    assert attributes(path) == []


@pytest.mark.parametrize("before", ["sidecar", "xattr", "none"])
@pytest.mark.parametrize("after", ["sidecar", "xattr", "none"])
@pytest.mark.parametrize("decided", [False, True], ids=["still refused", "set aside meanwhile"])
def test_when_the_rules_ask_for_other_marks_the_old_ones_go(
    found: Callable[..., Firm],
    destination: ScriptedDestination,
    tmp_path: Path,
    before: str,
    after: str,
    *,
    decided: bool,
) -> None:
    skip_without_attributes(tmp_path)
    firm = found(rules_text=PURCHASES + f'[marks]\nstyle = "{before}"\n')
    path = refused_paper(firm, destination)
    if decided:
        decisions.acknowledge(firm.ledger, firm.one, "by post")
    firm.restart(PURCHASES + f'[marks]\nstyle = "{after}"\n')
    firm.work()

    assert firm.marked(path) == (after == "sidecar" and not decided)
    assert bool(attributes(path)) == (after == "xattr" and not decided)


def test_a_copy_that_carries_the_attributes_along_loses_them_and_goes(
    found: Callable[..., Firm], destination: ScriptedDestination, tmp_path: Path
) -> None:
    skip_without_attributes(tmp_path)
    firm = found(rules_text=PURCHASES + '[marks]\nstyle = "xattr"\n')
    path = refused_paper(firm, destination)
    copy = path.with_name("copie.pdf")
    shutil.copy2(path, copy)  # as `cp -a`
    assert attributes(copy)
    destination.dossiers_kept = []
    firm.restart()
    firm.work()

    assert firm.states == [State.NON_TRANSMIS, State.WAITING]
    assert (attributes(copy), bool(attributes(path))) == ([], True)


def test_attributes_come_back_with_a_second_refusal_and_go_with_its_cause(
    found: Callable[..., Firm], destination: ScriptedDestination, tmp_path: Path
) -> None:
    skip_without_attributes(tmp_path)
    firm = found(rules_text=PURCHASES + '[marks]\nstyle = "xattr"\n')
    path = refused_paper(firm, destination)
    decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
    firm.look()
    assert (firm.states, attributes(path)) == ([State.WAITING], [])
    destination.next(refused())
    firm.work()
    assert attributes(path)

    decisions.acknowledge(firm.ledger, firm.one, "by post")
    firm.work()
    assert attributes(path) == []


def test_when_tries_and_reason_change_the_mark_says_so_and_else_it_is_left_alone(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    mark = mark_of(path)
    first, written = mark.read_text("utf-8-sig"), mark.stat().st_mtime_ns
    firm.work(hours=1)
    assert mark.stat().st_mtime_ns == written

    destination.next(refused("inqom.refused"))
    decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
    firm.work()

    assert firm.states == [State.NON_TRANSMIS]
    second = mark.read_text("utf-8-sig")
    assert ("trop lourd" in first, "trop lourd" in second) == (True, False)
    assert second != first


def test_a_half_written_mark_of_a_paper_that_is_gone_leaves_nothing(firm: Firm, path: Path) -> None:
    mark = mark_of(path)
    hidden = path.with_name(_hidden(mark.name))
    hidden.write_bytes(b"half a ma")
    mark.unlink()
    path.unlink()
    firm.work()

    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("name", [name for name in HOSTILE if not name.startswith(".")])
def test_a_hostile_name_has_a_mark_that_breaks_nothing_and_goes_with_it(
    found: Callable[..., Firm], destination: ScriptedDestination, name: str
) -> None:
    firm = found(rules_text=PURCHASES + 'accept = ["*"]\n')
    ordinary = refused_paper(firm, destination)
    lines = len(mark_of(ordinary).read_text("utf-8-sig").split("\n"))
    path = refused_paper(firm, destination, name)
    said = mark_of(path).read_text("utf-8-sig")

    assert len(said.split("\n")) == lines
    assert len(os.fsencode(mark_of(path).name)) <= 255
    assert not set(said) & set("\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\u200b\u200f\u202e\u2028\u2029\u2066\ufeff")
    path.unlink()
    firm.work()
    assert not firm.marked(path)
    assert firm.marked(ordinary)
    assert firm.documents[0].state is State.NON_TRANSMIS
