"""Measuring: how far a trade ran for and against, from its fills and the bars that are kept (metrics 3.2)."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from kiwoomweb.broker.market_calendar import sessions, trading_day_after
from portfolio.analytics.inside.excursion import excursion
from portfolio.analytics.inside.leaving import after_exit, best_exit
from portfolio.analytics.inside.ranging import average_true_range
from portfolio.analytics.inside.shapes import Bar, Resolution, Step
from portfolio.analytics.replay.moves import Move
from portfolio.analytics.replay.unsplit import steps_of, unsplit
from portfolio.models import EntryLevels, Excursion, Trade
from portfolio.selectors.days import clock_of, corrections
from portfolio.selectors.inside.bars import Around, around, as_bar, mixed
from portfolio.selectors.inside.needs import Needs
from portfolio.services.inside.entering import note_levels

__all__ = ["measure"]

WORDS = {Resolution.TICK: "tick", Resolution.MINUTE: "minute", Resolution.DAY: "day"}


def measure(trade: Trade, moves: list[Move], needs: Needs) -> Excursion | None:
    """Write the trade's excursion anew; none where its cost is unknown or no bar speaks of it."""
    steps = None if trade.state == Trade.State.UNSETTLED or trade.is_void else steps_of(moves)
    kept = around(trade, needs) if steps else None
    if not steps or kept is None or not (kept.minutes or kept.days or kept.ticks):
        for model in (Excursion, EntryLevels):
            model.objects.filter(trade=trade).delete()
        return None
    note_levels(trade, _entry(moves), [as_bar(bar) for bar in kept.days], needs)
    told = _figures(trade, moves, steps, kept, needs)
    with transaction.atomic():  # a derivation may have taken the trade away meanwhile
        if not Trade.objects.select_for_update().filter(pk=trade.pk).exists():
            return None
        row, _made = Excursion.objects.update_or_create(trade=trade, defaults=told)
    return row


def _entry(moves: list[Move]) -> Decimal | None:
    """What the first fill paid for a share."""
    return next((move.price for move in moves if not move.event and move.quantity > 0), None)


def _figures(trade: Trade, moves: list[Move], steps: list[Step], kept: Around, needs: Needs) -> dict[str, Any]:
    corrected = corrections()
    is_closed = trade.closed_day is not None
    until = trading_day_after(needs.last, 5, corrected) if is_closed else needs.last
    raw, resolution = mixed(moves, kept, until)
    bars = unsplit(raw, moves)
    # A day bar among minutes is a bar without a fill, whatever its width: it counts as it is.
    step = Resolution.TICK if resolution is Resolution.TICK else Resolution.MINUTE
    found = excursion(_reaching(steps, bars, is_closed=is_closed), bars, step)
    days = unsplit([as_bar(bar) for bar in kept.days], moves)
    told: dict[str, Any] = {
        "resolution": WORDS[resolution],
        "atr": average_true_range([bar for bar in days if bar.at.date() < trade.opened_day]),
        "measured_at": timezone.now(),
    }
    names = ("bars", "mfe", "mfe_at", "mae", "mae_at", "highest", "highest_at", "lowest", "lowest_at")
    told |= {name: getattr(found, name) for name in (*names, "price_mfe", "price_mae")}
    now = clock_of(trade.account).now
    ended = [bar for bar in days if _is_over(bar.at.date(), now)]
    return told | (_leaving(steps, bars, step, ended, kept) if is_closed else _STAYING)


#: What only a closed trade has.
_STAYING: dict[str, Any] = {
    "best": None,
    "best_price": None,
    "best_at": None,
    "efficiency": None,
    "after": {},
}


def _is_over(day: date, now: datetime) -> bool:
    """Whether the day has its official close: until then its bar ends wherever the price stands."""
    windows = sessions(day)
    return windows is None or now >= windows.closing_auction.closes


def _reaching(steps: list[Step], bars: list[Bar], *, is_closed: bool) -> list[Step]:
    """An open trade is followed to the last bar: a step of no shares stands at its end."""
    if is_closed or not bars or bars[-1].at <= steps[-1].at:
        return steps
    return [*steps, Step(bars[-1].at + Resolution.MINUTE.value, 0, bars[-1].close)]


def _leaving(
    steps: list[Step], bars: list[Bar], resolution: Resolution, days: list[Bar], kept: Around
) -> dict[str, Any]:
    best = best_exit(steps, bars, resolution)
    closes: dict[date, Decimal] = {bar.at.date(): bar.close for bar in days}
    exit_at, price = steps[-1].at, steps[-1].price
    minutes = [as_bar(bar) for bar in kept.minutes]
    day_after = partial(trading_day_after, overrides=corrections())
    after = after_exit(exit_at, price, minutes, closes, day_after)
    return {
        "best": best.best,
        "best_price": best.price,
        "best_at": best.at,
        "efficiency": best.efficiency.quantize(Decimal("0.000001")) if best.efficiency is not None else None,
        "after": {
            name: {"price": str(later.price), "move": f"{later.move:.6f}"}
            for name, later in after.items()
            if later is not None
        },
    }
