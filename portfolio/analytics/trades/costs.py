"""Costs: what the broker said a sale cost, shared out to the trips that sold; an estimate until it says so.

Source: ka10073 lines (both commissions and the tax of each sale) and the cost arithmetic of the protocol notes:
commission cut to ten won for each leg, tax cut to the won, tax rate by the day of settlement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kiwoomweb.broker.sale_tax import sale_tax

__all__ = ["Rates", "Told", "estimate", "share_out", "tax_rate"]


@dataclass(frozen=True, slots=True)
class Rates:
    """Commission of one leg and tax of a sale, as fractions of the amount."""

    commission: Fraction
    tax: Fraction


@dataclass(frozen=True, slots=True)
class Told:
    """What the broker said of one symbol's sales on one day, summed: shares, won after and before costs."""

    quantity: int
    realised: int
    commission: int
    tax: int

    @property
    def gross(self) -> int:
        """Before costs."""
        return self.realised + self.commission + self.tax


def tax_rate(settled: date, *, is_exempt: bool = False) -> Fraction:
    """The tax on a sale that settles that day; funds are exempt."""
    return Fraction(0) if is_exempt else sale_tax(settled)


def estimate(sold: int, cost: int, rates: Rates) -> tuple[int, int]:
    """Commission of both legs and tax in won, each cut as the broker cuts it."""
    legs = (sold, cost)
    return sum(int(leg * rates.commission / 10) * 10 for leg in legs), int(sold * rates.tax)


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split won by weight so that the parts add up to the total; the largest remainders get the last won.

    >>> share_out(100, [1, 1, 1])
    [34, 33, 33]
    """
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)]
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
