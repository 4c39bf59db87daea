"""What can still be known of a rules file that cannot be used: where its ledger is.

Somebody who has broken the file asks `status` what pushdoc makes of it; the answer stands in the ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pushdoc.rules.fields import SQLITE
from pushdoc.rules.model import Ledger

if TYPE_CHECKING:
    from pathlib import Path

_SECTION = re.compile(r"^\s*\[\s*ledger\s*\](.*?)(?=^\s*\[|\Z)", re.MULTILINE | re.DOTALL)
_URL = re.compile(rf"^\s*url\s*=\s*([\"'])({re.escape(SQLITE)}[^\"'\n]+)\1", re.MULTILINE)


def ledger_of(file: Path) -> Path | None:
    """The ledger that the text of a rules file names, whatever else is wrong in it; None where it cannot be read."""
    try:
        text = file.read_text("utf-8-sig", errors="replace")
    except OSError:
        return None
    section = _SECTION.search(text)
    url = _URL.search(section[1]) if section else None
    named = url[2] if url else Ledger.model_fields["url"].default
    return file.absolute().parent / named.removeprefix(SQLITE)
