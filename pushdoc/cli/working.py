"""Commands that work: run, once."""

from __future__ import annotations

import gc
import signal
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from pushdoc.cli.frame import Frame, pass_frame, progress, text
from pushdoc.deliver.breaker import Standing
from pushdoc.errors import ExitCode, UnreachableError
from pushdoc.garbage import lasting
from pushdoc.signals import Flag
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.house import House
    from pushdoc.wiring import Plan

_level = click.option(
    "--log", "level", type=click.Choice(["debug", "info", "warning", "error"]), help=text("cli.log"), default=None
)


@click.command(help=text("cli.run"))
@_level
@pass_frame
def run(frame: Frame, level: str | None) -> None:
    """The daemon, in the foreground."""
    from pushdoc import log
    from pushdoc.run import Run
    from pushdoc.signals import Signals

    log.configure(level or "info")
    signals = Signals()
    with signals.heard(), _held(frame) as plan:
        Run(plan, signals, frame.clock, level).run()


@click.command(help=text("cli.once"))
@click.option("--wait", is_flag=True, help=text("cli.once.wait"))
@_level
@pass_frame
def once(frame: Frame, level: str | None, *, wait: bool) -> None:
    """One complete pass over all drop paths."""
    from pushdoc import log
    from pushdoc.monitoring import Monitoring
    from pushdoc.once import run_once

    level = level or "warning"  # who types it sees how it ended; [log] level is the daemon's
    log.configure(level)
    with _house(frame) as house, _stopped_by_signals() as stop:
        log.configure(level, house.rules.log.format)
        monitoring = Monitoring(house.rules, frame.clock)
        try:
            with progress(frame) as move:
                run_once(house, stop, lambda made: move(made.done, made.known), wait=wait)
        finally:
            standings = {branch.gate.standing for branch in house.branches}
            house.close()
            monitoring.end(running=False)
    code = _sum_up(frame)
    if standings & {Standing.PAUSED, Standing.DOWN}:
        code = ExitCode.UNREACHABLE
    click.get_current_context().exit(int(code))


@click.command(help=text("cli.reconcile"))
@pass_frame
def reconcile(frame: Frame) -> None:
    """Rebuild a lost or outdated ledger from the archives, and mark what lies in drop folders to be asked about."""
    from pushdoc import log
    from pushdoc.journey.reconcile import reconcile as rebuild

    log.configure("warning")
    with _house(frame) as house:
        try:
            for branch in house.branches:
                if house.roll.refresh(branch.destination, branch.gate) is None:
                    assert branch.gate.reason is not None
                    raise UnreachableError(branch.gate.reason)
            tally = rebuild(house.rules, house.roll, house.intake, house.ledger, frame.clock, lambda: None)
        finally:
            house.ledger.close()
    click.echo(frame.say("cli.reconcile.done", archived=tally.archived, doubtful=tally.doubtful))


def _sum_up(frame: Frame) -> ExitCode:
    """Say in one line how everything stands, and which exit code that is."""
    with frame.history() as history:
        assert history is not None
        counts = history.counts()
        unmapped = any(not note.usable for name in history.mapped() for note in history.mapping(name))
    delivered = sum(counts[state] for state in (State.DELIVERED, State.ARCHIVED, State.KEPT, State.SUBMITTED))
    failed = counts[State.NON_TRANSMIS]
    waiting = counts[State.WAITING] + counts[State.DOUBTFUL]
    told = {"delivered": delivered, "duplicate": counts[State.DUPLICATE], "non_transmis": failed, "waiting": waiting}
    click.echo(frame.say("cli.once.done", **told))
    return ExitCode.NEEDS_A_PERSON if failed or unmapped else ExitCode.FINE


@contextmanager
def _held(frame: Frame) -> Iterator[Plan]:
    """The plan, with its ledger held; row problems of the clients' table are told, and stop nothing."""
    from pushdoc.ledger import hold
    from pushdoc.monitoring import wanted

    plan = frame.plan
    wanted(plan.rules)
    for problem in plan.problems:
        frame.tell(problem.phrase, problem.place)
    with hold(plan.rules.ledger.path):
        yield plan


@contextmanager
def _house(frame: Frame) -> Iterator[House]:
    """The house, with the ledger held."""
    with ExitStack() as held:
        with lasting():
            from pushdoc.wiring import build

            house = build(held.enter_context(_held(frame)), frame.clock, patient=False)
        held.callback(gc.unfreeze)
        yield house


@contextmanager
def _stopped_by_signals() -> Iterator[Flag]:
    stop = Flag()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, lambda _number, _frame: stop.set())
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


COMMANDS = (run, once, reconcile)
