"""What trades are made of, and what comes out: executions in, trips and their daily slices out."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

__all__ = ["Execution", "Leg", "Slice", "Trip"]


class Execution(NamedTuple):
    """One fill: shares and won (price times quantity, without costs). ``clock`` is its place on the trading
    clock in minutes (``trading_clock``), ``None`` when nobody knows the time; ``venue`` its exchange."""

    day: date
    at: datetime | None
    is_buy: bool
    quantity: int
    amount: int
    order_no: str
    symbol: str
    credit: str
    book: int | None
    clock: int | None
    ref: int = 0
    venue: str = ""


@dataclass(slots=True)
class Slice:
    """What one day's sales realised. ``cost`` by moving average, ``cost_fifo`` first in, first out; ``None``
    when shares of unknown cost were among them."""

    day: date
    sold_quantity: int = 0
    sold: int = 0
    cost: int | None = 0
    cost_fifo: int | None = 0
    is_closing: bool = False


@dataclass(slots=True)
class Leg:
    """One step of a trip: ``held`` shares and their ``cost`` in won after it, ``realised`` won before costs.

    ``ref`` is its fill's number, 0 when a holding event (``event``) and not a fill made the step."""

    day: date
    at: datetime | None
    is_buy: bool
    quantity: int
    amount: int
    held: int
    cost: int
    realised: int | None
    ref: int
    event: str = ""


@dataclass(slots=True)
class Trip:
    """One round trip, flat to flat. ``closed_day`` is ``None`` while shares are held; ``adopted`` shares were
    sold without ever being seen bought, which leaves the cost unknown."""

    symbol: str
    credit: str
    book: int | None
    opened_day: date
    opened_at: datetime | None
    opening_order: str
    ordinal: int = 0
    closed_day: date | None = None
    closed_at: datetime | None = None
    #: The exchange of the first fill and of the one that closed it; empty where nobody knows.
    entry_venue: str = ""
    exit_venue: str = ""
    fills: int = 0
    entries: int = 0
    exits: int = 0
    adds_below: int = 0
    adds_above: int = 0
    held: int = 0
    max_quantity: int = 0
    bought_quantity: int = 0
    sold_quantity: int = 0
    bought: int = 0
    sold: int = 0
    #: Cost in won of the shares held now.
    held_cost: int = 0
    adopted: int = 0
    slices: list[Slice] = field(default_factory=list)
    #: Every order with a fill in it, as (day, order number): what holds on to the trip across derivations.
    orders: set[tuple[date, str]] = field(default_factory=set)
    legs: list[Leg] | None = None
    #: Lots first in first out: [shares, won]. ``clock_*`` are quantity-weighted sums of trading minutes.
    lots: list[list[int]] = field(default_factory=list)
    first_lot: int = 0
    clock_bought: int = 0
    clock_sold: int = 0
    is_clocked: bool = True

    @property
    def held_minutes(self) -> int | None:
        """Σ qₛ·(tₛ − t̄ of the buys)/Σ qₛ in minutes of trading; unknown without times or sales."""
        if not self.is_clocked or not self.sold_quantity or not self.bought_quantity or self.adopted:
            return None
        return max(0, round(self.clock_sold / self.sold_quantity - self.clock_bought / self.bought_quantity))
