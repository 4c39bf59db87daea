"""A real Samba server on a port of its own, and its share mounted through FUSE by rclone, as one machine's kernel can.

The server exports a folder that other machines write in: `put` speaks SMB, as Windows does, and what is written into
`folder` itself is what a program on the server does.
"""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from service.firm import until

from pushdoc.watch import file_system_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = {
    "smbd": "samba",
    "smbpasswd": "samba-common-bin",
    "smbclient": "smbclient",
    "rclone": "rclone",
    "fusermount3": "fuse3",
}
_PASSWORD = "sesame-of-the-share"
_SETTINGS = """\
[global]
server role = standalone server
interfaces = lo
bind interfaces only = yes
smb ports = {port}
disable netbios = yes
load printers = no
printcap name = /dev/null
disable spoolss = yes
passdb backend = tdbsam:{home}/passdb.tdb
private dir = {home}
state directory = {home}
cache directory = {home}
lock directory = {home}
pid directory = {home}
ncalrpc dir = {home}/ncalrpc
log file = {home}/log

[clients]
path = {folder}
read only = no
valid users = {user}
"""


class Samba:
    """One server with one share, `clients`; `start` and `kill` as often as wanted."""

    def __init__(self, home: Path, folder: Path) -> None:
        """`home` must have a short path: sockets are made in it."""
        self.folder = folder
        self._home = home
        self._user = getpass.getuser()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._settings = home / "smb.conf"
        self._settings.write_text(_SETTINGS.format(port=self.port, home=home, folder=folder, user=self._user))
        command = ["smbpasswd", "-c", str(self._settings), "-s", "-a", self._user]
        subprocess.run(command, input=f"{_PASSWORD}\n" * 2, check=True, capture_output=True, text=True)
        self._server: subprocess.Popen[bytes] | None = None
        self._mount: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """The server listens when this returns."""
        command = ["smbd", "--foreground", "--no-process-group", f"--configfile={self._settings}"]
        self._server = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
        until(self._listens, "Samba listens")

    def kill(self) -> None:
        """The server and all who serve a connection are gone at once, as when its machine loses power."""
        if self._server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()

    def freeze(self) -> None:
        """Connections stay open, and nobody answers."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Everybody answers again."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGCONT)

    def put(self, file: Path, place: str) -> None:
        """Another machine copies a file to a place beneath the share."""
        folder, _, name = place.rpartition("/")
        share = ["smbclient", "//127.0.0.1/clients", "-p", str(self.port), "-U", f"{self._user}%{_PASSWORD}"]
        orders = ["-s", str(self._settings), "-D", folder, "-c", f'put "{file}" "{name}"']
        said = subprocess.run([*share, *orders], check=False, capture_output=True, text=True)
        assert said.returncode == 0, said.stdout + said.stderr

    def mount(self, point: Path) -> None:
        """The share lies at a mount point when this returns."""
        told = {"type": "smb", "host": "127.0.0.1", "port": self.port, "user": self._user, "pass": self._obscured()}
        settings = self._home / "rclone.conf"
        settings.write_text("[share]\n" + "".join(f"{name} = {value}\n" for name, value in told.items()))
        seen_soon = ["--dir-cache-time", "1s", "--attr-timeout", "1s"]
        patience = ["--retries", "1", "--low-level-retries", "2", "--contimeout", "2s", "--timeout", "5s"]
        place = ["share:clients", str(point), "--config", str(settings)]
        command = ["rclone", "mount", *place, *seen_soon, *patience]
        with (self._home / "rclone.log").open("ab") as log:
            self._mount = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until(lambda: file_system_of(point) == "fuse.rclone", "the share is mounted")

    def end(self, point: Path) -> None:
        """Nothing that was started goes on."""
        subprocess.run(["fusermount3", "-u", "-z", point], check=False, capture_output=True)
        if self._mount is not None:
            self._mount.kill()
            self._mount.wait()
        self.kill()

    def _obscured(self) -> str:
        said = subprocess.run(["rclone", "obscure", _PASSWORD], check=True, capture_output=True, text=True)
        return said.stdout.strip()

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


@contextmanager
def samba_share(folder: Path, point: Path) -> Iterator[Samba]:
    """A server that exports `folder`, and its share at `point`."""
    for each in (folder, point):
        each.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="smb-") as home:
        samba = Samba(Path(home), folder)
        try:
            samba.start()
            samba.mount(point)
            yield samba
        finally:
            samba.end(point)


def missing() -> str | None:
    """Why there can be no such share here."""
    if os.geteuid() or not Path("/dev/fuse").exists():
        return "needs FUSE, and the rights of root"
    for program, package in _PACKAGES.items():
        if shutil.which(program) is None:
            return f"needs the package {package}"
    return None
