"""How the mails stand, as status tells it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pushdoc.ledger import MailState
from pushdoc.tell import status, status_lines
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from office import Office

    from pushdoc.ledger import History
    from pushdoc.tell import Reader

    Open = Callable[[], AbstractContextManager[History]]

READER = "claire@cabinet.example"
REFUSED = Phrase("post.recipient_refused", {"server": "smtp:587", "recipient": READER, "answer": "550 5.1.1"})
DOWN = Phrase("post.refused", {"server": "smtp:587"})


def put(office: Office, state: MailState | None = None, reason: Phrase | None = None) -> None:
    """A digest in the outbox, and what has become of it."""
    mails, now = office.ledger.mails, office.clock.now()
    mails.put_digest(READER, date(2026, 11, 20), mails.told(READER).upto, 7, b"text", now)
    if state is not None:
        claimed = mails.claim(now, now + timedelta(minutes=15), now + timedelta(hours=2))
        assert claimed is not None
        mails.settle(claimed[0], state, now, reason, now + timedelta(hours=1))


def told_of(office: Office, history: Open, reader: Reader) -> tuple[Any, str]:
    """What the mails are in JSON, and all of status for the eye."""
    with history() as opened:
        now = office.clock.now()
        told = status(opened, reader, now=now, holder=None, rules=[], destinations=[], enabled=0)
    return told["mail"], "\n".join(status_lines(told, [], reader))


def test_where_no_mail_was_ever_to_be_sent_nothing_is_said(office: Office, history: Open, fr: Reader) -> None:
    mail, shown = told_of(office, history, fr)

    assert mail is None
    assert "Courriels" not in shown


def test_when_the_last_one_was_sent_is_said(office: Office, history: Open, fr: Reader) -> None:
    put(office)
    assert "Courriels  aucun envoyé pour l’instant" in told_of(office, history, fr)[1].replace("    ", "")
    put(office, MailState.SENT)

    mail, shown = told_of(office, history, fr)

    assert mail == {
        "waiting": 0,
        "since": None,
        "last_sent": "2026-11-20T09:00:00+01:00",
        "reason": None,
        "advice": None,
        "next_attempt": None,
        "refused": [],
    }
    assert "dernier envoi le 20/11/2026 09:00" in shown


def test_mail_that_waits_is_said_with_the_reason_and_what_to_do(office: Office, history: Open, fr: Reader) -> None:
    put(office, MailState.WAITING, DOWN)

    mail, shown = told_of(office, history, fr)

    assert (mail["waiting"], mail["since"]) == (1, "2026-11-20T09:00:00+01:00")
    assert mail["next_attempt"] == "2026-11-20T10:00:00+01:00"
    assert "! 1 courriel attend depuis le 20/11/2026 09:00, nouvel essai le 20/11/2026 10:00" in shown
    assert "smtp:587 refuse la connexion" in shown
    assert "→ Vérifiez port sous [mail]" in shown


def test_whose_mail_is_refused_is_said_as_something_for_a_person(office: Office, history: Open, fr: Reader) -> None:
    put(office, MailState.REFUSED, REFUSED)

    mail, shown = told_of(office, history, fr)

    assert [each["recipient"] for each in mail["refused"]] == [READER]
    assert f"smtp:587 refuse le destinataire {READER} (550 5.1.1)" in shown
    assert "→ Corrigez l’adresse" in shown
