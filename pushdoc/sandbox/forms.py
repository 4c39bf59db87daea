"""Reading multipart/form-data as it arrives: the file is hashed on its way through, and kept only if asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from pushdoc.sandbox.answers import Refusal, message, page, refuse

_FIELD_LIMIT = 64 * 1024
_PART_LIMIT = 50


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a form. `filename` and `media_type` are None where the part did not say."""

    filename: str | None
    media_type: str | None
    size: int
    sha1: str
    sha256: str
    content: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """What a form held, in the order of its parts; names may be doubled."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, FilePart], ...]


class FormReader:
    """Takes a body in pieces. After something was wrong it takes the rest and lets it go.

    A part is a file where it has a filename, or where its name is among `files`.
    """

    def __init__(self, content_type: str, files: frozenset[str], max_size: int, *, keep: bool) -> None:
        self._file_names = files
        self._max_size = max_size
        self._keep = keep
        self._wrong: Refusal | None = None
        self._whole = False
        self._parts = 0
        self._fields: list[tuple[str, str]] = []
        self._files: list[tuple[str, FilePart]] = []
        self._header: list[bytes] = [b"", b""]
        self._part = _Part()
        self._parser = self._begin(content_type)

    def feed(self, data: bytes) -> None:
        """Take the next piece of the body."""
        if self._wrong or self._parser is None:
            return
        try:
            self._parser.write(data)
        except Refusal as refusal:
            self._wrong = refusal
        except FormParserError:
            self._wrong = refuse(400, "The body is not well-formed multipart/form-data")

    def finish(self) -> Form:
        """The whole form.

        Raises:
            Refusal: 415 for another kind of body, 413 for a file over the limit, 400 for a form that is broken.
        """
        if self._wrong:
            raise self._wrong
        if not self._whole:
            raise refuse(400, "The multipart body ends before its closing boundary")
        return Form(tuple(self._fields), tuple(self._files))

    def _begin(self, content_type: str) -> MultipartParser | None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data":
            self._wrong = Refusal(message(415, "The body must be multipart/form-data"))
            return None
        try:
            return MultipartParser(
                options[b"boundary"],
                {
                    "on_part_begin": self._part_begin,
                    "on_part_data": self._part_data,
                    "on_part_end": self._part_end,
                    "on_header_field": self._header_field,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_end": self._end,
                },
            )
        except (KeyError, FormParserError):
            self._wrong = refuse(400, "The multipart boundary is missing or too long")
            return None

    def _part_begin(self) -> None:
        self._part = _Part()
        self._parts += 1
        if self._parts > _PART_LIMIT:
            raise refuse(400, f"More than {_PART_LIMIT} parts")

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def _header_end(self) -> None:
        name, value = self._header
        self._part.headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        self._header = [b"", b""]

    def _headers_finished(self) -> None:
        disposition, options = parse_options_header(self._part.headers.get("content-disposition"))
        if disposition != b"form-data" or b"name" not in options:
            raise refuse(400, "A part has no Content-Disposition: form-data with a name")
        self._part.name = _text(options[b"name"], "A part's name")
        if b"filename" in options:
            self._part.filename = _text(options[b"filename"], "The filename")
        if self._part.name in self._file_names or self._part.filename is not None:
            self._part.is_file = True

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        part, piece = self._part, data[start:end]
        part.size += len(piece)
        if not part.is_file:
            if part.size > _FIELD_LIMIT:
                raise refuse(400, f"The field {part.name} is too long")
            part.pieces.append(piece)
            return
        if part.size > self._max_size:
            raise Refusal(page(413, "413 Request Entity Too Large"))
        part.sha1.update(piece)
        part.sha256.update(piece)
        if self._keep:
            part.pieces.append(piece)

    def _part_end(self) -> None:
        part, content = self._part, b"".join(self._part.pieces)
        if not part.is_file:
            self._fields.append((part.name, _text(content, f"The field {part.name}")))
            return
        file = FilePart(
            filename=part.filename,
            media_type=part.headers.get("content-type"),
            size=part.size,
            sha1=part.sha1.hexdigest().upper(),
            sha256=part.sha256.hexdigest(),
            content=content if self._keep else None,
        )
        self._files.append((part.name, file))

    def _end(self) -> None:
        self._whole = True


class _Part:
    """One part while it is being read."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.name = ""
        self.filename: str | None = None
        self.is_file = False
        self.size = 0
        # A mark of identity for the reader of the answer, and the service's choice, not ours.
        self.sha1 = hashlib.sha1(usedforsecurity=False)
        self.sha256 = hashlib.sha256()
        self.pieces: list[bytes] = []


def _text(raw: bytes, what: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise refuse(400, f"{what} is not UTF-8") from None
