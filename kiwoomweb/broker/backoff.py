"""Backoff: how long a stream waits before it connects again (PROTOCOL 8.9)."""

from dataclasses import dataclass

from kiwoomweb.broker.errors import BrokerError, Refused

__all__ = ["Backoff"]


@dataclass(frozen=True, slots=True)
class _Waits:
    """Doubles from ``first`` to ``last`` seconds; a connection that lived for ``calm`` seconds starts over."""

    first: float
    last: float
    calm: float


LOST = _Waits(1, 60, 60)
#: Another program has our place, or the keys are wrong: coming back fast would be a fight, or a nuisance.
REFUSED = _Waits(30, 300, 600)


class Backoff:
    """The waits of one stream."""

    def __init__(self) -> None:
        self._next = {LOST: LOST.first, REFUSED: REFUSED.first}

    def after(self, trouble: BrokerError, lived: float) -> float:
        """Seconds to wait after a connection that lived so many seconds (0: it never came to be)."""
        for waits in self._next:
            if lived >= waits.calm:
                self._next[waits] = waits.first
        kind = REFUSED if isinstance(trouble, Refused) else LOST
        wait = self._next[kind]
        self._next[kind] = min(wait * 2, kind.last)
        return wait
