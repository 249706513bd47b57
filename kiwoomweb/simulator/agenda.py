"""The agenda: what will happen at which virtual instant, in an order that never depends on how time is cut."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

__all__ = ["Agenda"]

Act = Callable[[datetime], None]


class Agenda:
    """Acts by instant; at one instant first the exchange's own, then orders from outside, each as entered."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, bool, int, Act]] = []
        self._entered = count()

    def enter(self, at: datetime, act: Act, *, from_outside: bool = False) -> None:
        heappush(self._heap, (at, from_outside, next(self._entered), act))

    def play(self, upto: datetime) -> None:
        """Do everything due at or before ``upto``; acts may enter further acts."""
        while self._heap and self._heap[0][0] <= upto:
            at, _, _, act = heappop(self._heap)
            act(at)
