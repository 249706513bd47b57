"""Moves: the steps of a trade with what each left behind, in won, after the costs the broker really took."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from portfolio.analytics.trades.costs import share_out

__all__ = ["Move", "settled"]


@dataclass(frozen=True, slots=True)
class Move:
    """One fill or event. ``quantity`` > 0 came in, < 0 went out, ``amount`` is won without costs.

    After it: ``held`` shares that had cost ``cost`` won. ``gross`` is what it realised before costs and ``net``
    after them (won; ``None`` = nothing was realised, or nobody knows). ``event`` is empty for a fill.
    """

    at: datetime
    day: date
    quantity: int
    amount: int
    held: int
    cost: int
    gross: int | None = None
    net: int | None = None
    event: str = ""

    @property
    def price(self) -> Decimal | None:
        """Won a share; an event that only changed the number of shares has none."""
        return Decimal(self.amount) / abs(self.quantity) if self.amount and self.quantity else None

    @property
    def average(self) -> Decimal | None:
        """Moving average after it; ``None`` when flat."""
        return Decimal(self.cost) / self.held if self.held else None


def settled(moves: Sequence[Move], nets: Mapping[date, int | None], interest: int = 0) -> list[Move]:
    """The moves with their ``net``: a day's net result (of its slice) is shared out to the sales of that day.

    What costs and rounding took is laid on the sales by their amounts, to the won: Σ net of the moves is Σ of
    ``nets`` less the loan's ``interest``, which the last sale carries.
    """
    sales: dict[date, list[int]] = defaultdict(list)
    for place, move in enumerate(moves):
        if move.gross is not None:
            sales[move.day].append(place)
    found = list(moves)
    for day, places in sales.items():
        net = nets.get(day)
        if net is None:
            continue
        grosses = [moves[place].gross or 0 for place in places]
        off = share_out(net - sum(grosses), [moves[place].amount for place in places])
        for place, gross, part in zip(places, grosses, off, strict=True):
            found[place] = replace(moves[place], net=gross + part)
    return _with_interest(found, interest)


def _with_interest(moves: list[Move], interest: int) -> list[Move]:
    last = max((place for place, move in enumerate(moves) if move.net is not None), default=None)
    if interest and last is not None:
        moves[last] = replace(moves[last], net=(moves[last].net or 0) - interest)
    return moves
