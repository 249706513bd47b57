"""The tax on a sale (거래세와 농특세), which the law sets and every broker takes, by the day it settles.

KOSPI and KOSDAQ add up to the same; what is exempt or taxed otherwise (funds, KONEX) its callers know.
"""

from bisect import bisect_right
from datetime import date
from fractions import Fraction

__all__ = ["PARTS", "sale_tax"]

#: Rates are written in hundred-thousandths.
PARTS = 100_000
TAX = (
    (date(2019, 6, 3), 250),
    (date(2021, 1, 1), 230),
    (date(2023, 1, 1), 200),
    (date(2024, 1, 1), 180),
    (date(2025, 1, 1), 150),
    (date(2026, 1, 1), 200),
)
#: The rate before the table begins.
BEFORE = 300


def sale_tax(settled: date) -> Fraction:
    """Of a share's sale that settles that day, as a fraction of its amount.

    >>> sale_tax(date(2025, 12, 31)), sale_tax(date(2026, 1, 1))
    (Fraction(3, 2000), Fraction(1, 500))
    """
    place = bisect_right(TAX, (settled, PARTS))
    return Fraction(TAX[place - 1][1] if place else BEFORE, PARTS)
