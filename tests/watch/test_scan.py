from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path, PurePosixPath

import pytest

from pushdoc.original import look_at
from pushdoc.watch import Look, look, resolve
from pushdoc.watch.scan import DEPTH, _Walk


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "mcf"
    folder.mkdir()
    return folder


@pytest.fixture
def drop(root: Path) -> Path:
    folder = root / "Martin" / "Achats"
    folder.mkdir(parents=True)
    return folder


def drop_file(path: Path, content: bytes = b"papier", modified: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (modified, modified))
    return path


def names(seen: Look) -> list[str]:
    return [sighting.path.name for sighting in seen.sightings]


def codes(seen: Look) -> dict[str, str]:
    return {oddity.path.name: oddity.phrase.code for oddity in seen.oddities}


def test_a_look_sees_the_documents_of_a_folder_the_oldest_first(root: Path, drop: Path) -> None:
    new = drop_file(drop / "a.pdf", modified=20)
    old = drop_file(drop / "b.pdf", modified=10)
    seen = look(root, drop)
    assert [(one.path, one.identity) for one in seen.sightings] == [(old, look_at(old)), (new, look_at(new))]
    assert seen.there
    assert seen.trouble is None
    assert seen.folders == (drop,)


def test_what_is_never_a_document_is_passed_over_and_marks_are_told(root: Path, drop: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "a.pdf.part", "~$devis.docx"):
        drop_file(drop / name)
    mark = drop_file(drop / "a.pdf.NON-TRANSMIS.txt")
    (drop / "@eaDir").mkdir()
    seen = look(root, drop, subfolders=True)
    assert (seen.sightings, seen.oddities, seen.marks, seen.folders) == ((), (), (mark,), (drop,))


def test_a_document_that_somebody_has_open_is_seen_with_its_lock(root: Path, drop: Path) -> None:
    drop_file(drop / "devis.docx")
    drop_file(drop / "~$devis.docx")
    assert [one.lock for one in look(root, drop).sightings] == ["~$devis.docx"]


def test_names_that_are_no_utf_8_or_hostile_survive(root: Path, drop: Path) -> None:
    awkward = [b"\xe9t\xe9.pdf", b"a\nb.pdf", b"-rf.pdf", b'"><script>.pdf']
    for name in awkward:
        drop_file(drop / os.fsdecode(name))
    assert sorted(os.fsencode(name) for name in names(look(root, drop))) == sorted(awkward)


def test_a_month_folder_that_nobody_made_yet_is_normal(root: Path, drop: Path) -> None:
    assert look(root, drop / "2026" / "11") == Look(drop / "2026" / "11", there=False)


def test_where_the_root_is_gone_nothing_is_concluded(root: Path, drop: Path) -> None:
    shutil.rmtree(root)
    seen = look(root, drop)
    assert not seen.there
    assert seen.trouble
    assert seen.trouble.code == "watch.root_gone"


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv to be nobody")
def test_a_folder_that_may_not_be_read_is_trouble_and_not_emptiness(drop: Path) -> None:
    drop.chmod(0o700)
    code = (
        "import sys; from pathlib import Path; from pushdoc.watch import look\n"
        "print(look(Path('/'), Path(sys.argv[1])).trouble.code)"
    )
    for above in drop.parents[: len(drop.parents) - 2]:
        above.chmod(0o755)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", code, str(drop)]
    said = subprocess.run(nobody, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "watch.no_right"


def test_a_file_in_the_place_of_a_drop_folder_is_trouble(root: Path, drop: Path) -> None:
    drop_file(drop / "2026")
    for folder in (drop / "2026", drop / "2026" / "11"):
        seen = look(root, folder)
        assert seen.trouble
        assert seen.trouble.code == "watch.not_a_folder"


def test_a_link_on_the_way_to_a_drop_folder_is_not_followed(root: Path, drop: Path, tmp_path: Path) -> None:
    drop_file(tmp_path / "outside" / "secret.pdf")
    (drop / "2026").symlink_to(tmp_path / "outside")
    (drop / "2027").symlink_to(tmp_path)
    for folder in (drop / "2026", drop / "2027" / "outside"):
        seen = look(root, folder)
        assert seen.trouble
        assert seen.trouble.code == "watch.not_a_folder"
        assert seen.sightings == ()


def test_the_root_itself_may_be_a_link(root: Path, drop: Path, tmp_path: Path) -> None:
    drop_file(drop / "a.pdf")
    (tmp_path / "link").symlink_to(root)
    assert names(look(tmp_path / "link", tmp_path / "link" / "Martin" / "Achats")) == ["a.pdf"]


def test_links_pipes_sockets_and_folders_named_like_documents_are_odd(root: Path, drop: Path) -> None:
    real = drop_file(drop / "a.pdf")
    (drop / "link.pdf").symlink_to(real)
    (drop / "dangling.pdf").symlink_to("nowhere")
    (drop / "loop").symlink_to(drop)
    os.mkfifo(drop / "pipe.pdf")
    drop_file(drop / "folder.PDF" / "inside.pdf")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(drop / "s.pdf"))
    seen = look(root, drop, subfolders=True)
    assert names(seen) == ["a.pdf"]
    assert codes(seen) == {
        "link.pdf": "watch.link",
        "dangling.pdf": "watch.link",
        "loop": "watch.link",
        "pipe.pdf": "watch.special",
        "s.pdf": "watch.special",
        "folder.PDF": "watch.folder_like_document",
    }


