"""What the administrator wrote: the rules, the table's rows, and names in them that are nobody's."""

from __future__ import annotations

import difflib
import stat
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fault, fine, warning
from pushdoc.document import DocumentType
from pushdoc.errors import ExitCode
from pushdoc.formats import can_read_pdf
from pushdoc.rules import covering
from pushdoc.watch import ignored
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pushdoc.checkup.finding import Finding
    from pushdoc.document import Client
    from pushdoc.wiring import Plan

#: For so many names that are nobody's, a likeness is looked for: each is compared with every client's.
_COMPARED = 20


def rules(plan: Plan) -> Iterator[Finding]:
    """The rules file and the clients that it leads to."""
    counted = {"rules": len(plan.rules.rule), "clients": len(plan.enabled)}
    yield fine(Phrase("check.rules", {"file": str(plan.file), **counted}))
    if not plan.enabled:
        yield fault(Phrase("check.no_client", {"known": len(plan.clients)}))
    mode = plan.file.stat().st_mode
    if mode & stat.S_IWOTH:
        yield fault(Phrase("check.rules_open", {"file": str(plan.file), "mode": f"{stat.S_IMODE(mode):04o}"}))
    for problem in plan.problems:
        yield fault(problem.phrase, place=problem.place)
    yield from _expenses(plan)
    yield from _contents(plan)
    yield from nobodys("[clients] only", plan.rules.clients.only, plan.clients)
    for rule in plan.rules.rule:
        yield from nobodys(f"[[rule]] {rule.name}", rule.clients, plan.clients)


def nobodys(where: str, patterns: Iterable[str], clients: tuple[Client, ...]) -> Iterator[Finding]:
    """The names and patterns that no client bears; a name is a slip, a pattern may be there for clients to come."""
    for number, pattern in enumerate(patterns):
        covers = covering([pattern])
        if any(covers(client.folder) for client in clients):
            continue
        values = {"where": where, "name": pattern}
        if any(char in pattern for char in "*?["):
            yield warning(Phrase("check.pattern_of_nobody", values), pattern)
        elif number < _COMPARED and (near := _near(pattern, clients)):
            yield fault(Phrase("check.name_of_nobody_near", {**values, "near": near}), name=pattern)
        else:
            yield fault(Phrase("check.name_of_nobody", values), name=pattern)


def _near(name: str, clients: tuple[Client, ...]) -> str | None:
    folders = {client.folder.casefold(): client.folder for client in clients}
    found = difflib.get_close_matches(name.casefold(), folders, n=1, cutoff=0.7)
    return folders[found[0]] if found else None


def _expenses(plan: Plan) -> Iterator[Finding]:
    for rule in plan.rules.rule:
        if rule.type is DocumentType.EXPENSE_REPORT:
            continue
        for key in sorted({"beneficiary", "send_as"} & rule.model_fields_set):
            values = {"rule": rule.name, "key": key, "expected": DocumentType.EXPENSE_REPORT.value}
            yield warning(Phrase("check.expenses_only", values), rule.name)


def _contents(plan: Plan) -> Iterator[Finding]:
    """What a rule asks of a document's content, or of the file beside it, that can never be."""
    for rule in plan.rules.rule:
        if rule.encrypted == "refuse" and not can_read_pdf():
            yield warning(Phrase("check.cannot_read_pdf", {"rule": rule.name}), rule.name)
        if rule.done is not None and ignored(rule.done.of("document.pdf")):
            values = {"rule": rule.name, "done": str(rule.done)}
            yield fault(Phrase("check.done_is_ignored", values), ExitCode.WRONG_CONFIGURATION, name=rule.name)
