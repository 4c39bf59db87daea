"""The same bytes again: not sent, filed, and said so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from fakes import Turn, accepted, doubtful, refused
from journeys.firm import GARAGE, KEPT_PURCHASES, MARTIN, NOVEMBER, PURCHASES

from pushdoc.deliver.destination import Progress
from pushdoc.journey import decisions
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination
    from journeys.firm import Firm

BYTES = b"%PDF the same invoice"


def drop_twins(firm: Firm) -> None:
    for name in ("a.pdf", "b.pdf"):
        firm.drop(name, BYTES)
        firm.look()


def test_under_two_names_at_once_one_is_sent_and_both_are_archived(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("a.pdf", BYTES)
    firm.drop("b.pdf", BYTES)
    firm.work()

    first, second = firm.documents
    assert destination.contents == [BYTES]
    assert firm.states == [State.ARCHIVED, State.ARCHIVED]
    assert (first.duplicate_of, second.duplicate_of) == (None, first.id)
    assert second.reason == Phrase("ledger.twin", {"id": first.id, "name": "a.pdf", "receipt": first.receipt})
    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/a.pdf", f"{NOVEMBER}/Transmis/b.pdf"}
    assert firm.history.counts()[State.DUPLICATE] == 1


def test_again_in_the_next_month_it_is_still_a_duplicate(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("a.pdf", BYTES)
    firm.work()
    firm.clock.push((datetime(2026, 12, 5, 9, tzinfo=UTC) - firm.clock.now()).total_seconds())
    firm.restart()
    firm.drop("a.pdf", BYTES, where="Achats/2026/12")
    firm.work()

    assert destination.contents == [BYTES]
    assert firm.ledger.get(2).duplicate_of == 1
    assert "Achats/2026/12/Transmis/a.pdf" in firm.files()


def test_in_another_clients_dossier_it_is_no_duplicate(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("a.pdf", BYTES)
    firm.drop("a.pdf", BYTES, client=GARAGE)
    firm.work()

    assert sorted(each.dossier for each in destination.arrived) == ["700101", "700104"]


def test_without_an_archive_a_duplicate_is_kept_in_place(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=KEPT_PURCHASES)
    drop_twins(firm)
    firm.work()

    assert firm.states == [State.KEPT, State.KEPT]
    assert firm.reason(2) == "ledger.twin"
    assert len(destination.arrived) == 1


def test_while_the_first_is_in_doubt_the_second_waits_and_then_is_a_duplicate(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(doubtful(arrived=True))
    drop_twins(firm)
    firm.send()
    assert firm.states == [State.DOUBTFUL, State.WAITING]

    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED, State.ARCHIVED]
    assert destination.contents == [BYTES]


def test_while_the_first_is_being_sent_the_second_waits(firm: Firm, destination: ScriptedDestination) -> None:
    inside: list[bool] = []
    destination.next(Turn(None, keeps=True, meanwhile=lambda: inside.append(firm.ledger.claim("inqom") is None)))
    drop_twins(firm)
    firm.send()

    assert inside == [True]
    assert destination.contents == [BYTES]


@pytest.mark.parametrize("later", [True, False], ids=["at once", "after it was accepted"])
def test_when_the_first_is_refused_the_second_is_sent(
    firm: Firm, destination: ScriptedDestination, *, later: bool
) -> None:
    destination.next(accepted("q-1") if later else refused())
    drop_twins(firm)
    destination.progress["q-1"] = Progress("Rejected", refused=Phrase("inqom.too_large"))

    firm.work(hours=0.1)

    assert firm.states == [State.NON_TRANSMIS, State.ARCHIVED]
    assert [each.name for each in destination.arrived] == ["b.pdf"]


def test_when_the_first_was_taken_away_before_it_was_sent_the_second_is_sent(
    firm: Firm, destination: ScriptedDestination
) -> None:
    drop_twins(firm)
    (firm.root / MARTIN / NOVEMBER / "a.pdf").unlink()

    firm.work()

    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_forced_a_duplicate_is_sent_from_its_archive_under_another_reference_and_stays_there(
    firm: Firm, destination: ScriptedDestination
) -> None:
    drop_twins(firm)
    firm.work()
    second = firm.ledger.get(2)
    files = firm.files()
    assert decisions.retry(firm.ledger, second, firm.clock, force=False) == Phrase(
        "decisions.duplicate", {"id": 2, "twin": 1}
    )

    assert decisions.retry(firm.ledger, second, firm.clock, force=True) is None
    firm.work()

    assert destination.contents == [BYTES, BYTES]
    assert len({each.reference for each in destination.arrived}) == 2
    assert (firm.ledger.get(2).state, firm.ledger.get(2).duplicate_of) == (State.KEPT, None)
    assert firm.files() == files


def test_a_forced_duplicate_that_is_refused_is_marked_where_it_lies_and_can_be_sent_later(
    firm: Firm, destination: ScriptedDestination
) -> None:
    drop_twins(firm)
    firm.work()
    destination.next(refused())
    decisions.retry(firm.ledger, firm.ledger.get(2), firm.clock, force=True)
    firm.work()
    second = firm.ledger.get(2)
    assert (second.state, firm.marked(second.path)) == (State.NON_TRANSMIS, True)

    decisions.retry(firm.ledger, second, firm.clock, force=True)
    firm.work()

    assert firm.ledger.get(2).state is State.KEPT
    assert not firm.marked(second.path)


def test_a_duplicate_that_was_taken_away_cannot_be_forced(firm: Firm) -> None:
    drop_twins(firm)
    firm.work()
    second = firm.ledger.get(2)
    assert second.archive_path is not None
    second.archive_path.unlink()

    said = decisions.retry(firm.ledger, second, firm.clock, force=True)

    assert said == Phrase("decisions.file_gone", {"id": 2, "path": str(second.archive_path)})
    assert firm.ledger.get(2).state is State.ARCHIVED


def test_a_duplicate_whose_archive_is_barred_is_filed_later_and_still_names_the_first(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=PURCHASES.replace('archive = "Achats/', 'archive = "Envoyés/'))
    firm.drop("a.pdf", BYTES)
    firm.work()
    archive = firm.root / MARTIN / "Envoyés"
    archive.rename(firm.folder / "aside")
    archive.write_text("in the way")
    firm.drop("b.pdf", BYTES)
    firm.work()
    assert firm.ledger.get(2).state is State.DUPLICATE

    archive.unlink()
    firm.work()

    assert (firm.ledger.get(2).state, firm.reason(2)) == (State.ARCHIVED, "ledger.twin")
    assert len(destination.arrived) == 1
