"""Commands by which a person decides: retry, ack, release, reject."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pushdoc.cli import completing
from pushdoc.cli.frame import Frame, pass_frame, text
from pushdoc.errors import ExitCode, PushdocError
from pushdoc.states import OvertakenError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pushdoc.document import Document
    from pushdoc.ledger import Ledger

#: The largest number that a ledger can hold.
_id = click.IntRange(1, 2**63 - 1)
_reason = click.option("--reason", metavar="TEXT", required=True, help=text("cli.reason"))


def _ids(*states: State, required: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Numbers of documents; a shell offers those in these states."""
    offered = completing.documents(*states)
    return click.argument("ids", metavar="ID…", type=_id, nargs=-1, required=required, shell_complete=offered)


@click.command(help=text("cli.retry"))
@_ids(State.NON_TRANSMIS, required=False)
@click.option("--client", shell_complete=completing.clients, help=text("cli.retry.client"))
@click.option("--all", "everything", is_flag=True, help=text("cli.retry.all"))
@click.option("--force", is_flag=True, help=text("cli.retry.force"))
@pass_frame
def retry(frame: Frame, ids: tuple[int, ...], client: str | None, *, everything: bool, force: bool) -> None:
    """« Non transmis » → waiting, by number, by client, or all."""
    from pushdoc.journey import decisions
    from pushdoc.journey.heirs import Heirs

    if bool(ids) + (client is not None) + everything != 1:
        raise click.UsageError(frame.say("cli.retry.which"))

    def chosen(ledger: Ledger) -> list[Document]:
        if ids:
            return [ledger.get(number) for number in ids]
        return [
            document
            for document in ledger.in_states(State.NON_TRANSMIS)
            if everything or document.client == client
        ]  # fmt: skip

    heirs = Heirs(frame.plan.rules, frame.plan.clients)

    def decide(ledger: Ledger, document: Document) -> Phrase | None:
        return decisions.retry(ledger, document, frame.clock, force=force, rules=frame.plan.rules, heirs=heirs)

    _decide(frame, chosen, decide, "cli.retry.done")


@click.command(help=text("cli.ack"))
@_ids(State.NON_TRANSMIS)
@_reason
@pass_frame
def ack(frame: Frame, ids: tuple[int, ...], reason: str) -> None:
    """Documents that leave the lists and stay in the history."""
    from pushdoc.journey import decisions

    _decide(frame, _by_number(ids), lambda ledger, one: decisions.acknowledge(ledger, one, reason), "cli.ack.done")


@click.command(help=text("cli.release"))
@_ids(State.HELD)
@pass_frame
def release(frame: Frame, ids: tuple[int, ...]) -> None:
    """Held documents that may be sent."""
    from pushdoc.journey import decisions
    from pushdoc.journey.heirs import Heirs

    heirs = Heirs(frame.plan.rules, frame.plan.clients)

    def decide(ledger: Ledger, document: Document) -> Phrase | None:
        return decisions.release(ledger, document, frame.clock, heirs)

    _decide(frame, _by_number(ids), decide, "cli.release.done")


@click.command(help=text("cli.reject"))
@_ids(State.HELD)
@_reason
@pass_frame
def reject(frame: Frame, ids: tuple[int, ...], reason: str) -> None:
    """Held documents that are never sent."""
    from pushdoc.journey import decisions

    _decide(frame, _by_number(ids), lambda ledger, one: decisions.reject(ledger, one, reason), "cli.reject.done")


def _by_number(ids: Sequence[int]) -> Callable[[Ledger], list[Document]]:
    return lambda ledger: [ledger.get(number) for number in ids]


def _decide(
    frame: Frame,
    choose: Callable[[Ledger], list[Document]],
    decide: Callable[[Ledger, Document], Phrase | None],
    done: str,
) -> None:
    """Carry out a decision for each document; what cannot be is told, and the others go on."""
    decided, code = 0, ExitCode.FINE
    with frame.ledger() as ledger:
        for document in choose(ledger):
            try:
                refused = decide(ledger, document)
            except OvertakenError:
                refused = Phrase("decisions.overtaken", {"id": document.id})
            except PushdocError as error:
                refused = error.phrase
            if refused is None:
                decided += 1
            else:
                frame.tell(refused)
                code = ExitCode.NEEDS_A_PERSON
    click.echo(frame.say(done, count=decided))
    click.get_current_context().exit(int(code))


COMMANDS = (retry, ack, release, reject)
