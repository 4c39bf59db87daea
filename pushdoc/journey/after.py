"""Afterwards: a delivered document goes into its archive, a refused one gets the mark « Non transmis »."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from pushdoc.filing import (
    Filed,
    Filing,
    Gone,
    MarkStyle,
    Obstructed,
    Replaced,
    archive,
    clear_mark,
    mark_text,
    plan,
    remove_mark,
    remove_stray,
    rescue,
    write_mark,
)
from pushdoc.journey import done
from pushdoc.log import logger
from pushdoc.states import Event, State
from pushdoc.watch import has_writer
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

    from pushdoc.clock import Clock
    from pushdoc.document import Document
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rules
    from pushdoc.watch import Lookout


class Afterwards:
    """What is done with the paper once its fate is known; safe to use from several threads."""

    def __init__(self, rules: Rules, ledger: Ledger, clock: Clock, lookout: Lookout) -> None:
        self.lookout = lookout
        self._root = rules.clients.root
        self._style = MarkStyle(rules.marks.style)
        self._language = rules.language
        self._zone = rules.zone
        self._done = {rule.name: rule.done for rule in rules.rule if rule.done is not None}
        self._ledger = ledger
        self._clock = clock
        self._filing: set[int] = set()
        self._left: set[Path] = set()
        self._told: dict[tuple[str, Path], str] = {}
        self._begun = clock.now()
        self._bare: set[int] = set()
        self._lock = threading.Lock()

    def delivered(
        self,
        document: Document,
        receipt: str,
        status: str,
        *,
        follow_in: timedelta | None,
        descriptor: int | None = None,
        detail: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> None:
        """The destination has it: write down the receipt, file the paper; `follow_in` is when to ask about it again."""
        now = self._clock.now()
        with self._alone_with(document) as alone:
            document = self._ledger.record(
                document,
                Event.DELIVER,
                detail={"receipt": receipt, **(detail or {})},
                receipt=receipt,
                remote_status=status or None,
                delivered=now,
                next_follow=None if follow_in is None else now + follow_in,
                failing_since=None,
                archive_path=self._planned(document),
                **changes,
            )
            if alone:
                self._file(document, descriptor)

    def file(self, document: Document) -> None:
        """Bring a delivered document, or a duplicate, to where its rule wants it; again after any crash."""
        if not self.lookout.answers(document.path):
            return  # a share that hangs would hold up whoever comes; it is filed when it answers
        with self._alone_with(document) as alone:
            if alone and (document := self._ledger.get(document.id)).state in {State.DELIVERED, State.DUPLICATE}:
                self._file(document, None)

    @contextmanager
    def _alone_with(self, document: Document) -> Iterator[bool]:
        """Whether nobody else files it: a courier and the round that finishes what was left over may both come."""
        with self._lock:
            alone = document.id not in self._filing
            self._filing.add(document.id)
        try:
            yield alone
        finally:
            if alone:
                with self._lock:
                    self._filing.discard(document.id)

    def _planned(self, document: Document) -> Path | None:
        """Where it is to be filed, written down together with its delivery: one commit for both."""
        folder = document.archive_folder
        if document.archive_path is not None or folder is None or document.path.parent == folder:
            return document.archive_path
        planned = plan(self._root, folder, document.name)
        return planned if isinstance(planned, Path) else None

    def _file(self, document: Document, descriptor: int | None) -> None:
        self.unmark(document.path)  # first: an attribute would go into the archive with its file
        folder = document.archive_folder
        if folder is None or document.path.parent == folder:
            self._clear_done_file(document)
            self._ledger.record(document, Event.KEEP, reason=document.reason)
            return

        if has_writer(document.path, descriptor):
            # What is written now would lie in the archive and never be sent; once it is closed, the change is seen.
            self._obstructed(document, Phrase("journey.still_open"))
            return

        def replan(path: Path) -> None:
            self._ledger.amend(document, archive_path=path)

        result: Filing = archive(self._root, document, folder, replan)
        if descriptor is not None and (isinstance(result, Replaced) or self._was_replaced(result, document)):
            saved = rescue(self._root, document, folder, descriptor, replan)
            result = saved if isinstance(saved, Filed) else result
        match result:
            case Filed(path):
                self._clear_done_file(document)
                self._leaves(document.path)
                self._ledger.record(
                    document,
                    Event.ARCHIVE,
                    reason=document.reason if document.duplicate_of else None,
                    detail={"path": str(path)},
                    archive_path=path,
                    filed=self._clock.now(),
                )
            case Replaced():
                self._ledger.record(document, Event.KEEP, reason=Phrase("journey.replaced_after"), archive_path=None)
            case Gone() if self.lookout.unmounted(document.path):
                self._obstructed(document, Phrase("journey.share_hangs", {"path": str(document.path.parent)}))
            case Gone():
                self._ledger.record(document, Event.KEEP, reason=Phrase("journey.gone_after"), archive_path=None)
            case Obstructed(reason):
                self._obstructed(document, reason)
            case _:
                assert_never(result)

    def _clear_done_file(self, document: Document) -> None:
        """The done-file has served; before that is written down, so that a crash between the two leaves none."""
        wanted = self._done.get(document.rule)
        barred = None if wanted is None else done.clear(self._root, document.path, wanted)
        if barred is not None:
            self._warn("cannot take the done-file away", document.path, barred.reason)

    def _was_replaced(self, result: Filing, document: Document) -> bool:
        """Whether nothing stands there any more because another paper did, which was sent and filed meanwhile."""
        return isinstance(result, Gone) and self._ledger.at(document.path)[0].id != document.id

    def _obstructed(self, document: Document, reason: Phrase) -> None:
        """It cannot be filed yet; the round that finishes what was left over tries again."""
        self._warn("cannot archive yet", document.path, reason)
        # Why a duplicate was not sent matters more, and is told when it is filed.
        if document.duplicate_of is None and reason != document.reason:
            self._ledger.amend(document, reason=reason)

    def withdraw(self, document: Document, reason: Phrase) -> None:
        """The file is not the one that was to be sent: whatever stands at its path, now or later, is a new document."""
        self._ledger.record(document, Event.WITHDRAW, reason=reason)
        self._leaves(document.path)
        self.unmark(document.path)

    def take_left(self) -> set[Path]:
        """The paths that were given free since this was last asked."""
        with self._lock:
            left, self._left = self._left, set()
        return left

    def mark(self, document: Document) -> None:
        """Put the mark « Non transmis » beside a refused document; a folder that takes none only costs the mark."""
        self._bare.discard(document.id)
        reason = document.reason or Phrase("journey.unknown_reason")
        text = mark_text(document, reason, document.since, self._language, self._zone)
        barred = write_mark(self._root, document.path, text, self._style)
        if barred is not None:
            self._warn("cannot mark", document.path, barred.reason)

    def unmark(self, document_path: Path) -> None:
        """Take a mark away whose document is no longer « Non transmis »."""
        barred = remove_mark(self._root, document_path, self._style)
        if barred is not None:
            self._warn("cannot take the mark away", document_path, barred.reason)

    def unmark_stray(self, mark: Path) -> None:
        """Take a mark away that stands for no document; what only has the name of one is left."""
        barred = remove_stray(self._root, mark)
        if barred is not None:
            self._warn("cannot take the mark away", mark, barred.reason)

    def bare(self, document: Document) -> None:
        """Take attributes from a document that is no longer « Non transmis », or is a copy of one; asked of each once.

        Where the rules ask for other marks, only documents of earlier runs may still bear some.
        """
        if document.id in self._bare or (self._style is not MarkStyle.XATTR and document.first_seen > self._begun):
            return
        self._bare.add(document.id)
        barred = clear_mark(self._root, document.path)
        if barred is not None:
            self._warn("cannot take the mark away", document.path, barred.reason)

    def _leaves(self, path: Path) -> None:
        with self._lock:
            self._left.add(path)

    def _warn(self, what: str, path: Path, reason: Phrase) -> None:
        """Log what will be tried again with every look, once for each reason."""
        if self._told.get((what, path)) != reason.code:
            self._told[what, path] = reason.code
            logger().warning(what, path=path, reason=reason)
