"""Filling: keep the fills of an order equal to what is known of it, each share counted once.

Single executions come from the socket alone (realtime 00); the TRs know only an order's total. Whatever the
total has more than the executions is one aggregate fill, and it shrinks as executions arrive. The result
follows from what is known and not from the order in which it became known.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from orders.models import AGGREGATE, Fill, Order, credit_of
from orders.selectors.blotter import fullest
from orders.services.recording import Ledger, Listing, record

__all__ = ["aggregate", "settle"]


def settle(
    account_id: int, day: date, numbers: Collection[str] | None = None, reply_id: int | None = None
) -> Ledger:
    """Make the aggregate fills of the day's orders right; of all of them, or of those with the ``numbers``."""
    of_day: dict[str, object] = {"account_id": account_id, "day": day}
    if numbers is not None:
        of_day["order_no__in"] = list(numbers)
    told: dict[str, list[Order]] = defaultdict(list)
    for order in Order.objects.current().filter(**of_day).exclude(source="00"):
        told[order.order_no].append(order)
    singles: dict[str, list[Fill]] = defaultdict(list)
    for fill in Fill.objects.current().filter(**of_day).exclude(fill_no=AGGREGATE):
        singles[fill.order_no].append(fill)
    rests = (aggregate(fullest(versions), singles[number]) for number, versions in told.items())
    rows = [fill for fill in rests if fill]
    scope = {**of_day, "fill_no": AGGREGATE}
    return record(Listing("", Fill, account_id, day, rows, scope), sure=True, reply_id=reply_id)


def aggregate(order: Order, singles: Iterable[Fill]) -> Fill | None:
    """The fill that stands for what the order's total has more than its single executions."""
    known = list(singles)
    quantity = order.filled - sum(fill.quantity for fill in known)
    if quantity <= 0:
        return None
    average = order.fill_price or Decimal()
    amount = round(average * order.filled) - sum(fill.amount for fill in known)
    if not known or amount <= 0:  # a total cut to whole won may leave less than nothing
        amount = round(average * quantity)
    return Fill(
        account_id=order.account_id,
        day=order.day,
        order_no=order.order_no,
        fill_no=AGGREGATE,
        symbol=order.symbol,
        name=order.name,
        side=order.side,
        credit=credit_of(order.label),
        quantity=quantity,
        price=Decimal(amount) / quantity if known else average,
        amount=amount,
        filled_at=order.placed_at,
        venue=order.venue,
    )
