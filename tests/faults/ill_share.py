"""A share that can be made ill: a FUSE file system that shows another folder (`ill_server`)."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The system's own, which has the package python3-fusepy.
_PYTHON = "/usr/bin/python3"
_SERVER = Path(__file__).with_name("ill_server.py")
_PROBE = "import fusepy"


class IllShare:
    """One mounted share, and what it is told."""

    def __init__(self, folder: Path, point: Path, orders: Path) -> None:
        self.folder, self.point = folder, point
        self._orders = orders
        self._servers: list[subprocess.Popen[bytes]] = []

    def hang(self, path: str = "/") -> None:
        """Answer nothing that is asked about this path and what lies beneath it."""
        part = self._newest / "part"
        part.write_text(path)
        part.rename(self._newest / "hangs")

    def fail(self, error: int) -> None:
        """Answer everything with an error."""
        (self._newest / "fails").write_text(str(error))

    def recover(self) -> None:
        """All is well again."""
        for order in self._orders.glob("*/*"):
            order.unlink()

    @property
    def _newest(self) -> Path:
        """What the server that was started last is told; the earlier ones go on as they were."""
        return self._orders / str(len(self._servers))

    def die(self) -> None:
        """The servers are killed: who is stuck in one is let go, whoever asks hears ENOTCONN."""
        for server in self._servers:
            server.kill()
            server.wait()

    def unmount(self) -> None:
        """What lies beneath the mount point is seen again."""
        subprocess.run(["umount", "-l", self.point], check=True, capture_output=True)

    def serve(self) -> None:
        """Mount it (again), served by a process of its own."""
        orders = self._orders / str(len(self._servers) + 1)
        orders.mkdir()
        server = subprocess.Popen([_PYTHON, _SERVER, self.folder, self.point, orders], stdout=subprocess.PIPE)
        self._servers.append(server)
        assert server.stdout is not None
        with server.stdout as out:
            assert out.readline() == b"mounted\n"


@contextmanager
def ill_share(home: Path, point: Path) -> Iterator[IllShare]:
    """A share that shows `home / "server"` at a mount point."""
    folder, orders = home / "server", home / "orders"
    for each in (folder, orders, point):
        each.mkdir(exist_ok=True)
    share = IllShare(folder, point, orders)
    try:
        share.serve()
        yield share
    finally:
        share.die()
        subprocess.run(["umount", "-l", point], check=False, capture_output=True)


def missing() -> str | None:
    """Why there can be no such share here."""
    if not Path("/dev/fuse").exists() or os.geteuid():
        return "needs FUSE, and the right to mount"
    probe = subprocess.run([_PYTHON, "-c", _PROBE], check=False, capture_output=True)
    return "needs the package python3-fusepy" if probe.returncode else None
