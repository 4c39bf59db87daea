"""The server as the benchmark sees it: started once, told its terms before each run, asked afterwards what came."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from benchmarks.answers import Terms


@dataclass(frozen=True, slots=True)
class Seen:
    """What came since the terms were set. Moments are seconds of the machine's monotonic clock.

    `arrived` has every request of a document by its number, `kept` how often it was kept there, `sums` the sha256 of
    the whole request where the terms asked for it, `answers` how many had each status ("None": cut off).
    """

    bytes: int
    first: float | None
    last: float | None
    arrived: dict[int, list[float]]
    kept: dict[int, int]
    sums: dict[int, str]
    answers: dict[str, int]
    cpu: float

    @property
    def seconds(self) -> float:
        """From the first request to the last answer."""
        return (self.last or 0.0) - (self.first or 0.0)

    def never(self, wanted: Collection[int]) -> int:
        """How many documents were never kept."""
        return sum(number not in self.kept for number in wanted)

    @property
    def twice(self) -> int:
        """How many documents were kept more than once."""
        return sum(times > 1 for times in self.kept.values())


class Stand:
    """The running server."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def begin(self, terms: Terms) -> None:
        """Set the terms; what came before is forgotten."""
        self._ask("/-/begin", terms.as_json())

    def seen(self) -> Seen:
        """What came since."""
        told = json.loads(self._ask("/-/seen"))
        for name in ("arrived", "kept", "sums"):
            told[name] = {int(number): value for number, value in told[name].items()}
        return Seen(**told)

    def until(self, kept: int, within: float) -> bool:
        """Wait until so many documents are there; whether they came."""
        end = time.monotonic() + within
        while (found := len(self.seen().kept)) < kept and time.monotonic() < end:
            time.sleep(0.1)  # between two looks
        return found >= kept

    def upload_url(self, dossier: int) -> str:
        """Where a dossier's documents are sent."""
        return f"{self.url}/accounting-documents/api/accounting-documents/accounting-folders/{dossier}/Documents/"

    def _ask(self, path: str, body: bytes | None = None) -> bytes:
        with urllib.request.urlopen(self.url + path, body, timeout=60) as answer:  # noqa: S310 -- our own server
            read: bytes = answer.read()
        return read


@contextmanager
def server() -> Iterator[Stand]:
    """The server, in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("server.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield Stand(int(process.stdout.readline()))
        process.stdin.close()
