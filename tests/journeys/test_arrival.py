"""From the drop folder to the archive, and what is not taken, or not yet."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from journeys.firm import GARAGE, KEPT_PURCHASES, MARTIN, NOVEMBER, PURCHASES, client_text

from pushdoc.document import DocumentType
from pushdoc.states import State
from pushdoc.watch import has_writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination
    from journeys.firm import Firm

EXPENSES = """
[[rule]]
name = "Frais"
drop = "Frais"
type = "Note de frais"
"""

MAIL = """
[[rule]]
name = "Courrier"
drop = "Courrier/{millésime}"
archive = "Courrier/{millésime}/Classé/{mois}"
type = "Administratif"
subfolders = true
"""


def test_a_paper_that_is_dropped_settles_is_sent_and_is_archived(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("facture.pdf", b"%PDF electricity")

    assert firm.intake.look_everywhere() == 0
    firm.clock.push(4)
    assert firm.intake.look_at_ripe() == 0
    firm.clock.push(1)
    assert firm.intake.look_at_ripe() == 1
    assert firm.send() == 1

    (arrival,) = destination.arrived
    assert (arrival.content, arrival.name, arrival.dossier) == (b"%PDF electricity", "facture.pdf", "700101")
    assert (arrival.type, arrival.client, arrival.beneficiary) == (DocumentType.PURCHASE_INVOICE, MARTIN, None)
    assert firm.files() == {f"{NOVEMBER}/Transmis/facture.pdf": b"%PDF electricity"}
    assert firm.events(1) == ["entered", "claimed", "delivered", "archived"]
    assert firm.one.archive_path == firm.root / MARTIN / NOVEMBER / "Transmis/facture.pdf"


def test_a_paper_that_still_grows_is_left_alone(firm: Firm, destination: ScriptedDestination) -> None:
    for page in range(1, 5):
        firm.drop("scan.pdf", b"page" * page)
        assert firm.intake.look_everywhere() == firm.intake.look_at_ripe() == 0
        firm.clock.push(4)
    firm.clock.push(1)
    assert firm.intake.look_at_ripe() == 1

    firm.send()
    assert destination.contents == [b"page" * 4]


def test_expenses_are_those_of_the_beneficiary_that_the_rule_names(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=EXPENSES + 'beneficiary = "Claire Durand"\nsend_as = "ExpenseReport"\n')
    firm.drop("taxi.pdf", where="Frais")

    firm.work()

    (arrival,) = destination.arrived
    assert (arrival.type, arrival.beneficiary) == (DocumentType.EXPENSE_REPORT, "Claire Durand")
    assert arrival.send_as == "ExpenseReport"


def test_without_a_beneficiary_the_destination_is_told_the_clients_name_only(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=EXPENSES)
    firm.drop("taxi.pdf", where="Frais", client=GARAGE)

    firm.work()

    assert [(each.client, each.beneficiary) for each in destination.arrived] == [(GARAGE, None)]


def test_a_late_paper_is_archived_under_the_month_of_its_folder_when_the_year_has_turned(
    found: Callable[..., Firm],
) -> None:
    firm = found(on=datetime(2027, 1, 4, 9, tzinfo=UTC))
    firm.drop("late.pdf", where="Achats/2026/12")
    firm.drop("new.pdf", where="Achats/2027/01")
    firm.drop("too-late.pdf", where=NOVEMBER)

    firm.work()

    assert set(firm.files()) == {
        "Achats/2026/12/Transmis/late.pdf",
        "Achats/2027/01/Transmis/new.pdf",
        f"{NOVEMBER}/too-late.pdf",
    }
    assert {str(document.period) for document in firm.documents} == {"2026-12", "2027-01"}


def test_the_month_may_turn_between_entering_and_filing(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(on=datetime(2026, 12, 31, 22, 59, 50, tzinfo=UTC))  # ten seconds to midnight in Paris
    firm.drop("last.pdf", where="Achats/2026/12")
    assert firm.look() == 1
    firm.clock.push(3600 * 24 * 70)

    firm.work()

    assert destination.contents == [b"%PDF last.pdf"]
    assert set(firm.files()) == {"Achats/2026/12/Transmis/last.pdf"}


def test_at_midnight_the_folder_of_the_new_month_is_watched(found: Callable[..., Firm]) -> None:
    firm = found(on=datetime(2026, 11, 30, 22, 59, 50, tzinfo=UTC))
    firm.drop("early.pdf", where="Achats/2026/12")
    assert firm.look() == 0
    firm.clock.push(5)

    assert firm.look() == 1


def test_a_name_that_the_archive_has_already_gets_a_number(firm: Firm) -> None:
    for content in (b"first", b"second", b"third"):
        firm.drop("facture.pdf", content)
        firm.work()

    assert firm.files() == {
        f"{NOVEMBER}/Transmis/facture.pdf": b"first",
        f"{NOVEMBER}/Transmis/facture (2).pdf": b"second",
        f"{NOVEMBER}/Transmis/facture (3).pdf": b"third",
    }


def test_without_an_archive_it_stays_and_is_never_sent_again(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=KEPT_PURCHASES)
    path = firm.drop("facture.pdf")
    firm.work()
    assert firm.states == [State.KEPT]

    firm.work()
    firm.restart()
    firm.work()
    os.utime(path, (1, 1))
    firm.work()
    firm.work()

    assert path.exists()
    assert firm.states == [State.KEPT]
    assert len(destination.arrived) == 1


def test_what_the_rule_does_not_accept_is_marked_at_once_and_never_sent(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("prices.exe")

    firm.work()

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "rules.not_accepted")
    assert firm.marked(path)
    assert destination.attempts == []


@pytest.mark.parametrize("whose", ["the rule's", "the destination's"])
def test_what_is_too_large_is_marked_at_once_and_never_sent(
    found: Callable[..., Firm], destination: ScriptedDestination, whose: str
) -> None:
    firm = found(rules_text=PURCHASES + ('max_size = "1KB"\n' if whose == "the rule's" else ""))
    if whose == "the destination's":
        destination.limit = 1000
    fits, too_large = firm.drop("fits.pdf", b"x" * 1000), firm.drop("large.pdf", b"x" * 1001)

    firm.work()

    assert destination.attempts == ["fits.pdf"]
    assert not fits.exists()
    assert firm.marked(too_large)


def test_an_empty_file_waits_and_is_taken_when_it_has_become_a_paper(firm: Firm) -> None:
    path = firm.drop("facture.pdf")
    path.write_bytes(b"")
    firm.work(hours=2)
    assert firm.documents == []
    assert firm.intake.next_ripe() is None

    path.write_bytes(b"%PDF at last")
    firm.work()

    assert firm.states == [State.ARCHIVED]


def test_a_paper_that_somebody_has_open_in_an_office_program_waits(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=PURCHASES.replace("Facture d'achat", "Autre"))
    firm.drop("tableau de bord.xlsx")
    lock = firm.drop("~$tableau de bord.xlsx")
    firm.work(hours=1)
    assert firm.documents == []

    lock.unlink()
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert firm.one.name == "tableau de bord.xlsx"


def test_a_paper_that_another_program_has_open_for_writing_waits(firm: Firm, destination: ScriptedDestination) -> None:
    path = firm.drop("scan.pdf", b"page 1")
    writes = f"f = open({str(path)!r}, 'ab'); print(flush=True); input(); f.write(b', page 2')"
    with subprocess.Popen(
        [sys.executable, "-c", writes], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as scanner:
        assert scanner.stdout is not None
        scanner.stdout.readline()
        known = has_writer(path)
        firm.work(hours=1)
        taken = firm.documents
        scanner.communicate("\n", timeout=10)
    if not known:
        pytest.skip("this file system gives no leases")
    assert taken == []

    firm.work()
    firm.work()

    assert destination.contents == [b"page 1, page 2"]


def test_a_paper_that_a_file_server_holds_for_a_client_at_work_in_it_waits(firm: Firm) -> None:
    path = firm.drop("scan.pdf", b"page 1")
    holds = (
        "import fcntl, os, signal, sys; signal.signal(signal.SIGIO, signal.SIG_IGN)\n"
        "descriptor = os.open(sys.argv[1], os.O_RDWR)\n"
        "try: fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK); print('held', flush=True); input()\n"
        "except OSError: print('no leases', flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holds, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        held = server.stdout.readline()
        firm.work(hours=2)
        firm.work()
        taken, problems = firm.documents, firm.intake.problems
        server.communicate("\n", timeout=10)
    if held != "held\n":
        pytest.skip("this file system gives no leases")
    assert taken == []
    assert [phrase.code for phrase in problems.values()] == ["whole.written"]

    firm.work()

    assert firm.states == [State.ARCHIVED]


def test_subfolders_count_only_where_the_rule_says_so(found: Callable[..., Firm]) -> None:
    firm = found()
    firm.drop("draft.pdf", where=f"{NOVEMBER}/Brouillons/Été")
    firm.work()
    assert firm.documents == []

    firm.restart(PURCHASES + "subfolders = true\n")
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/draft.pdf"}
    assert firm.root / MARTIN / NOVEMBER / "Brouillons/Été" in firm.intake.folders


def test_what_is_filed_in_an_archive_of_another_month_beside_new_papers_is_not_taken_with_them(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=MAIL)
    firm.drop("filed.pdf", b"filed", where="Courrier/2026/Classé/07")
    firm.drop("new.pdf", b"new", where="Courrier/2026")
    firm.drop("newer.pdf", b"newer", where="Courrier/2026/Été")

    firm.work()

    assert sorted(destination.contents) == [b"new", b"newer"]


@pytest.mark.parametrize("more", ["", "subfolders = true\n"])
def test_an_archive_beneath_the_drop_folder_is_never_a_drop_folder(
    found: Callable[..., Firm], destination: ScriptedDestination, more: str
) -> None:
    firm = found(rules_text=PURCHASES + more)
    firm.drop("old.pdf", where=f"{NOVEMBER}/Transmis")
    firm.drop("older.pdf", where=f"{NOVEMBER}/Transmis/2019")

    firm.work()

    assert firm.documents == []
    assert destination.attempts == []
    assert [folder.name for folder in firm.intake.folders if "Transmis" in folder.parts] == []


def test_two_rules_that_share_a_folder_each_take_what_they_accept(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    invoices = '[[rule]]\nname = "Factures"\ndrop = "Dépôt"\ntype = "Facture d\'achat"\naccept = ["*.pdf"]\n'
    tables = '[[rule]]\nname = "Tableaux"\ndrop = "Dépôt"\ntype = "Autre"\naccept = ["*.xlsx"]\narchive = "Fait"\n'
    firm = found(rules_text=invoices + tables)
    for name in ("a.pdf", "b.xlsx", "c.zip"):
        firm.drop(name, where="Dépôt")

    firm.work()

    assert {each.name: each.type.value for each in destination.arrived} == {
        "a.pdf": "Facture d'achat",
        "b.xlsx": "Autre",
    }
    assert {document.name: (document.rule, document.state) for document in firm.documents} == {
        "a.pdf": ("Factures", State.KEPT),
        "b.xlsx": ("Tableaux", State.ARCHIVED),
        "c.zip": ("Factures", State.NON_TRANSMIS),
    }


def test_nothing_of_a_client_that_is_disabled_is_taken(found: Callable[..., Firm]) -> None:
    firm = found(clients_text=client_text(MARTIN, "enabled = false\n") + client_text(GARAGE))
    firm.drop("martin.pdf")
    firm.drop("garage.pdf", client=GARAGE)

    firm.work()

    assert [document.client for document in firm.documents] == [GARAGE]
    assert set(firm.files()) == {f"{NOVEMBER}/martin.pdf"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(os.fsdecode(b"re\xe7u \xe9t\xe9.pdf"), id="Latin-1"),
        pytest.param("two\nlines\t\x1b[31m.pdf", id="control characters"),
        pytest.param("é" * 125 + "s.pdf", id="255 bytes"),
        pytest.param("\u202efdp.exe.pdf", id="right to left"),
        pytest.param("-rf --no-preserve-root.pdf", id="an option"),
        pytest.param("'; DROP TABLE document; --%0a%s{x}<script>.pdf", id="an injection"),
        pytest.param(unicodedata.normalize("NFD", "Été à Nîmes.pdf"), id="decomposed"),
    ],
)
@pytest.mark.parametrize("fate", ["sent", "refused"])
def test_a_hostile_name_goes_its_way_byte_for_byte(
    firm: Firm, destination: ScriptedDestination, name: str, fate: str
) -> None:
    if fate == "refused":
        name = name[:-4] + ".exe"
    path = firm.drop(name, b"content")

    firm.work()

    if fate == "sent":
        assert os.fsencode(firm.one.path) == os.fsencode(path)
        assert [os.fsencode(filed.name) for filed in (path.parent / "Transmis").iterdir()] == [os.fsencode(name)]
        (arrival,) = destination.arrived
        assert arrival.name.encode()
        assert arrival.name.isprintable()
    else:
        assert (firm.states, firm.marked(path)) == ([State.NON_TRANSMIS], True)
        path.unlink()
        firm.work()
        assert (firm.states, firm.files()) == ([State.WITHDRAWN], {})


def test_folders_that_a_mac_has_made_are_found_and_archived_in(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=PURCHASES.replace("Achats", "Pièces reçues").replace("Transmis", "Envoyé"))
    decomposed = unicodedata.normalize("NFD", "Pièces reçues/2026/11")
    firm.drop("a.pdf", where=decomposed)
    (firm.root / MARTIN / decomposed / unicodedata.normalize("NFD", "Envoyé")).mkdir()

    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert set(firm.files()) == {unicodedata.normalize("NFD", "Pièces reçues/2026/11/Envoyé/a.pdf")}


def test_links_pipes_and_folders_are_no_papers(firm: Firm) -> None:
    secret = firm.folder / "secret.pdf"
    secret.write_bytes(b"not theirs")
    drop = firm.drop("a.pdf").parent
    (drop / "link.pdf").symlink_to(secret)
    os.mkfifo(drop / "pipe.pdf")
    (drop / "folder.pdf").mkdir()

    firm.work()

    assert [document.name for document in firm.documents] == ["a.pdf"]


def test_papers_that_wait_are_sent_in_the_order_in_which_they_came(
    firm: Firm, destination: ScriptedDestination
) -> None:
    for name in ("c.pdf", "a.pdf", "b.pdf"):
        firm.drop(name)
        firm.look()

    firm.send()

    assert destination.attempts == ["c.pdf", "a.pdf", "b.pdf"]
