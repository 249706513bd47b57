"""Looks of the board's realtime types: 0A, 0C, 0E, 0H and 0g of a share, 0U of an index (PROTOCOL 8.7)."""

from collections.abc import Mapping
from datetime import datetime

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, directed, eoks, millions, plus
from kiwoomweb.simulator.boards.evening import closing_book
from kiwoomweb.simulator.boards.standing import standing_of
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import Instrument, Quote, percent
from kiwoomweb.simulator.replies.boards.lists import quote_sign
from kiwoomweb.simulator.replies.boards.sectors import of_sector
from kiwoomweb.simulator.replies.names import SUFFIXES
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["best_prices", "breadth_of", "closing_price_book", "indicated", "listed_as", "pointing"]

Values = Mapping[str, Value] | None


def _asked(exchange: Exchange, item: str) -> tuple[Instrument, Venue] | None:
    """The share and the venue of an item; ``None`` for what nobody lists, which stays silent."""
    code, underscore, suffix = item.partition("_")
    about, venue = exchange.instrument(code), SUFFIXES.get(f"{underscore}{suffix}")
    return (about, venue) if about and venue else None


def indicated(exchange: Exchange, item: str) -> Values:
    """0A 주식기세: how a share stands while a session is open in which it has not traded yet."""
    asked = _asked(exchange, item)
    if asked is None:
        return None
    about, venue = asked
    quote = exchange.quote(about.code, venue)
    if quote.phase is None or quote.traded_at is not None:
        return None
    book, base = exchange.depth(about.code, venue), quote.base_price
    return {
        **_price(quote),
        "27": directed(book.asks[0].price, base),
        "28": directed(book.bids[0].price, base),
        "13": quote.volume,
        "14": millions(quote.turnover),
        "16": directed(quote.open, base),
        "17": directed(quote.high, base),
        "18": directed(quote.low, base),
        "26": plus(quote.volume - quote.previous_volume),
        "29": 0,
        "30": plus(percent(quote.volume, quote.previous_volume)),
        "31": percent(quote.volume, about.shares),
        "32": 0,
        "311": eoks(quote.price * about.shares),
        "567": "000000",
        "568": "000000",
    }


def best_prices(exchange: Exchange, item: str) -> Values:
    """0C 주식우선호가: the first step of the book of ka10004."""
    asked = _asked(exchange, item)
    if asked is None:
        return None
    about, venue = asked
    book = exchange.depth(about.code, venue)
    if not (book.total_asks or book.total_bids):
        return None
    base = exchange.quote(about.code, venue).base_price
    return {"27": directed(book.asks[0].price, base), "28": directed(book.bids[0].price, base)}


def closing_price_book(exchange: Exchange, item: str) -> Values:
    """0E 주식시간외호가, while the closing-price session runs; the totals of ka10087."""
    asked = _asked(exchange, item)
    quote = exchange.quote(asked[0].code, Venue.KRX) if asked else None
    book = closing_book(exchange.market.seed, quote) if quote else None
    if quote is None or book is None:
        return None
    # The time stands still with the book, or the book would be told every second.
    told = quote.at.replace(second=quote.at.second // 10 * 10)
    return {
        "21": clock(told),
        "131": book.asks,
        "132": plus(book.asks_delta),
        "135": book.bids,
        "136": plus(book.bids_delta),
    }


def pointing(exchange: Exchange, item: str) -> Values:
    """0H 주식예상체결: where the auction points, as in ka10029 and ka10095."""
    asked = _asked(exchange, item)
    if asked is None:
        return None
    about, venue = asked
    book, quote = exchange.depth(about.code, venue), exchange.quote(about.code, venue)
    if not book.expected_price:
        return None
    base, moved = quote.base_price, book.expected_price - quote.base_price
    rising = book.expected_price >= quote.price
    return {
        "20": clock(quote.at.replace(second=quote.at.second // 5 * 5)),
        "10": directed(book.expected_price, base),
        "11": plus(moved),
        "12": plus(percent(moved, base)),
        "15": plus(book.expected_size if rising else -book.expected_size),
        "13": quote.volume,
        "25": direction(book.expected_price, base, quote.upper_limit, quote.lower_limit),
    }


def listed_as(exchange: Exchange, item: str) -> Values:
    """0g 주식종목정보: the day's limits and base, and how the broker lists the share.

    Nobody's session is prolonged (297, 592, 593) and no ELW ends early (689): 0.
    """
    asked = _asked(exchange, item)
    if asked is None:
        return None
    about, venue = asked
    quote = exchange.quote(about.code, venue)
    base, standing = quote.base_price, standing_of(about)
    return {
        "297": 0,
        "592": 0,
        "593": 0,
        "305": directed(quote.upper_limit, base),
        "306": directed(quote.lower_limit, base),
        "307": base,
        "689": 0,
        "594": "KRW",
        "382": standing.margin,
        "370": standing.words,
    }


def breadth_of(exchange: Exchange, item: str) -> Values:
    """0U 업종등락: the figures of ka20001. Its time is the index's own: it is told when something moved."""
    found = of_sector(exchange, item, _instant(exchange))
    if found is None:
        return None
    index, counted = found
    return {
        "20": clock(index.at),
        "252": counted.risen,
        "251": counted.upper,
        "253": counted.flat,
        "255": counted.fallen,
        "254": counted.lower,
        "13": index.volume,
        "14": index.turnover,
        "10": directed(index.level, index.previous),
        "11": plus(index.change),
        "12": plus(index.change_rate),
        "256": counted.traded,
        "257": counted.traded_rate,
        "25": direction(index.level, index.previous),
    }


def _instant(exchange: Exchange) -> datetime:
    """Now; while the clock runs the second it is in, so that the looks of one beat share a board."""
    now = exchange.now()
    return now if exchange.now() == now else now.replace(microsecond=0)


def _price(quote: Quote) -> dict[str, Value]:
    return {
        "10": directed(quote.price, quote.base_price),
        "11": plus(quote.change),
        "12": plus(quote.change_rate),
        "25": quote_sign(quote),
    }
