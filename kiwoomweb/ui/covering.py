"""Covering: whoever reads an account without its amounts sees •••, wherever an amount becomes text.

The doorkeeper says it once a request (``access.http``); the filters for money, figures and files ask it. What
is anybody's to know, a price or a count, is written with filters of its own (``price``, ``count``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["COVER", "bare", "covering", "is_covered"]

COVER = "•••"
_covered: ContextVar[bool] = ContextVar("amounts are covered", default=False)


def is_covered() -> bool:
    """Whether the reader of this request sees amounts covered."""
    return _covered.get()


@contextmanager
def covering(on: bool) -> Iterator[None]:
    """Inside the block amounts are covered, or not."""
    token = _covered.set(on)
    try:
        yield
    finally:
        _covered.reset(token)


def bare(value: int | None) -> int | None:
    """A number for the browser to reckon with; unknown where the reader must not have it."""
    return None if is_covered() else value
