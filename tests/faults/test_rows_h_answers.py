"""Rows H of the faults: what the destination answers about one document, or does not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from faults.firm_faults import asked, names, passing_on, resting, time_passing, uploads

from pushdoc.deliver.breaker import Standing
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from faults.firm_faults import Desk, Forward, Gateway
    from pushed import PushedClock
    from rude import RudeServer

    from pushdoc.sandbox import Sandbox


@pytest.mark.parametrize("fault", ["reset-after", "error-after", "no-id"])
def test_h06_cut_off_after_the_whole_body_it_is_asked_about_and_not_sent_again(
    desk: Desk, inqom: Sandbox, fault: str
) -> None:
    inqom.faults.set(f"{fault}=next:1")
    desk.firm.drop("a.pdf")
    desk.work()
    assert desk.states == [State.DOUBTFUL]
    desk.work(seconds=30)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]
    assert asked(inqom) > 0


def test_h06_fifty_answers_cut_off_at_random_leave_fifty_documents_once_each(desk: Desk, inqom: Sandbox) -> None:
    chance = random.Random(3)  # noqa: S311 -- must be repeatable, guards nothing
    inqom.faults.set("reset-after=0.5")
    for number in range(50):
        desk.firm.drop(f"{number:02}.pdf")
        if chance.random() < 0.3:
            desk.work()
    desk.work(seconds=3600, step=20)
    assert desk.states == [State.ARCHIVED] * 50
    assert names(inqom) == [f"{number:02}.pdf" for number in range(50)]
    assert any(document.asks for document in desk.documents)


def test_h07_silence_after_the_body_is_a_doubt_that_is_settled_by_asking(
    desk: Desk, inqom: Sandbox, clock: PushedClock
) -> None:
    inqom.faults.set("silent=next:1")
    desk.firm.drop("a.pdf")
    desk.look()
    with time_passing(clock):
        desk.send()
    desk.work(seconds=60)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@pytest.mark.parametrize(
    "answer",
    [
        resting(200, body="<html>Welcome to the guest network</html>"),
        resting(200, body='{"Id": 5'),
        resting(200, body='{"error": "no"}'),
        resting(200, body='{"Name": "a.pdf"}'),
        resting(204),
    ],
)
def test_h10_h11_success_without_a_receipt_is_none_and_nothing_is_archived_by_it(
    behind: Desk, gateway: Gateway, inqom: Sandbox, answer: bytes
) -> None:
    gateway.manner = uploads(answer)
    behind.firm.drop("a.pdf")
    behind.work()
    assert behind.states == [State.DOUBTFUL]
    gateway.manner = passing_on
    behind.work(seconds=600)
    assert behind.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@pytest.mark.parametrize(("fault", "state"), [("created", State.ARCHIVED), ("accepted", State.SUBMITTED)])
def test_h13_201_is_a_delivery_and_202_is_followed_until_inqom_keeps_it(
    desk: Desk, inqom: Sandbox, fault: str, state: State
) -> None:
    inqom.faults.set(f"{fault}=next:1")
    file = desk.firm.drop("a.pdf")
    desk.work()
    assert desk.states == [state]
    assert file.exists() is (state is State.SUBMITTED)
    for _ in range(40):
        desk.clock.push(30)
        desk.branch.inquiry.follow()
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@pytest.mark.parametrize("status", [400, 411, 413, 414, 415, 422])
def test_h14_h20_what_is_about_the_document_marks_it_after_one_try_and_the_next_goes_on(
    behind: Desk, gateway: Gateway, inqom: Sandbox, status: int
) -> None:
    gateway.manner = uploads(resting(status, body='{"Message": "not this one"}'), only=b"bad.pdf")
    for name in ("a.pdf", "bad.pdf", "z.pdf"):
        behind.firm.drop(name)
    behind.work(seconds=60)
    by_name = {document.name: document for document in behind.documents}
    assert by_name["bad.pdf"].state is State.NON_TRANSMIS
    assert by_name["bad.pdf"].attempts == 1
    assert by_name["a.pdf"].state is by_name["z.pdf"].state is State.ARCHIVED
    assert names(inqom) == ["a.pdf", "z.pdf"]


@pytest.mark.parametrize("status", [408, 423, 425, 428])
def test_h18_h22_not_now_is_tried_again_and_burns_no_try(
    behind: Desk, gateway: Gateway, inqom: Sandbox, status: int
) -> None:
    gateway.manner = uploads(resting(status))
    behind.firm.drop("a.pdf")
    behind.work(seconds=60)
    assert behind.states == [State.WAITING]
    assert behind.documents[0].attempts == 0
    gateway.manner = passing_on
    behind.work(seconds=400)
    assert behind.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


def test_h19_409_for_what_inqom_has_is_a_delivery_with_the_existing_id(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    def conflict(request: bytes, forward: Forward) -> bytes:
        answer = forward(request)
        return resting(409) if request.startswith(b"POST") else answer

    gateway.manner = conflict
    behind.firm.drop("a.pdf")
    behind.work(seconds=60)
    assert behind.states == [State.ARCHIVED]
    (received,) = inqom.received()
    assert behind.documents[0].receipt == str(received.document_id)


@pytest.mark.parametrize("fault", ["500", "502", "503", "504"])
def test_h26_h27_a_failure_after_the_body_is_asked_about_and_sent_again_once(
    desk: Desk, inqom: Sandbox, fault: str
) -> None:
    inqom.faults.set(f"{fault}@upload=next:1")
    desk.firm.drop("a.pdf")
    desk.work(seconds=600)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]
    assert asked(inqom) > 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_h28_a_redirect_is_followed_by_nobody_and_a_person_is_told(
    behind: Desk, gateway: Gateway, rude: Callable[..., RudeServer], status: int
) -> None:
    other = rude(lambda connection: connection.close())
    gateway.manner = uploads(resting(status, f"Location: {other.url}/\r\n"))
    behind.firm.drop("a.pdf")
    behind.work(seconds=30)
    assert behind.states == [State.WAITING]
    assert behind.branch.gate.standing is Standing.DOWN
    assert other.connections == 0


@pytest.mark.parametrize(
    "before", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3]
)
def test_h29_interim_answers_are_passed_over(behind: Desk, gateway: Gateway, inqom: Sandbox, before: bytes) -> None:
    gateway.manner = lambda request, forward: before + forward(request)
    behind.firm.drop("a.pdf")
    behind.work()
    assert behind.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]
