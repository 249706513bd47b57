"""Sharing: cut whole numbers into parts that add up exactly, also while the whole is still growing."""

from collections.abc import Sequence
from random import Random

__all__ = ["portions", "spread"]


def portions(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` cut in proportion to whole ``weights``; where all weights are zero, so are the parts.

    The parts add up to ``total``, no part falls while ``total`` grows, and ``total == sum(weights)`` gives
    the weights themselves: what has been played of a day is a portion of what the whole day will be.
    """
    left, parts = sum(weights), []
    for weight in weights:
        part = total * weight // left if left else 0
        total -= part
        left -= weight
        parts.append(part)
    return parts


def spread(totals: Sequence[int], columns: Sequence[int], luck: Random, unrest: float) -> list[list[int]]:
    """Lay ``totals`` out over ``columns`` (equal sums): one list of parts for each column.

    Columns add up to ``columns``, rows to ``totals``. ``unrest`` 0..1 is how unevenly the rows hurry.
    """
    remaining, laid = list(totals), []
    for column in columns[:-1]:
        haste = [rest * (1 + unrest * (luck.random() - 0.5)) for rest in remaining]
        part = _capped(column, haste, remaining)
        remaining = [rest - taken for rest, taken in zip(remaining, part, strict=True)]
        laid.append(part)
    return [*laid, remaining]


def _capped(total: int, weights: Sequence[float], caps: Sequence[int]) -> list[int]:
    """``total`` cut in proportion to ``weights``, no part above its cap (the caps are enough together)."""
    room, whole, parts = sum(caps), sum(weights), []
    for weight, cap in zip(weights, caps, strict=True):
        room -= cap
        wanted = int(total * weight / whole) if whole > 0 else 0
        part = max(total - room, min(wanted, cap, total), 0)
        total -= part
        whole -= weight
        parts.append(part)
    return parts
