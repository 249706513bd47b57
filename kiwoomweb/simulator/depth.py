"""Depth: the ten-level book behind the last trade. A pure function of the instant, the price and the seed."""

from datetime import datetime
from zlib import crc32

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.auctions import expected_in
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import BookLevel, Depth, Quote
from kiwoomweb.simulator.quoting import quote_at

__all__ = ["LEVELS", "depth_at", "depth_of"]

LEVELS = 10
#: Sizes stand still for this many seconds.
REFRESH = 3
NOTHING = BookLevel(0, 0, 0)


def depth_at(market: Market, code: str, moment: datetime, venue: Venue = Venue.ALL) -> Depth:
    """호가 at this instant; empty on both sides while no session is open or the share is halted."""
    return depth_of(market, quote_at(market, code, moment, venue))


def depth_of(market: Market, quote: Quote) -> Depth:
    if quote.halted or quote.phase in (None, Phase.CLOSING_PRICE, Phase.SINGLE_PRICE):
        return Depth(quote.code, quote.at, (NOTHING,) * LEVELS, (NOTHING,) * LEVELS, 0, 0)
    grid, average = market.grid(quote.code), max(quote.previous_volume // 3_000, 10)
    ask, bid, asks, bids = quote.best_ask, quote.best_bid, [], []
    for _ in range(LEVELS):
        asks.append(_level(market.seed, quote, ask, average) if ask <= quote.upper_limit else NOTHING)
        bids.append(_level(market.seed, quote, bid, average) if bid >= quote.lower_limit else NOTHING)
        ask, bid = grid.up(ask), grid.down(bid)
    return Depth(quote.code, quote.at, tuple(asks), tuple(bids), *expected_in(market, quote))


def _level(seed: int, quote: Quote, price: int, average: int) -> BookLevel:
    beat = int(quote.at.timestamp()) // REFRESH
    size, before = (_size(seed, quote.code, price, beat - ago, average) for ago in (0, 1))
    return BookLevel(price, size, size - before)


def _size(seed: int, code: str, price: int, beat: int, average: int) -> int:
    """A level's size: its own habit, stirred a little every few seconds."""
    habit = crc32(f"{seed}{code}{price}".encode()) % 1_000
    stir = crc32(f"{seed}{code}{price}{beat}".encode()) % 400
    return max(1, average * (300 + habit + stir) // 1_000)
