"""Looks that come back: at folders of this machine's disks directly, at those on shares by scouts with a time limit.

One share that hangs stops nobody who works elsewhere, and is asked once and not for each of its folders.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pushdoc.watch.aside import Aside
from pushdoc.watch.errands import LookErrand, SightErrand, SpellErrand
from pushdoc.watch.launcher import Launcher
from pushdoc.watch.mounts import Mount, is_remote, mount_of, mounts, real_place
from pushdoc.watch.root import Sight, sight
from pushdoc.watch.scan import Look, look
from pushdoc.watch.scout import HangsError, LostError
from pushdoc.watch.share import Share
from pushdoc.watch.spelling import spelt
from pushdoc.watch.unmounted import Unmounted
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import PurePosixPath

    from pushdoc.clock import Clock
    from pushdoc.watch.errands import Errand

_Answer = TypeVar("_Answer")
_PATIENCE = timedelta(seconds=10)
#: An error that took longer than this was waited for: with the next folder it would be so again.
_WAITED_S = 1.0
#: A share that makes us wait for errors is not asked again for so many seconds.
_AWAY_S = 30.0


@dataclass(frozen=True, slots=True)
class _Away:
    """A share whose every answer is an error that was waited for: not to be asked before `until`."""

    until: float
    error: object


class Lookout:
    """Looks beneath one root; `sign` is the name of the hidden file by which the root is known.

    `apart` sends scouts everywhere, or nowhere, whatever the file systems. `answers` is for all threads, the rest is
    for one.
    """

    def __init__(
        self, root: Path, clock: Clock, sign: str, *, patience: timedelta = _PATIENCE, apart: bool | None = None
    ) -> None:
        self._root = root
        self._clock = clock
        self._sign = sign
        self._patience = patience.total_seconds()
        self._apart = apart
        self._lock = threading.Lock()
        self._launcher = Launcher()
        self._mounted: tuple[Mount, ...] | None = None
        self._near: tuple[Mount, ...] = ()  # the mounts that folders beneath the root can lie on
        self.gone = Unmounted()  # what was mounted beneath the root and is no more
        self._remote_near = False  # whether any of them is a share
        self._real = ""
        self._shares: dict[Mount, Share] = {}
        self._aside = Aside()
        self._away: dict[Share, _Away] = {}
        self.lost_s = 0.0  # seconds that were spent on waiting for shares in trouble, since the start

    def sight(self) -> Sight:
        """What is seen of the root (`root.sight`), on whatever is mounted there by now; to begin every look with."""
        self._renew()
        share = self._share_of(self._root)
        if share is None:
            return sight(self._root, self._sign)
        begun = self._clock.monotonic()
        try:
            seen = share.run(SightErrand(self._root, self._sign))
        except (HangsError, LostError, OSError) as error:
            seen = Sight(trouble=self._trouble(self._root, share, error))
        if seen.trouble is not None:
            self.lost_s += self._clock.monotonic() - begun
        return seen

    def look(self, folder: Path, *, subfolders: bool = False, exclude: Collection[Path] = ()) -> Look:
        """What lies in a drop folder now (`scan.look`); where that cannot be found out in time, the trouble says so."""
        if self.gone and (gone := self.gone.above(self._place(folder))) is not None:
            return Look(folder, there=False, trouble=gone)
        share = self._share_of(folder)
        if share is None:
            return look(self._root, folder, subfolders=subfolders, exclude=exclude)
        begun = self._clock.monotonic()
        seen = self._look_on(share, folder, subfolders=subfolders, exclude=exclude)
        if seen.trouble is not None:
            self.lost_s += self._clock.monotonic() - begun
        return seen

    def _look_on(self, share: Share, folder: Path, *, subfolders: bool, exclude: Collection[Path]) -> Look:
        begun = self._clock.monotonic()
        if self._aside.has(folder, begun):
            return Look(folder, there=False, trouble=Phrase("watch.folder_hangs", {"path": str(folder)}))
        if (away := self._away.get(share)) and begun < away.until:
            trouble = Phrase("watch.away", {"path": str(folder), "error": away.error})
            return Look(folder, there=False, trouble=trouble)
        try:
            seen = share.run(LookErrand(self._root, folder, subfolders, tuple(exclude)))
        except (HangsError, LostError, OSError) as error:
            if share.hanging_since is None:
                self._aside.put(folder, self._clock.monotonic())
            return Look(folder, there=False, trouble=self._trouble(folder, share, error))
        if seen.trouble is not None and self._clock.monotonic() - begun > _WAITED_S:
            self._blame(share, folder)
        else:
            self._aside.take_back(folder)
        return seen

    def spelt(self, relatives: Sequence[PurePosixPath]) -> list[Path]:
        """The paths on disk (`spelling.spelt`); as they were written where that cannot be found out in time."""
        self._renew()
        share = self._share_of(self._root)
        if share is None:
            return spelt(self._root, relatives)
        try:
            return share.run(SpellErrand(self._root, tuple(relatives)))
        except (HangsError, LostError, OSError):
            return [self._root / relative for relative in relatives]

    def ask(self, path: Path, errand: Errand[_Answer]) -> _Answer | Phrase:
        """What is found out at a path beneath the root; the trouble where that cannot be done in time."""
        share = self._share_of(path)
        if share is None:
            return errand.run(lambda: None)
        try:
            return share.run(errand)
        except (HangsError, LostError, OSError) as error:
            return self._trouble(path, share, error)

    def on_disks(self, folders: Iterable[Path]) -> list[Path]:
        """Those of the folders that can be listened to, and asked without a limit: they lie on no share."""
        return [folder for folder in folders if self._share_of(folder) is None]

    def share(self, path: Path) -> str | None:
        """Where the share that a path beneath the root lies on is mounted; None on a disk."""
        return None if self._share_of(path) is None else mount_of(self._place(path), self._near).point

    def answers(self, path: Path) -> bool:
        """Whether the disk or share that a path lies on answers: to be asked before anything is read there."""
        if self.gone and self.gone.above(self._place(path)) is not None:
            return False
        share = self._share_of(path)
        if share is None:
            return True
        if (away := self._away.get(share)) and self._clock.monotonic() < away.until:
            return False
        if share.answers():
            return True
        if share.trouble is not None:
            self._leave_alone(share, share.trouble)
        return False

    def troubles(self) -> list[Phrase]:
        """The shares that hang or are not mounted any more, one phrase a share."""
        hanging = [share.hanging(mount.point) for mount, share in list(self._shares.items()) if share.hanging_since]
        return hanging + self.gone.phrases

    def disks(self, folders: Iterable[Path]) -> dict[str, Path]:
        """The disks and shares that folders beneath the root lie on: a place on each, by where it is mounted."""
        real, (above, *beneath) = self._real, self._near or (Mount("", ""),)
        found = {mount_of(self._place(folder), beneath).point for folder in folders} - {""} if beneath else set()
        return {above.point: self._root} | {point: self._root / point[len(real) :].lstrip("/") for point in found}

    def unmounted(self, path: Path) -> bool:
        """Whether what a path lay on is not mounted any more, by now: then nothing there was taken away by anybody."""
        place = self._place(path)
        return self.gone.since_then(place) or self.gone.above(place) is not None

    def close(self) -> None:
        """Send nobody any more."""
        with self._lock:
            shares, self._shares = self._shares, {}
        for share in shares.values():
            share.close()
        self._launcher.close()

    def _renew(self) -> None:
        """Find out what is mounted; a share that was mounted anew is another one, and its past is forgotten."""
        mounted = mounts()
        if mounted == self._mounted:
            return
        real = str(real_place(self._root, mounted))
        above = mount_of(real, mounted)
        near = (above, *(mount for mount in mounted if mount.point.startswith(real.rstrip("/") + "/")))
        with self._lock:
            self._mounted, self._real, self._near = mounted, real, near
            self._remote_near = any(is_remote(mount.type) for mount in near)
            gone = [self._shares.pop(mount) for mount in self._shares.keys() - set(near)]
        self.gone.renew(near[1:], self._clock.now())
        for share in gone:
            self._away.pop(share, None)
            share.close()

    def _share_of(self, path: Path) -> Share | None:
        """The share that a path beneath the root lies on; None on a disk, which is looked at directly."""
        if not self._shares_near():
            return None
        with self._lock:
            mount = mount_of(self._place(path), self._near)
            if not (self._apart or is_remote(mount.type)):
                return None
            if mount not in self._shares:
                probe = SightErrand(Path(mount.point), self._sign)
                self._shares[mount] = Share(probe, self._clock, self._patience, self._launcher)
            return self._shares[mount]

    def _place(self, path: Path) -> str:
        """Where a path beneath the root really is, whatever links lead to the root."""
        return self._real + str(path)[len(str(self._root)) :]

    def _shares_near(self) -> bool:
        """Whether any folder beneath the root may lie on a share."""
        if self._mounted is None:
            self._renew()
        return self._remote_near if self._apart is None else self._apart

    def _blame(self, share: Share, folder: Path) -> None:
        """An error was waited for: is it the whole share's, so that nobody waits for each of its folders?"""
        try:
            trouble = share.run(share.probe).trouble
        except (HangsError, LostError, OSError):
            return  # it hangs by now, and says so itself
        if trouble is None:
            self._aside.put(folder, self._clock.monotonic())
        else:
            self._leave_alone(share, trouble)

    def _leave_alone(self, share: Share, trouble: Phrase) -> None:
        self._away[share] = _Away(self._clock.monotonic() + _AWAY_S, trouble.values.get("error", "?"))

    def _trouble(self, path: Path, share: Share, error: Exception) -> Phrase:
        if share.hanging_since is not None:
            return share.hanging(str(self.share(path)))
        if isinstance(error, HangsError):
            return Phrase("watch.folder_hangs", {"path": str(path)})
        return Phrase("watch.no_scout", {"path": str(path), "said": str(error) or type(error).__name__})
