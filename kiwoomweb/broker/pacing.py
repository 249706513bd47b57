"""Pacing: when may we ask. Limits are data; a pacer gives turns, and a turn lasts from the call to its answer.

Kiwoom counts calls per (app key, TR) in a sliding second: 5 on the real host, 1 on the mock, orders together,
and all calls of a key together (PROTOCOL 4). We cannot see when a call reaches the broker, only that it was
some time between our sending it and its answer. So a place in the window is taken when a call leaves and is
free again one second after its *answer*: however the network delays things, no second at the broker can hold
more calls than the limit, and on a quick line almost none is wasted.
"""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from kiwoomweb.broker.environment import Environment

__all__ = ["ALL", "ORDERS", "RATES", "Gate", "Pacer", "Priority", "Rates", "Turn", "Unpaced"]

#: The gate of all calls of a key (1701), and that of its orders (1702); other gates are named by their TR.
ALL, ORDERS = "*", "orders"

_ORDER = re.compile(r"kt1000[0-36-9]|kt5000[0-3]")

#: A window of the broker's and a little for its clock, in milliseconds.
WINDOW = 1_005
#: Calls of one TR keep at least this part of an even distance: bursts are what other limits might mind.
SPREAD = 0.9


class Priority(IntEnum):
    """Who goes first: what reduces risk, what settles a doubt, an order, a page, the poll, the history."""

    CANCEL = 0
    RESOLVE = 1
    PLACE = 2
    PERSON = 3
    ROUTINE = 4
    BACKFILL = 5


@dataclass(frozen=True, slots=True)
class Gate:
    """Something the broker counts: at most ``limit`` calls a second, ``spread`` ms between two of them."""

    name: str
    limit: int
    spread: int = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """Calls a second: for each TR, for one key in all, for its orders together, and TRs with their own."""

    per_tr: int
    total: int
    orders: int | None = None
    own: Mapping[str, int] = field(default_factory=lambda: {"au10001": 1, "au10002": 1})

    def gates(self, tr_id: str) -> tuple[Gate, ...]:
        """The gates a call of this TR passes, the narrowest first."""
        total = Gate(ALL, self.total)
        if self.orders is not None and _ORDER.fullmatch(tr_id):
            return Gate(ORDERS, self.orders), total
        limit = self.own.get(tr_id, self.per_tr)
        return Gate(tr_id, limit, int(WINDOW / limit * SPREAD) if limit > 1 else 0), total


#: PROTOCOL 4.3 and 4.4. The simulator speaks the real profile.
RATES = {
    Environment.LIVE: Rates(per_tr=5, total=12, orders=5),
    Environment.PAPER: Rates(per_tr=1, total=4),
    Environment.SIMULATOR: Rates(per_tr=5, total=12, orders=5),
}


class Turn(Protocol):
    """A call that is allowed to leave."""

    def answered(self) -> None:
        """Its answer is here: from now its place is taken for one more second. Told once is enough."""


class Pacer(Protocol):
    """Gives turns. ``turn`` blocks until the call may leave; the turn ends with the block.

    ``payer`` names who pays for the call, so that those who share a key share its time fairly. A
    ``RateLimited`` that leaves the block teaches the pacer to be slower.
    """

    def turn(
        self, key_id: str, tr_id: str, priority: Priority, payer: str = ""
    ) -> AbstractContextManager[Turn]: ...


class Unpaced:
    """Nobody waits: for servers of our own that count nothing."""

    def turn(
        self, key_id: str, tr_id: str, priority: Priority, payer: str = ""
    ) -> AbstractContextManager[Turn]:
        return nullcontext(self)

    def answered(self) -> None:
        """Nothing was taken."""
