"""Copies of documents, made so that a crash at any instant leaves no half copy and no doubt.

For each attempt `.pushdoc/` holds a part (the bytes, being written) and a note (where the copy goes, its digest). The
note is durable before the copy can be seen, and the part goes away only after it: a note without its part is of a copy
that was made, even where somebody has taken the copy away since.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushdoc.deliver.destination import Body, Parcel

_NOTES = ".pushdoc"
_CHUNK = 1 << 16
_NAME_BYTES = 240
"""Of the 255 that file systems take, less what tells a copy from its namesakes."""

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class CopyError(Exception):
    """A copy, or the answer about one, could not be made; `made` where it may be there all the same."""

    def __init__(self, cause: OSError, *, made: bool = False) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.made = made


class Copies:
    """The copies beneath one folder, which must exist; safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._notes = root / _NOTES

    def try_out(self) -> None:
        """Write a file and take it away again.

        Raises:
            CopyError: that is not possible.
        """
        with _ours():
            self._open_notes()
            trial = self._notes / f"{secrets.token_hex(8)}.trial"
            _write(trial, b"pushdoc\n")
            trial.unlink()

    def make(self, parcel: Parcel) -> str:
        """The path (beneath the folder) of a new copy of the parcel's document.

        Raises:
            CopyError: it could not be made.
            ChangedError: from the body.
            OSError: from the body.
        """
        attempt = f"{quote(parcel.reference, safe='')}-{secrets.token_hex(4)}"
        part, note = self._notes / f"{attempt}.part", self._notes / f"{attempt}.json"
        try:
            with _ours():
                self._open_notes()
                folder = self._open_folder([*parcel.dossier.split("/"), parcel.type.value])
            _fill(part, parcel.body)
            with _ours():
                copy = self._place(part, note, folder, parcel)
        except BaseException:
            with suppress(OSError):
                _forget(part, note)
            raise
        try:
            _sync(folder)
            part.unlink(missing_ok=True)
            _sync(self._notes)
        except OSError as error:
            raise CopyError(error, made=True) from error
        return copy.relative_to(self._root).as_posix()

    def made(self, reference: str) -> tuple[str, ...]:
        """The paths of the copies that were made under a reference; what is left of failed ones is cleared away.

        Raises:
            CopyError: it cannot be known now.
        """
        with _ours():
            if not self._root.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self._root))
            return tuple(self._made(quote(reference, safe="")))

    def _made(self, reference: str) -> Iterator[str]:
        for note in sorted(self._notes.glob(f"{reference}-????????.json")):
            told = json.loads(note.read_bytes())
            part, copy = note.with_suffix(".part"), self._root / told["copy"]
            if not part.exists() or _sha256(copy) == told["sha256"]:
                yield told["copy"]
            else:
                _forget(part, note)

    def _open_notes(self) -> None:
        # Not its parents: a folder that is gone is a share that is not mounted.
        with suppress(FileExistsError):
            self._notes.mkdir()
            _sync(self._root)

    def _open_folder(self, names: list[str]) -> Path:
        folder = self._root
        for name in names:
            folder /= _fit(name)
            with suppress(FileExistsError):
                folder.mkdir()
                _sync(folder.parent)
        return folder

    def _place(self, part: Path, note: Path, folder: Path, parcel: Parcel) -> Path:
        """The copy, in its folder under the first free name, with its note."""
        for copy in _names(folder, _fit(parcel.name)):
            if os.path.lexists(copy):
                continue
            told = {"copy": copy.relative_to(self._root).as_posix(), "sha256": parcel.digest.sha256}
            _write(note, json.dumps(told).encode())
            try:
                _appear(part, copy)
            except FileExistsError:
                continue
            return copy
        raise AssertionError("names do not end")


def _fill(part: Path, body: Body) -> None:
    """The body's bytes in a file, durably. What the body raises is not ours."""
    with _ours():
        file = part.open("xb")
    with file:
        while chunk := body.read(_CHUNK):
            with _ours():
                file.write(chunk)
        with _ours():
            file.flush()
            os.fsync(file.fileno())


def _appear(part: Path, copy: Path) -> None:
    """Give the part its final name, where that is free.

    Raises:
        FileExistsError: it is taken.
    """
    try:
        os.link(part, copy)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # No hard links here (many shares): hold the name by an empty file, then put the copy in its place.
        copy.touch(exist_ok=False)
        try:
            part.replace(copy)
        except OSError:
            copy.unlink()
            raise


def _forget(part: Path, note: Path) -> None:
    # In this order: a note that outlived its part would tell of a copy.
    note.unlink(missing_ok=True)
    part.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """The content in a file, whole and durably, in the place of what it held."""
    written = path.with_suffix(".new")
    with written.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some shares cannot do this with a folder
            raise
    finally:
        os.close(descriptor)


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _names(folder: Path, name: str) -> Iterator[Path]:
    """The name, then `name (2)` and so on, in the folder."""
    path = folder / name
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1


def _fit(name: str) -> str:
    """One name of a path: decodable, short enough, and neither a way out nor the notes' own."""
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("/", "_").replace("\0", "_")
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix)
    room = _NAME_BYTES - len(suffix.encode())
    if room < 1:
        stem, suffix, room = name, "", _NAME_BYTES
    name = stem.encode()[:room].decode("utf-8", "ignore") + suffix
    return f"_{name}" if name in {"", ".", "..", _NOTES} else name


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CopyError(error) from error
