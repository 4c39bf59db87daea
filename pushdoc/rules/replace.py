"""A file of a person replaced at once or not at all, as it was in all but its content."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

#: A new rules file can be read by the service's account: it holds no secret.
_NEW = 0o644


def replace(path: Path, content: bytes, before: bytes | None) -> None:
    """Put the content in the file's place, lastingly, with the mode, owner and attributes of the file that stood there.

    `before` is what the file has to hold still, None where there must be none. A link is followed: its target is
    replaced and the link stays.

    Raises:
        ConfigurationError: somebody has changed the file meanwhile; or it cannot be written, or not for its owner.
    """
    target = path.resolve()
    values = {"path": str(path)}
    written: str | None = None
    try:
        descriptor, written = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with open(descriptor, "wb") as file:  # noqa: PTH123 -- a descriptor, no path
            file.write(content)
            file.flush()
            _resemble(file.fileno(), target if before is not None else None)
            os.fsync(file.fileno())
        _put(written, target, before)
        _sync(target.parent)
    except (FileExistsError, FileNotFoundError):
        code = "rules.edit_overtaken" if target.parent.is_dir() else "rules.edit_no_folder"
        raise ConfigurationError(Phrase(code, values)) from None
    except PermissionError:
        raise ConfigurationError(Phrase("rules.edit_forbidden", values)) from None
    except OSError as error:
        values["error"] = error.strerror or type(error).__name__
        raise ConfigurationError(Phrase("rules.edit_unwritable", values)) from None
    finally:
        if written is not None:
            with suppress(FileNotFoundError):
                os.unlink(written)  # noqa: PTH108 -- as `mkstemp` named it


def _put(written: str, target: Path, before: bytes | None) -> None:
    if before is None:
        # A link takes a free name or fails; a rename would take anybody's.
        try:
            os.link(written, target)
        except FileExistsError:
            raise
        except OSError:  # FAT and some shares know no links: the name is reserved first
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC))
            os.rename(written, target)  # noqa: PTH104 -- as below
        return
    if target.read_bytes() != before:
        raise FileExistsError
    os.rename(written, target)  # noqa: PTH104 -- beside `link`, as the names they were made by


def _resemble(descriptor: int, original: Path | None) -> None:
    if original is None:
        with suppress(OSError):  # FAT and some shares: the mount says who may read
            os.fchmod(descriptor, _NEW)
        return
    pattern = original.stat()
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) != (pattern.st_uid, pattern.st_gid):
        os.fchown(descriptor, pattern.st_uid, pattern.st_gid)
    if mine.st_mode != pattern.st_mode:
        os.fchmod(descriptor, stat.S_IMODE(pattern.st_mode))
    # Access lists are attributes, too. What the file system does not know is left out.
    with suppress(OSError):
        for name in os.listxattr(original):
            os.setxattr(descriptor, name, os.getxattr(original, name))


def _sync(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # file systems that cannot
            os.fsync(held)
    finally:
        os.close(held)
