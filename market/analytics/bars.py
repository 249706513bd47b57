"""Kept bars as values: packing them small, telling them apart by day, making wider bars out of minutes."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import msgspec

from kiwoomweb.broker.domain import SEOUL, Candle, IndexCandle

__all__ = ["PlainBar", "pack", "plain", "together", "unpack", "wider"]

#: Seoul is nine hours ahead, in seconds: buckets begin with its hours.
SHIFT = 9 * 3600


class PlainBar(NamedTuple):
    """One bar: ``at`` epoch seconds of its beginning, prices in hundredths of a won or of an index point."""

    at: int
    open: int
    high: int
    low: int
    close: int
    volume: int | None

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.at, SEOUL)


def plain(candle: Candle | IndexCandle) -> PlainBar:
    """A day without trades has no open, high or low of its own: it stands at its close."""
    prices = (
        candle.open or candle.close,
        candle.high or candle.close,
        candle.low or candle.close,
        candle.close,
    )
    opened, high, low, close = (int(Decimal(price) * 100) for price in prices)
    return PlainBar(int(candle.at.timestamp()), opened, high, low, close, candle.volume)


def pack(bars: Sequence[PlainBar]) -> bytes:
    """About five bytes a bar: numbers as differences, then deflated."""
    flat: list[int | None] = []
    before = 0
    for at, opened, high, low, close, volume in bars:
        flat += (at - before, close, opened - close, high - close, close - low, volume)
        before = at
    return zlib.compress(msgspec.msgpack.encode(flat), 6)


def unpack(packed: bytes) -> list[PlainBar]:
    """What ``pack`` has packed; nothing of nothing."""
    if not packed:
        return []
    flat = msgspec.msgpack.decode(zlib.decompress(packed), type=list[int | None])
    bars, at = [], 0
    for place in range(0, len(flat), 6):
        step, close, opened, high, low, volume = flat[place : place + 6]
        at += step or 0
        base = close or 0
        bars.append(PlainBar(at, base + (opened or 0), base + (high or 0), base - (low or 0), base, volume))
    return bars


def together(old: Sequence[PlainBar], new: Sequence[PlainBar]) -> list[PlainBar]:
    """Bars of both, oldest first; of the same moment the new one. Not for ticks, which share moments."""
    known = {bar.at: bar for bar in old} | {bar.at: bar for bar in new}
    return [known[at] for at in sorted(known)]


def wider(bars: Iterable[PlainBar], minutes: int) -> list[PlainBar]:
    """Bars of so many minutes out of narrower ones; they begin with Seoul's clock (09:00, 09:15, ...)."""
    if minutes <= 1:
        return list(bars)
    width, made = minutes * 60, list[PlainBar]()
    for bar in bars:
        at = (bar.at + SHIFT) // width * width - SHIFT
        if not made or made[-1].at != at:
            made.append(bar._replace(at=at))
            continue
        last = made[-1]
        volume = None if None in (last.volume, bar.volume) else (last.volume or 0) + (bar.volume or 0)
        made[-1] = PlainBar(at, last.open, max(last.high, bar.high), min(last.low, bar.low), bar.close, volume)
    return made
