"""People and machines learn of it: the answers to `status`, `list`, `show` and `map`, as JSON and for the eye.

Reads the ledger's history, writes nothing, decides nothing. A name that comes from outside is made `visible` before
it is shown.
"""

from pushdoc.tell.answers import Reader, document, life, mapping
from pushdoc.tell.screen import list_lines, map_lines, show_lines, status_lines, table
from pushdoc.tell.sheet import csv_lines
from pushdoc.tell.status import status

__all__ = [
    "Reader",
    "csv_lines",
    "document",
    "life",
    "list_lines",
    "map_lines",
    "mapping",
    "show_lines",
    "status",
    "status_lines",
    "table",
]
