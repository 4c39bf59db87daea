"""What the rules say of a file, and why a document will not be sent as it is: its rule's limits, its destination's."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pushdoc.formats import Ending, Kind, may_lack_pages, mismatch, pdf_faults
from pushdoc.rules import Takers, accepts, takers
from pushdoc.watch import spelt
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Client
    from pushdoc.formats import Excerpt, Nature
    from pushdoc.rules import Rule, Rules, Verdict

#: Larger PDFs, in bytes, are not opened to see whether they need a password or have pages.
_OPENED = 10_000_000


class Verdicts:
    """What the rules say at one moment of a client's files, found out once for each folder that they lie in."""

    def __init__(self, rules: Rules, client: Client, now: datetime) -> None:
        self._rules = rules
        self._root = rules.clients.root
        self._client = client
        self._today = now.astimezone(rules.zone).date()
        self._folders: dict[str, Takers | Verdict] = {}  # by text: a Path costs more to make than the question
        self._archives: dict[PurePosixPath, Path] = {}

    def of(self, path: Path) -> Verdict:
        """Which rule takes the file at a path, or why none does."""
        folder, _, name = str(path).rpartition("/")
        found = self._folders.get(folder)
        if found is None:
            above = len(self._root.parts) + len(PurePosixPath(self._client.folder).parts)
            found = self._folders[folder] = takers(self._rules, self._client, path.parts[above:], self._today)
        return found.verdict(name) if isinstance(found, Takers) else found

    def archive_folder(self, verdict: Verdict) -> Path | None:
        """Where a file is filed, as far as that folder is there by the name that it has on disk; None: it stays."""
        if (relative := verdict.archive) is None:
            return None
        if relative not in self._archives:
            self._archives[relative] = spelt(self._root, [relative])[0]
        return self._archives[relative]


def refusal(rule: Rule, destination: Destination, name: str, size: int) -> Phrase | None:
    """Why a file of this name and size (bytes) is not sent under a rule; None where it is.

    Asked when it is entered, and again before each attempt: a person may have changed the rule since, and retried.
    """
    if not accepts(rule, name):
        return Phrase("rules.not_accepted", {"name": name, "rule": rule.name, "accepted": list(rule.accept)})
    if size > rule.max_size:
        return Phrase("journey.too_large", {"size": size, "limit": rule.max_size})
    return destination.accepts(rule.type, name, size)


def content_refusal(rule: Rule, excerpt: Excerpt, name: str, nature: Nature) -> Phrase | None:
    """Why a file of that `nature` is not sent under a rule for what it contains; None where it is.

    Asked when it is entered, of one that is whole or will get no further, and when a person retries it; from one
    thread only (`pdf_faults`).

    Raises:
        OSError: it cannot be read.
    """
    kind = nature.kind
    wrong = mismatch(kind, name)
    if wrong is not None and rule.mismatch == "refuse":
        return wrong
    if rule.broken == "refuse" and nature.ending is Ending.OPEN:
        return Phrase("formats.pdf_cut") if kind is Kind.PDF else Phrase("whole.cut", {"kind": str(kind)})
    if kind is Kind.PDF and (rule.encrypted == "refuse" or (rule.broken == "refuse" and may_lack_pages(excerpt))):
        return _pdf_refusal(rule, pdf_faults(excerpt, _OPENED))
    return None


def _pdf_refusal(rule: Rule, found: Phrase | None) -> Phrase | None:
    refused = {"formats.pdf_locked": rule.encrypted, "formats.pdf_without_pages": rule.broken}
    return found if found is not None and refused.get(found.code) == "refuse" else None
