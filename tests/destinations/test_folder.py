from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from destinations.contract import DestinationContract, receipt_of

from pushdoc.deliver.destination import Absent, CannotTell, Delayed, Doubtful, Found, Refused
from pushdoc.destinations import copies as steps
from pushdoc.destinations.folder import Folder, FolderSettings
from pushdoc.original import ChangedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from destinations.papers import Papers

    from pushdoc.deliver.destination import Destination, Parcel


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "copies"
    root.mkdir()
    return root


@pytest.fixture
def dossier() -> str:
    return "Groupe/Boulangerie Martin"


@pytest.fixture
def destination(root: Path) -> Folder:
    return Folder("copies", settings(root))


def settings(root: Path) -> FolderSettings:
    return FolderSettings.model_validate({"type": "folder", "path": str(root)})


def copies(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and ".pushdoc" not in path.parts)


def notes(root: Path) -> list[str]:
    return sorted(path.suffix for path in (root / ".pushdoc").iterdir())


class TestFolder(DestinationContract):
    """A folder on a disk."""

    @pytest.fixture
    def unreachable(self, tmp_path: Path) -> Folder:
        return Folder("copies", settings(tmp_path / "share that is not mounted"))

    @pytest.fixture
    def arrived(self, root: Path) -> Callable[[], list[str]]:
        return lambda: [hashlib.sha256(path.read_bytes()).hexdigest() for path in copies(root)]


def test_a_copy_lies_under_its_client_and_type(destination: Folder, root: Path, papers: Papers) -> None:
    receipt = receipt_of(destination, papers.parcel(name="facture 881.pdf"))
    assert receipt == "Groupe/Boulangerie Martin/Facture d'achat/facture 881.pdf"
    assert copies(root) == [root / receipt]
    assert notes(root) == [".json"]


def test_nothing_is_overwritten(destination: Folder, root: Path, papers: Papers) -> None:
    receipts = [receipt_of(destination, papers.parcel(name="scan.pdf")) for _ in range(3)]
    assert [Path(receipt).name for receipt in receipts] == ["scan.pdf", "scan (2).pdf", "scan (3).pdf"]
    assert len({path.read_bytes() for path in copies(root)}) == 3


@pytest.mark.parametrize("dossier", ["../../etc", ".pushdoc", "", "/etc", "a/../.."])
def test_no_name_leads_out_of_the_folder(destination: Folder, root: Path, papers: Papers) -> None:
    receipt = receipt_of(destination, papers.parcel(name=".."))
    assert copies(root) == [root / receipt]


def test_undecodable_names_make_a_receipt_that_can_be_kept(destination: Folder, papers: Papers) -> None:
    receipt = receipt_of(destination, papers.parcel(dossier="caf\udce9"))
    assert receipt.encode()


def test_a_share_that_is_not_mounted_is_not_filled_in_its_stead(tmp_path: Path, papers: Papers) -> None:
    gone = tmp_path / "gone"
    outcome = Folder("copies", settings(gone)).send(papers.parcel())
    assert isinstance(outcome, Delayed)
    assert outcome.reason.code == "folder.gone"
    assert not gone.exists()


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.ENOSPC, ("folder.full", False)),
        (errno.EDQUOT, ("folder.full", False)),
        (errno.EROFS, ("folder.not_allowed", True)),
        (errno.EACCES, ("folder.not_allowed", True)),
        (errno.EIO, ("folder.failed", False)),
    ],
)
def test_what_keeps_a_copy_from_being_made_delays_it_and_leaves_nothing(
    root: Path, papers: Papers, monkeypatch: pytest.MonkeyPatch, number: int, trouble: tuple[str, bool]
) -> None:
    destination = Folder("copies", settings(root))

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    parcel = papers.parcel()
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", fail)
        outcome = destination.send(parcel)
    assert isinstance(outcome, Delayed)
    assert (outcome.reason.code, outcome.needs_person) == trouble
    assert copies(root) == []
    assert notes(root) == []
    assert destination.ask(papers.document(parcel)) == Absent()


