"""Which clients a person means by what was typed, where something is then done to all their documents."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pushdoc.errors import WrongUseError
from pushdoc.words import Phrase
from pushdoc.words.alike import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_PATTERN = frozenset("*?[")
#: Of many clients so many are named to somebody who must choose.
_NAMED = 5


def clients_meant(typed: Iterable[str], known: Collection[str], *, several: bool = False) -> list[str]:
    """The folders of the clients that were typed, each once.

    By the whole folder or its last name, whatever the case and accents; by a pattern as rules have them; or by a part
    of a name that only one client has; with `several` by one that any have.

    Raises:
        WrongUseError: nobody is meant, or one of several by a part that all of them have.
    """
    return list(dict.fromkeys(folder for one in typed for folder in _meant(one, known, several=several)))


def _meant(typed: str, known: Collection[str], *, several: bool) -> list[str]:
    if typed in known:
        return [typed]
    if _PATTERN & set(typed):
        from pushdoc.rules import covering

        covers, covers_plain = covering([typed]), covering([plain(typed)])
        found = [folder for folder in known if covers(folder) or covers_plain(plain(folder))]
    else:
        wanted = plain(typed.strip().strip("/"))
        found = [folder for folder in known if wanted in {plain(folder), plain(folder.rpartition("/")[2])}]
        found = found or [folder for folder in known if wanted and wanted in plain(folder)]
        if len(found) > 1 and not several:
            named = sorted(found)[:_NAMED] + ["…"] * (len(found) > _NAMED)
            raise WrongUseError(Phrase("meant.several", {"read": typed, "clients": named}))
    if not found:
        near = _nearest(typed, known)
        raise WrongUseError(
            Phrase("meant.nobody_near" if near else "meant.nobody", {"read": typed, "near": near or ""})
        )
    return found


def _nearest(typed: str, known: Collection[str]) -> str | None:
    by_plain = {plain(name): folder for folder in known for name in (folder, folder.rpartition("/")[2])}
    near = difflib.get_close_matches(plain(typed), by_plain, n=1)
    return by_plain[near[0]] if near else None
