"""Only one: the lock that keeps a second order process of this machine out. It goes with the process."""

import fcntl
import os
from pathlib import Path

from django.conf import settings

__all__ = ["AlreadyRunning", "lock"]


class AlreadyRunning(Exception):
    """Another process of this machine holds the desk."""


def lock() -> int:
    """Take the lock for the life of this process. Raises ``AlreadyRunning``."""
    folder = Path(settings.VAR) / "run"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(folder / "orders.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        os.close(file)
        raise AlreadyRunning from taken
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
    return file