def test_a_folder_that_may_not_be_written_to_is_in_trouble(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    trouble = Folder("copies", settings(file)).check().trouble
    assert trouble is not None
    assert trouble.code == "folder.gone"


def test_without_hard_links_a_copy_is_made_all_the_same(
    destination: Folder, root: Path, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no hard links")

    monkeypatch.setattr(os, "link", refuse)
    parcels = [papers.parcel(name="scan.pdf") for _ in range(2)]
    receipts = [receipt_of(destination, parcel) for parcel in parcels]
    assert [path.name for path in copies(root)] == ["scan (2).pdf", "scan.pdf"]
    assert destination.ask(papers.document(parcels[1])) == Found((receipts[1],))
    assert notes(root) == [".json", ".json"]


class PowerCutError(BaseException):
    """Stands for a crash: nothing after it runs."""


@pytest.fixture
def crash(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Parcel], Folder]:
    """Sends a parcel, but one of the steps is the last that is begun; the folder as the next start finds it."""

    def cut(*_: object) -> None:
        raise PowerCutError

    def send(step: str, parcel: Parcel) -> Folder:
        with monkeypatch.context() as patch:
            patch.setattr(steps, "_forget", lambda *_: None)
            patch.setattr(steps, step, cut)
            with pytest.raises(PowerCutError):
                Folder("copies", settings(root)).send(parcel)
        return Folder("copies", settings(root))

    return send


@pytest.mark.parametrize("step", ["_fill", "_write", "_appear"])
def test_a_crash_before_the_copy_can_be_seen_leaves_it_surely_absent(
    root: Path, papers: Papers, crash: Callable[[str, Parcel], Folder], step: str
) -> None:
    parcel = papers.parcel()
    afterwards = crash(step, parcel)
    assert afterwards.ask(papers.document(parcel)) == Absent()
    assert copies(root) == []


def test_a_crash_just_after_the_copy_can_be_seen_leaves_it_found(
    destination: Folder, root: Path, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def link_and_crash(source: Path, target: Path) -> None:
        link(source, target)
        raise PowerCutError

    parcel = papers.parcel()
    with monkeypatch.context() as patch:
        patch.setattr(steps, "_forget", lambda *_: None)
        patch.setattr(os, "link", link_and_crash)
        with pytest.raises(PowerCutError):
            destination.send(parcel)
    assert destination.ask(papers.document(parcel)) == Found((copies(root)[0].relative_to(root).as_posix(),))


def test_a_copy_that_the_disk_does_not_confirm_is_doubtful_and_found(
    destination: Folder, root: Path, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = steps._sync

    def fail(folder: Path) -> None:
        if folder.name == "Facture d'achat":
            raise OSError(errno.EIO, "lost")
        sync(folder)

    parcel = papers.parcel()
    with monkeypatch.context() as patch:
        patch.setattr(steps, "_sync", fail)
        assert isinstance(destination.send(parcel), Doubtful)
    assert isinstance(destination.ask(papers.document(parcel)), Found)
    assert len(copies(root)) == 1


def test_a_copy_that_somebody_took_away_was_delivered_all_the_same(
    destination: Folder, root: Path, papers: Papers
) -> None:
    parcel = papers.parcel()
    receipt = receipt_of(destination, parcel)
    (root / receipt).unlink()
    assert destination.ask(papers.document(parcel)) == Found((receipt,))


def test_a_name_that_was_taken_by_another_file_is_not_mistaken_for_the_copy(
    root: Path, papers: Papers, crash: Callable[[str, Parcel], Folder]
) -> None:
    parcel = papers.parcel()
    afterwards = crash("_appear", parcel)
    other = root / "Groupe/Boulangerie Martin/Facture d'achat/facture.pdf"
    other.write_bytes(b"somebody else's")
    assert afterwards.ask(papers.document(parcel)) == Absent()
    assert other.read_bytes() == b"somebody else's"


def test_a_path_that_is_too_long_is_this_documents_fault(destination: Folder, papers: Papers) -> None:
    outcome = destination.send(papers.parcel(dossier="/".join(["x" * 200] * 30)))
    assert isinstance(outcome, Refused)


def test_a_file_that_cannot_be_read_is_not_the_folders_trouble(destination: Folder, root: Path, papers: Papers) -> None:
    parcel = papers.parcel()
    papers.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        destination.send(parcel)
    assert notes(root) == []


def test_a_change_in_the_middle_leaves_neither_copy_nor_note(destination: Folder, root: Path, papers: Papers) -> None:
    parcel = papers.parcel(b"x" * 200_000)
    papers.rewrite(parcel, b"y" * 200_000)
    with pytest.raises(ChangedError):
        destination.send(parcel)
    assert copies(root) == []
    assert notes(root) == []


def test_it_has_no_dossiers_and_nothing_to_follow(destination: Folder, papers: Papers) -> None:
    parcel, plug_in = papers.parcel(), cast("Destination", destination)
    assert plug_in.dossiers() is None
    assert plug_in.accepts(parcel.type, "x", 0) is None
    assert plug_in.follow(parcel.dossier, ["x"], papers.document(parcel).since) == {}


def test_without_the_folder_it_cannot_be_told_whether_a_copy_was_made(tmp_path: Path, papers: Papers) -> None:
    gone = Folder("copies", settings(tmp_path / "gone"))
    assert isinstance(gone.ask(papers.document(papers.parcel())), CannotTell)
