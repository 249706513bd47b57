"""Which bars a trade needs: minutes of the days it was held, days around it, the index beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kiwoomweb.broker.market_calendar import (
    Overrides,
    next_trading_day,
    previous_trading_day,
    trading_day_after,
    trading_days,
)
from market.models import Instrument
from market.selectors.bars import months_between
from portfolio.models import Trade

__all__ = ["AFTER", "Needs", "index_of", "last_look", "needs_of"]

#: Trading days held up to which every minute is fetched; of a longer trade the days with fills.
MOST_DAYS = 20
#: Calendar days of day bars before (a 60-day average) and after.
BEFORE_DAYS, AFTER_DAYS = 100, 60
#: Trading days after the exit that are looked at.
AFTER = 5


@dataclass(frozen=True, slots=True)
class Needs:
    """``first`` to ``last`` are the days held so far; ``minutes`` and ``ticks`` the days asked for,
    ``months`` the blocks of day bars. ``is_thinned``: only days with fills have minutes."""

    first: date
    last: date
    minutes: tuple[date, ...]
    ticks: tuple[date, ...]
    months: tuple[date, ...]
    day_from: date
    day_to: date
    index: str
    is_thinned: bool


def needs_of(trade: Trade, fill_days: Iterable[date], today: date, corrected: Overrides) -> Needs:
    """What to ask for. One query (the instrument)."""
    first, last = trade.opened_day, min(trade.closed_day or today, today)
    held = list(trading_days(first, last, corrected))
    is_thinned = len(held) > MOST_DAYS
    days = set(fill_days) if is_thinned else set(held)
    days |= {previous_trading_day(first, corrected), next_trading_day(last, corrected)}
    minutes = tuple(sorted(day for day in days if day <= today))
    recent = previous_trading_day(today, corrected)
    day_from, day_to = first - timedelta(days=BEFORE_DAYS), min(last + timedelta(days=AFTER_DAYS), today)
    return Needs(
        first,
        last,
        minutes,
        tuple(day for day in minutes if day >= recent and first <= day <= last),
        tuple(months_between(day_from, day_to)),
        day_from,
        day_to,
        index_of(trade.symbol),
        is_thinned,
    )


def last_look(trade: Trade, corrected: Overrides) -> date | None:
    """The last day whose close the trade is judged by; ``None`` while it is open."""
    return trading_day_after(trade.closed_day, AFTER, corrected) if trade.closed_day else None


def index_of(symbol: str) -> str:
    """``index:001`` (코스피) or ``index:101`` (코스닥), by the market the share is listed on."""
    market = Instrument.objects.filter(symbol=symbol).values_list("market", flat=True).first() or ""
    return "index:101" if "코스닥" in market.upper() or "KOSDAQ" in market.upper() else "index:001"
