from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from office import CLIENT, Office

from pushdoc.ledger import AlertKind, AlertNote, DestinationNote, MappingNote, RunNote
from pushdoc.states import Event, State
from pushdoc.tell import document, status, status_lines
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from pushdoc.ledger import History
    from pushdoc.tell import Reader

    Open = Callable[[], AbstractContextManager[History]]

RULES = ["Factures d'achat", "Notes de frais"]


def told_of(office: Office, history: History | None, reader: Reader, holder: int | None = None) -> dict[str, Any]:
    now = office.clock.now()
    return status(history, reader, now=now, holder=holder, rules=RULES, destinations=["inqom"], enabled=3)


def running(office: Office, *problems: Phrase) -> RunNote:
    now = office.clock.now()
    return RunNote(os.getpid(), now, "events", 12, now, now, list(problems))


def test_before_the_first_run_everything_is_zero_and_unknown(office: Office, fr: Reader) -> None:
    told = told_of(office, None, fr)

    assert told["daemon"] == {"running": False, "pid": None, "since": None, "last_round": None, "rules_refused": None}
    assert told["destinations"] == [{"name": "inqom", "state": "unknown", "since": None, "reason": None, "until": None}]
    assert set(told["documents"].values()) == {0}
    assert told["oldest_waiting_seconds"] is None
    assert [rule["name"] for rule in told["rules"]] == RULES


def test_documents_are_counted_by_state_and_rule(office: Office, history: Open, fr: Reader) -> None:
    office.archived()
    office.enter(refused=Phrase("inqom.too_large"), rule="Notes de frais")
    office.enter()
    office.clock.push(90)
    with history() as open_history:
        told = told_of(office, open_history, fr)

    counted = {state: count for state, count in told["documents"].items() if count}
    assert counted == {"archived": 1, "non_transmis": 1, "waiting": 1}
    assert told["oldest_waiting_seconds"] == 90.0
    assert [(rule["delivered"], rule["non_transmis"]) for rule in told["rules"]] == [(1, 0), (0, 1)]


def test_a_rule_that_was_taken_out_of_the_file_is_still_counted(office: Office, history: Open, fr: Reader) -> None:
    office.enter(rule="Ancienne")
    with history() as open_history:
        assert [rule["name"] for rule in told_of(office, open_history, fr)["rules"]] == [*RULES, "Ancienne"]


def test_a_daemon_is_told_of_by_the_lock_not_by_what_it_wrote(office: Office, history: Open, fr: Reader) -> None:
    office.ledger.notes.keep_run(running(office))
    with history() as open_history:
        gone = told_of(office, open_history, fr)["daemon"]
        ours = told_of(office, open_history, fr, holder=os.getpid())["daemon"]
        other = told_of(office, open_history, fr, holder=1)["daemon"]

    assert (gone["running"], gone["since"]) == (False, None)
    assert gone["last_round"] is not None
    assert (ours["running"], ours["pid"]) == (True, os.getpid())
    assert ours["since"] is not None
    assert (other["running"], other["pid"], other["since"]) == (True, 1, None)


def test_a_client_without_a_dossier_is_counted(office: Office, history: Open, fr: Reader) -> None:
    notes = [
        MappingNote(CLIENT, "1", "mapped", "700123", "X", usable=True, reason=None),
        MappingNote("Garage", "", "missing", None, None, usable=False, reason=Phrase("clients.siret_missing")),
    ]
    office.ledger.notes.keep_mapping("inqom", notes, office.clock.now())
    with history() as open_history:
        told = told_of(office, open_history, fr)
    assert told["clients"]["unmapped"] == 1
    assert told["clients"]["mapped"] == 1


def test_the_lines_tell_the_same_to_the_eye_in_both_languages(
    office: Office, history: Open, fr: Reader, en: Reader
) -> None:
    office.archived()
    office.enter("lourd.pdf", refused=Phrase("inqom.too_large"))
    office.enter()
    office.clock.push(5)
    until = office.clock.now() + timedelta(minutes=1)
    trouble = Phrase("inqom.too_large")
    office.ledger.notes.keep_destination(DestinationNote("inqom", "paused", office.clock.now(), until, trouble))
    office.ledger.notes.keep_run(running(office, Phrase("watch.root_gone", {"path": "/srv/mcf"})))
    lines = {}
    for reader in (fr, en):
        with history() as open_history:
            told = told_of(office, open_history, reader, holder=os.getpid())
            attention = [document(one, reader) for one in open_history.documents(state=State.NON_TRANSMIS)]
        lines[reader.language] = "\n".join(status_lines(told, attention, reader))

    for said in (
        f"en marche depuis le {office.clock.now().astimezone(fr.zone):%d/%m/%Y %H:%M} (processus {os.getpid()})",
        "en pause, nouvel essai le",
        "! Le dossier des clients n’est pas là",
        "1  transmis et archivé",
        "1  en attente (le plus ancien attend depuis 5\u00a0s)",
        f"{CLIENT} · lourd.pdf",
        "→ Allégez-le",
        "pushdoc retry N°",
    ):
        assert said in lines["fr"], said
    for said in ("running since", "paused, next try", "1  delivered and archived", "To look at", "pushdoc retry ID"):
        assert said in lines["en"], said


