"""What trading gold costs: a commission of 0.3 % and value added tax on the commission (PROTOCOL 6.1-11).

1,274,320 won pay 3,820 of commission and 382 of tax. A gain on gold itself is not taxed.
"""

from dataclasses import dataclass
from fractions import Fraction

from kiwoomweb.simulator.costs import PARTS, Costs

__all__ = ["GOLD_COSTS", "GoldCosts"]

#: Value added tax of the commission: one part in this many.
VAT = 10


@dataclass(frozen=True, slots=True)
class GoldCosts(Costs):
    """Commission like a share's, cut to ten won, and the tax that rides on it."""

    def vat(self, commission: int) -> int:
        """``vat(3_820)`` is 382."""
        return commission // VAT

    def charged(self, amount: int | Fraction) -> int:
        """Commission and its tax on one amount."""
        commission = self.commission(amount)
        return commission + self.vat(commission)

    def hold(self, amount: int) -> int:
        """What a buy must hold back so that no later cut can overdraw the account."""
        return amount + int(amount * self.rate * (VAT + 1) / VAT) + 12


GOLD_COSTS = GoldCosts(Fraction(300, PARTS))
