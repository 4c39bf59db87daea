from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from office import CLIENT

from pushdoc.states import Event, State

if TYPE_CHECKING:
    from office import Office

    from pushdoc.document import Document


def refused(office: Office, document: Document) -> Document:
    return office.ledger.record(document, Event.REFUSE)


def test_the_oldest_document_goes_first(office: Office) -> None:
    entered = [office.enter().id]
    for _ in range(3):
        office.clock.push(1)
        entered.append(office.enter().id)

    assert [office.claim().id for _ in entered] == entered
    assert office.ledger.claim("inqom") is None


def test_documents_of_one_instant_go_in_the_order_of_their_numbers(office: Office) -> None:
    entered = [office.enter().id for _ in range(5)]

    assert [office.claim().id for _ in entered] == entered


def test_a_claimed_document_is_being_sent_to_its_clients_dossier_under_our_reference(office: Office) -> None:
    entered = office.enter()
    office.clock.push(30)

    claimed = office.claim()

    assert claimed.state is State.SENDING
    assert claimed.dossier == "700123"
    assert claimed.reference is not None
    assert claimed.reference.startswith("pushdoc-")
    assert claimed.sent_at == claimed.since == office.clock.now()
    assert claimed == office.ledger.get(entered.id)


def test_a_delayed_document_goes_at_its_hour_and_not_before(office: Office) -> None:
    office.enter()
    at = office.clock.now() + timedelta(minutes=5)
    office.ledger.record(office.claim(), Event.DELAY, next_attempt=at)

    office.clock.push(299)
    assert office.ledger.claim("inqom") is None

    office.clock.push(1)
    assert office.claim().id == 1


def test_a_delayed_document_does_not_overtake_those_that_were_due_earlier(office: Office) -> None:
    delayed = office.enter()
    office.ledger.record(office.claim(), Event.DELAY, next_attempt=office.clock.now() + timedelta(seconds=10))
    office.clock.push(5)
    fresh = office.enter()
    office.clock.push(10)

    assert [office.claim().id, office.claim().id] == [fresh.id, delayed.id]


def test_a_client_without_dossier_waits_and_stands_in_nobodys_way(office: Office) -> None:
    unknown = office.enter(client="SCI du Port")
    known = office.enter()

    assert office.claim().id == known.id
    assert office.ledger.claim("inqom") is None

    office.map("SCI du Port", dossier="700999")
    claimed = office.claim()
    assert (claimed.id, claimed.dossier) == (unknown.id, "700999")


def test_a_client_whose_dossier_is_closed_waits_until_it_is_usable(office: Office) -> None:
    office.map(CLIENT, usable=False)
    office.enter()

    assert office.ledger.claim("inqom") is None

    office.map(CLIENT)
    assert office.claim().id == 1


def test_a_destination_gets_its_own_documents_only(office: Office) -> None:
    office.enter(destination="folder")

    assert office.ledger.claim("inqom") is None
    assert office.ledger.claim("folder") is None  # it has no mapping


def test_a_document_that_waits_for_a_person_is_not_sent(office: Office) -> None:
    held = office.enter(by=Event.HOLD)
    assert held.state is State.HELD
    assert office.ledger.claim("inqom") is None

    office.ledger.record(held, Event.RELEASE)

    assert office.claim().id == held.id


def test_bytes_that_their_dossier_has_already_are_a_duplicate_under_any_name(office: Office) -> None:
    first = office.delivered(name="facture.pdf", content="bytes", receipt="55")
    office.enter(name="copie de facture.pdf", content="bytes")

    copy = office.claim()

    assert (copy.state, copy.duplicate_of, copy.dossier) == (State.DUPLICATE, first.id, "700123")
    assert copy.reason is not None
    assert copy.reason.values == {"id": first.id, "name": "facture.pdf", "receipt": "55"}
    assert copy.reference is None


def test_a_filed_document_still_has_its_twins(office: Office) -> None:
    office.archived(content="bytes")
    office.enter(content="bytes")

    assert office.claim().state is State.DUPLICATE


def test_the_copy_of_a_copy_is_a_duplicate_of_the_first(office: Office) -> None:
    first = office.delivered(content="bytes")
    for _ in range(2):
        office.enter(content="bytes")
        copy = office.claim()
        assert copy.duplicate_of == first.id


def test_the_same_bytes_for_another_dossier_are_sent(office: Office) -> None:
    office.map("SCI du Port", dossier="700999")
    first = office.delivered(content="bytes")
    office.enter(content="bytes", client="SCI du Port")

    other = office.claim()

    assert other.state is State.SENDING
    assert other.reference != first.reference


def test_a_copy_waits_while_it_is_not_decided_whether_the_first_arrived(office: Office) -> None:
    office.enter(content="bytes")
    first = office.claim()
    copy = office.enter(content="bytes")

    assert office.ledger.claim("inqom") is None
    first = office.ledger.record(first, Event.DOUBT)
    office.clock.push(60)
    assert office.ledger.claim("inqom") is None
    assert office.ledger.get(copy.id).state is State.WAITING

    office.ledger.record(first, Event.DELIVER, receipt="55")
    office.clock.push(5)
    assert office.claim().state is State.DUPLICATE


def test_a_copy_that_waits_for_its_twin_does_not_keep_others_waiting(office: Office) -> None:
    office.enter(content="bytes")
    office.claim()
    office.enter(content="bytes")
    other = office.enter()

    assert office.claim().id == other.id


