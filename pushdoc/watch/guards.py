"""How missing folders are noticed when somebody makes them: by the folder above that is listened to in their place."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pushdoc.watch.spelling import composed

if TYPE_CHECKING:
    from pathlib import Path


class Guards:
    """Which wanted folders are missing, in which folder, and the name missing there; safe to use from all threads."""

    def __init__(self) -> None:
        # Held for a dictionary's time, never while calling anybody: the listening thread asks, too.
        self._lock = threading.Lock()
        self._missing: dict[Path, dict[str, set[Path]]] = {}
        self._posts: dict[Path, tuple[Path, str]] = {}  # the same by the wanted folder

    def post(self, wanted: Path, at: Path, name: str) -> Path | None:
        """The wanted folder is missing: `name` is looked out for at a folder; the folder where it was done before."""
        with self._lock:
            before = self._release(wanted)
            self._missing.setdefault(at, {}).setdefault(composed(name), set()).add(wanted)
            self._posts[wanted] = at, composed(name)
        return before

    def release(self, wanted: Path) -> Path | None:
        """The wanted folder is there, or wanted no more; the folder where it was looked out for, where it was."""
        with self._lock:
            return self._release(wanted)

    def posted(self, wanted: Path, at: Path, name: str) -> bool:
        """Whether a missing folder would be noticed if this name were made."""
        with self._lock:
            return self._posts.get(wanted) == (at, composed(name))

    def missing(self, wanted: Path) -> bool:
        """Whether a wanted folder is looked out for elsewhere, since it does not exist."""
        with self._lock:
            return wanted in self._posts

    def named(self, at: Path, name: str) -> set[Path]:
        """The wanted folders that are looked out for at a folder by this name."""
        with self._lock:
            return set(self._missing.get(at, {}).get(composed(name), ()))

    def beneath(self, *places: Path) -> set[Path]:
        """The wanted folders that are looked out for at some folders."""
        with self._lock:
            posts = self._missing.keys() & places if len(places) > 1 else places
            return set().union(*(group for at in posts for group in self._missing.get(at, {}).values()))

    def clear(self) -> None:
        """Look out for nothing."""
        with self._lock:
            self._missing.clear()
            self._posts.clear()

    def _release(self, wanted: Path) -> Path | None:
        at, name = self._posts.pop(wanted, (None, ""))
        if at is None:
            return None
        names = self._missing[at]
        names[name].discard(wanted)
        if not names[name]:
            del names[name]
        if not names:
            del self._missing[at]
        return at
