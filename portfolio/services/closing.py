"""Closing: plan the reads of each trading day that is over, so that no day since the start is missed.

A month that is over is read once more as a whole, on the first trading morning after it: totals, sales, the
ledger and worth of all its days, of those read backwards too. What the broker has corrected late shows there.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from kiwoomweb.broker.market_calendar import Overrides, trading_days
from portfolio.models import AccountSync, Purpose, State, SyncTask
from portfolio.services.backfilling import complete
from portfolio.sources import SOURCES
from portfolio.timetable import Clock, closing_read, month_read, months_over

__all__ = ["plan_days"]

#: The lists that answer for a whole month at once, and that a late correction shows in.
MONTHLY = ("ka10074", "ka10073", "kt00015", "kt00002")


def plan_days(sync: AccountSync, clock: Clock) -> None:
    """Plan the closing reads of every trading day up to today that has none, also of days we slept through."""
    today = clock.day
    if sync.planned_day and sync.planned_day >= today:
        return
    begins = sync.planned_day + timedelta(days=1) if sync.planned_day else today
    days = list(trading_days(begins, today, clock.corrected))
    offered = _offered(sync.account_id)
    rows = [row for day in days for row in _reads(sync.account_id, day, offered, clock.corrected)]
    for month in months_over(begins - timedelta(days=1), today):
        rows += _month(sync.account_id, month, offered, clock.corrected)
    SyncTask.objects.bulk_create(rows, ignore_conflicts=True)
    complete(sync.account_id)
    AccountSync.objects.filter(pk=sync.pk).update(planned_day=today)


def _offered(account_id: int) -> list[str]:
    """The lists read at a day's close, without those that the environment does not offer."""
    stopped = SyncTask.objects.filter(account_id=account_id, state=State.STOPPED).values_list("tr", flat=True)
    gone = set(stopped)
    return [source.tr for source in SOURCES.values() if source.closing and source.tr not in gone]


def _reads(account_id: int, day: date, offered: Iterable[str], corrected: Overrides) -> list[SyncTask]:
    ready_at = closing_read(day, 0, corrected)
    return [_task(account_id, tr, Purpose.CLOSE, (day, day), ready_at) for tr in offered]


def _month(
    account_id: int, month: tuple[date, date], offered: Collection[str], corrected: Overrides
) -> list[SyncTask]:
    ready_at = month_read(month[1], corrected)
    return [_task(account_id, tr, Purpose.AGAIN, month, ready_at) for tr in MONTHLY if tr in offered]


def _task(account_id: int, tr: str, purpose: Purpose, span: tuple[date, date], ready_at: datetime) -> SyncTask:
    return SyncTask(
        account_id=account_id,
        tr=tr,
        purpose=purpose,
        first=span[0],
        last=span[1],
        due_at=timezone.now(),
        ready_at=ready_at,
    )
