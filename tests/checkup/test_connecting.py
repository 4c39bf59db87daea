from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from certificates import HERE, VALID, certified
from postbox import Postbox

from pushdoc.checkup import Group, Mark
from pushdoc.sandbox import Folder
from pushdoc.words import advice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from checkup.conftest import Found
    from service.firm import Firm

MAIL = """
[mail]
host = "{host}"
port = {port}
security = "{security}"
username = "pushdoc"
password = "file:secrets/mail"
sender = "pushdoc@cabinet.example"
"""
PERSON = '\n[[collaborator]]\nname = "Claire"\nemail = "claire@cabinet.example"\n'


@pytest.fixture
def mailing(firm: Firm) -> Callable[..., None]:
    firm.keep_secret("mail", "sesame-mail-5502")

    def mailing(host: str = "127.0.0.1", port: int = 587, security: str = "starttls", person: str = PERSON) -> None:
        text = firm.rules.read_text().partition("\n[mail]")[0]
        firm.rules.write_text(text + MAIL.format(host=host, port=port, security=security) + person)

    return mailing


def test_near_misses_of_the_mapping_are_told_with_their_words(firm: Firm, look: Callable[..., Found]) -> None:
    first, second = firm.sirets.values()
    swapped = first[1] + first[0] + first[2:]
    table = firm.home / "dossiers.csv"
    table.write_text(table.read_text().replace(first, swapped))
    with firm.inqom() as inqom:
        inqom.add_folder(Folder(700_102, "CLIENT 002", siren=second[:9], nic=second[9:], status="Archived"))
        firm.write_rules(inqom.url)
        found = look(offline=False)

    assert {each.name: each.phrase.code for each in found.sections[Group.MAPPING] if each.mark is Mark.FAULT} == {
        "Client 001": "clients.siret_resembles",
        "Client 002": "clients.closed",
    }
    assert all(advice(each.phrase, "fr") for each in found.sections[Group.MAPPING] if each.mark is Mark.FAULT)


def test_of_two_destinations_the_one_whose_secret_is_there_is_asked(firm: Firm, look: Callable[..., Found]) -> None:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        text = firm.rules.read_text()
        second = text.partition("[destination.inqom]")[2].partition("[watch]")[0].replace("secrets/password", "none")
        text = text.replace("[watch]", f"[destination.autre]{second}[watch]")
        firm.rules.write_text(text.replace("[[rule]]", '[[rule]]\ndestination = "inqom"'))
        found = look(offline=False)

    assert found.codes(Group.SECRETS) == ["rules.secret_missing"]
    assert found.one("check.destination_lists").phrase.values == {"destination": "inqom", "dossiers": 2}


def test_an_address_without_encryption_is_a_fault_where_it_leaves_this_machine(
    firm: Firm, look: Callable[..., Found]
) -> None:
    assert look().codes(Group.CONNECTION) == ["check.pace"]  # of http://127.0.0.1, nothing
    firm.write_rules("http://inqom.example")
    assert look().codes(Group.CONNECTION) == ["check.pace", *["check.in_clear"] * 3]


def test_without_mail_that_is_said_and_mail_for_nobody_is_warned_of(
    look: Callable[..., Found], mailing: Callable[..., None]
) -> None:
    assert look().one("check.no_mail").mark is Mark.FINE
    mailing(person="")
    assert look().codes(Group.MAIL) == ["check.mail_for_nobody"]


def test_a_password_in_clear_across_the_network_is_a_fault_and_the_server_is_not_asked(
    look: Callable[..., Found], mailing: Callable[..., None]
) -> None:
    mailing("smtp.invalid", 25, "none")
    assert look(offline=False).codes(Group.MAIL) == ["check.mail_in_clear"]


def test_the_mail_server_is_asked_and_no_mail_is_sent(
    look: Callable[..., Found], mailing: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "papers").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "papers" / "paper"))
    papers = certified(tmp_path / "papers", HERE, VALID)
    postbox = Postbox(account=("pushdoc", "sesame-mail-5502"), starttls=papers)
    try:
        mailing(port=postbox.port)
        assert look(offline=False).codes(Group.MAIL) == []
        assert [each.phrase.code for each in look().sections[Group.MAIL]] == ["mails.to"]  # offline, nobody is asked
        assert (postbox.logins, postbox.mails) == (["pushdoc"], [])
    finally:
        postbox.close()


def test_who_gets_which_mail_is_told_and_one_of_nobody_is_warned_of(
    look: Callable[..., Found], mailing: Callable[..., None]
) -> None:
    person = '[[collaborator]]\nname = "{0}"\nemail = "{0}@cabinet.example"\nclients = ["{1}"]\n'
    mailing(person=person.format("claire", "*") + person.format("paul", "Client 001") + person.format("yann", "SCI *"))
    found = look()

    told = [each.phrase.values for each in found.sections[Group.MAIL] if each.phrase.code == "mails.to"]
    assert told == [
        {"email": "claire@cabinet.example", "clients": 2, "at": "07:00"},
        {"email": "paul@cabinet.example", "clients": 1, "at": "07:00"},
    ]
    assert found.one("mails.of_nobody").mark is Mark.WARNING


def test_a_mail_server_that_is_not_there_is_told(look: Callable[..., Found], mailing: Callable[..., None]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    mailing(port=port)
    assert look(offline=False).one("post.refused").code == 1
