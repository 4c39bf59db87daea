"""The rules change under the running daemon: what its administrator types, and what becomes of the papers meanwhile."""

from __future__ import annotations

import json
import signal
import socket
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from service.firm import KINDS, RULE, paper, until

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.firm import Firm, Running

    from pushdoc.sandbox import Sandbox

pytestmark = pytest.mark.service


@pytest.fixture
def inqom(firm: Firm) -> Iterator[Sandbox]:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        yield inqom


def reload(daemon: Running) -> None:
    """What `systemctl reload pushdoc` does."""
    daemon.send(signal.SIGHUP)


def change(firm: Firm, *changes: tuple[str, str]) -> None:
    """Parts of the rules file's text become others."""
    text = firm.rules.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    firm.rules.write_text(text)


def taken_up(daemon: Running, times: int = 1) -> bool:
    return daemon.told.count("rules have changed") >= times and daemon.told.count("starting") > times


def status(firm: Firm) -> dict[str, Any]:
    code, out, _ = firm.command("status", "--json")
    assert code in {0, 1, 78}
    told: dict[str, Any] = json.loads(out)
    assert code or not told["daemon"]["rules_refused"]
    return told


def states(firm: Firm) -> Counter[State]:
    return Counter(document.state for document in firm.documents())


def names(inqom: Sandbox) -> list[str]:
    return sorted(received.name for received in inqom.received())


def drop_many(firm: Firm, count: int, kind: str = "Achats") -> list[str]:
    """Documents that are whole when they appear; their names."""
    wanted = [f"{kind}-{number:03}.pdf" for number in range(count)]
    folder = firm.folder(kind=kind)
    for name in wanted:
        outside = firm.home / name
        outside.write_bytes(paper(name))
        outside.rename(folder / name)
    return wanted


@contextmanager
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket that systemd listens at."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


def heard(listening: socket.socket) -> list[str]:
    """What was said since it was last asked, without the lines for `systemctl status`."""
    words: list[str] = []
    with suppress(BlockingIOError):
        while True:
            words.append(listening.recv(4096).decode())
    return [word for word in words if not word.startswith("STATUS=")]


def test_a_new_rule_is_worked_by_after_a_reload(firm: Firm, inqom: Sandbox) -> None:
    firm.write_rules(inqom.url, kinds={"Achats": KINDS["Achats"]})
    sale = firm.drop("vente.pdf", kind="Ventes")
    daemon = firm.run()
    firm.rules.write_text(firm.rules.read_text() + RULE.format(kind="Ventes", type=KINDS["Ventes"]))
    reload(daemon)
    until(lambda: names(inqom) == ["vente.pdf"], "what the new rule takes has arrived")
    until(lambda: states(firm) == {State.ARCHIVED: 1}, "it is filed")
    assert daemon.stop() == 0
    assert not sale.exists()
    assert status(firm)["daemon"]["rules_refused"] is None
    assert "Traceback" not in daemon.told


def test_a_reload_of_the_same_rules_closes_nothing(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    last = firm.last_look()
    reload(daemon)
    until(lambda: firm.last_look() != last, "it has looked again")
    assert daemon.stop() == 0
    assert "rules have changed" not in daemon.told


def test_broken_rules_are_refused_and_the_old_ones_go_on_until_the_file_is_mended(firm: Firm, inqom: Sandbox) -> None:
    good = firm.rules.read_text()
    daemon = firm.run()
    change(firm, ('drop = "Achats/', 'dorp = "Achats/'), ('settle = "300ms"', 'settle = "bientôt"'))
    reload(daemon)
    until(lambda: "the old rules stay in force" in daemon.told, "it is refused")
    firm.drop("facture.pdf")
    until(lambda: names(inqom) == ["facture.pdf"], "the old rules go on")

    code, out, err = firm.command("status", "--json")
    told = json.loads(out)
    assert code == 78
    refused = told["daemon"]["rules_refused"]
    assert len(refused["problems"]) == 5  # an unknown key, one that is missing, and three values
    assert all(problem["place"].startswith(f"{firm.rules}:") for problem in refused["problems"])
    assert "dorp" in err
    assert [rule["name"] for rule in told["rules"]] == list(KINDS)  # what it goes on with
    assert "les anciennes restent en vigueur" in firm.command("status")[1]
    assert daemon.told.count("rules refused") == 5  # told once

    firm.rules.write_text("[[rule\n" + good)  # not even TOML
    reload(daemon)
    until(lambda: len(status(firm)["daemon"]["rules_refused"]["problems"]) == 1, "that is refused, too")

    firm.rules.write_text(good)
    reload(daemon)
    until(lambda: status(firm)["daemon"]["rules_refused"] is None, "nothing is refused any more")
    assert "rules have changed" not in daemon.told  # they are the old ones
    assert daemon.stop() == 0


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('url = "sqlite:///var/pushdoc.db"', 'url = "sqlite:///var/other.db"', "le registre ne peut pas changer"),
        ('root = "clients"', 'root = "elsewhere"', "le dossier des clients ne peut pas changer"),
        ('"file:secrets/password"', '"file:secrets/lost"', "n'existe pas"),
    ],
)
def test_what_needs_a_restart_or_lacks_a_secret_is_refused_with_words(
    firm: Firm, inqom: Sandbox, old: str, new: str, why: str
) -> None:
    (firm.home / "elsewhere").mkdir()
    good = firm.rules.read_text()
    daemon = firm.run()
    change(firm, (old, new))
    reload(daemon)
    until(lambda: "the old rules stay in force" in daemon.told, "it is refused")
    (problem,) = status(firm)["daemon"]["rules_refused"]["problems"]
    assert why in problem["problem"].replace("\u2019", "'")
    assert "secret" in new or "systemctl restart pushdoc" in problem["advice"]
    firm.drop("facture.pdf")
    until(lambda: names(inqom) == ["facture.pdf"], "the old rules go on")
    firm.rules.write_text(good)
    assert daemon.stop() == 0


