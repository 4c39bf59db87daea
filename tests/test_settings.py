from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from pushdoc.secret import SecretReference
from pushdoc.settings import Duration, LocalPath, SecretField, Settings, Size, TimeOfDay, Url, plain


def taken(kind: Any, given: object) -> Any:
    return TypeAdapter(kind).validate_python(given, context={"base": Path("/etc/pushdoc")})


def refused(kind: Any, given: object) -> str:
    with pytest.raises(ValidationError) as caught:
        taken(kind, given)
    return caught.value.errors()[0]["type"]


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("250ms", timedelta(milliseconds=250)),
        ("5s", timedelta(seconds=5)),
        ("0s", timedelta(0)),
        ("1m", timedelta(minutes=1)),
        ("48h", timedelta(hours=48)),
        ("2d", timedelta(days=2)),
        (" 2 d ", timedelta(days=2)),
    ],
)
def test_a_duration_has_a_unit(written: str, length: timedelta) -> None:
    assert taken(Duration, written) == length


@pytest.mark.parametrize(
    "written", ["5", "", "s", "-5s", "1.5h", "5 minutes", "1h30m", "5S", 5, 5.0, True, [], "\u0665s"]
)
def test_what_is_no_duration_is_refused(written: object) -> None:
    assert refused(Duration, written) == "rules.not_a_duration"


def test_a_duration_of_more_than_ten_years_is_a_slip_of_the_pen() -> None:
    assert taken(Duration, "3650d") == timedelta(days=3650)
    assert refused(Duration, "3651d") == "rules.duration_too_long"
    assert refused(Duration, "999999999d") == "rules.duration_too_long"


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("25MB", 25_000_000),
        ("500KB", 500_000),
        ("1GB", 10**9),
        ("25 Mo", 25_000_000),
        ("7B", 7),
        ("1234", 1234),
        (12, 12),
    ],
)
def test_a_size_is_decimal(written: object, size: int) -> None:
    assert taken(Size, written) == size


@pytest.mark.parametrize("written", ["", "0", 0, -1, True, "25MiB", "MB", "2.5MB", 2.5, "-1KB", []])
def test_what_is_no_size_is_refused(written: object) -> None:
    assert refused(Size, written) == "rules.not_a_size"


def test_a_time_is_written_as_text_or_as_toml_has_it() -> None:
    assert taken(TimeOfDay, "07:00") == time(7)
    assert taken(TimeOfDay, "7:05") == time(7, 5)
    assert taken(TimeOfDay, time(23, 59)) == time(23, 59)
    assert {refused(TimeOfDay, written) for written in ("24:00", "07h00", "7", 7, "07:60", None)} == {
        "rules.not_a_time"
    }


@pytest.mark.parametrize("written", ["https://api.inqom.com/", "http://127.0.0.1:8080", "https://x.example/a/b"])
def test_an_address_loses_the_slash_at_its_end(written: str) -> None:
    assert taken(Url, written) == written.rstrip("/")


@pytest.mark.parametrize(
    "written", ["", "api.inqom.com", "ftp://x", "https://", "https://x:port", "https://x y", "https://x?a=1", 3]
)
def test_what_is_no_address_is_refused(written: object) -> None:
    assert refused(Url, written) == "rules.not_a_url"


def test_an_address_with_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValidationError) as caught:
        taken(Url, "https://robot:hunter2@api.inqom.com")

    assert caught.value.errors()[0]["type"] == "rules.url_with_password"
    assert caught.value.errors()[0]["ctx"] == {"read": "…"}


def test_a_secret_is_a_reference_and_its_file_counts_from_the_rules() -> None:
    assert taken(SecretField, "credential:inqom") == SecretReference("credential", "inqom")
    assert taken(SecretField, "env:INQOM") == SecretReference("env", "INQOM")
    assert taken(SecretField, "file:secret") == SecretReference("file", "/etc/pushdoc/secret")
    assert taken(SecretField, "file:/run/secret") == SecretReference("file", "/run/secret")
    assert refused(SecretField, "credential:../shadow") == "rules.reference_with_slash"
    assert refused(SecretField, "hunter2") == "rules.not_a_reference"
    assert refused(SecretField, 2) == "rules.not_a_reference"


def test_a_secret_that_is_written_out_does_not_show_in_the_error() -> None:
    class Table(Settings):
        password: SecretField

    with pytest.raises(ValidationError) as caught:
        Table.model_validate({"password": "hunter2"})

    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(caught.value)


def test_a_path_counts_from_the_rules() -> None:
    assert taken(LocalPath, "var/x") == Path("/etc/pushdoc/var/x")
    assert taken(LocalPath, "/srv") == Path("/srv")
    assert {refused(LocalPath, written) for written in ("", " ", "a\0b", 3)} == {"rules.not_a_path"}


def test_words_are_compared_without_case_and_print_apostrophes() -> None:
    assert plain("  Facture\u00a0D\u2019Achat ") == plain("facture d'achat")
