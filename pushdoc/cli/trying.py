"""Commands to try pushdoc with: demo, sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pushdoc.cli.frame import Frame, pass_frame, progress, text
from pushdoc.sandbox import (
    DEFAULT_PORT,
    DEMO_CLIENT_ID,
    DEMO_CLIENT_SECRET,
    DEMO_PASSWORD,
    DEMO_USERNAME,
    KINDS,
    Faults,
    Sandbox,
    read_folders,
    serve,
)


@click.command(help=text("cli.demo"))
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=text("cli.demo.keep"))
@click.option("--documents", type=click.IntRange(1, 2000), default=24, metavar="N", help=text("cli.demo.documents"))
@pass_frame
def demo(frame: Frame, keep: Path | None, documents: int) -> None:
    """Everything in one go, against the sandbox."""
    from pushdoc import log
    from pushdoc.demo import demonstrate

    log.configure("error")
    with progress(frame) as move:
        for line in demonstrate(keep, documents, lambda made: move(made.done, made.known)):
            click.echo(line)


@click.command(help=text("cli.sandbox"))
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, metavar="N", help=text("cli.sandbox.port"))
@click.option("--folders", type=click.Path(path_type=Path), metavar="FILE", help=text("cli.sandbox.folders"))
@click.option("--latency", type=click.IntRange(0, 600_000), default=0, metavar="MS", help=text("cli.sandbox.latency"))
@click.option(
    "--fault", "faults", multiple=True, metavar="KIND=RATE", help=text("cli.sandbox.fault", kinds=list(KINDS))
)
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help=text("cli.sandbox.record"))
@pass_frame
def sandbox(frame: Frame, /, faults: tuple[str, ...], folders: Path | None, latency: int, **given: Any) -> None:
    """A local stand-in of Inqom."""
    held = read_folders(folders)._asdict() if folders else {}
    words = [f"latency={latency}", *faults] if latency else faults

    def ready(sandbox: Sandbox) -> None:
        account = {"username": DEMO_USERNAME, "client_id": DEMO_CLIENT_ID}
        opens = {"password": DEMO_PASSWORD, "client_secret": DEMO_CLIENT_SECRET}  # invented: they open nothing else
        click.echo(frame.say("cli.sandbox.ready", url=sandbox.url, **account, **opens))

    serve(Sandbox(faults=Faults(words), **held, **given), ready)


COMMANDS = (demo, sandbox)
