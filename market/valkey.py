"""The async door to Valkey: one small connection pool per event loop, and the names of the live keys.

Everything here is a hint that may vanish: demand comes back with the next refresh, latest values with the
next tick or snapshot.
"""

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from django.conf import settings

if TYPE_CHECKING:
    from redis.asyncio import Redis

__all__ = ["close_valkey", "demand_key", "latest_key", "pace_key", "valkey"]

_by_loop: "WeakKeyDictionary[asyncio.AbstractEventLoop, Redis]" = WeakKeyDictionary()


def valkey() -> "Redis":
    """The client of the running loop. It connects when first used."""
    loop = asyncio.get_running_loop()
    if loop not in _by_loop:
        from redis.asyncio import Redis

        _by_loop[loop] = Redis.from_url(settings.REDIS_URL, decode_responses=True, socket_timeout=5)
    return _by_loop[loop]


def latest_key(code: str) -> str:
    """A hash: topic -> last update as JSON."""
    return f"live:{code}:latest"


def demand_key(code: str) -> str:
    """A sorted set: topic -> epoch seconds until which somebody follows it."""
    return f"live:{code}:demand"


def pace_key(code: str) -> str:
    """A sorted set: frames a second -> epoch seconds until which somebody wants so many."""
    return f"live:{code}:pace"


async def close_valkey() -> None:
    """Close the running loop's client; the next use opens another."""
    if client := _by_loop.pop(asyncio.get_running_loop(), None):
        await client.aclose()
