"""What waits in the ledger's outbox is handed to the mail server, and what became of it is written down.

A server that is down holds up no document and loses no mail: it is tried again, for as long as it takes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.journey.due import NO_WAIT, next_attempt
from pushdoc.ledger import MailState
from pushdoc.log import logger
from pushdoc.pulse import at_rest
from pushdoc.tell.mail.handover import TALK_S, Fate, hand_over
from pushdoc.tell.mail.post import PostError, connected

if TYPE_CHECKING:
    import smtplib
    from collections.abc import Callable

    from pushdoc.clock import Clock
    from pushdoc.ledger import MailNote, Mails
    from pushdoc.tell.mail.handover import Handover
    from pushdoc.tell.mail.post import MailServer
    from pushdoc.words import Phrase

#: A mail of which no answer comes goes so many times; then something swallows the answers, and one of them has arrived.
_MOST_UNKNOWN = 6
_STATES = {
    Fate.SENT: MailState.SENT,
    Fate.LATER: MailState.WAITING,
    Fate.REFUSED: MailState.REFUSED,
    Fate.UNKNOWN: MailState.UNCERTAIN,
}


class Outbox:
    """Sends mail from `sender`; `server` says anew each time where it is taken, and as whom we come.

    `answering` is how many seconds each answer is waited for, `accepting` how many the last one: whether a mail has
    been taken. Servers look through it first, and one that is not waited for may get it twice.
    """

    def __init__(
        self,
        mails: Mails,
        clock: Clock,
        sender: str,
        server: Callable[[], MailServer],
        *,
        answering: float,
        accepting: float,
    ) -> None:
        self._mails = mails
        self._clock = clock
        self._sender = sender
        self._server = server
        self._answering = answering
        self._accepting = accepting
        # Nobody else takes up a mail that is being handed over.
        self._lease = timedelta(seconds=TALK_S + accepting + 60)
        self._shut = False

    def shut(self) -> None:
        """Hand over no more mails than the one that is under way."""
        self._shut = True

    def send(self) -> bool:
        """Hand over what is due; whether anything of it is settled now."""
        now, hour = self._clock.now(), self._mails.next_hour()
        if hour is None or now < hour <= now + NO_WAIT:
            return False
        with at_rest():  # each step has its limit, and together they take longer than others at work are missed
            try:
                server = self._server()
                with connected(server, self._answering) as client:
                    return self._send_all(server, client)
            except (PostError, ConfigurationError) as error:
                self._put_off(error.phrase)
                return False

    def _send_all(self, server: MailServer, client: smtplib.SMTP) -> bool:
        settled = over = False
        while not (over or self._shut):
            now = self._clock.now()
            claimed = self._mails.claim(now, now + self._lease, now + NO_WAIT)
            if claimed is None:
                break
            note, message = claimed
            given = hand_over(client, server, self._sender, note.recipient, message, self._accepting)
            settled |= self._settle(note, given)
            over = given.over
        return settled

    def _settle(self, note: MailNote, given: Handover) -> bool:
        """Write down what has become of a mail; whether that is the end of it."""
        state, now = _STATES[given.fate], self._clock.now()
        if given.fate is Fate.UNKNOWN and note.state is not MailState.WAITING and note.attempts + 1 >= _MOST_UNKNOWN:
            state = MailState.ABANDONED
        state = self._mails.settle(note, state, now, given.reason, next_attempt(note.attempts + 1, now))
        self._tell(note, state, given.reason)
        return state not in {MailState.WAITING, MailState.UNCERTAIN}

    def _put_off(self, reason: Phrase) -> None:
        """The server cannot be used: none of them has left."""
        now = self._clock.now()
        due = self._mails.put_off(now, now + NO_WAIT, reason, lambda attempts: next_attempt(attempts, now))
        known = all(note.reason is not None and note.reason.code == reason.code for note in due)
        # Once, until it is another reason: it is tried for as long as it takes.
        tell = logger().debug if known else logger().warning
        tell("mail cannot be sent", mails=len(due), reason=reason)

    def _tell(self, note: MailNote, state: MailState, reason: Phrase | None) -> None:
        facts = {"mail": note.id, "kind": note.kind, "recipient": note.recipient, "attempts": note.attempts + 1}
        if reason is None:
            logger().info("mail sent", **facts)
        elif state in {MailState.REFUSED, MailState.ABANDONED}:
            logger().error("mail given up", state=state.value, reason=reason, **facts)
        elif note.reason is None or note.reason.code != reason.code:
            logger().warning("mail not taken", state=state.value, reason=reason, **facts)
