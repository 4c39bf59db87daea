"""How long folders that give no answer are waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.checkup.folders import folders
from pushdoc.checkup.survey import survey
from pushdoc.watch import Lookout
from pushdoc.wiring import read_plan
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from pushed import PushedClock
    from service.firm import Firm

    from pushdoc.watch.errands import Errand


class Slow(Lookout):
    """Of each client, the answer is trouble that was waited for."""

    waited: PushedClock

    def ask(self, path: Path, errand: Errand[object]) -> object:  # type: ignore[override]  # one kind of answer is enough
        if path == self._root:
            return super().ask(path, errand)
        self.waited.push(20)
        return Phrase("watch.folder_hangs", {"path": str(path)})


def test_after_half_a_minute_of_waiting_in_vain_the_others_are_not_looked_at_and_that_is_told(
    firm: Firm, clock: PushedClock
) -> None:
    table = firm.home / "dossiers.csv"
    table.write_text(table.read_text() + "".join(f"Client {number};73282932000074\n" for number in range(3, 10)))
    plan = read_plan(firm.rules)
    lookout = Slow(firm.root, clock, "sign")
    lookout.waited = clock
    found = survey(plan, lookout, clock)
    lookout.close()

    assert list(found.troubles) == ["Client 001", "Client 002"]
    assert found.unasked == [f"Client {number}" for number in range(3, 10)]
    told = [each.phrase.code for each in folders(plan, found, "pushdoc", clock.now().date())]
    assert told.count("watch.folder_hangs") == 2
    assert told.count("check.not_looked_at") == 7
