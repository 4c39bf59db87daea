"""What could be read of a rules file that may have problems, so that one run tells them all.

What is wrong in itself is taken out and the rest is read again: the checks of what cannot live together then run on
everything that is sound.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pushdoc.rules.faults import Fault, Vocabulary, faults, one_of, where
from pushdoc.rules.model import REPEATED, Rules
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import BaseModel

    from pushdoc.rules.lines import KeyPath

    Document = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """The sound part of a rules file.

    `document` is all that was written, sound or not: what is absent there is really absent. `numbers` gives for each
    entry of `[[client]]`, `[[rule]]` and `[[collaborator]]` in `rules` its number in the file.
    """

    rules: Rules
    document: Document
    numbers: Mapping[str, list[int]]

    def path(self, table: str, number: int, key: str | None = None) -> KeyPath:
        """The path in the file of an entry (or of its key) that stands at a number in `rules`."""
        entry = (table, self.numbers[table][number])
        return entry if key is None else (*entry, key)


def draft(document: Document, base: Path, kinds: Mapping[str, type[BaseModel]]) -> tuple[Draft, list[Fault]]:
    """What is sound in a document, and every fault of what is not; relative paths count from `base`."""
    vocabulary = Vocabulary(kinds)
    destinations, found = _destinations(document.get("destination", {}), base, kinds, vocabulary)
    # An empty table, so that the ledger's default path counts from `base` as well.
    left: Document = {"ledger": {}} | document | {"destination": destinations}
    numbers = {name: _numbers(document.get(name)) for name in REPEATED}
    try:
        return Draft(Rules.model_validate(left, context={"base": base}), document, numbers), found
    except ValidationError as error:
        found += faults(error, Rules, vocabulary)
        left = deepcopy({key: value for key, value in left.items() if key != "destination"})
        _take_out(left, numbers, error, base)
    while True:
        try:
            rules = Rules.model_validate(left | {"destination": destinations}, context={"base": base})
        except ValidationError as error:
            _take_out(left, numbers, error, base)
        else:
            return Draft(rules, document, numbers), found


def _numbers(entries: object) -> list[int]:
    return list(range(len(entries))) if isinstance(entries, list) else []


def _destinations(
    tables: object, base: Path, kinds: Mapping[str, type[BaseModel]], vocabulary: Vocabulary
) -> tuple[dict[str, BaseModel], list[Fault]]:
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        return {}, [Fault(("destination",), Phrase("rules.destination_without_name"))]
    settings: dict[str, BaseModel] = {}
    found: list[Fault] = []
    for name, table in tables.items():
        path: KeyPath = ("destination", name, "type")
        kind = table.get("type")
        if kind is None:
            found.append(Fault(path, Phrase("rules.missing_key", {"where": where(path)})))
        elif not isinstance(kind, str) or kind not in kinds:
            found.append(Fault(path, one_of(path, str(kind), kinds)))
        else:
            model = kinds[kind]
            own = table if "type" in model.model_fields else {key: table[key] for key in table if key != "type"}
            try:
                settings[name] = model.model_validate(own, context={"base": base})
            except ValidationError as error:
                found += faults(error, model, vocabulary, path[:-1])
    return settings, found


def _take_out(left: Document, numbers: Mapping[str, list[int]], error: ValidationError, base: Path) -> None:
    """Remove from the document what the error speaks of: the key, or the entry or table that lacks one."""
    cuts = {_cut(one["type"], one["loc"]) for one in error.errors() if one["type"] != "default_factory_not_called"}
    # From the end, so that the numbers of the entries before stay what they are.
    for cut in sorted(cuts, reverse=True):
        if not cut:
            left["clients"] = {"root": str(base)}
            continue
        inner: Any = left
        for part in cut[:-1]:
            inner = inner[part]
        del inner[cut[-1]]
        if len(cut) == 2 and cut[0] in REPEATED:
            del numbers[str(cut[0])][int(cut[1])]


def _cut(kind: str, path: KeyPath) -> KeyPath:
    """The path to take out; the empty one where `[clients]`, the only table that must be there, is not."""
    if kind == "missing":
        return path[:-1]
    # Of a list, the whole: what is left of it would mean something else.
    return path[:3] if path[0] in REPEATED else path[:2]
