"""Under which name a paper can be filed: its own, or its own with a number. Pure: whether a name is free is asked.

No name is compared with another here: whether `A.pdf` and `a.pdf` clash is the folder's word, and the folder gives it
when the name is tried.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from os import fsencode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What the file systems of Linux take for one name, in bytes.
LONGEST = 255
# "Loyer 12.50 euros" has no extension, nor has ".pdf": a name needs a stem.
_EXTENSION = re.compile(r"(?<=.)\.[^\s.]{1,16}\Z", re.DOTALL)


def candidates(name: str) -> Iterator[str]:
    """The names to try, best first and without end: `facture.pdf`, `facture (2).pdf` and so on.

    None is longer than `LONGEST`: the stem gives way, the extension stays.
    """
    found = _EXTENSION.search(name)
    extension = found.group() if found else ""
    stem = name.removesuffix(extension)
    yield shortened(stem, LONGEST - len(fsencode(extension))) + extension
    for number in count(2):
        tail = f" ({number}){extension}"
        yield shortened(stem, LONGEST - len(fsencode(tail))) + tail


def first_free(name: str, taken: Callable[[str], bool]) -> str:
    """The first candidate that is not taken."""
    return next(candidate for candidate in candidates(name) if not taken(candidate))


def shortened(text: str, longest: int) -> str:
    """The beginning of a text that fits in so many bytes; a letter and its accents stay together or go together."""
    if len(fsencode(text)) <= longest:
        return text
    end, length = 0, 0
    for place, char in enumerate(text):
        length += len(fsencode(char))
        if length > longest:
            break
        end = place + 1
    while 0 < end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return text[:end]
