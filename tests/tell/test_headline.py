"""The line that systemd shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE, harmless

from pushdoc.ledger import AlertKind, AlertNote, OutboxNote
from pushdoc.states import State
from pushdoc.tell.headline import headline
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.tell import Reader

MORNING = datetime(2026, 11, 21, 8, 5, tzinfo=UTC)


def trouble(subject: str = "inqom", kind: AlertKind = AlertKind.DOWN) -> AlertNote:
    return AlertNote(f"{kind}:{subject}", kind, subject, Phrase("inqom.wrong_password"), MORNING, MORNING)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_line_says_what_failed_what_waits_what_is_in_trouble_and_what_is_watched(fr: Reader, en: Reader) -> None:
    counts = {State.NON_TRANSMIS: 3, State.WAITING: 11, State.SENDING: 1, State.ARCHIVED: 1520}
    told = [trouble(), trouble("/srv", AlertKind.SHARE), trouble("/mnt", AlertKind.SHARE)]

    assert spaced(headline(counts, told, fr, folders=812)) == (
        "3 non transmis, 12 en attente ; Inqom arrêté : Inqom refuse l’identifiant ou le mot de passe "
        "– et 2 autres alertes ; 812 dossiers surveillés"
    )
    assert headline(counts, told[:1], en, folders=812) == (
        "3 not sent, 12 waiting; Inqom is down: Inqom refuses the login or the password; 812 folders watched"
    )


def test_when_all_is_well_it_is_short(fr: Reader) -> None:
    assert headline({State.ARCHIVED: 9}, [], fr) == "rien en attente"


def test_a_mail_server_that_takes_nothing_is_told_here_since_it_cannot_be_mailed(en: Reader) -> None:
    silent = OutboxNote(2, MORNING, Phrase("post.silent", {"server": "smtp:587"}), MORNING, None, ())

    assert headline({}, [], en, mails=silent) == "nothing waits; 2 mails not sent (mail: smtp:587 does not answer)"
    assert headline({}, [], en, mails=replace(silent, reason=None)) == "nothing waits"


def test_a_ledger_that_cannot_be_written_comes_first(fr: Reader) -> None:
    fault = Phrase("ledger.no_space", {"path": "/var/lib/pushdoc/pushdoc.db"})

    assert headline({}, [], fr, folders=3, fault=fault).startswith("le registre ne peut pas être écrit")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_the_line_or_makes_it_long(name: str, fr: Reader) -> None:
    line = headline({}, [trouble(name, AlertKind.SHARE)], fr, folders=1)

    assert harmless(line)
    assert "\n" not in line
    assert len(line) <= 200
