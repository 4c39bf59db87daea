"""The running house: all that was built, how it begins and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.journey.owner import Owner, claim, write
from pushdoc.ledger import faults
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Thread

    from pushdoc.clock import Clock
    from pushdoc.deliver.courier import Couriers
    from pushdoc.deliver.destination import Destination
    from pushdoc.journey import Afterwards, Gate, Inquiry, Intake, Roll, Sending
    from pushdoc.journey.alerting import Alerting
    from pushdoc.journey.healing import Healing
    from pushdoc.journey.mailing import Mailing
    from pushdoc.journey.succession import Succession
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rules

#: No wait in the ledger is longer than this beyond the longest of the rules: a later hour comes from a clock that
# jumped.
_SLACK = timedelta(hours=2)


@dataclass(frozen=True)
class Branch:
    """One destination with all that serves it."""

    destination: Destination
    gate: Gate
    sending: Sending
    inquiry: Inquiry
    couriers: Couriers


@dataclass(frozen=True)
class House:
    """The running house; `close` ends it."""

    rules: Rules
    clock: Clock
    ledger: Ledger
    roll: Roll
    after: Afterwards
    intake: Intake
    branches: tuple[Branch, ...]
    succession: Succession
    healing: Healing
    alerting: Alerting
    mailing: Mailing | None = None  # None where the rules name no mail server

    def start(self) -> None:
        """Make sure that everything is ours and sound, take up what an earlier run left, and let the couriers begin.

        Raises:
            ConfigurationError: the clients' folders belong to another ledger, or this one is an old copy or damaged.
        """
        # Where the clients' folders are away now, they are claimed when they are there.
        self.intake.claim = lambda: claim(self.rules.clients.root, self._ourselves())
        self.intake.find_root()
        path = self.rules.ledger.path
        if not self.ledger.notes.begin() and (found := faults(path, quick=True)):
            raise ConfigurationError(Phrase("ledger.unsound", {"path": str(path), "said": found[0]}))
        self.set_right()
        for branch in self.branches:
            branch.sending.recover()
            branch.gate.try_now()
        self.succession.settle()
        for branch in self.branches:
            branch.couriers.start()

    def set_right(self) -> None:
        """Bring back what a clock that jumped has sent into a far future (`Ledger.set_right`)."""
        longest = max(self.rules.retry.longest, *self.rules.retry.asking) + _SLACK
        for branch in self.branches:
            self.ledger.set_right(branch.destination.name, longest)

    def remember(self) -> None:
        """Leave in the clients' folders how far our history has come (`journey.owner`)."""
        if not self.intake.away:
            write(self.rules.clients.root, self._ourselves())

    def _ourselves(self) -> Owner:
        notes = self.ledger.notes
        return Owner.here(notes.identity(), self.rules.ledger.path, notes.length())

    def close(
        self, seconds: float = 20.0, askers: Sequence[Thread] = (), meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """Take up nothing new, give what is under way so many seconds, then cut it off and give everything back.

        What is cut off before its last bytes left is sent again at the next start; what was cut off after is asked
        about. `askers` are the threads that put questions to the destinations and hand over mails, and end by
        themselves; `meanwhile` is called every second.
        """
        deadline = self.clock.monotonic() + seconds
        if self.mailing is not None:
            self.mailing.leave()
        for branch in self.branches:
            branch.gate.shut()
            branch.couriers.stop(0)  # all of them first, so that none takes up something new meanwhile
        for branch in self.branches:
            while not branch.couriers.stop(max(0.0, min(1.0, deadline - self.clock.monotonic()))):
                meanwhile()
                if self.clock.monotonic() >= deadline:
                    break
        for branch in self.branches:
            branch.destination.close()
        for branch in self.branches:
            branch.couriers.stop(2.0)
        for asker in askers:
            asker.join(max(2.0, deadline - self.clock.monotonic()))
        self.after.lookout.close()
        self.remember()
        self.ledger.notes.end()
        self.ledger.close()

    def abandon(self) -> None:
        """Give everything back where `start` failed: nothing was begun, and nothing is written down."""
        for branch in self.branches:
            branch.destination.close()
        self.after.lookout.close()
        self.ledger.close()
