"""Documents whose cause is over go by themselves: nobody has to type `retry` after mending what kept them back.

| what kept it back                        | it goes again when                                            |
|------------------------------------------|---------------------------------------------------------------|
| its rule, by name, size or content       | the rule, as it is read now, takes it, or another rule does   |
| the disk: rights, room, a share          | the file can be read and its folders would take it            |
| its dossier                              | the client has another one, or that one takes documents again |
| the same bytes, of which nobody knew     | that is known, or decided, by now                             |

What may be at the destination already never goes by itself, nor what the destination itself refused: there a person
decides. What waits for its rule or client is `succession`'s.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from pushdoc.filing import ready
from pushdoc.journey.decisions import afresh, content_refused
from pushdoc.journey.judge import refusal
from pushdoc.original import digest, opened
from pushdoc.states import Event, OvertakenError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Document
    from pushdoc.journey.after import Afterwards
    from pushdoc.journey.heirs import Heirs
    from pushdoc.journey.succession import Succession
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rule, Rules

#: What waits no longer than this for its next try is not hurried.
_SOON = timedelta(minutes=1)
_BACK = "healing.dossier_back"
_UNREADABLE = "journey.unreadable"
_OF_THE_DISK = {_UNREADABLE, "journey.share_hangs"}
_OF_THE_RULE = {"rules.not_accepted", "journey.too_large"}
#: Which key of its rule refuses a content.
_OF_THE_CONTENT = {
    "formats.pdf_locked": "encrypted",
    "formats.pdf_encrypted": "encrypted",
    "formats.pdf_cut": "broken",
    "formats.pdf_without_pages": "broken",
    "whole.cut": "broken",
    "formats.other_kind": "mismatch",
    "formats.not_named_kind": "mismatch",
}
#: Of bytes whose document is in these, one may be sent before long.
_UNDER_WAY = {State.WAITING, State.SENDING, State.SUBMITTED, State.DOUBTFUL}
#: The house's own reasons; the others are a destination's.
_HOUSE = {"filing", "formats", "heirs", "journey", "ledger", "rules", "whole"}


class Healing:
    """Finds documents whose cause is over; for the thread that looks."""

    def __init__(
        self,
        rules: Rules,
        destinations: Mapping[str, Destination],
        heirs: Heirs,
        succession: Succession,
        ledger: Ledger,
        after: Afterwards,
        clock: Clock,
    ) -> None:
        self._rules = rules
        self._root = rules.clients.root
        self._destinations = destinations
        self._heirs = heirs
        self._succession = succession
        self._ledger = ledger
        self._lookout = after.lookout
        self._clock = clock
        self._judged = False  # by the rules as they are: they stay the same as long as this house stands
        self._taken: dict[tuple[str, str, str], datetime | None] = {}
        self._hurried: dict[int, int] = {}  # by number: how often it had been tried before

    def heal(self) -> None:
        """Let go what nothing keeps back any more; called when the mapping is fresh, and with every round."""
        self._taken.clear()
        for document in self._ledger.in_states(State.NON_TRANSMIS):
            if document.unknowable or document.reason is None:
                continue
            with suppress(OvertakenError):  # a person has decided meanwhile
                if (why := self._over(document)) is not None:
                    self._let_go(document, why)
                elif not self._judged:
                    self._judge(document, document.reason)
        self._judged = True
        for name in self._destinations:
            for document in self._ledger.put_off(name, _SOON):
                # Where the last hurried try failed, something else keeps it: it waits as long as any does.
                if document.attempts != self._hurried.get(document.id, -2) + 1 and self._over(document) is not None:
                    self._hurried[document.id] = document.attempts
                    self._ledger.amend(document, "mended", next_attempt=self._clock.now())

    def _let_go(self, document: Document, why: Phrase) -> None:
        """Queue it anew, where its rule and client are still there and somebody serves its destination."""
        heir = self._heirs.of(document, self._clock.now())
        if not isinstance(heir, Phrase) and self._heirs.serves(document.destination):
            self._ledger.record(document, Event.RETRY, reason=why, **afresh(self._clock))

    def _judge(self, document: Document, reason: Phrase) -> None:
        """Let it go where the rules, which may have been mended, take it now; or write down what they refuse it for."""
        heir = self._heirs.taker(document, self._clock.now()) if _by_the_rule(document, reason.code) else None
        if heir is None:
            return
        destination = self._destinations[self._rules.destination_of(heir.rule)]
        refused = refusal(heir.rule, destination, document.name, document.identity.size)
        refused = refused or self._content_refused(document, heir.rule, reason)
        if refused is None:
            if not heir.same:
                document = self._succession.hand_over(document, heir)
            self._let_go(document, Phrase("healing.rule", {"rule": heir.rule.name}))
        elif refused != reason:
            self._ledger.amend(document, reason=refused)

    def _over(self, document: Document) -> Phrase | None:
        """What is otherwise now than when it was kept back, where that is why; None where it is not, or not known."""
        code = "" if document.reason is None else document.reason.code
        if code == "ledger.twin_unknowable":
            return self._twin_decided(document)
        if code in _OF_THE_DISK or code.startswith("filing."):
            return Phrase("healing.disk") if self._reachable(document, whole=code == _UNREADABLE) else None
        return self._other_dossier(document)

    def _twin_decided(self, document: Document) -> Phrase | None:
        number = None if document.reason is None else document.reason.values.get("id")
        twin = self._ledger.get(number) if isinstance(number, int) else None
        if twin is None or twin.unknowable or twin.state in _UNDER_WAY:
            return None
        return Phrase("healing.twin", {"id": twin.id})

    def _reachable(self, document: Document, *, whole: bool) -> bool:
        """Whether all that an attempt asks of the disk is so: it would go through, and not be put off again.

        With `whole` the file is read to its end: a disk may fail in the middle.
        """
        if not self._lookout.answers(document.path):
            return False
        folder = document.archive_folder
        if folder is not None and (ready(self._root, document.path.parent) or ready(self._root, folder)):
            return False
        try:
            with opened(self._root, document.path) as descriptor:
                if whole:
                    digest(descriptor)
                return True
        except OSError:
            return False

    def _other_dossier(self, document: Document) -> Phrase | None:
        if document.dossier is None:
            return None
        mapped = self._ledger.dossier_of(document.destination, document.client)
        if mapped is not None and mapped != document.dossier:
            return Phrase("healing.other_dossier", {"dossier": mapped})
        # Without a time of failing it was refused at once, for itself.
        if mapped is None or document.failing_since is None or not self._took_another(document, document.dossier):
            return None
        # Once in its life: one that its dossier refuses while it takes others is to blame itself.
        if document.state is State.NON_TRANSMIS and self._ledger.was_told(document.id, _BACK):
            return None
        return Phrase(_BACK, {"dossier": mapped})

    def _took_another(self, document: Document, dossier: str) -> bool:
        """Whether the dossier has taken a document since this one was put off."""
        key = document.client, document.destination, dossier
        if key not in self._taken:
            self._taken[key] = self._ledger.last_delivered(*key)
        last = self._taken[key]
        put_off = document.since if document.state is State.NON_TRANSMIS else document.sent_at
        return last is not None and put_off is not None and last > put_off

    def _content_refused(self, document: Document, rule: Rule, reason: Phrase) -> Phrase | None:
        """Why its rule refuses its content; that is read again only where the rule says otherwise than it did."""
        key = _OF_THE_CONTENT.get(reason.code)
        if (key is not None and getattr(rule, key) == "refuse") or not self._lookout.answers(document.path):
            return reason
        return content_refused(rule, self._root, document)


def _by_the_rule(document: Document, code: str) -> bool:
    """Whether it was refused before anything was sent, for what its rule says or its destination never takes."""
    if code in _OF_THE_RULE or code in _OF_THE_CONTENT:
        return True
    return document.attempts == 0 and code.partition(".")[0] not in _HOUSE
