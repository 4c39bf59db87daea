from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pushdoc.states import ARROWS, ENDS, ENTRANCES, IN_DROP, Event, NoSuchArrowError, State, next_state

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

DOCS = Path(__file__).parent.parent / "docs"
GENERATOR = DOCS / "make_state_diagram.py"
THE_WAY = DOCS / "the-way.md"

#: What only a person can make happen, through a command or with the file in the drop folder.
BY_A_PERSON = {Event.RELEASE, Event.REJECT, Event.RETRY, Event.REASK, Event.ACKNOWLEDGE, Event.WITHDRAW}


def reached_from(state: State, without: AbstractSet[Event] = frozenset()) -> set[State]:
    reached, ahead = set[State](), [state]
    while ahead:
        here = ahead.pop()
        if here not in reached:
            reached.add(here)
            ahead += [after for event, after in ARROWS[here].items() if event not in without]
    return reached


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", [None, *State])
def test_every_event_in_every_state_is_an_arrow_of_the_table_or_an_error(state: State | None, event: Event) -> None:
    arrows = ENTRANCES if state is None else ARROWS[state]

    if event in arrows:
        assert next_state(state, event) is arrows[event]
    else:
        with pytest.raises(NoSuchArrowError, match=event.name):
            next_state(state, event)


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(ARROWS) == set(State)


@pytest.mark.parametrize("state", State)
def test_every_state_can_reach_an_end(state: State) -> None:
    assert reached_from(state) & ENDS


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_reached(state: State) -> None:
    assert state in set[State]().union(*(reached_from(entrance) for entrance in ENTRANCES.values()))


@pytest.mark.parametrize("event", Event)
def test_every_event_is_an_arrow_somewhere(event: Event) -> None:
    assert any(event in arrows for arrows in [ENTRANCES, *ARROWS.values()])


def test_the_ends_are_the_states_that_nothing_leaves_unless_a_person_wants_it() -> None:
    # « Non transmis » and what is held wait for a person; they are not done.
    waits_for_a_person = {State.HELD, State.NON_TRANSMIS}

    assert {state for state in State if ARROWS[state].keys() <= BY_A_PERSON} - waits_for_a_person == ENDS


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.DELIVERED, State.DUPLICATE, State.ARCHIVED, State.KEPT, State.NON_TRANSMIS]
)
def test_what_the_service_has_or_refused_is_not_sent_again_unless_a_person_wants_it(state: State) -> None:
    assert State.SENDING not in reached_from(state, without=BY_A_PERSON)


def test_a_document_in_doubt_is_never_simply_sent_again() -> None:
    assert State.SENDING not in ARROWS[State.DOUBTFUL].values()
    assert Event.CLAIM not in ARROWS[State.DOUBTFUL]


def test_only_what_was_filed_or_taken_away_has_left_its_drop_folder() -> None:
    left = {
        after
        for arrows in ARROWS.values()
        for event, after in arrows.items()
        if event in {Event.ARCHIVE, Event.WITHDRAW}
    }

    assert set(State) - IN_DROP == left


def test_the_words_of_states_and_events_are_those_that_answers_and_history_keep() -> None:
    assert [state.value for state in State] == [state.name.lower() for state in State]
    assert len({event.value for event in Event}) == len(Event)


def test_the_diagram_in_the_documentation_is_the_table() -> None:
    generator = runpy.run_path(str(GENERATOR))
    page = THE_WAY.read_text(encoding="utf-8")

    assert generator["with_diagram"](page) == page
    drawn = set(re.findall(r"^    (\w+) --> (\w+): (.+)$", page, re.MULTILINE))
    assert drawn == {(state.name, after.name, event.value) for state in State for event, after in ARROWS[state].items()}


def test_the_documentation_has_a_sentence_for_every_state_and_every_arrow() -> None:
    page = THE_WAY.read_text(encoding="utf-8")
    states = re.findall(r"^\| ([A-Z_]+) \| [^|]+ \|$", page, re.MULTILINE)
    arrows = re.findall(r"^\| ([A-Z_]*) ?\| ([a-z ]+) \| ([A-Z_]+) \| \S.* \|$", page, re.MULTILINE)

    assert states == [state.name for state in State]
    assert arrows == [
        *(("", event.value, after.name) for event, after in ENTRANCES.items()),
        *(
            (state.name, event.value, after.name)
            for state, leaving in ARROWS.items()
            for event, after in leaving.items()
        ),
    ]


def test_the_check_of_the_diagram_fails_where_it_is_stale(tmp_path: Path) -> None:
    (tmp_path / GENERATOR.name).write_bytes(GENERATOR.read_bytes())
    page = THE_WAY.read_text(encoding="utf-8")
    (tmp_path / THE_WAY.name).write_text(page.replace("SENDING --> WAITING: delayed", "", 1), encoding="utf-8")

    def run(*arguments: str) -> int:
        return subprocess.run([sys.executable, tmp_path / GENERATOR.name, *arguments], check=False).returncode

    assert run("--check") == 1
    assert run() == 0
    assert run("--check") == 0
    assert (tmp_path / THE_WAY.name).read_text(encoding="utf-8") == page


def test_a_page_without_a_place_for_the_diagram_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        runpy.run_path(str(GENERATOR))["with_diagram"]("# Some page")
