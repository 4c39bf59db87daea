"""Words to systemd, where it started us: ready, alive, stopping, and the line that `systemctl status` shows."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

#: What counts where systemd does not watch us (seconds): the time of our own unit file.
_WATCHDOG_S = 600.0


def notify(words: str) -> None:
    """Send one message of systemd's notify protocol; nothing happens where nobody listens.

    Source: sd_notify(3): a datagram to the socket that $NOTIFY_SOCKET names; "@" stands for an abstract one.
    """
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        # Never waited for: whoever holds the socket and does not read must not stop us.
        to.sendto(words.encode(), socket.MSG_DONTWAIT, "\0" + address[1:] if address.startswith("@") else address)


def watchdog_s() -> float:
    """Within how many seconds systemd wants a WATCHDOG=1.

    Source: sd_watchdog_enabled(3): $WATCHDOG_USEC, in microseconds.
    """
    told = os.environ.get("WATCHDOG_USEC", "")
    return int(told) / 1e6 if told.isdecimal() else _WATCHDOG_S
