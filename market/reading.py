"""Reading: what the broker's stream and REST snapshots say, as the events browsers receive."""

from kiwoomweb.broker.domain import Book, BookLevel, IndexTick, Quote, SessionEvent, Tick, VenueSizes
from market.events import BookEvent, IndexEvent, Level, OnVenue, QuoteEvent, SessionNews
from market.topics import topic

__all__ = ["book_event", "index_event", "quote_event", "quote_snapshot", "session_news"]


def quote_event(tick: Tick, name: str, heard: int) -> QuoteEvent:
    return QuoteEvent(
        topic=name,
        price=tick.price,
        change=tick.change,
        rate=str(tick.change_rate),
        at=int(tick.at.timestamp()),
        heard=heard,
        size=tick.size,
        side=tick.side,
        volume=tick.volume,
        turnover=tick.turnover,
        open=tick.open,
        high=tick.high,
        low=tick.low,
        strength=None if tick.strength is None else str(tick.strength),
    )


def quote_snapshot(quote: Quote, place: str, at: int, heard: int) -> QuoteEvent | None:
    """A quote asked for by REST; nothing while the broker does not say a price."""
    if quote.price is None:
        return None
    return QuoteEvent(
        topic=topic("quote", place),
        price=quote.price,
        change=quote.change or 0,
        rate=str(quote.change_rate or 0),
        at=at,
        heard=heard,
        volume=quote.volume,
        turnover=quote.turnover,
        open=quote.open,
        high=quote.high,
        low=quote.low,
    )


def book_event(book: Book, name: str, heard: int) -> BookEvent:
    return BookEvent(
        topic=name,
        asks=tuple(level(one) for one in book.asks),
        bids=tuple(level(one) for one in book.bids),
        total_asks=book.total_asks,
        total_bids=book.total_bids,
        at=int(book.at.timestamp()),
        heard=heard,
        expected_price=book.expected_price,
        expected_size=book.expected_size,
        krx=on_venue(book.krx),
        nxt=on_venue(book.nxt),
    )


def level(one: BookLevel) -> Level:
    return one.price, one.size, one.delta


def on_venue(sizes: VenueSizes | None) -> OnVenue | None:
    if sizes is None:
        return None
    return OnVenue(sizes.asks, sizes.bids, sizes.total_asks, sizes.total_bids)


def index_event(tick: IndexTick, heard: int) -> IndexEvent:
    return IndexEvent(
        topic=topic("index", tick.sector),
        level=str(tick.level),
        change=str(tick.change),
        rate=str(tick.change_rate),
        at=int(tick.at.timestamp()),
        heard=heard,
    )


def session_news(event: SessionEvent, heard: int) -> SessionNews:
    return SessionNews(topic="session", code=event.code, at=int(event.at.timestamp()), heard=heard)
