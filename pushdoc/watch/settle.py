"""When a file is whole: it has been seen unchanged, by our own clock, for as long as its rule says.

Modification times are compared, never believed: a slow copy may bear an old one. What would have to ask the file
itself (has somebody still got it open? does its format say that it ends here?) is asked of settled files by the
caller, who answers `again`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import timedelta
    from pathlib import Path

    from pushdoc.document import Identity
    from pushdoc.watch.scan import Sighting

_ANSWER_S = 1.0


@dataclass(frozen=True, slots=True)
class _Quiet:
    """A file since it last changed; `held` where no passing of time settles it; `settle` in seconds."""

    identity: Identity
    since: float
    settle: float
    held: bool
    told: bool = False

    @property
    def whole_at(self) -> float | None:
        return None if self.held or self.told else self.since + self.settle


class Settling:
    """What every look saw, folder by folder, and what of it has settled. Moments are monotonic seconds."""

    def __init__(self) -> None:
        self._folders: dict[Path, dict[Path, _Quiet]] = {}
        # When a folder's next file may settle; sometimes too early (a file was forgotten), which costs one look.
        self._waiting: dict[Path, float] = {}

    def see(self, folder: Path, sightings: Iterable[Sighting], now: float, settle: timedelta) -> list[Sighting]:
        """Those of the sightings that have settled since the last look, in the order given.

        An empty file never settles, nor one that an office program has open. A file that changes starts again; one
        that is not among the sightings any more is forgotten. A settled file is told once, unless it changes or
        `again` asks for it.
        """
        before = self._folders.get(folder, {})
        after: dict[Path, _Quiet] = {}
        settled = []
        for seen in sightings:
            known = before.get(seen.path)
            if known is None or known.identity != seen.identity:
                known = _Quiet(seen.identity, now, settle.total_seconds(), held=True)
            if not known.told:
                held = seen.lock is not None or seen.identity.size == 0
                known = replace(known, settle=settle.total_seconds(), held=held)
                if known.whole_at is not None and known.whole_at <= now:
                    known = replace(known, told=True)
                    settled.append(seen)
            after[seen.path] = known
        self._keep(folder, after)
        return settled

    def lost_sight(self, folder: Path, now: float) -> None:
        """The folder could not be read: nothing is forgotten, but what waits there waits its whole time again."""
        files = self._folders.get(folder, {})
        self._keep(folder, {path: file if file.told else replace(file, since=now) for path, file in files.items()})

    def again(self, folder: Path, path: Path, now: float) -> None:
        """The file is not whole after all, or could not be taken: it is told again after a whole quiet time."""
        if file := self._folders.get(folder, {}).get(path):
            self._folders[folder][path] = replace(file, since=now, told=False)
            self._waiting[folder] = min(now + file.settle, self._waiting.get(folder, now + file.settle))

    def forget(self, folder: Path, path: Path) -> None:
        """The file was taken away from here: whatever bears its name next is a new one."""
        self._folders.get(folder, {}).pop(path, None)

    def due(self, now: float) -> float | None:
        """When the next file may settle (at the earliest now), or None where no passing of time settles any."""
        return max(now, min(self._waiting.values())) if self._waiting else None

    def ripe(self, now: float) -> list[Path]:
        """The folders to be looked at now, because a file there may have settled.

        Each is to be answered by `see` or, where it cannot be read, by `lost_sight`; one that is not, for whatever
        reason, is named again a second later, so that who sleeps until `due` never runs in circles.
        """
        ripe = [folder for folder, at in self._waiting.items() if at <= now]
        self._waiting.update(dict.fromkeys(ripe, now + _ANSWER_S))
        return ripe

    def only(self, folders: Collection[Path]) -> None:
        """Forget all folders but these: the others are watched no longer (the month has turned)."""
        for folder in self._folders.keys() - set(folders):
            self._keep(folder, {})

    def _keep(self, folder: Path, files: dict[Path, _Quiet]) -> None:
        self._folders.pop(folder, None)
        self._waiting.pop(folder, None)
        if files:
            self._folders[folder] = files
        if moments := [file.whole_at for file in files.values() if file.whole_at is not None]:
            self._waiting[folder] = min(moments)
