from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pushdoc.assistant.completion import DropPaths, path_with_variables, paths

if TYPE_CHECKING:
    from pathlib import Path

    from pushed import PushedClock


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in (
        "A/Achats/2026/11/Transmis",
        "A/Achats/2025/01",
        "A/Notes de frais/2026-11",
        "B/Achats/2026/Divers",
        "B/Achats/2026/12",
        "B/Été/11",
        "B/.caché",
    ):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "A" / "fichier.pdf").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("", ["Achats", "Notes de frais", "Été"]),
        ("ach", ["Achats"]),
        ("ete", ["Été"]),
        ("Achats/", ["Achats/{millésime}"]),
        ("Achats/20", ["Achats/{millésime}"]),
        ("Achats/{", ["Achats/{millésime}"]),
        ("Achats/{millésime}/", ["Achats/{millésime}/{mois}", "Achats/{millésime}/Divers"]),
        ("Achats/{millésime}/1", ["Achats/{millésime}/{mois}"]),
        ("Achats/2026/d", ["Achats/2026/Divers"]),
        ("Achats/{millésime}/{mois}/", ["Achats/{millésime}/{mois}/Transmis"]),
        ("Notes de frais/", ["Notes de frais/{millésime}-{mois}"]),
        ("Été/", ["Été/11"]),
        ("Nulle part/", []),
        ("Nulle part/{", ["Nulle part/{millésime}"]),
        ("Achats/{mois", ["Achats/{mois"][:0]),
        ("../", []),
        ("/", []),
    ],
)
def test_drop_paths_are_proposed_from_the_clients_folders(
    root: Path, clock: PushedClock, typed: str, proposed: list[str]
) -> None:
    assert sorted(DropPaths(root, ["A", "B"], clock).complete(typed)) == sorted(proposed)


def test_the_most_common_folder_is_proposed_first(root: Path, clock: PushedClock) -> None:
    assert DropPaths(root, ["A", "B"], clock).complete("")[0] == "Achats"


def test_of_thousands_of_clients_some_are_looked_at(tmp_path: Path, clock: PushedClock) -> None:
    names = [f"Client {number:04}" for number in range(600)]
    for name in names:
        (tmp_path / name / "Achats").mkdir(parents=True)
    (tmp_path / names[-1] / "Seulement ici").mkdir()

    assert DropPaths(tmp_path, names, clock).complete("") == ["Achats"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Achats/2026/11", "Achats/{millésime}/{mois}"),
        ("Achats/2026-11", "Achats/{millésime}-{mois}"),
        ("Achats/11", "Achats/11"),
        ("Achats/{millésime}/07", "Achats/{millésime}/{mois}"),
        ("Achats/2026/13", "Achats/{millésime}/13"),
        ("1066/Achats", "1066/Achats"),
    ],
)
def test_a_year_and_a_month_beneath_it_are_variables(written: str, meant: str) -> None:
    assert path_with_variables(written) == meant


def test_paths_of_the_machine_are_completed_with_what_is_there(root: Path) -> None:
    (root / "dossiers.csv").touch()

    assert paths(f"{root}/", root) == [f"{root}/A/", f"{root}/B/"]
    assert paths("d", root, ending=".csv") == ["dossiers.csv"]
    assert paths("A/A", root) == ["A/Achats/"]
    assert paths("B/.c", root) == ["B/.caché/"]
    assert paths("nowhere/", root) == []
