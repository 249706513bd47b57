"""The curve of realised results: where it stands, how far below its highest day, and the deepest fall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from portfolio.analytics.falls import fall_episodes

__all__ = ["EquityPoint", "Fall", "deepest_fall", "equity", "falls"]


@dataclass(frozen=True, slots=True)
class EquityPoint:
    """One day in won: its result, the sum so far, the highest sum so far, and ``drawdown`` (0 or below)."""

    day: date
    realised: int
    cumulative: int
    peak: int
    drawdown: int


@dataclass(frozen=True, slots=True)
class Fall:
    """A fall in won (``depth`` below 0). ``peak_day`` is ``None`` when it began before the first day,
    ``recovered_day`` while the old height has not been reached again. ``days`` is its length so far."""

    depth: int
    peak_day: date | None
    trough_day: date
    recovered_day: date | None
    days: int = 0


def equity(results: Iterable[tuple[date, int]]) -> tuple[EquityPoint, ...]:
    """Points oldest first. The curve begins at 0, so a losing first day is already a drawdown."""
    days = sorted(results)
    sums = list(accumulate(result for _, result in days))
    peaks = accumulate(sums, max, initial=0)
    next(peaks)
    return tuple(
        EquityPoint(day, result, total, peak, total - peak)
        for (day, result), total, peak in zip(days, sums, peaks, strict=True)
    )


def falls(points: Sequence[EquityPoint]) -> tuple[Fall, ...]:
    """Every fall of the curve, oldest first; the last one may go on."""
    return tuple(
        Fall(int(each.trough - each.peak), each.peak_day, each.trough_day, each.recovered_day, each.days)
        for each in fall_episodes([(point.day, point.cumulative) for point in points], start=0)
    )


def deepest_fall(points: Sequence[EquityPoint]) -> Fall | None:
    """The deepest drawdown of the curve, ``None`` when it never fell."""
    return min(falls(points), key=lambda fall: fall.depth, default=None)
