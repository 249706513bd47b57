"""ATR: how far a share usually moves in a day, the yardstick of the edge ratio."""

from collections.abc import Sequence
from decimal import Decimal

from portfolio.analytics.inside.shapes import Bar

__all__ = ["average_true_range"]


def average_true_range(days: Sequence[Bar], span: int = 14) -> Decimal | None:
    """Mean of the last ``span`` true ranges in won; ``days`` are the daily bars before the entry, oldest first.

    True range: the largest of H - L, |H - previous close| and |L - previous close|. Needs ``span + 1`` days.
    """
    if len(days) < span + 1:
        return None
    pairs = zip(days[-span - 1 :], days[-span:], strict=False)
    ranges = [
        max(day.high - day.low, abs(day.high - before.close), abs(day.low - before.close))
        for before, day in pairs
    ]
    return sum(ranges, Decimal(0)) / span
