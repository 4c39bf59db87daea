"""The file behind `--folders`: three formats, and everything that is wrong with it at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pushdoc.errors import ProblemsError
from pushdoc.sandbox import Company, Folder, read_folders
from pushdoc.words import say

if TYPE_CHECKING:
    from pathlib import Path

TOML = """
[[company]]
id = 5
name = "CABINET DUPONT"

[[company]]
id = 6
name = "SARL DUBOIS"
access = "Pme"

[[folder]]
id = 10
name = "Boulangerie Martin"
siret = "810 000 109 00019"
company = 5

[[folder]]
id = 11
name = "Sans Nic"
siren = "81000"
nic = ""
status = "Closing"
company = 6
allowed = false
direct = true
"""


def problems(file: Path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read_folders(file)
    for problem in caught.value.problems:
        assert say(problem.phrase, "fr")
    return [repr(problem) for problem in caught.value.problems]


def test_a_toml_file_holds_companies_and_folders(tmp_path: Path) -> None:
    file = tmp_path / "folders.toml"
    file.write_text(TOML, encoding="utf-8")
    assert read_folders(file) == (
        (Company(5, "CABINET DUPONT"), Company(6, "SARL DUBOIS", access="Pme")),
        (
            Folder(10, "Boulangerie Martin", "810000109", "00019", company=5),
            Folder(11, "Sans Nic", "81000", "", "Closing", company=6, allowed=False, direct=True),
        ),
    )


def test_a_json_file_may_be_a_bare_array_of_folders_of_the_cabinet(tmp_path: Path) -> None:
    file = tmp_path / "folders.json"
    file.write_text(json.dumps([{"id": 10, "name": "Garage", "external_id": "C-1"}]), encoding="utf-8")
    assert read_folders(file).folders == (Folder(10, "Garage", external_id="C-1"),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_holds_folders(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "folders.csv"
    lines = [["id", "Name", "siret", "status"], ["10", "Garage", "81000010900019", ""], ["11", "Café", "", "Archived"]]
    file.write_text("\n".join(delimiter.join(line) for line in lines), encoding="utf-8-sig")
    assert read_folders(file).folders == (
        Folder(10, "Garage", "810000109", "00019"),
        Folder(11, "Café", status="Archived"),
    )


def test_everything_that_is_wrong_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "folders.csv"
    file.write_text(
        "id,name,siret,status,company,allowed,colour\n"
        "x,Garage,123,Open,77,perhaps,red\n"
        "10,,81000010900019,,,,\n"
        "11,A,,,,,\n"
        "11,B,,,,,\n"
        "12,C,,,,,,,\n",
        encoding="utf-8",
    )
    said = problems(file)
    assert len(said) == 9
    assert said[0].startswith(f"{file}:1: unknown column “colour”")
    assert said[1].startswith(f"{file}:6: row 5 of the table: more cells")
    assert all(line.startswith(f"{file}:2: row 1") for line in said[2:7])
    assert said[7].startswith(f"{file}:3: row 2")
    assert "folder 11 is there twice" in said[8]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("folders.xml", "<folders/>", "“.xml” is not a known format"),
        ("folders.toml", "[[folder", "cannot be read"),
        ("folders.json", "{", "cannot be read"),
        ("folders.json", '{"folders": []}', "only the tables"),
        ("folders.json", '{"folder": [1]}', "only the tables"),
        ("folders.json", "3", "only the tables"),
        ("folders.json", "[]", "no folder in this file"),
        (
            "folders.toml",
            '[[folder]]\nid=1\nname="A"\nsiret="81000010900019"\nnic="00019"',
            "no siren or nic beside it",
        ),
        ("folders.toml", '[[folder]]\nid=1\nnam="A"', "unknown key “nam” (expected: name)"),
        ("folders.toml", '[[company]]\nid=1\nname="A"\naccess="All"\n[[folder]]\nid=1\nname="A"\ncompany=1', "access"),
    ],
)
def test_a_file_that_will_not_do_is_told_why(tmp_path: Path, name: str, content: str, said: str) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    assert said in problems(file)[0]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in problems(tmp_path / "none.toml")[0]
