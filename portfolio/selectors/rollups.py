"""Results read from rollups: by day, by symbol, by tag, and the curve, however many fills lie behind them.

A rollup is always the raw query's answer for its span (see ``services.trades.rolling``). Symbols and tags are
kept by month: the days of a month that is only partly asked for are read from the slices and trades themselves.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, Sum

from kiwoomweb.access.models import Account
from portfolio.analytics.equity import EquityPoint, deepest_fall, equity
from portfolio.models import Rollup, Trade, TradeSlice
from portfolio.models.deciding import EVEN, LOST, WON
from portfolio.selectors.performance import EquityCurve

__all__ = ["RolledDay", "RolledKey", "equity_of", "results_by_day", "results_by_symbol", "results_by_tag"]

COUNTS = ("trades", "wins", "losses", "flats")
MONEY = ("sold", "gross", "commission", "tax", "net")
DAY = ("start", "fills", "bought", "sold", *COUNTS, "gross", "commission", "tax", "net")
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class RolledDay:
    """One day in won: what was bought and sold, what the sales realised, how the trades closed on it ended."""

    day: date
    fills: int
    bought: int
    sold: int
    trades: int
    wins: int
    losses: int
    flats: int
    gross: int
    commission: int
    tax: int
    net: int


@dataclass(frozen=True, slots=True)
class RolledKey:
    """One symbol or tag over a period, in won; ``trades`` counts those that closed in it."""

    key: str
    sold: int
    trades: int
    wins: int
    losses: int
    flats: int
    gross: int
    commission: int
    tax: int
    net: int


def results_by_day(
    account: Account, first: date | None = None, last: date | None = None
) -> tuple[RolledDay, ...]:
    """Days with a fill or a sale, oldest first. One query."""
    rows = _within(_rollups(account, Rollup.Kind.ALL, Rollup.Span.DAY), "start", first, last)
    return tuple(RolledDay(*row) for row in rows.order_by("start").values_list(*DAY))


def equity_of(account: Account, first: date | None = None, last: date | None = None) -> EquityCurve:
    """The running sum of what sales realised, net, with its drawdown. One query."""
    rows = _within(_rollups(account, Rollup.Kind.ALL, Rollup.Span.DAY), "start", first, last)
    sold = rows.exclude(sold=0, net=0, trades=0).order_by("start")
    points: tuple[EquityPoint, ...] = equity(sold.values_list("start", "net"))
    return EquityCurve(points, deepest_fall(points), points[-1].cumulative if points else 0)


def results_by_symbol(
    account: Account, first: date | None = None, last: date | None = None
) -> tuple[RolledKey, ...]:
    """Symbols sold in the period, best result first. Whole months come from rollups, the rest from rows."""
    if first is None and last is None:
        return _ever(account, Rollup.Kind.SYMBOL)
    months, rest = _parts(account, Rollup.Kind.SYMBOL, first, last)
    found = _monthly(account, Rollup.Kind.SYMBOL, months)
    for span in rest:
        _add(found, _symbols_within(account, span))
    return _ranked(found)


def results_by_tag(
    account: Account, first: date | None = None, last: date | None = None
) -> tuple[RolledKey, ...]:
    """Tags of trades sold in the period, best result first; a trade with two tags counts in both.

    Tags are rolled up by month: a month asked for in part counts whole.
    """
    start = first.replace(day=1) if first else None
    found: dict[str, dict[str, int]] = {}
    rows = _within(_rollups(account, Rollup.Kind.TAG, Rollup.Span.MONTH), "start", start, last)
    _add(found, _summed(rows))
    return _ranked(found)


def _ever(account: Account, kind: Rollup.Kind) -> tuple[RolledKey, ...]:
    rows = _rollups(account, kind, Rollup.Span.EVER).values("key", *COUNTS, *MONEY)
    return _ranked({row.pop("key"): row for row in rows})


def _rollups(account: Account, kind: Rollup.Kind, span: Rollup.Span) -> "QuerySet[Rollup]":
    return Rollup.objects.filter(account=account, kind=kind, span=span)


def _within(rows: "QuerySet[Any]", at: str, first: date | None, last: date | None) -> "QuerySet[Any]":
    rows = rows.filter(**{f"{at}__gte": first}) if first else rows
    return rows.filter(**{f"{at}__lte": last}) if last else rows


def _parts(
    account: Account, kind: Rollup.Kind, first: date | None, last: date | None
) -> tuple[Span | None, list[Span]]:
    """The first and last whole month, and the spans of days before and after them."""
    ends = _rollups(account, kind, Rollup.Span.MONTH).aggregate(low=Min("start"), high=Max("start"))
    if ends["low"] is None:
        return None, []
    first = max(first, ends["low"]) if first else ends["low"]
    last = min(last, _month_end(ends["high"])) if last else _month_end(ends["high"])
    if first > last:
        return None, []
    whole = first if first.day == 1 else _month_end(first) + timedelta(days=1)
    until = last.replace(day=1) if last < _month_end(last) else last + timedelta(days=1)
    if whole >= until:
        return None, [(first, last)]
    rest = [(first, whole - timedelta(days=1)), (until, last)]
    return (whole, until - timedelta(days=1)), [(low, high) for low, high in rest if low <= high]


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _monthly(account: Account, kind: Rollup.Kind, months: Span | None) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    if months:
        _add(found, _summed(_rollups(account, kind, Rollup.Span.MONTH).filter(start__range=months)))
    return found


def _summed(rows: "QuerySet[Rollup]") -> Iterator[dict[str, Any]]:
    sums = {f"{name}_": Sum(name) for name in (*COUNTS, *MONEY)}
    for row in rows.order_by().values("key").annotate(**sums):
        yield {name.removesuffix("_"): value for name, value in row.items()}


def _symbols_within(account: Account, span: Span) -> Iterator[dict[str, Any]]:
    """What the slices and trades of these days say, the way rollups are made of them."""
    slices = TradeSlice.objects.filter(account=account, day__range=span).order_by()
    sums = {f"{name}_": Sum(name) for name in MONEY}
    sold: Iterable[Mapping[str, Any]] = slices.values("symbol").annotate(**sums)
    for row in sold:
        yield {"key": row["symbol"], **{name: row[f"{name}_"] or 0 for name in MONEY}}
    closed = Trade.objects.present().filter(account=account, closed_day__range=span).order_by()
    counted = closed.values("symbol").annotate(
        trades=Count("pk"),
        wins=Count("pk", filter=WON),
        losses=Count("pk", filter=LOST),
        flats=Count("pk", filter=EVEN),
    )
    for row in counted:
        yield {"key": row["symbol"], **row}


def _add(found: dict[str, dict[str, int]], rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        sums = found.setdefault(row["key"], dict.fromkeys((*COUNTS, *MONEY), 0))
        for name in sums:
            sums[name] += row.get(name, 0)


def _ranked(found: dict[str, dict[str, int]]) -> tuple[RolledKey, ...]:
    """Keys with a sale or a closed trade; a symbol that was only bought has no result."""
    told = [RolledKey(key, **sums) for key, sums in found.items() if sums["sold"] or sums["trades"]]
    return tuple(sorted(told, key=lambda line: (-line.net, line.key)))
