"""Facts about orders: every version the broker told, the current one marked."""

from orders.models.event import OrderEvent
from orders.models.execution import Execution, Turnover
from orders.models.fact import Fact, current_once
from orders.models.fill import AGGREGATE, Fill, credit_of
from orders.models.importing import ColumnMapping, ImportBatch, ImportedFill, ImportOverlap
from orders.models.order import Order, SplitOrder
from orders.models.rejected import RejectedRow

__all__ = [
    "AGGREGATE",
    "ColumnMapping",
    "Execution",
    "Fact",
    "Fill",
    "ImportBatch",
    "ImportOverlap",
    "ImportedFill",
    "Order",
    "OrderEvent",
    "RejectedRow",
    "SplitOrder",
    "Turnover",
    "credit_of",
    "current_once",
]
