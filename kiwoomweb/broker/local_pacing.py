"""Pacing within one process: for tests, commands and the time while Valkey is out of reach."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from kiwoomweb.broker.errors import RateLimited
from kiwoomweb.broker.pacing import ALL, ORDERS, Gate, Priority, Rates, Turn
from kiwoomweb.broker.turns import Ticket, Turns

__all__ = ["LocalPacer", "gate_of", "quota_in"]

#: Waits on a held condition for so many seconds, or until woken.
Pause = Callable[[threading.Condition, float], object]

_QUOTA = re.compile(r"유량=(\d+)")


class LocalPacer:
    """Paces the calls of one process.

    >>> with LocalPacer(RATES[Environment.LIVE]).turn("a-key", "ka10075", Priority.ROUTINE):
    ...     ask()
    """

    def __init__(
        self,
        rates: Rates,
        *,
        now: Callable[[], float] = time.monotonic,
        pause: Pause = threading.Condition.wait,
    ) -> None:
        self._rates, self._now, self._pause = rates, now, pause
        self._keys: defaultdict[str, Turns] = defaultdict(Turns)
        self._change = threading.Condition()

    @contextmanager
    def turn(self, key_id: str, tr_id: str, priority: Priority, payer: str = "") -> Iterator[Turn]:
        turns = self._keys[key_id]
        ticket = Ticket(uuid4().hex, priority, payer, self._rates.gates(tr_id))
        self._wait(turns, ticket)
        turn = _Turn(self, turns, ticket)
        try:
            yield turn
        except RateLimited as no:
            self._refused(turns, ticket, no)
            raise
        finally:
            turn.answered()

    def answered(self, turns: Turns, ticket: Ticket) -> None:
        with self._change:
            turns.answered(ticket, self._milliseconds())
            self._change.notify_all()

    def _wait(self, turns: Turns, ticket: Ticket) -> None:
        with self._change:
            try:
                while wait := turns.ask(ticket, self._milliseconds()):
                    self._pause(self._change, wait / 1000)
            finally:
                turns.withdraw(ticket)

    def _refused(self, turns: Turns, ticket: Ticket, no: RateLimited) -> None:
        with self._change:
            turns.refused(gate_of(ticket, no.code), quota_in(no.said), self._milliseconds())

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)


@dataclass(slots=True)
class _Turn:
    pacer: LocalPacer
    turns: Turns
    ticket: Ticket
    over: bool = False

    def answered(self) -> None:
        if not self.over:
            self.over = True
            self.pacer.answered(self.turns, self.ticket)


def gate_of(ticket: Ticket, code: str) -> Gate:
    """Which of a call's gates a refusal speaks of: 1701 of all calls, 1702 of orders, else of the TR."""
    named = {"1701": ALL, "1702": ORDERS}.get(code)
    return next((gate for gate in ticket.gates if gate.name == named), ticket.gates[0])


def quota_in(said: str) -> int | None:
    """The limit the broker names in a refusal (``유량=5``), if any."""
    found = _QUOTA.search(said)
    return int(found[1]) if found else None
