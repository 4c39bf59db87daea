"""Small real files of every format, made here byte by byte; nothing is downloaded."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdf

from pushdoc.demo import papers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def opened(folder: Path, content: bytes) -> Iterator[tuple[int, int]]:
    """A descriptor of a file with this content, and its size."""
    path = folder / "sample"
    path.write_bytes(content)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor, len(content)
    finally:
        os.close(descriptor)


def pdf_with_one_more_page(before: bytes, name: bytes = b"Autre") -> bytes:
    """The PDF with an update behind it, as scanners write when a page is added."""
    start = before.rindex(b"startxref\n") + len(b"startxref\n")
    previous = int(before[start : before.index(b"\n", start)])
    update = before + b"7 0 obj\n<< /Type /" + name + b" >>\nendobj\n"
    table = b"xref\n7 1\n%010d 00000 n \n" % len(before)
    trailer = b"trailer\n<< /Size 8 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (previous, len(update))
    return update + table + trailer


def pdf_with_stream(extra: bytes = b"") -> bytes:
    """A PDF 1.5 whose list of objects is a stream, as most programs write today; `extra` goes to its dictionary."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>")
    body, rows = b"%PDF-1.5\n", [struct.pack(">BHB", 0, 0, 255)]
    for number, content in enumerate(objects, 1):
        rows.append(struct.pack(">BHB", 1, len(body), 0))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows.append(struct.pack(">BHB", 1, len(body), 0))
    table = b"".join(rows)
    head = b"<< /Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R /Length %d %s >>" % (len(table), extra)
    stream = b"4 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (head, table)
    return body + stream + b"startxref\n%d\n%%%%EOF\n" % len(body)


def pdf_linearized(missing: int = 0) -> bytes:
    """A PDF "for fast web view": it says its own length in the beginning and has an end there already."""
    first = b"%%PDF-1.4\n1 0 obj\n<< /Linearized 1 /L %010d /H [ 1 2 ] /O 3 /E 9 /N 1 /T 9 >>\nendobj\n"
    start = len(first % 0)
    rest = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    rest += b"% more\n" * 60 + b"startxref\n%d\n%%%%EOF\n" % start
    whole = first % (start + len(rest)) + rest
    return whole[: len(whole) - missing]


def pdf_locked(password: str, owner: str = "owner", algorithm: str = "RC4-128") -> bytes:
    """A PDF that opens with `password`; with "" it opens at once and only forbids to change it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(papers.pdf(["Relevé"])))
    writer.encrypt(password, owner, algorithm=algorithm)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_without_pages() -> bytes:
    return papers.pdf(["x"]).replace(b"/Kids [3 0 R] /Count 1", b"/Kids [     ] /Count 0")


def gif() -> bytes:
    header = b"GIF89a\1\0\1\0\x80\0\0" + b"\0\0\0\xff\xff\xff"
    return header + b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"


def webp() -> bytes:
    chunk = b"VP8L" + struct.pack("<I", 8) + b"\x2f\0\0\0\0\x88\x88\x08"
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def heic() -> bytes:
    boxes = ((b"ftyp", b"heic\0\0\0\0mif1heic"), (b"meta", b"\0" * 40), (b"mdat", b"picture" * 9))
    return b"".join(struct.pack(">I", 8 + len(content)) + kind + content for kind, content in boxes)


def tiff() -> bytes:
    return b"II*\0\x08\0\0\0" + b"\0" * 6


def zipped(parts: dict[str, str], comment: bytes = b"", *, stored: bool = False) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as paper:
        for name, content in parts.items():
            paper.writestr(name, content)
        paper.comment = comment
    return target.getvalue()


def ooxml(folder: str) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<r/>", f"{folder}/document.xml": "<d/>" * 50})


def open_document(kind: str) -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": said, "content.xml": "<office:document-content/>"}, stored=True)


def zip64() -> bytes:
    """A ZIP whose end stands in the longer records for files beyond 4 GB, as some programs always write them."""
    plain = zipped({"facture.txt": "120,00"})
    end = plain.rindex(b"PK\5\6")
    entries, size, offset = struct.unpack("<HII", plain[end + 10 : end + 20])
    record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, end, 1)
    short = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return plain[:end] + record + locator + short


def compound(*streams: str, fragmented: bool = False) -> bytes:
    """An OLE file with a root and these streams, 512 bytes a sector; `fragmented`: its directory has two sectors."""
    entries = [name.encode("utf-16-le") for name in ("Root Entry", *streams)]
    if fragmented:
        entries[1:1] = [b""] * 3
    directory = b"".join(
        name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2 if name else 0) + b"\0" * 62 for name in entries
    )
    first, second = directory[:512].ljust(512, b"\0"), directory[512:].ljust(512, b"\0")
    # Sector 0: the table; 1 and 3: the directory; 2: something else.
    table = struct.pack("<4I", 0xFFFFFFFD, 3 if fragmented else 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFE)
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    header[76:512] = b"\xff" * 436
    struct.pack_into("<I", header, 76, 0)
    return bytes(header) + table.ljust(512, b"\xff") + first + b"x" * 512 + second


XML = '<?xml version="1.0"?>\n<!-- <not> this -->\n<Invoice xmlns="urn:x"><ID>é</ID></Invoice>\n'.encode()
HTML = b"<!DOCTYPE html>\n<html><body>Session expir\xc3\xa9e</body></html>\n"
CSV = "Date;Libellé;Débit\r\n01/11/2026;Électricité;120,00\r\n".encode("cp1252")

#: Every format with an end of its own, as it should be.
WHOLE: dict[str, bytes] = {
    "pdf": papers.pdf(["Facture 881"]),
    "pdf with a page added": pdf_with_one_more_page(papers.pdf(["Facture 881"])),
    "pdf 1.5": pdf_with_stream(),
    "pdf for the web": pdf_linearized(),
    "pdf behind a printer's commands": b"\x1b%-12345X@PJL\r\n" + papers.pdf(["Facture 881"]),
    "jpeg": papers.jpeg("Reçu"),
    "png": papers.png("Reçu"),
    "gif": gif(),
    "webp": webp(),
    "heic": heic(),
    "zip": zipped({"facture.txt": "120,00"}),
    "zip with a comment": zipped({"facture.txt": "120,00"}, b"novembre " * 400),
    "zip64": zip64(),
    "docx": ooxml("word"),
    "odt": open_document("text"),
    "xml": XML,
}
