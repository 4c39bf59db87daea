"""Files that came by a rename: what bears its name at once was written under another, and may be whole already.

A hint like all events: where it is missing, or came too late, the file waits its whole settle time.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: So many are remembered; of a flood the latest.
_MOST = 10_000


class Moved:
    """The paths that files were moved to, until the next look at their folder; safe to use from all threads."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, dict[Path, None]] = {}
        self._count = 0
        self._lock = threading.Lock()

    def note(self, path: Path) -> None:
        """A file was renamed to this path; said before its folder is woken."""
        with self._lock:
            paths = self._by_folder.setdefault(path.parent, {})
            self._count += path not in paths
            paths[path] = None
            if self._count > _MOST:
                self._drop_one()

    def take(self, folder: Path, *, deep: bool) -> frozenset[Path]:
        """The paths in a folder, with `deep` also in those beneath it, that were noted since this was last asked.

        Asked before the look: what is noted meanwhile is for the next one.
        """
        with self._lock:
            found = [folder]
            if deep:  # few folders are; all that were noted are gone through for each of them
                found += [each for each in self._by_folder if folder in each.parents]
            taken = frozenset(path for each in found for path in self._by_folder.pop(each, ()))
            self._count -= len(taken)
        return taken

    def _drop_one(self) -> None:
        oldest = next(iter(self._by_folder))
        paths = self._by_folder[oldest]
        del paths[next(iter(paths))]
        self._count -= 1
        if not paths:
            del self._by_folder[oldest]
