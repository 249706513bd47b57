"""Asking for bars: which TR tells them, how far one call reaches, and what of its answer is complete."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiwoomweb.broker import market_calendar
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls.charts import candles
from kiwoomweb.broker.calls.indices import index_candles
from kiwoomweb.broker.domain import SEOUL, Span
from kiwoomweb.broker.market_calendar import Overrides
from market.analytics.bars import PlainBar, plain
from market.models import KeptBars
from market.selectors.bars import month_of

__all__ = ["SOURCES", "Told", "ask", "block_of", "is_over"]

#: (is an index, span) -> the TR that tells it.
SOURCES = {
    (False, "tick"): "ka10079",
    (False, "minute"): "ka10080",
    (False, "day"): "ka10081",
    (True, "tick"): "ka20004",
    (True, "minute"): "ka20005",
    (True, "day"): "ka20006",
}
SPANS = {"tick": Span.TICK, "minute": Span.MINUTE, "day": Span.DAY}
#: Pages of one question: prints of a day are many, and a second page proves that a first was all there is.
PAGES = {"tick": 4, "minute": 1, "day": 1}
#: The official close is known a little after the closing auction.
SETTLED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: bars by block, and the blocks of which it tells all there is to tell."""

    blocks: dict[date, list[PlainBar]]
    whole: frozenset[date]

    @property
    def oldest(self) -> date | None:
        """The oldest block it speaks of."""
        return min(self.blocks, default=None)


def block_of(span: str, day: date) -> date:
    """The block a day's bars are kept in."""
    return month_of(day) if span == KeptBars.Span.DAY else day


def is_over(span: str, starts: date, now: datetime, corrected: Overrides) -> bool:
    """Whether nothing can be added to the block any more."""
    if span == KeptBars.Span.DAY:
        return month_of(now.astimezone(SEOUL).date()) > starts
    hours = market_calendar.sessions(starts, corrected)
    return hours is None or now >= hours.closing_auction.closes + SETTLED


def ask(broker: Broker, symbol: str, span: str, until: date, *, deep: bool = False) -> Told:
    """Bars up to the end of ``until``, unadjusted. ``deep`` asks for a page more. Raises a ``BrokerError``."""
    pages = PAGES[span] + deep
    one = _index if symbol.startswith("index:") else _share
    bars = one(broker, symbol, span, until, pages)
    found: dict[date, list[PlainBar]] = defaultdict(list)
    for bar in bars:
        found[block_of(span, bar.moment.date())].append(bar)
    return Told(dict(found), frozenset(found) - ({min(found)} if found and not _begins(span, bars) else set()))


def _share(broker: Broker, symbol: str, span: str, until: date, pages: int) -> list[PlainBar]:
    told = candles(broker, symbol, SPANS[span], until=until, adjusted=False, pages=pages)
    return [plain(candle) for candle in told]


def _index(broker: Broker, symbol: str, span: str, until: date, pages: int) -> list[PlainBar]:
    told = index_candles(broker, symbol.removeprefix("index:"), SPANS[span], until=until, pages=pages)
    return [plain(candle) for candle in told]


def _begins(span: str, bars: Sequence[PlainBar]) -> bool:
    """Whether the oldest block is told from its beginning: its first bar is the session's or month's first."""
    first = bars[0].moment
    begins: Callable[[datetime], bool] = _first_day if span == KeptBars.Span.DAY else _opening
    return begins(first)


def _first_day(at: datetime) -> bool:
    return market_calendar.next_trading_day(at.date().replace(day=1) - timedelta(days=1)) >= at.date()


def _opening(at: datetime) -> bool:
    hours = market_calendar.sessions(at.date())
    return hours is not None and at < hours.regular.opens + timedelta(minutes=1)
