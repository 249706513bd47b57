"""Hearing: record what the realtime socket says about an order, once, in whatever order it arrives."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from kiwoomweb.broker import domain
from orders.models import AGGREGATE, Fill, Order, OrderEvent, credit_of
from orders.services.filling import settle
from orders.services.locking import locked
from orders.services.recording import Ledger, Listing, digest_of, record
from orders.signals import fills_recorded

__all__ = ["hear"]

#: In the life of an order a later status never takes back an earlier one.
STATUSES = ("접수", "확인", "체결", "취소", "거부")


def hear(account_id: int, event: domain.OrderEvent) -> Ledger:
    """Take one 주문체결 message. The same message again changes nothing.

    After the commit tells ``fills_recorded`` of new fills.
    """
    with transaction.atomic():
        locked(account_id)
        if not _kept(account_id, event):
            return Ledger(received=1, same=1)
        ledger = _fill(account_id, event) + _order(account_id, event)
        ledger += settle(account_id, event.at.date(), {event.order_no})
        if event.unit_size:
            _tell_fill(account_id, event)
    return ledger


def _tell_fill(account_id: int, event: domain.OrderEvent) -> None:
    symbols = frozenset({str(event.symbol)})
    transaction.on_commit(
        lambda: fills_recorded.send(hear, account_id=account_id, day=event.at.date(), symbols=symbols)
    )


def _kept(account_id: int, event: domain.OrderEvent) -> bool:
    """Put the message into the log; false when it is there already."""
    content = {name: None if value is None else str(value) for name, value in asdict(event).items()}
    _row, made = OrderEvent.objects.get_or_create(
        account_id=account_id,
        day=event.at.date(),
        digest=digest_of(content),
        defaults={
            "order_no": event.order_no,
            "fill_no": event.fill_no,
            "status": event.status,
            "content": content,
            "recorded_at": timezone.now(),
        },
    )
    return made


def _fill(account_id: int, event: domain.OrderEvent) -> Ledger:
    """The single execution the message tells of, if it tells of one."""
    if not (event.unit_size and event.unit_price and event.fill_no):
        return Ledger()
    day = event.at.date()
    fill = Fill(
        account_id=account_id,
        day=day,
        order_no=event.order_no,
        fill_no=event.fill_no,
        symbol=event.symbol,
        name=event.name,
        side=event.side.value,
        credit=credit_of(event.label),
        quantity=event.unit_size,
        price=Decimal(event.unit_price),
        amount=event.unit_price * event.unit_size,
        filled_at=event.at,
        venue=event.venue.value,
    )
    scope = {"account_id": account_id, "day": day, "order_no": event.order_no, "fill_no": event.fill_no}
    return record(Listing("00", Fill, account_id, day, [fill], scope, whole=False))


def _order(account_id: int, event: domain.OrderEvent) -> Ledger:
    """The order as its furthest message describes it; messages may overtake one another."""
    day = event.at.date()
    of_order: dict[str, Any] = {"account_id": account_id, "day": day, "order_no": event.order_no}
    messages = OrderEvent.objects.filter(**of_order).values_list("content", flat=True)
    furthest = max(messages, key=_how_far)
    fills = list(Fill.objects.current().filter(**of_order).exclude(fill_no=AGGREGATE))
    quantity, amount = sum(f.quantity for f in fills), sum(f.amount for f in fills)
    placed = min(message["at"] for message in messages)
    row = Order(
        **of_order,
        source="00",
        original_order_no=furthest["original_order_no"],
        symbol=furthest["symbol"],
        name=furthest["name"],
        side=furthest["side"],
        label=furthest["label"],
        kind=furthest["kind"],
        status=furthest["status"],
        quantity=int(furthest["quantity"]),
        price=int(furthest["price"]),
        filled=max(_number(message["filled"]) for message in messages),
        fill_price=Decimal(amount) / quantity if quantity else Decimal(),
        remaining=int(furthest["remaining"]),
        placed_at=datetime.fromisoformat(placed),
        venue=furthest["venue"],
        routed=furthest["routed"] == "True",
    )
    return record(Listing("00", Order, account_id, day, [row], {**of_order, "source": "00"}, whole=False))


def _how_far(message: dict[str, Any]) -> tuple[int, int, str, str]:
    status = message["status"]
    rank = STATUSES.index(status) if status in STATUSES else -1
    return _number(message["filled"]), rank, message["at"], digest_of(message)


def _number(text: str | None) -> int:
    return int(text or 0)
