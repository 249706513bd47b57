"""Ticks and books for tests, with only what a test cares about."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from kiwoomweb.broker.domain import SEOUL, Book, BookLevel, Side, Tick, Won

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=SEOUL)


def tick(price: int = 72_400, volume: int = 1_000, symbol: str = "005930_AL", **rest: Any) -> Tick:
    values = {
        "symbol": symbol,
        "at": NOON,
        "price": Won(price),
        "change": Won(700),
        "change_rate": Decimal("0.98"),
        "size": 12,
        "side": Side.BUY,
        "volume": volume,
        "turnover": Won(price * volume),
        "open": Won(71_600),
        "high": Won(72_700),
        "low": Won(71_400),
        "best_ask": Won(price + 100),
        "best_bid": Won(price),
        "strength": Decimal("132.40"),
    }
    return Tick(**{**values, **rest})


def book(best_ask: int = 72_500, symbol: str = "005930_AL") -> Book:
    asks = tuple(BookLevel(Won(best_ask + 100 * n), 1_000 + n, n) for n in range(10))
    bids = tuple(BookLevel(Won(best_ask - 100 - 100 * n), 2_000 + n, -n) for n in range(10))
    return Book(symbol, NOON, asks, bids, 10_045, 20_045, None, None)
