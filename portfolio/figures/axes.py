"""Axes: round steps worded like every other amount, in won, R, percent or trades."""

from collections.abc import Iterable
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from kiwoomweb.ui.templatetags.money import compact

__all__ = ["amount", "amounts"]

STEPS = (1, 2, 2.5, 5, 10)
MINUS = "\u2212"


def amounts(
    values: Iterable[float], count: int, unit: str = "won", room: float = 0.08, *, is_open: bool = False
) -> dict[str, Any]:
    """Ticks from the lowest to the highest value; ``room`` above and below as a share of the height.

    An axis that is not open stands on its zero.
    """
    numbers = list(values)
    low, high = min(numbers), max(numbers)
    height = (high - low) or 1
    step = _step(height / count, unit)
    at = [place * step for place in range(ceil(low / step), floor(high / step) + 1)]
    return {
        "range": [
            low - (height * room if low < 0 or is_open else 0),
            high + (height * room if high > 0 or is_open else 0),
        ],
        "tickmode": "array",
        "tickvals": at,
        "ticktext": [amount(value, unit, is_signed=False) for value in at],
    }


def amount(value: float, unit: str, *, is_signed: bool = True) -> str:
    """``+1,234만`` in won, ``+1.5R``, ``12.5 %``, ``34``."""
    sign = "+" if is_signed and value > 0 and unit != "n" else ""
    if unit == "won":
        return f"{sign}{compact(round(value))}"
    if unit == "n":
        return f"{value:,.0f}"
    places = 2 if unit == "r" or abs(value) < 1 else 1
    digits = f"{Decimal(repr(value)):,.{places}f}".rstrip("0").rstrip(".").replace("-", MINUS)
    return f"{sign}{digits}R" if unit == "r" else f"{digits} %"


def _step(rough: float, unit: str) -> float:
    least = 1.0 if unit in {"won", "n"} else 0.01
    rough = max(rough, least)
    scale = 10 ** floor(log10(rough))
    step = next(times * scale for times in STEPS if times * scale >= rough * 0.999)
    return max(step, least) if unit not in {"won", "n"} else float(max(1, round(step)))
