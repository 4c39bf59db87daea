from __future__ import annotations

from pathlib import Path

from pushdoc.watch import Moved

FOLDER = Path("/srv/mcf/Martin/Achats")


def test_what_was_moved_in_is_told_once_to_the_look_at_its_folder_or_one_above() -> None:
    moved = Moved()
    for name in ("a.pdf", "sub/b.pdf", "a.pdf"):
        moved.note(FOLDER / name)
    moved.note(FOLDER.with_name("Ventes") / "c.pdf")

    assert moved.take(FOLDER, deep=True) == {FOLDER / "a.pdf", FOLDER / "sub/b.pdf"}
    assert moved.take(FOLDER, deep=True) == frozenset()
    assert moved.take(FOLDER.parent, deep=True) == {FOLDER.with_name("Ventes") / "c.pdf"}


def test_of_a_flood_the_latest_are_remembered() -> None:
    moved = Moved()
    for number in range(12_000):
        moved.note(FOLDER / str(number % 2) / f"{number}.pdf")

    left = moved.take(FOLDER, deep=True)

    assert len(left) == 10_000
    assert FOLDER / "1/11999.pdf" in left


def test_what_lies_deeper_is_taken_only_by_whom_it_concerns() -> None:
    moved = Moved()
    moved.note(FOLDER / "a.pdf")
    moved.note(FOLDER / "sub/b.pdf")

    assert moved.take(FOLDER, deep=False) == {FOLDER / "a.pdf"}
    assert moved.take(FOLDER / "sub", deep=False) == {FOLDER / "sub/b.pdf"}
