"""Triggers: SQL that notes a change of a watched table, in the words of SQLite and of PostgreSQL.

They are put up after every ``migrate`` and, on SQLite, taken down before it: a migration that rebuilds a table
there loses its triggers, and cannot rename it while those of others speak of it.
"""

import secrets
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from portfolio.services.versioning.watched import WATCHED, Watched

__all__ = ["compact", "install", "take_down"]

VERSIONS = "portfolio_figuresversion"
#: Sums of tokens stay far within 63 bits.
BITS = 40
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put up what is missing or differs; nothing is done when all is there."""
    tables = set(connection.introspection.table_names())
    if VERSIONS not in tables:
        return
    put_up = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    news = [put_up(connection, watched) for watched in WATCHED if watched.table in tables]
    if any(news):  # what was written without them is not known: every statistic is made anew
        token = secrets.randbits(BITS)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {VERSIONS} WHERE owner = 0")  # noqa: S608  # our own names
            cursor.execute(f"INSERT INTO {VERSIONS} (owner, writer, token) VALUES (0, 0, {token})")  # noqa: S608


def take_down(connection: BaseDatabaseWrapper) -> None:
    """SQLite, before a migration: no trigger is left that it could stumble over."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'figures_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def compact(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL: the rows of past transactions become one an owner; nobody reads another sum."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {VERSIONS} WHERE writer <> 0 RETURNING owner, token) "  # noqa: S608  # own names
            f"INSERT INTO {VERSIONS} (owner, writer, token) SELECT owner, 0, sum(token) FROM gone "
            f"GROUP BY owner "
            f"ON CONFLICT (owner, writer) DO UPDATE SET token = {VERSIONS}.token + excluded.token"
        )


def _on_sqlite(connection: BaseDatabaseWrapper, watched: Watched) -> bool:
    """Whether anything was missing."""
    is_new = False
    with connection.cursor() as cursor:
        for event, rows in EVENTS.items():
            name = f"figures_{watched.table}_{event.lower()}"
            wanted = f"CREATE TRIGGER {name} AFTER {event} ON {watched.table} {_when(watched, event, rows)}"
            wanted += f"BEGIN {' '.join(_note(watched, row) for row in rows)} END"
            found = _one(cursor, "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", name)
            if found != wanted:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(wanted)
                is_new = True
    return is_new


def _note(watched: Watched, row: str) -> str:
    """A new token for the owner; its row is made when it is not there yet. No conflict can arise: the policy of
    the statement that set the trigger off (OR IGNORE …) would rule it."""
    owner = f"coalesce({watched.owner.format(row=row)}, 0)"
    token = f"abs(random() % {2**BITS})"
    return (
        f"INSERT INTO {VERSIONS} (owner, writer, token) SELECT {owner}, 0, 0 "  # noqa: S608  # our own names
        f"WHERE NOT EXISTS (SELECT 1 FROM {VERSIONS} WHERE owner = {owner} AND writer = 0); "
        f"UPDATE {VERSIONS} SET token = {token} WHERE owner = {owner} AND writer = 0;"
    )


def _when(watched: Watched, event: str, rows: tuple[str, ...]) -> str:
    conditions = [_only(watched, rows)] if watched.only else []
    if event == "UPDATE" and watched.columns:
        conditions.append(" OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in watched.columns))
    return f"WHEN {' AND '.join(f'({one})' for one in conditions)} " if conditions else ""


def _only(watched: Watched, rows: tuple[str, ...]) -> str:
    return " OR ".join(watched.only.format(row=row) for row in rows)


def _on_postgres(connection: BaseDatabaseWrapper, watched: Watched) -> bool:
    """Whether anything was missing. One note a statement, however many rows it touched."""
    is_new = False
    with connection.cursor() as cursor:
        for event, changed in _changed(watched).items():
            name, body = f"figures_{watched.table}_{event.lower()}", _body(changed)
            source = _one(cursor, "SELECT prosrc FROM pg_proc WHERE proname = %s", name)
            put_up = _one(cursor, "SELECT tgname FROM pg_trigger WHERE tgname = %s AND tgenabled = 'O'", name)
            if source == body and put_up:
                continue
            is_new = True
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            )
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {watched.table}")
            cursor.execute(
                f"CREATE TRIGGER {name} AFTER {event} ON {watched.table} REFERENCING {TABLES[event]} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
    return is_new


#: What a statement's rows were and are.
TABLES = {
    "INSERT": "NEW TABLE AS fresh",
    "UPDATE": "OLD TABLE AS gone NEW TABLE AS fresh",
    "DELETE": "OLD TABLE AS gone",
}


def _changed(watched: Watched) -> dict[str, str]:
    """The owners of the rows a statement touched, by event."""
    owner = f"SELECT {watched.owner.format(row='r')} AS owner FROM"
    only = watched.only.format(row="r") or "true"
    fresh, gone = f"{owner} fresh r WHERE {only}", f"{owner} gone r WHERE {only}"
    differs = " OR ".join(f"r.{one} IS DISTINCT FROM g.{one}" for one in watched.columns)
    other = f"{owner} fresh r JOIN gone g ON g.{watched.key} = r.{watched.key} WHERE ({differs}) AND {only}"
    return {"INSERT": fresh, "UPDATE": other if differs else f"{fresh} UNION {gone}", "DELETE": gone}


def _body(changed: str) -> str:
    """A later statement of the same transaction draws another token: its own reads must notice it as well."""
    return (
        f"BEGIN INSERT INTO {VERSIONS} (owner, writer, token) "  # noqa: S608  # our own names
        f"SELECT d.owner, txid_current(), (random() * {2**BITS})::bigint "
        f"FROM (SELECT DISTINCT coalesce(s.owner, 0) AS owner FROM ({changed}) s) d "
        "ON CONFLICT (owner, writer) DO UPDATE SET token = excluded.token; RETURN NULL; END"
    )


def _one(cursor: Any, sql: str, name: str) -> str | None:
    cursor.execute(sql, [name])
    row = cursor.fetchone()
    return row[0] if row else None
