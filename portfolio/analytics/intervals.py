"""Intervals and spreads that several figures share."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import fsum, sqrt

__all__ = ["deviation", "middle", "wilson", "yearly"]

#: The normal quantile of a two-sided 95 % interval.
Z95 = 1.959963984540054


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson interval of a share: (p + z²/2n ± z√(p(1 - p)/n + z²/4n²)) / (1 + z²/n); ``n`` > 0."""
    p = hits / n
    middle, width = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - width) / (1 + z * z / n)), min(1.0, (middle + width) / (1 + z * z / n))


def middle(values: Iterable[int]) -> Fraction:
    """The exact median of whole numbers (at least one); sorting ints is a tenth of sorting fractions."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


def deviation(values: Sequence[float]) -> float:
    """Sample standard deviation (n - 1); 0 below two values and for values that are all the same."""
    n = len(values)
    if n < 2 or min(values) == max(values):
        return 0.0
    mean = fsum(values) / n
    return sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1))


def yearly(growth: float, days: int, year: int) -> float | None:
    """growth^(year / days) - 1: what a growth (1 = none) in so many trading days comes to in a year.

    ``None`` where a float ends: a few days that multiplied next to nothing.
    """
    try:
        return float(max(growth, 0.0) ** (year / days)) - 1
    except OverflowError:
        return None
