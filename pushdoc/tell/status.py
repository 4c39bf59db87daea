"""How everything stands, in one value: what `status --json` prints and monitoring reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushdoc import __version__
from pushdoc.states import State
from pushdoc.tell.alerts import alerts
from pushdoc.tell.mail.standing import mails
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pushdoc.ledger import History, RefusedNote, RunNote
    from pushdoc.tell.answers import Reader


def status(
    history: History | None,
    reader: Reader,
    *,
    now: datetime,
    holder: int | None,
    rules: Sequence[str],
    destinations: Sequence[str],
    enabled: int,
) -> dict[str, Any]:
    """How everything stands.

    `history` is None before the first run; `holder` the process that sends now, None where none does; `rules` and
    `destinations` are the names in the rules file, and `enabled` how many clients it enables. A client counts as
    mapped where it is so at each destination.
    """
    run = history.run() if history else None
    oldest = history.oldest_waiting() if history else None
    refused = _refused(history.refused() if history and holder is not None else None, reader)
    return {
        "version": __version__,
        "at": reader.at(now),
        "daemon": _daemon(run, holder, reader) | {"rules_refused": refused},
        "destinations": _destinations(history, destinations, reader),
        "watch": {
            "mode": run.mode if run else None,
            "folders": run.folders if run else 0,
            "last_scan": reader.at(run.last_scan) if run else None,
            "problems": [reader.why(problem) for problem in run.problems] if run else [],
        },
        "clients": _clients(history, destinations, enabled),
        "documents": _counts(history),
        "mail": mails(history.outbox() if history else None, reader),
        "alerts": alerts(history.lasting_alerts() if history else (), reader),
        "oldest_waiting_seconds": None if oldest is None else round((now - oldest).total_seconds(), 1),
        "rules": _rules(history, rules, reader),
    }


def _daemon(run: RunNote | None, holder: int | None, reader: Reader) -> dict[str, Any]:
    running = holder is not None
    ours = run if run is not None and running and run.pid == holder else None
    return {
        "running": running,
        "pid": holder or None,
        "since": reader.at(ours.since) if ours else None,
        "last_round": reader.at(run.last_round) if run else None,
    }


def _refused(note: RefusedNote | None, reader: Reader) -> dict[str, Any] | None:
    """The changed rules that the running pushdoc did not take up."""
    if note is None:
        return None
    problems = [
        {"place": visible(place), "problem": reader.why(phrase), "advice": reader.remedy(phrase)}
        for place, phrase in note.problems
    ]
    return {"at": reader.at(note.at), "problems": problems}


def _destinations(history: History | None, names: Sequence[str], reader: Reader) -> list[dict[str, Any]]:
    known = history.destinations() if history else {}
    told = []
    for name in names:
        note = known.get(name)
        told.append({
            "name": name,
            "state": note.state if note else "unknown",
            "since": reader.at(note.since) if note else None,
            "reason": reader.why(note.reason) if note else None,
            "until": reader.at(note.until) if note else None,
        })  # fmt: skip
    return told


def _clients(history: History | None, destinations: Sequence[str], enabled: int) -> dict[str, int]:
    notes = [note for name in destinations for note in (history.mapping(name) if history else ())]
    unmapped = {note.client for note in notes if not note.usable}
    # A client that was added to the rules since the mapping was made is neither.
    mapped = {note.client for note in notes} - unmapped
    return {"enabled": enabled, "mapped": len(mapped), "unmapped": len(unmapped)}


def _counts(history: History | None) -> dict[str, int]:
    counts = history.counts() if history else {}
    return {state.value: counts.get(state, 0) for state in State}


def _rules(history: History | None, names: Sequence[str], reader: Reader) -> list[dict[str, Any]]:
    tallies = history.rules() if history else {}
    told = []
    # A rule that was taken out of the file still has documents: they stay visible.
    for name in [*names, *sorted(tallies.keys() - set(names))]:
        tally = tallies.get(name)
        told.append({
            "name": name,
            "delivered": tally.delivered if tally else 0,
            "non_transmis": tally.non_transmis if tally else 0,
            "last_delivered": reader.at(tally.last_delivered) if tally else None,
            "last_seen": reader.at(tally.last_seen) if tally else None,
        })  # fmt: skip
    return told
