"""The states of an intent, and which may follow which (order safety 3.2): a table, and nothing beside it.

A change (MODIFY) walks the same table as a new order: what it becomes is an order with a number of its own. A
cancellation never fills; it has the shorter table at the end.
"""

from collections import deque
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

__all__ = ["LATE", "LIVE", "OPEN", "PAIRS", "TAKEBACK_PAIRS", "TERMINAL", "UNSURE", "State", "allowed", "way"]


class State(StrEnum):
    """Where an intent stands. The four groups: in the house, on the way, at the broker, over."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    READY = "ready"
    SENDING = "sending"
    UNKNOWN = "unknown"
    NEEDS_HUMAN = "needs_human"
    ACCEPTED = "accepted"
    WORKING = "working"
    PARTIAL = "partial"
    FILLED = "filled"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    DECLINED = "declined"
    EXPIRED_LOCAL = "expired_local"
    NOT_SENT = "not_sent"
    REJECTED = "rejected"
    NOT_PLACED = "not_placed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"


S = State
_BEFORE = {
    S.DRAFT: {S.DENIED, S.PENDING_APPROVAL, S.READY, S.EXPIRED_LOCAL},
    S.PENDING_APPROVAL: {S.READY, S.DECLINED, S.EXPIRED_LOCAL, S.DENIED},
    S.READY: {S.SENDING, S.EXPIRED_LOCAL, S.DENIED},
    S.SENDING: {S.NOT_SENT, S.REJECTED, S.ACCEPTED, S.UNKNOWN},
    S.UNKNOWN: {S.ACCEPTED, S.NOT_PLACED, S.NEEDS_HUMAN},
    S.NEEDS_HUMAN: {S.ACCEPTED, S.NOT_PLACED},
}
#: Evidence that comes after we had called it over: an alarm, and for these an account that halts.
_LATE = {state: {S.ACCEPTED} for state in (S.NOT_PLACED, S.REJECTED, S.NOT_SENT, S.EXPIRED_LOCAL)}

#: From -> to, 48 pairs. Any other pair is an error of ours and halts the account.
PAIRS: Mapping[State, set[State]] = {
    **_BEFORE,
    S.ACCEPTED: {S.WORKING, S.PARTIAL, S.FILLED, S.REJECTED, S.CANCELLED, S.EXPIRED, S.REPLACED},
    S.WORKING: {S.PARTIAL, S.FILLED, S.REJECTED, S.CANCELLED, S.EXPIRED, S.REPLACED},
    S.PARTIAL: {S.PARTIAL, S.FILLED, S.CANCELLED, S.EXPIRED, S.REPLACED},
    S.CANCELLED: {S.PARTIAL, S.FILLED},
    S.EXPIRED: {S.PARTIAL, S.FILLED},
    S.REPLACED: {S.PARTIAL, S.FILLED},
    **_LATE,
}
TAKEBACK_PAIRS: Mapping[State, set[State]] = {**_BEFORE, **_LATE, S.ACCEPTED: {S.CONFIRMED, S.REJECTED}}

#: Nobody knows whether the broker has it: counted as if it had.
UNSURE = frozenset({S.SENDING, S.UNKNOWN, S.NEEDS_HUMAN})
#: At the broker with something left to fill.
LIVE = frozenset({S.ACCEPTED, S.WORKING, S.PARTIAL})
#: Holding a reservation.
OPEN = frozenset({S.READY}) | UNSURE | LIVE
TERMINAL = frozenset(S) - OPEN - {S.DRAFT, S.PENDING_APPROVAL}
#: Moves that tell of something late, and always ring the alarm.
LATE = frozenset((a, b) for a in TERMINAL for b in PAIRS.get(a, ()))


def allowed(old: State, new: State, *, takes_back: bool = False) -> bool:
    """Whether the table has the pair; ``takes_back`` for a CANCEL."""
    return new in (TAKEBACK_PAIRS if takes_back else PAIRS).get(old, ())


@cache
def way(old: State, new: State, *, takes_back: bool = False) -> tuple[State, ...] | None:
    """The shortest walk through the table from one state to another: ``()`` when there, ``None`` without any.

    >>> way(State.UNKNOWN, State.FILLED)
    (<State.ACCEPTED: 'accepted'>, <State.FILLED: 'filled'>)
    """
    if old == new:
        return ()
    pairs = TAKEBACK_PAIRS if takes_back else PAIRS
    seen, queue = {old}, deque([(old, ())])
    while queue:
        at, walked = queue.popleft()
        for step in sorted(pairs.get(at, ())):
            if step == new:
                return (*walked, step)
            if step not in seen:
                seen.add(step)
                queue.append((step, (*walked, step)))  # type: ignore[arg-type]
    return None
