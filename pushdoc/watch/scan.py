"""One look at a drop folder: the truth about what lies there, whatever events said or failed to say.

A look decides nothing: whether a file is whole is `settle`'s question, and whose it is, the journey's. No link beneath
the root is followed, not even one put there between two steps: every folder is opened from the one above it.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.original import identity_of
from pushdoc.watch.ignore import ignored, is_lock, is_mark, locked_by
from pushdoc.watch.spelling import composed
from pushdoc.watch.trouble import Oddity, trouble
from pushdoc.way import FOLDER, NoRootError, open_folder
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from pushdoc.document import Identity

DEPTH = 32

# A folder of such a name is surely meant as a document (or is a program's bundle): it is told, not walked through.
_DOCUMENTS = frozenset({
    ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".rtf",
    ".csv", ".txt", ".xml", ".zip", ".eml", ".msg",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one look saw of one file; `lock` is the office lock beside it that says somebody has it open."""

    path: Path
    identity: Identity
    lock: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a drop folder saw, the oldest file first.

    `there` is False with no `trouble` where the folder does not exist, which is normal (a month without papers);
    where there is `trouble`, nothing may be concluded from what was not seen. `folders` are those looked into: the
    drop folder, and those beneath it where they count; all of them want to be listened to.
    """

    folder: Path
    there: bool
    trouble: Phrase | None = None
    sightings: tuple[Sighting, ...] = ()
    marks: tuple[Path, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    folders: tuple[Path, ...] = ()


def look(
    root: Path,
    folder: Path,
    *,
    subfolders: bool = False,
    exclude: Collection[Path] = (),
    step: Callable[[], None] = lambda: None,
) -> Look:
    """What lies in a drop folder now.

    `root` is the administrator's word and may be a link; beneath it no link is followed. `exclude` are the archive
    folders, which are not looked into; `subfolders` go down to `DEPTH`. `step` is called with every entry and every
    folder: whoever hears it knows that the look gets on.
    """
    try:
        descriptor = open_folder(root, folder)
        walk = _Walk(step, subfolders=subfolders, exclude=frozenset(composed(str(path)) for path in exclude))
        try:
            walk.through(folder, descriptor, 0)
        finally:
            os.close(descriptor)
    except NoRootError:
        return Look(folder, there=False, trouble=Phrase("watch.root_gone", {"path": str(root)}))
    except FileNotFoundError:
        return Look(folder, there=False)
    except OSError as error:
        return Look(folder, there=False, trouble=trouble(folder, error))
    return walk.look(folder)


class _Walk:
    """One look while it goes on."""

    def __init__(self, step: Callable[[], None], *, subfolders: bool, exclude: frozenset[str]) -> None:
        self._step = step
        self._subfolders = subfolders
        self._exclude = exclude
        self._sightings: list[Sighting] = []
        self._marks: list[Path] = []
        self._oddities: list[Oddity] = []
        self._folders: list[Path] = []

    def look(self, folder: Path) -> Look:
        """All that was gathered."""
        oldest_first = sorted(self._sightings, key=lambda seen: (seen.identity.modified_ns, seen.path))
        oddities = sorted(self._oddities, key=lambda oddity: oddity.path)
        return Look(
            folder, True, None, tuple(oldest_first), tuple(sorted(self._marks)), tuple(oddities), tuple(self._folders)
        )  # fmt: skip

    def through(self, folder: Path, descriptor: int, depth: int) -> None:
        """One folder and, where they count, those in it; an entry that cannot be read does not stop the others.

        Raises:
            OSError: the folder cannot be listed.
        """
        # The whole listing, before anything is made of it: one that fails half-way is trouble and not a shorter one.
        entries: dict[str, os.DirEntry[str]] = {}  # by name: some file systems list an entry twice
        with os.scandir(descriptor) as listing:
            for entry in listing:
                entries[entry.name] = entry
                self._step()
        self._folders.append(folder)
        locks = set(filter(is_lock, entries))
        for name, entry in entries.items():
            self._step()
            if is_mark(name):
                self._marks.append(folder / name)
            elif not ignored(name):
                self._entry(folder / name, entry, locks, descriptor, depth)

    def _entry(self, path: Path, entry: os.DirEntry[str], locks: Collection[str], above: int, depth: int) -> None:
        try:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                self._sightings.append(Sighting(path, identity_of(status), locked_by(entry.name, locks)))
            elif stat.S_ISDIR(status.st_mode):
                self._folder(path, above, depth + 1)
            else:
                self._odd(path, "watch.link" if stat.S_ISLNK(status.st_mode) else "watch.special")
        except FileNotFoundError:
            pass  # gone between the listing and now: it simply is not there
        except OSError as error:
            self._oddities.append(Oddity(path, trouble(path, error)))

    def _folder(self, path: Path, above: int, depth: int) -> None:
        if composed(str(path)) in self._exclude:
            return
        if path.suffix.lower() in _DOCUMENTS:
            self._odd(path, "watch.folder_like_document")
        elif self._subfolders and depth > DEPTH:
            self._odd(path, "watch.too_deep")
        elif self._subfolders:
            descriptor = os.open(path.name, FOLDER, dir_fd=above)
            try:
                self.through(path, descriptor, depth)
            finally:
                os.close(descriptor)

    def _odd(self, path: Path, code: str) -> None:
        values = {"path": str(path)} | ({"depth": DEPTH} if code == "watch.too_deep" else {})
        self._oddities.append(Oddity(path, Phrase(code, values)))
