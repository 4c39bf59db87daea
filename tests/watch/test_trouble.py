from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pushdoc.watch import Oddity, Told
from pushdoc.watch.trouble import trouble
from pushdoc.words import Phrase, advice, say

FOLDER = Path("/srv/mcf/Martin/Achats")
LINK = Oddity(FOLDER / "a.pdf", Phrase("watch.link", {"path": "a.pdf"}))
PIPE = Oddity(FOLDER / "b.pdf", Phrase("watch.special", {"path": "b.pdf"}))


def test_an_oddity_is_told_once() -> None:
    told = Told()
    assert told.new(FOLDER, [LINK]) == [LINK]
    assert told.new(FOLDER, [LINK, PIPE]) == [PIPE]
    assert told.new(FOLDER, [LINK, PIPE]) == []


def test_an_oddity_that_was_away_is_told_again() -> None:
    told = Told()
    told.new(FOLDER, [LINK])
    told.new(FOLDER, [])
    assert told.new(FOLDER, [LINK]) == [LINK]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "watch.no_right"),
        (errno.ENOTDIR, "watch.not_a_folder"),
        (errno.ELOOP, "watch.not_a_folder"),
        (errno.ENOTCONN, "watch.away"),
        (errno.ESTALE, "watch.away"),
        (errno.EMFILE, "watch.unreadable"),
    ],
)
def test_a_failed_reading_says_whose_it_is_to_mend_it(number: int, code: str) -> None:
    phrase = trouble(FOLDER, OSError(number, "said by the system"))
    assert phrase.code == code
    for language in ("fr", "en"):
        assert str(FOLDER) in say(phrase, language)
        assert "…" not in say(phrase, language)
        assert advice(phrase, language)
