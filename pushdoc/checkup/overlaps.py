"""Places that would be taken for somebody else's: two clients in one folder, a destination or a ledger among them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fault, warning
from pushdoc.rules import where
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pushdoc.checkup.finding import Finding
    from pushdoc.checkup.survey import Survey
    from pushdoc.document import Client
    from pushdoc.rules import Rule
    from pushdoc.wiring import Plan


def overlaps(plan: Plan, found: Survey, today: date) -> Iterator[Finding]:
    """What only the disk, or the clients' names, can tell; what two rules make wrong together is refused with them."""
    yield from _twice(found)
    yield from _inside(plan, found, today)
    root = plan.rules.clients.root
    for name, settings in plan.rules.destination.items():
        for path in (value for _, value in settings if isinstance(value, Path)):
            if path.is_relative_to(root) and where(plan.rules, plan.clients, path / "document.pdf", today).taken:
                yield fault(Phrase("check.destination_in_drop", {"destination": name, "path": str(path)}), name=name)
    if plan.rules.ledger.path.is_relative_to(root):
        yield warning(Phrase("check.ledger_among_clients", {"path": str(plan.rules.ledger.path)}))


def _twice(found: Survey) -> Iterator[Finding]:
    """Clients whose folder on disk is another client's: by a second mount, or on a share that makes no case."""
    by_place: dict[tuple[int, int], str] = {}
    for folder, standing in found.clients.items():
        if standing.there:
            other = by_place.setdefault((standing.device, standing.inode), folder)
            if other != folder:
                yield fault(Phrase("check.same_folder", {"client": folder, "other": other}), name=folder)


def _inside(plan: Plan, found: Survey, today: date) -> Iterator[Finding]:
    """Clients whose folder lies where another client's documents are looked for."""
    clients = {client.folder: client for client in plan.clients}
    for folder in found.clients:
        outer = folder.rpartition("/")[0]
        while outer:
            if outer in found.clients and (rule := _takes(plan, clients[outer], folder, today)):
                values = {"client": folder, "other": outer, "rule": rule.name}
                yield fault(Phrase("check.client_in_drop", values), name=folder)
            outer = outer.rpartition("/")[0]


def _takes(plan: Plan, outer: Client, inner: str, today: date) -> Rule | None:
    """The rule by which a client's folder would be looked through for another client's documents."""
    verdict = where(plan.rules, [outer], plan.rules.clients.root / inner / "document.pdf", today)
    return verdict.rule if verdict.taken else None
