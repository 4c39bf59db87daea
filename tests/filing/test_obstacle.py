from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from pushdoc.filing.obstacle import ObstacleError, Within, obstructed
from pushdoc.original import NotAFileError
from pushdoc.words import LANGUAGES, Language, advice, say

FOLDER = Path(os.fsdecode(b"/srv/mcf/Boulangerie \xe9"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_error_of_the_system_has_words_that_name_the_folder_and_advice(number: int, language: Language) -> None:
    reason = obstructed(OSError(number, os.strerror(number)), FOLDER).reason
    assert "/srv/mcf/Boulangerie \ufffd" in say(reason, language)
    assert "…" not in say(reason, language) + (advice(reason, language) or "…")


def test_the_words_can_be_kept_by_any_ledger() -> None:
    reason = obstructed(OSError(errno.ENOSPC, ""), FOLDER).reason
    assert json.dumps(dict(reason.values), ensure_ascii=False).encode()


def test_a_link_in_the_way_is_told_from_other_troubles() -> None:
    assert obstructed(NotAFileError("a link"), FOLDER).reason.code == "filing.link_in_the_way"


def test_an_error_without_a_number_is_told_in_its_own_words() -> None:
    assert "strange" in say(obstructed(OSError("strange"), FOLDER).reason, "fr")


def test_an_error_met_in_a_folder_is_an_obstacle_there() -> None:
    with pytest.raises(ObstacleError) as caught, Within(FOLDER):
        raise OSError(errno.EROFS, "")
    assert caught.value.obstructed.reason.code == "filing.read_only"
