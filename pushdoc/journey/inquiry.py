"""Questions to a destination about documents it may have, and about those it surely has.

Both are background: they take of the destination's rate only what sending leaves.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, assert_never

from pushdoc.deliver.backoff import give_up
from pushdoc.deliver.destination import Absent, CannotTell, Found, Scope, ServiceTroubleError
from pushdoc.log import logger
from pushdoc.states import Event, OvertakenError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination, Progress
    from pushdoc.document import Document
    from pushdoc.journey.after import Afterwards
    from pushdoc.journey.gate import Gate
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rules

#: Sent so often in vain, each time without an answer: something about the document itself is wrong.
_POISON = 5
#: Between one look at what became of a delivered document and the next.
#: Source: the contract, section 5: duplicates show after 3 s, most are done within 4 minutes, nothing is sent by
# itself.
_FOLLOWING = tuple(timedelta(seconds=seconds) for seconds in (25, 90, 480)) + (timedelta(hours=1),) * 24


class Inquiry:
    """What is asked of one destination beside sending."""

    def __init__(
        self,
        rules: Rules,
        destination: Destination,
        ledger: Ledger,
        gate: Gate,
        after: Afterwards,
        clock: Clock,
    ) -> None:
        self._retry = rules.retry
        self._destination = destination
        self._ledger = ledger
        self._gate = gate
        self._after = after
        self._clock = clock

    def ask(self) -> int:
        """Ask about every doubtful document whose hour has come; how many were settled."""
        settled = 0
        for document in self._ledger.doubtful(self._destination.name):
            with suppress(OvertakenError):  # a person has decided meanwhile
                settled += self._settle(document)
        return settled

    def follow(self) -> int:
        """Learn what became of delivered documents whose hour has come, one question a dossier; how many there were."""
        due = sorted(self._ledger.to_follow(self._destination.name), key=lambda document: document.dossier or "")
        away = False
        for dossier, group in groupby(due, key=lambda document: document.dossier or ""):
            documents = list(group)
            try:
                if not away:
                    self._follow(dossier, documents)
                    continue
            except ServiceTroubleError as trouble:
                # Sending finds out by itself; following only comes back later.
                logger().warning("cannot follow", dossier=dossier, reason=trouble.delayed.reason)
                away = trouble.delayed.scope is Scope.DESTINATION
            for document in documents:
                self._ledger.amend(document, next_follow=self._clock.now() + _FOLLOWING[1])
        return len(due)

    def _settle(self, document: Document) -> bool:
        now = self._clock.now()
        finding = self._destination.ask(document)
        asked: dict[str, Any] = {"asks": document.asks + 1}
        match finding:
            case Found():
                self._gate.success()
                receipt, *others = finding.receipts
                detail = {"receipts": list(finding.receipts)} if others else None
                self._after.delivered(
                    document,
                    receipt,
                    "",
                    follow_in=_FOLLOWING[0],
                    detail=detail,
                    twin=others[0] if others else None,
                    **asked,
                )
                return True
            case Absent() if document.asks < len(self._retry.asking):
                self._ledger.amend(document, next_attempt=now + self._retry.asking[document.asks], **asked)
                return False
            case Absent():
                return self._send_again(document)
            case CannotTell():
                return self._keep_asking(document, finding)
            case _:
                assert_never(finding)

    def _send_again(self, document: Document) -> bool:
        """The destination surely does not have it: as good as never sent, except that this can go on for ever."""
        if document.attempts >= _POISON:
            reason = Phrase("journey.poison", {"tries": document.attempts})
            self._after.mark(self._ledger.record(document, Event.REFUSE, reason=reason))
        else:
            reason = Phrase("journey.surely_absent", {"asked": document.asks + 1})
            self._ledger.record(document, Event.DELAY, reason=reason, next_attempt=self._clock.now(), asks=0)
        return True

    def _keep_asking(self, document: Document, finding: CannotTell) -> bool:
        now = self._clock.now()
        if not give_up(document.since, self._retry.give_up_after, now):
            pause = self._retry.asking[min(document.asks, len(self._retry.asking) - 1)]
            self._ledger.amend(document, next_attempt=now + pause, reason=finding.reason)
            return False
        self._give_up(document)
        return True

    def _give_up(self, document: Document, **changes: Any) -> None:
        """Nobody can say whether it arrived: a person decides."""
        # A document of a lost ledger was sent nobody knows when, but not after it was seen again.
        sent_at, now = max(document.sent_at or document.first_seen, document.first_seen), self._clock.now()
        reason = Phrase("journey.cannot_tell", {"sent": sent_at.isoformat(), "asked": now.isoformat()})
        self._after.mark(self._ledger.record(document, Event.REFUSE, reason=reason, unknowable=True, **changes))

    def _follow(self, dossier: str, documents: Sequence[Document]) -> None:
        receipts = {document.receipt: document for document in documents if document.receipt}
        since = min(document.sent_at or document.first_seen for document in documents)
        told = self._destination.follow(dossier, list(receipts), since)
        for receipt, document in receipts.items():
            self._take_in(document, told.get(receipt))

    def _take_in(self, document: Document, progress: Progress | None) -> None:
        step = document.follows
        last = step >= len(_FOLLOWING)
        final = last or (progress is not None and progress.final)
        changes: dict[str, Any] = {
            "follows": step + 1,
            "next_follow": None if final else self._clock.now() + _FOLLOWING[step],
        }
        if progress is None and last and document.state is State.SUBMITTED:
            # It was taken and never shown: nobody else will ever tell.
            self._give_up(document, **changes)
        elif progress is None:
            self._ledger.amend(document, **changes)
        elif document.state is State.SUBMITTED and progress.refused is not None:
            changes["next_follow"] = None
            self._after.mark(self._ledger.record(document, Event.REFUSE, reason=progress.refused, **changes))
        elif document.state is State.SUBMITTED and final:
            assert document.receipt is not None
            told: dict[str, Any] = {"twin": progress.twin, "follows": step + 1}
            self._after.delivered(document, document.receipt, progress.status, follow_in=None, **told)
        elif progress.status == document.remote_status and progress.twin == document.twin:
            self._ledger.amend(document, **changes)
        else:
            detail = {"status": progress.status} | ({"twin": progress.twin} if progress.twin else {})
            changes |= {"remote_status": progress.status, "twin": progress.twin}
            self._ledger.amend(document, "followed", detail, **changes)
