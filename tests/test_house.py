"""The house guards itself: which module may import which, read from the source with `ast`."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pushdoc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOUSE = Path(pushdoc.__file__).parent

GROUND = {
    "__init__",
    "clock",
    "disk",
    "document",
    "errors",
    "garbage",
    "journal",
    "log",
    "marks",
    "original",
    "period",
    "pulse",
    "secret",
    "settings",
    "signals",
    "states",
    "way",
    "words",
}
ROOMS = {"clients", "deliver", "destinations", "filing", "formats", "ledger", "rules", "sandbox", "tell", "watch"}
#: From the ground up; a part of the house imports from lower floors and from itself.
FLOORS: list[set[str]] = [
    GROUND,
    ROOMS,
    {"journey"},
    {"wiring", "house", "notify"},
    {"assistant", "bulletin", "checkup", "daemon", "demo", "monitoring", "once", "reload", "run", "service"},
    {"cli", "__main__"},
]
#: What some rooms may take from another room, beside the ground.
STANDS_ON = {
    # A plug-in speaks HTTP as all of them do, and gives the outcomes that delivering knows.
    "destinations": {"deliver"},
    # Telling reads the ledger: its questions and their answers. `Ledger`, the writer, is not among them.
    "tell": {
        "ledger.AlertKind",
        "ledger.AlertNote",
        "ledger.DestinationNote",
        "ledger.Happening",
        "ledger.History",
        "ledger.MappingNote",
        "ledger.Numbers",
        "ledger.OutboxNote",
        "ledger.Timing",
        "ledger.RefusedNote",
        "ledger.RuleTally",
        "ledger.RunNote",
        "ledger.Telling",
        "ledger.Told",
        "ledger.TroubleNote",
        "ledger.Unmapped",
    },
}
#: On one floor, but no rooms of their own: these may know each other.
NEIGHBOURS: list[set[str]] = [floor for floor in FLOORS if floor is not ROOMS]

#: The parts of the house, or single modules, where a library may be imported.
HOMES: dict[str, set[str]] = {
    "alembic": {"ledger.migrations"},
    "apscheduler": {"daemon"},
    "click": {"cli"},
    "h11": {"deliver"},
    "httpx": {"deliver", "destinations"},
    "jinja2": {"tell.mail"},
    "markupsafe": {"tell.mail"},
    "multipart": {"sandbox"},
    "prometheus_client": {"tell.metrics"},
    "pydantic": {"settings", "rules", "destinations"},
    "pydantic_core": {"settings", "rules", "destinations"},
    "pypdf": {"formats"},
    "python_multipart": {"sandbox"},
    "sqlalchemy": {"ledger.migrations"},
    "stdnum": {"clients"},
    "structlog": {"log"},
    "tenacity": {"deliver"},
    "tomllib": {"rules", "sandbox.folders_file"},
    "truststore": {"deliver", "destinations", "tell.mail"},
    "watchdog": {"watch"},
}

#: Modules that only decide: values and `now` come in, a decision comes out.
PURE = {
    "assistant.naming",
    "assistant.progress",
    "assistant.proposals",
    "assistant.selection",
    "clients.mapping",
    "deliver.backoff",
    "deliver.breaker",
    "destinations.inqom.wire",
    "document",
    "filing.place",
    "journey.alarm",
    "journey.due",
    "period",
    "rules.match",
    "rules.template",
    "states",
    "watch.ignore",
    "watch.settle",
    "words",
}
IMPURE = {"os", "socket", "sqlite3", "subprocess", "threading", "time"}
#: What a pure module may take from an impure one all the same, and why.
PURE_ENOUGH = {
    ("filing.place", "os.fsencode"): "how many bytes a name has on disk is arithmetic; nothing is asked of the system",
}

#: Where the environment may be read, and why.
READS_ENVIRONMENT = {
    "rules.secrets": "`env:NAME` and `credential:NAME` are what it is for",
    "cli": "$PUSHDOC_RULES names the rules file",
    "journal": "$JOURNAL_STREAM is how systemd says that standard error leads to its journal",
    "notify": "$NOTIFY_SOCKET is how systemd says where it listens",
}

LONGEST = 250
#: Modules that are longer, and why.
LONG: dict[str, str] = {
    "rules.model": "every key of the rules file on one page, as the reference for who writes one",
    "words.assistant": "a catalogue: texts in two languages, no code",
    "words.check": "a catalogue: texts in two languages, no code",
    "words.clients": "a catalogue: texts in two languages, no code",
    "words.rules": "a catalogue: texts in two languages, no code",
}


@dataclass(frozen=True)
class Import:
    """One import: by which module, of what (`pushdoc.words.say`, `os.fsencode`), and whether only for types."""

    by: str
    what: str
    line: int
    typing_only: bool = False

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.what}"


@dataclass(frozen=True)
class Module:
    """One module of the house; `name` counts from the package: `ledger.hold`, `ledger` for its `__init__`."""

    name: str
    text: str
    tree: ast.Module

    @property
    def part(self) -> str:
        return self.name.partition(".")[0]

    def imports(self) -> list[Import]:
        return list(_imports(self.name, self.tree, typing_only=False))


def _imports(by: str, node: ast.AST, *, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import():
                for alias in child.names:
                    yield Import(by, alias.name, child.lineno, typing_only)
            case ast.ImportFrom():
                assert not child.level, f"{by}:{child.lineno} imports relatively; the house writes whole names"
                for alias in child.names:
                    yield Import(by, f"{child.module}.{alias.name}", child.lineno, typing_only)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _imports(by, child, typing_only=True)
            case _:
                yield from _imports(by, child, typing_only=typing_only)


def modules_of(house: Path) -> dict[str, Module]:
    """Every module of a package, by name."""
    modules = {}
    for path in sorted(house.rglob("*.py")):
        parts = path.relative_to(house).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        text = path.read_text()
        modules[name] = Module(name, text, ast.parse(text))
    return modules


def all_imports(modules: Mapping[str, Module]) -> list[Import]:
    return [each for module in modules.values() for each in module.imports()]


def inner(what: str) -> str | None:
    """What is imported from the house, counted from the package; None for everything else."""
    if what == "pushdoc" or what.startswith("pushdoc."):
        return what.removeprefix("pushdoc").removeprefix(".") or "__init__"
    return None


def lies_in(name: str, places: set[str]) -> bool:
    """Whether a module is one of the places or lies beneath one."""
    return any(name == place or name.startswith(f"{place}.") for place in places)


def upward_imports(modules: Mapping[str, Module]) -> list[str]:
    """The imports that do not run downwards."""
    floor_of = {part: number for number, floor in enumerate(FLOORS) for part in floor}
    faults = [f"{module.name} stands on no floor" for module in modules.values() if module.part not in floor_of]
    for each in all_imports(modules):
        target = inner(each.what)
        by = each.by.partition(".")[0]
        if target is None or by not in floor_of:
            continue
        # `from pushdoc import __version__`: a name of the package itself, not a module.
        part = target.partition(".")[0] if target.partition(".")[0] in floor_of else "__init__"
        near = (
            part == by or lies_in(target, STANDS_ON.get(by, set())) or any({part, by} <= group for group in NEIGHBOURS)
        )
        if not near and floor_of[part] >= floor_of[by]:
            faults.append(str(each))
    return faults


def circles(modules: Mapping[str, Module]) -> list[str]:
    """Modules that import each other, directly or by way of others, when they run."""
    edges: dict[str, set[str]] = {name: set() for name in modules}
    for each in all_imports(modules):
        target = inner(each.what)
        if target is None or each.typing_only:
            continue
        # `from pushdoc.words import say` names a module or something in it.
        while target not in modules and "." in target:
            target = target.rpartition(".")[0]
        if target in modules and target != each.by:
            edges[each.by].add(target)
    return [f"circle through {name}" for name in modules if name in _reached(edges, edges[name])]


def _reached(edges: Mapping[str, set[str]], start: set[str]) -> set[str]:
    reached, ahead = set[str](), list(start)
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += edges[name]
    return reached


def strangers(modules: Mapping[str, Module]) -> list[str]:
    """Libraries that are imported where they have no home, or that have none."""
    faults = []
    for each in all_imports(modules):
        library = each.what.partition(".")[0]
        if library in HOMES:
            if not lies_in(each.by, HOMES[library]):
                faults.append(str(each))
        elif inner(each.what) is None and library not in sys.stdlib_module_names:
            faults.append(f"{each}, which has no home")
    return faults


def impurities(modules: Mapping[str, Module]) -> list[str]:
    """What pure modules import of the world."""
    return [
        str(each)
        for each in all_imports(modules)
        if lies_in(each.by, PURE)
        and not each.typing_only
        and each.what.partition(".")[0] in IMPURE | HOMES.keys()
        and (each.by, each.what) not in PURE_ENOUGH
        and not lies_in(each.by, HOMES.get(each.what.partition(".")[0], set()) & PURE)
    ]


def readers_of_the_environment(modules: Mapping[str, Module]) -> list[str]:
    """Modules that read `os.environ` or call `os.getenv` without being listed."""
    asks = {"environ", "environb", "getenv", "getenvb"}
    return [
        f"{module.name}:{node.lineno} reads the environment"
        for module in modules.values()
        if not lies_in(module.name, set(READS_ENVIRONMENT))
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Attribute) and node.attr in asks)
        or (isinstance(node, ast.ImportFrom) and any(alias.name in asks for alias in node.names))
    ]


def giants(modules: Mapping[str, Module]) -> list[str]:
    """Modules that are too long, and listed ones that no longer are."""
    lengths = {module.name: len(module.text.splitlines()) for module in modules.values()}
    faults = [f"{name} has {lines} lines" for name, lines in lengths.items() if lines > LONGEST and name not in LONG]
    return faults + [f"{name} is listed as long, but is not" for name in LONG if lengths.get(name, LONGEST) < LONGEST]


def silent(modules: Mapping[str, Module]) -> list[str]:
    """Modules that do not say what they are for."""
    return [f"{module.name} has no docstring" for module in modules.values() if not ast.get_docstring(module.tree)]


CHECKS = [upward_imports, circles, strangers, impurities, readers_of_the_environment, giants, silent]


@pytest.fixture(scope="module")
def house() -> dict[str, Module]:
    return modules_of(HOUSE)


def test_imports_run_one_way_and_rooms_do_not_know_each_other(house: dict[str, Module]) -> None:
    assert upward_imports(house) == []


def test_no_modules_import_each_other_in_a_circle(house: dict[str, Module]) -> None:
    assert circles(house) == []


def test_every_library_is_imported_in_its_home_only(house: dict[str, Module]) -> None:
    assert strangers(house) == []


def test_modules_that_decide_ask_nothing_of_the_world(house: dict[str, Module]) -> None:
    assert impurities(house) == []


def test_the_environment_is_read_for_secrets_and_the_place_of_the_rules_only(house: dict[str, Module]) -> None:
    assert readers_of_the_environment(house) == []


def test_no_module_is_too_long_to_be_read_in_one_sitting(house: dict[str, Module]) -> None:
    assert giants(house) == []


def test_every_module_says_what_it_is_for(house: dict[str, Module]) -> None:
    assert silent(house) == []


def test_the_reasoned_exceptions_are_still_needed(house: dict[str, Module]) -> None:
    here = {(each.by, each.what) for each in all_imports(house)}

    assert {(by, what) for by, what in PURE_ENOUGH if by in house} <= here


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        pytest.param(
            {"watch/scan.py": "from pushdoc.ledger import Ledger", "ledger/__init__.py": ""},
            "watch.scan:2 imports pushdoc.ledger.Ledger",
            id="a room imports a room",
        ),
        pytest.param(
            {"watch/scan.py": "if TYPE_CHECKING:\n    from pushdoc.filing import move"},
            "watch.scan:3 imports pushdoc.filing.move",
            id="a room knows a room for its types",
        ),
        pytest.param(
            {"tell/status.py": "from pushdoc.ledger import History, Ledger"},
            "tell.status:2 imports pushdoc.ledger.Ledger",
            id="telling wants to write",
        ),
        pytest.param(
            {"deliver/http.py": "from pushdoc.destinations import inqom"},
            "deliver.http:2 imports pushdoc.destinations.inqom",
            id="deliver imports a destination",
        ),
        pytest.param(
            {"period.py": "import pushdoc.ledger"}, "period:2 imports pushdoc.ledger", id="the ground imports a room"
        ),
        pytest.param(
            {"ledger/hold.py": "def hold():\n    from pushdoc import daemon"},
            "ledger.hold:3 imports pushdoc.daemon",
            id="late, in a function",
        ),
        pytest.param({"attic.py": ""}, "attic stands on no floor", id="a module outside all floors"),
        pytest.param(
            {"rules/check.py": "from pushdoc.rules import load", "rules/load.py": "from pushdoc.rules.check import x"},
            "circle through rules.check",
            id="a circle",
        ),
        pytest.param(
            {"tell/status.py": "import sqlalchemy.orm"}, "tell.status:2 imports sqlalchemy.orm", id="not at home"
        ),
        pytest.param(
            {"tell/mail.py": "import requests"}, "tell.mail:2 imports requests, which has no home", id="no home"
        ),
        pytest.param({"watch/settle.py": "import time"}, "watch.settle:2 imports time", id="a pure module has a clock"),
        pytest.param(
            {"words/tell.py": "from os import environ"}, "words.tell:2 imports os.environ", id="words ask the system"
        ),
        pytest.param(
            {"tell/mail.py": "import os\nx = os.environ['A']"},
            "tell.mail:3 reads the environment",
            id="a mail reads the environment",
        ),
        pytest.param({"journey.py": "x = 1\n" * 250}, "journey has 251 lines", id="a long module"),
    ],
)
def test_a_house_that_breaks_a_rule_is_told_so(tmp_path: Path, files: dict[str, str], complaint: str) -> None:
    for name, source in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f'"""A room."""\n{source}')

    modules = modules_of(tmp_path)

    assert complaint in [fault for check in CHECKS for fault in check(modules)]


def test_a_module_without_docstring_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "period.py").write_text("x = 1\n")

    assert silent(modules_of(tmp_path)) == ["period has no docstring"]


def test_a_circle_for_types_alone_is_none(tmp_path: Path) -> None:
    (tmp_path / "document.py").write_text("if TYPE_CHECKING:\n    from pushdoc.states import State\n")
    (tmp_path / "states.py").write_text("from pushdoc.document import Document\n")

    assert circles(modules_of(tmp_path)) == []
