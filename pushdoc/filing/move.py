"""Moves the very file that was sent into its archive folder, and finishes after a crash at any instant.

Rule 1: nothing is overwritten. A name is taken only while it is free, and the file system is the judge.
Rule 2: the planned name is recorded before anything moves, so that whoever comes after a crash knows where to look.
Rule 3: a file is first taken out of reach, under a hidden name in its own drop folder, then looked at again, then
filed. What turns out to be something else (somebody replaced it in that moment) goes back.

The bytes are at every instant under the drop name, the hidden name or the archive name. One document is filed by one
process at a time: the ledger's claim sees to that.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

from pushdoc.filing.folder import discard, give, is_reserved, look, open_file, opened, resemble, sha256_of, sync
from pushdoc.filing.obstacle import ObstacleError, Obstructed, Within, obstructed
from pushdoc.filing.place import candidates
from pushdoc.original import digest, identity_of

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.document import Document, Identity

_TRIES = 100


@dataclass(frozen=True, slots=True)
class Filed:
    """The sent file is in the archive, and there only."""

    path: Path


@dataclass(frozen=True, slots=True)
class Replaced:
    """Something else stands at the drop path by the user's hand, a new document; the sent file was not to be had."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing stands at the drop path, and the file is not at its planned place either: the user took it away."""


@dataclass(frozen=True, slots=True)
class Occupied:
    """Somebody else's file has the planned name; nothing was moved."""


Filing = Filed | Replaced | Gone | Obstructed


class _Place(Enum):
    """What stands under the planned name: nothing of somebody else's, the sent file itself, or another."""

    FREE = 1
    FILED = 2
    TAKEN = 3


def carry_out(root: Path, document: Document, target: Path) -> Filing | Occupied:
    """What became of moving a document to a path that is recorded; begins it, or finishes what was begun."""
    try:
        with ExitStack() as held:
            return _Carrying(root, document, target).carry(held)
    except ObstacleError as obstacle:
        return obstacle.obstructed


