"""The ledger: sound, on a disk of this machine, the one that these clients' folders know; and who works with it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import Mark, fault, fine, warning
from pushdoc.errors import ExitCode, PushdocError
from pushdoc.journey.owner import Owner, refuse_another
from pushdoc.ledger import History, Ledger, faults, holder
from pushdoc.watch import file_system_of, is_remote
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.checkup.finding import Finding
    from pushdoc.checkup.survey import Survey
    from pushdoc.clock import Clock
    from pushdoc.ledger import RefusedNote, RunNote
    from pushdoc.wiring import Plan

#: A pushdoc at work leaves a note every few seconds; a long copy to another disk may hold it up for a while.
_SILENT = timedelta(minutes=10)
#: Clocks of one machine do not differ; one that was set back a little does no harm.
_AHEAD = timedelta(minutes=5)


def ledger(plan: Plan, found: Survey, clock: Clock) -> Iterator[Finding]:
    """What there is to say of the ledger; one that is missing is made."""
    path = plan.rules.ledger.path
    if is_remote(kind := file_system_of(path.parent)):
        values = {"path": str(path), "kind": kind}
        yield fault(Phrase("check.ledger_on_share", values), ExitCode.WRONG_CONFIGURATION)
        return
    try:
        with closing(Ledger.open(path, clock)) as opened:
            ours = Owner.here(opened.notes.identity(), path, opened.notes.length())
        if said := faults(path, quick=True):
            phrase = Phrase("check.ledger_unsound", {"path": str(path), "said": said[0]})
            yield fault(phrase, ExitCode.WRONG_CONFIGURATION)
            return
    except PushdocError as error:
        yield fault(error.phrase, error.exit_code)
        return
    pid = holder(path)
    if pid is None:
        yield fine(Phrase("check.ledger", {"path": str(path)}))
    else:
        yield fine(Phrase("check.ledger_held", {"path": str(path), "pid": str(pid)}))
    if found.root.trouble is None:
        yield from _owner(plan, found, ours)


def _owner(plan: Plan, found: Survey, ours: Owner) -> Iterator[Finding]:
    """Whether the clients' folders are those of this ledger."""
    if found.sight.empty and found.sight.sign is None and ours.events:
        yield fault(Phrase("check.root_empty", {"path": str(plan.rules.clients.root)}))
        return
    try:
        refuse_another(plan.rules.clients.root, ours)
    except PushdocError as error:
        yield fault(error.phrase, error.exit_code)


def daemon(plan: Plan, clock: Clock, *, installed: bool) -> Iterator[Finding]:
    """What there is to say of the pushdoc at work; nothing of one that has ended: it does not know how things are now.

    `installed` is whether there is a service that should be at work.
    """
    path = plan.rules.ledger.path
    if is_remote(file_system_of(path.parent)) or not path.exists():
        return
    try:
        with closing(History.open(path)) as history:
            run, read, refused = history.run(), history.rules_read(), history.refused()
            down = [note for note in history.destinations().values() if note.state == "down"]
    except PushdocError:
        return  # told with the ledger
    pid = holder(path)
    if pid is None and installed:
        yield warning(Phrase("check.not_at_work"))
    if run is None or run.pid != pid:
        return  # nobody is at work, or a `once` that leaves no note
    found = [*_at_work(run, clock.now()), *_in_force(plan, max(run.since, read or run.since), refused)]
    found += [fault(note.reason, name=note.name) for note in down if note.reason is not None]
    if all(finding.mark is Mark.FINE for finding in found):
        yield fine(Phrase("check.at_work", {"pid": str(run.pid), "since": run.since.isoformat()}))
    yield from found


def _at_work(run: RunNote, now: datetime) -> Iterator[Finding]:
    last = run.last_round or run.since
    if now - last > _SILENT:
        values = {"pid": str(run.pid), "last": last.isoformat(), "long": (now - last).total_seconds()}
        yield fault(Phrase("check.no_sign_of_life", values))
    if last - now > _AHEAD:
        yield fault(Phrase("check.clock_went_back", {"last": last.isoformat()}))
    # Which files wait, and why, only the one who looks at them knows.
    for problem in run.problems:
        yield warning(problem)


def _in_force(plan: Plan, read: datetime, refused: RefusedNote | None) -> Iterator[Finding]:
    """Whether the running pushdoc works by the rules as they are now; it last took them up at `read`."""
    written = datetime.fromtimestamp(plan.file.stat().st_mtime, UTC)
    if refused is not None and written <= refused.at:
        yield fault(Phrase("check.rules_refused", {"file": str(plan.file), "at": refused.at.isoformat()}))
        yield from (fault(phrase, place=place, name=place) for place, phrase in refused.problems)
    elif written > read:
        values = {"file": str(plan.file), "written": written.isoformat(), "since": read.isoformat()}
        yield warning(Phrase("check.older_rules", values))
