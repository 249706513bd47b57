"""당시 시장: what the market was when a trade was opened, from what was asked then and from bars kept since.

Each value says its source and its moment; what nobody knows is no value.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime

from kiwoomweb.broker.domain import SEOUL
from market.analytics.bars import PlainBar
from market.models import KeptBars, ScreenerHit
from market.selectors.bars import bars_between
from portfolio.analytics.inside.entering import entered, percent_over
from portfolio.models import EntryContext, Trade
from portfolio.selectors.inside.bars import Around, as_bar
from portfolio.selectors.inside.needs import Needs

__all__ = ["Context", "Value", "context_of"]

#: Hits of a condition this long before the entry may have led to it.
BEFORE = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its source (TR id, or ``fills``) and moment. ``unit`` is "%", "원", "위", "/" or ""."""

    key: str
    value: Decimal | str
    unit: str
    source: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Context:
    """By key; ``hits`` are conditions the share had come into before the entry, newest first. ``asked_at`` is
    when the broker was asked (its clock); ``None`` when the fill was known too late to ask."""

    values: dict[str, Value]
    hits: tuple[tuple[str, datetime], ...]
    asked_at: datetime | None = None

    def get(self, key: str) -> Value | None:
        """``None`` is unknown."""
        return self.values.get(key)


def context_of(trade: Trade, entry: Decimal | None, kept: Around, needs: Needs) -> Context:
    """``entry`` is the price of the first fill. Four queries beside the bars that are handed in."""
    row = EntryContext.objects.filter(trade=trade).first()
    values = {value.key: value for value in _asked_then(row)}
    for value in (*_of_days(trade, entry, kept.days), *_of_minutes(trade, kept.minutes), *_index(trade, needs)):
        values.setdefault(value.key, value)
    return Context(values, _hits(trade), row.asked_at if row else None)


def _asked_then(row: EntryContext | None) -> list[Value]:
    told: dict[str, dict[str, Any]] = row.values if row else {}
    return [_value(key, each) for key, each in told.items()]


def _value(key: str, told: dict[str, Any]) -> Value:
    text, unit = str(told["value"]), str(told["unit"])
    number: Decimal | str = Decimal(text) if unit in {"%", "원", "주"} else text
    return Value(key, number, unit, str(told["source"]), parse_datetime(str(told["at"])))


def _of_days(trade: Trade, entry: Decimal | None, days: Sequence[PlainBar]) -> list[Value]:
    """Change against yesterday's close, the gap of the day, distance from the averages of the closes before."""
    at, found = trade.opened_at, entered(trade.opened_day, entry, [as_bar(bar) for bar in days])
    told = {"gap": (found.gap, _opening(at)), "entry_change": (found.change, at)}
    told |= {f"over_{span}": (value, at) for span, value in found.over.items()}
    return [
        Value(key, value, "%", "ka10081", moment) for key, (value, moment) in told.items() if value is not None
    ]


def _of_minutes(trade: Trade, minutes: Sequence[PlainBar]) -> list[Value]:
    """거래대금 until the entry: Σ close × volume of the minutes that had ended, an estimate."""
    at = trade.opened_at
    if at is None:
        return []
    ended = [bar for bar in minutes if bar.moment.date() == trade.opened_day and bar.at + 60 <= at.timestamp()]
    if not ended:
        return []
    won = sum(bar.close * (bar.volume or 0) for bar in ended) // 100
    return [Value("turnover_about", Decimal(won), "원", "ka10080", at)]


def _index(trade: Trade, needs: Needs) -> list[Value]:
    """The index at the entry against its close before, and over the same time as the trade."""
    environment, span = trade.account.environment, KeptBars.Span
    days = bars_between(environment, needs.index, span.DAY, needs.day_from, needs.last)
    before = [bar for bar in days if bar.moment.date() < trade.opened_day]
    begun = _level(_minutes(trade, needs, needs.first), trade.opened_at)
    found = []
    if before and begun:
        change = _percent(Decimal(begun.close), Decimal(before[-1].close))
        found.append(Value("index_change", change, "%", "ka20005", begun.moment))
    ended = _level(_minutes(trade, needs, needs.last), trade.closed_at) or (days[-1] if days else None)
    if begun and ended and trade.closed_at:
        change = _percent(Decimal(ended.close), Decimal(begun.close))
        found.append(Value("index_meanwhile", change, "%", "ka20005", ended.moment))
    return found


def _minutes(trade: Trade, needs: Needs, day: date) -> list[PlainBar]:
    return bars_between(trade.account.environment, needs.index, KeptBars.Span.MINUTE, day, day)


def _level(minutes: Sequence[PlainBar], at: datetime | None) -> PlainBar | None:
    """The minute a moment falls into, or the last one of its day before it."""
    if at is None:
        return None
    place = bisect_right([bar.at for bar in minutes], int(at.timestamp())) - 1
    bar = minutes[place] if place >= 0 else None
    return bar if bar and bar.moment.date() == at.astimezone(SEOUL).date() else None


def _hits(trade: Trade) -> tuple[tuple[str, datetime], ...]:
    at = trade.opened_at
    if at is None:
        return ()
    rows = ScreenerHit.objects.filter(
        screener__account=trade.account, symbol=trade.symbol, at__range=(at - BEFORE, at)
    ).exclude(kind=ScreenerHit.Kind.OUT)
    return tuple(rows.order_by("-at").values_list("condition", "at")[:3])


def _opening(at: datetime | None) -> datetime | None:
    return datetime.combine(at.astimezone(SEOUL).date(), time(9), tzinfo=SEOUL) if at else None


def _percent(now: Decimal, then: Decimal) -> Decimal:
    return percent_over(now, then) if then else Decimal(0)
