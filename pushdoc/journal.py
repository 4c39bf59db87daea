"""systemd's journal, spoken to in its own protocol: each field of a fact can be asked for (`PUSHDOC_DOCUMENT=12`).

Source: systemd.io/JOURNAL_NATIVE_PROTOCOL, and systemd.exec(5) on $JOURNAL_STREAM.
"""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOCKET = Path("/run/systemd/journal/socket")
#: How long one line waits for a journal that does not read, in seconds.
_PATIENCE_S = 1


def leads_there(descriptor: int) -> bool:
    """Whether what is written to a descriptor goes to the journal, as systemd says of standard error."""
    device, _, inode = os.environ.get("JOURNAL_STREAM", "").partition(":")
    try:
        status = os.fstat(descriptor)
    except OSError:
        return False
    return (device, inode) == (str(status.st_dev), str(status.st_ino))


class Journal:
    """The journal of this machine, for facts in fields; safe to use from several threads."""

    def __init__(self, path: Path = _SOCKET) -> None:
        self._path = str(path)
        self._to = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._to.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _PATIENCE_S, 0))
        self._reads = True

    def close(self) -> None:
        """Give the socket back."""
        self._to.close()

    def send(self, fields: Mapping[str, str]) -> bool:
        """Whether the journal is there: what it does not read in time is lost, since nobody may wait for a log."""
        entry = b"".join(_field(name, value) for name, value in fields.items())
        try:
            # Once it has stopped reading nobody waits for it again until it does.
            self._to.sendto(entry, 0 if self._reads else socket.MSG_DONTWAIT, self._path)
        except BlockingIOError:
            self._reads = False
        except OSError:
            return False
        else:
            self._reads = True
        return True


def _field(name: str, value: str) -> bytes:
    """One field; a value of several lines goes with its length, so that nothing in it can pass for another field."""
    written = value.encode("utf-8", "replace")
    if b"\n" in written:
        return name.encode() + b"\n" + struct.pack("<Q", len(written)) + written + b"\n"
    return f"{name}=".encode() + written + b"\n"
