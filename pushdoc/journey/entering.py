"""A whole file becomes a document: read, judged by its rule, written in the ledger.

What the ledger knows already is not entered again, so that everything here can be repeated at any time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.filing import is_mark
from pushdoc.formats import Ending, Excerpt, ending_of, nature_of
from pushdoc.journey.judge import Verdicts, content_refusal, refusal
from pushdoc.journey.tidying import UNDECIDED
from pushdoc.ledger import Entry
from pushdoc.log import logger
from pushdoc.original import NotAFileError, digest, identity_of, make_durable, opened
from pushdoc.states import IN_DROP, Event, OvertakenError, State
from pushdoc.watch import Pending, has_writer, surely_closed
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Client, Digest, Document
    from pushdoc.formats import Kind
    from pushdoc.journey.after import Afterwards
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rule, Rules, Verdict
    from pushdoc.watch import Sighting

#: So many files, or bytes, are read before they are entered: the first ones of many should leave soon.
_TOGETHER = 32
_READ_TOGETHER = 16 * 1024 * 1024
#: So many bytes tell a mark.
_BEGINNING = 400
#: The ledger is asked about so many files at once.
_ASKED_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Later:
    """Not whole after all, or not to be read now; `why` where that is the file's doing."""

    why: Pending | None = None


class Content(NamedTuple):
    """What was read of a whole file; `refused` is why its rule does not send such a content."""

    digest: Digest
    kind: Kind | None
    refused: Phrase | None


class Taken(NamedTuple):
    """A whole file as it is to be entered, and what it really is, whatever its name."""

    entry: Entry
    kind: Kind | None


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

    def take(
        self, client: Client, whole: Sequence[Sighting], waited_out: Collection[Path] = ()
    ) -> tuple[int, dict[Path, Pending | None]]:
        """Enter the whole files that the ledger does not know, some of them with each commit.

        How many there were, and which are not whole after all, or could not be read, and are to be looked at again,
        with what keeps them. `waited_out` are those for whose end nobody waits any longer.
        """
        entered = read = 0
        taken: list[Taken] = []
        verdicts = Verdicts(self._rules, client, self._clock.now())
        again: dict[Path, Pending | None] = {}
        known: dict[Path, list[Document]] = {}
        for position, seen in enumerate(whole, 1):
            if position % _ASKED_TOGETHER == 1:
                known = self._ledger.at_each([one.path for one in whole[position - 1 : position - 1 + _ASKED_TOGETHER]])
            match self._take(seen, known.get(seen.path, []), verdicts, last=seen.path in waited_out):
                case Taken() as one:
                    taken.append(one)
                    read += seen.identity.size
                case Later(why):
                    again[seen.path] = why
            if taken and (position == len(whole) or len(taken) >= _TOGETHER or read >= _READ_TOGETHER):
                entered += self._enter(taken)
                taken, read = [], 0
        return entered, again

    def proves_whole(self, seen: Sighting) -> bool:
        """Whether a file's own format says that it is complete, and surely nobody has it open for writing."""
        try:
            with opened(self._root, seen.path) as descriptor:
                same = identity_of(os.fstat(descriptor)) == seen.identity
                complete = same and ending_of(Excerpt(descriptor, seen.identity.size)) is Ending.COMPLETE
                return complete and surely_closed(seen.path, descriptor)
        except OSError:
            return False

    def _take(
        self, seen: Sighting, known: Sequence[Document], verdicts: Verdicts, *, last: bool
    ) -> Taken | Later | None:
        """One whole file as it is to be entered; None where the ledger knows it, or it is none of a rule's.

        `known` are the documents that were dropped at its path before, the newest first.
        """
        newest = known[0] if known and known[0].state in IN_DROP else None
        if newest is not None and newest.identity == seen.identity:
            return None
        if not self._after.lookout.answers(seen.path):
            return Later()  # a share that went since the look would hold up everybody's papers
        verdict = verdicts.of(seen.path)
        # What its rule does not take is refused at once, whole or not.
        read = self._read(seen, verdict.rule, last=last or not verdict.taken)
        if read is None or isinstance(read, Later):
            return read
        if newest is not None and newest.digest == read.digest:
            if newest.state is not State.SENDING:  # touched, or put back: the same paper
                self._ledger.amend(newest, identity=seen.identity)
            return None
        for document in known:
            if document.state in UNDECIDED:
                with suppress(OvertakenError):  # a courier has it: the attempt finds out what happened to the file
                    self._ledger.record(document, Event.WITHDRAW, reason=Phrase("journey.replaced"))
        return self._taken(seen, verdict, verdicts.archive_folder(verdict), read)

    def _read(self, seen: Sighting, rule: Rule | None, *, last: bool) -> Content | Later | None:
        """What the file holds, to be told again later where it changed meanwhile or cannot be read.

        So is one that stops before its format's own end, unless this is the `last` time that it is told. None: it is no
        document but one of our marks, copied or renamed by somebody.
        """
        try:
            with opened(self._root, seen.path) as descriptor:
                if has_writer(seen.path, descriptor):
                    return Later(Pending.WRITTEN)
                before = identity_of(os.fstat(descriptor))
                excerpt = Excerpt(descriptor, seen.identity.size)
                if is_mark(excerpt.at(0, _BEGINNING), seen.identity.size):
                    logger().info("a mark under another name is left where it is", path=seen.path)
                    return None
                nature = nature_of(excerpt)
                if not last and nature.ending is Ending.OPEN:
                    return Later(Pending.UNFINISHED)
                make_durable(descriptor)  # the ledger must not outlive the paper that it knows
                read = digest(descriptor)
                refused = None if rule is None else content_refusal(rule, excerpt, seen.path.name, nature)
                if before == seen.identity == identity_of(os.fstat(descriptor)):
                    return Content(read, nature.kind, refused)
            return Later(Pending.GROWING)
        except BlockingIOError:  # somebody holds a write lease, as Samba does for a client who is at work in the file
            return Later(Pending.WRITTEN)
        except (FileNotFoundError, NotAFileError):
            pass
        except OSError as error:
            said = os.strerror(error.errno) if error.errno else str(error)
            self.problems[seen.path] = Phrase("journey.unreadable", {"path": str(seen.path), "said": said})
        return Later()

    def _taken(self, seen: Sighting, verdict: Verdict, archive_folder: Path | None, read: Content) -> Taken | None:
        client, rule, period, refused = verdict.client, verdict.rule, verdict.period, verdict.reason
        if client is None or rule is None or period is None:
            return None
        if refused is not None and refused.code != "rules.not_accepted":
            return None
        size = seen.identity.size
        destination = self._rules.destination_of(rule)
        refused = refused or refusal(rule, self._destinations[destination], seen.path.name, size) or read.refused
        entry = Entry(
            client=client.folder,
            siret=client.siret,
            rule=rule.name,
            type=rule.type,
            period=period,
            path=seen.path,
            identity=seen.identity,
            digest=read.digest,
            destination=destination,
            archive_folder=archive_folder,
            refused=refused,
            hold=rule.hold,
        )
        return Taken(entry, read.kind)

    def _enter(self, taken: Sequence[Taken]) -> int:
        documents = self._ledger.enter_all([entry for entry, _ in taken])
        for document, (_, kind) in zip(documents, taken, strict=True):
            logger().debug("looked into", document=document.id, name=document.name, kind=kind)
            if document.state is State.NON_TRANSMIS:
                self._after.mark(document)
            elif self.suspected is not None and document.state is State.WAITING:
                self._ledger.suspect(document, self.suspected)
        self._entered()
        return len(documents)
