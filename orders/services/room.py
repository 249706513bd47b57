"""Room: a reserve on the disk, given back piece by piece when it is full, for what must be written even then.

    with_room(lambda: halt(...))    a cancellation, the kill switch, the outcome of an order, the desk's lease

New orders get none of it. The pieces are files beside the database, their blocks taken when they were made.
What fails for another reason than a full disk (an fsync above all) is not tried again here.
"""

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError, connection

__all__ = ["give", "is_full", "keep", "make_room", "with_room"]

#: So many pieces of so many bytes: each is more than a halt and the cancellations of an account take.
PIECES, PIECE = 8, 4_000_000
#: Less than that is a full disk; the reserve is only made where there is far more.
FULL, PLENTY = 1_000_000, 600_000_000
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
#: What SQLite says where it cannot make or lengthen a file beside the database.
NO_FILE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_SHMOPEN,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    }
)
DISK_FULL = "53100"

T = TypeVar("T")
log = logging.getLogger(__name__)


def keep(plenty: int = PLENTY) -> int:
    """Make the pieces that are missing, where at least ``plenty`` bytes are free; how many there are."""
    for number in range(PIECES):
        piece = _folder() / f"{number}"
        if piece.exists() or _free() < plenty:
            continue
        _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = piece.with_suffix(".new")
        with draft.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, PIECE)
        draft.replace(piece)
    return len(_pieces())


def with_room(write: Callable[[], T]) -> T:
    """Do it; where the disk is full, give a piece back and do it again. Within a transaction only once."""
    if connection.in_atomic_block:
        return write()
    while True:
        try:
            return write()
        except (DatabaseError, OSError) as trouble:
            if not make_room(trouble):
                raise


def make_room(trouble: Exception) -> bool:
    """Give a piece back if that was the trouble; whether it is worth another try."""
    return is_full(trouble) and give()


def is_full(trouble: Exception) -> bool:
    """Whether it failed for want of space."""
    if isinstance(trouble, OSError):
        return trouble.errno in NO_SPACE
    cause = trouble.__cause__
    if getattr(cause, "sqlstate", None) == DISK_FULL:
        return True
    code = getattr(cause, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or (code in NO_FILE and _free() < FULL)


def give() -> bool:
    """One piece less. ``False`` when none is left, or when there is room here: another disk is full then."""
    left = _pieces()
    if not left or _free() >= FULL:
        return False
    left[-1].unlink(missing_ok=True)
    log.critical("the disk is full: a part of the reserve was given back, %d left", len(left) - 1)
    connection.close()
    return True


def _free() -> int:
    return shutil.disk_usage(settings.VAR).free


def _folder() -> Path:
    return Path(settings.VAR) / "reserve"


def _pieces() -> list[Path]:
    return sorted(one for one in _folder().glob("*") if one.suffix == "")
