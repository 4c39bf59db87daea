"""Has something come, and is it whole? The folders of the house, looked at; events only say when to look.

It knows folders that it is given, nothing of rules, clients or the ledger. `look` is the truth about a folder,
`Settling` says when a file in it is whole, `has_writer` whether somebody is still at it; `Arrivals` wakes a look
earlier than its regular hour, and may fail to. On shares `Lookout` looks with a time limit, and `Presence` knows
whether the root is still the one it was.
"""

from pushdoc.watch.arrivals import Arrivals
from pushdoc.watch.ignore import ignored, is_mark, locked_by
from pushdoc.watch.listening import Listening
from pushdoc.watch.lookout import Lookout
from pushdoc.watch.mounts import Mount, file_system_of, is_remote, mount_of, mounts, real_place
from pushdoc.watch.moved import Moved
from pushdoc.watch.pace import next_rescan
from pushdoc.watch.room import Room, RoomErrand
from pushdoc.watch.root import Presence, Sight
from pushdoc.watch.scan import Look, Sighting, look
from pushdoc.watch.settle import Pending, Settling
from pushdoc.watch.spelling import resolve, spelt
from pushdoc.watch.trouble import Oddity, Told
from pushdoc.watch.writer import has_writer, surely_closed

__all__ = [
    "Arrivals",
    "Listening",
    "Look",
    "Lookout",
    "Mount",
    "Moved",
    "Oddity",
    "Pending",
    "Presence",
    "Room",
    "RoomErrand",
    "Settling",
    "Sight",
    "Sighting",
    "Told",
    "file_system_of",
    "has_writer",
    "ignored",
    "is_mark",
    "is_remote",
    "locked_by",
    "look",
    "mount_of",
    "mounts",
    "next_rescan",
    "real_place",
    "resolve",
    "spelt",
    "surely_closed",
]
