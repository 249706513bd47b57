"""Disk: one that takes nothing more, and one that was put back from a backup.

Full is meant by the kernel: the limit on the size of files is set to nothing, so writing to the database or its
log fails in the middle of a commit exactly where a full disk would. Sockets and pipes are no files and go on.
"""

import resource
import shutil
import signal
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

__all__ = ["back_up", "fill", "free", "restore"]


def fill() -> None:
    """From here on this process can write nothing to any file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead of ending the process
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))


def free() -> None:
    """Somebody made room."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def back_up() -> None:
    """Copy the database as it is, the way backups are made of it while it is used."""
    connection.ensure_connection()
    with sqlite3.connect(_copy()) as copy:
        connection.connection.backup(copy)
    copy.close()


def restore() -> None:
    """Put the copy in the place of the database, which is not in use."""
    connections.close_all()
    name = Path(connection.settings_dict["NAME"])
    for rest in ("-wal", "-shm"):
        name.with_name(name.name + rest).unlink(missing_ok=True)
    shutil.copyfile(_copy(), name)


def _copy() -> Path:
    return Path(settings.VAR) / "backup.sqlite3"
