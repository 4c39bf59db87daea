"""Small files that have served: a program's sign that a document is whole goes once that is filed."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from pushdoc.filing.folder import discard, look, opened
from pushdoc.filing.obstacle import Obstructed, obstructed

if TYPE_CHECKING:
    from pathlib import Path

#: What is larger, in bytes, holds something that somebody may want.
_LARGEST = 1000


def discard_small(root: Path, path: Path) -> Obstructed | None:
    """Take a small regular file away; what kept it from going, or None. Anything else is left as it is."""
    try:
        with opened(root, path.parent) as folder:
            standing = look(folder, path.name)
            if standing is not None and stat.S_ISREG(standing.st_mode) and standing.st_size <= _LARGEST:
                discard(folder, path.name)
    except FileNotFoundError:
        return None
    except OSError as error:
        return obstructed(error, path.parent)
    return None
