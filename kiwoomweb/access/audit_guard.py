"""The guard of the audit trail: the database itself refuses to change or delete an entry.

Put up after every ``migrate``: a migration that rebuilds a table on SQLite loses its triggers.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["is_up", "put_up", "take_down"]

ENTRIES, CHAINS = "access_auditentry", "access_auditchain"
#: What is refused on which table. The end of a chain moves on, so a chain's row may be updated.
REFUSED = ((ENTRIES, "UPDATE"), (ENTRIES, "DELETE"), (CHAINS, "DELETE"))
WORDS = "the audit trail is permanent"


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing."""
    if ENTRIES not in connection.introspection.table_names():
        return
    there = _there(connection)
    with connection.cursor() as cursor:
        for name, sql in _wanted(connection.vendor).items():
            if name not in there:
                for statement in sql:
                    cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """For a migration that must rebuild the table, and for tests that empty it."""
    with connection.cursor() as cursor:
        for name in _there(connection):
            table = CHAINS if name.startswith(f"{CHAINS}_") else ENTRIES
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def is_up(connection: BaseDatabaseWrapper) -> bool:
    """Whether every refusal stands."""
    return _there(connection) >= set(_wanted(connection.vendor))


def _wanted(vendor: str) -> dict[str, list[str]]:
    if vendor == "postgresql":
        return _on_postgres()
    return {
        _name(table, event): [
            f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        ]
        for table, event in REFUSED
    }


def _on_postgres() -> dict[str, list[str]]:
    refuse = (
        "CREATE OR REPLACE FUNCTION access_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    emptied = tuple((table, "TRUNCATE") for table in (ENTRIES, CHAINS))
    return {
        _name(table, event): [
            refuse,
            f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION access_audit_refuse()",
        ]
        for table, event in (*REFUSED, *emptied)
    }


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


def _there(connection: BaseDatabaseWrapper) -> set[str]:
    if connection.vendor == "postgresql":
        ask = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relname LIKE 'access_audit%'"
        )
    else:
        ask = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'access_audit%'"
    with connection.cursor() as cursor:
        cursor.execute(ask)
        return {name for (name,) in cursor.fetchall()}
