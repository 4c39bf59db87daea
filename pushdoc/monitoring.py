"""Numbers for monitoring while pushdoc works: in the file, at the port that the rules want, or nowhere.

Monitoring is a guest in the house: a file that cannot be written or a port that somebody else has is told once in the
log, tried again, and keeps no document waiting.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError, PushdocError
from pushdoc.ledger import Numbers
from pushdoc.log import logger
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.clock import Clock
    from pushdoc.rules import Rules
    from pushdoc.tell.metrics.numbers import Surroundings
    from pushdoc.tell.metrics.prometheus import Metrics
    from pushdoc.tell.metrics.scrapes import Scrapes

#: Between two writings of the file, in seconds.
EVERY_S = 30
#: How long the end waits for a disk that does not answer.
_PATIENCE_S = 2.0


def wanted(rules: Rules) -> bool:
    """Whether the rules want numbers told.

    Raises:
        ConfigurationError: they do, and the library for it is not installed.
    """
    if rules.metrics.file is None and rules.metrics.port is None:
        return False
    if find_spec("prometheus_client") is None:
        raise ConfigurationError(Phrase("metrics.no_library"))
    return True


class Monitoring:
    """What tells the numbers of one house, from `begin` to `end`; safe to use from several threads."""

    def __init__(self, rules: Rules, clock: Clock) -> None:
        self.wanted = wanted(rules)
        self._rules = rules
        self._clock = clock
        self._running = True
        self._ended = False
        self._numbers: Numbers | None = None
        self._scrapes: Scrapes | None = None
        self._told: set[str] = set()
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Open the port, and write the file for the first time; the ledger is there."""
        if self.wanted:
            with self._lock:
                self._numbers = Numbers.open(self._rules.ledger.path)
            self.renew()

    def renew(self) -> None:
        """Write the file anew, and try again to get the port where it could not be had."""
        with self._lock:
            if self._numbers is not None:
                metrics = self._metrics(self._numbers)
                self._write(metrics)
                self._open(metrics)

    def end(self, *, running: bool) -> None:
        """Give the port back, and write the file for the last time; `running` where another house follows.

        `once` calls nothing else: it has no port. Nothing happens the second time.
        """
        if not self.wanted or self._ended or not self._lock.acquire(timeout=_PATIENCE_S):
            return
        try:
            if self._scrapes is not None:
                self._scrapes.close()
            numbers = self._numbers or Numbers.open(self._rules.ledger.path)
            self._running = running
            self._write(self._metrics(numbers))
            numbers.close()
        except PushdocError as error:
            self._fails("metrics cannot be written", path=self._rules.metrics.file, reason=error.phrase)
        finally:
            self._scrapes, self._numbers, self._ended = None, None, True
            self._lock.release()

    def _metrics(self, numbers: Numbers) -> Metrics:
        # Only where numbers are wanted: the library is an extra, and fills a megabyte.
        from pushdoc.tell.metrics.prometheus import Metrics  # noqa: PLC0415

        return Metrics(numbers, self._rules.ledger.path, self._around)

    def _around(self) -> Surroundings:
        from pushdoc.tell.metrics.numbers import Surroundings  # noqa: PLC0415

        rules = tuple(rule.name for rule in self._rules.rule)
        return Surroundings(rules, tuple(self._rules.destination), self._running, self._clock.now())

    def _write(self, metrics: Metrics) -> None:
        file = self._rules.metrics.file
        if file is None:
            return
        try:
            metrics.write(file)
        except PushdocError as error:
            self._fails("metrics cannot be written", path=file, reason=error.phrase)
        except OSError as error:
            self._fails("metrics cannot be written", path=file, reason=error.strerror or error)
        else:
            self._told.discard("metrics cannot be written")

    def _open(self, metrics: Metrics) -> None:
        port = self._rules.metrics.port
        if port is None or self._scrapes is not None:
            return
        from pushdoc.tell.metrics.scrapes import Scrapes  # noqa: PLC0415

        try:
            self._scrapes = Scrapes(port, metrics)
        except OSError as error:
            self._fails("metrics port cannot be had", port=port, reason=error.strerror or error)
        else:
            logger().info("metrics port opened", port=port)

    def _fails(self, event: str, **fields: object) -> None:
        """Once, until it works again."""
        if event not in self._told:
            self._told.add(event)
            logger().warning(event, **fields)
