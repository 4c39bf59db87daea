"""Names as people compare them by eye: without case, accents and kinds of blanks."""

from __future__ import annotations

import re
import unicodedata

#: The accents of French and its neighbours, once they stand apart from their letters.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


def plain(text: str) -> str:
    """What is left of a name where "Été", "ete" and an "É" of two characters are the same."""
    if text.isascii():
        return text.lower()  # most names
    taken_apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if taken_apart.isascii():
        return taken_apart.lower()  # nearly all others
    return "".join(char for char in taken_apart if not unicodedata.combining(char)).casefold().translate(_LIGATURES)
