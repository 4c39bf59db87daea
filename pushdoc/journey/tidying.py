"""Documents whose file is gone, and marks that have lost their reason, brought in line with what a look saw."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pushdoc.filing import mark_name
from pushdoc.original import look_at
from pushdoc.states import Event, OvertakenError, State
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.document import Document
    from pushdoc.journey.after import Afterwards
    from pushdoc.ledger import Ledger
    from pushdoc.watch import Look, Lookout

#: A file that goes away, or becomes another, takes its document with it in these; in the others its fate is already
# decided.
UNDECIDED = State.HELD, State.WAITING, State.NON_TRANSMIS


def taken_away(root: Path, document: Document, lookout: Lookout) -> bool:
    """Whether somebody took the document's file out of its folder; False also where that cannot be known.

    A share that is not mounted is an empty folder, the root or a client's: nothing is concluded from it.
    """
    depth = len(PurePosixPath(document.client).parts)
    client = root.joinpath(*document.path.relative_to(root).parts[:depth])
    try:
        return look_at(document.path) is None and client.is_dir() and not lookout.unmounted(document.path)
    except OSError:
        return False


def where_it_went(document: Document) -> Phrase:
    """Why a document's file is not in its folder: somebody may have filed it by hand, though it was never sent."""
    if document.archive_folder is not None:
        filed = document.archive_folder / document.name
        with suppress(OSError):
            if look_at(filed) == document.identity:
                return Phrase("journey.archived_by_hand", {"path": visible(str(filed))})
    return Phrase("journey.gone")


class Tidying:
    """What a look at a folder means for the documents and marks in it."""

    def __init__(self, root: Path, ledger: Ledger, after: Afterwards) -> None:
        self._root = root
        self._ledger = ledger
        self._after = after

    def tidy(self, path: Path, seen: Look, open_folders: set[Path]) -> None:
        """Withdraw documents whose file is gone; make marks that are missing, take away those that stand for none."""
        folders = {folder for folder in open_folders if folder == path or path in folder.parents}
        folders |= {mark.parent for mark in seen.marks}
        documents = [document for folder in folders for document in self._ledger.open_in(folder)]
        present = {sighting.path for sighting in seen.sightings}
        marked = set()
        for document in documents:
            if document.path not in present and document.state in UNDECIDED and self._taken_away(document):
                self.withdraw(document, where_it_went(document))
                self._after.unmark(document.path)  # also what a crash left of one that was never finished
            elif document.state is State.NON_TRANSMIS:
                marked.add(document.path.with_name(mark_name(document.name)))
                self._after.mark(document)
            else:
                self._after.bare(document)
        for mark in seen.marks:
            if mark not in marked:
                self._after.unmark_stray(mark)

    def _taken_away(self, document: Document) -> bool:
        return taken_away(self._root, document, self._after.lookout)

    def withdraw(self, document: Document, reason: Phrase) -> None:
        """Take a document back that is not decided yet."""
        # A courier may have claimed it since: then the attempt finds out what happened to the file.
        with suppress(OvertakenError):
            self._ledger.record(document, Event.WITHDRAW, reason=reason)
