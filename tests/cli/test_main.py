"""The roof: help, languages, wrong use, and what a wrong rules file costs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click import Context, Group
from rules.test_load import EIGHT

from pushdoc import __version__
from pushdoc.cli.main import commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Answer
    from service.firm import Firm

COMMANDS = commands.list_commands(Context(commands))
GROUPS = [name for name in COMMANDS if isinstance(commands.get_command(Context(commands), name), Group)]
PUSHDOC = [sys.executable, "-m", "pushdoc"]


def spoken(language: str, *words: str) -> str:
    """What a pushdoc says that reads its language when it starts."""
    environment = os.environ | {"PUSHDOC_LANGUAGE": language, "COLUMNS": "100"}
    return subprocess.run([*PUSHDOC, *words], env=environment, capture_output=True, check=True, text=True).stdout


def run_on(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_has_one_short_line_that_is_not_cut(language: str) -> None:
    def short_lines(*words: str) -> dict[str, str]:
        told = spoken(language, *words, "--help").splitlines()
        return dict(line.split(maxsplit=1) for line in told if re.match(r" {2}[a-z]+  ", line))

    lines = short_lines()
    beneath = [line for group in GROUPS for line in short_lines(group).values()]

    assert list(lines) == COMMANDS
    assert len(beneath) > len(GROUPS)
    assert [line for line in (*lines.values(), *beneath) if line.endswith(("…", "..."))] == []


def test_help_speaks_french_unless_english_is_asked_for() -> None:
    assert "n’en perd aucun" in run_on(spoken("fr", "--help"))
    assert "loses none" in run_on(spoken("en", "--help"))
    assert "n’en perd aucun" in run_on(spoken("klingon", "--help"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_each_of_its_options(typed: Callable[..., Answer], command: str) -> None:
    told = typed(command, "--help")

    assert (told.code, told.err) == (0, "")
    assert typed(command, "-h").out == told.out
    options = re.findall(r"^ {2}(--[a-z]+)([^\n]*(?:\n {4}[^\n]*)*)", told.out, re.MULTILINE)
    assert [name for name, text in options if not re.search(r"  \S", text)] == []


def test_the_version_is_told_by_the_module_too() -> None:
    assert spoken("fr", "--version") == f"pushdoc {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("statut",),
        ("--nope",),
        ("status", "--nope"),
        ("where",),
        ("list", "--state", "lost"),
        ("demo", "--documents", "0"),
    ],
)
def test_wrong_use_ends_by_2_and_prints_nothing(typed: Callable[..., Answer], words: tuple[str, ...]) -> None:
    told = typed(*words)

    assert (told.code, told.out) == (2, "")
    assert words[-1] in told.err or words == ("where",)


def test_without_a_command_the_help_is_shown(typed: Callable[..., Answer]) -> None:
    told = typed()
    assert told.code == 2
    assert "sandbox" in told.out + told.err


def test_without_rules_every_usual_place_is_named(typed: Callable[..., Answer], tmp_path: Path) -> None:
    told = typed("status")

    assert (told.code, told.out) == (78, "")
    for place in ("$PUSHDOC_RULES", str(tmp_path / "rules.toml"), "/etc/pushdoc/rules.toml"):
        assert place in told.err
    assert told.err.count("\n") == 2


@pytest.mark.parametrize("command", ["status", "run", "once", "check", "map", "list"])
def test_eight_mistakes_are_told_at_once_and_nothing_is_started(
    typed: Callable[..., Answer], tmp_path: Path, command: str
) -> None:
    file = tmp_path / "mistakes.toml"
    file.write_text(EIGHT)
    told = typed("-c", str(file), command)

    assert (told.code, told.out) == (78, "")
    assert len(re.findall(rf"^{re.escape(str(file))}:\d+ : ", told.err, re.MULTILINE)) == 8
    assert "hunter2" not in told.err
    assert [found.name for found in tmp_path.iterdir()] == ["mistakes.toml"]


@pytest.mark.parametrize("wrong", ["missing", "a folder", "no TOML", "not UTF-8"])
def test_a_rules_file_that_cannot_be_read_is_one_clear_message(
    typed: Callable[..., Answer], tmp_path: Path, wrong: str
) -> None:
    file = tmp_path / "rules.toml"
    match wrong:
        case "a folder":
            file.mkdir()
        case "no TOML":
            file.write_text("[clients\n")
        case "not UTF-8":
            file.write_bytes("langue = 'é'".encode("cp1252"))
    told = typed("-c", str(file), "status")

    assert (told.code, told.out) == (78, "")
    assert told.err.startswith(str(file))


def test_a_missing_column_of_the_table_stops_a_wrong_row_does_not(firm: Firm, pushdoc: Callable[..., Answer]) -> None:
    table = firm.home / "dossiers.csv"
    right = table.read_text()
    table.write_text(right.replace("SIRET", "Siren"))
    told = pushdoc("status")
    assert (told.code, told.out) == (78, "")
    assert "Siren" in told.err

    table.write_text(right + ";12345678900012\n")
    assert pushdoc("status").code == 0


def test_the_rules_language_is_spoken_whatever_the_help_speaks(firm: Firm, pushdoc: Callable[..., Answer]) -> None:
    assert "arrêté" in pushdoc("status").out
    firm.rules.write_text(firm.rules.read_text().replace('language = "fr"', 'language = "en"'))
    assert "stopped" in pushdoc("status").out


@pytest.mark.parametrize("words", [("status",), ("status", "--json"), ("map", "--help"), ("--help",)])
def test_a_reader_that_has_enough_is_no_trouble(firm: Firm, words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)  # as `| head -1` leaves it, at the latest
    told = subprocess.run([*PUSHDOC, "-c", str(firm.rules), *words], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert told.returncode == 0
    assert b"Error" not in told.stderr
    assert b"Exception" not in told.stderr


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        pytest.param(["status"], {"httpx", "structlog", "watchdog", "truststore", "pushdoc.sandbox"}, id="status"),
        pytest.param(["--help"], {"httpx", "structlog", "pydantic", "pushdoc.ledger", "pushdoc.demo"}, id="help"),
        pytest.param(["once"], {"pushdoc.daemon", "pushdoc.demo", "pushdoc.sandbox"}, id="once"),
    ],
)
def test_a_command_brings_nothing_that_only_others_need(firm: Firm, words: list[str], spared: set[str]) -> None:
    code = (
        "import sys; from pushdoc.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*sorted(sys.modules))"
    )
    command = [sys.executable, "-c", code, "-c", str(firm.rules), *words]
    told = subprocess.run(command, capture_output=True, check=True, text=True)
    modules = set(told.stdout.splitlines()[-1].split())

    assert "pushdoc.cli.main" in modules
    assert modules & (spared | {"sqlalchemy", "alembic"}) == set()
