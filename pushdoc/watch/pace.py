"""How often to look everywhere: as often as the rules say, and less where one look takes long."""

from __future__ import annotations

from datetime import timedelta

#: So many times its own duration lies between two full looks: they cost at most a twentieth of the time.
_SHARE = 20
#: But never more than this, however slow a share is; and never less often than the rules ask.
_LONGEST = timedelta(hours=1)


def next_rescan(interval: timedelta, took: timedelta) -> timedelta:
    """How long to rest after a full look that took so long, where the rules ask for one every `interval`."""
    return max(interval, min(_SHARE * took, _LONGEST))
