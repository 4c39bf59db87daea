"""Completion by Tab: what fits, and what real shells make of it."""

from __future__ import annotations

import json
import os
import pty
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from office import CLIENT, entry
from service.firm import until

from pushdoc.cli.completing import script
from pushdoc.cli.main import commands
from pushdoc.errors import WrongUseError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger

    Offered = Callable[..., list[str]]

#: A name that a shell must quote in more than one way.
HARD = "SCI l'Orée, Martin & fils * $HOME"


@pytest.fixture
def offered(firm: Firm, typed: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> Offered:
    """What is offered for the last of these words, which is just being typed."""

    def offered(*words: str) -> list[str]:
        words = ("-c", str(firm.rules), *words)
        monkeypatch.setenv("_PUSHDOC_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", shlex.join(["pushdoc", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        told = typed()
        assert (told.code, told.err) == (0, "")
        return [line.partition(",")[2] for line in told.lines if line]

    return offered


def add_clients(firm: Firm, *names: str) -> None:
    with (firm.home / "dossiers.csv").open("a", encoding="utf-8") as table:
        table.writelines(f'"{name}";{firm.sirets[firm.names[0]]}\n' for name in names)


def test_commands_and_states_are_offered(offered: Offered) -> None:
    assert offered("re") == ["retry", "release", "reject", "reconcile"]
    assert offered("ledger", "b") == ["backup"]
    assert offered("list", "--state", "w") == ["waiting", "withdrawn"]


def test_rules_and_clients_of_the_firm_are_offered(firm: Firm, offered: Offered) -> None:
    assert offered("list", "--rule", "") == ["Achats", "Ventes", "Frais"]
    assert offered("list", "--client", "Client 0") == firm.names
    assert offered("retry", "--client", "Client 001") == ["Client 001"]


def test_documents_that_wait_for_a_decision_are_offered_for_it(ledger: Ledger, offered: Offered) -> None:
    refused = Phrase("inqom.too_large")
    failed = [str(ledger.enter(entry(f"{n}.pdf", client=CLIENT, refused=refused)).id) for n in range(2)]
    held = str(ledger.enter(entry("held.pdf", hold=True)).id)

    assert offered("retry", "") == failed[::-1]  # the latest first, as in lists
    assert offered("ack", failed[0], "") == failed[1:]
    assert offered("release", "") == offered("reject", "") == [held]
    assert offered("show", "") == [held, *failed[::-1]]


def test_names_that_cannot_be_shown_are_not_offered(firm: Firm, offered: Offered) -> None:
    add_clients(firm, HARD, "Client 1\u202egnp", "Client 1\x1b[31m")

    assert offered("list", "--client", "Client 1") == []
    assert offered("list", "--client", "SCI") == [HARD]


def test_where_the_rules_cannot_be_read_nothing_is_offered_and_nothing_is_said(firm: Firm, offered: Offered) -> None:
    firm.rules.write_text("[")
    assert offered("list", "--rule", "") == []
    firm.rules.unlink()
    assert offered("retry", "") == []


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", ".local/share/bash-completion/completions/pushdoc"),
        ("zsh", ".zfunc/_pushdoc"),
        ("fish", ".config/fish/completions/pushdoc.fish"),
    ],
)
def test_the_script_lies_where_its_shell_looks(tmp_path: Path, shell: str, place: str) -> None:
    environ = {"SHELL": f"/usr/bin/{shell}", "HOME": str(tmp_path)}

    assert script(commands, environ, everybody=False).path == tmp_path / place
    assert tmp_path not in script(commands, environ, everybody=True).path.parents


def test_what_the_shells_own_file_lacks_is_said_and_only_then(tmp_path: Path) -> None:
    environ = {"SHELL": "/usr/bin/zsh", "HOME": str(tmp_path)}
    found = script(commands, environ, everybody=False)
    assert found.file == tmp_path / ".zshrc"
    (tmp_path / ".zshrc").write_text(found.line)

    assert script(commands, environ, everybody=False).file is None


@pytest.mark.parametrize("shell", ["/bin/dash", "", "/usr/bin/powershell"])
def test_a_shell_without_completion_is_told_so(shell: str) -> None:
    with pytest.raises(WrongUseError):
        script(commands, {"SHELL": shell}, everybody=False)


def test_it_is_installed_by_one_command(
    typed: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    for name, value in {"SHELL": "/usr/bin/fish", "HOME": str(tmp_path), "XDG_CONFIG_HOME": ""}.items():
        monkeypatch.setenv(name, value)
    told = typed("--install-completion")
    file = tmp_path / ".config" / "fish" / "completions" / "pushdoc.fish"

    assert (told.code, told.err) == (0, "")
    assert str(file) in told.out
    assert "_PUSHDOC_COMPLETE" in file.read_text("utf-8")


#: How each shell is started without anybody's settings, and told to read the script.
SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], "source {script}"),
    "zsh": (["-f", "-i"], "autoload -Uz compinit; compinit -u -D; source {script}"),
    "fish": (["--no-config", "-i"], "source {script}"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_name_that_is_completed_is_one_word_for_a_real_shell(firm: Firm, tmp_path: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here (Debian: {shell})")
    add_clients(firm, HARD)
    given = tmp_path / "given"
    # Answers what the shell asks; called otherwise, it only notes the words that it was given.
    program = tmp_path / "bin" / "pushdoc"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        'if "_PUSHDOC_COMPLETE" in os.environ:\n    from pushdoc.cli import main\n    main([])\n'
        f'open({str(given)!r} + ".part", "w").write(json.dumps(sys.argv[1:]))\n'
        f'os.rename({str(given)!r} + ".part", {str(given)!r})\n'
    )
    program.chmod(0o755)
    (tmp_path / "script").write_text(script(commands, {"SHELL": shell, "HOME": "/"}, everybody=False).text)
    arguments, read = SHELLS[shell]
    environment = {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "PUSHDOC_RULES": str(firm.rules),
    }
    keyboard, screen = pty.openpty()
    # setsid -c: fish ends where the terminal is not its own.
    words = ["setsid", "-c", "-w", shell, *arguments]
    with subprocess.Popen(words, stdin=screen, stdout=screen, stderr=screen, env=environment) as process:
        os.close(screen)
        try:
            os.write(keyboard, f"{read.format(script=tmp_path / 'script')}\n".encode())
            os.write(keyboard, b"pushdoc list --client SCI\t\n")
            os.set_blocking(keyboard, False)
            until(lambda: _screen(keyboard) is None and given.exists(), "the command was typed")
        finally:
            process.kill()
            os.close(keyboard)

    assert json.loads(given.read_text()) == ["list", "--client", HARD]


def _screen(keyboard: int) -> bytes | None:
    """What is new on the screen, taken away so that the shell can write on; None where nothing is."""
    with suppress(BlockingIOError):
        return os.read(keyboard, 65536)
    return None
