"""Where each client is named, and that none is named twice: in MCF's table, in the rules file, or in both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pushdoc.clients import folder as folders
from pushdoc.clients import siret
from pushdoc.errors import Problem
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pushdoc.document import Client


@dataclass(frozen=True, slots=True)
class Listing:
    """A client and where a person named it; `line` counts from 1, None where none can be told.

    One that `replaces` stands in the place of the table's rows for the same folder.
    """

    client: Client
    file: Path
    line: int | None = None
    replaces: bool = False

    def problem(self, phrase: Phrase) -> Problem:
        """Something wrong at this place."""
        return Problem(self.file, phrase, self.line)


def merge(table: Iterable[Listing], listed: Iterable[Listing]) -> tuple[list[Client], list[Problem]]:
    """The clients of MCF's table and those of the rules' `[[client]]` together, and what is wrong with them.

    A client that is named twice is kept only where both places agree: sent by the wrong one of two SIRETs, a document
    would end in a stranger's books. A listing that replaces the table's row is the one that counts.
    """
    problems = []
    listed = list(listed)
    replaced = {folders.same(folders.clean(one.client.folder)) for one in listed if one.replaces}
    sound = [row for row in table if folders.same(row.client.folder) not in replaced]
    for listing in listed:
        client = listing.client
        client = replace(client, folder=folders.clean(client.folder), siret=siret.clean(client.siret))
        if fault := folders.fault(client.folder):
            problems.append(listing.problem(fault))
        else:
            sound.append(replace(listing, client=client))
    kept, twice = once(sound)
    return [listing.client for listing in kept], problems + twice


def chosen(clients: Iterable[Client], active: Callable[[str], bool]) -> list[Client]:
    """The clients, those switched off whose folder is not among the active ones."""
    return [one if not one.enabled or active(one.folder) else replace(one, enabled=False) for one in clients]


def once(listings: Iterable[Listing]) -> tuple[list[Listing], list[Problem]]:
    """Each client's first listing, and a problem for every further one; where they disagree, none is kept."""
    first: dict[str, Listing] = {}
    contested: set[str] = set()
    problems = []
    for listing in listings:
        key = folders.same(listing.client.folder)
        earlier = first.setdefault(key, listing)
        if earlier is listing:
            continue
        problems.append(listing.problem(_twice(listing, earlier)))
        if replace(listing.client, folder=earlier.client.folder) != earlier.client:
            contested.add(key)
    return [listing for key, listing in first.items() if key not in contested], problems


def _twice(listing: Listing, earlier: Listing) -> Phrase:
    folder = listing.client.folder
    if listing.file == earlier.file and listing.line and earlier.line:
        return Phrase("clients.twice", {"folder": folder, "line": listing.line, "earlier": earlier.line})
    places = [Problem(one.file, Phrase("clients.twice"), one.line).place for one in (earlier, listing)]
    return Phrase("clients.in_both", {"folder": folder, "earlier": places[0], "place": places[1]})
