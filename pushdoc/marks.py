"""The mark « Non transmis » beside a document, as a name: filing writes such files, watching passes over them."""

from __future__ import annotations

MARK_SUFFIX = ".NON-TRANSMIS.txt"
