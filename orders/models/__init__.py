"""Facts about orders, every version the broker told; and our own orders, from the decision on."""

from orders.models.approval import Approval
from orders.models.command import Command
from orders.models.event import OrderEvent
from orders.models.evidence import Evidence
from orders.models.execution import Execution, Turnover
from orders.models.exit import Exit
from orders.models.fact import Fact, as_known, current_once
from orders.models.fill import AGGREGATE, Fill, credit_of
from orders.models.halt import Halt
from orders.models.importing import ColumnMapping, ImportBatch, ImportedFill, ImportOverlap
from orders.models.intent import Intent
from orders.models.lane import Lane, OrderProcess
from orders.models.limits import AccountLimits, DayLock, LimitChange, MemberLimits
from orders.models.order import Order, SplitOrder
from orders.models.rejected import RejectedRow
from orders.models.reservation import Reservation
from orders.models.standing import AccountStanding

__all__ = [
    "AGGREGATE",
    "AccountLimits",
    "AccountStanding",
    "Approval",
    "ColumnMapping",
    "Command",
    "DayLock",
    "Evidence",
    "Execution",
    "Exit",
    "Fact",
    "Fill",
    "Halt",
    "ImportBatch",
    "ImportOverlap",
    "ImportedFill",
    "Intent",
    "Lane",
    "LimitChange",
    "MemberLimits",
    "Order",
    "OrderEvent",
    "OrderProcess",
    "RejectedRow",
    "Reservation",
    "SplitOrder",
    "Turnover",
    "as_known",
    "credit_of",
    "current_once",
]
