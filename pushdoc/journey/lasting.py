"""What looks could not do, put in words for those who ask how it stands: one word for each reason, not for each folder.

Among it are files that have not become whole for long: a person may know why, and must know that they wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.watch import Pending
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: From this on, in seconds, nobody thinks of a scan or a copy that goes on.
LONG_S = 3600.0
#: Of many files so many are named and the rest counted.
_NAMED = 3

_CODES = {
    Pending.EMPTY: "whole.empty",
    Pending.LOCKED: "whole.locked",
    Pending.UNANNOUNCED: "whole.unannounced",
    Pending.WRITTEN: "whole.written",
    Pending.GROWING: "whole.growing",
    Pending.UNFINISHED: "whole.unfinished",
}


def lasting(root: Path, pending: Mapping[Pending, Sequence[Path]]) -> dict[Path, Phrase]:
    """What is said of files that wait for more than an hour: one phrase for each reason, by its first file."""
    said = {}
    for why, paths in pending.items():
        first, *_ = ordered = sorted(paths)
        names = [str(path.relative_to(root)) for path in ordered[:_NAMED]] + ["…"] * (len(ordered) > _NAMED)
        said[first] = Phrase(_CODES[why], {"count": len(ordered), "names": names})
    return said


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
