from __future__ import annotations

from pushdoc.assistant.screen import Screen, Sign
from pushdoc.words import Phrase


def shown(*, colours: bool = False, width: int = 60) -> tuple[Screen, list[str]]:
    written: list[str] = []
    return Screen("fr", written.append, colours=colours, width=width), written


def test_a_mark_stands_before_its_text_and_what_to_do_beneath() -> None:
    screen, written = shown()
    screen.told(Sign.FAULT, Phrase("assistant.unfit.root", {"path": "/srv/mcf", "error": "inconnu"}))

    first, *rest = "".join(written).splitlines()
    assert first.startswith("✗ /srv/mcf")
    assert rest[-1].strip().startswith("→") or rest[-1].startswith("    ")
    assert max(map(len, [first, *rest])) <= 60


def test_marks_are_coloured_where_colours_are_wanted() -> None:
    screen, written = shown(colours=True)
    screen.sign(Sign.FINE, "assistant.clients.beneath", count=2)
    screen.rows([(" 1 ✗", "un client")])

    assert written[0].startswith("\x1b[32m✓\x1b[0m ")
    assert "\x1b[31m✗\x1b[0m" in written[1]


def test_a_row_is_cut_to_the_screen_and_shows_what_cannot_be_seen() -> None:
    screen, written = shown(width=40)
    screen.rows([(" 1", "日本" * 30), (" 2", "a\x1b[2Jb\u202ec"), (" 3", "e\u0301" * 50)])

    assert written[0].endswith("…\n")
    assert len(written[0]) == 3 + 18 + 2
    assert written[1] == " 2 a\\x1b[2Jb\\u202ec\n"
    assert written[2] == " 3 " + "e\u0301" * 36 + "…\n"


def test_a_long_path_is_never_broken() -> None:
    path = "/srv/" + "dossier/" * 20
    screen, written = shown(width=40)
    screen.say("assistant.kept", path=path)

    assert path in "".join(written)
