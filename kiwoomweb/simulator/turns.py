"""Turns: many things to look at about once a second, in little time at once.

A heartbeat looks at what was looked at longest ago, and stops when its time is spent: with more to look at than
that allows, everything is looked at a little less often, and nothing is forgotten.
"""

from collections.abc import Callable, Iterator, Set
from time import monotonic
from typing import Generic, TypeVar

__all__ = ["Turns"]

EVERY_S = 1.0
#: Time one heartbeat may spend, in seconds.
BUDGET_S = 0.02
NEVER = float("-inf")

T = TypeVar("T", str, tuple[str, str])


class Turns(Generic[T]):
    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._looked_at: dict[T, float] = {}

    def due(self, asked: Set[T]) -> Iterator[T]:
        """Whose turn it is, new ones first. What is no longer asked for is forgotten."""
        self._looked_at = {one: at for one, at in self._looked_at.items() if one in asked}
        now = self._clock()
        waited = {one: self._looked_at.get(one, NEVER) for one in asked}
        ready = (one for one, at in waited.items() if now - at >= EVERY_S)
        for one in sorted(ready, key=lambda each: (waited[each], each)):
            self._looked_at[one] = now
            yield one
            if self._clock() - now >= BUDGET_S:
                return

    def took(self, one: T) -> None:
        """Somebody looked at it for another reason: its turn is over."""
        self._looked_at[one] = self._clock()
