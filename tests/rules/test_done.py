from __future__ import annotations

import unicodedata

import pytest

from pushdoc.errors import ConfigurationError
from pushdoc.rules import DoneName


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("{name}.ok", "facture.v2.pdf.ok"),
        ("{stem}.ok", "facture.v2.ok"),
        ("fini_{name}", "fini_facture.v2.pdf"),
    ],
)
def test_a_done_file_is_called_by_its_document(written: str, called: str) -> None:
    done = DoneName.parse(written)
    assert (done.of("facture.v2.pdf"), str(done)) == (called, written)
    assert done.fits(called)
    assert not done.fits("facture.v2.pdf")


def test_a_done_file_is_known_whatever_the_case_and_spelling_of_its_name() -> None:
    done = DoneName.parse("{name}.terminé")
    assert done.fits("X.PDF." + unicodedata.normalize("NFD", "TERMINÉ"))
    assert not done.fits(".terminé")


@pytest.mark.parametrize(
    "written", ["", "ok", "{name}", "{name}{stem}.ok", "sub/{name}.ok", "{name}.{x}", "..\\{stem}.a"]
)
def test_what_can_never_be_a_file_beside_the_document_is_refused(written: str) -> None:
    with pytest.raises(ConfigurationError):
        DoneName.parse(written)
