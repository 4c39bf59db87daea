"""What is kept of alerts, and the mails with them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE

from pushdoc.errors import PushdocError
from pushdoc.ledger import AlertKind, AlertNote, History, Ledger
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from pathlib import Path

MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
DOWN = AlertNote("destination:inqom", AlertKind.DOWN, "inqom", Phrase("inqom.wrong_password"), MORNING, told=MORNING)
YOUNG = AlertNote("share:/srv", AlertKind.SHARE, "/srv", Phrase("watch.root_gone", {"path": "/srv"}), MORNING)


def outbox(path: Path) -> list[tuple[str, bytes]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT recipient, message FROM mail ORDER BY id").fetchall()


def test_what_is_kept_comes_back_as_it_was_also_in_the_next_run(ledger: Ledger, path: Path) -> None:
    everything = replace(YOUNG, told=MORNING, gone=MORNING + timedelta(hours=1), over=MORNING + timedelta(hours=2))
    ledger.alerts.keep([DOWN, everything], [], [], MORNING)

    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM alert").fetchone() == (2,)
    assert ledger.alerts.known() == {DOWN.key: DOWN, YOUNG.key: everything}


def test_a_trouble_is_changed_in_its_place_and_forgotten_by_its_key(ledger: Ledger) -> None:
    ledger.alerts.keep([DOWN, YOUNG], [], [], MORNING)
    paused = replace(DOWN, kind=AlertKind.PAUSED, gone=MORNING)

    ledger.alerts.keep([paused], [YOUNG.key, "never there"], [], MORNING)

    assert ledger.alerts.known() == {DOWN.key: paused}


def test_its_mails_are_kept_with_it_or_not_at_all(ledger: Ledger, path: Path) -> None:
    mails = [("admin@cabinet.example", b"Subject: a\r\n\r\n"), ("chef@cabinet.example", b"Subject: b\r\n\r\n")]
    ledger.alerts.keep([DOWN], [], mails, MORNING)
    assert outbox(path) == mails

    unwritable = [("admin@cabinet.example", object())]
    with pytest.raises((PushdocError, sqlite3.Error)):
        ledger.alerts.keep([YOUNG], [], unwritable, MORNING)  # type: ignore[arg-type]  # that is the point

    assert outbox(path) == mails
    assert ledger.alerts.known() == {DOWN.key: DOWN}


def test_people_are_shown_what_was_told_and_is_not_over_the_oldest_first(ledger: Ledger, history: History) -> None:
    older = replace(DOWN, key="destination:cegid", since=MORNING - timedelta(days=1), gone=MORNING)
    over = replace(YOUNG, key="share:/mnt", gone=MORNING, over=MORNING)
    ledger.alerts.keep([DOWN, YOUNG, older, over], [], [], MORNING)

    assert history.lasting_alerts() == [older, DOWN]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_client_of_any_name_can_be_in_trouble(name: str, ledger: Ledger) -> None:
    note = AlertNote(
        f"client:inqom:{visible(name)}", AlertKind.CLIENT, visible(name), Phrase("clients.unknown"), MORNING
    )
    ledger.alerts.keep([note], [], [], MORNING)

    assert ledger.alerts.known() == {note.key: note}
