"""What is said of folders in trouble."""

from __future__ import annotations

from pathlib import Path

from pushdoc.journey.lasting import gathered
from pushdoc.words import Phrase, say


def failing(path: str, error: str = "EIO") -> Phrase:
    return Phrase("watch.away", {"path": path, "error": error})


def test_of_many_folders_with_the_same_trouble_the_first_is_named_and_the_rest_counted() -> None:
    found = {Path(name): failing(name) for name in ("/a", "/b", "/c")}
    found[Path("/d")] = failing("/d", "ESTALE")
    said = gathered(found)
    assert said == [failing("/a"), Phrase("watch.same_elsewhere", {"count": 2}), failing("/d", "ESTALE")]
    assert say(said[1], "fr") == "… et 2 autres dossiers dans le même cas"
    assert say(Phrase("watch.same_elsewhere", {"count": 1}), "fr") == "… et 1 autre dossier dans le même cas"


def test_one_folder_in_trouble_is_named_alone() -> None:
    assert gathered({Path("/a"): failing("/a")}) == [failing("/a")]
    assert gathered({}) == []
