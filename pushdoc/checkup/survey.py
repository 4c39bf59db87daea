"""Every folder of every client, asked once: on disks at once, on shares by scouts, and not for ever where one hangs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pushdoc.checkup.standing import Standing, StandingErrand
from pushdoc.rules import routes
from pushdoc.watch import file_system_of, is_remote
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.rules import Route
    from pushdoc.watch import Lookout, Sight
    from pushdoc.wiring import Plan

#: So many seconds may be waited for folders that give no answer; what is left then is told as not looked at.
_LOST_S = 30.0


@dataclass
class Survey:
    """What was found: the root, each client's folder, and with each route its drop folder and its archive.

    `clients` and `troubles` go by the client's folder; `unasked` are those that nobody looked at any more.
    """

    sight: Sight
    root: Standing
    remote: bool
    clients: dict[str, Standing] = field(default_factory=dict)
    routes: list[tuple[Route, Standing, Standing | None]] = field(default_factory=list)
    troubles: dict[str, Phrase] = field(default_factory=dict)
    unasked: list[str] = field(default_factory=list)


def survey(plan: Plan, lookout: Lookout, clock: Clock) -> Survey:
    """Look at the root, then at every enabled client's folders for the periods that are watched today."""
    root = plan.rules.clients.root
    sight = lookout.sight()
    found = Survey(sight, Standing(root, trouble=sight.trouble), is_remote(file_system_of(root)))
    if sight.trouble is not None:
        return found
    answer = lookout.ask(root, StandingErrand(root, (PurePosixPath(),)))
    if isinstance(answer, Phrase):
        found.root = Standing(root, trouble=answer)
        return found
    (found.root,) = answer
    today = clock.now().astimezone(plan.rules.zone).date()
    ways: dict[str, list[Route]] = {client.folder: [] for client in plan.enabled}
    for route in routes(plan.rules, plan.enabled, today):
        ways[route.client.folder].append(route)
    lost = 0.0
    for folder, mine in ways.items():
        if lost > _LOST_S:
            found.unasked.append(folder)
            continue
        begun = clock.monotonic()
        if not _ask(root, folder, mine, lookout, found):
            lost += clock.monotonic() - begun
    return found


def _ask(root: Path, folder: str, mine: list[Route], lookout: Lookout, found: Survey) -> bool:
    """Whether one client's folders could be looked at; what came of it is added to what was found."""
    asked = dict.fromkeys([PurePosixPath(folder)])
    for route in mine:
        asked[route.drop] = None
        if route.archive is not None:
            asked[route.archive] = None
    answer = lookout.ask(root / folder, StandingErrand(root, tuple(asked)))
    if isinstance(answer, Phrase):
        found.troubles[folder] = answer
        return False
    standing = dict(zip(asked, answer, strict=True))
    found.clients[folder] = standing[PurePosixPath(folder)]
    for route in mine:
        archive = None if route.archive is None else standing[route.archive]
        found.routes.append((route, standing[route.drop], archive))
    return not any(each.trouble for each in answer)
