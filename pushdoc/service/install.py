"""The steps that make pushdoc a service of this machine, and those that take it away: each said before it is done.

A step that has nothing to do is none, so that a second installation goes on where the first one ended. Rules, secrets
and ledger are never removed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pushdoc.errors import ExitCode, PushdocError
from pushdoc.service.unit import FIRST_LINE, STATE, surroundings
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pushdoc.service.needs import Needs
    from pushdoc.service.places import Places

_UNIT = "pushdoc.service"


@dataclass(frozen=True, slots=True)
class Step:
    """One change to the machine: what is said of it, and the doing."""

    phrase: Phrase
    act: Callable[[], None]


class StepError(PushdocError):
    """A step that could not be done; those before it were."""

    def __init__(self, phrase: Phrase, exit_code: ExitCode = ExitCode.NEEDS_A_PERSON) -> None:
        super().__init__(phrase)
        self.exit_code = exit_code


def obstacles(places: Places, needs: Needs | None = None) -> Iterator[Phrase]:
    """What stands in the way of changing this machine, or of the service that `needs` describes."""
    if os.geteuid() != 0:
        yield Phrase("service.not_root")
    if not places.booted.is_dir() or shutil.which("systemctl") is None:
        yield Phrase("service.no_systemd")
    if places.unit.exists() and not places.unit.read_text("utf-8", "replace").startswith(FIRST_LINE):
        yield Phrase("service.foreign_unit", {"path": str(places.unit)})
    if needs is None:
        return
    for file in needs.credentials:
        # Not a word where it cannot be seen: that is what "not root" is about.
        if os.geteuid() == 0 and not file.exists():
            yield Phrase("service.no_credential", {"name": file.name, "path": str(file)})
    for name in needs.environment:
        yield Phrase("service.secret_in_environment", {"name": name})


def installing(needs: Needs, unit: str, page: str, places: Places, *, force: bool) -> Iterator[Step]:
    """The steps that install the unit and start it; `force` starts it also where `check` finds a fault.

    Each is made when the one before has been done, for it depends on what is there then.
    """
    if not _there(needs.user):
        yield _run("service.make_user", _useradd(needs.user))
    for folder in dict.fromkeys(file.parent for file in needs.credentials):
        yield from _folder(folder, 0o700)
    if needs.ledger.parent != STATE and not needs.ledger.parent.exists():
        yield from _folder(needs.ledger.parent, 0o750)
    yield from _belongings(needs)
    yield _check(needs, unit, force=force)
    yield from _text(places.unit, unit)
    yield from _text(places.page, page)
    if not os.path.lexists(places.program) and len(needs.program) == 1:
        values = {"path": str(places.program), "target": needs.program[0]}
        yield Step(Phrase("service.link", values), lambda: _link(places.program, needs.program[0]))
    yield _run("service.reload", ("systemctl", "daemon-reload"))
    yield _run("service.enable", ("systemctl", "enable", "--quiet", _UNIT))
    # Not `enable --now`: an upgrade finds it running, with the old unit.
    yield _run("service.start", ("systemctl", "restart", _UNIT))


def uninstalling(places: Places) -> Iterator[Step]:
    """The steps that stop the service and take it away; its user stays, and pushdoc as a command."""
    if places.unit.exists():
        yield _run("service.stop", ("systemctl", "disable", "--quiet", "--now", _UNIT))
        yield _remove(places.unit)
        yield _run("service.reload", ("systemctl", "daemon-reload"))
    if places.page.exists():
        yield _remove(places.page)


def _there(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _useradd(user: str) -> tuple[str, ...]:
    home = ("--home-dir", str(STATE), "--no-create-home", "--shell", "/usr/sbin/nologin")
    return ("useradd", "--system", "--user-group", *home, user)


def _folder(path: Path, mode: int) -> Iterator[Step]:
    """A folder of a mode; one that is there with another mode gets it."""
    if not path.is_dir() or stat.S_IMODE(path.stat().st_mode) != mode:
        phrase = Phrase("service.make_folder", {"path": str(path), "mode": f"{mode:04o}"})

        def make() -> None:
            path.mkdir(mode, parents=True, exist_ok=True)
            path.chmod(mode)

        yield Step(phrase, make)


def _belongings(needs: Needs) -> Iterator[Step]:
    """What root made by an `init` or a `once`, and the service must write, or alone may read: given to its user."""
    # A file that has a second name, or is a link, may be somebody else's under this one.
    files = [file for file in needs.belongings if _is_alone(file)]
    folders = [
        folder
        for folder in dict.fromkeys(file.parent for file in needs.belongings)
        # Somebody else's things may lie there, too: then it stays theirs, and `check` says what is missing.
        if folder.is_dir() and set(folder.iterdir()) <= set(needs.belongings)
    ]
    for path in (*folders, *files):
        if not _there(needs.user) or path.stat().st_uid != pwd.getpwnam(needs.user).pw_uid:
            phrase = Phrase("service.give", {"path": str(path), "user": needs.user})
            yield Step(phrase, partial(_give, path, needs.user))


def _is_alone(file: Path) -> bool:
    with suppress(FileNotFoundError, NotADirectoryError):
        status = file.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_nlink == 1
    return False


def _give(path: Path, user: str) -> None:
    account = pwd.getpwnam(user)
    # Whoever puts a link there meanwhile is not given what it leads to.
    os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _check(needs: Needs, unit: str, *, force: bool) -> Step:
    """`check` as the service will run: as its user, with its secrets, in its sandbox."""
    properties = [f"--property={line}" for line in (*surroundings(unit), "RuntimeMaxSec=10min")]
    surrounding = ("systemd-run", "--quiet", "--pipe", "--wait", "--collect", *properties)
    command = (*needs.program, "-c", str(needs.rules), "check", "--offline")

    def check() -> None:
        code = _exit_code((*surrounding, *command))
        if code and not force:
            known = code in set(ExitCode)
            raise StepError(Phrase("service.check_failed"), ExitCode(code) if known else ExitCode.NEEDS_A_PERSON)

    return Step(Phrase("service.check", {"user": needs.user, "command": " ".join(command)}), check)


def _text(path: Path, text: str) -> Iterator[Step]:
    if not path.exists() or path.read_text("utf-8", "replace") != text:
        yield Step(Phrase("service.write", {"path": str(path)}), lambda: _write(path, text))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8")
    part.chmod(0o644)
    part.replace(path)


def _link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _remove(path: Path) -> Step:
    return Step(Phrase("service.remove", {"path": str(path)}), lambda: path.unlink(missing_ok=True))


def _run(code: str, command: tuple[str, ...]) -> Step:
    said = " ".join(command)

    def run() -> None:
        if ended := _exit_code(command):
            raise StepError(Phrase("service.command_failed", {"command": said, "code": ended}))

    return Step(Phrase(code, {"command": said}), run)


def _exit_code(command: tuple[str, ...]) -> int:
    """How a command ends; what it says goes to the screen."""
    try:
        return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode  # noqa: S603 -- our own words
    except OSError as error:
        raise StepError(
            Phrase("service.command_missing", {"command": command[0], "error": error.strerror or ""})
        ) from None