def test_a_password_that_was_mended_is_used_after_a_reload(firm: Firm, inqom: Sandbox) -> None:
    right = (firm.home / "secrets" / "password").read_text().strip()
    firm.keep_secret("password", "not the password")
    daemon = firm.run()
    firm.drop("facture.pdf")
    until(lambda: "destination is down" in daemon.told, "it does not let us in")
    firm.keep_secret("password", right)
    reload(daemon)
    until(lambda: names(inqom) == ["facture.pdf"], "it has arrived")
    assert daemon.stop() == 0


@pytest.mark.slow
def test_200_documents_on_the_way_go_once_each_under_the_new_rules(firm: Firm, inqom: Sandbox) -> None:
    change(firm, ("requests_per_second = 200", "requests_per_second = 40"))
    wanted = drop_many(firm, 200)
    daemon = firm.run()
    until(lambda: len(inqom.received()) >= 20, "some have arrived")
    change(
        firm,
        ("requests_per_second = 40", "requests_per_second = 200"),
        ('name = "Achats"', 'name = "Factures"'),
        ("Facture d'achat", "Administratif"),
        ("Transmis", "Classé"),
    )
    reload(daemon)
    until(lambda: taken_up(daemon), "the new rules are in force")
    until(lambda: states(firm) == {State.ARCHIVED: 200}, "all are filed", within=60)
    assert daemon.stop() == 0
    assert names(inqom) == wanted
    documents = firm.documents()
    old = [document for document in documents if document.rule == "Achats"]
    assert 20 <= len(old) < 200
    for document in documents:
        assert document.archive_path is not None
        assert document.archive_path.is_file()
        as_before = document.rule == "Achats"
        assert document.archive_path.parent.name == ("Transmis" if as_before else "Classé")
        assert document.type.value == ("Facture d'achat" if as_before else "Administratif")
    told = status(firm)
    assert {rule["name"]: rule["delivered"] for rule in told["rules"]} == {
        "Factures": 200 - len(old), "Ventes": 0, "Frais": 0, "Achats": len(old)
    }  # fmt: skip
    assert told["documents"]["archived"] == 200
    assert told["documents"]["waiting"] == 0
    assert "Traceback" not in daemon.told


@pytest.mark.slow
def test_uploads_that_outlast_the_grace_are_asked_about_by_the_next_house(firm: Firm, inqom: Sandbox) -> None:
    change(firm, ('first = "1s"', 'first = "1s"\nasking = ["500ms", "1s"]'))
    daemon = firm.run()
    firm.drop("first.pdf")
    until(lambda: states(firm) == {State.ARCHIVED: 1}, "the destination is known to work")
    inqom.faults.set("silent=next:2")  # stored, but no answer ever comes
    drop_many(firm, 2)
    until(lambda: len(inqom.received()) == 3, "they have arrived there, and nobody was told")
    change(firm, ('rescan = "1s"', 'rescan = "2s"'))
    reload(daemon)
    until(lambda: taken_up(daemon), "the new rules are in force", within=40)
    until(lambda: states(firm) == {State.ARCHIVED: 3}, "all are settled", within=40)
    assert daemon.stop() == 0
    assert len(inqom.received()) == 3
    assert "Traceback" not in daemon.told


