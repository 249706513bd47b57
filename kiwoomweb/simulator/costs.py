"""Costs: commission and transaction tax to the won, as the broker cuts them (PROTOCOL 6.1).

Commission is cut to ten won, tax to the won. The ledger charges commission once per stock, side and day, tax
once per sell execution; single orders and sales show their own cut.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kiwoomweb.broker.sale_tax import PARTS, sale_tax

__all__ = ["MOCK", "PARTS", "REAL", "Costs", "tax_rate"]

#: In hundred-thousandths.
KONEX_TAX = 100


def tax_rate(market: str, settled: date) -> Fraction:
    """The tax on a sale that settles on that day; funds pay none."""
    if market == "ETF":
        return Fraction(0)
    if market == "KONEX":
        return Fraction(KONEX_TAX, PARTS)
    return sale_tax(settled)


@dataclass(frozen=True, slots=True)
class Costs:
    """A profile's commission rate: real online trading 0.015 %, mock 0.35 %."""

    rate: Fraction

    def commission(self, amount: int | Fraction) -> int:
        """``commission(373_500)`` is 50 at the real rate."""
        return int(amount * self.rate / 10) * 10

    def tax(self, amount: int, market: str, settled: date) -> int:
        return int(amount * tax_rate(market, settled))

    def hold(self, amount: int) -> int:
        """What a buy must hold back so that no later cut can overdraw the account."""
        return amount + int(amount * self.rate) + 11


REAL = Costs(Fraction(15, PARTS))
MOCK = Costs(Fraction(350, PARTS))
