"""Closing: plan the reads of each trading day that is over, so that no day since the start is missed."""

from datetime import date, timedelta

from django.utils import timezone

from kiwoomweb.broker.market_calendar import Overrides, trading_days
from portfolio.models import AccountSync, Purpose, State, SyncTask
from portfolio.sources import SOURCES
from portfolio.timetable import Clock, closing_read

__all__ = ["plan_days"]


def plan_days(sync: AccountSync, clock: Clock) -> None:
    """Plan the closing reads of every trading day up to today that has none, also of days we slept through."""
    today = clock.day
    if sync.planned_day and sync.planned_day >= today:
        return
    begins = sync.planned_day + timedelta(days=1) if sync.planned_day else today
    days = list(trading_days(begins, today, clock.corrected))
    rows = [row for day in days for row in _reads(sync.account_id, day, clock.corrected)]
    SyncTask.objects.bulk_create(rows, ignore_conflicts=True)
    AccountSync.objects.filter(pk=sync.pk).update(planned_day=today)


def _reads(account_id: int, day: date, corrected: Overrides) -> list[SyncTask]:
    stopped = SyncTask.objects.filter(account_id=account_id, state=State.STOPPED).values_list("tr", flat=True)
    offered = [source.tr for source in SOURCES.values() if source.closing and source.tr not in set(stopped)]
    now, ready_at = timezone.now(), closing_read(day, 0, corrected)
    return [
        SyncTask(
            account_id=account_id,
            tr=tr,
            purpose=Purpose.CLOSE,
            first=day,
            last=day,
            due_at=now,
            ready_at=ready_at,
        )
        for tr in offered
    ]
