"""Every figure of 3.3 that trades, days and holdings give."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from portfolio.analytics.measures import Measure
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.path.distribution import distribution_measures
from portfolio.analytics.path.exposure import Stake, exposure_measures
from portfolio.analytics.path.in_percent import Return, measures_in_percent
from portfolio.analytics.path.in_won import measures_in_won
from portfolio.analytics.path.streaks import streak_measures

__all__ = ["path_measures"]


def path_measures(
    outcomes: Iterable[Outcome],
    returns: Sequence[Return] = (),
    stakes: Sequence[Stake] = (),
    nav: int | None = None,
    *,
    results: Iterable[tuple[date, int]] | None = None,
    risk_free: float = 0.0,
    even_within: int = 0,
) -> dict[str, Measure]:
    """All of 3.3 by key. ``results`` are the won of each day; without them the outcomes' closing days speak."""
    chosen = list(outcomes)
    measures = [
        *measures_in_won(_by_day(chosen) if results is None else results),
        *measures_in_percent(returns, risk_free=risk_free),
        *streak_measures(chosen, even_within),
        *exposure_measures(stakes, nav),
        *distribution_measures(chosen),
    ]
    return {measure.key: measure for measure in measures}


def _by_day(outcomes: Iterable[Outcome]) -> Iterable[tuple[date, int]]:
    days: dict[date, int] = defaultdict(int)
    for outcome in outcomes:
        days[outcome.day] += outcome.net
    return days.items()
