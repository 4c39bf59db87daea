"""The naive script that pushdoc is held against: `naive.py ROOT SENT URL`, watchdog and httpx, eight threads.

What many a firm would write first: no ledger, no hash, whole files read, everything forgotten when it ends. A file that
comes is sent once its size has stood still for a quarter of a second, and moved to SENT when the answer is a success.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from pathlib import Path

import httpx
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_STILL_S = 0.25
_AGAIN_S = 1.0


class Script(FileSystemEventHandler):
    """Everything that it does."""

    def __init__(self, root: Path, sent: Path, url: str, threads: int) -> None:
        self._sent, self._url = sent, url
        self._client = httpx.Client(timeout=60, limits=httpx.Limits(max_connections=threads))
        self._waiting: queue.Queue[tuple[Path, bool]] = queue.Queue()
        observer = Observer()
        observer.schedule(self, str(root), recursive=True)
        observer.start()
        for path in sorted(root.rglob("*.pdf")):
            self._waiting.put((path, False))
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True).start()
        (sent / ".ready").touch()

    def on_created(self, event: FileSystemEvent) -> None:
        """A file is being written."""
        self._came(str(event.src_path))

    def on_moved(self, event: FileSystemEvent) -> None:
        """A file was moved in."""
        self._came(str(event.dest_path))

    def _came(self, path: str) -> None:
        if path.endswith(".pdf"):
            self._waiting.put((Path(path), True))

    def _work(self) -> None:
        while True:
            path, fresh = self._waiting.get()
            try:
                if fresh:
                    self._stand_still(path)
                self._send(path)
            except (OSError, httpx.HTTPError):
                if path.exists():
                    time.sleep(_AGAIN_S)
                    self._waiting.put((path, False))

    @staticmethod
    def _stand_still(path: Path) -> None:
        size = -1
        while size != (size := path.stat().st_size):
            time.sleep(_STILL_S)

    def _send(self, path: Path) -> None:
        file = (path.name, path.read_bytes(), "application/pdf")
        self._client.post(self._url, data={"FileSource": "Api"}, files={"Document": file}).raise_for_status()
        path.rename(self._sent / path.name)


if __name__ == "__main__":
    Script(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    threading.Event().wait()
