"""Demand: what is being followed, told by every server process to the stream process through Valkey.

Each process says "these topics, for another 30 seconds" every ten; whoever stops saying so is forgotten.
Nothing has to be counted down, so a killed process leaves no follower behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from time import time

from market.topics import ALWAYS, ITEM_LIMIT, place_of, topic, types_for
from market.valkey import demand_key, valkey

__all__ = ["LASTS", "Plan", "followed", "plan", "want"]

#: Seconds a follow lasts when nobody repeats it.
LASTS = 30


async def want(code: str, topics: Iterable[str]) -> None:
    """This process has followers of these topics of the account."""
    until = time() + LASTS
    if wanted := dict.fromkeys(topics, until):
        await valkey().zadd(demand_key(code), wanted)


async def followed(code: str) -> list[str]:
    """Every topic somebody follows now, the longest-lived last; the forgotten are swept out."""
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


def plan(essential: Iterable[str], topics: Iterable[str], suffix: str = "", limit: int = ITEM_LIMIT) -> Plan:
    """Share the broker's item slots: own holdings and open orders first, then what pages follow.

    ``essential`` are symbols whose price is always wanted; ``topics`` come from :func:`followed`. ``suffix``
    names the venue shares are watched on (``_AL`` 통합).
    """
    slots = {item for _, item in ALWAYS if item}
    chosen: set[tuple[str, str]] = set(ALWAYS)
    waiting: dict[str, None] = {}
    for text in [*(topic("quote", symbol) for symbol in essential), *topics]:
        for type_, item in types_for(text, suffix):
            if item not in slots and len(slots) >= limit:
                waiting[place_of(text)] = None
            else:
                slots.add(item)
                chosen.add((type_, item))
    return Plan(frozenset(chosen), tuple(waiting))
