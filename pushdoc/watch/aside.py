"""Folders that hung while their share answered: left alone for a while, and each time for twice as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds.
_FIRST_S, _LONGEST_S = 60.0, 3600.0


class _Rest(NamedTuple):
    until: float
    seconds: float


class Aside:
    """Moments are seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._rests: dict[Path, _Rest] = {}

    def has(self, folder: Path, now: float) -> bool:
        """Whether a folder is to be left alone now."""
        return (rest := self._rests.get(folder)) is not None and now < rest.until

    def put(self, folder: Path, now: float) -> None:
        """It hung, again perhaps."""
        known = self._rests.get(folder)
        seconds = min(2 * known.seconds, _LONGEST_S) if known else _FIRST_S
        self._rests[folder] = _Rest(now + seconds, seconds)

    def take_back(self, folder: Path) -> None:
        """It answered."""
        self._rests.pop(folder, None)
