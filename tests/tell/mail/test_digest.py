from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from morning import typed
from office import CLIENT

from pushdoc.ledger import DestinationNote, TroubleNote
from pushdoc.states import Event, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from morning import Morning

    from pushdoc.tell.mail.items import Item, Part

CAFE = "Café de la Gare"
SCI = "SCI Les Tilleuls"
ECURIE = "Écurie du Lac"


def names(part: Part) -> list[str]:
    return [item.name for item in items(part)]


def items(part: Part) -> list[Item]:
    return [item for one in part.clients for item in one.documents]


def test_in_a_first_digest_everything_open_is_new(morning: Morning) -> None:
    morning.fail("a.pdf")
    morning.clock.push(3 * 86_400)
    morning.fail("b.pdf")

    told = morning.told()

    assert names(told.new) == ["a.pdf", "b.pdf"]
    assert told.still.total == 0
    assert told.first


def test_a_failure_is_new_once_and_then_still_open(morning: Morning) -> None:
    morning.fail("a.pdf")
    first = morning.newest
    morning.fail("b.pdf")

    told = morning.told(after=first)

    assert names(told.new) == ["b.pdf"]
    assert names(told.still) == ["a.pdf"]
    assert names(morning.told(after=morning.newest).new) == []


def test_what_fails_again_is_new_again(morning: Morning) -> None:
    failed = morning.fail("a.pdf")
    morning.office.map(CLIENT)
    first = morning.newest
    morning.ledger.record(morning.ledger.record(failed, Event.RETRY), Event.REFUSE, reason=Phrase("formats.pdf_cut"))

    told = morning.told(after=first)

    assert names(told.new) == ["a.pdf"]
    assert told.still.total == 0
    assert told.settled.total == 0
    assert typed(items(told.new)[0].why) == "Le PDF est incomplet : il s'arrête avant sa fin"


def test_what_fails_behind_the_last_event_is_left_to_the_next_digest(morning: Morning) -> None:
    morning.fail("a.pdf")
    upto = morning.newest
    morning.fail("b.pdf")

    told = morning.told(upto=upto)

    assert names(told.new) == ["a.pdf"]
    assert names(morning.told(after=upto).new) == ["b.pdf"]


def test_what_was_mended_behind_the_last_event_was_still_open_at_it(morning: Morning) -> None:
    failed = morning.fail("a.pdf")
    upto = morning.newest
    morning.ledger.record(failed, Event.ACKNOWLEDGE, reason=Phrase("journey.acknowledged", {"text": "vu"}))

    assert names(morning.told(upto=upto).new) == ["a.pdf"]
    assert names(morning.told(after=upto).settled) == ["a.pdf"]


def test_what_was_told_and_is_settled_since_is_told_once_more_with_what_became_of_it(morning: Morning) -> None:
    seen = morning.fail("seen.pdf")
    gone = morning.fail("gone.pdf")
    again = morning.fail("again.pdf")
    first = morning.newest
    morning.ledger.record(seen, Event.ACKNOWLEDGE, reason=Phrase("journey.acknowledged", {"text": "par courrier"}))
    morning.ledger.record(gone, Event.WITHDRAW)
    morning.ledger.record(again, Event.RETRY)
    morning.ledger.record(morning.office.claim(), Event.DELIVER, receipt="9", delivered=morning.clock.now())

    settled = morning.told(after=first).settled

    assert [(item.name, item.fate) for item in items(settled)] == [
        ("seen.pdf", "vu, non transmis"),
        ("gone.pdf", "retiré du dossier"),
        ("again.pdf", "transmis, à classer"),
    ]
    assert typed(items(settled)[0].why) == "classé sans suite : par courrier"
    assert morning.told(after=morning.newest).settled.total == 0


def test_what_failed_and_was_settled_within_the_day_is_told_as_settled(morning: Morning) -> None:
    first = morning.newest
    failed = morning.fail("a.pdf")
    morning.ledger.record(failed, Event.WITHDRAW)

    told = morning.told(after=first)

    assert told.failing == 0
    assert names(told.settled) == ["a.pdf"]


