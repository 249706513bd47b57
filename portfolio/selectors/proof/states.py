"""In which state each trading day is: exactly one of them since the account was connected."""

from datetime import date, datetime, time

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import Overrides, sessions, trading_day_after, trading_days
from portfolio.analytics.proof.states import DayState
from portfolio.models import DayProof, Purpose, State, SyncTask
from portfolio.selectors.days import clock_of
from portfolio.selectors.proof.begins import begin_of
from portfolio.timetable import Clock

__all__ = ["alarm_of", "close_of", "day_state", "is_filling", "states_between"]

ALARM = time(9)


def day_state(account: Account, day: date) -> DayState | None:
    """The state of one day; ``None`` before the journal begins, in the future and on a closed day."""
    return states_between(account, day, day).get(day)


def states_between(account: Account, first: date, last: date) -> dict[date, DayState]:
    """The state of every trading day from ``first`` to ``last`` that has one. Six queries."""
    clock, begins = clock_of(account), begin_of(account)
    proofs = DayProof.objects.filter(account=account, day__range=(first, last), superseded_at__isnull=True)
    known = {
        day: _as_seen_now(DayState(state), held_since, alarm_at, clock)
        for day, state, held_since, alarm_at in proofs.values_list("day", "state", "held_since", "alarm_at")
    }
    if begins is None:
        return known
    days = sorted({*trading_days(max(first, begins), min(last, clock.day), clock.corrected), *known})
    waiting = _waiting(account, [day for day in days if day not in known])
    return {day: known.get(day) or _unproved(day, clock, waits=day in waiting) for day in days}


def _waiting(account: Account, days: list[date]) -> set[date]:
    """Days without a proof that will have one by itself: the past is still read, or was just now."""
    if not days or is_filling(account):
        return set(days)
    read = SyncTask.objects.filter(account=account, tr="ka10074", read_at__isnull=False, first__isnull=False)
    spans = list(read.filter(first__lte=days[-1], last__gte=days[0]).values_list("first", "last"))
    return {day for day in days if any(first <= day <= last for first, last in spans if first and last)}


def is_filling(account: Account) -> bool:
    """Whether the past is still being read."""
    windows = SyncTask.objects.filter(account=account, purpose=Purpose.BACKFILL, state=State.WAITING)
    return windows.exists()


def close_of(day: date, corrected: Overrides) -> datetime:
    """When the day's last session ends."""
    hours = sessions(day, corrected)
    return hours.closes if hours else datetime.combine(day, time(20), tzinfo=SEOUL)


def alarm_of(day: date, corrected: Overrides) -> datetime:
    """From when on a gap is an alarm: 09:00 of the next trading day."""
    return datetime.combine(trading_day_after(day, 1, corrected), ALARM, tzinfo=SEOUL)


def _as_seen_now(state: DayState, held_since: datetime | None, alarm_at: datetime, clock: Clock) -> DayState:
    """A day that waits for figures becomes a gap by time alone."""
    waits = state in {DayState.OPEN, DayState.CLOSING} and held_since is None
    return DayState.GAP if waits and clock.now >= alarm_at else state


def _unproved(day: date, clock: Clock, *, waits: bool) -> DayState:
    """What is still being read, or read and not compared yet, is no gap."""
    if clock.now < close_of(day, clock.corrected):
        return DayState.OPEN
    late = clock.now >= alarm_of(day, clock.corrected) and not waits
    return DayState.GAP if late else DayState.CLOSING
