"""Writes the reference of every key of the rules file into `docs/rules.md`, from the model that reads the file.

`python docs/make_rules_reference.py` writes it; with `--check` it only says whether the page is current (exit code 1
where it is not).
"""

from __future__ import annotations

import sys
from datetime import time, timedelta
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from pushdoc import settings
from pushdoc.destinations.catalog import settings_models
from pushdoc.rules import fields, written
from pushdoc.rules.model import TABLES, Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

PAGE = Path(__file__).with_name("rules.md")
BEGIN = "<!-- begin: written by docs/make_rules_reference.py -->"
END = "<!-- end: written by docs/make_rules_reference.py -->"

#: How the kinds of value are called; the page explains them above the tables.
KINDS: list[tuple[object, str]] = [
    (settings.Duration, "duration"),
    (settings.LocalPath, "path"),
    (settings.SecretField, "secret"),
    (settings.Size, "size"),
    (settings.Text, "text"),
    (settings.TimeOfDay, "time of day"),
    (settings.Url, "web address"),
    (fields.ClientPattern, "client pattern"),
    (fields.DoneField, "file name"),
    (fields.DossierField, "text or whole number"),
    (fields.FolderField, "path beneath `root`"),
    (fields.LedgerUrl, "ledger address"),
    (fields.MailAddress, "mail address"),
    (fields.NamePattern, "file pattern"),
    (fields.Pause, "duration"),
    (fields.TemplateField, "path with variables"),
    (fields.TypeField, "document type"),
    (fields.Wait, "duration"),
    (bool, "`true` or `false`"),
    (float, "number"),
    (int, "whole number"),
    (str, "text"),
]
REQUIRED = "**required**"
#: A bar that ends no cell.
BAR = "\\|"
#: Lengths of time by the units that the file has, the longest first.
UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def reference() -> str:
    """All tables with all their keys, as Markdown."""
    top = {name: field for name, field in Rules.model_fields.items() if name not in TABLES and name != "destination"}
    return "\n\n".join(["\n".join(["## Above all tables", "", *rows(Rules, top)]), *map(section, models())])


def models() -> Iterator[type[BaseModel]]:
    """The tables in the order of the file; a destination's once for each type."""
    for name in Rules.model_fields:
        if name in TABLES:
            yield TABLES[name]
        elif name == "destination":
            yield from settings_models().values()


def section(model: type[BaseModel]) -> str:
    """One table: its header and what it is for, as the class says, and its keys."""
    header, _, purpose = (model.__doc__ or "").strip().partition(": ")
    return "\n".join([f"## {header}", "", purpose[:1].upper() + purpose[1:], "", *rows(model, model.model_fields)])


def rows(model: type[BaseModel], keys: dict[str, FieldInfo]) -> Iterator[str]:
    """A Markdown table of keys."""
    kinds = get_type_hints(model, include_extras=True)
    yield "| key | value | default | meaning |"
    yield "|---|---|---|---|"
    for key, field in keys.items():
        # A destination's type chooses its class: to the class it has a default, in the file it must stand.
        default = REQUIRED if key == "type" else default_of(field)
        cells = (f"`{key}`", kind_of(kinds[key]), default, field.description or "")
        yield f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |"


def kind_of(kind: Any) -> str:
    """The kind of a value in words.

    Raises:
        LookupError: a kind that has no words here yet.
    """
    for known, words in KINDS:
        if kind == known:
            return words
    if get_origin(kind) in {Union, UnionType}:
        return " or ".join(kind_of(one) for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is tuple:
        one = kind_of(get_args(kind)[0])
        return f"list of {one}{'es' if one.endswith('s') else 's'}"
    if get_origin(kind) is Literal:
        return ", ".join(f"`{written.value(word)}`" for word in get_args(kind))
    raise LookupError(f"no words for {kind}: add them to KINDS")


def default_of(field: FieldInfo) -> str:
    """What a key is where it is not written."""
    if field.is_required():
        return REQUIRED
    if field.default_factory is not None:
        return "by `type`"
    return "none" if field.default is None else f"`{toml(field, field.default)}`"


def toml(field: FieldInfo, given: Any) -> str:
    """A default as it would be written in the file."""
    match given:
        case timedelta():
            seconds = int(given.total_seconds())
            unit, length = next((unit, length) for unit, length in UNITS if seconds % length == 0)
            # Two days are written as 48 hours everywhere else.
            return toml(field, f"{seconds // 3600}h" if unit == "d" else f"{seconds // length}{unit}")
        case time():
            return toml(field, f"{given:%H:%M}")
        case int() if given and given % 1_000_000 == 0:
            return toml(field, f"{given // 1_000_000}MB")
        case tuple():
            return f"[{', '.join(toml(field, one) for one in given)}]"
    return written.value(given)


def with_reference(page: str) -> str:
    """The page with the reference of today's model between its marks.

    Raises:
        ValueError: the page has lost its marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no place for the reference: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{reference()}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the reference, or only look whether it is stale; the exit code."""
    page = PAGE.read_text(encoding="utf-8")
    made = with_reference(page)
    if arguments == ["--check"]:
        return 0 if made == page else 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
