"""Events: the payloads a browser receives, one frozen struct per topic kind.

Won are integers, rates and index levels text (exact, shown as they are). ``at`` is the broker's moment as
epoch seconds, ``heard`` ours as epoch milliseconds: the age of a number is counted from ``heard``.
"""

import msgspec

from market.signal_events import SignalEvent

__all__ = [
    "BookEvent",
    "FeedState",
    "IndexEvent",
    "LiveEvent",
    "OnVenue",
    "Print",
    "PrintsEvent",
    "QuoteEvent",
    "SessionNews",
    "encode",
    "encode_print",
]

#: price, size, change against that price level's last size
Level = tuple[int, int, int]


class QuoteEvent(msgspec.Struct, frozen=True, gc=False):
    """The price of one symbol. ``side`` is the aggressor of the last print, ``None`` in a snapshot."""

    topic: str
    price: int
    change: int
    rate: str
    at: int
    heard: int
    size: int = 0
    side: str | None = None
    volume: int | None = None
    turnover: int | None = None
    open: int | None = None
    high: int | None = None
    low: int | None = None
    strength: str | None = None


class OnVenue(msgspec.Struct, frozen=True, gc=False):
    """What of a book waits on one venue, beside the book's own levels; unknown sizes are ``null``."""

    asks: tuple[int | None, ...]
    bids: tuple[int | None, ...]
    total_asks: int | None
    total_bids: int | None


class BookEvent(msgspec.Struct, frozen=True, gc=False):
    """Ten asks from the best up, ten bids from the best down; 예상체결 in an auction.

    ``krx`` and ``nxt`` part a book of both venues where the broker does.
    """

    topic: str
    asks: tuple[Level, ...]
    bids: tuple[Level, ...]
    total_asks: int
    total_bids: int
    at: int
    heard: int
    expected_price: int | None = None
    expected_size: int | None = None
    krx: OnVenue | None = None
    nxt: OnVenue | None = None


class Print(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One 체결 on the tape; ``number`` counts prints of the symbol so that a page never shows one twice."""

    number: int
    at: int
    price: int
    change: int
    size: int
    side: str | None
    strength: str | None


class PrintsEvent(msgspec.Struct, frozen=True, gc=False):
    """Prints, oldest first: all since the frame before, and at least the newest ten."""

    topic: str
    prints: tuple[Print, ...]
    heard: int


class IndexEvent(msgspec.Struct, frozen=True, gc=False):
    topic: str
    level: str
    change: str
    rate: str
    at: int
    heard: int


class SessionNews(msgspec.Struct, frozen=True, gc=False):
    """장운영: the broker's code (FID 215) and when it spoke."""

    topic: str
    code: str
    at: int
    heard: int


class FeedState(msgspec.Struct, frozen=True):
    """How the broker socket of the account is: ``live``, ``connecting`` or ``lost``.

    ``since`` is epoch seconds of the last change; ``waiting`` are places the 200-item limit keeps out.
    """

    state: str = "connecting"
    since: int = 0
    reason: str = ""
    waiting: tuple[str, ...] = ()


LiveEvent = QuoteEvent | BookEvent | PrintsEvent | IndexEvent | SessionNews | SignalEvent


def encode(event: LiveEvent | FeedState) -> str:
    """The one time an update is written as JSON, for all browsers."""
    return msgspec.json.encode(event).decode()


def encode_print(line: Print) -> str:
    """One line of a tape."""
    return msgspec.json.encode(line).decode()
