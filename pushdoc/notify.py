"""Words to systemd, where it started us: ready, alive, stopping, and the line that `systemctl status` shows."""

from __future__ import annotations

import os
import socket
from contextlib import suppress


def notify(words: str) -> None:
    """Send one message of systemd's notify protocol; nothing happens where nobody listens.

    Source: sd_notify(3): a datagram to the socket that $NOTIFY_SOCKET names; "@" stands for an abstract one.
    """
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.sendto(words.encode(), "\0" + address[1:] if address.startswith("@") else address)
