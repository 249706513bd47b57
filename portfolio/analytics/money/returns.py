"""Returns: time-weighted (the trader's skill), money-weighted (the money's fate), modified Dietz, simple."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import prod

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.money.rooting import Flow, internal_rate
from portfolio.analytics.money.worth import Worth, daily_returns
from portfolio.analytics.outcomes import Outcome

__all__ = ["contributions", "mean_worth", "modified_dietz", "money_weighted", "simple_return", "time_weighted"]


def time_weighted(days: Sequence[Worth]) -> Measure:
    """Product of (1 + delta) - 1 over the period; not annualised. *n* counts daily returns."""
    returns = daily_returns(days)
    value = prod(1 + growth for _, growth in returns) - 1 if returns else Why.NO_CAPITAL
    return made("twr", value, len(returns))


def modified_dietz(days: Sequence[Worth]) -> Measure:
    """(MV_T - MV_0 - sum of C) / (MV_0 + sum of w C), w = (T - t) / T in calendar days from the first day.

    A flow of the first day is already in its value.
    """
    if len(days) < 2:
        return made("modified_dietz", Why.NO_CAPITAL, 0)
    first, last = days[0], days[-1]
    span = (last.day - first.day).days
    flows = [(today.flow, Fraction((last.day - today.day).days, span)) for today in days[1:]]
    base = first.value + sum(flow * weight for flow, weight in flows)
    gain = last.value - first.value - sum(flow for flow, _ in flows)
    return made("modified_dietz", gain / Fraction(base) if base > 0 else Why.NO_CAPITAL, len(days) - 1)


def money_weighted(days: Sequence[Worth]) -> Measure:
    """The yearly rate at which deposits and withdrawals grow to today's value: IRR over actual days / 365."""
    if len(days) < 2:
        return made("mwr", Why.NO_CAPITAL, 0)
    first, last = days[0], days[-1]
    flows = [Flow(first.day, -first.value), *(Flow(each.day, -each.flow) for each in days[1:] if each.flow)]
    rate = internal_rate([*flows, Flow(last.day, last.value)])
    return made("mwr", Why.NO_RATE if rate is None else rate, len(flows))


def mean_worth(days: Sequence[Worth]) -> Fraction | None:
    """Mean NAV of the days."""
    return Fraction(sum(each.value for each in days), len(days)) if days else None


def simple_return(net: int, invested: Sequence[int]) -> Measure:
    """투자금 대비: net P&L / average of the money invested each day. Never to be called 수익률 alone."""
    total = sum(invested)
    value = Fraction(net) / Fraction(total, len(invested)) if total > 0 else Why.NO_CAPITAL
    return made("simple_return", value, len(invested))


def contributions(outcomes: Iterable[Outcome], days: Sequence[Worth]) -> list[Measure]:
    """net / mean NAV of each trade, in the order given."""
    mean = mean_worth(days)
    return [
        made("contribution", o.net / mean if mean and mean > 0 else Why.NO_CAPITAL, 1, rows=(o.key,))
        for o in outcomes
    ]
