"""Sizing: how much an exit may sell. Never more than is held and not already on its way out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Stock", "Stocks"]


@dataclass(slots=True)
class Stock:
    """Shares of one symbol: ``held`` by the broker's word, ``leaving`` in open or unsettled sell orders."""

    held: int
    leaving: int = 0

    @property
    def free(self) -> int:
        """What may still be sold; never below zero."""
        return max(self.held - self.leaving, 0)


@dataclass(slots=True)
class Stocks:
    """All symbols of one account during one look at its exits: what one exit takes no other takes again.

    A symbol nobody knows the holding of has none: nothing is sold that is not known to be held.
    """

    known: Mapping[str, Stock] = field(default_factory=dict)

    def knows(self, symbol: str) -> bool:
        """Whether anybody has told what is held of it."""
        return self.known.get(symbol) is not None

    def held(self, symbol: str) -> int:
        """What is held, on its way out or not."""
        stock = self.known.get(symbol)
        return stock.held if stock else 0

    def take(self, symbol: str, wanted: int | None) -> int:
        """Set aside ``wanted`` shares (``None``: all) and say how many there were to take."""
        stock = self.known.get(symbol)
        if stock is None:
            return 0
        taken = stock.free if wanted is None else min(wanted, stock.free)
        stock.leaving += taken
        return taken
