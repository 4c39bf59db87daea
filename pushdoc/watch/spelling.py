"""Names as they are written on disk: macOS decomposes accents, so « millésime » has two spellings on a share."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def composed(text: str) -> str:
    """The text in the one normalisation in which names are compared."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def resolve(root: Path, relative: PurePosixPath) -> Path | None:
    """The path on disk of a relative path whose names may be written there in another Unicode normalisation.

    The exact one goes first. None where nothing of the name is there. Where the way is barred (a link, no right), the
    path as it was written, so that the look at it says why.
    """
    here = root
    for position, part in enumerate(relative.parts):
        found: Path | None = here / part
        try:
            (here / part).lstat()
        except FileNotFoundError:
            found = None if part.isascii() else _sibling(here, part)
        except OSError:
            return root / relative
        if found is None:
            return None
        if found.is_symlink():
            return found.joinpath(*relative.parts[position + 1 :])
        here = found
    return here


def spelt(root: Path, relatives: Iterable[PurePosixPath], step: Callable[[], None] = lambda: None) -> list[Path]:
    """The paths on disk of relative paths, as far as something of their names is there; the rest as it was written.

    What has no accents is spelt one way only and costs nothing; of the others, folders that they share are asked once.
    `step` is called with each that is asked.
    """
    known: dict[PurePosixPath, Path] = {PurePosixPath(): root}

    def on_disk(relative: PurePosixPath) -> Path:
        if relative not in known:
            step()
            above = on_disk(relative.parent)
            known[relative] = above / relative.name
            if not relative.name.isascii() and not above.is_symlink():
                known[relative] = resolve(above, PurePosixPath(relative.name)) or known[relative]
        return known[relative]

    return [root / relative if str(relative).isascii() else on_disk(relative) for relative in relatives]


def _sibling(folder: Path, name: str) -> Path | None:
    wanted = composed(name)
    try:
        return min(other for other in folder.iterdir() if composed(other.name) == wanted)
    except OSError:
        return folder / name
    except ValueError:
        return None
