"""The command that tells how everything stands: status, once or again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli.frame import Frame, as_line, pass_frame, print_json, print_lines, text
from pushdoc.cli.standing import standing
from pushdoc.errors import ExitCode, PushdocError
from pushdoc.states import State
from pushdoc.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.cli.standing import Standing


@click.command(help=text("cli.status"))
@click.option("--json", "as_json", is_flag=True, help=text("cli.json"))
@click.option("--watch", is_flag=True, help=text("cli.status.watch"))
@pass_frame
def status(frame: Frame, *, as_json: bool, watch: bool) -> None:
    """How everything stands; exit code 1 when something needs a person."""
    if watch:
        from pushdoc.cli.terminal import renewing

        renewing(_Renewed(frame, as_json=as_json).lines, frame.clock)
        return
    now = standing(frame)
    told, attention = _asked(frame, now)
    if attention is None:
        frame.tell(_nothing_yet(now))
    if as_json:
        print_json(told)
    else:
        print_lines(_lines(now, told, attention))
    if now.broken is not None:
        raise now.broken
    needs_a_person = told["documents"]["non_transmis"] or told["clients"]["unmapped"] or told["daemon"]["rules_refused"]
    down = any(destination["state"] == "down" for destination in told["destinations"])
    refused = told["mail"] is not None and told["mail"]["refused"]
    code = ExitCode.NEEDS_A_PERSON if needs_a_person or down or refused else ExitCode.FINE
    click.get_current_context().exit(int(code))


class _Renewed:
    """The same answer again and again; the rules are read anew when their file is another."""

    def __init__(self, frame: Frame, *, as_json: bool) -> None:
        self._frame = frame
        self._as_json = as_json
        self._read: object = None

    def lines(self) -> Iterator[str]:
        """How everything stands now; what stands in the way of an answer is one."""
        try:
            self._look_at_the_rules()
            now = standing(self._frame)
            told, attention = _asked(self._frame, now)
        except PushdocError as error:
            yield self._frame.say("cli.status.no_answer", reason=say(error.phrase, self._frame.language))
            return
        if self._as_json:
            yield as_line(told)
            return
        if attention is None:
            yield self._frame.say(_nothing_yet(now).code, **_nothing_yet(now).values)
        yield from _lines(now, told, attention)

    def _look_at_the_rules(self) -> None:
        file = self._frame.file
        found = file.stat() if file.exists() else None
        changed = found and (found.st_mtime_ns, found.st_size, found.st_ino)
        if changed != self._read:
            self._frame = Frame(file)
            self._read = changed


def _asked(frame: Frame, now: Standing) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
    """How everything stands, and the latest documents that need a person; None for these where there is no ledger."""
    from pushdoc.ledger import holder
    from pushdoc.tell import MOST_SHOWN, document
    from pushdoc.tell import status as told_status

    with frame.history(now.ledger) as history:
        told = told_status(
            history,
            now.reader,
            now=frame.clock.now(),
            holder=holder(now.ledger),
            rules=now.rules,
            destinations=now.destinations,
            enabled=now.enabled,
        )
        if history is None:
            return told, None
        latest = history.documents(state=State.NON_TRANSMIS, latest_first=True, limit=MOST_SHOWN)
        return told, [document(one, now.reader) for one in latest]


def _lines(now: Standing, told: dict[str, Any], attention: list[dict[str, Any]] | None) -> Iterator[str]:
    from pushdoc.cli.terminal import screen
    from pushdoc.tell import status_lines

    return status_lines(told, attention or [], now.reader, screen())


def _nothing_yet(now: Standing) -> Phrase:
    return Phrase("tell.no_ledger", {"path": str(now.ledger)})


COMMANDS = (status,)
