"""Pacing: how fast we may ask. Rates are data; a pacer blocks its caller until the call is allowed.

Kiwoom counts calls per (app key, TR) in a sliding second: 5 on the real host, 1 on the mock (PROTOCOL 4).
We stay a little below, evenly spaced, so that network jitter does not bunch two seconds into one.
"""

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from kiwoomweb.broker.environment import Environment

__all__ = ["RATES", "LocalPacer", "Pacer", "Priority", "Rates"]

#: Waits on a held condition for so many seconds, or until woken.
Pause = Callable[[threading.Condition, float | None], object]


class Priority(IntEnum):
    """Who waits shortest: a person at a page, the regular poll, the history."""

    PERSON = 0
    ROUTINE = 1
    BACKFILL = 2


@dataclass(frozen=True, slots=True)
class Rates:
    """Calls a second: for each TR, for one key in all, and for the TRs with a limit of their own."""

    per_tr: float
    total: float
    own: Mapping[str, float] = field(default_factory=lambda: {"au10001": 0.9, "au10002": 0.9})

    def of(self, tr_id: str) -> float:
        return min(self.per_tr, self.own.get(tr_id, self.per_tr))


#: PROTOCOL 4.4. The simulator speaks the real profile.
RATES = {
    Environment.LIVE: Rates(per_tr=4.0, total=8.0),
    Environment.PAPER: Rates(per_tr=0.9, total=4.0),
    Environment.SIMULATOR: Rates(per_tr=4.0, total=8.0),
}


class Pacer(Protocol):
    """Blocks until a call of this TR with this key is allowed."""

    def wait(self, key_id: str, tr_id: str, priority: Priority) -> None: ...


class LocalPacer:
    """Paces the calls of one process.

    >>> LocalPacer(RATES[Environment.LIVE]).wait("a-key", "ka10075", Priority.ROUTINE)
    """

    def __init__(
        self,
        rates: Rates,
        *,
        now: Callable[[], float] = time.monotonic,
        pause: Pause = threading.Condition.wait,
    ) -> None:
        self._rates, self._now, self._pause = rates, now, pause
        self._gates: dict[tuple[str, str], _Gate] = {}
        self._guard = threading.Lock()

    def wait(self, key_id: str, tr_id: str, priority: Priority) -> None:
        # The key's total first: a queue there may drain fast, and the strict gate, the TR's own, comes last.
        self._gate(key_id, "", self._rates.total).enter(priority)
        self._gate(key_id, tr_id, self._rates.of(tr_id)).enter(priority)

    def _gate(self, key_id: str, tr_id: str, rate: float) -> "_Gate":
        with self._guard:
            name = key_id, tr_id
            if name not in self._gates:
                self._gates[name] = _Gate(1 / rate, self._now, self._pause)
            return self._gates[name]


class _Gate:
    """Lets one caller through every ``interval`` seconds, the most urgent first."""

    def __init__(self, interval: float, now: Callable[[], float], pause: Pause) -> None:
        self._interval, self._now, self._pause = interval, now, pause
        self._next = float("-inf")
        self._queue: list[tuple[int, int]] = []
        self._numbers = itertools.count()
        self._turn = threading.Condition()

    def enter(self, priority: Priority) -> None:
        with self._turn:
            ticket = (int(priority), next(self._numbers))
            heapq.heappush(self._queue, ticket)
            try:
                while self._queue[0] != ticket or self._now() < self._next:
                    self._pause(self._turn, self._next - self._now() if self._queue[0] == ticket else None)
                self._next = max(self._next, self._now()) + self._interval
            finally:
                self._queue.remove(ticket)
                heapq.heapify(self._queue)
                self._turn.notify_all()