def test_five_reloads_in_a_second_end_with_the_last_rules(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    wanted = drop_many(firm, 30)
    for number in range(5):
        change(firm, (f'name = "Achats{number or ""}"', f'name = "Achats{number + 1}"'))
        reload(daemon)
    until(lambda: states(firm) == {State.ARCHIVED: 30}, "all are filed", within=30)
    firm.drop("last.pdf")
    until(lambda: states(firm) == {State.ARCHIVED: 31}, "another is filed")
    assert daemon.stop() == 0
    assert names(inqom) == sorted([*wanted, "last.pdf"])
    assert firm.documents()[-1].rule == "Achats5"


def test_a_reload_during_the_start_is_heeded(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.start("run")
    until(lambda: "starting" in daemon.told, "it starts")
    change(firm, ('name = "Achats"', 'name = "Factures"'))
    reload(daemon)
    firm.drop("facture.pdf")
    until(lambda: states(firm) == {State.ARCHIVED: 1}, "it is filed")
    until(lambda: taken_up(daemon), "the new rules are in force")
    assert daemon.stop() == 0


def test_sigterm_in_the_middle_of_a_reload_ends_it(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    firm.drop("first.pdf")
    until(lambda: states(firm) == {State.ARCHIVED: 1}, "the destination is known to work")
    inqom.faults.set("latency:1500@upload=1")
    wanted = drop_many(firm, 4)
    until(lambda: states(firm)[State.SENDING] > 0, "some are being sent")
    change(firm, ('name = "Achats"', 'name = "Factures"'))
    reload(daemon)
    until(lambda: "rules have changed" in daemon.told, "the reload has begun")
    assert daemon.stop() == 0
    assert states(firm)[State.SENDING] == states(firm)[State.DOUBTFUL] == 0
    inqom.faults.clear()
    daemon = firm.run()
    until(lambda: states(firm) == {State.ARCHIVED: 5}, "all are filed")
    assert daemon.stop() == 0
    assert names(inqom) == sorted(["first.pdf", *wanted])


def test_killed_in_the_middle_of_a_reload_every_document_still_arrives_once(firm: Firm, inqom: Sandbox) -> None:
    change(firm, ('first = "1s"', 'first = "1s"\nasking = ["500ms", "1s"]'))
    daemon = firm.run()
    firm.drop("first.pdf")
    until(lambda: states(firm) == {State.ARCHIVED: 1}, "the destination is known to work")
    inqom.faults.set("latency:1500@upload=1")
    wanted = drop_many(firm, 8)
    until(lambda: states(firm)[State.SENDING] > 0, "some are being sent")
    change(firm, ('name = "Achats"', 'name = "Factures"'))
    reload(daemon)
    until(lambda: "rules have changed" in daemon.told, "the reload has begun")
    daemon.send(signal.SIGKILL)
    assert daemon.ended(2) == -signal.SIGKILL
    inqom.faults.clear()
    daemon = firm.run()
    until(lambda: states(firm) == {State.ARCHIVED: 9}, "all are filed", within=40)
    assert daemon.stop() == 0
    assert names(inqom) == sorted(["first.pdf", *wanted])
    assert firm.command("ledger", "check")[0] == 0


def test_systemd_hears_of_a_reload_and_of_no_end(firm: Firm, inqom: Sandbox, tmp_path: Path) -> None:
    with systemd(tmp_path) as listening:
        said: list[str] = []

        def hears(*words: str) -> bool:
            said.extend(heard(listening))
            told = [word for word in said if word != "WATCHDOG=1"]
            return [word.partition("\n")[0] for word in told] == list(words)

        daemon = firm.start("run", NOTIFY_SOCKET=str(tmp_path / "notify"))
        until(lambda: hears("READY=1"), "it is ready")
        change(firm, ('name = "Achats"', 'name = "Factures"'))
        reload(daemon)
        until(lambda: hears("READY=1", "RELOADING=1", "READY=1"), "it has reloaded")
        assert (
            said[[word.startswith("RELOADING") for word in said].index(True)]
            .partition("MONOTONIC_USEC=")[2]
            .isdecimal()
        )
        change(firm, ('name = "Factures"', 'nom = "Factures"'))
        reload(daemon)
        until(lambda: hears("READY=1", *2 * ("RELOADING=1", "READY=1")), "it has refused")
        daemon.send(signal.SIGTERM)
        assert daemon.ended() == 0
        assert hears("READY=1", *2 * ("RELOADING=1", "READY=1"), "STOPPING=1"), said


@pytest.mark.slow
def test_systemd_hears_signs_of_life_while_a_reload_waits_for_uploads(
    firm: Firm, inqom: Sandbox, tmp_path: Path
) -> None:
    with systemd(tmp_path) as listening:
        daemon = firm.start("run", NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="8000000")
        firm.drop("first.pdf")
        until(lambda: firm.ledger.exists() and states(firm) == {State.ARCHIVED: 1}, "the destination is known to work")
        inqom.faults.set("latency:6000@upload=1")
        drop_many(firm, 2)
        until(lambda: states(firm)[State.SENDING] == 2, "they are being sent")
        change(firm, ('name = "Achats"', 'name = "Factures"'))
        meanwhile: list[str] = []

        def reloaded() -> bool:
            meanwhile.extend(heard(listening))  # at once: the socket holds ten of them
            return "READY=1" in meanwhile and taken_up(daemon)

        heard(listening)
        reload(daemon)
        until(reloaded, "the new rules are in force", within=15)
        begun = next(place for place, word in enumerate(meanwhile) if word.startswith("RELOADING=1"))
        assert meanwhile[begun + 1 : meanwhile.index("READY=1")].count("WATCHDOG=1") >= 2
        until(lambda: states(firm) == {State.ARCHIVED: 3}, "they are filed")
        assert daemon.stop() == 0


def test_a_client_that_is_taken_out_of_the_table_leaves_nothing_stranded(firm: Firm, inqom: Sandbox) -> None:
    change(firm, ('[clients]\nroot = "clients"', '[clients]\nroot = "clients"\nonly = ["*"]'))
    daemon = firm.run()
    inqom.faults.set("429=1")
    paper_of_one = firm.drop("un.pdf", client=firm.names[0])
    paper_of_two = firm.drop("deux.pdf", client=firm.names[1])
    until(lambda: states(firm)[State.WAITING] == 2, "both wait for a destination in trouble")
    change(firm, ('only = ["*"]', f'only = ["{firm.names[1]}"]'))
    reload(daemon)
    mark = paper_of_one.with_name("un.pdf.NON-TRANSMIS.txt")
    until(mark.exists, "the mark says so")
    assert "désactivé" in mark.read_text("utf-8-sig")
    told = status(firm)
    assert (told["documents"]["non_transmis"], told["clients"]["enabled"]) == (1, 1)
    (listed,) = (json.loads(line) for line in firm.command("list", "--json", "--state", "non_transmis")[1].splitlines())
    assert "systemctl reload pushdoc" in listed["advice"]
    assert "désactivé" in firm.command("status")[1]

    inqom.faults.clear()
    change(firm, (f'only = ["{firm.names[1]}"]', 'only = ["*"]'))
    reload(daemon)
    until(lambda: states(firm) == {State.ARCHIVED: 2}, "both are filed")
    until(lambda: not mark.exists(), "the mark is gone")
    assert daemon.stop() == 0
    assert names(inqom) == ["deux.pdf", "un.pdf"]
    assert not paper_of_two.exists()


def test_once_goes_by_the_rules_as_they_are_too(firm: Firm, inqom: Sandbox) -> None:
    inqom.faults.set("503=1")
    paper_of_one = firm.drop("facture.pdf")
    assert firm.command("once")[0] == 69
    inqom.faults.clear()
    firm.write_rules(inqom.url, kinds={"Ventes": KINDS["Ventes"]})
    assert firm.command("once")[0] == 1
    assert states(firm) == {State.NON_TRANSMIS: 1}
    assert paper_of_one.with_name("facture.pdf.NON-TRANSMIS.txt").exists()

    firm.write_rules(inqom.url)
    assert firm.command("once")[0] == 0
    assert names(inqom) == ["facture.pdf"]
    assert states(firm) == {State.ARCHIVED: 1}


@pytest.mark.slow
def test_many_reloads_leave_no_threads_and_no_descriptors_behind(firm: Firm, inqom: Sandbox) -> None:
    def held() -> tuple[int, int]:
        process = Path(f"/proc/{daemon.pid}")
        return len(list((process / "task").iterdir())), len(list((process / "fd").iterdir()))

    daemon = firm.run()
    firm.drop("facture.pdf")
    until(lambda: states(firm) == {State.ARCHIVED: 1}, "it is filed")

    def work_by_the_next_rules(number: int) -> None:
        change(firm, (f'name = "Achats{number or ""}"', f'name = "Achats{number + 1}"'))
        reload(daemon)
        until(lambda: taken_up(daemon, number + 1), "the new rules are in force")
        firm.drop(f"{number}.pdf")
        until(lambda: states(firm) == {State.ARCHIVED: number + 2}, "they are worked by")

    work_by_the_next_rules(0)
    threads, descriptors = held()
    for number in range(1, 10):
        work_by_the_next_rules(number)
    now = held()
    assert now[0] <= threads + 1
    assert now[1] <= descriptors + 3
    assert daemon.stop() == 0
    assert "Traceback" not in daemon.told
