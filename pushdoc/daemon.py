"""The hours and the threads of one house at work; `run` says when it begins and when it ends.

One thread looks at the folders, each destination has its couriers and one thread for questions, and APScheduler rings
at the hours. A hint, an hour or a signal only wakes somebody; what is to be done is found out from the folders and
the ledger.
"""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler

from pushdoc.bulletin import Bulletin
from pushdoc.errors import ConfigurationError
from pushdoc.journey.lasting import gathered
from pushdoc.ledger import RunNote
from pushdoc.log import logger
from pushdoc.monitoring import EVERY_S, Monitoring
from pushdoc.notify import notify, watchdog_s
from pushdoc.pulse import alive, beat, hanging
from pushdoc.watch import Arrivals, file_system_of, is_remote, next_rescan

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from pathlib import Path

    from pushdoc.house import Branch, House
    from pushdoc.signals import Signals

#: The longest that the looking thread rests: its heartbeat.
_REST_S = 5.0
#: Between two rounds of questions to a destination; each question has its own hour in the ledger.
_ASK_S = 2.0
#: Of many problems so many are left for `status`; their number is told to systemd.
_TOLD = 20
#: How long uploads that are under way may take to end; systemd's TimeoutStopSec must be longer.
GRACE_S = 20.0


class Daemon:
    """One house at work, from `begin` to `end`; `since` is when the process began."""

    def __init__(self, house: House, signals: Signals, since: datetime) -> None:
        self._house = house
        self._signals = signals
        self._bell = signals.bell
        self._left = threading.Event()
        self._woken: set[Path] = set()
        self._full = True
        self._arrivals = None if self._polls() else self._listening()
        self._since = since
        self._last_scan: datetime | None = None
        self._next_scan = house.clock.monotonic()
        # systemd wants to hear of us within this time; copying a large document to another disk is one step.
        self._patience = watchdog_s() / 2
        self._rest_s = min(_REST_S, watchdog_s() / 4)
        self._stuck: list[str] = []
        self._monitoring = Monitoring(house.rules, house.clock)
        self._scheduler = BackgroundScheduler(timezone=house.rules.zone)
        self._bulletin = Bulletin(house)
        self._askers = [
            threading.Thread(target=self._ask, args=(branch,), name=f"{branch.destination.name}-asks", daemon=True)
            for branch in house.branches
        ]

    def begin(self) -> None:
        """Take up what is in the ledger, and let everybody begin; who looks at the folders is the caller, by `round`.

        Raises:
            ConfigurationError: see `House.start`; nothing has begun then.
        """
        house, rules = self._house, self._house.rules
        logger().info("starting", pid=os.getpid(), ledger=rules.ledger.path, clients=len(house.roll.clients))
        house.start()
        if self._arrivals is not None:
            self._arrivals.start()
        hours = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        # At midnight the month, or the year, may turn: the new folders are watched from then on.
        self._scheduler.add_job(self._look_fully, "cron", hour=0, minute=0, second=0, **hours)
        if house.mailing is not None:
            at = rules.digest.at
            hour = {"hour": at.hour, "minute": at.minute, "second": at.second}
            self._scheduler.add_job(house.mailing.ring, "cron", **hour, **hours)
            self._askers.append(threading.Thread(target=house.mailing.work, name="mails", daemon=True))
        self._monitoring.begin()
        if self._monitoring.wanted:
            self._scheduler.add_job(self._monitoring.renew, "interval", seconds=EVERY_S, **hours)
        self._scheduler.start()
        for asker in self._askers:
            asker.start()
        self._note()
        self._bulletin.begin()

    def end(self) -> None:
        """Take up nothing new, let what is under way come to its end within the grace, and give everything back.

        Nothing happens the second time.
        """
        if self._left.is_set():
            return
        self._left.set()
        self._scheduler.shutdown(wait=False)
        if self._arrivals is not None:
            self._arrivals.stop()
        self._bulletin.end()
        self._house.close(GRACE_S, self._askers, self._give_sign_of_life)
        self._monitoring.end(running=not self._signals.stop.is_set())

    def _listening(self) -> Arrivals:
        return Arrivals(self._wake, self._look_fully, moved=self._house.intake.note_moved)

    def _polls(self) -> bool:
        mode = self._house.rules.watch.mode
        return mode == "polling" or (mode == "auto" and is_remote(file_system_of(self._house.rules.clients.root)))

    def round(self) -> None:
        """Look where something may have come, hand it on, and rest until the next reason to look."""
        with self._bell:
            woken, full = self._woken, self._full
            self._woken, self._full = set(), False
        try:
            regular = not full and self._house.clock.monotonic() >= self._next_scan
            self._look(woken, full=full or regular, regular=regular)
        except ConfigurationError:
            raise  # what cannot mend itself is not tried again
        except Exception as error:  # noqa: BLE001 -- the one broad except of the house: a bad round is not the last
            self._bulletin.stumbled = error
            logger().exception("round stumbled")
            self._signals.stop.wait(self._rest_s)
        for branch in self._house.branches:
            branch.couriers.relieve()
        self._rest()
        self._give_sign_of_life()

    def _rest(self) -> None:
        """Until somebody rings, a file may have become whole, or all folders are to be looked at again."""
        ripe = self._house.intake.next_ripe()
        rescan = self._next_scan - self._house.clock.monotonic()
        seconds = max(0.01, min(self._rest_s, rescan, self._rest_s if ripe is None else ripe))
        with self._bell:
            if not (self._woken or self._full or self._signals.stop.is_set() or self._signals.again.is_set()):
                self._bell.wait(seconds)

    def _give_sign_of_life(self) -> None:
        """Tell systemd that we get on, as long as everyone who sends and asks does; it starts us anew otherwise."""
        stuck = hanging(self._patience)
        if not stuck:
            notify("WATCHDOG=1")
        elif stuck != self._stuck:
            logger().error("threads hang", threads=", ".join(stuck))
        self._stuck = stuck

    def _look(self, woken: set[Path], *, full: bool, regular: bool) -> None:
        """Look everywhere, where it is `regular` not at what rests, or else at what was woken, and at what is ripe."""
        intake = self._house.intake
        if full:
            lookout = self._house.after.lookout
            begun, lost_s = self._house.clock.monotonic(), lookout.lost_s
            self._house.set_right()
            unchanged = self._listen()
            if intake.turn(unchanged):
                unchanged = self._listen()
            intake.look_everywhere(unchanged if regular else frozenset())
            for branch in self._house.branches:
                branch.sending.file_leftovers()
            self._house.succession.file_leftovers()
            self._house.healing.heal()
            self._last_scan = self._house.clock.now()
            self._house.alerting.saw(self._house.intake)
            ended = self._house.clock.monotonic()
            logger().debug(
                "looked everywhere", folders=len(intake.folders), listed=intake.listed, seconds=round(ended - begun, 3)
            )
            # Waiting for a share in trouble is not looking: it must not keep the others waiting longer still.
            took = max(0.0, ended - begun - (lookout.lost_s - lost_s))
            rest = next_rescan(self._house.rules.watch.rescan, timedelta(seconds=took))
            self._next_scan = ended + rest.total_seconds()
            self._note()
        elif woken:
            if self._arrivals is not None:
                self._arrivals.renew()
            intake.look_at(woken)
        intake.look_at_ripe()

    def _listen(self) -> AbstractSet[Path]:
        """Listen to all folders, before they are looked at; those where nothing has happened since they were."""
        if self._arrivals is None:
            return frozenset()
        folders = self._house.after.lookout.on_disks(self._house.intake.folders)
        return self._arrivals.watch(folders, self._house.clock.monotonic())

    def _ask(self, branch: Branch) -> None:
        with alive():
            self._ask_round_by_round(branch)

    def _ask_round_by_round(self, branch: Branch) -> None:
        """What is asked of one destination beside sending: the mapping, doubtful documents, delivered ones."""
        while not self._left.is_set():
            beat()
            try:
                settled = branch.inquiry.ask()
                if settled:
                    self._house.succession.settle()  # their rules may have changed since they were sent
                if self._house.roll.refresh_if_due(branch.destination, branch.gate) or settled:
                    branch.couriers.call()
                branch.inquiry.follow()
            except Exception:  # noqa: BLE001 -- as in `round`
                logger().exception("questions stumbled", destination=branch.destination.name)
            self._left.wait(_ASK_S)

    def _note(self) -> None:
        """Leave in the ledger what `status` tells of us."""
        problems = self._house.after.lookout.troubles()
        problems += [problem for problem in gathered(self._house.intake.problems) if problem not in problems]
        folders = len(self._house.intake.folders)
        polled = True
        if self._arrivals is not None:
            listening = self._arrivals.state()
            problems += listening.phrases()[1:]
            polled = listening.polled > 0
        now = self._house.clock.now()
        mode = "polling" if polled else "events"
        note = RunNote(os.getpid(), self._since, mode, folders, now, self._last_scan, problems[:_TOLD])
        self._house.ledger.notes.keep_run(note)
        self._house.intake.lasting.note()
        self._house.remember()
        self._bulletin.stumbled = None  # the ledger takes what is written

    def begin_again(self) -> None:
        """Somebody mended something: look everywhere, ask for a fresh mapping, probe what was in trouble."""
        for branch in self._house.branches:
            branch.gate.try_now()
            self._house.roll.grow_stale(branch.destination.name)
        self._house.after.lookout.gone.accept()
        self._look_fully()

    def _wake(self, folder: Path) -> None:
        with self._bell:
            self._woken.add(folder)
            self._bell.notify_all()

    def _look_fully(self) -> None:
        with self._bell:
            self._full = True
            self._bell.notify_all()
