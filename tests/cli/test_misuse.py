"""Help and wrong use: what click says by itself speaks the reader's language, and shows nothing raw that was typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click import Context
from click.types import BoolParamType, StringParamType

from pushdoc.cli import misuse
from pushdoc.cli.given import StateWord
from pushdoc.cli.helping import remarked
from pushdoc.cli.main import commands
from pushdoc.cli.serving import _Account
from pushdoc.words.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cli.conftest import Answer

#: Types whose complaints the reader's language has words for: click's by `misuse`, ours by themselves.
SAID = (StringParamType, BoolParamType, click.IntRange, click.Choice, click.Path, StateWord, _Account)
#: What is wrong: typed in the folder of the test, where `note.txt` is a file.
WRONG = [
    (
        "shw",
        "la commande « shw » n'existe pas ; vouliez-vous dire « show » ?",
        "No such command 'shw'. Did you mean 'show'?",
    ),
    ("xyz", "la commande « xyz » n'existe pas", "No such command 'xyz'."),
    (
        "rules ad",
        "la commande « ad » n'existe pas ; vouliez-vous dire « add » ?",
        "No such command 'ad'. Did you mean 'add'?",
    ),
    ("--nope", "l'option « --nope » n'existe pas", "No such option '--nope'."),
    ("list --foo", "l'option « --foo » n'existe pas", "No such option '--foo'."),
    ("list -x", "l'option « -x » n'existe pas", "No such option '-x'."),
    (
        "list --limt 3",
        "l'option « --limt » n'existe pas ; vouliez-vous dire « --limit » ou « --client » ?",
        "No such option '--limt'. Did you mean '--limit' or '--client'?",
    ),
    (
        "list --limit abc",
        "valeur incorrecte pour « --limit » : « abc » n'est pas un nombre entier",
        "Invalid value for '--limit': 'abc' is not a valid integer.",
    ),
    (
        "list --limit 0",
        "valeur incorrecte pour « --limit » : 0 est hors limites (au moins 1)",
        "Invalid value for '--limit': 0 is not in the range x>=1.",
    ),
    (
        "demo --documents 20000",
        "valeur incorrecte pour « --documents » : 20000 est hors limites (de 1 à 2000)",
        "Invalid value for '--documents': 20000 is not in the range 1<=x<=2000.",
    ),
    ("list --limit", "l'option « --limit » attend une valeur", "Option '--limit' requires an argument."),
    ("-c", "l'option « -c » attend une valeur", "Option '-c' requires an argument."),
    ("list --json=x", "l'option « --json » n'attend pas de valeur", "Option '--json' does not take a value."),
    ("where", "il manque l'argument « PATH »", "Missing argument 'PATH'."),
    ("release", "il manque l'argument « ID… »", "Missing argument 'ID…'."),
    ("ack 3", "il manque l'option « --reason »", "Missing option '--reason'."),
    ("-c rules.toml", "il manque une commande", "Missing command."),
    ("list one", "argument de trop : one", "Got unexpected extra argument (one)"),
    ("list one two", "arguments de trop : one two", "Got unexpected extra arguments (one two)"),
    (
        "run --log loud",
        "valeur incorrecte pour « --log » : « loud » n'est pas prévu ; au choix : debug, info, warning, error",
        "Invalid value for '--log': 'loud' is not one of debug, info, warning, error.",
    ),
    (
        "demo --keep note.txt",
        "valeur incorrecte pour « --keep » : « note.txt » est un fichier, il faut un dossier",
        "Invalid value for '--keep': 'note.txt' is a file, not a folder.",
    ),
    (
        "service show --user x!",
        "valeur incorrecte pour « --user » : « x! » n'est pas un nom d'utilisateur ou de groupe",
        "Invalid value for '--user': “x!” is no name of a user or group",
    ),
    (
        "retry",
        "donnez des numéros (« pushdoc list --state non_transmis » les montre), ou --client, ou --all",
        "give numbers (`pushdoc list --state non_transmis` shows them), or --client, or --all",
    ),
]
#: What click says by itself in a help, and what French says in its place.
CLICKS = ("Usage:", "Options:", "Commands:", "Show this", "[required", "[default", "<=x", "x>=", "ARGS]", "COMMAND ")
OURS = ("Usage\u00a0", "Options\u00a0", "Commandes", "Affiche", "[obligatoire", "[par", "[de ", "[au ", "ARGUMENTS")
#: What it says in no language of ours: no command has any of it.
NOBODYS = ("INTEGER", "RANGE", "DIRECTORY", "BOOLEAN", "DEPRECATED", "env var", "Positional")


def all_commands(command: click.Command = commands, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command, groups too, by the words that are typed for it."""
    yield name, command
    if isinstance(command, click.Group):
        context = Context(command)
        for word in command.list_commands(context):
            found = command.get_command(context, word)
            assert found is not None
            yield from all_commands(found, f"{name} {word}".strip())


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PUSHDOC_LANGUAGE", request.param)
    return str(request.param)


