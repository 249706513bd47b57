"""The bars around a trade as they were kept, and how fine they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from market.analytics.bars import PlainBar
from market.models import KeptBars
from market.selectors.bars import bars_between
from market.selectors.recording import tick_bars
from portfolio.analytics.inside.shapes import Bar, Resolution
from portfolio.analytics.replay.moves import Move
from portfolio.models import Trade
from portfolio.selectors.inside.needs import Needs

__all__ = ["Around", "around", "as_bar", "at_entry", "mixed"]


@dataclass(frozen=True, slots=True)
class Around:
    """Kept bars of the symbol, oldest first, unadjusted."""

    ticks: list[PlainBar]
    minutes: list[PlainBar]
    days: list[PlainBar]


def around(trade: Trade, needs: Needs) -> Around:
    """Four queries: ticks and minutes of the days held and one around, days as far as they are needed."""
    environment, span = trade.account.environment, KeptBars.Span
    first, last = needs.minutes[0], needs.minutes[-1]

    def kept(which: str, begin: date, end: date) -> list[PlainBar]:
        return bars_between(environment, trade.symbol, which, begin, end)

    return Around(
        _ticks(trade, needs) if needs.first == needs.last else [],
        kept(span.MINUTE, first, last),
        kept(span.DAY, needs.day_from, needs.day_to),
    )


def _ticks(trade: Trade, needs: Needs) -> list[PlainBar]:
    """Of one day: what the broker told of it, or what the feed told around the trade, whichever is more."""
    environment, span = trade.account.environment, KeptBars.Span
    told = bars_between(environment, trade.symbol, span.TICK, needs.first, needs.last)
    if trade.opened_at is None or trade.closed_at is None:
        return told
    return max(told, tick_bars(trade.account_id, trade.symbol, trade.opened_at, trade.closed_at), key=len)


def at_entry(trade: Trade, needs: Needs) -> Around:
    """What the market at the entry is told by: the minutes of its day, the days up to it. Two queries."""
    environment, span = trade.account.environment, KeptBars.Span
    return Around(
        [],
        bars_between(environment, trade.symbol, span.MINUTE, needs.first, needs.first),
        bars_between(environment, trade.symbol, span.DAY, needs.day_from, needs.first),
    )


def as_bar(bar: PlainBar) -> Bar:
    """The bar of the formulas: won a share."""
    opened, high, low, close = (Decimal(p) / 100 for p in (bar.open, bar.high, bar.low, bar.close))
    return Bar(bar.moment, opened, high, low, close, bar.volume or 0)


def mixed(moves: list[Move], kept: Around, until: date) -> tuple[list[Bar], Resolution]:
    """The finest bars there are from the first move to ``until``, and the coarsest kind among those held.

    Ticks serve only where they reach over the whole trade. A day without minutes is one day bar, unless it has
    a fill: then nobody knows what of it was before the fill, and only the fill itself speaks.
    """
    first, last = moves[0].at, moves[-1].at
    if kept.ticks and kept.ticks[0].moment <= first and kept.ticks[-1].moment >= last:
        later = [bar for bar in kept.minutes if bar.moment > last]
        return [as_bar(bar) for bar in (*kept.ticks, *later)], Resolution.TICK
    by_minute = days_of(kept.minutes)
    filled = {move.day for move in moves}
    coarse = [bar for bar in kept.days if _day(bar) not in by_minute and _day(bar) not in filled]
    coarse = [bar for bar in coarse if moves[0].day <= _day(bar) <= until]
    ends = moves[-1].day
    known = [bar for bar in kept.minutes if moves[0].day <= _day(bar) <= until]
    gaps = any(_day(bar) <= ends for bar in coarse) or bool(filled - by_minute)
    bars = sorted((*known, *coarse), key=lambda bar: bar.at)
    return [as_bar(bar) for bar in bars], Resolution.DAY if gaps else Resolution.MINUTE


def days_of(bars: Iterable[PlainBar]) -> set[date]:
    """The days bars are of."""
    return {_day(bar) for bar in bars}


def _day(bar: PlainBar) -> date:
    return bar.moment.date()
