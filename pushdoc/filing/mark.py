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

from pushdoc.filing.folder import discard, look, open_file, opened, sync
from pushdoc.filing.mark_text import titles
from pushdoc.filing.obstacle import Obstructed, about, obstructed
from pushdoc.filing.place import LONGEST, shortened
from pushdoc.marks import MARK_SUFFIX
from pushdoc.original import opened as opened_original
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_STATE = "user.pushdoc.state"
_REASON = "user.pushdoc.reason"
_LONGEST_REASON = 2000  # bytes; ext4 has 4 KiB for all attributes of a file together
_LONGEST_MARK = 1 << 16  # bytes; what is longer is none of ours
_BOM = "\ufeff"


class MarkStyle(StrEnum):
    """How marks are made; the values are those of `[marks] style`."""

    SIDECAR = "sidecar"
    XATTR = "xattr"
    NONE = "none"


def write(root: Path, path: Path, text: str, style: MarkStyle = MarkStyle.SIDECAR) -> Obstructed | None:
    """What kept a document's mark from saying this text, or None; a document that is gone gets no mark.

    The text begins with one of `mark_text.titles`. A mark that says it already is left as it is.
    """
    try:
        match style:
            case MarkStyle.SIDECAR:
                return _write_sidecar(root, path, text)
            case MarkStyle.XATTR:
                with opened_original(root, path) as document:
                    _set(document, _STATE, b"non_transmis")
                    _set(document, _REASON, shortened(text, _LONGEST_REASON).encode("utf-8", "replace"))
            case MarkStyle.NONE:
                pass
    except FileNotFoundError:
        return None
    except OSError as error:
        return obstructed(error, path.parent)
    return None


def remove(root: Path, path: Path, style: MarkStyle = MarkStyle.SIDECAR) -> Obstructed | None:
    """What kept a document's mark from being taken away, or None; the document itself may be gone."""
    try:
        match style:
            case MarkStyle.SIDECAR if _sidecar_stands(path):
                _remove_sidecar(root, path)
            case MarkStyle.SIDECAR:
                pass
            case MarkStyle.XATTR:
                with opened_original(root, path) as document:
                    _remove_attributes(document)
            case MarkStyle.NONE:
                pass
    except FileNotFoundError:
        return None
    except OSError as error:
        return obstructed(error, path.parent)
    return None


def mark_name(name: str) -> str:
    """The name of a document's mark; a document's name that is too long for it is cut and told by a hash."""
    longest = LONGEST - len(MARK_SUFFIX)
    if len(os.fsencode(name)) <= longest:
        return name + MARK_SUFFIX
    tail = "~" + hashlib.sha256(os.fsencode(name)).hexdigest()[:8]
    return shortened(name, longest - len(tail)) + tail + MARK_SUFFIX


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


def _sidecar_stands(path: Path) -> bool:
    """Whether there may be something to take away: asked of every delivered document, of which few were ever marked."""
    name = mark_name(path.name)
    beside = f"{path.parent}/"
    return os.path.lexists(beside + name) or os.path.lexists(beside + _hidden(name))


def _remove_sidecar(root: Path, path: Path) -> None:
    name = mark_name(path.name)
    with opened(root, path.parent) as folder:
        discard(folder, _hidden(name))
        if look(folder, name) and _ours(folder, name) is not None:
            discard(folder, name)


def _set(document: int, attribute: str, content: bytes) -> None:
    try:
        if os.getxattr(document, attribute) == content:
            return
    except OSError as error:
        if error.errno != errno.ENODATA:
            raise
    os.setxattr(document, attribute, content)


def _remove_attributes(document: int) -> None:
    for attribute in (_STATE, _REASON):
        try:
            os.removexattr(document, attribute)
        except OSError as error:
            if error.errno not in {errno.ENODATA, errno.ENOTSUP}:
                raise


def _ours(folder: int, name: str) -> bytes | None:
    """What a mark that pushdoc wrote contains; None for anything else."""
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
    first = content.split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8-sig", "replace")
    return content if len(content) <= _LONGEST_MARK and first in titles() else None


def _hidden(name: str) -> str:
    return f".pushdoc-{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}.mark"
