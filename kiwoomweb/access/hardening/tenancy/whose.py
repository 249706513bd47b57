"""Whose rows are these: the question put to the database where a statement does not say so itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kiwoomweb.access.hardening.tenancy.clauses import Span, places
from kiwoomweb.access.hardening.tenancy.tables import account_columns, columns_of, way_to_account

__all__ = ["Question", "held", "whose"]

SOURCE = re.compile(r'(?:^|\bJOIN\b)\s*"?(\w+)"?(?:\s+(?:AS\s+)?"?(\w+)"?)?', re.IGNORECASE)
NOT_A_NAME = {"ON", "INNER", "LEFT", "CROSS", "JOIN"}
UPDATE = re.compile(r'\s*UPDATE\s+"?(\w+)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """``asks`` with the parameters it is ``given``. ``whole``: the statement's own rows come as objects."""

    asks: str
    given: range
    whole: bool


def whose(sql: str, here: dict[str, Span]) -> Question | None:
    """The question for one SELECT, UPDATE or DELETE with conditions; ``None`` where none can be put."""
    head, where, known = sql[slice(*here[""])], here.get("WHERE"), held(sql, here)
    if where is None or known is None:
        return None
    (table, name), changes = known, UPDATE.match(head)
    start, source = (where[0], f'"{table}"') if changes else (here["FROM"][0], sql[slice(*here["FROM"])])

    def rows(column: str) -> str:
        # Made of a statement that is about to run; its values stay parameters.
        return f'SELECT "{name}"."{column}" FROM {source} WHERE {sql[slice(*where)]}'  # noqa: S608

    whole = all(f'"{name}"."{column}"' in head for column in columns_of(table))
    return Question(
        _along_the_way(rows, table), places(sql, start, where[1]), whole and table in account_columns()
    )


def held(sql: str, here: dict[str, Span]) -> tuple[str, str] | None:
    """The first table it takes rows from, or changes, that belong to an account; and the name it goes by."""
    changes = UPDATE.match(sql[slice(*here[""])])
    found = [(changes[1], "")] if changes else SOURCE.findall(sql[slice(*here.get("FROM", (0, 0)))].strip())
    for table, name in found:
        if table in way_to_account():
            return table, name if name and name.upper() not in NOT_A_NAME else table
    return None


def _along_the_way(rows: Callable[[str], str], table: str) -> str:
    asks, hops = rows, way_to_account()[table]
    for hop in hops:
        asks = _up(asks(hop.column), hop.table, hop.key)
    last = hops[-1].table if hops else table
    return asks(account_columns()[last]).replace("SELECT", "SELECT DISTINCT", 1)


def _up(rows: str, table: str, key: str) -> Callable[[str], str]:
    # Names of our own tables around such a statement.
    return lambda column: f'SELECT "{column}" FROM "{table}" WHERE "{key}" IN ({rows})'  # noqa: S608
