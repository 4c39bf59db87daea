"""The memory: the only truth that the rooms share.

`Ledger` is the only writer of documents and `History` asks without writing; `hold` keeps a second pushdoc out. Knows
nothing of files, services or rules.
"""

from pushdoc.ledger.alerts import AlertNote, Alerts
from pushdoc.ledger.care import backup, faults
from pushdoc.ledger.history import Happening, History, RuleTally
from pushdoc.ledger.hold import hold, holder
from pushdoc.ledger.ledger import Ledger
from pushdoc.ledger.mails import MailNote, Mails, MailState
from pushdoc.ledger.notes import DestinationNote, MappingNote, Notes, RefusedNote, RunNote
from pushdoc.ledger.rows import Entry

__all__ = [
    "AlertNote",
    "Alerts",
    "DestinationNote",
    "Entry",
    "Happening",
    "History",
    "Ledger",
    "MailNote",
    "MailState",
    "Mails",
    "MappingNote",
    "Notes",
    "RefusedNote",
    "RuleTally",
    "RunNote",
    "backup",
    "faults",
    "hold",
    "holder",
]
