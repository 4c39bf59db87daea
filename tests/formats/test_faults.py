from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from formats import samples

from pushdoc.demo import papers
from pushdoc.formats import Excerpt, Kind, can_read_pdf, mismatch, pdf_faults
from pushdoc.words import Phrase, advice, say

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 1_000_000


def fault(folder: Path, content: bytes, limit: int = LIMIT) -> str | None:
    with samples.opened(folder, content) as (descriptor, size):
        found = pdf_faults(Excerpt(descriptor, size), limit)
    return None if found is None else found.code


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)


@pytest.mark.parametrize("case", samples.WHOLE)
def test_nothing_is_wrong_with_a_whole_file(tmp_path: Path, case: str) -> None:
    assert fault(tmp_path, samples.WHOLE[case]) is None


def test_a_pdf_that_needs_a_password_is_locked(tmp_path: Path) -> None:
    assert fault(tmp_path, samples.pdf_locked("secret")) == "formats.pdf_locked"


def test_a_pdf_that_only_forbids_to_change_it_has_no_fault(tmp_path: Path) -> None:
    assert fault(tmp_path, samples.pdf_locked("")) is None


def test_a_pdf_without_pages_is_one(tmp_path: Path) -> None:
    assert fault(tmp_path, samples.pdf_without_pages()) == "formats.pdf_without_pages"


def test_a_pdf_that_miscounts_its_pages_is_not_without_them(tmp_path: Path) -> None:
    assert fault(tmp_path, papers.pdf(["x"]).replace(b"/Count 1", b"/Count 0")) is None


def test_the_library_repairs_nothing_since_that_takes_the_whole_file_and_no_one_knows_how_long(tmp_path: Path) -> None:
    astray = samples.pdf_without_pages().replace(b"startxref\n", b"startxref\n9")

    assert fault(tmp_path, astray) is None


@pytest.mark.parametrize("library", [True, False])
def test_a_pdf_that_is_cut_short_is_one(tmp_path: Path, library: bool, request: pytest.FixtureRequest) -> None:  # noqa: FBT001 -- a parameter of the test
    if not library:
        request.getfixturevalue("without_library")

    assert fault(tmp_path, papers.pdf(["Facture"])[:-100]) == "formats.pdf_cut"


@pytest.mark.parametrize("password", ["", "secret"])
def test_without_the_library_an_encrypted_pdf_may_open_or_not(
    tmp_path: Path, without_library: None, password: str
) -> None:
    assert not can_read_pdf()
    assert fault(tmp_path, samples.pdf_locked(password)) == "formats.pdf_encrypted"


def test_a_pdf_larger_than_the_limit_is_judged_by_its_trailer_alone(tmp_path: Path) -> None:
    locked = samples.pdf_locked("secret")

    assert fault(tmp_path, locked, limit=len(locked) - 1) == "formats.pdf_encrypted"
    assert fault(tmp_path, samples.pdf_without_pages(), limit=10) is None


def test_an_encryption_that_the_library_cannot_read_may_open_or_not(tmp_path: Path) -> None:
    strange = samples.pdf_locked("").replace(b"/V 2", b"/V 9")

    assert fault(tmp_path, strange) == "formats.pdf_encrypted"


@pytest.mark.parametrize("reference", [b"/Encrypt 3 0 R", b"/Encrypt << /Filter /Standard >>"])
def test_encryption_is_seen_in_a_list_of_objects_that_is_a_stream(
    tmp_path: Path, without_library: None, reference: bytes
) -> None:
    assert fault(tmp_path, samples.pdf_with_stream(reference)) == "formats.pdf_encrypted"


def test_the_word_encrypt_in_the_text_of_a_pdf_is_no_encryption(tmp_path: Path, without_library: None) -> None:
    assert fault(tmp_path, papers.pdf(["/Encrypt 3 0 R trailer"])) is None


def test_encryption_is_seen_behind_a_list_of_objects_longer_than_what_is_read(
    tmp_path: Path, without_library: None
) -> None:
    whole = papers.pdf(["x"]).replace(b"/Root 1 0 R >>\nstartxref", b"/Root 1 0 R /Encrypt 4 0 R >>\nstartxref")
    long = whole.replace(b"trailer", b"0000000000 00000 f \n" * 2000 + b"trailer")

    assert fault(tmp_path, long) == "formats.pdf_encrypted"


def test_a_pdf_that_the_library_cannot_read_is_not_judged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    damaged = papers.pdf(["x"]).replace(b"/Pages 2 0 R", b"/Pages 9 0 R")

    assert fault(tmp_path, damaged) is None
    assert (capfd.readouterr().err, caplog.records) == ("", [])


def test_a_picture_is_no_faulty_pdf(tmp_path: Path) -> None:
    assert fault(tmp_path, papers.jpeg("Reçu")[:-3]) is None


def test_a_disk_that_does_not_answer_is_not_the_document_s_fault(tmp_path: Path) -> None:
    with samples.opened(tmp_path, b"%PDF-") as (descriptor, size):
        writing = os.open(tmp_path / "sample", os.O_WRONLY)
        os.dup2(writing, descriptor)
        os.close(writing)

        with pytest.raises(OSError, match="Bad file descriptor"):
            pdf_faults(Excerpt(descriptor, size), LIMIT)


def test_the_descriptor_stays_where_it_stood(tmp_path: Path) -> None:
    with samples.opened(tmp_path, samples.pdf_locked("secret")) as (descriptor, size):
        os.lseek(descriptor, 7, os.SEEK_SET)
        pdf_faults(Excerpt(descriptor, size), LIMIT)

        assert os.lseek(descriptor, 0, os.SEEK_CUR) == 7


def test_a_name_that_says_another_format_is_told_with_both() -> None:
    found = mismatch(Kind.JPEG, "facture.pdf")

    assert found == Phrase("formats.other_kind", {"kind": "JPEG", "named": "PDF"})
    assert say(found, "fr") == "Le contenu est au format JPEG, le nom dit PDF"
    assert advice(found, "fr") is not None


def test_a_pdf_that_is_nothing_known_is_told_so() -> None:
    assert mismatch(None, "facture.PDF") == Phrase("formats.not_named_kind", {"named": "PDF"})
    assert mismatch(Kind.PDF, "facture.PDF") is None
