"""One at a time: two starts on one data folder would silently run two queues over one file (seen in trials)."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiwoomweb.operation.telling import Trouble

__all__ = ["only_start"]


@contextmanager
def only_start(var: Path, address: str) -> Iterator[None]:
    """Hold the data folder ``var`` while the block runs; raise Trouble when another start holds it.

    The lock belongs to this process: it goes when the process goes, however it goes. ``address`` is left in the
    file for whoever comes second.
    """
    var.mkdir(parents=True, exist_ok=True)
    file = os.open(var / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            where = os.read(file, 200).decode() or str(var)
            raise Trouble(f"이미 실행 중입니다: {where}", f"already running: {where}") from taken
        os.ftruncate(file, 0)
        os.write(file, address.encode())
        yield
    finally:
        os.close(file)
