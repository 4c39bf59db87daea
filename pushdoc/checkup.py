"""`pushdoc check`: everything that must be right before documents can leave, each with what to do where it is not."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pushdoc.clients import map_clients
from pushdoc.deliver.destination import ServiceTroubleError
from pushdoc.document import DocumentType
from pushdoc.errors import ExitCode, PushdocError
from pushdoc.filing import ready
from pushdoc.formats import can_read_pdf
from pushdoc.ledger import History, Ledger, holder
from pushdoc.rules import resolve, routes
from pushdoc.secret import SecretReference
from pushdoc.watch import file_system_of, ignored, is_remote, look
from pushdoc.wiring import connect
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.wiring import Plan

#: Of many things of one kind, so many are named and the rest counted.
_NAMED = 10


class Mark(Enum):
    """How one thing stands; the values are what `--json` prints."""

    FINE = "fine"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `code` is how a command ends by it alone. `place` names a line of a file."""

    mark: Mark
    phrase: Phrase
    code: ExitCode = ExitCode.FINE
    place: str = ""


def checkup(plan: Plan, clock: Clock, *, offline: bool) -> Iterator[Finding]:
    """Looks at one thing after the other; changes nothing, but makes a missing ledger. `offline` asks no service."""
    rules = plan.rules
    yield Finding(
        Mark.FINE,
        Phrase("check.rules", {"file": str(plan.file), "rules": len(rules.rule), "clients": len(plan.enabled)}),
    )
    for problem in plan.problems:
        yield Finding(Mark.FAULT, problem.phrase, ExitCode.NEEDS_A_PERSON, problem.place)
    yield from _expenses(plan)
    yield from _contents(plan)
    yield from _ledger(plan, clock)
    yield from _folders(plan, clock)
    secrets = list(_secrets(plan))
    yield from secrets
    for name, settings in rules.destination.items():
        yield from _pace(name, settings)
    if offline or any(finding.mark is Mark.FAULT for finding in secrets):
        return
    for destination in connect(plan, clock).values():
        try:
            yield from _destination(plan, destination)
        finally:
            destination.close()


def exit_code(findings: list[Finding]) -> ExitCode:
    """How `check` ends: a wrong configuration first, then what cannot be reached, then what needs a person."""
    return max((finding.code for finding in findings), default=ExitCode.FINE)


def _fault(phrase: Phrase, code: ExitCode = ExitCode.NEEDS_A_PERSON) -> Finding:
    return Finding(Mark.FAULT, phrase, code)


def _expenses(plan: Plan) -> Iterator[Finding]:
    for rule in plan.rules.rule:
        if rule.type is DocumentType.EXPENSE_REPORT:
            continue
        for key in sorted({"beneficiary", "send_as"} & rule.model_fields_set):
            values = {"rule": rule.name, "key": key, "expected": DocumentType.EXPENSE_REPORT.value}
            yield Finding(Mark.WARNING, Phrase("check.expenses_only", values))


def _contents(plan: Plan) -> Iterator[Finding]:
    """What a rule asks of a document's content, or of the file beside it, that can never be."""
    for rule in plan.rules.rule:
        if rule.encrypted == "refuse" and not can_read_pdf():
            yield Finding(Mark.WARNING, Phrase("check.cannot_read_pdf", {"rule": rule.name}))
        if rule.done is not None and ignored(rule.done.of("document.pdf")):
            values = {"rule": rule.name, "done": str(rule.done)}
            yield _fault(Phrase("check.done_is_ignored", values), ExitCode.WRONG_CONFIGURATION)


def _ledger(plan: Plan, clock: Clock) -> Iterator[Finding]:
    path = plan.rules.ledger.path
    try:
        Ledger.open(path, clock).close()
    except PushdocError as error:
        yield _fault(error.phrase, error.exit_code)
        return
    pid = holder(path)
    if pid is None:
        yield Finding(Mark.FINE, Phrase("check.ledger", {"path": str(path)}))
        return
    yield Finding(Mark.FINE, Phrase("check.ledger_held", {"path": str(path), "pid": str(pid)}))
    # Which files wait, and why, only the one who looks at them knows.
    with closing(History.open(path)) as history:
        run = history.run()
    for problem in run.problems if run is not None else ():
        yield Finding(Mark.WARNING, problem)


