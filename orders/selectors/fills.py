"""Fills (체결) as pages show them: of one day, or of one symbol for the marks on its chart."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side, Venue
from orders.models import AGGREGATE, Fill

__all__ = ["FillLine", "FilledSum", "fill_days", "filled_sums", "fills_of", "fills_on", "first_fills"]

COLUMNS = (
    *("day", "order_no", "fill_no", "symbol", "name", "side", "quantity", "price", "amount"),
    *("filled_at", "venue"),
)
#: A day may have thousands: looking a word up is cheaper than making it.
SIDES, VENUES = {side.value: side for side in Side}, {venue.value: venue for venue in Venue}
DAYS = """
    WITH RECURSIVE days(day) AS (
        SELECT min(day) FROM orders_fill
        WHERE account_id = %(account)s AND superseded_at IS NULL AND day BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT (
            SELECT min(fill.day) FROM orders_fill AS fill
            WHERE fill.account_id = %(account)s AND fill.superseded_at IS NULL
            AND fill.day > days.day AND fill.day <= %(last)s
        ) FROM days WHERE days.day IS NOT NULL
    )
    SELECT day FROM days WHERE day IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class FillLine:
    """One fill. ``filled_at`` is Korean time; with ``is_aggregate`` it is when the order was placed, ``price``
    the average of what is not itemised, and the single executions are not known (yet)."""

    day: date
    order_no: str
    fill_no: str
    symbol: str
    name: str
    side: Side
    quantity: int
    price: Decimal
    amount: int
    filled_at: datetime | None
    venue: Venue
    is_aggregate: bool


@dataclass(frozen=True, slots=True)
class FilledSum:
    """What one symbol's fills of a day on one side come to: how many, shares, won."""

    symbol: str
    name: str
    side: Side
    fills: int
    quantity: int
    amount: int


def filled_sums(account: Account, day: date) -> tuple[FilledSum, ...]:
    """The fills of one day added up by symbol and side. Not by the database: asked for groups, SQLite walks the
    index of symbols through every day there is."""
    rows = _fills(account).filter(day=day).order_by()
    names: dict[str, str] = {}
    sums: dict[tuple[str, str], list[int]] = {}
    for symbol, name, side, quantity, amount in rows.values_list(
        "symbol", "name", "side", "quantity", "amount"
    ):
        names[symbol] = max(names.get(symbol, ""), name)
        found = sums.setdefault((symbol, side), [0, 0, 0])
        found[0] += 1
        found[1] += quantity
        found[2] += amount
    return tuple(
        FilledSum(symbol, names[symbol], SIDES[side], *found) for (symbol, side), found in sums.items()
    )


def first_fills(account: Account, day: date, most: int) -> tuple[FillLine, ...]:
    """The first ``most`` fills of one day, the oldest first."""
    rows = _fills(account).filter(day=day).order_by("filled_at", "order_no", "fill_no")
    return tuple(map(_line, rows.values_list(*COLUMNS)[:most]))


def fills_on(account: Account, day: date) -> tuple[FillLine, ...]:
    """The fills of one day, newest first."""
    rows = _fills(account).filter(day=day).order_by("-filled_at", "-order_no", "-fill_no")
    return tuple(map(_line, rows.values_list(*COLUMNS)))


def fills_of(
    account: Account, symbol: str, first: date | None = None, last: date | None = None
) -> tuple[FillLine, ...]:
    """The fills of one symbol, oldest first, of all days or from ``first`` to ``last``."""
    rows = _fills(account).filter(symbol=symbol)
    rows = rows.filter(day__gte=first) if first else rows
    rows = rows.filter(day__lte=last) if last else rows
    rows = rows.order_by("day", "filled_at", "order_no", "fill_no")
    return tuple(map(_line, rows.values_list(*COLUMNS)))


def fill_days(account: Account, first: date, last: date) -> frozenset[date]:
    """The days from ``first`` to ``last`` on which something was bought or sold.

    From day to day through the index of current fills: a busy month is looked at as often as it has days, not
    as often as it has fills.
    """
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"account": account.pk, "first": first, "last": last})
        found = [day for (day,) in cursor.fetchall()]
    return frozenset(date.fromisoformat(day) if isinstance(day, str) else day for day in found)


def _fills(account: Account) -> "QuerySet[Fill]":
    return Fill.objects.current().filter(account=account)


def _line(row: tuple[Any, ...]) -> FillLine:
    day, order_no, fill_no, symbol, name, side, quantity, price, amount, filled_at, venue = row
    is_aggregate = fill_no == AGGREGATE
    what = (SIDES[side], quantity, price, amount, filled_at, VENUES[venue], is_aggregate)
    return FillLine(day, order_no, fill_no, symbol, name, *what)
