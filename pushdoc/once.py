"""One pass, for cron and for trying: look, wait until what lies there is whole, send what is due, end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.deliver.breaker import Standing
from pushdoc.states import State

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from pushdoc.house import House

#: `--wait` waits for what comes due within this time; what is due later is another day's work.
_HORIZON = timedelta(minutes=2)
#: A file that is still growing is waited for this many times its settling time, without `--wait`.
_PATIENCE = 3
_STEP_S = 0.5
_LEFT = State.WAITING, State.SENDING, State.DOUBTFUL


class Progress(NamedTuple):
    """How far a pass has come: documents done with, and documents known to it."""

    done: int
    known: int


def run_once(house: House, stop: threading.Event, tell: Callable[[Progress], None], *, wait: bool) -> None:
    """Make one complete pass.

    Without `wait`: what lies there now is taken as soon as it is whole, or surely stays unfinished, and everything that
    is due gets one attempt.
    With `wait`: until nothing is being written, sent, or due within the next minutes. `stop` ends it early; `tell`
    hears of progress.

    Raises:
        PushdocError: nothing can be done any more, as when the ledger's disk is full; the next pass goes on.
    """
    house.start()
    for branch in house.branches:
        house.roll.refresh(branch.destination, branch.gate)
        branch.couriers.call()
    house.intake.look_everywhere()
    house.intake.lasting.note()
    house.healing.heal()
    patience = _PATIENCE * max((rule.settle for rule in house.rules.rule), default=timedelta(0))
    deadline = house.clock.monotonic() + patience.total_seconds() + 1
    rescan = house.rules.watch.rescan.total_seconds()
    next_look = house.clock.monotonic() + rescan
    begun = _left(house)
    while not stop.is_set():
        for branch in house.branches:
            if stuck := branch.couriers.stuck_by():
                raise stuck
            branch.couriers.relieve()
        house.intake.look_at_ripe()
        if wait and house.clock.monotonic() >= next_look:
            next_look = house.clock.monotonic() + rescan
            house.intake.turn()
            house.intake.look_everywhere()
            house.healing.heal()
        for branch in house.branches:
            house.roll.refresh_if_due(branch.destination, branch.gate)
            if branch.inquiry.ask():
                house.succession.settle()
        left = _left(house)
        begun = max(begun, left)
        tell(Progress(begun - left, begun))
        patient = wait or house.clock.monotonic() < deadline or house.intake.unfinished
        growing = house.intake.next_ripe() is not None and patient
        idle = all(branch.couriers.wait_until_idle(0) for branch in house.branches)
        if idle and not growing and not (wait and _comes_due(house)):
            break
        ripe = house.intake.next_ripe()
        house.clock.wait(_STEP_S if ripe is None else max(0.05, min(ripe, _STEP_S)), stop)
    if not stop.is_set():
        _send_mails(house)


def _send_mails(house: House) -> None:
    """Tell what is in trouble, or no more, and the day's failures where that is due."""
    house.alerting.saw(house.intake)
    house.alerting.look(at_the_end=True)
    if house.mailing is not None:
        house.mailing.turn()


def _left(house: House) -> int:
    return sum(house.ledger.count(*_LEFT, destination=branch.destination.name) for branch in house.branches)


def _comes_due(house: House) -> bool:
    """Whether some document is sent or asked about before long, if things go as they should."""
    now = house.clock.now()
    for branch in house.branches:
        hour = house.ledger.next_hour(branch.destination.name)
        if hour is None or branch.gate.standing is Standing.DOWN:
            continue
        if max(hour, branch.gate.until or hour) <= now + _HORIZON:
            return True
    return False
