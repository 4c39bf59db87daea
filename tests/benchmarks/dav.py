"""As much WebDAV as `rclone move` asks for: whether a file is there, and folders that can always be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

from benchmarks.answers import Reply

_FOUND = """<?xml version="1.0"?>
<d:multistatus xmlns:d="DAV:"><d:response><d:href>{path}</d:href><d:propstat><d:prop>{kind}
<d:getlastmodified>Sat, 21 Nov 2026 08:00:00 GMT</d:getlastmodified></d:prop>
<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"""


def answer(places: Mapping[str, int], method: str, path: str) -> Reply:
    """The answer to a PROPFIND or MKCOL; `places` is path → size of what was put there."""
    if method == "MKCOL":
        return Reply(201)
    if path in places:
        kind = f"<d:resourcetype/><d:getcontentlength>{places[path]}</d:getcontentlength>"
    elif path.endswith("/"):
        kind = "<d:resourcetype><d:collection/></d:resourcetype>"
    else:
        return Reply(404)
    return Reply(207, _FOUND.format(path=path, kind=kind).encode())
