"""Completion by Tab: the scripts that shells read, and what fits where a rule, a client or a document is meant."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    add_completion_class,
    get_completion_class,
    shell_complete,
)

from pushdoc.cli.frame import Frame, text
from pushdoc.errors import PushdocError, WrongUseError
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pushdoc.states import State

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]

#: Says to a pushdoc that a shell asks it what fits, and which one: `bash_complete`. The name is click's rule.
VARIABLE = "_PUSHDOC_COMPLETE"
_PROGRAM = "pushdoc"
#: Of many documents so many are offered; nobody reads more beneath a command line.
_OFFERED = 50


@add_completion_class
class _Bash(BashComplete):
    """click's own script puts names in unquoted: « SCI Rose » would be two words, and `*` every file there is."""

    source_template = """\
%(complete_func)s() {
    local line value
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            dir,*) compopt -o dirnames ;;
            file,*) compopt -o default ;;
            plain,*)
                value=${line#plain,}
                # Within an open quote readline itself closes it; elsewhere blanks and the like are escaped.
                [[ ${COMP_WORDS[COMP_CWORD]} == [\\"\\']* ]] || printf -v value %%q "$value"
                COMPREPLY+=("$value") ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


@add_completion_class
class _Fish(FishComplete):
    """click's own script cuts a name at its first comma."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


class Script(NamedTuple):
    """A completion script: where its shell looks for it, and what must stand in the shell's own file to find it."""

    path: Path
    text: str
    file: Path | None = None
    line: str = ""


def answer(commands: click.Command) -> int | None:
    """Tell a shell what fits, as its variable asks; the exit code, or None where no shell asks."""
    asked = os.environ.get(VARIABLE)
    return shell_complete(commands, {}, _PROGRAM, VARIABLE, asked) if asked else None


def script(commands: click.Command, environ: Mapping[str, str], *, everybody: bool) -> Script:
    """The script for the shell that $SHELL names, for `everybody` on the machine or for one person.

    Raises:
        WrongUseError: a shell that has none here.
    Source: bash-completion's README (2.11), zshcompsys(1), fish's page on completions.
    """
    shell = Path(environ.get("SHELL", "")).name
    kind = get_completion_class(shell)
    if kind is None or shell not in {"bash", "zsh", "fish"}:
        raise WrongUseError(Phrase("service.completion.unknown", {"shell": shell}))
    source = kind(commands, {}, _PROGRAM, VARIABLE).source()
    home = Path(environ.get("HOME", "/"))
    if shell == "bash":
        own = Path(environ.get("XDG_DATA_HOME") or home / ".local/share")
        path = (Path("/usr/local/share") if everybody else own) / "bash-completion/completions" / _PROGRAM
        if Path("/usr/share/bash-completion/bash_completion").exists():
            return Script(path, source)
        return _unless_named(Script(path, source, home / ".bashrc", f"source {shlex.quote(str(path))}"), str(path))
    if shell == "zsh":
        if everybody:
            found = Script(Path("/usr/local/share/zsh/site-functions/_pushdoc"), source)
            return _unless_named(
                found._replace(file=home / ".zshrc", line="autoload -Uz compinit && compinit"), "compinit"
            )
        found = Script(home / ".zfunc/_pushdoc", source, home / ".zshrc")
        return _unless_named(
            found._replace(line="fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit"), ".zfunc"
        )
    own = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return Script((Path("/etc") if everybody else own) / "fish/completions/pushdoc.fish", source)


def _unless_named(found: Script, word: str) -> Script:
    """Without the line where the shell's own file has it already, or something like it."""
    if found.file is not None and found.file.exists() and word in found.file.read_text("utf-8", "replace"):
        return found._replace(file=None, line="")
    return found


def install(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:  # noqa: FBT001 -- click's signature
    """Write the script where the shell looks, say what is left to do, and end."""
    if not asked or context.resilient_parsing:
        return
    found = script(context.command, os.environ, everybody=os.geteuid() == 0)
    try:
        found.path.parent.mkdir(parents=True, exist_ok=True)
        found.path.write_text(found.text, "utf-8")
    except OSError as error:
        values = {"path": str(found.path), "error": error.strerror or ""}
        raise PushdocError(Phrase("service.step_failed", values)) from None
    click.echo(text("service.completion.done", path=str(found.path)))
    if found.file is not None:
        click.echo(text("service.completion.line", file=str(found.file), line=found.line))
    click.echo(text("service.completion.next"))
    context.exit()


def rules(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """The names of rules that begin like this."""
    return _offered(context, typed, lambda frame: [(rule.name, str(rule.drop)) for rule in frame.plan.rules.rule])


def clients(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """The folders of clients that begin like this."""
    return _offered(context, typed, lambda frame: [(client.folder, client.siret) for client in frame.plan.clients])


def documents(*states: State) -> Completer:
    """Completes the numbers of documents in these states, each with its name."""

    def complete(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        chosen = {str(number) for number in context.params.get("ids") or ()}
        offered = _offered(context, typed, lambda frame: _numbers(frame, states))
        return [item for item in offered if item.value not in chosen]

    return complete


def _numbers(frame: Frame, states: Collection[State]) -> list[tuple[str, str]]:
    with frame.history() as history:
        if history is None:
            return []
        found = history.documents(state=states, latest_first=True, limit=_OFFERED)
        return [(str(one.id), f"{one.client}: {one.name}") for one in found]


def _offered(
    context: click.Context, typed: str, ask: Callable[[Frame], list[tuple[str, str]]]
) -> list[CompletionItem[str]]:
    """What `ask` knows that begins with what was typed; nothing where the rules or the ledger cannot be read.

    A name that cannot be shown as it is cannot be typed either: scripts take one line for one name.
    """
    config = context.find_root().params.get("config")
    try:
        known = ask(Frame(config))
    except (PushdocError, OSError):
        return []
    return [
        CompletionItem(name, help=visible(told))
        for name, told in known
        if name.startswith(typed) and visible(name) == name
    ]
