"""What a statement says of itself: which parameters name accounts, and what narrows it to some of its rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kiwoomweb.access.hardening.tenancy.clauses import Span, clauses, joined, places, unquoted
from kiwoomweb.access.hardening.tenancy.tables import references, tenant_tables
from kiwoomweb.access.hardening.tenancy.whose import Question, held, whose
from kiwoomweb.access.models import Account

__all__ = ["Part", "Statement", "positional", "statement"]

ACCOUNTS = Account._meta.db_table
TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?(?:\s+(?:AS\s+)?"?(\w+)"?)?', re.IGNORECASE)
NOT_A_NAME = {"ON", "SET", "WHERE", "INNER", "LEFT", "CROSS", "JOIN", "ORDER", "GROUP", "LIMIT", "USING", "FOR"}
#: ``"t"."column" = %s`` or ``IN (%s, %s)``.
EQUAL = re.compile(
    r'\s*(?:"?(?P<of>\w+)"?\.)?"?(?P<column>\w+)"?\s*(?:=\s*%s|IN\s*\(\s*%s(?:\s*,\s*%s)*\s*\))', re.IGNORECASE
)
WITHIN = re.compile(r'\s*(?:"?\w+"?\.)?"?\w+"?\s+IN\s*\(\s*SELECT\b', re.IGNORECASE)
#: Rows that name no account: those for all.
NOBODYS = re.compile(r'\s*"?\w+"?\."?account_id"? IS NULL\s*$', re.IGNORECASE)
#: A condition on what identifies a row, or the row it hangs on; not on what many rows share.
IDENTIFIES = re.compile(
    r'\s*(?:"?\w+"?\.)?"?(?:id|\w+_id|\w+_no|code|key|token|digest|rowid)"?\s*(?:=|IN\b)', re.IGNORECASE
)
INTO = re.compile(r'\s*(?:INSERT|REPLACE)(?:\s+OR\s+\w+)?\s+INTO\s+"?(\w+)"?\s*\(([^)]*)\)', re.IGNORECASE)
WITH = re.compile(r"\s*WITH\b", re.IGNORECASE)
NAMED = re.compile(r"%\((\w+)\)s")
AFTER_VALUES = re.compile(r"\b(?:ON CONFLICT|RETURNING)\b", re.IGNORECASE)
IS_THERE_ANY = re.compile(r'\s*SELECT (?:%s|1) AS "a" FROM "\w+" LIMIT', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One SELECT, UPDATE or DELETE. ``settled``: an account narrows it; ``narrow``: at least a row does.

    ``rows``: tables with the parameters that name their rows. ``whose``: how to find out where nothing says it.
    """

    settled: bool = False
    narrow: bool = False
    rows: tuple[tuple[str, range], ...] = ()
    whose: Question | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """``accounts``: parameters that name one. ``width``: of an INSERT, so many values a row."""

    tenant: bool
    accounts: tuple[int, ...] = ()
    width: int = 0
    parts: tuple[Part, ...] = ()


@lru_cache(maxsize=4096)
def statement(text: str) -> Statement:
    """Read once for each text of a statement."""
    sql = unquoted(text)
    names = _names(sql)
    if not tenant_tables() & set(names.values()) or IS_THERE_ANY.match(sql):
        return Statement(tenant=False)
    if into := INTO.match(sql):
        columns = [column.strip(' "') for column in into[2].split(",")]
        found = tuple(
            n for n, column in enumerate(columns) if references().get((into[1], column), ("",))[0] == ACCOUNTS
        )
        return Statement(True, found if _all_given(sql) else (), width=len(columns))
    accounts = tuple(
        place
        for found in EQUAL.finditer(sql)
        if _names_account(found, names)
        for place in places(sql, *found.span())
    )
    if WITH.match(sql):  # our own few: what they begin with is what the rest is made of
        return Statement(True, accounts, parts=(Part(settled=bool(accounts)),))
    return Statement(True, accounts, parts=tuple(_parts(sql, (0, len(sql)), names)))


