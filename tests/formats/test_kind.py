from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formats import samples

from pushdoc.demo import papers
from pushdoc.formats import Excerpt, Kind, kind_of, matches

if TYPE_CHECKING:
    from pathlib import Path

KINDS: dict[str, tuple[bytes, Kind | None]] = {
    "pdf": (papers.pdf(["Facture"]), Kind.PDF),
    "pdf behind a printer's commands": (b"\x1b%-12345X@PJL\r\n" + papers.pdf(["Facture"]), Kind.PDF),
    "jpeg": (papers.jpeg("Reçu"), Kind.JPEG),
    "png": (papers.png("Reçu"), Kind.PNG),
    "gif": (samples.gif(), Kind.GIF),
    "webp": (samples.webp(), Kind.WEBP),
    "heic": (samples.heic(), Kind.HEIC),
    "a film": (samples.heic().replace(b"heic", b"qt  "), None),
    "tiff": (samples.tiff(), Kind.TIFF),
    "zip": (samples.zipped({"a.txt": "a"}), Kind.ZIP),
    "empty zip": (samples.zipped({}), Kind.ZIP),
    "docx": (samples.ooxml("word"), Kind.DOCX),
    "xlsx": (samples.ooxml("xl"), Kind.XLSX),
    "pptx": (samples.ooxml("ppt"), Kind.PPTX),
    "docx cut short": (samples.ooxml("word")[:-200], Kind.DOCX),
    "odt": (samples.open_document("text"), Kind.ODT),
    "ods": (samples.open_document("spreadsheet"), Kind.ODS),
    "odp": (samples.open_document("presentation"), Kind.ODP),
    "doc": (samples.compound("WordDocument"), Kind.DOC),
    "doc with its directory in two places": (samples.compound("WordDocument", fragmented=True), Kind.DOC),
    "xls": (samples.compound("Workbook"), Kind.XLS),
    "xls of Excel 95": (samples.compound("Book"), Kind.XLS),
    "ppt": (samples.compound("PowerPoint Document"), Kind.PPT),
    "msg": (samples.compound("__properties_version1.0"), Kind.MSG),
    "docx with a password": (samples.compound("EncryptionInfo", "EncryptedPackage"), Kind.OLE),
    "xml": (samples.XML, Kind.XML),
    "xml in UTF-16": (samples.XML.decode().encode("utf-16"), Kind.XML),
    "xml without declaration": (b'\xef\xbb\xbf<Invoice xmlns="urn:x"/>', Kind.XML),
    "a web page": (samples.HTML, Kind.HTML),
    "rtf": (rb"{\rtf1\ansi Bonjour}", Kind.RTF),
    "csv": (samples.CSV, Kind.TEXT),
    "csv in UTF-16": ("Date;Débit\r\n".encode("utf-16"), Kind.TEXT),
    "nothing": (b"", None),
    "space not written yet": (b"\0" * 5000, None),
    "noise": (bytes(range(256)) * 4, None),
}


@pytest.mark.parametrize("case", KINDS)
def test_a_file_is_what_its_bytes_say(tmp_path: Path, case: str) -> None:
    content, kind = KINDS[case]

    with samples.opened(tmp_path, content) as (descriptor, size):
        assert kind_of(Excerpt(descriptor, size)) is kind


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.PDF, "FACTURE.PDF"),
        (Kind.PDF, "facture"),
        (Kind.PDF, "facture n° 12.2026"),
        (Kind.PDF, "facture.pdf "),
        (Kind.PDF, ".pdf"),
        (Kind.JPEG, "reçu.jpe"),
        (Kind.JPEG, "reçu.JPEG"),
        (Kind.ZIP, "grand livre.xlsx"),
        (Kind.DOCX, "lettre.docm"),
        (Kind.OLE, "protégé.docx"),
        (Kind.RTF, "lettre.doc"),
        (Kind.TEXT, "export.csv"),
        (Kind.XML, "facture.xml"),
        (None, "export.csv"),
        (None, "page.html"),
        (None, "sauvegarde.bak"),
    ],
)
def test_a_name_that_contradicts_nothing_fits(kind: Kind | None, name: str) -> None:
    assert matches(kind, name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.JPEG, "facture.pdf"),
        (Kind.PDF, "facture.JPG"),
        (Kind.HTML, "facture.pdf"),
        (Kind.TEXT, "facture.pdf"),
        (Kind.HTML, "export.xls"),
        (Kind.XLSX, "lettre.docx"),
        (Kind.DOCX, "lettre.doc"),
        (Kind.PDF, "export.csv"),
        (None, "facture.pdf"),
    ],
)
def test_a_name_that_says_another_format_does_not_fit(kind: Kind | None, name: str) -> None:
    assert not matches(kind, name)
