"""The daily mail, shown or sent by hand."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pushdoc.cli.frame import Frame, pass_frame, text
from pushdoc.errors import ConfigurationError, ExitCode, PushdocError, WrongUseError
from pushdoc.words import Phrase, say, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushdoc.ledger import History, MailNote
    from pushdoc.tell.mail.digest import Addressee

#: What our HTML begins with, and nobody else's: such a file may be replaced.
_OURS = '<meta name="generator" content="pushdoc">'


@click.command(help=text("digest.help"))
@click.option("--preview", is_flag=True, help=text("digest.help.preview"))
@click.option("--send", is_flag=True, help=text("digest.help.send"))
@click.option("--to", metavar="NAME|ADDRESS", help=text("digest.help.to"))
@pass_frame
def digest(frame: Frame, to: str | None, *, preview: bool, send: bool) -> None:
    """What the next digest says; exit code 69 where the mail server does not take it now, 1 where it refuses."""
    from pushdoc.journey.addressees import addressees

    if preview and send:
        raise WrongUseError(Phrase("digest.one_only"))
    people = addressees(frame.plan.rules)
    if to is not None:
        people = _meant(to, people)
    if send:
        click.get_current_context().exit(int(_send(frame, people)))
    with frame.history() as history:
        if history is None:
            frame.tell(Phrase("tell.no_ledger", {"path": str(frame.plan.rules.ledger.path)}))
            return
        if not people:
            frame.tell(Phrase("digest.nobody"))
        _show(frame, history, people or [_everybody(frame)], preview=preview)


def _meant(sought: str, people: Sequence[Addressee]) -> list[Addressee]:
    """Whoever has this name or this address.

    Raises:
        WrongUseError: nobody who gets the digest has.
    """
    wanted = sought.casefold()
    found = [one for one in people if wanted in {one.name.casefold(), one.email.casefold()}]
    if people and not found:
        raise WrongUseError(Phrase("digest.no_such_person", {"sought": sought, "names": [one.name for one in people]}))
    return found


def _everybody(frame: Frame) -> Addressee:
    from pushdoc.tell.mail.digest import Addressee

    return Addressee(frame.say("digest.everybody"), "", lambda _client: True)


def _show(frame: Frame, history: History, people: Sequence[Addressee], *, preview: bool) -> None:
    from pushdoc.tell.mail.digest import digest as digest_of
    from pushdoc.tell.mail.letter import worded

    rules = frame.plan.rules
    upto = history.telling().upto
    files = _files(people)
    for number, one in enumerate(people):
        after = history.told_upto(one.email)
        now, names = frame.clock.now(), list(rules.destination)
        told = digest_of(history, one, frame.reader, after=after, upto=upto, now=now, destinations=names)
        words = worded(told, frame.reader, rules.digest.templates)
        if number:
            click.echo(f"\n{'═' * 72}\n")
        if one.email:
            click.echo(frame.say("digest.to", name=one.name, email=one.email))
        click.echo(frame.say("digest.subject.line", subject=words.subject))
        click.echo(f"\n{words.text}", nl=False)
        if preview and words.html is not None:
            _write(files[number], words.html)
            click.echo(f"\n{frame.say('digest.written', path=str(files[number]))}")
        elif preview:
            frame.tell(Phrase("digest.no_html"))


def _files(people: Sequence[Addressee]) -> list[Path]:
    """A file's name for each, made of letters that every system takes."""
    names: list[Path] = []
    for one in people:
        bare = unicodedata.normalize("NFKD", one.name).encode("ascii", "ignore").decode().lower()
        stem = "digest-" + (re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60] or "x")
        beside = sum(known.stem == stem or known.stem.startswith(f"{stem}-") for known in names)
        names.append(Path.cwd() / f"{stem}-{beside + 1}.html" if beside else Path.cwd() / f"{stem}.html")
    return names


def _write(path: Path, html: str) -> None:
    """Write a preview; one of an earlier day may lie there.

    Raises:
        WrongUseError: somebody else's file does.
    """
    try:
        if os.path.lexists(path) and (path.is_symlink() or _OURS not in path.read_text("utf-8", "replace")[:2000]):
            raise WrongUseError(Phrase("digest.foreign_file", {"path": str(path)}))
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise PushdocError(Phrase("digest.not_written", {"path": str(path), "error": said})) from error


def _send(frame: Frame, people: Sequence[Addressee]) -> ExitCode:
    """Send everybody's digest and say what has become of each."""
    from pushdoc.ledger import MailState
    from pushdoc.wiring import mailing_of

    if frame.plan.rules.mail is None:
        raise ConfigurationError(Phrase("digest.no_mail"))
    if not people:
        raise ConfigurationError(Phrase("digest.no_readers"))
    wanted = {one.email for one in people}
    with frame.ledger() as ledger:
        latest = ((one.email, ledger.mails.latest(one.email)) for one in people)
        # One that only waits is made anew in its place, and keeps its number.
        before = {email: note.id for email, note in latest if note and note.state is MailState.SENT}
        mailing = mailing_of(frame.plan, ledger, frame.clock, patient=False)
        assert mailing is not None
        noted = mailing.send_now(lambda one: one.email in wanted, even_quiet=True)
    notes = {one.email: note for one, note in noted}
    codes = [_became(frame, one, notes.get(one.email), before.get(one.email)) for one in people]
    return max(codes, key=lambda code: (code is not ExitCode.FINE, code is ExitCode.UNREACHABLE))


def _became(frame: Frame, one: Addressee, note: MailNote | None, before: int | None) -> ExitCode:
    from pushdoc.ledger import MailState

    state = None if note is None else note.state
    if note is None or (note.id == before and state is MailState.SENT):
        kind, code = "failed", ExitCode.NEEDS_A_PERSON
    else:
        kind, code = {
            MailState.SENT: ("sent", ExitCode.FINE),
            MailState.SENDING: ("sending", ExitCode.FINE),
            MailState.WAITING: ("waits", ExitCode.UNREACHABLE),
            MailState.UNCERTAIN: ("uncertain", ExitCode.UNREACHABLE),
        }.get(note.state, ("refused", ExitCode.NEEDS_A_PERSON))
    rules = frame.plan.rules
    reason = say(note.reason, rules.language, rules.zone) if note and note.reason else "?"
    when = note.next_attempt if note else None
    values = {"name": visible(one.name), "email": one.email, "reason": reason, "next": when}
    click.echo(say(Phrase(f"digest.{kind}", values), rules.language, rules.zone))
    return code


COMMANDS = (digest,)
