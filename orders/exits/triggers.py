"""Triggers: whether a stop, a target or a trailing stop has been met by one price. Pure; knows no database.

Only a price that is fresh, possible and traded in an open, continuous market counts. Everything else leaves the
plan exactly as it was: no stale quote fires, and none moves the peak of a trailing stop either.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

__all__ = ["FRESH", "Fired", "Plan", "Seen", "Silence", "hear", "trail_price"]

#: A quote older than this says nothing about the market now; one from the future by more than SKEW neither.
FRESH = timedelta(seconds=5)
SKEW = timedelta(seconds=2)


class Fired(StrEnum):
    """Which of the plan's conditions was met."""

    STOP = "stop"
    TARGET = "target"
    TRAIL = "trail"


class Silence(StrEnum):
    """Why a quote was not listened to."""

    NONE = "none"
    STALE = "stale"
    CLOSED = "closed"
    HALTED = "halted"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan for one holding, in won. Its conditions cancel one another: the first one met sells, once.

    ``trail_won`` or ``trail_rate`` (percent of the peak) is how far the price may fall from its peak;
    ``peak`` is the highest price since the plan was made, ``None`` until the first.
    """

    stop: int | None = None
    target: int | None = None
    trail_won: int | None = None
    trail_rate: Decimal | None = None
    peak: int | None = None

    @property
    def trails(self) -> bool:
        return self.trail_won is not None or self.trail_rate is not None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the market said of a symbol: the last trade in won and when. ``is_open``: orders trade one by one
    now; ``is_halted``: 거래정지 or VI. ``low`` and ``high`` are the day's price limits, ``None`` if unknown."""

    price: int
    at: datetime
    is_open: bool = True
    is_halted: bool = False
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """The plan after a quote, what it met, and why the quote did not count."""

    plan: Plan
    fired: Fired | None = None
    silence: Silence | None = None


def hear(plan: Plan, seen: Seen | None, now: datetime) -> Heard:
    """The plan after this quote. A price through the condition (a gap) meets it as well as one upon it.

    A stop is looked at before a target: where both are met by nonsense levels the careful one wins.
    """
    silence = _silence(seen, now)
    if seen is None or silence:
        return Heard(plan, silence=silence)
    fallen = trail_price(plan)
    if plan.stop is not None and seen.price <= plan.stop:
        return Heard(plan, Fired.STOP)
    if fallen is not None and seen.price <= fallen:
        return Heard(plan, Fired.TRAIL)
    if plan.target is not None and seen.price >= plan.target:
        return Heard(plan, Fired.TARGET)
    return Heard(_risen(plan, seen.price))


def trail_price(plan: Plan) -> int | None:
    """Where the trailing stop stands now, in won; ``None`` while there is no peak or nothing trails.

    A percentage is rounded up: never lower, and never at or above the peak itself.
    """
    if plan.peak is None or not plan.trails:
        return None
    if plan.trail_won is not None:
        return max(plan.peak - plan.trail_won, 0)
    rate = plan.trail_rate or Decimal()
    kept = (Decimal(plan.peak) * (100 - rate) / 100).to_integral_value(ROUND_CEILING)
    return min(int(kept), plan.peak - 1)


def _risen(plan: Plan, price: int) -> Plan:
    if not plan.trails or (plan.peak is not None and price <= plan.peak):
        return plan
    return replace(plan, peak=price)


def _silence(seen: Seen | None, now: datetime) -> Silence | None:
    if seen is None:
        return Silence.NONE
    if seen.at < now - FRESH or seen.at > now + SKEW:
        return Silence.STALE
    if seen.is_halted:
        return Silence.HALTED
    if not seen.is_open:
        return Silence.CLOSED
    possible = seen.price > 0 and (seen.low or 0) <= seen.price <= (seen.high or seen.price)
    return None if possible else Silence.IMPOSSIBLE
