"""Planned once: a connection to PostgreSQL whose statements the server parses and plans once, not every time.

Django puts the values into the text of a statement, so that the server has never seen it. For an answer by an
index the planning costs several times the answer. Queries that are asked again and again (``prepared.py``) send
their values apart; from the sixth time on the server has a plan that fits any of them.
"""

from typing import Any

__all__ = ["planned_once"]


def planned_once(connection: Any) -> Any:
    """The connection to ask over: itself where the server keeps no statements (SQLite, or switched off)."""
    if connection.vendor != "postgresql":
        return connection
    connection.ensure_connection()
    return connection if connection.connection.prepare_threshold is None else _Planned(connection)


class _Planned:
    """The connection, but for its cursors."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> Any:
        """A cursor that sends the values apart from the statement."""
        from django.db.backends.postgresql import base

        django = self._connection
        django.close_if_health_check_failed()
        django.ensure_connection()
        with django.wrap_database_errors:
            cursor: Any = base.ServerBindingCursor
            return django._prepare_cursor(cursor(django.connection))
