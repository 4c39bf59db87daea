"""What the pages say is so: they are read as people read them, and held against the house."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click import Argument, Context, Group, Option

from pushdoc.cli.main import commands
from pushdoc.destinations.catalog import settings_models
from pushdoc.errors import ExitCode
from pushdoc.rules import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click import Command

TREE = Path(__file__).parent.parent
README = (TREE / "README.md").read_text("utf-8")
COMMANDS_PAGE = (TREE / "docs" / "commands.md").read_text("utf-8")
PAGES = [TREE / "README.md", TREE / "CHANGELOG.md", *sorted((TREE / "docs").glob("*.md"))]
#: Words of this machine, of registries and of workplaces, written so that this file itself holds none of them.
FORBIDDEN = [
    "".join(parts)
    for parts in (
        ("/wo", "rk/"),
        ("/opt", "/pd/"),
        ("/ro", "ot/"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("/sim", "ple/"),
        ("index", "-url"),
        ("artifact", "ory"),
    )
]


def leaves(command: Command, name: str = "") -> Iterator[tuple[str, Command]]:
    """Every command that does something, by the words that are typed for it."""
    if not isinstance(command, Group):
        yield name, command
        return
    context = Context(command)
    for word in command.list_commands(context):
        inner = command.get_command(context, word)
        assert inner is not None
        yield from leaves(inner, f"{name} {word}".strip())


EVERY = dict(leaves(commands))


def spelt(page: str) -> set[str]:
    """The commands that a page's tables name, with all that stands behind them."""
    found = set()
    for row in re.findall(r"^\| (`.*?)(?<!\\) \|", page, re.MULTILINE):
        for words in re.findall(r"`(?:pushdoc )?([^`]+)`", row):
            found.add(words.replace("\\|", "|"))
    return found


def named(words: str) -> list[str]:
    """The names that one entry stands for: `ledger check|backup PATH` is two commands."""
    if words in EVERY:
        return [words]
    first, *rest = words.split()
    if first in EVERY:
        return [first]
    return [f"{first} {second}" for second in rest[0].split("|")] if rest else []


def options(words: str) -> set[str]:
    """The options that an entry of a page names."""
    return set(re.findall(r"--[a-z-]+", words))


def test_the_example_of_the_rules_loads_with_the_real_destinations() -> None:
    rules = load(TREE / "rules.example.toml", settings_models())
    assert list(rules.destination) == ["inqom"]


@pytest.mark.parametrize("page", ["README", "docs/commands.md"])
def test_a_page_names_exactly_the_commands_that_there_are(page: str) -> None:
    table = README.partition("## Commands")[2].partition("\n## ")[0] if page == "README" else COMMANDS_PAGE
    told = [name for words in spelt(table) for name in named(words)]

    assert sorted(told) == sorted(EVERY)


def test_the_readme_names_no_option_that_there_is_not() -> None:
    for words in spelt(README.partition("## Commands")[2].partition("\n## ")[0]):
        for name in named(words):
            assert options(words) <= own_options(name), words


def own_options(name: str) -> set[str]:
    return {
        opt
        for parameter in EVERY[name].params
        if isinstance(parameter, Option)
        for opt in parameter.opts
        if opt.startswith("--")
    }


def test_the_page_on_commands_names_every_option_and_argument_and_no_other() -> None:
    for words in spelt(COMMANDS_PAGE):
        for name in named(words):
            assert options(words) == own_options(name), name
            has_arguments = any(isinstance(parameter, Argument) for parameter in EVERY[name].params)
            rest = re.sub(r"\[[^]]*\]|--[a-z-]+( [A-Z]+)?", "", words.removeprefix(name))
            assert has_arguments == bool(re.search(r"[A-Z]{2,}", rest)), name


def test_the_choices_of_an_option_are_told_by_its_help() -> None:
    for name, command in EVERY.items():
        for parameter in command.params:
            if isinstance(parameter, Option):
                assert parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize("page", ["README", "docs/commands.md", "the help"])
def test_a_page_tells_the_exit_codes_that_there_are(page: str) -> None:
    text = {"README": README, "docs/commands.md": COMMANDS_PAGE, "the help": commands.help or ""}[page]
    found = re.search(r"(?:Exit codes|Codes de sortie)[^:\n]*:(?P<told>.*?)(?:\n\n|\Z)", text, re.DOTALL)
    assert found is not None
    assert {int(number) for number in re.findall(r"(?<![\d.])\d+(?![\d.])", found["told"])} >= set(ExitCode)
    assert {int(number) for number in re.findall(r"\*\*(\d+)\*\*", found["told"])} in (set(), set(ExitCode))


