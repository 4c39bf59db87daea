from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pushdoc.checkup import Group
from pushdoc.checkup.survey import survey
from pushdoc.checkup.watching import watching
from pushdoc.clock import SystemClock
from pushdoc.watch import Lookout
from pushdoc.wiring import read_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from checkup.conftest import Found
    from service.firm import Firm

    from pushdoc.checkup.survey import Survey


@pytest.fixture
def found(firm: Firm) -> Iterator[Survey]:
    lookout = Lookout(firm.root, SystemClock(), "sign")
    yield survey(read_plan(firm.rules), lookout, SystemClock())
    lookout.close()


@pytest.fixture
def granting(firm: Firm, found: Survey, tmp_path: Path) -> Callable[[str], tuple[str, str]]:
    """What is said on a machine that grants so many watches: the phrase's code, and how many would be enough."""

    def granting(count: str) -> tuple[str, str]:
        (tmp_path / "max_user_watches").write_text(count)
        (told,) = watching(read_plan(firm.rules), found, tmp_path)
        return told.phrase.code, told.phrase.values.get("enough", "")

    return granting


def test_a_machine_that_grants_fewer_watches_than_folders_is_told_with_the_remedy(
    granting: Callable[[str], tuple[str, str]],
) -> None:
    # Two clients with three drop folders of this month, and the year's folder above each of last month's.
    assert granting("11\n") == ("check.watch_limit", "65536")
    assert granting("12\n") == ("check.watching", "")
    assert granting("none") == ("check.watching", "")


def test_on_a_share_it_is_polled_and_events_that_were_asked_for_are_warned_of(firm: Firm, found: Survey) -> None:
    found.remote = True
    assert [told.phrase.code for told in watching(read_plan(firm.rules), found)] == ["check.polling"]
    firm.write_rules("http://127.0.0.1:9", ('rescan = "1s"', 'rescan = "1s"\nmode = "events"'))
    assert [told.phrase.code for told in watching(read_plan(firm.rules), found)] == ["check.events_on_share"]


def test_on_this_machine_listening_is_tried(look: Callable[..., Found]) -> None:
    found = look()
    assert found.codes(Group.WATCH) == []
    assert found.one("check.watching").phrase.values["needed"] == 12