class _Carrying:
    """One document on its way to one target. Names in the drop folder: its own, and the hidden one it is taken to."""

    def __init__(self, root: Path, document: Document, target: Path) -> None:
        self._root = root
        self._document = document
        self._target = target
        self._drop_folder = document.path.parent
        self._hidden = f".pushdoc-{document.id}.taken"
        self._part = f".pushdoc-{document.id}.part"
        self._reservation = f"pushdoc {document.id}\n".encode()

    def carry(self, held: ExitStack) -> Filing | Occupied:
        drop = self._existing(held, self._drop_folder)
        archive = self._existing(held, self._target.parent)
        place = _Place.FREE if archive is None else self._look_into(archive)
        start = None if drop is None else self._start(drop)
        if place is _Place.FILED:
            if drop is not None:
                self._clear(drop, self._document.identity)
            return Filed(self._target)
        if drop is None or start is None:
            return self._missing(drop, archive)
        if place is _Place.TAKEN:
            return Occupied()
        with Within(self._target.parent):
            if archive is None:
                archive = held.enter_context(opened(self._root, self._target.parent, make=True))
            apart = os.fstat(archive).st_dev != os.fstat(drop).st_dev
        return self._copy(drop, start, archive) if apart else self._move(drop, start, archive)

    def _existing(self, held: ExitStack, folder: Path) -> int | None:
        with Within(folder), suppress(FileNotFoundError):
            return held.enter_context(opened(self._root, folder))
        return None

    def _look_into(self, archive: int) -> _Place:
        """Whether the file is already in its place, or somebody else's; an unfinished copy is thrown away."""
        with Within(self._target.parent):
            discard(archive, self._part)
            standing = look(archive, self._target.name)
            if standing is None:
                return _Place.FREE
            if self._is_this(archive, self._target.name, standing):
                sync(archive)
                return _Place.FILED
            ours = is_reserved(archive, self._target.name, self._reservation)
            return _Place.FREE if ours else _Place.TAKEN

    def _start(self, drop: int) -> str | None:
        """The name in the drop folder that holds the sent file, or None; a stray replacement goes back."""
        with Within(self._drop_folder):
            hidden = look(drop, self._hidden)
            if hidden is not None:
                if self._is_this(drop, self._hidden, hidden):
                    return self._hidden
                self._put_back(drop)
            standing = look(drop, self._document.name)
            found = standing is not None and self._is_this(drop, self._document.name, standing)
            return self._document.name if found else None

    def _missing(self, drop: int | None, archive: int | None) -> Filing:
        """What it means that the sent file is not in its drop folder."""
        if archive is not None:
            with Within(self._target.parent):
                if is_reserved(archive, self._target.name, self._reservation):
                    discard(archive, self._target.name)
        if drop is not None:
            with Within(self._drop_folder):
                return Replaced() if look(drop, self._document.name) else Gone()
        # A share that is not mounted looks like an empty root; a month folder that somebody deleted does not.
        client = self._root.joinpath(*self._drop_folder.relative_to(self._root).parts[:1])
        with Within(client), opened(self._root, client):
            return Gone()

    def _move(self, drop: int, start: str, archive: int) -> Filing | Occupied:
        if start != self._hidden and not self._take(drop, self._document.identity):
            return self._missing(drop, archive)
        try:
            given = give(drop, self._hidden, archive, self._target.name, self._reservation)
        except OSError as error:
            if error.errno == errno.EXDEV:  # one disk mounted twice: told apart only by trying
                return self._copy(drop, self._hidden, archive)
            with Within(self._drop_folder):
                self._put_back(drop)
            raise ObstacleError(obstructed(error, self._target.parent)) from error
        if not given:
            with Within(self._drop_folder):
                self._put_back(drop)
            return Occupied()
        return Filed(self._target)

    def _copy(self, drop: int, start: str, archive: int) -> Filing | Occupied:
        try:
            copied = self._copied(drop, start, archive)
            with Within(self._target.parent):
                given = copied is not None and give(archive, self._part, archive, self._target.name, self._reservation)
                discard(archive, self._part)
        except ObstacleError:
            with suppress(OSError):
                discard(archive, self._part)
            if start == self._hidden:
                with Within(self._drop_folder):
                    self._put_back(drop)
            raise
        if copied and given:
            self._clear(drop, copied)
            return Filed(self._target)
        if start == self._hidden:
            with Within(self._drop_folder):
                self._put_back(drop)
        return Occupied() if copied else self._missing(drop, archive)

    def _copied(self, drop: int, start: str, archive: int) -> Identity | None:
        """The identity of the file that was copied to the unfinished name, or None where it was not the sent one."""
        with ExitStack() as held:
            with Within(self._drop_folder):
                try:
                    source = open_file(drop, start)
                except FileNotFoundError:
                    return None
                held.callback(os.close, source)
                status = os.fstat(source)
                if not stat.S_ISREG(status.st_mode):
                    return None
            with Within(self._target.parent):
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
                copy = os.open(self._part, flags, 0o600, dir_fd=archive)
                held.callback(os.close, copy)
                with os.fdopen(source, "rb", closefd=False) as reading, os.fdopen(copy, "wb", closefd=False) as writing:
                    shutil.copyfileobj(reading, writing)
                resemble(copy, status, stat.S_IMODE(status.st_mode))
                os.fsync(copy)
                return identity_of(status) if digest(copy).sha256 == self._document.digest.sha256 else None

    def _clear(self, drop: int, copied: Identity) -> None:
        """Take away what is left of a filed file in the drop folder; what came there since stays."""
        with Within(self._drop_folder):
            discard(drop, self._hidden)
            standing = look(drop, self._document.name)
            if standing and identity_of(standing) == copied and self._take(drop, copied):
                discard(drop, self._hidden)
            sync(drop)

    def _take(self, drop: int, known: Identity) -> bool:
        """Whether the file under the document's name was the sent one, which now has the hidden name."""
        with Within(self._drop_folder):
            with suppress(FileNotFoundError):  # a repeated request to a share says so although it was done
                os.rename(self._document.name, self._hidden, src_dir_fd=drop, dst_dir_fd=drop)
            taken = look(drop, self._hidden)
            if taken is None:
                return False
            if identity_of(taken) == known or self._is_this(drop, self._hidden, taken):
                return True
            self._put_back(drop)
            return False

    def _put_back(self, drop: int) -> None:
        for name in islice(candidates(self._document.name), _TRIES):
            if give(drop, self._hidden, drop, name):
                return

    def _is_this(self, folder: int, name: str, standing: os.stat_result) -> bool:
        """Whether what stands at a name is the sent file: by identity, else (another mount, a copy) by its bytes."""
        if not stat.S_ISREG(standing.st_mode):
            return False
        if identity_of(standing) == self._document.identity:
            return True
        if standing.st_size != self._document.identity.size:
            return False
        return sha256_of(folder, name) == self._document.digest.sha256
