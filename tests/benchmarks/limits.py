"""What this machine allows at best: bytes read and hashed, bytes over the loopback, durable commits."""

from __future__ import annotations

import hashlib
import socket
import sqlite3
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.figures import Figure, Measure, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.figures import Bench

_HASHED = Row("limit: files of the corpus read and hashed (sha256)", "MB/s", more=True, places=0)
_LOOPBACK = Row("limit: bytes over the loopback, one connection", "MB/s", more=True, places=0)
_COMMITS = Row("limit: durable commits of one small row (SQLite, WAL, FULL)", "/s", more=True, places=0)
_MACHINE = "this machine"
_BLOCK = 256 * 1024
_LOOPBACK_BYTES = 1_000_000_000
_GROUP = 8


def limits(bench: Bench) -> Iterator[Figure]:
    """Each limit once, by one thread of Python."""
    with bench.home() as home:
        yield Figure(_HASHED, _MACHINE, _hashed(home, bench.documents(1000)))
        yield Figure(_LOOPBACK, _MACHINE, _over_loopback(_LOOPBACK_BYTES // 50 if bench.quick else _LOOPBACK_BYTES))
        count = bench.documents(2000)
        yield Figure(_COMMITS, "one by one", _committed(home / "one.db", count, 1))
        yield Figure(
            _COMMITS, f"{_GROUP} rows in each, counted as rows", _committed(home / "grouped.db", count, _GROUP)
        )


def _hashed(home: Path, count: int) -> float:
    """Million bytes a second; the files were just written, so they come from memory."""
    papers = corpus.write([home], corpus.sizes(count, seed=4))
    begun, size = time.perf_counter(), 0
    for paper in papers:
        with paper.path.open("rb") as file:
            size += paper.path.stat().st_size
            hashlib.file_digest(file, "sha256")
    return size / (time.perf_counter() - begun) / 1e6


def _over_loopback(size: int) -> float:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sending = socket.create_connection(listener.getsockname())
        receiving, _ = listener.accept()

        def send() -> None:
            with sending:
                for _ in range(size // _BLOCK):
                    sending.sendall(bytes(_BLOCK))

        sender = threading.Thread(target=send)
        begun, came = time.perf_counter(), 0
        sender.start()
        with receiving:
            while got := len(receiving.recv(_BLOCK)):
                came += got
        sender.join()
    return came / (time.perf_counter() - begun) / 1e6


def _committed(file: Path, rows: int, group: int) -> float:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("PRAGMA synchronous=FULL").close()
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, value TEXT)").close()
        begun = time.perf_counter()
        for _ in range(rows // group):
            connection.execute("BEGIN IMMEDIATE").close()
            for _ in range(group):
                connection.execute("INSERT INTO row (value) VALUES ('waiting')").close()
            connection.execute("COMMIT").close()
        return rows // group * group / (time.perf_counter() - begun)


MEASURES = (Measure("limits", limits),)
