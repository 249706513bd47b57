"""Ordering: what an order may be, and what the broker answers when it has taken one."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiwoomweb.broker.domain.words import Venue

__all__ = ["GOLD", "CreditKind", "OrderKind", "Receipt", "is_gold"]

#: 금현물, by code (PROTOCOL 7.1): no list of instruments has them.
GOLD = {"M04020000": "금 99.99_1kg", "M04020100": "미니금 99.99_100g"}


def is_gold(symbol: str) -> bool:
    """Whether the symbol is traded on the gold market, which has order TRs of its own."""
    return symbol in GOLD


class OrderKind(StrEnum):
    """매매구분 (PROTOCOL 7.2), in our words; ``broker.wire.ordering`` knows the codes."""

    LIMIT = "limit"
    MARKET = "market"
    CONDITIONAL = "conditional"
    BEST = "best"
    FIRST = "first"
    LIMIT_IOC = "limit_ioc"
    MARKET_IOC = "market_ioc"
    BEST_IOC = "best_ioc"
    LIMIT_FOK = "limit_fok"
    MARKET_FOK = "market_fok"
    BEST_FOK = "best_fok"
    STOP_LIMIT = "stop_limit"
    MIDPOINT = "midpoint"
    MIDPOINT_IOC = "midpoint_ioc"
    MIDPOINT_FOK = "midpoint_fok"
    BEFORE_OPEN = "before_open"
    AFTER_CLOSE = "after_close"
    SINGLE_PRICE = "single_price"

    @property
    def is_priced(self) -> bool:
        """Whether the order names a limit price; the broker refuses one with any other kind."""
        return self in _PRICED

    @property
    def is_stop(self) -> bool:
        """Whether it waits for a stop price."""
        return self is OrderKind.STOP_LIMIT

    @property
    def is_at_market(self) -> bool:
        """Whether it may fill anywhere up to the day's limit."""
        return self in _AT_MARKET

    @property
    def is_immediate(self) -> bool:
        """IOC and FOK: what does not fill at once is cancelled."""
        return self.value.endswith(("_ioc", "_fok"))

    @property
    def label(self) -> str:
        """The Korean name, as the catalogue has it."""
        return _LABELS[self]


_PRICED = frozenset(
    {
        OrderKind.LIMIT,
        OrderKind.CONDITIONAL,
        OrderKind.LIMIT_IOC,
        OrderKind.LIMIT_FOK,
        OrderKind.STOP_LIMIT,
        OrderKind.SINGLE_PRICE,
    }
)
_AT_MARKET = frozenset({OrderKind.MARKET, OrderKind.MARKET_IOC, OrderKind.MARKET_FOK})
_LABELS = {
    OrderKind.LIMIT: "지정가",
    OrderKind.MARKET: "시장가",
    OrderKind.CONDITIONAL: "조건부지정가",
    OrderKind.BEST: "최유리지정가",
    OrderKind.FIRST: "최우선지정가",
    OrderKind.LIMIT_IOC: "지정가(IOC)",
    OrderKind.MARKET_IOC: "시장가(IOC)",
    OrderKind.BEST_IOC: "최유리(IOC)",
    OrderKind.LIMIT_FOK: "지정가(FOK)",
    OrderKind.MARKET_FOK: "시장가(FOK)",
    OrderKind.BEST_FOK: "최유리(FOK)",
    OrderKind.STOP_LIMIT: "스톱지정가",
    OrderKind.MIDPOINT: "중간가",
    OrderKind.MIDPOINT_IOC: "중간가(IOC)",
    OrderKind.MIDPOINT_FOK: "중간가(FOK)",
    OrderKind.BEFORE_OPEN: "장시작전시간외",
    OrderKind.AFTER_CLOSE: "장마감후시간외",
    OrderKind.SINGLE_PRICE: "시간외단일가",
}


class CreditKind(StrEnum):
    """신용거래구분: LOAN 융자 (a sale names the day of its loan), LOANS 융자합 (all loans of the share)."""

    LOAN = "loan"
    LOANS = "loans"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The broker has taken an order, a change or a cancellation: an entry in its books, not yet a trade.

    ``order_no`` is the new number, ``root_no`` the first of its chain (모주문; blank for a new order).
    ``quantity`` is how many shares a change or a cancellation took, ``None`` where the TR does not say.
    ``raw`` is the answer's body as it came.
    """

    order_no: str
    root_no: str = ""
    quantity: int | None = None
    venue: Venue | None = None
    said: str = ""
    status: int = 200
    raw: bytes = field(default=b"", repr=False)
