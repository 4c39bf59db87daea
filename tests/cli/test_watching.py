"""`status` on real ledgers: once, again and again, for the eye and for monitoring."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from assistant.keyboard import Keyboard
from hostile import HOSTILE, harmless
from office import entry

from pushdoc.clock import SystemClock
from pushdoc.ledger import MappingNote
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger
    from pushdoc.sandbox import Sandbox

    Type = Callable[..., Answer]

#: As the page on commands and answers has them; it may grow, and none of these may go.
STATUS = {
    *("version", "at", "daemon", "destinations", "watch", "clients", "documents"),
    *("oldest_waiting_seconds", "rules"),
}


def refused(ledger: Ledger, name: str = "facture.pdf", **changed: Any) -> int:
    """The number of a document that is « Non transmis »."""
    return ledger.enter(entry(name, refused=Phrase("inqom.too_large"), **changed)).id


def test_status_before_the_first_run_says_so_and_makes_no_ledger(firm: Firm, pushdoc: Type) -> None:
    told = pushdoc("status", "--json")

    assert told.code == 0
    assert told.json.keys() >= STATUS
    assert "n’existe pas" in told.err
    assert not firm.ledger.exists()


def test_status_while_the_first_run_is_just_making_the_ledger_says_so_too(firm: Firm, pushdoc: Type) -> None:
    firm.ledger.parent.mkdir(exist_ok=True)
    firm.ledger.touch()

    told = pushdoc("status")

    assert told.code == 0
    assert "n’existe pas" in told.err


def test_status_as_json_has_the_keys_that_monitoring_relies_on(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.drop("facture.pdf")
    firm.drop("tableau.xlsx")
    assert pushdoc("once").code == 1
    told = pushdoc("status", "--json")

    assert (told.code, told.err) == (1, "")
    status = told.json
    assert status.keys() >= STATUS
    assert status["daemon"].keys() == {"running", "pid", "since", "last_round", "rules_refused"}
    assert status["watch"].keys() == {"mode", "folders", "last_scan", "problems"}
    assert status["clients"] == {"enabled": 2, "mapped": 2, "unmapped": 0}
    (destination,) = status["destinations"]
    assert destination.keys() == {"name", "state", "since", "reason", "until"}
    assert destination["state"] == "up"
    assert status["documents"].keys() == {state.value for state in State}
    assert (status["documents"]["archived"], status["documents"]["non_transmis"]) == (1, 1)
    achats = status["rules"][0]
    assert achats.keys() == {"name", "delivered", "non_transmis", "last_delivered", "last_seen"}
    assert (achats["name"], achats["delivered"], achats["non_transmis"]) == ("Achats", 1, 1)


def test_status_needs_a_person_for_a_client_without_a_dossier(firm: Firm, ledger: Ledger, pushdoc: Type) -> None:
    note = MappingNote(firm.names[0], "", "missing", None, None, usable=False, reason=Phrase("clients.siret_missing"))
    ledger.notes.keep_mapping("inqom", [note], SystemClock().now())

    assert pushdoc("status").code == 1


def test_status_names_what_is_wrong_before_all_else(ledger: Ledger, pushdoc: Type) -> None:
    refused(ledger, "lourd.pdf")
    lines = pushdoc("status").lines

    assert lines[2:4] == ["À voir", "✗ 1 document «\u00a0Non transmis\u00a0»"]
    assert lines[4].endswith("· lourd.pdf")
    assert lines.index("Documents") > 4


def test_status_says_where_nothing_is_wrong(ledger: Ledger, pushdoc: Type) -> None:
    assert pushdoc("status").lines[2] == "✓ rien ne demande votre attention"


def test_of_very_many_that_need_a_person_the_latest_ten_are_read(ledger: Ledger, pushdoc: Type) -> None:
    for number in range(12):
        refused(ledger, f"{number:02}.pdf")
    told = pushdoc("status")

    assert [line.rpartition(" ")[2] for line in told.lines if line.endswith(".pdf")] == [
        f"{number:02}.pdf" for number in reversed(range(2, 12))
    ]
    assert any("et 2 autres" in line for line in told.lines)


def test_no_name_harms_status(ledger: Ledger, pushdoc: Type) -> None:
    for name in HOSTILE:
        refused(ledger, name)
    plain = len(pushdoc("status").lines)
    for words in (["status"], ["status", "--json"]):
        told = pushdoc(*words)
        assert harmless(told.out)
        assert told.code == 1
    assert plain == len(pushdoc("status").lines) == pushdoc("status").out.count("\n")


# again and again


def watching(firm: Firm, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pushdoc", "-c", str(firm.rules), "status", "--watch", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_watched_on_a_terminal_it_has_a_page_of_its_own_and_gives_it_back(firm: Firm, ledger: Ledger) -> None:
    with Keyboard("-c", str(firm.rules), "status", "--watch", cwd=firm.home) as person:
        person.awaits("rien ne demande votre attention")
        refused(ledger, "lourd.pdf")
        person.awaits("· lourd.pdf", within=20)
        person.types("\x03", enter=False)
        assert person.ended() == 0

    assert person.raw.startswith(b"\x1b[?1049h")
    assert person.raw.endswith(b"\x1b[?1049l")
    assert b"Traceback" not in person.raw


def test_watched_by_a_program_it_tells_a_line_each_time(firm: Firm, ledger: Ledger) -> None:
    with watching(firm, "--json") as program:
        assert program.stdout is not None
        first = json.loads(program.stdout.readline())
        refused(ledger)
        second = json.loads(program.stdout.readline())
        program.send_signal(signal.SIGTERM)
        assert program.wait(20) == 0

    assert [told["documents"]["non_transmis"] for told in (first, second)] == [0, 1]


def test_watched_through_changed_and_broken_rules_it_goes_on(firm: Firm, ledger: Ledger) -> None:
    text = firm.rules.read_text()
    with watching(firm) as program:
        assert program.stdout is not None
        lines = iter(program.stdout.readline, "")
        assert any("rien ne demande" in line for line in lines)
        firm.rules.write_text("nonsense")
        assert any("pas de réponse pour l’instant" in line for line in lines)
        firm.rules.write_text(text.replace('name = "Achats"', 'name = "Achats du jour"'))
        assert any("Achats du jour" in line for line in lines)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
