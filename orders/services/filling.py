"""Filling: keep the fills of a day equal to what is known of it, each share counted once.

    heard        single executions from the socket (realtime 00)
    booked       single executions listed afterwards (kt00009), where the socket has not told the same number
    the rest     what an order's total has more than its executions: one aggregate fill, less with each of them

Totals come with averages cut to whole won; exact sums of the day (``Turnover``) give aggregates back what the
cut took. The result follows from what is known and not from the order in which it became known.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from orders.models import AGGREGATE, Execution, Fill, Order, OrderEvent, Turnover, credit_of
from orders.selectors.blotter import fullest
from orders.services.exacting import exact
from orders.services.giving_way import give_way
from orders.services.recording import Ledger, Listing, record

__all__ = ["aggregate", "settle"]


def settle(
    account_id: int, day: date, numbers: Collection[str] | None = None, reply_id: int | None = None
) -> Ledger:
    """Make the fills of the day right that the socket has not told: of all orders, or of those ``numbers``.

    Imported fills give way first to what the broker tells of them.
    A day with exact sums is always settled whole: the sums speak of all its orders.
    """
    gone = give_way(account_id, day)
    of_day: dict[str, Any] = {"account_id": account_id, "day": day}
    sums = list(Turnover.objects.current().filter(**of_day))
    if numbers is not None and not sums:
        of_day["order_no__in"] = list(numbers)
    known = _Known.of(of_day)
    singles = known.singles()
    rests = []
    for number, versions in _told(of_day).items():
        order = fullest(versions)
        if rest := aggregate(order, singles[number]):
            rests.append((rest, order.filled))
    everything = [fill for fills in singles.values() for fill in fills]
    exact(rests, everything, sums)
    rows = [fill for fill in everything if fill.pk is None] + [rest for rest, _ in rests]
    scope = of_day | {"pk__in": known.derived}
    ledger = record(Listing("", Fill, account_id, day, rows, scope), sure=True, reply_id=reply_id)
    return ledger + Ledger(gone=gone)


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


def _told(of_day: Mapping[str, Any]) -> dict[str, list[Order]]:
    told: dict[str, list[Order]] = defaultdict(list)
    for order in Order.objects.current().filter(**of_day).exclude(source="00"):
        told[order.order_no].append(order)
    return told


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of single executions: fills that others told, the keys of those derived here, the books."""

    heard: tuple[Fill, ...]
    derived: tuple[int, ...]
    booked: tuple[Execution, ...]

    @classmethod
    def of(cls, of_day: Mapping[str, Any]) -> "_Known":
        listed = list(Execution.objects.filter(**of_day))
        ours = {(one.order_no, one.fill_no) for one in listed}
        if ours:
            events = OrderEvent.objects.filter(**of_day).exclude(fill_no="")
            ours -= {(order, _number(fill)) for order, fill in events.values_list("order_no", "fill_no")}
        fills = list(Fill.objects.current().filter(**of_day))
        derived = [one for one in fills if one.is_aggregate or (one.order_no, one.fill_no) in ours]
        return cls(
            tuple(one for one in fills if one not in derived),
            tuple(one.pk for one in derived),
            tuple(one for one in listed if one.superseded_at is None),
        )

    def singles(self) -> dict[str, list[Fill]]:
        """Single executions by order, those derived from the books without a primary key.

        An order's booked executions count only when every one the socket told is among them: else the two
        number differently, or the list is older, and counting both would count shares twice.
        """
        singles: dict[str, list[Fill]] = defaultdict(list)
        for fill in self.heard:
            singles[fill.order_no].append(fill)
        booked: dict[str, list[Execution]] = defaultdict(list)
        for execution in self.booked:
            booked[execution.order_no].append(execution)
        for number, executions in booked.items():
            heard = {_number(fill.fill_no) for fill in singles[number]}
            if heard <= {one.fill_no for one in executions}:
                singles[number] += [_fill(one) for one in executions if one.fill_no not in heard]
        return singles


def _number(fill_no: str) -> str:
    """체결번호 without its padding, which the socket and the books write differently."""
    return fill_no.lstrip("0")


def _fill(one: Execution) -> Fill:
    return Fill(
        account_id=one.account_id,
        day=one.day,
        order_no=one.order_no,
        fill_no=one.fill_no,
        symbol=one.symbol,
        name=one.name,
        side=one.side,
        credit=one.credit,
        quantity=one.quantity,
        price=one.price,
        amount=round(one.price * one.quantity),
        filled_at=one.filled_at,
        venue=one.venue,
    )
