"""The memory: the only truth that the rooms share.

`Ledger` is the only writer of documents and `History` asks without writing; `hold` keeps a second pushdoc out. Knows
nothing of files, services or rules.
"""

from pushdoc.ledger.alerts import AlertKind, AlertNote, Alerts
from pushdoc.ledger.care import backup, faults
from pushdoc.ledger.history import Happening, History, RuleTally
from pushdoc.ledger.hold import hold, holder
from pushdoc.ledger.ledger import Ledger
from pushdoc.ledger.mail import MailNote, MailState, OutboxNote
from pushdoc.ledger.mails import Mails
from pushdoc.ledger.notes import DestinationNote, MappingNote, Notes, RefusedNote, RunNote, TroubleNote
from pushdoc.ledger.numbers import Failure, Numbers, Timing
from pushdoc.ledger.rows import Entry
from pushdoc.ledger.telling import Telling, Told, Unmapped

__all__ = [
    "AlertKind",
    "AlertNote",
    "Alerts",
    "DestinationNote",
    "Entry",
    "Failure",
    "Happening",
    "History",
    "Ledger",
    "MailNote",
    "MailState",
    "Mails",
    "MappingNote",
    "Notes",
    "Numbers",
    "OutboxNote",
    "RefusedNote",
    "RuleTally",
    "RunNote",
    "Telling",
    "Timing",
    "Told",
    "TroubleNote",
    "Unmapped",
    "backup",
    "faults",
    "hold",
    "holder",
]
