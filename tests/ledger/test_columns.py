"""How the house's values lie in the ledger: each comes back as it went in, and sorts as it should."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pushdoc.document import Document, DocumentType, Identity
from pushdoc.ledger import columns
from pushdoc.ledger.columns import written
from pushdoc.ledger.rows import DOCUMENT, document_of
from pushdoc.period import Period
from pushdoc.states import Event, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from office import Office

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SAID = Phrase("ledger.twin", {"id": 3, "name": "été.pdf"})


@pytest.mark.parametrize(
    ("value", "read"),
    [
        pytest.param(MORNING, columns.moment, id="moment"),
        pytest.param(Path("/srv/mcf/été"), columns.path, id="path"),
        pytest.param(Path(os.fsdecode(b"/srv/mcf/\xe9t\xe9")), columns.path, id="path that is not UTF-8"),
        pytest.param(Identity(2049, 2**64 - 1, 0, 1), columns.identity, id="inode of a network file system"),
        pytest.param(Period(2026, 1), columns.period, id="period"),
        pytest.param(SAID, columns.phrase, id="phrase"),
        pytest.param([SAID, SAID], columns.phrases, id="phrases"),
        pytest.param([], columns.phrases, id="no phrases"),
        pytest.param(State.NON_TRANSMIS, State, id="state"),
        pytest.param(Event.TWIN, Event, id="event"),
        pytest.param(DocumentType.PURCHASE_INVOICE, DocumentType, id="type"),
        pytest.param(True, bool, id="yes"),
        pytest.param("été", str, id="text"),
        pytest.param(25_000_000, int, id="number"),
    ],
)
def test_a_value_comes_back_as_it_went_in(value: object, read: Callable[[Any], object]) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        (kept,) = database.execute("SELECT ?", (written(value),)).fetchone()

    assert type(kept) in {str, bytes, int}
    assert read(kept) == value


def test_what_is_not_there_stays_away() -> None:
    assert written(None) is None


def test_moments_sort_as_text_whatever_the_zone_they_were_said_in() -> None:
    paris = timezone(timedelta(hours=1))
    later = [
        MORNING,
        MORNING + timedelta(microseconds=1),
        (MORNING + timedelta(minutes=1)).astimezone(paris),
        MORNING + timedelta(minutes=2),
    ]

    assert sorted(map(written, later)) == [written(at) for at in later]


def test_every_field_of_a_document_is_read_with_its_type(office: Office) -> None:
    office.ledger.record(
        office.delivered(archive_folder=Path("/srv/mcf/Transmis")),
        Event.ARCHIVE,
        reason=SAID,
        filed=MORNING,
        archive_path=Path("/srv/mcf/Transmis/a.pdf"),
        troubled_at=MORNING,
        failing_since=MORNING,
        unknowable=True,
        forced=True,
    )

    known = office.ledger.get(1)

    types = {field.name: type(getattr(known, field.name)) for field in fields(Document)}
    assert {types[name] for name in types if name.endswith("_at") or name in {"since", "filed"}} == {datetime}
    assert {types[name] for name in ("path", "archive_folder", "archive_path")} == {type(Path())}
    assert (types["state"], types["type"], types["period"]) == (State, DocumentType, Period)
    assert (types["unknowable"], types["forced"], types["reason"]) == (bool, bool, Phrase)


def test_what_was_asked_for_behind_a_document_is_left_aside(office: Office) -> None:
    entered = office.enter()
    claimed = office.claim()

    assert entered.id == claimed.id
    with office.ledger._reading() as connection:
        row = connection.execute(f"SELECT {DOCUMENT}, 'more' FROM document").fetchone()
    assert document_of(row) == claimed
