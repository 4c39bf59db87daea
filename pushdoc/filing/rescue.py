"""A copy for the archive of a paper that was sent and has lost its name: somebody put another file there meanwhile.

Its bytes live on only in the descriptor that they were sent from.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from pushdoc.filing.folder import discard, give, opened, resemble
from pushdoc.filing.move import Filed
from pushdoc.filing.obstacle import Obstructed, about, obstructed
from pushdoc.filing.place import candidates
from pushdoc.original import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pushdoc.document import Document

_TRIES = 100
_CHUNK = 1 << 20


def rescue(
    root: Path, document: Document, folder: Path, descriptor: int, record: Callable[[Path], None]
) -> Filed | Obstructed:
    """The copy in the archive folder, or why there can be none; nothing is overwritten, nothing unfinished is left.

    `record` makes each planned path durable before it is used, as `archive` does. A copy whose bytes are not the ones
    that were sent (they were rewritten in place) is thrown away.
    """
    part = f".pushdoc-{document.id}.part"
    try:
        with opened(root, folder, make=True) as archive:
            discard(archive, part)
            try:
                if not _copied(descriptor, archive, part, document):
                    return about("filing.rewritten", folder)
                for name in islice(candidates(document.name), _TRIES):
                    record(folder / name)
                    if give(archive, part, archive, name):
                        return Filed(folder / name)
            finally:
                with suppress(OSError):
                    discard(archive, part)
    except OSError as error:
        return obstructed(error, folder)
    return about("filing.name_refused", folder)


def _copied(descriptor: int, archive: int, part: str, document: Document) -> bool:
    status = os.fstat(descriptor)
    copy = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=archive)
    try:
        offset = 0
        with open(copy, "wb", closefd=False) as writing:
            while chunk := os.pread(descriptor, _CHUNK, offset):
                writing.write(chunk)
                offset += len(chunk)
        resemble(copy, status, status.st_mode & 0o777)
        os.fsync(copy)
        return digest(copy) == document.digest
    finally:
        os.close(copy)
