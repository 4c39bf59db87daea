"""`pushdoc folders` on a firm's real folders."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    Type = Callable[..., Answer]


def month(firm: Firm) -> str:
    return f"{firm.period.year}/{firm.period.month:02}"


def test_folders_names_what_is_missing_and_makes_nothing(firm: Firm, pushdoc: Type) -> None:
    firm.folder("Client 001", "Achats")
    told = pushdoc("folders")

    assert told.code == 1
    assert told.lines[:-2] == [
        f"Client 001/Ventes/{month(firm)}",
        f"Client 001/Frais/{month(firm)}",
        *(f"Client 002/{kind}/{month(firm)}" for kind in ("Achats", "Ventes", "Frais")),
    ]
    assert "5 dossiers" in told.lines[-2]
    assert "--create" in told.lines[-1]
    assert list((firm.root / "Client 002").iterdir()) == []


def test_folders_create_makes_those_of_all_clients_for_this_month(firm: Firm, pushdoc: Type) -> None:
    assert pushdoc("folders", "--create").code == 0
    assert all((firm.root / name / kind / month(firm)).is_dir() for name in firm.names for kind in ("Achats", "Frais"))

    again = pushdoc("folders", "--create", "--json")
    assert (again.code, again.json) == (0, {"period": str(firm.period), "there": 6, "made": [], "failed": []})
    assert pushdoc("folders").code == 0


def test_folders_create_for_some_clients_leaves_the_others(firm: Firm, pushdoc: Type) -> None:
    told = pushdoc("folders", "--create", "--client", "*2", "--json")

    assert told.json["made"] == [f"Client 002/{kind}/{month(firm)}" for kind in ("Achats", "Ventes", "Frais")]
    assert list((firm.root / "Client 001").iterdir()) == []


def test_folders_are_made_for_active_clients_only(firm: Firm, pushdoc: Type) -> None:
    firm.write_rules("http://127.0.0.1:9", ('root = "clients"', 'root = "clients"\nonly = ["Client 001"]'))

    assert {name.partition("/")[0] for name in pushdoc("folders", "--json").json["missing"]} == {"Client 001"}
    assert pushdoc("folders", "--client", "Client 002").code == 2


def test_folders_that_cannot_be_made_are_told_by_reason_with_what_to_do(firm: Firm, pushdoc: Type) -> None:
    shutil.rmtree(firm.root / "Client 002")
    (firm.root / "Client 001" / "Achats").write_bytes(b"")
    told = pushdoc("folders", "--create")

    assert told.code == 1
    assert "3 dossiers de dépôt ne peuvent pas exister" in told.err
    assert "1 dossier de dépôt ne peut pas exister" in told.err
    assert f"    Client 002/Frais/{month(firm)}" in told.err.splitlines()
    assert told.err.count("→") == 2
    assert {len(one["folders"]) for one in pushdoc("folders", "--json").json["failed"]} == {1, 3}


def test_without_the_clients_folder_nothing_is_made_and_it_is_78(firm: Firm, pushdoc: Type) -> None:
    shutil.rmtree(firm.root)
    told = pushdoc("folders", "--create")

    assert told.code == 78
    assert str(firm.root) in told.err
    assert not firm.root.exists()


def test_hostile_names_stay_on_their_line(firm: Firm, pushdoc: Type) -> None:
    hostile = "=cmd\u202e[b]\x1b[31m"
    (firm.root / hostile).mkdir()
    with (firm.home / "dossiers.csv").open("a") as table:
        table.write(f"{hostile.replace(chr(27), '')};{firm.sirets['Client 001']}\n")
    told = pushdoc("folders", "--create")

    assert "\u202e" not in told.out + told.err
    assert "\x1b" not in told.out + told.err
