"""The market and the account, as the socket tells of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kiwoomweb.broker.domain.market import Book
from kiwoomweb.broker.domain.orders import OrderEvent
from kiwoomweb.broker.domain.signals import (
    AfterHoursBook,
    BestQuote,
    Breadth,
    ElwFigures,
    ElwTheory,
    EtfNav,
    ExpectedTrade,
    GoldRate,
    Halt,
    Indication,
    Members,
    ProgramTrade,
    ShareFacts,
)
from kiwoomweb.broker.domain.words import Side, Symbol, Won

__all__ = ["BalanceChange", "IndexTick", "RealtimeEvent", "ScreenerEvent", "SessionEvent", "Signal", "Tick"]


@dataclass(frozen=True, slots=True)
class Tick:
    """체결 (0B). ``size`` is unsigned, ``side`` the aggressor; ``symbol`` keeps its _NX or _AL suffix."""

    symbol: str
    at: datetime
    price: Won
    change: Won
    change_rate: Decimal
    size: int
    side: Side | None
    volume: int
    turnover: Won | None
    open: Won
    high: Won
    low: Won
    best_ask: Won | None
    best_bid: Won | None
    strength: Decimal | None


@dataclass(frozen=True, slots=True)
class IndexTick:
    """업종지수 (0J): the level of a sector index, e.g. ``001`` 코스피, ``101`` 코스닥."""

    sector: str
    at: datetime
    level: Decimal
    change: Decimal
    change_rate: Decimal


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """장시작시간 (0s): ``code`` is FID 215, ``at`` the moment, ``remaining`` HHmmss until it happens."""

    code: str
    at: datetime
    remaining: str


@dataclass(frozen=True, slots=True)
class ScreenerEvent:
    """조건검색 (02): a symbol came into a condition (편입) or left it (이탈). ``condition`` is its 일련번호."""

    condition: str
    symbol: Symbol
    entered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class BalanceChange:
    """잔고 (04): one position of the token's account after a fill."""

    symbol: Symbol
    name: str
    quantity: int
    sellable: int
    average_cost: Won
    price: Won
    realised_today: Won | None


#: What comes less often: types 0A, 0C, 0E, 0F, 0G, 0H, 0I, 0U, 0g, 0m, 0u, 0w and 1h.
Signal = (
    Indication
    | BestQuote
    | AfterHoursBook
    | Members
    | EtfNav
    | ExpectedTrade
    | GoldRate
    | Breadth
    | ShareFacts
    | ElwTheory
    | ElwFigures
    | ProgramTrade
    | Halt
)
RealtimeEvent = Tick | Book | IndexTick | SessionEvent | ScreenerEvent | OrderEvent | BalanceChange | Signal
