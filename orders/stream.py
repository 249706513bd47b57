"""The account's realtime messages about orders (type 00)."""

from kiwoomweb.broker.domain import OrderEvent
from orders.services.hearing import hear

__all__ = ["on_order_event"]


def on_order_event(account_id: int, event: OrderEvent) -> None:
    """주문체결: record it. Safe to call again, late or out of order."""
    hear(account_id, event)
