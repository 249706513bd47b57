"""How long each set of figures takes for these trades: what ``manage.py bench journal`` can print."""

from collections.abc import Callable, Sequence
from time import process_time

from portfolio.analytics.behaviour.overall import findings
from portfolio.analytics.edge.overall import edge_measures, quick_measures
from portfolio.analytics.inside.overall import inside_measures
from portfolio.analytics.money.overall import money_measures
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.path.overall import path_measures
from portfolio.analytics.when.breakdown import breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS

__all__ = ["SETS", "pace"]

Computed = Callable[[Sequence[Outcome]], object]

#: Each is meant to stay below a second of one core for 100,000 trades.
SETS: dict[str, Computed] = {
    "edge": edge_measures,
    "edge, without draws": quick_measures,
    "inside": inside_measures,
    "path": path_measures,
    "money": money_measures,
    "behaviour": findings,
    "by weekday": lambda outcomes: breakdown(outcomes, DIMENSIONS["weekday"]),
    "by time of entry": lambda outcomes: breakdown(outcomes, DIMENSIONS["entry_session"]),
    "by symbol": lambda outcomes: breakdown(outcomes, DIMENSIONS["symbol"]),
}


def pace(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Seconds of processor time by set; numpy is loaded before the first one is timed."""
    import numpy as np

    np.random.default_rng(0)
    return {name: _seconds(compute, outcomes) for name, compute in SETS.items()}


def _seconds(compute: Computed, outcomes: Sequence[Outcome]) -> float:
    began = process_time()
    compute(outcomes)
    return process_time() - began
