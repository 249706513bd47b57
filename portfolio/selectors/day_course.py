"""How a day went: its trades, each fill with what it realised, the running sum, the indices beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side
from market.selectors.bars import bars_between
from orders.models import Fill
from portfolio.models import Trade, TradeSlice
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.trades import legs_of, trades_of

__all__ = ["DayTrade", "IndexLine", "Step", "course_of", "day_trades", "index_lines"]

INDICES = ("index:001", "index:101")


@dataclass(frozen=True, slots=True)
class Step:
    """One fill: ``realised`` won before costs (``None`` for buys and unknown cost), ``running`` their sum."""

    at: datetime
    symbol: str
    name: str
    side: Side
    quantity: int
    amount: int
    realised: int | None
    running: int


@dataclass(frozen=True, slots=True)
class DayTrade:
    """One trade as it was on the day: ``slice`` is what the day's sales realised, if there were any."""

    trade: Trade
    slice: TradeSlice | None


@dataclass(frozen=True, slots=True)
class IndexLine:
    """코스피 (``001``) or 코스닥 (``101``) of the day in percent of its first minute: moments and values."""

    code: str
    points: tuple[tuple[datetime, float], ...]


def day_trades(account: Account, day: date, chosen: Chosen | None = None) -> tuple[DayTrade, ...]:
    """The trades with a fill on the day, the one opened last first; of ``chosen`` ones these alone."""
    slices = {row.trade_id: row for row in TradeSlice.objects.filter(account=account, day=day)}
    symbols = Fill.objects.current().filter(account=account, day=day).values("symbol").distinct()
    held = Q(opened_day__lt=day, symbol__in=symbols) & (Q(closed_day__gt=day) | Q(closed_day=None))
    of = chosen.trades if chosen and not chosen.is_everything else trades_of(account)
    rows = of.filter(Q(pk__in=list(slices)) | Q(opened_day=day) | held).select_related("book")
    ranked = sorted(rows, key=lambda trade: (trade.opened_day, str(trade.opened_at or ""), trade.pk))
    return tuple(DayTrade(trade, slices.get(trade.pk)) for trade in reversed(ranked))


def course_of(account: Account, day: date, chosen: Chosen | None = None) -> tuple[Step, ...]:
    """The day's fills whose moment is known, oldest first, each with the sum so far."""
    legs = [
        (leg, one.trade)
        for one in day_trades(account, day, chosen)
        for leg in legs_of(one.trade)
        if leg.day == day and leg.at and not leg.event
    ]
    steps: list[Step] = []
    running = 0
    for leg, trade in sorted(legs, key=lambda pair: (pair[0].at, pair[0].order_no, pair[0].fill_no)):
        assert leg.at is not None  # noqa: S101  # looked at above
        running += leg.realised or 0
        steps.append(
            Step(leg.at, trade.symbol, trade.name, leg.side, leg.quantity, leg.amount, leg.realised, running)
        )
    return tuple(steps)


def index_lines(account: Account, day: date) -> tuple[IndexLine, ...]:
    """The indices of the day, as far as their minutes were kept."""
    lines = []
    for symbol in INDICES:
        bars = bars_between(account.environment, symbol, "minute", day, day)
        if bars and (first := bars[0].open):
            points = tuple((bar.moment, 100 * (bar.close - first) / first) for bar in bars)
            lines.append(IndexLine(symbol.removeprefix("index:"), points))
    return tuple(lines)
