"""The two inputs of everything inside a trade: its steps, and the market's bars."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

__all__ = ["Bar", "Resolution", "Step", "bought_price", "sold_price"]


class Step(NamedTuple):
    """One fill: ``quantity`` > 0 bought, < 0 sold; ``price`` in won per share. Oldest first, flat to flat."""

    at: datetime
    quantity: int
    price: Decimal


class Bar(NamedTuple):
    """One bar as it was traded (not adjusted for splits); ``at`` is its beginning. Oldest first."""

    at: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: int


class Resolution(Enum):
    """How fine the bars are: 틱, 1분 or 일. The value is how long one lasts."""

    TICK = timedelta(0)
    MINUTE = timedelta(minutes=1)
    DAY = timedelta(days=1)


def bought_price(steps: Iterable[Step]) -> Decimal:
    """The average price of what was bought."""
    return _average([step for step in steps if step.quantity > 0])


def sold_price(steps: Iterable[Step]) -> Decimal:
    """The average price of what was sold."""
    return _average([step for step in steps if step.quantity < 0])


def _average(steps: list[Step]) -> Decimal:
    shares = sum(step.quantity for step in steps)
    return sum((step.quantity * step.price for step in steps), Decimal(0)) / shares
