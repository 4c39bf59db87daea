"""What a rule would take right now: the clients' folders looked at once, for a few seconds at most; nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pushdoc.period import watched
from pushdoc.rules import accepts, covering
from pushdoc.watch import look, spelt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.document import Client
    from pushdoc.rules import Rule
    from pushdoc.words import Phrase

#: Longest look, in seconds; five thousand clients on a disk of this machine take less, a slow share would take hours.
_LONGEST = 5.0
_NAMED = 5


@dataclass(slots=True)
class Preview:
    """What was seen; `size` in bytes, `names` of the first files, beneath the root.

    `whole` says whether everything was looked at. `missing` folders are not there, `troubles` could not be looked
    into, `left` files are none that the rule accepts.
    """

    folders: int = 0
    missing: int = 0
    files: int = 0
    size: int = 0
    left: int = 0
    names: list[str] = field(default_factory=list)
    troubles: list[Phrase] = field(default_factory=list)
    whole: bool = True


def preview(rule: Rule, root: Path, clients: Iterable[Client], today: date, clock: Clock) -> Preview:
    """What the rule would take on a day, in the rules' time zone."""
    seen = Preview()
    covers = covering(rule.clients)
    drops = [rule.drop.render(period) for period in rule.drop.periods(watched(today, rule.look_back))]
    end = clock.monotonic() + _LONGEST
    for client in clients:
        if clock.monotonic() > end:
            seen.whole = False
            break
        if client.enabled and covers(client.folder):
            for folder in spelt(root, [PurePosixPath(client.folder) / drop for drop in drops]):
                _look(seen, rule, root, folder)
    return seen


def _look(seen: Preview, rule: Rule, root: Path, folder: Path) -> None:
    there = look(root, folder)
    if there.trouble is not None:
        seen.troubles.append(there.trouble)
    elif not there.there:
        seen.missing += 1
    else:
        seen.folders += 1
    for sighting in there.sightings:
        if not accepts(rule, sighting.path.name):
            seen.left += 1
            continue
        seen.files += 1
        seen.size += sighting.identity.size
        if len(seen.names) < _NAMED:
            seen.names.append(str(sighting.path.relative_to(root)))
