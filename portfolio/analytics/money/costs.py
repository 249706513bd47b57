"""What trading costs: the drag of fees and taxes, the move that pays for them, and how often money turns."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome

__all__ = ["break_even_move", "cost_measures", "turnover"]


def cost_measures(outcomes: Iterable[Outcome]) -> list[Measure]:
    """Sum of costs, over gross profit, over turnover (buys + sells), and per trip.

    The share of turnover is taken over the trades whose amounts are known.
    """
    chosen = list(outcomes)
    n, costs = len(chosen), sum(outcome.costs for outcome in chosen)
    if not n:
        keys = ("cost_drag", "cost_to_profit", "cost_to_turnover", "cost_per_trade")
        return [made(key, Why.NO_TRADES, 0) for key in keys]
    profit = sum(outcome.gross for outcome in chosen)
    known = [outcome for outcome in chosen if outcome.bought + outcome.sold]
    traded = sum(outcome.bought + outcome.sold for outcome in known)
    share = Fraction(sum(outcome.costs for outcome in known), traded) if traded else Why.NO_COST
    return [
        made("cost_drag", costs, n),
        made("cost_to_profit", Fraction(costs, profit) if profit > 0 else Why.NO_PROFIT, n),
        made("cost_to_turnover", share, len(known), rows=(outcome.key for outcome in known)),
        made("cost_per_trade", Fraction(costs, n), n),
    ]


def break_even_move(fee_rate: Decimal, tax_rate: Decimal) -> Measure:
    """2 * fee rate + tax rate, as shares (0.00015 = 0.015 %): the rise that pays for a round trip."""
    return made("break_even_move", 2 * fee_rate + tax_rate, 1)


def turnover(traded: int, navs: Sequence[int]) -> Measure:
    """Half of all buys and sells (won) / mean NAV of the days: how often the money was turned over."""
    total = sum(navs)
    value = Fraction(traded, 2) / Fraction(total, len(navs)) if total > 0 else Why.NO_CAPITAL
    return made("turnover", value, len(navs))
