"""Rows H of the faults: a destination that is down, refuses us, or wants to be left alone."""

from __future__ import annotations

import threading
from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest
from faults.firm_faults import alerts, at_work, names, passing_on, resting, uploads

from pushdoc.deliver.breaker import Standing
from pushdoc.states import State

if TYPE_CHECKING:
    from faults.firm_faults import Desk, Gateway
    from pushed import PushedClock
    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

BIG = b"%PDF-1.7\n" + b"x" * 3_000_000 + b"\n%%EOF\n"
HOUR = timedelta(hours=1)


def test_h01_while_inqom_is_down_files_wait_one_alert_is_raised_and_no_try_is_burnt(
    desk: Desk, inqom: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.work()
    inqom.close()
    for number in range(5):
        desk.firm.drop(f"{number}.pdf")
    desk.work(seconds=3600, step=60)
    assert desk.states == [State.WAITING] * 5
    assert {document.attempts for document in desk.documents} == {0}
    assert len(alerts(capsys)) == 1
    inqom.start()
    desk.work(seconds=600, step=30)
    assert desk.states == [State.ARCHIVED] * 5
    assert [received.name for received in inqom.received()] == [f"{number}.pdf" for number in range(5)]


def test_h15_a_token_that_is_revoked_in_the_middle_is_replaced_and_no_file_is_marked(
    desk: Desk, inqom: Sandbox
) -> None:
    for number in range(4):
        desk.firm.drop(f"{number}.pdf")
        inqom.revoke_tokens()
        desk.work()
    assert desk.states == [State.ARCHIVED] * 4
    assert {document.attempts for document in desk.documents} == {1}


def test_h15_rejected_for_good_the_destination_is_down_once_and_probed_until_somebody_mends_it(
    desk: Desk, inqom: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.work()
    inqom.faults.set("401=1")
    for number in range(4):
        desk.firm.drop(f"{number}.pdf")
    desk.work(seconds=3600, step=60)
    assert desk.branch.gate.standing is Standing.DOWN
    assert desk.states == [State.WAITING] * 4
    assert len(alerts(capsys)) == 1
    inqom.faults.clear()
    desk.work(seconds=600, step=60)
    assert desk.states == [State.ARCHIVED] * 4


def test_h16_403_for_one_dossier_keeps_that_dossiers_papers_waiting_and_no_others(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    barred, free = behind.firm.names
    gateway.manner = uploads(resting(403), only=b"/%d/" % behind.firm.dossiers[barred])
    for client in (barred, free):
        for number in range(3):
            behind.firm.drop(f"{client} {number}.pdf", client=client)
    behind.work(seconds=120)
    states = {document.client: document.state for document in behind.documents}
    assert states == {barred: State.WAITING, free: State.ARCHIVED}
    assert behind.branch.gate.standing is Standing.UP
    gateway.manner = passing_on
    behind.work(seconds=4 * 3600, step=300)
    assert behind.states == [State.ARCHIVED] * 6
    assert len(names(inqom)) == 6


def test_h17_404_is_the_last_word_only_after_a_fresh_mapping(behind: Desk, gateway: Gateway) -> None:
    gateway.manner = uploads(resting(404))
    behind.firm.drop("a.pdf")
    behind.work()
    assert behind.states == [State.WAITING]
    behind.work(seconds=300)
    assert behind.states == [State.NON_TRANSMIS]
    assert gateway.uploads == 2


def retry_after_forms(now: Any) -> dict[str, tuple[timedelta, timedelta]]:
    """Each form with the shortest and the longest pause that it may bring."""
    short = timedelta(0), timedelta(seconds=6)
    return {
        "7": (timedelta(seconds=7), timedelta(seconds=8)),
        format_datetime(now + timedelta(seconds=40), usegmt=True): (timedelta(seconds=38), timedelta(seconds=42)),
        format_datetime(now - timedelta(days=1), usegmt=True): (timedelta(0), timedelta(seconds=1)),
        format_datetime(now + timedelta(days=3650), usegmt=True): (HOUR, HOUR),
        "315360000": (HOUR, HOUR),
        "-5": short,
        "soon": short,
    }


@pytest.mark.parametrize("form", range(7))
def test_h23_h24_retry_after_is_obeyed_in_both_forms_between_nothing_and_one_hour(
    behind: Desk, gateway: Gateway, inqom: Sandbox, form: int
) -> None:
    behind.work()
    now = behind.clock.now() + timedelta(seconds=1)  # the look takes a second
    said, (shortest, longest) = list(retry_after_forms(now).items())[form]
    gateway.manner = uploads(resting(429, f"Retry-After: {said}\r\n"))
    for number in range(3):
        behind.firm.drop(f"{number}.pdf")
    behind.look()
    behind.house.roll.refresh_if_due(behind.branch.destination, behind.branch.gate)
    behind.branch.sending.carry()
    until = behind.branch.gate.until
    assert until is not None
    assert shortest <= until - behind.clock.now() <= longest
    waits = until > behind.clock.now()
    if waits:
        assert not behind.branch.sending.carry()  # the whole destination waits
    gateway.manner = passing_on
    behind.clock.push(longest.total_seconds() + 1)
    behind.work()
    assert names(inqom) == ["0.pdf", "1.pdf", "2.pdf"]


def test_h23_a_destination_that_is_back_gets_one_document_first_then_twice_as_many(desk: Desk, inqom: Sandbox) -> None:
    inqom.faults.set("429-seconds:7@upload=next:1")
    for number in range(4):
        desk.firm.drop(f"{number}.pdf")
    desk.work()
    gate = desk.branch.gate
    desk.clock.push(8)
    assert gate.enter()
    other: list[bool] = []
    for thread in [threading.Thread(target=lambda: other.append(gate.enter())) for _ in range(2)]:
        thread.start()
        thread.join()
    assert other == [False, False]
    gate.leave()
    desk.work(seconds=30)
    assert desk.states == [State.ARCHIVED] * 4


def test_h26_a_document_on_which_inqom_always_fails_is_set_aside_while_others_pass(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    gateway.manner = uploads(resting(500), only=b"poison.pdf")
    behind.firm.drop("poison.pdf")
    for number in range(12):
        behind.firm.drop(f"{number:02}.pdf")
        behind.work(seconds=300, step=20)
    by_name = {document.name: document for document in behind.documents}
    assert by_name.pop("poison.pdf").state is State.NON_TRANSMIS
    assert {document.state for document in by_name.values()} == {State.ARCHIVED}
    assert len(inqom.received()) == 12


def test_h26_a_document_that_always_breaks_the_connection_is_set_aside_while_others_pass(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    gateway.cut = lambda beginning: b"poison.pdf" in beginning
    behind.firm.drop("poison.pdf", BIG)
    for number in range(8):
        behind.firm.drop(f"{number}.pdf")
        behind.work(seconds=60, step=10)
    by_name = {document.name: document for document in behind.documents}
    poison = by_name.pop("poison.pdf")
    assert poison.state is State.NON_TRANSMIS
    assert poison.reason is not None
    assert poison.reason.code == "journey.troubling"
    assert {document.state for document in by_name.values()} == {State.ARCHIVED}
    assert len(inqom.received()) == 8


def test_h35_a_destination_that_is_down_does_not_slow_the_other(firm: Firm, inqom: Sandbox, clock: PushedClock) -> None:
    folder = '\n[destination.coffre]\ntype = "folder"\npath = "coffre"\n\n[watch]'
    sales = 'name = "Ventes"\ndestination = "coffre"'
    purchases = 'name = "Achats"\ndestination = "inqom"'
    expenses = 'name = "Frais"\ndestination = "inqom"'
    changes = ("[watch]", folder), ('name = "Ventes"', sales), ('name = "Achats"', purchases)
    firm.write_rules(inqom.url, *changes, ('name = "Frais"', expenses))
    (firm.home / "coffre").mkdir()
    inqom.close()
    with at_work(firm, clock) as desk:
        for number in range(3):
            firm.drop(f"a{number}.pdf")
            firm.drop(f"v{number}.pdf", kind="Ventes")
        desk.work(seconds=10)
        states = {(document.rule, document.state) for document in desk.documents}
        assert states == {("Achats", State.WAITING), ("Ventes", State.ARCHIVED)}


def test_h36_three_days_down_raise_one_alert_and_drain_the_oldest_first(
    desk: Desk, inqom: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.work()
    inqom.close()
    for day in range(3):
        for number in range(60):
            desk.firm.drop(f"{day}-{number:03}.pdf")
            desk.clock.push(1)
            if number % 10 == 9:
                desk.look()
        desk.work(seconds=86_400, step=3 * 3600)
    assert desk.states == [State.WAITING] * 180
    assert len(alerts(capsys)) == 1
    inqom.start()
    desk.work(seconds=600, step=60)
    assert desk.states == [State.ARCHIVED] * 180
    arrived = [received.name for received in inqom.received()]
    assert arrived == sorted(arrived)
