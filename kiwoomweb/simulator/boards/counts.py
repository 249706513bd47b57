"""Counts (건수): of how many orders a step of the book is made."""

from zlib import crc32

from kiwoomweb.simulator.market_facts import BookLevel, Depth

__all__ = ["orders_at", "orders_in"]

#: An order is about as large as this part of its step, never smaller than a share.
PARTS = 7


def orders_at(code: str, level: BookLevel) -> int:
    """Orders waiting at one step; none where nothing waits."""
    if not level.size:
        return 0
    habit = 2 + crc32(f"{code}{level.price}".encode()) % (2 * PARTS)
    return min(level.size, max(1, habit + level.size % 3))


def orders_in(depth: Depth) -> tuple[int, int]:
    """(asks, bids) of the whole book."""
    asks, bids = (sum(orders_at(depth.code, level) for level in side) for side in (depth.asks, depth.bids))
    return asks, bids
