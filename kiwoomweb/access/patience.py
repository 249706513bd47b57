"""Patience with guesses: buckets that refill, never a lock, and one of their own for devices we know.

A guess takes a token; who guessed right gets it back. Strangers share the buckets of their machine and of the
account they knock at. A device that has signed in to that account before has a bucket to itself: whoever floods
the others, from however many machines, does not stand in its way.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.internal import ratelimit
from django.http import HttpRequest

__all__ = ["RATES", "TooMany", "guessing", "take"]

#: ``amount/seconds/what``: per machine (ip), per account or device (key).
RATES = {
    "login_stranger": "10/60s/ip,5/300s/key",
    "login_device": "10/300s/key",
    "factor_stranger": "20/60s/ip,5/300s/key",
    "factor_device": "10/300s/key",
    "prove": "10/300s/key",
    "passkey": "20/60s/ip",
}


class TooMany(Exception):
    """The bucket is empty: wait five minutes."""


@contextmanager
def guessing(request: HttpRequest, action: str, key: str) -> Iterator[None]:
    """Take a token of ``action`` for ``key``; it is given back unless the body raises. Raises ``TooMany``."""
    usage = take(request, action, key)
    yield
    usage.rollback()


def take(request: HttpRequest, action: str, key: str) -> "ratelimit.RateLimitUsage":
    """A token, to be given back with ``rollback()``. Raises ``TooMany``."""
    usage = ratelimit.consume(
        request, app="kiwoomweb.access", action=action, config=RATES, key=key, limit_get=True
    )
    if usage is None:
        raise TooMany
    return usage
