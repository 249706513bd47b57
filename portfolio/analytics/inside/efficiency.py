"""Entry, exit and total efficiency: the part of the range while held that was taken (TradeStation's trio)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portfolio.analytics.inside.excursion import Excursion
from portfolio.analytics.inside.shapes import Step, bought_price, sold_price

__all__ = ["Efficiency", "efficiency"]


@dataclass(frozen=True, slots=True)
class Efficiency:
    """(H - entry)/(H - L), (exit - L)/(H - L), and (exit - entry)/(H - L), which is both less one."""

    entry: Decimal
    exit: Decimal
    total: Decimal


def efficiency(steps: Sequence[Step], extremes: Excursion) -> Efficiency | None:
    """Of a closed trade with its extremes; ``None`` when the price never moved."""
    top, bottom = extremes.highest, extremes.lowest
    if top == bottom:
        return None
    entry, leave = bought_price(steps), sold_price(steps)
    width = top - bottom
    return Efficiency((top - entry) / width, (leave - bottom) / width, (leave - entry) / width)