def test_a_waiting_document_that_was_taken_away_was_no_failure(morning: Morning) -> None:
    morning.ledger.record(morning.enter("a.pdf"), Event.WITHDRAW)

    assert morning.told().quiet


def test_nobody_reads_of_others_clients(morning: Morning) -> None:
    for client in (CLIENT, CAFE):
        morning.fail("a.pdf", client)
        morning.ledger.record(morning.fail("settled.pdf", client), Event.WITHDRAW)
    morning.unmapped(SCI, Phrase("clients.unknown", {"siret": "1"}))
    morning.enter("waits.pdf", SCI)
    morning.enter("held.pdf", SCI, hold=True)
    morning.office.delivered()
    morning.ledger.notes.keep_troubles([TroubleNote(CAFE, Phrase("whole.empty", {"count": 1, "names": ["x"]}))])

    ecurie = morning.told(speaks_of=lambda client: client == ECURIE)
    cafe = morning.plain(speaks_of=lambda client: client == CAFE)

    assert ecurie.quiet
    assert ecurie.delivered == 0
    assert cafe._told.failing == 1
    assert CLIENT not in cafe.text
    assert SCI not in cafe.text


def test_clients_stand_in_alphabetical_order_whatever_their_accents(morning: Morning) -> None:
    for client in (SCI, "zèbre", ECURIE, CAFE, CLIENT):
        morning.fail("a.pdf", client)

    assert [one.client for one in morning.told().new.clients] == [CLIENT, CAFE, ECURIE, SCI, "zèbre"]


def test_a_failure_says_which_why_since_when_where_and_what_to_do(morning: Morning) -> None:
    failed = morning.fail("facture 881.pdf")

    ((item,),) = [one.documents for one in morning.told().new.clients]

    assert item.number == failed.id
    assert item.name == "facture 881.pdf"
    assert (item.type, item.rule) == ("Facture d'achat", "Factures d'achat")
    assert item.place == "Achats/2026/11"
    assert item.since == "20/11/2026 09:00"
    assert item.why == "Le PDF est protégé par un mot de passe"
    assert item.todo is not None


def test_of_500_failures_each_client_has_some_with_details_and_all_are_counted(morning: Morning) -> None:
    for number in range(497):
        morning.fail(f"{number:03}.pdf", CAFE)
    for client in (CLIENT, SCI, ECURIE):
        morning.fail("one.pdf", client)

    new = morning.told().new

    assert new.total == 500
    assert len(items(new)) == 50
    assert {one.client: len(one.documents) for one in new.clients} == {CLIENT: 1, CAFE: 47, ECURIE: 1, SCI: 1}
    assert [(few.client, few.count) for few in new.others] == [(CAFE, 450)]
    assert new.more == 450


def test_a_shorter_list_counts_what_it_leaves_out(morning: Morning) -> None:
    for number in range(3):
        morning.fail(f"{number}.pdf", CAFE)
    morning.fail("0.pdf", SCI)

    new = morning.told().new.shortened(2)

    assert new.total == 4
    assert names(new) == ["0.pdf", "0.pdf"]
    assert [(few.client, few.count) for few in new.others] == [(CAFE, 2)]


def test_duplicates_are_told_once_with_the_document_that_they_repeat(morning: Morning) -> None:
    morning.office.archived(content="bytes")
    first = morning.newest
    morning.office.enter("copie.pdf", content="bytes")
    assert morning.office.claim().state is State.DUPLICATE

    duplicates = morning.told(after=first).duplicates

    assert names(duplicates) == ["copie.pdf"]
    assert "n° 1 (facture-1.pdf)" in (items(duplicates)[0].why or "")
    assert morning.told(after=morning.newest).quiet


