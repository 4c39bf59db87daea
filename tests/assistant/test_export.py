from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pushdoc.assistant.export import folder_column, likely_export, named, nearby, read_export, siret_columns
from pushdoc.errors import ProblemsError

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ["Boulangerie Martin", "Café de la Gare", "SCI Les Tilleuls"]
TEXT = """\
Code;Chemin;N° TVA;Identifiant;Tél.;Tél.
1;Boulangerie Martin;FR12732829320;732 829 320 00074;1;2
2;Café de la Gare;;81000001800012;1;2
3;Groupe\\Garage;x;81000001800013;1;2
4;short
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mcf.csv"
    path.write_bytes(TEXT.encode("cp1252"))
    return path


def test_an_export_is_read_whole_with_short_rows_filled_up(table: Path) -> None:
    export = read_export(table)

    assert export.titles == ("Code", "Chemin", "N° TVA", "Identifiant", "Tél.", "Tél.")
    assert len(export.rows) == 4
    assert export.rows[3] == ("4", "short", "", "", "", "")


def test_a_column_that_has_no_name_of_its_own_cannot_be_chosen(table: Path) -> None:
    assert "Tél." not in read_export(table).columns


def test_the_column_of_the_folders_is_the_one_that_names_most_of_them(table: Path) -> None:
    export = read_export(table)

    assert folder_column(export, FOLDERS) == "Chemin"
    assert named(export, "Chemin", FOLDERS) == 2


def test_where_no_folder_is_named_the_title_tells_or_nothing_does(table: Path, tmp_path: Path) -> None:
    assert folder_column(read_export(table), ["Autre"]) == "Chemin"
    bare = tmp_path / "bare.csv"
    bare.write_text("a;b\n1;2\n")
    assert folder_column(read_export(bare), ["Autre"]) is None


def test_the_column_of_the_siret_is_the_one_with_most_valid_ones(table: Path) -> None:
    likely, *others = siret_columns(read_export(table))

    assert (likely.title, likely.valid, likely.filled) == ("Identifiant", 2, 3)
    assert all(tally.valid == 0 for tally in others)


def test_of_columns_without_a_valid_siret_the_one_called_so_is_likely(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Dossier;Siret\nA;12\n")

    assert siret_columns(read_export(path))[0].title == "Siret"


@pytest.mark.parametrize("content", [b"", b"Dossier;SIRET\n", b"PK\x03\x04workbook", b"\0\0"])
def test_what_is_no_export_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    with pytest.raises(ProblemsError):
        read_export(path)


def test_the_export_that_lies_near_is_the_one_that_names_most_folders(table: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.csv").write_bytes(b"\0")
    (tmp_path / "other.csv").write_text("Nom;Ville\nBoulangerie Martin;Lyon\n")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "notes.txt").write_text("Boulangerie Martin")
    os.mkfifo(tmp_path / "pipe.csv")
    near = nearby([tmp_path / "missing", tmp_path])

    assert {path.name for path in near} == {"mcf.csv", "broken.csv", "other.csv"}
    found = likely_export(near, FOLDERS)
    assert found is not None
    assert found.path == table


def test_a_table_of_something_else_is_no_export(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Nom;Prix\nvis;3\n")

    assert likely_export([path], FOLDERS) is None
