"""Averages, medians, payoff and profit factor, and what a trade brings on average."""

from decimal import Decimal
from fractions import Fraction

from portfolio.analytics.definitions import made
from portfolio.analytics.edge.sample import Sample, keys
from portfolio.analytics.intervals import middle
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome

__all__ = ["amounts", "expectancy_percent", "expectancy_ratio", "payoff", "profit_factor"]


def amounts(of: Sample) -> list[Measure]:
    """Average and median win and loss, in won; losses are below zero."""
    return [
        *_middle("win", of.wins, of.won, of.win_keys, Why.NO_WINS),
        *_middle("loss", of.losses, of.lost, of.loss_keys, Why.NO_LOSSES),
    ]


def payoff(of: Sample) -> Measure:
    """손익비: avgWin / |avgLoss|."""
    return made("payoff", _or_missing(of, of.payoff), of.decided, rows=of.decided_keys)


def profit_factor(of: Sample) -> Measure:
    """Sum of wins / |sum of losses|; without losses it is endless, without wins 0."""
    rows = of.decided_keys
    if not of.losses:
        return made("profit_factor", Why.NO_LOSSES if of.wins else Why.NOTHING_DECIDED, of.decided, rows=rows)
    return made("profit_factor", Fraction(of.won, -of.lost), of.decided, rows=rows)


def expectancy_percent(of: Sample) -> Measure:
    """mean(net / 매입금액) over the trades whose cost is known."""
    known = [outcome for outcome in of.all if outcome.cost]
    total = sum((Decimal(o.net) / o.cost for o in known), Decimal(0))
    value = total / len(known) if known else Why.NO_COST
    return made("expectancy_percent", value, len(known), rows=keys(known))


def expectancy_ratio(of: Sample) -> Measure:
    """(1 + payoff) * p - 1 with p = W / (W + L): the expectancy of the decided trades over |avgLoss|."""
    rows = of.decided_keys
    ratio = None if of.payoff is None else (1 + of.payoff) * Fraction(len(of.wins), of.decided) - 1
    return made("expectancy_ratio", _or_missing(of, ratio), of.decided, rows=rows)


def _middle(
    what: str, outcomes: list[Outcome], total: int, rows: tuple[int, ...], otherwise: Why
) -> list[Measure]:
    n = len(outcomes)
    mean = Fraction(total, n) if n else otherwise
    median = middle(o.net for o in outcomes) if n else otherwise
    return [made(f"average_{what}", mean, n, rows=rows), made(f"median_{what}", median, n, rows=rows)]


def _or_missing(of: Sample, value: Fraction | None) -> Fraction | Why:
    if value is not None:
        return value
    if not of.decided:
        return Why.NOTHING_DECIDED
    return Why.NO_LOSSES if not of.losses else Why.NO_WINS
