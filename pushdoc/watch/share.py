"""One share, looked at by scouts: whether it answers, since when it does not, and never more than two scouts on it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from pushdoc.watch.scout import HangsError, LostError, Scout
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from datetime import datetime

    from pushdoc.clock import Clock
    from pushdoc.watch.errands import Errand
    from pushdoc.watch.launcher import Launcher
    from pushdoc.watch.root import Sight

_Answer = TypeVar("_Answer")

#: An answer is believed for so many seconds; then a share is asked again before anybody reads from it.
_FRESH_S = 5.0
#: A share that hangs is asked anew after so many seconds; the first question may have been lost for ever.
_AGAIN_S = 60.0


class Share:
    """Scouts on one mounted share; `probe` is the least that can be asked of it. For any number of threads.

    A scout that hangs is killed and another one asks the `probe`. Where that hangs, too, everybody is told so at once,
    until it is answered. A killed scout may be stuck in the kernel: then it is left behind, and while one is, no other
    is killed. So there are two at most.
    """

    def __init__(self, probe: Errand[Sight], clock: Clock, patience: float, launcher: Launcher) -> None:
        self.probe = probe
        self._clock = clock
        self._launcher = launcher
        self._patience = patience
        self._lock = threading.Lock()
        self._scout: Scout | None = None
        self._behind: list[Scout] = []
        self._asked_at = 0.0
        self.hanging_since: datetime | None = None
        self.trouble: Phrase | None = None  # what it answered instead when it was last asked whether it does

    def run(self, errand: Errand[_Answer]) -> _Answer:
        """The answer.

        Raises:
            HangsError: the share hangs (`hanging_since`), or what was asked of it does.
            LostError: scouts end without an answer.
            OSError: no scout can be started.
        """
        with self._lock:
            if self._still_hangs():
                raise HangsError
            try:
                return self._sent().run(errand, self._patience)
            except LostError:
                self._dismiss()
                return self._sent().run(errand, self._patience)
            except HangsError:
                self._find_out()
                raise

    def answers(self) -> bool:
        """Whether the share answers, by what was heard of it a moment ago or by asking."""
        scout = self._scout
        if self.hanging_since is None and scout and self._clock.monotonic() - scout.heard_at < _FRESH_S:
            return True
        try:
            self.trouble = self.run(self.probe).trouble
        except HangsError:  # once: another scout may have been answered since
            return self.hanging_since is None
        except (LostError, OSError):
            return False
        return self.trouble is None

    def hanging(self, point: str) -> Phrase:
        """What is said of it where it hangs, mounted at a point."""
        since = self.hanging_since
        return Phrase("watch.hanging", {"path": point, "since": since.isoformat() if since else None})

    def close(self) -> None:
        """Send nobody any more; who is stuck is left behind."""
        with self._lock:
            self._dismiss()

    @property
    def left_behind(self) -> int:
        """How many scouts are stuck in the kernel."""
        self._behind = [scout for scout in self._behind if not scout.ended]
        return len(self._behind)

    def _sent(self) -> Scout:
        self._scout = self._scout or Scout(self._clock, self._launcher)
        return self._scout

    def _dismiss(self) -> None:
        if self._scout:
            self._scout.end()
            if not self._scout.ended:
                self._behind.append(self._scout)
        self._scout = None

    def _find_out(self) -> None:
        """Something hangs: is it the whole share?"""
        if self.left_behind or not self._probed(self._patience):
            self.hanging_since = self._clock.now()
            self._asked_at = self._clock.monotonic()

    def _still_hangs(self) -> bool:
        if self.hanging_since is None:
            return False
        try:
            answered = self._scout is not None and self._scout.answered(0)
        except LostError:
            answered = self._probed(0)
        if not answered and self._clock.monotonic() - self._asked_at > _AGAIN_S and not self.left_behind:
            answered = self._probed(0)
            self._asked_at = self._clock.monotonic()
        if answered:
            self.hanging_since = None
        return not answered

    def _probed(self, patience: float) -> bool:
        """Whether another scout's probe is answered within our patience."""
        self._dismiss()
        try:
            self._sent().send(self.probe)
            return self._sent().answered(patience)
        except (LostError, OSError):
            return False