def test_of_many_that_need_a_person_ten_are_shown_and_the_rest_counted(
    office: Office, history: Open, fr: Reader
) -> None:
    for number in range(13):
        office.enter(f"{number:02}.pdf", refused=Phrase("inqom.too_large"))
    with history() as open_history:
        attention = [document(one, fr) for one in open_history.documents(state=State.NON_TRANSMIS)]
        lines = list(status_lines(told_of(office, open_history, fr), attention, fr))

    assert sum(".pdf" in line for line in lines) == 10
    assert any("et 3 autres" in line for line in lines)


def test_what_is_wrong_stands_first_and_the_gravest_of_it_before_all(office: Office, history: Open, fr: Reader) -> None:
    office.enter("lourd.pdf", refused=Phrase("inqom.too_large"))
    office.enter()
    down = DestinationNote("inqom", "down", office.clock.now(), None, Phrase("inqom.too_large"))
    office.ledger.notes.keep_destination(down)
    with history() as open_history:
        attention = [document(one, fr) for one in open_history.documents(state=State.NON_TRANSMIS)]
        lines = list(status_lines(told_of(office, open_history, fr), attention, fr))

    signs = [line for line in lines if line.startswith(("✗", "!"))]
    for line, begin in zip(signs, ("✗ Destination inqom", "✗ 1 document", "! le service est arrêté"), strict=True):
        assert line.startswith(begin)
    assert lines.index(signs[-1]) < next(at for at, line in enumerate(lines) if line.startswith("Service"))


def test_documents_with_the_same_reason_are_told_it_once(office: Office, history: Open, fr: Reader) -> None:
    for name in ("a.pdf", "b.pdf"):
        office.enter(name, refused=Phrase("inqom.too_large"))
    with history() as open_history:
        attention = [document(one, fr) for one in open_history.documents(state=State.NON_TRANSMIS)]
        lines = list(status_lines(told_of(office, open_history, fr), attention, fr))

    assert sum("trop lourd" in line for line in lines) == 1
    assert [line.partition("· ")[2] for line in lines if "· " in line][1:] == ["a.pdf", "b.pdf"]


def test_documents_that_wait_for_approval_are_told_with_the_commands(office: Office, history: Open, en: Reader) -> None:
    office.enter(by=Event.HOLD)
    with history() as open_history:
        lines = list(status_lines(told_of(office, open_history, en), [], en))

    assert "! 1 document waits for your approval" in lines
    assert any("pushdoc release ID" in line for line in lines)


def test_nothing_wrong_is_said_in_one_line(office: Office, history: Open, en: Reader) -> None:
    office.archived()
    with history() as open_history:
        lines = list(status_lines(told_of(office, open_history, en), [], en))

    assert lines[2] == "✓ nothing needs you"


def test_alerts_are_answered_and_only_what_nothing_else_tells_is_shown(
    office: Office, history: Open, fr: Reader
) -> None:
    now = office.clock.now()
    low = Phrase("alerts.disk_low", {"path": "/srv", "free": 900, "wanted": 1000})
    notes = [
        AlertNote("disk:/srv", AlertKind.DISK, "/srv", low, now, told=now),
        AlertNote("destination:inqom", AlertKind.DOWN, "inqom", Phrase("inqom.wrong_password"), now, told=now),
        AlertNote("share:/mnt", AlertKind.SHARE, "/mnt", Phrase("watch.root_gone", {"path": "/mnt"}), now),
    ]
    office.ledger.alerts.keep(notes, [], [], now)
    with history() as open_history:
        told = told_of(office, open_history, fr)

    assert [(alert["kind"], alert["gone"]) for alert in told["alerts"]] == [("down", None), ("disk", None)]
    shown = "\n".join(status_lines(told, [], fr))
    assert "✗ Il ne reste que 900\u00a0octets sur ce disque" in shown
    assert "→ Faites de la place" in shown
    assert "identifiant" not in shown
