"""Opening: a plan whose moment has come becomes an issue, once, whoever rings and however often.

The claim is one conditional update that moves the plan on, in one transaction with the issue it opens: two
workers open one issue, a killed one none, and a clock stopped for days opens one for each moment missed.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from portfolio.analytics.reporting.timing import following
from portfolio.models import ReportIssue, ReportPlan
from portfolio.selectors.days import clock_of
from portfolio.selectors.reporting.plans import days_at, timetable
from portfolio.timetable import Clock

__all__ = ["open_due", "open_one", "settle_next"]

#: Issues one plan opens in one go; the next bell opens the rest.
MOST = 40


def open_due() -> list[int]:
    """The issues that were opened now."""
    plans = ReportPlan.objects.filter(paused_at__isnull=True, removed_at__isnull=True)
    opened: list[int] = []
    for plan in plans.select_related("account"):
        opened += open_one(plan, clock_of(plan.account))
    return opened


def open_one(plan: ReportPlan, clock: Clock) -> list[int]:
    """All moments of one plan up to the account's present, the oldest first."""
    settle_next(plan, clock)
    opened: list[int] = []
    while plan.next_run is not None and plan.next_run <= clock.now and len(opened) < MOST:
        issue = _open(plan, plan.next_run, clock)
        if issue is None:
            break  # somebody else is at it
        opened += [issue] if issue else []
    return opened


def settle_next(plan: ReportPlan, clock: Clock) -> None:
    """A plan without a next moment gets one; one further off than the next there is belongs to another clock
    (a practice market that began anew)."""
    coming = following(timetable(plan), clock.now, clock.corrected)
    if plan.next_run is None or plan.next_run > coming:
        _move(plan, coming)


def _open(plan: ReportPlan, moment: datetime, clock: Clock) -> int | None:
    """The new issue; 0 when this moment has had its own, ``None`` when somebody else has just opened it."""
    first, last = days_at(plan, moment, clock.corrected)
    try:
        with transaction.atomic():
            if not _move(plan, following(timetable(plan), moment, clock.corrected)):
                return None
            issue = ReportIssue.objects.create(
                plan=plan, account=plan.account, kind=plan.kind, due_at=moment, first=first, last=last
            )
    except IntegrityError:
        # The practice market's clock has been there before.
        return 0 if _move(plan, following(timetable(plan), moment, clock.corrected)) else None
    return issue.pk


def _move(plan: ReportPlan, to: datetime) -> bool:
    still = ReportPlan.objects.filter(pk=plan.pk, next_run=plan.next_run, paused_at__isnull=True)
    moved = still.filter(removed_at__isnull=True).update(next_run=to)
    if moved:
        plan.next_run = to
    return bool(moved)
