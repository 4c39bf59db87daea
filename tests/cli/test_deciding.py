"""Commands by which a person decides: what is done, what is refused, and in which words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from office import entry
from service.firm import ZONE, until

from pushdoc.demo import papers
from pushdoc.ledger import DestinationNote, MappingNote, hold
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

    assert (told.code, told.lines[0], told.err) == (0, "2 documents remis en attente d’envoi", "")
    assert told.lines[1].startswith("    → pushdoc est arrêté\u00a0: ils partiront quand")
    assert states(ledger, three) == [State.WAITING, State.NON_TRANSMIS, State.WAITING]


def test_retry_by_client(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    assert pushdoc("retry", "--client", CLIENT).code == 0
    assert states(ledger, three) == [State.WAITING, State.WAITING, State.NON_TRANSMIS]
    again = pushdoc("retry", "--client", CLIENT)
    assert (again.code, again.out) == (0, "0 document remis en attente d’envoi\n")
    assert again.err == f"pushdoc : aucun document «\u00a0Non transmis\u00a0» pour {CLIENT}\n"


def test_retry_all(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    assert pushdoc("retry", "--all").lines[0] == "3 documents remis en attente d’envoi"
    assert states(ledger, three) == [State.WAITING] * 3


def test_a_document_that_waits_for_no_decision_is_told_by_its_state_in_the_readers_words(
    pushdoc: Type, three: list[int]
) -> None:
    number = str(three[0])
    pushdoc("ack", number, "--reason", "par courrier")

    told = pushdoc("ack", number, "--reason", "par courrier")

    assert (told.code, told.out) == (1, "0 document classé sans suite\n")
    assert "n’attend pas de décision (vu, non transmis)\n" in told.err


@pytest.mark.parametrize("command", ["retry", "ack"])
@pytest.mark.parametrize("words", [(), ("1", "--all"), ("--all", "--client", "Garage"), ("1", "--client", "Garage")])
def test_exactly_one_of_numbers_client_and_all_is_wanted(pushdoc: Type, command: str, words: tuple[str, ...]) -> None:
    told = pushdoc(command, *words, *(("--reason", "x") if command == "ack" else ()))

    assert (told.code, told.out) == (2, "")
    assert "--client" in told.err


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        (("Client 001",), (0, 1)),
        (("client 001",), (0, 1)),
        (("001",), (0, 1)),
        (("Client 001", "002"), (0, 1, 2)),
        (("Client *",), (0, 1, 2)),
        (("*2",), (2,)),
    ],
)
def test_a_client_is_meant_by_its_folder_a_pattern_or_a_part_that_only_it_has(
    ledger: Ledger, pushdoc: Type, three: list[int], written: tuple[str, ...], chosen: tuple[int, ...]
) -> None:
    options = [word for one in written for word in ("--client", one)]
    assert pushdoc("ack", *options, "--reason", "par courrier").code == 0
    done = [number for number in three if ledger.get(number).state is State.ACKNOWLEDGED]
    assert done == [three[position] for position in chosen]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Cleint 001", "vouliez-vous dire «\u00a0Client 001\u00a0»"),
        ("Boulangerie", "aucun client ne s’appelle «\u00a0Boulangerie\u00a0»"),
        ("SCI *", "aucun client ne s’appelle «\u00a0SCI *\u00a0»"),
        ("client", "peut désigner plusieurs clients\u00a0: Client 001, Client 002"),
        ("", "aucun client ne s’appelle"),
    ],
)
@pytest.mark.parametrize("command", ["retry", "ack"])
def test_a_client_that_nobody_is_or_several_may_be_is_wrong_use_and_nothing_is_done(
    ledger: Ledger, pushdoc: Type, three: list[int], command: str, written: str, said: str
) -> None:
    told = pushdoc(command, "--client", written, *(("--reason", "x") if command == "ack" else ()))

    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert states(ledger, three) == [State.NON_TRANSMIS] * 3


def test_a_client_that_is_in_no_table_any_more_can_still_be_set_aside(ledger: Ledger, pushdoc: Type) -> None:
    gone = ledger.enter(entry("a.pdf", client="Ancien client", refused=Phrase("inqom.too_large"))).id

    assert pushdoc("ack", "--client", "ancien", "--reason", "parti").code == 0
    assert states(ledger, [gone]) == [State.ACKNOWLEDGED]


def test_where_nothing_is_refused_that_is_said(ledger: Ledger, pushdoc: Type) -> None:
    ledger.enter(entry("waiting.pdf"))
    told = pushdoc("retry", "--all")

    assert (told.code, told.out) == (0, "0 document remis en attente d’envoi\n")
    assert told.err == "pushdoc : aucun document «\u00a0Non transmis\u00a0»\n"


def test_of_many_each_that_is_refused_has_a_line_and_the_rest_are_counted(ledger: Ledger, pushdoc: Type) -> None:
    too_large = Phrase("inqom.too_large")
    for number in range(30):
        ledger.enter(
            entry(f"{number}.pdf", client=CLIENT if number % 3 else "Ancien", rule="Achats", refused=too_large)
        )
    told = pushdoc("retry", "--all")

    assert (told.code, told.lines[0]) == (1, "20 documents remis en attente d’envoi")
    assert told.err.count("«\u00a0Ancien\u00a0» n’est plus dans la liste") == 10


def test_a_number_that_is_typed_twice_is_one(ledger: Ledger, pushdoc: Type, three: list[int]) -> None:
    told = pushdoc("retry", str(three[0]), str(three[0]))

    assert (told.code, told.lines[0], told.err) == (0, "1 document remis en attente d’envoi", "")


NOW = datetime.now(UTC)
TROUBLE = Phrase("inqom.failed", {"status": 503})


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (DestinationNote("inqom", "up", NOW), "dans les secondes"),
        (DestinationNote("inqom", "paused", NOW, NOW + timedelta(hours=2), TROUBLE), "(Inqom est en panne (code 503))"),
        (DestinationNote("inqom", "paused", NOW, NOW - timedelta(hours=2), TROUBLE), "dans les secondes"),
        (DestinationNote("inqom", "down", NOW, None, Phrase("inqom.wrong_password")), "quand ce sera corrigé"),
    ],
    ids=["up", "paused", "about to be tried", "down"],
)
def test_when_it_leaves_is_said_by_how_its_destination_is(
    firm: Firm, ledger: Ledger, pushdoc: Type, three: list[int], note: DestinationNote, said: str
) -> None:
    ledger.notes.keep_destination(note)
    with hold(firm.ledger):  # as a running pushdoc does
        told = pushdoc("retry", "--all")

    assert told.code == 0
    assert said in told.lines[1]
    if note.until is not None and note.until > NOW:
        assert f"{note.until.astimezone(ZONE):%d/%m/%Y %H:%M}" in told.lines[1]
    if note.state == "down":
        assert told.lines[2].strip().startswith("Vérifiez username et password")


def test_a_client_without_a_dossier_is_named_as_what_is_waited_for(
    ledger: Ledger, pushdoc: Type, three: list[int]
) -> None:
    unmapped = MappingNote(CLIENT, "1", "unknown", None, None, usable=False, reason=None)
    ledger.notes.keep_mapping("inqom", [unmapped], NOW)
    told = pushdoc("retry", "--all")

    assert told.lines[1].startswith("    → pushdoc est arrêté\u00a0: il partira")
    assert told.lines[2].startswith(f"    → 2 attendent\u00a0: pas de dossier comptable pour {CLIENT} (")


def test_one_that_may_have_arrived_is_asked_about_and_by_force_may_be_there_twice(
    ledger: Ledger, pushdoc: Type
) -> None:
    lost = [
        ledger.record(ledger.enter(entry(f"{n}.pdf", client=CLIENT, rule="Achats")), Event.REFUSE, unknowable=True).id
        for n in range(2)
    ]
    asked = pushdoc("retry", str(lost[0]))
    assert "«\u00a0inqom\u00a0» est d’abord interrogée" in asked.lines[1]
    assert "pushdoc est arrêté" in asked.lines[2]
    forced = pushdoc("retry", str(lost[1]), "--force")
    assert "1 pourra s’y trouver deux fois" in forced.lines[2]
    assert states(ledger, lost) == [State.DOUBTFUL, State.WAITING]


def test_a_running_pushdoc_takes_what_is_retried_within_seconds(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.write_rules(inqom.url, ('settle = "300ms"', 'settle = "300ms"\nmismatch = "refuse"'))
    firm.drop("photo.pdf", papers.jpeg("a photo"))
    running = firm.run()
    until(lambda: [one.state for one in firm.documents()] == [State.NON_TRANSMIS], "it is refused")

    told = pushdoc("retry", "1", "--force")
    assert "dans les secondes" in told.lines[1]
    until(inqom.received, "it is sent", within=10)
    until(lambda: firm.documents()[0].state is State.ARCHIVED, "it is archived")
    assert running.stop() == 0


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
    assert told.lines[0] == "1 document remis en attente d’envoi"
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
    told = pushdoc("ack", *map(str, three[:2]), "--reason", "déjà saisie")
    assert told.lines[0] == "2 documents classés sans suite"
    assert "restent à leur place" in told.lines[1]
    assert told.lines[2] == (
        "    → pushdoc est arrêté\u00a0: les marques «\u00a0Non transmis\u00a0» disparaîtront quand vous le lancerez"
    )
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

    told = pushdoc("release", numbers[kept])
    assert (told.code, told.lines[0], told.err) == (0, "1 document autorisé", "")
    assert "pushdoc est arrêté" in told.lines[1]
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


@pytest.mark.parametrize("by_force", [False, True])
def test_what_its_rule_would_refuse_again_at_once_is_not_queued(
    firm: Firm, ledger: Ledger, pushdoc: Type, *, by_force: bool
) -> None:
    firm.write_rules("http://127.0.0.1:9", ('settle = "300ms"', 'settle = "300ms"\nmax_size = "10B"'))
    why = Phrase("journey.too_large", {"size": 11, "limit": 10})
    large = ledger.enter(entry("grand.pdf", "x" * 11, client=CLIENT, rule="Achats", refused=why)).id
    other = ledger.enter(entry("note.xyz", client=CLIENT, rule="Achats", refused=why)).id

    told = pushdoc("retry", "--all", *(["--force"] if by_force else []))

    assert (told.code, told.out) == (1, "0 document remis en attente d’envoi\n")
    assert told.err.count("n’accepte toujours pas le document") == 2
    assert states(ledger, [large, other]) == [State.NON_TRANSMIS] * 2
