"""Finding the document that a person means by what they have of it: a number, a path, a checksum, a bit of its name."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from pushdoc.ledger.rows import DOCUMENT, document_of
from pushdoc.words import visible
from pushdoc.words.alike import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from pushdoc.document import Document

    Rows = Callable[..., Iterator[Any]]

#: So many digits of a checksum are taken for one; fewer are more likely a bit of a name.
_SHORTEST = 8
#: No name is longer, in characters, nor is a pattern that SQLite takes.
_LONGEST = 10_000
_CHECKSUM = re.compile(rf"[0-9a-f]{{{_SHORTEST},64}}")


def find(rows: Rows, sought: str, paths: Collection[Path], limit: int) -> list[Document]:
    """The documents that a person may mean, at most `limit` of them, the latest first.

    By number, else by one of `paths` (where it was dropped or filed), else by the beginning of its sha256, else by a
    part of its name or, where there is a slash in it, of its path; the last as people see names, `words.alike`.
    """
    if sought.isascii() and sought.isdigit() and (found := _documents(rows, "id = :id", 1, id=int(sought[:18]))):
        return found
    for path in paths:
        if found := _documents(rows, "path = :path OR archive_path = :path", limit, path=path):
            return found
    begin = sought.lower()
    if _CHECKSUM.fullmatch(begin):
        within = "sha256 >= :begin AND sha256 < :end"
        if found := _documents(rows, within, limit, begin=begin, end=begin + "g"):
            return found
    return _named(rows, plain(visible(sought)), limit)


def _named(rows: Rows, sought: str, limit: int) -> list[Document]:
    """By a part of the name. Looks through all names: an index would cost each document and be read through as well."""
    folder, _, part = sought.rpartition("/")
    if len(part) > _LONGEST:
        return []
    # A name of plain ASCII is compared by SQLite, which is several times faster; what has other signs comes to us.
    like = "%" + re.sub(r"([%_\\])", r"\\\1", part) + "%"
    asked = r"SELECT id, name FROM document WHERE name LIKE :like ESCAPE '\' OR name GLOB '*[^ -~]*' ORDER BY id DESC"
    numbers = (number for number, name in rows(asked, like=like) if part in plain(name))
    if not folder:
        return _numbered(rows, islice(numbers, limit))
    found: list[Document] = []
    while len(found) < limit and (some := list(islice(numbers, limit))):
        for document in _numbered(rows, some):
            places = filter(None, (document.path, document.archive_path))
            if any(sought in plain(visible(str(place))) for place in places):
                found.append(document)
    return found[:limit]


def _numbered(rows: Rows, numbers: Iterator[int] | list[int]) -> list[Document]:
    some = ", ".join(map(str, numbers))
    return _documents(rows, f"id IN ({some})", -1)


def _documents(rows: Rows, condition: str, limit: int, **values: Any) -> list[Document]:
    asked = f"SELECT {DOCUMENT} FROM document WHERE {condition} ORDER BY id DESC LIMIT :limit"
    return [document_of(row) for row in rows(asked, limit=limit, **values)]
