"""The blotter (주문내역): one order made of what each TR knows about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side, Venue
from orders.models import Order

__all__ = ["SOURCES", "OrderView", "fullest", "name_told", "open_orders", "orders_between", "orders_on"]

#: Who is believed when two tell of the same number of filled shares: ka10076 knows the costs and the exact
#: average, kt00007 every order of the day, 00 is the freshest, ka10075 knows open orders only.
SOURCES = ("ka10076", "kt00007", "00", "ka10075")


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order of one day. ``commission`` and ``tax`` are ``None`` until ka10076 has told them."""

    day: date
    order_no: str
    original_order_no: str
    symbol: str
    name: str
    side: Side
    label: str
    kind: str
    status: str
    quantity: int
    price: int
    filled: int
    fill_price: Decimal | None
    remaining: int
    commission: int | None
    tax: int | None
    placed_at: datetime | None
    venue: Venue
    routed: bool
    is_open: bool


def orders_on(account: Account, day: date) -> tuple[OrderView, ...]:
    """Every order of the day, newest number first."""
    told: dict[str, list[Order]] = defaultdict(list)
    for order in Order.objects.current().filter(account=account, day=day):
        told[order.order_no].append(order)
    return tuple(_merged(told[number]) for number in sorted(told, reverse=True))


def orders_between(account: Account, first: date | None, last: date) -> Iterator[OrderView]:
    """Every order from ``first`` (``None``: the beginning) to ``last``, newest first, a few days in memory."""
    rows = Order.objects.current().filter(account=account, day__lte=last)
    rows = rows.filter(day__gte=first) if first else rows
    told = rows.order_by("-day", "-order_no", "pk").iterator(2000)
    for _which, versions in groupby(told, key=lambda order: (order.day, order.order_no)):
        yield _merged(list(versions))


def open_orders(account: Account, day: date) -> tuple[OrderView, ...]:
    """The day's orders that still wait for fills, newest number first."""
    return tuple(order for order in orders_on(account, day) if order.is_open)


def name_told(account: Account, symbol: str) -> str:
    """What the broker's lists call an instrument our own list does not know; its code where nobody said."""
    told = Order.objects.filter(account=account, symbol=symbol).order_by("-pk").values_list("name", flat=True)
    return told.first() or symbol


def fullest(versions: Iterable[Order]) -> Order:
    """The version that knows of the most filled shares; at equal knowledge the first of ``SOURCES``."""
    return max(versions, key=lambda order: (order.filled, -SOURCES.index(order.source)))


def _merged(versions: Sequence[Order]) -> OrderView:
    best = fullest(versions)
    waits = _waits(versions, best)
    costs = next((order for order in versions if order.commission is not None), best)
    return OrderView(
        best.day,
        best.order_no,
        best.original_order_no,
        best.symbol,
        best.name,
        Side(best.side),
        best.label,
        best.kind,
        best.status,
        best.quantity,
        best.price,
        best.filled,
        best.fill_price,
        best.quantity - best.filled if waits else best.remaining,
        costs.commission,
        costs.tax,
        best.placed_at,
        Venue(best.venue),
        best.routed,
        waits,
    )


def _waits(versions: Sequence[Order], best: Order) -> bool:
    """Open is what ka10075 lists and nobody has seen filled since, or what only the socket has told yet."""
    listed = next((order for order in versions if order.source == "ka10075"), None)
    if listed is not None:
        return best.filled < listed.quantity
    only_heard = all(order.source == "00" for order in versions)
    return only_heard and best.remaining > 0 and best.status in {"접수", "체결"}
