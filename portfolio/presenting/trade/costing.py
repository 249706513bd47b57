"""What each day's sales of a trade realised: at the broker's moving average, and first in, first out."""

from dataclasses import dataclass
from datetime import date

from portfolio.models import Trade

__all__ = ["BothWays", "Reckoned", "both_ways"]


@dataclass(frozen=True, slots=True)
class BothWays:
    """One day's sales, net in won."""

    day: date
    average: int
    fifo: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """``days`` are those on which the two ways differ; ``fifo`` is the whole trade's net so far, in won."""

    fifo: int
    days: tuple[BothWays, ...]


def both_ways(trade: Trade) -> Reckoned | None:
    """``None`` before the first sale, and where nobody knows what was sold had cost. One query.

    FIFO net = net + cost (moving average) − cost (FIFO): costs and taxes are the same either way.
    """
    rows = list(trade.slices.order_by("day").values_list("day", "net", "cost", "cost_fifo"))
    told = [
        (day, net, cost - fifo)
        for day, net, cost, fifo in rows
        if net is not None and cost is not None and fifo is not None
    ]
    if not told or len(told) < len(rows):
        return None
    days = tuple(BothWays(day, net, net + beyond) for day, net, beyond in told if beyond)
    return Reckoned(sum(net + beyond for _day, net, beyond in told), days)
