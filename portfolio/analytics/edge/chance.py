"""Could it be luck: expectancy with its bootstrap interval, the t-test, and Kelly's fraction with its own."""

from fractions import Fraction
from math import sqrt
from typing import Any

from portfolio.analytics.definitions import made
from portfolio.analytics.edge.resampling import Resampled
from portfolio.analytics.edge.sample import Sample
from portfolio.analytics.edge.student import upper_tail
from portfolio.analytics.intervals import deviation
from portfolio.analytics.measures import Measure, Why

__all__ = ["expectancy_won", "kelly", "luck"]

ENDS = (2.5, 97.5)


def expectancy_won(of: Sample, drawn: Resampled | None) -> Measure:
    """mean(net) in won, with the 95 % bootstrap interval (percentiles) when resamples are given."""
    if not of.n:
        return made("expectancy_won", Why.NO_TRADES, 0)
    low, high = _ends(drawn.mean) if drawn else (None, None)
    return made("expectancy_won", Fraction(of.net, of.n), of.n, low=low, high=high)


def luck(of: Sample) -> list[Measure]:
    """t = mean / (sd / sqrt(n)) and the one-sided p: how often chance alone does at least as well."""
    nets = [float(outcome.net) for outcome in of.all]
    spread = deviation(nets)
    if not spread:
        why = Why.TOO_FEW if of.n < 2 else Why.NO_SPREAD
        return [made("t_value", why, of.n), made("luck", why, of.n)]
    t = sum(nets) / of.n / (spread / sqrt(of.n))
    return [made("t_value", t, of.n), made("luck", upper_tail(t, of.n - 1), of.n)]


def kelly(of: Sample, drawn: Resampled | None) -> list[Measure]:
    """f* = p - (1 - p) / payoff with p = W / (W + L), and half of it. A reference, no advice.

    The interval comes from the resamples; when it spans 0, or none are given, the value is hidden.
    """
    rows = of.decided_keys
    if of.payoff is None or drawn is None:
        why = Why.NOTHING_DECIDED if not of.decided else Why.NO_LOSSES if not of.losses else Why.NO_WINS
        why = Why.TOO_FEW if of.payoff is not None else why
        return [made(key, why, of.decided, rows=rows) for key in ("kelly", "half_kelly")]
    p = Fraction(len(of.wins), of.decided)
    low, high = _ends(_fractions(drawn))
    value = Why.SPANS_ZERO if low <= 0 <= high else p - (1 - p) / of.payoff
    half = value if isinstance(value, Why) else value / 2
    return [
        made("kelly", value, of.decided, low=low, high=high, rows=rows),
        made("half_kelly", half, of.decided, low=low / 2, high=high / 2, rows=rows),
    ]


def _fractions(drawn: Resampled) -> Any:
    """Kelly's fraction of every resample. Without a win it is far below zero; -1 stands for all that."""
    import numpy as np

    wins, losses = drawn.wins.astype(float), drawn.losses.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        f = wins / (wins + losses) + losses / (wins + losses) * (drawn.lost / losses) * (wins / drawn.won)
    return np.where(losses == 0, 1.0, np.where(wins == 0, -1.0, np.maximum(f, -1.0)))


def _ends(values: Any) -> tuple[float, float]:
    import numpy as np

    low, high = np.percentile(values, ENDS)
    return float(low), float(high)
