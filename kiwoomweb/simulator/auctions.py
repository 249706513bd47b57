"""Auctions: what one would trade at if it ended now (예상체결): a price that feels its way to the real one.

The indication leans from where the auction starts (base price, last trade) to where it will end (open, close),
stirs every few seconds and calms down; its size grows to what the auction will trade.
"""

from datetime import date
from zlib import crc32

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Quote
from kiwoomweb.simulator.tape import Tape

__all__ = ["expected_in"]

AUCTIONS = (Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION)
#: An indication stands for so many seconds.
BEAT = 5
#: How far it strays at the beginning, in thousandths.
STRAY = 9


def expected_in(market: Market, quote: Quote) -> tuple[int, int]:
    """(won, shares) of the auction that runs at the quote's instant; zeros where none does."""
    if quote.phase not in AUCTIONS or quote.halted:
        return 0, 0
    day: date = quote.at.date()
    hours, tape = market.sessions(day), market.tape(quote.code, day)
    if hours is None or tape is None or market.day_at(quote.at) != day:
        return quote.price, 1
    window = next(w for w in hours.windows if w.phase is quote.phase and w.venue is Venue.KRX)
    come = (quote.at - window.opens) / (window.closes - window.opens)
    price, size = _ending(tape, quote)
    luck = crc32(f"{tape.name}{int(quote.at.timestamp()) // BEAT}".encode())
    stray = (luck % (2 * STRAY + 1) - STRAY) * (1 - come) / 1_000
    raw = (quote.price + (price - quote.price) * come**0.5) * (1 + stray)
    lower, upper = market.grid(quote.code).limits(quote.base_price)
    found = min(max(lower, market.grid(quote.code).snap(raw)), upper)
    return found, max(int(size * (0.05 + 0.95 * come) * (0.9 + luck // 64 % 100 / 1_000)), 1)


def _ending(tape: Tape, quote: Quote) -> tuple[int, int]:
    """The price and size the auction will have."""
    bar = tape.official[0 if quote.phase is Phase.OPENING_AUCTION else len(tape.official) - 1]
    return (bar.open, bar.volume) if quote.phase is Phase.OPENING_AUCTION else (tape.bar.close, bar.volume)
