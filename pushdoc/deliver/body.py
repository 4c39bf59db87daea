"""The bytes of a document on their way out: hashed as they are read, the last ones held back until all is right."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from pushdoc.original import ChangedError

if TYPE_CHECKING:
    from pushdoc.document import Digest

_CHUNK = 256 * 1024


class OutgoingBody:
    """A document's bytes, read from an open descriptor; a `deliver.destination.Body`.

    Its last bytes come out only once the file has proved to end where it should and to hash to what was entered. So
    a service that was promised `size` bytes never gets all of them from a file that changed, and refuses the rest.
    The descriptor is the caller's: it is read by position and never closed here.
    """

    def __init__(self, descriptor: int, size: int, digest: Digest) -> None:
        self._descriptor = descriptor
        self._size = size
        self._digest = digest
        self.rewind()

    @property
    def size(self) -> int:
        """How many bytes will be read, exactly."""
        return self._size

    @property
    def gone_out(self) -> bool:
        """Whether the last bytes have been handed over."""
        return self._gone_out

    def rewind(self) -> None:
        """Begin again, for a second request after the first was surely not accepted."""
        self._hash = hashlib.sha256()
        self._offset = 0
        self._gone_out = False

    def read(self, count: int = -1) -> bytes:
        """The next bytes, 256 KiB at most whatever was asked for; b"" at the end.

        Raises:
            ChangedError: the file grew, shrank or was rewritten; its last bytes are held back.
            OSError: the file cannot be read any more.
        """
        if self._gone_out:
            return b""
        wanted = _CHUNK if count < 0 else min(count, _CHUNK)
        chunk = os.pread(self._descriptor, min(wanted, self._size - self._offset), self._offset)
        if not chunk and wanted and self._offset < self._size:
            raise ChangedError(f"the file ended after {self._offset} of {self._size} bytes")
        self._hash.update(chunk)
        self._offset += len(chunk)
        if self._offset == self._size:
            self._check()
            self._gone_out = True
        return chunk

    def _check(self) -> None:
        if os.pread(self._descriptor, 1, self._size):
            raise ChangedError(f"the file is longer than its {self._size} bytes")
        if self._hash.hexdigest() != self._digest.sha256:
            raise ChangedError("the file's content is no longer what was entered")
