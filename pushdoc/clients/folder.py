"""A client's folder as it is written in a table or in the rules: its path beneath the clients' root.

Whether the folder exists is asked elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

from pushdoc.words import Phrase

_DRIVE = re.compile(r"[A-Za-z]:(?:/|$)")


def clean(text: str) -> str:
    r"""The path with `/` between its names and nothing to spare: `\`, `//`, `./` and outer blanks are mended.

    An absolute path stays one, so that `fault` can say so. Names keep their accents as they are written.
    """
    slashed = text.strip().replace("\\", "/")
    names = "/".join(name for name in slashed.split("/") if name.strip() not in {"", "."}).strip()
    return f"/{names}" if slashed.startswith("/") else names


def fault(folder: str) -> Phrase | None:
    """What is wrong with a folder, as `clean` leaves it, or None: it must lead to some place beneath the root."""
    if not folder:
        return Phrase("clients.folder_empty")
    if folder.startswith("/") or _DRIVE.match(folder):
        return Phrase("clients.folder_absolute", {"folder": folder})
    if ".." in folder.split("/"):
        return Phrase("clients.folder_upward", {"folder": folder})
    if any(unicodedata.category(char) == "Cc" for char in folder):
        return Phrase("clients.folder_control", {"folder": folder})
    return None


def same(folder: str) -> str:
    """What two spellings of one folder have in common: accents composed (NFC); capitals still count."""
    return unicodedata.normalize("NFC", folder)
