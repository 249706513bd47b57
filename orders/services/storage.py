"""Storage: a disk that failed to keep what it was given (EIO) is not believed again (F-30).

A second fsync after a failed one may succeed without anything having been written. So from the first such
answer on this process places nothing, whatever the disk says later, and halts everything as soon as it can.
Cancelling goes on: it needs no promise of the disk. Only a new start, after somebody has looked, places again.
"""

import errno
import logging
import sqlite3
import threading

from django.db import DatabaseError, transaction

from orders.causes import words_of
from orders.services.halting import halt
from orders.services.room import is_full

__all__ = ["fails", "is_unreliable", "notice", "say_so"]

#: SQLite's primary codes for a disk that does not do as told, and PostgreSQL's states for the same.
BROKEN = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_READONLY})
STATES = frozenset({"58030", "XX001", "XX002"})
NUMBERS = frozenset({errno.EIO, errno.EROFS})

log = logging.getLogger(__name__)
_seen = threading.Event()


def is_unreliable() -> bool:
    """Whether this process has seen the disk fail."""
    return _seen.is_set()


def notice(trouble: BaseException) -> bool:
    """Remember it if that is what the trouble says; whether it is."""
    if not fails(trouble):
        return False
    log.critical("the disk failed, no order is placed by this process any more: %s", trouble)
    _seen.set()
    return True


def say_so() -> None:
    """Halt everything for it, once that can be written down: pages and other processes know it from there."""
    if not _seen.is_set():
        return
    try:
        with transaction.atomic():
            halt(None, None, words_of("storage"), cause="storage")
    except (DatabaseError, OSError) as trouble:
        log.error("the halt for the failed disk cannot be kept yet: %s", trouble)


def fails(trouble: BaseException) -> bool:
    """Whether a database's or a file's error is the disk's; a full one is another matter (``room``)."""
    if isinstance(trouble, OSError):
        return trouble.errno in NUMBERS
    if not isinstance(trouble, DatabaseError) or is_full(trouble):
        return False
    cause = trouble.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None) in STATES or (code is not None and code & 0xFF in BROKEN)
