"""The whole kill matrix as one command: `python tests/faults/kill_matrix.py`; ends with 1 where a promise is broken."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does it

from faults.matrix import attempt, attempts, errors, kills, spread
from faults.scene import NAMES
from faults.shim import compiled
from faults.starter import Starter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faults.matrix import Trial


def main() -> int:
    """Try every point, print what came of them, and tell by the exit code whether the promise holds."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        starter = Starter(compiled(Path(folder)))
        try:
            broken = [_one_matrix(starter, name, options) for name in options.what or NAMES]
        finally:
            starter.close()
    return int(any(broken))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--what", choices=NAMES, action="append", help="only this scene (may be repeated)")
    parser.add_argument("--jobs", type=int, default=6, help="so many at once")
    parser.add_argument("--errors", action="store_true", help="let calls fail instead of killing")
    parser.add_argument("--sample", type=int, help="only so many, spread over the run")
    parser.add_argument("--at", type=int, help="only this point")
    return parser.parse_args()


def _one_matrix(starter: Starter, name: str, options: argparse.Namespace) -> bool:
    """Whether a promise is broken for one scene."""
    undisturbed = attempt(starter, name, None)
    trace = undisturbed.trace
    deeds = list(errors(trace) if options.errors else kills(trace))
    if options.at is not None:
        deeds = [deed for deed in deeds if deed.at == options.at]
    if options.sample is not None:
        deeds = spread(trace, deeds, options.sample)
    _say(f"{name}: {len(trace)} points, {len(deeds)} disturbances")
    trials: list[Trial] = []
    for trial in attempts(starter, name, deeds, options.jobs):
        trials.append(trial)
        if trial.wrong:
            _say(f"  {trial}")
        if len(trials) % 100 == 0:
            _say(f"  {len(trials)} of {len(deeds)} ...")
    _say(_table(trials))
    return any(trial.wrong for trial in [undisturbed, *trials])


def _table(trials: Sequence[Trial]) -> str:
    """What came of the trials, by the kind of call; a point that a run never reached was still a run."""
    rows: defaultdict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        rows[trial.point.kind if trial.point else "never reached"].append(trial)
        rows["~ all"].append(trial)
    lines = [f"  {'call':<20}{'tried':>8}{'lost':>8}{'twice':>8}{'reported':>10}{'otherwise':>11}"]
    for kind, tried in sorted(rows.items()):
        lost = sum(any(one.startswith(("lost", "never sent")) for one in trial.wrong) for trial in tried)
        twice = sum(any(one.startswith("sent twice") for one in trial.wrong) for trial in tried)
        reported = sum(trial.reported for trial in tried)
        otherwise = sum(bool(trial.wrong) for trial in tried) - lost - twice
        name = kind.removeprefix("~ ")
        lines.append(f"  {name:<20}{len(tried):>8}{lost:>8}{twice:>8}{reported:>10}{otherwise:>11}")
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- a command's own output


if __name__ == "__main__":
    sys.exit(main())
