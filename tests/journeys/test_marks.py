"""The mark « Non transmis »: it appears with the refusal and goes with it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from fakes import refused
from journeys.firm import MARTIN, NOVEMBER, PURCHASES

from pushdoc.journey import decisions
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakes import ScriptedDestination
    from journeys.firm import Firm


@pytest.fixture
def path(firm: Firm, destination: ScriptedDestination) -> Path:
    """A paper that was refused, and marked."""
    destination.next(refused())
    path = firm.drop("facture.pdf")
    firm.look()
    firm.send()
    assert firm.marked(path)
    return path


def test_the_mark_appears_with_the_refusal_and_the_paper_stays_as_it_is(firm: Firm, path: Path) -> None:
    assert path.read_bytes() == b"%PDF facture.pdf"
    mark = next(content for name, content in firm.files().items() if name != f"{NOVEMBER}/facture.pdf")
    assert b"Non transmis" in mark
    assert b"facture.pdf" in mark


def test_a_mark_is_no_paper_and_no_mark_is_marked(firm: Firm, path: Path) -> None:
    firm.work(hours=1)

    assert firm.states == [State.NON_TRANSMIS]
    assert len(firm.files()) == 2


def test_a_mark_that_was_deleted_by_hand_is_there_again_after_the_next_look(firm: Firm, path: Path) -> None:
    for file in path.parent.iterdir():
        if file != path:
            file.unlink()
    assert not firm.marked(path)

    firm.intake.look_everywhere()

    assert firm.marked(path)


def test_a_mark_is_not_touched_while_nothing_changes(firm: Firm, path: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in path.parent.iterdir()}

    firm.work(hours=1)

    assert {file: file.stat().st_mtime_ns for file in path.parent.iterdir()} == before


@pytest.mark.parametrize("how", ["deleted", "moved away", "renamed", "folder deleted"])
def test_when_its_paper_goes_the_mark_goes_and_the_document_is_withdrawn(firm: Firm, path: Path, how: str) -> None:
    match how:
        case "deleted":
            path.unlink()
        case "moved away":
            path.rename(firm.root / "elsewhere.pdf")
        case "renamed":
            path.rename(path.with_name("Facture EDF.pdf"))
        case "folder deleted":
            for file in path.parent.iterdir():
                file.unlink()
            path.parent.rmdir()

    firm.work()

    assert firm.ledger.get(1).state is State.WITHDRAWN
    assert firm.reason(1) == "journey.gone"
    # A new name is a new paper, and a new chance.
    assert set(firm.files()) == ({f"{NOVEMBER}/Transmis/Facture EDF.pdf"} if how == "renamed" else set())


def test_the_mark_goes_when_the_paper_was_sent_after_all(firm: Firm, path: Path) -> None:
    decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
    firm.work()

    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/facture.pdf"}


def test_the_mark_goes_when_a_person_sets_the_document_aside(firm: Firm, path: Path) -> None:
    decisions.acknowledge(firm.ledger, firm.one, "sent by post")
    firm.work()

    assert set(firm.files()) == {f"{NOVEMBER}/facture.pdf"}
    assert firm.states == [State.ACKNOWLEDGED]


def test_a_paper_that_was_corrected_under_its_name_is_a_new_one_and_the_old_one_is_withdrawn(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    path.write_bytes(b"%PDF corrected")

    firm.work()

    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]
    assert firm.reason(1) == "journey.replaced"
    assert destination.contents == [b"%PDF corrected"]
    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/facture.pdf"}


def test_a_mark_without_a_document_is_taken_away(firm: Firm, path: Path) -> None:
    stray = firm.root / MARTIN / NOVEMBER / "lost.pdf"
    mark = next(file for file in path.parent.iterdir() if file != path)
    mark.with_name(mark.name.replace("facture.pdf", "lost.pdf")).write_bytes(mark.read_bytes())
    assert firm.marked(stray)

    firm.work()

    assert not firm.marked(stray)
    assert firm.marked(path)


def test_what_a_person_wrote_beneath_a_marks_name_is_left(firm: Firm, path: Path) -> None:
    mark = next(file for file in path.parent.iterdir() if file != path)
    mark.write_text("call Mme Durand about this one")

    firm.work()
    path.unlink()
    firm.work()

    assert mark.read_text() == "call Mme Durand about this one"


@pytest.mark.parametrize("end", ["deleted", "sent", "set aside"])
def test_the_mark_of_a_month_that_is_no_longer_watched_goes_all_the_same(firm: Firm, path: Path, end: str) -> None:
    firm.clock.push((datetime(2027, 3, 1, 9, tzinfo=UTC) - firm.clock.now()).total_seconds())
    firm.work()
    assert firm.marked(path)
    assert path.parent not in firm.intake.folders

    match end:
        case "deleted":
            path.unlink()
        case "sent":
            decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
        case "set aside":
            decisions.acknowledge(firm.ledger, firm.one, "sent by post")
    firm.work()

    assert not firm.marked(path)
    assert firm.states == [{"deleted": State.WITHDRAWN, "sent": State.ARCHIVED, "set aside": State.ACKNOWLEDGED}[end]]


def test_a_mark_in_the_attributes_does_not_go_into_the_archive(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=PURCHASES + '[marks]\nstyle = "xattr"\n')
    path = firm.drop("facture.pdf")
    try:
        os.setxattr(path, "user.try", b"x")
    except OSError:
        pytest.skip("no extended attributes here")
    destination.next(refused())
    firm.work()
    assert os.getxattr(path, "user.pushdoc.state") == b"non_transmis"

    decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
    firm.work()

    archived = firm.one.archive_path
    assert archived is not None
    assert os.listxattr(archived) == ["user.try"]
