"""What is asked of a drop folder's disk or share: asked here where that is quick, by a scout where it may hang."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from pushdoc.watch.root import Sight, sight
from pushdoc.watch.scan import Look, look
from pushdoc.watch.spelling import spelt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path, PurePosixPath

Answer_co = TypeVar("Answer_co", covariant=True)


class Errand(Protocol[Answer_co]):
    """Something to be found out, that a scout can be sent for: it can be pickled, and so can the answer."""

    def run(self, step: Callable[[], None]) -> Answer_co:
        """The answer; `step` is called whenever it has come a little further."""


@dataclass(frozen=True, slots=True)
class LookErrand:
    """What lies in a folder (`scan.look`)."""

    root: Path
    folder: Path
    subfolders: bool
    exclude: tuple[Path, ...]

    def run(self, step: Callable[[], None]) -> Look:
        """Look."""
        return look(self.root, self.folder, subfolders=self.subfolders, exclude=self.exclude, step=step)


@dataclass(frozen=True, slots=True)
class SightErrand:
    """Whether the root is what it was (`root.sight`); the least that can be asked of a share."""

    root: Path
    sign: str

    def run(self, step: Callable[[], None]) -> Sight:
        """See."""
        step()
        return sight(self.root, self.sign)


@dataclass(frozen=True, slots=True)
class SpellErrand:
    """How names are spelt on disk (`spelling.spelt`)."""

    root: Path
    relatives: tuple[PurePosixPath, ...]

    def run(self, step: Callable[[], None]) -> list[Path]:
        """Ask."""
        return spelt(self.root, self.relatives, step)
