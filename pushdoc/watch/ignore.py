"""Names that are never documents, and the locks by which office programs say that a document is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.marks import MARK_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Collection

# What systems and NAS boxes leave behind (Windows, macOS, Synology, QNAP), in lower case.
_LEFT_BEHIND = frozenset({
    "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "@eadir", "@recycle", "#recycle", "$recycle.bin",
    "system volume information", "lost+found",
})  # fmt: skip
_UNDER_WAY = (
    ".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".tmp", ".temp", ".swp", "~",
)  # fmt: skip
_MARK = MARK_SUFFIX.lower()
_OFFICE = "~$"
_LIBRE_OFFICE = ".~lock."


def ignored(name: str) -> bool:
    """Whether a file or folder of this name is passed over: hidden, a lock, a copy under way, litter, or our mark."""
    lower = name.lower()
    return (
        lower.startswith((".", _OFFICE)) or lower in _LEFT_BEHIND or lower.endswith(_UNDER_WAY) or lower.endswith(_MARK)
    )


def is_mark(name: str) -> bool:
    """Whether this is the name of a mark « Non transmis »."""
    return name.lower().endswith(_MARK)


def is_lock(name: str) -> bool:
    """Whether an office program made this file to say that it has a document open."""
    return name.startswith((_OFFICE, _LIBRE_OFFICE))


def locked_by(name: str, names_in_folder: Collection[str]) -> str | None:
    """The lock beside a document that says somebody has it open, or None.

    Source: Excel and PowerPoint write `~$` and the whole name; Word does so up to six characters before the
    extension, puts `~$` in the place of the first at seven, and of the first two from eight on. LibreOffice writes
    `.~lock.NAME#`.
    """
    if not names_in_folder:
        return None
    locks = [f"{_OFFICE}{name}", f"{_LIBRE_OFFICE}{name}#"]
    length = len(name.rpartition(".")[0] or name)
    if length >= 7:
        locks.append(f"{_OFFICE}{name[1 if length == 7 else 2 :]}")
    return next((lock for lock in locks if lock in names_in_folder), None)
