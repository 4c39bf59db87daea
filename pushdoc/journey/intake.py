"""The way in: look at the drop folders, wait until files are whole, enter them in the ledger.

A look is the truth and can be repeated at any time: what the ledger knows already is not entered again.
"""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pushdoc.journey.judge import refusal
from pushdoc.journey.tidying import UNDECIDED, Tidying
from pushdoc.ledger import Entry
from pushdoc.log import logger
from pushdoc.original import NotAFileError, digest, identity_of, opened
from pushdoc.rules import routes, within
from pushdoc.states import IN_DROP, Event, State
from pushdoc.watch import Settling, Told, has_writer, look, resolve
from pushdoc.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Client, Digest
    from pushdoc.journey.after import Afterwards
    from pushdoc.journey.roll import Roll
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Route, Rules
    from pushdoc.watch import Sighting


class Intake:
    """Looks at drop folders and enters what is whole; for one thread."""

    def __init__(
        self,
        rules: Rules,
        roll: Roll,
        destinations: Mapping[str, Destination],
        ledger: Ledger,
        after: Afterwards,
        clock: Clock,
    ) -> None:
        self._rules = rules
        self._root = rules.clients.root
        self._roll = roll
        self._destinations = destinations
        self._ledger = ledger
        self._after = after
        self._clock = clock
        self._tidying = Tidying(self._root, ledger, after)
        self._settling = Settling()
        self._told = Told()
        self._device: int | None = None
        self._drops: dict[Path, tuple[Route, ...]] = {}  # by the folder on disk; several rules may share one
        self._deeper: dict[Path, tuple[Path, ...]] = {}  # folders inside a drop folder that count, too
        self.problems: dict[Path, Phrase] = {}
        #: Why what is entered now may have been sent before, where it may.
        self.suspected: Phrase | None = None
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
        return sum(self._look(path, self._drops[path], open_folders) for path in paths)

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
        entered = sum(self._take(path, sharing[0].client, sighting) for sighting in whole)
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

    def _take(self, folder: Path, client: Client, seen: Sighting) -> bool:
        """Enter one whole file, unless the ledger knows it; whether a document was made of it."""
        known = self._ledger.at(seen.path)
        newest = known[0] if known and known[0].state in IN_DROP else None
        if newest is not None and newest.identity == seen.identity:
            return False
        if has_writer(seen.path):
            self._settling.again(folder, seen.path, self._clock.monotonic())
            return False
        read = self._read(folder, seen)
        if read is None:
            return False
        if newest is not None and newest.digest == read:
            if newest.state is not State.SENDING:  # touched, or put back: the same paper
                self._ledger.amend(newest, identity=seen.identity)
            return False
        for document in known:
            if document.state in UNDECIDED:
                self._tidying.withdraw(document, Phrase("journey.replaced"))
        return self._enter(client, seen, read)

    def _read(self, folder: Path, seen: Sighting) -> Digest | None:
        """What the file's bytes are; None where it changed meanwhile or cannot be read, to be told again later."""
        try:
            with opened(self._root, seen.path) as descriptor:
                before = identity_of(os.fstat(descriptor))
                read = digest(descriptor)
                if before == seen.identity == identity_of(os.fstat(descriptor)):
                    return read
        except (FileNotFoundError, NotAFileError):
            pass
        except OSError as error:
            said = os.strerror(error.errno) if error.errno else str(error)
            self.problems[seen.path] = Phrase("journey.unreadable", {"path": str(seen.path), "said": said})
        self._settling.again(folder, seen.path, self._clock.monotonic())
        return None

    def _enter(self, client: Client, seen: Sighting, read: Digest) -> bool:
        parts = seen.path.relative_to(self._root).parts[len(PurePosixPath(client.folder).parts) :]
        verdict = within(self._rules, client, parts, self._today())
        rule, period, refused = verdict.rule, verdict.period, verdict.reason
        if rule is None or period is None or (refused is not None and refused.code != "rules.not_accepted"):
            return False
        size = seen.identity.size
        destination = self._rules.destination_of(rule)
        refused = refused or refusal(rule, self._destinations[destination], seen.path.name, size)
        document = self._ledger.enter(
            Entry(
                client=client.folder,
                siret=client.siret,
                rule=rule.name,
                type=rule.type,
                period=period,
                path=seen.path,
                identity=seen.identity,
                digest=read,
                destination=destination,
                archive_folder=None if verdict.archive is None else self._on_disk(verdict.archive),
                refused=refused,
            ),
            Event.HOLD if rule.hold else Event.ENTER,
        )
        logger().info("entered", document=document.id, name=document.name, client=document.client, rule=document.rule)
        if refused is not None:
            self._after.mark(document)
        elif self.suspected is not None and document.state is State.WAITING:
            self._ledger.suspect(document, self.suspected)
        return True

    def _on_disk(self, relative: PurePosixPath) -> Path:
        """The path of a folder whose names may be spelt in another normalisation as far as they exist."""
        parts = relative.parts
        for depth in range(len(parts), 0, -1):
            found = resolve(self._root, PurePosixPath(*parts[:depth]))
            if found is not None:
                return found.joinpath(*parts[depth:])
        return self._root / relative
