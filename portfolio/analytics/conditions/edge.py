"""The edge of a condition from its hits, horizon by horizon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from statistics import median

from portfolio.analytics.definitions import made
from portfolio.analytics.intervals import wilson
from portfolio.analytics.measures import Measure, Why

__all__ = ["Flagged", "condition_edge", "condition_pace"]


@dataclass(frozen=True, slots=True)
class Flagged:
    """One 편입: net returns by horizon as shares (0.01 = 1 %; after commission, tax and half a spread on each
    side, so that 0 pays the costs), the extremes after it, and the own buy's moment (``None`` = not taken)."""

    key: int
    at: datetime
    returns: Mapping[str, Decimal] = field(default_factory=dict)
    mfe: Decimal | None = None
    mae: Decimal | None = None
    bought_at: datetime | None = None


def condition_edge(hits: Sequence[Flagged], horizon: str) -> dict[str, Measure]:
    """At one horizon ("1m", "5m", "30m", "close", "1d", "5d"): how many paid for their costs (Wilson), median
    and mean, and the mean of those taken beside those not taken."""
    known = [(hit, hit.returns[horizon]) for hit in hits if horizon in hit.returns]
    rows, n = [hit.key for hit, _ in known], len(known)
    paid = sum(value > 0 for _, value in known)
    low, high = wilson(paid, n) if n else (None, None)
    measures = [
        made("hit_rate", Decimal(paid) / n if n else Why.NO_TRADES, n, low=low, high=high, rows=rows),
        made("hit_median", median(value for _, value in known) if n else Why.NO_TRADES, n, rows=rows),
        _mean("hit_mean", known),
        _mean("hit_taken", [(hit, value) for hit, value in known if hit.bought_at]),
        _mean("hit_not_taken", [(hit, value) for hit, value in known if not hit.bought_at]),
    ]
    return {measure.key: measure for measure in measures}


def condition_pace(hits: Sequence[Flagged], days: int) -> dict[str, Measure]:
    """Extremes after the hits, hits per day of the ``days`` the condition was heard, delay to the own buy."""
    waits = [(hit.bought_at - hit.at).total_seconds() for hit in hits if hit.bought_at]
    measures = [
        _mean("hit_mfe", [(hit, hit.mfe) for hit in hits if hit.mfe is not None]),
        _mean("hit_mae", [(hit, hit.mae) for hit in hits if hit.mae is not None]),
        made("hits_a_day", Decimal(len(hits)) / days if days else Why.NO_TRADES, days),
        made("hit_delay", median(waits) if waits else Why.NO_TRADES, len(waits)),
    ]
    return {measure.key: measure for measure in measures}


def _mean(key: str, known: Sequence[tuple[Flagged, Decimal]]) -> Measure:
    total = sum((value for _, value in known), Decimal(0))
    return made(
        key, total / len(known) if known else Why.NO_TRADES, len(known), rows=(hit.key for hit, _ in known)
    )
