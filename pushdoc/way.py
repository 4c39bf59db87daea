"""The way to a folder beneath the root: opened without following a link, not even one put there between two steps.

Most folders that are looked at are there, or are missing in a folder that is; both cost few calls of the system: opened
by their whole path, the kernel then says where that led. Only where it led elsewhere is the way gone step by step.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

# O_PATH: to walk through a folder, the right to enter it is enough.
_STEP = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class NoRootError(FileNotFoundError):
    """The root itself does not exist."""


class Held:
    """An open descriptor, for a `with` statement that closes it.

    A class, as a generator would cost four times as much, and every document passes half a dozen.
    """

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> int:
        return self._descriptor

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)


def open_folder(root: Path, folder: Path) -> int:
    """A descriptor of a folder beneath the root, to be listed.

    `root` is the administrator's word and may be a link; beneath it no link is followed.

    Raises:
        NoRootError: there is no root.
        FileNotFoundError: there is no such folder, and no link is on the way to where it would be.
        OSError: it cannot be opened, or something else stands on the way.
    """
    start, path = str(root), str(folder)
    try:
        descriptor = straight(start, path, FOLDER)
    except FileNotFoundError:
        if _surely_missing(start, path):
            raise
    except OSError:
        pass  # a link on the way, perhaps: the steps tell
    else:
        if descriptor is not None:
            return descriptor
    return _by_steps(root, folder)


def shortcut(root: Path, path: Path, flags: int) -> int | None:
    """A descriptor of what stands at a path beneath the root, opened at once; None where only the steps can tell."""
    try:
        return straight(str(root), str(path), flags)
    except OSError:
        return None


def straight(root: str, path: str, flags: int) -> int | None:
    """A descriptor of what stands at a path beneath the root, opened at once; None where a link led there.

    Raises:
        OSError: it cannot be opened; by way of a link, perhaps.
    """
    descriptor = os.open(path, flags)
    if _led_straight(descriptor, root, path):
        return descriptor
    os.close(descriptor)
    return None


def _surely_missing(root: str, path: str) -> bool:
    """Whether the nearest folder above that exists is where it should be, so that no link hides this one."""
    above = path
    while len(above := above.rpartition("/")[0]) >= len(root):
        try:
            descriptor = os.open(above, _STEP if len(above) > len(root) else _STEP & ~os.O_NOFOLLOW)
        except FileNotFoundError:
            continue
        except OSError:
            return False
        try:
            return _led_straight(descriptor, root, above)
        finally:
            os.close(descriptor)
    return False


def _led_straight(descriptor: int, root: str, path: str) -> bool:
    try:
        place = os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 -- at every look at every folder
    except OSError:
        return False
    if place == _real(root) + path[len(root) :]:
        return True
    _real.cache_clear()  # the root may be a link that leads elsewhere by now
    return False


@lru_cache(maxsize=8)
def _real(root: str) -> str:
    return os.path.realpath(root)


def _by_steps(root: Path, folder: Path) -> int:
    try:
        held = os.open(root, _STEP & ~os.O_NOFOLLOW)
    except FileNotFoundError as error:
        raise NoRootError(*error.args) from error
    try:
        for part in folder.relative_to(root).parts:
            inner = os.open(part, _STEP, dir_fd=held)
            os.close(held)
            held = inner
        return os.open(".", FOLDER, dir_fd=held)
    finally:
        os.close(held)
