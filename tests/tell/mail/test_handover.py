"""One mail handed over to servers with their moods: what is known of it afterwards."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from postbox import Postbox
from rude import RudeServer

from pushdoc.tell.mail import handover, post
from pushdoc.tell.mail.handover import Fate, Handover, hand_over
from pushdoc.tell.mail.post import MailServer, PostError, connected
from pushdoc.words import LANGUAGES, advice, say

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from rude import Manners

SENDER, READER = "pushdoc@cabinet.example", "claire@cabinet.example"
MAIL = b"Subject: digest\r\n\r\nline\r\n.a line that begins with a dot\r\n..\r\n.\r\nlast\r\n"


@pytest.fixture
def there() -> Iterator[Postbox]:
    postbox = Postbox()
    yield postbox
    postbox.close()


@pytest.fixture
def rude() -> Iterator[Callable[[Manners], MailServer]]:
    made: list[RudeServer] = []

    def rude(manners: Manners) -> MailServer:
        made.append(RudeServer(manners))
        return MailServer("127.0.0.1", int(made[-1].url.rpartition(":")[2]), "none")

    yield rude
    for one in made:
        one.close()


def given(server: MailServer, message: bytes = MAIL, accepting: float = 5.0, timeout: float = 5.0) -> Handover:
    """What is known of a mail afterwards; where it is not sent, people are told why in both languages."""
    with connected(server, timeout) as client:
        handed = hand_over(client, server, SENDER, READER, message, accepting)
    if handed.reason is not None:
        for language in LANGUAGES:
            assert handed.reason.code not in say(handed.reason, language)
            assert advice(handed.reason, language)
    return handed


def at(postbox: Postbox) -> MailServer:
    return MailServer("127.0.0.1", postbox.port, "none")


def test_a_mail_arrives_as_it_was_written_dots_and_all(there: Postbox) -> None:
    assert given(at(there)) == Handover(Fate.SENT)

    (mail,) = there.mails
    assert (mail.mail_from, mail.rcpt_tos) == (SENDER, [READER])
    assert mail.content == MAIL


def test_a_mail_without_an_end_of_line_gets_one(there: Postbox) -> None:
    given(at(there), b"Subject: digest\r\n\r\nlast")

    assert there.mails[0].content == b"Subject: digest\r\n\r\nlast\r\n"


@pytest.mark.parametrize(
    ("step", "answer", "fate", "code"),
    [
        ("MAIL", "451 4.3.0 later", Fate.LATER, "post.sender_refused"),
        ("MAIL", "553 5.7.1 not yours", Fate.LATER, "post.sender_refused"),
        ("MAIL", "552 5.3.4 too large", Fate.REFUSED, "post.mail_refused"),
        ("RCPT", "450 4.2.0 greylisted", Fate.LATER, "post.not_now"),
        ("RCPT", "421 4.7.0 too many", Fate.LATER, "post.not_now"),
        ("RCPT", "550 5.1.1 nobody here", Fate.REFUSED, "post.recipient_refused"),
        ("DATA", "451 4.7.1 later", Fate.LATER, "post.not_now"),
        ("DATA", "554 5.7.1 spam", Fate.REFUSED, "post.mail_refused"),
        ("DATA", "cut", Fate.UNKNOWN, "post.no_answer"),
        ("DATA", "kept, cut", Fate.UNKNOWN, "post.no_answer"),
        ("RCPT", "cut", Fate.LATER, "post.hung_up"),
    ],
)
def test_each_answer_says_who_is_to_do_what(there: Postbox, step: str, answer: str, fate: Fate, code: str) -> None:
    there.moods[step] = [answer]

    handed = given(at(there))

    assert (handed.fate, handed.reason and handed.reason.code) == (fate, code)


def test_only_the_numbers_of_an_answer_are_told(there: Postbox) -> None:
    there.moods["RCPT"] = ["550 5.1.1 sesame: nobody here"]

    reason = given(at(there)).reason

    assert reason is not None
    assert reason.values["answer"] == "550 5.1.1"


def test_after_a_refused_recipient_the_next_mail_goes_over_the_same_connection(there: Postbox) -> None:
    there.moods["RCPT"] = ["550 5.1.1 nobody here"]
    server = at(there)
    with connected(server) as client:
        first = hand_over(client, server, SENDER, "nobody@cabinet.example", MAIL, 5.0)
        second = hand_over(client, server, SENDER, READER, MAIL, 5.0)

    assert not first.over
    assert second == Handover(Fate.SENT)
    assert [mail.rcpt_tos for mail in there.mails] == [[READER]]


def test_a_server_that_goes_away_is_of_no_more_use(there: Postbox) -> None:
    there.moods["RCPT"] = ["421 4.3.2 going down"]
    assert given(at(there)).over


def conversation(*answers: bytes, then: Callable[[socket.socket], object] = lambda _: None) -> Manners:
    """A server that greets and answers line by line, and does something at the end."""

    def manners(connection: socket.socket) -> None:
        with connection.makefile("rb") as heard:
            connection.sendall(b"220 here\r\n")
            for answer in answers:
                heard.readline()
                connection.sendall(answer)
            then(connection)

    return manners


UP_TO_DATA = b"250 here\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"


def read_on(connection: socket.socket) -> None:
    while connection.recv(65_536):
        pass


def test_cut_in_the_middle_of_a_long_mail_it_surely_did_not_arrive(rude: Callable[[Manners], MailServer]) -> None:
    server = rude(conversation(*UP_TO_DATA, then=lambda connection: connection.recv(1000)))

    handed = given(server, MAIL + b"x" * 40_000_000)

    assert (handed.fate, handed.over) == (Fate.LATER, True)


def test_silence_after_the_dot_is_not_knowing(rude: Callable[[Manners], MailServer]) -> None:
    handed = given(rude(conversation(*UP_TO_DATA, then=read_on)), accepting=0.3)

    assert (handed.fate, handed.over) == (Fate.UNKNOWN, True)


def test_silence_before_it_is_not(rude: Callable[[Manners], MailServer]) -> None:
    handed = given(rude(conversation(b"250 here\r\n", then=read_on)), timeout=0.3)

    assert handed.fate is Fate.LATER
    assert handed.reason is not None
    assert handed.reason.code == "post.silent"


def test_an_answer_that_is_none_leaves_it_open(rude: Callable[[Manners], MailServer]) -> None:
    def gibberish(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(b"what?\r\n")

    assert given(rude(conversation(*UP_TO_DATA, then=gibberish))).fate is Fate.UNKNOWN


def test_the_servers_size_is_told_before_the_mail(rude: Callable[[Manners], MailServer]) -> None:
    heard: list[bytes] = []

    def manners(connection: socket.socket) -> None:
        connection.sendall(b"220 here\r\n")
        connection.recv(1000)
        connection.sendall(b"250-here\r\n250 SIZE 1000\r\n")
        heard.append(connection.recv(1000))
        connection.sendall(b"552 5.3.4 too large\r\n")
        read_on(connection)

    assert given(rude(manners), timeout=0.5).fate is Fate.REFUSED
    assert f"SIZE={len(MAIL)}".encode() in heard[0]


def dribbling(connection: socket.socket) -> None:
    """An answer that comes byte by byte and never ends; each byte in time."""
    while True:
        connection.sendall(b"2")
        time.sleep(0.02)  # the server's pace; nobody waits for it


def test_a_server_that_dribbles_its_answers_is_hung_up_on(
    rude: Callable[[Manners], MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "TALK_S", 0.3)

    handed = given(rude(conversation(b"250 here\r\n", then=dribbling)))

    assert handed.fate is Fate.LATER


def test_so_is_one_that_dribbles_its_greeting(
    rude: Callable[[Manners], MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "_LIMIT_S", 0.3)

    with pytest.raises(PostError) as ended, connected(rude(dribbling)):
        pass

    assert ended.value.phrase.code == "post.no_smtp"
