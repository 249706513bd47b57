"""The curve of realised won: where it stands, its falls, and what a bad day costs."""

from collections.abc import Iterable
from datetime import date

from portfolio.analytics.definitions import made
from portfolio.analytics.equity import equity, falls
from portfolio.analytics.measures import Measure, Why

__all__ = ["measures_in_won"]

WORST = 5


def measures_in_won(results: Iterable[tuple[date, int]]) -> list[Measure]:
    """From the net result of each day, in won: equity, drawdowns and the daily VaR. *n* counts days.

    Days without trades belong into the VaR only when the caller gives them with a result of 0.
    """
    points = equity(results)
    n, all_falls = len(points), falls(points)
    if not points:
        keys = ("equity_won", "max_drawdown_won", "current_drawdown_won", "longest_drawdown", "daily_var")
        return [made(key, Why.NO_TRADES, 0) for key in keys]
    return [
        made("equity_won", points[-1].cumulative, n),
        made("max_drawdown_won", min((fall.depth for fall in all_falls), default=0), n),
        made("current_drawdown_won", points[-1].drawdown, n),
        made("longest_drawdown", max((fall.days for fall in all_falls), default=0), n),
        made("daily_var", _percentile([point.realised for point in points]), n),
    ]


def _percentile(values: list[int]) -> float:
    import numpy as np

    return float(np.percentile(np.asarray(values, dtype=float), WORST))
