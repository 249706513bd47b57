"""Deriving: trips out of an account's facts, written as trades, slices and rollups in one transaction.

A symbol is derived from the last moment before the change at which it was flat, so that one fill costs what its
open trades hold and not what the account has ever done.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from kiwoomweb.prepared import PreparedFor
from orders.models import Fill
from portfolio.analytics.trades.deriving import derive, in_order
from portfolio.analytics.trades.facts import Execution
from portfolio.models import Rollup, Trade
from portfolio.selectors.trades.executions import changes_of, executions_by_symbol, kin_of
from portfolio.services.trades.costing import Costing
from portfolio.services.trades.rolling import refresh
from portfolio.services.trades.writing import Written, write

__all__ = ["Changed", "derive_all", "derive_symbols"]


@dataclass(slots=True)
class Changed:
    """Which trades were written and which days' figures may differ now; false when nothing was."""

    trades: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    months: set[tuple[str, date]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.trades or self.days)

    def take(self, written: Written) -> None:
        """Add what one symbol's writing touched."""
        self.trades |= written.trades
        self.days |= written.days
        self.months |= {(symbol, day.replace(day=1)) for symbol, day in written.symbol_days}


def derive_symbols(account_id: int, touched: Mapping[str, Collection[date]]) -> Changed:
    """Derive these symbols from the first day each was touched on (``date.min``: from its first fill).

    Runs inside the caller's transaction."""
    changed = Changed()
    families = _families(account_id, touched)
    costing = Costing(account_id)
    for family, days in families:
        day = min(days)
        changes = changes_of(account_id, family)
        first = None if changes or day == date.min else _flat_before(account_id, family, day)
        trips = derive(_executions(account_id, family, first), changes)
        written = write(account_id, _rows(account_id, family, first), trips, costing)
        written.touch(family, days)
        changed.take(written)
    refresh(account_id, changed.days, changed.months)
    return changed


def derive_all(account_id: int) -> Changed:
    """Derive every symbol from its first fill, and every sum of every day."""
    touched: dict[str, set[date]] = {change.symbol: {date.min} for change in changes_of(account_id)}
    found = Fill.objects.filter(account_id=account_id).order_by().values_list("symbol", "day").distinct()
    for symbol, day in found:
        touched.setdefault(symbol, {date.min}).add(day)
    Rollup.objects.filter(account_id=account_id, kind__in=(Rollup.Kind.ALL, Rollup.Kind.SYMBOL)).delete()
    return derive_symbols(account_id, touched)


def _rows(account_id: int, family: set[str], first: date | None) -> list[Trade]:
    """The rows that stand for what is derived now."""
    if first:
        return _rows_from.rows(list(family), account=account_id, first=first)
    return list(Trade.objects.filter(account_id=account_id, symbol__in=family))


def _executions(account_id: int, family: set[str], first: date | None) -> list[Execution]:
    found: list[Execution] = []
    for _symbol, rows in executions_by_symbol(account_id, family, first):
        found += rows
    return in_order(found) if len(family) > 1 else found


def _families(account_id: int, touched: Mapping[str, Collection[date]]) -> list[tuple[set[str], set[date]]]:
    """Symbols that are derived together, each with the days touched among them."""
    left, families = dict(touched), []
    while left:
        kin = kin_of(account_id, {next(iter(left))})
        days = {day for one in kin & left.keys() for day in left.pop(one)}
        families.append((kin, days))
    return families


def _flat_before(account_id: int, family: set[str], day: date) -> date:
    """The latest day up to ``day`` from which every trade of the family can be derived whole."""
    symbols = list(family)
    while found := _reaching.rows(symbols, account=account_id, day=day):
        day = found[0]
    return day


def _opened_before(symbols: Sequence[str], account: int, day: date) -> QuerySet[Trade, date]:
    mine = Trade.objects.present().filter(account_id=account, symbol__in=symbols, opened_day__lt=day)
    reaching = mine.filter(Q(closed_day__isnull=True) | Q(closed_day__gte=day))
    return reaching.order_by("opened_day").values_list("opened_day", flat=True)[:1]


_reaching = PreparedFor(_opened_before, account=int, day=date)
_rows_from = PreparedFor(
    lambda symbols, account, first: Trade.objects.filter(
        account_id=account, symbol__in=symbols, opened_day__gte=first
    ),
    account=int,
    first=date,
)
