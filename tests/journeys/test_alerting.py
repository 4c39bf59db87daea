"""Trouble is found, told once by mail, and its end once."""

from __future__ import annotations

import email
import email.policy
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from journeys.firm import GARAGE, MARTIN, NOVEMBER, PURCHASES, Firm, client_text
from office import entry

from pushdoc.deliver.destination import Delayed
from pushdoc.journey.alerting import Alerting
from pushdoc.journey.disks import Disks, lacking
from pushdoc.ledger import RefusedNote
from pushdoc.watch import Room
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

    from fakes import ScriptedDestination
    from pushed import PushedClock

MAILED = """
[mail]
host = "127.0.0.1"
sender = "pushdoc@cabinet.example"
[alerts]
to = ["admin@cabinet.example"]
free = "1kB"
"""
RULES = PURCHASES + MAILED
WRONG = Delayed(Phrase("inqom.wrong_password"), needs_person=True)
SILENT = Delayed(Phrase("deliver.read_timeout", {"host": "api.inqom.example"}))
GB = 1_000_000_000


@dataclass
class Watchman:
    """Whoever tells what is in trouble at a firm; `rang` counts how often the mails were called."""

    firm: Firm
    rang: int = 0

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        firm = self.firm
        place = firm.rules, firm.ledger, firm.clock, [firm.gate], firm.roll, firm.after.lookout
        self.alerting = Alerting(*place, ring=self._ring)

    def _ring(self) -> None:
        self.rang += 1

    def watch(self, minutes: float, step_s: float = 30) -> None:
        """Do what the daemon does for a while, but for sending."""
        firm = self.firm
        for _ in range(round(minutes * 60 / step_s)):
            firm.look()
            firm.roll.refresh_if_due(firm.destination, firm.gate)
            self.alerting.saw(firm.intake)
            self.alerting.look()
            firm.clock.push(step_s - 5)  # `look` has taken 5 seconds

    @property
    def mails(self) -> list[EmailMessage]:
        with closing(sqlite3.connect(self.firm.rules.ledger.path)) as connection:
            rows = connection.execute("SELECT message FROM mail ORDER BY id").fetchall()
        return [email.message_from_bytes(row[0], policy=email.policy.default) for row in rows]

    @property
    def subjects(self) -> list[str]:
        # Where a long one is folded, `email` reads one blank too many.
        return [" ".join(str(mail["Subject"]).split()) for mail in self.mails]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


@pytest.fixture
def watched(found: Callable[..., Firm]) -> Watchman:
    return Watchman(found(rules_text=RULES))


def test_a_wrong_password_is_told_at_once_and_the_end_of_it_once(watched: Watchman) -> None:
    watched.firm.destination.trouble = WRONG
    watched.firm.roll.grow_stale("inqom")
    watched.firm.clock.push(60)
    watched.watch(180)
    watched.firm.destination.trouble = None
    watched.watch(60)

    assert watched.subjects == [
        "[pushdoc] Inqom arrêté : Inqom refuse l’identifiant ou le mot de passe",
        "[pushdoc] Inqom de nouveau en service (3 h 00)",
    ]
    assert watched.rang == 2
    told = text_of(watched.mails[0])
    assert "Vérifiez username et password" in told
    assert "aucun n’est perdu" in told
    assert "pushdoc check" in told


def test_a_service_that_is_away_for_a_short_while_is_never_told(watched: Watchman) -> None:
    for _ in range(4):
        watched.firm.destination.trouble = SILENT
        watched.firm.roll.grow_stale("inqom")
        watched.watch(10)
        watched.firm.destination.trouble = None
        watched.watch(50)

    assert watched.mails == []
    assert watched.firm.ledger.alerts.known() == {}


def test_twenty_thousand_documents_behind_a_service_that_is_down_are_one_mail(
    memory: Path, clock: PushedClock, destination: ScriptedDestination
) -> None:
    firm = Firm(memory, clock, destination, rules_text=RULES)
    firm.begin()
    watched = Watchman(firm)
    firm.ledger.enter_all(entry(f"{number}.pdf", client=GARAGE, rule="Achats") for number in range(20_000))
    destination.trouble = SILENT
    firm.roll.grow_stale("inqom")
    for _ in range(24 * 60):
        firm.roll.refresh_if_due(destination, firm.gate)
        watched.alerting.look()
        clock.push(60)

    assert watched.subjects == ["[pushdoc] Inqom en panne : « api.inqom.example » n’a pas répondu à temps"]
    assert "En attente pour l’instant : 20 000" in text_of(watched.mails[0])
    firm.close()


def test_a_restart_tells_nothing_twice_and_still_tells_the_end(watched: Watchman) -> None:
    firm = watched.firm
    firm.destination.trouble = WRONG
    firm.roll.grow_stale("inqom")
    watched.watch(10)
    for _ in range(3):
        firm.restart()
        watched.restart()
        watched.watch(5)
    firm.destination.trouble = None
    firm.restart()
    watched.restart()
    watched.watch(20)

    assert len(watched.mails) == 2


def test_the_clients_folder_that_is_gone_is_told_when_that_has_lasted(watched: Watchman) -> None:
    root = watched.firm.root
    watched.watch(5)
    for minutes in (10, 20):
        root.rename(root.with_name("elsewhere"))
        watched.watch(minutes)
        root.with_name("elsewhere").rename(root)
        watched.watch(10)

    assert watched.subjects == [
        f"[pushdoc] Dossiers hors d’atteinte : {root}",
        f"[pushdoc] Dossiers de nouveau accessibles : {root} (20 min)",
    ]


