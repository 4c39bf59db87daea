"""The mark « Non transmis » beside a document that waits for a person: a text file, or attributes of the document.

A mark is a courtesy: what keeps one from being written or removed is told, and stops nothing. A file that is not ours
is never touched, even where it has the name of a mark.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from pushdoc.filing import mark_attributes as attributes
from pushdoc.filing.folder import discard, look, open_file, opened, sync
from pushdoc.filing.mark_text import titles
from pushdoc.filing.obstacle import Obstructed, about, obstructed
from pushdoc.filing.place import LONGEST, shortened
from pushdoc.marks import MARK_SUFFIX
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_LONGEST_MARK = 1 << 16  # bytes; what is longer is none of ours
_LONGEST_TITLE = 400  # bytes, in any encoding
_ENCODINGS = "utf-8-sig", "cp1252", "utf-16"
_BOM = "\ufeff"


class MarkStyle(StrEnum):
    """How marks are made; the values are those of `[marks] style`."""

    SIDECAR = "sidecar"
    XATTR = "xattr"
    NONE = "none"


def write(root: Path, path: Path, text: str, style: MarkStyle = MarkStyle.SIDECAR) -> Obstructed | None:
    """What kept a document's mark from saying this text, or None; a document that is gone gets no mark.

    The text begins with one of `mark_text.titles`. A mark that says it already is left as it is, and one of another
    style, which the rules asked for before, is taken away. Where attributes cannot be had, a text file stands in.
    """

    def work() -> Obstructed | None:
        if style is MarkStyle.XATTR:
            return _write_attributes(root, path, text)
        attributes.clear(root, path)
        if style is MarkStyle.SIDECAR:
            return _write_sidecar(root, path, text)
        _remove_sidecar(root, path)
        return None

    return _tried(path.parent, work)


def remove(root: Path, path: Path, style: MarkStyle = MarkStyle.SIDECAR) -> Obstructed | None:
    """What kept a document's mark from being taken away, or None; the document itself may be gone.

    A text file goes whatever the style; attributes of a style of earlier rules are for `clear`.
    """

    def work() -> None:
        _remove_sidecar(root, path)
        if style is MarkStyle.XATTR:
            attributes.clear(root, path)

    return _tried(path.parent, work)


def clear(root: Path, path: Path) -> Obstructed | None:
    """What kept the attributes of a mark from being taken from a document, or None; one without any is not opened."""
    return _tried(path.parent, lambda: attributes.clear(root, path))


def remove_stray(root: Path, mark: Path) -> Obstructed | None:
    """What kept a mark that stands for no document from being taken away, by the very name that it has; or None."""
    return _tried(mark.parent, lambda: _discard(root, mark.parent, mark.name))


def _tried(folder: Path, work: Callable[[], Obstructed | None]) -> Obstructed | None:
    """What the work says, or what kept it; nothing where what it is about is gone."""
    try:
        return work()
    except FileNotFoundError:
        return None
    except OSError as error:
        return obstructed(error, folder)


def mark_name(name: str) -> str:
    """The name of a document's mark; a document's name that is too long for it is cut and told by a hash."""
    longest = LONGEST - len(MARK_SUFFIX)
    if len(os.fsencode(name)) <= longest:
        return name + MARK_SUFFIX
    tail = "~" + hashlib.sha256(os.fsencode(name)).hexdigest()[:8]
    return shortened(name, longest - len(tail)) + tail + MARK_SUFFIX


def is_mark(beginning: bytes, size: int) -> bool:
    """Whether a file is a mark, whatever name somebody has given it or a copy of it; `size` in bytes is all of it.

    A program that showed it may have saved it in an encoding of its own.
    """
    if not 0 < size <= _LONGEST_MARK:
        return False
    lines = (beginning[:_LONGEST_TITLE].decode(encoding, "replace").split("\n", 1)[0] for encoding in _ENCODINGS)
    return any(line.rstrip("\r") in titles() for line in lines)


def marks_in(names: Iterable[str]) -> list[str]:
    """Those of a folder's names that are names of marks."""
    return [name for name in names if name.endswith(MARK_SUFFIX) and name != MARK_SUFFIX]


def document_of(mark: str, names: Iterable[str]) -> str | None:
    """The one of a folder's names that a mark stands beside, or None where its document is gone."""
    return next((name for name in names if mark_name(name) == mark), None)


def _write_sidecar(root: Path, path: Path, text: str) -> Obstructed | None:
    content = (_BOM + "\r\n".join(text.split("\n"))).encode("utf-8", "replace")  # Notepad wants both
    name = mark_name(path.name)
    with opened(root, path.parent) as folder:
        document = look(folder, path.name)
        if document is None:
            return None
        if look(folder, name):
            standing = _ours(folder, name)
            if standing is None:
                return about("filing.mark_taken", path.parent, name=visible(name))
            if standing == content:
                return None
        hidden = _hidden(name)
        discard(folder, hidden)
        try:
            _create(folder, hidden, content, document)
            os.rename(hidden, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            with suppress(OSError):
                discard(folder, hidden)
            raise
        sync(folder)
    return None


def _create(folder: int, name: str, content: bytes, document: os.stat_result) -> None:
    """A new file that whoever may read or change the document may read or change too."""
    held = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder)
    with os.fdopen(held, "wb") as writing:
        with suppress(OSError):
            os.fchown(held, -1, document.st_gid)
        with suppress(OSError):
            os.fchmod(held, stat.S_IMODE(document.st_mode) & 0o666 | 0o600)
        writing.write(content)
        writing.flush()
        os.fsync(held)


def _write_attributes(root: Path, path: Path, text: str) -> Obstructed | None:
    try:
        attributes.put(root, path, text)
    except FileNotFoundError:
        raise
    except OSError as error:
        # No attributes on this disk, no room for them, no right to this file: better another mark than none.
        barred: Obstructed | None = obstructed(error, path.parent)
        with suppress(OSError):
            barred = _write_sidecar(root, path, text) and barred
        return barred
    _remove_sidecar(root, path)
    return None


def _sidecar_stands(path: Path) -> bool:
    """Whether there may be something to take away: asked of every delivered document, of which few were ever marked."""
    name = mark_name(path.name)
    beside = f"{path.parent}/"
    return os.path.lexists(beside + name) or os.path.lexists(beside + _hidden(name))


def _remove_sidecar(root: Path, path: Path) -> None:
    if _sidecar_stands(path):
        _discard(root, path.parent, mark_name(path.name))


def _discard(root: Path, folder: Path, name: str) -> None:
    with opened(root, folder) as held:
        discard(held, _hidden(name))
        if look(held, name) and _ours(held, name) is not None:
            discard(held, name)


def _ours(folder: int, name: str) -> bytes | None:
    """What a mark that pushdoc wrote contains, nothing where somebody has emptied it; None for anything else."""
    try:
        held = open_file(folder, name)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            return None
        raise
    with os.fdopen(held, "rb") as reading:
        if not stat.S_ISREG(os.fstat(held).st_mode):
            return None
        content = reading.read(_LONGEST_MARK + 1)
    return content if not content or is_mark(content, len(content)) else None


def _hidden(name: str) -> str:
    return f".pushdoc-{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}.mark"
