"""Holding time, weighted by shares, in trading minutes and in calendar days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from portfolio.analytics.inside.shapes import Step

__all__ = ["Holding", "holding"]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holding:
    """How long an average sold share was held."""

    minutes: Decimal
    days: Decimal


def holding(steps: Sequence[Step], clock: Callable[[datetime], int | None]) -> Holding | None:
    """Sum of q * (t - quantity-weighted time of the buys) over the sells, divided by the shares sold.

    ``clock`` places a moment in trading minutes (``analytics.trades.clock.trading_clock``), nights and holidays
    taking none; ``None`` without a sell, or when the clock does not know a moment.
    """
    first = steps[0].at
    minutes = [clock(step.at) for step in steps]
    if any(minute is None for minute in minutes) or not any(step.quantity < 0 for step in steps):
        return None
    trading = _weighted(steps, [Decimal(minute or 0) for minute in minutes])
    return Holding(trading, _weighted(steps, [_days(step.at - first) for step in steps]))


def _weighted(steps: Sequence[Step], times: Sequence[Decimal]) -> Decimal:
    return _mean(steps, times, -1) - _mean(steps, times, 1)


def _mean(steps: Sequence[Step], times: Sequence[Decimal], side: int) -> Decimal:
    """Time weighted by shares of the buys (side 1) or the sells (side -1)."""
    chosen = [
        (step.quantity, time) for step, time in zip(steps, times, strict=True) if step.quantity * side > 0
    ]
    return sum((shares * time for shares, time in chosen), Decimal(0)) / sum(shares for shares, _ in chosen)


def _days(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / (DAY // timedelta(microseconds=1))