def shell_lines(page: str) -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]


def test_the_two_lines_of_the_first_screen_install_and_run() -> None:
    demo, tests = shell_lines(README)

    venv = "python3 -m venv .venv && .venv/bin/pip install --quiet "
    assert demo == venv + ". && .venv/bin/pushdoc demo"
    assert tests == venv + "-e '.[test]' && .venv/bin/pytest -n auto"
    assert README.index(tests) < README.index("\n## ")


def test_ci_runs_the_readmes_second_line_to_the_letter() -> None:
    script = (TREE / ".ci" / "run").read_text("utf-8")
    extraction = re.search(r"^test_command=\$\((.*)\)$", script, re.MULTILINE)
    assert extraction is not None
    told = subprocess.run(["bash", "-c", extraction[1]], cwd=TREE, capture_output=True, check=True, text=True)

    assert told.stdout.splitlines() == [shell_lines(README)[1]]
    assert '"$test_command"' in script


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_of_ours_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_ours_that_is_named_is_there(page: Path) -> None:
    tops = "pushdoc|tests|docs|systemd|\\.ci"
    for target in re.findall(rf"`((?:{tops})/[\w./-]*)`", page.read_text("utf-8")):
        assert (TREE / target).exists(), target


def test_the_testing_page_names_the_markers_that_there_are() -> None:
    settings = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    markers = {line.partition(":")[0] for line in settings["markers"]}
    page = (TREE / "docs" / "testing.md").read_text("utf-8")

    assert markers == {"service", "slow"}
    assert all(f"`{marker}`" in page for marker in markers)
    assert "pytest -m slow" in page


def test_the_manual_pages_are_todays_help() -> None:
    words = [sys.executable, str(TREE / "docs" / "make_man_page.py"), "--check"]

    assert subprocess.run(words, check=False).returncode == 0, "python docs/make_man_page.py"


@pytest.mark.parametrize("page", ["pushdoc.1", "pushdoc.en.1"])
def test_a_manual_page_names_every_command_and_every_exit_code(page: str) -> None:
    text = (TREE / "docs" / page).read_text("utf-8").replace("\\-", "-")
    headings = re.findall(r"^\.SS (.*)$", text, re.MULTILINE)

    assert [heading for name in EVERY for heading in headings if f"{heading} ".startswith(f"{name} ")] == headings
    assert {int(code) for code in re.findall(r"^\.B (\d+)$", text, re.MULTILINE)} == set(ExitCode)


@pytest.mark.parametrize("page", ["pushdoc.1", "pushdoc.en.1"])
def test_a_manual_page_is_one_that_man_can_show(page: str) -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not here (Debian: groff-base)")
    words = ["groff", "-man", "-Tutf8", "-ww", "-K", "utf8", str(TREE / "docs" / page)]
    shown = subprocess.run(words, capture_output=True, check=True, text=True)

    assert shown.stderr == ""
    assert "pushdoc(1)" in shown.stdout.lower()


def ours() -> list[Path]:
    """The files that are committed, or are about to be; in an unpacked archive without history there is no list."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(words, cwd=TREE, capture_output=True, check=False, text=True)
    if told.returncode:
        pytest.skip("no git, or no repository: nothing says which files are ours")
    return [TREE / name for name in told.stdout.split("\0") if name and (TREE / name).is_file()]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    files = {path: path.read_bytes() for path in ours()}
    found = [
        f"{path.relative_to(TREE)}: {word}" for path in files for word in FORBIDDEN if word.encode() in files[path]
    ]

    assert found == []


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_holds_every_dependency_by_version_and_hash() -> None:
    project = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {normal(re.split(r"[^\w.-]", line)[0]) for line in project["dependencies"]}
    locked = (TREE / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + re.sub(r"^\s*#.*\n", "", locked, flags=re.MULTILINE))[1:]
    pinned = {normal(entry.partition("==")[0].partition("[")[0]) for entry in entries}

    assert wanted - pinned == set()
    for entry in entries:
        assert re.match(r"[\w.\[\],-]+==[\w.]+", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]