def test_what_the_destination_has_twice_is_told(morning: Morning) -> None:
    morning.office.enter("double.pdf")
    claimed = morning.office.claim()
    morning.ledger.record(claimed, Event.DELIVER, receipt="9", twin="5", delivered=morning.clock.now())

    assert names(morning.told().twice) == ["double.pdf"]


def test_a_doubtful_document_is_told_as_long_as_it_is_one(morning: Morning) -> None:
    doubtful = morning.doubtful(Phrase("deliver.read_timeout", {"host": "api.inqom.com"}))

    told = morning.told(after=morning.newest)

    assert typed(items(told.doubtful)[0].why) == "« inqom » n'a pas répondu à temps"
    morning.ledger.record(doubtful, Event.DELIVER, receipt="5", delivered=morning.clock.now())
    assert morning.told(after=morning.newest).quiet


def test_held_documents_are_counted_by_client(morning: Morning) -> None:
    for client in (SCI, CAFE, SCI):
        morning.enter(f"{morning.newest}.pdf", client, hold=True)

    held = morning.told().held

    assert [(few.client, few.count) for few in held.shown] == [(CAFE, 1), (SCI, 2)]
    assert held.count == 3


def test_a_client_without_a_dossier_is_told_where_documents_of_it_wait(morning: Morning) -> None:
    morning.unmapped(SCI, Phrase("clients.unknown", {"siret": "81000100800012"}))
    assert morning.told().quiet

    morning.enter("a.pdf", SCI)
    morning.clock.push(3600)
    morning.enter("b.pdf", SCI)

    ((one,), waiting) = morning.told().unmapped.shown, morning.told().waiting
    assert (one.name, one.count, one.since) == (SCI, 2, "20/11/2026 09:00")
    assert "81000100800012" in one.why
    assert waiting == 2


def test_files_that_do_not_become_whole_are_told_to_whoever_has_the_client(morning: Morning) -> None:
    empty = Phrase("whole.empty", {"count": 1, "names": ["Achats/2026/11/scan.pdf"]})
    gone = Phrase("watch.root_gone", {"path": "/srv/mcf"})
    morning.ledger.notes.keep_troubles([TroubleNote("", gone), TroubleNote(CAFE, empty)])

    theirs = morning.told(speaks_of=lambda client: client == CAFE).pending.shown
    others = morning.told(speaks_of=lambda client: client == SCI).pending.shown

    assert [one.name for one in theirs] == ["", CAFE]
    assert typed(theirs[1].why) == "1 fichier est vide depuis plus d'une heure : Achats/2026/11/scan.pdf"
    assert [typed(one.why) for one in others] == ["Le dossier des clients n'est pas là : mcf"]


@pytest.mark.parametrize(
    ("state", "minutes", "is_told"),
    [("down", 0, True), ("paused", 20, True), ("paused", 5, False), ("up", 600, False)],
)
def test_a_destination_is_told_where_its_trouble_lasts_or_needs_a_person(
    morning: Morning, state: str, minutes: int, *, is_told: bool
) -> None:
    since = morning.clock.now() - timedelta(minutes=minutes)
    why = Phrase("deliver.read_timeout", {"host": "api.inqom.com"})
    morning.ledger.notes.keep_destination(DestinationNote("inqom", state, since, None, why))

    told = morning.told().destinations

    assert [one.name for one in told.shown] == (["inqom"] if is_told else [])
    assert morning.told(speaks_of=lambda client: client == CAFE).quiet


def test_a_first_digest_counts_the_deliveries_of_a_day_and_others_those_since_the_last(morning: Morning) -> None:
    morning.office.delivered()
    morning.clock.push(23 * 3600)
    morning.office.delivered()
    middle = morning.newest
    morning.clock.push(2 * 3600)
    morning.office.delivered()

    assert morning.told().delivered == 2
    assert morning.told(after=middle).delivered == 1


def test_nothing_to_tell_is_quiet(morning: Morning) -> None:
    morning.office.archived()

    told = morning.told()

    assert told.quiet
    assert told.delivered == 1
