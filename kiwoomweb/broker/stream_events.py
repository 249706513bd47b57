"""What a stream says beside the market's own events: that it is connected, lost, or could not do as asked."""

from dataclasses import dataclass

from kiwoomweb.broker.domain import RealtimeEvent
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.trades import Trades

__all__ = ["Connected", "Declined", "Lost", "StreamEvent", "Subscription", "Unrecognised"]

#: A realtime type and an item: ``("0B", "005930_AL")``, ``("00", "")``.
Subscription = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Connected:
    """Logged in, everything wanted is being registered again. What happened in between was not replayed:
    whoever follows an account reads it anew over REST now (PROTOCOL 8.9)."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone; the next attempt comes in ``retry_in`` seconds. ``reason`` is for a person."""

    reason: str
    retry_in: float
    error: BrokerError | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """The broker would not register these; they are no longer wanted until asked for again."""

    items: frozenset[Subscription]
    error: BrokerError


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A frame, or one entry of it, that we have no meaning for. ``why`` says whether its type or a field."""

    type: str
    item: str
    why: str


StreamEvent = RealtimeEvent | Trades | Connected | Lost | Declined | Unrecognised
