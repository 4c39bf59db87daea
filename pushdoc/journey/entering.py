"""A whole file becomes a document: read, judged by its rule, written in the ledger.

What the ledger knows already is not entered again, so that everything here can be repeated at any time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pushdoc.journey.judge import refusal
from pushdoc.journey.tidying import UNDECIDED
from pushdoc.ledger import Entry
from pushdoc.log import logger
from pushdoc.original import NotAFileError, digest, identity_of, make_durable, opened
from pushdoc.rules import within
from pushdoc.states import IN_DROP, Event, OvertakenError, State
from pushdoc.watch import has_writer, resolve
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Client, Digest
    from pushdoc.journey.after import Afterwards
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rules
    from pushdoc.watch import Sighting

#: So many files, or bytes, are read before they are entered: the first ones of many should leave soon.
_TOGETHER = 32
_READ_TOGETHER = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Later:
    """Not whole after all, or not to be read now."""


class Entering:
    """Makes documents of whole files; for one thread. `entered` is called whenever some were made."""

    def __init__(
        self,
        rules: Rules,
        destinations: Mapping[str, Destination],
        ledger: Ledger,
        after: Afterwards,
        clock: Clock,
        entered: Callable[[], None],
    ) -> None:
        self._rules = rules
        self._root = rules.clients.root
        self._destinations = destinations
        self._ledger = ledger
        self._after = after
        self._clock = clock
        self._entered = entered
        #: What cannot be read, and why; the looks add theirs.
        self.problems: dict[Path, Phrase] = {}
        #: Why what is entered now may have been sent before, where it may.
        self.suspected: Phrase | None = None

    def take(self, client: Client, whole: Sequence[Sighting]) -> tuple[int, list[Path]]:
        """Enter the whole files that the ledger does not know, some of them with each commit.

        How many there were, and which are not whole after all, or could not be read, and are to be looked at again.
        """
        entered = 0
        entries: list[Entry] = []
        again: list[Path] = []
        for position, seen in enumerate(whole, 1):
            match self._take(client, seen):
                case Entry() as entry:
                    entries.append(entry)
                case Later():
                    again.append(seen.path)
            read = sum(entry.identity.size for entry in entries)
            if entries and (position == len(whole) or len(entries) >= _TOGETHER or read >= _READ_TOGETHER):
                entered += self._enter(entries)
                entries = []
        return entered, again

    def _take(self, client: Client, seen: Sighting) -> Entry | Later | None:
        """One whole file as it is to be entered; None where the ledger knows it, or it is none of a rule's."""
        known = self._ledger.at(seen.path)
        newest = known[0] if known and known[0].state in IN_DROP else None
        if newest is not None and newest.identity == seen.identity:
            return None
        if has_writer(seen.path):
            return Later()
        read = self._read(seen)
        if read is None:
            return Later()
        if newest is not None and newest.digest == read:
            if newest.state is not State.SENDING:  # touched, or put back: the same paper
                self._ledger.amend(newest, identity=seen.identity)
            return None
        for document in known:
            if document.state in UNDECIDED:
                with suppress(OvertakenError):  # a courier has it: the attempt finds out what happened to the file
                    self._ledger.record(document, Event.WITHDRAW, reason=Phrase("journey.replaced"))
        return self._entry(client, seen, read)

    def _read(self, seen: Sighting) -> Digest | None:
        """What the file's bytes are; None where it changed meanwhile or cannot be read, to be told again later."""
        try:
            with opened(self._root, seen.path) as descriptor:
                before = identity_of(os.fstat(descriptor))
                make_durable(descriptor)  # the ledger must not outlive the paper that it knows
                read = digest(descriptor)
                if before == seen.identity == identity_of(os.fstat(descriptor)):
                    return read
        except (FileNotFoundError, NotAFileError):
            pass
        except OSError as error:
            said = os.strerror(error.errno) if error.errno else str(error)
            self.problems[seen.path] = Phrase("journey.unreadable", {"path": str(seen.path), "said": said})
        return None

    def _entry(self, client: Client, seen: Sighting, read: Digest) -> Entry | None:
        parts = seen.path.relative_to(self._root).parts[len(PurePosixPath(client.folder).parts) :]
        verdict = within(self._rules, client, parts, self._clock.now().astimezone(self._rules.zone).date())
        rule, period, refused = verdict.rule, verdict.period, verdict.reason
        if rule is None or period is None or (refused is not None and refused.code != "rules.not_accepted"):
            return None
        size = seen.identity.size
        destination = self._rules.destination_of(rule)
        return Entry(
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
            refused=refused or refusal(rule, self._destinations[destination], seen.path.name, size),
            hold=rule.hold,
        )

    def _enter(self, entries: Sequence[Entry]) -> int:
        documents = self._ledger.enter_all(entries)
        for document in documents:
            named = {"name": document.name, "client": document.client, "rule": document.rule}
            logger().info("entered", document=document.id, **named)
            if document.state is State.NON_TRANSMIS:
                self._after.mark(document)
            elif self.suspected is not None and document.state is State.WAITING:
                self._ledger.suspect(document, self.suspected)
        self._entered()
        return len(documents)

    def _on_disk(self, relative: PurePosixPath) -> Path:
        """The path of a folder whose names may be spelt in another normalisation as far as they exist."""
        parts = relative.parts
        for depth in range(len(parts), 0, -1):
            found = resolve(self._root, PurePosixPath(*parts[:depth]))
            if found is not None:
                return found.joinpath(*parts[depth:])
        return self._root / relative
