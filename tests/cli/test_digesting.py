"""The daily mail from the keyboard: shown, written to a file, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from morning import typed as plainly
from office import entry
from postbox import Postbox

from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger

    Type = Callable[..., Answer]

PEOPLE = """
[[collaborator]]
name = "Zoé Élan"
email = "zoe@cabinet.example"
clients = ["Client 001"]

[[collaborator]]
name = "Paul"
email = "paul@cabinet.example"
clients = ["Client 002"]

[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "pushdoc@cabinet.example"
"""


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    postbox = Postbox()
    yield postbox
    postbox.close()


@pytest.fixture
def staffed(firm: Firm, ledger: Ledger, postbox: Postbox) -> Firm:
    """Two collaborators, a client and a failure each."""
    firm.rules.write_text(firm.rules.read_text() + PEOPLE.format(port=postbox.port))
    for client in ("Client 001", "Client 002"):
        ledger.enter(entry(f"{client}.pdf", client=client, refused=Phrase("inqom.too_large")))
    return firm


def test_without_option_the_texts_are_shown_and_nothing_changes(
    staffed: Firm, ledger: Ledger, pushdoc: Type, postbox: Postbox, tmp_path: Path
) -> None:
    answer = pushdoc("digest")

    assert answer.code == 0
    assert answer.err == ""
    assert "À : Zoé Élan <zoe@cabinet.example>" in plainly(answer.out)
    assert "Objet : [pushdoc] 1 non transmis, 0 transmis" in plainly(answer.out)
    assert "Client 001.pdf" in answer.out
    assert "Client 002.pdf" in answer.out
    assert postbox.mails == []
    assert ledger.mails.latest("zoe@cabinet.example") is None
    assert list(tmp_path.glob("*.html")) == []


@pytest.mark.parametrize("who", ["zoé élan", "ZOE@cabinet.example"])
def test_one_person_is_meant_by_name_or_address(staffed: Firm, pushdoc: Type, who: str) -> None:
    answer = pushdoc("digest", "--to", who)

    assert answer.code == 0
    assert "Client 001.pdf" in answer.out
    assert "Client 002" not in answer.out


def test_somebody_unknown_is_wrong_use_and_those_who_read_are_named(staffed: Firm, pushdoc: Type) -> None:
    answer = pushdoc("digest", "--to", "Luc")

    assert answer.code == 2
    assert "Zoé Élan, Paul" in answer.err


def test_a_preview_is_written_beside_the_text_and_replaces_an_earlier_one(
    staffed: Firm, pushdoc: Type, tmp_path: Path
) -> None:
    for _ in range(2):
        assert pushdoc("digest", "--preview").code == 0

    files = {file.name: file.read_text("utf-8") for file in tmp_path.glob("*.html")}
    assert sorted(files) == ["digest-paul.html", "digest-zoe-elan.html"]
    assert '<html lang="fr">' in files["digest-zoe-elan.html"]
    assert "Client 002" not in files["digest-zoe-elan.html"]


def test_a_preview_replaces_nobodys_file_and_follows_no_link(staffed: Firm, pushdoc: Type, tmp_path: Path) -> None:
    theirs, link = tmp_path / "digest-paul.html", tmp_path / "digest-zoe-elan.html"
    theirs.write_text("mine")
    link.symlink_to(tmp_path / "elsewhere.html")

    assert pushdoc("digest", "--preview", "--to", "Paul").code == 2
    assert pushdoc("digest", "--preview", "--to", "Zoé Élan").code == 2

    assert theirs.read_text() == "mine"
    assert not (tmp_path / "elsewhere.html").exists()


def test_a_template_that_fails_is_said_and_the_text_is_shown_all_the_same(
    staffed: Firm, pushdoc: Type, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "digest.html").write_text("{{ nothing }}")
    staffed.rules.write_text(staffed.rules.read_text() + f'\n[digest]\ntemplates = "{own}"\n')

    answer = pushdoc("digest", "--preview", "--to", "Paul")

    assert answer.code == 0
    assert "Client 002.pdf" in answer.out
    assert "modèle" in answer.err
    assert list(tmp_path.glob("*.html")) == []


def test_it_is_sent_at_once_and_the_next_one_goes_on_from_there(
    staffed: Firm, ledger: Ledger, pushdoc: Type, postbox: Postbox
) -> None:
    answer = pushdoc("digest", "--send")

    assert answer.code == 0
    assert [plainly(line) for line in answer.lines] == [
        "Zoé Élan <zoe@cabinet.example> : envoyé",
        "Paul <paul@cabinet.example> : envoyé",
    ]
    assert [mail.rcpt_tos for mail in postbox.mails] == [["zoe@cabinet.example"], ["paul@cabinet.example"]]
    assert "1 toujours non transmis" in plainly(pushdoc("digest", "--to", "Paul").out)


def test_only_the_one_that_is_meant_is_sent(staffed: Firm, pushdoc: Type, postbox: Postbox) -> None:
    assert pushdoc("digest", "--send", "--to", "Paul").code == 0

    assert [mail.rcpt_tos for mail in postbox.mails] == [["paul@cabinet.example"]]


def test_a_mail_server_that_is_down_is_said_and_the_mail_waits(staffed: Firm, pushdoc: Type, postbox: Postbox) -> None:
    text = staffed.rules.read_text()
    staffed.rules.write_text(text.replace(f"port = {postbox.port}", "port = 9"))

    answer = pushdoc("digest", "--send", "--to", "Paul")

    assert answer.code == 69
    assert "Paul <paul@cabinet.example> : pas parti" in plainly(answer.out)


def test_an_address_that_the_server_refuses_needs_a_person(staffed: Firm, pushdoc: Type, postbox: Postbox) -> None:
    postbox.moods["RCPT"] = ["550 5.1.1 nobody here"]

    answer = pushdoc("digest", "--send", "--to", "Paul")

    assert answer.code == 1
    assert "Paul <paul@cabinet.example> : refusé par le serveur" in plainly(answer.out)


def test_showing_and_sending_do_not_go_together(staffed: Firm, pushdoc: Type) -> None:
    assert pushdoc("digest", "--preview", "--send").code == 2


def test_without_a_mail_server_nothing_can_be_sent(firm: Firm, pushdoc: Type) -> None:
    answer = pushdoc("digest", "--send")

    assert answer.code == 78
    assert "[mail]" in answer.err


def test_without_anybody_to_read_it_the_digest_of_all_clients_is_shown(
    firm: Firm, ledger: Ledger, pushdoc: Type
) -> None:
    ledger.enter(entry("a.pdf", client="Client 001", refused=Phrase("inqom.too_large")))

    answer = pushdoc("digest", "--preview")

    assert answer.code == 0
    assert "a.pdf" in answer.out
    assert "[[collaborator]]" in answer.err


def test_before_the_first_run_there_is_nothing_to_tell(firm: Firm, pushdoc: Type) -> None:
    answer = pushdoc("digest")

    assert answer.code == 0
    assert "n'a encore rien fait" in plainly(answer.err)
