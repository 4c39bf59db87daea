"""What pydantic found wrong, in the words of our readers: no sentence of pydantic's reaches a person.

A value is repeated to its reader only where it cannot be a secret: scalars of fields that are not `SecretField`.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pushdoc.rules.model import REPEATED, TABLES, Rules
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from pushdoc.rules.lines import KeyPath

#: Longest piece of a value that is repeated to its reader, in characters.
_SHOWN = 80

#: pydantic's error types that say no more than what kind of value is expected.
_KINDS = {
    "string_type": "rules.not_a_text",
    "bool_type": "rules.not_a_boolean",
    "int_type": "rules.not_a_whole_number",
    "int_from_float": "rules.not_a_whole_number",
    "int_parsing_size": "rules.not_a_whole_number",
    "float_type": "rules.not_a_number",
    "finite_number": "rules.not_a_number",
    "too_short": "rules.empty",
    "string_too_short": "rules.empty",
}
_BOUNDS = {
    "greater_than": ("rules.not_above", "gt"),
    "greater_than_equal": ("rules.too_small", "ge"),
    "less_than": ("rules.not_below", "lt"),
    "less_than_equal": ("rules.too_large", "le"),
}


class Fault(NamedTuple):
    """One thing that is wrong, at the path of the key that it concerns."""

    path: KeyPath
    phrase: Phrase


class Vocabulary:
    """The keys of every table, to tell what somebody may have meant by an unknown one."""

    def __init__(self, kinds: Mapping[str, type[BaseModel]]) -> None:
        self._top = set(Rules.model_fields)
        self._tables = {label((name,)): set(model.model_fields) for name, model in TABLES.items()}
        self._kinds = {f'[destination.…] (type = "{name}")': {*kind.model_fields} for name, kind in kinds.items()}

    def unknown(self, path: KeyPath, known: Iterable[str]) -> Phrase:
        """What to say of an unknown key: where it belongs, else the nearest known one, else all that are known."""
        key, at = str(path[-1]), {"where": where(path)}
        homes = [table for table, keys in (self._tables | self._kinds).items() if key in keys]
        if key in self._top and len(path) > 1:
            return Phrase("rules.unknown_key_of_table" if key in TABLES else "rules.unknown_key_of_top", at)
        if homes:
            return Phrase("rules.unknown_key_elsewhere", at | {"tables": homes})
        if near := difflib.get_close_matches(key, known, n=1):
            return Phrase("rules.unknown_key_near", at | {"near": near[0]})
        return Phrase("rules.unknown_key", at | {"known": sorted(known)})


def faults(error: ValidationError, model: type[BaseModel], vocabulary: Vocabulary, prefix: KeyPath = ()) -> list[Fault]:
    """Every fault in a validation error; `prefix` is the path of what was validated by `model`."""
    errors = error.errors()
    # A list whose only entry is wrong is not empty, and `accept` waits for a type that is itself wrong.
    inside = {one["loc"][:-1] for one in errors}
    return [
        Fault((*prefix, *one["loc"]), _phrase(one, (*prefix, *one["loc"]), model, vocabulary))
        for one in errors
        if one["type"] != "default_factory_not_called" and not (one["type"] == "too_short" and one["loc"] in inside)
    ]


def label(path: KeyPath) -> str:
    """The table that a path lies in, as its header is written: `[[rule]]`, `[destination.inqom]`, or nothing."""
    match path:
        case ("destination", str(name), *_):
            return f"[destination.{name}]"
        case (str(name), *_) if name in REPEATED:
            return f"[[{name}]]"
        case (str(name), *_) if name in TABLES or name == "destination":
            return f"[{name}]"
    return ""


def where(path: KeyPath) -> str:
    """A path as a person finds it in the file: `[[rule]] drop`."""
    table = label(path)
    # A destination's name and an entry's number belong to the header.
    header = 2 if path[0] == "destination" or path[0] in REPEATED else 1 if table else 0
    return " ".join(filter(None, [table, ".".join(part for part in path[header:] if isinstance(part, str))]))


def one_of(path: KeyPath, read: str, words: Iterable[str]) -> Phrase:
    """What to say of a word that is not among the known ones, with the nearest of them where one is near."""
    known = list(words)
    by_fold = {word.casefold(): word for word in known}
    near = difflib.get_close_matches(read.casefold(), by_fold, n=1)
    values: dict[str, Any] = {"where": where(path), "read": shown(read), "words": known}
    return (
        Phrase("rules.not_one_of_near", values | {"near": by_fold[near[0]]})
        if near
        else Phrase("rules.not_one_of", values)
    )


def shown(value: object) -> str:
    """A value as it may be repeated to its reader: scalars as TOML writes them, the rest only hinted at."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
        case list() | tuple():
            return "[…]"
        case dict():
            return "{…}"
    return str(value)


def _phrase(one: ErrorDetails, path: KeyPath, model: type[BaseModel], vocabulary: Vocabulary) -> Phrase:
    kind, context, at = one["type"], one.get("ctx", {}), {"where": where(path)}
    read = at | {"read": shown(one["input"])}
    match kind:
        case "missing":
            return Phrase("rules.missing_table" if len(path) == 1 and path[0] in TABLES else "rules.missing_key", at)
        case "extra_forbidden":
            return vocabulary.unknown(path, _known(path, model))
        case "literal_error":
            return one_of(path, shown(one["input"]), re.findall(r"'([^']*)'", context["expected"]))
        case "rules.not_one_of":
            return one_of(path, shown(one["input"]), context["words"])
        case "tuple_type" | "list_type":
            many = len(path) == 1 and isinstance(one["input"], dict)
            return Phrase("rules.one_bracket_too_few" if many else "rules.not_a_list", at)
        case "model_type" | "model_attributes_type" | "dict_type":
            many = isinstance(one["input"], list)
            return Phrase("rules.one_bracket_too_many" if many else "rules.not_a_table", at)
        case _ if kind in _KINDS:
            return Phrase(_KINDS[kind], read)
        case _ if kind in _BOUNDS:
            code, bound = _BOUNDS[kind]
            return Phrase(code, read | {"least" if bound[0] == "g" else "most": context[bound]})
        case _ if "." in kind:  # our own: the code of a phrase (`settings.wrong`)
            return Phrase(kind, read | context)
    return Phrase("rules.wrong", read)


def _known(path: KeyPath, model: type[BaseModel]) -> set[str]:
    """The keys that the table of an unknown key does know."""
    inner: type[BaseModel] = TABLES[str(path[0])] if model is Rules and len(path) > 1 else model
    return {field.alias or name for name, field in inner.model_fields.items()}
