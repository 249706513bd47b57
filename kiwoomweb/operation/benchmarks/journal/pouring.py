"""Pouring: rows into a table as fast as the database takes them. Values are numbers and the text of dates."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction

__all__ = ["pour", "settle"]


def pour(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert the rows; ``names`` are attributes of the model, the others get their defaults or null."""
    held = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(held[name]) for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["?"] * len(names))
        # The driver's own cursor: Django's would rewrite every parameter.
        insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  # our own models' names
        cursor.cursor.executemany(insert, rows)


def settle() -> None:
    """What the autovacuum of PostgreSQL does before long: it counts what lies where."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
