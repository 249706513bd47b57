"""The curve of realised results: where it stands, how far below its highest day, and the deepest fall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

__all__ = ["EquityPoint", "Fall", "deepest_fall", "equity"]


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
    """The deepest fall in won (below 0). ``peak_day`` is ``None`` when it began before the first day,
    ``recovered_day`` while the old height has not been reached again."""

    depth: int
    peak_day: date | None
    trough_day: date
    recovered_day: date | None


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


def deepest_fall(points: Sequence[EquityPoint]) -> Fall | None:
    """The deepest drawdown of the curve, ``None`` when it never fell."""
    trough = min(points, key=lambda point: point.drawdown, default=None)
    if trough is None or trough.drawdown == 0:
        return None
    before = [p for p in points if p.day <= trough.day and p.cumulative == trough.peak]
    after = (p.day for p in points if p.day > trough.day and p.cumulative >= trough.peak)
    return Fall(trough.drawdown, before[0].day if before else None, trough.day, next(after, None))