def test_a_copy_of_a_refused_document_is_sent_under_another_reference(office: Office) -> None:
    office.enter(content="bytes")
    first = refused(office, office.claim())
    office.enter(content="bytes")

    second = office.claim()

    assert second.state is State.SENDING
    assert second.reference == f"{first.reference}-2"


def test_a_document_keeps_its_reference_over_all_its_attempts(office: Office) -> None:
    office.enter()
    first = office.claim()
    office.ledger.record(first, Event.DELAY)
    second = office.claim()
    office.ledger.record(refused(office, second), Event.RETRY)

    assert office.claim().reference == second.reference == first.reference


def test_a_reference_can_be_made_again_without_the_ledger(office: Office) -> None:
    office.enter(name="a.pdf", content="bytes")
    first = office.claim()
    refused(office, first)
    office.map(CLIENT, dossier="700999")
    office.enter(name="b.pdf", content="bytes")

    # sha256 of "sha256 of the bytes:destination:dossier", as any machine makes it.
    assert first.reference == "pushdoc-e3f42275fe56d1fb00220a52"
    assert office.claim().reference != first.reference


def test_a_forced_duplicate_is_sent_under_a_reference_of_its_own_and_keeps_it(office: Office) -> None:
    first = office.delivered(content="bytes")
    office.enter(content="bytes")
    copy = office.claim()

    office.ledger.record(copy, Event.RETRY, forced=True)
    forced = office.claim()
    office.ledger.record(forced, Event.DELAY)
    again = office.claim()

    assert forced.state is again.state is State.SENDING
    assert forced.reference == again.reference == f"{first.reference}-2"
    assert forced.duplicate_of is None


def test_each_time_a_person_forces_a_document_it_gets_another_reference(office: Office) -> None:
    office.enter()
    known = office.claim()
    references = [known.reference]
    for _ in range(3):
        office.ledger.record(refused(office, known), Event.RETRY, forced=True)
        known = office.claim()
        references.append(known.reference)

    assert references == [f"{references[0]}{number}" for number in ("", "-2", "-3", "-4")]


def test_a_last_failure_stays_readable_while_its_document_is_sent_again(office: Office) -> None:
    office.delivered(content="bytes")
    office.enter(content="bytes")
    copy = office.claim()
    forced = office.ledger.record(copy, Event.RETRY, reason=copy.reason, forced=True)

    assert forced.reason == office.claim().reason == copy.reason


def test_couriers_that_claim_side_by_side_get_each_document_once(office: Office) -> None:
    entered = {office.enter().id for _ in range(80)}
    together = threading.Barrier(8)
    claimed: list[int] = []

    def carry() -> None:
        together.wait()
        while (document := office.ledger.claim("inqom")) is not None:
            claimed.append(document.id)

    threads = [threading.Thread(target=carry) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(claimed) == sorted(entered)


def test_a_document_whose_file_went_away_is_not_sent(office: Office) -> None:
    office.ledger.record(office.enter(), Event.WITHDRAW)

    assert office.ledger.claim("inqom") is None


def unknowable(office: Office) -> Document:
    """A document of which nobody can say whether it arrived."""
    doubtful = office.ledger.record(office.claim(), Event.DOUBT)
    return office.ledger.record(doubtful, Event.REFUSE, unknowable=True)


def test_a_copy_of_what_nobody_can_say_the_fate_of_waits_for_a_person(office: Office) -> None:
    first = office.enter(content="bytes")
    unknowable(office)
    office.enter(content="bytes")

    copy = office.claim()

    assert copy.state is State.NON_TRANSMIS
    assert copy.reason is not None
    assert (copy.reason.code, copy.reason.values["id"]) == ("ledger.twin_unknowable", first.id)


def test_a_document_is_no_twin_of_itself(office: Office) -> None:
    office.enter()
    office.ledger.record(unknowable(office), Event.RETRY)

    assert office.claim().state is State.SENDING


def test_a_duplicate_names_the_twin_that_has_a_receipt(office: Office) -> None:
    office.enter(content="bytes")
    office.ledger.record(office.claim(), Event.DELIVER)
    forced = office.enter(content="bytes")
    office.ledger.record(office.ledger.amend(forced, forced=True), Event.CLAIM, dossier="700123")
    office.ledger.record(office.ledger.get(forced.id), Event.DELIVER, receipt="55")
    office.enter(content="bytes")

    assert office.claim().duplicate_of == forced.id


def test_the_next_hour_is_of_the_first_that_can_go_or_is_to_be_asked_about(office: Office) -> None:
    def delayed(minutes: int, happened: Event, client: str = CLIENT) -> None:
        office.enter(client=client)
        due = office.clock.now() + timedelta(minutes=minutes)
        office.ledger.record(office.claim(), happened, next_attempt=due)

    start = office.clock.now()
    assert office.ledger.next_hour("inqom") is None
    delayed(9, Event.DELAY)
    assert office.ledger.next_hour("inqom") == start + timedelta(minutes=9)
    delayed(7, Event.DOUBT)
    assert office.ledger.next_hour("inqom") == start + timedelta(minutes=7)
    office.map("SCI Dupont")
    delayed(5, Event.DELAY, client="SCI Dupont")
    assert office.ledger.next_hour("inqom") == start + timedelta(minutes=5)
    office.map("SCI Dupont", usable=False)
    assert office.ledger.next_hour("inqom") == start + timedelta(minutes=7)
    assert office.ledger.next_hour("other") is None
