"""A snapshot: everything read inside is of one moment, and nobody who writes has to wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection, transaction

__all__ = ["snapshot"]


@contextmanager
def snapshot() -> Iterator[None]:
    """One reading transaction. Inside a running transaction it is that one."""
    if connection.in_atomic_block:
        yield
        return
    with _reading_only(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _reading_only() -> Iterator[None]:
    """SQLite: a transaction that does not take the pen when it begins (IMMEDIATE), as ours otherwise do."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()  # until then it has no mode
    mine = cast("Any", connection)
    usual, mine.transaction_mode = mine.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        mine.transaction_mode = usual
