"""The preloaded library of `shim.c` from Python's side: how it is made, what it is told, and what it wrote down."""

from __future__ import annotations

import errno
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = Path(__file__).with_name("shim.c")


def compiled(folder: Path) -> Path:
    """The library, made in a folder.

    Raises:
        FileNotFoundError: there is no `gcc` here.
    """
    library = folder / "shim.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-o", library, SOURCE, "-ldl"], check=True)
    return library


@dataclass(frozen=True, slots=True)
class Point:
    """One call that changed files or sent bytes: its number, its name and what it was about."""

    number: int
    call: str
    bytes: int
    path: str
    second: str

    @classmethod
    def read(cls, line: str) -> Point:
        """The point of one line of a trace."""
        number, call, size, path, second = line.split("\t")
        return cls(int(number), call, int(size), path, second)

    @property
    def place(self) -> str:
        """What kind of thing it was about: `net`, `ledger` or `clients`."""
        if self.path.startswith("socket:"):
            return "net"
        return "ledger" if "/var" in self.path else "clients"

    @property
    def kind(self) -> str:
        """Call and place in two words, by which points are counted."""
        return f"{self.call} {self.place}"

    def __str__(self) -> str:
        names = [path for path in (self.path, self.second) if path]
        return f"{self.number} {self.call} {self.bytes} {' -> '.join(names)}"


def read_trace(file: Path) -> list[Point]:
    """The points of one run, in their order; a last line that death cut off is left out."""
    if not file.exists():
        return []
    lines = file.read_text("utf-8", "surrogateescape").split("\n")
    return sorted((Point.read(line) for line in lines[:-1]), key=lambda point: point.number)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to a process at one point: `before`, `after` and `torn` kill it, an errno lets the call fail.

    `for_good`: all calls of that point's name fail, from that point on, whatever they are about.
    """

    at: int
    what: str
    for_good: Point | None = None

    @property
    def kills(self) -> bool:
        """Whether the process ends by it."""
        return self.what in {"before", "after", "torn"}

    def __str__(self) -> str:
        return f"{self.what}{' for good' if self.for_good else ''} at {self.at}"

    def settings(self) -> dict[str, str]:
        """What the library is told."""
        told = {"KILLPOINT_AT": str(self.at)}
        told["KILLPOINT_DO"] = self.what if self.kills else str(getattr(errno, self.what))
        if self.for_good is not None:
            told["KILLPOINT_CALL"] = self.for_good.call
        return told


def environment(library: Path, roots: Sequence[Path], trace: Path, deed: Deed | None) -> dict[str, str]:
    """The variables that make the library watch a process, and disturb it where there is a deed."""
    told = {
        "LD_PRELOAD": str(library),
        "PYTHONDONTWRITEBYTECODE": "1",
        "KILLPOINT_ROOTS": ":".join(map(str, roots)),
        "KILLPOINT_TRACE": str(trace),
    }
    return told | (deed.settings() if deed else {})
