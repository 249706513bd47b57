"""Liquidation value: what would be left if everything were sold now and every debt paid."""

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure
from portfolio.analytics.trades.costs import Rates, estimate

__all__ = ["Held", "liquidation_value"]


@dataclass(frozen=True, slots=True)
class Held:
    """``quantity`` shares at ``price`` won, with the rates a sale of them would be charged."""

    quantity: int
    price: int
    rates: Rates


def liquidation_value(holdings: Sequence[Held], cash_d2: int, loan: int = 0) -> Measure:
    """Sum of [price q - fee - tax] + cash on D+2 - 융자, fee and tax cut as the broker cuts them."""
    sold = sum(_proceeds(each) for each in holdings)
    return made("liquidation_value", sold + cash_d2 - loan, max(1, len(holdings)))


def _proceeds(held: Held) -> int:
    amount = held.quantity * held.price
    return amount - sum(estimate(amount, 0, held.rates))
