"""Setbacks: a token was asked for and not given. Everybody who shares the key waits before asking again.

A broker that gives no tokens for ten minutes is asked at most twelve times (F-17), however many of us want one:
three times at first, then after these waits. Who takes an order back waits five seconds at most.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiwoomweb.broker import errors
from kiwoomweb.broker.errors import BrokerError

__all__ = ["URGENT", "WAITS", "Setback"]

#: Seconds until the next try, the last for good.
WAITS = (2, 5, 15, 45, 90)
#: … of somebody who reduces risk.
URGENT = 5


@dataclass(frozen=True, slots=True)
class Setback:
    """The ``tries``-th refusal in a row, ``at`` a moment of our clock; ``kind`` names the error."""

    tries: int
    at: datetime
    kind: str
    said: str
    code: str

    @classmethod
    def of(cls, trouble: BrokerError, before: "Setback | None", now: datetime) -> "Setback":
        tries = before.tries + 1 if before else 1
        return cls(tries, now, type(trouble).__name__, trouble.said, trouble.code)

    def holds(self, now: datetime, *, is_urgent: bool = False) -> bool:
        """Whether nobody asks yet. A clock that was set back holds nobody up."""
        wait = WAITS[min(self.tries, len(WAITS)) - 1]
        return timedelta(0) <= now - self.at < timedelta(seconds=min(wait, URGENT) if is_urgent else wait)

    def again(self) -> BrokerError:
        """The same trouble once more, for somebody who was not even allowed to ask."""
        kind = getattr(errors, self.kind, BrokerError)
        return kind(self.said, code=self.code, tr="au10001")
