"""Demand: what is being followed, told by every server process to the stream process through Valkey.

Each process says "these topics, for another 30 seconds" every ten; whoever stops saying so is forgotten.
Nothing has to be counted down, so a killed process leaves no follower behind.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic, time

from market.topics import ALWAYS, ITEM_LIMIT, kind_of, place_of, topic, types_for
from market.valkey import demand_key, valkey

__all__ = ["LASTS", "Following", "Plan", "followed", "plan", "want"]

#: Seconds a follow lasts when nobody repeats it.
LASTS = 30


async def want(code: str, topics: Iterable[str]) -> None:
    """This process has followers of these topics of the account."""
    until = time() + LASTS
    if wanted := dict.fromkeys(topics, until):
        await valkey().zadd(demand_key(code), wanted)


async def followed(code: str) -> list[str]:
    """Every topic somebody follows now; the forgotten are swept out."""
    now = time()
    pipe = valkey().pipeline(transaction=False)
    pipe.zremrangebyscore(demand_key(code), "-inf", now)
    pipe.zrange(demand_key(code), 0, -1)
    _, topics = await pipe.execute()
    return list(topics)


@dataclass(frozen=True, slots=True)
class Plan:
    """``registrations`` are (realtime type, item) pairs; ``waiting`` are places beyond the item limit."""

    registrations: frozenset[tuple[str, str]]
    waiting: tuple[str, ...]


class Following:
    """Since when each topic has been followed: within a class of importance who came first stays."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def in_order(self, topics: Iterable[str]) -> list[str]:
        """The topics, the longest-followed first; those that are gone begin anew when they come back."""
        now = monotonic()
        self._since = {text: self._since.get(text, now) for text in topics}
        return sorted(self._since, key=lambda text: self._since[text])


def plan(
    essential: Collection[str],
    topics: Iterable[str],
    suffix: str = "",
    recorded: Collection[str] = (),
    limit: int = ITEM_LIMIT,
) -> Plan:
    """Share the broker's item slots: own holdings and open orders, then open order books, then whatever else
    pages show, then what is only recorded.

    ``essential`` are symbols whose price is always wanted; ``topics`` come from :func:`followed`, the
    longest-followed first; ``recorded`` symbols nobody need look at. ``suffix`` names the venue shares are
    watched on (``_AL`` 통합). Nobody waits for what is only recorded.
    """
    slots = {item for _, item in ALWAYS if item}
    chosen: set[tuple[str, str]] = set(ALWAYS)
    waiting: dict[str, None] = {}
    shown = [*_both(essential), *_books_first(list(topics))]
    for text, is_shown in [*((text, True) for text in shown), *((text, False) for text in _both(recorded))]:
        for type_, item in types_for(text, suffix):
            if item in slots or len(slots) < limit:
                slots.add(item)
                chosen.add((type_, item))
            elif is_shown:
                waiting[place_of(text)] = None
    return Plan(frozenset(chosen), tuple(waiting))


def _both(symbols: Iterable[str]) -> Iterator[str]:
    """Price and book: types of one item share its slot."""
    for symbol in symbols:
        yield topic("quote", symbol)
        yield topic("book", symbol)


def _books_first(topics: list[str]) -> list[str]:
    """Everything about a share whose book is open, before shares whose price alone is shown."""
    open_books = {place_of(text) for text in topics if kind_of(text) == "book"}
    return sorted(topics, key=lambda text: place_of(text) not in open_books)
