"""The smallest words: won and symbols, sides, venues, spans, the zone all of it lives in."""

from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

__all__ = ["SEOUL", "Side", "Span", "Symbol", "Venue", "Won"]

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
