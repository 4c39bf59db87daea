"""A folder as a destination: for a first try, and for software that takes its documents from one.

Copies go to `<client>/<type>/<name>` beneath it, whole or not at all, and overwrite nothing. `.pushdoc/` there keeps a
note of each copy (`destinations.copies`).
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pushdoc.deliver.destination import (
    Absent,
    CannotTell,
    Delayed,
    Delivered,
    Doubtful,
    Finding,
    Found,
    Health,
    Outcome,
    Progress,
    Refused,
)
from pushdoc.destinations.copies import Copies, CopyError
from pushdoc.settings import LocalPath, Settings
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from pushdoc.deliver.destination import Parcel
    from pushdoc.document import Document, DocumentType

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_ALLOWED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class FolderSettings(Settings):
    """`[destination.NAME]` with `type = "folder"`: a folder that copies are put into."""

    type: Literal["folder"] = Field(default="folder", description="Which plug-in: `folder`.")
    path: LocalPath = Field(
        description="Folder that the copies go to, as `<client>/<type>/<name>`. It must exist: the place of a share "
        "that is not mounted is never filled in its stead."
    )
    parallel: int = Field(default=2, ge=1, le=32, description="How many documents are copied at once.")


class Folder:
    """One such folder; a `deliver.destination.Destination`."""

    def __init__(self, name: str, settings: FolderSettings) -> None:
        self.name = name
        self.parallel = settings.parallel
        self._root = settings.path
        self._copies = Copies(settings.path)

    def check(self) -> Health:
        """Whether a file can be written there."""
        try:
            self._copies.try_out()
        except CopyError as error:
            trouble = self._trouble(error.cause)
            return Health(trouble.reason, needs_person=trouble.needs_person, reachable=self._root.is_dir())
        return Health()

    def dossiers(self) -> None:
        """It has none of its own: each client is one."""

    def accepts(self, kind: DocumentType, name: str, size: int) -> None:
        """A folder takes everything."""

    def send(self, parcel: Parcel) -> Outcome:
        """A copy of the document; its receipt is the copy's path beneath the folder.

        Raises:
            ChangedError: from the body; nothing was put there.
            OSError: from the body.
        """
        try:
            return Delivered(self._copies.make(parcel))
        except CopyError as error:
            if error.made:
                return Doubtful(Phrase("folder.unsure", {"path": str(self._root), "error": _said(error.cause)}))
            if error.cause.errno == errno.ENAMETOOLONG:
                return Refused(Phrase("folder.name_too_long"))
            return self._trouble(error.cause)

    def ask(self, document: Document) -> Finding:
        """Whether a copy was made under the document's reference."""
        if document.reference is None:
            return Absent()
        try:
            found = self._copies.made(document.reference)
        except CopyError as error:
            return CannotTell(self._trouble(error.cause).reason)
        return Found(found) if found else Absent()

    def follow(
        self,
        dossier: str,  # noqa: ARG002 -- the protocol's form
        receipts: Collection[str],  # noqa: ARG002 -- as above
        since: datetime,  # noqa: ARG002 -- as above
    ) -> dict[str, Progress]:
        """Nothing: a folder does not process what it holds."""
        return {}

    def close(self) -> None:
        """Nothing is kept open."""

    def _trouble(self, cause: OSError) -> Delayed:
        values = {"path": str(self._root), "error": _said(cause)}
        if not self._root.is_dir():
            return Delayed(Phrase("folder.gone", values))
        if cause.errno in _FULL:
            return Delayed(Phrase("folder.full", values))
        if cause.errno in _NOT_ALLOWED:
            return Delayed(Phrase("folder.not_allowed", values), needs_person=True)
        return Delayed(Phrase("folder.failed", values))


def _said(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__
