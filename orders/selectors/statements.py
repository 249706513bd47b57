"""Statements read: everything that was ever said of some orders of a day, from all places it is kept in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import CharField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from kiwoomweb.broker.domain import OrderLine, Side, Symbol, Venue
from kiwoomweb.prepared import PreparedFor
from orders.models import Evidence, Intent, Order, OrderEvent
from orders.statements import MODIFY, Told, from_answer, from_event, from_line
from orders.states import State
from orders.tickets import Kind

__all__ = ["newest_number", "statements_of"]

#: Order lists the journal reads for itself; its own summary of the socket (00) is no statement of the broker's.
LISTS = ("ka10075", "ka10076", "kt00007")


def statements_of(account_id: int, day: date, numbers: Collection[str]) -> set[Told]:
    """What the socket, the lists and the answers say of these orders and of what changed them."""
    of_day: dict[str, Any] = {"account": account_id, "day": day}
    wanted = list(numbers)
    told = {from_event(content) for content in _events.rows(wanted, **of_day)}
    told |= {from_line(_line(row)) for row in _listed.rows(wanted, **of_day)}
    for content in _evidence.rows(wanted, **of_day):
        told.add(Told(**{name: value for name, value in content.items() if name != "intent"}))
    answers = _answers.rows(wanted, **of_day)
    return told | {from_answer(number, kind, target, asked or None) for number, kind, target, asked in answers}


def _text(path: str) -> Cast:
    """A part of a JSON column as text, to be compared with text."""
    return Cast(KT(path), CharField())


_events = PreparedFor(
    lambda wanted, account, day: (
        OrderEvent.objects.alias(original=_text("content__original_order_no"))
        .filter(Q(order_no__in=wanted) | Q(original__in=wanted), account=account, day=day)
        .values_list("content", flat=True)
    ),
    account=int,
    day=date,
)
_listed = PreparedFor(
    lambda wanted, account, day: Order.objects.filter(
        Q(order_no__in=wanted) | Q(original_order_no__in=wanted), source__in=LISTS, account=account, day=day
    ),
    account=int,
    day=date,
)
_evidence = PreparedFor(
    lambda wanted, account, day: (
        Evidence.objects.alias(original=_text("content__original_no"))
        .filter(Q(order_no__in=wanted) | Q(original__in=wanted), source="list", account=account, day=day)
        .values_list("content", flat=True)
    ),
    account=int,
    day=date,
)
_answers = PreparedFor(
    lambda wanted, account, day: (
        Intent.objects.filter(Q(order_no__in=wanted) | Q(target_no__in=wanted), account=account, day=day)
        .exclude(order_no="")
        .values_list("order_no", "kind", "target_no", "quantity")
    ),
    account=int,
    day=date,
)


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
