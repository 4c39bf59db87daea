"""The form of an upload (multipart/form-data): small fields first, then one file that is read while it goes out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pushdoc.deliver.destination import Body

# As browsers write names (the HTML standard), and the backslash doubled as httpx does.
_WRITTEN = {number: f"%{number:02X}" for number in range(32) if number != 27} | {ord('"'): "%22", ord("\\"): "\\\\"}


@dataclass(frozen=True, slots=True)
class FilePart:
    """The one file of an upload: its field in the form, the name and media type it is given, its bytes."""

    field: str
    filename: str
    media_type: str
    body: Body


class Multipart(httpx.SyncByteStream):
    """A form on its way out, with the headers that announce it: its exact length among them."""

    def __init__(self, fields: Mapping[str, str], file: FilePart) -> None:
        boundary = os.urandom(16).hex()
        form = f'--{boundary}\r\nContent-Disposition: form-data; name="'
        texts = [f'{form}{_written(name)}"\r\n\r\n{text}\r\n' for name, text in fields.items()]
        named = f'{form}{_written(file.field)}"; filename="{_written(file.filename)}"\r\n'
        self._before = f"{''.join(texts)}{named}Content-Type: {file.media_type}\r\n\r\n".encode()
        self._after = f"\r\n--{boundary}--\r\n".encode()
        self._body = file.body
        length = len(self._before) + file.body.size + len(self._after)
        self.headers = {
            "Content-Length": str(length),
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        }

    def __iter__(self) -> Iterator[bytes]:
        yield self._before
        while part := self._body.read():
            yield part
        yield self._after


def _written(name: str) -> str:
    return name.translate(_WRITTEN)
