"""Statements read: everything that was ever said of some orders of a day, from all places it is kept in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q

from kiwoomweb.broker.domain import OrderLine, Side, Symbol, Venue
from orders.models import Evidence, Intent, Order, OrderEvent
from orders.statements import MODIFY, Told, from_answer, from_event, from_line
from orders.states import State
from orders.tickets import Kind

__all__ = ["newest_number", "statements_of"]

#: Order lists the journal reads for itself; its own summary of the socket (00) is no statement of the broker's.
LISTS = ("ka10075", "ka10076", "kt00007")


def statements_of(account_id: int, day: date, numbers: Collection[str]) -> set[Told]:
    """What the socket, the lists and the answers say of these orders and of what changed them."""
    of_day: dict[str, Any] = {"account_id": account_id, "day": day}
    wanted = list(numbers)
    told: set[Told] = set()
    about = Q(order_no__in=wanted) | Q(content__original_order_no__in=wanted)
    for content in OrderEvent.objects.filter(about, **of_day).values_list("content", flat=True):
        told.add(from_event(content))
    listed = Q(order_no__in=wanted) | Q(original_order_no__in=wanted)
    for row in Order.objects.filter(listed, source__in=LISTS, **of_day):
        told.add(from_line(_line(row)))
    about = Q(order_no__in=wanted) | Q(content__original_no__in=wanted)
    for content in Evidence.objects.filter(about, source="list", **of_day).values_list("content", flat=True):
        told.add(Told(**{name: value for name, value in content.items() if name != "intent"}))
    return told | _answers(account_id, day, wanted)


def _answers(account_id: int, day: date, wanted: list[str]) -> set[Told]:
    ours = Intent.objects.filter(account_id=account_id, day=day).exclude(order_no="")
    ours = ours.filter(Q(order_no__in=wanted) | Q(target_no__in=wanted))
    return {from_answer(one.order_no, one.kind, one.target_no, one.quantity or None) for one in ours}


def newest_number(intent: Intent) -> str:
    """The number under which the order an intent wants to change lives now: each change gave it another.

    Follows our own changes of it that have been accepted; the number asked for, when there were none.
    """
    number = intent.target_no
    day = intent.day
    while True:
        changes = Intent.objects.filter(account_id=intent.account_id, target_no=number, kind=Kind.MODIFY)
        child = (
            changes.filter(day=day).exclude(order_no="").exclude(state=State.REJECTED).order_by("-pk").first()
        )
        if child is None or child.pk == intent.pk or not _is_replaced(intent, number):
            return number
        number = child.order_no


def _is_replaced(intent: Intent, number: str) -> bool:
    """Whether nothing of the order waits under its old number."""
    parent = Intent.objects.filter(account_id=intent.account_id, day=intent.day, order_no=number).first()
    if parent is not None:
        return parent.at is State.REPLACED
    return any(one.kind == MODIFY for one in statements_of(intent.account_id, intent.day, [number]))  # type: ignore[arg-type]


def _line(row: Order) -> OrderLine:
    plain = {name: getattr(row, name) for name in OrderLine.__dataclass_fields__}
    return OrderLine(
        **{**plain, "symbol": Symbol(row.symbol), "side": Side(row.side), "venue": Venue(row.venue)}
    )
