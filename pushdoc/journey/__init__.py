"""The way of a document, from drop folder to archive. READ THIS FIRST.

    look ─▶ settle           `intake`    what lies in the drop folders, and what of it is whole (`done`, `rounds`)
    read ─▶ judge ─▶ enter   `entering`  a whole file becomes a document in the ledger
    claim ─▶ carry ─▶ record `sending`   a due document goes to its destination, and what came of it is written down
    file or mark             `after`     delivered: into the archive; refused: the mark « Non transmis »
    ask, follow              `inquiry`   doubtful ones are asked about, delivered ones followed
    heal                     `healing`   what was kept back goes by itself once its cause is over
    tell                     `mailing`   each morning's digest is composed when it is `due`, and leaves by the `outbox`

`roll` knows who the clients are and which dossier is theirs; `gate` whether a destination may be used now, and `turns`
who may send; `reactions` what an outcome does to its document; `tidying` brings documents and marks in line with what
a look saw.

Each step is durable in the ledger before the next begins: intent, sending, outcome, filing. Whatever instant the
process is killed at, the next start finds in the ledger what was under way and goes on from there
(`sending.recover`). Rooms do not know each other: what one found, this package hands to the next.
"""

from pushdoc.journey.after import Afterwards
from pushdoc.journey.gate import Gate
from pushdoc.journey.inquiry import Inquiry
from pushdoc.journey.intake import Intake
from pushdoc.journey.roll import Roll
from pushdoc.journey.sending import Sending

__all__ = ["Afterwards", "Gate", "Inquiry", "Intake", "Roll", "Sending"]
