"""Liquidation value: what would be left if everything were sold now and every debt paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure

__all__ = ["Held", "liquidation_value"]


@dataclass(frozen=True, slots=True)
class Held:
    """``quantity`` shares at ``price`` won; rates of a sale as shares (0.002 = 0.2 %)."""

    quantity: int
    price: int
    fee_rate: Decimal
    tax_rate: Decimal


def liquidation_value(holdings: Sequence[Held], cash_d2: int, loan: int = 0) -> Measure:
    """Sum of [price q - fee - tax] + cash on D+2 - 융자, each fee and tax to the whole won, as charged."""
    sold = sum(_proceeds(each) for each in holdings)
    return made("liquidation_value", sold + cash_d2 - loan, max(1, len(holdings)))


def _proceeds(held: Held) -> int:
    amount = held.quantity * held.price
    return amount - int(amount * held.fee_rate) - int(amount * held.tax_rate)
