"""Trouble that an operator should hear of at once: found here, decided by `alarm`, kept with the mails that tell it.

A mail is not sent here: it is kept in the ledger, in one transaction with what it tells, so that neither a kill nor a
mail server that is down makes anybody hear of a thing twice, or never.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.deliver.breaker import Standing
from pushdoc.journey.alarm import Patience, Sign, decide
from pushdoc.journey.disks import Disks
from pushdoc.ledger import AlertKind
from pushdoc.log import logger
from pushdoc.states import State
from pushdoc.tell.answers import Reader
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pushdoc.clock import Clock
    from pushdoc.journey.alarm import Decision
    from pushdoc.journey.gate import Gate
    from pushdoc.journey.intake import Intake
    from pushdoc.journey.roll import Roll
    from pushdoc.ledger import AlertNote, Ledger
    from pushdoc.rules import Rules
    from pushdoc.watch import Lookout

#: For so long after its start, a process trusts nothing that may end by itself: it has not looked yet.
_GRACE = timedelta(minutes=1)
#: What befalls the clients' root or a whole share; it is told with its place, and not for each folder there.
_SHARES = frozenset({
    "watch.hanging", "watch.root_changed", "watch.root_empty", "watch.root_gone", "watch.root_of_others",
    "watch.unmounted",
})  # fmt: skip
#: What befalls single folders and files.
_FOLDERS = frozenset({"journey.unreadable", "watch.no_right", "watch.not_a_folder", "watch.unreadable"})
#: What is said of a folder whose share is in trouble, in turns: its errors, its hanging, a part of it that hangs still.
_OF_A_SHARE = ("watch.away", "watch.folder_hangs", "watch.no_scout")


class Alerting:
    """Looks for trouble, and tells it; for one thread, but for `saw`. `ring` is called when a mail was kept."""

    def __init__(
        self,
        rules: Rules,
        ledger: Ledger,
        clock: Clock,
        gates: Sequence[Gate],
        roll: Roll,
        lookout: Lookout,
        *,
        ring: Callable[[], None] | None = None,
    ) -> None:
        self._rules = rules
        self._ledger = ledger
        self._clock = clock
        self._gates = gates
        self._roll = roll
        self._clients = {client.folder for client in roll.clients}
        self._lookout = lookout
        self._ring = ring
        self._disks = Disks(rules, lookout, clock)
        self._begun = clock.now()
        self._known = ledger.alerts.known()
        self._seen: tuple[list[Sign], Sequence[Path]] | None = None

    def saw(self, intake: Intake) -> None:
        """All folders were looked at; said by the thread that looks."""
        found = [*self._lookout.troubles(), *intake.problems.values()]
        self._seen = list(_troubles(found, self._lookout.share)), intake.folders

    @property
    def watched(self) -> int | None:
        """How many folders are watched; None before they were looked at."""
        return None if self._seen is None else len(self._seen[1])

    @property
    def lasting(self) -> list[AlertNote]:
        """The troubles that were told and are not over, the oldest first."""
        told = [note for note in tuple(self._known.values()) if note.told is not None]
        return sorted(told, key=lambda note: (note.since, note.key))

    def look(self, *, at_the_end: bool = False) -> None:
        """Find out what is in trouble now, and keep what has changed, with the mails that tell it.

        `at_the_end` of a pass that ends by itself (`once`) all has been tried; in the first moments of a daemon, not.

        Raises:
            PushdocError: the ledger cannot be written; nothing is told then, nor taken for told.
        """
        now = self._clock.now()
        earliest = None if at_the_end else self._begun + _GRACE
        signs, folders = self._seen or ([], ())
        signs = [*signs, *self._disks.see(folders, self._known), *self._signs()]
        known = {key: note for key, note in self._known.items() if self._meant(note)}
        unclear = {key for key, note in known.items() if self._unclear(note)}
        decision = decide(known, signs, unclear, now, Patience(self._rules.alerts.after, earliest))
        strangers = self._known.keys() - known.keys()
        if decision.nothing and not strangers:
            return
        mails = self._mails(decision) if decision.told else []
        self._ledger.alerts.keep(decision.changed, [*decision.forgotten, *strangers], mails, now)
        self._known = self._ledger.alerts.known()
        _log(decision, len(mails))
        if mails and self._ring is not None:
            self._ring()

    def _signs(self) -> Iterator[Sign]:
        for gate in self._gates:
            kind = {Standing.DOWN: AlertKind.DOWN, Standing.PAUSED: AlertKind.PAUSED}.get(gate.standing)
            reason = gate.reason
            if kind is not None and reason is not None:
                yield Sign(f"destination:{gate.name}", kind, gate.name, reason)
            for client, why in (self._roll.unmapped(gate.name) or {}).items():
                yield Sign(f"{AlertKind.CLIENT}:{gate.name}:{client}", AlertKind.CLIENT, client, why)
        if (refused := self._ledger.notes.refused()) is not None:
            place, why = refused.problems[0]
            yield Sign(AlertKind.RULES, AlertKind.RULES, place, why)

    def _unclear(self, note: AlertNote) -> bool:
        """Whether nobody can say at the moment how it is with a trouble."""
        match note.kind:
            case AlertKind.DOWN | AlertKind.PAUSED:
                gate = self._gate(note)
                return gate is not None and gate.standing is Standing.UNKNOWN
            case AlertKind.CLIENT:
                gate = self._gate(note)
                return gate is not None and self._roll.unmapped(gate.name) is None
            case AlertKind.SHARE | AlertKind.FOLDER:
                return self._seen is None
            case AlertKind.DISK:
                return note.key in self._disks.unclear
            case AlertKind.RULES:
                return False

    def _meant(self, note: AlertNote) -> bool:
        """Whether the rules still know what was in trouble; of what they do not, nobody is told that it is well."""
        match note.kind:
            case AlertKind.DOWN | AlertKind.PAUSED:
                return self._gate(note) is not None
            case AlertKind.CLIENT:
                return self._gate(note) is not None and note.subject in self._clients
            case AlertKind.DISK:
                return note.key in self._disks.asked
            case AlertKind.SHARE | AlertKind.FOLDER | AlertKind.RULES:
                return True

    def _gate(self, note: AlertNote) -> Gate | None:
        keys = {f"destination:{gate.name}": gate for gate in self._gates}
        keys |= {f"{AlertKind.CLIENT}:{gate.name}:{note.subject}": gate for gate in self._gates}
        return keys.get(note.key)

    def _mails(self, decision: Decision) -> list[tuple[str, bytes]]:
        """The mails that tell it, one for each recipient."""
        rules = self._rules
        recipients = {address.casefold(): address for address in rules.alerts.to}
        if rules.mail is None or not recipients:
            return []
        from pushdoc.tell.mail.envelope import enveloped  # noqa: PLC0415 -- with the next, for trouble alone
        from pushdoc.tell.mail.warning import warning  # noqa: PLC0415 -- brings Jinja2: memory that a quiet house spares

        reader = Reader(rules.language, rules.zone)
        waiting = {gate.name: self._ledger.count(State.WAITING, destination=gate.name) for gate in self._gates}
        words = warning(decision.begun, decision.ended, waiting, reader, rules.digest.templates)
        made, sender = self._clock.now(), rules.mail.sender
        return [(to, enveloped(words, sender=sender, to=to, reader=reader, made=made)) for to in recipients.values()]


def _troubles(found: Iterable[Phrase], share: Callable[[Path], str | None]) -> Iterator[Sign]:
    """The signs in what looks could not do: one for each share, and one for all folders of which the same is said.

    `share` says on which share a path lies, where it does on one.
    """
    alike: dict[str, list[Phrase]] = {}
    shares: dict[str, Phrase] = {}
    for phrase in found:
        path = str(phrase.values.get("path", ""))
        if phrase.code in _SHARES:
            shares[path] = phrase
        elif phrase.code in _OF_A_SHARE and (point := share(Path(path))) is not None:
            shares.setdefault(point, phrase)
        elif phrase.code in _FOLDERS or phrase.code in _OF_A_SHARE:
            alike.setdefault(phrase.code, []).append(phrase)
    for point, phrase in shares.items():
        yield Sign(f"{AlertKind.SHARE}:{point}", AlertKind.SHARE, point, phrase)
    for code, several in alike.items():
        first = min(several, key=lambda phrase: str(phrase.values.get("path", "")))
        reason = Phrase(code, {**first.values, "count": len(several)})
        yield Sign(f"{AlertKind.FOLDER}:{code}", AlertKind.FOLDER, str(first.values.get("path", "")), reason)


def _log(decision: Decision, mails: int) -> None:
    """One line for each, but one for all clients."""
    for note, count in _counted(decision.begun):
        logger().warning(
            "alert", kind=note.kind.value, subject=note.subject, count=count, reason=note.reason, mails=mails
        )
    for note, count in _counted(decision.ended):
        lasted = round(((note.gone or note.since) - note.since).total_seconds())
        logger().info(
            "alert is over", kind=note.kind.value, subject=note.subject, count=count, seconds=lasted, mails=mails
        )


def _counted(notes: Iterable[AlertNote]) -> list[tuple[AlertNote, int | None]]:
    clients = [note for note in notes if note.kind is AlertKind.CLIENT]
    others: list[tuple[AlertNote, int | None]] = [(note, None) for note in notes if note.kind is not AlertKind.CLIENT]
    return others + [(note, len(clients)) for note in clients[:1]]
