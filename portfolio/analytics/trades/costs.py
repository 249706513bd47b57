"""Costs: what the broker said a sale cost, shared out to the trips that sold; an estimate until it says so.

Source: ka10073 lines (both commissions and the tax of each sale) and the cost arithmetic of the protocol notes:
commission cut to ten won for each leg, tax cut to the won, tax rate by the day of settlement.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

__all__ = ["Rates", "Told", "estimate", "share_out", "tax_rate"]

PARTS = 100_000
#: 거래세와 농특세 of a sale by the day it settles, in hundred-thousandths; KOSPI and KOSDAQ add up to the same.
TAX = (
    (date(2019, 6, 3), 250),
    (date(2021, 1, 1), 230),
    (date(2023, 1, 1), 200),
    (date(2024, 1, 1), 180),
    (date(2025, 1, 1), 150),
    (date(2026, 1, 1), 200),
)
TAX_BEFORE = 300


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
    if is_exempt:
        return Fraction(0)
    place = bisect_right(TAX, (settled, PARTS))
    return Fraction(TAX[place - 1][1] if place else TAX_BEFORE, PARTS)


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
