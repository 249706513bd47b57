"""Risk (위험): what a trade was meant to lose at most, in won; R counts results in it (metrics.md 3.1)."""

from decimal import Decimal
from fractions import Fraction

from portfolio.analytics.trades.costs import Rates, estimate

__all__ = ["multiple", "planned_risk"]


def planned_risk(
    bought: int, bought_quantity: int, max_quantity: int, stop: Decimal, rates: Rates
) -> int | None:
    """(average entry - stop) * largest quantity + expected costs, in won, halves up.

    ``bought`` won for ``bought_quantity`` shares; ``stop`` in won a share. ``None`` without a buy and when the
    stop is not below the average entry: nothing would be at risk.
    """
    if not bought_quantity:
        return None
    entry, exit_ = Fraction(bought, bought_quantity) * max_quantity, Fraction(stop) * max_quantity
    if exit_ >= entry:
        return None
    commission, tax = estimate(int(exit_), int(entry), rates)
    return int(entry - exit_ + Fraction(1, 2)) + commission + tax


def multiple(net: int | None, risk: int | None) -> Decimal | None:
    """R = net / risk, two decimals; unknown without a result or a stop."""
    if net is None or not risk:
        return None
    return (Decimal(net) / risk).quantize(Decimal("0.01"))
