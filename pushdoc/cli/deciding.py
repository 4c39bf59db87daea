"""Commands by which a person decides: retry, ack, release, reject."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pushdoc.cli import completing
from pushdoc.cli.frame import Frame, pass_frame, print_lines, text
from pushdoc.cli.meant import clients_meant
from pushdoc.cli.outlook import going, put_aside
from pushdoc.errors import ExitCode, PushdocError
from pushdoc.states import OvertakenError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pushdoc.document import Document
    from pushdoc.ledger import Ledger

    Choice = Callable[[Ledger], list[Document]]
    #: What happens next, told of each document as it was and as it is now.
    Outlook = Callable[[Ledger, Sequence[tuple[Document, Document]]], Iterator[str]]

#: The largest number that a ledger can hold.
_id = click.IntRange(1, 2**63 - 1)
_reason = click.option("--reason", metavar="TEXT", required=True, help=text("cli.reason"))


def _ids(*states: State, required: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Numbers of documents; a shell offers those in these states."""
    offered = completing.documents(*states)
    return click.argument("ids", metavar="ID…", type=_id, nargs=-1, required=required, shell_complete=offered)


def _which(command: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Options by which a person names all « Non transmis » of some clients, or all there are."""

    def add(function: Callable[..., None]) -> Callable[..., None]:
        everything = click.option("--all", "everything", is_flag=True, help=text(f"cli.{command}.all"))(function)
        told = text("cli.decide.client")
        client = click.option(
            "--client", "clients", metavar="C", multiple=True, shell_complete=completing.clients, help=told
        )
        return client(everything)

    return add


@click.command(help=text("cli.retry"))
@_ids(State.NON_TRANSMIS, required=False)
@_which("retry")
@click.option("--force", is_flag=True, help=text("cli.retry.force"))
@pass_frame
def retry(frame: Frame, ids: tuple[int, ...], clients: tuple[str, ...], *, everything: bool, force: bool) -> None:
    """« Non transmis » → waiting, by number, by client, or all."""
    from pushdoc.journey import decisions
    from pushdoc.journey.heirs import Heirs

    chosen = _chosen(frame, ids, clients, everything=everything)
    heirs = Heirs(frame.plan.rules, frame.plan.clients)

    def decide(ledger: Ledger, document: Document) -> Phrase | None:
        return decisions.retry(ledger, document, frame.clock, force=force, rules=frame.plan.rules, heirs=heirs)

    _decide(frame, chosen, decide, "cli.retry.done", _leave(frame))


@click.command(help=text("cli.ack"))
@_ids(State.NON_TRANSMIS, required=False)
@_which("ack")
@_reason
@pass_frame
def ack(frame: Frame, ids: tuple[int, ...], clients: tuple[str, ...], reason: str, *, everything: bool) -> None:
    """Documents that leave the lists and stay in the history."""
    from pushdoc.journey import decisions

    def decide(ledger: Ledger, document: Document) -> Phrase | None:
        return decisions.acknowledge(ledger, document, reason)

    chosen = _chosen(frame, ids, clients, everything=everything)
    _decide(frame, chosen, decide, "cli.ack.done", lambda _ledger, _decided: put_aside(frame))


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

    _decide(frame, _by_number(ids), decide, "cli.release.done", _leave(frame))


@click.command(help=text("cli.reject"))
@_ids(State.HELD)
@_reason
@pass_frame
def reject(frame: Frame, ids: tuple[int, ...], reason: str) -> None:
    """Held documents that are never sent."""
    from pushdoc.journey import decisions

    _decide(frame, _by_number(ids), lambda ledger, one: decisions.reject(ledger, one, reason), "cli.reject.done")


def _chosen(frame: Frame, ids: Sequence[int], clients: Sequence[str], *, everything: bool) -> Choice:
    """The documents that were named in one of three ways."""
    if bool(ids) + bool(clients) + everything != 1:
        raise click.UsageError(frame.say("cli.decide.which"))
    if ids:
        return _by_number(ids)

    def chosen(ledger: Ledger) -> list[Document]:
        refused = ledger.in_states(State.NON_TRANSMIS)
        if everything:
            nobody = Phrase("outlook.none")
        else:
            # A client that is in no table any more may have left documents behind.
            known = dict.fromkeys([*(one.folder for one in frame.plan.clients), *(one.client for one in refused)])
            meant = clients_meant(clients, known)
            refused = [one for one in refused if one.client in meant]
            nobody = Phrase("outlook.none_of", {"clients": meant})
        if not refused:
            frame.tell(nobody)
        return refused

    return chosen


def _by_number(ids: Sequence[int]) -> Choice:
    return lambda ledger: [ledger.get(number) for number in dict.fromkeys(ids)]


def _leave(frame: Frame) -> Outlook:
    def told(ledger: Ledger, decided: Sequence[tuple[Document, Document]]) -> Iterator[str]:
        again = sum(now.state is State.WAITING and _perhaps_there(before) for before, now in decided)
        yield from going(frame, ledger, [now for _, now in decided], again)

    return told


def _perhaps_there(document: Document) -> bool:
    return document.unknowable or document.state is State.DOUBTFUL or document.duplicate_of is not None


def _decide(
    frame: Frame,
    choose: Choice,
    decide: Callable[[Ledger, Document], Phrase | None],
    done: str,
    outlook: Outlook | None = None,
) -> None:
    """Carry out a decision for each document; what cannot be is told, and the others go on; then what happens next."""
    decided: list[tuple[Document, Document]] = []
    code = ExitCode.FINE
    with frame.ledger() as ledger:
        for document in choose(ledger):
            try:
                refused = decide(ledger, document)
            except OvertakenError:
                refused = Phrase("decisions.overtaken", {"id": document.id})
            except PushdocError as error:
                refused = error.phrase
            if refused is None:
                decided.append((document, ledger.get(document.id)))
            else:
                frame.tell(refused)
                code = ExitCode.NEEDS_A_PERSON
        click.echo(frame.say(done, count=len(decided)))
        if decided and outlook is not None:
            print_lines(outlook(ledger, decided))
    click.get_current_context().exit(int(code))


COMMANDS = (retry, ack, release, reject)
