"""Orders and their executions as the ledger keeps them: frozen, replaced when something happens to them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.lots import Lot

__all__ = ["Action", "Fill", "Order", "OrderState"]


class Action(StrEnum):
    """What an order number stands for: a new order, or the modification or cancellation of another."""

    NEW = "신규"
    MODIFY = "정정"
    CANCEL = "취소"


class OrderState(StrEnum):
    """``CONFIRMED`` is for modifications and cancellations, ``EXPIRED`` for day orders after hours."""

    OPEN = "접수"
    FILLED = "체결"
    CONFIRMED = "확인"
    CANCELLED = "취소"
    EXPIRED = "만료"
    REJECTED = "거부"


@dataclass(frozen=True, slots=True)
class Fill:
    """체결: one execution of one of our orders, of one lot. ``number`` is exchange-wide and unique per day."""

    day: date
    order_no: str
    number: int
    code: str
    side: Side
    at: datetime
    price: int
    quantity: int
    venue: Venue
    loan: date | None = None

    @property
    def amount(self) -> int:
        return self.price * self.quantity

    @property
    def lot(self) -> Lot:
        return Lot(self.code, self.loan)


@dataclass(frozen=True, slots=True)
class Order:
    """주문. ``kind`` is the ``trde_tp`` code ("0", "3" …); ``price`` is 0 for market orders.

    ``original`` is the number the modification or cancellation named ("0000000" for a new order), ``root`` the
    first number of the chain (모주문). ``remaining`` still waits for fills. ``confirmed`` is 확인수량 of a
    modification or cancellation. ``commission`` and ``tax`` are this order's own so far (ka10076).
    ``channel`` is 통신구분: "REST API", "영웅문S#" … ``loan`` is 대출일 of a credit order; a sale of all loans
    (융자합) names none.
    """

    day: date
    number: str
    original: str
    root: str
    code: str
    side: Side
    action: Action
    kind: str
    quantity: int
    price: int
    stop_price: int
    venue: Venue
    channel: str
    placed_at: datetime
    remaining: int
    state: OrderState
    confirmed: int = 0
    confirmed_at: datetime | None = None
    fills: tuple[Fill, ...] = ()
    commission: int = 0
    tax: int = 0
    credit: Credit = Credit.CASH
    loan: date | None = None

    @property
    def lot(self) -> Lot:
        """What the order buys or sells; a sale of all loans picks its lots when it is filled."""
        return Lot(self.code, self.loan)

    @property
    def filled(self) -> int:
        return sum(fill.quantity for fill in self.fills)

    @property
    def amount(self) -> int:
        """체결누계금액."""
        return sum(fill.amount for fill in self.fills)

    @property
    def average_price(self) -> Decimal:
        """Average of the fills, 0 when there is none."""
        return Decimal(self.amount) / self.filled if self.fills else Decimal(0)

    @property
    def is_open(self) -> bool:
        return self.remaining > 0 and self.state is OrderState.OPEN
