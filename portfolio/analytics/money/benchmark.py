"""The index beside the account: its return, what the same deposits would be worth in it, and how they move.

Compared with empyrical in the tests.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import prod, sqrt
from statistics import fmean

from portfolio.analytics.definitions import made
from portfolio.analytics.intervals import deviation, yearly
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.money.worth import Worth, daily_returns
from portfolio.analytics.path.in_percent import YEAR

__all__ = ["benchmark_measures", "same_flows"]

KEYS = (
    "benchmark_return", "benchmark_same_flows", "excess", "beta", "alpha", "tracking_error", "up_capture",
    "down_capture",
)  # fmt: skip


def same_flows(days: Sequence[Worth], index: Mapping[date, Decimal]) -> list[tuple[date, Decimal]]:
    """What the account would be worth had every deposit bought the index at that day's close, in won by day.

    It begins with the first day's value; a withdrawal sells. A day without a level keeps the one before.
    """
    units, level = Decimal(0), index[days[0].day]
    line = []
    for place, today in enumerate(days):
        level = index.get(today.day, level)
        units += Decimal(today.flow if place else today.value) / level
        line.append((today.day, units * level))
    return line


def benchmark_measures(days: Sequence[Worth], index: Mapping[date, Decimal], year: int = YEAR) -> list[Measure]:
    """All comparisons with an index whose level of the first day must be known (else there is no figure)."""
    if len(days) < 2 or days[0].day not in index:
        return [made(key, Why.NO_INDEX if len(days) > 1 else Why.NO_CAPITAL, 0) for key in KEYS]
    own = [growth for _, growth in daily_returns(days)]
    levels = _levels(days, index)
    theirs = [float(after / before) - 1 for before, after in pairwise(levels)]
    n, whole = len(own), levels[-1] / levels[0] - 1
    beta = _beta(own, theirs)
    alpha = beta if isinstance(beta, Why) else (fmean(own) - beta * fmean(theirs)) * year
    apart = [mine - other for mine, other in zip(own, theirs, strict=True)]
    return [
        made("benchmark_return", whole, n),
        made("benchmark_same_flows", same_flows(days, index)[-1][1], n),
        made("excess", prod(1 + growth for growth in own) - 1 - float(whole), n),
        made("beta", beta, n),
        made("alpha", alpha, n),
        made("tracking_error", deviation(apart) * sqrt(year) if n > 1 else Why.TOO_FEW, n),
        _capture("up_capture", own, theirs, 1, year),
        _capture("down_capture", own, theirs, -1, year),
    ]


def _levels(days: Sequence[Worth], index: Mapping[date, Decimal]) -> list[Decimal]:
    levels = [index[days[0].day]]
    for today in days[1:]:
        levels.append(index.get(today.day, levels[-1]))
    return levels


def _beta(own: Sequence[float], theirs: Sequence[float]) -> float | Why:
    if len(own) < 2:
        return Why.TOO_FEW
    mine, other = fmean(own), fmean(theirs)
    spread = sum((b - other) ** 2 for b in theirs)
    if not spread or not deviation(theirs):
        return Why.NO_SPREAD
    return sum((r - mine) * (b - other) for r, b in zip(own, theirs, strict=True)) / spread


def _capture(key: str, own: Sequence[float], theirs: Sequence[float], side: int, year: int) -> Measure:
    """Yearly growth of the account over that of the index, on the days the index rose (1) or fell (-1)."""
    days = [(r, b) for r, b in zip(own, theirs, strict=True) if b * side > 0]
    if not days:
        return made(key, Why.NO_SPREAD, 0)
    grown, index = (yearly(prod(1 + each[place] for each in days), len(days), year) for place in (0, 1))
    return made(key, grown / index if grown is not None and index else Why.NO_RATE, len(days))
