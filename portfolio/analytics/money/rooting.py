"""The internal rate of return, found surely: the rate nearest to zero is fenced in and then halved down to.

Newton's method runs away on flows with several signs; a fence cannot. The unknown is g = ln(1 + r), so that a
loss of nearly everything and a gain of a thousandfold are equally far from zero.
"""

from collections.abc import Sequence
from datetime import date
from math import exp, expm1
from typing import NamedTuple

__all__ = ["Flow", "internal_rate"]

#: g of the outermost fence: r from -99.9999 % to a millionfold a year, unless the whole takes less than a year.
FARTHEST = 14.0
FENCE, HALVINGS = 0.02, 200
YEAR = 365


class Flow(NamedTuple):
    """What the investor paid (< 0) or got (> 0) on a day, in won."""

    day: date
    amount: int


def internal_rate(flows: Sequence[Flow]) -> float | None:
    """r with sum of CF / (1 + r)^((t - t0)/365) = 0; ``None`` when no rate does it (one sign, one day)."""
    if not any(flow.amount > 0 for flow in flows) or not any(flow.amount < 0 for flow in flows):
        return None
    start = min(flow.day for flow in flows)
    times = [((flow.day - start).days / YEAR, flow.amount) for flow in flows]
    span = max(time for time, _ in times)
    if not span:
        return None
    # A short period needs a wider search: 1 % in a day is a factor of 38 in a year.
    step = FENCE / min(1.0, span)
    for n in range(int(FARTHEST / FENCE)):
        for low in (n * step, -(n + 1) * step):
            if (found := _between(times, low, low + step)) is not None:
                return _rate(found)
    return None


def _between(times: Sequence[tuple[float, int]], low: float, high: float) -> float | None:
    at_low, at_high = _value(times, low), _value(times, high)
    if at_low == 0 or at_high == 0:
        return low if at_low == 0 else high
    if (at_low > 0) == (at_high > 0):
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if (_value(times, middle) > 0) == (at_low > 0) else (low, middle)
    return (low + high) / 2


def _value(times: Sequence[tuple[float, int]], g: float) -> float:
    """The present value at g, scaled so that no term overflows."""
    worst = max(-g * time for time, _ in times)
    return sum(amount * exp(-g * time - worst) for time, amount in times)


def _rate(g: float) -> float | None:
    """r = e^g - 1; ``None`` beyond a millionfold a year: a good day says no more of a year than that."""
    return expm1(g) if g <= FARTHEST else None
