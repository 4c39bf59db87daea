"""Rows A of the faults: what arrives, and how, as far as no room's own tests show it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from faults.firm_faults import QUICK, names, once
from service.firm import paper, until

from pushdoc.errors import ExitCode
from pushdoc.states import State

if TYPE_CHECKING:
    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

service = pytest.mark.service


@service
def test_a11_a_tree_that_is_copied_in_arrives_once_each(firm: Firm, ticking: Sandbox) -> None:
    tree = firm.home / "tree"
    wanted = []
    for client in firm.names:
        folder = tree / client / firm.folder(client).relative_to(firm.root / client)
        folder.mkdir(parents=True)
        for number in range(150):
            wanted.append(f"{client} {number:03}.pdf")
            (folder / wanted[-1]).write_bytes(paper(wanted[-1]))
    shutil.rmtree(firm.root)
    firm.root.mkdir()
    daemon = firm.run()

    shutil.copytree(tree, firm.root, dirs_exist_ok=True)

    until(lambda: len(names(ticking)) >= len(wanted), "all have arrived", within=60)
    until(lambda: {one.state for one in firm.documents()} == {State.ARCHIVED}, "all are filed", within=60)
    assert daemon.stop() == 0
    assert names(ticking) == sorted(wanted)


@service
def test_a18_the_same_folders_under_another_name_belong_to_the_ledger_that_has_them(
    firm: Firm, ticking: Sandbox
) -> None:
    once(firm)
    (firm.home / "alias").symlink_to(firm.root)
    changes = ("var/pushdoc.db", "var/second.db"), ('root = "clients"', 'root = "alias"')
    firm.drop("a.pdf")
    firm.write_rules(ticking.url, *QUICK, *changes)

    told = once(firm, ExitCode.WRONG_CONFIGURATION)

    assert str(firm.ledger) in told
    assert names(ticking) == []


@service
def test_a18_two_rules_that_may_watch_one_folder_inside_the_other_are_refused_at_the_start(
    firm: Firm, ticking: Sandbox
) -> None:
    inner = '\n[[rule]]\nname = "Inner"\ndrop = "Achats/{millésime}/{mois}/Urgent"\ntype = "Facture d\'achat"\n'
    firm.rules.write_text(firm.rules.read_text().replace('settle = "', 'subfolders = true\nsettle = "') + inner)
    firm.drop("a.pdf")

    told = once(firm, ExitCode.WRONG_CONFIGURATION)

    assert "Inner" in told
    assert names(ticking) == []
