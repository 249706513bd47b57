"""Aligning: plans that go with another follow it: timetable, content, pauses, readers, its end.

Whoever changes the plan that leads may not see all its accounts any more; so the bell does this, not the page.
"""

from django.db import transaction
from django.utils import timezone

from portfolio.models import ReportPlan, ReportReader
from portfolio.selectors.days import clock_of
from portfolio.services.reporting.opening import settle_next

__all__ = ["TOGETHER", "align", "follow"]

#: What plans that go together have in common.
TOGETHER = (
    "together",
    "owner_id",
    "shared",
    "kind",
    "every",
    "at",
    "weekdays",
    "day",
    "month",
    "holiday",
    "language",
    "with_pdf",
    "with_xlsx",
    "with_csv",
    "paused_at",
)


def align() -> None:
    """Every plan that goes with another, before anything is opened."""
    others = ReportPlan.objects.exclude(together="").filter(removed_at__isnull=True).select_related("account")
    plans = list(others)
    leads = ReportPlan.objects.in_bulk({plan.together for plan in plans}, field_name="code")
    for plan in plans:
        if not plan.leads:
            follow(plan, leads[plan.together])


def follow(plan: ReportPlan, lead: ReportPlan) -> None:
    """Make it as its lead is, if it is not."""
    with transaction.atomic():
        if lead.removed_at is not None:
            ReportPlan.objects.filter(pk=plan.pk).update(removed_at=timezone.now())
            return
        if any(getattr(plan, name) != getattr(lead, name) for name in TOGETHER):
            for name in TOGETHER:
                setattr(plan, name, getattr(lead, name))
            plan.next_run = None
            plan.save()
            settle_next(plan, clock_of(plan.account))
        _read_by(plan, lead)


def _read_by(plan: ReportPlan, lead: ReportPlan) -> None:
    """Members who get it are noted here too, so that those who see the account find its pages."""
    wanted = dict(
        lead.readers.filter(user__isnull=False, removed_at__isnull=True).values_list("user_id", "masked")
    )
    known = plan.readers.filter(user__isnull=False, removed_at__isnull=True)
    if dict(known.values_list("user_id", "masked")) == wanted:
        return
    known.exclude(user_id__in=list(wanted)).update(removed_at=timezone.now())
    for user_id, masked in wanted.items():
        ReportReader.objects.update_or_create(
            plan=plan, user_id=user_id, defaults={"masked": masked, "removed_at": None}
        )
