"""Orders as the formulas of order quality see them: what was sent, amended, cancelled and filled."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Min

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side
from orders.models import AGGREGATE, Fill
from orders.selectors.blotter import OrderView, orders_between
from portfolio.analytics.inside.orders import Sent

__all__ = ["sent_between"]

#: A question about orders reaches so far back: older orders say little about how one trades now.
REACH = timedelta(days=400)
Key = tuple[date, str]


def sent_between(account: Account, first: date | None, last: date) -> list[Sent]:
    """The orders of the span; an order and its amendments are one. Quotes are not on record."""
    first = max(first, last - REACH) if first else last - REACH
    chains: dict[Key, list[OrderView]] = defaultdict(list)
    roots: dict[Key, str] = {}
    for order in sorted(orders_between(account, first, last), key=lambda order: (order.day, order.order_no)):
        above = order.original_order_no
        root = roots.get((order.day, above), above) if above.strip("0") else order.order_no
        roots[order.day, order.order_no] = root
        chains[order.day, root].append(order)
    times = _first_fills(account, first, last)
    made = (_sent(key, number, chain, times) for number, (key, chain) in enumerate(chains.items()))
    return [sent for sent in made if sent]


def _sent(key: Key, number: int, chain: list[OrderView], times: dict[Key, datetime]) -> Sent | None:
    start = chain[0]
    if start.placed_at is None:
        return None
    filled = sum(order.filled for order in chain)
    paid = sum(((order.fill_price or Decimal(0)) * order.filled for order in chain), Decimal())
    fills = [times[start.day, one.order_no] for one in chain if (start.day, one.order_no) in times]
    return Sent(
        number,
        1 if start.side is Side.BUY else -1,
        start.quantity,
        filled,
        paid / filled if filled else None,
        start.placed_at,
        min(fills, default=None),
        limits=tuple(Decimal(order.price) for order in chain if order.price),
        cancelled=_is_cancelled(chain, filled),
    )


def _is_cancelled(chain: Iterable[OrderView], filled: int) -> bool:
    orders = list(chain)
    return any("취소" in order.label for order in orders) or (not filled and not any(o.is_open for o in orders))


def _first_fills(account: Account, first: date, last: date) -> dict[Key, datetime]:
    """When each order's first execution came; an aggregate carries the order's own time and tells nothing."""
    fills = Fill.objects.current().filter(account=account, day__range=(first, last), filled_at__isnull=False)
    told = fills.exclude(fill_no=AGGREGATE).order_by().values_list("day", "order_no")
    return {(day, order): at for day, order, at in told.annotate(at=Min("filled_at"))}
