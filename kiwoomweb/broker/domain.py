"""What the broker tells us, in the trader's words: frozen values that cross every boundary of the project.

Won are ``int`` (type ``Won``), averages and rates ``Decimal``, days ``date`` and moments aware ``datetime``
in ``SEOUL``. ``None`` means the broker did not say; it is never shown as zero. Rates are percent as the
broker gives them (``Decimal("1.52")`` is 1.52 %). Prices are unsigned; changes and profits carry their sign.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

Won = NewType("Won", int)
Symbol = NewType("Symbol", str)

SEOUL = ZoneInfo("Asia/Seoul")


class Side(StrEnum):
    BUY = "buy"
    SELL = "sell"


class Venue(StrEnum):
    """거래소구분. ``ALL`` is 통합, used when the broker names no single venue."""

    KRX = "KRX"
    NXT = "NXT"
    SOR = "SOR"
    ALL = "ALL"


class Span(StrEnum):
    """The length of a candle; minutes are given beside it."""

    TICK = "tick"
    MINUTE = "minute"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


# --- the account -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deposit:
    """예수금 (kt00001)."""

    cash: Won
    withdrawable: Won
    buying_power: Won
    d1: Won
    d2: Won


@dataclass(frozen=True, slots=True)
class Holding:
    """One line of 계좌평가잔고내역 (kt00018). ``profit`` is net of both commissions and the selling tax."""

    symbol: Symbol
    name: str
    quantity: int
    sellable: int
    average_cost: Won
    cost: Won
    price: Won
    previous_close: Won
    value: Won
    profit: Won
    return_rate: Decimal
    weight: Decimal
    commission: Won
    tax: Won
    bought_today: int
    sold_today: int
    credit: str
    loan_date: date | None


@dataclass(frozen=True, slots=True)
class Balance:
    """The header and lines of 계좌평가잔고내역 (kt00018)."""

    cost: Won
    value: Won
    profit: Won
    return_rate: Decimal
    estimated_assets: Won
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One line of 계좌수익률 (ka10085): holdings with today's realised result, sold-out ones included."""

    symbol: Symbol
    name: str
    quantity: int
    average_cost: Won
    cost: Won
    price: Won
    realised_today: Won
    commission_today: Won
    tax_today: Won
    credit: str
    loan_date: date | None


@dataclass(frozen=True, slots=True)
class RealisedDay:
    """One line of 일자별실현손익 (ka10074). A day with buys only has no line."""

    day: date
    bought: Won
    sold: Won
    realised: Won
    commission: Won
    tax: Won


@dataclass(frozen=True, slots=True)
class RealisedPeriod:
    """Header and lines of 일자별실현손익 (ka10074). The header covers the whole range asked for."""

    bought: Won
    sold: Won
    realised: Won
    commission: Won
    tax: Won
    days: tuple[RealisedDay, ...]


@dataclass(frozen=True, slots=True)
class RealisedSale:
    """One sale of ka10072 / ka10073 / ka10077. Two equal sales give two equal lines; both count.

    ``realised`` is to the nearest won of what may be a fraction on the wire. ``commission`` holds both legs
    (the buy's share too). ``day`` is ``None`` where the TR does not say it (ka10072, ka10077): the caller asked
    for one day and knows it.
    """

    day: date | None
    symbol: Symbol
    name: str
    quantity: int
    buy_price: Decimal
    sell_price: Decimal
    realised: Won
    return_rate: Decimal
    commission: Won
    tax: Won
    credit: str
    loan_date: date | None


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One stock of 당일매매일지 (ka10170)."""

    symbol: Symbol
    name: str
    bought_quantity: int
    bought_average: Decimal
    bought: Won
    sold_quantity: int
    sold_average: Decimal
    sold: Won
    costs: Won
    realised: Won
    return_rate: Decimal


@dataclass(frozen=True, slots=True)
class Diary:
    """당일매매일지 of one day (ka10170). ``lines`` is empty on a day without trades."""

    day: date
    bought: Won
    sold: Won
    costs: Won
    settled: Won
    realised: Won
    return_rate: Decimal
    lines: tuple[DiaryLine, ...]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order as the broker lists it (ka10075, ka10076, kt00007, ka10088), with its fills summed up.

    ``placed_at`` is the order time on the day the TR speaks of. ``fill_price`` is the average of the fills,
    zero where
    there are none, ``None`` where the TR does not tell it (ka10088).
    ``commission`` and ``tax`` are this order's own; ``None`` where the TR has no such field (kt00007).
    """

    order_no: str
    original_order_no: str
    symbol: Symbol
    name: str
    side: Side
    label: str
    kind: str
    status: str
    quantity: int
    price: Won
    filled: int
    fill_price: Decimal | None
    remaining: int
    commission: Won | None
    tax: Won | None
    placed_at: datetime | None
    venue: Venue
    routed: bool


# --- the market --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of 종목정보 (ka10099, ka10100)."""

    symbol: Symbol
    name: str
    market: str
    listed: date | None
    shares: int | None
    previous_close: Won | None
    state: str
    sector: str


@dataclass(frozen=True, slots=True)
class Quote:
    """현재가 of one symbol (ka10001, ka10095)."""

    symbol: Symbol
    name: str
    price: Won | None
    change: Won | None
    change_rate: Decimal | None
    open: Won | None
    high: Won | None
    low: Won | None
    previous_close: Won | None
    upper_limit: Won | None
    lower_limit: Won | None
    volume: int | None
    turnover: Won | None
    market_cap: Won | None


@dataclass(frozen=True, slots=True)
class BookLevel:
    price: Won
    size: int
    delta: int


@dataclass(frozen=True, slots=True)
class Book:
    """호가 (ka10004, 0D): ten asks from the best up, ten bids from the best down. ``at`` is 호가시간."""

    symbol: str
    at: datetime
    asks: tuple[BookLevel, ...]
    bids: tuple[BookLevel, ...]
    total_asks: int
    total_bids: int
    expected_price: Won | None
    expected_size: int | None


@dataclass(frozen=True, slots=True)
class Candle:
    """봉 (ka10079-ka10083, ka10094). ``at`` is when the bar begins; ``turnover`` is in won where given.

    ``volume`` is ``None`` where the broker's counter overflowed. A day without trades has no open: zero.
    """

    at: datetime
    open: Won
    high: Won
    low: Won
    close: Won
    volume: int | None
    turnover: Won | None


# --- realtime ----------------------------------------------------------------------------------------------


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
class OrderEvent:
    """주문체결 (00) of the token's account. ``unit_*`` is this execution, ``filled`` the order's total."""

    order_no: str
    original_order_no: str
    symbol: Symbol
    name: str
    status: str
    side: Side
    label: str
    kind: str
    quantity: int
    price: Won
    remaining: int
    filled: int | None
    fill_no: str
    unit_price: Won | None
    unit_size: int | None
    commission: Won | None
    tax: Won | None
    at: datetime
    reason: str
    venue: Venue
    routed: bool


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


RealtimeEvent = Tick | Book | IndexTick | SessionEvent | OrderEvent | BalanceChange
