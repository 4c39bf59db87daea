"""Mounts beneath the root that are gone: a client's share that is not mounted shows an empty folder, and says nothing.

What lay there is away until something is mounted there again, or until a person says that it is to be so (a reload, a
restart).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.watch.mounts import mount_of, mounts
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pushdoc.watch.mounts import Mount


class Unmounted:
    """What was mounted beneath a root and is not any more. Places are paths without links in them."""

    def __init__(self) -> None:
        self._beneath: tuple[Mount, ...] = ()
        self._since: dict[str, datetime] = {}

    def __bool__(self) -> bool:
        """Whether anything is; asked at every look."""
        return bool(self._since)

    def renew(self, beneath: Sequence[Mount], now: datetime) -> None:
        """These are mounted beneath the root now."""
        points = {mount.point for mount in beneath}
        for point in {mount.point for mount in self._beneath} - points:
            self._since.setdefault(point, now)
        for point in points & self._since.keys():
            del self._since[point]
        self._beneath = tuple(beneath)

    def accept(self) -> None:
        """What is not mounted any more is not meant to be."""
        self._since.clear()

    def above(self, place: str) -> Phrase | None:
        """What is said of a place where nothing is mounted any more; None of any other."""
        for point, since in self._since.items():
            if (place + "/").startswith(point + "/"):
                return Phrase("watch.unmounted", {"path": point, "since": since.isoformat()})
        return None

    def since_then(self, place: str) -> bool:
        """Whether the mount that a place lay on has gone since the last `renew`; asked of the system anew."""
        before = mount_of(place, self._beneath)
        return bool(before.point) and mount_of(place, mounts()).point != before.point

    @property
    def phrases(self) -> list[Phrase]:
        """One for each mount that is gone."""
        return [found for point in self._since if (found := self.above(point)) is not None]
