"""Settling: write down how a task went, and when it is due again.

Every trouble becomes state that a page can tell: what, since when, and when we try again. The rows and the
last good read stay as they are.
"""

import random
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from kiwoomweb.broker.errors import BrokerDown, BrokerError, NotOffered, RateLimited, Unreachable
from orders.services.recording import SECOND_LOOK, Ledger
from portfolio.models import Purpose, State, SyncTask
from portfolio.services.claiming import still_mine
from portfolio.sources import SOURCES
from portfolio.timetable import CLOSING_READS, Clock, closing_read

__all__ = ["back_off", "doubted", "failed", "set_aside", "succeeded"]

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)


def succeeded(task: SyncTask, ledger: Ledger, clock: Clock) -> bool:
    """Note a good read; false when the task was taken over meanwhile and nothing may be committed."""
    now = timezone.now()
    state, due_at, ready_at = _next(task, now, clock)
    counts = {name: getattr(ledger, name) for name in Ledger.__dataclass_fields__}
    if task.trouble_kind in SILENCE:
        _the_broker_is_back(task.account_id, now)
    done = still_mine(task).update(
        state=state,
        due_at=due_at,
        ready_at=ready_at,
        asked_at=None,
        passes=F("passes") + 1,
        last_good_at=now,
        read_at=clock.now,
        attempts=0,
        trouble_kind="",
        trouble_said="",
        trouble_since=None,
        doubt_since=None,
        claim=None,
        claimed_until=None,
        **counts,
    )
    return done == 1


def failed(task: SyncTask, error: BrokerError) -> None:
    """Note the trouble and wait longer each time; the moment it began is kept."""
    if isinstance(error, NotOffered):
        _stop(task, error)
        return
    now = timezone.now()
    still_mine(task).update(due_at=now + back_off(task.attempts, error), **_trouble(error, now), **FREED)


def doubted(task: SyncTask) -> None:
    """Look again before believing less than we know; once is no trouble worth telling."""
    now = timezone.now()
    since = task.doubt_since or now
    still_mine(task).update(doubt_since=since, due_at=max(since + SECOND_LOOK, now), attempts=0, **FREED)


def set_aside(task: SyncTask, until: datetime) -> None:
    """Put a task back unasked until the broker's clock shows ``until``."""
    still_mine(task).update(ready_at=until, attempts=0, **FREED)


def back_off(attempts: int, error: BrokerError) -> timedelta:
    """How long to wait after the ``attempts``-th failure: twice as long each time, a little at random."""
    if isinstance(error, RateLimited):
        attempts = min(attempts, 2)  # the broker is well, we were only too fast
    wait = min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)


FREED = {"claim": None, "claimed_until": None}
#: Troubles that are over for all tasks once one of them has been answered.
SILENCE = {error.__name__ for error in (Unreachable, BrokerDown)}


def _the_broker_is_back(account_id: int, now: datetime) -> None:
    """What backed off from a silent broker is due at once: the gap is closed without waiting."""
    silent = SyncTask.objects.filter(account_id=account_id, state=State.WAITING, trouble_kind__in=SILENCE)
    silent.update(due_at=now)


def _trouble(error: BrokerError, now: datetime) -> dict[str, object]:
    return {
        "trouble_kind": type(error).__name__,
        "trouble_said": error.said[:200],
        "trouble_since": Coalesce("trouble_since", now),
    }


def _stop(task: SyncTask, error: NotOffered) -> None:
    """The environment does not serve this TR: no window of it will be asked again."""
    now = timezone.now()
    all_of_it = SyncTask.objects.filter(account_id=task.account_id, tr=task.tr, state=State.WAITING)
    all_of_it.update(state=State.STOPPED, **_trouble(error, now), **FREED)


def _next(task: SyncTask, now: datetime, clock: Clock) -> tuple[State, datetime, datetime | None]:
    """What becomes of a task after a good read: state, when it is due (our clock), when ready (broker's)."""
    if task.purpose in (Purpose.BACKFILL, Purpose.AGAIN):
        return State.DONE, now, None
    if task.purpose == Purpose.CLOSE:
        reads = task.passes + 1
        if reads >= CLOSING_READS or task.last is None:
            return State.DONE, now, None
        return State.WAITING, now, closing_read(task.last, reads, clock.corrected)
    pause = now + timedelta(seconds=SOURCES[task.tr].every or 0)
    return State.WAITING, pause, None if clock.is_open else clock.next_opening
