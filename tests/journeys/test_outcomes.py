"""What a destination may answer, and what follows from each answer."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import structlog
from fakes import Turn, accepted, breaks, delayed, doubtful, refused
from journeys.firm import GARAGE, MARTIN, PURCHASES, names
from nobody import without_rights

from pushdoc.deliver.breaker import Standing
from pushdoc.deliver.destination import Delayed, Delivered, Progress, Scope
from pushdoc.journey.gate import Gate
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination
    from journeys.firm import Firm
    from pushed import PushedClock

#: An archive beside the drop folder: a file in its place is no paper.
BESIDE = PURCHASES.replace('archive = "Achats/', 'archive = "Envoyés/')
DOWN = Delayed(Phrase("inqom.failed", {"status": 503}))


def test_delivered_it_has_its_receipt_and_is_followed_before_long(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("facture.pdf")
    firm.look()
    firm.send()

    assert (firm.one.receipt, firm.one.remote_status, firm.one.attempts) == ("inqom-1", "Received", 1)
    assert firm.one.delivered == firm.clock.now()
    firm.clock.push(5)
    assert names(firm.ledger.to_follow("inqom")) == ["facture.pdf"]


def test_delivered_to_a_service_that_says_nothing_more_it_is_not_followed(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(Turn(Delivered("7"), keeps=True))
    firm.drop("facture.pdf")
    firm.work(hours=1)

    assert (firm.one.receipt, firm.one.remote_status) == ("7", None)
    assert destination.followed == []


def test_accepted_it_stays_in_the_drop_folder_until_the_service_keeps_it(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(accepted("q-1"))
    path = firm.drop("facture.pdf")
    firm.work()
    assert (firm.states, path.exists()) == ([State.SUBMITTED], True)

    destination.progress["q-1"] = Progress("Integrated", final=True)
    firm.work(hours=0.1)

    assert (firm.states, firm.one.receipt, firm.one.remote_status) == ([State.ARCHIVED], "q-1", "Integrated")
    assert destination.attempts == ["facture.pdf"]


def test_accepted_and_thrown_out_later_it_is_marked(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(accepted("q-1"))
    path = firm.drop("facture.pdf")
    firm.work()

    destination.progress["q-1"] = Progress("Rejected", refused=Phrase("inqom.too_large"))
    firm.work(hours=0.1)

    assert (firm.states, firm.reason(1), firm.marked(path)) == ([State.NON_TRANSMIS], "inqom.too_large", True)
    firm.clock.push(3600)
    assert firm.ledger.to_follow("inqom") == []


def test_accepted_and_never_shown_a_person_decides(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(accepted("q-1"))
    path = firm.drop("facture.pdf")

    firm.work(hours=30, step_s=600)

    assert (firm.states, firm.reason(1), firm.marked(path)) == ([State.NON_TRANSMIS], "journey.cannot_tell", True)
    assert destination.attempts == ["facture.pdf"]


def test_refused_it_is_marked_and_the_others_go_on(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(refused())
    path = firm.drop("a.pdf")
    firm.look()
    firm.drop("b.pdf")
    firm.work(hours=60, step_s=3600)

    assert firm.states == [State.NON_TRANSMIS, State.ARCHIVED]
    assert destination.attempts == ["a.pdf", "b.pdf"]
    assert firm.marked(path)


def test_the_destinations_trouble_burns_no_tries_and_all_behind_the_probe_keep_their_order(
    firm: Firm, destination: ScriptedDestination
) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        firm.drop(name)
        firm.look()
    destination.trouble = DOWN
    firm.work(hours=72, step_s=600)
    assert firm.states == [State.WAITING] * 3
    assert [(each.attempts, each.failing_since) for each in firm.documents] == [(0, None)] * 3
    # Each probe is another document: one that is to blame itself must not stand in the way of all.
    assert set(destination.attempts) == {"a.pdf", "b.pdf", "c.pdf"}

    destination.trouble = None
    destination.attempts.clear()
    firm.work(hours=0.2)

    probe, *others = destination.attempts
    assert others == sorted({"a.pdf", "b.pdf", "c.pdf"} - {probe})
    assert firm.states == [State.ARCHIVED] * 3


def test_while_a_destination_pauses_nothing_is_sent_and_then_one_probe_goes_alone(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(delayed(retry_after=timedelta(seconds=90)))
    for name in ("a.pdf", "b.pdf"):
        firm.drop(name)
    firm.look()
    firm.send()
    assert str(firm.gate.standing) == "paused"
    firm.clock.push(89)
    assert firm.send() == 0

    firm.clock.push(1)
    assert firm.gate.enter()
    assert not firm.gate.enter()
    firm.gate.leave()

    assert firm.send() == 2
    assert str(firm.gate.standing) == "up"


def test_who_was_let_in_before_the_trouble_does_not_open_the_gate_for_a_second_probe(
    firm: Firm, clock: PushedClock
) -> None:
    gate = firm.gate
    entered, leave, left = threading.Event(), threading.Event(), threading.Event()

    def courier() -> None:
        assert gate.enter()
        entered.set()
        leave.wait(10)
        gate.leave()
        left.set()

    early = threading.Thread(target=courier)
    early.start()
    assert entered.wait(10)
    gate.trouble(DOWN)
    clock.push(3600)
    assert gate.enter()

    leave.set()
    early.join(10)
    assert left.is_set()

    second: list[bool] = []
    late = threading.Thread(target=lambda: second.append(gate.enter()))
    late.start()
    late.join(10)
    assert second == [False]
    gate.leave()
    assert gate.enter()


def test_trouble_that_needs_a_person_takes_the_destination_down_and_marks_nothing(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.trouble = Delayed(Phrase("inqom.token_rejected"), needs_person=True)
    path = firm.drop("facture.pdf")
    firm.work(hours=60, step_s=3600)
    assert (firm.gate.standing, firm.states) == (Standing.DOWN, [State.WAITING])
    assert not firm.marked(path)

    destination.trouble = None
    firm.gate.try_now()
    firm.work()

    assert (firm.gate.standing, firm.states) == (Standing.UP, [State.ARCHIVED])


def test_a_gate_remembers_its_trouble_through_a_restart(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(delayed(needs_person=True))
    firm.drop("facture.pdf")
    firm.look()
    firm.send()

    again = Gate("inqom", firm.ledger, firm.clock)

    assert (again.standing, again.reason, again.until) == (Standing.DOWN, firm.gate.reason, firm.gate.until)
    assert not again.enter()


def test_the_dossiers_trouble_waits_for_a_fresh_mapping_and_the_others_go_on(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(delayed(Scope.DOSSIER, code="inqom.forbidden"))
    firm.drop("a.pdf")
    firm.look()
    firm.drop("b.pdf", client=GARAGE)
    firm.look()
    listed = len(destination.listed)
    firm.send()
    assert firm.states == [State.WAITING, State.ARCHIVED]
    assert (firm.ledger.get(1).attempts, firm.gate.standing) == (1, Standing.UP)

    firm.work(hours=0.05)

    assert len(destination.listed) == listed + 1
    assert firm.states == [State.ARCHIVED, State.ARCHIVED]


def test_the_same_trouble_of_a_dossier_after_a_fresh_mapping_is_the_last_word_where_the_service_means_it(
    firm: Firm, destination: ScriptedDestination
) -> None:
    unknown = delayed(Scope.DOSSIER, code="inqom.dossier_unknown", once=True)
    destination.next(unknown, unknown)
    path = firm.drop("facture.pdf")

    firm.work(hours=0.1)

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "inqom.dossier_unknown")
    assert firm.marked(path)
    assert len(destination.attempts) == 2


def test_after_another_answer_in_between_it_is_not_the_last_word_yet(
    firm: Firm, destination: ScriptedDestination
) -> None:
    unknown = delayed(Scope.DOSSIER, code="inqom.dossier_unknown", once=True)
    destination.next(unknown, delayed(Scope.DOSSIER, code="inqom.forbidden"), unknown)
    firm.drop("facture.pdf")

    firm.work(hours=1)

    assert firm.states == [State.ARCHIVED]


def test_what_a_service_asks_for_one_dossier_is_waited_for(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(delayed(Scope.DOSSIER, retry_after=timedelta(hours=2)))
    firm.drop("facture.pdf")
    firm.look()
    firm.send()

    assert firm.one.next_attempt == firm.clock.now() + timedelta(hours=2)


def test_a_document_that_fails_for_two_days_by_itself_is_left_to_a_person(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(*[delayed(Scope.DOSSIER, code="inqom.forbidden")] * 100)
    path = firm.drop("facture.pdf")

    firm.work(hours=47, step_s=600)
    assert (firm.states, firm.marked(path)) == ([State.WAITING], False)
    firm.work(hours=6, step_s=600)

    assert (firm.states, firm.reason(1), firm.marked(path)) == ([State.NON_TRANSMIS], "inqom.forbidden", True)
    assert len(destination.attempts) < 30


def test_doubt_three_times_in_a_row_pauses_the_destination(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(*[doubtful(arrived=False)] * 3)
    for name in "abcd":
        firm.drop(f"{name}.pdf")
    firm.look()

    assert firm.send() == 3
    assert firm.gate.standing is Standing.PAUSED
    assert firm.states == [State.DOUBTFUL] * 3 + [State.WAITING]


def test_an_answer_in_between_ends_the_row(firm: Firm, destination: ScriptedDestination) -> None:
    doubt = doubtful(arrived=False)
    destination.next(doubt, doubt, refused(), doubt, doubt)
    for name in "abcdef":
        firm.drop(f"{name}.pdf")
    firm.look()

    assert firm.send() == 6
    assert firm.gate.standing is Standing.UP


def test_a_file_that_cannot_be_read_is_tried_again_later(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(breaks(OSError(5, "Input/output error")))
    firm.drop("facture.pdf")
    firm.look()
    firm.send()
    assert (firm.states, firm.reason(1), firm.one.attempts) == ([State.WAITING], "journey.unreadable", 1)

    firm.clock.push(60)
    firm.send()

    assert firm.states == [State.ARCHIVED]


def test_a_fault_of_the_plug_in_leaves_the_document_in_doubt_not_in_sending(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(breaks(RuntimeError("nobody expected this"), arrived=True))
    firm.drop("facture.pdf")
    firm.look()
    with pytest.raises(RuntimeError):
        firm.send()
    assert firm.states == [State.SENDING]

    firm.send()
    assert (firm.states, firm.reason(1)) == ([State.DOUBTFUL], "journey.stumbled")
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_an_archive_that_cannot_take_it_is_noticed_before_anything_is_sent(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=BESIDE)
    firm.drop("facture.pdf")
    barrier = firm.root / MARTIN / "Envoyés"
    barrier.write_text("a file where a folder should be")
    firm.work()
    assert (firm.states, firm.reason(1)) == ([State.WAITING], "filing.link_in_the_way")
    assert destination.attempts == []

    barrier.unlink()
    firm.clock.push(60)
    firm.send()

    assert firm.states == [State.ARCHIVED]


def test_an_archive_without_rights_is_noticed_before_anything_is_sent(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("facture.pdf")
    (path.parent / "Transmis").mkdir(mode=0o500)
    with without_rights(firm.folder):
        firm.work()

    assert (firm.reason(1), destination.attempts) == ("filing.no_right", [])


def test_an_archive_that_is_barred_after_sending_takes_it_later_and_nothing_is_sent_twice(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=BESIDE)
    firm.drop("facture.pdf")
    barrier = firm.root / MARTIN / "Envoyés"
    firm.look()
    destination.next(Turn(None, keeps=True, at_the_end=lambda: barrier.write_text("in the way")))
    with structlog.testing.capture_logs() as logged:
        firm.send()
        firm.work(hours=1)
    assert (firm.states, firm.reason(1)) == ([State.DELIVERED], "filing.link_in_the_way")
    assert [line["event"] for line in logged].count("cannot archive yet") == 1

    firm.restart()
    barrier.unlink()
    firm.work()

    assert (firm.states, firm.reason(1)) == ([State.ARCHIVED], None)
    assert len(destination.arrived) == 1
    assert set(firm.files()) == {"Envoyés/2026/11/Transmis/facture.pdf"}


def test_a_rule_that_has_become_stricter_is_heeded_before_the_attempt(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("facture.png")
    firm.look()

    firm.restart(PURCHASES + 'accept = ["*.pdf"]\n')
    firm.send()

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "rules.not_accepted")
    assert destination.attempts == []
