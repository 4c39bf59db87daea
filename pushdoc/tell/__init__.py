"""People and machines learn of it: the answers to `status`, `list`, `show` and `map`, as JSON and for the eye.

Reads the ledger's history, writes nothing, decides nothing. A name that comes from outside is made `visible` before
it is shown.
"""

from pushdoc.tell.answers import Reader, document, life, mapping
from pushdoc.tell.board import MOST_SHOWN, status_lines
from pushdoc.tell.listing import list_lines, map_lines
from pushdoc.tell.screen import PAPER, Screen, Tone, table
from pushdoc.tell.sheet import csv_lines
from pushdoc.tell.status import status
from pushdoc.tell.story import next_step, show_lines

__all__ = [
    "MOST_SHOWN",
    "PAPER",
    "Reader",
    "Screen",
    "Tone",
    "csv_lines",
    "document",
    "life",
    "list_lines",
    "map_lines",
    "mapping",
    "next_step",
    "show_lines",
    "status",
    "status_lines",
    "table",
]
