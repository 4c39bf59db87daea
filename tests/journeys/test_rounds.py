"""Rounds that pass over what rests: cheap for thousands of folders, and nothing is found later for it than it must."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from journeys.firm import KEPT_PURCHASES, MARTIN, NOVEMBER, PURCHASES

from pushdoc.filing import mark_name
from pushdoc.states import State
from pushdoc.watch import Arrivals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakes import ScriptedDestination
    from journeys.firm import Firm

_ROUND_S = 30.0
_FOLDERS = 4  # two clients, this month and the last one


class Rounds:
    """The regular rounds of a daemon that hears nothing: all hints are lost, so that only looks find anything."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.arrivals = Arrivals(lambda _: None, lambda: None)
        self.arrivals.start()

    def one(self) -> int:
        """One regular round, with all that is due until the next one; how many folders it listed."""
        intake = self.firm.intake
        unchanged = self.arrivals.watch(intake.folders, self.firm.clock.monotonic())
        if intake.turn(unchanged):
            unchanged = self.arrivals.watch(intake.folders, self.firm.clock.monotonic())
        intake.look_everywhere(unchanged)
        listed = intake.listed
        self.firm.clock.push(5)
        intake.look_at_ripe()
        self.firm.send()
        self.firm.sending.file_leftovers()
        self.firm.clock.push(_ROUND_S - 5)
        return listed

    def some(self, count: int) -> list[int]:
        return [self.one() for _ in range(count)]


@pytest.fixture
def started() -> Iterator[Callable[[Firm], Rounds]]:
    all_rounds: list[Rounds] = []

    def start(firm: Firm) -> Rounds:
        all_rounds.append(Rounds(firm))
        return all_rounds[-1]

    yield start
    for rounds in all_rounds:
        rounds.arrivals.stop()


@pytest.fixture
def rounds(firm: Firm, started: Callable[[Firm], Rounds]) -> Rounds:
    return started(firm)


def test_where_nothing_happens_only_every_tenth_round_lists_the_folders(rounds: Rounds) -> None:
    tenth = [*[0] * 9, _FOLDERS]
    # The second one, too: the first one may have come within the tick of a folder's stamp.
    assert rounds.some(22) == [_FOLDERS, _FOLDERS, *tenth, *tenth]


def test_where_rounds_are_rare_each_lists_all_folders(rounds: Rounds) -> None:
    rounds.some(3)
    for _ in range(3):
        rounds.firm.clock.push(600)
        assert rounds.one() == _FOLDERS


def test_a_document_that_nobody_told_of_is_found_in_the_next_round(
    rounds: Rounds, destination: ScriptedDestination
) -> None:
    rounds.some(4)
    rounds.firm.drop("a.pdf")  # with the folder of its month
    rounds.one()
    rounds.some(4)
    rounds.firm.drop("b.pdf")
    rounds.one()

    assert [arrival.name for arrival in destination.arrived] == ["a.pdf", "b.pdf"]
    assert rounds.firm.states == [State.ARCHIVED] * 2


def test_a_file_overwritten_in_its_place_is_found_in_the_full_round_at_the_latest(
    found: Callable[..., Firm], started: Callable[[Firm], Rounds], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=KEPT_PURCHASES)
    rounds = started(firm)
    path = firm.drop("a.pdf", b"%PDF one")
    rounds.some(5)
    assert firm.states == [State.KEPT]
    before = path.parent.stat()

    with path.open("r+b") as file:
        file.write(b"%PDF another")

    assert path.parent.stat().st_mtime_ns == before.st_mtime_ns
    assert rounds.one() == 0
    assert firm.states == [State.KEPT]
    rounds.some(9)
    assert destination.contents == [b"%PDF one", b"%PDF another"]


def test_a_folder_where_a_file_is_waited_for_is_listed_in_every_round(rounds: Rounds) -> None:
    rounds.firm.drop("a.pdf").write_bytes(b"")
    assert rounds.some(6)[3:] == [1, 1, 1]


def test_a_mark_that_somebody_took_away_is_made_again_in_the_next_round(
    rounds: Rounds, destination: ScriptedDestination
) -> None:
    path = rounds.firm.drop("a.exe")
    rounds.some(5)
    assert rounds.firm.states == [State.NON_TRANSMIS]
    path.with_name(mark_name(path.name)).unlink()
    rounds.one()
    assert rounds.firm.marked(path)
    assert destination.arrived == []


def test_a_folder_with_accents_that_another_system_makes_is_found_in_the_next_round(
    found: Callable[..., Firm], started: Callable[[Firm], Rounds]
) -> None:
    firm = found(rules_text=PURCHASES.replace('drop = "Achats', 'drop = "Dépenses'))
    rounds = started(firm)
    rounds.some(4)
    firm.drop("a.pdf", where=unicodedata.normalize("NFD", "Dépenses") + "/2026/11")
    rounds.one()
    assert firm.states == [State.ARCHIVED]


def test_after_the_clients_folders_were_away_every_one_is_looked_at(rounds: Rounds) -> None:
    rounds.some(4)
    away = rounds.firm.root.rename(rounds.firm.root.with_name("away"))
    rounds.one()
    assert rounds.firm.intake.away
    away.rename(rounds.firm.root)
    assert rounds.one() == _FOLDERS
    assert not rounds.firm.intake.away


def test_a_new_month_is_looked_at_in_its_first_round(rounds: Rounds) -> None:
    rounds.some(4)
    rounds.firm.clock.push(11 * 86400)  # the first of December
    rounds.firm.drop("a.pdf", where="Achats/2026/12")
    rounds.one()
    assert rounds.firm.states == [State.ARCHIVED]
    assert (rounds.firm.root / MARTIN / "Achats/2026/12/Transmis/a.pdf").exists()
    assert rounds.firm.one.period.month == 12
    assert not (rounds.firm.root / MARTIN / NOVEMBER).exists()
