from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import structlog
from hostile import HOSTILE, harmless

from pushdoc.log import configure, logger
from pushdoc.secret import Secret
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.log import Form


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def written(capsys: pytest.CaptureFixture[str], **fields: Any) -> str:
    """The line that one fact becomes, without its hour."""
    configure()
    logger().info("delivered", **fields)
    captured = capsys.readouterr()
    assert captured.out == ""
    hour, _, line = captured.err.partition(" ")
    assert hour.startswith("at=")
    assert hour.endswith("Z")
    return line


def test_a_fact_is_one_line_on_standard_error_the_hour_first(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, document=12, receipt="55c1", took_s=1.8, forced=True, dossier=None)

    assert line == "level=info event=delivered document=12 receipt=55c1 took_s=1.8 forced=true\n"


@pytest.mark.parametrize("kind", [str, Path])
def test_a_name_can_neither_end_a_line_nor_colour_the_terminal(
    capsys: pytest.CaptureFixture[str], kind: type[str | Path]
) -> None:
    line = written(capsys, name=kind("x\n\x1b[31m\u202efdp.\udce9"))

    assert line == "level=info event=delivered name=x\\n\\x1b[31m\\u202efdp.\ufffd\n"


@pytest.mark.parametrize("inside", [["x\n\x1b[31m"], {"name": "x\n\x1b[31m"}, ValueError("x\n\x1b[31m")])
def test_a_name_inside_something_else_cannot_either(capsys: pytest.CaptureFixture[str], inside: object) -> None:
    line = written(capsys, inside=inside)

    assert line.count("\n") == 1
    assert "\x1b" not in line


def test_a_name_cannot_pass_for_other_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert written(capsys, name='a" level=error').endswith(' name="a\\" level=error"\n')


def test_a_state_is_written_as_its_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert written(capsys, state=State.NON_TRANSMIS).endswith(" state=non_transmis\n")


def test_a_secret_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, password=Secret("s3same"), inside=[Secret("s3same")])

    assert "s3same" not in line


def test_an_error_brings_its_traceback_in_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        logger().exception("round stumbled")

    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "ZeroDivisionError" in told
    assert "level=error" in told


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure("warning")
    logger().info("delivered")
    logger().warning("paused")

    assert capsys.readouterr().err.count("\n") == 1


def test_a_level_can_be_given_in_small_letters_and_must_exist() -> None:
    for level in ("debug", "INFO", "Warning"):
        configure(level)
    with pytest.raises(KeyError):
        configure("loud")


def test_the_log_of_libraries_is_not_touched() -> None:
    before = (logging.getLogger().level, list(logging.getLogger().handlers))

    configure("debug")

    assert (logging.getLogger().level, list(logging.getLogger().handlers)) == before


def test_a_closed_standard_error_costs_the_line_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    configure()

    logger().info("delivered")


def test_a_full_standard_error_costs_the_line_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 -- closing it fails, as writing does
    monkeypatch.setattr(sys, "stderr", full)
    configure()

    logger().info("delivered")
    logger().info("delivered")

    with pytest.raises(OSError, match="No space"):
        full.close()


def test_a_phrase_is_written_as_its_code_and_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, document=3, reason=Phrase("journey.changed"))

    assert 'document=3 code=journey.changed reason="the file changed' in line


def test_a_moment_is_written_as_the_hour_of_the_line_is(capsys: pytest.CaptureFixture[str]) -> None:
    paris = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))

    assert written(capsys, until=paris).endswith(" until=2026-11-21T11:00:00Z\n")


def test_a_line_of_json_is_one_object_the_hour_first(capsys: pytest.CaptureFixture[str]) -> None:
    configure(form="json")
    logger().info("delivered", document=12, forced=True, dossier=None, name='é\n"x"')

    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert list(json.loads(line).items())[1:] == [
        ("level", "info"), ("event", "delivered"), ("document", 12), ("forced", True), ("name", 'é\\n"x"'),
    ]  # fmt: skip


def test_a_traceback_in_json_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure(form="json")
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        logger().exception("round stumbled")

    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "ZeroDivisionError" in json.loads(line)["exception"]


@pytest.mark.parametrize("form", ["logfmt", "json"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_in_its_field(capsys: pytest.CaptureFixture[str], form: Form, name: str) -> None:
    configure(form=form)
    logger().info("entered", name=name, reason=Phrase("ledger.trouble", {"path": name, "said": name}))

    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert harmless(line)


def test_a_field_that_is_too_long_loses_its_middle(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, text="a" * 5000 + "b" * 100_000 + "c" * 5000)

    assert len(line) < 9000
    assert "aaa" in line
    assert line.endswith('ccc"\n')


def test_the_page_tells_every_line_with_its_fields() -> None:
    generator = Path(__file__).parent.parent / "docs" / "make_log_reference.py"
    checked = subprocess.run([sys.executable, str(generator), "--check"], check=False)

    assert checked.returncode == 0, f"python {generator}"


def test_what_nobody_configured_still_keeps_off_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.reset_defaults()
    logger().warning("template failed")
    logger().info("delivered")

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "template failed" in captured.err
