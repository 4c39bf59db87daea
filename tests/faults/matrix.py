"""One run of pushdoc that is disturbed at one point, the next run after it, and what came of the papers; many such."""

from __future__ import annotations

import os
import signal
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from faults.scene import judge, lost, prepare
from faults.shim import Deed, Point, environment, read_trace
from service.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from faults.scene import Scene
    from faults.starter import Starter

_LONGEST_S = 60
#: `status` is asked after one in so many disturbances: it is one more process to start.
_STATUS_EVERY = 10
_TORN = {"write", "pwrite", "send"}
#: What the ledger writes in smaller pieces (the heads of its journal's pages) is as good as not written when torn.
_PAGE = 512
#: What may go wrong with the clients' disks, the ledger's disk and the network.
_ERRORS = {
    "clients": ("ENOSPC", "EIO", "EACCES", "ESTALE", "EDQUOT"),
    "ledger": ("ENOSPC", "EIO", "EDQUOT", "EACCES", "ESTALE"),
    "net": ("ECONNRESET", "EPIPE", "ETIMEDOUT"),
}
_BETWEEN_FOLDERS = {"rename", "link"}


@dataclass(frozen=True)
class Trial:
    """One disturbance; `point` is where the run was when it came, None where the run never got there."""

    scene: str
    deed: Deed | None
    point: Point | None
    wrong: list[str]
    reported: int
    trace: list[Point] = field(repr=False, default_factory=list)

    def __str__(self) -> str:
        return f"{self.scene}, {self.deed}: {self.point}: {'; '.join(self.wrong) or 'fine'}"


def attempt(starter: Starter, name: str, deed: Deed | None) -> Trial:
    """Disturb one pass over a scene's papers, start pushdoc again, and look what came of them."""
    with tempfile.TemporaryDirectory(prefix="killpoint-") as folder:
        firm = Firm(Path(folder), clients=2 if name == "batch" else 1)
        try:
            with firm.inqom() as inqom:
                scene = prepare(name, firm, inqom.url)
                said = _disturbed(starter, firm, scene, deed)
                trace = read_trace(firm.home / "trace")
                said += lost(scene, firm)
                said += _healed(starter, firm, scene, deed)
                verdict = judge(scene, firm, inqom)
        finally:
            firm.end()
    at = None if deed is None else next((point for point in trace if point.number == deed.at), None)
    return Trial(name, deed, at, said + verdict.wrong, verdict.reported, trace)


def _disturbed(starter: Starter, firm: Firm, scene: Scene, deed: Deed | None) -> list[str]:
    """What is wrong with how the disturbed run ended."""
    # An error is met without waiting: a destination in trouble would be waited for.
    options = ["--wait"] if deed is None or deed.kills else []
    code, told = _run(starter, firm, scene, deed, options)
    if code is None:
        return ["the disturbed run hangs"]
    if deed is not None and deed.kills:
        died = code == -signal.SIGKILL
        # Threads do not take their turns twice in the same way: a run may be over before it has come so far.
        return [] if died or code == scene.exit_code else [f"the run ended with {code}: {told}"]
    return _unhandled(told)


def _healed(starter: Starter, firm: Firm, scene: Scene, deed: Deed | None) -> list[str]:
    """What is wrong with how the next run ended."""
    code, told = _run(starter, firm, scene, None, ["--wait"])
    wrong = _unhandled(told)
    if code != scene.exit_code:
        wrong.append(f"the next run ended with {code}: {told}")
    if deed is None or deed.at % _STATUS_EVERY == 0:
        code, _, told = firm.command("status")
        if code != scene.exit_code:
            wrong.append(f"status ended with {code}: {told}")
    return wrong


def _run(
    starter: Starter, firm: Firm, scene: Scene, deed: Deed | None, options: Sequence[str]
) -> tuple[int | None, str]:
    """Exit code (None: it had to be ended) and standard error of one pass; only the first one's trace is kept."""
    trace = firm.home / "trace"
    first = not trace.exists()
    told = environment(starter.library, [firm.root, firm.ledger.parent], trace if first else Path("/dev/null"), deed)
    said = firm.said / ("disturbed" if first else "healed")
    command = ["-c", str(firm.rules), "once", *options]
    return starter.run(command, {**os.environ, **told, **scene.traits}, said, _LONGEST_S)


def _unhandled(told: str) -> list[str]:
    """A traceback at the beginning of a line is one that nobody caught; the log writes its own on one line."""
    return [f"unhandled: {told}"] if any(line.startswith("Traceback") for line in told.splitlines()) else []


def kills(trace: Iterable[Point]) -> Iterator[Deed]:
    """Every way to kill the run of a trace: at each call, in the middle of each write, right after each send."""
    for point in trace:
        yield Deed(point.number, "before")
        if point.call in _TORN and (point.place != "ledger" or point.bytes >= _PAGE):
            yield Deed(point.number, "torn")
        if point.call == "send":
            yield Deed(point.number, "after")


def errors(trace: Iterable[Point]) -> Iterator[Deed]:
    """Every error that is worth letting a call fail with, once and for good."""
    for point in trace:
        for name in (*_ERRORS[point.place], *(("EXDEV",) if point.call in _BETWEEN_FOLDERS else ())):
            yield Deed(point.number, name)
            yield Deed(point.number, name, for_good=point)


def spread(trace: Sequence[Point], deeds: Iterable[Deed], count: int) -> list[Deed]:
    """So many of the deeds, always the same ones: each kind of call has its share, and so has each turn.

    A turn is where the run goes on from the network to the ledger, from the ledger to the folders and so on: what is
    done there and not yet written down, or written down and not yet done, is what a crash leaves to the next start.
    """
    points = dict(zip((point.number for point in trace), trace, strict=True))
    places = [point.place for point in trace]
    turns = {trace[at + step].number for at in range(len(trace) - 1) if places[at] != places[at + 1] for step in (0, 1)}
    kinds: defaultdict[tuple[str, bool], list[Deed]] = defaultdict(list)
    for deed in deeds:
        kinds[points[deed.at].kind, deed.at in turns].append(deed)
    # From every kind as many as from every other, as long as it has some: there are few renames and many writes.
    shares = dict.fromkeys(kinds, 0)
    while sum(shares.values()) < min(count, sum(map(len, kinds.values()))):
        kind = min((kind for kind in kinds if shares[kind] < len(kinds[kind])), key=lambda kind: shares[kind])
        shares[kind] += 1
    chosen = [deed for kind, several in kinds.items() for deed in _evenly(several, shares[kind])]
    return sorted(chosen, key=lambda deed: (deed.at, deed.what))


def _evenly(deeds: Sequence[Deed], count: int) -> list[Deed]:
    """So many of them, the last among them where there is more than one."""
    return [deeds[place * (len(deeds) - 1) // max(1, count - 1)] for place in range(count)]


def attempts(starter: Starter, name: str, deeds: Sequence[Deed], jobs: int) -> Iterator[Trial]:
    """What came of each of the deeds, several tried at once."""
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda deed: attempt(starter, name, deed), deeds)
