"""Holdings: shares and what they cost, by moving average without fees (PROTOCOL 6.1-12)."""

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

__all__ = ["Holding", "exact"]

SEVENTH = Decimal("0.0000001")


def exact(value: Fraction | int) -> Decimal:
    """A ratio as the broker keeps it: seven decimals, cut."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(SEVENTH, ROUND_DOWN)


@dataclass(slots=True)
class Holding:
    """``cost`` stays an exact ratio: computing from a shown average loses won (metrics 3.0).

    ``owed`` is the loan (융자금) it was bought with, 0 for shares of one's own.
    """

    code: str
    quantity: int = 0
    cost: Fraction = field(default_factory=Fraction)
    owed: int = 0

    def buy(self, quantity: int, price: int, loan: int = 0) -> None:
        self.quantity += quantity
        self.cost += quantity * price
        self.owed += loan

    def repay(self, quantity: int) -> int:
        """Take off the part of the loan that goes with shares about to be sold, and answer it."""
        part = self.owed * quantity // self.quantity
        self.owed -= part
        return part

    def sell(self, quantity: int) -> Fraction:
        """Give shares away and answer what they had cost."""
        gone = self.cost * quantity / self.quantity
        self.quantity -= quantity
        self.cost -= gone
        return gone

    @property
    def average(self) -> Fraction:
        return self.cost / self.quantity if self.quantity else Fraction(0)
