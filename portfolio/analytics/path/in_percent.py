"""The NAV index from daily returns: deposits do not look like profit here. Its falls, roughness and ratios.

N is the number of trading days in a KRX year, about 245. Compared with empyrical in the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import prod, sqrt
from statistics import fmean

from portfolio.analytics.definitions import made
from portfolio.analytics.falls import Episode, fall_episodes
from portfolio.analytics.intervals import deviation, yearly
from portfolio.analytics.measures import Measure, Why

__all__ = ["YEAR", "Return", "index_falls", "measures_in_percent", "nav_index"]

YEAR = 245
#: A fall this small is the last bit of a float.
NOTHING = 1e-12
KEYS = (
    "nav_index", "max_drawdown", "current_drawdown", "ulcer_index", "volatility", "sharpe", "invested_days",
    "sortino", "cagr", "calmar",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Return:
    """One trading day's time-weighted return as a share (0.01 = 1 %), idle days with 0 included."""

    day: date
    value: float
    invested: bool = True


def nav_index(returns: Sequence[Return]) -> list[tuple[date, float]]:
    """The product of (1 + return) up to each day; it stood at 1 before the first."""
    values = accumulate((1 + each.value for each in returns), lambda level, growth: level * growth)
    return [(each.day, level) for each, level in zip(returns, values, strict=True)]


def index_falls(returns: Sequence[Return]) -> list[Episode]:
    """Every fall of the index; its depth as a share is trough / peak - 1."""
    return [
        fall for fall in fall_episodes(nav_index(returns), start=1.0) if fall.trough / fall.peak - 1 < -NOTHING
    ]


def measures_in_percent(
    returns: Sequence[Return], *, risk_free: float = 0.0, wanted: float = 0.0, year: int = YEAR
) -> list[Measure]:
    """All figures of daily returns (oldest first). ``risk_free`` and ``wanted`` (MAR) are shares a year."""
    n = len(returns)
    if not n:
        return [made(key, Why.NO_CAPITAL, 0) for key in KEYS]
    values = [each.value for each in returns]
    depths = _depths(returns)
    deepest, growth = min(depths), prod(1 + value for value in values)
    cagr = yearly(growth, n, year)
    spread, excess = deviation(values), fmean(values) - risk_free / year
    return [
        made("nav_index", growth, n),
        made("max_drawdown", deepest, n),
        made("current_drawdown", depths[-1], n),
        made("ulcer_index", sqrt(fmean(depth * depth for depth in depths)), n),
        made("volatility", spread * sqrt(year) if n > 1 else Why.TOO_FEW, n),
        made("sharpe", excess / spread * sqrt(year) if spread else _no_spread(n), n),
        made("invested_days", sum(each.invested for each in returns) / n, n),
        made("sortino", _sortino(values, wanted / year, year), n),
        made("cagr", Why.NO_RATE if cagr is None else cagr, n),
        made("calmar", _calmar(cagr, deepest), n),
    ]


def _depths(returns: Sequence[Return]) -> list[float]:
    levels = [level for _, level in nav_index(returns)]
    peaks = list(accumulate(levels, max, initial=1.0))[1:]
    return [level / peak - 1 for level, peak in zip(levels, peaks, strict=True)]


def _sortino(values: Sequence[float], wanted: float, year: int) -> float | Why:
    """Downside over all days, not the losing ones alone."""
    over = [value - wanted for value in values]
    downside = sqrt(fmean(min(value, 0.0) ** 2 for value in over))
    return fmean(over) / downside * sqrt(year) if downside else Why.NO_LOSSES


def _calmar(cagr: float | None, deepest: float) -> float | Why:
    if cagr is None:
        return Why.NO_RATE
    return cagr / -deepest if deepest < -NOTHING else Why.NO_FALL


def _no_spread(n: int) -> Why:
    return Why.NO_SPREAD if n > 1 else Why.TOO_FEW
