"""A dossier's documents, gathered page by page from a service whose paging nobody has promised. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pushdoc.destinations.inqom.wire import Remote

PAGE_SIZE = 200
MOST_PAGES = 500
"""A hundred thousand documents in one dossier: a list that is longer has no end."""


class Listing:
    """The documents gathered so far.

    A service that ignores the page number repeats itself, one that honours it ends with an empty page: either ends
    the listing. `horizon`: what was created before it is of no interest. Reading stops there only once two pages have
    shown that the newest come first.
    """

    def __init__(self, horizon: datetime | None) -> None:
        self._horizon = horizon
        self._by_id: dict[str, Remote] = {}
        self._pages = 0
        self._newest_first = True
        self._last: datetime | None = None

    @property
    def documents(self) -> list[Remote]:
        """All that were seen, each once."""
        return list(self._by_id.values())

    @property
    def next_page(self) -> int:
        """The number of the page to ask for, from 1."""
        return self._pages + 1

    def add(self, page: Sequence[Remote]) -> bool:
        """Take one page in; True where another is to be asked for."""
        new = [remote for remote in page if remote.id not in self._by_id]
        self._by_id |= {remote.id: remote for remote in page}
        self._pages += 1
        for remote in page:
            self._see(remote.created)
        if not new or len(page) > PAGE_SIZE:
            return False
        return not self._past_horizon()

    def _see(self, created: datetime | None) -> None:
        if created is None or (self._last is not None and created > self._last):
            self._newest_first = False
        self._last = created

    def _past_horizon(self) -> bool:
        if self._horizon is None or self._last is None:
            return False
        return self._newest_first and self._pages > 1 and self._last < self._horizon
