"""What is said of folders in trouble."""

from __future__ import annotations

from pathlib import Path

from pushdoc.journey.lasting import by_client, gathered
from pushdoc.ledger import TroubleNote
from pushdoc.watch import Pending
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


ROOT = Path("/mcf")


def test_each_client_hears_of_its_own_files_and_folders_by_their_place_in_its_own() -> None:
    pending = {Pending.EMPTY: [ROOT / "B/Achats/2.pdf", ROOT / "A/Achats/1.pdf", ROOT / "B/Achats/1.pdf"]}
    found = {ROOT / "A/Ventes": Phrase("watch.away", {"path": "/mcf/A/Ventes", "error": "EIO"})}

    assert by_client(ROOT, ["A", "B"], pending, found) == [
        TroubleNote("A", Phrase("whole.empty", {"count": 1, "names": ["Achats/1.pdf"]})),
        TroubleNote("A", Phrase("watch.away", {"path": "Ventes", "error": "EIO"})),
        TroubleNote("B", Phrase("whole.empty", {"count": 2, "names": ["Achats/1.pdf", "Achats/2.pdf"]})),
    ]


def test_a_clients_folder_that_lies_in_anothers_is_its_own() -> None:
    pending = {Pending.EMPTY: [ROOT / "A/Filiale/Achats/1.pdf"]}

    (note,) = by_client(ROOT, ["A", "A/Filiale"], pending, {})

    assert note.client == "A/Filiale"


def test_the_trouble_of_the_root_is_everybodys_and_says_no_more_than_its_name() -> None:
    gone = Phrase("watch.root_gone", {"path": "/srv/mcf"})

    assert by_client(Path("/srv/mcf"), ["A"], {}, {Path("/srv/mcf"): gone}) == [
        TroubleNote("", Phrase("watch.root_gone", {"path": "mcf"}))
    ]


def test_of_very_many_clients_in_trouble_some_are_noted() -> None:
    clients = [f"{number:04}" for number in range(900)]
    found = {ROOT / client: failing(str(ROOT / client)) for client in clients}

    assert len(by_client(ROOT, clients, {}, found)) == 500
