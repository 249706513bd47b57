"""R: results counted in what the first stop put at risk."""

from collections.abc import Sequence
from decimal import Decimal
from math import sqrt

from portfolio.analytics.definitions import made
from portfolio.analytics.intervals import deviation
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome, r_of

__all__ = ["in_risk", "r_multiple", "rs_of"]


def r_multiple(outcome: Outcome) -> Measure:
    """net / risk of one trade; what is at risk is fixed by ``analytics.risk.planned_risk``."""
    value = r_of(outcome)
    return made("r_multiple", Why.NO_RISK if value is None else value, 1, rows=(outcome.key,))


def rs_of(outcomes: Sequence[Outcome]) -> list[tuple[int, Decimal]]:
    """(key, R) of the trades with a stop."""
    return [(outcome.key, r) for outcome in outcomes if (r := r_of(outcome)) is not None]


def in_risk(known: Sequence[tuple[int, Decimal]]) -> list[Measure]:
    """mean(R), sum of R, and SQN = sqrt(n) * mean(R) / sd(R), from ``rs_of``."""
    rows, n = [key for key, _ in known], len(known)
    if not known:
        return [made(key, Why.NO_RISK, 0, rows=()) for key in ("expectancy_r", "total_r", "sqn")]
    total = sum((r for _, r in known), Decimal(0))
    spread = deviation([float(r) for _, r in known])
    quality = sqrt(n) * float(total / n) / spread if spread else Why.NO_SPREAD if n > 1 else Why.TOO_FEW
    return [
        made("expectancy_r", total / n, n, rows=rows),
        made("total_r", total, n, rows=rows),
        made("sqn", quality, n, rows=rows),
    ]
