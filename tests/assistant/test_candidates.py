from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pushdoc.assistant.candidates import candidates, folders_beneath, search
from pushdoc.assistant.export import Export

if TYPE_CHECKING:
    from pathlib import Path


def test_the_folders_beneath_the_root_can_be_clients_and_nothing_else_can(tmp_path: Path) -> None:
    for name in ("Zoé", "auberge", ".caché", "@eaDir", "blanc ", "ligne\ncoupée"):
        (tmp_path / name).mkdir()
    (tmp_path / os.fsdecode(b"re\xe7u")).mkdir()
    (tmp_path / "fichier.pdf").touch()
    (tmp_path / "lien").symlink_to(tmp_path / "Zoé")
    beneath = folders_beneath(tmp_path)

    assert beneath.names == ("auberge", "Zoé")
    assert set(beneath.unfit) == {"blanc ", "ligne\ncoupée", os.fsdecode(b"re\xe7u")}


def exported(tmp_path: Path, *folders: str) -> Export:
    return Export(tmp_path / "x.csv", ("Dossier", "Ville"), tuple((folder, "Lyon") for folder in folders))


def test_folders_and_rows_of_the_export_are_put_together_by_name(tmp_path: Path) -> None:
    for name in ("Cafe\u0301", "Auberge", "Groupe"):
        (tmp_path / name).mkdir()
    (tmp_path / "Groupe" / "Garage").mkdir()
    export = exported(tmp_path, "Café", "Groupe\\Garage", "Parti", "../dehors")

    known = candidates(tmp_path, folders_beneath(tmp_path).names, export, "Dossier")

    assert [(one.folder, one.there, one.tabled) for one in known] == [
        ("Auberge", True, False),
        ("Café", True, True),
        ("Groupe/Garage", True, True),
        ("Parti", False, True),
    ]


def test_a_search_says_which_attribute_it_found_by(tmp_path: Path) -> None:
    known = candidates(tmp_path, ["Lyonnais"], exported(tmp_path, "Auberge"), "Dossier")
    both = search(known, "LYON")

    assert [one.folder for one in both] == ["Auberge", "Lyonnais"]
    assert [one.shown_by(["lyon"]) for one in both] == [("Ville", "Lyon"), None]
