"""Facts about orders: every version the broker told, the current one marked."""

from orders.models.event import OrderEvent
from orders.models.fact import Fact, current_once
from orders.models.fill import AGGREGATE, Fill, credit_of
from orders.models.order import Order, SplitOrder
from orders.models.rejected import RejectedRow

__all__ = [
    "AGGREGATE",
    "Fact",
    "Fill",
    "Order",
    "OrderEvent",
    "RejectedRow",
    "SplitOrder",
    "credit_of",
    "current_once",
]
