"""The files that pushdoc puts among those of its clients, as names: who writes, watches or asks knows them by these."""

from __future__ import annotations

#: The mark « Non transmis » beside a document bears the document's name and this.
MARK_SUFFIX = ".NON-TRANSMIS.txt"
#: In the clients' root: the ledger that it belongs to.
OWNER_SIGN = ".pushdoc-owner"
