"""Done-files, where a rule wants them: which files are documents, which of them are announced, what goes afterwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pushdoc.filing import discard_small
from pushdoc.rules import accepts, folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pushdoc.filing import Obstructed
    from pushdoc.rules import DoneName, Rule
    from pushdoc.watch import Sighting


def documents(sharing: Sequence[Rule], sightings: Sequence[Sighting]) -> tuple[Sequence[Sighting], Mapping[Path, bool]]:
    """The documents among a folder's files; and those that wait for a done-file, with whether it lies beside them.

    `sharing` are the rules that share the folder. A file that none of them accepts waits for nothing.
    """
    wanted = [rule.done for rule in sharing if rule.done is not None]
    if not wanted:
        return sightings, {}
    papers = [seen for seen in sightings if not any(done.fits(seen.path.name) for done in wanted)]
    there = {(seen.path.parent, folded(seen.path.name)) for seen in sightings}
    announced = {}
    for seen in papers:
        rule = next((rule for rule in sharing if accepts(rule, seen.path.name)), None)
        if rule is not None and rule.done is not None:
            announced[seen.path] = (seen.path.parent, folded(rule.done.of(seen.path.name))) in there
    return papers, announced


def clear(root: Path, path: Path, done: DoneName) -> Obstructed | None:
    """Take away the done-file of a document that is filed; what kept it from going, or None.

    One that is larger than a sign has to be is left, as is one that another document waits for, too.
    """
    found = path.with_name(done.of(path.name))
    try:
        if not (done.whole and os.path.lexists(found)):
            names = [each.name for each in path.parent.iterdir()]
            same = [name for name in names if folded(name) == folded(found.name)]
            others = [name for name in names if name != path.name and not done.fits(name)]
            if not same or any(folded(done.of(name)) == folded(found.name) for name in others):
                return None
            found = path.with_name(same[0])
    except OSError:
        return None
    return discard_small(root, found)
