"""Recorded ticks and books as values, and how they lie in columns.

A tick is one 체결 as the socket told it, a book the ten levels a side at one moment. ``at`` is the broker's
moment in epoch seconds, ``heard`` ours in epoch milliseconds.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from market.analytics.bars import PlainBar
from market.analytics.columns import pack, unpack

__all__ = [
    "BookRow",
    "TickRow",
    "bars_of",
    "books_of",
    "minutes_of",
    "pack_books",
    "pack_ticks",
    "ticks_of",
    "wide_books",
    "wide_ticks",
]

LEVELS = 10


class TickRow(NamedTuple):
    """``side``: 1 buyers took it, -1 sellers gave it, 0 the broker did not say; ``volume`` is the day's."""

    at: int
    heard: int
    price: int
    size: int
    side: int
    volume: int


class BookRow(NamedTuple):
    """Prices and sizes from the best away; missing levels are 0. ``expected_price`` 0: no auction."""

    at: int
    heard: int
    asks: tuple[tuple[int, int], ...]
    bids: tuple[tuple[int, int], ...]
    total_asks: int
    total_bids: int
    expected_price: int
    expected_size: int


def pack_ticks(rows: Sequence[TickRow]) -> bytes:
    """About four bytes a tick."""
    return pack(list(zip(*rows, strict=True)))


def ticks_of(packed: bytes) -> list[TickRow]:
    return [TickRow(*row) for row in zip(*unpack(packed), strict=True)]


def pack_books(rows: Sequence[BookRow]) -> bytes:
    """A price lies as its distance from the level before it: nothing, mostly."""
    return pack(list(zip(*map(_flat, rows), strict=True)))


def books_of(packed: bytes) -> list[BookRow]:
    return [_book(row) for row in zip(*unpack(packed), strict=True)]


def wide_ticks(rows: Iterable[TickRow], seconds: int) -> list[TickRow]:
    """One tick for each stretch and side of so many seconds: its last price, all that was traded in it."""
    made: dict[tuple[int, int], TickRow] = {}
    for row in rows:
        key = (row.at // seconds, row.side)
        before = made.get(key)
        made[key] = row._replace(size=row.size + before.size) if before else row
    return sorted(made.values(), key=lambda row: (row.at, row.volume))


def wide_books(rows: Iterable[BookRow], seconds: int) -> list[BookRow]:
    """The last book of each stretch of so many seconds."""
    return list({row.at // seconds: row for row in rows}.values())


def bars_of(rows: Iterable[TickRow]) -> list[PlainBar]:
    """Every tick as a bar of its own, in hundredths of a won."""
    return [PlainBar(row.at, *(row.price * 100,) * 4, row.size) for row in rows]


def minutes_of(rows: Iterable[TickRow]) -> list[PlainBar]:
    """Minute bars of ticks in their order."""
    made: list[PlainBar] = []
    for row in rows:
        at, price = row.at // 60 * 60, row.price * 100
        if not made or made[-1].at != at:
            made.append(PlainBar(at, price, price, price, price, row.size))
            continue
        bar = made[-1]
        volume = (bar.volume or 0) + row.size
        made[-1] = PlainBar(at, bar.open, max(bar.high, price), min(bar.low, price), price, volume)
    return made


def _flat(row: BookRow) -> tuple[int, ...]:
    rest = (row.total_asks, row.total_bids, row.expected_price, row.expected_size)
    return (row.at, row.heard, *_side(row.asks), *_side(row.bids), *rest)


def _side(levels: Sequence[tuple[int, int]]) -> list[int]:
    """Ten distances, then ten sizes."""
    whole = (*levels, *((0, 0),) * (LEVELS - len(levels)))
    prices = [price for price, _ in whole]
    return [prices[0], *(b - a for a, b in pairwise(prices)), *(size for _, size in whole)]


def _book(row: Sequence[int]) -> BookRow:
    asks, bids = row[2 : 2 + 2 * LEVELS], row[2 + 2 * LEVELS : 2 + 4 * LEVELS]
    return BookRow(row[0], row[1], _levels(asks), _levels(bids), *row[2 + 4 * LEVELS :])


def _levels(side: Sequence[int]) -> tuple[tuple[int, int], ...]:
    levels, price = [], 0
    for distance, size in zip(side[:LEVELS], side[LEVELS:], strict=True):
        price += distance
        if price:
            levels.append((price, size))
    return tuple(levels)
