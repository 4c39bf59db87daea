from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath

import pytest

from pushdoc.watch import resolve, spelt

NFC, NFD = (unicodedata.normalize(form, "Lefèvre") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(("written", "on_disk"), [(NFC, NFC), (NFC, NFD), (NFD, NFC), (NFD, NFD)])
def test_names_are_spelt_as_on_disk_as_far_as_they_are_there(tmp_path: Path, written: str, on_disk: str) -> None:
    (tmp_path / on_disk / "Achats").mkdir(parents=True)
    wanted = [PurePosixPath(written, "Achats"), PurePosixPath(written, "Ventes", "été"), PurePosixPath("Martin")]
    assert spelt(tmp_path, wanted) == [
        tmp_path / on_disk / "Achats",
        tmp_path / on_disk / "Ventes" / "été",
        tmp_path / "Martin",
    ]
    assert spelt(tmp_path, wanted)[0] == resolve(tmp_path, wanted[0])


def test_what_has_no_accents_is_not_even_asked(tmp_path: Path) -> None:
    asked: list[None] = []
    assert spelt(tmp_path / "missing", [PurePosixPath("a/b")], lambda: asked.append(None)) == [tmp_path / "missing/a/b"]
    assert asked == []


def test_no_link_is_searched_for_other_spellings(tmp_path: Path) -> None:
    (tmp_path / "outside" / NFD).mkdir(parents=True)
    (tmp_path / "Martin").symlink_to(tmp_path / "outside")
    assert spelt(tmp_path, [PurePosixPath("Martin", NFC)]) == [tmp_path / "Martin" / NFC]
