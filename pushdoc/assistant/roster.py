"""The clients as a draft names them, be it whole or not: those of the export, and those written in the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pushdoc.assistant.selection import EVERYBODY
from pushdoc.clients import folder as folders
from pushdoc.clients import read_table
from pushdoc.document import Client
from pushdoc.rules import covering

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pushdoc.assistant.draft import Draft
    from pushdoc.errors import Problem


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is a client and chosen, in order; `tabled` are the folders that the export names; its `problems` by row."""

    clients: tuple[Client, ...]
    tabled: frozenset[str]
    problems: tuple[Problem, ...]


def roster(draft: Draft, base: Path) -> Roster:
    """The clients that documents would be sent for."""
    rows: tuple[Client, ...] = ()
    problems: tuple[Problem, ...] = ()
    if table := draft.of_clients("table"):
        columns = draft.of_clients("folder") or "Dossier", draft.of_clients("siret") or "SIRET"
        read = read_table(base / table, *columns)
        rows, problems = read.clients, read.problems
    known = {folders.same(client.folder): client for client in rows}
    tabled = frozenset(known)
    for entry in draft.entries("client"):
        client = _listed(entry)
        known[folders.same(client.folder)] = client
    covers = covering(draft.only or EVERYBODY)
    chosen = tuple(client for client in known.values() if client.enabled and covers(client.folder))
    return Roster(chosen, tabled, problems)


def _listed(entry: Mapping[str, Any]) -> Client:
    pinned = entry.get("dossier")
    return Client(
        str(entry.get("folder", "")),
        "".join(str(entry.get("siret", "")).split()),
        bool(entry.get("enabled", True)),
        None if pinned is None else str(pinned),
    )
