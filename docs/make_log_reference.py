"""Writes the table of everything that is logged into `docs/monitoring.md`, from the calls in the source.

`python docs/make_log_reference.py` writes it; with `--check` it only says whether it is up to date (exit code 1 where
it is not).
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.ledger.report import ALWAYS, FIELDS, level_of
from pushdoc.states import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("monitoring.md")
SOURCE = Path(__file__).parent.parent / "pushdoc"
BEGIN = "<!-- begin: written by docs/make_log_reference.py -->"
END = "<!-- end: written by docs/make_log_reference.py -->"
LEVELS = ("debug", "info", "warning", "error")
#: Methods that log what they are given: at which level, and with which fields.
WRITERS = {
    "journey/after.py:_warn": ("warning", ("path", "reason")),
    "monitoring.py:_fails": ("warning", ()),
}


class Fact(NamedTuple):
    """One kind of line: what it is called, at which levels it comes, and with which fields."""

    event: str
    levels: tuple[str, ...]
    fields: tuple[str, ...]


def facts() -> list[Fact]:
    """Everything that is logged, in the order of the alphabet; calls that say the same are one."""
    found: dict[str, tuple[set[str], dict[str, None]]] = {}
    for fact in (*_of_documents(), *_in_the_source()):
        levels, fields = found.setdefault(fact.event, (set(), {}))
        levels |= set(fact.levels)
        fields |= dict.fromkeys(fact.fields)
    return [
        Fact(event, tuple(level for level in LEVELS if level in levels), tuple(fields))
        for event, (levels, fields) in sorted(found.items())
    ]


def _of_documents() -> Iterator[Fact]:
    """What stands in a document's history stands in the log, too (`ledger.report`)."""
    for happened in (*Event, "handed over", *_stories()):
        yield Fact(str(happened), (level_of(happened),), (*ALWAYS, *FIELDS.get(happened, ()), "reason"))


def _stories() -> Iterator[str]:
    for tree in _trees().values():
        for call in ast.walk(tree):
            match call:
                case ast.Call(func=ast.Attribute(attr="amend"), args=[_, ast.Constant(value=str(story)), *_]):
                    yield story


def _in_the_source() -> Iterator[Fact]:
    for module, tree in _trees().items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                given = _assigned(function)
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and call.args and (event := _text(call.args[0], given)):
                        yield from _fact(module, call, event, given)


def _fact(module: str, call: ast.Call, event: str, given: dict[str, ast.expr]) -> Iterator[Fact]:
    fields = tuple(field for keyword in call.keywords for field in _fields(keyword, given))
    match call.func:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="logger")), attr="exception"):
            yield Fact(event, ("error",), (*fields, "exception"))
        case ast.Attribute(value=ast.Call(func=ast.Name(id="logger")), attr=level):
            yield Fact(event, (level,), fields)
        case ast.Attribute(value=ast.Name(id="self"), attr=method) if f"{module}:{method}" in WRITERS:
            level, more = WRITERS[f"{module}:{method}"]
            yield Fact(event, (level,), (*more, *fields))
        case ast.Name(id=name) if name in given and (levels := _levels(given[name])):
            yield Fact(event, levels, fields)


def _fields(keyword: ast.keyword, given: dict[str, ast.expr]) -> Iterator[str]:
    if keyword.arg is not None:
        yield keyword.arg
    elif isinstance(keyword.value, ast.Name) and isinstance(spread := given.get(keyword.value.id), ast.Dict):
        yield from (key.value for key in spread.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def _levels(value: ast.expr) -> tuple[str, ...]:
    """`logger().info if … else logger().warning`: both."""
    calls = [node for node in ast.walk(value) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call)]
    return tuple(node.attr for node in calls if isinstance(node.value, ast.Call) and _is_logger(node.value))


def _is_logger(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "logger"


def _assigned(function: ast.FunctionDef) -> dict[str, ast.expr]:
    return {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _text(node: ast.expr, given: dict[str, ast.expr]) -> str:
    match node:
        case ast.Name(id=name) if name in given:
            return _text(given[name], {})
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
    return ""


def _trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def table() -> str:
    """The table, as the page has it."""
    rows = [
        f"| `{fact.event}` | {', '.join(fact.levels)} | {', '.join(f'`{field}`' for field in fact.fields) or '-'} |"
        for fact in facts()
    ]
    return "\n".join(["| event | level | fields |", "|---|---|---|", *rows])


def with_table(page: str) -> str:
    """The page with today's table between its marks.

    Raises:
        ValueError: the page has lost its marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no place for the table: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the table, or only look whether it is stale; the exit code."""
    page = PAGE.read_text(encoding="utf-8")
    written = with_table(page)
    if arguments == ["--check"]:
        return 0 if written == page else 1
    PAGE.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
