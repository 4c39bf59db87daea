"""What a file is by its content: its real format, whether it ends where that format ends, what is wrong with it.

Reads a few pieces of an open file, never the whole, and decides nothing: whether a document waits, is sent or is
refused is the journey's business and its rule's. Any bytes get an answer; only a disk that does not answer raises.
"""

from pushdoc.formats.ending import Ending
from pushdoc.formats.excerpt import Excerpt
from pushdoc.formats.faults import can_read_pdf, mismatch, pdf_faults
from pushdoc.formats.kind import Kind, kind_of, matches
from pushdoc.formats.pdf import may_lack_pages
from pushdoc.formats.whole import Nature, ending_of, nature_of

__all__ = [
    "Ending",
    "Excerpt",
    "Kind",
    "Nature",
    "can_read_pdf",
    "ending_of",
    "kind_of",
    "matches",
    "may_lack_pages",
    "mismatch",
    "nature_of",
    "pdf_faults",
]
