"""Whether new documents can be noticed at once: what the machine grants, against what these folders need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fine, warning
from pushdoc.watch import Arrivals
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.checkup.finding import Finding
    from pushdoc.checkup.survey import Survey
    from pushdoc.wiring import Plan

#: Where Linux says how much it grants to one account. Source: inotify(7), "/proc interfaces".
LIMITS = Path("/proc/sys/fs/inotify")


def watching(plan: Plan, found: Survey, limits: Path = LIMITS) -> Iterator[Finding]:
    """What there is to say of the watch; `limits` is the folder of the machine's limits."""
    settings = plan.rules.watch
    values = {"rescan": settings.rescan.total_seconds()}
    if settings.mode == "polling" or (settings.mode == "auto" and found.remote):
        yield fine(Phrase("check.polling", values))
        return
    if found.remote:
        yield warning(Phrase("check.events_on_share", values))
        return
    needed = len({drop.nearest for _, drop, _ in found.routes})
    granted = _granted(limits / "max_user_watches")
    if granted is not None and needed > granted:
        # Twice the need: other programs of the account watch too, and clients are added.
        enough = max(65536, 2 * needed)
        yield warning(Phrase("check.watch_limit", {"needed": needed, "granted": granted, "enough": str(enough)}))
        return
    if found.root.trouble is None and (refused := _refused(found.root.nearest)):
        yield warning(refused)
        return
    yield fine(Phrase("check.watching", {"needed": needed, **values}))


def _refused(root: Path) -> Phrase | None:
    """Why not even one folder can be listened to."""
    arrivals = Arrivals(lambda _: None, lambda: None)
    try:
        arrivals.watch([root])
        arrivals.start()
        return next(iter(arrivals.problems()), None)
    finally:
        arrivals.stop()


def _granted(limit: Path) -> int | None:
    try:
        return int(limit.read_text("utf-8"))
    except (OSError, ValueError):
        return None