def test_folders_within_count_only_when_asked_for(root: Path, drop: Path) -> None:
    drop_file(drop / "a.pdf", modified=1)
    drop_file(drop / "urgent" / "très" / "b.pdf", modified=2)
    drop_file(drop / ".hidden" / "c.pdf")
    plain, deep = look(root, drop), look(root, drop, subfolders=True)
    assert (names(plain), plain.oddities) == (["a.pdf"], ())
    assert (names(deep), deep.oddities) == (["a.pdf", "b.pdf"], ())
    assert set(deep.folders) == {drop, drop / "urgent", drop / "urgent" / "très"}


def test_archives_beneath_a_drop_folder_are_not_looked_into(root: Path, drop: Path) -> None:
    spellings = [unicodedata.normalize(form, "Transmis été") for form in ("NFC", "NFD")]
    for on_disk in spellings:
        drop_file(drop / on_disk / "a.pdf")
    for written in spellings:
        assert look(root, drop, subfolders=True, exclude=[drop / written]).sightings == ()


def test_folders_too_deep_are_told_and_the_rest_is_seen(root: Path, drop: Path) -> None:
    deepest = drop.joinpath(*["d"] * DEPTH)
    drop_file(deepest / "a.pdf")
    drop_file(deepest / "beyond" / "b.pdf")
    seen = look(root, drop, subfolders=True)
    assert names(seen) == ["a.pdf"]
    assert codes(seen) == {"beyond": "watch.too_deep"}


def test_a_look_keeps_no_descriptor_open(root: Path, drop: Path) -> None:
    drop_file(drop / "urgent" / "b.pdf")
    before = len(list(Path("/proc/self/fd").iterdir()))
    look(root, drop, subfolders=True)
    look(root, drop / "missing")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def listed(folder: Path) -> tuple[int, os.DirEntry[str]]:
    descriptor = os.open(folder, os.O_RDONLY)
    with os.scandir(descriptor) as entries:
        return descriptor, next(entries)


def test_a_file_that_goes_between_listing_and_looking_simply_is_not_there(drop: Path) -> None:
    path = drop_file(drop / "a.pdf")
    descriptor, entry = listed(drop)
    path.unlink()
    walk = _Walk(lambda: None, subfolders=False, exclude=frozenset())
    walk._entry(path, entry, (), descriptor, 0)
    os.close(descriptor)
    assert walk.look(drop) == Look(drop, there=True)


def test_an_entry_that_cannot_be_looked_at_is_told_and_does_not_stop_the_others(drop: Path) -> None:
    path = drop_file(drop / "a.pdf")
    descriptor, entry = listed(drop)
    os.close(descriptor)  # so that looking at the entry fails
    walk = _Walk(lambda: None, subfolders=False, exclude=frozenset())
    walk._entry(path, entry, (), descriptor, 0)
    assert codes(walk.look(drop)) == {"a.pdf": "watch.unreadable"}


NFC, NFD = (unicodedata.normalize(form, "Dépenses") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(("written", "on_disk"), [(NFC, NFC), (NFC, NFD), (NFD, NFC), (NFD, NFD)])
def test_a_folder_is_found_however_its_accents_are_written_on_disk(root: Path, written: str, on_disk: str) -> None:
    (root / "Martin" / on_disk / "2026").mkdir(parents=True)
    assert resolve(root, PurePosixPath("Martin", written, "2026")) == root / "Martin" / on_disk / "2026"


def test_of_two_spellings_on_disk_the_exact_one_is_taken(root: Path) -> None:
    (root / NFC).mkdir()
    (root / NFD).mkdir()
    assert resolve(root, PurePosixPath(NFD)) == root / NFD
    assert resolve(root, PurePosixPath(NFC)) == root / NFC


def test_a_folder_that_is_nowhere_resolves_to_nothing(root: Path, drop: Path) -> None:
    assert resolve(root, PurePosixPath("Martin", "Achats", "2026")) is None
    assert resolve(root, PurePosixPath("Martin", NFC)) is None
    assert resolve(root, PurePosixPath("Martin", "Achats")) == drop


def test_a_link_is_not_searched_for_other_spellings(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside" / NFD).mkdir(parents=True)
    (root / "Martin").symlink_to(tmp_path / "outside")
    path = resolve(root, PurePosixPath("Martin", NFC))
    assert path == root / "Martin" / NFC
    seen = look(root, path)
    assert seen.trouble
    assert seen.trouble.code == "watch.not_a_folder"
