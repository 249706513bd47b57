"""Evening: what follows the official session on KRX: 시간외 종가, then 시간외 단일가 or the 애프터마켓.

Since 2026-09-14 the after-market runs where the single-price session was; the TRs of the old session tell of
it. Before that day a single price was struck every ten minutes: here the last one NXT's evening had traded at.
"""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase, Sessions
from kiwoomweb.simulator.boards.parts import parts_of
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Quote
from kiwoomweb.simulator.printing import last_print
from kiwoomweb.simulator.tape import Tape

__all__ = ["ClosingBook", "Evening", "closing_book", "evening_of"]

STRUCK_EVERY = 10
#: Of what NXT trades in an evening, the single-price session trades one part in so many.
QUIETER = 6
#: The closing-price book stirs every so many seconds.
REFRESH = 10


@dataclass(frozen=True, slots=True)
class Evening:
    """``close`` official; ``price`` is the close until the evening has traded. Won and shares."""

    close: int
    price: int
    volume: int
    turnover: int


def evening_of(market: Market, quote: Quote) -> Evening | None:
    """The evening of the board's day as KRX saw it; ``None`` before it begins or where there was no day."""
    day = market.day_at(quote.at)
    tape, hours = market.tape(quote.code, day), market.sessions(day)
    opens = _opens(hours) if hours else None
    if tape is None or tape.bar.halted or opens is None or quote.at < opens:
        return None
    return _single_price(tape, quote) if _has_single_price(hours) else _after_market(tape, quote)


def _opens(hours: Sessions) -> datetime | None:
    evenings = (Phase.SINGLE_PRICE, Phase.AFTER)
    return next((w.opens for w in hours.windows if w.venue is Venue.KRX and w.phase in evenings), None)


def _has_single_price(hours: Sessions | None) -> bool:
    return hours is not None and any(w.phase is Phase.SINGLE_PRICE for w in hours.windows)


def _after_market(tape: Tape, quote: Quote) -> Evening:
    """``quote`` is KRX's."""
    after = parts_of(tape, Venue.KRX, quote.volume, quote.turnover).after
    price = quote.price if after.volume else tape.bar.close
    return Evening(tape.bar.close, price, after.volume, after.turnover)


def _single_price(tape: Tape, quote: Quote) -> Evening:
    at = quote.at if quote.at.date() == tape.bar.day else tape.sessions.closes
    struck = at.replace(minute=at.minute // STRUCK_EVERY * STRUCK_EVERY, second=0, microsecond=0)
    last = last_print(tape, struck, Venue.NXT)
    close = tape.bar.close
    if last is None or last.phase is not Phase.AFTER:
        return Evening(close, close, 0, 0)
    after = parts_of(tape, Venue.NXT, last.volume, last.turnover).after
    return Evening(close, last.price, after.volume // QUIETER, after.turnover // QUIETER)


@dataclass(frozen=True, slots=True)
class ClosingBook:
    """시간외 종가: orders at the close that wait for each other, and their change since the book before."""

    asks: int
    bids: int
    asks_delta: int
    bids_delta: int


def closing_book(seed: int, quote: Quote) -> ClosingBook | None:
    """The book while the closing-price session runs; ``quote`` is KRX's."""
    if quote.phase is not Phase.CLOSING_PRICE or quote.halted:
        return None
    beat = int(quote.at.timestamp()) // REFRESH
    now, before = ([_waiting(seed, quote, side, beat - ago) for side in ("asks", "bids")] for ago in (0, 1))
    return ClosingBook(now[0], now[1], now[0] - before[0], now[1] - before[1])


def _waiting(seed: int, quote: Quote, side: str, beat: int) -> int:
    usual = max(quote.previous_volume // 400, 10)
    stir = crc32(f"{seed}{quote.code}{side}{beat}".encode()) % 300
    habit = crc32(f"{seed}{quote.code}{side}{quote.at.date()}".encode()) % 1_200
    return usual * (200 + habit + stir) // 1_000
