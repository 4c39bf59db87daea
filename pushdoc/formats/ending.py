"""What a format can say of a file's end, and how that is told where a format has one fixed end."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from pushdoc.formats.excerpt import PADDING, TAIL

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt


class Ending(Enum):
    """What a file's own format says of its end.

    COMPLETE means that the file may be whole, not that nobody writes on: a scanner that adds each page as an update
    of the PDF leaves a complete file after every page, and a copy that fills a file out of order may have its end
    before its middle. OPEN is sure as long as the file obeys its format: what is there is not all.
    """

    COMPLETE = auto()
    OPEN = auto()
    UNKNOWN = auto()


def fixed_end(excerpt: Excerpt, end: bytes) -> Ending:
    """The ending of a format whose files end in the same bytes; padding may follow."""
    tail = excerpt.tail(TAIL)
    if tail.rstrip(PADDING).endswith(end):
        return Ending.COMPLETE
    # Something else was put behind the document: what it is, and whether it is all there, its format does not say.
    return Ending.UNKNOWN if end in tail else Ending.OPEN
