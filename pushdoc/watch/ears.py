"""What is listened to: the folders, each with its stamp, and the hearing that may have to be begun anew."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.watch.place import bears, same_folder, stamp_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pushdoc.watch.hearing import Hearing
    from pushdoc.watch.place import Place, Stamp

#: So long must a folder's stamp have rested when it is listed for the listing to prove anything. The coarsest clock of
# a file system, FAT's, ticks every two seconds; the rest is for a round that is slow to come to the folder.
_RESTED_S = 10.0


@dataclass(slots=True)
class _Heard:
    """A folder that is listened to; `since` when it has borne its stamp, monotonic seconds (nan: not known)."""

    folder: Path
    stamp: Stamp
    since: float


@dataclass(frozen=True, slots=True)
class Stamped:
    """What the stamps of the folders that are listened to say, since they were last asked.

    At the `gone` ones nothing stands any more, or another folder; in the `changed` ones something was made, renamed or
    taken away; the `resting` ones are as the look after the last question found them.
    """

    gone: list[Path]
    changed: list[Path]
    resting: set[Path]


class Ears:
    """The folders that are listened to; for one thread. `begin` makes the hearing."""

    def __init__(self, begin: Callable[[], Hearing]) -> None:
        self._begin = begin
        self._hearing: Hearing | None = None
        self._refusal: OSError | None = None
        self._heard: dict[str, _Heard] = {}  # by text: all are asked for at every round
        self._asked = math.nan  # when the stamps were asked last
        self.rearmed = 0  # how often another folder stood in the place of one that was listened to

    def __len__(self) -> int:
        return len(self._heard)

    @property
    def refusal(self) -> OSError | None:
        """Why there is no hearing at all, where the machine grants none."""
        return self._refusal

    def hears(self, place: Place) -> bool:
        """Whether exactly this folder is listened to, and not one that stood in its place before."""
        heard = self._heard.get(str(place.folder))
        return heard is not None and same_folder(heard.stamp, place.stamp)

    def hear(self, place: Place, refusal: OSError | None, now: float) -> None:
        """Listen to the folder that stands here now.

        Raises:
            OSError: it cannot be; the `refusal` of the others, where there is one.
        """
        self.rearmed += str(place.folder) in self._heard
        self.drop(place.folder)
        if refusal:
            raise refusal
        if self._hearing:
            self._hearing.add(place.folder)
            self._heard[str(place.folder)] = _Heard(place.folder, place.stamp, now)

    def drop(self, folder: Path) -> bool:
        """Listen to it no longer; whether it was listened to."""
        if self._heard.pop(str(folder), None) is None:
            return False
        if self._hearing:
            self._hearing.remove(folder)
        return True

    def ask(self, now: float) -> Stamped:
        """What the stamps say; one `stat` a folder. `now` are monotonic seconds, nan where nobody knows them."""
        before, self._asked = self._asked, now
        gone: list[Path] = []
        changed: list[Path] = []
        resting: list[Path] = []
        for path, heard in self._heard.items():
            if not bears(path, heard.stamp):
                stamp = _stamp_at(path)
                if stamp is None or not same_folder(stamp, heard.stamp):
                    gone.append(heard.folder)
                else:
                    heard.stamp, heard.since = stamp, now
                    changed.append(heard.folder)
            elif before - heard.since > _RESTED_S:
                resting.append(heard.folder)
            elif math.isnan(heard.since):
                heard.since = now
        return Stamped(gone, changed, set(resting))

    def revive(self) -> bool:
        """Begin to listen where nothing does; False where that had ended, with all that was listened to."""
        died = self._hearing is not None and not self._hearing.alive()
        if died:
            self.close()
        if self._hearing is None:
            try:
                self._hearing, self._refusal = self._begin(), None
            except OSError as error:
                self._refusal = error
        return not died

    def close(self) -> None:
        """Listen to nothing; the threads have ended when this returns."""
        if self._hearing:
            self._hearing.close()
        self._hearing = None
        self._heard.clear()


def _stamp_at(path: str) -> Stamp | None:
    try:
        return stamp_at(path)
    except OSError:
        return None  # listening anew will say why
