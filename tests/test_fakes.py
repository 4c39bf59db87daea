"""The scripted destination behaves as destinations do; journeys would prove nothing otherwise."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from destinations.papers import Papers
from fakes import ScriptedDestination, Turn, accepted, breaks, delayed, delivered, doubtful, refused

from pushdoc.deliver.destination import (
    Absent,
    Accepted,
    CannotTell,
    Delayed,
    Delivered,
    Destination,
    Doubtful,
    Found,
    Progress,
    Refused,
    ServiceTroubleError,
)
from pushdoc.document import DocumentType
from pushdoc.original import ChangedError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushed import PushedClock


@pytest.fixture
def destination(clock: PushedClock) -> ScriptedDestination:
    return ScriptedDestination([], clock)


@pytest.fixture
def papers(tmp_path: Path, clock: PushedClock) -> Iterator[Papers]:
    made = Papers(tmp_path, "700101", clock)
    yield made
    made.close()


def test_it_is_a_destination(destination: ScriptedDestination) -> None:
    one: Destination = destination

    assert one.check().trouble is None


def test_without_a_script_it_keeps_what_it_is_sent_and_gives_a_receipt(
    destination: ScriptedDestination, papers: Papers
) -> None:
    parcel = papers.parcel(b"content")

    assert destination.send(parcel) == Delivered("inqom-1", "Received", follow=True)
    (arrival,) = destination.arrived
    assert (arrival.content, arrival.reference, arrival.sha256) == (b"content", parcel.reference, parcel.digest.sha256)
    assert destination.ask(papers.document(parcel)) == Found(("inqom-1",))


def test_the_same_parcel_twice_is_found_twice(destination: ScriptedDestination, papers: Papers) -> None:
    parcel = papers.parcel()
    destination.send(parcel)
    parcel.body.rewind()
    destination.send(parcel)

    assert destination.ask(papers.document(parcel)) == Found(("inqom-1", "inqom-2"))


@pytest.mark.parametrize(
    ("turn", "outcome", "kept"),
    [
        pytest.param(delivered(), Delivered, 1, id="delivered"),
        pytest.param(accepted(), Accepted, 0, id="accepted"),
        pytest.param(refused(), Refused, 0, id="refused"),
        pytest.param(delayed(), Delayed, 0, id="delayed"),
        pytest.param(doubtful(arrived=True), Doubtful, 1, id="doubtful, arrived"),
        pytest.param(doubtful(arrived=False), Doubtful, 0, id="doubtful, lost"),
    ],
)
def test_a_turn_answers_as_it_says_and_the_next_goes_well(
    destination: ScriptedDestination, papers: Papers, turn: Turn, outcome: type, kept: int
) -> None:
    destination.next(turn)
    parcel = papers.parcel()

    assert isinstance(destination.send(parcel), outcome)
    assert parcel.body.gone_out
    assert isinstance(destination.ask(papers.document(parcel)), Found if kept else Absent)
    assert isinstance(destination.send(papers.parcel()), Delivered)


def test_a_turn_that_breaks_raises_when_the_body_is_out(destination: ScriptedDestination, papers: Papers) -> None:
    destination.next(breaks(OSError(5, "gone"), arrived=True))

    with pytest.raises(OSError, match="gone"):
        destination.send(papers.parcel(b"x"))

    assert destination.contents == [b"x"]


def test_a_file_that_changes_at_half_of_the_body_is_not_kept(destination: ScriptedDestination, papers: Papers) -> None:
    parcel = papers.parcel(b"first content")
    destination.next(delivered(meanwhile=lambda: papers.rewrite(parcel, b"other rubbish")))

    with pytest.raises(ChangedError):
        destination.send(parcel)

    assert destination.arrived == []


def test_in_trouble_it_answers_everything_with_it(
    destination: ScriptedDestination, papers: Papers, clock: PushedClock
) -> None:
    destination.trouble = Delayed(Phrase("inqom.failed", {"status": 503}))
    parcel = papers.parcel()

    assert destination.send(parcel) == destination.trouble
    assert destination.ask(papers.document(parcel)) == CannotTell(destination.trouble.reason)
    assert destination.check().trouble == destination.trouble.reason
    calls: list[Any] = [destination.dossiers, lambda: destination.follow("700101", ["1"], clock.now())]
    for call in calls:
        with pytest.raises(ServiceTroubleError):
            call()


def test_it_tells_of_the_receipts_that_it_has_something_to_say_of(
    destination: ScriptedDestination, clock: PushedClock
) -> None:
    destination.progress["1"] = Progress("Integrated")

    assert destination.follow("700101", ["1", "2"], clock.now()) == {"1": Progress("Integrated")}


def test_it_refuses_beforehand_what_is_over_its_limit(destination: ScriptedDestination) -> None:
    destination.limit = 10

    assert destination.accepts(DocumentType.OTHER, "a.pdf", 10) is None
    assert destination.accepts(DocumentType.OTHER, "a.pdf", 11) == Phrase("inqom.too_large")


def test_a_courier_that_is_held_waits_in_the_middle_until_it_is_let_go(
    destination: ScriptedDestination, papers: Papers
) -> None:
    destination.hold()
    courier = threading.Thread(target=destination.send, args=(papers.parcel(),))
    courier.start()

    assert destination.held.wait(10)
    assert destination.arrived == []
    destination.let_go()
    courier.join(10)
    assert len(destination.arrived) == 1
