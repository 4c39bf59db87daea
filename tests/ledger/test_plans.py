"""How SQLite goes about each question: by an index, or line by line through a million documents."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from office import CLIENT, DROP, entry

from pushdoc.ledger import History, Ledger
from pushdoc.states import Event, State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from office import Office


def plans(path: Path, asked: Ledger | History, ask: Callable[[], object]) -> list[str]:
    """How each reading statement that a question makes is carried out."""
    statements: list[str] = []
    with asked._readers.asking():
        pass  # there is a connection now, and it serves the next question
    connections = list(asked._readers._free)
    if isinstance(asked, Ledger):
        connections.append(asked._commits._connection)
    for each in connections:
        each.set_trace_callback(statements.append)
    ask()
    for each in connections:
        each.set_trace_callback(None)
    with closing(sqlite3.connect(path)) as connection:
        return [
            "; ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
            for statement in statements
            if statement.lstrip().startswith(("SELECT", "WITH"))
        ]


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        pytest.param(lambda ledger: ledger.claim("inqom"), "document_queue", id="claim"),
        pytest.param(lambda ledger: ledger.at(DROP / "x.pdf"), "document_path", id="at"),
        pytest.param(lambda ledger: ledger.open_in(DROP), "document_folder", id="open_in"),
        pytest.param(lambda ledger: ledger.open_folders(), "document_folder", id="open_folders"),
        pytest.param(lambda ledger: ledger.doubtful("inqom"), "document_unfiled", id="doubtful"),
        pytest.param(lambda ledger: ledger.to_follow("inqom"), "document_follow", id="to_follow"),
        pytest.param(lambda ledger: ledger.next_hour("inqom"), "document_unfiled", id="next_hour"),
        pytest.param(lambda ledger: ledger.in_states(State.SENDING), "document_unfiled", id="in_states"),
        pytest.param(lambda ledger: ledger.put_off("inqom", timedelta(0)), "document_unfiled", id="put_off"),
        pytest.param(
            lambda ledger: ledger.last_delivered(CLIENT, "inqom", "7"), "document_client", id="last_delivered"
        ),
    ],
)
def test_the_writer_finds_documents_by_an_index(
    office: Office, path: Path, ask: Callable[[object], object], index: str
) -> None:
    (plan,) = plans(path, office.ledger, lambda: ask(office.ledger))

    assert re.search(rf"document USING (COVERING )?INDEX {index}\b", plan), plan


def test_the_queue_is_sorted_by_its_index(office: Office, path: Path) -> None:
    (plan,) = plans(path, office.ledger, lambda: office.ledger.claim("inqom"))

    assert "TEMP B-TREE" not in plan


def test_what_a_document_was_told_is_found_by_its_number(office: Office, path: Path) -> None:
    (plan,) = plans(path, office.ledger, lambda: office.ledger.was_told(1, "healing.rule"))

    assert "event USING INDEX event_document" in plan


def test_the_twin_and_the_reference_of_a_document_are_found_by_its_bytes(office: Office, path: Path) -> None:
    office.ledger.record(office.delivered(content="bytes"), Event.KEEP)
    office.ledger.record(office.enter(content="bytes"), Event.REFUSE)
    office.ledger.record(office.ledger.get(2), Event.RETRY, forced=True)
    office.enter(content="bytes")

    asked = plans(path, office.ledger, lambda: (office.claim(), office.claim()))

    by_content = [plan for plan in asked if "document_content" in plan]
    assert len(by_content) == 2
    assert not [plan for plan in asked if "SCAN" in plan]


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        pytest.param(lambda history: history.find("x", [DROP / "x.pdf"]), "document_path", id="path"),
        pytest.param(lambda history: history.find("x", [DROP / "x.pdf"]), "document_archive", id="archive path"),
        pytest.param(lambda history: history.find("ab" * 32), "document_content", id="sha256"),
        pytest.param(lambda history: history.find("ab" * 4), "document_content", id="begin of a sha256"),
        pytest.param(lambda history: history.clients(), "document_client", id="clients"),
        pytest.param(lambda history: history.life(1), "event_document", id="life"),
        pytest.param(lambda history: list(history.documents(client=CLIENT)), "document_client", id="client"),
        pytest.param(lambda history: list(history.documents(state=State.HELD)), "document_unfiled", id="state"),
        pytest.param(lambda history: history.oldest_waiting(), "document_queue", id="oldest"),
    ],
)
def test_the_reader_finds_documents_by_an_index(
    office: Office, history: History, path: Path, ask: Callable[[object], object], index: str
) -> None:
    office.ledger.enter(entry())

    asked = plans(path, history, lambda: ask(history))

    assert any(re.search(rf"USING (COVERING )?INDEX {index}\b", plan) for plan in asked), asked


OPEN = [State.HELD, State.WAITING, State.NON_TRANSMIS]


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"state": State.NON_TRANSMIS}, id="state"),
        pytest.param({"state": OPEN, "latest_first": True, "limit": 10}, id="states"),
        pytest.param({"client": CLIENT}, id="client"),
        pytest.param({"client": [CLIENT, "Garage"], "latest_first": True}, id="clients"),
        pytest.param({"client": CLIENT, "state": OPEN, "rule": "Ventes"}, id="all together"),
        pytest.param({"since": datetime(2026, 11, 20, tzinfo=UTC), "latest_first": True}, id="since"),
    ],
)
def test_a_listing_never_goes_through_all_documents(history: History, path: Path, wanted: dict[str, Any]) -> None:
    for plan in plans(path, history, lambda: list(history.documents(**wanted))):
        assert "SCAN document" not in plan
        assert "INDEX document_" in plan


@pytest.mark.parametrize(
    ("ask", "because"),
    [
        pytest.param(
            lambda history: list(history.documents(latest_first=True)),
            "all are wanted: the first page is there at once",
            id="all",
        ),
        pytest.param(
            lambda history: list(history.documents(state=State.ARCHIVED, latest_first=True)),
            "nearly all are archived: the first page is there at once",
            id="archived",
        ),
        pytest.param(
            lambda history: list(history.documents(rule="Ventes", latest_first=True)),
            "a firm has a handful of rules: the first page is there at once",
            id="rule",
        ),
        pytest.param(
            lambda history: list(history.documents(state=State.DUPLICATE)),
            "few ask, and an index would cost every document: 0.2 s for a million",
            id="duplicates",
        ),
        pytest.param(
            lambda history: history.find("facture"),
            "no index finds the middle of a name: 1 s for a million",
            id="part of a name",
        ),
    ],
)
def test_what_goes_through_all_documents_is_listed_with_its_reason(
    office: Office, history: History, path: Path, ask: Callable[[object], object], because: str
) -> None:
    asked = plans(path, history, lambda: ask(history))

    assert any("SCAN document" in plan for plan in asked), because
    assert not any("TEMP B-TREE" in plan for plan in asked), "read as it is asked for, never sorted as a whole"


def test_counting_does_not_read_documents(history: History, path: Path) -> None:
    asked = plans(path, history, lambda: (history.counts(), history.rules()))

    assert asked == ["SCAN tally", "SCAN tally", "SCAN lately"]
