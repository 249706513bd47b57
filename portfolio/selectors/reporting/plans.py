"""Which plans there are for a person in an account, and what one is due for."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.market_calendar import Overrides
from portfolio.analytics.reporting.timing import Every, Holiday, Span, Timetable, days_of
from portfolio.models import ReportPlan, ReportReader

__all__ = ["SPANS", "days_at", "plans_of", "readers_of", "span_of", "timetable"]

#: How many days each kind of report is about; a kind not named here is about as many as its timetable's step.
SPANS = {
    "daily": Span.DAY,
    "weekly": Span.WEEK,
    "team": Span.WEEK,
    "monthly": Span.MONTH,
    "yearly": Span.YEAR,
    "tax": Span.YEAR,
}
STEPS = {Every.WEEK: Span.WEEK, Every.MONTH: Span.MONTH, Every.YEAR: Span.YEAR}


def plans_of(user: User, account: Account) -> "QuerySet[ReportPlan]":
    """A person's own plans and the team's; those that are paused too."""
    wanted = Q(owner=user) | Q(shared=True)
    return ReportPlan.objects.filter(wanted, account=account, removed_at__isnull=True).select_related("owner")


def readers_of(plan: ReportPlan) -> "QuerySet[ReportReader]":
    """Who is to get it, whether they may or not."""
    return plan.readers.filter(removed_at__isnull=True).select_related("user")


def timetable(plan: ReportPlan) -> Timetable:
    """The plan's columns as a timetable."""
    return Timetable(
        every=Every(plan.every),
        at=plan.at,
        weekdays=tuple(int(one) for one in plan.weekdays) or (4,),
        day=plan.day,
        month=plan.month,
        holiday=Holiday(plan.holiday),
    )


def span_of(plan: ReportPlan) -> Span:
    """Day, week, month or year."""
    return SPANS.get(plan.kind) or STEPS.get(Every(plan.every), Span.DAY)


def days_at(plan: ReportPlan, moment: datetime, calendar: Overrides) -> tuple[date, date]:
    """The first and last day an issue due at that moment is about."""
    return days_of(span_of(plan), moment, calendar)
