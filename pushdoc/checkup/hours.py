"""The hour: by it months turn over, tokens end and certificates are judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fault, fine, warning
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pushdoc.checkup.finding import Finding

#: Nobody ran pushdoc before, and no machine of today will after.
_YEARS = range(2026, 2056)
#: What systemd-timesyncd keeps; `synchronized` is touched whenever it has set the clock. Source:
# systemd-timesyncd.service(8), "Files".
TIMESYNC = Path("/run/systemd/timesync")


def clock(now: datetime, zone: ZoneInfo, timesync: Path = TIMESYNC) -> Iterator[Finding]:
    """The machine's clock, in the firm's time zone; `timesync` is systemd-timesyncd's folder."""
    values = {"zone": str(zone), "now": now.isoformat()}
    if now.astimezone(zone).year not in _YEARS:
        yield fault(Phrase("check.clock_wrong", values))
        return
    yield fine(Phrase("check.clock", values))
    # Other programs that set clocks leave nothing that everybody may read.
    if timesync.is_dir() and not (timesync / "synchronized").exists():
        yield warning(Phrase("check.clock_adrift", values))