@pytest.mark.parametrize(("words", "french", "english"), WRONG, ids=[words for words, _, _ in WRONG])
def test_wrong_use_is_told_in_the_readers_language(
    typed: Callable[..., Answer], language: str, words: str, french: str, english: str
) -> None:
    Path("note.txt").touch()
    told = typed(*words.split())

    assert (told.code, told.out) == (2, "")
    error = typeset(f"Erreur : {french}", "fr") if language == "fr" else f"Error: {english}"
    assert told.err.splitlines()[2:] == ["", error]


@pytest.mark.parametrize("words", [["list", "--limit"], ["list", "--foo"], ["list", "one"], ["list", "--limit", "x"]])
def test_the_command_that_was_meant_and_its_help_are_named(
    typed: Callable[..., Answer], language: str, words: list[str]
) -> None:
    usage, hint = typed(*words).err.splitlines()[:2]

    if language == "fr":
        assert usage == "Usage\u00a0: pushdoc list [OPTIONS]"
        assert hint == typeset("Pour l'aide, tapez « pushdoc list --help ».", "fr")
    else:
        assert (usage, hint) == ("Usage: pushdoc list [OPTIONS]", "Try 'pushdoc list --help' for help.")


HOSTILE = "a\nErreur : rien\x1b[31m\u202e\r'\\"


@pytest.mark.parametrize(
    "words",
    [
        [HOSTILE],
        [f"--{HOSTILE}"],
        [f"-{HOSTILE[1:]}"],
        ["list", HOSTILE],
        ["list", "--limit", HOSTILE],
        ["list", "--limit", f'"{HOSTILE}'],
        ["list", "--state", HOSTILE],
        ["run", "--log", HOSTILE],
        ["run", "--log", f"{HOSTILE}' is not one of 'a', 'b"],
        ["demo", "--keep", HOSTILE],
        ["service", "show", "--user", HOSTILE],
    ],
    ids=ascii,
)
def test_what_was_typed_is_shown_spelt_out(typed: Callable[..., Answer], language: str, words: list[str]) -> None:
    if "--keep" in words:
        Path(HOSTILE).touch()
    told = typed(*words)

    assert told.code == 2
    assert len(told.err.splitlines()) == 4
    assert all(char.isprintable() or char in "\n\u00a0\u202f" for char in told.err)
    assert r"\n" in told.err


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    words = [sys.executable.encode(), b"-m", b"pushdoc", b"list", b"--limit", b"\xe9\xff"]
    told = subprocess.run(words, capture_output=True, check=False)

    assert told.returncode == 2
    assert "« \ufffd\ufffd »".replace(" ", "\u00a0") in told.stderr.decode()
    assert told.stdout == b""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (click.UsageError("Something new."), "Something new."),
        (click.ClickException("Something new."), "Something new."),
        (click.BadParameter("Something new."), "Something new."),
        (click.BadParameter("Something new.", param_hint="--that"), "valeur incorrecte pour --that : Something new."),
        (click.BadParameter("New.", param_hint=["-t", "--that"]), "valeur incorrecte pour « -t » / « --that » : New."),
        (click.BadOptionUsage("--that", "Something new."), "Something new."),
        (click.MissingParameter("Something new.", param_type="option"), "Missing option. Something new."),
        (click.MissingParameter("New.", param=click.Option(["--that"])), "Missing option '--that'. New."),
        (click.UsageError("Missing command. And more."), "Missing command. And more."),
        (click.UsageError("Something \x1b[31mnew\n."), r"Something \x1b[31mnew\n."),
        (click.FileError("that", "Something new."), "Could not open file 'that': Something new."),
        (click.NoSuchOption("--that", "Something new."), "l'option « --that » n'existe pas"),
        (click.UsageError("No such command 'that'."), "la commande « that » n'existe pas"),
    ],
    ids=repr,
)
def test_what_nobody_has_words_for_is_told_in_clicks(
    capsys: pytest.CaptureFixture[str], error: click.ClickException, told: str
) -> None:
    misuse.tell(error)
    assert capsys.readouterr().err == typeset(f"Erreur : {told}\n", "fr")


