from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING

import pytest

from pushdoc.assistant.draft import Draft
from pushdoc.errors import ConfigurationError, ProblemsError

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
# Notes of mine.
[clients]
root = "clients"   # here

[[client]]
folder = "A"

[destination.copies]
type = "folder"
path = "copies"

[[rule]]
name = "Achats"
drop = "Achats"
type = "Autre"
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


def test_a_new_draft_is_made_by_the_first_change_with_what_it_begins_with(rules: Path) -> None:
    draft = Draft(rules, {(): {"language": "en"}})
    assert not draft.begun
    assert list(rules.parent.iterdir()) == []

    draft.set(("clients",), {"root": "/srv"})

    again = Draft(rules, {})
    assert again.resumed
    assert (again.document["language"], again.table("clients")["root"]) == ("en", "/srv")
    assert not rules.exists()


def test_a_change_to_standing_rules_is_made_in_a_copy_until_it_is_put_in_force(rules: Path) -> None:
    rules.write_text(WHOLE)
    draft = Draft(rules, {})
    draft.set(("clients",), {"root": "elsewhere"})
    assert rules.read_text() == WHOLE
    assert draft.changed

    draft.publish()

    assert rules.read_text() == WHOLE.replace('"clients"', '"elsewhere"')
    assert not draft.path.exists()
    assert not draft.changed


def test_what_is_written_already_is_no_change(rules: Path) -> None:
    rules.write_text(WHOLE)
    draft = Draft(rules, {})
    draft.set(("clients",), {"root": "clients", "table": None})

    assert not draft.begun


def test_an_edit_that_makes_something_wrong_is_refused_and_leaves_no_trace(rules: Path) -> None:
    draft = Draft(rules, {})
    draft.set(("clients",), {"root": "/srv"})
    before = draft.path.read_bytes()

    with pytest.raises(ProblemsError) as told:
        draft.edit(lambda file: file.add("rule", {"name": "A", "drop": "A", "type": "Autre", "archive": "A"}))

    assert {problem.phrase.code for problem in told.value.problems} == {"rules.archive_is_drop"}
    assert draft.path.read_bytes() == before
    draft.edit(lambda file: file.add("rule", {"name": "A", "drop": "A", "type": "Autre"}))
    assert len(draft.entries("rule")) == 1


def test_a_draft_with_something_wrong_is_never_put_in_force(rules: Path) -> None:
    draft = Draft(rules, {})
    draft.set(("clients",), {"root": "/srv"})

    with pytest.raises(ProblemsError):
        draft.publish()
    assert not rules.exists()


def test_rules_that_somebody_else_changed_meanwhile_are_not_overwritten(rules: Path) -> None:
    rules.write_text(WHOLE)
    draft = Draft(rules, {})
    draft.set(("clients",), {"root": "elsewhere"})
    theirs = WHOLE.replace("Notes of mine", "Notes of theirs")
    rules.write_text(theirs)

    with pytest.raises(ConfigurationError):
        draft.publish()

    assert rules.read_text() == theirs
    assert draft.path.exists()


def test_rules_that_appear_meanwhile_are_not_overwritten(rules: Path) -> None:
    draft = Draft(rules, {})
    draft.set((), tomllib.loads(WHOLE))
    rules.write_text(WHOLE)

    with pytest.raises(ConfigurationError):
        draft.publish()


def test_a_draft_older_than_the_rules_says_so(rules: Path) -> None:
    rules.write_text(WHOLE)
    draft = Draft(rules, {})
    draft.set(("clients",), {"root": "elsewhere"})
    assert not Draft(rules, {}).outdated

    os.utime(draft.path, (1, 1))

    assert Draft(rules, {}).outdated


def test_rules_of_a_wrong_shape_break_nothing(rules: Path) -> None:
    rules.write_text('client = [1, "x"]\nrule = "none"\nclients = 3\n[destination]\ninqom = []\n')
    draft = Draft(rules, {})

    assert list(draft.entries("client")) == [{}, {}]
    assert list(draft.entries("rule")) == []
    assert (draft.table("clients"), draft.only) == ({}, None)
