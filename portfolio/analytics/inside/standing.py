"""Where a position stands after each step: shares held, their cost by moving average, and what was realised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from portfolio.analytics.inside.shapes import Step

__all__ = ["Standing", "standings"]


@dataclass(frozen=True, slots=True)
class Standing:
    """After the step at ``at``: shares ``held``, their ``cost`` in won, and won ``realised`` before costs."""

    at: datetime
    price: Decimal
    held: int
    cost: Decimal
    realised: Decimal

    @property
    def average(self) -> Decimal | None:
        """Moving average in won per share; ``None`` when flat."""
        return self.cost / self.held if self.held else None

    def worth(self, price: Decimal) -> int:
        """Position P&L in won at this price: realised + held * (price - average)."""
        return int((self.realised + self.held * price - self.cost).to_integral_value())


def standings(steps: Iterable[Step]) -> Iterator[Standing]:
    """One standing a step. Raises ``ValueError`` when more is sold than held."""
    held, cost, realised = 0, Decimal(0), Decimal(0)
    for step in steps:
        if step.quantity > 0:
            cost += step.quantity * step.price
        else:
            if held < -step.quantity:
                raise ValueError(f"sold {-step.quantity} of {held} held at {step.at}")
            gone = cost * -step.quantity / held
            realised += -step.quantity * step.price - gone
            cost -= gone
        held += step.quantity
        yield Standing(step.at, step.price, held, cost if held else Decimal(0), realised)