def test_every_type_that_a_command_takes_has_its_words() -> None:
    taken = {
        (type(parameter.type), name, parameter.name) for name, command in all_commands() for parameter in command.params
    }
    assert {kind for kind, *_ in taken} >= {click.IntRange, click.Choice, click.Path}
    assert [one for one in taken if one[0] not in SAID] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_help_speaks_one_language(language: str) -> None:
    named = [name for name, _ in all_commands()]
    assert {"", "list", "rules add", "ledger backup", "service show"} <= set(named)
    code = (
        "import sys; from pushdoc.cli import main\n"
        f"for name in {named!r}:\n"
        "    print('#', name, flush=True)\n"
        "    try: main([*name.split(), '--help'])\n"
        "    except SystemExit as ended: assert ended.code == 0\n"
    )
    environment = os.environ | {"PUSHDOC_LANGUAGE": language, "COLUMNS": "200"}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    helps = dict(part.split("\n", 1) for part in told.stdout.removeprefix("# ").split("\n# "))

    assert list(helps) == named
    own, foreign = (OURS, CLICKS) if language == "fr" else (CLICKS, OURS)
    assert [(name, phrase) for name in named for phrase in (*foreign, *NOBODYS) if phrase in helps[name]] == []
    assert [name for name in named if not all(phrase in helps[name] for phrase in (own[0], own[1], own[3]))] == []


def test_a_shell_is_offered_the_help_in_the_readers_language() -> None:
    asked = {"_PUSHDOC_COMPLETE": "fish_complete", "COMP_WORDS": "pushdoc rules list --he", "COMP_CWORD": "--he"}
    words = [sys.executable, "-m", "pushdoc"]
    told = subprocess.run(words, env=os.environ | asked, capture_output=True, check=True, text=True)

    assert "Affiche cette aide et s’arrête." in told.stdout


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Combien.  [default: 24; 1<=x<=9]", "Combien.  [par défaut : 24; de 1 à 9]"),
        ("Combien.  [x<=9; required]", "Combien.  [au plus 9; obligatoire]"),
        ("[required]", "[obligatoire]"),
        ("Combien.  [1<x<9; something new]", "Combien.  [1<x<9; something new]"),
        ("[required] n'est pas à la fin", "[required] n'est pas à la fin"),
        ("Un mot [required]", "Un mot [required]"),
        ("Une liste.  [default: [required]]", "Une liste.  [default: [required]]"),
        ("", ""),
    ],
)
def test_what_click_adds_behind_a_help_is_said_where_it_is_known(told: str, said: str) -> None:
    assert remarked(told) == said.replace("défaut :", "défaut\u00a0:")


def test_a_group_without_a_command_shows_its_help(typed: Callable[..., Answer]) -> None:
    told = typed("rules")

    assert (told.code, told.out) == (2, "")
    assert "Commandes\u00a0:" in told.err
    assert "Erreur" not in told.err
