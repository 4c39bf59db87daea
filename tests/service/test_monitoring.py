"""What a daemon tells machines while it works: numbers for Prometheus, and its log."""

from __future__ import annotations

import json
import random
import signal
import socket
import stat
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from service.firm import CLIENT_SECRET, PASSWORD, until

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

pytestmark = pytest.mark.service

#: What stands in a document's bytes, and must not stand anywhere else.
CONTENT = "virement-de-Claire-4711-0815"


@pytest.fixture
def inqom(firm: Firm) -> Iterator[Sandbox]:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        yield inqom


def free_port() -> int:
    """A port that nobody has now, nor is given by the system in the meantime, as to a server of another test."""
    for port in random.sample(range(20_000, 30_000), 100):
        with closing(socket.socket()) as trial, suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


def ask_for(firm: Firm, inqom: Sandbox, tables: str) -> None:
    """The firm's rules with further tables."""
    firm.write_rules(inqom.url, ("[watch]", f"{tables}\n[watch]"))


def scraped(port: int) -> str:
    try:
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            text: str = answer.read().decode()
            return text
    except URLError:
        return ""


def values(text: str) -> dict[str, float]:
    """Each sample by its name and labels."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def archived(firm: Firm) -> int:
    return sum(document.state is State.ARCHIVED for document in firm.documents())


def test_the_port_and_the_file_tell_what_has_happened_and_the_next_daemon_counts_on(firm: Firm, inqom: Sandbox) -> None:
    port, file = free_port(), firm.home / "metrics" / "pushdoc.prom"
    file.parent.mkdir()
    ask_for(firm, inqom, f'[metrics]\nport = {port}\nfile = "{file}"\n')
    daemon = firm.run()
    firm.drop("facture.pdf")
    until(lambda: archived(firm), "the document is archived")

    told = values(scraped(port))
    assert told["pushdoc_running"] == 1
    assert told["pushdoc_documents Achats archived"] == 1
    assert told["pushdoc_deliveries_total inqom"] == told["pushdoc_delivery_seconds_count inqom"] == 1
    assert told["pushdoc_destination_state inqom up"] == 1
    assert told["pushdoc_watched_folders"] > 0

    assert daemon.stop() == 0
    left = values(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert left["pushdoc_running"] == 0
    assert left["pushdoc_deliveries_total inqom"] == 1
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    firm.drop("deuxième.pdf")
    assert firm.command("once")[0] == 0
    assert values(file.read_text())["pushdoc_deliveries_total inqom"] == 2


def test_a_reload_takes_up_another_port_and_gives_the_first_one_back(firm: Firm, inqom: Sandbox) -> None:
    first, second = free_port(), free_port()
    ask_for(firm, inqom, f"[metrics]\nport = {first}\n")
    daemon = firm.run()
    assert "pushdoc_running 1.0" in scraped(first)

    ask_for(firm, inqom, f"[metrics]\nport = {second}\n")
    daemon.send(signal.SIGHUP)
    until(lambda: "pushdoc_running 1.0" in scraped(second), "the other port answers")
    assert scraped(first) == ""


def test_a_port_or_a_file_that_cannot_be_had_is_told_once_and_keeps_no_document_waiting(
    firm: Firm, inqom: Sandbox
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as somebody:
        port = somebody.getsockname()[1]
        ask_for(firm, inqom, f'[metrics]\nport = {port}\nfile = "{firm.home}/nowhere/pushdoc.prom"\n')
        daemon = firm.run()
        firm.drop("facture.pdf")
        until(lambda: archived(firm), "the document is archived")

    assert daemon.told.count("metrics port cannot be had") == 1
    assert daemon.told.count("metrics cannot be written") == 1


def test_nothing_is_logged_while_nothing_happens(firm: Firm, inqom: Sandbox) -> None:
    ask_for(firm, inqom, f"[metrics]\nport = {free_port()}\n")
    daemon = firm.run()
    firm.drop("facture.pdf")
    until(
        lambda: {"event=entered", "event=archived"} <= set(daemon.told.split()), "it is archived, and both told of it"
    )

    told = daemon.told
    for _ in range(3):
        last = firm.last_look()
        until(lambda last=last: firm.last_look() != last, "it looks again")  # type: ignore[misc]  # a loop's value
    assert daemon.told == told


def test_each_fact_is_a_line_of_json_where_the_rules_say_so_and_a_reload_changes_that(
    firm: Firm, inqom: Sandbox
) -> None:
    ask_for(firm, inqom, '[log]\nformat = "json"\nlevel = "debug"\n')
    daemon = firm.run()
    firm.drop("facture.pdf")
    # Who enters and who sends are two: whose line comes first is nobody's business.
    life = ["answered", "archived", "claimed", "delivered", "entered", "looked into"]
    until(lambda: all(f'"{event}"' in daemon.told for event in life), "it is archived, and all have told of it")

    told = [json.loads(line) for line in daemon.told.splitlines()]
    assert sorted(fact["event"] for fact in told if fact.get("document") == 1) == life
    (delivered,) = (fact for fact in told if fact["event"] == "delivered")
    assert list(delivered)[:3] == ["at", "level", "event"]
    assert delivered["client"] == firm.names[0]
    assert delivered["receipt"] == firm.documents()[0].receipt

    ask_for(firm, inqom, '[log]\nlevel = "error"\n')
    daemon.send(signal.SIGHUP)
    until(lambda: "rules have changed" in daemon.told, "the rules are taken up")
    last = firm.last_look()
    until(lambda: firm.last_look() != last, "it looks by the new ones")
    assert daemon.stop() == 0
    assert "stopped" not in daemon.told


@pytest.mark.parametrize("fault", ["none", "401=1", "403@upload=1", "404@upload=1", "429=1", "500@upload=1",
    "html@upload=1", "reset-after=next:1", "no-id=next:1", "latency:10=1"])  # fmt: skip
def test_no_secret_and_nothing_of_a_document_stands_in_the_log_or_beside_it(firm: Firm, fault: str) -> None:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        if fault != "none":
            inqom.faults.set(fault)
        daemon = firm.start("run", "--log", "debug")
        firm.drop("facture.pdf", b"%PDF-1.7\n" + CONTENT.encode() + b"\n%%EOF\n")
        until(lambda: "claimed" in daemon.told or "destination is" in daemon.told, "it was tried", 30)
        until(lambda: any(word in daemon.told for word in ("answered", "destination is")), "something came of it")
        seen = [shown for pid in family(daemon.pid) for shown in (proc(pid, "cmdline"), proc(pid, "environ"))]
        daemon.stop()
    marked = [PASSWORD, CLIENT_SECRET, CONTENT, *firm.tokens]
    files = [file for each in (firm.said, firm.ledger.parent) for file in each.rglob("*") if file.is_file()]
    for text in [file.read_bytes() for file in files] + seen:
        assert not [mark for mark in marked if mark.encode() in text]


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = [int(child) for child in (Path(f"/proc/{pid}/task/{pid}/children")).read_text().split()]
    return [pid, *(each for child in children for each in family(child))]


def proc(pid: int, name: str) -> bytes:
    return Path(f"/proc/{pid}/{name}").read_bytes()
