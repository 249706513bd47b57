"""Claiming: pick the most urgent task of an account and take it, so that running twice is running once.

A claim is one conditional update and names the run that made it. It ends by itself: a worker killed in the
middle costs the time its claim was good for, and its half-done work was never committed. A run that was
overtaken finds another name on the task and throws its result away.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from portfolio.models import Purpose, State, SyncTask

__all__ = ["LANES", "busy", "claim", "due", "still_mine"]

#: How many tasks of one account run side by side. The pacer allows each TR its own rate, so different TRs
#: go in parallel; more lanes than that only wait for one another. The past leaves one to the present.
LANES, LANES_OF_THE_PAST = 3, 2

#: A claim is good for so long at the first try, twice as long at each further one: most answers take less than
#: a second, and a killed worker must not stop the polls for long. Being overtaken costs one answer.
FIRST_CLAIM, LONGEST_CLAIM = timedelta(seconds=20), timedelta(minutes=5)

#: A clock that was set back (another demo) must not silence polling: a poll this far ahead is due at once.
TOO_FAR = timedelta(days=14)


def due(account_id: int, broker_now: datetime) -> QuerySet[SyncTask]:
    """The tasks of the account that nobody holds and whose time has come."""
    now = timezone.now()
    ready = Q(ready_at__isnull=True) | Q(ready_at__lte=broker_now)
    ready |= Q(purpose=Purpose.POLL, ready_at__gt=broker_now + TOO_FAR)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    waiting = SyncTask.objects.filter(account_id=account_id, state=State.WAITING, due_at__lte=now)
    return waiting.filter(ready).filter(free)


def busy(account_id: int) -> list[SyncTask]:
    """What is being asked for the account right now."""
    return list(SyncTask.objects.filter(account_id=account_id, claimed_until__gt=timezone.now()))


def claim(account_id: int, broker_now: datetime) -> SyncTask | None:
    """The most urgent task, now ours, or ``None`` when nothing is due or all lanes are taken."""
    while len(taken := busy(account_id)) < LANES:
        task = _most_urgent(due(account_id, broker_now), taken)
        if task is None or _take(task):
            return task
    return None


def still_mine(task: SyncTask) -> QuerySet[SyncTask]:
    """The task, as long as our claim is on it; updating none of it means that we were overtaken."""
    return SyncTask.objects.filter(pk=task.pk, claim=task.claim)


def _most_urgent(tasks: QuerySet[SyncTask], taken: Sequence[SyncTask]) -> SyncTask | None:
    """What a person waits for before today, closed days and the past; newest day first; a TR nobody is asking
    before others."""
    waited_for = F("asked_at").asc(nulls_last=True)
    order = tasks.order_by(waited_for, "purpose", F("last").desc(nulls_first=True), "due_at", "pk")
    if sum(task.purpose != Purpose.POLL for task in taken) >= LANES_OF_THE_PAST:
        order = order.filter(Q(purpose=Purpose.POLL) | Q(asked_at__isnull=False))
    return order.exclude(tr__in=[task.tr for task in taken]).first() or order.first()


def _take(task: SyncTask) -> bool:
    now = timezone.now()
    # The last try too: between our look and now somebody may have taken the task, done it and let it go.
    seen = {"claim": task.claim, "last_try_at": task.last_try_at}
    free = SyncTask.objects.filter(pk=task.pk, state=State.WAITING, **seen)
    task.claim, task.last_try_at = uuid4(), now
    task.claimed_until = now + min(FIRST_CLAIM * (1 << min(task.attempts, 5)), LONGEST_CLAIM)
    task.attempts += 1
    return (
        free.update(
            claim=task.claim,
            last_try_at=now,
            claimed_until=task.claimed_until,
            attempts=F("attempts") + 1,
        )
        == 1
    )
