"""From a sent document to its archive folder: whether the folder could take it, under which name, and the move."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pushdoc.disk import takes_no_file
from pushdoc.filing.folder import look, opened
from pushdoc.filing.move import Filing, Occupied, carry_out
from pushdoc.filing.obstacle import Obstructed, about, obstructed
from pushdoc.filing.place import candidates, first_free

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pushdoc.document import Document

_TRIES = 100


def archive(root: Path, document: Document, folder: Path, record: Callable[[Path], None]) -> Filing:
    """What became of filing a sent document into `folder`; may be called again after any end of any earlier call.

    `record` makes a planned path durable (`Document.archive_path`) before the move begins; a path that the document
    already bears is taken up again, in its own folder. A missing folder is made. Root, folder and drop path are
    absolute, the latter two beneath the root.
    """
    target = document.archive_path
    folder = target.parent if target else folder
    for _ in range(_TRIES):
        if target is None:
            planned = plan(root, folder, document.name)
            if isinstance(planned, Obstructed):
                return planned
            record(planned)
            target = planned
        result = carry_out(root, document, target)
        if not isinstance(result, Occupied):
            return result
        target = None
    return about("filing.name_refused", folder)


def plan(root: Path, folder: Path, name: str) -> Path | Obstructed:
    """The first free path for a name in a folder; nothing is reserved or made."""
    try:
        with opened(root, folder) as descriptor:
            return folder / first_free(name, lambda candidate: look(descriptor, candidate) is not None)
    except FileNotFoundError:
        return folder / next(candidates(name))
    except OSError as error:
        return obstructed(error, folder)


def ready(root: Path, folder: Path) -> Obstructed | None:
    """What would keep the folder from taking a paper, or None; nothing is made, nothing is written.

    A folder that does not exist yet is judged by the nearest one above it that does.
    """
    nearest = folder
    while True:
        try:
            with opened(root, nearest) as descriptor:
                return _trouble(descriptor, nearest)
        except FileNotFoundError as error:
            if nearest == root:
                return obstructed(error, root)
            nearest = nearest.parent
        except OSError as error:
            return obstructed(error, nearest)


def _trouble(descriptor: int, folder: Path) -> Obstructed | None:
    disk = os.statvfs(descriptor)
    if disk.f_flag & os.ST_RDONLY:
        return about("filing.read_only", folder)
    if not disk.f_bavail or takes_no_file(descriptor, disk.f_favail):
        return about("filing.full", folder)
    if not os.access(".", os.W_OK | os.X_OK, dir_fd=descriptor):
        return about("filing.no_right", folder)
    return None
