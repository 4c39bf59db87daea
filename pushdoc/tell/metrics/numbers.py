"""Numbers for monitoring: what they are called, what they mean, and what they are now.

All come from the ledger, so that no start makes them begin anew. Names of clients are in none: a firm has thousands.
How Prometheus has them written is `prometheus`'s business.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from pushdoc import __version__
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pushdoc.ledger import Numbers


class Meaning(NamedTuple):
    """What a metric is: its kind, what it says in one sentence, its labels."""

    kind: Literal["gauge", "counter"]
    says: str
    labels: tuple[str, ...] = ()


#: Seconds are UNIX times in whatever ends by `_timestamp_seconds`.
METRICS = {
    "pushdoc_build_info": Meaning("gauge", "1, with the version of this pushdoc.", ("version",)),
    "pushdoc_running": Meaning("gauge", "1 while the daemon is at work, 0 in what it or `once` leave at their end."),
    "pushdoc_start_timestamp_seconds": Meaning("gauge", "When the daemon started."),
    "pushdoc_last_look_timestamp_seconds": Meaning("gauge", "When the daemon last looked into every folder."),
    "pushdoc_watched_folders": Meaning("gauge", "Folders that the daemon watches."),
    "pushdoc_watch_problems": Meaning("gauge", "Problems with watched folders, as `status` tells them."),
    "pushdoc_rules_refused": Meaning("gauge", "1 where the rules were changed, and the daemon could not take them up."),
    "pushdoc_documents": Meaning("gauge", "Documents by rule and state.", ("rule", "state")),
    "pushdoc_oldest_waiting_seconds": Meaning("gauge", "Age of the oldest document that waits to be sent, 0 if none."),
    "pushdoc_last_seen_timestamp_seconds": Meaning("gauge", "When the newest document was entered.", ("rule",)),
    "pushdoc_last_delivered_timestamp_seconds": Meaning("gauge", "When a document was last delivered.", ("rule",)),
    "pushdoc_deliveries_total": Meaning("counter", "Documents delivered.", ("destination",)),
    "pushdoc_failures_total": Meaning(
        "counter",
        "Failures by kind (refused, delayed, in doubt) and by the code of their reason.",
        ("destination", "kind", "reason"),
    ),
    "pushdoc_destination_state": Meaning(
        "gauge", "1 for the state that a destination is in (up, paused, down, unknown).", ("destination", "state")
    ),
    "pushdoc_destination_since_timestamp_seconds": Meaning(
        "gauge", "Since when a destination is in its state.", ("destination",)
    ),
    "pushdoc_clients": Meaning(
        "gauge", "Clients that have a dossier (mapped) or none (unmapped).", ("destination", "mapping")
    ),
    "pushdoc_alerts": Meaning("gauge", "Alerts that were told and are not over.", ("kind",)),
    "pushdoc_mails_waiting": Meaning("gauge", "Mails that are still to be sent."),
    "pushdoc_ledger_size_bytes": Meaning("gauge", "The ledger's files together."),
}
#: The one histogram.
TIME = "pushdoc_delivery_seconds"
TIME_SAYS = "From the first sight of a document to its delivery."
TIME_LABELS = ("destination",)
_STATES = ("up", "paused", "down", "unknown")
#: The value of one metric, and those of its labels.
Sample = tuple[str, tuple[str, ...], float]


class Surroundings(NamedTuple):
    """What the ledger cannot know: the names in the rules, whether the daemon is at work, and the hour."""

    rules: tuple[str, ...]
    destinations: tuple[str, ...]
    running: bool
    now: datetime


def samples(numbers: Numbers, around: Surroundings, ledger: Path) -> Iterator[Sample]:
    """Every number but the histogram's; those that nobody knows are left out."""
    yield "pushdoc_build_info", (__version__,), 1
    yield "pushdoc_running", (), around.running
    yield from _of_the_daemon(numbers, around)
    yield from _of_documents(numbers, around)
    yield from _of_destinations(numbers, around)
    for kind, count in numbers.alerts().items():
        yield "pushdoc_alerts", (kind,), count
    yield "pushdoc_mails_waiting", (), numbers.unsent()
    yield "pushdoc_ledger_size_bytes", (), _size(ledger)


def _of_the_daemon(numbers: Numbers, around: Surroundings) -> Iterator[Sample]:
    run = numbers.run()
    if run is None or not around.running:
        return
    yield "pushdoc_start_timestamp_seconds", (), run.since.timestamp()
    yield "pushdoc_watched_folders", (), run.folders
    yield "pushdoc_watch_problems", (), len(run.problems)
    yield "pushdoc_rules_refused", (), numbers.refused() is not None
    if run.last_scan is not None:
        yield "pushdoc_last_look_timestamp_seconds", (), run.last_scan.timestamp()


def _of_documents(numbers: Numbers, around: Surroundings) -> Iterator[Sample]:
    counts = numbers.by_rule()
    # Also of a rule that was taken out of the file, while there are documents of it.
    for rule, state in product(dict.fromkeys((*around.rules, *(rule for rule, _ in counts))), State):
        yield "pushdoc_documents", (rule, state), counts[rule, state]
    oldest = numbers.oldest_waiting()
    age = 0.0 if oldest is None else (around.now - oldest).total_seconds()
    yield "pushdoc_oldest_waiting_seconds", (), max(0.0, age)
    for rule, tally in numbers.rules().items():
        if tally.last_seen is not None:
            yield "pushdoc_last_seen_timestamp_seconds", (rule,), tally.last_seen.timestamp()
        if tally.last_delivered is not None:
            yield "pushdoc_last_delivered_timestamp_seconds", (rule,), tally.last_delivered.timestamp()


def _of_destinations(numbers: Numbers, around: Surroundings) -> Iterator[Sample]:
    timings = numbers.timings()
    for name in dict.fromkeys((*around.destinations, *timings)):
        yield "pushdoc_deliveries_total", (name,), timings[name].count if name in timings else 0
    for failure, count in numbers.failures().items():
        yield "pushdoc_failures_total", tuple(failure), count
    known = numbers.destinations()
    for name, state in product(around.destinations, _STATES):
        note = known.get(name)
        yield "pushdoc_destination_state", (name, state), state == (note.state if note else "unknown")
        if note is not None and note.state == state:
            yield "pushdoc_destination_since_timestamp_seconds", (name,), note.since.timestamp()
    clients = numbers.dossiers()
    for name, usable in product(around.destinations, (True, False)):
        count = clients.get((name, usable), 0)
        yield "pushdoc_clients", (name, "mapped" if usable else "unmapped"), count


def _size(ledger: Path) -> int:
    """Of the ledger's file and of those that SQLite keeps beside it while it is in use."""
    size = 0
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            size += ledger.with_name(ledger.name + ending).stat().st_size
    return size
