"""The way in: look at the drop folders, wait until files are whole, enter them in the ledger.

A look is the truth and can be repeated at any time: what the ledger knows already is not entered again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.journey.entering import Entering
from pushdoc.journey.tidying import Tidying
from pushdoc.log import logger
from pushdoc.rules import routes
from pushdoc.watch import Settling, Told, look, resolve
from pushdoc.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path, PurePosixPath

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.journey.after import Afterwards
    from pushdoc.journey.roll import Roll
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Route, Rules


class Intake:
    """Looks at drop folders and enters what is whole; for one thread. `entered` is called when something was."""

    def __init__(
        self,
        rules: Rules,
        roll: Roll,
        destinations: Mapping[str, Destination],
        ledger: Ledger,
        after: Afterwards,
        clock: Clock,
        entered: Callable[[], None] = lambda: None,
    ) -> None:
        self._rules = rules
        self._root = rules.clients.root
        self._roll = roll
        self._ledger = ledger
        self._after = after
        self._clock = clock
        self.entering = Entering(rules, destinations, ledger, after, clock, entered)
        self._tidying = Tidying(self._root, ledger, after)
        self._settling = Settling()
        self._told = Told()
        self._device: int | None = None
        self._drops: dict[Path, tuple[Route, ...]] = {}  # by the folder on disk; several rules may share one
        self._deeper: dict[Path, tuple[Path, ...]] = {}  # folders inside a drop folder that count, too
        self.problems = self.entering.problems
        self.turn()

    def turn(self) -> None:
        """Find out what to watch today; called again when the day may have turned."""
        sharing: dict[PurePosixPath, list[Route]] = {}
        for route in routes(self._rules, self._roll.clients, self._today()):
            sharing.setdefault(route.drop, []).append(route)
        self._drops = {
            resolve(self._root, relative) or self._root / relative: tuple(group) for relative, group in sharing.items()
        }
        self._settling.only(self._drops)
        self._deeper = {path: deeper for path, deeper in self._deeper.items() if path in self._drops}

    def _today(self) -> date:
        return self._clock.now().astimezone(self._rules.zone).date()

    @property
    def folders(self) -> list[Path]:
        """The folders that are watched today, whether they exist yet or not, with those inside them that count."""
        return [*self._drops, *(folder for deeper in self._deeper.values() for folder in deeper)]

    def look_everywhere(self) -> int:
        """Look at every watched folder, as `turn` last found them; how many documents were entered."""
        self.problems.clear()
        if (moved := self._root_moved()) is not None:
            self.problems[self._root] = moved
            return 0
        self._forget_what_left()
        open_folders = self._ledger.open_folders()
        entered = sum(self._look(path, sharing, open_folders) for path, sharing in self._drops.items())
        self._look_back(open_folders)
        return entered

    def look_at(self, woken: Iterable[Path]) -> int:
        """Look at the watched folders that woken ones are, lie in or contain; how many documents were entered."""
        if self._root_moved() is not None:
            return 0
        paths: set[Path] = set()
        for folder in set(woken):
            nearest = next((path for path in (folder, *folder.parents) if path in self._drops), None)
            paths.update([nearest] if nearest else [path for path in self._drops if folder in path.parents])
        self._forget_what_left()
        open_folders = self._ledger.open_folders() if paths else set()
        return sum(self._look(path, self._drops[path], open_folders) for path in sorted(paths))

    def look_at_ripe(self) -> int:
        """Look at the folders where a file may have become whole by now; how many documents were entered."""
        return self.look_at(self._settling.ripe(self._clock.monotonic()))

    def next_ripe(self) -> float | None:
        """In how many seconds a file may have become whole; None where nothing settles."""
        now = self._clock.monotonic()
        due = self._settling.due(now)
        return None if due is None else due - now

    def _root_moved(self) -> Phrase | None:
        """Why nothing may be concluded from what lies beneath the root, where it is not the disk it was."""
        try:
            device = self._root.stat().st_dev
        except OSError:
            return None  # each look says what is wrong with it
        self._device = self._device or device
        return None if device == self._device else Phrase("journey.root_changed", {"path": str(self._root)})

    def _look(self, path: Path, sharing: Sequence[Route], open_folders: set[Path]) -> int:
        subfolders = any(route.rule.subfolders for route in sharing)
        archives = [self._root / route.archive for route in sharing if route.archive is not None]
        seen = look(self._root, path, subfolders=subfolders, exclude=archives)
        if seen.trouble is not None:
            self._settling.lost_sight(path, self._clock.monotonic())
            self.problems[path] = seen.trouble
            return 0
        if subfolders:
            self._deeper[path] = tuple(folder for folder in seen.folders if folder != path)
        for oddity in self._told.new(path, seen.oddities):
            logger().warning("not taken", path=str(oddity.path), reason=say(oddity.phrase, "en"))
        settle = max(route.rule.settle for route in sharing)
        whole = self._settling.see(path, seen.sightings, self._clock.monotonic(), settle)
        entered, again = self.entering.take(sharing[0].client, whole)
        for file in again:
            self._settling.again(path, file, self._clock.monotonic())
        self._tidying.tidy(path, seen, open_folders)
        return entered

    def _look_back(self, open_folders: set[Path]) -> None:
        """Keep documents and marks in line, too, where nothing new is taken any more: their month is over."""
        for folder in open_folders - self._drops.keys():
            if folder.is_relative_to(self._root) and not any(above in self._drops for above in folder.parents):
                seen = look(self._root, folder)
                if seen.trouble is None:
                    self._tidying.tidy(folder, seen, {folder})

    def _forget_what_left(self) -> None:
        """A file that was filed, or could not be sent any more, may come back as it was: that is a new document."""
        for path in self._after.take_left():
            for folder in path.parents:
                self._settling.forget(folder, path)
