"""Parting: how much of a book of both venues waits on the KRX and how much on the NXT.

A pure function of the book and the hour: where one venue is closed all waits on the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import BookLevel, Depth

__all__ = ["Parts", "parted"]

#: Of a hundred shares at a price so many wait on the NXT, from and to.
LEAST, MOST = 15, 40
SHUT = frozenset((None, Phase.CLOSING_PRICE, Phase.SINGLE_PRICE))


@dataclass(frozen=True, slots=True)
class Parts:
    """The sizes of one venue, beside the levels of the book they are parts of."""

    asks: tuple[int, ...]
    bids: tuple[int, ...]


def parted(exchange: Exchange, depth: Depth) -> dict[Venue, Parts]:
    """The parts of a book that was asked for all venues together."""
    open_on = {venue for venue in (Venue.KRX, Venue.NXT) if _is_open(exchange, depth.code, venue)}

    def nxt(levels: Sequence[BookLevel]) -> tuple[int, ...]:
        return tuple(_on_nxt(depth.code, level, open_on) for level in levels)

    asks, bids = nxt(depth.asks), nxt(depth.bids)
    return {Venue.NXT: Parts(asks, bids), Venue.KRX: Parts(_rest(depth.asks, asks), _rest(depth.bids, bids))}


def _on_nxt(code: str, level: BookLevel, open_on: set[Venue]) -> int:
    if Venue.NXT not in open_on:
        return 0
    if Venue.KRX not in open_on:
        return level.size
    share = LEAST + crc32(f"{code}{level.price}".encode()) % (MOST - LEAST)
    return level.size * share // 100


def _rest(levels: Sequence[BookLevel], taken: Sequence[int]) -> tuple[int, ...]:
    return tuple(level.size - size for level, size in zip(levels, taken, strict=True))


def _is_open(exchange: Exchange, code: str, venue: Venue) -> bool:
    quote = exchange.quote(code, venue)
    return not quote.halted and quote.phase not in SHUT
