"""Where the paper goes afterwards: into its archive folder, or nowhere, with the mark « Non transmis » beside it.

The room knows files and folders beneath the clients' root. It decides nothing about a document and writes nothing in
the ledger; what came of its work is a value.
"""

from pushdoc.filing.archiving import archive, plan, ready
from pushdoc.filing.mark import MarkStyle, document_of, is_mark, mark_name, marks_in, remove_stray
from pushdoc.filing.mark import clear as clear_mark
from pushdoc.filing.mark import remove as remove_mark
from pushdoc.filing.mark import write as write_mark
from pushdoc.filing.mark_text import text_of as mark_text
from pushdoc.filing.move import Filed, Filing, Gone, Replaced
from pushdoc.filing.obstacle import Obstructed
from pushdoc.filing.rescue import rescue
from pushdoc.filing.small import discard_small

__all__ = [
    "Filed",
    "Filing",
    "Gone",
    "MarkStyle",
    "Obstructed",
    "Replaced",
    "archive",
    "clear_mark",
    "discard_small",
    "document_of",
    "is_mark",
    "mark_name",
    "mark_text",
    "marks_in",
    "plan",
    "ready",
    "remove_mark",
    "remove_stray",
    "rescue",
    "write_mark",
]
