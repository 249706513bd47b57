"""How steadily it was earned: K-ratio, recovery factor, and how much hangs on a few days and trades."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import ceil, sqrt

from portfolio.analytics.definitions import made
from portfolio.analytics.edge.sample import Sample, keys, net_of
from portfolio.analytics.equity import deepest_fall, equity
from portfolio.analytics.measures import Measure, Why

__all__ = ["days_of", "k_ratio", "largest_day_share", "recovery_factor", "top_share"]

TOP = Fraction(5, 100)
#: A line this close to the sums fits exactly: what is left is rounding of the arithmetic.
EXACT = 1e-18


def days_of(of: Sample) -> dict[date, int]:
    """Net won by closing day."""
    days: dict[date, int] = defaultdict(int)
    for outcome in of.all:
        days[outcome.day] += outcome.net
    return days


def k_ratio(of: Sample) -> Measure:
    """b / SE(b), b the slope of cumulative net on the trade number (Zephyr)."""
    import numpy as np

    n = of.n
    if n < 3:
        return made("k_ratio", Why.TOO_FEW, n)
    numbers = np.arange(1, n + 1, dtype=float)
    sums = np.cumsum([float(outcome.net) for outcome in of.all])
    x, y = numbers - numbers.mean(), sums - sums.mean()
    slope = float(x @ y / (x @ x))
    left = float(((y - slope * x) ** 2).sum())
    if left <= EXACT * float(y @ y):
        return made("k_ratio", Why.NO_SPREAD, n)
    return made("k_ratio", slope / sqrt(left / (n - 2) / float(x @ x)), n)


def recovery_factor(of: Sample) -> Measure:
    """Sum of net / |deepest drawdown of the curve by days|."""
    fall = deepest_fall(equity(days_of(of).items()))
    value = Fraction(of.net, -fall.depth) if fall else Why.NO_FALL if of.n else Why.NO_TRADES
    return made("recovery_factor", value, of.n)


def largest_day_share(of: Sample) -> Measure:
    """Largest winning day / total net profit; *n* counts days."""
    days, total = days_of(of), of.net
    if total <= 0:
        return made("largest_day_share", Why.NO_PROFIT if of.n else Why.NO_TRADES, len(days))
    best = max(days, key=lambda day: days[day])
    rows = (outcome.key for outcome in of.all if outcome.day == best)
    return made("largest_day_share", Fraction(days[best], total), len(days), rows=rows)


def top_share(of: Sample) -> Measure:
    """Net of the best 5 % of trades (rounded up) / total net; above 1 the others lost money."""
    total = of.net
    if total <= 0:
        return made("top_share", Why.NO_PROFIT if of.n else Why.NO_TRADES, of.n)
    best = sorted(of.all, key=lambda outcome: outcome.net, reverse=True)[: ceil(TOP * of.n)]
    return made("top_share", Fraction(net_of(best), total), of.n, rows=keys(best))
