"""Win rates with their Wilson interval, and the rate that would just break even."""

from fractions import Fraction

from portfolio.analytics.definitions import made
from portfolio.analytics.edge.sample import Sample
from portfolio.analytics.intervals import wilson
from portfolio.analytics.measures import Measure, Why

__all__ = ["break_even_win_rate", "decisive_win_rate", "win_rate"]


def win_rate(of: Sample) -> Measure:
    """W / (W + L + B)."""
    return _rate("win_rate", of, of.n, Why.NO_TRADES)


def decisive_win_rate(of: Sample) -> Measure:
    """W / (W + L)."""
    return _rate("decisive_win_rate", of, of.decided, Why.NOTHING_DECIDED)


def break_even_win_rate(of: Sample) -> Measure:
    """1 / (1 + payoff): drawn next to the actual rate. Without a loss, or a win, there is none."""
    rows = of.decided_keys
    if of.payoff is None:
        return made("break_even_win_rate", _missing(of), of.decided, rows=rows)
    return made("break_even_win_rate", 1 / (1 + of.payoff), of.decided, rows=rows)


def _rate(key: str, of: Sample, n: int, otherwise: Why) -> Measure:
    if not n:
        return made(key, otherwise, 0)
    low, high = wilson(len(of.wins), n)
    return made(key, Fraction(len(of.wins), n), n, low=low, high=high, rows=of.win_keys)


def _missing(of: Sample) -> Why:
    if not of.decided:
        return Why.NOTHING_DECIDED
    return Why.NO_LOSSES if not of.losses else Why.NO_WINS
