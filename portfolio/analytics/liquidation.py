"""Liquidation: what a holding would bring if it were sold at a price now, to the won.

``profit = value - cost - both commissions - tax`` as kt00018 reckons it (each commission cut to ten won, the
tax to the won); ``proceeds`` are what would reach the account: without the loan that has to be repaid,
interest not counted. The browser does the same in ``static/js/lib/worth.js``; one table tests both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portfolio.analytics.trades.costs import Rates

__all__ = ["Terms", "Worth", "liquidate", "terms", "together"]

PARTS = 100_000


@dataclass(frozen=True, slots=True)
class Terms:
    """A lot and what selling it costs: won and shares; ``commission`` (of the sale) and ``tax`` are
    hundred-thousandths of the amount sold. ``bought`` is the commission of having bought it."""

    quantity: int
    cost: int
    bought: int
    loan: int
    commission: int
    tax: int


@dataclass(frozen=True, slots=True)
class Worth:
    """In won: ``value`` before, ``profit`` after all costs, ``proceeds`` after the sale's and the loan."""

    value: int
    cost: int
    profit: int
    proceeds: int

    @property
    def rate(self) -> Decimal | None:
        """Percent of what was paid; ``None`` where nothing was."""
        return Decimal(100 * self.profit) / self.cost if self.cost else None


def terms(lot: tuple[int, int], told: tuple[int, int, int], rates: Rates, loan: int = 0) -> Terms:
    """Terms of a lot (quantity, cost) under which the broker's own figures (value, both commissions, tax) come
    out again: where its tax is another than ``rates`` say, it knows better (a fund pays none)."""
    value, commissions, tax = told
    commission = int(rates.commission * PARTS)
    bought = commissions - _commission(value, commission)
    if bought < 0:  # the account has another rate than it showed so far
        commission = commissions * PARTS // (value + lot[1])
        bought = commissions - _commission(value, commission)
    taxed = int(rates.tax * PARTS)
    if value and value * taxed // PARTS != tax:
        taxed = round(tax * PARTS / value)
    return Terms(*lot, bought, loan, commission, taxed)


def liquidate(held: Terms, price: int) -> Worth:
    """Everything sold at one price."""
    value = price * held.quantity
    after = value - _commission(value, held.commission) - value * held.tax // PARTS
    return Worth(value, held.cost, after - held.bought - held.cost, after - held.loan)


def together(worths: Iterable[Worth]) -> Worth:
    """The sum of several lots."""
    rows = list(worths)
    return Worth(
        sum(row.value for row in rows),
        sum(row.cost for row in rows),
        sum(row.profit for row in rows),
        sum(row.proceeds for row in rows),
    )


def _commission(amount: int, parts: int) -> int:
    """Cut to ten won."""
    return amount * parts // (PARTS * 10) * 10
