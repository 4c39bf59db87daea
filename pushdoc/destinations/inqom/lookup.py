"""Is a document that we may have sent among those of its dossier? Pure.

The answer decides whether it is sent again, so it must err neither way: a look-alike that is not ours would lose the
document, one of ours that is not recognised would send it twice. What cannot be told apart is said to be so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pushdoc.deliver.destination import Absent, CannotTell, Finding, Found
from pushdoc.destinations.inqom.form import fit_name
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pushdoc.destinations.inqom.wire import Remote
    from pushdoc.document import Document

CLOCKS_APART = timedelta(minutes=5)
"""How far Inqom's moments may lie from ours once its `Date` header has been allowed for."""


def find(document: Document, remotes: Iterable[Remote], skew: timedelta) -> Finding:
    """Whether the document is there; `skew` is how far Inqom's clock is ahead of ours.

    By our reference; else, among those sent by nobody with references and created after our attempt, by checksum, and
    by name and size. The same bytes from before our attempt are somebody's earlier document.
    """
    remotes = list(remotes)
    if document.reference and (ours := [one for one in remotes if document.reference in {one.source_id, one.doc_ref}]):
        return Found(tuple(one.id for one in ours))
    since = None if document.sent_at is None else document.sent_at + skew - CLOCKS_APART
    candidates = [one for one in remotes if not one.source_id and _after(one.created, since)]
    if alike := [one for one in candidates if one.checksum == document.digest.sha1.upper()]:
        return Found(tuple(one.id for one in alike))
    alike = [one for one in candidates if _looks_like(one, document)]
    if any(one.checksum for one in alike):
        # That `Checksum` is SHA-1 is only deduced: it may not be what tells these two apart.
        return CannotTell(Phrase("inqom.lookalike", {"ids": [one.id for one in alike]}))
    if alike:
        return Found(tuple(one.id for one in alike))
    return Absent()


def _after(created: datetime | None, since: datetime | None) -> bool:
    """A document without a moment may be from after it."""
    return created is None or since is None or created >= since


def _looks_like(remote: Remote, document: Document) -> bool:
    # It was sent by its visible name, and in two places, one of which takes no quotes.
    name = fit_name(visible(document.name))
    named = bool(remote.names & {name, name.replace('"', "'")})
    size = document.identity.size
    # Kilobytes of 1,000 or 1,024 bytes, rounded up, down or to the nearest.
    return named and (remote.kilobytes is None or size // 1024 <= remote.kilobytes <= size // 1000 + 1)
