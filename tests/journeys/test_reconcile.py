"""A ledger that was lost, or an old copy of it: what was sent is found out, and nothing is sent twice."""

from __future__ import annotations

import os
import shutil
import unicodedata
from typing import TYPE_CHECKING

import pytest
from fakes import doubtful
from journeys.firm import GARAGE, MARTIN, NOVEMBER, Firm

from pushdoc.deliver.destination import Delayed
from pushdoc.journey.owner import Owner, owner_of, write
from pushdoc.journey.reconcile import Tally, reconcile
from pushdoc.ledger import backup
from pushdoc.period import Period
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination

ARCHIVE = f"{NOVEMBER}/Transmis"


def lose_the_ledger(firm: Firm) -> None:
    """The ledger's disk died; a new one begins with nothing."""
    firm.close()
    shutil.rmtree(firm.rules.ledger.path.parent)
    firm.start()
    firm.begin()


def put_back(firm: Firm, copy: str) -> None:
    """An old backup takes the ledger's place."""
    firm.close()
    path = firm.rules.ledger.path
    for file in path.parent.glob("pushdoc.db*"):
        file.unlink()
    shutil.copy(firm.folder / copy, path)
    firm.start()
    firm.begin()


def rebuild(firm: Firm, tell: Callable[[], None] = lambda: None) -> Tally:
    return reconcile(firm.rules, firm.roll, firm.intake, firm.ledger, firm.clock, tell)


