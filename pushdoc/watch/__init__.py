"""Has something come, and is it whole? The folders of the house, looked at; events only say when to look.

It knows folders that it is given, nothing of rules, clients or the ledger. `look` is the truth about a folder,
`Settling` says when a file in it is whole, `has_writer` whether somebody is still at it; `Arrivals` wakes a look
earlier than its regular hour, and may fail to.
"""

from pushdoc.watch.arrivals import Arrivals
from pushdoc.watch.ignore import ignored, is_mark, locked_by
from pushdoc.watch.mounts import Mount, file_system_of, is_remote, mounts
from pushdoc.watch.scan import Look, Sighting, look, resolve
from pushdoc.watch.settle import Settling
from pushdoc.watch.trouble import Oddity, Told
from pushdoc.watch.writer import has_writer

__all__ = [
    "Arrivals",
    "Look",
    "Mount",
    "Oddity",
    "Settling",
    "Sighting",
    "Told",
    "file_system_of",
    "has_writer",
    "ignored",
    "is_mark",
    "is_remote",
    "locked_by",
    "look",
    "mounts",
    "resolve",
]
