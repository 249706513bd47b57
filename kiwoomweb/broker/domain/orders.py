"""Orders: as the broker lists them, and as its socket tells of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kiwoomweb.broker.domain.words import Side, Symbol, Venue, Won

__all__ = ["OrderEvent", "OrderLine", "TracedOrder"]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order as the broker lists it (ka10075, ka10076, kt00007, ka10088), with its fills summed up.

    ``placed_at`` is the order time on the day the TR speaks of. ``fill_price`` is the average of the fills,
    zero where
    there are none, ``None`` where the TR does not tell it (ka10088).
    ``commission`` and ``tax`` are this order's own; ``None`` where the TR has no such field (kt00007).
    """

    order_no: str
    original_order_no: str
    symbol: Symbol
    name: str
    side: Side
    label: str
    kind: str
    status: str
    quantity: int
    price: Won
    filled: int
    fill_price: Decimal | None
    remaining: int
    commission: Won | None
    tax: Won | None
    placed_at: datetime | None
    venue: Venue
    routed: bool


@dataclass(frozen=True, slots=True)
class TracedOrder:
    """An order of a day as kt00007 traces it, with its channel (통신구분) and confirmed shares (확인수량)."""

    line: OrderLine
    channel: str
    confirmed: int


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """주문체결 (00) of the token's account. ``unit_*`` is this execution, ``filled`` the order's total."""

    order_no: str
    original_order_no: str
    symbol: Symbol
    name: str
    status: str
    side: Side
    label: str
    kind: str
    quantity: int
    price: Won
    remaining: int
    filled: int | None
    fill_no: str
    unit_price: Won | None
    unit_size: int | None
    commission: Won | None
    tax: Won | None
    at: datetime
    reason: str
    venue: Venue
    routed: bool
