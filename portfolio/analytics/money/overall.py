"""Every figure of 3.5 that trades, daily worth and an index give."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from portfolio.analytics.measures import Measure
from portfolio.analytics.money.benchmark import benchmark_measures
from portfolio.analytics.money.costs import cost_measures, turnover
from portfolio.analytics.money.returns import modified_dietz, money_weighted, time_weighted
from portfolio.analytics.money.worth import Worth
from portfolio.analytics.outcomes import Outcome

__all__ = ["money_measures"]


def money_measures(
    outcomes: Sequence[Outcome], days: Sequence[Worth] = (), index: Mapping[date, Decimal] | None = None
) -> dict[str, Measure]:
    """By key. Simple return, break-even move and liquidation value need more and are asked for alone."""
    traded = sum(outcome.bought + outcome.sold for outcome in outcomes)
    measures = [
        *cost_measures(outcomes),
        turnover(traded, [each.value for each in days]),
        time_weighted(days),
        modified_dietz(days),
        money_weighted(days),
        *benchmark_measures(days, index or {}),
    ]
    return {measure.key: measure for measure in measures}
