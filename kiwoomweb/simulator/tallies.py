"""Tallies: what one lot did on one day. Every daily figure of the broker is added up from these."""

from dataclasses import dataclass, field
from fractions import Fraction

from kiwoomweb.simulator.costs import Costs

__all__ = ["Tally"]


@dataclass(slots=True)
class Tally:
    """``cost`` is 매입금액 of the sold shares; ``tax`` and ``row_*`` add up the sale rows.

    ``loaned`` is what the broker lent for the buys; ``repaid`` and ``interest`` go back to it with the sales.
    """

    costs: Costs
    bought_quantity: int = 0
    bought: int = 0
    sold_quantity: int = 0
    sold: int = 0
    cost: Fraction = field(default_factory=Fraction)
    tax: int = 0
    row_realised: Fraction = field(default_factory=Fraction)
    row_commission: int = 0
    loaned: int = 0
    repaid: int = 0
    interest: int = 0
    #: What the broker added to the day's commission afterwards (정정), or took off when negative.
    corrected: int = 0

    @property
    def buy_commission(self) -> int:
        """Commission charged for the day's buys."""
        mended = 0 if self.sold_quantity else self.corrected
        return self.costs.commission(self.bought) + mended

    @property
    def sell_commission(self) -> int:
        """Commission charged for the day's sales."""
        mended = self.corrected if self.sold_quantity else 0
        return self.costs.commission(self.sold) + mended

    @property
    def paid(self) -> int:
        """What the buys take from the account on settlement."""
        return self.bought + self.buy_commission - self.loaned

    @property
    def received(self) -> int:
        """What the sales bring to the account on settlement."""
        return self.sold - self.sell_commission - self.tax - self.repaid - self.interest

    @property
    def charged(self) -> int:
        """수수료와 제세금 of the day."""
        return self.buy_commission + self.sell_commission + self.tax

    @property
    def realised(self) -> int:
        """Profit of the day's sales net of both legs' commissions, each cut once, and tax (PROTOCOL 6.1-6).

        A loan's interest is no part of it: it stands apart in the statement (kt00015).
        """
        legs = self.sell_commission + self.costs.commission(self.cost)
        return int(self.sold - self.cost - legs - self.tax)
