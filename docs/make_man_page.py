"""Writes the manual pages `docs/pushdoc.1` (French) and `docs/pushdoc.en.1` (English) from the commands' own help.

`python docs/make_man_page.py` writes both; with `--check` it only says whether they are current (exit code 1 where one
is not).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from click import Context, Group, Option

from pushdoc import __version__
from pushdoc.cli.frame import spoken
from pushdoc.cli.helping import remarked
from pushdoc.cli.main import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click import Command

PAGES = {"fr": Path(__file__).with_name("pushdoc.1"), "en": Path(__file__).with_name("pushdoc.en.1")}
#: The headings, in the order of man-pages(7), and what no command's help says.
TEXTS = {
    "fr": {
        "name": "NOM",
        "purpose": "transmet à Inqom les documents déposés dans MyCompanyFiles",
        "synopsis": "SYNOPSIS",
        "command": "commande",
        "options": "options",
        "description": "DESCRIPTION",
        "general": "OPTIONS",
        "help": "L'aide, ou celle d'une commande : pushdoc commande --help.",
        "commands": "COMMANDES",
        "exit": "CODES DE SORTIE",
        "environment": "ENVIRONNEMENT",
        "PUSHDOC_RULES": "Le fichier de règles, quand --config n'est pas donné.",
        "PUSHDOC_LANGUAGE": "La langue de l'aide, fr ou en ; tout le reste parle la langue des règles.",
        "files": "FICHIERS",
        "/etc/pushdoc/rules.toml": "Les règles. Chaque clé est expliquée dans rules.example.toml.",
        "/etc/pushdoc/credentials/": "Les secrets que systemd remet au service.",
        "/var/lib/pushdoc/": "Le registre : la mémoire de tout ce qui a été envoyé.",
        "see": "VOIR AUSSI",
    },
    "en": {
        "name": "NAME",
        "purpose": "sends the documents dropped in MyCompanyFiles to Inqom",
        "synopsis": "SYNOPSIS",
        "command": "command",
        "options": "options",
        "description": "DESCRIPTION",
        "general": "OPTIONS",
        "help": "The help, or that of a command: pushdoc command --help.",
        "commands": "COMMANDS",
        "exit": "EXIT STATUS",
        "environment": "ENVIRONMENT",
        "PUSHDOC_RULES": "The rules file, where --config is not given.",
        "PUSHDOC_LANGUAGE": "The language of the help, fr or en; all else speaks the language of the rules.",
        "files": "FILES",
        "/etc/pushdoc/rules.toml": "The rules. Each key is explained in rules.example.toml.",
        "/etc/pushdoc/credentials/": "The secrets that systemd hands to the service.",
        "/var/lib/pushdoc/": "The ledger: the memory of all that was sent.",
        "see": "SEE ALSO",
    },
}


def page() -> str:
    """The manual page in the language that this process speaks, as man(7) has it."""
    texts = TEXTS[spoken()]
    description, exits = _help(commands).rsplit("\n\n", 1)
    lines = [
        f'.TH PUSHDOC 1 "" "pushdoc {__version__}" "pushdoc"',
        *(f".SH {texts['name']}", rf"pushdoc \- {_escaped(texts['purpose'])}"),
        f".SH {texts['synopsis']}",
        rf".B pushdoc \fR[\-c \fIPATH\fR] \fI{texts['command']}\fR [\fI{texts['options']}\fR]",
        f".SH {texts['description']}",
        *_paragraphs(description),
        f".SH {texts['general']}",
        *_options(commands),
        *(".TP", r".B \-h, \-\-help", _escaped(texts["help"])),
        f".SH {texts['commands']}",
    ]
    for name, command in _leaves(commands):
        lines += [f".SS {_escaped(_usage(name, command))}", *_paragraphs(_help(command)), *_options(command)]
    lines += [f".SH {texts['exit']}"]
    for code, meaning in re.findall(r"(\d+) ([^\d]+?)(?:, (?=\d)|\.$)", exits.partition(":")[2]):
        lines += [".TP", f".B {code}", _escaped(meaning)]
    for heading, entries in (("environment", r"PUSHDOC_"), ("files", r"/")):
        lines += [f".SH {texts[heading]}"]
        for name, meaning in texts.items():
            if name.startswith(entries):
                lines += [".TP", f".B {_escaped(name)}", _escaped(meaning)]
    lines += [f".SH {texts['see']}", r".BR systemctl (1),", r".BR journalctl (1)"]
    return "\n".join(lines) + "\n"


def _leaves(group: Group, above: str = "") -> Iterator[tuple[str, Command]]:
    """Every command that does something, by the words that are typed for it."""
    context = Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        name = f"{above} {word}".strip()
        if isinstance(command, Group):
            yield from _leaves(command, name)
        else:
            yield name, command


def _usage(name: str, command: Command) -> str:
    context = Context(command, info_name=name)
    return " ".join([name, *(word for word in command.collect_usage_pieces(context) if word != "[OPTIONS]")])


def _help(command: Command) -> str:
    return (command.help or "").strip()


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield ".PP"
        yield _escaped(" ".join(paragraph.split()))


def _options(command: Command) -> Iterator[str]:
    context = Context(command)
    # Without --help, which every command has and click explains in one language only.
    for parameter in command.params:
        record = parameter.get_help_record(context) if isinstance(parameter, Option) else None
        if record is not None:
            yield ".TP"
            # A line may end behind each of many choices.
            yield f".B {_escaped(record[0])}".replace("|", r"|\:")
            yield _escaped(" ".join(remarked(record[1]).split()))


def _escaped(text: str) -> str:
    """The text as roff reads it: a hyphen is one to be typed, and no line begins with a request.

    Source: man-pages(7), "Generating optimal glyphs".
    """
    shown = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


def main(arguments: list[str]) -> int:
    """Write the pages, or only look whether they are stale; the exit code. Each language is one process's own."""
    if arguments == ["--print"]:
        sys.stdout.write(page())
        return 0
    stale = []
    for language, path in PAGES.items():
        environment = os.environ | {"PUSHDOC_LANGUAGE": language, "PYTHONUTF8": "1"}
        words = [sys.executable, __file__, "--print"]
        made = subprocess.run(words, env=environment, capture_output=True, check=True, encoding="utf-8").stdout  # noqa: S603 -- ourselves
        if not path.exists() or path.read_text("utf-8") != made:
            stale.append(path)
            if arguments != ["--check"]:
                path.write_text(made, "utf-8")
    return 1 if stale and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
