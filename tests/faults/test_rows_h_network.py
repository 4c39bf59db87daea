"""Rows H of the faults: names, addresses and lines that are bad, each in a network of its own."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from faults.apart import apart, do, overlay, possible
from faults.firm_faults import QUICK, asked, at_work, names, once

from pushdoc.deliver.breaker import Standing
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushed import PushedClock
    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

HOST = "inqom.example"


@contextmanager
def inqom_in_here(firm: Firm, clock: PushedClock) -> Iterator[Sandbox]:
    """An Inqom in the test's own network; the fixture's is in the machine's."""
    with firm.inqom(clock=clock.monotonic, started=clock.now()) as inqom:
        yield inqom


@apart
def test_h02_a_resolver_that_never_answers_pauses_the_destination_and_looking_goes_on(
    firm: Firm, clock: PushedClock, tmp_path: Path
) -> None:
    overlay(Path("/etc/resolv.conf"), "nameserver 127.0.0.1\noptions timeout:3 attempts:2\n", tmp_path / "resolv.conf")
    resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    resolver.bind(("127.0.0.1", 53))
    resolver.settimeout(10)
    with closing(resolver), inqom_in_here(firm, clock) as inqom:
        firm.write_rules(inqom.url, (f'documents_url = "{inqom.url}', f'documents_url = "http://{HOST}'))
        with at_work(firm, clock) as desk:
            firm.drop("a.pdf")
            desk.look()
            desk.house.roll.refresh(desk.branch.destination, desk.branch.gate)
            courier = threading.Thread(target=desk.branch.sending.carry)
            courier.start()
            assert b"inqom" in resolver.recv(512)
            firm.drop("b.pdf")
            assert desk.look() == 1
            assert courier.is_alive(), "it waits for the name still, which takes six seconds"
            courier.join(20)
            assert desk.states == [State.WAITING] * 2
            assert desk.reasons() == ["deliver.name_unknown", None]
            assert [document.attempts for document in desk.documents] == [0, 0]
            assert desk.branch.gate.standing is Standing.PAUSED


@apart
def test_h31_where_ipv6_leads_nowhere_ipv4_is_taken_in_time(firm: Firm, clock: PushedClock, tmp_path: Path) -> None:
    nowhere = "2001:db8::1"
    overlay(Path("/etc/hosts"), f"{nowhere} {HOST}\n127.0.0.1 {HOST}\n", tmp_path / "hosts")
    if not possible("ip", "link", "add", "here", "type", "veth", "peer", "name", "there"):
        pytest.skip("needs a kernel with veth")
    if not possible("ip", "address", "add", "2001:db8::2/64", "dev", "here", "nodad"):
        pytest.skip("needs a kernel with IPv6")
    do("ip", "link", "set", "here", "up")
    do("ip", "link", "set", "there", "up")
    # A neighbour that is believed in: what is sent to it is lost without a word.
    do("ip", "neighbour", "add", nowhere, "lladdr", "02:00:00:00:00:01", "dev", "here")
    with inqom_in_here(firm, clock) as inqom:
        assert socket.getaddrinfo(HOST, inqom.port)[0][4][0] == nowhere
        firm.write_rules(f"http://{HOST}:{inqom.port}", ("requests_per_second = 200", 'timeout = "1s"'))
        with at_work(firm, clock) as desk:
            firm.drop("a.pdf")
            begun = time.monotonic()
            desk.work()
            took = time.monotonic() - begun
            assert desk.states == [State.ARCHIVED]
            assert desk.documents[0].attempts == 1
            assert names(inqom) == ["a.pdf"]
            assert 1 < took < 20, "IPv6 was tried first, and given up"


@pytest.mark.service
@apart
def test_h38_a_line_of_one_megabit_is_no_trouble(firm: Firm) -> None:
    # As over a cable: without this `lo` takes 64 kB at once.
    do("ip", "link", "set", "lo", "mtu", "1500")
    do("tc", "qdisc", "add", "dev", "lo", "root", "tbf", "rate", "1mbit", "burst", "10kb", "latency", "400ms")
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, *QUICK, ("requests_per_second = 200", 'timeout = "2s"'))
        for number in range(2):
            firm.drop(f"{number}.pdf", b"%%PDF-1.7\n%d" % number + b"x" * 250_000 + b"\n%%EOF\n")
        begun = time.monotonic()
        once(firm)
        assert time.monotonic() - begun > 4, "half a megabyte at one megabit a second"
        assert names(inqom) == ["0.pdf", "1.pdf"]
        assert asked(inqom) == 0
        assert [(document.state, document.attempts) for document in firm.documents()] == [(State.ARCHIVED, 1)] * 2
