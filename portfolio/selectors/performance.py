"""Profit and loss from the broker's own figures: the curve, by day, by symbol, by month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from portfolio.analytics.equity import EquityPoint, Fall, deepest_fall, equity
from portfolio.models import RealisedDay, Sale
from portfolio.selectors.sales import sales_between, sums_by_symbol

__all__ = [
    "DayResult",
    "EquityCurve",
    "SymbolResult",
    "by_day",
    "by_symbol",
    "ends_by_symbol",
    "equity_curve",
    "years_of",
]


@dataclass(frozen=True, slots=True)
class DayResult:
    """One day with a realised result (ka10074), in won."""

    day: date
    bought: int
    sold: int
    realised: int
    commission: int
    tax: int


@dataclass(frozen=True, slots=True)
class SymbolResult:
    """One symbol over a period, from its sales. ``return_rate`` is percent of what the sold shares had cost;
    ``wins`` counts sales above zero. Costs include both legs, as the broker gives them."""

    symbol: str
    name: str
    sales: int
    wins: int
    quantity: int
    cost: int
    sold: int
    realised: int
    commission: int
    tax: int
    return_rate: Decimal | None
    last_day: date


@dataclass(frozen=True, slots=True)
class EquityCurve:
    """Points oldest first (one for each day with a realised result), and the deepest fall among them."""

    points: tuple[EquityPoint, ...]
    fall: Fall | None
    total: int


def equity_curve(account: Account, first: date | None = None, last: date | None = None) -> EquityCurve:
    """The running sum of realised results; ``points`` is empty while nothing is known."""
    rows = _realised(account, first, last).values_list("day", "realised")
    points = equity(rows)
    return EquityCurve(points, deepest_fall(points), points[-1].cumulative if points else 0)


def by_day(account: Account, first: date | None = None, last: date | None = None) -> tuple[DayResult, ...]:
    """Days with a realised result, newest first."""
    rows = _realised(account, first, last).order_by("-day")
    return tuple(
        DayResult(row.day, row.bought, row.sold, row.realised, row.commission, row.tax) for row in rows
    )


def by_symbol(
    account: Account, first: date | None = None, last: date | None = None
) -> tuple[SymbolResult, ...]:
    """One line for each symbol sold in the period, best result first."""
    sold: dict[str, list[Sale]] = defaultdict(list)
    for sale in sales_between(account, first, last):
        sold[sale.symbol].append(sale)
    return tuple(sorted(map(_symbol_result, sold.values()), key=lambda line: -line.realised))


def ends_by_symbol(
    account: Account, first: date | None, last: date | None, most: int
) -> tuple[tuple[SymbolResult, ...], tuple[SymbolResult, ...]]:
    """The ``most`` best and the ``most`` worst lines of ``by_symbol``, each the most extreme first, gains and
    losses alone; only their sales are read, however many others there are."""
    sums = sums_by_symbol(account, first, last)
    ranked = sorted(sums, key=lambda symbol: (-sums[symbol], symbol))
    gained = [symbol for symbol in ranked[:most] if sums[symbol] > 0]
    lost = [symbol for symbol in ranked[::-1][:most] if sums[symbol] < 0]
    sold: dict[str, list[Sale]] = defaultdict(list)
    for sale in sales_between(account, first, last, {*gained, *lost}):
        sold[sale.symbol].append(sale)
    return tuple(_symbol_result(sold[key]) for key in gained), tuple(_symbol_result(sold[key]) for key in lost)


def years_of(account: Account) -> tuple[int, ...]:
    """The years with a realised result, newest first."""
    days = RealisedDay.objects.current().filter(account=account).dates("day", "year", order="DESC")
    return tuple(day.year for day in days)


def _realised(account: Account, first: date | None, last: date | None) -> "QuerySet[RealisedDay]":
    rows: QuerySet[RealisedDay] = RealisedDay.objects.current().filter(account=account)
    rows = rows.filter(day__gte=first) if first else rows
    return rows.filter(day__lte=last) if last else rows


def _symbol_result(sales: Iterable[Sale]) -> SymbolResult:
    rows = sorted(sales, key=lambda sale: sale.day)
    cost = sum((sale.buy_price * sale.quantity for sale in rows), Decimal())
    sold = sum((sale.sell_price * sale.quantity for sale in rows), Decimal())
    realised = sum(sale.realised for sale in rows)
    return SymbolResult(
        rows[-1].symbol,
        rows[-1].name,
        len(rows),
        sum(sale.realised > 0 for sale in rows),
        sum(sale.quantity for sale in rows),
        round(cost),
        round(sold),
        realised,
        sum(sale.commission for sale in rows),
        sum(sale.tax for sale in rows),
        realised / cost * 100 if cost else None,
        rows[-1].day,
    )
