"""A running pushdoc, and people who mend what kept documents back: rules, the table, rights, files."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from service.firm import paper, until

from pushdoc.demo import papers
from pushdoc.filing import mark_name
from pushdoc.sandbox import Folder
from pushdoc.states import State

if TYPE_CHECKING:
    from pathlib import Path

    from service.firm import Firm

pytestmark = [pytest.mark.service, pytest.mark.timeout(120)]


def states(firm: Firm) -> list[State]:
    return [document.state for document in firm.documents()]


def change(firm: Firm, old: str, new: str) -> None:
    text = firm.rules.read_text()
    assert old in text
    firm.rules.write_text(text.replace(old, new))


def mark_of(path: Path) -> Path:
    return path.with_name(mark_name(path.name))


def story(firm: Firm, number: int) -> str:
    """What `show` tells of a document."""
    code, said, _ = firm.command("show", str(number))
    assert code == 0
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def test_when_a_rule_is_mended_and_read_again_what_it_refused_goes_and_its_mark_with_it(firm: Firm) -> None:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, ('settle = "300ms"', 'settle = "300ms"\nmax_size = "1KB"\nmismatch = "refuse"'))
        large = firm.drop("grand.pdf", paper("x" * 2000))
        photo = firm.drop("photo.pdf", papers.jpeg("a photo"))
        daemon = firm.run()
        until(lambda: states(firm) == [State.NON_TRANSMIS] * 2, "both are refused")
        until(mark_of(large).exists, "its mark says so")

        change(firm, 'max_size = "1KB"\nmismatch = "refuse"', 'max_size = "1MB"\nmismatch = "send"')
        daemon.send(signal.SIGHUP)
        until(lambda: states(firm) == [State.ARCHIVED] * 2, "both are sent and filed")

        assert not mark_of(large).exists()
        assert not mark_of(photo).exists()
        assert "la règle « Achats » le prend maintenant : il repart tout seul" in story(firm, 1)
        assert daemon.stop() == 0
        assert firm.command("status")[0] == 0


def test_when_the_siret_is_corrected_in_the_table_what_waited_goes(firm: Firm) -> None:
    table = firm.home / "dossiers.csv"
    right = table.read_text()
    table.write_text(right.replace(firm.sirets["Client 001"], "73282932000074"))
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        firm.drop("facture.pdf")
        daemon = firm.run()
        until(lambda: states(firm) == [State.WAITING], "it waits")
        until(lambda: "event=mapped" in daemon.told, "the mapping is made")
        assert inqom.received() == []

        table.write_text(right)
        daemon.send(signal.SIGHUP)
        until(lambda: states(firm) == [State.ARCHIVED], "it is sent and filed")
        assert daemon.stop() == 0


def test_when_the_dossier_is_made_at_inqom_a_reload_finds_it(firm: Firm) -> None:
    firm.names.append("Client 003")
    siret = "73282932000074"
    with (firm.home / "dossiers.csv").open("a") as table:
        table.write(f"Client 003;{siret}\n")
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        firm.drop("facture.pdf", client="Client 003")
        daemon = firm.run()
        until(lambda: states(firm) == [State.WAITING], "it waits")
        until(lambda: "event=mapped" in daemon.told, "the mapping is made")

        inqom.add_folder(Folder.of(700_999, "CLIENT TROIS", siret))
        daemon.send(signal.SIGHUP)
        until(lambda: states(firm) == [State.ARCHIVED], "it is sent and filed", within=30)
        assert daemon.stop() == 0


def test_when_the_archive_can_be_used_again_it_goes_with_the_next_round_and_not_an_hour_later(firm: Firm) -> None:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, ('first = "1s"', 'first = "1h"'))
        path = firm.drop("facture.pdf")
        archive = path.parent / "Transmis"
        archive.symlink_to(firm.home)  # as root is stopped, too; rights are `journeys`' story
        daemon = firm.run()
        until(lambda: [one.attempts for one in firm.documents()] == [1], "it is put off for an hour")
        assert inqom.received() == []

        archive.unlink()
        took = until(lambda: states(firm) == [State.ARCHIVED], "it is sent and filed")
        assert daemon.stop() == 0
        assert took < 15
        assert "l’empêchement est levé" in story(firm, 1)


def test_a_corrected_file_of_the_same_name_goes_and_the_old_one_is_withdrawn(firm: Firm) -> None:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, ('settle = "300ms"', 'settle = "300ms"\nmismatch = "refuse"'))
        path = firm.drop("photo.pdf", papers.jpeg("a photo"))
        daemon = firm.run()
        until(lambda: states(firm) == [State.NON_TRANSMIS], "it is refused")
        until(mark_of(path).exists, "it is marked")

        path.write_bytes(papers.pdf(["scanned again"]))
        until(lambda: states(firm) == [State.WITHDRAWN, State.ARCHIVED], "the new one is sent and filed")

        until(lambda: not mark_of(path).exists(), "the mark goes")
        assert "remplacé par un autre du même nom" in story(firm, 1)
        assert daemon.stop() == 0
