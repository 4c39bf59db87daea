"""The service's pace: so many requests in any one second, per account, then 429."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

REQUESTS_PER_SECOND = 15
"""Per (client id, username), all routes together. Source: Inqom's page on limits."""


class Pace:
    """A sliding window over the requests that were let through; refused ones do not fill it.

    Whether Inqom counts refused requests too is not said anywhere.
    """

    def __init__(self, limit: int | None = REQUESTS_PER_SECOND, window: float = 1.0) -> None:
        self.limit = limit
        self.refused = 0
        self._window = window
        self._passed: defaultdict[Hashable, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def admit(self, who: Hashable, arrived: float) -> bool:
        """Whether a request that arrived then (monotonic seconds) is within the pace of its account."""
        if self.limit is None:
            return True
        with self._lock:
            passed = self._passed[who]
            while passed and passed[0] <= arrived - self._window:
                passed.popleft()
            if len(passed) >= self.limit:
                self.refused += 1
                return False
            passed.append(arrived)
            return True
