"""File names that somebody may drop to do harm, or by accident, and what no text that is shown of them may hold.

Each can be made on Linux: no slash, no NUL, at most 255 bytes; bytes that are no UTF-8 stand as surrogates.
"""

from __future__ import annotations

import os
import unicodedata

HOSTILE: tuple[str, ...] = (
    # markup and templates
    '"><script>alert(1)<\\script>.pdf',
    "<img src=x onerror=alert(1)>.pdf",
    "<b>gras & <!-- -->.pdf",
    "{{ 7*7 }}{% for x in y %}.pdf",
    "%(name)s {name} {0} %s ${HOME} $(reboot) `reboot`.pdf",
    # lines, headers, logs
    "a\nb.pdf",
    "a\r\nBcc: everybody@cabinet.example\r\n\r\nbonjour.pdf",
    "facture.pdf\nlevel=error event=forged",
    "quotes \" and ' and \\ and key=value.pdf",
    "%0a%0d%00.pdf",
    "lines\u2028and\u2029paragraphs\x85.pdf",
    # terminals
    "\x1b[31mred\x1b[0m.pdf",
    "\x1b]0;title\x07.pdf",
    "\x9b2J\x08\x7f\x0b\x0c.pdf",
    # reading direction, zero width, look-alikes, width
    "facture\u202efdp.exe",
    "\u2066isolate\u2069\u200f\u061c.pdf",
    "fac\u200bture\ufeff\u00ad\u2060.pdf",
    "factu\u0440e.pdf",
    "e\u0301te\u0301 NFD.pdf",
    "Z\u0335\u0321\u0328\u0353a\u0334\u0310l\u0336g\u0337o\u0338.pdf",
    "請求書 第８８号.pdf",
    "👩\u200d👩\u200d👧 🧾.pdf",
    # spreadsheets
    "=cmd|' -C calc'!A0.pdf",
    '=HYPERLINK("evil.example";"ok").pdf',
    "+1+1.pdf",
    "-2+3.pdf",
    "@SUM(A1).pdf",
    "\t=1+1.pdf",
    "\r=1+1.pdf",
    " =1+1.pdf",
    "\u00a0=1+1.pdf",
    "\uff1d1+1.pdf",
    "\uff0b1.pdf",
    "\uff0d1.pdf",
    "\uff201.pdf",
    "'=1+1.pdf",
    'a";=1+1;".pdf',
    # what programs take for something else
    "--help",
    "-rf.pdf",
    "00123.pdf",
    "8,1E+13.pdf",
    " blanks before and after ",
    ".pdf",
    # limits
    "x" * 251 + ".pdf",
    "é" * 125 + ".pdf",
    # not UTF-8
    os.fsdecode(b"\xff\xfe facture \xe9t\xe9.pdf"),
    os.fsdecode(b"cut \xc3.pdf"),
)

#: Control, format (reading direction, zero width), surrogate, line and paragraph characters.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def harmless(text: str) -> bool:
    """Whether a text that is shown has none of these characters but the ends of its lines."""
    return not any(unicodedata.category(char) in _HARMFUL for char in text if char != "\n")