def _folders(plan: Plan, clock: Clock) -> Iterator[Finding]:
    root = plan.rules.clients.root
    if not root.is_dir():
        yield _fault(Phrase("check.root_missing", {"path": str(root)}), ExitCode.WRONG_CONFIGURATION)
        return
    kind = file_system_of(root)
    yield Finding(Mark.FINE, Phrase("check.root_remote" if is_remote(kind) else "check.root", {"path": str(root)}))
    missing = [client.folder for client in plan.enabled if not look(root, root / client.folder).there]
    absent = set(missing)
    if missing:
        yield Finding(Mark.WARNING, Phrase("check.client_folders", {"count": len(missing), "names": _some(missing)}))
    barred: dict[str, tuple[Phrase, list[str]]] = {}
    today = clock.now().astimezone(plan.rules.zone).date()
    for route in routes(plan.rules, plan.enabled, today):
        if route.client.folder in absent:
            continue
        seen = look(root, root / route.drop)
        if seen.trouble is not None:
            barred.setdefault(seen.trouble.code, (seen.trouble, []))[1].append(str(route.drop))
        if route.archive is not None and (obstacle := ready(root, root / route.archive)):
            barred.setdefault(obstacle.reason.code, (obstacle.reason, []))[1].append(str(route.archive))
    for phrase, folders in barred.values():
        yield _fault(phrase)
        if len(folders) > 1:
            yield _fault(Phrase("check.same_elsewhere", {"count": len(folders) - 1, "names": _some(folders[1:])}))


def _secrets(plan: Plan) -> Iterator[Finding]:
    for name, settings in plan.rules.destination.items():
        for key in type(settings).model_fields:
            reference = getattr(settings, key)
            if not isinstance(reference, SecretReference):
                continue
            try:
                resolve(reference, plan.file.parent)
            except PushdocError as error:
                yield _fault(error.phrase, error.exit_code)
            else:
                yield Finding(Mark.FINE, Phrase("check.secret", {"destination": name, "key": key}))


def _pace(name: str, settings: object) -> Iterator[Finding]:
    allowed = getattr(settings, "allowed_per_second", None)
    wanted = getattr(settings, "requests_per_second", None)
    if allowed and wanted and wanted > allowed:
        values = {"destination": name, "wanted": wanted, "allowed": allowed}
        yield Finding(Mark.WARNING, Phrase("check.pace", values))


def _destination(plan: Plan, destination: Destination) -> Iterator[Finding]:
    health = destination.check()
    if health.trouble is not None:
        yield _fault(health.trouble, ExitCode.NEEDS_A_PERSON if health.reachable else ExitCode.UNREACHABLE)
        return
    yield Finding(Mark.FINE, Phrase("check.destination", {"destination": destination.name}))
    try:
        dossiers = destination.dossiers()
    except ServiceTroubleError as trouble:
        yield _fault(trouble.delayed.reason, ExitCode.UNREACHABLE)
        return
    mappings = map_clients(plan.enabled, dossiers, allow_probable=plan.rules.clients.allow_probable)
    usable = [mapping for mapping in mappings if mapping.usable]
    values = {"destination": destination.name, "mapped": len(usable), "enabled": len(mappings)}
    yield Finding(Mark.FINE, Phrase("check.mapped", values))
    others = [mapping for mapping in mappings if not mapping.usable]
    for mapping in others[:_NAMED]:
        assert mapping.reason is not None
        yield Finding(Mark.FAULT, mapping.reason, ExitCode.NEEDS_A_PERSON, mapping.client)
    if len(others) > _NAMED:
        yield _fault(Phrase("check.unmapped_more", {"count": len(others) - _NAMED}))


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= _NAMED else [*names[:_NAMED], "…"]
