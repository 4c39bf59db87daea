"""The numbers for monitoring: whether their file can be written, and their port is free."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fault, fine
from pushdoc.errors import ConfigurationError, ExitCode
from pushdoc.ledger import holder
from pushdoc.monitoring import wanted
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.checkup.finding import Finding
    from pushdoc.wiring import Plan


def metrics(plan: Plan) -> Iterator[Finding]:
    """What the rules want told to Prometheus; nothing where they want nothing."""
    try:
        if not wanted(plan.rules):
            return
    except ConfigurationError as error:
        yield fault(error.phrase, ExitCode.WRONG_CONFIGURATION)
        return
    file, port = plan.rules.metrics.file, plan.rules.metrics.port
    if file is not None:
        can = os.access(file.parent, os.W_OK | os.X_OK) and not file.is_dir()
        told = {"path": str(file)}
        yield fine(Phrase("metrics.file", told)) if can else fault(Phrase("metrics.file_barred", told))
    if port is not None:
        # A pushdoc at work has it itself.
        free = holder(plan.rules.ledger.path) is not None or _is_free(port)
        yield (
            fine(Phrase("metrics.port", {"port": port}))
            if free
            else fault(Phrase("metrics.port_taken", {"port": port}))
        )


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
