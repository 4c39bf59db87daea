"""Shares that go away and come back: nothing is concluded from what is not seen."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from fakes import refused
from journeys.firm import MARTIN, NOVEMBER
from nobody import without_rights

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes import ScriptedDestination
    from journeys.firm import Firm


@contextmanager
def unplugged(firm: Firm, *, empty: bool) -> Iterator[None]:
    """The root is gone, or an empty place where a share is mounted otherwise."""
    aside = firm.folder / "aside"
    firm.root.rename(aside)
    if empty:
        firm.root.mkdir()
    yield
    if empty:
        firm.root.rmdir()
    aside.rename(firm.root)


@pytest.mark.parametrize("empty", [False, True], ids=["gone", "empty"])
@pytest.mark.parametrize("who", ["look", "courier"])
def test_while_the_share_is_away_nothing_is_withdrawn_and_it_goes_on_when_it_is_back(
    firm: Firm, destination: ScriptedDestination, *, empty: bool, who: str
) -> None:
    destination.next(refused())
    firm.drop("refused.pdf")
    firm.work()
    firm.drop("waiting.pdf")
    firm.look()
    with unplugged(firm, empty=empty):
        if who == "look":
            firm.look()
            firm.look()
        else:
            firm.send()
        assert firm.states == [State.NON_TRANSMIS, State.WAITING]
        assert list(firm.root.parent.glob("clients/*")) == []

    firm.work(hours=0.1)

    assert firm.states == [State.NON_TRANSMIS, State.ARCHIVED]
    assert destination.contents == [b"%PDF waiting.pdf"]
    assert firm.marked(firm.root / MARTIN / NOVEMBER / "refused.pdf")


def test_a_start_while_the_share_is_away_withdraws_nothing(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("facture.pdf")
    firm.look()
    aside = firm.folder / "aside"
    firm.root.rename(aside)
    firm.close()
    firm.root.mkdir()
    firm.start()
    for client in firm.root.iterdir():
        client.rmdir()
    firm.begin()
    firm.work()
    assert firm.states == [State.WAITING]

    firm.root.rmdir()
    aside.rename(firm.root)
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED]


def test_a_root_that_is_gone_is_told_and_told_no_more_when_it_is_back(firm: Firm) -> None:
    with unplugged(firm, empty=False):
        firm.look()
        assert {phrase.code for phrase in firm.intake.problems.values()} == {"watch.root_gone"}

    firm.look()
    assert firm.intake.problems == {}


def test_while_the_root_is_another_disk_nothing_is_concluded_from_it(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("facture.pdf")
    firm.look()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "pushdoc-test", firm.root], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        (firm.root / MARTIN / NOVEMBER).mkdir(parents=True)
        (firm.root / MARTIN / NOVEMBER / "stranger.pdf").write_bytes(b"of another disk")
        firm.look()
        assert firm.states == [State.WAITING]
        assert [phrase.code for phrase in firm.intake.problems.values()] == ["watch.root_changed"]
    finally:
        subprocess.run(["umount", firm.root], check=True)

    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert not path.exists()
    assert destination.contents == [b"%PDF facture.pdf"]


def test_a_disk_that_has_another_number_after_a_restart_holds_the_same_papers(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("facture.pdf")
    firm.look()
    known = firm.one.identity
    firm.ledger.amend(firm.one, identity=type(known)(known.device + 7, known.inode, known.size, known.modified_ns))

    firm.restart()
    firm.send()  # the couriers may be quicker than the first look

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_a_folder_without_rights_is_told_and_what_lies_in_it_is_not_withdrawn(firm: Firm) -> None:
    folder = firm.drop("facture.pdf").parent
    firm.look()
    folder.chmod(0)
    with without_rights(firm.folder):
        firm.look()
        firm.send()
    folder.chmod(0o700)

    assert firm.states == [State.WAITING]
    assert folder in firm.intake.problems


def test_a_folder_that_has_become_something_else_is_told_and_its_documents_are_not_lost(
    firm: Firm, destination: ScriptedDestination
) -> None:
    folder = firm.drop("facture.pdf").parent
    firm.look()
    aside = firm.folder / "aside"
    folder.rename(aside)
    folder.symlink_to(aside)
    firm.look()
    assert {phrase.code for phrase in firm.intake.problems.values()} == {"watch.not_a_folder"}
    assert firm.states == [State.WAITING]

    folder.unlink()
    aside.rename(folder)
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1
