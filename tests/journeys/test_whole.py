"""Whole means whole: a file is taken when its own format, its writer and its source agree that it is all there."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from formats.samples import pdf_with_one_more_page
from journeys.firm import MARTIN, NOVEMBER, PURCHASES

from pushdoc.demo import papers
from pushdoc.states import State
from pushdoc.watch import look, surely_closed
from pushdoc.words import LANGUAGES, advice, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fakes import ScriptedDestination
    from journeys.firm import Firm

    from pushdoc.words import Phrase

INVOICE = papers.pdf(["Électricité", "Novembre 2026"])
DONE = PURCHASES + 'done = "{name}.ok"\n'


@contextmanager
def written_by_another_program(path: Path) -> Iterator[None]:
    """While a program has the file open for writing."""
    with subprocess.Popen(
        [sys.executable, "-c", f"f = open({str(path)!r}, 'ab'); print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        try:
            yield
        finally:
            program.communicate("\n", timeout=10)


def test_a_scan_whose_second_half_comes_a_minute_later_is_taken_whole_and_once(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("scan.pdf", INVOICE[:300])
    firm.work(hours=1 / 60, step_s=5)
    assert firm.documents == []

    path.write_bytes(INVOICE)
    firm.work()

    assert destination.contents == [INVOICE]
    assert firm.states == [State.ARCHIVED]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", INVOICE),
        ("a.jpg", papers.jpeg("x" * 40)),
        ("a.png", papers.png("x" * 40)),
        ("a.pdf", pdf_with_one_more_page(INVOICE)),
    ],
)
def test_what_does_not_come_to_its_end_is_marked_only_after_the_longer_waits(
    firm: Firm, name: str, content: bytes
) -> None:
    path = firm.drop(name, content[: len(content) - 30])
    firm.intake.look_everywhere()
    for wait, taken in ((5, 0), (20, 0), (79, 0), (1, 1)):
        firm.clock.push(wait)
        assert firm.intake.look_at_ripe() == taken

    assert firm.states == [State.NON_TRANSMIS]
    assert firm.marked(path)
    assert firm.reason(1) == ("formats.pdf_cut" if name == "a.pdf" else "whole.cut")
    assert firm.one.reason is not None
    assert all(say(firm.one.reason, language) and advice(firm.one.reason, language) for language in LANGUAGES)


def test_a_cut_file_that_is_completed_after_it_was_marked_is_sent_and_the_mark_goes(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("scan.pdf", INVOICE[:300])
    firm.work(hours=0.1)
    assert (firm.states, firm.marked(path)) == ([State.NON_TRANSMIS], True)

    path.write_bytes(INVOICE)
    firm.work(hours=0.1)

    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]
    assert destination.contents == [INVOICE]
    assert not firm.marked(path)


def test_where_the_rule_sends_broken_files_they_go_after_the_longer_waits(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=PURCHASES + 'broken = "send"\n')
    firm.drop("scan.pdf", INVOICE[:300])
    firm.work()
    assert firm.documents == []

    firm.work(hours=0.1)

    assert destination.contents == [INVOICE[:300]]


def test_a_scanner_that_wrote_on_after_a_page_was_whole_is_waited_for_longer_the_next_time(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("first.pdf", INVOICE)
    assert firm.look() == 1
    path.write_bytes(pdf_with_one_more_page(INVOICE))
    assert firm.look() == 0
    firm.clock.push(5)
    assert firm.intake.look_at_ripe() == 1

    firm.drop("second.pdf", INVOICE + b"\n")
    firm.drop("other.pdf", INVOICE + b"\n\n", client="Garage Lefèvre")
    assert firm.look() == 1  # the garage's scanner has done nothing wrong
    firm.clock.push(5)
    assert firm.intake.look_at_ripe() == 1
    assert firm.states == [State.WITHDRAWN, State.WAITING, State.WAITING, State.WAITING]


def moved_in(firm: Firm, content: bytes, name: str = "facture.pdf") -> Path:
    """A file that was written elsewhere and is renamed to its place, as the events tell."""
    target = firm.root / MARTIN / NOVEMBER / name
    target.parent.mkdir(parents=True, exist_ok=True)
    upload = target.with_name(f"{name}.part")
    upload.write_bytes(content)
    upload.rename(target)
    firm.intake.note_moved(target)
    return target


def test_a_complete_file_that_is_moved_in_is_taken_by_the_first_look(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = moved_in(firm, INVOICE)
    if not surely_closed(path):
        pytest.skip("this file system gives no leases")

    assert firm.intake.look_at([path.parent]) == 1
    firm.send()

    assert destination.contents == [INVOICE]


@pytest.mark.parametrize("content", [INVOICE[:300], b"text;that;ends;anywhere\n", b""])
def test_what_cannot_prove_that_it_is_complete_waits_though_it_was_moved_in(firm: Firm, content: bytes) -> None:
    path = moved_in(firm, content)
    assert firm.intake.look_at([path.parent]) == 0
    assert firm.documents == []


def test_a_complete_file_that_was_written_in_its_place_waits_its_settle_time(firm: Firm) -> None:
    path = firm.drop("facture.pdf", INVOICE)
    assert firm.intake.look_at([path.parent]) == 0


def test_a_complete_file_that_somebody_still_has_open_waits_though_it_was_moved_in(firm: Firm) -> None:
    path = moved_in(firm, INVOICE)
    (seen,) = look(firm.root, path.parent).sightings
    with written_by_another_program(path):
        assert not firm.intake.entering.proves_whole(seen)
        assert firm.intake.look_at([path.parent]) == 0


def told(firm: Firm) -> dict[str, Phrase]:
    return {path.name: phrase for path, phrase in firm.intake.problems.items()}


def test_an_empty_file_is_told_after_an_hour_until_it_is_filled(firm: Firm, destination: ScriptedDestination) -> None:
    path = firm.drop("facture.pdf")
    path.write_bytes(b"")
    firm.work(hours=0.9)
    assert told(firm) == {}

    firm.work(hours=0.2)
    assert told(firm)["facture.pdf"].code == "whole.empty"
    assert told(firm)["facture.pdf"].values["names"] == [f"{MARTIN}/{NOVEMBER}/facture.pdf"]
    assert destination.attempts == []

    path.write_bytes(INVOICE)
    firm.work()
    assert (told(firm), firm.states) == ({}, [State.ARCHIVED])


def test_an_empty_file_is_noted_for_the_digest_of_whoever_has_its_client_until_it_is_filled(firm: Firm) -> None:
    path = firm.drop("facture.pdf")
    path.write_bytes(b"")
    firm.work(hours=1.1)
    firm.intake.lasting.note()
    (note,) = firm.history.troubles()
    assert (note.client, note.phrase.code) == (MARTIN, "whole.empty")
    assert note.phrase.values["names"] == [f"{NOVEMBER}/facture.pdf"]

    path.write_bytes(INVOICE)
    firm.work()
    firm.intake.lasting.note()
    assert firm.history.troubles() == []


def test_an_empty_file_for_ever_is_one_line_in_the_status_and_none_in_the_log(
    firm: Firm, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        firm.drop(f"{number}.pdf").write_bytes(b"")
    capsys.readouterr()

    firm.work(hours=3, step_s=600)

    (problem,) = firm.intake.problems.values()
    assert say(problem, "en") == (
        "5 files have been empty for more than an hour: "
        + ", ".join(f"{MARTIN}/{NOVEMBER}/{number}.pdf" for number in range(3))
        + ", …"
    )
    assert all(advice(problem, language) for language in LANGUAGES)
    assert ".pdf" not in "".join(capsys.readouterr())


def test_a_file_that_a_program_holds_open_or_an_office_lock_or_that_never_stops_growing_is_told_by_its_cause(
    firm: Firm,
) -> None:
    held, log = firm.drop("held.pdf", INVOICE), firm.drop("log.pdf", b"line")
    firm.drop("table.xlsx", b"cells")
    firm.drop("~$table.xlsx")
    if not surely_closed(held):
        pytest.skip("this file system gives no leases")
    with written_by_another_program(held):
        for _ in range(950):
            with log.open("ab") as more:
                more.write(b"line")
            firm.intake.look_everywhere()
            firm.clock.push(4)
        assert {name: phrase.code for name, phrase in told(firm).items()} == {
            "held.pdf": "whole.written",
            "log.pdf": "whole.growing",
            "table.xlsx": "whole.locked",
        }
        for phrase in told(firm).values():
            assert all(advice(phrase, language) for language in LANGUAGES)
    firm.work()
    assert "held.pdf" not in told(firm)


def test_with_a_done_file_a_document_goes_as_soon_as_it_is_there_and_the_done_file_goes_with_its_filing(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=DONE)
    path = firm.drop("facture.pdf", INVOICE)
    firm.work(hours=0.5)
    assert firm.documents == []

    firm.drop("FACTURE.PDF.OK", b"\n")
    assert firm.intake.look_everywhere() == 1
    firm.send()

    assert destination.contents == [INVOICE]
    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/{path.name}"}


def test_a_done_file_is_never_a_document_whatever_comes_of_its_own(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=DONE)
    for name in ("lost.pdf.ok", "facture.pdf.ok"):
        firm.drop(name, b"x" * 5000)  # larger than a sign has to be: somebody may want it
    firm.drop("facture.pdf", INVOICE)

    firm.work(hours=0.1)

    assert destination.attempts == ["facture.pdf"]
    assert [document.name for document in firm.documents] == ["facture.pdf"]
    assert set(firm.files()) == {
        f"{NOVEMBER}/{name}" for name in ("lost.pdf.ok", "facture.pdf.ok", "Transmis/facture.pdf")
    }


def test_a_done_file_goes_too_where_the_document_stays(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=DONE.replace('archive = "Achats/{millésime}/{mois}/Transmis"\n', ""))
    firm.drop("facture.pdf", INVOICE)
    firm.drop("facture.pdf.ok", b"\n")

    firm.work()

    assert (firm.states, set(firm.files())) == ([State.KEPT], {f"{NOVEMBER}/facture.pdf"})


def test_a_done_file_that_another_document_waits_for_is_left_to_it(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=PURCHASES + 'done = "{stem}.ok"\n')
    firm.drop("facture.pdf", INVOICE)
    picture = firm.drop("facture.png", papers.png("x")[:-4])
    firm.drop("facture.ok", b"\n")
    firm.work()
    assert set(firm.files()) == {f"{NOVEMBER}/{name}" for name in ("Transmis/facture.pdf", "facture.png", "facture.ok")}

    picture.write_bytes(papers.png("x"))
    firm.work()
    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/{name}" for name in ("facture.pdf", "facture.png")}


def test_a_document_whose_done_file_never_comes_is_told_after_an_hour(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=DONE)
    firm.drop("facture.pdf", INVOICE)
    firm.work(hours=1.1)
    assert told(firm)["facture.pdf"].code == "whole.unannounced"

    firm.drop("facture.pdf.ok", b"\n")
    firm.work()
    assert (told(firm), firm.states) == ({}, [State.ARCHIVED])


def test_what_no_rule_accepts_is_marked_without_waiting_for_a_done_file(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=DONE)
    path = firm.drop("virus.exe", b"MZ")
    firm.work()
    assert (firm.states, firm.marked(path)) == ([State.NON_TRANSMIS], True)


def test_a_document_that_is_announced_and_still_open_is_not_taken(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=DONE)
    path = firm.drop("facture.pdf", INVOICE)
    firm.drop("facture.pdf.ok", b"\n")
    if not surely_closed(path):
        pytest.skip("this file system gives no leases")
    with written_by_another_program(path):
        firm.work()
        assert firm.documents == []
    firm.work()
    assert firm.states == [State.ARCHIVED]


def test_what_no_rule_accepts_is_refused_at_once_though_it_stops_before_its_end(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("lettre.docx", b"PK\x03\x04 and nothing more")

    assert firm.look() == 1

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "rules.not_accepted")
    assert destination.attempts == []
