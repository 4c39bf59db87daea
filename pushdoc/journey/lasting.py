"""What looks could not do, put in words for those who ask how it stands: one word for each reason, not for each folder.

Among it are files that have not become whole for long: a person may know why, and must know that they wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.ledger import TroubleNote
from pushdoc.watch import Pending
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.journey.roll import Roll
    from pushdoc.ledger import Notes
    from pushdoc.watch import Settling

#: From this on, in seconds, nobody thinks of a scan or a copy that goes on.
LONG_S = 3600.0
#: Of many files so many are named and the rest counted.
_NAMED = 3
#: Of many clients in trouble so many are noted for their digests; nobody reads of more.
_NOTED = 500

_CODES = {
    Pending.EMPTY: "whole.empty",
    Pending.LOCKED: "whole.locked",
    Pending.UNANNOUNCED: "whole.unannounced",
    Pending.WRITTEN: "whole.written",
    Pending.GROWING: "whole.growing",
    Pending.UNFINISHED: "whole.unfinished",
}


class Lasting:
    """What the looks of one intake could not do: `found`, by folder or file, and what is `settling` for long."""

    def __init__(
        self, root: Path, roll: Roll, notes: Notes, clock: Clock, settling: Settling, found: Mapping[Path, Phrase]
    ) -> None:
        self._root = root
        self._roll = roll
        self._notes = notes
        self._clock = clock
        self._settling = settling
        self._found = found
        self._noted: list[TroubleNote] | None = None

    def problems(self) -> dict[Path, Phrase]:
        """In words, by folder or file."""
        return {**self._found, **lasting(self._root, self._pending())}

    def note(self) -> None:
        """Leave the same in the ledger by client, for the digests, where it has changed."""
        pending = self._pending()
        clients = [client.folder for client in self._roll.clients] if pending or self._found else []
        troubles = by_client(self._root, clients, pending, self._found)
        if troubles != self._noted:
            self._notes.keep_troubles(troubles)
            self._noted = troubles

    def _pending(self) -> Mapping[Pending, Sequence[Path]]:
        return self._settling.pending(self._clock.monotonic(), LONG_S)


def lasting(root: Path, pending: Mapping[Pending, Sequence[Path]]) -> dict[Path, Phrase]:
    """What is said of files that wait for more than an hour: one phrase for each reason, by its first file."""
    said = {}
    for why, paths in pending.items():
        first, *_ = ordered = sorted(paths)
        names = [str(path.relative_to(root)) for path in ordered[:_NAMED]] + ["…"] * (len(ordered) > _NAMED)
        said[first] = Phrase(_CODES[why], {"count": len(ordered), "names": names})
    return said


def by_client(
    root: Path, clients: Iterable[str], pending: Mapping[Pending, Sequence[Path]], found: Mapping[Path, Phrase]
) -> list[TroubleNote]:
    """The same for each client by itself, with places from the client's folder on; the root's own trouble for all."""
    homes = {(root / client).parts: client for client in clients}

    def whose(path: Path) -> tuple[str, Path]:
        # The deepest first: one client's folder may lie inside another's.
        for folder in (path, *path.parents):
            if (client := homes.get(folder.parts)) is not None:
                return client, folder
        return "", root

    said: dict[tuple[str, Path], dict[Path, Phrase]] = {}
    shares: dict[tuple[str, Path], dict[Pending, list[Path]]] = {}
    for why, paths in pending.items():
        for path in paths:
            shares.setdefault(whose(path), {}).setdefault(why, []).append(path)
    for owner, share in shares.items():
        said[owner] = lasting(owner[1], share)
    for path, phrase in found.items():
        owner = whose(path)
        values = dict(phrase.values)
        if "path" in values:
            below = path.is_relative_to(owner[1]) and path != owner[1]
            values["path"] = str(path.relative_to(owner[1])) if below else path.name
        said.setdefault(owner, {})[path] = Phrase(phrase.code, values)
    notes = [TroubleNote(client, phrase) for (client, _), phrases in said.items() for phrase in gathered(phrases)]
    return sorted(notes, key=lambda note: note.client)[:_NOTED]


def gathered(found: Mapping[Path, Phrase]) -> list[Phrase]:
    """What is said of folders in trouble: of many that say the same, the first, and how many more."""
    alike: dict[tuple[str, str], list[Phrase]] = {}
    for phrase in found.values():
        others = {name: value for name, value in phrase.values.items() if name != "path"}
        alike.setdefault((phrase.code, repr(others)), []).append(phrase)
    said = []
    for first, *rest in alike.values():
        said.append(first)
        if rest:
            said.append(Phrase("watch.same_elsewhere", {"count": len(rest)}))
    return said
