"""The thread that tells at once: the alerts, and the line that `systemctl status` shows.

It has a thread of its own, so that trouble is told even while the looking waits for a share.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pushdoc.errors import PushdocError
from pushdoc.ledger import History
from pushdoc.log import logger
from pushdoc.notify import notify
from pushdoc.pulse import alive, beat
from pushdoc.tell import Reader
from pushdoc.tell.headline import headline

if TYPE_CHECKING:
    from pushdoc.house import House
    from pushdoc.words import Phrase

#: How soon trouble is seen, and how often the line may change, in seconds.
_EVERY_S = 5.0
#: At the start, until there is something to tell.
_FIRST_S = 0.5


class Bulletin:
    """Tells of one house, from `begin` to `end`."""

    def __init__(self, house: House) -> None:
        self._alerting = house.alerting
        self._clock = house.clock
        self._ledger = house.rules.ledger.path
        self._reader = Reader(house.rules.language, house.rules.zone)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._tell, name="alerts", daemon=True)
        self._said = ""
        #: Why the last round of looking came to nothing, where it did.
        self.stumbled: Exception | None = None

    def begin(self) -> None:
        """Tell, until `end`."""
        self._thread.start()

    def end(self) -> None:
        """Tell nothing more; what is being written down is."""
        self._left.set()
        if self._thread.is_alive():
            self._thread.join(2.0)

    def _tell(self) -> None:
        history = History.open(self._ledger)
        try:
            with alive():
                while not self._left.is_set():
                    beat()
                    self._say(history, self._look())
                    self._clock.wait(_FIRST_S if self._alerting.watched is None else _EVERY_S, self._left)
        finally:
            history.close()

    def _look(self) -> Phrase | None:
        """Look for trouble; what keeps us from writing it down, or anything else."""
        try:
            self._alerting.look()
        except PushdocError as error:
            return error.phrase
        except Exception:  # noqa: BLE001 -- as in the daemon's round: a bad one must not be the last
            if not self._left.is_set():
                logger().exception("alerts stumbled")
        return self.stumbled.phrase if isinstance(self.stumbled, PushdocError) else None

    def _say(self, history: History, fault: Phrase | None) -> None:
        """Leave the line with systemd, where it is another one."""
        try:
            counts, mails = history.counts(), history.outbox()
        except Exception:  # noqa: BLE001 -- the same
            return
        told = self._alerting
        line = headline(counts, told.lasting, self._reader, folders=told.watched, mails=mails, fault=fault)
        if line != self._said:
            self._said = line
            notify(f"STATUS={line}")
