"""Documents on their way when the rules change: they go on under the new ones, or a person is told why they cannot.

Nothing is stranded in silence. What waits for a rule or a client that is gone becomes « Non transmis », since a paper
must not leave by a rule that somebody took away, and sending cannot be undone; it goes by itself when they are back.
What may have arrived is asked about as long as its destination is there, whatever became of its rule.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pushdoc.journey.decisions import afresh
from pushdoc.journey.heirs import FORCIBLE
from pushdoc.states import Event, OvertakenError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.clock import Clock
    from pushdoc.document import Document
    from pushdoc.journey.after import Afterwards
    from pushdoc.journey.heirs import Heir, Heirs
    from pushdoc.ledger import Ledger

#: By the beginning of their codes the reasons are known that are over when rule and client are back.
OURS = "heirs."
_GONE = "heirs.destination_gone"
_UNDECIDED = State.HELD, State.WAITING, State.NON_TRANSMIS
#: The destination has it, or may have it, and is the only one who can tell.
_THERE = State.SENDING, State.DOUBTFUL, State.SUBMITTED


class Succession:
    """Hands documents over to the rules as they are now; safe to use beside couriers."""

    def __init__(self, heirs: Heirs, ledger: Ledger, after: Afterwards, clock: Clock) -> None:
        self._heirs = heirs
        self._ledger = ledger
        self._after = after
        self._clock = clock

    def settle(self) -> None:
        """Go through all documents that are not done with; to be repeated at any time.

        Of documents that are alike in all that the rules decide, one is asked about first.
        """
        for sample in self._ledger.samples(*_UNDECIDED, *_THERE):
            if self._step(sample) is not None:
                for document in self._ledger.alike(sample):
                    if (step := self._step(document)) is not None:
                        with suppress(OvertakenError):  # a person, or a courier, has decided meanwhile
                            step()
        self.file_leftovers()

    def file_leftovers(self) -> None:
        """File what was delivered to a destination that is gone: nobody else comes by."""
        for document in self._ledger.in_states(State.DELIVERED, State.DUPLICATE):
            if not self._heirs.serves(document.destination):
                self._after.file(document)

    def lets_go(self, document: Document) -> bool:
        """Whether a document that was claimed goes as it was entered; where not, it is handed over, or refused."""
        heir = self._heirs.of(document, self._clock.now())
        if isinstance(heir, Phrase):
            if _forced(document, heir):
                return True
            self._after.mark(self._ledger.record(document, Event.REFUSE, reason=heir))
        elif heir.same:
            return True
        else:
            now = self._clock.now()
            waiting = self._ledger.record(document, Event.DELAY, reason=document.reason, next_attempt=now)
            with suppress(OvertakenError):  # another courier was quicker, and finds the same
                self.hand_over(waiting, heir)
        return False

    def _step(self, document: Document) -> Callable[[], object] | None:
        """What is to be done about a document now; None: nothing."""
        if document.state in _THERE or document.unknowable:
            return self._step_in_doubt(document)
        heir = self._heirs.of(document, self._clock.now())
        ours = document.reason is not None and document.reason.code.startswith(OURS)
        if isinstance(heir, Phrase):
            return self._step_orphaned(document, heir, ours=ours)
        if not heir.same or ours:
            return lambda: self._inherit(document, heir, ours=ours)
        return None

    def _step_in_doubt(self, document: Document) -> Callable[[], object] | None:
        served = self._heirs.serves(document.destination)
        if document.state in _THERE and not served:
            reason = Phrase(_GONE, {"destination": document.destination})
            return lambda: self._refuse(document, reason, unknowable=True)
        if document.state is State.NON_TRANSMIS and served and document.reason and document.reason.code == _GONE:
            return lambda: self._ledger.record(document, Event.REASK, **afresh(self._clock))
        return None

    def _step_orphaned(self, document: Document, why: Phrase, *, ours: bool) -> Callable[[], object] | None:
        match document.state:
            case State.WAITING if not _forced(document, why):
                return lambda: self._refuse(document, why)
            case State.HELD if document.reason != why:
                # It stays held: when the rule is back, it must not go without a person's word.
                return lambda: self._ledger.amend(document, reason=why)
            case State.NON_TRANSMIS if ours and document.reason != why:
                return lambda: self._ledger.amend(document, reason=why)
        return None

    def _refuse(self, document: Document, why: Phrase, *, unknowable: bool = False) -> None:
        # Its mark is made by the look at its folder that follows (`tidying`).
        self._ledger.record(document, Event.REFUSE, reason=why, unknowable=unknowable)

    def _inherit(self, document: Document, heir: Heir, *, ours: bool) -> None:
        if not heir.same:
            document = self.hand_over(document, heir)
        if ours and document.state is State.NON_TRANSMIS:
            self._ledger.record(document, Event.RETRY, **afresh(self._clock))
        elif ours:
            self._ledger.amend(document, reason=None)

    def hand_over(self, document: Document, heir: Heir) -> Document:
        """The document under its heir.

        Raises:
            OvertakenError: it is no longer in the state it was known in; nothing was written.
        """
        changes = dict(heir.changes)
        if heir.archive is not None:
            (changes["archive_folder"],) = self._after.lookout.spelt([heir.archive])
        return self._ledger.hand_over(document, **changes)


def _forced(document: Document, why: Phrase) -> bool:
    """Whether a person wants it sent all the same, as it was entered: its client still has a dossier."""
    return document.forced and why.code in FORCIBLE
