"""What pushdoc is held against: ways to get files to a server that a firm has already, or would write in an hour.

None keeps a ledger or a hash. Each takes the same tree to the same server as pushdoc.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.process import Program, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.corpus import Paper
    from benchmarks.stand import Stand

#: Debian's package for each program that is not part of every system.
PACKAGES = {"curl": "curl", "inotifywait": "inotify-tools", "rclone": "rclone"}
_DOSSIER = 1


@dataclass(frozen=True, slots=True)
class Errand:
    """What a yardstick is to do: take what lies beneath `root`, or comes there, to the server.

    `home` is a folder for its own use, outside of the root.
    """

    home: Path
    root: Path
    stand: Stand
    papers: Sequence[Paper]
    parallel: int = 8

    @property
    def url(self) -> str:
        """Where documents are sent."""
        return self.stand.upload_url(_DOSSIER)

    @property
    def sent(self) -> Path:
        """A folder for what is sent."""
        folder = self.home / "sent"
        folder.mkdir(exist_ok=True)
        return folder


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One of them. `lasting`: it goes on until it is stopped; `moved`: it takes only what comes while it watches."""

    name: str
    command: Callable[[Errand], list[str]]
    program: str | None = None
    lasting: bool = False
    moved: bool = False

    @property
    def missing(self) -> str | None:
        """The package that it needs and this machine lacks."""
        lacking = self.program is not None and shutil.which(self.program) is None
        return PACKAGES[self.program] if lacking and self.program else None

    @contextmanager
    def at_work(self, errand: Errand) -> Iterator[Program]:
        """The yardstick, running; one that watches is ready."""
        with running(self.command(errand), errand.home / "said") as program:
            yield program


def _curl(errand: Errand) -> list[str]:
    each = [
        f'url = "{errand.url}"\nform = "FileSource=Api"\nform = "Document=@\\"{paper.path}\\""\noutput = "/dev/null"\n'
        for paper in errand.papers
    ]
    (errand.home / "curl.conf").write_text("next\n".join(each))
    many = ["--parallel", "--parallel-max", str(errand.parallel)]
    return ["curl", "--silent", *many, "-K", str(errand.home / "curl.conf")]


def _each(errand: Errand) -> str:
    """One call of curl for the file `$1`, which is moved away where it was taken."""
    form = '-F FileSource=Api -F "Document=@\\"$1\\""'
    return f'curl -sf -o /dev/null {form} {errand.url} && mv "$1" {shlex.quote(str(errand.sent))}/'


def _xargs(errand: Errand) -> list[str]:
    one = shlex.quote(_each(errand))
    find = f"find {shlex.quote(str(errand.root))} -name '*.pdf' -print0"
    return ["sh", "-c", f"{find} | xargs -0 -r -P{errand.parallel} -n1 sh -c {one} sh"]


def _inotifywait(errand: Errand) -> list[str]:
    watch = f"inotifywait -m -r -e close_write -e moved_to --format '%w%f' {shlex.quote(str(errand.root))}"
    loop = 'while IFS= read -r file; do case $file in *.pdf) send "$file";; *.end) break;; esac; done'
    return ["sh", "-c", f"send() {{ {_each(errand)}; }}; {watch} | {loop}"]


def _rclone(errand: Errand) -> list[str]:
    target = [":webdav:", f"--webdav-url={errand.stand.url}/dav", "--webdav-vendor=other", "--config="]
    return ["rclone", "move", str(errand.root), *target, f"--transfers={errand.parallel}", "--retries=1"]


def _naive(errand: Errand) -> list[str]:
    script = str(Path(__file__).with_name("naive.py"))
    return [sys.executable, script, str(errand.root), str(errand.sent), errand.url, str(errand.parallel)]


CURL = Yardstick("curl --parallel", _curl, "curl")
XARGS = Yardstick("xargs curl", _xargs, "curl")
INOTIFYWAIT = Yardstick("inotifywait loop", _inotifywait, "inotifywait", lasting=True, moved=True)
RCLONE = Yardstick("rclone move", _rclone, "rclone")
NAIVE = Yardstick("naive script", _naive, lasting=True)
ALL = (CURL, NAIVE, XARGS, INOTIFYWAIT, RCLONE)
