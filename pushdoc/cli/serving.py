"""Commands that make pushdoc a service of the machine: service show, install, uninstall."""

from __future__ import annotations

import grp
import pwd
import re
from typing import TYPE_CHECKING

import click

from pushdoc.cli.frame import Frame, pass_frame, text
from pushdoc.errors import ExitCode, PushdocError
from pushdoc.service import Places, filled, installing, kept, needs_of, obstacles, shipped, uninstalling
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pushdoc.service import Needs, Step

_USUAL = "pushdoc"
_PLACES = Places()


class _Account(click.ParamType[str, str]):
    """The name of a user or a group, as useradd takes it or a directory server calls people."""

    name = "name"
    _form = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?")

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was given."""
        if not self._form.fullmatch(value):
            self.fail(text("service.user_wrong", name=value), param, ctx)
        return value


_user = click.option("--user", type=_Account(), metavar="NAME", help=text("service.option.user"))
_groups = click.option(
    "--group", "groups", type=_Account(), metavar="NAME", multiple=True, help=text("service.option.group")
)
_dry_run = click.option("--dry-run", is_flag=True, help=text("service.option.dry_run"))


@click.group(help=text("service"))
def service() -> None:
    """The group itself does nothing."""


@service.command(help=text("service.show"))
@_user
@_groups
@pass_frame
def show(frame: Frame, user: str | None, groups: tuple[str, ...]) -> None:
    """The unit as `install` would write it."""
    click.echo(_unit(_needs(frame, user, groups)), nl=False)


@service.command(help=text("service.install"))
@_user
@_groups
@click.option("--force", is_flag=True, help=text("service.option.force"))
@_dry_run
@pass_frame
def install(frame: Frame, user: str | None, groups: tuple[str, ...], *, force: bool, dry_run: bool) -> None:
    """Step after step; exit code 1 where something stands in the way, else the one of the check that failed."""
    needs = _needs(frame, user, groups)
    unit = _unit(needs)
    page = shipped("pushdoc.1" if frame.language == "fr" else "pushdoc.en.1")
    _refuse(frame, obstacles(_PLACES, needs), dry_run=dry_run)
    _take(frame, installing(needs, unit, page, _PLACES, force=force), dry_run=dry_run)
    if not dry_run:
        click.echo(frame.say("service.installed"))


@service.command(help=text("service.uninstall"))
@_dry_run
@pass_frame
def uninstall(frame: Frame, *, dry_run: bool) -> None:
    """The same the other way; what documents, secrets and rules are kept in stays."""
    try:
        plan = frame.plan
        left = [plan.file, plan.rules.ledger.path, plan.file.parent / "credentials"]
    except PushdocError:  # rules that are broken, or gone, are no reason to go on running
        left = []
    _refuse(frame, obstacles(_PLACES), dry_run=dry_run)
    if not _take(frame, uninstalling(_PLACES), dry_run=dry_run):
        click.echo(frame.say("service.nothing"))
    if stays := [str(path) for path in left if path.exists()]:
        click.echo(frame.say("service.stays", paths=stays))


def _needs(frame: Frame, user: str | None, groups: tuple[str, ...]) -> Needs:
    """What the service needs, as the user and groups that are asked for, or installed, or usual."""
    installed = _PLACES.unit
    known = kept(installed.read_text("utf-8", "replace")) if installed.exists() else (None, ())
    user = user or known[0] or _USUAL
    return needs_of(frame.plan, user, _group_of(user), groups or known[1])


def _group_of(user: str) -> str:
    """A user's own group; of one that is still to be made, the one that is made with it."""
    try:
        return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    except KeyError:
        return user


def _unit(needs: Needs) -> str:
    return filled(shipped("pushdoc.service"), needs)


def _refuse(frame: Frame, found: Iterable[Phrase], *, dry_run: bool) -> None:
    """Tell what stands in the way, and end there; where nothing is changed, only tell it."""
    told = list(found)
    for phrase in told:
        frame.tell(phrase)
    if told and not dry_run:
        click.get_current_context().exit(int(ExitCode.NEEDS_A_PERSON))


def _take(frame: Frame, steps: Iterable[Step], *, dry_run: bool) -> int:
    """Say and do each step; how many there were.

    Raises:
        PushdocError: one could not be done; none follows.
    """
    taken = 0
    try:
        for step in steps:
            taken += 1
            click.echo(f"• {frame.say(step.phrase.code, **step.phrase.values)}")
            if not dry_run:
                step.act()
    except OSError as error:
        values = {"path": str(error.filename or ""), "error": error.strerror or type(error).__name__}
        raise PushdocError(Phrase("service.step_failed", values)) from None
    if dry_run:
        click.echo(frame.say("service.dry_run"))
    return taken


COMMANDS = (service,)
