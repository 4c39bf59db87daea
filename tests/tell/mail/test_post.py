"""The connection to a mail server, against real ones on this machine."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Literal

import pytest
from certificates import ANOTHER, EXPIRED, HERE, VALID, certified
from postbox import Postbox
from rude import RudeServer

from pushdoc.secret import Secret
from pushdoc.tell.mail.post import MailServer, PostError, connected, takes_from
from pushdoc.words import LANGUAGES, advice, say

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rude import Manners

ACCOUNT = ("pushdoc", "sesame-mail-5502")
SENDER = "pushdoc@cabinet.example"
Security = Literal["starttls", "tls", "none"]


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Papers for this machine that are believed here."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "paper"))
    return certified(tmp_path, HERE, VALID)


@pytest.fixture
def postbox() -> Iterator[Callable[..., Postbox]]:
    made: list[Postbox] = []

    def postbox(**settings: object) -> Postbox:
        made.append(Postbox(**settings))  # type: ignore[arg-type]  # the tests' own words
        return made[-1]

    yield postbox
    for one in made:
        one.close()


@pytest.fixture
def rude() -> Iterator[Callable[[Manners], int]]:
    """The port of a server without manners."""
    made: list[RudeServer] = []

    def rude(manners: Manners) -> int:
        made.append(RudeServer(manners))
        return int(made[-1].url.rpartition(":")[2])

    yield rude
    for one in made:
        one.close()


def server(
    port: int, security: Security = "starttls", password: str = ACCOUNT[1], host: str = "127.0.0.1"
) -> MailServer:
    return MailServer(host, port, security, ACCOUNT[0], Secret(password))


def refusal(asked: MailServer, sender: str = SENDER, timeout: float = 5.0) -> str:
    """By which phrase it is refused; the phrase is one for people, and holds no password."""
    with pytest.raises(PostError) as ended, connected(asked, timeout) as client:
        takes_from(client, asked, sender)
    phrase = ended.value.phrase
    for language in LANGUAGES:
        said = say(phrase, language) + (advice(phrase, language) or "")
        assert advice(phrase, language)
        assert asked.password is None or asked.password.reveal() not in said
    assert ended.value.__suppress_context__ or "sesame" not in repr(ended.value.__cause__)
    return phrase.code


def answering(*answers: bytes, first: bytes = b"220 here\r\n") -> Manners:
    """A server that greets, has these answers, one for each line that it hears, and hangs up after one line more."""

    def manners(connection: socket.socket) -> None:
        with connection.makefile("rb") as heard:
            connection.sendall(first)
            for answer in answers:
                heard.readline()
                connection.sendall(answer)
            heard.readline()

    return manners


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_server_lets_us_in_and_no_mail_is_sent(
    papers: ssl.SSLContext, postbox: Callable[..., Postbox], security: Security
) -> None:
    there = postbox(account=ACCOUNT, **{security: papers})
    asked = server(there.port, security)

    with connected(asked) as client:
        takes_from(client, asked, SENDER)
    assert there.logins == [ACCOUNT[0]]
    assert there.mails == []


def test_without_an_account_nobody_logs_in(postbox: Callable[..., Postbox]) -> None:
    there = postbox()
    with connected(MailServer("127.0.0.1", there.port, "none")) as client:
        client.sendmail(SENDER, ["claire@cabinet.example"], "Subject: digest\r\n\r\nnothing\r\n")
    assert [mail.rcpt_tos for mail in there.mails] == [["claire@cabinet.example"]]


def test_a_password_with_accents_is_sent_as_utf_8(papers: ssl.SSLContext, postbox: Callable[..., Postbox]) -> None:
    there = postbox(account=("pushdoc", "été-sésame"), starttls=papers)
    with connected(server(there.port, password="été-sésame")) as client:
        assert client.noop()[0] == 250
    assert refusal(server(there.port, password="hiver-sésame")) == "post.login_refused"


def test_a_wrong_password_is_told_with_the_numbers_of_the_answer(
    papers: ssl.SSLContext, postbox: Callable[..., Postbox]
) -> None:
    there = postbox(account=ACCOUNT, starttls=papers)
    asked = server(there.port, password="sesame-but-wrong")
    with pytest.raises(PostError) as ended, connected(asked):
        pass
    assert ended.value.phrase.values["answer"] == "535 5.7.8"
    assert refusal(asked) == "post.login_refused"


def test_a_server_that_offers_no_starttls_gets_no_password(postbox: Callable[..., Postbox]) -> None:
    there = postbox(account=ACCOUNT)
    assert refusal(server(there.port)) == "post.no_starttls"
    assert there.logins == []


@pytest.mark.parametrize(("host", "between"), [(ANOTHER, VALID), (HERE, EXPIRED)], ids=["another's", "expired"])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_is_not_in_order_gets_no_password(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    postbox: Callable[..., Postbox],
    security: Security,
    host: str,
    between: tuple[str, str],
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "paper"))
    there = postbox(account=ACCOUNT, **{security: certified(tmp_path, host, between)})
    assert refusal(server(there.port, security)) == "post.certificate"
    assert there.logins == []


def test_a_certificate_that_nobody_vouches_for_is_none(tmp_path: Path, postbox: Callable[..., Postbox]) -> None:
    there = postbox(account=ACCOUNT, starttls=certified(tmp_path, HERE, VALID))
    assert refusal(server(there.port)) == "post.certificate"


def test_tls_at_the_port_of_starttls_is_told_with_the_right_port(postbox: Callable[..., Postbox]) -> None:
    asked = server(postbox().port, "tls")
    assert refusal(asked) == "post.no_tls"


def test_a_sender_that_is_not_the_accounts_is_told(papers: ssl.SSLContext, postbox: Callable[..., Postbox]) -> None:
    there = postbox(account=ACCOUNT, starttls=papers, refused="other@cabinet.example")
    assert refusal(server(there.port), "other@cabinet.example") == "post.sender_refused"


def test_silence_is_not_waited_for_for_ever(rude: Callable[[Manners], int]) -> None:
    port = rude(answering(first=b""))
    assert refusal(server(port), timeout=0.3) == "post.silent"


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", b"\xff\xfe\r\n", b"554 not you\r\n"])
def test_what_is_no_mail_server_is_told(rude: Callable[[Manners], int], said: bytes) -> None:
    port = rude(lambda connection: connection.sendall(said))
    assert refusal(server(port)) == "post.no_smtp"


EHLO = b"250-here\r\n250 AUTH PLAIN\r\n"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((b"250 here\r\n",), "post.no_login"),
        ((EHLO, b"454 4.7.0 later\r\n"), "post.login_later"),
        ((EHLO,), "post.hung_up"),
        ((EHLO, b"235 in\r\n"), "post.hung_up"),
        ((EHLO, b"535 5.7.8 AHB1c2hkb2MAc2VzYW1lLW1haWwtNTUwMg== is wrong\r\n"), "post.login_refused"),
    ],
    ids=["no login", "later", "before the login", "after the login", "what it was told comes back"],
)
def test_a_server_that_has_its_moods_is_told(
    rude: Callable[[Manners], int], answers: tuple[bytes, ...], code: str
) -> None:
    assert refusal(server(rude(answering(*answers)), "none")) == code


@pytest.mark.parametrize(
    "answers",
    [(b"250-here\r\n250 STARTTLS\r\n", b"454 TLS not available\r\n"), (b"250-here\r\n250 STARTTLS\r\n",)],
    ids=["refused", "hung up"],
)
def test_a_server_that_breaks_off_before_tls_gets_no_password(
    rude: Callable[[Manners], int], answers: tuple[bytes, ...]
) -> None:
    assert refusal(server(rude(answering(*answers)))) in {"post.no_starttls", "post.hung_up"}


def test_a_host_that_nobody_knows_and_a_port_where_nobody_is_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert refusal(server(port)) == "post.refused"
    assert refusal(server(587, host="nichts.invalid")) == "post.unknown_host"
