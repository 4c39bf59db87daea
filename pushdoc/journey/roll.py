"""Who the clients are, and which dossier is each one's at each destination: the mapping, kept fresh in the ledger."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from pushdoc.clients import map_clients
from pushdoc.deliver.destination import ServiceTroubleError
from pushdoc.ledger import MappingNote
from pushdoc.log import logger
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pushdoc.clients import Mapping as ClientMapping
    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Client
    from pushdoc.journey.gate import Gate
    from pushdoc.ledger import Ledger

#: How long a mapping is good for. Source: the contract, section 3: "cache the list (an hour)".
FRESH = timedelta(hours=1)
#: Between two refreshes that uploads asked for: a hundred refused documents are one question.
_NOT_BEFORE = timedelta(seconds=10)
#: Why a client has no dossier, where nobody says.
_NO_REASON = Phrase("alerts.unmapped")


class Roll:
    """The enabled clients (`all`: the others, too), with the mapping of each destination; safe for several threads."""

    def __init__(self, clients: Sequence[Client], ledger: Ledger, clock: Clock, *, allow_probable: bool) -> None:
        self.all = tuple(clients)
        self.clients = tuple(client for client in clients if client.enabled)
        self._ledger = ledger
        self._clock = clock
        self._allow_probable = allow_probable
        self._lock = threading.Lock()
        self._doubts: Counter[str] = Counter()  # how often each destination's mapping was doubted in this run
        self._answered: dict[str, int] = {}  # how many of these doubts its latest mapping has answered
        self._made: dict[str, datetime] = {}  # when each destination's mapping was made in this run
        self._unmapped: dict[str, dict[str, Phrase]] = {}

    def grow_stale(self, destination: str) -> None:
        """An upload said that the dossier is not there, or not for us: ask anew before long."""
        with self._lock:
            self._doubts[destination] += 1

    def knows(self, destination: str) -> bool:
        """Whether the mapping is of this run; one of an earlier run may speak of clients as the table had them then."""
        with self._lock:
            return destination in self._made

    def unmapped(self, destination: str) -> Mapping[str, Phrase] | None:
        """The clients that have no dossier, with the reason, by folder; None before the mapping of this run."""
        with self._lock:
            return self._unmapped.get(destination)

    def refresh_if_due(self, destination: Destination, gate: Gate) -> bool:
        """Make the mapping anew where it is an hour old, doubted, or not of this run; whether it was made."""
        if not self.clients:
            return False
        with self._lock:
            made = self._made.get(destination.name)
            doubted = self._doubts[destination.name] != self._answered.get(destination.name, 0)
        age = None if made is None else self._clock.now() - made
        # A negative age: the clock was set back.
        due = age is None or not timedelta(0) <= age < FRESH or (doubted and age >= _NOT_BEFORE)
        if not due or not gate.enter():
            return False
        try:
            return self.refresh(destination, gate) is not None
        finally:
            gate.leave()

    def refresh(self, destination: Destination, gate: Gate) -> list[ClientMapping] | None:
        """The mapping made anew from the destination's own list; None, the old one kept, where it cannot be asked."""
        with self._lock:
            doubts = self._doubts[destination.name]  # whoever doubts from here on may know more than the answer does
        try:
            dossiers = destination.dossiers()
        except ServiceTroubleError as trouble:
            gate.trouble(trouble.delayed)
            return None
        gate.success()
        mappings = map_clients(self.clients, dossiers, allow_probable=self._allow_probable)
        now = self._clock.now()
        self._keep(destination.name, mappings, now)
        unmapped = {mapping.client: mapping.reason or _NO_REASON for mapping in mappings if not mapping.usable}
        with self._lock:
            self._answered[destination.name] = doubts
            self._made[destination.name] = now
            self._unmapped[destination.name] = unmapped
        logger().info("mapped", destination=destination.name, clients=len(mappings), unmapped=len(unmapped))
        return mappings

    def _keep(self, destination: str, mappings: Sequence[ClientMapping], now: datetime) -> None:
        sirets = {client.folder: client.siret for client in self.clients}
        notes = [
            MappingNote(
                client=mapping.client,
                siret=sirets[mapping.client],
                verdict=mapping.verdict.value,
                dossier=mapping.dossier,
                dossier_name=mapping.dossier_name,
                usable=mapping.usable,
                reason=mapping.reason,
            )
            for mapping in mappings
        ]
        self._ledger.notes.keep_mapping(destination, notes, now)
