"""What is watched today: each drop folder once, with the rules that share it.

Thousands of clients have tens of thousands of folders, so that little is kept of each, and of what is alike one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pushdoc.rules import routes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import PurePosixPath

    from pushdoc.document import Client
    from pushdoc.rules import Route, Rule, Rules


class Watched(NamedTuple):
    """Whose a drop folder is, by which rules; `archives` are those that lie inside it, as paths from it."""

    client: Client
    rules: tuple[Rule, ...]
    archives: tuple[PurePosixPath, ...]


def watched_folders(rules: Rules, clients: Iterable[Client], today: date) -> dict[PurePosixPath, Watched]:
    """The drop folders of a day, from the clients' root, in the order of the rules file."""
    found: dict[PurePosixPath, Watched] = {}
    alone: dict[tuple[str, str], Watched] = {}  # by rule and period: all clients' folders look the same inside
    for route in routes(rules, clients, today):
        key = route.rule.name, str(route.period)
        if key not in alone:
            alone[key] = Watched(route.client, (route.rule,), _inside(route))
        _, sharing, archives = alone[key]
        if (known := found.get(route.drop)) is not None:
            found[route.drop] = Watched(known.client, known.rules + sharing, known.archives + archives)
        else:
            found[route.drop] = Watched(route.client, sharing, archives)
    return found


def _inside(route: Route) -> tuple[PurePosixPath, ...]:
    if route.archive is None or not route.archive.is_relative_to(route.drop):
        return ()
    return (route.archive.relative_to(route.drop),)
