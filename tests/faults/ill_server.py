"""The program that serves an ill share: `ill_server.py FOLDER POINT ORDERS` shows a folder at a mount point.

What it is told stands in the folder ORDERS: `hangs` holds a path beneath which nothing is answered until the file is
gone, `fails` the number of the error that everything is answered with.
"""
# ruff: noqa: ARG002, PTH101, PTH102, PTH104, PTH106, PTH108, PTH208 -- every method is one call of the system, with the arguments that FUSE gives

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import fusepy  # type: ignore[import-not-found] # a package of the system, which only this program needs


class Shown:
    """The calls that FUSE passes on, each answered from the folder."""

    def __init__(self, folder: str, orders: Path) -> None:
        self._folder = folder
        self._orders = orders

    def __call__(self, name: str, path: str, *given: Any) -> Any:
        if name in {"init", "destroy"}:
            return getattr(self, name)()
        self._hang(path)
        try:
            self._fail()
            return getattr(self, name)(self._folder + path, *given)
        except OSError as error:
            raise fusepy.FuseOSError(error.errno) from error

    def _hang(self, path: str) -> None:
        while (hanging := _read(self._orders / "hangs")) and (path + "/").startswith(hanging.rstrip("/") + "/"):
            time.sleep(0.02)

    def _fail(self) -> None:
        if number := _read(self._orders / "fails"):
            raise OSError(int(number), os.strerror(int(number)))

    def init(self) -> None:
        print("mounted", flush=True)  # noqa: T201 -- whoever waits for it reads this

    def destroy(self) -> None:
        pass

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        status = os.lstat(path)
        return {name: getattr(status, name) for name in dir(status) if name.startswith("st_")}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *os.listdir(path)]

    def open(self, path: str, flags: int) -> int:
        return os.open(path, flags)

    def create(self, path: str, mode: int) -> int:
        return os.open(path, os.O_RDWR | os.O_CREAT, mode)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(fh, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        return os.pwrite(fh, data, offset)

    def fsync(self, path: str, datasync: int, fh: int) -> None:
        os.fsync(fh)

    def flush(self, path: str, fh: int) -> None:
        pass  # who closes a file waits for this answer

    def release(self, path: str, fh: int) -> None:
        os.close(fh)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        os.truncate(path, length)

    def utimens(self, path: str, times: tuple[float, float] | None = None) -> None:
        os.utime(path, times)

    def chmod(self, path: str, mode: int) -> None:
        os.chmod(path, mode)

    def mkdir(self, path: str, mode: int) -> None:
        os.mkdir(path, mode)

    def rmdir(self, path: str) -> None:
        os.rmdir(path)

    def unlink(self, path: str) -> None:
        os.unlink(path)

    def link(self, new: str, old: str) -> None:
        os.link(self._folder + old, new)

    def rename(self, old: str, new: str) -> None:
        os.rename(old, self._folder + new)

    def statfs(self, path: str) -> dict[str, int]:
        status = os.statvfs(path)
        return {"f_bsize": status.f_bsize, "f_bavail": status.f_bavail, "f_blocks": status.f_blocks}


def _read(order: Path) -> str:
    try:
        return order.read_text()
    except FileNotFoundError:
        return ""


if __name__ == "__main__":
    shown, point, told = sys.argv[1:]
    settings = {"attr_timeout": 0, "entry_timeout": 0, "subtype": "pushdoc-test"}
    fusepy.FUSE(Shown(shown, Path(told)), point, foreground=True, **settings)
