"""What the log says of documents is what their history says."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import structlog

from pushdoc import log
from pushdoc.ledger.report import level_of
from pushdoc.states import Event, OvertakenError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from office import Office

    from pushdoc.ledger import Ledger


@pytest.fixture(autouse=True)
def _in_json() -> Iterator[None]:
    log.configure("debug", "json")
    yield
    structlog.reset_defaults()


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_each_line_of_a_history_is_one_of_the_log_in_its_order(
    office: Office, ledger: Ledger, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.archived(content="the same")
    office.enter(content="the same")
    twin = office.claim()
    ledger.record(twin, Event.KEEP, reason=twin.reason)
    office.enter(refused=Phrase("inqom.too_large"))
    ledger.suspect(office.enter(hold=False), Phrase("journey.stumbled"))
    held = office.enter(by=Event.HOLD)
    ledger.hand_over(held, rule="Autres")
    ledger.amend(held, "mended", next_attempt=office.clock.now() + timedelta(hours=1))
    ledger.amend(held, suspicions=0)  # of which the history says nothing
    said = [(fact["document"], fact["event"], fact.get("code")) for fact in logged(capsys)]

    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT document, event, reason FROM event ORDER BY id").fetchall()
    assert said == [(number, event, json.loads(reason)["code"] if reason else None) for number, event, reason in rows]
    assert len(said) > 12


def test_what_was_not_written_is_not_told(office: Office, ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    entered = office.enter()
    office.claim()
    logged(capsys)
    with pytest.raises(OvertakenError):
        ledger.record(entered, Event.WITHDRAW)

    assert logged(capsys) == []


def test_a_line_tells_whose_document_it_is_and_what_came_of_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    document = office.archived()
    entered, _claimed, delivered, archived = logged(capsys)

    assert (entered["rule"], entered["size"]) == (document.rule, document.identity.size)
    assert (delivered["receipt"], delivered["dossier"]) == ("55", "700123")
    assert archived["path"] == str(document.archive_path)
    for fact in (entered, delivered, archived):
        assert (fact["name"], fact["client"], fact["destination"]) == (document.name, document.client, "inqom")


def test_only_what_a_person_may_have_to_look_at_is_a_warning() -> None:
    assert {event for event in Event if level_of(event) == "warning"} == {Event.REFUSE}
    assert level_of(Event.CLAIM) == "debug"
