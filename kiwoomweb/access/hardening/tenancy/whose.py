"""Whose rows are these: the question put to the database where a statement does not say so itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kiwoomweb.access.hardening.tenancy.clauses import Span, places
from kiwoomweb.access.hardening.tenancy.tables import account_columns, columns_of, way_to_account

__all__ = ["Question", "whose"]

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
    head, where = sql[slice(*here[""])], here.get("WHERE")
    if where is None:
        return None
    if change := UPDATE.match(head):
        table, name, start, source = change[1], change[1], where[0], f'"{change[1]}"'
    elif "FROM" in here and (first := _first(sql[slice(*here["FROM"])])):
        (table, name), start, source = first, here["FROM"][0], sql[slice(*here["FROM"])]
    else:
        return None
    if table not in way_to_account():
        return None

    def rows(column: str) -> str:
        return f'SELECT "{name}"."{column}" FROM {source} WHERE {sql[slice(*where)]}'

    whole = all(f'"{name}"."{column}"' in head for column in columns_of(table))
    return Question(
        _along_the_way(rows, table), places(sql, start, where[1]), whole and table in account_columns()
    )


def _first(source: str) -> tuple[str, str] | None:
    """The first table of the FROM whose rows belong to an account, and the name it goes by."""
    for table, name in SOURCE.findall(source.strip()):
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
    return lambda column: f'SELECT "{column}" FROM "{table}" WHERE "{key}" IN ({rows})'
