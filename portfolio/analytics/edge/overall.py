"""Every figure of 3.1 for a set of closed trades."""

from collections.abc import Iterable

from portfolio.analytics.edge.amounts import (
    amounts,
    expectancy_percent,
    expectancy_ratio,
    payoff,
    profit_factor,
)
from portfolio.analytics.edge.chance import expectancy_won, kelly, luck
from portfolio.analytics.edge.in_risk import in_risk, rs_of
from portfolio.analytics.edge.rates import break_even_win_rate, decisive_win_rate, win_rate
from portfolio.analytics.edge.resampling import resample
from portfolio.analytics.edge.ruin import DEFAULT, Ruin, risk_of_ruin
from portfolio.analytics.edge.sample import sample
from portfolio.analytics.edge.steadiness import k_ratio, largest_day_share, recovery_factor, top_share
from portfolio.analytics.measures import Measure
from portfolio.analytics.outcomes import Outcome

__all__ = ["edge_measures", "quick_measures"]


def edge_measures(
    outcomes: Iterable[Outcome], even_within: int = 0, ruin: Ruin = DEFAULT
) -> dict[str, Measure]:
    """All of 3.1 by key, bootstrap and Monte Carlo included."""
    of = sample(outcomes, even_within)
    drawn, rs = resample(of) if of.n else None, rs_of(of.all)
    measures = [
        win_rate(of), decisive_win_rate(of), break_even_win_rate(of), *amounts(of), payoff(of),
        profit_factor(of), expectancy_won(of, drawn), expectancy_percent(of), expectancy_ratio(of),
        *in_risk(rs), k_ratio(of), *luck(of), *kelly(of, drawn), risk_of_ruin(rs, ruin),
        recovery_factor(of), largest_day_share(of), top_share(of),
    ]  # fmt: skip
    return {measure.key: measure for measure in measures}


def quick_measures(outcomes: Iterable[Outcome], even_within: int = 0) -> dict[str, Measure]:
    """Those that need no random draws: for the many groups of a breakdown."""
    of = sample(outcomes, even_within)
    measures = [
        win_rate(of), *amounts(of), payoff(of), profit_factor(of), expectancy_won(of, None),
        expectancy_percent(of), *in_risk(rs_of(of.all)),
    ]  # fmt: skip
    return {measure.key: measure for measure in measures}
