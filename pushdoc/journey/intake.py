"""The way in: look at the drop folders, wait until files are whole, enter them in the ledger.

A look is the truth and can be repeated at any time: what the ledger knows already is not entered again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.garbage import uncollected
from pushdoc.journey import done
from pushdoc.journey.entering import Entering
from pushdoc.journey.lasting import Lasting
from pushdoc.journey.owner import written_by
from pushdoc.journey.rounds import Rounds
from pushdoc.journey.tidying import Tidying
from pushdoc.journey.watched import watched_folders
from pushdoc.log import logger
from pushdoc.watch import Moved, Pending, Presence, Settling, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date
    from pathlib import Path, PurePosixPath

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.journey.after import Afterwards
    from pushdoc.journey.roll import Roll
    from pushdoc.journey.watched import Watched
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rules
    from pushdoc.words import Phrase


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
        self._moved = Moved()
        self._told = Told()
        self._rounds = Rounds()
        self._lookout = after.lookout
        notes = ledger.notes
        self._presence = Presence(self._root, written_by(notes.identity()), known=notes.length() > 0)
        self._drops: dict[Path, Watched] = {}  # by the folder on disk
        self._deeper: dict[Path, tuple[Path, ...]] = {}  # folders inside a drop folder that count, too
        self._day: date | None = None
        self._accented: dict[PurePosixPath, Path] = {}  # the drop folders that may be spelt otherwise on disk: how
        self._unspelt: set[Path] = set()  # with accents, and not there when last looked at
        self.listed = 0  # how many folders the last round looked at
        self._found = self.entering.problems  # by the last looks
        self.lasting = Lasting(self._root, roll, ledger.notes, clock, self._settling, self._found)
        #: Called when the root is there, before anything is looked at: at the start, and when it was away.
        self.claim: Callable[[], None] = lambda: None
        self._claimed: bool | None = None
        self.turn()

    def turn(self, unchanged: AbstractSet[Path] = frozenset()) -> bool:
        """Find out what to watch today; whether that are other folders than before. Called before every round.

        They may be others when the day has turned, or when a folder with accents was made that is spelt otherwise on
        disk: then it is one that was missing and is not among the `unchanged`. Every full round asks anew.
        """
        today = self._today()
        full = self._rounds.full(self._clock.monotonic())
        if today == self._day and ((self._unspelt <= unchanged and not full) or self._spelt_as_before()):
            return False
        with uncollected():
            watched = watched_folders(self._rules, self._roll.clients, today)
            spelt = self._lookout.spelt(list(watched))
            drops = dict(zip(spelt, watched.values(), strict=True))
        self._accented = {
            written: path for written, path in zip(watched, spelt, strict=True) if not str(written).isascii()
        }
        self._day, self._drops = today, drops
        self._settling.only(drops)
        self._deeper = {path: deeper for path, deeper in self._deeper.items() if path in drops}
        self._unspelt &= drops.keys()
        self._rounds.forget()
        return True

    def _spelt_as_before(self) -> bool:
        """Whether the folders with accents bear the same names on disk; nothing else of a day's folders can change."""
        written = list(self._accented)
        return not written or self._lookout.spelt(written) == list(self._accented.values())

    def _today(self) -> date:
        return self._clock.now().astimezone(self._rules.zone).date()

    @property
    def folders(self) -> list[Path]:
        """The folders that are watched today, whether they exist yet or not, with those inside them that count."""
        return [*self._drops, *(folder for deeper in self._deeper.values() for folder in deeper)]

    @property
    def problems(self) -> dict[Path, Phrase]:
        """What the last looks could not do, and which files have long not become whole, by folder or file."""
        return self.lasting.problems()

    @property
    def unfinished(self) -> bool:
        """Whether a file is waited for that stops before its end: not for ever."""
        return Pending.UNFINISHED in self._settling.pending(self._clock.monotonic(), -1.0)

    def note_moved(self, path: Path) -> None:
        """A file was renamed to this path, as an event says; told before its folder is woken, from any thread.

        Where it is complete it need not wait its settle time then.
        """
        self._moved.note(path)

    def look_everywhere(self, unchanged: AbstractSet[Path] = frozenset()) -> int:
        """Look at every watched folder, as `turn` last found them; how many documents were entered.

        Of the folders that are `unchanged` since the last round (`Arrivals.watch`), those are passed over, in most
        rounds (`rounds`), where nothing waits for us: no file that is not whole, no document that is not done with.
        """
        self._found.clear()
        if (moved := self.find_root()) is not None:
            self._found[self._root] = moved
            self._rounds.forget()
            return 0
        self._forget_what_left()
        open_folders = self._ledger.open_folders()
        busy = self._settling.unsettled().union(open_folders, *(folder.parents for folder in open_folders))
        passed = self._rounds.begin(unchanged - busy, self._clock.monotonic())
        to_look = [path for path in self._drops if path not in passed]
        self.listed = len(to_look)
        entered = sum(self._look(path, self._drops[path], open_folders) for path in to_look)
        self._look_back(open_folders)
        return entered

    def look_at(self, woken: Iterable[Path]) -> int:
        """Look at the watched folders that woken ones are, lie in or contain; how many documents were entered."""
        if self.find_root() is not None:
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

    @property
    def away(self) -> bool:
        """Whether the root was not the one it was, when it was last looked at: nothing may be written there."""
        return self._presence.away_since is not None

    def take_over(self) -> None:
        """The root is ours, whatever ledger it knew: what lies there is to be taken in."""
        self._presence.trust()

    def find_root(self) -> Phrase | None:
        """Why nothing may be concluded from what lies beneath the root, where it is not the disk it was.

        Raises:
            ConfigurationError: it is there, and `claim` says that it is not ours.
        """
        away = self._presence.see(self._lookout.sight(), self._clock.now())
        # A stranger's sign at the start is no passing trouble: `claim` says whose it is.
        if not self._claimed if away is None else self._claimed is None and away.code == "watch.root_of_others":
            self.claim()
        self._claimed = away is None
        return away

    def _look(self, path: Path, watched: Watched, open_folders: set[Path]) -> int:
        rules = watched.rules
        subfolders = any(rule.subfolders for rule in rules)
        moved = self._moved.take(path, deep=subfolders)  # before the look, which must not miss what it speaks of
        archives = [path / archive for archive in watched.archives]
        seen = self._lookout.look(path, subfolders=subfolders, exclude=archives)
        self._rounds.saw(path, seen)
        if seen.there or str(path).isascii():
            self._unspelt.discard(path)
        else:
            self._unspelt.add(path)
        if seen.trouble is not None:
            self._settling.lost_sight(path, self._clock.monotonic())
            self._found[path] = seen.trouble
            return 0
        if subfolders:
            self._deeper[path] = tuple(folder for folder in seen.folders if folder != path)
        for oddity in self._told.new(path, seen.oddities):
            logger().warning("not taken", path=oddity.path, reason=oddity.phrase)
        papers, announced = done.documents(rules, seen.sightings)
        whole = self._settling.see(
            path,
            papers,
            self._clock.monotonic(),
            max(rule.settle for rule in rules),
            source=(watched.client.folder, *(rule.name for rule in rules)),
            announced=announced,
            proven=lambda sighting: sighting.path in moved and self.entering.proves_whole(sighting),
        )
        waited_out = [file.path for file in whole if self._settling.waited_out(path, file.path)]
        entered, again = self.entering.take(watched.client, whole, waited_out)
        for file, why in again.items():
            self._settling.again(path, file, self._clock.monotonic(), why)
        self._tidying.tidy(path, seen, open_folders)
        return entered

    def _look_back(self, open_folders: set[Path]) -> None:
        """Keep documents and marks in line, too, where nothing new is taken any more: their month is over."""
        for folder in open_folders - self._drops.keys():
            if folder.is_relative_to(self._root) and not any(above in self._drops for above in folder.parents):
                seen = self._lookout.look(folder)
                if seen.trouble is None:
                    self._tidying.tidy(folder, seen, {folder})

    def _forget_what_left(self) -> None:
        """A file that was filed, or could not be sent any more, may come back as it was: that is a new document."""
        left: dict[str, list[Path]] = {}  # by the text of their folder: many leave one, which is a Path once
        for path in self._after.take_left():
            left.setdefault(str(path).rpartition("/")[0], []).append(path)
        for paths in left.values():
            above = list(paths[0].parents)  # a file may have been seen by a look at one further up
            for folder in above:
                self._settling.forget(folder, paths)
            self._rounds.disturb(above)
