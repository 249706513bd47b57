"""Orders of today and of past days, as the orders app lists them."""

from kiwoomweb.broker.asking import Broker
from orders.models import Order
from orders.services import listing
from orders.services.recording import Listing
from portfolio.services.reading.question import Question

__all__ = ["filled", "open_now", "placed_on", "split"]


def open_now(broker: Broker, question: Question) -> list[Listing]:
    """미체결 (ka10075)."""
    return [listing.open_now(broker, question.account_id, question.day)]


def filled(broker: Broker, question: Question) -> list[Listing]:
    """당일 체결 (ka10076)."""
    return [listing.filled(broker, question.account_id, question.day)]


def placed_on(broker: Broker, question: Question) -> list[Listing]:
    """주문·체결 내역 (kt00007)."""
    return [listing.placed_on(broker, question.account_id, question.day)]


def split(broker: Broker, question: Question) -> list[Listing]:
    """분할주문 (ka10088) of every open order that the router may have split."""
    parents = Order.objects.current().filter(
        account_id=question.account_id, day=question.day, source="ka10075", routed=True
    )
    numbers = sorted(parents.values_list("order_no", flat=True))
    return [listing.split(broker, question.account_id, question.day, numbers)] if numbers else []