@lru_cache(maxsize=256)
def positional(text: str) -> tuple[str, tuple[str, ...]]:
    """A statement that names its parameters: with places instead, and the names in their order."""
    return NAMED.sub("%s", text), tuple(NAMED.findall(text))


def _parts(sql: str, span: Span, names: dict[str, str]) -> Iterator[Part]:
    """One for each SELECT that a UNION joins; of a SELECT from a SELECT, the inner one."""
    found = clauses(sql, *span)
    here: dict[str, Span] = {}
    for word, (start, end) in [*found, ("UNION", (span[1], span[1]))]:
        if word.partition(" ")[0] not in {"UNION", "EXCEPT", "INTERSECT"}:
            here.setdefault(word, (start, end))
            continue
        yield from _select(sql, here, names)
        here = {"": (start, end)}


def _select(sql: str, here: dict[str, Span], names: dict[str, str]) -> Iterator[Part]:
    source = here.get("FROM", here[""])
    if sql[slice(*source)].lstrip().startswith("("):
        inner = (sql.index("(", *source) + 1, sql.rindex(")", *source))
        yield from _parts(sql, inner, names)
        return
    where = here.get("WHERE")
    if held(sql, here) is None:  # a table for all; what is asked of others beside it names an account
        yield Part(settled=any(_names_account(each, names) for each in EQUAL.finditer(sql)))
        return
    if where is None:
        yield Part()
        return
    part = _weighed(sql, where, names)
    yield part if part.settled else replace(part, whose=whose(sql, here))


def _weighed(sql: str, span: Span, names: dict[str, str]) -> Part:
    """Of conditions that must all hold, one that narrows is enough; of alternatives, each must."""
    link, spans = joined(sql, span)
    if len(spans) == 1:
        return _condition(sql, spans[0], names)
    parts = [_weighed(sql, each, names) for each in spans]
    if link == "OR":
        return Part(all(part.settled for part in parts), all(part.narrow for part in parts))
    rows = tuple(row for part in parts for row in part.rows)
    return Part(any(part.settled for part in parts), any(part.narrow for part in parts), rows)


def _condition(sql: str, span: Span, names: dict[str, str]) -> Part:
    found, settled = EQUAL.match(sql, *span), False
    rows: tuple[tuple[str, range], ...] = ()
    if found and not sql[found.end() : span[1]].strip():
        settled = _names_account(found, names)
        table = names.get(found["of"] or "", "")
        rows = tuple((to, places(sql, *span)) for to in _row_of(table, found["column"]))
    elif WITHIN.match(sql, *span):
        settled = _inner_is_settled(sql, span, names)
    elif NOBODYS.match(sql, *span):
        settled = True
    return Part(settled, settled or bool(IDENTIFIES.match(sql, *span)), rows)


def _inner_is_settled(sql: str, span: Span, names: dict[str, str]) -> bool:
    inner = (sql.index("(", *span) + 1, sql.rindex(")", *span))
    return all(part.settled for part in _parts(sql, inner, names))


def _names_account(found: re.Match[str], names: dict[str, str]) -> bool:
    table, column = names.get(found["of"] or "", ""), found["column"].lower()
    if not found["of"]:
        return column == "account_id"
    return (table, column) == (ACCOUNTS, "id") or references().get((table, column), ("",))[0] == ACCOUNTS


def _row_of(table: str, column: str) -> Iterator[str]:
    """The table whose row a column names: its own, or the one it hangs on."""
    parent = references().get((table, column))
    if parent and parent[0] in tenant_tables():
        yield parent[0]
    elif column == "id" and table in tenant_tables():
        yield table


def _all_given(sql: str) -> bool:
    """Whether each value of each new row is a parameter of its own."""
    rows = AFTER_VALUES.split(sql.partition(") VALUES (")[2])[0]
    return not rows or rows.count(",") + 1 == rows.count("%s")


def _names(sql: str) -> dict[str, str]:
    """Each name a table goes by in the statement -> the table."""
    found = {}
    for table, name in TABLE.findall(sql):
        found[table] = table
        if name and name.upper() not in NOT_A_NAME:
            found[name] = table
    return found
