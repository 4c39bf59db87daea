"""Papers that are replaced, touched, deleted or moved at the worst moments."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from fakes import Turn, delivered
from journeys.firm import NOVEMBER

from pushdoc.deliver.destination import Delayed, Scope
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakes import ScriptedDestination
    from journeys.firm import Firm

BIG = b"%PDF " + b"x" * 200_000


@pytest.fixture
def path(firm: Firm) -> Path:
    """A paper that waits to be sent."""
    path = firm.drop("facture.pdf", BIG)
    firm.look()
    return path


def test_replaced_while_waiting_only_the_new_content_is_sent(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    path.write_bytes(b"new")
    firm.work()

    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]
    assert firm.reason(1) == "journey.replaced"
    assert destination.contents == [b"new"]


def test_replaced_after_the_look_and_before_the_courier_comes_nothing_of_the_old_is_sent(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    path.write_bytes(b"new")
    firm.send()
    assert (destination.attempts, firm.states, firm.reason(1)) == ([], [State.WITHDRAWN], "journey.changed")

    firm.work()

    assert destination.contents == [b"new"]


@pytest.mark.parametrize("new", [BIG[::-1], b"shorter", BIG + b"longer"], ids=["same size", "shorter", "longer"])
def test_rewritten_while_it_is_sent_nothing_arrives_and_the_new_content_is_sent(
    firm: Firm, destination: ScriptedDestination, path: Path, new: bytes
) -> None:
    destination.next(delivered(meanwhile=lambda: path.write_bytes(new)))
    firm.send()
    assert (destination.arrived, firm.states, firm.reason(1)) == ([], [State.WITHDRAWN], "journey.changed")

    firm.work()

    assert destination.contents == [new]
    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]


@pytest.mark.parametrize("when", ["meanwhile", "at_the_end"])
def test_another_file_put_in_its_place_once_it_is_on_its_way_both_arrive_and_both_are_archived(
    firm: Firm, destination: ScriptedDestination, path: Path, when: str
) -> None:
    def replace() -> None:
        new = path.with_name(".new")
        new.write_bytes(b"new")
        new.rename(path)

    destination.next(delivered(meanwhile=replace) if when == "meanwhile" else delivered(at_the_end=replace))
    firm.send()
    # The old bytes live on only in the descriptor that they were sent from.
    assert firm.states == [State.ARCHIVED]
    assert firm.files() == {f"{NOVEMBER}/Transmis/facture.pdf": BIG, f"{NOVEMBER}/facture.pdf": b"new"}

    firm.work()

    assert destination.contents == [BIG, b"new"]
    assert firm.files() == {f"{NOVEMBER}/Transmis/facture.pdf": BIG, f"{NOVEMBER}/Transmis/facture (2).pdf": b"new"}


def test_a_new_content_that_is_sent_and_filed_while_the_old_one_is_still_on_its_way_leaves_both_archived(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    destination.parallel = 2
    firm = found()
    firm.drop("first.pdf")  # after which the destination is trusted with several
    firm.work()
    path = firm.drop("facture.pdf", BIG)
    firm.look()

    def replace_and_send() -> None:
        path.unlink()
        firm.drop("facture.pdf", b"new")
        assert firm.look() == 1
        courier = threading.Thread(target=firm.sending.carry)
        courier.start()
        courier.join()

    destination.next(delivered(meanwhile=replace_and_send))
    firm.work()

    assert destination.contents[1:] == [b"new", BIG]
    assert firm.states == [State.ARCHIVED] * 3
    archived = {content for name, content in firm.files().items() if name.startswith(f"{NOVEMBER}/Transmis/")}
    assert archived >= {BIG, b"new"}


def test_a_new_content_that_settles_while_the_old_one_is_still_on_its_way_is_sent_too(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    def replace_and_look() -> None:
        path.unlink()
        firm.drop("facture.pdf", b"new")
        assert firm.look() == 1

    destination.next(delivered(meanwhile=replace_and_look))
    firm.work()
    firm.work()

    assert destination.contents == [BIG, b"new"]
    assert firm.files() == {f"{NOVEMBER}/Transmis/facture.pdf": BIG, f"{NOVEMBER}/Transmis/facture (2).pdf": b"new"}


def test_deleted_while_waiting_it_is_withdrawn(firm: Firm, destination: ScriptedDestination, path: Path) -> None:
    path.unlink()
    firm.work()

    assert (firm.states, firm.reason(1)) == ([State.WITHDRAWN], "journey.gone")
    assert destination.attempts == []


def test_deleted_before_the_courier_comes_it_is_withdrawn(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    path.unlink()
    firm.send()

    assert (firm.states, firm.reason(1)) == ([State.WITHDRAWN], "journey.gone")
    assert destination.attempts == []


@pytest.mark.parametrize("when", ["meanwhile", "at_the_end"])
def test_deleted_once_it_is_on_its_way_it_arrives_and_that_is_noted(
    firm: Firm, destination: ScriptedDestination, path: Path, when: str
) -> None:
    destination.next(delivered(meanwhile=path.unlink) if when == "meanwhile" else delivered(at_the_end=path.unlink))
    firm.work()

    assert (firm.states, firm.reason(1)) == ([State.KEPT], "journey.gone_after")
    assert destination.contents == [BIG]


def test_touched_while_waiting_it_is_the_same_document(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    os.utime(path, (1, 1))
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert destination.contents == [BIG]


def test_touched_before_the_courier_comes_the_bytes_decide(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    os.utime(path, (1, 1))
    firm.send()

    assert firm.states == [State.ARCHIVED]
    assert destination.contents == [BIG]


def test_copied_back_as_another_file_of_the_same_bytes_it_is_the_same_document(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    new = path.with_name("copy")
    new.write_bytes(BIG)
    new.rename(path)
    firm.send()

    assert firm.states == [State.ARCHIVED]
    assert destination.contents == [BIG]


def test_moved_away_when_the_courier_came_and_back_before_the_next_look_it_is_sent(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    away = firm.root / "away.pdf"
    path.rename(away)
    firm.send()
    away.rename(path)

    firm.work()

    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]
    assert destination.contents == [BIG]


def test_taken_back_out_of_the_archive_it_is_a_duplicate_and_is_filed_again(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    firm.send()
    assert firm.one.archive_path is not None
    firm.one.archive_path.rename(path)

    firm.work()

    assert firm.states == [State.ARCHIVED, State.ARCHIVED]
    assert firm.ledger.get(2).duplicate_of == 1
    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/facture.pdf"}
    assert len(destination.arrived) == 1


def test_touched_and_looked_at_while_it_is_sent_in_vain_it_is_sent_at_the_next_try(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    def touch_and_look() -> None:
        os.utime(path, (1, 1))
        firm.look()

    later = Delayed(Phrase("inqom.forbidden"), Scope.DOSSIER)
    destination.next(Turn(later, meanwhile=touch_and_look))
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED]
    assert destination.contents == [BIG]


def test_a_link_put_in_its_place_is_not_followed(firm: Firm, destination: ScriptedDestination, path: Path) -> None:
    secret = firm.folder / "secret.pdf"
    secret.write_bytes(BIG)
    path.unlink()
    path.symlink_to(secret)

    firm.send()

    assert (destination.arrived, firm.states) == ([], [State.WITHDRAWN])


def test_a_link_put_in_the_place_of_its_folder_is_not_followed(
    firm: Firm, destination: ScriptedDestination, path: Path
) -> None:
    elsewhere = firm.folder / "elsewhere"
    path.parent.rename(elsewhere)
    path.parent.symlink_to(elsewhere)

    firm.work()

    assert destination.arrived == []
    assert (elsewhere / "facture.pdf").read_bytes() == BIG
