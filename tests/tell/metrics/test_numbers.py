from __future__ import annotations

import re
import socket
import sqlite3
import stat
import threading
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE, harmless
from office import entry
from prometheus_client import generate_latest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as plain_metrics

from pushdoc.ledger import DestinationNote, Numbers, RunNote
from pushdoc.states import Event, State
from pushdoc.tell.metrics.numbers import METRICS, TIME, TIME_SAYS, Surroundings
from pushdoc.tell.metrics.prometheus import Metrics
from pushdoc.tell.metrics.scrapes import Scrapes
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from office import Office

RULE = "Factures d'achat"
PAGE = (Path(__file__).parents[3] / "docs" / "monitoring.md").read_text("utf-8")


@contextmanager
def metrics_of(
    office: Office, path: Path, *, rules: tuple[str, ...] = (RULE,), running: bool = True
) -> Iterator[Metrics]:
    numbers = Numbers.open(path)
    around = Surroundings(rules, ("inqom",), running, office.clock.now())
    yield Metrics(numbers, path, lambda: around)
    numbers.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pushdoc.db"


def values(text: str) -> dict[str, float]:
    """Each sample by its name and labels."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in plain_metrics(text)
        for sample in family.samples
    }


def told(office: Office, path: Path, *, running: bool = True) -> dict[str, float]:
    with metrics_of(office, path, running=running) as metrics:
        return values(generate_latest(metrics).decode())


def fail(office: Office, event: Event, code: str) -> None:
    """A document that was sent in vain; later ones are sent before it."""
    office.enter()
    claimed = office.claim()
    later = office.clock.now() + timedelta(days=1)
    office.ledger.record(claimed, event, reason=Phrase(code), next_attempt=later)


def test_documents_are_told_by_rule_and_state_and_the_oldest_waiting_by_its_age(office: Office, path: Path) -> None:
    office.archived()
    office.enter()
    office.clock.push(90)
    office.enter()
    told_now = told(office, path)

    assert told_now[f"pushdoc_documents {RULE} archived"] == 1
    assert told_now[f"pushdoc_documents {RULE} waiting"] == 2
    assert told_now[f"pushdoc_documents {RULE} non_transmis"] == 0
    assert told_now["pushdoc_oldest_waiting_seconds"] == 90


def test_a_duplicate_counts_as_one_also_when_it_is_archived(office: Office, path: Path) -> None:
    office.archived(content="the same")
    office.enter(content="the same")
    twin = office.claim()
    office.ledger.record(twin, Event.ARCHIVE, filed=office.clock.now())

    assert told(office, path)[f"pushdoc_documents {RULE} duplicate"] == 1


def test_deliveries_are_told_by_how_long_they_took(office: Office, path: Path) -> None:
    for seconds in (0.5, 4, 4, 40, 1_000_000):
        office.enter()
        claimed = office.claim()
        office.clock.push(seconds)
        office.ledger.record(claimed, Event.DELIVER, receipt="55", delivered=office.clock.now())
    told_now = told(office, path)

    taken = {bound: told_now[f"{TIME}_bucket inqom {bound}"] for bound in ("1.0", "2.0", "5.0", "60.0", "+Inf")}
    assert taken == {"1.0": 1, "2.0": 1, "5.0": 3, "60.0": 4, "+Inf": 5}
    assert told_now[f"{TIME}_sum inqom"] == pytest.approx(1_000_048.5, abs=0.1)
    assert told_now["pushdoc_deliveries_total inqom"] == told_now[f"{TIME}_count inqom"] == 5


def test_a_clock_that_was_set_back_takes_no_time_away(office: Office, path: Path) -> None:
    office.enter()
    claimed = office.claim()
    earlier = office.clock.now() - timedelta(hours=1)
    office.ledger.record(claimed, Event.DELIVER, receipt="55", delivered=earlier)

    assert told(office, path)[f"{TIME}_sum inqom"] == 0


def test_a_document_that_was_found_in_the_archive_was_not_delivered_by_us(office: Office, path: Path) -> None:
    now = office.clock.now()
    office.ledger.enter(entry(), Event.ADOPT, delivered=now, filed=now)

    assert told(office, path)["pushdoc_deliveries_total inqom"] == 0


def test_failures_are_told_by_kind_and_reason_and_never_forgotten(office: Office, path: Path) -> None:
    fail(office, Event.REFUSE, "inqom.too_large")
    fail(office, Event.DELAY, "inqom.too_fast")
    fail(office, Event.DELAY, "inqom.too_fast")
    fail(office, Event.DOUBT, "journey.stumbled")
    (refused,) = office.ledger.in_states(State.NON_TRANSMIS)
    office.ledger.record(refused, Event.RETRY, next_attempt=office.clock.now())
    told_now = told(office, path)

    assert {name: count for name, count in told_now.items() if name.startswith("pushdoc_failures_total")} == {
        "pushdoc_failures_total inqom refused inqom.too_large": 1,
        "pushdoc_failures_total inqom delayed inqom.too_fast": 2,
        "pushdoc_failures_total inqom in doubt journey.stumbled": 1,
    }


def test_a_destination_is_in_one_state(office: Office, path: Path) -> None:
    assert told(office, path)["pushdoc_destination_state inqom unknown"] == 1

    note = DestinationNote("inqom", "down", office.clock.now(), None, Phrase("inqom.too_fast"), 1)
    office.ledger.notes.keep_destination(note)
    told_now = told(office, path)
    states = {name: value for name, value in told_now.items() if name.startswith("pushdoc_destination_state")}

    assert [name for name, value in states.items() if value] == ["pushdoc_destination_state inqom down"]
    assert len(states) == 4
    assert told_now["pushdoc_destination_since_timestamp_seconds inqom"] == office.clock.now().timestamp()


def test_what_only_a_daemon_at_work_knows_is_told_by_none_other(office: Office, path: Path) -> None:
    now = office.clock.now()
    office.ledger.notes.keep_run(RunNote(1, now, "events", 12, now, now, []))

    assert told(office, path)["pushdoc_watched_folders"] == 12
    assert told(office, path)["pushdoc_last_look_timestamp_seconds"] == now.timestamp()
    ended = told(office, path, running=False)
    assert ended["pushdoc_running"] == 0
    assert "pushdoc_watched_folders" not in ended


def test_clients_are_counted_and_never_named(office: Office, path: Path) -> None:
    office.map("Café d'en face", usable=False)
    office.enter(client="Café d'en face")
    with metrics_of(office, path) as metrics:
        text = generate_latest(metrics).decode()

    assert values(text)["pushdoc_clients inqom mapped"] == values(text)["pushdoc_clients inqom unmapped"] == 1
    assert "Café" not in text
    assert "Boulangerie" not in text


@pytest.mark.parametrize("rule", ['a"b\\c\nd', "x} 1\npushdoc_running 7", "\x1b[31m\u202e", *HOSTILE])
def test_a_hostile_name_of_a_rule_stays_the_value_of_a_label(office: Office, path: Path, rule: str) -> None:
    office.enter(rule=rule.encode("utf-8", "replace").decode())
    with metrics_of(office, path, rules=(RULE, rule)) as metrics:
        text = generate_latest(metrics).decode()

    assert values(text)["pushdoc_running"] == 1
    assert harmless(text)


def test_two_names_that_are_shown_alike_make_one_sample(office: Office, path: Path) -> None:
    for rule in ("a\nb", "a\\nb"):
        office.enter(rule=rule)
    told_now = told(office, path)

    assert told_now["pushdoc_documents a\\nb waiting"] == 2


def test_there_is_no_name_but_those_that_are_written_down(office: Office, path: Path) -> None:
    office.archived()
    with metrics_of(office, path) as metrics:
        names = {family.name for family in metrics.collect()}

    assert names <= {name.removesuffix("_total") for name in METRICS} | {TIME}


def test_the_page_names_every_metric_with_its_labels_and_meaning() -> None:
    rows = re.findall(r"^\| `(pushdoc_\w+)` \| (\w+) \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)
    told_there = {name: (kind, tuple(re.findall(r"`(\w+)`", labels))) for name, kind, labels, _ in rows}

    assert told_there == {name: (each.kind, each.labels) for name, each in METRICS.items()} | {
        TIME: ("histogram", ("destination",))
    }
    meanings = {name: each.says for name, each in METRICS.items()} | {TIME: TIME_SAYS}
    assert {name: says for name, *_, says in rows} == meanings


def test_the_alert_rules_of_the_page_ask_for_metrics_that_there_are() -> None:
    asked = set(re.findall(r"pushdoc_[a-z_]+", "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))))

    assert asked - {f"{TIME}_bucket"} <= METRICS.keys()
    assert asked


def test_a_file_is_replaced_at_once_and_can_be_read_by_its_reader(office: Office, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "pushdoc.prom"
    file.write_text("old")
    with file.open() as reader, metrics_of(office, path) as metrics:
        metrics.write(file)
        assert reader.read() == "old"

    assert values(file.read_text())["pushdoc_running"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_a_file_that_cannot_be_written_leaves_the_last_one_and_nothing_beside_it(
    office: Office, path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "full" / "pushdoc.prom"
    file.mkdir(parents=True)
    with metrics_of(office, path) as metrics, pytest.raises(OSError, match="directory"):
        metrics.write(file)

    assert [each.name for each in file.parent.iterdir()] == [file.name]


def asked(port: int, request: str) -> bytes:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as caller:
        caller.sendall(request.encode())
        answer = b""
        while part := caller.recv(65536):
            answer += part
        return answer


def test_the_port_answers_in_the_form_that_is_asked_for_and_nothing_else(office: Office, path: Path) -> None:
    office.archived()
    with metrics_of(office, path) as metrics, closing(Scrapes(0, metrics)) as scrapes:
        head, _, text = asked(scrapes.port, "GET /metrics HTTP/1.0\r\n\r\n").decode().partition("\r\n\r\n")
        accept = "Accept: application/openmetrics-text; version=1.0.0\r\n"
        _, _, opened = asked(scrapes.port, f"GET /metrics HTTP/1.0\r\n{accept}\r\n").decode().partition("\r\n\r\n")
        elsewhere = asked(scrapes.port, "GET /../etc/passwd HTTP/1.0\r\n\r\n")
        posted = asked(scrapes.port, "POST /metrics HTTP/1.0\r\n\r\n")

    assert head.startswith("HTTP/1.0 200")
    assert "text/plain; version=0.0.4" in head
    assert "Python" not in head
    assert list(plain_metrics(text))
    assert list(open_metrics(opened))  # type: ignore[no-untyped-call]  # the library's parser has no types
    assert elsewhere.startswith(b"HTTP/1.0 404")
    assert posted.startswith(b"HTTP/1.0 501")


def test_callers_that_say_nothing_hold_up_neither_others_nor_the_end(office: Office, path: Path) -> None:
    with metrics_of(office, path) as metrics:
        scrapes = Scrapes(0, metrics)
        # Sooner than those that say nothing are given up.
        silent = [socket.create_connection(("127.0.0.1", scrapes.port), timeout=2) for _ in range(40)]
        assert silent[0].recv(1) == b""  # so many at once are not listened to
        assert b"pushdoc_running 1.0" in asked(scrapes.port, "GET /metrics HTTP/1.0\r\n\r\n")
        scrapes.close()
        for caller in silent:
            assert caller.recv(1) == b""
            caller.close()
        with pytest.raises(ConnectionRefusedError):
            asked(scrapes.port, "GET /metrics HTTP/1.0\r\n\r\n")

    assert not [thread for thread in threading.enumerate() if thread.name == "metrics"]


def test_a_port_that_somebody_else_has_is_an_error(office: Office, path: Path) -> None:
    somebody = socket.create_server(("127.0.0.1", 0))
    with metrics_of(office, path) as metrics, closing(somebody), pytest.raises(OSError, match="in use"):
        Scrapes(somebody.getsockname()[1], metrics)


def test_a_ledger_that_cannot_be_read_costs_the_answer_and_no_more(office: Office, path: Path) -> None:
    with metrics_of(office, path) as metrics, closing(Scrapes(0, metrics)) as scrapes:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP TABLE timing").close()
        assert asked(scrapes.port, "GET /metrics HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 500")
