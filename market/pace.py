"""Pace: how many frames a second the pages of an account want, told to the stream process through Valkey.

As with demand, each server process says what it wants for another while; whoever stops saying so is forgotten.
"""

from time import time

from market.frames import RATE, within_bounds
from market.valkey import pace_key, valkey

__all__ = ["ask_for", "asked_for"]

#: Seconds a wish lasts when nobody repeats it.
LASTS = 15


async def ask_for(code: str, rate: float) -> None:
    """Some page of this process wants so many frames a second. The usual need not be asked for."""
    if rate > RATE:
        await valkey().zadd(pace_key(code), {f"{rate:g}": time() + LASTS})


async def asked_for(code: str) -> float:
    """The frames a second that are enough for everybody."""
    now = time()
    wishes = await valkey().zrangebyscore(pace_key(code), now, "+inf")
    return max([float(RATE), *(within_bounds(float(str(wish))) for wish in wishes)])