def test_what_lies_in_archives_is_taken_for_delivered_whatever_its_period(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("facture.pdf")
    firm.work()
    firm.drop("vieille.pdf", where="Achats/2019/03/Transmis")
    firm.drop("autre.pdf", where="Achats/2026/10/Transmis", client=GARAGE)
    lose_the_ledger(firm)
    told: list[int] = []

    tally = rebuild(firm, lambda: told.append(1))
    firm.work(hours=0.2)

    assert (tally, len(told)) == (Tally(archived=3, doubtful=0), 3)
    assert set(firm.states) == {State.ARCHIVED}
    by_name = {document.name: document for document in firm.documents}
    assert by_name["vieille.pdf"].period == Period(2019, 3)
    assert (by_name["facture.pdf"].dossier, by_name["autre.pdf"].dossier) == ("700101", "700104")
    assert destination.attempts == ["facture.pdf"]


def test_the_same_bytes_dropped_again_after_it_are_a_duplicate(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("facture.pdf")
    firm.work()
    lose_the_ledger(firm)
    rebuild(firm)

    path = firm.drop("encore.pdf", b"%PDF facture.pdf")
    firm.work()

    assert firm.ledger.at(path)[0].duplicate_of == 1
    assert destination.contents == [b"%PDF facture.pdf"]


def test_archives_that_are_spelt_otherwise_and_names_that_are_no_text_are_found(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    rules = """
[[rule]]
name = "Reçus"
drop = "À envoyer/{millésime}/{mois}"
archive = "Envoyés/{millésime}/{mois}"
type = "Autre"
"""
    firm = found(rules_text=rules)
    folder = unicodedata.normalize("NFD", "Envoyés") + "/2026/09"
    firm.drop("reçu.pdf", where=folder)
    firm.drop(os.fsdecode(b"re\xe7u.pdf"), where=folder)

    assert rebuild(firm) == Tally(archived=2, doubtful=0)
    assert set(firm.states) == {State.ARCHIVED}
    assert b"re\xe7u.pdf" in {os.fsencode(document.path.name) for document in firm.documents}


def test_hidden_files_and_folders_beside_archives_are_no_documents(firm: Firm) -> None:
    firm.drop(".pushdoc-3.part", where=ARCHIVE)
    firm.drop("note.txt.NON-TRANSMIS.txt", where=ARCHIVE)
    firm.drop("brouillon.pdf", where="Achats/2026/autre/Transmis")
    firm.drop("dedans.pdf", where=f"{ARCHIVE}/Dossier")

    assert rebuild(firm) == Tally(archived=0, doubtful=0)
    assert firm.states == []


def test_what_lies_in_a_drop_folder_is_asked_about_and_sent_only_where_it_is_not_there(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(doubtful(arrived=True))
    firm.drop("there.pdf")
    firm.look()
    firm.send()
    firm.drop("new.pdf")
    lose_the_ledger(firm)

    tally = rebuild(firm)

    assert tally == Tally(archived=0, doubtful=2)
    assert {firm.reason(number) for number in (1, 2)} == {"journey.reconciled"}
    firm.work(hours=0.2)
    assert set(firm.states) == {State.ARCHIVED}
    assert sorted(destination.contents) == [b"%PDF new.pdf", b"%PDF there.pdf"]
    assert {f"{ARCHIVE}/new.pdf", f"{ARCHIVE}/there.pdf"} == set(firm.files())


def test_what_waits_in_an_old_backup_and_was_delivered_since_is_settled_by_asking(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("facture.pdf")
    firm.drop("autre.pdf")
    firm.look()
    backup(firm.rules.ledger.path, firm.folder / "old.db")
    firm.work()
    put_back(firm, "old.db")
    assert firm.states == [State.WAITING, State.WAITING]

    rebuild(firm)
    firm.work(hours=0.3)

    assert len(destination.arrived) == 2
    assert State.WAITING not in firm.states
    assert State.NON_TRANSMIS not in firm.states
    assert {f"{ARCHIVE}/facture.pdf", f"{ARCHIVE}/autre.pdf"} == set(firm.files())


def test_what_waits_in_an_old_backup_and_still_lies_there_is_asked_about_before_it_is_sent(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("facture.pdf")
    firm.look()
    backup(firm.rules.ledger.path, firm.folder / "old.db")
    destination.next(doubtful(arrived=True))
    firm.send()
    put_back(firm, "old.db")

    assert rebuild(firm) == Tally(archived=0, doubtful=1)
    firm.work(hours=0.3)

    assert firm.states == [State.ARCHIVED]
    assert destination.contents == [b"%PDF facture.pdf"]


def test_one_that_was_interrupted_is_repeated_and_nothing_is_entered_twice(
    firm: Firm, destination: ScriptedDestination
) -> None:
    for number in range(4):
        firm.drop(f"{number}.pdf")
    firm.work()
    firm.drop("lies.pdf")
    lose_the_ledger(firm)

    def interrupt() -> None:
        if firm.states.count(State.ARCHIVED) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(firm, interrupt)
    assert owner_of(firm.root) is None
    firm.restart()

    assert rebuild(firm) == Tally(archived=2, doubtful=1)
    assert rebuild(firm) == Tally(archived=0, doubtful=1)
    firm.work(hours=0.2)
    assert len(firm.states) == len(destination.arrived) == 5
    assert set(firm.states) == {State.ARCHIVED}


def test_what_would_be_refused_is_entered_as_refused(firm: Firm, destination: ScriptedDestination) -> None:
    path = firm.drop("tableur.xlsx")

    assert rebuild(firm) == Tally(archived=0, doubtful=0)
    assert firm.states == [State.NON_TRANSMIS]
    assert firm.marked(path)
    assert destination.asked == []


def test_while_the_destination_cannot_be_asked_nothing_is_sent(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("facture.pdf")
    lose_the_ledger(firm)
    destination.trouble = Delayed(Phrase("inqom.too_fast"))
    rebuild(firm)

    firm.work(hours=1)

    assert firm.states == [State.DOUBTFUL]
    assert destination.attempts == []


def test_what_comes_after_it_is_no_suspect(firm: Firm, destination: ScriptedDestination) -> None:
    rebuild(firm)
    firm.drop("facture.pdf")
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert destination.asked == []


def test_a_file_that_is_still_being_written_is_left_for_the_next_look(firm: Firm) -> None:
    path = firm.drop("facture.pdf")
    with path.open("ab") as writing:
        writing.write(b"more")
        assert rebuild(firm) == Tally(archived=0, doubtful=0)
    assert firm.states == []


def test_it_makes_the_root_ours(firm: Firm) -> None:
    write(firm.root, Owner("another", "/x", "y", 99))

    rebuild(firm)

    known = owner_of(firm.root)
    assert known is not None
    assert known.ledger == firm.ledger.notes.identity()


def test_a_client_that_has_no_dossier_waits_and_is_not_asked_about(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.dossiers_kept = []
    lose_the_ledger(firm)
    firm.drop("facture.pdf", client=MARTIN)

    assert rebuild(firm) == Tally(archived=0, doubtful=0)
    assert firm.states == [State.WAITING]
