"""Commands by which a person decides: what is done, what is refused, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from office import entry

from pushdoc.demo import papers
from pushdoc.states import Event, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger
    from pushdoc.sandbox import Sandbox

    Type = Callable[..., Answer]


CLIENT = "Client 001"
THREE = (CLIENT, CLIENT, "Client 002")


@pytest.fixture
def three(ledger: Ledger) -> list[int]:
    """Two « Non transmis » of one client, and one of another."""
    too_large = Phrase("inqom.too_large")
    refused = [entry(f"{n}.pdf", client=client, rule="Achats", refused=too_large) for n, client in enumerate(THREE)]
    return [ledger.enter(paper).id for paper in refused]


def states(ledger: Ledger, numbers: list[int]) -> list[State]:
    return [ledger.get(number).state for number in numbers]


def test_retry_by_numbers(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    told = pushdoc("retry", str(three[0]), str(three[2]))

    assert told == (0, "2 documents remis en attente d’envoi\n", "")
    assert states(ledger, three) == [State.WAITING, State.NON_TRANSMIS, State.WAITING]


def test_retry_by_client(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    assert pushdoc("retry", "--client", CLIENT).code == 0
    assert states(ledger, three) == [State.WAITING, State.WAITING, State.NON_TRANSMIS]
    assert pushdoc("retry", "--client", CLIENT).out == "0 document remis en attente d’envoi\n"


def test_retry_all(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    assert pushdoc("retry", "--all").out == "3 documents remis en attente d’envoi\n"
    assert states(ledger, three) == [State.WAITING] * 3


@pytest.mark.parametrize("words", [(), ("1", "--all"), ("--all", "--client", "Garage"), ("1", "--client", "Garage")])
def test_retry_wants_exactly_one_of_numbers_client_and_all(pushdoc: Type, words: tuple[str, ...]) -> None:
    told = pushdoc("retry", *words)

    assert (told.code, told.out) == (2, "")
    assert "--client" in told.err


def test_a_number_that_no_document_has_is_wrong_use_and_nothing_is_done(
    ledger: Ledger, pushdoc: Type, three: list[int]
) -> None:
    told = pushdoc("retry", str(three[0]), "4711")

    assert (told.code, told.out) == (2, "")
    assert "4711" in told.err
    assert states(ledger, three) == [State.NON_TRANSMIS] * 3


@pytest.mark.parametrize("number", ["0", "-1", "one", "9" * 30])
def test_what_is_no_number_of_a_document_is_wrong_use(pushdoc: Type, number: str) -> None:
    assert pushdoc("retry", number).code == 2


def test_what_cannot_be_decided_is_told_and_the_others_go_on(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    waiting = ledger.enter(entry("waiting.pdf")).id
    told = pushdoc("retry", str(waiting), str(three[0]))

    assert told.code == 1
    assert told.out == "1 document remis en attente d’envoi\n"
    assert told.err.startswith(f"pushdoc : le document n° {waiting} ")
    assert f"pushdoc show {waiting}" in told.err


def test_numbers_of_five_digits_are_written_as_they_are_typed(ledger: Ledger, pushdoc: Type) -> None:
    told = pushdoc("retry", "12345")
    assert told.code == 2
    assert "12345" in told.err.replace("\u202f", "")


def test_a_duplicate_is_sent_only_by_force(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.drop("facture.pdf", b"%PDF same")
    firm.drop("copie.pdf", b"%PDF same")
    assert pushdoc("once", "--wait").code == 0
    (copy,) = [document for document in firm.documents() if document.duplicate_of]
    told = pushdoc("retry", str(copy.id))
    assert told.code == 1
    assert f"pushdoc retry {copy.id} --force" in told.err
    assert len(inqom.received()) == 1

    assert pushdoc("retry", str(copy.id), "--force").code == 0
    assert pushdoc("once", "--wait").code == 0
    assert len(inqom.received()) == 2
    assert len({received.sha256 for received in inqom.received()}) == 1


def test_a_cut_document_is_marked_in_one_pass_and_sent_only_by_force(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.write_rules(inqom.url, ('settle = "300ms"', 'settle = "10ms"'))
    firm.drop("coupé.pdf", papers.pdf(["Loyer"])[:200])
    assert pushdoc("once").code == 1
    assert "incomplet" in pushdoc("show", "1").out

    told = pushdoc("retry", "1")
    assert told.code == 1
    assert "--force" in told.err
    assert inqom.received() == []

    assert pushdoc("retry", "1", "--force").code == 0
    assert pushdoc("once", "--wait").code == 0
    assert [received.name for received in inqom.received()] == ["coupé.pdf"]


def test_ack_takes_off_the_lists_and_keeps_the_reason(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    assert pushdoc("ack", *map(str, three[:2]), "--reason", "déjà saisie").out == "2 documents classés sans suite\n"
    assert states(ledger, three) == [State.ACKNOWLEDGED, State.ACKNOWLEDGED, State.NON_TRANSMIS]
    assert "déjà saisie" in pushdoc("show", str(three[0])).out
    told = pushdoc("ack", str(three[0]), "--reason", "encore")
    assert (told.code, told.out) == (1, "0 document classé sans suite\n")


@pytest.mark.parametrize("command", ["ack", "reject"])
def test_a_reason_must_be_given(pushdoc: Type, three: list[int], command: str) -> None:
    told = pushdoc(command, str(three[0]))
    assert (told.code, told.out) == (2, "")
    assert "--reason" in told.err
    assert pushdoc(command, "--reason", "x").code == 2


def test_what_waits_for_approval_is_released_or_rejected(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.write_rules(inqom.url, ('name = "Achats"', 'name = "Achats"\nhold = true'))
    kept, gone = firm.drop("oui.pdf"), firm.drop("non.pdf")
    assert pushdoc("once").code == 0
    numbers = {document.path: str(document.id) for document in firm.documents()}
    assert pushdoc("retry", numbers[kept]).code == 1
    assert inqom.received() == []

    assert pushdoc("release", numbers[kept]) == (0, "1 document autorisé\n", "")
    assert pushdoc("reject", numbers[gone], "--reason", "pas la nôtre") == (0, "1 document refusé\n", "")
    assert pushdoc("release", numbers[gone]).code == 1
    assert pushdoc("once").code == 0
    assert [received.name for received in inqom.received()] == ["oui.pdf"]
    assert gone.exists()


def test_a_document_that_is_being_sent_is_left_alone(firm: Firm, ledger: Ledger, pushdoc: Type) -> None:
    document = ledger.enter(entry("sending.pdf"))
    assert document.state is State.WAITING
    ledger.record(document, Event.WITHDRAW)
    for command in (("retry",), ("ack", "--reason", "x"), ("release",), ("reject", "--reason", "x")):
        told = pushdoc(command[0], str(document.id), *command[1:])
        assert told.code == 1
        assert f"n° {document.id} " in told.err


def test_what_has_no_client_or_rule_any_more_is_not_queued_in_silence(ledger: Ledger, pushdoc: Type) -> None:
    gone = ledger.enter(entry("a.pdf", client="Ancien client", rule="Achats", refused=Phrase("inqom.too_large"))).id
    renamed = ledger.enter(entry("b.pdf", client=CLIENT, rule="Factures", refused=Phrase("inqom.too_large"))).id
    held = ledger.enter(entry("c.pdf", client=CLIENT, rule="Factures", hold=True)).id

    assert "Ancien client" in pushdoc("retry", str(gone)).err
    told = pushdoc("retry", str(renamed))
    assert (told.code, told.out) == (1, "0 document remis en attente d’envoi\n")
    assert "la règle «\u00a0Factures\u00a0»" in told.err
    assert "pushdoc rules add" in told.err
    assert pushdoc("release", str(held)).code == 1
    assert states(ledger, [gone, renamed, held]) == [State.NON_TRANSMIS, State.NON_TRANSMIS, State.HELD]
    assert pushdoc("retry", str(renamed), "--force").code == 0
