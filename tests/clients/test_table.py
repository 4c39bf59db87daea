"""MCF's export, as real files of real bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from nobody import without_rights

from pushdoc.clients import Table, read_table
from pushdoc.document import Client
from pushdoc.words import LANGUAGES, advice, say

if TYPE_CHECKING:
    from pathlib import Path

SIRET = "73282932000074"
OTHER = "35600000000048"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dossiers.csv"


def read(path: Path, content: str | bytes) -> Table:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, "Dossier", "SIRET")


def told(table: Table) -> list[tuple[int | None, str]]:
    for problem in table.problems:
        for language in LANGUAGES:
            assert say(problem.phrase, language)
            assert advice(problem.phrase, language)
    return [(problem.line, problem.phrase.code.removeprefix("clients.")) for problem in table.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_table_is_read_in_any_encoding_and_with_any_delimiter(path: Path, encoding: str, delimiter: str) -> None:
    text = f"Nom;Dossier;SIRET\r\nA;Crêperie d\u2019Éloïse;{SIRET}\r\n".replace(";", delimiter)

    table = read(path, text.encode(encoding))

    assert told(table) == []
    assert table.clients == (Client("Crêperie d\u2019Éloïse", SIRET),)


def test_utf_16_of_the_other_byte_order_is_read_too(path: Path) -> None:
    table = read(path, b"\xfe\xff" + f"Dossier;SIRET\nCafé;{SIRET}\n".encode("utf-16-be"))

    assert table.clients == (Client("Café", SIRET),)


def test_the_delimiter_is_found_though_titles_hold_others(path: Path) -> None:
    table = read(path, f'"Nom, prénom, titre","a;b;c;d",Dossier,SIRET\nx,y,Martin,{SIRET}\n')

    assert table.clients == (Client("Martin", SIRET),)


def test_the_delimiter_that_gives_the_wanted_columns_counts_more_than_the_one_that_gives_most(path: Path) -> None:
    table = read(path, f"Note, avec, des, virgules;Dossier;SIRET\nx;Martin;{SIRET}\n")

    assert table.clients == (Client("Martin", SIRET),)


def test_columns_are_known_without_capitals_accents_and_blanks(path: Path) -> None:
    path.write_text(f" société \u00a0; n°  SIRET ;x\nMartin;{SIRET};\n", encoding="utf-8")

    table = read_table(path, "SOCIETE", "N° Siret")

    assert table.clients == (Client("Martin", SIRET),)


def test_a_quoted_field_may_hold_lines_and_delimiters(path: Path) -> None:
    table = read(path, f'Note;Dossier;SIRET\n"un;\ndeux\ntrois";Martin;{SIRET}\n;Durand\n')

    assert table.clients == (Client("Martin", SIRET),)
    assert table.listings[0].line == 2
    assert told(table) == [(5, "row_short")]


def test_sirets_lose_their_blanks_and_folders_their_backslashes(path: Path) -> None:
    table = read(path, "Dossier;SIRET\nCabinet\\Martin\\;732 829 320 00074\n")

    assert table.clients == (Client("Cabinet/Martin", SIRET),)


@pytest.mark.parametrize("written", ["", "3,56E+13", "néant"])
def test_a_siret_that_is_none_is_no_fault_of_the_table(path: Path, written: str) -> None:
    table = read(path, f"Dossier;SIRET\nMartin;{written}\n")

    assert table.clients == (Client("Martin", written),)
    assert told(table) == []


def test_empty_lines_and_lines_of_delimiters_are_passed_over(path: Path) -> None:
    table = read(path, f"\n;;\n \nDossier;SIRET;x\n\n;;\n ; ;\nMartin;{SIRET};\n\n")

    assert table.clients == (Client("Martin", SIRET),)
    assert table.listings[0].line == 8
    assert told(table) == []


def test_each_faulty_row_is_told_with_its_line_and_the_others_stand(path: Path) -> None:
    table = read(
        path,
        "Dossier;SIRET;Ville\n"
        f"Martin;{SIRET};Lyon\n"
        "Seul\n"
        f" ;{SIRET};Lyon\n"
        f"/srv/Martin;{SIRET};Lyon\n"
        f"../Martin;{SIRET};Lyon\n"
        f"Durand; Père;{SIRET};Lyon\n"
        f'"Petit;{SIRET};Lyon\n'
        f"Martin/;{SIRET};Lyon\n"
        f"Dubois;{OTHER};Lyon\n",
    )

    assert [client.folder for client in table.clients] == ["Martin", "Dubois"]
    assert not table.fatal
    assert told(table) == [
        (3, "row_short"),
        (4, "folder_empty"),
        (5, "folder_absolute"),
        (6, "folder_upward"),
        (7, "row_long"),
        (8, "row_quotes"),
        (9, "twice"),
    ]
    assert {problem.file for problem in table.problems} == {path}


def test_trailing_delimiters_too_many_or_too_few_do_no_harm(path: Path) -> None:
    table = read(path, f"Dossier;SIRET;Ville\nMartin;{SIRET}\nDurand;{SIRET};;;\n")

    assert [client.folder for client in table.clients] == ["Martin", "Durand"]
    assert told(table) == []


def test_a_client_in_two_rows_is_told_with_both_lines(path: Path) -> None:
    table = read(path, f"Dossier;SIRET\nCafe\u0301;{SIRET}\nDurand;{SIRET}\nCaf\u00e9;{SIRET}\ncaf\u00e9;{SIRET}\n")

    assert told(table) == [(4, "twice")]
    assert table.problems[0].phrase.values["earlier"] == 2
    assert [client.folder for client in table.clients] == ["Cafe\u0301", "Durand", "caf\u00e9"]


def test_of_a_client_with_two_sirets_neither_is_believed(path: Path) -> None:
    table = read(path, f"Dossier;SIRET\nMartin;{SIRET}\nDurand;{SIRET}\nMartin;{OTHER}\n")

    assert [client.folder for client in table.clients] == ["Durand"]
    assert told(table) == [(4, "twice")]


def test_a_missing_column_is_named_with_those_that_are_there_and_the_nearest(path: Path) -> None:
    table = read(path, f"Dosier;Numéro;Ville\nMartin;{SIRET};Lyon\n")

    assert table.fatal
    assert told(table) == [(1, "column_misspelt"), (1, "column_missing")]
    first, second = (say(problem.phrase, "fr") for problem in table.problems)
    assert "peut-être «\u00a0Dosier\u00a0»" in first
    assert second.endswith("Dosier, Numéro, Ville")


def test_two_columns_of_the_wanted_name_are_told(path: Path) -> None:
    table = read(path, f"Dossier;SIRET;siret\nMartin;{SIRET};\n")

    assert table.fatal
    assert told(table) == [(1, "column_twice")]
    assert table.problems[0].phrase.values["places"] == [2, 3]


def test_other_columns_may_be_alike(path: Path) -> None:
    table = read(path, f"Dossier;SIRET;;;Note;Note\nMartin;{SIRET};;;;\n")

    assert told(table) == []
    assert table.clients == (Client("Martin", SIRET),)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", (None, "table_empty")),
        (b"\xef\xbb\xbf \r\n", (None, "table_empty")),
        (b";;;\n;;;\n", (None, "table_empty")),
        (b"Dossier;SIRET\n;\n", (1, "table_no_rows")),
        (b'"Dossier;SIRET\n', (1, "row_quotes")),
        (b"PK\x03\x04\x14\x00\x06", (None, "table_workbook")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", (None, "table_workbook")),
        (bytes(range(256)), (None, "table_binary")),
        (b"\x81\x8d\x8f\x90\x9d", (None, "table_binary")),
        ("Dossier;SIRET\n".encode("utf-16-le"), (None, "table_binary")),
        (b"\xff\xfeD\x00o", (None, "table_binary")),
    ],
)
def test_a_file_without_any_client_has_one_clear_problem(
    path: Path, content: bytes, problem: tuple[int | None, str]
) -> None:
    table = read(path, content)

    assert told(table) == [problem]
    assert table.fatal
    assert table.clients == ()


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    table = read_table(path, "Dossier", "SIRET")

    assert (table.fatal, told(table)) == (True, [(None, "table_absent")])


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    assert told(read_table(tmp_path, "Dossier", "SIRET")) == [(None, "table_no_file")]


def test_a_pipe_in_place_of_the_file_is_told_without_waiting_for_its_writer(path: Path) -> None:
    os.mkfifo(path)

    assert told(read_table(path, "Dossier", "SIRET")) == [(None, "table_no_file")]


def test_a_link_that_leads_in_a_circle_is_told(path: Path) -> None:
    path.symlink_to(path)

    assert told(read_table(path, "Dossier", "SIRET")) == [(None, "table_unreadable")]


def test_a_file_that_may_not_be_read_is_told(path: Path) -> None:
    path.touch(mode=0)

    with without_rights(path.parent):
        assert told(read_table(path, "Dossier", "SIRET")) == [(None, "table_forbidden")]
