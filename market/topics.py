"""Topics: what a page can follow, and how many realtime registrations a socket may hold.

A topic is ``kind:symbol``: ``quote:005930`` (price), ``book:005930`` (호가), ``prints:005930`` (every 체결),
``index:001`` (업종지수) and the bare ``session`` (장운영).
"""

from collections.abc import Iterable

from kiwoomweb.broker.environment import Environment

__all__ = [
    "ALWAYS",
    "INDEXES",
    "ITEM_LIMIT",
    "VENUE_SUFFIX",
    "is_topic",
    "symbol_of",
    "symbols_in",
    "topic",
    "types_for",
]

#: The broker holds at most 200 distinct items per socket (PROTOCOL 4.5); types of one item count once.
ITEM_LIMIT = 200

#: Shares are watched on all venues together (KRX and NXT, 08:00-20:00); 모의투자 knows only the KRX.
VENUE_SUFFIX = {Environment.LIVE: "_AL", Environment.SIMULATOR: "_AL", Environment.PAPER: ""}

#: 코스피 and 코스닥, shown on every page.
INDEXES = ("001", "101")

#: Which realtime types feed a topic kind. Account types (00, 04) and the session take no item slot.
TYPES = {"quote": ("0B",), "prints": ("0B",), "book": ("0D",), "index": ("0J",)}

#: Registered on every socket. The account types arrive whatever the item, so it is empty.
ALWAYS = frozenset({("00", ""), ("04", ""), ("0s", "")} | {("0J", sector) for sector in INDEXES})


def topic(kind: str, symbol: str) -> str:
    return f"{kind}:{symbol}"


def is_topic(text: object) -> bool:
    """Whether a browser may follow this: a known kind and a plausible code."""
    if not isinstance(text, str) or len(text) > 24:
        return False
    kind, _, symbol = text.partition(":")
    return text == "session" or (kind in TYPES and symbol.isascii() and symbol.isalnum())


def symbol_of(text: str) -> str:
    """``005930`` of ``book:005930``; empty for the session."""
    return text.partition(":")[2]


def symbols_in(topics: Iterable[str]) -> list[str]:
    """The shares among the topics, each once, in order; sectors and the session are not shares."""
    return list(dict.fromkeys(symbol_of(text) for text in topics if not text.startswith(("index:", "session"))))


def types_for(text: str) -> set[tuple[str, str]]:
    """The (realtime type, item) pairs that feed a topic."""
    kind, _, symbol = text.partition(":")
    return {(type_, symbol) for type_ in TYPES.get(kind, ())}
