"""The shape of results in percent of what was paid: how lopsided it is, how long its tails are."""

from collections.abc import Iterable
from math import sqrt
from typing import Any

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome

__all__ = ["distribution_measures"]


def distribution_measures(outcomes: Iterable[Outcome]) -> list[Measure]:
    """Skew m3 / m2^1.5 (population moments) and tail ratio p95 / |p5| of net / 매입금액."""
    known = [outcome for outcome in outcomes if outcome.cost]
    rows, n = [outcome.key for outcome in known], len(known)
    if n < 2:
        why = Why.TOO_FEW if n else Why.NO_COST
        return [made("skew", why, n, rows=rows), made("tail_ratio", why, n, rows=rows)]
    import numpy as np

    values = np.array([outcome.net / outcome.cost for outcome in known])
    low, high = (float(end) for end in np.percentile(values, (5, 95)))
    return [
        made("skew", _skew(values), n, rows=rows),
        made("tail_ratio", abs(high) / abs(low) if low else Why.NO_SPREAD, n, rows=rows),
    ]


def _skew(values: Any) -> float | Why:
    apart = values - values.mean()
    variance = float((apart**2).mean())
    # Equal values leave only the last bits of the mean behind.
    if variance <= 1e-30 or values.min() == values.max():
        return Why.NO_SPREAD
    return float((apart**3).mean()) / sqrt(variance) ** 3
