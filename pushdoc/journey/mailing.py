"""Each morning's digest is composed when it is due; `outbox` sends it.

The two know nothing of each other; they meet in the ledger (`ledger.mails`), where a digest is kept whole before
anything of it is sent.
"""

from __future__ import annotations

import threading
from math import inf
from typing import TYPE_CHECKING

from pushdoc.journey.addressees import addressees
from pushdoc.journey.due import day_due, is_due
from pushdoc.ledger import History, MailState
from pushdoc.log import logger
from pushdoc.pulse import alive, beat
from pushdoc.tell import Reader
from pushdoc.tell.mail.digest import digest
from pushdoc.tell.mail.letter import letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pushdoc.clock import Clock
    from pushdoc.journey.outbox import Outbox
    from pushdoc.ledger import Ledger, MailNote
    from pushdoc.rules import Rules
    from pushdoc.tell.mail.digest import Addressee

#: Between two looks at the outbox: other processes put something in it, too. In seconds.
_REST_S = 60.0
#: A digest that cannot be composed is our own fault, which does not mend itself within a minute. In seconds.
_STUMBLED_S = 3600.0


class Mailing:
    """The digests of one house, and their way out."""

    def __init__(self, rules: Rules, ledger: Ledger, clock: Clock, outbox: Outbox) -> None:
        assert rules.mail is not None
        self._rules = rules
        self._sender = rules.mail.sender
        self._mails = ledger.mails
        self._clock = clock
        self._outbox = outbox
        self._addressees = addressees(rules)
        self._reader = Reader(rules.language, rules.zone)
        self._bell = threading.Event()
        self._left = False
        self._rest_s = _REST_S
        self._fresh = True  # the rules may have changed since a mail was composed that still waits
        self._done: date | None = None  # the day whose digests are all composed
        self._stumbled: dict[str, float] = {}

    # --- by the daemon

    def work(self) -> None:
        """Compose and send whatever is due, until `leave`."""
        with alive():
            while not self._left:
                beat()
                self.turn()
                self._clock.wait(self._rest_s, self._bell)
                self._bell.clear()  # before it is asked who rang

    def ring(self) -> None:
        """The hour has come, or something was put in the outbox: look now."""
        self._bell.set()

    def leave(self) -> None:
        """Take up nothing more; a mail that is being handed over is."""
        self._left = True
        self._outbox.shut()
        self._bell.set()

    def _rest(self) -> float:
        hour = self._mails.next_hour()
        wait = _REST_S if hour is None else (hour - self._clock.now()).total_seconds()
        return min(max(wait, 1.0), _REST_S)

    # --- what is due

    def turn(self) -> None:
        """Compose the digests that are due, and send what waits in the outbox; what fails stops nobody."""
        self._rest_s = _REST_S
        try:
            self._turn()
            self._rest_s = self._rest()
        except Exception:  # noqa: BLE001 -- as in the daemon's round: a bad turn must not be the last
            if not self._left:
                logger().exception("mails stumbled")

    def _turn(self) -> None:
        held = self._compose_due()
        # One of which nobody knew whether it arrived kept its reader's next one waiting: perhaps no more.
        if self._outbox.send() and held and self._compose_due() < held:
            self._outbox.send()

    def send_now(self, wanted: Callable[[Addressee], bool], *, even_quiet: bool) -> list[tuple[Addressee, MailNote]]:
        """Compose and send some people's digests whatever the hour; the last one of each, and how far it is.

        Where it is not known what the last one has told, that one goes again instead. Safe beside a daemon.
        """
        chosen = [addressee for addressee in self._addressees if wanted(addressee)]
        for addressee in chosen:
            if not self._mails.told(addressee.email).open:
                self._compose(addressee, self._today(), even_quiet=even_quiet)
        self._outbox.send()
        noted = [(addressee, self._mails.latest(addressee.email)) for addressee in chosen]
        return [(addressee, note) for addressee, note in noted if note is not None]

    def _compose_due(self) -> int:
        """Compose what is due; how many digests had to wait, since it is not known what the last one has told."""
        day = self._today()
        if self._fresh:
            self._mails.keep_only([each.email for each in self._addressees])
        elif day == self._done:
            return 0
        held = stumbled = 0
        for addressee in self._addressees:
            told = self._mails.told(addressee.email)
            if not (is_due(day, told.day) or (self._fresh and told.state is MailState.WAITING)):
                continue
            if self._clock.monotonic() < self._stumbled.get(addressee.email, -inf):
                stumbled += 1
            elif told.open:
                held += 1
            else:
                self._compose(addressee, day, even_quiet=self._rules.digest.when_quiet)
        self._fresh = False
        self._done = None if held or stumbled or self._stumbled else day
        return held

    def _today(self) -> date:
        return day_due(self._rules.digest.at, self._rules.zone, self._clock.now())

    def _compose(self, addressee: Addressee, day: date, *, even_quiet: bool) -> None:
        """Put somebody's digest in the outbox, of all that they have not been told."""
        rules, now = self._rules, self._clock.now()
        after, upto = self._mails.told(addressee.email).upto, self._mails.newest_event()
        history = History.open(rules.ledger.path)
        try:
            found = digest(
                history,
                addressee,
                self._reader,
                after=after,
                upto=upto,
                now=now,
                destinations=list(rules.destination),
            )
            message = None
            if even_quiet or not found.quiet:
                own = rules.digest.templates
                message = letter(found, addressee, sender=self._sender, reader=self._reader, templates=own, made=now)
        except Exception:  # noqa: BLE001 -- one person's mail must not cost the others theirs
            logger().exception("digest cannot be composed", recipient=addressee.email)
            self._stumbled[addressee.email] = self._clock.monotonic() + _STUMBLED_S
            return
        finally:
            history.close()
        self._stumbled.pop(addressee.email, None)
        if self._mails.put_digest(addressee.email, day, after, upto, message, now):
            size = None if message is None else len(message)
            logger().info("digest composed", recipient=addressee.email, day=str(day), upto=upto, bytes=size)
