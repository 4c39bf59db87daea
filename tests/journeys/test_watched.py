from __future__ import annotations

import gc
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from journeys.firm import GARAGE, MARTIN, PURCHASES

from pushdoc.garbage import uncollected
from pushdoc.journey.watched import watched_folders

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeys.firm import Firm

_NOVEMBER = date(2026, 11, 20)
_PDF = PURCHASES + 'accept = ["*.pdf"]\n'
_SHARING = PURCHASES.replace('name = "Achats"', 'name = "Photos"').replace("mois}/Transmis", "mois}/Photos transmises")
_APART = """
[[rule]]
name = "Ventes"
drop = "Ventes"
archive = "Ventes transmises"
type = "Facture de vente"
"""


def test_a_folder_that_rules_share_is_watched_once_with_all_archives_that_lie_in_it(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=_PDF + _SHARING + _APART)

    watched = watched_folders(firm.rules, firm.roll.clients, _NOVEMBER)

    months = [PurePosixPath(client, f"Achats/2026/{month}") for client in (MARTIN, GARAGE) for month in ("11", "10")]
    apart = [PurePosixPath(client, "Ventes") for client in (MARTIN, GARAGE)]
    assert sorted(watched) == sorted(months + apart)
    for folder in months:
        client, rules, archives = watched[folder]
        assert client.folder == folder.parts[0]
        assert [rule.name for rule in rules] == ["Achats", "Photos"]
        assert archives == (PurePosixPath("Transmis"), PurePosixPath("Photos transmises"))
    assert {watched[folder].archives for folder in apart} == {()}


def test_garbage_is_collected_again_afterwards_unless_it_was_not_before() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
