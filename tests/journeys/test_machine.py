"""Random lives of a firm: people at their files, a service with its moods, a process that dies, an hour that jumps.

After every step nothing is lost and nothing was sent twice; at the end everything is decided. More and longer lives:
docs/testing.md.
"""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

import pytest
import structlog
from fakes import Turn, delayed, delivered, doubtful, refused
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from journeys.desk import CLIENTS, RULE, Desk, Service, bring_to_rest, die_while_sending
from journeys.firm import DOSSIERS, Firm
from journeys.mortal import KilledError, MortalLedger
from pushed import PushedClock

from pushdoc.deliver.destination import Delayed, Scope
from pushdoc.journey import decisions
from pushdoc.log import configure
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

clients = st.sampled_from(CLIENTS)
numbers = st.integers(0, 99)


class Life(RuleBasedStateMachine):
    """One life of a firm with two clients."""

    #: Where it is lived; the same for all lives, because sets of paths have another order where the paths differ.
    folder: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder.mkdir()
        self.clock = PushedClock()
        self.service = Service(list(DOSSIERS), self.clock)
        self.firm = Firm(self.folder, self.clock, self.service, rules_text=RULE)
        self.firm.begin()
        self.desk = Desk(self.firm, self.service)

    def teardown(self) -> None:
        try:
            MortalLedger.left = float("inf")
            self.service.trouble = None
            self.service.script.clear()
            self.service.dossiers_kept = list(DOSSIERS)
            self.desk.close()
            bring_to_rest(self.firm, self.clock)
            self.desk.right()
            self.desk.settled()
            self.desk.lives()
        finally:
            self.firm.close()
            shutil.rmtree(self.folder)

    def _paper(self, number: int) -> Path:
        papers = self.desk.papers()
        return papers[number % len(papers)]

    # --- people

    @rule(client=clients, old=st.none() | numbers)
    def write(self, client: str, old: int | None) -> None:
        """A new file; `old` gives it a content that exists already."""
        contents = self.desk.contents()
        content = self.desk.new_content() if old is None or not contents else contents[old % len(contents)]
        self.desk.write(self.desk.new_path(client), content)

    @rule(client=clients)
    def begin(self, client: str) -> None:
        self.desk.begin(self.desk.new_path(client))

    @precondition(lambda self: self.desk.growing)
    @rule(number=numbers, finish=st.booleans())
    def go_on(self, number: int, *, finish: bool) -> None:
        path = self.desk.growing[number % len(self.desk.growing)]
        (self.desk.finish if finish else self.desk.go_on)(path)

    @rule(client=clients)
    def move_a_batch_in(self, client: str) -> None:
        self.desk.move_in(client, [self.desk.new_content(), self.desk.new_content()])

    @precondition(lambda self: self.desk.papers())
    @rule(number=numbers, how=st.sampled_from(["replace", "correct", "rename", "delete", "touch"]), client=clients)
    def change(self, number: int, how: str, client: str) -> None:
        self._change(self._paper(number), how, client)

    def _change(self, path: Path, how: str, client: str) -> None:
        match how:
            case "replace":
                self.desk.replace(path, self.desk.new_content())
            case "correct":
                self.desk.write(path, self.desk.new_content())
            case "rename":
                self.desk.rename(path, self.desk.new_path(client))
            case "delete":
                self.desk.delete(path)
            case _:
                self.desk.touch(path)

    @precondition(lambda self: State.NON_TRANSMIS in self.firm.states)
    @rule(number=numbers, force=st.booleans(), ack=st.booleans())
    def decide(self, number: int, *, force: bool, ack: bool) -> None:
        waiting = self.firm.ledger.in_states(State.NON_TRANSMIS)
        document = waiting[number % len(waiting)]
        if ack:
            decisions.acknowledge(self.firm.ledger, document, "vu")
        else:
            self.desk.retry(document, decisions.retry, force=force)

    # --- the service

    @rule(
        mood=st.sampled_from(["well", "down", "doubt, arrived", "doubt, lost", "refused", "no dossier", "unmapped"]),
    )
    def mood(self, mood: str) -> None:
        self.service.trouble = None
        self.service.dossiers_kept = list(DOSSIERS)
        turns: list[Turn] = []
        match mood:
            case "down":
                self.service.trouble = Delayed(Phrase("inqom.too_fast"))
            case "doubt, arrived":
                turns = [doubtful(arrived=True)]
            case "doubt, lost":
                turns = [doubtful(arrived=False)]
            case "refused":
                turns = [refused()]
            case "no dossier":
                turns = [delayed(Scope.DOSSIER, code="inqom.no_such_dossier", once=True)]
            case "unmapped":
                self.service.dossiers_kept = DOSSIERS[:1]
                self.firm.roll.refresh(self.service, self.firm.gate)
        self.service.next(*turns)

    @rule(number=numbers, how=st.sampled_from(["replace", "correct", "rename", "delete"]), end=st.booleans())
    def slow(self, number: int, how: str, *, end: bool) -> None:
        """While the next document is sent, or just after its last byte, somebody is at the files."""

        def meanwhile() -> None:
            self.clock.push(200)
            if self.desk.papers():
                self._change(self._paper(number), how, CLIENTS[0])

        self.service.next(delivered(at_the_end=meanwhile) if end else delivered(meanwhile=meanwhile))

    # --- pushdoc and time

    @rule(minutes=st.sampled_from([0, 2, 10]))
    def work(self, minutes: int) -> None:
        self.firm.work(hours=minutes / 60, step_s=60)

    @rule()
    def only_look(self) -> None:
        self.firm.look()

    @rule()
    def only_send(self) -> None:
        self.firm.send()

    @rule()
    def killed_between_steps(self) -> None:
        self.firm.restart()

    @rule(step=st.integers(1, 60), after=st.booleans())
    def killed_in_a_step(self, step: int, *, after: bool) -> None:
        self.firm.restart(ledger=MortalLedger)
        MortalLedger.left, MortalLedger.after = step, after
        try:
            self.firm.work()
        except KilledError:
            pass
        finally:
            MortalLedger.left = float("inf")
        self.firm.restart()

    @rule(arrived=st.booleans())
    def killed_while_sending(self, *, arrived: bool) -> None:
        die_while_sending(self.firm, self.service, arrived=arrived)

    @rule(seconds=st.sampled_from([10, 300, 7200]))
    def time_passes(self, seconds: int) -> None:
        self.clock.push(seconds)

    @rule(hours=st.sampled_from([-72, -1, 1, 72]))
    def the_hour_is_set(self, hours: int) -> None:
        self.clock._now += timedelta(hours=hours)

    @invariant()
    def nothing_is_lost_or_sent_twice(self) -> None:
        self.desk.right()


@pytest.fixture(autouse=True)
def _here(memory: Path) -> None:
    Life.folder = memory / "firm"


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    configure("error")  # each line would cost more than what it tells of
    yield
    structlog.reset_defaults()


@pytest.mark.timeout(0 if "PUSHDOC_LIVES" in os.environ else 300)
def test_whatever_happens_nothing_is_lost_and_nothing_is_sent_twice() -> None:
    long = os.environ.get("PUSHDOC_LIVES")  # docs/testing.md
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=int(long) if long else 50,
            stateful_step_count=60 if long else 30,
            derandomize=not long,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],  # to explain would double the time of a failure
            suppress_health_check=list(HealthCheck),
        ),
    )
