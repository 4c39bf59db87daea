"""Rows H of the faults: the way to the destination, from the name to the last byte of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.firm_faults import asked, names, time_passing

from pushdoc.deliver.breaker import Standing
from pushdoc.states import State

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from faults.firm_faults import Desk, Forward, Gateway
    from pushed import PushedClock
    from rude import RudeServer

    from pushdoc.sandbox import Sandbox

BIG = b"%PDF-1.7\n" + b"x" * 3_000_000 + b"\n%%EOF\n"


def test_h02_a_name_that_nobody_knows_pauses_the_destination_and_looking_goes_on(
    elsewhere: Callable[..., Desk],
) -> None:
    desk = elsewhere("http://inqom.invalid/accounting-documents")
    desk.firm.drop("a.pdf")
    desk.work()
    assert desk.reasons() == ["deliver.name_unknown"]
    assert desk.branch.gate.standing is Standing.PAUSED
    desk.firm.drop("b.pdf")
    assert desk.look() == 1


def test_h04_a_handshake_that_stalls_is_left_and_nothing_is_marked(
    elsewhere: Callable[..., Desk], rude: Callable[..., RudeServer], clock: PushedClock
) -> None:
    def stall(connection: socket.socket) -> None:
        while connection.recv(65_536):
            pass

    desk = elsewhere(rude(stall).url.replace("http", "https"), ("requests_per_second = 200", 'timeout = "2s"'))
    desk.firm.drop("a.pdf")
    desk.look()
    desk.house.roll.refresh(desk.branch.destination, desk.branch.gate)
    with time_passing(clock):
        desk.branch.sending.carry()
    assert desk.states == [State.WAITING]
    assert desk.branch.gate.standing is Standing.PAUSED


def test_h05_a_reset_before_the_end_of_the_body_is_sent_again_without_asking(desk: Desk, inqom: Sandbox) -> None:
    inqom.faults.set("reset-before=next:1")
    desk.firm.drop("a.pdf", BIG)
    desk.work(seconds=30)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]
    assert asked(inqom) == 0


def test_h30_an_answer_of_http_1_0_without_a_length_is_read_to_its_end(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    def old(request: bytes, forward: Forward) -> bytes:
        body = forward(request).partition(b"\r\n\r\n")[2]
        return b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body

    gateway.manner = old
    for name in ("a.pdf", "b.pdf"):
        behind.firm.drop(name)
    behind.work()
    assert behind.states == [State.ARCHIVED] * 2
    assert names(inqom) == ["a.pdf", "b.pdf"]


def test_h38_a_slow_line_is_no_trouble(desk: Desk, inqom: Sandbox) -> None:
    # A quarter of a second each way, on every request: no deadline of a healthy upload is met.
    inqom.faults.set("latency:250@upload=1")
    desk.firm.drop("a.pdf", BIG)
    desk.work()
    assert desk.states == [State.ARCHIVED]
