"""The command to start with: init, the assistant of four steps; by questions, by options, or by both."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli.frame import Frame, pass_frame, spoken, text
from pushdoc.errors import ConfigurationError, WrongUseError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushdoc.assistant import Draft

#: `Boulangerie Martin=732 829 320 00074`, `Boulangerie Martin==700123`.
_CORRECTION = re.compile(r"(?P<client>.+?)=(?P<right>=?[^=]+)")
#: Ended by the person: as a shell counts Ctrl-C.
_INTERRUPTED = 130


@click.command(help=text("cli.init"))
@click.option("--root", metavar="PATH", help=text("cli.init.root"))
@click.option("--table", metavar="PATH", help=text("cli.init.table"))
@click.option("--folder-column", metavar="NAME", help=text("cli.init.folder_column"))
@click.option("--siret-column", metavar="NAME", help=text("cli.init.siret_column"))
@click.option("--client", "clients", multiple=True, metavar="PATTERN", help=text("cli.init.client"))
@click.option("--all-clients", is_flag=True, help=text("cli.init.all_clients"))
@click.option("--username", metavar="NAME", help=text("cli.init.username"))
@click.option("--password-from", "password", metavar="SOURCE", help=text("cli.init.password_from"))
@click.option("--client-id", metavar="ID", help=text("cli.init.client_id"))
@click.option("--client-secret-from", "client_secret", metavar="SOURCE", help=text("cli.init.client_secret_from"))
@click.option("--api-url", metavar="URL", help=text("cli.init.api_url"))
@click.option("--token-url", metavar="URL", help=text("cli.init.token_url"))
@click.option("--documents-url", metavar="URL", help=text("cli.init.documents_url"))
@click.option("--client-siret", "mended", multiple=True, metavar="CLIENT=SIRET", help=text("cli.init.client_siret"))
@click.option("--rule", "rules", multiple=True, metavar="PARTS", help=text("cli.init.rule"))
@click.option("--offline", is_flag=True, help=text("cli.init.offline"))
@click.option("--non-interactive", is_flag=True, help=text("cli.init.non_interactive"))
@click.option("--yes", is_flag=True, help=text("cli.init.yes"))
@pass_frame
def init(frame: Frame, /, *, offline: bool, non_interactive: bool, **options: Any) -> None:
    """The four steps; exit code 1 where something is left to do, 69 where Inqom cannot be reached."""
    from pushdoc.assistant import (
        Draft,
        Given,
        Screen,
        Setup,
        Terminal,
        Vault,
        assist,
        lacking,
        stands_before,
    )

    final = _place()
    vault = Vault(final.parent)
    draft = Draft(final, _beginning(vault.ledger))
    language = str(draft.document.get("language", spoken()))
    width = shutil.get_terminal_size().columns
    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    screen = Screen("en" if language == "en" else "fr", _write, colours=colours, width=width)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal of another encoding shows what it can.
        sys.stdout.reconfigure(errors="replace")
    if not non_interactive and not stands_before():
        raise WrongUseError(Phrase("assistant.no_terminal"))
    given = Given(_given(draft, options), None if non_interactive else Terminal(screen), screen)
    if non_interactive and (missing := lacking(draft, given)):
        raise WrongUseError(Phrase("assistant.missing", {"options": missing}))
    try:
        code: int = assist(Setup(draft, given, screen, vault, frame.clock, offline=offline))
    except (KeyboardInterrupt, EOFError):
        screen.blank()
        screen.say("assistant.left" if draft.begun else "assistant.left_empty", path=str(draft.path))
        code = _INTERRUPTED
    click.get_current_context().exit(int(code))


def _place() -> Path:
    """The rules file that is to be written: the one asked for or found, else the usual one for root or for anybody."""
    from pushdoc.assistant import SYSTEM
    from pushdoc.rules import find

    above = click.get_current_context().parent
    asked: Path | None = above.params.get("config") if above is not None else None
    try:
        place = find(asked, os.environ)
    except ConfigurationError:
        place = (SYSTEM if os.geteuid() == 0 and SYSTEM.is_dir() else Path()) / "rules.toml"
    return place.absolute()


def _beginning(ledger: str | None) -> dict[tuple[str, ...], dict[str, Any]]:
    """What a new rules file says from the first."""
    begun: dict[tuple[str, ...], dict[str, Any]] = {(): {"language": spoken()}}
    return begun if ledger is None else begun | {("ledger",): {"url": ledger}}


def _given(draft: Draft, options: dict[str, Any]) -> dict[str, Sequence[str | None]]:
    """The options as answers, in the order in which the questions come."""
    from pushdoc.assistant import rule_of

    plain = ("root", "table", "folder_column", "siret_column", "username", "client_id")
    given: dict[str, Sequence[str | None]] = {
        key: [options[key]] for key in (*plain, "api_url", "token_url", "documents_url") if options[key] is not None
    }
    if options["clients"] or options["all_clients"]:
        chosen = ["*", "tout"] if options["all_clients"] else ["*", "aucun", *(f"={one}" for one in options["clients"])]
        given["clients"] = [*chosen, ""]
    for key in ("password", "client_secret"):
        if options[key] is not None:
            given[key] = [_secret(f"--{key.replace('_', '-')}-from", options[key])]
    corrections = [_correction(one) for one in options["mended"]]
    if corrections:
        given["map"] = [*(client for client, _ in corrections), ""]
        given["correction"] = [right for _, right in corrections]
    if rules := [rule_of(written) for written in options["rules"]]:
        given["paths"] = [*(_standing(draft, rule) or "+" for rule in rules), ""]
        for key in ("drop", "type", "archive", "name"):
            given[key] = [rule.get(key) for rule in rules]
        # What an option says is what is meant.
        given["variables"] = ["non"] * len(rules)
        given["save"] = ["oui"] * len(rules)
    if options["yes"]:
        given["replace"] = ["oui"] * 4
    return given


def _standing(draft: Draft, rule: dict[str, str]) -> str | None:
    """The name of the rule that an option speaks of: the same name or, without one, the same drop path."""
    key = "name" if "name" in rule else "drop"
    return next((str(one.get("name")) for one in draft.entries("rule") if one.get(key) == rule[key]), None)


def _secret(option: str, source: str) -> str:
    """A secret from where a script keeps it: `env:NAME`, `file:PATH`, or `-`, a line of standard input."""
    from pushdoc.rules import resolve
    from pushdoc.secret import SecretReference

    if source == "-":
        # At a terminal it is typed, and must not be shown.
        return getpass("") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    try:
        reference = SecretReference.parse(source)
    except ValueError:
        raise WrongUseError(Phrase("assistant.secret_source", {"option": option})) from None
    return resolve(reference, Path.cwd()).reveal()


def _correction(written: str) -> tuple[str, str]:
    """The client that a correction is for, and what is right: a SIRET, or `=` and a dossier's number."""
    found = _CORRECTION.fullmatch(written)
    if found is None:
        raise WrongUseError(Phrase("assistant.correction_form", {"read": written}))
    return found["client"].strip(), found["right"].strip()


def _write(shown: str) -> None:
    sys.stdout.write(shown)
    sys.stdout.flush()


COMMANDS = (init,)
