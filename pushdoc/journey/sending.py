"""The way out: claim the document that is due, carry it to its destination, record what came of it, file or mark it."""

from __future__ import annotations

import os
import random
from contextlib import suppress
from typing import TYPE_CHECKING

from pushdoc.deliver.body import OutgoingBody
from pushdoc.deliver.destination import Delayed, Delivered, Parcel, Scope
from pushdoc.filing import Obstructed, ready
from pushdoc.journey.heirs import Heirs
from pushdoc.journey.judge import refusal
from pushdoc.journey.reactions import SOON, Barred, Reaction, Terms, Whose, doubt, react
from pushdoc.journey.succession import Succession
from pushdoc.journey.tidying import taken_away, where_it_went
from pushdoc.journey.turns import Turns
from pushdoc.log import logger
from pushdoc.original import ChangedError, NotAFileError, digest, identity_of, opened
from pushdoc.states import Event, OvertakenError, State
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination, Outcome
    from pushdoc.document import Document
    from pushdoc.journey.after import Afterwards
    from pushdoc.journey.gate import Gate
    from pushdoc.journey.roll import Roll
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rule, Rules

#: A folder that could take a paper is believed to take the next ones within this time.
_FINE_S = 1.0
_FINE_MOST = 1000


class Sending:
    """What the couriers of one destination do, one document at a time; safe to use from all of them."""

    def __init__(
        self,
        rules: Rules,
        destination: Destination,
        ledger: Ledger,
        gate: Gate,
        roll: Roll,
        after: Afterwards,
        clock: Clock,
    ) -> None:
        self._root = rules.clients.root
        self._retry = rules.retry
        self._rules: dict[str, Rule] = {rule.name: rule for rule in rules.rule}
        self._succession = Succession(Heirs(rules, roll.all), ledger, after, clock)
        self._destination = destination
        self._ledger = ledger
        self._gate = gate
        self._roll = roll
        self._after = after
        self._clock = clock
        self._turns = Turns(gate, destination.parallel)
        self._fine_until: dict[Path, float] = {}
        self._stumbled: set[int] = set()

    def recover(self) -> None:
        """At start: what an earlier run left in the middle of sending is in doubt; what it delivered is filed.

        A claim is durable before the first byte goes out, so a document in SENDING may or may not have arrived.
        """
        for document in self._ledger.in_states(State.SENDING, destination=self._destination.name):
            self._interrupted(document, Phrase("journey.interrupted"))
        self.file_leftovers()

    def file_leftovers(self) -> None:
        """Finish the moves that were interrupted, or that the archive did not allow before."""
        for document in self._ledger.in_states(State.DELIVERED, State.DUPLICATE, destination=self._destination.name):
            self._after.file(document)

    def carry(self) -> bool:
        """Carry the document that is next in the queue, if any may go now; whether one was taken up.

        Nothing goes by the mapping of an earlier run: the table may have changed since.
        """
        self._get_up()
        if not self._roll.knows(self._destination.name) or not self._gate.enter():
            return False
        try:
            document = self._ledger.claim(self._destination.name)
            if document is None:
                return False
            try:
                self._carry(document)
            except Exception:
                self._stumbled.add(document.id)
                raise
            return True
        finally:
            self._gate.leave()

    def _get_up(self) -> None:
        """What an error left in the middle of sending (the ledger on a full disk, say) is in doubt as after a crash."""
        for number in tuple(self._stumbled):
            document = self._ledger.get(number)
            if document.state is State.SENDING:
                with suppress(OvertakenError):  # another courier does the same
                    self._interrupted(document, Phrase("journey.stumbled"))
            self._stumbled.discard(number)

    def _interrupted(self, document: Document, reason: Phrase) -> None:
        self._carry_out(document, doubt(reason, document, self._clock.now()))

    def _carry(self, document: Document) -> None:
        if document.state is State.DUPLICATE:
            self._after.file(document)
        elif document.state is State.NON_TRANSMIS:
            self._after.mark(document)
        elif self._succession.lets_go(document):
            self._attempt(document)

    def _attempt(self, document: Document) -> None:
        rule = self._rules.get(document.rule)
        size = document.identity.size
        if rule is not None and (refused := refusal(rule, self._destination, document.name, size)):
            self._carry_out(document, Reaction(Whose.DOCUMENT, Event.REFUSE, refused))
            return
        if not self._after.lookout.answers(document.path):
            self.record(document, Barred(Phrase("journey.share_hangs", {"path": str(document.path.parent)})))
            return
        if document.archive_folder is not None:
            # Sent and then stuck would be worse: it would lie among those that wait.
            barred = self._barred(document.path.parent) or self._barred(document.archive_folder)
            if barred is not None:
                self.record(document, Barred(barred.reason))
                return
        started = self._clock.monotonic()
        try:
            outcome: Outcome | Barred | None = self._send(document)
        except (ChangedError, NotAFileError):
            # Nothing was accepted. What lies there now is a new document, which the next look takes.
            self._after.withdraw(document, Phrase("journey.changed"))
            return
        except OSError as error:
            if isinstance(error, FileNotFoundError) and taken_away(self._root, document, self._after.lookout):
                self._after.withdraw(document, where_it_went(document))
                return
            said = os.strerror(error.errno) if error.errno else str(error)
            outcome = Barred(Phrase("journey.unreadable", {"path": str(document.path), "said": said}))
        if outcome is None:
            self._ledger.record(document, Event.DELAY, reason=self._gate.reason or document.reason)
            return
        if not isinstance(outcome, Delivered):
            self.record(document, outcome)
        took = round(self._clock.monotonic() - started, 2)
        logger().debug("answered", document=document.id, outcome=type(outcome).__name__.lower(), seconds=took)

    def _barred(self, folder: Path) -> Obstructed | None:
        """What would keep a folder from giving or taking papers; one that was fine is not asked again at once."""
        now = self._clock.monotonic()
        if self._fine_until.get(folder, now) > now:
            return None
        barred = ready(self._root, folder)
        if barred is None:
            if len(self._fine_until) >= _FINE_MOST:
                self._fine_until.clear()  # months go by: their folders are not kept for ever
            self._fine_until[folder] = now + _FINE_S
        return barred

    def _send(self, document: Document) -> Outcome | None:
        """What came of sending; None where the gate was shut before its turn came, and nothing went out."""
        with opened(self._root, document.path) as descriptor:
            standing = identity_of(os.fstat(descriptor))
            if standing != document.identity:
                # Touched, or on a disk that got another number when it was mounted anew: the bytes decide.
                if standing.size != document.identity.size or digest(descriptor) != document.digest:
                    raise ChangedError("another file, or another content, since it was entered")
                document = self._ledger.amend(document, identity=standing)
            with self._turns.one() as may_go:
                if not may_go:
                    return None
                outcome = self._destination.send(self._parcel(document, descriptor))
            if isinstance(outcome, Delivered):
                # Filed while it is still open: should somebody have put another file in its place, these are its bytes.
                self.record(document, outcome, descriptor)
            return outcome

    def _parcel(self, document: Document, descriptor: int) -> Parcel:
        assert document.reference is not None
        assert document.dossier is not None
        rule = self._rules.get(document.rule)
        return Parcel(
            reference=document.reference,
            dossier=document.dossier,
            client=document.client.rsplit("/", 1)[-1],
            type=document.type,
            name=visible(document.name),
            digest=document.digest,
            beneficiary=rule.beneficiary if rule else None,
            send_as=rule.send_as if rule else None,
            body=OutgoingBody(descriptor, document.identity.size, document.digest),
        )

    def record(self, document: Document, outcome: Outcome | Barred, descriptor: int | None = None) -> None:
        """Write down what came of an attempt, and do what follows from it (`reactions`)."""
        jitter = random.random()  # noqa: S311 -- spreads retries, guards nothing
        terms = Terms(self._retry.first, self._retry.longest, self._retry.give_up_after, jitter)
        passed = document.troubled_at is not None and self._gate.passed_since(document.troubled_at)
        reaction = react(outcome, document, self._clock.now(), terms, others_passed=passed)
        self._tell_gate(reaction, outcome)
        if isinstance(outcome, Delivered):
            follow_in = SOON if outcome.follow else None
            told = {"follow_in": follow_in, "descriptor": descriptor, **reaction.changes}
            self._after.delivered(document, outcome.receipt, outcome.status, **told)
        else:
            self._carry_out(document, reaction)

    def _tell_gate(self, reaction: Reaction, outcome: Outcome | Barred) -> None:
        match reaction.whose:
            case Whose.DESTINATION if isinstance(outcome, Delayed):
                self._gate.trouble(outcome)
            case Whose.UNKNOWN if reaction.reason is not None:
                self._gate.doubt(reaction.reason)
            case Whose.NOBODY | Whose.DOCUMENT | Whose.DOSSIER if not _never_answered(outcome):
                self._gate.success()
        if reaction.whose is Whose.DOSSIER:
            self._roll.grow_stale(self._destination.name)

    def _carry_out(self, document: Document, reaction: Reaction) -> None:
        known = self._ledger.record(document, reaction.event, reason=reaction.reason, **reaction.changes)
        if reaction.event is Event.REFUSE:
            self._after.mark(known)


def _never_answered(outcome: Outcome | Barred) -> bool:
    """Whether the destination was not asked, or its answer was its own trouble, whatever was made of it."""
    return isinstance(outcome, Barred) or (isinstance(outcome, Delayed) and outcome.scope is Scope.DESTINATION)
