"""The stage: accounts that have had their first order, and the database put back under them when all were used.

Stories are many, and what one begins with is what all begin with. The database lives in the memory of one
process: the same SQLite with the same transactions, constraints and triggers, without a file. It is put back
as a whole, so that the last story meets as little of the others as the first.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from django.db import connection, connections

from kiwoomweb.operation.drills.orders.beginning import Beginning

__all__ = ["Stage"]

#: So many accounts are made once, and used again each time the database was put back.
AHEAD = 25


class Stage:
    """Made once in a process that does nothing else: its database is in memory from then on."""

    def __init__(self, begin: Callable[[], Beginning], ahead: int = AHEAD) -> None:
        _move_into_memory()
        self._beginnings = [begin() for _ in range(ahead)]
        self._kept = sqlite3.connect(":memory:")
        connection.connection.backup(self._kept)
        self._used = 0

    def next(self) -> Beginning:
        """An account nobody has used since the database was put back."""
        if self._used == len(self._beginnings):
            self._kept.backup(connection.connection)
            self._used = 0
        self._used += 1
        return self._beginnings[self._used - 1]


def _move_into_memory() -> None:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as file:
        connections.close_all()
        connection.settings_dict["NAME"] = ":memory:"
        connection.ensure_connection()
        file.backup(connection.connection)
