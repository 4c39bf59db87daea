"""Which watched folders a round may pass over: nothing changed there, and nothing there waits for us.

Stamps and events are hints, as all of `watch` is: every tenth round, and at least one within ten minutes, looks at
everything. That one finds what no stamp shows and whose event was lost: a file that was overwritten in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from pushdoc.watch import Look

_EVERY = 10
_WITHIN_S = 600.0


class Rounds:
    """What the last looks found, as far as the next round needs it. Moments are monotonic seconds."""

    def __init__(self) -> None:
        self._at_rest: set[Path] = set()
        self._since_full = 0
        self._full_at: float | None = None

    def full(self, now: float) -> bool:
        """Whether the next round is to look at everything."""
        return self._full_at is None or self._since_full >= _EVERY - 1 or now - self._full_at >= _WITHIN_S

    def begin(self, unchanged: AbstractSet[Path], now: float) -> Collection[Path]:
        """The folders that this round passes over, of those that are `unchanged` since the last one.

        A folder that is not among them must be seen before it is passed over again, whatever becomes of this round.
        """
        if self.full(now) or not unchanged:
            self._full_at, self._since_full = now, 0
            self._at_rest = set()
        else:
            self._since_full += 1
            self._at_rest &= unchanged
        return frozenset(self._at_rest)

    def saw(self, folder: Path, seen: Look) -> None:
        """What a look found: with trouble, marks or oddities, or folders that count too, it is always looked again."""
        if seen.trouble or seen.marks or seen.oddities or len(seen.folders) > 1:
            self._at_rest.discard(folder)
        else:
            self._at_rest.add(folder)

    def disturb(self, folders: Collection[Path]) -> None:
        """Something of ours has changed for these folders: they are looked at in the next round."""
        self._at_rest.difference_update(folders)

    def forget(self) -> None:
        """Whatever the looks found holds no more: the next round is a full one."""
        self._at_rest.clear()
        self._full_at = None