def test_folders_that_cannot_be_read_are_one_mail_with_their_number(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=RULES)
    watched = Watchman(firm)
    for client in (MARTIN, GARAGE):
        (firm.root / client / NOVEMBER).parent.mkdir(parents=True)
        (firm.root / client / NOVEMBER).symlink_to(firm.folder)
    watched.watch(40)

    (mail,) = watched.mails
    assert str(mail["Subject"]).startswith("[pushdoc] 2 dossiers ou fichiers illisibles")
    assert "et 1 autre dans le même cas" in text_of(mail)


def test_new_clients_without_a_dossier_are_one_mail_and_never_speak_of_those_taken_out(
    found: Callable[..., Firm],
) -> None:
    nameless = "".join(
        f'[[client]]\nfolder = {name!r}\nsiret = ""\n'.replace("'", '"') for name in ("Nouveau A", "Nouveau B")
    )
    usual = "".join(map(client_text, (MARTIN, GARAGE)))
    firm = found(rules_text=RULES, clients_text=usual + nameless)
    watched = Watchman(firm)
    watched.watch(60)
    assert watched.subjects == ["[pushdoc] 2 clients sans dossier chez inqom : Nouveau A, …"]
    assert "Nouveau B : Le SIRET n’est pas renseigné" in text_of(watched.mails[0])

    firm.restart(clients_text=usual)
    watched.restart()
    watched.watch(60)
    assert len(watched.mails) == 1
    assert firm.ledger.alerts.known() == {}


def test_rules_that_were_refused_are_told_and_their_mending_too(watched: Watchman) -> None:
    firm = watched.firm
    problem = ("rules.toml:23", Phrase("rules.digest_without_mail", {"name": "Claire"}))
    firm.ledger.notes.keep_refused(RefusedNote(firm.clock.now(), [problem], [], [], 2, "fr", "Europe/Paris"))
    watched.watch(10)
    firm.ledger.notes.keep_refused(None)
    watched.watch(10)

    begun, over = watched.subjects
    assert begun.startswith("[pushdoc] Nouvelles règles refusées")
    assert "rules.toml:23" in text_of(watched.mails[0])
    assert over == "[pushdoc] Les règles sont de nouveau en ordre (10 min)"


def test_a_disk_that_is_nearly_full_is_told_at_once(found: Callable[..., Firm]) -> None:
    watched = Watchman(found(rules_text=RULES.replace("1kB", "4000TB")))
    watched.watch(60)

    assert [subject.partition(" : ")[0] for subject in watched.subjects] == ["[pushdoc] Disque presque plein"]


@pytest.mark.parametrize(
    ("room", "before", "after"),
    [
        (Room(GB, 500 * GB, no_more_files=False), "well", None),
        (Room(GB - 1, 500 * GB, no_more_files=False), "well", "alerts.disk_low"),
        (Room(GB, 500 * GB, no_more_files=False), "low", "alerts.disk_low"),
        (Room(GB + GB // 10, 500 * GB, no_more_files=False), "low", None),
        (Room(300 * GB, 500 * GB, no_more_files=True), "well", "alerts.no_more_files"),
        (Room(0, 0, no_more_files=False), "well", None),
    ],
)
def test_a_disk_must_have_a_tenth_more_than_is_wanted_to_be_well_again(
    room: Room, before: str, after: str | None, tmp_path: Path
) -> None:
    why = lacking(room, tmp_path, GB, known=before == "low")

    assert (None if why is None else why.code) == after


def test_disks_are_asked_once_a_minute(firm: Firm, clock: PushedClock) -> None:
    disks = Disks(firm.rules, firm.after.lookout, clock)
    assert disks.see(firm.intake.folders, ()) == []
    asked = disks.asked
    clock.push(59)
    disks.see(firm.intake.folders, ())
    assert disks.asked is asked
    clock.push(1)
    disks.see(firm.intake.folders, ())
    assert disks.asked is not asked


def test_without_a_mail_server_alerts_are_kept_and_logged_once(
    found: Callable[..., Firm], capsys: pytest.CaptureFixture[str]
) -> None:
    watched = Watchman(found())
    watched.firm.destination.trouble = WRONG
    watched.firm.roll.grow_stale("inqom")
    watched.watch(30)
    (note,) = watched.firm.history.lasting_alerts()
    assert note.subject == "inqom"
    watched.firm.destination.trouble = None
    watched.watch(30)

    assert watched.mails == []
    assert watched.rang == 0
    assert watched.firm.history.lasting_alerts() == []
    said = capsys.readouterr()
    assert (said.out + said.err).count("alert is over") == 1


def test_each_recipient_gets_one_mail_of_their_own_however_often_they_are_named(found: Callable[..., Firm]) -> None:
    to = '["admin@cabinet.example", "Admin@Cabinet.Example", "chef@cabinet.example"]'
    watched = Watchman(found(rules_text=RULES.replace('["admin@cabinet.example"]', to)))
    watched.firm.destination.trouble = WRONG
    watched.firm.roll.grow_stale("inqom")
    watched.watch(10)

    assert len(watched.mails) == 2
    assert len({mail["Message-ID"] for mail in watched.mails}) == 2
