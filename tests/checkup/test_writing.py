from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pushdoc.checkup import Group, Mark
from pushdoc.checkup.writing import nobodys
from pushdoc.document import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkup.conftest import Found
    from service.firm import Firm

CLIENTS = (Client("Boulangerie Martin", "73282932000074"), Client("SCI/Les Lilas", "73282932000074", enabled=False))


@pytest.mark.parametrize("pattern", ["Boulangerie Martin", "SCI/*", "Les Lilas", "*", "Boul*"])
def test_a_name_that_a_client_bears_is_found_even_where_it_is_switched_off(pattern: str) -> None:
    assert list(nobodys("rule", [pattern], CLIENTS)) == []


@pytest.mark.parametrize(
    ("pattern", "mark", "code", "near"),
    [
        ("Boulangerie Martn", Mark.FAULT, "check.name_of_nobody_near", "Boulangerie Martin"),
        ("Garage", Mark.FAULT, "check.name_of_nobody", None),
        ("SARL *", Mark.WARNING, "check.pattern_of_nobody", None),
    ],
)
def test_a_name_that_nobody_bears_is_a_slip_and_a_pattern_may_wait(
    pattern: str, mark: Mark, code: str, near: str | None
) -> None:
    (found,) = nobodys("rule", [pattern], CLIENTS)
    assert (found.mark, found.phrase.code, found.phrase.values.get("near")) == (mark, code, near)


def test_a_rule_a_selection_and_a_collaborator_for_nobody_are_told_with_their_place(
    firm: Firm, look: Callable[..., Found]
) -> None:
    firm.write_rules(
        "http://127.0.0.1:9",
        ('name = "Achats"', 'name = "Achats"\nclients = ["Client 00l"]'),
        ('root = "clients"', 'root = "clients"\nonly = ["Client *", "Garage"]'),
    )
    person = '\n[[collaborator]]\nname = "Claire"\nemail = "c@d.example"\ndigest = false\nclients = ["SCI *"]\n'
    firm.rules.write_text(firm.rules.read_text() + person)
    found = look()

    assert found.one("check.name_of_nobody_near").phrase.values["where"] == "[[rule]] Achats"
    assert found.one("check.name_of_nobody").phrase.values["where"] == "[clients] only"
    assert found.one("check.pattern_of_nobody").phrase.values["where"] == "[[collaborator]] Claire"


def test_where_no_client_is_enabled_nothing_would_be_watched(firm: Firm, look: Callable[..., Found]) -> None:
    firm.write_rules("http://127.0.0.1:9", ('root = "clients"', 'root = "clients"\nonly = []'))
    assert look().one("check.no_client").phrase.values["known"] == 2


def test_rules_that_everybody_may_change_are_a_fault(firm: Firm, look: Callable[..., Found]) -> None:
    assert look().codes(Group.RULES) == []
    firm.rules.chmod(0o666)
    assert look().one("check.rules_open").phrase.values["mode"] == "0666"
