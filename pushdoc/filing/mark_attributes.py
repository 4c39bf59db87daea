"""The mark « Non transmis » as extended attributes of the document itself, for who asked for no files beside it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from pushdoc.filing.place import shortened
from pushdoc.original import opened

if TYPE_CHECKING:
    from pathlib import Path

_STATE = "user.pushdoc.state"
_REASON = "user.pushdoc.reason"
_LONGEST_REASON = 2000  # bytes; ext4 has 4 KiB for all attributes of a file together
#: What is said of an attribute that is not there, and where there are none.
_NONE = frozenset({errno.ENODATA, errno.ENOTSUP})
#: Some disks (SMB, FUSE) and folders say so of attributes that nobody may ask for.
_NOT_TO_BE_KNOWN = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EINVAL})


def put(root: Path, path: Path, text: str) -> None:
    """Let the document's attributes say this text; where they do already, nothing is written.

    Raises:
        OSError: it is gone, or has no attributes, no room for them, or not for us.
    """
    with opened(root, path) as document:
        _set(document, _STATE, b"non_transmis")
        _set(document, _REASON, shortened(text, _LONGEST_REASON).encode("utf-8", "replace"))


def clear(root: Path, path: Path) -> None:
    """Take the attributes away, if they are there; a document without any costs one question and is not opened.

    Raises:
        OSError: it is gone, or its attributes are not ours to change.
    """
    try:
        os.getxattr(path, _STATE, follow_symlinks=False)
    except OSError as error:
        if error.errno in _NONE or error.errno in _NOT_TO_BE_KNOWN:
            return
        raise
    with opened(root, path) as document:
        # The state last: where a crash comes between the two, it is asked about again.
        for attribute in (_REASON, _STATE):
            try:
                os.removexattr(document, attribute)
            except OSError as error:
                if error.errno not in _NONE:
                    raise


def _set(document: int, attribute: str, content: bytes) -> None:
    try:
        if os.getxattr(document, attribute) == content:
            return
    except OSError as error:
        if error.errno != errno.ENODATA:
            raise
    os.setxattr(document, attribute, content)
