"""`pushdoc run`, from the first signal to the last: one house after the other, as the rules change.

A house is built from one plan and never changes. For other rules it is closed in good order, as at an end, and the
next one is built in its place: what was in the middle is found in the ledger, as after any start. The caller holds the
ledger all the while, and systemd hears of a reload, not of an end.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from pushdoc.daemon import Daemon
from pushdoc.errors import PushdocError
from pushdoc.garbage import lasting
from pushdoc.log import configure, logger
from pushdoc.notify import notify
from pushdoc.reload import Reload
from pushdoc.wiring import build

if TYPE_CHECKING:
    from pushdoc.clock import Clock
    from pushdoc.house import House
    from pushdoc.reload import Decree
    from pushdoc.signals import Signals
    from pushdoc.wiring import Plan


class Run:
    """A pushdoc at work until it is told to stop."""

    def __init__(self, plan: Plan, signals: Signals, clock: Clock, level: str | None = None) -> None:
        """Build the first house; `level` is how much is logged whatever the rules say."""
        self._level = level
        self._signals = signals
        self._clock = clock
        self._since = clock.now()
        self._reload = Reload(plan, clock)
        self._house, self._daemon = self._opened(plan)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, then end what is under way and come back; a second signal ends at once.

        Raises:
            PushdocError: something that does not mend itself; what was under way has ended all the same.
        """
        notify("READY=1")
        try:
            while not self._signals.stop.is_set():
                if self._signals.again.is_set():
                    self._signals.again.clear()
                    self._begin_again()
                else:
                    self._daemon.round()
        finally:
            notify("STOPPING=1")
            logger().info("stopping")
            self._daemon.end()
            logger().info("stopped")

    def _begin_again(self) -> None:
        """Somebody changed or mended something: work by other rules, or look everywhere and probe what is in trouble.

        Source: sd_notify(3): RELOADING=1 comes with the time of the monotonic clock and is answered by READY=1.
        """
        notify(f"RELOADING=1\nMONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")
        try:
            found = self._reload.read(self._house.ledger.notes)
        except Exception:  # noqa: BLE001 -- whatever is wrong with the new rules, the old ones go on
            logger().exception("rules could not be read anew")
            found = None
        if found is None:
            self._daemon.begin_again()
        else:
            self._move(found)
        notify("READY=1")

    def _move(self, found: Decree) -> None:
        """Close this house and begin in one of other rules; in one of the old rules where that cannot be had."""
        plan = found.plan
        logger().info("rules have changed", rules=len(plan.rules.rule), clients=len(plan.enabled))
        self._daemon.end()
        if self._signals.stop.is_set():
            return
        try:
            self._house, self._daemon = self._opened(plan)
        except PushdocError as error:
            # Not by the rules themselves: a secret that went meanwhile, a full disk.
            self._house, self._daemon = self._opened(self._reload.in_force.plan)
            self._reload.refuse(error, self._house.ledger.notes)
        else:
            self._reload.in_force = found
        # The old house was frozen with all else (`_opened`): it is let go of.
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _opened(self, plan: Plan) -> tuple[House, Daemon]:
        configure(self._level or plan.rules.log.level, plan.rules.log.format)
        with lasting():
            house = build(plan, self._clock)
            try:
                daemon = Daemon(house, self._signals, self._since)
                daemon.begin()
            except PushdocError:
                house.abandon()
                raise
            return house, daemon
