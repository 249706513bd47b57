"""Topics: what a page can follow, and which realtime registrations feed it.

A topic is ``kind:place``. A place is a share on the venues the account usually watches (``005930``) or on one
of them (``005930@KRX``, ``005930@NXT``), a sector (``index:001``), a fund, a warrant, gold. Two topics have no
place: ``session`` (장운영) and ``vi`` (every VI발동/해제); ``vi:005930`` is the latest of one share.
"""

from collections.abc import Iterable

from kiwoomweb.broker.environment import Environment

__all__ = [
    "ALWAYS",
    "INDEXES",
    "ITEM_LIMIT",
    "OF_SHARES",
    "VENUES",
    "VENUE_SUFFIX",
    "is_topic",
    "item_of",
    "kind_of",
    "place_of",
    "place_of_item",
    "places_in",
    "symbol_of",
    "topic",
    "types_for",
]

#: The broker holds at most 200 distinct items per socket (PROTOCOL 4.5); types of one item count once.
ITEM_LIMIT = 200

#: Shares are watched on all venues together (KRX and NXT, 08:00-20:00); 모의투자 knows only the KRX.
VENUE_SUFFIX = {Environment.LIVE: "_AL", Environment.SIMULATOR: "_AL", Environment.PAPER: ""}

#: A single venue and what the broker adds to the code for it.
VENUES = {"KRX": "", "NXT": "_NX"}

#: 코스피 and 코스닥, shown on every page.
INDEXES = ("001", "101")

#: The realtime type that feeds a kind of topic about a share, which trades on venues.
OF_SHARES = {
    "quote": "0B",
    "prints": "0B",
    "book": "0D",
    "best": "0C",
    "expected": "0H",
    "after": "0E",
    "firms": "0F",
    "program": "0w",
    "facts": "0g",
    "indication": "0A",
}
#: The same for what is one thing wherever it trades: sectors, funds, warrants, gold.
OF_OTHERS = {"index": "0J", "breadth": "0U", "nav": "0G", "theory": "0m", "ratios": "0u", "gold": "0I"}

#: Topics without a place.
BARE = ("session", "vi")

#: Registered on every socket; none but the indexes takes an item slot. The account types arrive whatever the
#: item, and 1h without one tells of every share.
ALWAYS = frozenset({("00", ""), ("04", ""), ("0s", ""), ("1h", "")} | {("0J", sector) for sector in INDEXES})

LONGEST = 24


def topic(kind: str, place: str) -> str:
    return f"{kind}:{place}"


def kind_of(text: str) -> str:
    return text.partition(":")[0]


def place_of(text: str) -> str:
    """``005930@NXT`` of ``book:005930@NXT``; empty for what has no place."""
    return text.partition(":")[2]


def symbol_of(text: str) -> str:
    """``005930`` of ``book:005930@NXT``; empty for what has no place."""
    return place_of(text).partition("@")[0]


def is_topic(text: object) -> bool:
    """Whether a browser may follow this: a known kind and a plausible place."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return False
    if text in BARE:
        return True
    kind, _, place = text.partition(":")
    symbol, at, venue = place.partition("@")
    if at and (kind not in OF_SHARES or venue not in VENUES):
        return False
    return (kind in OF_SHARES or kind in OF_OTHERS or kind == "vi") and symbol.isascii() and symbol.isalnum()


def item_of(text: str, usual: str = "") -> str:
    """What the broker calls the place of a topic; ``usual`` is the suffix of an account's usual venue."""
    symbol, at, venue = place_of(text).partition("@")
    if kind_of(text) not in OF_SHARES:
        return symbol
    return symbol + (VENUES[venue] if at else usual)


def place_of_item(item: str, usual: str = "") -> str:
    """The place of an item: ``005930_AL`` and whatever has the usual suffix is the share itself."""
    symbol, _, suffix = item.partition("_")
    if suffix == "AL" or f"_{suffix}" == usual or not (suffix or usual):
        return symbol
    return f"{symbol}@{'NXT' if suffix else 'KRX'}"


def places_in(topics: Iterable[str]) -> list[str]:
    """Where shares are followed, each place once, in order; sectors and the session are no shares."""
    return list(dict.fromkeys(place_of(text) for text in topics if kind_of(text) in OF_SHARES))


def types_for(text: str, usual: str = "") -> set[tuple[str, str]]:
    """The (realtime type, item) pairs that feed a topic; a VI is heard of without an item."""
    kind = kind_of(text)
    if kind in {"session", "vi"}:
        return set()
    type_ = OF_SHARES.get(kind) or OF_OTHERS.get(kind)
    return {(type_, item_of(text, usual))} if type_ else set()
