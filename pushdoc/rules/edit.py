"""A rules file as its text, changed key by key: what is not changed keeps every byte, comments and all.

The only code that changes a rules file. Nothing is guessed: an edit after which the file would not say exactly what was
meant is refused. Whether the rules are right is for `problems` to say, before `save`.
"""

from __future__ import annotations

import codecs
import re
from copy import deepcopy
from importlib import resources
from typing import TYPE_CHECKING, Any, Self

from pushdoc.errors import ConfigurationError, Problem, ProblemsError
from pushdoc.rules.lines import places
from pushdoc.rules.load import content, decoded, judged, parsed
from pushdoc.rules.replace import replace
from pushdoc.rules.splice import Splice
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pydantic import BaseModel

    from pushdoc.rules.lines import KeyPath

    Document = dict[str, Any]

#: What of the example is an example only, and becomes a comment in a new file.
_EXAMPLES: tuple[KeyPath, ...] = (("clients", "root"), ("client",), ("destination",), ("rule",))


class RulesFile:
    """A rules file that is read, changed and saved; `path` is the file, `text` its text as it stands now."""

    def __init__(self, path: Path, text: str, before: bytes | None) -> None:
        self.path = path
        self.text = text
        self.document: Document = parsed(path, text)
        self._before = before
        self._signature = codecs.BOM_UTF8 if before and before.startswith(codecs.BOM_UTF8) else b""

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file as it is.

        Raises:
            ProblemsError: it cannot be read, or is no TOML.
        """
        file = path.absolute()
        before = content(file)
        return cls(file, decoded(file, before), before)

    @classmethod
    def new(cls, path: Path) -> Self:
        """A file that is not there yet: the example with all its comments, its entries themselves as comments."""
        example = resources.files("pushdoc.rules").joinpath("example.toml").read_text("utf-8")
        return cls(path.absolute(), _as_comments(example, _EXAMPLES), None)

    def set(self, table: Sequence[str | int], values: Mapping[str, Any]) -> None:
        """Give keys of a table their values, in place or added; None takes a key (or all of a table) away.

        The table is made where there is none: `("destination", "inqom")` becomes `[destination.inqom]`.

        Raises:
            ConfigurationError: this file is written so that it cannot be done.
        """
        for key, given in values.items():
            self._put(tuple(table), key, given)

    def add(self, table: str, *entries: Mapping[str, Any]) -> None:
        """More `[[table]]`, each behind the last one; keys whose value is None are left out.

        Raises:
            ConfigurationError: as `set`.
        """
        whole = [{key: given for key, given in entry.items() if given is not None} for entry in entries]

        def meant(document: Document) -> None:
            document.setdefault(table, []).extend(deepcopy(whole))

        self._edit((table,), meant, lambda splice: splice.append(table, *whole))

    def change(self, table: str, number: int, values: Mapping[str, Any]) -> None:
        """Give keys of an entry, counted from 0, their values; None takes a key away.

        Raises:
            ConfigurationError: as `set`.
        """
        self.set((table, range(len(self.document[table]))[number]), values)

    def remove(self, table: str, number: int) -> None:
        """Take away an entry, counted from 0, with the comments inside it; those above it stay.

        Raises:
            ConfigurationError: as `set`.
        """
        number = range(len(self.document[table]))[number]

        def meant(document: Document) -> None:
            del document[table][number]

        self._edit((table, number), meant, lambda splice: splice.take((table, number)))

    def problems(self, kinds: Mapping[str, type[BaseModel]]) -> list[Problem]:
        """Everything that is wrong in the rules as they stand now; `kinds` as for `load`."""
        return judged(self.path, self.text, kinds)[1]

    def save(self) -> None:
        """Write the file as it stands now, whole or not at all.

        Raises:
            ConfigurationError: somebody has changed it since it was read; it cannot be written.
        """
        written = self._signature + self.text.encode()
        if written != self._before:
            replace(self.path, written, self._before)
            self._before = written

    def _put(self, table: KeyPath, key: str, given: object) -> None:
        path = (*table, key)
        given = list(given) if isinstance(given, tuple) else given
        standing = (_inner(self.document, table) or {}).get(key)
        if standing == given and type(standing) is type(given):
            return
        # A table makes room first: its headers and keys may stand anywhere.
        if standing is not None and (given is None or isinstance(standing, dict)):
            self._edit(path, lambda document: _table(document, table).pop(key), lambda splice: splice.take(path))
        if given is not None:
            put = {key: deepcopy(given)}
            self._edit(
                path, lambda document: _table(document, table).update(put), lambda splice: splice.put(path, given)
            )

    def _edit(self, path: KeyPath, meant: Callable[[Document], object], edit: Callable[[Splice], str]) -> None:
        """Change text and document, each on its own way; refused where both do not come to the same."""
        wanted = deepcopy(self.document)
        refusal = Phrase("rules.edit_impossible", {"path": str(self.path), "key": ".".join(map(str, path))})
        try:
            meant(wanted)
            text = edit(Splice(self.text))
            found = parsed(self.path, text)
        except UnicodeEncodeError:
            raise ConfigurationError(Phrase("rules.edit_not_text", {"key": str(path[-1])})) from None
        except (ProblemsError, AttributeError, TypeError):
            raise ConfigurationError(refusal) from None
        if _full(found) != _full(wanted):
            raise ConfigurationError(refusal)
        self.text, self.document = text, found


def worsened(before: Sequence[Problem], after: Sequence[Problem]) -> list[Problem]:
    """The problems after a change that were not there before it, at whatever line they stand."""
    known = [(problem.phrase.code, dict(problem.phrase.values)) for problem in before]
    return [problem for problem in after if (problem.phrase.code, dict(problem.phrase.values)) not in known]


def _inner(document: Document, path: KeyPath) -> Document | None:
    """The table or entry at a path, or None where there is none."""
    inner: Any = document
    for name in path:
        match inner, name:
            case (dict(), str()) if name in inner:
                inner = inner[name]
            case (list(), int()):
                inner = inner[name]
            case _:
                return None
    return inner if isinstance(inner, dict) else None


def _table(document: Document, path: KeyPath) -> Document:
    """The table at a path; made where there is none."""
    inner: Any = document
    for name in path:
        inner = inner.setdefault(name, {}) if isinstance(name, str) else inner[name]
    found: Document = inner
    return found


def _full(value: Any) -> Any:
    """A document without empty tables and arrays of keys: whether their header still stands says nothing."""
    match value:
        case dict():
            inner = {key: _full(one) for key, one in value.items()}
            return {key: one for key, one in inner.items() if one not in ({}, [])}
        case list() | tuple():
            return [_full(one) for one in value]
    return value


def _as_comments(text: str, examples: Sequence[KeyPath]) -> str:
    """The text with the headers and pairs of some paths as comments."""
    starts = {
        place.start
        for place in places(text)
        if place.kind in {"header", "pair"} and any(place.path[: len(path)] == path for path in examples)
    }
    return "".join(f"# {line}" if at in starts else line for at, line in _lines(text))


def _lines(text: str) -> list[tuple[int, str]]:
    return [(found.start(), found[0]) for found in re.finditer(r"[^\n]*\n|[^\n]+", text)]
