"""The market, asked for: listings, quotes, the order book, candles."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kiwoomweb.broker.domain.words import Symbol, Won

__all__ = ["Book", "BookLevel", "Candle", "Listing", "Quote", "VenueSizes"]


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
class VenueSizes:
    """What of a book waits on one venue: sizes beside the book's own levels, and the venue's totals."""

    asks: tuple[int | None, ...]
    bids: tuple[int | None, ...]
    total_asks: int | None
    total_bids: int | None


@dataclass(frozen=True, slots=True)
class Book:
    """호가 (ka10004, 0D): ten asks from the best up, ten bids from the best down. ``at`` is 호가시간.

    ``krx`` and ``nxt`` part a book of both venues where the broker does.
    """

    symbol: str
    at: datetime
    asks: tuple[BookLevel, ...]
    bids: tuple[BookLevel, ...]
    total_asks: int
    total_bids: int
    expected_price: Won | None
    expected_size: int | None
    krx: VenueSizes | None = None
    nxt: VenueSizes | None = None


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
